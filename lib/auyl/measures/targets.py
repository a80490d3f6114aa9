"""How far a target is: the level now, the level aimed at, and what each year would have to bring."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from auyl.bounded import as_bounded
from auyl.errors import MissingFigureError
from auyl.measures.comparable import Claim, said
from auyl.measures.funding import what_was_found
from auyl.measures.settings import Setting
from auyl.measures.side_by_side import quantity
from auyl.reading.levels import AIMS, read_levels

KINDS = {"planned": "target"}  # a level that is planned is a target


class Gap(NamedTuple):
    """An aim with its present level; `why_not` is None where the distance may be said."""

    aim: Claim
    level: Claim | None
    near: str | None
    why_not: str | None


def target_gaps(figures: pd.DataFrame) -> pd.DataFrame:
    """The gap between each share's present level and its target or projection, and the yearly rise that closes it.

    Parameters
    ----------
    figures
        One row per figure, as `auyl.figures` or `auyl.claims` returns it.

    Returns
    -------
    One row per share aimed at, in the order of the text: `subject`, `programme`, `indicator`, `place`, `part` (string),
    `kind` (string: "target", or "projected", which nobody promised), `current` (bounded, percent) with `current_year`
    (Int64), `target` (bounded, percent) with `target_year`, `years` between them, `gap` (bounded, percentage points),
    `required_pp_a_year` (bounded, points a year), `required_growth_percent` (bounded, the compound yearly rate),
    `why_missing` (string: a sentence where the gap or the years are <NA>), `evidence`, `said`, `why_not`, and the
    figures' ids, `current_id` and `target_id`.

    Raises
    ------
    MissingFigureError
        No share has a target or a projection. The message lists the figures found.
    """
    gaps = gaps_of(Setting(figures))
    if not gaps:
        raise MissingFigureError(
            f"no distance to a target: it needs a share to be reached by a year; {what_was_found(figures)}"
        )
    return gaps_table(gaps)


def gaps_of(setting: Setting) -> list[Gap]:
    """Every aim with its present level: by the words of the text, else by the catalogue's indicator."""
    found: list[Gap] = []
    for source in dict.fromkeys(claim.source_id for claim in setting.claims):
        own = [claim for claim in setting.claims if claim.source_id == source and not claim.suspect]
        around = setting.around.get(source)
        if around is None:
            found += by_indicator(own)
            continue
        for aim in read_levels(around, own, setting.years[source]):
            level = None if aim.level is None else own[aim.level]
            found.append(Gap(own[aim.aim], level, aim.near, aim.why))
    return repeated_once(found)


def repeated_once(gaps: list[Gap]) -> list[Gap]:
    """An aim that is told twice counts once, the first with a level."""
    kept: dict[tuple, Gap] = {}
    for gap in sorted(gaps, key=lambda gap: gap.why_not is not None):
        kept.setdefault(
            (gap.aim.value, gap.aim.end_year, gap.aim.place, gap.aim.subject, gap.level and gap.level.value), gap
        )
    measured = {(gap.aim.figure_id) for gap in kept.values() if gap.level is not None}
    return sorted(
        (gap for gap in kept.values() if gap.level is not None or gap.aim.figure_id not in measured),
        key=lambda gap: gap.aim.start or 0,
    )


def by_indicator(claims: list[Claim]) -> list[Gap]:
    """Without a text: the latest level of the same subject, indicator, place, part and source."""
    gaps = []
    for aim in claims:
        if aim.unit != "percent" or aim.status not in AIMS or aim.indicator is None:
            continue
        levels = [
            claim
            for claim in claims
            if claim.status == "actual"
            and all(
                getattr(claim, name) == getattr(aim, name)
                for name in ("unit", "subject", "indicator", "place", "part", "source")
            )
            and claim.end_year is not None
            and (aim.end_year is None or claim.end_year < aim.end_year)
        ]
        latest = max(levels, key=lambda claim: claim.end_year or 0, default=None)
        others = [
            claim for claim in levels if latest and claim.end_year == latest.end_year and claim.value != latest.value
        ]
        why = None if latest else "no present level was published to measure it from"
        if others:
            why = f"{said(others[0])} could stand in the place of {said(latest)}"
        gaps.append(Gap(aim, latest, "apart", why))
    return gaps


def gaps_table(gaps: list[Gap]) -> pd.DataFrame:
    """The gaps as `target_gaps` gives them."""

    def text(entries: Iterable[str | None]) -> pd.api.extensions.ExtensionArray:
        return pd.array(list(entries), dtype="string")

    def of_aim(name: str) -> pd.api.extensions.ExtensionArray:
        return text(getattr(gap.aim, name) for gap in gaps)

    current, target = quantity(gap.level for gap in gaps), quantity(gap.aim for gap in gaps)
    current_year = pd.Series(pd.array([gap.level and gap.level.end_year for gap in gaps], dtype="Int64"))
    target_year = pd.Series(pd.array([gap.aim.end_year for gap in gaps], dtype="Int64"))
    years = (target_year - current_year).where(lambda left: left > 0)
    gap_column = target - current
    return pd.DataFrame(
        {
            **{name: of_aim(name) for name in ("subject", "programme", "indicator", "place", "part")},
            "kind": text(KINDS.get(gap.aim.status, gap.aim.status) for gap in gaps),
            "current": current,
            "current_year": current_year,
            "target": target,
            "target_year": target_year,
            "years": years,
            "gap": gap_column,
            "required_pp_a_year": gap_column / as_bounded(years),
            "required_growth_percent": compound(current, target, years),
            "why_missing": text(why_missing(gap) for gap in gaps),
            "evidence": text(evidence(gap) for gap in gaps),
            "said": pd.array([gap.level is not None and gap.why_not is None for gap in gaps], dtype="boolean"),
            "why_not": text(gap.why_not for gap in gaps),
            "current_id": text(gap.level and gap.level.figure_id for gap in gaps),
            "target_id": of_aim("figure_id"),
        }
    )


def compound(current: pd.Series, target: pd.Series, years: pd.Series) -> pd.Series:
    """100 × ((target / current)^(1 / years) − 1), a bounded column; <NA> where a level is not above zero."""
    ratio = (target / current.where((current > 0).fillna(False))).where((target >= 0).fillna(False))

    def rate(part: pd.Series) -> pd.Series:
        return 100 * (part ** (1 / years.astype("Float64")) - 1)

    parts = (ratio.bounds.value, ratio.bounds.low, ratio.bounds.high)
    value, low, high = (rate(part) for part in parts)
    return as_bounded(value, low, high, ratio.bounds.bound)


def why_missing(gap: Gap) -> str | None:
    kind = "projection" if gap.aim.status == "projected" else "target"
    if gap.level is None:
        return gap.why_not and f"{gap.why_not} to measure this {kind} from"
    if gap.aim.end_year is None:
        return f"the statement does not say by when the {kind} is to be reached"
    if gap.level.end_year is None:
        return "the statement does not say of which year the present level is"
    return None


def evidence(gap: Gap) -> str | None:
    if gap.level is None or gap.why_not is not None:
        return None
    if gap.near in ("clause", "sentence"):
        return f"one {gap.near}"
    return {"next": "two sentences, one after the other", "apart": "one indicator of one source"}.get(
        gap.near, "told in the same words"
    )


def target_scenarios(gaps: pd.DataFrame, yearly_points: Iterable[float]) -> pd.DataFrame:
    """Where each share would stand in its target's year, had it risen by so many points a year.

    Parameters
    ----------
    gaps
        As `target_gaps` returns it; rows without years are left out.
    yearly_points
        Percentage points a year to try; negative ones fall.

    Returns
    -------
    One row per gap and rise: the columns of `gaps` up to `target_year`, `yearly_points` (Float64), `reached` (bounded,
    percent) and `missing` (bounded, points short of the target, negative where it is passed).
    """
    tried = pd.DataFrame({"yearly_points": pd.array([float(points) for points in yearly_points], dtype="Float64")})
    kept = ["subject", "programme", "indicator", "place", "part", "kind", "current", "target", "target_year", "years"]
    return (
        gaps.loc[gaps["years"].notna(), kept]
        .merge(tried, how="cross")
        .assign(
            reached=lambda t: t["current"] + as_bounded(t["yearly_points"] * t["years"]),
            missing=lambda t: t["target"] - t["reached"],
        )
        .drop(columns="years")
    )
