"""A text read once: its tokens, sentences, periods, figures and the numbers that are none.

`Document` is what a statement keeps of its reading; figures, unread numbers and commitments all come from it.
`read_figures` is for those who need rows alone, many thousand texts or a start in a moment.
"""

import re
from collections import deque
from collections.abc import Iterator
from datetime import date as Date
from functools import cached_property
from typing import Any, NamedTuple

from auyl.reading.attribution import About, Context
from auyl.reading.lexicon import Reading
from auyl.reading.places import country_of
from auyl.reading.quantities import Quantity, Unread, collect
from auyl.reading.sentences import Sentence, read_sentences
from auyl.reading.shared_units import share_units
from auyl.reading.subjects import Catalogue, Named, catalogue
from auyl.reading.years import read_periods

BOUNDS = ("exact", "about", "at_least", "at_most", "range")
STATUSES = ("actual", "planned", "target", "projected")
PART = 200_000  # letters; a longer text is read part by part
ENDED = re.compile(r"(?<=[^\W\d_]{3}[.!?])\s+(?=[^\W\d_])")
BLANK = re.compile(r"(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)\s*")


class Figure(NamedTuple):
    """A figure with everything read of it, as spec'd in data/README.md; None is what the text does not say."""

    sentence: int
    start: int
    end: int
    quote: str
    value: float
    low: float | None
    high: float | None
    hedge: str | None
    bound: str
    unit: str | None
    subject: str | None
    programme: str | None
    indicator: str | None
    status: str
    start_year: int | None
    end_year: int | None
    place: str | None
    part: str | None
    unit_from: str | None
    subject_from: str | None
    place_from: str | None
    years_from: str | None
    status_from: str | None


class Document:
    """A text, the day it was published and its language, read when first asked for and then kept."""

    def __init__(self, text: str, date: Date | str, language: str = "en", country: str | None = None):
        self.text, self.language, self.given_country = text, language, country
        self.year = date.year if isinstance(date, Date) else int(str(date)[:4])

    @cached_property
    def reading(self) -> Reading:
        return Reading(self.text, self.language)

    @cached_property
    def catalogue(self) -> Catalogue:
        return catalogue()

    @cached_property
    def named(self) -> Named:
        """The subjects, places and cues of the catalogue and of places.toml."""
        return self.catalogue.read(self.reading)

    @cached_property
    def country(self) -> str | None:
        """The country whose statement this is, ISO 3166-1: as given, else as its places and its money show."""
        return self.given_country or country_of(self.reading, self.named.places)

    @cached_property
    def sentences(self) -> list[Sentence]:
        return read_sentences(self.reading)

    @cached_property
    def figures(self) -> list[Figure]:
        """Every figure, in the order of the text."""
        return self._read[0]

    @cached_property
    def unread(self) -> list[Unread]:
        """The digits and number words that are no figures, in the order of the text."""
        return self._read[1]

    @cached_property
    def _read(self) -> tuple[list[Figure], list[Unread]]:
        """Figures and unread numbers; a text of a book's length part by part, so that its tokens fill no memory."""
        if len(self.text) <= PART:
            return self._read_whole()
        figures: list[Figure] = []
        unread: list[Unread] = []
        sentences = 0
        for start, text in parts(self.text):
            part = Document(text, f"{self.year}", self.language, self.given_country)
            read, left = part._read_whole()
            for item in read:
                number, begin, end = item.sentence + sentences, item.start + start, item.end + start
                figures.append(item._replace(sentence=number, start=begin, end=end))
            unread += [item._replace(start=item.start + start, end=item.end + start) for item in left]
            sentences += len(part.sentences)
        return figures, unread

    def _read_whole(self) -> tuple[list[Figure], list[Unread]]:
        reading = self.reading
        reading.country = self.country
        periods, claims = read_periods(reading, self.year)
        printed, unread = collect(reading, claims, self.sentences)
        own_unit = {q.token for q in printed if q.unit is not None}
        left = deque(share_units(reading, self.sentences, printed))
        context = Context(reading, periods, self.sentences, self.named, self.catalogue.serving(self.country), self.year)
        figures: list[Figure] = []
        for number, sentence in enumerate(self.sentences, start=1):
            inside: list[Quantity] = []
            while left and left[0].token < sentence.end:
                inside.append(left.popleft())
            for q, about in in_points(reading, inside, context.read(sentence, inside)):
                unit_from = None if q.unit is None else "clause" if q.token in own_unit else "sentence"
                figures.append(figure(reading, number, q, about, unit_from))
        return headlines(figures, self.sentences), unread


def parts(text: str) -> Iterator[tuple[int, str]]:
    """Where each part begins and the part: cut at the first blank line after so many letters.

    Where none comes soon it is cut at the end of a sentence: its tokens would fill the memory.
    """
    start = 0
    while start < len(text):
        middle = min(start + PART, len(text))
        cut = BLANK.search(text, middle, middle + PART) or ENDED.search(text, min(middle + PART, len(text)))
        end = cut.end() if cut else len(text)
        yield start, text[start:end]
        start = end


def read_figures(text: str, date: Date | str, language: str = "en") -> tuple[list[dict[str, Any]], list[Unread]]:
    """The figures of a text as plain rows (None is missing), and the numbers that are none, each in text order."""
    document = Document(text, date, language)
    return [item._asdict() for item in document.figures], document.unread


def headlines(figures: list[Figure], sentences: list[Sentence]) -> list[Figure]:
    """Let a title's figure that the text repeats be planned or done, and where, as it is there: titles are short."""
    titles = {number for number, sentence in enumerate(sentences, start=1) if sentence.title}
    told = {(item.value, item.unit): item for item in reversed(figures) if item.sentence not in titles}
    same = (told.get((item.value, item.unit)) if item.sentence in titles else None for item in figures)
    return [as_told(item, other) if other else item for item, other in zip(figures, same, strict=True)]


def as_told(item: Figure, same: Figure) -> Figure:
    """A title's figure with the status that the text gives it, and its place where the title names none."""
    if item.place_from != "clause":
        item = item._replace(place=same.place, place_from=same.place_from)
    return item._replace(status=same.status) if item.status == "actual" else item


def in_points(reading: Reading, quantities: list[Quantity], abouts: list[About]) -> list[tuple[Quantity, About]]:
    """Call a gain between two percentages what it is, points, over the years of the two: "a gain of 10.4 percent"."""
    pairs = list(zip(quantities, abouts, strict=True))
    for i in range(2, len(pairs)):
        q, about = pairs[i]
        (first, old), (second, new) = pairs[i - 2], pairs[i - 1]
        if (
            q.unit == first.unit == second.unit == "percent"
            and reading.before(q.token, "gain")
            and abs(second.value - first.value) == q.value
        ):
            gain = change_of(about.subject)
            about = about._replace(start_year=old.start_year, end_year=new.end_year, indicator=gain)
            pairs[i] = q._replace(unit="percentage_point"), about
    return pairs


def change_of(subject: str | None) -> str | None:
    """The subject's indicator that is counted in points, if it has one."""
    rules = catalogue().subjects[subject].indicators if subject else ()
    return next((rule.name for rule in rules if "percentage_point" in rule.units), None)


def figure(reading: Reading, sentence: int, q: Quantity, about: About, unit_from: str | None) -> Figure:
    low = None if q.low is None else float(q.low)
    high = None if q.high is None else float(q.high)
    amount = (float(q.value), low, high, q.hedge, q.bound, q.unit)
    quote = reading.text[q.start : q.end]
    return Figure(sentence, q.start, q.end, quote, *amount, unit_from=unit_from, **about._asdict())
