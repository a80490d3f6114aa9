"""Claims with the text they stand in: how near two of them are told, what role each has, which are parts of which.

A table of figures carries its texts (`figures.attrs["texts"]`, text, language and date for each source_id); a table
that has lost them, or the record, has none: then only the columns speak.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby, pairwise

import pandas as pd

from auyl.measures.comparable import MEANT, OWN, SHARES, Claim, as_claims, obstacle, said
from auyl.measures.things import are_counted_together, is_counted, is_kind, is_money, kinds
from auyl.reading.parts import SELECTED
from auyl.reading.surroundings import Spot, Surroundings, surroundings
from auyl.reading.wholes import Whole, read_proportions, read_roles, read_wholes

EACH = "an average, or the most or least that one may get"
PLACE = 5  # tokens of a place with its "district"
TOUCHING = 4  # tokens at most between two figures of one phrase
NO_TOTAL = {  # by the part or the role of a figure: completes "“£150,000” is …"
    **dict.fromkeys(["each", "average", "maximum", "minimum"], EACH),
    **dict.fromkeys(["asked", "applications"], "what was asked for, not what was given"),
    "all programmes": "the money of several programmes",
    "all": "all there are",
    "not given": "money that was owed, saved, earned or taken, and bought nothing",
    "part": "a part of another figure",
    "before": "what it was before it changed",
    "joined": "only one of the things that are told together",
    "took part": "those who took part, not those who got money",
    "base": "what a share is told of",
}


class ClaimsInText:
    """The claims of a table, in its order, and what their texts say of them."""

    def __init__(
        self, claims: list[Claim], texts: Mapping[str, Sequence[str]], confirmed: Iterable[Sequence[str]] = ()
    ):
        self.claims = claims
        self.confirmed = {frozenset(pair) for pair in confirmed}
        self.around: dict[str, Surroundings] = {}
        self.spots: dict[str, Spot] = {}
        self.roles: dict[str, str | None] = {}
        self.years: dict[str, int] = {}  # of the statements
        self.proportions: list[tuple[Claim, Claim, Claim, str]] = []
        self.wholes: list[tuple[Claim, tuple[Claim, ...], Whole]] = []
        for source, group in groupby(self.claims, key=lambda claim: claim.source_id):
            own = [claim for claim in group if claim.start is not None]
            if source in texts and own:
                text, language, date, *_ = texts[source]
                self.years[source] = int(date[:4])
                self._read(surroundings(text, language), source, own)

    @classmethod
    def of(cls, figures: pd.DataFrame) -> "ClaimsInText":
        """The claims of a table of figures or claims, with the texts it carries."""
        return cls(as_claims(figures), figures.attrs.get("texts", {}), figures.attrs.get("confirmed", ()))

    def _read(self, around: Surroundings, source: str, claims: Sequence[Claim]) -> None:
        self.around[source] = around
        wholes = read_wholes(around, claims)
        self.wholes += [(claims[w.total], tuple(claims[i] for i in w.parts), w) for w in wholes]
        told = read_proportions(around, claims, wholes)
        self.proportions += [(claims[p.percent], claims[p.one], claims[p.other], p.kind) for p in told]
        roles = read_roles(around, claims, wholes, [is_money(claim.unit) for claim in claims])
        for claim, role in zip(claims, roles, strict=True):
            self.spots[claim.figure_id] = around.spot(claim)
            self.roles[claim.figure_id] = role
            if around.has("took_part", range(self.spots[claim.figure_id].stop, self.spots[claim.figure_id].stop + 2)):
                self.roles[claim.figure_id] = "took part"
            if is_kind(claim.unit, "villages") and and_a_place(around, self.spots[claim.figure_id]):
                self.roles[claim.figure_id] = "joined"
        for one, other in pairwise(sorted(claims, key=lambda claim: claim.start or 0)):
            for near, word in beside(around, one, other):
                self.roles[near.figure_id] = self.roles[near.figure_id] or word
            if self.goes_on_list(one, other):
                self.roles[other.figure_id] = self.roles[other.figure_id] or "joined"

    def goes_on_list(self, one: Claim, other: Claim) -> bool:
        """Whether a count closes a list of kinds in a clause of its own: "91 classrooms, 41 blocks and a kitchen, and
        furniture for 6 centres"."""
        around, first, second = self.around[one.source_id], self.spots[one.figure_id], self.spots[other.figure_id]
        if self.roles[one.figure_id] != "joined" or first.sentence != second.sentence or is_kind(other.unit, "given"):
            return False
        between = range(first.stop, second.token)
        places = is_kind(other.unit, "villages")  # "in 56 villages" is where all of it was
        parted = around.has("joined", between) or (not places and any(around.reading.sign(i) == "," for i in between))
        paid = (money for money, spot in self.told_in(one.source_id) if spot.clause == second.clause)
        if not parted or around.has("whole", between, "in_all") or any(is_money(each.unit) for each in paid):
            return False
        return places or are_counted_together(one.unit, other.unit)

    def obstacle(self, a: Claim, b: Claim, near: str) -> str | None:
        """Why the two may not stand side by side, by the rules and the text; None if they may."""
        if self.is_confirmed(a, b):
            return None
        if near == "apart" or not {a.figure_id, b.figure_id} <= self.spots.keys():
            return obstacle(a, b, near)
        taken_up = near == "sentence" and self.takes_up(a, b)
        rules = (self.partly, self.apart, self.has_its_own, self.spent_on_some, self.nobody_got)
        told_apart = (rule(a, b, near) for rule in rules)
        return obstacle(a, b, "taken up" if taken_up else near) or next(filter(None, told_apart), None)

    def takes_up(self, a: Claim, b: Claim) -> bool:
        """Whether the later clause takes up the one thing told before it: "43 were built; for this 5 million went"."""
        earlier, later = sorted((a, b), key=lambda claim: self.spots[claim.figure_id])
        clause = self.around[later.source_id].clause(self.spots[later.figure_id].clause)
        near = self.spots[earlier.figure_id].sentence
        before = [
            claim for claim, spot in self.told_in(a.source_id) if spot.sentence == near and spot.token < clause.start
        ]
        told = [c for c in before if (is_money(c.unit) or is_counted(c.unit)) and c.part not in SELECTED]
        return told == [earlier] and self.has(later, "together")

    def is_confirmed(self, a: Claim, b: Claim) -> bool:
        """Whether a person signed that the two belong together."""
        return frozenset((a.figure_id, b.figure_id)) in self.confirmed

    def near(self, a: Claim, b: Claim) -> str:
        """How near two claims stand: one of comparable.NEARNESS."""
        one, other = self.spots.get(a.figure_id), self.spots.get(b.figure_id)
        if a.source_id != b.source_id:
            return "apart"
        if one is None or other is None:
            return "sentence" if a.sentence is not None and a.sentence == b.sentence else "apart"
        if one.sentence == other.sentence and not self.items(a, b):
            return "clause" if (one.clause, one.depth) == (other.clause, other.depth) else "sentence"
        apart, titled = abs(one.sentence - other.sentence), one.title or other.title
        later = a if one.token > other.token else b
        earlier = b if later is a else a
        all_there_are = is_money(later.unit) and self.tells(earlier, "there_are")
        refers_back = self.has(later, "together", sentence=True)  # "with that money", "these projects"
        taken_up = refers_back and self.adjoin(a, b) and not all_there_are
        if not titled and (taken_up or (apart == 1 and self.goes_on(later, earlier))):
            return "taken up"  # across a paragraph too: in news every sentence is one
        if one.paragraph != other.paragraph or titled:
            return "text"
        return "next" if apart <= 1 else "paragraph"

    def items(self, a: Claim, b: Claim) -> bool:
        """Whether a semicolon parts two figures of one sentence: each item of such a list is a statement of its own,
        but for one that takes up the item before, and for plans of one programme."""
        first, last = sorted((a, b), key=lambda claim: claim.start or 0)
        around, spots = self.around[a.source_id], [self.spots[claim.figure_id] for claim in (first, last)]
        ends = [i for i in range(spots[0].stop, spots[1].token) if around.reading.sign(i) == ";"]
        return bool(ends) and not go_on(last, first) and around.reading.at(ends[-1] + 1, "they") is None

    def partly(self, a: Claim, b: Claim, near: str) -> str | None:
        """Why a count of so far is not the year's: "so far 9,300 loans" beside the money of the whole year."""
        if near in ("clause", "taken up"):
            return None
        one, other = (self.has(claim, "so_far", sentence=near != "sentence") for claim in (a, b))
        if one == other:
            return None
        part, whole = (a, b) if one else (b, a)
        opened = near == "sentence" and (part.start or 0) < (whole.start or 0)
        if opened and whole.years_from != "clause" and part.status == whole.status:
            return None  # "to date 43 projects have been paid for, 478 million was allocated"
        return f"{said(part)} is of a part of the time of {said(whole)}"

    def apart(self, a: Claim, b: Claim, near: str) -> str | None:
        """Why the clauses are of two matters: one side of the country, or told beside the news of the sentence."""
        one, other = (self.matter(claim, near in SHARES) for claim in (a, b))
        if near in ("sentence", "taken up") and not self.touching(a, b):
            one, other = one | self.stage(a, b), other | self.stage(b, a)
        if one == other:
            return None
        which, words = (a, one - other) if one - other else (b, other - one)
        return f"{said(which)} alone is told of “{min(words)}”"

    def matter(self, claim: Claim, together: bool) -> frozenset[str]:
        """What sets the claim apart by its own words: an opening aside and, where nothing else holds the two together,
        a side of the country or a number of its regions."""
        around, spot, words = self.around[claim.source_id], self.spots[claim.figure_id], set()
        if not together:
            words = self.sides(claim) - {"the whole country"}
            beside = (other for other, near in self.told_in(claim.source_id) if near.clause == spot.clause)
            words |= {other.quote for other in beside if is_kind(other.unit, "regions")}
        for mark in around.marks("aside", range(around.sentence_span(spot).start, spot.token)):
            if not any(around.reading.sign(i) == "," for i in range(mark.end, spot.token)):
                words.add(around.reading.quote(mark.start, mark.end).lower())
        return frozenset(words)

    def stage(self, claim: Claim, beside: Claim) -> frozenset[str]:
        """The words of its clause that it is under contract or out to tender, or of the whole country while the other
        is told of a region."""
        around = self.around[claim.source_id]
        own, other = (around.clause(self.spots[each.figure_id].clause) for each in (claim, beside))
        first, last = sorted(self.spots[each.figure_id] for each in (claim, beside))
        verbs = range(first.stop, around.sentence_span(last).stop)  # "contracts for 40 schools at 3 billion" has none
        marks = around.marks("set_apart", own) if around.has("status", verbs) else []
        if around.has("town", other):
            marks += [mark for mark in around.marks("compass", own) if mark.value == "the whole country"]
        return frozenset(around.reading.quote(mark.start, mark.end) for mark in marks[:1])

    def has_its_own(self, a: Claim, b: Claim, near: str) -> str | None:
        """Why a count is another amount's: "6 billion for roads, another 3 billion – for 12 clubs"."""
        money, count = (a, b) if is_money(a.unit) else (b, a)
        if near != "sentence" or is_money(count.unit) or not is_money(money.unit):
            return None
        if self.touching(money, count):
            return None
        first, last = sorted(self.spots[claim.figure_id] for claim in (money, count))
        for other, spot in self.told_in(a.source_id):
            between = first < spot < last and spot.depth <= self.spots[count.figure_id].depth  # no "(521 in villages)"
            if between and other.unit == money.unit and self.touching(other, count):
                return f"{said(other)} stands beside {said(count)}"
        return None

    def spent_on_some(self, a: Claim, b: Claim, near: str) -> str | None:
        """Why what was spent is no money for all: "61 of the 96 projects are finished, 8.4 billion has been spent"."""
        if near != "sentence":
            return None
        for money, every in ((a, b), (b, a)):
            some = any(total is every and not whole.complete for total, _, whole in self.wholes)
            if is_money(money.unit) and some and self.tells(money, "spent"):
                return f"{said(money)} was spent on some of {said(every)}"
        return None

    def sides(self, claim: Claim) -> set[str]:
        """The parts of the country that the claim's own clause names."""
        return {mark.value for mark in self.around[claim.source_id].marks("compass", self.span(claim))}

    def touching(self, a: Claim, b: Claim) -> bool:
        """Whether the two stand side by side: "320 projects worth Rs 1,600 crore"."""
        one, other = sorted(self.spots[claim.figure_id] for claim in (a, b))
        return other.token - one.stop <= TOUCHING

    def nobody_got(self, a: Claim, b: Claim, near: str) -> str | None:
        """Why people told in another clause than the money are not those who got it."""
        people = next((claim for claim in (a, b) if is_kind(claim.unit, "people")), None)
        if near == "clause" or people is None:
            return None
        around, spot = self.around[people.source_id], self.spots[people.figure_id]
        meant = around.marks("gets", range(spot.token - 3, spot.token))
        if near == "sentence" and any(mark.value == "give" and mark.end == spot.token for mark in meant):
            return None
        if near == "sentence" and self.is_paid_to(people, a if people is b else b):
            return None
        earlier, later = sorted((a, b), key=lambda claim: claim.start or 0)
        taken_up = self.has(later, "together", sentence=True) or (near == "taken up" and self.goes_on(later, earlier))
        if taken_up and self.has(people, "gets", "get"):
            return None
        return f"nothing says that {said(people)} got {said(a if people is b else b)}"

    def span(self, claim: Claim, sentence: bool = False) -> range:
        """The tokens of the claim's clause, or of its sentence; none where no text is known."""
        if (spot := self.spots.get(claim.figure_id)) is None:
            return range(0)
        around = self.around[claim.source_id]
        return around.sentence_span(spot) if sentence else around.clause(spot.clause)

    def is_paid_to(self, people: Claim, money: Claim) -> bool:
        """Whether people got what the next clause only pays: "1,146 farms got subsidies, 38.6 billion was paid"."""
        around, spot, paid = self.around[people.source_id], self.spots[people.figure_id], self.spots[money.figure_id]
        clause = around.clause(paid.clause)
        follows = paid.clause == spot.clause + 1 and around.has("gets", around.clause(spot.clause), "get")
        return follows and around.has("paid", clause) and len(around.stems(clause, [paid])) <= 1

    def has(self, claim: Claim, kind: str, value: str | None = None, sentence: bool = False) -> bool:
        """Whether words of a kind stand in the claim's clause, or in its whole sentence."""
        span = self.span(claim, sentence)
        return bool(span) and self.around[claim.source_id].has(kind, span, value)

    def tells(self, claim: Claim, kind: str) -> bool:
        """Whether the claim's clause has one of things.toml's phrases of a kind, "spent", "mixed" or "there_are"."""
        span = self.span(claim)
        words = self.around[claim.source_id].reading.quote(span.start, span.stop).casefold() if span else ""
        return any(re.search(pattern, words) for pattern in kinds()[kind])

    def added(self, claim: Claim) -> bool:
        """Whether its clause tells what came on top of what was given before: "a further 70.8 billion for 779"."""
        return claim.part == "extra" or self.has(claim, "part", "extra")

    def titled(self, claim: Claim) -> bool:
        spot = self.spots.get(claim.figure_id)
        return spot is not None and spot.title

    def adjoin(self, a: Claim, b: Claim) -> bool:
        """Whether the sentences of these two follow on one another, or have one without figures between them."""
        first, last = sorted(self.spots[claim.figure_id].sentence for claim in (a, b))
        between = range(first + 1, last)
        return len(between) < 2 and not any(spot.sentence in between for _, spot in self.told_in(a.source_id))

    def first_paragraph(self, source: str) -> int:
        """The number of the first paragraph that is no title."""
        return next((each.paragraph for each in self.around[source].sentences if not each.title), 0)

    def topic(self, claim: Claim) -> frozenset[str]:
        """The beginnings of the words of its clause that say what is spoken of."""
        return self.around[claim.source_id].stems(self.span(claim))

    def called(self, claim: Claim) -> frozenset[str]:
        """The beginnings of the words that the figure itself is printed with: of "85 educational facilities" the last
        two."""
        spot = self.spots.get(claim.figure_id)
        return self.around[claim.source_id].stems(range(spot.token, spot.stop)) if spot else frozenset()

    def goes_on(self, claim: Claim, before: Claim) -> bool:
        """Whether the claim's sentence goes on about money: "179 billion is planned. It is to cover 500 villages"."""
        around, span = self.around[claim.source_id], self.span(claim, sentence=True)
        opened = around.reading.at(span.start, "goes_on") is not None and not around.has("programme_word", span)
        return bool(opened and go_on(claim, before))

    def why_no_total(self, claim: Claim) -> str | None:
        """The reason why a claim is no total of its programme; None if it may be one.

        A part that is one place's own total, told with its place, is the total of that place.
        """
        larger = next((parts for total, parts, _ in self.wholes if total is claim and claim.place is not None), ())
        if claim.place_from not in OWN and any(p.place == claim.place and p.place_from in OWN for p in larger):
            return f"the whole that {said(larger[0])} is a part of"
        role = self.roles.get(claim.figure_id)
        if role == "part" and claim.place is not None:
            role = None
        return NO_TOTAL.get(claim.part or "") or NO_TOTAL.get(role or "")

    def conversion(self, claim: Claim) -> bool:
        """Whether the claim only says an amount again in another money: "143 billion tenge (US$311.5 million)"."""
        spot = self.spots.get(claim.figure_id)
        if spot is None or not is_money(claim.unit):
            return False
        sign = self.around[claim.source_id].reading.sign
        return sign(spot.token - 1) == "(" and any(
            other.stop == spot.token - 1 and is_money(money.unit) and money.unit != claim.unit
            for money, other in self.told_in(claim.source_id)
        )

    @cache  # noqa: B019  it lives as long as one measure
    def told_in(self, source: str) -> list[tuple[Claim, Spot]]:
        """The claims of one text with their places in it."""
        own = (claim for claim in self.claims if claim.source_id == source and claim.figure_id in self.spots)
        return [(claim, self.spots[claim.figure_id]) for claim in own]


def and_a_place(around: Surroundings, spot: Spot) -> bool:
    """Whether a place that is not counted is told with villages: "in 8 villages and in Baiterek district"."""
    first = spot.stop + (around.reading.sign(spot.stop) == ",")
    joint = around.reading.at(first, "joined")
    if joint is None:
        return False
    span = range(joint.end, joint.end + PLACE)
    words = [around.reading.kind(i) for i in span]
    named = any(around.reading.sign(i)[:1].isupper() for i in span[:3])
    return named and around.has("town", span) and "number" not in words


def go_on(claim: Claim, before: Claim) -> bool:
    """Whether a claim is a plan for the money of a programme that was told before it."""
    meant = claim.status in MEANT and (before.status in MEANT or before.status_from == "default")
    return bool(meant and is_money(before.unit) and before.named)


def beside(around: Surroundings, one: Claim, other: Claim) -> Iterator[tuple[Claim, str]]:
    """The roles of two neighbours: "12 parks and 40 yards" belong together, a share is told of "60% of $5 million"."""
    first, second = around.spot(one), around.spot(other)
    between = range(first.stop, second.token)
    if first.sentence != second.sentence:
        return
    of = around.reading.at(first.stop, "part_of")
    told_of = of is not None and of.end == second.token
    if told_of and one.unit == "percent" and (is_money(other.unit) or is_counted(other.unit)):
        yield other, "base"
    joined = between and all(around.reading.at(i, "joined") or around.reading.sign(i) == "," for i in between)
    kinds_of = [around.stems(range(spot.token, spot.stop)) for spot in (first, second)]
    if joined and are_counted_together(one.unit, other.unit) and (one.unit != other.unit or len(set(kinds_of)) > 1):
        yield one, "joined"
        yield other, "joined"
