"""What a figure is about: its programme, indicator, place, part, years and status, from the words around it.

A period or a programme named once goes on applying within its paragraph until another is named; a title carries
nothing to the text below it.
"""

from itertools import pairwise
from typing import NamedTuple

from auyl.reading.dates import Period
from auyl.reading.lexicon import Mark, Reading
from auyl.reading.parts import PART_KINDS, Parts
from auyl.reading.places import NATION, Scene, Scenes, read_places
from auyl.reading.programmes import read_programmes
from auyl.reading.quantities import Quantity
from auyl.reading.sentences import BULLETS, Clauses, Line, Sentence, by_kind, close
from auyl.reading.status import AHEAD, LEVELS, Cue, cue_of, ending_of, status_of, statuses_of
from auyl.reading.subjects import Catalogue, Named
from auyl.reading.timing import ASIDE, NOT_DATED, Dated, Timing, at_end
from auyl.reading.topics import NO_TOPIC, Topic, Topics, is_change

KINDS = (
    "status",
    "anaphor",
    "programme_word",
    "place_word",
    "place_anaphor",
    "national",
    "recipient",
    "place_in",
    "place_first",
    *PART_KINDS,
)
ALL_PROGRAMMES = "all programmes"  # the part that no one programme has


class About(NamedTuple):
    """What one figure is about, and whence each reading comes; None is not stated."""

    subject: str | None
    programme: str | None
    indicator: str | None
    status: str
    start_year: int | None
    end_year: int | None
    place: str | None
    part: str | None
    subject_from: str | None
    place_from: str | None
    years_from: str | None
    status_from: str | None


class Seen(NamedTuple):
    """What a sentence names: marks in order, the parts of its figures, and which of them end a change."""

    periods: list
    asides: list
    programmes: list[Mark]
    cues: list[Mark]
    statuses: list[Mark]
    places: list[Mark]
    parts: list[str | None]
    pairs: set[int]
    listed: bool
    goes_on: bool  # it begins with "this", "these": about the place of the sentence before
    counted: frozenset[int]  # the tokens of its figures
    figured: frozenset[int]  # its clauses that have figures
    sentence: Sentence
    spent: list  # periods of what was before: "up from 19% in 2018", "from 52% three years ago to 80%"


class Context:
    """Reads the figures of one text in order, remembering what was named before."""

    def __init__(
        self, reading: Reading, periods: list, sentences: list[Sentence], named: Named, catalogue: Catalogue, year: int
    ):
        self.reading, self.year, self.periods = reading, year, Line(periods)
        self.clauses = Clauses(reading)
        words = by_kind(reading, KINDS)
        self.cues, self.statuses = Line(named.cues), Line(statuses_of(reading, words["status"]))
        self.anaphors = Line(words["anaphor"])
        others = read_programmes(reading, named.subjects, words["programme_word"])
        self.programmes = Line(catalogue.programmes(named.subjects, others))
        self.places = Line(read_places(reading, named.places, words, reading.country))
        self.topics = Topics(reading, self.clauses, catalogue)
        self.timing = Timing(reading, self.clauses, year)
        self.scenes = Scenes(reading, self.clauses, self.places, sentences)
        self.parts = Parts(reading, self.clauses, words, {mark.end for mark in self.places if mark.value == NATION})
        self.counted: dict[tuple, About] = {}  # things counted so far, by number and noun
        self.past_in: tuple[Sentence, bool] | None = None  # whether this sentence has a verb of the past
        self.paragraph = 0
        self.status: str | None = None  # of the last figure in the paragraph

    def read(self, sentence: Sentence, quantities: list[Quantity]) -> list[About]:
        """The readings of a sentence's figures; sentences come in order."""
        if sentence.paragraph != self.paragraph and not self.goes_on(sentence):
            self.new_paragraph()
        self.paragraph = sentence.paragraph
        seen = self.named_in(sentence, quantities)
        found: list[About] = []
        for position, q in enumerate(quantities):
            if position and converted(self.reading, quantities[position - 1], q):
                found.append(found[-1])
            else:
                found.append(self.read_one(q, position, quantities, seen, found))
        found = self.named_again(quantities, found) if found else found
        self.timing.remember([period for period in seen.periods if not any(period is spent for spent in seen.spent)])
        self.topics.remember(seen.programmes)
        self.scenes.remember(seen.places, self.reading.sign(sentence.end - 1) == ":", seen.listed)
        self.scenes.national = bool(seen.places and seen.places[-1].value == NATION) or (
            self.scenes.national and seen.goes_on
        )
        if seen.statuses or found:
            self.status = found[-1].status if found else self.status
        return found

    def named_again(self, quantities: list[Quantity], found: list[About]) -> list[About]:
        """Give "61 of the 96 projects" the programme of the 96 projects that the text spoke of before."""
        known = [
            self.counted.get((q.value, q.unit)) if self.reading.before(q.token, "word") else None for q in quantities
        ]
        for position, same in enumerate(known):
            if same is None or same.programme == found[position].programme:
                continue
            part = position and quantities[position].token - quantities[position - 1].stop <= 2
            for i in (position - 1, position) if part else (position,):
                found[i] = found[i]._replace(subject=same.subject, programme=same.programme, subject_from="paragraph")
        for q, about in zip(quantities, found, strict=True):
            if q.kind == "noun" and about.part is None:
                self.counted[q.value, q.unit] = about
        return found

    def goes_on(self, sentence: Sentence) -> bool:
        """Whether a paragraph is the list that the one before opens with a colon, of its year and plan."""
        return self.reading.sign(sentence.start - 1) == ":" and self.reading.sign(sentence.start) in BULLETS

    def new_paragraph(self) -> None:
        self.status = None
        for memory in (self.timing, self.topics, self.scenes):
            memory.new_paragraph()

    def named_in(self, sentence: Sentence, quantities: list[Quantity]) -> Seen:
        periods = self.timing.named(self.periods.within(sentence), sentence)
        statuses = self.statuses.within(sentence)
        counted = frozenset(i for q in quantities for i in range(q.token, q.stop))
        anaphors = [mark for mark in self.anaphors.within(sentence) if mark.start not in counted]
        return Seen(
            [period for period in periods if period.kind not in ASIDE],
            [period for period in periods if period.kind in ASIDE],
            self.topics.resolve(self.programmes.within(sentence), anaphors),
            self.cues.within(sentence),
            statuses,
            self.scenes.resolve(self.places.within(sentence)),
            self.parts.of(sentence, quantities),
            changes(self.reading, quantities),
            self.listed(sentence),
            self.reading.at(sentence.start, "continues") is not None,
            counted,
            frozenset(self.clauses.bounds[q.token] for q in quantities),
            sentence,
            [],
        )

    def past(self, sentence: Sentence, statuses: list[Mark]) -> bool:
        """Whether a sentence has a verb of the past and no word of planning."""
        ending = self.reading.lexicon.rows.get("past_endings")
        if not ending or any(mark.value in AHEAD for mark in statuses):
            return False
        words = (token.key for token in self.reading.tokens[sentence.start : sentence.end] if token.kind == "word")
        return any(ending_of(word, (("actual", ending),)) for word in words)

    def listed(self, sentence: Sentence) -> bool:
        """Whether the sentence is an item of a list that the sentence before it opened."""
        opening = self.reading.sign(sentence.start) in BULLETS
        return opening or self.reading.sign(sentence.start - 1) in (":", ";")

    def read_one(self, q: Quantity, position: int, quantities: list[Quantity], seen: Seen, found: list[About]) -> About:
        previous = quantities[position - 1].stop if position else 0
        following = next_figure(self.reading, quantities, position)
        last = self.reading.lexicon.rows.get("verb_last", False)
        cue = cue_of(q, close(seen.statuses, q), self.clauses, seen.figured, seen.counted, last)
        dated = self.dated(q, position, quantities, seen, self.lean(q, cue, seen))
        level = position in seen.pairs or position + 1 in seen.pairs
        before = quantities[position - 1] if position else None
        topic = self.topics.of(q, before, close(seen.programmes, q), close(seen.cues, q), previous, following, level)
        scene = self.scenes.of(q, seen.places, previous, following, seen.listed or seen.goes_on)
        if seen.parts[position] == "all":
            topic = self.topics.all_there_are(q, close(seen.programmes, q)) or topic
        part = self.part_of(seen.parts[position], topic, scene)
        if topic == NO_TOPIC and found and before and not self.clauses.broken(before.stop, q.token):
            topic = self.topics.as_before(q, found[-1].subject, found[-1].subject_from, close(seen.cues, q))
        topic = NO_TOPIC if part == ALL_PROGRAMMES else topic if part is None else topic._replace(indicator=None)
        years = (dated.period.first, dated.period.last) if dated.period else (None, None)
        status, said = self.status_read(q, position, dated.period, cue, seen)
        if self.reading.before(q.token, "was_before") and not self.timing.to_come(dated.period):
            status = "actual"  # "up from £48m this year"
            seen.spent.append(dated.period)
        if position + 1 in seen.pairs and position not in seen.pairs:
            seen.spent.append(dated.period)
        if cue.whence == "before" and found and (found[-1].start_year, found[-1].end_year) == years:
            status = found[-1].status  # the verb of a list is said once
        return About(
            *(topic.subject, topic.programme, topic.indicator, status, *years, scene.place, part),
            *(topic.whence, scene.whence, dated.whence if years[1] is not None else None, said),
        )

    def part_of(self, part: str | None, topic: Topic, scene: Scene) -> str | None:
        """The part, where neither the place nor the topic says as much."""
        if part in self.parts.openings and scene.whence == "clause":
            return None  # "of which 19 billion goes to Turkistan region"
        topical = topic.subject is not None and not self.topics.catalogue.subjects[topic.subject].programme
        return None if part == "all" and topical else part  # every village there is: what the topic counts

    def lean(self, q: Quantity, cue: Cue, seen: Seen) -> str | None:
        """Whether the words beside a figure speak of what is to come or of what is over; None where neither is said."""
        if cue.value in AHEAD or cue.value == "habitual":
            return "ahead"
        if self.past_in is None or self.past_in[0] is not seen.sentence:
            self.past_in = seen.sentence, self.past(seen.sentence, seen.statuses)
        if cue.value == "actual" or self.past_in[1]:
            return "behind"
        return None

    def dated(self, q: Quantity, position: int, quantities: list[Quantity], seen: Seen, lean: str | None) -> Dated:
        """The figure's period; of two levels between which something changed, each its own."""
        previous = quantities[position - 1].stop if position else 0
        following = next_figure(self.reading, quantities, position)
        # In "from 612 in 2015 to 408" the year between the two is that of the first alone.
        opening = previous if position in seen.pairs else q.token
        if q.unit in LEVELS and (older := dated_before(self.reading, quantities, position, seen.periods)):
            return self.risen(q, older, seen, lean)
        dated = self.timing.of(q, seen.periods, close(seen.asides, q), lean, previous, following, opening)
        if position + 1 in seen.pairs:
            after = next_figure(self.reading, quantities, position + 1)
            second = self.timing.of(
                quantities[position + 1], seen.periods, close(seen.asides, q), lean, q.stop, after, None
            )
            dated = dated._replace(period=at_end(second.period, dated.period, last=False))
            told = dated.period is not None and (self.timing.to_come(dated.period) or dated.period.kind == "span")
            return NOT_DATED if told or same_breath(dated.period, q) else dated
        if position in seen.pairs:
            return dated._replace(period=at_end(dated.period, dated.period, last=True))
        return dated

    def risen(self, q: Quantity, older: Period, seen: Seen, lean: str | None) -> Dated:
        """The years of 74% in "to 74 per cent from 62 per cent in 2022": the statement's, unless told or to come."""
        told = [p for p in seen.periods if p.start < q.token and not self.clauses.parted(*self.clauses.between(p, q))]
        if told:
            return Dated(told[-1], "clause")
        seen.spent.append(older)
        return NOT_DATED if lean == "ahead" else Dated(Period(self.year, self.year, q.token, q.stop, "in"), "sentence")

    def status_read(self, q: Quantity, position: int, period, cue: Cue, seen: Seen) -> tuple[str, str]:
        """The status, and where it is known from: of an item in a list it is that of the item before.

        Of two levels between which something is to change the first is as things stand.
        """
        said = "sentence" if cue.whence in ("before", "after") else cue.whence
        among = self.reading.at(seen.sentence.start, "among") is not None
        if not seen.statuses and (seen.listed or among) and self.status is not None:
            return self.status, "paragraph"
        if position + 1 in seen.pairs and not self.timing.to_come(period):
            return "actual", said
        level = q.unit in LEVELS and not is_change(self.reading, q)
        return status_of(level, period, cue, self.year), said


def changes(reading: Reading, quantities: list[Quantity]) -> set[int]:
    """The positions of the second figures of "from 612 to 408": two levels, each of its own year."""
    found: set[int] = set()
    for position, (first, second) in enumerate(pairwise(quantities), start=1):
        if any(is_joint(reading, i, "from") for i in range(max(first.token - 2, 0), first.token + 1)):
            joint = next((i for i in range(first.stop, second.token + 1) if is_joint(reading, i, "to")), None)
            if joint is not None and second.token - joint <= 3:
                found.add(position)
        if from_case(reading, first) and 0 <= second.token - first.stop <= 2:
            found.add(position)
    return found


def dated_before(reading: Reading, quantities: list[Quantity], position: int, periods: list[Period]) -> Period | None:
    """The year of the level from which this one has come: the 2022 of "to 74 per cent from 62 per cent in 2022"."""
    if position + 1 == len(quantities) or not is_joint(reading, quantities[position].token - 1, "to"):
        return None
    q, before = quantities[position], quantities[position + 1]
    joint = before.token - 1
    if q.unit != before.unit or not is_joint(reading, joint, "from") or joint - q.stop > 1:
        return None
    return next((p for p in periods if 0 <= p.start - before.stop <= 1), None)


def from_case(reading: Reading, q: Quantity) -> bool:
    """Whether a case ending says "from": «4,1%-дан 1,9%-ға», «64,1 пайыздан»."""
    endings = tuple(reading.lexicon.rows.get("ablative", ()))
    return bool(endings) and q.unit is not None and reading.tokens[q.stop - 1].key.endswith(endings)


def same_breath(period, q: Quantity) -> bool:
    """Whether a period was found for the figure itself, a level before an aim, and not named in the text."""
    return period is not None and period.start == q.token


def is_joint(reading: Reading, i: int, value: str) -> bool:
    mark = reading.at(i, "range")
    return mark is not None and mark.value == value


def next_figure(reading: Reading, quantities: list[Quantity], position: int) -> int:
    """The token at which the next figure begins; one that only converts this one into money does not count."""
    for following in quantities[position + 1 : position + 3]:
        if reading.sign(following.token - 1) != "(":
            return following.token
    return reading.count


def converted(reading: Reading, earlier: Quantity, q: Quantity) -> bool:
    """Whether the figure only says the one before it again in another money: "143 billion tenge (US$311.5 million)"."""
    opening = reading.sign(q.token - 1) == "(" and q.token - 1 == earlier.stop
    return opening and q.kind == "money" and reading.sign(q.stop) in (")", ",")
