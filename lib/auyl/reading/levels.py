"""Which present level an aim is measured from: "stands at 79%, up from 62% in 2019, and is expected to reach 90%".

An aim is a share that a word of aiming or expecting stands with. Its level is the share before it in the same
sentence, or in the sentence before, if the aim has no words of its own for what it is a share of ("the goal is 95%");
else the share, anywhere in the text, that is told in the same words ("the share of doctors", "doctors make up").
What only says by how much something grew, what was so earlier, or what part of others it is, is no level.
"""

from collections.abc import Sequence
from typing import NamedTuple

from auyl.reading.surroundings import SAYS_NO_NAME, STEM, Figure, Spot, Spots, Surroundings, changed
from auyl.reading.topics import is_change

NEAR = 4  # tokens between a figure and a word that makes it a growth or an earlier level
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
    spot: Spot
    own: frozenset[str]  # the topic, by the words of its own clause
    topic: frozenset[str]  # of its own clause or, if that has none, of those before it in the sentence
    base: frozenset[str]  # what it is a share of, if the words say so
    aimed: bool
    earlier: bool
    grown: bool
    falling: bool  # a fall is wanted
    towns: frozenset[str]  # the places named in its clause


def read_levels(around: Surroundings, figures: Sequence[Figure], year: int) -> list[Aim]:
    """Every aim of the text with its present level, in the order of the text. `year` is that of the statement."""
    spots = around.spots(figures)
    shares = [share(around, figures, spots, n, year) for n, figure in enumerate(figures) if figure.unit == "percent"]
    changes = changed(around, figures)
    return [
        measured(aim, shares, changes, figures)
        for aim in shares
        if aim.aimed and not aim.grown and aim.position not in {first for first, _ in changes.items()}
    ]


def measured(aim: Share, shares: list[Share], changes: dict[int, int], figures: Sequence[Figure]) -> Aim:
    """The aim with its level: of "from 64 to 70 by 2028" the 64."""
    start = next((first for first, last in changes.items() if last == aim.position), None)
    if start is not None:
        falls = figures[aim.position].value < figures[start].value  # "from 11 to 9 percent" says it itself
        return in_direction(Aim(aim.position, start, None, "clause"), aim._replace(falling=falls), figures)
    old, new = set(changes), set(changes.values())
    levels = [
        s for s in shares
        if s.position != aim.position and not (s.aimed or s.earlier) and s.position not in old
        and (s.position in new or not s.grown)
        and fits(s, aim, figures[s.position], figures[aim.position])
    ]  # fmt: skip
    levels = [s for s in levels if s.towns == aim.towns or s.spot.sentence == aim.spot.sentence]
    found = topicless(aim, levels, figures)
    if aim.own:
        found = by_topic(aim, [listed(s, shares, figures) for s in levels], figures)
    return in_direction(found, aim, figures)


def in_direction(found: Aim, aim: Share, figures: Sequence[Figure]) -> Aim:
    """An aim that is reached already is none, nor is one below its level where no fall is wanted."""
    if found.level is None:
        return found
    left = figures[aim.position].value - figures[found.level].value
    capped = figures[aim.position].bound == "at_most"  # "to less than 10%" may be meant either way
    if left == 0 or ((left < 0) != aim.falling and not (left < 0 and capped)):
        return Aim(aim.position, None, "what could be its present level has reached it", None)
    return found


def fits(s: Share, goal: Share, level: Figure, aim: Figure) -> bool:
    """Whether the level is of the aim's place, and not of its year or later; in one sentence it is what comes first."""
    if level.place != aim.place:
        return False
    if s.spot.sentence == goal.spot.sentence and s.spot.token < goal.spot.token:
        return True
    carried = level.years_from not in OWN
    return carried or level.end_year is None or aim.end_year is None or level.end_year < aim.end_year


def listed(s: Share, shares: list[Share], figures: Sequence[Figure]) -> Share:
    """A place's level in a list of places is told in the words of the list: "Turkistan closes the list with 55%"."""
    own = figures[s.position]
    if own.place is None or own.indicator is None:
        return s
    same = [
        each.topic
        for each in shares
        if each.spot.paragraph == s.spot.paragraph
        and (figures[each.position].subject, figures[each.position].indicator) == (own.subject, own.indicator)
        and not (each.grown or each.aimed)
    ]
    return s._replace(topic=s.topic.union(*same))


def latest(levels: list[Share], figures: Sequence[Figure]) -> list[Share]:
    """Without those of an earlier year by their own words: "stands at 68%; it stood at 55% in 2018"."""
    years = {s.position: figures[s.position].end_year or NEVER for s in levels}
    return [s for s in levels if years[s.position] == max(years.values()) or figures[s.position].years_from not in OWN]


def topicless(aim: Share, levels: list[Share], figures: Sequence[Figure]) -> Aim:
    """The level of an aim that leaves to the words before it what it is of."""
    same = [s for s in levels if s.spot.sentence == aim.spot.sentence and s.spot.token < aim.spot.token]
    before = [s for s in levels if s.spot.sentence == aim.spot.sentence - 1 and s.spot.paragraph == aim.spot.paragraph]
    for near, candidates in (("sentence", same), ("next", before)):
        found = latest(candidates, figures)
        if len(found) == 1:
            return Aim(aim.position, found[0].position, None, near)
        if found:
            return Aim(aim.position, None, "more than one level stands before it", None)
    return Aim(aim.position, None, "the statement gives no present level", None)


def by_topic(aim: Share, levels: list[Share], figures: Sequence[Figure]) -> Aim:
    """The level told in the words of the aim; of several, the one with most of them, then the nearest."""
    scored = []
    for s in levels:
        if aim.base and s.base and not aim.base & s.base:
            continue
        shared = len((aim.own | aim.base) & (s.topic | s.base))
        one, other = figures[aim.position], figures[s.position]
        known = one.indicator is not None and (one.subject, one.indicator) == (other.subject, other.indicator)
        if shared or known:
            apart = abs(s.spot.sentence - aim.spot.sentence)
            scored.append((-(shared + known), apart, s))
    if not scored:
        return Aim(aim.position, None, "the statement gives no present level of the same thing", None)
    best = min(scored, key=lambda item: item[:2])
    alike = [item for item in scored if item[:2] == best[:2]]
    if len(alike) > 1:
        return Aim(aim.position, None, "more than one level could be its present one", None)
    near = {0: "sentence", 1: "next"}.get(best[1], "text")
    return Aim(aim.position, best[2].position, None, near)


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
    aimed = meant and due and around.has("aim", clause)
    grown = is_change(around.reading, spot, ("after", "rate"))
    told = (aimed, earlier(around, spot), grown, around.has("falling", clause), towns(around, clause))
    return Share(n, spot, own - NO_WORDS, topic, base(around, spot), *told)


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
    while end < min(clause.stop, spot.stop + BASE) and "status" not in reading.marks[end]:
        end += 1
    return around.stems(range(spot.stop + 1, end), silence=SAYS_NO_NAME)


def earlier(around: Surroundings, spot: Spot) -> bool:
    """Whether it is told as what was so before: "up from 62% in 2019", «против 33,5% годом ранее»."""
    for mark in around.marks("earlier", range(max(spot.token - NEAR, 0), spot.token + 1)):
        if mark.value != "once" and 0 <= spot.token - mark.end <= 1:
            return True
    after = range(spot.stop, min(spot.stop + NEAR, around.reading.count))
    return any(m.value == "once" and around.clause_of[m.start] == spot.clause for m in around.marks("earlier", after))
