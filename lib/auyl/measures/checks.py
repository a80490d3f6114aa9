"""A statement's figures beside what others published of the same thing: do they agree, and if not, why?"""

from collections.abc import Sequence
from itertools import combinations, groupby

import pandas as pd

from auyl.measures.claims import as_claims_of_others
from auyl.measures.comparable import VERDICTS, Claim, as_claims, held_against, in_short, meet, overlap, said
from auyl.measures.settings import Setting
from auyl.measures.side_by_side import quantity

LEVELS = ("percent",)
VERDICT = pd.CategoricalDtype(VERDICTS, ordered=True)


def cross_checks(
    figures: pd.DataFrame, published: pd.DataFrame | None = None, own_address: str | None = None
) -> pd.DataFrame:
    """Each figure of a statement beside every published figure of the same subject, indicator and place.

    Parameters
    ----------
    figures
        As `auyl.claims` returns them, with the others' rows; or as `auyl.figures` does, and then
    published
        as `auyl.read_published` returns it.
    own_address
        The statement's own page, whose published rows would only repeat it and are left out. `auyl.claims` has left
        out every row that is the statement itself.

    Returns
    -------
    One row per pair, contradictions first within each figure: `figure_id`, `quote`, `subject`, `programme`,
    `indicator`, `unit`, `place`, `part`, `figure` (bounded), `status`, `start_year`, `end_year`; the other's
    `published_id`, `publisher`, `date`, `address`, `published` (bounded), `published_status`, `published_part`,
    `published_start_year`, `published_end_year`, `suspect`; `verdict` (ordered category) and `why` (a sentence).
    Figures of overlapping years are paired, and levels in percent of any years. The verdict is

    - "contradicted": no value fits both;
    - "revised since": both are plans, or the other was revised later;
    - "other source doubtful": no value fits both, and the record doubts the other (a misprint, a wrong label);
    - "confirmed": the same within rounding, or one leaves room for the other;
    - "cannot be checked": other years, a part or a region instead of the whole, a plan beside an outcome, another
      unit, an average beside a total.

    A figure of no known indicator has nothing to be compared with. Without such pairs the table is empty.
    """
    setting = Setting(figures if published is None or "source" in figures else figures.assign(source="statement"))
    own = [claim for claim in setting.claims if claim.source == "statement" and claim.indicator is not None]
    record = as_claims(as_claims_of_others(published)) if published is not None else setting.claims
    others = [claim for claim in record if claim.source != "statement" and claim.address != own_address]
    breaks = [claim for claim in record if claim.series_break]
    rows = []
    for claim in own:
        no_total = setting.why_no_total(claim)
        for other in others:
            if not may_be_compared(claim, other):
                continue
            if no_total is not None:
                rows.append((claim, other, "cannot be checked", f"{said(claim)} is {no_total}"))
            else:
                rows.append((claim, other, *held_against(claim, other, breaks)))
    return pairs_table(rows)


def may_be_compared(claim: Claim, other: Claim) -> bool:
    same = (claim.subject, claim.indicator, claim.place) == (other.subject, other.indicator, other.place)
    return same and (overlap(claim, other) or claim.unit in LEVELS)


def pairs_table(rows: Sequence[tuple[Claim, Claim, str, str]]) -> pd.DataFrame:
    one, other = [row[0] for row in rows], [row[1] for row in rows]

    def column(claims: list[Claim], name: str, dtype: str = "string") -> pd.api.extensions.ExtensionArray:
        return pd.array([getattr(claim, name) for claim in claims], dtype=dtype)

    table = pd.DataFrame(
        {
            **{name: column(one, name) for name in ("figure_id", "quote", "subject", "programme", "indicator", "unit")},
            **{name: column(one, name) for name in ("place", "part")},
            "figure": quantity(one),
            "status": column(one, "status"),
            "start_year": column(one, "start_year", "Int64"),
            "end_year": column(one, "end_year", "Int64"),
            "published_id": column(other, "figure_id"),
            "publisher": column(other, "source"),
            "date": column(other, "date"),
            "address": column(other, "address"),
            "published": quantity(other),
            "published_status": column(other, "status"),
            "published_part": column(other, "part"),
            "published_start_year": column(other, "start_year", "Int64"),
            "published_end_year": column(other, "end_year", "Int64"),
            "suspect": column(other, "suspect", "boolean"),
            "verdict": pd.Categorical([row[2] for row in rows], dtype=VERDICT),
            "why": pd.array([row[3] for row in rows], dtype="string"),
        }
    )
    return table.sort_values(["figure_id", "verdict"], kind="stable", ignore_index=True)


def contradictions(published: pd.DataFrame) -> pd.DataFrame:
    """Published figures that no value can reconcile: same subject, indicator, part, area and years.

    Returns
    -------
    One row per pair of differing figures, the earlier publication first: `subject`, `programme`, `indicator`, `unit`,
    `place`, `part`, `start_year`, `end_year`; `one` and `other` (bounded) with `one_id`, `one_publisher`, `one_date`,
    `one_status`, and the same of the other; `verdict` and `why`. A repetition of the same figure by another outlet
    makes no further row.
    """
    named = ["subject", "indicator", "place", "part", "end_year"]
    everything = as_claims_of_others(published).sort_values("date", kind="stable", na_position="last")
    distinct = everything.drop_duplicates([*named, "start_year", "value", "bound", "unit", "status"])
    known = distinct.dropna(subset=["subject", "indicator", "end_year"]).sort_values(named, kind="stable")
    rows = []
    for _, group in groupby(as_claims(known), key=lambda c: tuple(str(getattr(c, name)) for name in named)):
        for a, b in combinations(group, 2):
            verdict, why = held_against(a, b)
            if verdict == "cannot be checked" or verdict == "confirmed":
                continue
            if a.suspect and verdict == "contradicted":
                verdict, why = "other source doubtful", f"{why}; {in_short(a)} is doubtful: {a.why_suspect or ''}"
            rows.append((a, b, verdict, why))
    table = pairs_table(rows)
    return table.rename(
        columns={
            "figure_id": "one_id", "figure": "one", "status": "one_status", "published_id": "other_id",
            "published": "other", "published_status": "other_status", "publisher": "other_publisher", "date": "other_date",
        }
    ).assign(
        one_publisher=pd.array([row[0].source for row in rows], dtype="string"),
        one_date=pd.array([row[0].date for row in rows], dtype="string"),
    ).drop(columns=["quote", "address", "suspect", "published_part"])  # fmt: skip


def against_the_record(funding: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """What each cost would be by the counts and amounts of other sources, and whether the statement's excludes it.

    Parameters
    ----------
    funding
        As `auyl.funding_per_project` returns it.
    claims
        As `auyl.claims` returns them.

    Returns
    -------
    One row per cost that may be said and other source's count or amount of the same programme, place, part, years and
    status: `money_id`, `projects_id` (the statement's), `cost_mn` (bounded, as the statement has it), `programme`, `status`,
    `currency`, `counted` (string, the statement's), `replaced`
    (string: "projects" or "money", what is taken from the other), `published_id`, `publisher`, `date`, `published`
    (bounded: the other's figure), `other_cost_mn` (bounded, millions: the cost by it), `excluded` (boolean: no value
    fits both costs; such a cost is never said without the other), `doubt` (string: what speaks against that source;
    <NA> if nothing is known). Costs that leave room for each other have `excluded` false: only they make an interval.
    """
    everything = as_claims(claims)
    by_id = {claim.figure_id: claim for claim in everything}
    others = [claim for claim in everything if claim.source != "statement"]
    rows = []
    for cost in funding[funding["said"].fillna(False)].itertuples():
        pair = {"projects": by_id[cost.projects_id], "money": by_id[cost.money_id]}
        for replaced, own in pair.items():
            for other in others:
                verdict, _ = held_against(own, other)
                about = own.indicator is not None and may_be_compared(own, other)
                if about and verdict != "cannot be checked" and not other.suspect and other.status == own.status:
                    rows.append((cost, pair["money"], pair["projects"], replaced, other, doubt_of(other, others)))
    money = quantity(other if replaced == "money" else money for _, money, _, replaced, other, _ in rows)
    projects = quantity(other if replaced == "projects" else projects for _, _, projects, replaced, other, _ in rows)
    table = pd.DataFrame(
        {
            "money_id": pd.array([row[0].money_id for row in rows], dtype="string"),
            "projects_id": pd.array([row[0].projects_id for row in rows], dtype="string"),
            "cost_mn": pd.Series(pd.array([row[0].cost_mn for row in rows], dtype="bounded")),
            **{
                name: pd.array([getattr(row[0], name) for row in rows], dtype="string")
                for name in ("programme", "status", "currency", "counted")
            },
            "replaced": pd.array([row[3] for row in rows], dtype="string"),
            "published_id": pd.array([row[4].figure_id for row in rows], dtype="string"),
            "publisher": pd.array([row[4].source for row in rows], dtype="string"),
            "date": pd.array([row[4].date for row in rows], dtype="string"),
            "published": quantity(row[4] for row in rows),
            "other_cost_mn": money / projects / 1e6,
            "doubt": pd.array([row[5] for row in rows], dtype="string"),
        }
    )
    excluded = [not meet(ends(a), ends(b)) for a, b in zip(table["cost_mn"], table["other_cost_mn"], strict=True)]
    table.insert(len(table.columns) - 1, "excluded", pd.array(excluded, dtype="boolean"))
    return table.sort_values("excluded", ascending=False, kind="stable", ignore_index=True)


def ends(cost) -> tuple[float, float]:
    return admits_of(cost.low, float("-inf")), admits_of(cost.high, float("inf"))


def admits_of(end: float | None, otherwise: float) -> float:
    return otherwise if end is None else end


def doubt_of(claim: Claim, others: Sequence[Claim]) -> str | None:
    """What speaks against the source: a figure of the same page that the record doubts."""
    doubted = [c for c in others if c.address == claim.address and c.subject == claim.subject and c.suspect]
    if not doubted:
        return None
    first = doubted[0]
    return f"the same page prints {in_short(first)}, which is doubtful: {(first.why_suspect or '').rstrip('.')}"
