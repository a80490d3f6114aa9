"""Which of the periods that a text names are a figure's: its clause's own, its sentence's, or the one in force."""

from bisect import bisect_left
from typing import NamedTuple

from auyl.reading.dates import Period
from auyl.reading.lexicon import Reading
from auyl.reading.quantities import Quantity
from auyl.reading.sentences import Clauses, Sentence
from auyl.reading.status import LEVELS

DATELINE = 4  # tokens before a dateline's day: a place of a few words
DATELINE_ENDS = frozenset("–—-:")


class Dated(NamedTuple):
    """A figure's period and where it is known from."""

    period: Period | None
    whence: str | None


NOT_DATED = Dated(None, None)


class Timing:
    """Gives each figure its years; remembers the period in force within a paragraph."""

    def __init__(self, reading: Reading, clauses: Clauses, year: int):
        self.reading, self.clauses, self.year = reading, clauses, year
        self.semicolons = [i for i, token in enumerate(reading.tokens) if token.text == ";"]
        self.period: Period | None = None  # in force from earlier sentences of the paragraph

    def new_paragraph(self) -> None:
        self.period = None

    def named(self, periods: list[Period], sentence: Sentence) -> list[Period]:
        """The periods of a sentence but for a dateline's day, with what is relative to another made absolute."""
        return self.resolve([p for p in periods if not self.dateline(p, sentence)])

    def dateline(self, period: Period, sentence: Sentence) -> bool:
        """Whether a day stands before the text as the place does: "WOTE, 8 July 2025 – The county has completed …"."""
        is_day = period.end - period.start > 1
        early = period.start - sentence.start <= DATELINE
        end = self.reading.sign(period.end)
        return is_day and early and (end in DATELINE_ENDS or (end == "." and period.end + 1 == sentence.end))

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

    def remember(self, periods: list[Period]) -> None:
        """Keep the sentence's period for those after it; a year that another is only held against is none of it."""
        named = [period for period in periods if period.kind not in ("before", "aside")]
        self.period = named[-1] if named else self.period

    def of(self, q: Quantity, periods: list[Period], previous: int, following: int, opening: int | None) -> Dated:
        """The figure's period: of its own clause, else the last before it, else the one in force, else the next.

        `previous` and `following` are the tokens where the figure before ends and the next begins; what stands before
        this one has to begin before `opening`.
        """
        chosen = self.chosen(q, periods, following, opening)
        if chosen is None or chosen.last is None:
            return Dated(chosen, None)
        if not any(period is chosen for period in periods):
            return Dated(chosen, "paragraph")
        return Dated(chosen, self.clauses.evidence(chosen, q, previous, following))

    def chosen(self, q: Quantity, periods: list[Period], following: int, opening: int | None) -> Period | None:
        near, earlier, later = self.clauses.around(q, periods, following, opening)
        if later and self.cut_off(q.stop, later.start, following):
            later = None
        if near and near.kind == "by" and earlier and earlier.kind == "in":
            if not self.clauses.parted(earlier.end, q.token):
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


def at_end(span: Period | None, otherwise: Period | None, last: bool) -> Period | None:
    """Of a stretch of years the first or last one, for the levels between which something changed; else `otherwise`."""
    if span is None or span.kind != "in" or None in (span.first, span.last) or span.first == span.last:
        return otherwise
    year = span.last if last else span.first
    return span._replace(first=year, last=year)
