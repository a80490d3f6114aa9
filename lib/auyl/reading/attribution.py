"""What a figure is about: its years, subject, indicator and status, from the words around it.

A period or a programme named once goes on applying within its paragraph until another is named; a title carries
nothing to the text below it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from auyl.reading.dates import Period
from auyl.reading.lexicon import Mark, Reading
from auyl.reading.quantities import Quantity
from auyl.reading.sentences import BULLETS, STEP, Clauses, Sentence
from auyl.reading.subjects import Catalogue, Subject, fitting

LEVELS = frozenset({"percent", "per_mille", "°C"})  # units of a level, which can be a target
DATELINE = 4  # tokens before a dateline's day: a place of a few words
DATELINE_ENDS = frozenset("–—-:")
REACH = 80  # tokens: what stands further off in one sentence is no context


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


class Context:
    """Reads the figures of one text in order, remembering what was named before."""

    def __init__(self, reading: Reading, periods: list[Period], catalogue: Catalogue, year: int):
        self.reading, self.catalogue, self.year = reading, catalogue, year
        self.periods, self.clauses = periods, Clauses(reading)
        self.semicolons = [i for i, token in enumerate(reading.tokens) if token.text == ";"]
        self.subjects, self.cues = catalogue.read(reading)
        self.statuses = outermost(reading, "status")
        self.paragraph = 0
        self.period: Period | None = None  # in force from earlier sentences of the paragraph
        self.subjects_before: list[str] = []  # named in the paragraph, a programme first, then the latest
        self.status: str | None = None  # of the last figure in the paragraph
        self.programme: str | None = None  # the last named in the whole text
        self.indicators: dict[tuple[str, str], str] = {}

    def read(self, sentence: Sentence, quantities: list[Quantity]) -> list[About]:
        """The readings of a sentence's figures; sentences come in order."""
        if sentence.paragraph != self.paragraph:
            self.paragraph, self.period, self.subjects_before, self.indicators = sentence.paragraph, None, [], {}
            self.status = None
        periods = self.resolve([p for p in within(self.periods, sentence) if not self.dateline(p, sentence)])
        subjects = within(self.subjects, sentence)
        cues, statuses = within(self.cues, sentence), within(self.statuses, sentence)
        listed = self.listed(sentence) and self.status is not None
        anaphor = has_mark(self.reading, sentence, "anaphor")
        found: list[About] = []
        pairs = changes(self.reading, quantities)
        for position, q in enumerate(quantities):
            if position and converted(self.reading, quantities[position - 1], q):
                found.append(found[-1])
                continue
            following = next_figure(self.reading, quantities, position)
            # In "from 612 in 2015 to 408" the year between the two is that of the first alone.
            opening = quantities[position - 1].stop if position in pairs else q.token
            period = self.period_of(q, periods, following, opening)
            if position + 1 in pairs:
                after = next_figure(self.reading, quantities, position + 1)
                period = at_end(self.period_of(quantities[position + 1], periods, after), period, last=False)
            elif position in pairs:
                period = at_end(period, period, last=True)
            subject, indicator = self.subject_of(q, close(subjects, q), close(cues, q), following, anaphor)
            status = self.status_of(q, period, close(statuses, q)) if statuses or not listed else self.status
            years = (period.first, period.last) if period else (None, None)
            name = self.catalogue.subjects[subject].name if subject else None
            whence = (
                self.whence(q, subjects, subject, lambda mark: mark.value),
                None,
                self.whence(q, periods, years, lambda named: (named.first, named.last)) if period else None,
                "clause" if close(statuses, q) else "default",
            )
            if years == (None, None):
                whence = (*whence[:2], None, whence[3])
            found.append(About(subject, name, indicator, status, *years, None, None, *whence))
        self.remember(periods, subjects, anaphor)
        if statuses or found:
            self.status = found[-1].status if found else self.status
        return found

    def whence(self, q: Quantity, marks: Sequence, value, of) -> str | None:
        """Where a reading comes from: the figure's clause or sentence if it is named there, else the paragraph."""
        if value is None:
            return None
        named = [mark for mark in marks if of(mark) == value]
        if not named:
            return "paragraph"
        return "clause" if min(self.clauses.steps(mark, q) for mark in named) < STEP else "sentence"

    def dateline(self, period: Period, sentence: Sentence) -> bool:
        """Whether a day stands before the text as the place does: "WOTE, 8 July 2025 – The county has completed …"."""
        is_day = period.end - period.start > 1
        early = period.start - sentence.start <= DATELINE
        return is_day and early and self.reading.sign(period.end) in DATELINE_ENDS

    def listed(self, sentence: Sentence) -> bool:
        """Whether the sentence is an item of a list that the sentence before it opened."""
        opening = self.reading.sign(sentence.start) in BULLETS
        return opening or self.reading.sign(sentence.start - 1) in (":", ";")

    def remember(self, periods: list[Period], subjects: list[Mark], anaphor: bool) -> None:
        """Keep what the sentence named for those after it."""
        named = [period for period in periods if period.kind != "before"]
        self.period = named[-1] if named else self.period
        ids = [mark.value for mark in subjects]
        if self.programme and not ids and anaphor:
            ids = [self.programme]
        for id in ids:
            self.subjects_before = [id, *(other for other in self.subjects_before if other != id)]
            if self.is_programme(id):
                self.programme = id
        self.subjects_before.sort(key=self.is_programme, reverse=True)

    def is_programme(self, id: str) -> bool:
        return self.catalogue.subjects[id].programme

    # ── years ────────────────────────────────────────────────────────────────────────────────────────────────

    def resolve(self, periods: list[Period]) -> list[Period]:
        """Give "a year earlier" its year, and "since 2009, by the end of 2022" its beginning."""
        resolved: list[Period] = []
        for period in periods:
            before = resolved[-1] if resolved else self.period
            if period.kind == "before":
                known = before is not None and before.first is not None
                named = before.first + period.first if known else self.year + period.first
                period = period._replace(first=named, last=named)
            elif resolved and before.kind == "since" and period.kind == "by" and self.past(before, period):
                period = period._replace(first=before.first, kind="in")
            resolved.append(period)
        return resolved

    def past(self, since: Period, by: Period) -> bool:
        """Whether a "since" and a "by" of one sentence bound a stretch of years already over."""
        return since.first is not None and by.last is not None and since.first <= by.last <= self.year

    def period_of(
        self, q: Quantity, periods: list[Period], following: int, opening: int | None = None
    ) -> Period | None:
        """The period named in the figure's own clause, else the last before it, else the one in force, else the next.

        `following` is the token at which the next figure begins; what stands before it has to begin before `opening`.
        """
        near, earlier, later = self.around(q, periods, following, opening)
        if later and self.cut_off(q.stop, later.start, following):
            later = None
        if (
            near
            and near.kind == "by"
            and earlier
            and earlier.kind == "in"
            and not self.clauses.parted(earlier.end, q.token)
        ):
            return earlier
        if near or earlier or not later or not self.clauses.parted(q.stop, later.start):
            return near or earlier or later or self.in_force(q)
        if later.kind in ("by", "before") and (self.period or following < later.start):
            return self.in_force(q)
        return self.in_force(q) if self.period and following < later.start else later

    def cut_off(self, start: int, end: int, following: int) -> bool:
        """Whether a period is of another clause, past a semicolon, or of the figure that this one is held against."""
        if bisect_left(self.semicolons, start) < bisect_left(self.semicolons, end):
            return True
        return following < end and any(self.reading.at(i, "compared") for i in range(start, following))

    def in_force(self, q: Quantity) -> Period | None:
        """The period named in an earlier sentence; a level that "stands at" so much is of now."""
        period = self.period
        other = period is not None and period.last is not None and not (period.first or 0) <= self.year <= period.last
        if other and q.unit in LEVELS and self.reading.before(q.token, "present"):
            return period._replace(first=self.year, last=self.year, kind="in")
        return period

    def around(self, q: Quantity, marks: Sequence, following: int, opening: int | None = None) -> tuple:
        """The mark after the figure in its own clause, the last before it (or `opening`), and the first after it."""
        at = bisect_left(marks, q.token, key=lambda mark: mark.start)
        before = at if opening is None else bisect_left(marks, opening, key=lambda mark: mark.start)
        earlier = marks[before - 1] if before else None
        later = next((mark for mark in marks[at : at + 2] if mark.start >= q.stop), None)
        near = later if later and later.start < following and not self.clauses.parted(q.stop, later.start) else None
        return near, earlier, later

    # ── subject and indicator ────────────────────────────────────────────────────────────────────────────────

    def subject_of(
        self, q: Quantity, marks: list[Mark], cues: list[Mark], following: int, anaphor: bool
    ) -> tuple[str | None, str | None]:
        """The first subject in reach that has an indicator for the figure; failing that, the first in reach."""
        near, earlier, later = self.around(q, marks, following)
        named = [mark.value for mark in (near, earlier, later) if mark]
        named += [mark.value for mark in reversed(marks)]
        named += self.subjects_before
        if self.programme and anaphor:
            named.append(self.programme)
        for id in dict.fromkeys(named):
            if indicator := self.indicator_of(q, self.catalogue.subjects[id], cues):
                return id, indicator
        if self.programme and self.programme not in named:
            found = self.fits(q, self.programme, cues)
            if found and found[1]:  # words that only this programme's indicator asks for
                return self.programme, found[0].name
        for subject in self.catalogue.subjects.values():
            if not subject.programme and q.unit is not None:
                found = fitting(q, subject, cues, self.clauses)
                if found and found[1] and found[0].alone:
                    return subject.id, found[0].name
        return (named[0] if named else None), None

    def fits(self, q: Quantity, id: str, cues: list[Mark]):
        return fitting(q, self.catalogue.subjects[id], cues, self.clauses) if q.unit else None

    def indicator_of(self, q: Quantity, subject: Subject, cues: list[Mark]) -> str | None:
        """By unit and words; a figure of the same unit keeps the indicator of the one before it in the paragraph."""
        if q.unit is None:
            return None
        found = fitting(q, subject, cues, self.clauses)
        if found:
            self.indicators[subject.id, q.unit] = found[0].name
            return found[0].name
        kept = self.indicators.get((subject.id, q.unit))
        rules = {indicator.name: indicator for indicator in subject.indicators}
        return kept if kept and not rules[kept].unless and subject.programme is False else None

    # ── status ───────────────────────────────────────────────────────────────────────────────────────────────

    def status_of(self, q: Quantity, period: Period | None, marks: list[Mark]) -> str:
        """What the nearest word of planning or doing says, held against whether the years are still to come."""
        level = q.unit in LEVELS
        last = period.last if period else None
        due = period is not None and period.kind == "by" and last is not None and last >= self.year
        future = last is not None and (period.first or last) > self.year
        cue = self.nearest(q, [mark for mark in marks if not (future and mark.value == "actual")])
        if cue in ("future", "habitual") and any(mark.value == "projected" and mark.start < q.token for mark in marks):
            cue = "projected"  # "auditors predict that 60 per cent will miss …"
        if last is not None and last < self.year:
            return "planned" if cue == "planned" else "actual"
        if cue == "projected" or (cue == "expected" and not (level and due)):
            return "projected"
        if due and not future and cue == "actual":
            return "actual"
        if future or due:
            return "target" if due and (level or cue == "target") else "planned"
        if level and cue == "target":
            return "target"
        this_year = last is not None and cue == "habitual"  # a present tense that may be meant for what is to come
        return "planned" if cue in ("planned", "future") or this_year else "actual"

    def nearest(self, q: Quantity, marks: list[Mark]) -> str | None:
        """The value of the mark fewest steps from the figure; planning wins over doing where both are as near."""
        best = min(marks, key=lambda mark: (self.clauses.steps(mark, q), mark.value == "actual"), default=None)
        return best.value if best else None


def changes(reading: Reading, quantities: list[Quantity]) -> set[int]:
    """The positions of the second figures of "from 612 to 408": two levels, each of its own year."""
    found = set()
    for position in range(1, len(quantities)):
        first, second = quantities[position - 1], quantities[position]
        joint = next((i for i in range(first.stop, second.token + 1) if is_joint(reading, i, "to")), None)
        opened = any(is_joint(reading, i, "from") for i in range(max(first.token - 2, 0), first.token + 1))
        if joint is not None and second.token - joint <= 3 and opened:
            found.add(position)
    return found


def is_joint(reading: Reading, i: int, value: str) -> bool:
    mark = reading.at(i, "range")
    return mark is not None and mark.value == value


def at_end(span: Period | None, otherwise: Period | None, last: bool) -> Period | None:
    """Of a stretch of years the first or last one, for the levels between which something changed; else `otherwise`."""
    if span is None or span.kind != "in" or None in (span.first, span.last) or span.first == span.last:
        return otherwise
    year = span.last if last else span.first
    return span._replace(first=year, last=year)


def within(marks: Sequence, sentence: Sentence) -> list:
    """The marks of one sentence, out of those of the text in order."""
    first, last = (bisect_left(marks, at, key=lambda mark: mark.start) for at in (sentence.start, sentence.end))
    return list(marks[first:last])


def close(marks: list[Mark], q: Quantity) -> list[Mark]:
    """The marks near enough to a figure to say anything of it."""
    first, last = (bisect_left(marks, at, key=lambda mark: mark.start) for at in (q.token - REACH, q.stop + REACH))
    return marks[first:last]


def outermost(reading: Reading, kind: str) -> list[Mark]:
    """The marks of a kind, left to right, none inside another."""
    found: list[Mark] = []
    for i, marks in enumerate(reading.marks):
        mark = marks.get(kind)
        if mark and (not found or i >= found[-1].end):
            found.append(mark)
    return found


def has_mark(reading: Reading, sentence: Sentence, kind: str) -> bool:
    return any(kind in reading.marks[i] for i in range(sentence.start, sentence.end))


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
