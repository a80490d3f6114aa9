"""Which present level an aim is measured from: "stands at 79%, up from 62% in 2019, and is expected to reach 90%".

An aim is a share that a word of aiming or expecting stands with. Its level is the share before it in the same
sentence, or in the sentence before, if the aim has no words of its own for what it is a share of ("the goal is 95%");
else the share, anywhere in the text, that is told in the same words ("the share of doctors", "doctors make up").
What only says by how much something grew, what was so earlier, or what part of others it is, is no level.
"""

from collections.abc import Sequence
from typing import NamedTuple

from auyl.reading.lexicon import Reading
from auyl.reading.sentences import BULLETS
from auyl.reading.surroundings import SAYS_NO_NAME, STEM, Figure, Spot, Spots, Surroundings, changed, joint
from auyl.reading.topics import is_change

NEAR = 4  # tokens between a figure and a word that makes it a growth or an earlier level
AFTER = 8  # tokens between an aim and the level that it is held against
BASE = 6  # tokens after "61% of" that tell of what
NEVER = 9999  # after every year
OWN = ("clause", "sentence", "correction")
AIMS = ("target", "projected")
NO_WORDS = frozenset({""})  # of an aim that follows a figure and has no words of its own


class Aim(NamedTuple):
    """An aim and its present level, by their positions in the list of figures; `why` says what is missing."""

    aim: int
    level: int | None
    why: str | None
    near: str | None  # "clause", "sentence", "next", "text"


class Share(NamedTuple):
    """A share with what it is told of."""

    position: int
    figure: Figure
    spot: Spot
    own: frozenset[str]  # the topic, by the words of its own clause
    topic: frozenset[str]  # of its own clause or, if that has none, of those before it in the sentence
    base: frozenset[str]  # what it is a share of, if the words say so
    aimed: bool
    earlier: bool
    grown: bool
    falling: bool  # a fall is wanted
    ills: frozenset[str]  # wear, losses, poverty …: its own clause's, else its sentence's
    towns: frozenset[str]  # the places named in its clause
    sides: frozenset[str]  # town or countryside, where its clause says so
    item: int | None  # the sentence, if it is an item of a list

    @property
    def measures(self) -> tuple[str, str] | None:
        """The subject and indicator, where the catalogue has both."""
        return (self.figure.subject, self.figure.indicator) if self.figure.indicator is not None else None


def read_levels(around: Surroundings, figures: Sequence[Figure], year: int) -> list[Aim]:
    """Every aim of the text with its present level, in the order of the text. `year` is that of the statement."""
    spots = around.spots(figures)
    shares = [share(around, figures, spots, n, year) for n, figure in enumerate(figures) if figure.unit == "percent"]
    shares = [s for number in sorted({s.spot.sentence for s in shares}) for s in by_sides(around, shares, number)]
    changes, paired = changed(around, figures), in_turn(around, shares)
    return [
        in_direction(s, paired[s.position], "next") if s.position in paired else measured(around, s, shares, changes)
        for s in shares
        if s.position in paired or (s.aimed and not s.grown and s.position not in changes)
    ]


def by_sides(around: Surroundings, shares: list[Share], sentence: int) -> list[Share]:
    """A sentence's shares, each with its side of "in urban and rural areas 98 and 94 percent, respectively"."""
    own = [s for s in shares if s.spot.sentence == sentence]
    span = around.sentence_span(own[0].spot)
    sides = list(dict.fromkeys(str(mark.value) for mark in around.marks("side", span)))
    if len(sides) != len(own) or not around.has("in_turn", span):
        return own
    return [s._replace(sides=frozenset([side])) for s, side in zip(own, sides, strict=True)]


def in_turn(around: Surroundings, shares: list[Share]) -> dict[int, Share]:
    """The levels of "98% and 91.8%, respectively", by the positions of the aims: as many of the sentence before."""
    found: dict[int, Share] = {}
    for number in sorted({s.spot.sentence for s in shares}):
        aims = [s for s in shares if s.spot.sentence == number and s.figure.status in AIMS]
        before = [s for s in shares if s.spot.sentence == number - 1 and not s.aimed][-len(aims) :]
        told = aims and around.has("in_turn", around.sentence_span(aims[0].spot))
        if told and len(aims) == len(before) > 1 and aims[0].spot.paragraph == before[0].spot.paragraph:
            found |= {aim.position: level for aim, level in zip(aims, before, strict=True)}
    return found


def measured(around: Surroundings, aim: Share, shares: list[Share], changes: dict[int, int]) -> Aim:
    """The aim with its level: of "from 64 to 70 by 2028" the 64."""
    changed_to = (s for s in shares if changes.get(s.position) == aim.position or is_before(around.reading, s, aim))
    start = next(changed_to, None)
    if start is not None:
        falls = aim.figure.value < start.figure.value  # "from 11 to 9 percent" says it itself
        return in_direction(aim._replace(falling=falls), start, "clause")
    last = set(changes.values())
    levels = [
        s
        for s in shares
        if s is not aim
        and not (s.aimed or s.earlier or s.position in changes)
        and (s.figure.status not in AIMS or s.spot.sentence == aim.spot.sentence)  # two aims are no gap
        and (s.position in last or not s.grown)
        and not lowered_beside(s, aim)
        and (s.item in (None, aim.item) or aim.item is None)  # of a list each item is of its own matter
        and fits(s, aim)
    ]
    found = by_topic(aim, [listed(s, shares) for s in levels]) if aim.own else topicless(aim, levels)
    level = next((s for s in levels if s.position == found.level), None)
    newer = level and max((s for s in levels if is_newer(s, level)), key=lambda s: s.figure.end_year or 0, default=None)
    return in_direction(aim, newer, "text") if newer else found


def is_before(reading: Reading, s: Share, aim: Share) -> bool:
    """Whether the level comes right after its aim: "to raise it to 59.9% against 59% in 2022"."""
    near = 0 <= s.spot.token - aim.spot.stop <= AFTER and s.figure.place == aim.figure.place
    word = reading.before(s.spot.token, "earlier")
    against = word is not None and word.value in ("before", "against")
    return near and (against or joint(reading, s.spot.token - 1, s.spot.token - 1, "from"))


def lowered_beside(s: Share, aim: Share) -> bool:
    """Whether one share is to be lowered and the other raised, so that they are two: no word says that the first was
    reached."""
    return s.falling and not aim.falling and s.figure.status_from not in OWN


def is_newer(s: Share, level: Share) -> bool:
    """Whether the same is told of a later year: "33.5% in 2021 … It was 31.7% in 2019 and is to be 35% by 2025"."""
    same = s.measures is not None and s.measures == level.measures
    return same and (s.figure.end_year or 0) > (level.figure.end_year or NEVER)


def in_direction(aim: Share, level: Share, near: str) -> Aim:
    """An aim that is reached already is none, nor is one below its level where no fall is wanted."""
    left = aim.figure.value - level.figure.value
    either = left < 0 and aim.figure.bound == "at_most"  # "to less than 10%" may be meant either way
    if left == 0 or ((left < 0) != aim.falling and not either):
        return Aim(aim.position, None, "what could be its present level has reached it", None)
    return Aim(aim.position, level.position, None, near)


def fits(s: Share, aim: Share) -> bool:
    """Whether the level is of the aim's place, and not of its year or later; in one sentence it is what comes first."""
    together = s.spot.sentence == aim.spot.sentence
    if s.figure.place != aim.figure.place or (s.towns != aim.towns and not together):
        return False
    if s.sides and aim.sides and not s.sides & aim.sides:
        return False
    if together and s.spot.token < aim.spot.token:
        return True
    years = (s.figure.end_year, aim.figure.end_year)
    return s.figure.years_from not in OWN or None in years or years[0] < years[1]


def listed(s: Share, shares: list[Share]) -> Share:
    """A place's level in a list of places is told in the words of the list: "Turkistan closes the list with 55%"."""
    if s.figure.place is None or s.measures is None:
        return s
    beside = (each for each in shares if each.spot.paragraph == s.spot.paragraph and not (each.grown or each.aimed))
    return s._replace(topic=s.topic.union(*(each.topic for each in beside if each.measures == s.measures)))


def topicless(aim: Share, levels: list[Share]) -> Aim:
    """The level of an aim that leaves to the words before it what it is of: of the latest year by their own words."""
    before = [s for s in levels if s.spot < aim.spot and s.spot.paragraph == aim.spot.paragraph]
    for near, apart in (("sentence", 0), ("next", 1)):
        same = [s for s in before if aim.spot.sentence - s.spot.sentence == apart]
        newest = max((s.figure.end_year or NEVER for s in same), default=NEVER)
        found = [s for s in same if (s.figure.end_year or NEVER) == newest or s.figure.years_from not in OWN]
        if len(found) == 1:
            return in_direction(aim, found[0], near)
        if found:
            return Aim(aim.position, None, "more than one level stands before it", None)
    return Aim(aim.position, None, "the statement gives no present level", None)


def by_topic(aim: Share, levels: list[Share]) -> Aim:
    """The level told in the words of the aim; of several, the one with most of them, then the nearest."""
    scored = []
    for s in levels:
        words = len((aim.own | aim.base | aim.sides) & (s.topic | s.base | s.sides))
        known = s.figure.subject_from in OWN and aim.measures is not None and aim.measures == s.measures
        others = aim.base and s.base and not aim.base & s.base
        if (words or known) and not others and s.ills == aim.ills:
            scored.append((-(words + known), abs(s.spot.sentence - aim.spot.sentence), s))
    if not scored:
        return Aim(aim.position, None, "the statement gives no present level of the same thing", None)
    best = min(item[:2] for item in scored)
    found = [s for *score, s in scored if tuple(score) == best]
    if len(found) > 1:
        return Aim(aim.position, None, "more than one level could be its present one", None)
    return in_direction(aim, found[0], {0: "sentence", 1: "next"}.get(best[1], "text"))


def share(around: Surroundings, figures: Sequence[Figure], spots: Spots, n: int, year: int) -> Share:
    figure, spot = figures[n], spots[n]
    clause = around.clause(spot.clause)
    first = around.clause_of[around.sentence_span(spot).start]
    beside = [spots[i] for i in spots.inside(spot.sentence)]
    own = topic = around.stems(clause, beside)
    number, told = spot.clause, {other.clause for other in beside}
    while not topic and number > first:
        number -= 1
        topic = around.stems(around.clause(number), beside)
        own = own or (topic if number not in told else frozenset())
        if number in told and not own:
            own = NO_WORDS
    meant = figure.status in AIMS or figure.status == "planned"
    due = figure.end_year is None or figure.end_year >= year
    before = range(around.sentence_span(spot).start, spot.token)  # "aims to raise …, and the same in cities to 94%"
    goes_on = joint(around.reading, spot.token - 1, spot.token - 1, "to") and around.has("aim", before)
    aimed = meant and due and (around.has("aim", clause) or goes_on)
    grown = is_change(around.reading, spot, ("after", "rate"))
    sides = frozenset(str(mark.value) for mark in around.marks("side", clause))
    ill = next((m for m in (around.marks("ill", clause), around.marks("ill", around.sentence_span(spot))) if m), [])
    falling, ills = around.has("falling", clause), frozenset(str(mark.value) for mark in ill)
    told_as = (aimed, earlier(around, spot), grown, falling, ills, towns(around, clause), sides)
    item = spot.sentence if is_item(around, spot.sentence) else None
    return Share(n, figure, spot, own - NO_WORDS, topic, base(around, spot), *told_as, item)


def is_item(around: Surroundings, number: int) -> bool:
    """Whether a sentence is an item of a list: it begins with a bullet, or behind a number of its own, "2."."""
    sentence, before = around.sentences[number - 1], around.sentences[max(number - 2, 0)]
    numbered = around.reading.quote(before.start, before.end).rstrip(".)").isdigit()
    return numbered or around.reading.sign(sentence.start) in BULLETS


def towns(around: Surroundings, clause: range) -> frozenset[str]:
    """The names beside a word for a place: "the gasification rate of Baikonur city"."""
    tokens = around.reading.tokens
    beside = {i for mark in around.marks("town", clause) for i in (mark.start - 1, mark.end) if i in clause}
    return frozenset(tokens[i].key[:STEM] for i in beside if tokens[i].text[0].isupper() and i > clause.start)


def base(around: Surroundings, spot: Spot) -> frozenset[str]:
    """What it is a share of: "61% of rural households"; the genitive right after «97,3% сельчан»."""
    reading = around.reading
    if reading.sign(spot.stop).lower() != "of":
        return frozenset()
    end = spot.stop + 1
    clause = around.clause(spot.clause)
    while end < min(clause.stop, spot.stop + BASE) and "status" not in reading.kinds_at[end]:
        end += 1
    return around.stems(range(spot.stop + 1, end), silence=SAYS_NO_NAME)


def earlier(around: Surroundings, spot: Spot) -> bool:
    """Whether it is told as what was so before: "up from 62% in 2019", «против 33,5% годом ранее»."""
    for mark in around.marks("earlier", range(max(spot.token - NEAR, 0), spot.token + 1)):
        if mark.value != "once" and 0 <= spot.token - mark.end <= 1:
            return True
    after = range(spot.stop, min(spot.stop + NEAR, around.reading.count))
    return any(m.value == "once" and around.clause_of[m.start] == spot.clause for m in around.marks("earlier", after))
