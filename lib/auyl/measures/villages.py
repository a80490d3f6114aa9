"""What a village gets: projects and money for each village of a programme, stated or under a named assumption."""

from typing import NamedTuple

import pandas as pd

from auyl.bounded import Bounded, exact, in_words
from auyl.errors import MissingFigureError, ParameterError
from auyl.measures.comparable import Claim, evidence, said, years_in_words
from auyl.measures.funding import MILLION, funding_pairs, what_was_found
from auyl.measures.settings import Setting
from auyl.measures.side_by_side import (
    Pair,
    is_funding,
    is_given,
    is_thing,
    is_village,
    key_columns,
    pair_up,
    quantity,
    verdict_columns,
)


class Allocation(NamedTuple):
    """A number of villages with what was given to them."""

    villages: Claim
    projects: Pair
    money: Pair


def village_pairs(setting: Setting) -> list[Allocation]:
    """Each number of villages with its projects and its money.

    Money that stands beside the villages' own projects is the villages' money, even from further off.
    """
    costs = {pair.other.figure_id: pair for pair in funding_pairs(setting) if pair.said and pair.other}
    counts = pair_up(setting, is_village, (is_given, "next"), (is_thing, "clause"))
    amounts = pair_up(setting, is_village, (is_funding, "next"))
    found = []
    for projects, money in zip(counts, amounts, strict=True):
        villages = projects.one
        projects, money = (checked(setting, pair) for pair in (projects, money))
        if not money.said and projects.said and projects.other and projects.other.figure_id in costs:
            money = through(setting, villages, costs[projects.other.figure_id])
        found.append(Allocation(villages, projects, money))
    return found


def checked(setting: Setting, pair: Pair) -> Pair:
    """Villages of the sentence after must be taken up by its words, or be done or planned something for."""
    if not pair.said or pair.other is None or setting.near(pair.one, pair.other) != "next":
        return pair
    if setting.told_done_or_meant(pair.one):
        return pair
    return pair._replace(why_not=f"nothing says that {said(pair.one)} are those of {said(pair.other)}")


def through(setting: Setting, villages: Claim, cost: Pair) -> Pair:
    """The villages with the money of their projects."""
    near = setting.near(villages, cost.one)
    blocked = setting.obstacle(villages, cost.one, near if near in ("clause", "sentence") else "paragraph")
    return Pair(villages, cost.one, evidence(cost.one, villages, near), blocked)


def village_ratios(allocations: list[Allocation]) -> pd.DataFrame:
    """The ratios to villages as one long table: `kind` (projects, money), `value` (bounded, single units for each)."""
    pairs = [("projects", a.projects) for a in allocations] + [("money", a.money) for a in allocations]
    pairs = [(kind, pair) for kind, pair in pairs if pair.other is not None]
    found = [pair for _, pair in pairs]
    villages, other = quantity(pair.one for pair in found), quantity(pair.other for pair in found)
    keys = key_columns([(pair.other, pair.one) for pair in found if pair.other])
    return pd.DataFrame(
        {
            **keys,
            "kind": pd.array([kind for kind, _ in pairs], dtype="string"),
            "unit": pd.array([pair.other and pair.other.unit for pair in found], dtype="string"),
            "villages": villages,
            "other": other,
            "value": other / villages,
            **verdict_columns(found),
            "villages_id": pd.array([pair.one.figure_id for pair in found], dtype="string"),
            "other_id": pd.array([pair.other and pair.other.figure_id for pair in found], dtype="string"),
        }
    )


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
    cost = as_cost(cost_per_project)
    setting = Setting(figures)
    found = [a for a in village_pairs(setting) if a.projects.other is not None or a.money.other is not None]
    if not found:
        raise MissingFigureError(
            f"no allocation per village: it needs a number of villages of a programme; {what_was_found(figures)}"
        )
    stated = [a._replace(projects=only_said(a.projects), money=only_said(a.money)) for a in found]
    money = [published_money(a, published) if a.money.other is None else a.money.other for a in stated]
    table = stated_table(found, stated, money)
    assumed = assumed_columns(table, setting, cost)
    return (
        table.assign(**assumed)
        .sort_values("said", ascending=False, kind="stable", ignore_index=True)
        .loc[:, lambda t: [*[c for c in t if not c.endswith("_id")], *[c for c in t if c.endswith("_id")]]]
    )


def only_said(pair: Pair) -> Pair:
    return pair if pair.said else pair._replace(other=None)


def stated_table(found: list[Allocation], stated: list[Allocation], money: list[Claim | None]) -> pd.DataFrame:
    projects = [a.projects.other for a in stated]
    villages, counts, amounts = quantity(a.villages for a in stated), quantity(projects), quantity(money)
    tied = [a.projects.other or a.money.other for a in stated]
    why = [a.projects.why_not or a.money.why_not for a in found]
    said_rows = [a.projects.said or a.money.said for a in stated]
    return pd.DataFrame(
        {
            **key_columns([(other or a.villages, a.villages) for a, other in zip(stated, tied, strict=True)]),
            "villages": villages,
            "projects": counts,
            "counted": pd.array([claim and claim.unit for claim in projects], dtype="string"),
            "projects_per_village": counts / villages,
            "currency": pd.array([claim and claim.unit for claim in money], dtype="string"),
            "money": amounts,
            "mn_per_village": amounts / villages / MILLION,
            "money_source": pd.array([claim and claim.source for claim in money], dtype="string"),
            "evidence": pd.array([a.projects.evidence or a.money.evidence for a in stated], dtype="string"),
            "said": pd.array(said_rows, dtype="boolean"),
            "why_not": pd.array([None if ok else w for ok, w in zip(said_rows, why, strict=True)], dtype="string"),
            "villages_id": pd.array([a.villages.figure_id for a in stated], dtype="string"),
            "projects_id": pd.array([claim and claim.figure_id for claim in projects], dtype="string"),
            "money_id": pd.array([claim and claim.figure_id for claim in money], dtype="string"),
        }
    )


def published_money(allocation: Allocation, published: pd.DataFrame | None) -> Claim | None:
    """The one amount that others published for the villages' programme, place and years."""
    if published is None or allocation.villages.subject is None:
        return None
    claims = Setting(published).claims
    own = allocation.villages
    same = [
        claim
        for claim in claims
        if is_funding(claim)
        and claim.source != own.source
        and not claim.suspect
        and (claim.subject, claim.place, claim.part, claim.years) == (own.subject, own.place, own.part, own.years)
        and claim.status == own.status
    ]
    return same[0] if len({(claim.value, claim.bound) for claim in same}) == 1 else None


def assumed_columns(table: pd.DataFrame, setting: Setting, cost: Bounded | None) -> dict[str, pd.Series]:
    """The money per village under an assumed cost per project, where none is stated or published."""
    needed = table["money_id"].isna() & table["projects_id"].notna()
    own = average_costs(setting)
    entries, words = [], []
    for row in table[["subject", "programme"]].assign(needed=needed).itertuples():
        average = own.get(row.subject if isinstance(row.subject, str) else None)
        if not row.needed:
            entries.append(pd.NA)
            words.append(None)
        elif cost is not None:
            entries.append(cost)
            words.append(f"a project costs {in_words(cost)} million, as the parameter says")
        elif average is not None:
            entries.append(average[0])
            words.append(f"a project costs what one of the {average[1]} did on average, {in_words(average[0])} million")
        else:
            entries.append(pd.NA)
            words.append("none: the statement gives no single cost per project of this programme")
    costs = pd.Series(pd.array(entries, dtype="bounded"), index=table.index)
    return {
        "assumed_cost_per_project_mn": costs,
        "assumed_mn_per_village": table["projects_per_village"] * costs,
        "assumption": pd.Series(pd.array(words, dtype="string"), index=table.index),
    }


def average_costs(setting: Setting) -> dict[str | None, tuple[Bounded, str]]:
    """The cost per project of each programme that has one and only one, with its years in words."""
    pairs = [pair for pair in funding_pairs(setting) if pair.said and pair.other and pair.one.subject]
    found: dict[str | None, tuple[Bounded, str]] = {}
    for subject in {pair.one.subject for pair in pairs}:
        own = [pair for pair in pairs if pair.one.subject == subject and pair.one.place is None]
        latest = max((pair.one.end_year or 0 for pair in own), default=0)
        own = [pair for pair in own if (pair.one.end_year or 0) == latest]
        if len(own) == 1:
            cost = quantity([own[0].one]) / quantity([own[0].other]) / MILLION
            found[subject] = cost.iloc[0], years_in_words(own[0].one)
    return found


def as_cost(cost: float | Bounded | None) -> Bounded | None:
    number = cost.value if isinstance(cost, Bounded) else cost
    if number is None:
        return None
    if isinstance(number, bool) or not isinstance(number, int | float) or not 0 < number < float("inf"):
        raise ParameterError(f"cost_per_project is {cost!r}: give a number above zero, or nothing")
    return cost if isinstance(cost, Bounded) else exact(float(number))
