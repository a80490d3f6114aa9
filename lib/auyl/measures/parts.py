"""A total of several years and the amounts or counts that others published for parts of these years."""

import pandas as pd

from auyl.bounded import as_bounded
from auyl.measures.things import is_money

ADDITIVE = ("project", "initiative", "loan", "job")  # counts of what happens once; a village may be served every year
SAME = ("subject", "indicator", "unit")
ORDER = ["done", "precise", "date"]  # of one period: an outcome before a plan, exact before "nearly", the later page


def parts_of(claims: pd.DataFrame, figure_id: str, longest: bool = True) -> pd.DataFrame:
    """Published figures that follow on one another, without a gap or an overlap, over the years of a statement's own.

    Parameters
    ----------
    claims
        As `auyl.claims` returns them.
    figure_id
        Of the statement's figure, a total of several years; one that is not there has no parts.
    longest
        Which of the published periods to take: the longest ones, which are few and were published later; or the
        shortest, which are more and were published earlier: of a period whose first or last years were published as
        well these are taken, and the rest ("p013 less p009"). Where the two make different sums, say both.

    Returns
    -------
    The rows of `claims`, one a period, the first years first, with `quantity` (bounded, single units), so that
    `parts["quantity"].sum()` is what they make together. Of one period an outcome is taken before a plan, an exact
    figure before a hedged one, a later page before an earlier; a plan counts for one year only. Only figures of the
    whole country and the whole programme count, none that is doubtful or was revised, and none of the very years of
    the total. Empty if the years of the total are not stated, if what was published leaves a year out, or if years do
    not add up: shares, villages.
    """
    nothing = claims.iloc[:0].assign(quantity=as_bounded([]))
    if figure_id not in set(claims["figure_id"]):
        return nothing
    total = claims[claims["figure_id"] == figure_id].iloc[0]
    if pd.isna(total[["start_year", "end_year", *SAME]]).any() or pd.notna(total[["place", "part"]]).any():
        return nothing
    first, last = total["start_year"], total["end_year"]
    if first == last or not (is_money(total["unit"]) or total["unit"] in ADDITIVE):
        return nothing
    about = [(claims[name] == total[name]).fillna(False) for name in SAME]
    whole = claims[["place", "part", "revised_by"]].isna().all(axis=1)
    own = claims["source_id"] == total["source_id"]
    usable = claims[about[0] & about[1] & about[2] & whole & ~own & ~claims["suspect"].fillna(False)]
    inside = usable[(usable["start_year"] >= first) & (usable["end_year"] <= last)]
    done = (inside["status"] == "actual") | (inside["start_year"] == inside["end_year"])  # long plans are not kept
    periods = (
        inside[done & ((inside["start_year"] > first) | (inside["end_year"] < last))]
        .assign(done=lambda t: t["status"] == "actual", precise=lambda t: t["bound"] == "exact")
        .sort_values(ORDER, kind="stable", na_position="first")
        .drop_duplicates(["start_year", "end_year"], keep="last")
        .sort_values("end_year", ascending=not longest, kind="stable")
        .drop(columns=["done", "precise"])
    )
    found = chain(periods, int(first), int(last)).reset_index(drop=True)
    if not longest and len(found):
        found = pd.concat([split(found.iloc[[n]], periods) for n in range(len(found))], ignore_index=True)
    return found.assign(quantity=as_bounded(found["value"], found["low"], found["high"], found["bound"]))


def chain(periods: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """The periods that lead from the first year to the last; of those that begin in a year, the first one that does."""
    for position in range(len(periods)):
        row = periods.iloc[[position]]
        if row["start_year"].item() != first:
            continue
        if (end := row["end_year"].item()) == last:
            return row
        if len(rest := chain(periods, end + 1, last)):
            return pd.concat([row, rest])
    return periods.iloc[:0]


def split(period: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """A period as the part of it that was published too, the shortest, and the rest; both done and exact."""
    whole = period.iloc[0]
    first, last = whole["start_year"], whole["end_year"]
    begins = (periods["start_year"] == first) & (periods["end_year"] < last)
    ends = (periods["end_year"] == last) & (periods["start_year"] > first)
    alike = (periods["status"] == whole["status"]) & (periods["bound"] == whole["bound"]) & (whole["bound"] == "exact")
    parts = periods[(begins | ends) & alike & (periods["value"] < whole["value"])]
    if parts.empty:
        return period
    part = parts.loc[[(parts["end_year"] - parts["start_year"]).idxmin()]]
    begun, ended = part["start_year"].item(), part["end_year"].item()
    early, left = begun == first, float(whole["value"] - part["value"].item())
    rest = period.assign(
        **dict.fromkeys(["value", "low", "high"], left),
        start_year=ended + 1 if early else first,
        end_year=last if early else begun - 1,
        quote=f"the rest of {whole['quote']}",
        figure_id=f"{whole['figure_id']} less {part['figure_id'].item()}",
    )
    both: pd.DataFrame = pd.concat([part, rest] if early else [rest, part])
    return both
