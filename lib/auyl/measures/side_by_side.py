"""Which claims belong together: the wide table that a notebook divides, one row a programme, place, part and period.

Claims are matched from the nearest to the furthest: those of one clause that leave no choice, then of one sentence,
then of neighbouring sentences, then anywhere. What has found its partner is no partner for others, but stays a rival:
a claim that could take one's place with another value keeps the pair from being said.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import product

import pandas as pd

from auyl.measures.claims_in_text import ClaimsInText
from auyl.measures.columns import column, columns, key_columns, quantity
from auyl.measures.comparable import NEARNESS, OWN, Claim, Pair, evidence, obstacle, said, same_figure, takes_the_years
from auyl.measures.things import is_divisor, is_kind, is_money

TAKEN_UP = 2  # sentences on, a figure may still be taken up
SCOPE = {"clause": 0, "sentence": 1, "taken up": 2, "next": 3, "paragraph": 4, "text": 4, "apart": 4}


Kind = Callable[[Claim], bool]  # which claims are meant


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
    nothing stands beside the first; `unit` of the first column and `…_unit` of the others; `source` (string:
    "statement", or a publisher); `evidence` (string), `said` (boolean: the pair may be a headline), `why_not` (string,
    a sentence), and `…_id`, the figures' ids.

    pairs["allocation"] / pairs["projects"] / 1e6 is then the cost of a project in millions.
    """
    told = ClaimsInText.of(figures)
    first, *others = columns
    tables = [pairs_table(pair_up(told, chosen(first), chosen(name)), first, name) for name in others]
    result = tables[0]
    for name, table in zip(others[1:], tables[1:], strict=True):
        more = table[table["said"].fillna(False)].drop_duplicates(f"{first}_id")
        result = result.merge(more[[f"{first}_id", name, f"{name}_unit", f"{name}_id"]], on=f"{first}_id", how="left")
    return result


def chosen(name: str) -> Kind:
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
    return is_kind(claim.unit, "villages") and claim.indicator in (None, "villages") and is_count(claim)


def is_count(claim: Claim) -> bool:
    """A number of things above zero that somebody counted: "dozens of contracts" are none."""
    return claim.value > 0 and (claim.bound != "range" or any(letter.isdigit() for letter in claim.quote))


def is_given(claim: Claim) -> bool:
    return is_kind(claim.unit, "given") and is_count(claim)


def is_thing(claim: Claim) -> bool:
    """Any counted thing that money may have been spent on, but people."""
    other = is_kind(claim.unit, "people") or is_kind(claim.unit, "given")
    return is_divisor(claim.unit) and not other and is_count(claim)


def is_built(claim: Claim) -> bool:
    """A thing that may be a village's project: no street, house or quarter of it."""
    return is_thing(claim) and not is_kind(claim.unit, "places")


def is_people(claim: Claim) -> bool:
    return is_kind(claim.unit, "people") and is_count(claim)


# ---- Facts: a figure said again, or more roughly in the lead, is one ----------------------------------------------


class Fact:
    """One quantity, however often a statement repeats it: `claim` is the one that counts, `claims` all that say it."""

    def __init__(self, claims: list[Claim], told: ClaimsInText):
        self.claims = sorted(claims, key=lambda claim: weight(claim, told))
        self.claim = self.claims[0]

    @property
    def key(self) -> Hashable:
        claim = self.claim
        return claim.source_id, claim.named, claim.place, claim.part, claim.years, claim.status


def weight(claim: Claim, told: ClaimsInText) -> tuple[object, ...]:
    """The body's before the title's, the exact before the hedged, the one that says most by its own words."""
    own = sum(whence in OWN for whence in (claim.subject_from, claim.place_from, claim.years_from))
    named = claim.end_year is None, claim.named is None
    return told.titled(claim), claim.bound != "exact", *named, -own, claim.start or 0


class Facts:
    """The facts of one kind in the order of the table; `totals` are those that may be a total."""

    def __init__(self, told: ClaimsInText, wanted: Callable[[Claim], bool]):
        self.told = told
        self.in_the_text = {(claim.unit, claim.value) for claim in told.claims if not told.titled(claim)}
        groups: list[list[Claim]] = []
        homes: dict[Hashable, list[list[Claim]]] = defaultdict(list)  # groups by what may make a claim one of them
        for claim in told.claims:
            if claim.suspect or not wanted(claim) or told.conversion(claim):
                continue
            about, hedged = (claim.source_id, claim.unit), claim.bound != "exact"  # one of two that differ is hedged
            known = [
                *homes[*about, claim.value],
                *homes[*about, "any" if hedged else "hedged"],
            ]
            home = next((group for group in known if any(self.same(claim, old) for old in group)), None)
            if home is None:
                groups.append(home := [])
                homes[*about, "any"].append(home)
            home.append(claim)
            homes[*about, claim.value].append(home)
            if hedged:
                homes[*about, "hedged"].append(home)
        self.facts = [Fact(group, told) for group in groups]
        self.totals = [fact for fact in self.facts if told.why_no_total(fact.claim) is None]
        self.usable = [f for f in self.facts if f in self.totals or told.roles.get(f.claim.figure_id) == "part"]

    def same(self, claim: Claim, old: Claim) -> bool:
        """Whether the two are one figure: a title's count is rounded more, where the text does not repeat it."""
        title = next((c for c in (claim, old) if self.told.titled(c)), None)
        return same_figure(claim, old, title is not None and (title.unit, title.value) not in self.in_the_text)

    @cached_property
    def by_key(self) -> dict[Hashable, list[Fact]]:
        return grouped((fact.key, fact) for fact in self.totals)

    @cached_property
    def by_sentence(self) -> dict[Hashable, list[Fact]]:
        return grouped((spot, fact) for fact in self.facts for spot in self.sentences(fact))

    def sentences(self, fact: Fact) -> list[tuple[str, int]]:
        return [(c.source_id, c.sentence) for c in fact.claims if c.sentence is not None]

    def alike(self, fact: Fact) -> list[Fact]:
        """Those about the same: of one programme, place, part, period and status."""
        return self.by_key.get(fact.key, [])

    def near(self, fact: Fact, reach: int = 1) -> list[Fact]:
        """Those told in the same sentence or up to so many away, in order."""
        spots = (
            (source, number + step) for source, number in self.sentences(fact) for step in range(-reach, reach + 1)
        )
        found = {id(other): other for spot in spots for other in self.by_sentence.get(spot, [])}
        return list(found.values())

    def beside(self, fact: Fact) -> list[Fact]:
        """The totals that may stand beside a fact: near it, about the same, or of its programme and no stated years."""
        near = [other for other in self.near(fact, TAKEN_UP) if other in self.usable]
        undated = [other for other in self.totals if takes_the_years(fact.claim, other.claim)]
        return list({id(other): other for other in [*near, *self.alike(fact), *undated]}.values())


def grouped(pairs: Iterable[tuple[Hashable, Fact]]) -> dict[Hashable, list[Fact]]:
    found: dict[Hashable, list[Fact]] = {}
    for key, fact in pairs:
        found.setdefault(key, []).append(fact)
    return found


# ---- Pairs --------------------------------------------------------------------------------------------------------


def pair_up(told: ClaimsInText, one: Kind, *others: Kind | tuple[Kind, str]) -> list[Pair]:
    """Every claim of the first kind with its partner, in the order of the table.

    Each of `others` is a kind of partner, or one with how far off it may stand ((is_thing, "sentence")). The first
    comes first; of the others one in the claim's own clause before those further off. A claim without a partner gets
    the nearest one that it may not stand beside, with the reason, or none at all.
    """
    left = Facts(told, one)
    found: dict[int, Pair] = {}
    refused: dict[int, Pair] = {}
    kinds = [kind if isinstance(kind, tuple) else (kind, "text") for kind in others]
    sides = [(Facts(told, kind), furthest) for kind, furthest in kinds]
    rest, taken = sides[1:], set[int]()
    for right, furthest in [sides[0], *((right, "clause") for right, _ in rest), *rest]:
        found |= matched(told, left, right, furthest, found, taken)
    for right, _ in sides:
        for fact in left.facts:
            if id(fact) not in found and (id(fact) not in refused or refused[id(fact)].other is None):
                refused[id(fact)] = unmatched(told, fact, right)
    return [found.get(id(fact)) or refused[id(fact)] for fact in left.facts]


def matched(
    told: ClaimsInText, left: Facts, right: Facts, furthest: str, found: Mapping[int, Pair], taken: set[int]
) -> dict[int, Pair]:
    """The pairs that the rules allow, by the fact of the left; those that have `found` a partner look for none, and
    those that are `taken` are none."""
    by_scope: dict[int, list[tuple[Fact, Fact, str]]] = {}
    for a in left.usable:
        for b in right.beside(a) if id(a) not in found else ():
            if id(b) in taken:
                continue
            near = nearest(told, a, b)
            if near != "clause" and (a not in left.totals or b not in right.totals):
                continue  # some of others may have a clause of their own, and no more
            if a not in left.totals and b not in right.totals and not told.touching(a.claim, b.claim):
                continue
            if SCOPE[near] <= SCOPE[furthest] and told.obstacle(*side_to_side(told, a, b, near), near) is None:
                by_scope.setdefault(SCOPE[near], []).append((a, b, near))
    pairs: dict[int, Pair] = {}
    choices: Counter[int] = Counter()
    for scope in sorted(by_scope):
        contested = {fact for fact, links in choices.items() if links > 1}  # nearer by: no further one may decide
        links = [link for link in by_scope[scope] if not {id(link[0]), id(link[1])} & (taken | contested)]
        choices.update(id(fact) for link in links for fact in link[:2])
        for a, b, near in links:
            if choices[id(a)] == choices[id(b)] == 1:
                why = rival(told, a, b, left, near) or rival(told, b, a, right, near)
                one, other = side_to_side(told, a, b, near)
                pairs[id(a)] = Pair(one, other, evidence(one, other, near), why)
                taken |= {id(a), id(b)}
    return pairs


def nearest(told: ClaimsInText, a: Fact, b: Fact) -> str:
    """How near these facts are told, wherever they are told nearest."""
    return min((told.near(x, y) for x in a.claims for y in b.claims), key=NEARNESS.index)


def side_to_side(told: ClaimsInText, a: Fact, b: Fact, near: str) -> tuple[Claim, Claim]:
    """The claims of two facts that stand so near, where these say the facts themselves and no rounder figure."""
    if near not in ("clause", "sentence") or told.near(a.claim, b.claim) == near:
        return a.claim, b.claim
    own = ([claim for claim in fact.claims if claim.value == fact.claim.value] for fact in (a, b))
    return next(((x, y) for x, y in product(*own) if told.near(x, y) == near), (a.claim, b.claim))


def rival(told: ClaimsInText, own: Fact, partner: Fact, side: Facts, near: str) -> str | None:
    """Why it cannot be told that these two belong together: another claim could take the place of `own`.

    Within one clause the clause has decided.
    """
    if near == "clause" or told.is_confirmed(own.claim, partner.claim):
        return None
    for fact in side.alike(own):
        same = fact is not own and fact in side.totals and fact.claim.unit == own.claim.unit
        if same and obstacle(fact.claim, partner.claim, "next") is None:
            return f"{said(fact.claim)} could stand in the place of {said(own.claim)}"
    return None


def unmatched(told: ClaimsInText, fact: Fact, right: Facts) -> Pair:
    """A claim without a partner: the nearest that may not stand beside it, and why; else that there is none."""
    claim = fact.claim
    if (role := told.why_no_total(claim)) is not None:
        return Pair(claim, None, None, f"{said(claim)} is {role}")
    near = [(NEARNESS.index(nearest(told, fact, other)), n) for n, other in enumerate(right.near(fact))]
    if not near or min(near)[0] > NEARNESS.index("next"):
        return Pair(claim, None, None, f"nothing stands beside {said(claim)} that could be set against it")
    how, n = min(near)
    other = right.near(fact)[n].claim
    role = told.why_no_total(other)
    reason = f"{said(other)} is {role}" if role else told.obstacle(claim, other, NEARNESS[how])
    return Pair(claim, other, None, reason or f"{said(claim)} has more than one count to choose from")


def pairs_table(pairs: Sequence[Pair], first: str, second: str) -> pd.DataFrame:
    ones, others = [pair.one for pair in pairs], [pair.other for pair in pairs]
    return pd.DataFrame(
        {
            **key_columns([(pair.one, pair.other) for pair in pairs]),
            first: quantity(ones),
            **columns(ones, "unit"),
            second: quantity(others),
            f"{second}_unit": column(others, "unit"),
            **columns(ones, "source"),
            **columns(pairs, "evidence", "said", "why_not"),
            f"{first}_id": column(ones, "figure_id"),
            f"{second}_id": column(others, "figure_id"),
        }
    )
