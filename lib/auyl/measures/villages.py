"""What a village gets: projects and money for each village, and how long until all villages have had their turn."""

from itertools import product

import pandas as pd

from auyl import bounds
from auyl.bounds import Bounded
from auyl.errors import MissingFigureError, ParameterError
from auyl.measures.funding import COUNTED_UNITS, MILLION, MONEY_INDICATORS, funding_per_project, in_years
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

VILLAGE_UNITS = ("village", "settlement")


def _quantity(name: str) -> dict[str, str]:
    return {name: "Float64", f"{name}_low": "Float64", f"{name}_high": "Float64", f"{name}_bound": "category"}


COLUMNS = {
    "subject": "string",
    "programme": "string",
    "start_year": "Int64",
    "end_year": "Int64",
    "status": "category",
    **_quantity("villages"),
    **_quantity("projects"),
    "counted": "string",
    **_quantity("projects_per_village"),
    "currency": "string",
    **_quantity("money"),
    **_quantity("mn_per_village"),
    **_quantity("assumed_cost_per_project_mn"),
    **_quantity("assumed_mn_per_village"),
    "assumption": "string",
    **_quantity("villages_a_year"),
    "villages_total": "Float64",
    **_quantity("years_to_all_villages"),
    "reading": "string",
    "villages_id": "string",
    "projects_id": "string",
    "money_id": "string",
    "assumed_cost_id": "string",
}


def village_allocations(
    figures: pd.DataFrame,
    cost_per_project: float | Bounded | None = None,
    villages_total: float | None = None,
) -> pd.DataFrame:
    """Projects and money for each village of a programme, and the years its pace needs for all villages.

    Parameters
    ----------
    figures
        One row per figure, as `auyl.figures` returns it.
    cost_per_project
        What a project is assumed to cost where the statement gives no money for the villages' own years, in millions
        of its currency. Without it, what the programme's projects cost on average in the latest years for which
        `funding_per_project` gives one answer.
    villages_total
        How many villages there are to reach. Without it the years stay missing.

    Returns
    -------
    One row per programme, period and combination of differing figures. Each quantity has `_low`, `_high` and
    `_bound`: `villages`, `projects`, `projects_per_village`; `money` and `mn_per_village` (million of `currency`,
    nominal) where money is stated for the same years; else `assumed_cost_per_project_mn` and
    `assumed_mn_per_village`, with the `assumption` in words; `villages_a_year` (the villages over the length of their
    period) and `years_to_all_villages` (`villages_total` at that pace, each village once). `villages_id`,
    `projects_id`, `money_id` and `assumed_cost_id` name the figures behind them. What is not stated is <NA>.

    Raises
    ------
    MissingFigureError
        No programme has a number of villages. The message lists the figures found.
    ParameterError
        A cost or a number of villages that is not above zero.
    """
    _check("cost_per_project", cost_per_project.value if isinstance(cost_per_project, Bounded) else cost_per_project)
    _check("villages_total", villages_total)
    unnamed = figures["subject"].isna()
    villages = facts(
        figures[figures["unit"].isin(VILLAGE_UNITS) & ((figures["indicator"] == "villages").fillna(False) | unnamed)]
    )
    projects = facts(
        figures[figures["unit"].isin(COUNTED_UNITS) & (figures["indicator"].isin(["projects", "loans"]) | unnamed)]
    )
    whole = without_parts(projects)
    money = facts(figures[is_money(figures) & (figures["indicator"].isin(MONEY_INDICATORS) | unnamed)])
    rows = []
    for village in villages:
        counts = partners(village, projects if village.subject is None else whole, villages)
        amounts = partners(village, money, villages)
        if village.subject is None and not _clear(village, villages, counts, amounts):
            continue
        for count, amount in product(counts or [None], amounts or [None]):
            rows.append(_row(village, count, amount, villages_total))
    if not rows:
        raise MissingFigureError(
            f"no allocation per village: it needs a number of villages of a programme; {what_was_found(figures)}"
        )
    lacks_money = any(row["money_id"] is None and row["projects_id"] is not None for row in rows)
    costs = _average_costs(figures) if lacks_money else pd.DataFrame(columns=["subject"])
    rows = [{**row, **_assumed(row, cost_per_project, costs)} for row in rows]
    return (
        table(rows, COLUMNS)
        .sort_values(["subject", "start_year", "end_year"], na_position="last", kind="stable")
        .reset_index(drop=True)
    )


def _clear(village: Fact, villages: list[Fact], counts: list[Fact], amounts: list[Fact]) -> bool:
    """Whether figures without a programme belong together: alone of their kinds in one sentence."""
    return bool(counts or amounts) and len(counts) < 2 and len(amounts) < 2 and len(partners(village, villages)) == 1


def _row(village: Fact, count: Fact | None, amount: Fact | None, villages_total: float | None) -> dict:
    projects = count.quantity if count else bounds.NOT_STATED
    money = amount.quantity if amount else bounds.NOT_STATED
    total = bounds.exact(villages_total) if villages_total else bounds.NOT_STATED
    length = bounds.NOT_STATED if None in village.years else bounds.exact(village.end_year - village.start_year + 1)
    pace = bounds.divide(village.quantity, length)
    readings = {status_reading(village, other) for other in (count, amount) if other}
    if village.subject is None:
        readings = {"named in the same sentence"}
    return {
        "subject": village.subject,
        "programme": programme_name(village.subject),
        "start_year": village.start_year,
        "end_year": village.end_year,
        "status": village.status,
        **bounds.columns("villages", village.quantity),
        **bounds.columns("projects", projects),
        "counted": count.unit if count else None,
        **bounds.columns("projects_per_village", bounds.divide(projects, village.quantity)),
        "currency": amount.unit if amount else None,
        **bounds.columns("money", money),
        **bounds.columns("mn_per_village", bounds.divide(bounds.divide(money, village.quantity), MILLION)),
        **bounds.columns("villages_a_year", pace),
        "villages_total": villages_total,
        **bounds.columns("years_to_all_villages", bounds.divide(total, pace)),
        "reading": "; ".join(sorted(readings - {"as stated"})) or "as stated",
        "villages_id": village.figure_ids,
        "projects_id": count.figure_ids if count else None,
        "money_id": amount.figure_ids if amount else None,
    }


def _average_costs(figures: pd.DataFrame) -> pd.DataFrame:
    """The stated costs per project, of the latest years of each programme."""
    try:
        funding = funding_per_project(figures)
    except MissingFigureError:
        return pd.DataFrame(columns=["subject"])
    stated = funding[
        funding["cost_mn"].notna() & funding["subject"].notna() & ~funding["reading"].str.startswith("also")
    ]
    latest = stated.groupby("subject")["end_year"].transform("max")
    return stated[(stated["end_year"] == latest).fillna(False)]


def _assumed(row: dict, cost_per_project: float | Bounded | None, costs: pd.DataFrame) -> dict:
    """The money per village under an assumed cost per project, where none is stated for the villages' own years."""
    if row["money_id"] is not None or row["projects_id"] is None:
        return {}
    own = costs[costs["subject"] == row["subject"]] if row["subject"] else costs.iloc[:0]
    currency = own["currency"].iloc[0] if own.get("currency", pd.Series(dtype="string")).nunique() == 1 else None
    source = None
    if cost_per_project is not None:
        cost = cost_per_project if isinstance(cost_per_project, Bounded) else bounds.exact(float(cost_per_project))
        assumption = f"a project costs {bounds.in_words(cost)} million, as the parameter says"
    elif len(own) == 1:
        average = own.iloc[0]
        cost = bounds.from_row(average, "cost_mn", bound_column="bound")
        source = f"{average['money_id']},{average['projects_id']}"
        years = in_years(average["start_year"], average["end_year"])
        assumption = f"a project costs what one of {years} did on average, {bounds.in_words(cost)} million"
    else:
        why = "more than one cost per project" if len(own) else "no cost per project"
        return {"assumption": f"none: the statement gives {why} of this programme"}
    money = bounds.multiply(bounds.from_row(row, "projects_per_village"), cost)
    return {
        "currency": currency,
        **bounds.columns("assumed_cost_per_project_mn", cost),
        **bounds.columns("assumed_mn_per_village", money),
        "assumption": assumption,
        "assumed_cost_id": source,
    }


def _check(name: str, number: float | None) -> None:
    if number is None:
        return
    if isinstance(number, bool) or not isinstance(number, int | float) or not 0 < number < float("inf"):
        raise ParameterError(f"{name} is {number!r}: give a number above zero, or nothing")
