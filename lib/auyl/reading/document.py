"""From a text to its figures as plain rows: the whole of reading, without a table.

`read_figures` is for those who need rows alone, many thousand texts or a start in a moment; `auyl.figures` makes the
table of one statement.
"""

from datetime import date as Date
from typing import Any

from auyl.reading.attribution import About, Context
from auyl.reading.lexicon import Reading
from auyl.reading.quantities import Quantity, Unread, collect
from auyl.reading.sentences import Sentence, read_sentences
from auyl.reading.shared_units import share_units
from auyl.reading.subjects import catalogue
from auyl.reading.years import read_periods


def read_figures(text: str, date: Date | str, language: str = "en") -> tuple[list[dict[str, Any]], list[Unread]]:
    """The figures of a text as plain rows (None is missing), and the numbers that are none, each in text order."""
    year = date.year if isinstance(date, Date) else int(str(date)[:4])
    reading = Reading(text, language)
    periods, claims = read_periods(reading, year)
    sentences = read_sentences(reading)
    quantities, unread = collect(reading, claims, sentences)
    quantities = share_units(reading, quantities)
    context = Context(reading, periods, catalogue(), year)
    rows: list[dict[str, Any]] = []
    position = 0
    for number, sentence in enumerate(sentences, start=1):
        inside: list[Quantity] = []
        while position < len(quantities) and quantities[position].token < sentence.end:
            inside.append(quantities[position])
            position += 1
        abouts = context.read(sentence, inside)
        rows += [row(reading, number, q, about) for q, about in in_points(reading, inside, abouts)]
    return headlines(rows, sentences), unread


def headlines(rows: list[dict[str, Any]], sentences: list[Sentence]) -> list[dict[str, Any]]:
    """Let a title's figure that the text repeats be planned or done as it is there: titles leave the verb out."""
    titles = {number for number, sentence in enumerate(sentences, start=1) if sentence.title}
    told: dict[tuple, str] = {}
    for item in reversed(rows):
        if item["sentence"] not in titles:
            told[item["value"], item["unit"]] = item["status"]
    for item in rows:
        if item["sentence"] in titles and item["status"] == "actual":
            item["status"] = told.get((item["value"], item["unit"]), "actual")
    return rows


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
            years = {"start_year": old.start_year, "end_year": new.end_year}
            about = about._replace(**years, indicator=change_of(about.subject))
            pairs[i] = q._replace(unit="percentage_point"), about
    return pairs


def change_of(subject: str | None) -> str | None:
    """The subject's indicator that is counted in points, if it has one."""
    rules = catalogue().subjects[subject].indicators if subject else ()
    return next((rule.name for rule in rules if "percentage_point" in rule.units), None)


def row(reading: Reading, sentence: int, q: Quantity, about: About) -> dict[str, Any]:
    return {
        "sentence": sentence,
        "start": q.start,
        "end": q.end,
        "quote": reading.text[q.start : q.end],
        "value": float(q.value),
        "low": None if q.low is None else float(q.low),
        "high": None if q.high is None else float(q.high),
        "hedge": q.hedge,
        "bound": q.bound,
        "unit": q.unit,
        **about._asdict(),
    }
