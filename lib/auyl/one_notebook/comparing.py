"""The statement held against the published record: what agrees, what is contradicted, in a sentence or two."""

import re
from collections.abc import Mapping

import pandas as pd

from auyl.display import tables
from auyl.display.words import CURRENCIES, counted
from auyl.errors import ParameterError
from auyl.measures.checks import cross_checks
from auyl.measures.comparison import PLANS, in_short
from auyl.statement import Statement

OUTCOMES = ("contradicted", "agrees", "not comparable", "nothing published")
AGREEING = ("agrees", "within bounds")


def record_of(published: pd.DataFrame, ref_area: str, show_suspect: bool = True) -> pd.DataFrame:
    """The published figures of one country and its regions, with or without those marked as doubtful."""
    if not re.fullmatch("[A-Z]{2}", str(ref_area)):
        raise ParameterError(f"ref_area is {ref_area!r}: give a country's two letters by ISO 3166, such as KZ")
    own = published[published["ref_area"].str[:2] == ref_area]
    return own if show_suspect else own[~own["suspect"].astype(bool)]


def compared(figures: pd.DataFrame, record: pd.DataFrame, statement: Statement) -> pd.DataFrame:
    """`cross_checks`, weightiest contradiction first.

    Weight is the difference as a share of the larger figure; doubtful figures come last, and before them plans that
    another plan may have replaced.
    """
    checks = cross_checks(figures, record, statement.url)
    larger = checks[["value", "published_value"]].abs().max(axis=1).replace(0, 1)
    plans = checks["status"].isin(PLANS) & checks["published_status"].isin(PLANS)
    return (
        checks.assign(
            weight=(checks["value"] - checks["published_value"]).abs() / larger,
            rank=plans.astype(int) + 2 * checks["suspect"].fillna(False).astype(int),
        )
        .sort_values(["rank", "weight"], ascending=[True, False], kind="stable", ignore_index=True)
        .drop(columns="rank")
    )


def outcomes(figures: pd.DataFrame, checks: pd.DataFrame) -> pd.Series:
    """Of each figure of the statement, by its id, what the comparison came to: one of `OUTCOMES`."""
    found = pd.Series("nothing published", index=figures["figure_id"].astype(object), dtype=object)
    for outcome, verdicts in (("not comparable", OUTCOMES), ("agrees", AGREEING), ("contradicted", ("contradicts",))):
        found[found.index.isin(checks.loc[checks["verdict"].isin(verdicts), "figure_id"])] = outcome
    return found


def answer(figures: pd.DataFrame, checks: pd.DataFrame, record: pd.DataFrame, totals: pd.DataFrame) -> str:
    """How many figures could be compared, how many agree and how many do not, and the weightiest contradiction."""
    if not len(figures):
        return "The statement gives no figures, so there is nothing to compare."
    if not len(record):
        return "No published figures are at hand for this country, so there is nothing to compare the statement with."
    found = outcomes(figures, checks)
    agree, against = int((found == "agrees").sum()), int((found == "contradicted").sum())
    if not agree + against:
        near = f": those there are ({len(checks):,}) have other years, parts, kinds or units" if len(checks) else ""
        told = f"No figure of the statement can be held against what others published of the same things{near}."
    else:
        whole = f"the statement's {counted(len(figures), 'figure')}"
        told = f"{agree + against:,} of {whole} can be held against what others published: "
        told += f"{agree:,} agree throughout, {against:,} are contradicted by at least one source."
    if against:
        row = checks[checks["verdict"] == "contradicts"].iloc[0]
        source = row["publisher"] if pd.isna(row["date"]) else f"{row['publisher']}, {row['date']}"
        ours, other = plainly(in_short(row)), plainly(in_short(theirs(row)))
        return f"{told} The weightiest contradiction ({about(row)}): {ours} in the statement, {other} in {source}."
    own = totals[totals["claim_id"].isin(figures["figure_id"])]
    return f"{told} {total_finding(own)}." if len(own) else told


def total_finding(ways: pd.DataFrame) -> str:
    """What the nearest way to add up to the first of these totals came to."""
    best = closest(ways[ways["claim_id"] == ways["claim_id"].iloc[0]])
    return f"{best['programme']}: {plainly(best['why'].split(';')[0])}"


def nearest_first(ways: pd.DataFrame) -> pd.DataFrame:
    """The ways to add up to each total, totals in their order: those that agree, those that leave room, the others.

    Of two that come as near, the one that takes every part with the years it is printed for comes first.
    """
    rank = ways["verdict"].map({"agrees": 0, "within bounds": 1}).fillna(2)
    place = ways["claim_id"].map({claim: n for n, claim in enumerate(ways["claim_id"].drop_duplicates())})
    moved = ways["reading"].str.startswith("reading").astype(bool)
    order = ways.assign(place=place, rank=rank, moved=moved, off=ways["difference_percent"].abs())
    return order.sort_values(["place", "rank", "moved", "off"], kind="stable")[list(ways.columns)]


def closest(ways: pd.DataFrame) -> pd.Series:
    """Of the ways to add up to one total, the one that comes nearest."""
    return nearest_first(ways).iloc[0]


def theirs(row: Mapping) -> dict:
    return {"unit": row["unit"], **{name: row[f"published_{name}"] for name in ("value", "low", "high", "bound")}}


def about(row: Mapping, *more: str) -> str:
    """ "Auyl – Yel besigi: projects, 2019–2024"."""
    years = tables.period(row["start_year"], row["end_year"], missing="")
    years = years or ("years not stated" if pd.isna(row["end_year"]) else f"until {row['end_year']}")
    parts = (tables.plain(row["indicator"]), *more, years)
    return f"{tables.subject_words(row['subject'])}: {', '.join(part for part in parts if part)}"


def plainly(words: str) -> str:
    """Currencies by their names."""
    return re.sub(r"\b[A-Z]{3}\b", lambda code: CURRENCIES.get(code[0], code[0]), words)
