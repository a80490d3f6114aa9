"""A statement's figures beside what others published of the same thing: do they agree, and if not, why?"""

from collections.abc import Sequence
from itertools import combinations, groupby
from typing import NamedTuple

import pandas as pd

from auyl.measures.claims import as_claims_of_others, is_of_the_record
from auyl.measures.claims_in_text import ClaimsInText
from auyl.measures.columns import column, columns, nullable, quantity
from auyl.measures.comparable import ROUNDER, Claim, as_claims, digits, in_short, of_years, overlap, said
from auyl.measures.funding import MILLION
from auyl.measures.things import is_money
from auyl.measures.verdicts import VERDICTS, held_against, not_by_own_words, not_comparable, of_two_things

VERDICT = pd.CategoricalDtype(list(VERDICTS), ordered=True)
CHANCE = 2  # digits that two numbers may share by chance


class Check(NamedTuple):
    one: Claim
    other: Claim
    verdict: str
    why: str


def cross_checks(figures: pd.DataFrame, published: pd.DataFrame | None = None) -> pd.DataFrame:
    """Each figure of a statement beside every published figure of the same subject, indicator and place.

    Parameters
    ----------
    figures
        As `auyl.claims` returns them, with the others' rows; or as `auyl.figures` does, and then
    published
        as `auyl.read_published` returns it.

    Returns
    -------
    One row per pair, contradictions first within each figure: `figure_id`, `quote`, `subject`, `programme`,
    `indicator`, `unit`, `place`, `part`, `figure` (bounded), `status`, `start_year`, `end_year`; the other's
    `published_id`, `publisher`, `date`, `address`, `published` (bounded), `published_status`,
    `published_start_year`, `published_end_year`, `suspect`, `caution` (string: what else is doubtful on that page);
    `verdict` (ordered category) and `why` (a sentence).
    Figures of overlapping years are paired, and levels in percent of any years. The verdict is

    - "contradicted": no value fits both, and both are told of one thing by their own words;
    - "revised since": no value fits both, and the other is the later one, or the later plan;
    - "revises a plan": no value fits both plans, and the other is the earlier one;
    - "other source doubtful": the record doubts the other (a misprint, a wrong label), whatever it says;
    - "confirmed": the same within rounding;
    - "cannot be checked": other years, a part, an addition or a region instead of the whole, a plan beside an outcome,
      a forecast beside a goal, another unit, an average beside a total, a floor that leaves the value open, a number
      that another page gives to another year, counts of what there is (settlements, people) of two days or an untold
      one, and what no value reconciles but the text does not tell by its own words.

    A figure of no known indicator has nothing to be compared with, and a title that says a figure of the body again is
    not compared twice: `attrs["repeated"]` has its id. Without such pairs the table is empty.
    """
    told = ClaimsInText.of(figures)
    record = told.claims
    if published is not None:
        record = as_claims(as_claims_of_others(published if is_of_the_record(figures) else published.iloc[:0]))
    others = [c for c in record if c.source != "statement" and c.page_of is None]
    breaks = [c for c in record if c.series_break]
    own = [c for c in told.claims if c.source == "statement"]
    repeated = [c.figure_id for c in own if says_again(told, c)]
    checks = []
    for claim in own:
        if claim.indicator is None or claim.figure_id in repeated:
            continue
        no_total = why_not_the_whole(told, claim)
        elsewhere = in_other_years(claim, others)
        for other in others:
            if may_be_compared(claim, other):
                why = f"{said(claim)} is {no_total}"
                found = ("cannot be checked", why) if no_total else held_against(claim, other, breaks)
                if found[0] == "confirmed" and elsewhere:
                    found = ("cannot be checked", elsewhere)
                checks.append(Check(claim, other, *found))
    table = checks_table(checks).sort_values(["figure_id", "verdict"], kind="stable", ignore_index=True)
    table.attrs["repeated"] = repeated
    return table


def says_again(told: ClaimsInText, claim: Claim) -> bool:
    """Whether a title only repeats a figure of the body, roughly or under another status."""
    return told.titled(claim) and any(
        (claim.source_id, claim.thing) == (other.source_id, other.thing)
        and overlap(claim, other)
        and abs(claim.value - other.value) <= ROUNDER * abs(other.value)
        for other in told.claims
        if not told.titled(other)
    )


def why_not_the_whole(told: ClaimsInText, claim: Claim) -> str | None:
    """What a figure is instead of the whole that others publish; None if nothing in its words says so."""
    if told.has(claim, "so_far", sentence=True):
        return "of a part of its time"
    if claim.indicator == "allocation" and is_money(claim.unit) and told.tells(claim, "spent"):
        return "money that was spent, and not all that was given"
    added = claim.part == "extra" or told.has(claim, "part", "extra")  # "a further 70.8 billion for 779 projects"
    return told.why_no_total(claim) or ("an addition to what was given before" if added else None)


def in_other_years(claim: Claim, others: Sequence[Claim]) -> str | None:
    """Who gives the very number to another year, so that nobody confirms it: "Trend has 52.4 billion KZT of 2023".

    A number of one or two digits may be the same by chance.
    """
    for other in others if digits(claim) > CHANCE else ():
        same = (claim.thing, claim.value, claim.bound) == (other.thing, other.value, other.bound)
        of_one_year = all(c.end_year and c.start_year in (None, c.end_year) for c in (claim, other))
        if same and of_one_year and claim.end_year != other.end_year and not other.suspect:
            return f"{other.source} has {in_short(other)} {of_years(other)}, and not {of_years(claim)}"
    return None


def may_be_compared(claim: Claim, other: Claim) -> bool:
    same = (claim.subject, claim.indicator, claim.place) == (other.subject, other.indicator, other.place)
    return same and claim.indicator is not None and (overlap(claim, other) or claim.unit == "percent")


def checks_table(checks: Sequence[Check]) -> pd.DataFrame:
    one, other = [check.one for check in checks], [check.other for check in checks]
    return pd.DataFrame(
        {
            **columns(one, "figure_id", "quote", "subject", "programme", "indicator", "unit", "place", "part"),
            "figure": quantity(one),
            **columns(one, "status", "start_year", "end_year"),
            **columns(other, published_id="figure_id", publisher="source", date="date", address="address"),
            "published": quantity(other),
            **columns(other, **{f"published_{name}": name for name in ("status", "start_year", "end_year")}),
            **columns(other, "suspect", "caution"),
            "verdict": column(checks, "verdict", VERDICT),
            **columns(checks, "why"),
        }
    )


def contradictions(published: pd.DataFrame) -> pd.DataFrame:
    """Published figures that no value can reconcile: same subject, indicator, part, area and years.

    Returns
    -------
    One row per pair of differing figures, the earlier publication first, in the columns of `cross_checks`: `figure`
    and `published` are the two, with `own_publisher` and `own_date` of the first. A repetition of the same figure by
    another outlet makes no further row.
    """
    named = ["subject", "indicator", "place", "part", "end_year"]
    told = as_claims_of_others(published).sort_values("date", kind="stable", na_position="last")
    distinct = told.drop_duplicates([*named, "start_year", "value", "bound", "unit", "status"])
    known = as_claims(distinct.dropna(subset=["subject", "indicator", "end_year"]).sort_values(named, kind="stable"))
    checks = []
    for _, group in groupby(known, key=lambda c: tuple(str(getattr(c, name)) for name in named)):
        for a, b in combinations(group, 2):
            one, other = (b, a) if a.suspect and not b.suspect else (a, b)  # the doubtful one is the other source
            verdict, why = held_against(one, other)
            if verdict not in ("cannot be checked", "confirmed"):
                checks.append(Check(one, other, verdict, why))
    own = columns((check.one for check in checks), own_publisher="source", own_date="date")
    return checks_table(checks).assign(**own)


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
    status: `money_id`, `projects_id` (the statement's), `cost_mn` (bounded, as the statement has it), its `programme`,
    `status`, `currency` and `counted`, `replaced` (string: "projects" or "money", what is taken from the other),
    `published_id`, `publisher`, `date`, `published` (bounded: the other's figure), `other_cost_mn` (bounded, millions:
    the cost by it), `money_source`, `count_source` (string: whose money and whose count make the other cost:
    "statement", or a publisher), `excluded` (boolean: no value fits both costs; such a cost is never said without the
    other), `doubt` (string: all that speaks against that source; <NA> if nothing is known). An addition to what was
    given before is held against nobody's whole. Costs that leave room for each other
    have `excluded` false: only they make an interval.
    """
    told = ClaimsInText.of(claims)
    everything = told.claims
    by_id = {claim.figure_id: claim for claim in everything}
    others = [claim for claim in everything if claim.source != "statement" and not (claim.suspect or claim.page_of)]
    # an empty table of pairs, which a statement without any gives, has no such columns
    may_be_said = funding[funding["said"].fillna(False)].reindex(columns=["money_id", "projects_id"])
    costs = [(by_id[money], by_id[projects]) for money, projects in may_be_said.itertuples(index=False, name=None)]
    whole = [cost for cost in costs if not any(why_not_the_whole(told, claim) for claim in cost)]
    rows = [
        (money, projects, replaced, other)
        for money, projects in whole
        for replaced, own in (("projects", projects), ("money", money))
        for other in others
        if own.status == other.status and may_be_compared(own, other) and not_comparable(own, other) is None
        if not_by_own_words(own, other) is None or not of_two_things(own, other)
    ]
    money, projects, taken = [row[0] for row in rows], [row[1] for row in rows], [row[3] for row in rows]
    dividends = [other if replaced == "money" else money for money, _, replaced, other in rows]
    divisors = [other if replaced == "projects" else projects for _, projects, replaced, other in rows]
    cost_mn = quantity(money) / quantity(projects) / MILLION
    other_cost_mn = quantity(dividends) / quantity(divisors) / MILLION
    ours, theirs = cost_mn.bounds, other_cost_mn.bounds
    excluded = (ours.low > theirs.high) | (theirs.low > ours.high)
    table = pd.DataFrame(
        {
            **columns(money, money_id="figure_id"),
            **columns(projects, projects_id="figure_id"),
            "cost_mn": cost_mn,
            **columns(money, "programme", "status", currency="unit"),
            **columns(projects, counted="unit"),
            "replaced": nullable(replaced for _, _, replaced, _ in rows),
            **columns(taken, published_id="figure_id", publisher="source", date="date"),
            **columns(dividends, money_source="source"),
            **columns(divisors, count_source="source"),
            "published": quantity(taken),
            "other_cost_mn": other_cost_mn,
            "excluded": excluded.fillna(False),
            "doubt": nullable(doubt_of(other, everything) for other in taken),
        }
    )
    return table.sort_values("excluded", ascending=False, kind="stable", ignore_index=True)


def doubt_of(claim: Claim, others: Sequence[Claim]) -> str | None:
    """All that speaks against the source: a figure of the same page that the record doubts, and the record's notes on
    this figure, beside it or beside another of the page's."""
    page = [c for c in others if c.address == claim.address and c.subject == claim.subject]
    doubted = next((c for c in page if c.suspect), None)
    if doubted is None:
        return None
    noted = [c.note for c in page if c.note and (c is claim or f"{claim.value:,.10g}" in c.note)]
    why = [f"the same page prints {in_short(doubted)}, which is doubtful: {doubted.why_suspect or ''}", *noted]
    return "; ".join(words.rstrip(".") for words in why)
