"""A year's budget of the statement's programme shared out over the regions by a rule, and how unequal that would be."""

import pandas as pd

from auyl.errors import ParameterError
from auyl.measures.pairing import table
from auyl.measures.prices import spread
from auyl.measures.shares import RULES, SHARE_COLUMNS, gini, regional_weights, share_out
from auyl.one_notebook.history import Record


def shared_out(
    villages: pd.DataFrame, record: Record, rule: str, budget_bn: float = 0
) -> tuple[pd.DataFrame, float | None]:
    """A year's budget of the statement's programme over the regions that have villages, by a named rule.

    Parameters
    ----------
    villages
        As `auyl.village_allocations` returns it: its first programme, and the year and projects of its first row.
    rule
        One of `auyl.measures.shares.RULES`.
    budget_bn
        Billions of tenge; 0 takes what was published as the programme's allocation of that year.

    Returns
    -------
    The rows of `share_out` (`amount` in tenge), with `projects` (whole ones, by the largest remainder; <NA> without a
    count) and `per_person` (tenge for each rural inhabitant, <NA> where their number was not published); and the
    budget in tenge, None where none is known: the table is then empty.

    Raises
    ------
    ParameterError
        There is no such rule, or the budget is no number from zero on.
    """
    if rule not in RULES:
        raise ParameterError(f"sharing_rule is {rule!r}: give one of {', '.join(RULES)}")
    if isinstance(budget_bn, bool) or not isinstance(budget_bn, int | float) or not 0 <= budget_bn < float("inf"):
        raise ParameterError(f"budget_bn is {budget_bn!r}: give a number of billions, or 0")
    columns = {**SHARE_COLUMNS, "projects": "Int64", "per_person": "Float64"}
    named = villages[villages["subject"].isin(record.published["subject"]) & villages["end_year"].notna()].head(1)
    rural = record.regions[record.regions["kind"] != "city"]
    if named.empty or rural.empty:
        return table([], columns), None
    row = named.to_dict("records")[0]
    budget = budget_bn * 1e9 or _allocation(row, record.published)
    if not budget:
        return table([], columns), None
    weights = regional_weights(record.published, rural, rule)
    shares = share_out(weights, budget)
    counted = pd.notna(row["projects"]) and weights["weight"].sum() > 0
    projects = share_out(weights, int(row["projects"]), whole=True)["amount"] if counted else pd.NA
    per_person = shares["amount"] / _rural_people(record, rural)
    return shares.assign(projects=projects, per_person=per_person).astype(columns), budget


def rules_compared(shares: pd.DataFrame, record: Record) -> pd.DataFrame:
    """Each rule by how far the record carries it, for the regions of a result of `shared_out`.

    One row a rule: `rule`, `known` (regions that can be weighed) and `regions`, `inequality` (0 to 1, whatever the
    budget). Where nothing was shared out the table is empty.
    """
    rural = record.regions[record.regions["code"].isin(shares["code"])]
    people = _rural_people(record, rural)
    rows = []
    for rule in RULES if len(shares) else ():
        found = share_out(regional_weights(record.published, rural, rule), 1.0)
        found["per_person"] = found["amount"] / people
        known = int(found["share"].notna().sum())
        rows.append({"rule": rule, "known": known, "regions": len(found), "inequality": inequality(found)})
    return table(rows, {"rule": "string", "known": "Int64", "regions": "Int64", "inequality": "Float64"})


def inequality(shares: pd.DataFrame) -> float | None:
    """The Gini coefficient of money for each rural inhabitant, over the regions where both are known; see `gini`."""
    known = shares[shares["per_person"].notna()]
    return gini(known["per_person"], known["amount"] / known["per_person"]) if len(known) > 1 else None


def _rural_people(record: Record, rural: pd.DataFrame) -> pd.Series:
    return regional_weights(record.published, rural, "equal per rural inhabitant")["weight"]


def _allocation(row: dict, published: pd.DataFrame) -> float | None:
    year = int(row["end_year"])
    amount = spread(year, year, row["subject"], published)["amount"].iloc[0]
    return None if pd.isna(amount) else float(amount)
