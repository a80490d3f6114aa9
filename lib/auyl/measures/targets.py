"""How far a target is: the level now, the level aimed at, and what each year would have to bring."""

from typing import Any

import pandas as pd

from auyl.bounded import as_bounded
from auyl.errors import MissingFigureError
from auyl.measures.claims_in_text import ClaimsInText
from auyl.measures.columns import column, columns, nullable, quantity
from auyl.measures.comparable import OWN, Claim, Pair, said
from auyl.measures.funding import what_was_found
from auyl.reading.levels import AIMS, read_levels

EVIDENCE = {
    "clause": "one clause",
    "sentence": "one sentence",
    "next": "two sentences, one after the other",
    "text": "told in the same words",
    "apart": "one indicator of one source",
}


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
    `source`, `evidence`, `said`, `why_not`,
    and the figures' ids, `current_id` and `target_id`.

    Raises
    ------
    MissingFigureError
        No share has a target or a projection. The message lists the figures found.
    """
    gaps = gaps_of(ClaimsInText.of(figures))
    if not gaps:
        raise MissingFigureError(
            f"no distance to a target: it needs a share to be reached by a year; {what_was_found(figures)}"
        )
    return gaps_table(gaps)


def gaps_of(told: ClaimsInText) -> list[Pair]:
    """Every aim with its present level, once: by the words of the text, else by the catalogue's indicator."""
    found: list[Pair] = []
    for source in dict.fromkeys(claim.source_id for claim in told.claims):
        own = [claim for claim in told.claims if claim.source_id == source and not claim.suspect]
        around = told.around.get(source)
        if around is None:
            found += by_indicator(own)
            continue
        for read in read_levels(around, own, told.years[source]):
            aim, level = own[read.aim], None if read.level is None else own[read.level]
            if told.tells(aim, "mixed"):  # "either have access now or are targeted to get it"
                continue
            why = read.why or elsewhere(told, aim, level)
            found.append(gap(aim, level and in_its_own_year(told, level, aim), read.near, why))
    kept: dict[tuple[Any, ...], Pair] = {}
    for pair in sorted(found, key=lambda pair: not pair.said):  # told twice, it is measured once, where it can be
        aim = pair.one
        kept.setdefault((aim.source_id, aim.value, aim.end_year, aim.place, aim.subject), pair)
    return sorted(kept.values(), key=lambda pair: pair.one.start or 0)


def gap(aim: Claim, level: Claim | None, near: str | None, why_not: str | None) -> Pair:
    return Pair(aim, level, EVIDENCE[near] if level and near and why_not is None else None, why_not)


def kind_of(aim: Claim) -> str:
    """A level that is planned is a target; a projection is nobody's promise."""
    return "projected" if aim.status == "projected" else "target"


def in_its_own_year(told: ClaimsInText, level: Claim, aim: Claim) -> Claim:
    """A level without the year that is not its own: of "74%, up from 62% in 2022" the year is the 62's, and the 74 of
    the statement's year; the first year of a plan does not date the level that the plan starts from."""
    if level.years_from in ("clause", "correction", None):
        return level
    spot, year = told.spots[level.figure_id], told.years[level.source_id]
    beside = [c for c, s in told.told_in(level.source_id) if s.sentence == spot.sentence and c is not level]
    owners = [c for c in beside if c.unit == level.unit and c.years == level.years and c.years_from == "clause"]
    if any(c is not aim and c.value != level.value for c in owners) and level.end_year != year:
        return level._replace(start_year=year, end_year=year, years_from="default")
    if level.years_from not in OWN and aim.years_from not in OWN and level.years != aim.years:
        return level._replace(start_year=None, end_year=None, years_from=None)
    return level


def elsewhere(told: ClaimsInText, aim: Claim, level: Claim | None) -> str | None:
    """Why the level is of another part of the country than the aim: the capital's beside the nation's."""
    if level is None or not told.sides(aim) or not told.sides(level) or told.sides(aim) & told.sides(level):
        return None
    return f"{said(level)} is of {min(told.sides(level))}, {said(aim)} of {min(told.sides(aim))}"


def by_indicator(claims: list[Claim]) -> list[Pair]:
    """Without a text: the latest level of the same subject, indicator, place and part of one source, counted alike."""
    gaps = []
    for aim in claims:
        if aim.unit != "percent" or aim.status not in AIMS or aim.indicator is None:
            continue
        same = [c for c in claims if c.status == "actual" and (c.thing, c.source) == (aim.thing, aim.source)]
        same = [c for c in same if aim.basis in (None, c.basis) or c.basis is None]
        before = [c for c in same if c.end_year and (aim.end_year is None or c.end_year < aim.end_year)]
        latest = [c for c in before if c.end_year == max(each.end_year or 0 for each in before)]
        why = None if latest else "no present level was published"
        if len({c.value for c in latest}) > 1:
            why = f"{said(latest[1])} could stand in the place of {said(latest[0])}"
        gaps.append(gap(aim, latest[0] if latest else None, "apart", why))
    return gaps


def gaps_table(gaps: list[Pair]) -> pd.DataFrame:
    """The gaps as `target_gaps` gives them."""
    aims, levels = [gap.one for gap in gaps], [gap.other for gap in gaps]
    current, target = quantity(levels), quantity(aims)
    current_year, target_year = (pd.Series(column(c, "end_year", "Int64")) for c in (levels, aims))
    years = (target_year - current_year).where(lambda left: left > 0)
    return pd.DataFrame(
        {
            **columns(aims, "subject", "programme", "indicator", "place", "part"),
            "kind": nullable(map(kind_of, aims)),
            "current": current,
            "current_year": current_year,
            "target": target,
            "target_year": target_year,
            "years": years,
            "gap": target - current,
            "required_pp_a_year": (target - current) / as_bounded(years),
            "required_growth_percent": compound(current, target, years),
            **columns(aims, "source"),
            **columns(gaps, "evidence", "said", "why_not"),
            **columns(levels, current_id="figure_id"),
            **columns(aims, target_id="figure_id"),
        }
    )


def compound(current: "pd.Series[Any]", target: "pd.Series[Any]", years: "pd.Series[Any]") -> "pd.Series[Any]":
    """100 × ((target / current)^(1 / years) − 1), a bounded column; <NA> where a level is not above zero."""
    ratio = (target / current.where((current > 0).fillna(False))).where((target >= 0).fillna(False)).bounds
    root = 1 / years.astype("Float64")
    value, low, high = (100 * (part**root - 1) for part in (ratio.value, ratio.low, ratio.high))
    return as_bounded(value, low, high, ratio.bound)
