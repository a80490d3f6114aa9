"""What the notebooks ask: the measures with the notebooks' parameters, on any statement.

A statement that lacks a measure's figures gives an empty table and one sentence that says what is missing, so that a
report says it instead of stopping. Parameters are checked here, since papermill hands over whatever it was given.
"""

from collections.abc import Callable, Sequence

import pandas as pd

from auyl import bounds
from auyl.display.words import sentence
from auyl.errors import MissingFigureError, ParameterError
from auyl.measures import funding, targets, villages
from auyl.measures.pairing import table

SHARES_OF_PROJECTS = (2 / 3, 5 / 6, 1)  # tried where the reader names no numbers of projects
SHARES_OF_PACE = (1 / 2, 1, 2)  # tried where the reader names no numbers of villages a year
PACE_COLUMNS = {
    **{"programme": "string", "assumed_villages_a_year": "Float64", "villages_total": "Float64"},
    **{"years_needed": "Float64", "years_needed_low": "Float64", "years_needed_high": "Float64"},
    "years_needed_bound": "category",
}


def ask_funding(figures: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """`auyl.funding_per_project` and nothing, or an empty table and the sentence that says what the figures lack."""
    return _asked(funding.funding_per_project, funding.COLUMNS, figures)


def ask_villages(figures: pd.DataFrame, cost_mn: float = 0, villages_total: int = 0) -> tuple[pd.DataFrame, str]:
    """`auyl.village_allocations` likewise; a cost or a total of 0 stands for "not given"."""
    cost = _number("assumed_cost_mn", cost_mn) or None
    total = _number("villages_total", villages_total) or None
    return _asked(villages.village_allocations, villages.COLUMNS, figures, cost, total)


def ask_targets(figures: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """`auyl.target_gaps` likewise."""
    return _asked(targets.target_gaps, targets.COLUMNS, figures)


def other_counts(found: pd.DataFrame, project_counts: Sequence[float] | str = ()) -> pd.DataFrame:
    """`auyl.funding_scenarios` of the dearest programme: at the counts given, else at shares of the count stated."""
    counts = _numbers("project_counts", project_counts)
    stated = found[found["projects"].notna() & ~found["reading"].str.startswith("also")].head(1)
    if not counts and len(stated):
        counts = [round(share * stated["projects"].iloc[0]) for share in SHARES_OF_PROJECTS]
    return funding.funding_scenarios(stated, sorted({count for count in counts if count}))


def other_paces(found: pd.DataFrame, village_paces: Sequence[float] | str = ()) -> pd.DataFrame:
    """Years until `villages_total` villages had their turn once, the slowest pace first.

    Without paces: half, once and twice the stated one. One row per pace: `programme`, `assumed_villages_a_year`,
    `villages_total`, `years_needed` with `_low`, `_high`, `_bound`.
    """
    paces = _numbers("village_paces", village_paces)
    rows = []
    for row in found[found["villages_a_year"].notna() & found["villages_total"].notna()].head(1).to_dict("records"):
        for pace in sorted(set(paces)) or [max(round(share * row["villages_a_year"]), 1) for share in SHARES_OF_PACE]:
            years = bounds.divide(bounds.exact(row["villages_total"]), bounds.exact(pace))
            rows.append({**row, "assumed_villages_a_year": pace, **bounds.columns("years_needed", years)})
    return table(rows, PACE_COLUMNS)


def other_rises(gaps: pd.DataFrame, yearly_points: Sequence[float] | str) -> pd.DataFrame:
    """`auyl.target_scenarios` at these rises, in percentage points a year."""
    return targets.target_scenarios(gaps, _numbers("yearly_points", yearly_points))


def _asked(measure: Callable, columns: dict[str, str], figures: pd.DataFrame, *options: object):
    try:
        return measure(figures, *options), ""
    except MissingFigureError as missing:
        return table([], columns), sentence(str(missing))


def _number(name: str, entry: object) -> float:
    """A parameter as a number that is not negative."""
    try:
        if isinstance(entry, bool):
            raise ValueError
        number = float(entry)
        if not 0 <= number < float("inf"):
            raise ValueError
    except (TypeError, ValueError):
        raise ParameterError(f"{name} is {entry!r}: give a number that is not negative") from None
    return number


def _numbers(name: str, entries: Sequence[object] | str) -> list[float]:
    """A parameter as numbers above zero; `-p name [4000,5000]` on papermill's command line arrives as text."""
    if isinstance(entries, str):
        entries = [part.strip(" \"'") for part in entries.strip("[] ").split(",") if part.strip()]
    if not isinstance(entries, list | tuple):
        raise ParameterError(f"{name} is {entries!r}: give a list of numbers above zero")
    numbers = [_number(name, entry) for entry in entries]
    if 0 in numbers:
        raise ParameterError(f"{name} holds 0: give numbers above zero")
    return numbers
