"""The words for amounts, things, places and days that all sentences share."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pandas as pd

from auyl.bounded import Bounded, as_bounded, exact, in_words
from auyl.display.tables import NOT_STATED, in_magnitude, plain, plural, readable
from auyl.reading.places import rows
from auyl.record import read_regions

Row = Mapping[str, Any]

CURRENCIES = {
    **{"KZT": "tenge", "USD": "US dollars", "EUR": "euros", "RUB": "roubles", "GBP": "pounds", "CNY": "yuan"},
    **{"UZS": "soums", "KGS": "Kyrgyz soms", "INR": "rupees", "JPY": "yen", "KES": "Kenyan shillings"},
}


def amount(quantity: Any, unit: object) -> str:
    """A quantity with its unit and one rounding: "at least 116.8 million tenge", "about 2 projects", "6 points".

    >>> from auyl.bounded import about, at_least
    >>> amount(at_least(116_833_333.3), "KZT"), amount(about(2), "project"), amount(about(0.5), "project")
    ('at least 116.8 million tenge', 'about 2 projects', 'about 0.5 projects')
    """
    if quantity is None or pd.isna(quantity):
        return NOT_STATED
    if unit == "percent":
        return f"{short(quantity)}%"
    if unit == "percentage_point":
        return "1 point" if is_one(quantity) else f"{short(quantity)} points"
    if not is_currency(unit):
        return f"{short(quantity)} {noun(unit, quantity)}"
    scaled, name = in_magnitude(quantity)
    return " ".join(filter(None, (in_words(scaled, 1 if name else 0), name, currency(unit))))


def printed(figure: Row) -> str:
    """A figure in all the digits it was stated with: "701 billion tenge", "at most 6,000 projects"."""
    return stated(value_of(figure), figure["unit"])


def stated(quantity: Bounded, unit: object) -> str:
    if unit == "percent":
        return amount(quantity, unit)
    return f"{readable(quantity)} {currency(unit) if is_currency(unit) else noun(unit, quantity)}".strip()


def currency(unit: object) -> str:
    return CURRENCIES.get(str(unit), str(unit))


def noun(unit: Any, quantity: Bounded | None = None) -> str:
    """ "projects", "1 project"; symbols and measures as they are."""
    if pd.isna(unit):
        return ""
    word = plain(unit)
    counted = word.isascii() and word.isalpha() and word.islower() and len(word) > 2 and word != "percent"
    counted |= word == "percentage point"
    return plural(word) if counted and not is_one(quantity) else word


def short(quantity: Bounded) -> str:
    """Without decimals that say nothing: 64, but 62.5."""
    parts = [part for part in (quantity.value, quantity.low, quantity.high) if part is not None]
    return in_words(quantity, 0 if all(abs(part - round(part)) < 1e-9 for part in parts) else 1)


def is_one(quantity: Bounded | None) -> bool:
    return quantity is not None and quantity.same_as(exact(1))


def is_currency(unit: object) -> bool:
    return isinstance(unit, str) and len(unit) == 3 and unit.isupper()


def an(noun: object) -> str:
    """ "a project", "an initiative"."""
    word = plain(noun)
    return f"{'an' if word[:1] in 'aeio' else 'a'} {word}"


@cache
def place_names() -> dict[str, str]:
    """Names of codes: regions as data/regions.csv has them, countries as the vocabulary spells them first."""
    first = {code: re.sub(r"\{.*?\}|\*", "", spelled[0]).strip() for code, spelled in rows()["country"].items()}
    countries = {code: name.title() for code, name in first.items() if name.isascii()}
    regions = {r.code: f"{r.name_en}{' region' if r.kind == 'region' else ''}" for r in read_regions().itertuples()}
    return countries | regions


def place_name(place: str) -> str:
    """ "Kostanay region" for KZ-39, "Ireland" for IE; a name of the text as it is."""
    return place_names().get(place, place)


def value_of(row: Row) -> Any:
    """The quantity of an answer, or of a figure."""
    return as_bounded([row["value"]], [row["low"]], [row["high"]], [row["bound"]]).iloc[0]


def listed(parts: Iterable[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def source(row: Row) -> str:
    """ "KazFace.kz (Ministry press service), 2025," or the name alone."""
    return f"{row['publisher']}, {day(str(row['date']))}," if pd.notna(row["date"]) else str(row["publisher"])


def day(date: str) -> str:
    """ "28 November 2025", "November 2025" or "2025"."""
    if len(date) == 4:
        return date
    parsed = pd.Timestamp(date)
    return f"{parsed:%B %Y}" if len(date) == 7 else f"{parsed.day} {parsed:%B %Y}"


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."
