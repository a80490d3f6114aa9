"""Which claims belong together: the wide table that a notebook divides, one row a programme, place, part and period.

Claims are matched from the nearest to the furthest: those of one clause that leave no choice, then of one sentence,
then of neighbouring sentences, then anywhere. What has found its partner is no partner for others, but stays a rival:
a claim that could take one's place with another value keeps the pair from being said.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd
from pandas.api.extensions import ExtensionArray

from auyl.bounded import as_bounded
from auyl.measures.comparable import NEARNESS, Claim, evidence, obstacle, said
from auyl.measures.settings import Fact, Setting, facts
from auyl.measures.things import is_divisor, is_kind, is_money

KEY = ["subject", "programme", "place", "part", "start_year", "end_year", "status"]
KEY_DTYPES = {
    **dict.fromkeys(["subject", "programme", "place", "part"], "string"),
    "start_year": "Int64",
    "end_year": "Int64",
    "status": "string",
}
VERDICT_DTYPES = {"evidence": "string", "said": "boolean", "why_not": "string"}
SCOPE = {"clause": 0, "sentence": 1, "taken up": 2, "next": 2, "paragraph": 3, "text": 3, "apart": 3}


class Pair(NamedTuple):
    """Two claims side by side, or one that found no partner; `why_not` is None where the pair may be said."""

    one: Claim
    other: Claim | None
    evidence: str | None
    why_not: str | None

    @property
    def said(self) -> bool:
        return self.other is not None and self.why_not is None


def side_by_side(figures: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Claims of one programme, place, part, period and status side by side.

    Parameters
    ----------
    figures
        As `auyl.figures` or `auyl.claims` returns them.
    columns
        Two or more names: "allocation" (money given), "projects" (projects, loans, grants or initiatives), "villages",
        an indicator of the catalogue ("loans", "jobs", "provision") or a counted thing ("school").

    Returns
    -------
    One row a claim of the first column, in the order of the text: `subject`, `programme`, `place`, `part`,
    `start_year`, `end_year`, `status`; each column as bounded quantities in single units (tenge, projects), <NA> where
    nothing stands beside the first; `unit` of the first column and `…_unit` of the others; `evidence` (string), `said`
    (boolean: the pair may be a headline), `why_not` (string, a sentence), and `…_id`, the figures' ids.

    pairs["allocation"] / pairs["projects"] / 1e6 is then the cost of a project in millions.
    """
    setting = Setting(figures)
    first, *others = columns
    tables = [pairs_table(pair_up(setting, chosen(first), chosen(name)), first, name) for name in others]
    result = tables[0]
    for name, table in zip(others[1:], tables[1:], strict=True):
        more = table[table["said"].fillna(False)].drop_duplicates(f"{first}_id")
        result = result.merge(more[[f"{first}_id", name, f"{name}_unit", f"{name}_id"]], on=f"{first}_id", how="left")
    return result


def chosen(name: str) -> Callable[[Claim], bool]:
    """Which claims a column of this name holds."""
    if name in ("allocation", "money"):
        return is_funding
    if name == "projects":
        return lambda claim: is_kind(claim.unit, "given")
    if name == "villages":
        return is_village
    return lambda claim: claim.indicator == name or claim.unit == name


def is_funding(claim: Claim) -> bool:
    return is_money(claim.unit) and claim.value > 0 and claim.indicator in (None, "allocation", "investment")


def is_village(claim: Claim) -> bool:
    return is_kind(claim.unit, "villages") and claim.indicator in (None, "villages")


def is_given(claim: Claim) -> bool:
    return is_kind(claim.unit, "given") and claim.value > 0


def is_thing(claim: Claim) -> bool:
    """Any counted thing that money may have been spent on, but people."""
    other = is_kind(claim.unit, "people") or is_kind(claim.unit, "given")
    return is_divisor(claim.unit) and not other and claim.value > 0


def is_people(claim: Claim) -> bool:
    return is_kind(claim.unit, "people") and claim.value > 0


def is_asked_for(claim: Claim) -> bool:
    return claim.unit in ("application", "bid", "request", "proposal")


def pair_up(
    setting: Setting,
    one: Callable[[Claim], bool],
    *others: Callable[[Claim], bool] | tuple[Callable[[Claim], bool], str],
) -> list[Pair]:
    """Every claim of the first kind with its partner, in the order of the table.

    Each of `others` is a kind of partner, or one with how far off it may stand ((is_thing, "sentence")); a later kind
    is for the claims that found none of the earlier ones. A claim without a partner gets the nearest one that it may
    not stand beside, with the reason, or none at all.
    """
    left = candidates(setting, one)
    found: dict[int, Pair] = {}
    refused: dict[int, Pair] = {}
    for kind in others:
        other, furthest = kind if isinstance(kind, tuple) else (kind, "text")
        right = candidates(setting, other)
        found |= matched(setting, [fact for fact in left if id(fact) not in found], right, furthest)
        for fact in left:
            if id(fact) not in found and (id(fact) not in refused or refused[id(fact)].other is None):
                refused[id(fact)] = unmatched(setting, fact, right)
    return [found.get(id(fact)) or refused[id(fact)] for fact in left]


def candidates(setting: Setting, wanted: Callable[[Claim], bool]) -> list[Fact]:
    own = [claim for claim in setting.claims if wanted(claim) and not claim.suspect and not setting.conversion(claim)]
    return facts(own, setting)


def matched(setting: Setting, left: list[Fact], right: list[Fact], furthest: str) -> dict[int, Pair]:
    """The pairs that the rules allow, by the fact of the left."""
    totals = [[fact for fact in side if setting.why_no_total(fact.claim) is None] for side in (left, right)]
    found: dict[int, Pair] = {}
    free = [list(side) for side in totals]
    for scope in range(SCOPE[furthest] + 1):
        links = [
            (a, b, near)
            for a in free[0]
            for b in free[1]
            if SCOPE[(near := nearest(setting, a, b))] == scope and setting.obstacle(a.claim, b.claim, near) is None
        ]
        for a, b, near in links:
            if sum(link[0] is a for link in links) > 1 or sum(link[1] is b for link in links) > 1:
                continue
            rival = rivals(setting, a, b, totals, near)
            found[id(a)] = Pair(a.claim, b.claim, evidence(a.claim, b.claim, near), rival)
        taken = {id(link[0]) for link in links if id(link[0]) in found}
        partners = {id(link[1]) for link in links if id(link[0]) in found}
        free = [[f for f in free[0] if id(f) not in taken], [f for f in free[1] if id(f) not in partners]]
    return found


def nearest(setting: Setting, a: Fact, b: Fact) -> str:
    """How near these facts are told, wherever they are told nearest."""
    return min((setting.near(x, y) for x in a.claims for y in b.claims), key=NEARNESS.index)


def rivals(setting: Setting, a: Fact, b: Fact, totals: list[list[Fact]], near: str) -> str | None:
    """Why it cannot be told that these two belong together: another claim could take the place of one of them.

    Within one clause the clause has decided.
    """
    if near == "clause" or setting.is_confirmed(a.claim, b.claim):
        return None
    for own, partner, side in ((a, b, totals[0]), (b, a, totals[1])):
        for fact in side:
            if fact is own or fact.claim.unit != own.claim.unit:
                continue
            if same_key(fact.claim, own.claim) and obstacle(fact.claim, partner.claim, "next") is None:
                return f"{said(fact.claim)} could stand in the place of {said(own.claim)}"
    return None


def same_key(a: Claim, b: Claim) -> bool:
    names = ("named", "place", "part", "years", "status")
    return all(getattr(a, name) == getattr(b, name) for name in names)


def unmatched(setting: Setting, fact: Fact, right: list[Fact]) -> Pair:
    """A claim without a partner: the nearest that may not stand beside it, and why; else that there is none."""
    claim = fact.claim
    if (role := setting.why_no_total(claim)) is not None:
        return Pair(claim, None, None, f"{said(claim)} is {role}")
    near = sorted((NEARNESS.index(nearest(setting, fact, other)), n) for n, other in enumerate(right))
    if not near or near[0][0] > NEARNESS.index("next"):
        return Pair(claim, None, None, f"nothing stands beside {said(claim)} that could be set against it")
    other = right[near[0][1]].claim
    role = setting.why_no_total(other)
    reason = f"{said(other)} is {role}" if role else setting.obstacle(claim, other, NEARNESS[near[0][0]])
    return Pair(claim, other, None, reason or f"{said(claim)} has more than one count to choose from")


# ---- As tables ----------------------------------------------------------------------------------------------------


def column(rows: Iterable[Any], name: str, dtype: str = "string") -> ExtensionArray:
    """One attribute of rows, some of which may be None, as a nullable column."""
    return pd.array([None if row is None else getattr(row, name) for row in rows], dtype=dtype)


def quantity(claims: Iterable[Claim | None]) -> pd.Series:
    """Claims as a bounded column, at their printed values."""
    rows = [(None, None, None, None) if c is None else (c.value, c.low, c.high, c.bound) for c in claims]
    return as_bounded(*(list(part) for part in zip(*rows, strict=True))) if rows else as_bounded([])


def key_columns(pairs: Sequence[tuple[Claim, Claim | None]]) -> dict[str, ExtensionArray]:
    """What the pairs are about: each reading as whichever of the two has it."""

    def either(name: str) -> list:
        return [
            value if (value := getattr(one, name)) is not None or other is None else getattr(other, name)
            for one, other in pairs
        ]

    columns = {name: pd.array(either(name), dtype=dtype) for name, dtype in KEY_DTYPES.items()}
    dated = [(one if one.end_year is not None or other is None else other) for one, other in pairs]
    return columns | {name: column(dated, name, "Int64") for name in ("start_year", "end_year")}


def verdict_columns(pairs: Sequence[Pair]) -> dict[str, ExtensionArray]:
    return {
        "evidence": column(pairs, "evidence"),
        "said": column(pairs, "said", "boolean"),
        "why_not": column(pairs, "why_not"),
    }


def pairs_table(pairs: Sequence[Pair], first: str, second: str) -> pd.DataFrame:
    ones, others = [pair.one for pair in pairs], [pair.other for pair in pairs]
    return pd.DataFrame(
        {
            **key_columns([(pair.one, pair.other) for pair in pairs]),
            first: quantity(ones),
            "unit": column(ones, "unit"),
            second: quantity(others),
            f"{second}_unit": column(others, "unit"),
            **verdict_columns(pairs),
            f"{first}_id": column(ones, "figure_id"),
            f"{second}_id": column(others, "figure_id"),
        }
    )
