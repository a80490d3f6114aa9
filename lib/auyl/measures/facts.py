"""Distinct quantities: a figure said again, or more roughly in the lead, is one fact; and which facts stand near."""

from collections.abc import Callable, Hashable, Iterable
from functools import cached_property

from auyl.measures.claims_in_text import ClaimsInText
from auyl.measures.comparable import OWN, Claim, same_figure

TAKEN_UP = 2  # sentences on, a figure may still be taken up


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
        groups: list[list[Claim]] = []
        homes: dict[Hashable, list[list[Claim]]] = {}  # by source and unit, where the value may be rounded; by value
        for claim in told.claims:
            if claim.suspect or not wanted(claim) or told.conversion(claim):
                continue
            about = (claim.source_id, claim.unit)
            known = homes.get(about, []) if claim.bound != "exact" else homes.get((*about, "hedged"), [])
            known = [*homes.get((*about, claim.value), []), *known]
            home = next((group for group in known if any(same_figure(claim, old) for old in group)), None)
            if home is None:
                home = []
                groups.append(home)
                homes.setdefault(about, []).append(home)
            home.append(claim)
            homes.setdefault((*about, claim.value), []).append(home)
            if claim.bound != "exact":
                homes.setdefault((*about, "hedged"), []).append(home)
        self.facts = [Fact(group, told) for group in groups]
        self.totals = [fact for fact in self.facts if told.why_no_total(fact.claim) is None]
        self.usable = [f for f in self.facts if f in self.totals or told.roles.get(f.claim.figure_id) == "part"]

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
        """The totals that may stand beside a fact: near it or about the same."""
        near = [other for other in self.near(fact, TAKEN_UP) if other in self.usable]
        return list({id(other): other for other in [*near, *self.alike(fact)]}.values())


def grouped(pairs: Iterable[tuple[Hashable, Fact]]) -> dict[Hashable, list[Fact]]:
    found: dict[Hashable, list[Fact]] = {}
    for key, fact in pairs:
        found.setdefault(key, []).append(fact)
    return found
