"""Which of the periods that a text names are a figure's: its clause's own, its sentence's, or the one in force."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from auyl.reading.dates import Period
from auyl.reading.lexicon import Reading
from auyl.reading.quantities import Quantity
from auyl.reading.sentences import LONG_DASHES, Clauses, Sentence, close
from auyl.reading.status import LEVELS

BESIDE = 3  # tokens from a dash or a comma to a year
DATELINE = 4  # tokens before a dateline's day: a place of a few words
MEANT = frozenset({"purpose", "target"})
ASIDE = frozenset({"aside", "then", "span", "founded"})  # periods that are nobody's unless their own words make them so
DATELINE_ENDS = frozenset("–—-:")


class Dated(NamedTuple):
    """A figure's period and where it is known from."""

    period: Period | None
    whence: str | None


NOT_DATED = Dated(None, None)


class Timing:
    """Gives each figure its years; remembers the period in force within a paragraph."""

    def __init__(self, reading: Reading, clauses: Clauses, year: int, done: set[int], opens: set[int]):
        self.reading, self.clauses, self.year = reading, clauses, year
        self.done = done  # the tokens where words of doing begin
        self.opens = opens  # the tokens where sentences begin
        self.period: Period | None = None  # in force from earlier sentences of the paragraph
        self.behind: Period | None = None  # the latest of them that is past or present
        self.ahead: Period | None = None  # the latest of them that is not over
        self.shifted = False  # "this year" is the financial year before the one that begins in the statement's

    def new_paragraph(self) -> None:
        self.period = self.behind = self.ahead = None

    def to_come(self, period: Period | None) -> bool:
        """Whether a period begins after the statement's year, or is one that something is to be reached by."""
        if period is None or period.last is None:
            return False
        return (period.first or period.last) > self.year or (period.kind == "by" and period.last >= self.year)

    def named(self, periods: list[Period], sentence: Sentence) -> list[Period]:
        """The periods of a sentence but for a dateline's day, with what is relative to another made absolute."""
        kept = [period for period in periods if not self.dateline(period, sentence)]
        return self.resolve(self.in_financial_years(kept)) if kept else kept

    def in_financial_years(self, periods: list[Period]) -> list[Period]:
        """ "£62.4m in 2025-26, up from £48m this year": of a statement of March 2025 "this year" is 2024-25."""
        split = any((p.first, p.last) == (self.year, self.year + 1) for p in periods)
        relative = [p for p in periods if self.reading.at(p.start, "relative") and p.first == p.last]
        self.shifted = self.shifted or (split and any(p.first == self.year for p in relative))
        if not self.shifted:
            return periods
        return [p._replace(first=p.first - 1) if p in relative and p.first is not None else p for p in periods]

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
            first, last = (before.first, before.last) if before else (None, None)
            if period.kind == "before":
                named = (self.year if first is None else first) + (period.first or 0)
                period = period._replace(first=named, last=named)
            elif period.kind == "day":
                holds = before and before.kind == "in" and first != last and (first or 0) <= self.year <= (last or 0)
                kept = before if before and first is not None and holds else period._replace(kind="in")
                period = kept._replace(start=period.start, end=period.end)
            elif same := next(
                (m for i in range(period.start, period.end) if (m := self.reading.at(i, "span_same"))), None
            ):
                period = period if same.value == "known" and before is None else same_years(period, before)
            elif resolved and resolved[-1].kind == "since" and period.kind == "by":
                over = first is not None and first <= (period.last or 0) <= self.year
                period = period._replace(first=first, kind="in") if over else period
            resolved.append(period)
        return resolved

    def remember(self, periods: list[Period]) -> None:
        """Keep the sentence's periods for those after it; a year that another is only held against is none of them."""
        for period in periods:
            if period.kind == "before":
                continue
            self.period = period
            if period.last is None or period.last >= self.year:
                self.ahead = period
            if not self.to_come(period):
                self.behind = period

    def of(
        self,
        q: Quantity,
        periods: Sequence[Period],
        asides: Sequence[Period],
        lean: str | None,
        previous: int,
        following: int,
        opening: int | None,
    ) -> Dated:
        """The figure's period: of its own clause, else the last before it, else the one in force, else the next.

        `asides` are those close by that are nobody's unless their own words make them so; `lean` is "ahead" or
        "behind" where the words beside the figure speak of what is to come or is over; `previous` and `following` are
        the tokens where the figure before ends and the next begins; what stands before this one has to begin before
        `opening`.
        """
        if applying := [p for p in asides if self.applies(p, q)]:
            periods = sorted([*close(periods, q), *applying], key=lambda period: period.start)
        own = self.compared(q, asides) or self.chosen(q, periods, lean, following, opening)
        if own := own or self.length(q, asides, lean):
            return Dated(own, self.clauses.evidence(own, q, previous, following) if own.last is not None else None)
        if aim := self.before_an_aim(q, close(periods, q), lean):
            return Dated(aim, "sentence")
        carried = self.in_force(q, lean)
        return Dated(carried, "paragraph" if carried and carried.last is not None else None)

    def applies(self, period: Period, q: Quantity) -> bool:
        """Whether an aside is the figure's: "then" is of what follows it, a founding year of its own clause.

        Not so what a thing was founded for: "launched in 2019 for consolidation of 125,000 km".
        """
        if period.kind == "then":
            return period.start < q.token
        start, end = self.clauses.between(period, q)
        meant = any((mark := self.reading.at(i, "status")) and mark.value in MEANT for i in range(start, end))
        return period.kind == "founded" and not (meant or self.clauses.parted(start, end))

    def chosen(
        self, q: Quantity, periods: Sequence[Period], lean: str | None, following: int, opening: int | None
    ) -> Period | None:
        """The period of the figure's own sentence, None where it has none for it."""
        around: tuple[Period | None, ...] = self.clauses.around(q, periods, following, opening)
        near, earlier, later = around
        if later and self.reading.sign(q.stop) in LONG_DASHES and later.start - q.stop <= BESIDE:
            near = later  # "of them 300 – last year"
        if later and (self.cut_off(q.stop, later.start, following) or self.not_yet(q, near, later, lean)):
            near = later = None
        parted = earlier is not None and self.clauses.parted(earlier.end, q.token)
        over = lean == "ahead" and parted and earlier is not None and (earlier.last or self.year) < self.year
        if over and earlier and any(self.reading.sign(i) == "," for i in range(earlier.start - BESIDE, earlier.start)):
            earlier = None  # "the programme, approved in 2021, will cost $40 million"
        if near and earlier and not parted and (near.end >= following or (near.kind, earlier.kind) == ("by", "in")):
            return earlier
        if near or earlier or not later or not self.clauses.parted(q.stop, later.start):
            return near or earlier or later
        beyond = following < later.start
        if beyond and self.to_come(later) and not self.done.isdisjoint(range(following, later.start)):
            return None  # "of the 83 planned 56 have been built and 17 are due in 2026"
        joined = all(self.reading.tokens[i].text not in ",;:–—" for i in range(q.stop, later.start))
        if beyond and joined and lean == "ahead" and self.to_come(later):
            return later  # "to reach 1 million and create 350,000 by 2029"
        told = bool(self.period) + beyond + (later.kind in ("by", "before"))
        return None if told > 1 else later

    def not_yet(self, q: Quantity, near: Period | None, later: Period, lean: str | None) -> bool:
        """Whether what is over stands before a period to come; "completed by the end of the year" may be of both."""
        if lean != "behind" or not self.to_come(later):
            return False
        return near is not later or not (near.kind == "by" or self.is_given_for(q, near))

    def is_given_for(self, q: Quantity, period: Period) -> bool:
        """Whether the period is what money was given for: "allocated 5 billion for 2026", «2026 жылға бөлінді»."""
        case = self.reading.lexicon.rows.get("dative", "(?!)")
        word = self.reading.before(period.start, "given_for") or re.search(case, self.reading.sign(period.end - 1))
        return q.kind == "money" and period.kind == "in" and word is not None

    def cut_off(self, start: int, end: int, following: int) -> bool:
        """Whether a period is of another clause, past a semicolon, or of the figure that this one is held against."""
        before = range(start, following) if following < end else ()
        against = any((was := self.reading.at(i, "earlier")) and was.value == "before" for i in before)
        return against or self.clauses.closed(start, end) or any(self.reading.at(i, "compared") for i in before)

    def compared(self, q: Quantity, asides: Sequence[Period]) -> Period | None:
        """A rate that is held against last year in its own clause is of this year: "9% more than last year"."""
        if q.unit not in ("percent", "percentage_point", "times"):
            return None
        aside = (p for p in asides if p.kind in ("aside", "then") and p.last == self.year - 1)
        held = next((p for p in aside if not self.clauses.broken(*self.clauses.between(p, q))), None)
        return held and held._replace(first=self.year, last=self.year)

    def length(self, q: Quantity, asides: Sequence[Period], lean: str | None) -> Period | None:
        """«За пять лет» beside a verb of the past ends in this year; "over the three years," may open the sentence."""
        if lean != "behind":
            return None
        return next((p for p in asides if p.kind == "span" and not self.set_apart(p, q)), None)

    def set_apart(self, period: Period, q: Quantity) -> bool:
        """Whether a clause ends between a length of time and a figure; not by the comma after what opens a sentence."""
        start, end = self.clauses.between(period, q)
        opens = period.start in self.opens and self.reading.sign(start) == ","
        return self.clauses.parted(start + opens, end)

    def before_an_aim(self, q: Quantity, periods: Sequence[Period], lean: str | None) -> Period | None:
        """A level that the same sentence wants raised is of now: "is 96.8%, and by 2026 it is to be 100%"."""
        aims = q.unit in LEVELS and lean != "ahead" and any(self.to_come(p) and p.start > q.stop for p in periods)
        return Period(self.year, self.year, q.token, q.stop, "in") if aims else None

    def in_force(self, q: Quantity, lean: str | None) -> Period | None:
        """The period named in an earlier sentence, of the kind that the figure's words lean to.

        A level that "stands at" so much is of now; one with no word of planning is not given a year to come.
        """
        period, level = self.period, q.unit in LEVELS
        if period is None:
            return None
        now = period.last is None or (period.first or 0) <= self.year <= period.last
        if level and not now and self.reading.before(q.token, "present"):
            return Period(self.year, self.year, q.token, q.token, "in")
        if lean == "ahead":
            return self.ahead if period.last is not None and period.last < self.year else period
        return self.behind if lean == "behind" or level or period.kind == "by" else period


def same_years(span: Period, before: Period | None) -> Period:
    """ "Those two years" are the two that were named before; of others nobody says which they are."""
    if span.last is None or span.first is None:
        return span
    first, last = (before.first, before.last) if before else (None, None)
    if before and first is not None and last is not None and last - first == span.last - span.first:
        return before._replace(start=span.start, end=span.end, kind="in")
    return span._replace(first=None, last=None) if span.kind == "span" else span


def at_end(span: Period | None, otherwise: Period | None, last: bool) -> Period | None:
    """Of a stretch of years the first or last one, for the levels between which something changed; else `otherwise`."""
    if span is None or span.kind not in ("in", "span") or None in (span.first, span.last) or span.first == span.last:
        return otherwise
    year = span.last if last else span.first
    return span._replace(first=year, last=year)
