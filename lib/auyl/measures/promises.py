"""Plans and aims, and what came of them: one row a promise, whoever told it, with what was published later."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from auyl.errors import ParameterError
from auyl.measures.columns import KEY, column, columns, nullable, quantity
from auyl.measures.comparable import Claim, admits, as_claims, meet
from auyl.measures.things import is_money
from auyl.measures.verdicts import not_comparable

PROMISED = ("planned", "target")
STEPS = ("initial", "additional", "per year")  # parts that make a plan, and are none
BECOMES = {"allocation": "loan_amount"}  # money for loans is lent
ONE_SIDED = ("at_least", "at_most")
UNTOLD, MEANWHILE = "cannot be told", "told during the year"
BRACKET = 2  # letters from an amount to the one that says it again
STATES = ("less than planned", "more than planned", "as planned", UNTOLD, MEANWHILE, "due and unknown", "not due yet")


class Promise(NamedTuple):
    """What was planned of one thing for one period: each number once, the one that stood at last behind the others."""

    plans: Sequence[Claim]
    outcomes: Sequence[Claim]  # of the period, told when it was over; the one that counts behind the others
    so_far: Claim | None  # of an earlier year, or of the period, told before it was over
    due: bool

    @property
    def outcome(self) -> Claim | None:
        return self.outcomes[-1] if self.outcomes else None

    @property
    def state(self) -> str:
        if not self.outcomes:
            whole = self.so_far is not None and self.so_far.end_year == self.plans[-1].end_year
            return "not due yet" if not self.due else MEANWHILE if whole else "due and unknown"
        told = {beside(self.plans[-1], outcome) for outcome in self.outcomes} - {UNTOLD}
        return told.pop() if len(told) == 1 else UNTOLD  # of outcomes that disagree none is believed


def beside(plan: Claim, outcome: Claim) -> str:
    """One of STATES: how the outcome lies to the plan."""
    meant, came = admits(plan), admits(outcome)
    if not meet(meant, came):
        return "less than planned" if came[1] < meant[0] else "more than planned"
    return UNTOLD if outcome.bound in ONE_SIDED else "as planned"


def promises(claims: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """What was planned or aimed at, what it was changed to, and what was published of it later.

    Parameters
    ----------
    claims
        As `auyl.claims` returns them.
    as_of
        A day, 2026-03-31: what was meant for years that are over by then is due.

    Returns
    -------
    One row per promise, those told with most numbers first: the columns of KEY, `indicator`, `unit`, `versions`
    (Int64: how many different numbers), `first`, `last`, `outcome` and `so_far` (bounded), each with `…_by` (who says
    it), `…_on` (date), `…_at` (address) and `…_id`; `outcome_of` and `so_far_years` (string: which indicator, which
    years), `state` (ordered category), `plan_ids` (joined by commas). An outcome is of the whole period and was told
    when it was over; what was told of it before is "told during the year". "as planned" means that one value fits both;
    beside a one-sided outcome, or outcomes that disagree, that "cannot be told". Where the record has a statement's own
    page (`page_of`), its rows stand for what was read of the same things, so that all statements give one state; a
    value that the record doubts is no outcome, whoever tells it.

    Raises
    ------
    ParameterError
        `as_of` is no day.
    """
    found = read_promises(as_claims(claims), known_day(as_of))
    return promises_table(sorted(found, key=lambda promise: -len(promise.plans)))


def known_day(as_of: str) -> date:
    try:
        return date.fromisoformat(as_of)
    except (TypeError, ValueError):
        raise ParameterError(f"as_of is {as_of!r}: give a day such as 2026-03-31") from None


def read_promises(claims: Iterable[Claim], today: date) -> Iterable[Promise]:
    named = [c for c in believed(list(claims)) if c.subject and c.indicator and c.end_year and c.part not in STEPS]
    told = [c for c in named if not is_conversion(c, named) and not is_disputed(c, named)]
    begun = {c.revised_by: c.start_year for c in told if c.revised_by and c.start_year}
    plans: dict[tuple[Any, ...], list[Claim]] = {}
    for claim in told:
        if claim.status in PROMISED:  # a first year that is not stated is that of the plan before
            claim = claim._replace(start_year=claim.start_year or begun.get(claim.figure_id))
            plans.setdefault((*claim.thing, claim.start_year, claim.end_year), []).append(claim)
    done: dict[tuple[Any, ...], list[Claim]] = {}
    for claim in told:
        if claim.status == "actual":
            done.setdefault(claim.thing, []).append(claim)
    for versions in plans.values():
        last = numbers(versions)
        lent = done.get(last[-1]._replace(indicator=BECOMES.get(last[-1].indicator or "")).thing, [])
        yield followed(last, done.get(last[-1].thing, []), lent, today)


def believed(claims: Sequence[Claim]) -> list[Claim]:
    """Claims that nobody doubts; of a page that is on record by hand, those of the record."""
    by_hand = {(c.page_of, c.subject, c.indicator) for c in claims if c.page_of}
    doubted = {number(c) for c in claims if c.suspect}
    return [c for c in claims if (c.source_id, c.subject, c.indicator) not in by_hand and number(c) not in doubted]


def number(claim: Claim) -> tuple[Any, ...]:
    return *claim.thing, claim.status, claim.years, claim.value


def is_conversion(claim: Claim, told: Iterable[Claim]) -> bool:
    """Whether a text says an amount again in another money: "143 billion tenge (US$311.5 million)"."""
    start = claim.start
    return start is not None and any(
        is_money(c.unit) and c.unit != claim.unit and c.end is not None and 0 < start - c.end <= BRACKET
        for c in told
        if c.source_id == claim.source_id and is_money(claim.unit)
    )


def is_disputed(claim: Claim, told: Iterable[Claim]) -> bool:
    """Whether the same page plans another number of the same thing and years and no other page has this one: nobody
    changes a plan and tells both in one breath, so one of the two is of something else."""
    if claim.status not in PROMISED or claim.revised_by:
        return False
    same = [c for c in told if (*c.thing, c.status, c.years) == (*claim.thing, claim.status, claim.years)]
    others = [c for c in same if page(c) == page(claim) and not c.revised_by and not meet(admits(c), admits(claim))]
    return bool(others) and not any(page(c) != page(claim) and c.value == claim.value for c in same)


def page(claim: Claim) -> str | None:
    """What a claim was read on: the statement's text, or the page that the record names."""
    return claim.source_id if claim.start is not None else claim.address


def numbers(versions: Sequence[Claim]) -> list[Claim]:
    """Each number once, as first told, in the order of time; a hedged one that fits an exact one is the same."""
    firm = [c for c in versions if c.bound == "exact"]
    told = [c for c in versions if c.bound == "exact" or not any(meet(admits(c), admits(d)) for d in firm)]
    revised = {c.value for c in told if c.revised_by}
    each: dict[float, Claim] = {}
    for claim in sorted(told, key=lambda c: (c.value not in revised, (c.date or "")[:7])):  # many dates are months
        each.setdefault(claim.value, claim)
    return list(each.values())


def standing(claim: Claim) -> tuple[bool, bool, bool, str]:
    """The later in this order, the more an outcome counts: one that no other replaced, one on record by hand, an exact
    one, the later page."""
    return claim.revised_by is None, claim.start is None, claim.bound == "exact", claim.date or ""


def followed(plans: Sequence[Claim], done: Sequence[Claim], lent: Sequence[Claim], today: date) -> Promise:
    last = plans[-1]
    of_period = sorted((c for c in done if not_comparable(last, c) is None), key=standing)
    paid = sorted((c for c in lent if not_comparable(last, c) is None), key=standing)
    outcomes = list(filter(told_after, of_period)) or list(filter(told_after, paid))
    partly = of_period[-1:] or [c for c in done if is_on_the_way(plans[0], c, done)]
    so_far = None if outcomes else max(partly, key=lambda c: (c.end_year or 0, *standing(c)), default=None)
    return Promise(plans, outcomes, so_far, date(last.end_year or 0, 12, 31) < today)


def told_after(claim: Claim) -> bool:
    """Whether it was counted, or if that is not known published, when its years were over."""
    return int((claim.as_of or claim.date or "0")[:4]) > (claim.end_year or 0)


def is_on_the_way(plan: Claim, claim: Claim, done: Iterable[Claim]) -> bool:
    """A level since the aim was set, before any break of its series; or what was done from the same year on."""
    year, said_in = claim.end_year or 0, int((plan.date or "9999")[:4])
    if year >= (plan.end_year or 0):
        return False
    if claim.unit != "percent":
        return claim.start_year is not None and claim.start_year == plan.start_year
    return year >= said_in and not any(c.series_break and said_in < (c.end_year or 0) <= year for c in done)


def promises_table(found: Sequence[Promise]) -> pd.DataFrame:
    last = [promise.plans[-1] for promise in found]
    sides: dict[str, list[Claim | None]] = {
        "first": [promise.plans[0] for promise in found],
        "last": list(last),
        "outcome": [promise.outcome for promise in found],
        "so_far": [promise.so_far for promise in found],
    }
    table = columns(last, *KEY, "indicator", "unit")
    table["versions"] = nullable((len(promise.plans) for promise in found), "Int64")
    for name, claims in sides.items():
        table[name] = quantity(claims)
        about = {"by": "source", "on": "date", "at": "address", "id": "figure_id"}
        table |= columns(claims, **{f"{name}_{short}": field for short, field in about.items()})
    table["outcome_of"] = column(sides["outcome"], "indicator")
    table["so_far_years"] = nullable(claim and claim.period for claim in sides["so_far"])
    table["state"] = nullable((p.state for p in found), pd.CategoricalDtype(list(STATES), ordered=True))
    table["plan_ids"] = nullable(",".join(claim.figure_id for claim in promise.plans) for promise in found)
    return pd.DataFrame(table)
