"""What a project received, on average: each programme's money over its number of projects."""

from collections.abc import Iterable

import pandas as pd

from auyl import bounds
from auyl.errors import MissingFigureError, ParameterError
from auyl.measures.pairing import (
    Fact,
    facts,
    is_money,
    partners,
    programme_name,
    status_reading,
    table,
    what_was_found,
    without_parts,
)

MONEY_INDICATORS = ("allocation", "investment")
COUNTED_UNITS = ("project", "initiative", "loan")
MILLION = bounds.exact(1e6)

COLUMNS = {
    "subject": "string",
    "programme": "string",
    "start_year": "Int64",
    "end_year": "Int64",
    "status": "category",
    "currency": "string",
    "money": "Float64",
    "money_low": "Float64",
    "money_high": "Float64",
    "money_bound": "category",
    "projects": "Float64",
    "projects_low": "Float64",
    "projects_high": "Float64",
    "projects_bound": "category",
    "counted": "string",
    "cost_mn": "Float64",
    "cost_mn_low": "Float64",
    "cost_mn_high": "Float64",
    "bound": "category",
    "reading": "string",
    "money_id": "string",
    "projects_id": "string",
}
SCENARIO_COLUMNS = {
    **{column: dtype for column, dtype in COLUMNS.items() if not column.startswith(("projects", "reading"))},
    "assumed_projects": "Float64",
}


def funding_per_project(figures: pd.DataFrame) -> pd.DataFrame:
    """Money of each programme, divided by its number of projects, initiatives or loans of the same years.

    Parameters
    ----------
    figures
        One row per figure, as `auyl.figures` returns it.

    Returns
    -------
    One row per programme, period, currency and pair of differing figures, dearest first: `subject`, `programme`,
    `start_year`, `end_year`, `status` (the money's), `currency` (ISO 4217), `money` (in that currency, nominal) and
    `projects` with `_low`, `_high` and `_bound`, `counted` (the unit of the count), `cost_mn` with `_low`, `_high`
    (million of the currency each) and its `bound`, `reading`, and the figures behind it in `money_id` and
    `projects_id` (joined by commas where a figure is repeated).

    An amount said twice counts once. Amounts that differ are never added up and none is chosen: each makes its own
    row, since the table cannot tell a correction from a part; of several counts in one sentence the largest is taken,
    since the others list its parts. Money without a count keeps <NA> in `cost_mn`.

    `reading` is "as stated", or names what the row takes for granted: "also counting 2025" adds the money of the
    years just before, told beside it and without a count of its own, to the money the count was stated with; "KZT
    actual, project planned" divides money given by projects only planned, where the statement has no other pair. Where
    no programme is named, only figures of one sentence are divided, and the reading says so.

    Raises
    ------
    MissingFigureError
        No programme has both. The message lists the figures found.
    """
    money = facts(figures[_is_funding(figures)])
    all_counts = facts(figures[_is_count(figures)])
    counts = without_parts(all_counts)
    rows = []
    for amount in money:
        counted = partners(amount, counts, rivals=money)
        if amount.subject is None:
            counted = counted if _only_pair(amount, money, all_counts) else []
            rows += [_row(amount, count, "named in the same sentence") for count in counted]
        else:
            rows += [_row(amount, count, status_reading(amount, count)) for count in counted] or [_row(amount)]
            rows += [_pooled(amount, count, money, counts) for count in counted]
    rows = [row for row in rows if row]
    if not any(row["projects_id"] for row in rows):
        raise MissingFigureError(
            "no cost per project: it needs an amount of money and a number of projects, initiatives or loans of one "
            f"programme and the same years; {what_was_found(figures)}"
        )
    return (
        table(rows, COLUMNS)
        .sort_values(["currency", "cost_mn"], ascending=[True, False], na_position="last", kind="stable")
        .reset_index(drop=True)
    )


def funding_scenarios(funding: pd.DataFrame, project_counts: Iterable[float]) -> pd.DataFrame:
    """What each project would have received, had there been other numbers of them.

    Parameters
    ----------
    funding
        As `funding_per_project` returns it.
    project_counts
        The numbers to try, above zero.

    Returns
    -------
    For every amount in `funding` that has a count of its own, as stated, one row per number in the given order:
    `subject`, `programme`, `start_year`, `end_year`, `status`, `currency`, `money` with its bounds, `counted`,
    `assumed_projects` (Float64), `cost_mn` with `_low`, `_high` and `bound`, and `money_id`.

    Raises
    ------
    ParameterError
        A number of projects that is not above zero.
    """
    counts = list(project_counts)
    for count in counts:
        if isinstance(count, bool) or not isinstance(count, int | float) or not 0 < count < float("inf"):
            raise ParameterError(f"project_counts holds {count!r}: give numbers above zero")
    stated = funding[funding["projects_id"].notna() & ~funding["reading"].str.startswith("also counting")]
    rows = []
    for row in stated.drop_duplicates("money_id").to_dict("records"):
        for count in counts:
            each = bounds.divide(bounds.divide(bounds.from_row(row, "money"), bounds.exact(float(count))), MILLION)
            rows.append({**row, "assumed_projects": count, **bounds.columns("cost_mn", each, bound_column="bound")})
    return table(rows, SCENARIO_COLUMNS)


def _is_funding(figures: pd.DataFrame) -> pd.Series:
    """Money given to a programme as a whole; where no programme is named, any money."""
    return is_money(figures) & (figures["indicator"].isin(MONEY_INDICATORS) | figures["subject"].isna())


def _is_count(figures: pd.DataFrame) -> pd.Series:
    """Projects of a programme as a whole. A part of them, such as one region's, has no indicator in the table."""
    counted = figures["unit"].isin(COUNTED_UNITS)
    return counted & (figures["indicator"].isin(["projects", "loans"]) | figures["subject"].isna())


def _only_pair(amount: Fact, money: list[Fact], counts: list[Fact]) -> bool:
    """Whether one unnamed sentence has one amount and one count: with more, which belongs to which is a guess."""
    return len(partners(amount, money)) == 1 and len(partners(amount, counts)) == 1


def _row(amount: Fact, count: Fact | None = None, reading: str = "as stated") -> dict:
    projects = count.quantity if count else bounds.NOT_STATED
    cost = bounds.divide(bounds.divide(amount.quantity, projects), MILLION)
    return {
        "subject": amount.subject,
        "programme": programme_name(amount.subject),
        "start_year": amount.start_year,
        "end_year": amount.end_year,
        "status": amount.status,
        "currency": amount.unit,
        **bounds.columns("money", amount.quantity),
        **bounds.columns("projects", projects),
        "counted": count.unit if count else None,
        **bounds.columns("cost_mn", cost, bound_column="bound"),
        "reading": reading,
        "money_id": amount.figure_ids,
        "projects_id": count.figure_ids if count else None,
    }


def _pooled(amount: Fact, count: Fact, money: list[Fact], counts: list[Fact]) -> dict | None:
    """The same count over this money and that of the years just before, where those have one amount and no count."""
    if None in amount.years:
        return None
    before = [
        other
        for other in money
        if (other.source, other.subject, other.unit, other.status)
        == (amount.source, amount.subject, amount.unit, amount.status)
        and None not in other.years
        and other.end_year + 1 == amount.start_year
        and _near(other, amount)
    ]
    if len(before) != 1 or partners(before[0], counts):
        return None
    other = before[0]
    pooled = Fact(
        bounds.add(other.quantity, amount.quantity),
        amount.unit,
        amount.subject,
        amount.status,
        other.start_year,
        amount.end_year,
        amount.source,
        tuple(sorted(other.ids + amount.ids)),
        amount.sentences | other.sentences,
    )
    return _row(pooled, count, f"also counting {in_years(*other.years)}")


def _near(one: Fact, other: Fact) -> bool:
    """Whether two facts stand in one sentence or in neighbouring ones: told in one breath."""
    return any(abs(a - b) <= 1 for a in one.sentences for b in other.sentences)


def in_years(start: int, end: int) -> str:
    """ "2025", or "2026–2028"."""
    return str(start) if start == end else f"{start}–{end}"
