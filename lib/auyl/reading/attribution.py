"""What a figure is about: its programme, indicator, place, part, years and status, from the words around it.

A period or a programme named once goes on applying within its paragraph until another is named; a title carries
nothing to the text below it.
"""

from itertools import pairwise
from typing import NamedTuple

from auyl.reading.dates import Period
from auyl.reading.lexicon import Mark, Reading
from auyl.reading.parts import PART_KINDS, SOME, Parts
from auyl.reading.places import NATION, Scene, Scenes, read_places
from auyl.reading.programmes import Programme, read_programmes
from auyl.reading.quantities import Quantity
from auyl.reading.sentences import BULLETS, Clauses, Line, Sentence, by_kind, close
from auyl.reading.status import AHEAD, LEVELS, Cue, cue_of, ending_of, status_of, statuses_of
from auyl.reading.subjects import Catalogue, Named
from auyl.reading.surroundings import is_from_to, is_item, joint
from auyl.reading.timing import ASIDE, NOT_DATED, Dated, Timing, at_end
from auyl.reading.topics import NO_TOPIC, Topic, Topics, is_change

KINDS = (
    *("status", "anaphor", "programme_word", "place_word", "place_anaphor", "national", "recipient"),
    *("place_in", "place_first", *PART_KINDS),
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

    sentence: Sentence
    quantities: list[Quantity]
    periods: list[Period]
    asides: list[Period]
    programmes: list[Mark]
    cues: list[Mark]
    statuses: list[Mark]
    places: list[Mark]
    parts: list[str | None]
    second: set[int]  # the positions of the second figures of "from 612 to 408": two levels, each of its own year
    listed: bool  # an item of a list that the sentence before it opened
    goes_on: bool  # "this", "for this": it goes on about the sentence before
    over: bool  # it has a verb of the past and no word of planning
    spent: list[Period | None]  # of what was before: "up from 19% in 2018", "from 52% three years ago to 80%"


class Context:
    """Reads the figures of one text in order, remembering what was named before."""

    def __init__(
        self,
        reading: Reading,
        periods: list[Period],
        sentences: list[Sentence],
        named: Named,
        catalogue: Catalogue,
        year: int,
    ):
        self.reading, self.year, self.periods = reading, year, Line(periods)
        self.clauses = Clauses(reading)
        words = by_kind(reading, KINDS)
        statuses = statuses_of(reading, words["status"])
        self.cues, self.statuses = Line(named.cues), Line(statuses)
        self.anaphors = Line(words["anaphor"])
        others = read_programmes(reading, named.subjects, words["programme_word"])
        self.programmes = Line(catalogue.programmes(named.subjects, others))
        self.places = Line(read_places(reading, named.places, words, reading.country))
        self.topics = Topics(reading, self.clauses, catalogue)
        done = {mark.start for mark in statuses if mark.value == "actual"}
        self.timing = Timing(reading, self.clauses, year, done, {sentence.start for sentence in sentences})
        self.scenes = Scenes(reading, self.clauses, self.places, sentences)
        self.parts = Parts(reading, self.clauses, words, {mark.end for mark in self.places if mark.value == NATION})
        self.counted: dict[tuple[object, str | None], About] = {}  # things counted so far, by number and noun
        self.paragraph = 0
        self.status: str | None = None  # of the last figure in the paragraph
        self.headed: list[Programme] | None = None  # what the sentence before a list named, or had named before it

    def read(self, sentence: Sentence, quantities: list[Quantity]) -> list[About]:
        """The readings of a sentence's figures; sentences come in order."""
        if sentence.paragraph != self.paragraph and not self.opens_list(sentence):
            self.status = self.headed = None
            for memory in (self.timing, self.topics, self.scenes):
                memory.new_paragraph()
        self.paragraph = sentence.paragraph
        if self.headed is not None and is_item(self.reading, sentence.start):
            self.topics.named_before = list(self.headed)  # of the list's head, not of the item before
        seen = self.named_in(sentence, quantities)
        found: list[About] = []
        for position, q in enumerate(quantities):
            if position and converted(self.reading, quantities[position - 1], q):
                found.append(found[-1])
            else:
                found.append(self.read_one(position, seen, found))
        found = self.named_again(quantities, found)
        self.timing.remember([period for period in seen.periods if period not in seen.spent])
        self.topics.remember(seen.programmes)
        if self.reading.sign(sentence.end - 1) == ":":
            self.headed = list(self.topics.named_before)
        first = quantities[0].token if quantities else sentence.end
        self.scenes.remember(sentence, seen.places, first, seen.listed, seen.goes_on)
        if found:
            self.status = found[-1].status
        elif self.reading.sign(sentence.end - 1) == ":":  # what heads a list says what its items are
            self.status = next(("planned" for mark in seen.statuses if mark.value in AHEAD), self.status)
        return found

    def opens_list(self, sentence: Sentence) -> bool:
        """Whether a paragraph is the list that the one before opens with a colon, of its year and plan."""
        return self.reading.sign(sentence.start - 1) == ":" and self.reading.sign(sentence.start) in BULLETS

    def named_in(self, sentence: Sentence, quantities: list[Quantity]) -> Seen:
        reading = self.reading
        periods = self.timing.named(self.periods.within(sentence), sentence)
        statuses = self.statuses.within(sentence)
        counted = {i for q in quantities for i in range(q.token, q.stop)}
        anaphors = [mark for mark in self.anaphors.within(sentence) if mark.start not in counted]
        return Seen(
            sentence,
            quantities,
            [period for period in periods if period.kind not in ASIDE],
            [period for period in periods if period.kind in ASIDE],
            self.topics.resolve(self.programmes.within(sentence), anaphors, counted),
            self.cues.within(sentence),
            statuses,
            self.scenes.resolve(self.places.within(sentence)),
            self.parts.of(sentence, quantities),
            {n for n, pair in enumerate(pairwise(quantities), start=1) if is_from_to(reading, *pair)},
            is_item(reading, sentence.start) or reading.sign(sentence.start - 1) == ":",
            reading.at(sentence.start, "continues") is not None,
            bool(quantities) and self.over(sentence, statuses),
            [],
        )

    def over(self, sentence: Sentence, statuses: list[Mark]) -> bool:
        """Whether a sentence has a verb of the past and no word of planning."""
        ending = self.reading.lexicon.rows.get("past_endings")
        if not ending or any(mark.value in AHEAD for mark in statuses):
            return False
        words = (
            i for i in range(sentence.start, sentence.end) if "noun" not in self.reading.kinds_at[i]
        )  # «школ» is one
        keys = (self.reading.tokens[i].key for i in words if self.reading.tokens[i].kind == "word")
        return any(ending_of(key, (("actual", ending),)) for key in keys)

    def read_one(self, position: int, seen: Seen, found: list[About]) -> About:
        q, before = seen.quantities[position], seen.quantities[position - 1] if position else None
        previous, following = before.stop if before else 0, next_figure(self.reading, seen.quantities, position)
        first, second = position + 1 in seen.second, position in seen.second
        programmes, cues = close(seen.programmes, q), close(seen.cues, q)
        cue = cue_of(q, close(seen.statuses, q), self.clauses, seen.quantities, self.reading)
        dated = self.dated(q, position, seen, cue)
        topic = self.topics.of(q, before, programmes, cues, previous, following, first or second)
        scene = self.scenes.of(q, seen.places, previous, following, seen.listed or seen.goes_on)
        if seen.parts[position] == "all":
            topic = self.topics.all_there_are(q, programmes) or topic
        part = self.part_of(seen.parts[position], topic, scene)
        if topic == NO_TOPIC and before and not self.clauses.broken(before.stop, q.token):
            topic = self.topics.as_before(q, found[-1].subject, found[-1].subject_from, cues)
        topic = NO_TOPIC if part == ALL_PROGRAMMES else topic if part is None else topic._replace(indicator=None)
        years = (dated.period.first, dated.period.last) if dated.period else (None, None)
        status, said = self.status_read(q, first, dated.period, cue, seen)
        word = self.reading.before(q.token, "earlier")
        was = word is not None and word.value in ("before", "against") and not self.timing.to_come(dated.period)
        if was or (first and not second):
            seen.spent.append(dated.period)
        if was:
            status = "actual"  # "up from £48m this year"
        if cue.whence == "before" and found and (found[-1].start_year, found[-1].end_year) == years:
            status = found[-1].status  # the verb of a list is said once
        return About(
            *(topic.subject, topic.programme, topic.indicator, status, *years, scene.place, part),
            *(topic.whence, scene.whence, dated.whence if years[1] is not None else None, said),
        )

    def part_of(self, part: str | None, topic: Topic, scene: Scene) -> str | None:
        """The part, where neither the place nor the topic says as much."""
        if part == SOME and scene.whence == "clause":
            return None  # "of which 19 billion goes to Turkistan region"
        topical = topic.subject is not None and not self.topics.catalogue.subjects[topic.subject].programme
        return None if part == "all" and topical else part  # every village there is: what the topic counts

    def dated(self, q: Quantity, position: int, seen: Seen, cue: Cue) -> Dated:
        """The figure's period; of two levels between which something changed, each its own."""
        ahead = (cue.value in AHEAD or cue.value == "habitual") and not cue.was
        lean = "ahead" if ahead else "behind" if cue.value == "actual" or seen.over else None
        first, second = position + 1 in seen.second, position in seen.second
        if q.unit in LEVELS and (older := dated_before(self.reading, seen.quantities, position, seen.periods)):
            return self.risen(q, older, seen, lean)
        dated = self.period_of(q, position, seen, lean, first, second)
        done = cue.value == "actual" and cue.whence == "clause" and dated.whence == "sentence"
        if done and dated.period and self.timing.to_come(dated.period) and dated.period.end <= q.token:
            return NOT_DATED  # "by 2026 30 villages will get gas, while 12 already have it"
        if first:
            other = self.period_of(seen.quantities[position + 1], position + 1, seen, lean, False, False)
            dated = dated._replace(period=at_end(other.period, dated.period, last=False))
            told = dated.period is not None and (self.timing.to_come(dated.period) or dated.period.kind == "span")
            assumed = dated.period is not None and dated.period.start == q.token  # the level before an aim
            return NOT_DATED if told or assumed else dated
        return dated._replace(period=at_end(dated.period, dated.period, last=True)) if second else dated

    def period_of(self, q: Quantity, position: int, seen: Seen, lean: str | None, first: bool, second: bool) -> Dated:
        """The period by `timing`: in "from 612 in 2015 to 408" the year between the two is that of the first alone.

        Where a case says "from", a year stands before its figure: «былтырғы 90 мыңнан биыл 82 мыңға».
        """
        following, periods, opening = next_figure(self.reading, seen.quantities, position), seen.periods, q.token
        previous = seen.quantities[position - 1].stop if position else 0
        if "ablative" not in self.reading.lexicon.rows:
            opening = previous if second else q.token
        elif first:
            periods = [period for period in periods if period.start < q.token] or periods
        return self.timing.of(q, periods, close(seen.asides, q), lean, previous, following, opening)

    def risen(self, q: Quantity, older: Period, seen: Seen, lean: str | None) -> Dated:
        """The years of 74% in "to 74 per cent from 62 per cent in 2022": the statement's, unless told or to come."""
        told = [p for p in seen.periods if p.start < q.token and not self.clauses.parted(*self.clauses.between(p, q))]
        if told:
            return Dated(told[-1], "clause")
        seen.spent.append(older)
        return NOT_DATED if lean == "ahead" else Dated(Period(self.year, self.year, q.token, q.stop, "in"), "sentence")

    def status_read(self, q: Quantity, first: bool, period: Period | None, cue: Cue, seen: Seen) -> tuple[str, str]:
        """The status, and where it is known from: of an item in a list it is that of the item before.

        Of two levels between which something is to change the first is as things stand.
        """
        said = "sentence" if cue.whence in ("before", "after") else cue.whence
        among = self.reading.at(seen.sentence.start, "among") is not None
        if not seen.statuses and (seen.listed or among) and self.status is not None:
            told = {"target": "planned"} if q.unit not in LEVELS else {"planned": "target"}
            return told.get(self.status, self.status), "paragraph"
        if first and not self.timing.to_come(period):
            return "actual", said
        level = q.unit in LEVELS and not is_change(self.reading, q)
        return status_of(level, period, cue, self.year), said

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


def dated_before(reading: Reading, quantities: list[Quantity], position: int, periods: list[Period]) -> Period | None:
    """The year of the level from which this one has come: the 2022 of "to 74 per cent from 62 per cent in 2022"."""
    if position + 1 == len(quantities):
        return None
    q, before = quantities[position], quantities[position + 1]
    told = joint(reading, q.token - 1, q.token - 1, "to") and joint(reading, before.token - 1, before.token - 1, "from")
    if not told or q.unit != before.unit or before.token - q.stop > 2:
        return None
    return next((p for p in periods if 0 <= p.start - before.stop <= 1), None)


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
