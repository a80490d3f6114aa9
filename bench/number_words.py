"""Numbers that num2words writes in words, read back: how many of a hundred come back as they went.

Runs where num2words is installed (a development dependency). Whole numbers below 10^12 as they come, without their
commas and without their hyphens; Russian in all its cases; numbers with one decimal.
"""

import random
from collections.abc import Iterator

from auyl.reading.lexicon import Reading
from auyl.reading.numbers import read_numeral

LANGUAGES = {"en": "en", "ru": "ru", "kk": "kz"}  # ours: num2words'
RUSSIAN_CASES = ("n", "g", "d", "a", "i", "p")
HOW_MANY = 5000


class NotAvailable(Exception):
    """num2words is not installed."""


def sample(count: int, seed: int = 5) -> list[int]:
    """Whole numbers of every length below 10^12, small ones as often as large."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    return [int(10 ** chance.uniform(0, 12)) for _ in range(count)]


def read_back(words: str, language: str) -> float | None:
    """The number if it is read from the first word to the last, else None."""
    reading = Reading(words, language)
    numeral = read_numeral(reading, 0)
    return float(numeral.value) if numeral and numeral.end == reading.count else None


def written(count: int) -> Iterator[tuple[str, str, float, str]]:
    """(language, way of writing, number, words) for every number of the sample."""
    try:
        from num2words import num2words
    except ImportError as error:
        raise NotAvailable("num2words is not installed") from error
    numbers = sample(count)
    for language, theirs in LANGUAGES.items():
        for number in numbers:
            words = num2words(number, lang=theirs)
            yield language, "as written", number, words
            yield language, "without commas", number, words.replace(",", "")
            yield language, "without hyphens", number, words.replace("-", " ")
            tenths = (number % 100_000) + number % 9 / 10 + 0.1
            yield language, "one decimal", round(tenths, 1), num2words(round(tenths, 1), lang=theirs)
    for case in RUSSIAN_CASES:
        for number in numbers[: count // 5]:
            yield "ru", f"case {case}", number, num2words(number, lang="ru", case=case)


def score(count: int = HOW_MANY) -> list[list]:
    """Rows of language, way of writing, how many, and how many of a hundred came back."""
    counts: dict[tuple[str, str], list[int]] = {}
    for language, way, number, words in written(count):
        tally = counts.setdefault((language, way), [0, 0])
        tally[0] += 1
        tally[1] += read_back(words, language) == number
    return [[language, way, total, 100 * right / total] for (language, way), (total, right) in counts.items()]
