"""How far a target is: the level now, the level aimed at, and what each year would have to bring."""

from collections.abc import Iterable

import pandas as pd

from auyl import bounds
from auyl.bounds import Bounded
from auyl.errors import MissingFigureError
from auyl.measures.pairing import Fact, facts, programme_name, table, what_was_found

AIMS = ("target", "projected")

COLUMNS = {
    "subject": "string",
    "programme": "string",
    "indicator": "string",
    "unit": "string",
    "kind": "category",
    "current": "Float64",
    "current_low": "Float64",
    "current_high": "Float64",
    "current_bound": "category",
    "current_year": "Int64",
    "target": "Float64",
    "target_low": "Float64",
    "target_high": "Float64",
    "target_bound": "category",
    "target_year": "Int64",
    "years": "Int64",
    "gap": "Float64",
    "gap_low": "Float64",
    "gap_high": "Float64",
    "gap_bound": "category",
    "required_pp_a_year": "Float64",
    "required_pp_a_year_low": "Float64",
    "required_pp_a_year_high": "Float64",
    "required_pp_a_year_bound": "category",
    "required_growth_percent": "Float64",
    "required_growth_percent_low": "Float64",
    "required_growth_percent_high": "Float64",
    "required_growth_percent_bound": "category",
    "why_missing": "string",
    "current_id": "string",
    "target_id": "string",
}

SCENARIO_COLUMNS = {
    "subject": "string",
    "programme": "string",
    "indicator": "string",
    "target": "Float64",
    "target_year": "Int64",
    "yearly_points": "Float64",
    "reached": "Float64",
    "reached_low": "Float64",
    "reached_high": "Float64",
    "reached_bound": "category",
    "missing": "Float64",
    "missing_low": "Float64",
    "missing_high": "Float64",
    "missing_bound": "category",
}
SERIES_COLUMNS = {
    "subject": "string",
    "programme": "string",
    "indicator": "string",
    "unit": "string",
    "year": "Int64",
    "value": "Float64",
    "low": "Float64",
    "high": "Float64",
    "bound": "category",
    "status": "category",
    "figure_id": "string",
}


def target_gaps(figures: pd.DataFrame) -> pd.DataFrame:
    """The gap between each share's present level and its target or projection, and the yearly rise that closes it.

    Parameters
    ----------
    figures
        One row per figure, as `auyl.figures` returns it.

    Returns
    -------
    One row per target or projected share (`kind` says which: nobody promised a projection), in the statement's order:
    `subject`, `programme`, `indicator`, `unit`; `current` with `current_year`, the latest level before the target's
    year; `target` with `target_year`; `years` between them; `gap` in percentage points; `required_pp_a_year`, the
    gap over the years; `required_growth_percent`, the compound yearly rate (target/current)^(1/years) - 1, in
    percent. Quantities have `_low`, `_high` and `_bound`; `current_id` and `target_id` name the figures.

    A target without a present level in the statement keeps <NA> in its gap, and `why_missing` is a sentence that says
    why. Where the statement does not name the programme or the indicator in words we know, the present level is taken
    from the same sentence, or the one before, if there is exactly one. Levels that differ for one year each make a row.

    Raises
    ------
    MissingFigureError
        No share has a target or a projection. The message lists the figures found.
    """
    shares = figures[(figures["unit"] == "percent").fillna(False)]
    aims = _by_indicator(shares[shares["status"].isin(AIMS)])
    levels = _by_indicator(shares[(shares["status"] == "actual").fillna(False)])
    rows = [
        _row(indicator, current, aim)
        for indicator, aim in aims
        for current in _present_levels(indicator, aim, levels) or [None]
    ]
    if not rows:
        raise MissingFigureError(
            f"no distance to a target: it needs a share to be reached by a year; {what_was_found(figures)}"
        )
    return table(rows, COLUMNS)


def target_scenarios(gaps: pd.DataFrame, yearly_points: Iterable[float]) -> pd.DataFrame:
    """Where each share would stand in its target's year, had it risen by so many points a year.

    Parameters
    ----------
    gaps
        As `target_gaps` returns it; rows without a gap or years are left out.
    yearly_points
        Percentage points a year to try; negative ones fall.

    Returns
    -------
    One row per gap and rise: `subject`, `programme`, `indicator`, `target`, `target_year`, `yearly_points`, `reached`
    (percent) and `missing` (points short of the target, negative where it is passed), the last two with `_low`,
    `_high` and `_bound`.
    """
    rows = []
    for row in gaps[gaps["years"].notna()].to_dict("records"):
        for points in yearly_points:
            reached = bounds.add(bounds.from_row(row, "current"), bounds.exact(float(points) * row["years"]))
            missing = bounds.subtract(bounds.from_row(row, "target"), reached)
            results = {**bounds.columns("reached", reached), **bounds.columns("missing", missing)}
            rows.append({**row, "yearly_points": points, **results})
    return table(rows, SCENARIO_COLUMNS)


def level_series(figures: pd.DataFrame) -> pd.DataFrame:
    """Every stated level of each share of a programme, past, present and aimed at, in the order of the years.

    Returns
    -------
    One row per figure in percent with a known indicator: `subject`, `programme`, `indicator`, `unit`, `year` (the last
    of its period), `value`, `low`, `high`, `bound`, `status`, `figure_id`. Without such figures the table is empty.
    """
    shares = figures[(figures["unit"] == "percent").fillna(False) & figures["indicator"].notna()]
    rows = [
        {**row, "programme": programme_name(row["subject"]), "year": row["end_year"]}
        for row in shares.to_dict("records")
    ]
    by_year = ["subject", "indicator", "year"]
    return table(rows, SERIES_COLUMNS).sort_values(by_year, kind="stable").reset_index(drop=True)


def _by_indicator(shares: pd.DataFrame) -> list[tuple[str | None, Fact]]:
    """(indicator, fact) in the order of the text."""
    named = shares["indicator"].astype("string")
    found = [(name, fact) for name in named.dropna().unique() for fact in facts(shares[(named == name).fillna(False)])]
    found += [(None, fact) for fact in facts(shares[named.isna()])]
    return sorted(found, key=lambda pair: pair[1].ids)


def _present_levels(indicator: str | None, aim: Fact, levels: list[tuple[str | None, Fact]]) -> list[Fact]:
    """The latest levels of the aim's own indicator; for an unknown one, the only level told beside it."""
    same = [
        fact
        for name, fact in levels
        if (name, fact.subject, fact.source) == (indicator, aim.subject, aim.source) and not _too_late(fact, aim)
    ]
    if indicator is None or aim.subject is None:
        before = frozenset(number - 1 for number in aim.sentences)
        beside = [fact for fact in same if fact.sentences & aim.sentences]
        beside = beside or [fact for fact in same if fact.sentences & before]
        return beside if len(beside) == 1 else []
    dated = [fact for fact in same if fact.end_year is not None]
    latest = max((fact.end_year for fact in dated), default=None)
    return [fact for fact in dated if fact.end_year == latest] or same


def _too_late(fact: Fact, aim: Fact) -> bool:
    """A level recorded in or after the year of the aim is its outcome, not where it starts."""
    return fact.end_year is not None and aim.end_year is not None and fact.end_year >= aim.end_year


def _row(indicator: str | None, current: Fact | None, aim: Fact) -> dict:
    level = current.quantity if current else bounds.NOT_STATED
    years = None
    if current and current.end_year is not None and aim.end_year is not None:
        years = aim.end_year - current.end_year
    gap = bounds.subtract(aim.quantity, level)
    return {
        "subject": aim.subject,
        "programme": programme_name(aim.subject),
        "indicator": indicator,
        "unit": aim.unit,
        "kind": aim.status,
        **bounds.columns("current", level),
        "current_year": current.end_year if current else None,
        **bounds.columns("target", aim.quantity),
        "target_year": aim.end_year,
        "years": years,
        **bounds.columns("gap", gap),
        **bounds.columns("required_pp_a_year", _a_year(gap, years)),
        **bounds.columns("required_growth_percent", _compound(aim.quantity, level, years)),
        "why_missing": _why_missing(current, aim),
        "current_id": current.figure_ids if current else None,
        "target_id": aim.figure_ids,
    }


def _a_year(gap: Bounded, years: int | None) -> Bounded:
    return bounds.increasing(lambda points: points / years, gap) if years and gap.stated else bounds.NOT_STATED


def _compound(target: Bounded, level: Bounded, years: int | None) -> Bounded:
    if not years or not level.stated or level.value <= 0 or target.value < 0:
        return bounds.NOT_STATED
    return bounds.increasing(lambda ratio: 100 * (ratio ** (1 / years) - 1), bounds.divide(target, level))


def _why_missing(current: Fact | None, aim: Fact) -> str | None:
    kind = "target" if aim.status == "target" else "projection"
    if current is None:
        return f"the statement gives no present level to measure this {kind} from"
    if aim.end_year is None:
        return f"the statement does not say by when the {kind} is to be reached"
    if current.end_year is None:
        return "the statement does not say of which year the present level is"
    return None
