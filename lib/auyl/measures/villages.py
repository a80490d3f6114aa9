"""What a village gets: projects and money for each village of a programme, stated, published or under an assumption."""

from typing import Any, NamedTuple

import pandas as pd

from auyl.bounded import Bounded, exact, in_words
from auyl.errors import MissingFigureError, ParameterError
from auyl.measures.claims_in_text import ClaimsInText
from auyl.measures.columns import columns, key_columns, nullable, quantity
from auyl.measures.comparable import Claim, Pair, as_claims, evidence, said, years_in_words
from auyl.measures.funding import MILLION, funding_pairs, what_was_found
from auyl.measures.side_by_side import is_built, is_funding, is_given, is_village, pair_up
from auyl.measures.things import is_money

PROGRAMMES = 0.1  # fewer projects a village than this are no village's own


class Allocation(NamedTuple):
    """A number of villages with what was given to them."""

    villages: Claim
    projects: Pair
    money: Pair

    @property
    def said(self) -> list[Pair]:
        return [pair for pair in (self.projects, self.money) if pair.said]


def village_pairs(told: ClaimsInText) -> list[Allocation]:
    """Each number of villages with its projects and its money.

    Money that stands beside the villages' own projects is the villages' money, even from further off.
    """
    costs = {pair.other.figure_id: pair for pair in funding_pairs(told) if pair.said and pair.other}
    counts = pair_up(told, is_village, (is_given, "next"), (is_built, "clause"))
    amounts = pair_up(told, is_village, (is_funding, "next"))
    found = []
    for projects, money in zip(counts, amounts, strict=True):
        projects, money = checked(told, projects), checked(told, money)
        if projects.said and not money.said and projects.other and projects.other.figure_id in costs:
            money = through(told, projects.one, costs[projects.other.figure_id])
        found.append(Allocation(projects.one, projects, money))
    return found


def checked(told: ClaimsInText, pair: Pair) -> Pair:
    """Villages of a neighbouring sentence must have something done or planned for them there; a few projects that are
    told to serve hundreds of villages are programmes, and no village's."""
    few = pair.other is not None and pair.other.value < PROGRAMMES * pair.one.value
    if pair.said and pair.other is not None and not is_money(pair.other.unit) and few:
        return pair._replace(why_not=f"{said(pair.other)} are programmes that {said(pair.one)} share")
    if not pair.said or pair.other is None or told.near(pair.one, pair.other) != "next" or told.has(pair.one, "status"):
        return pair
    return pair._replace(why_not=f"nothing says that {said(pair.one)} are those of {said(pair.other)}")


def through(told: ClaimsInText, villages: Claim, cost: Pair) -> Pair:
    """The villages with the money of their projects."""
    near = told.near(villages, cost.one)
    rule = near if near in ("clause", "sentence") else "paragraph"
    return Pair(villages, cost.one, evidence(cost.one, villages, near), told.obstacle(villages, cost.one, rule))


def village_allocations(
    figures: pd.DataFrame, cost_per_project: float | Bounded | None = None, published: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Projects and money for each village of a programme.

    Parameters
    ----------
    figures
        One row per figure, as `auyl.figures` returns it.
    cost_per_project
        What a project is assumed to cost where no money is stated for the villages' own years, in millions of the
        programme's currency. Without it, what the statement's projects of that programme cost on average, if it says
        so for one period.
    published
        Claims of others, as `auyl.claims` returns them. Money that one of them gave for the villages' programme, place
        and years beats an assumption.

    Returns
    -------
    One row per number of villages, those that may be said first: `subject`, `programme`, `place`, `part`, `start_year`,
    `end_year`, `status`; `villages`, `projects`, `projects_per_village` (bounded), `counted` (string); `currency`,
    `money` (bounded, single units), `mn_per_village` (bounded, millions); `money_source` (string: "statement", or the
    publisher whose amount it is); `assumed_cost_per_project_mn`, `assumed_mn_per_village` (bounded, millions) and
    `assumption` (string, in words) where no amount was stated or published: never to be led with; `evidence`, `said`
    (of the stated ratios), `why_not`; `villages_id`, `projects_id`, `money_id`.

    Raises
    ------
    MissingFigureError
        There is no number of villages. The message lists the figures found.
    ParameterError
        A cost that is not above zero.
    """
    cost, told = as_cost(cost_per_project), ClaimsInText.of(figures)
    found = [a for a in village_pairs(told) if a.projects.other or a.money.other]
    if not found:
        raise MissingFigureError(
            f"no allocation per village: it needs a number of villages of a programme; {what_was_found(figures)}"
        )
    others = [] if published is None else [c for c in as_claims(published) if is_funding(c) and not c.suspect]
    projects = [a.projects.other if a.projects.said else None for a in found]
    money = [a.money.other if a.money.said else published_money(a.villages, others) for a in found]
    first = [a.said[0] if a.said else a.projects if a.projects.other else a.money for a in found]
    villages, counts, amounts = quantity(a.villages for a in found), quantity(projects), quantity(money)
    assumed = [assumption(a, paid, told, cost) for a, paid in zip(found, money, strict=True)]
    costs = pd.Series(nullable((each for each, _ in assumed), "bounded"))
    table = pd.DataFrame(
        {
            **key_columns([(a.said[0].other or a.villages if a.said else a.villages, a.villages) for a in found]),
            "villages": villages,
            "projects": counts,
            **columns(projects, counted="unit"),
            "projects_per_village": counts / villages,
            **columns(money, currency="unit"),
            "money": amounts,
            "mn_per_village": amounts / villages / MILLION,
            **columns(money, money_source="source"),
            "assumed_cost_per_project_mn": costs,
            "assumed_mn_per_village": counts / villages * costs,
            "assumption": nullable(words for _, words in assumed),
            **columns(first, "evidence", "said", "why_not"),
            **columns((a.villages for a in found), villages_id="figure_id"),
            **columns(projects, projects_id="figure_id"),
            **columns(money, money_id="figure_id"),
        }
    )
    return table.sort_values("said", ascending=False, kind="stable", ignore_index=True)


def published_money(own: Claim, others: list[Claim]) -> Claim | None:
    """The one amount that others published for the villages' programme, place and years."""
    key = ("subject", "place", "part", "years", "status")
    same = [
        c
        for c in others
        if own.subject and c.source != own.source and all(getattr(c, k) == getattr(own, k) for k in key)
    ]
    return same[0] if len({(c.value, c.bound) for c in same}) == 1 else None


def assumption(a: Allocation, paid: Claim | None, told: ClaimsInText, cost: Bounded | None) -> tuple[Any, str | None]:
    """The cost per project assumed where no money is stated or published, and in words where it is from."""
    if paid is not None or not a.projects.said:
        return pd.NA, None
    if cost is not None:
        return cost, f"a project costs {in_words(cost)} million, as the parameter says"
    own = [p for p in funding_pairs(told) if p.said and p.one.subject == a.villages.subject and p.one.place is None]
    latest = [p for p in own if p.one.end_year == max(p.one.end_year or 0 for p in own)]
    if a.villages.subject is None or len(latest) != 1:
        return pd.NA, "none: the statement gives no single cost per project of this programme"
    average = (quantity([latest[0].one]) / quantity([latest[0].other]) / MILLION).iloc[0]
    years = years_in_words(latest[0].one)
    return average, f"a project costs what one of the {years} did on average, {in_words(average)} million"


def as_cost(cost: float | Bounded | None) -> Bounded | None:
    number = cost.value if isinstance(cost, Bounded) else cost
    if number is None:
        return None
    if isinstance(number, bool) or not isinstance(number, int | float) or not 0 < number < float("inf"):
        raise ParameterError(f"cost_per_project is {cost!r}: give a number above zero, or nothing")
    return cost if isinstance(cost, Bounded) else exact(float(number))
