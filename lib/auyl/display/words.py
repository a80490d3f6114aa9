"""The words for amounts, things, places, names and days that all sentences and tables share."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import pandas as pd

from auyl.bounded import Bounded, as_bounded, in_words
from auyl.bounded import about as roughly
from auyl.display.sentences import say, templates
from auyl.reading.places import rows
from auyl.record import read_regions

Row = Mapping[Any, Any]  # a row of any table, as pandas gives it

NOT_STATED = say("words.not_stated")
MAGNITUDES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
MEANT = {"planned", "target", "projected"}
DIGITS = 3  # of computed money below a million
MOST_DIGITS = 5  # of money in a sentence


# ---- Amounts ------------------------------------------------------------------------------------------------------


def amount(quantity: Any, unit: object) -> str:
    """A quantity with its unit and one rounding, for what is computed: "at least 116.8 million tenge", "6 points".

    Money below a million has three digits, as what it is computed from seldom has more; "1.0 projects", which is a
    little more or less, is about one.

    >>> from auyl.bounded import about, at_least, exact
    >>> amount(at_least(116_833_333.3), "KZT"), amount(exact(243_678.2), "KGS")
    ('at least 116.8 million tenge', '244,000 Kyrgyz soms')
    >>> amount(about(2), "project"), amount(about(0.5), "project"), amount(exact(1.025), "project")
    ('about 2 projects', 'about 0.5 projects', 'about 1 project')
    """
    if quantity is None or pd.isna(quantity):
        return NOT_STATED
    if is_currency(unit):
        scaled, name = in_magnitude(quantity)
        number = in_words(scaled, 1 if name else min(DIGITS - digits_before(scaled), 0))
    else:
        nearest = round(quantity.value, 1)
        if quantity.bound == "exact" and nearest and nearest == round(nearest) != quantity.value:
            quantity = roughly(nearest)
        scaled, name, number = quantity, "", short(quantity)
    if scaled.bound not in ("exact", "range"):
        number = re.sub(r"\.0\b", "", number)  # "about 100.0" would claim what "about" denies
    return with_unit(f"{number} {name}".strip(), quantity, unit)


def stated(quantity: Bounded, unit: object) -> str:
    """A quantity with its unit, as it was stated: "701 billion tenge", "at most 6,000 projects"; money in at most five
    digits, "2.675 billion tenge" of 2,675,007,000."""
    if str(unit) == "percent":
        return with_unit(short(quantity), quantity, unit)
    return with_unit(readable(quantity, MOST_DIGITS if is_currency(unit) else None), quantity, unit)


def printed(figure: Row) -> str:
    return stated(value_of(figure), figure["unit"])


def with_unit(number: str, quantity: Bounded, unit: Any) -> str:
    unit = None if pd.isna(unit) else unit
    if unit == "percent":
        return f"{number}%"
    if unit == "percentage_point":
        return say("words.point", 1 if is_one(quantity) else None, number=number)
    return f"{number} {currency(unit) if is_currency(unit) else noun(unit, quantity)}".strip()


def readable(quantity: Any, most: int | None = None) -> str:
    """A quantity with the magnitude a reader would use, and all the digits it was stated with, or the `most` of them.

    >>> from auyl.bounded import at_most, exact
    >>> readable(at_most(450e9)), readable(exact(25_000)), readable(exact(3.5)), readable(exact(1_125_200_000))
    ('at most 450 billion', '25,000', '3.5', '1.1252 billion')
    """
    if pd.isna(quantity):
        return NOT_STATED
    scaled, name = in_magnitude(quantity)
    printed = (scaled.value, scaled.low, scaled.high)
    shown = {"range": printed[1:], "about": printed}.get(quantity.bound, printed[:1])
    ends = [end for end in shown if end is not None]
    if name and most is not None:
        ends = [round(end, most - digits_before(scaled)) for end in ends]
    places = max(map(decimals, ends))
    return f"{in_words(scaled, places)} {name}".strip()


def digits_before(quantity: Bounded) -> int:
    """How many digits stand before the point."""
    return len(str(int(abs(quantity.value))))


def decimals(number: float) -> int:
    """How many a number has; beyond twelve significant digits a float holds noise."""
    return max(-int(Decimal(f"{number:.12g}").normalize().as_tuple().exponent), 0)


def in_magnitude(quantity: Bounded) -> tuple[Bounded, str]:
    """A quantity in the magnitude a reader would use, and its name: 701 and "billion"."""
    size, name = next(((size, name) for size, name in MAGNITUDES if abs(quantity.value) >= size), (1.0, ""))
    return quantity / size, say(f"words.{name}") if name else ""


def short(quantity: Bounded) -> str:
    """Without decimals that say nothing: 64, but 62.5."""
    ends = [end for end in (quantity.value, quantity.low, quantity.high) if end is not None]
    return in_words(quantity, 0 if all(abs(end - round(end)) < 1e-9 for end in ends) else 1)


def size_of(quantity: Bounded) -> Bounded:
    """Without its sign."""
    return quantity if quantity.value >= 0 else -quantity


def is_one(quantity: Bounded | None) -> bool:
    return isinstance(quantity, Bounded) and quantity.value == 1 and quantity.bound != "range"


def value_of(row: Row) -> Any:
    """The quantity of an answer, or of a figure."""
    return as_bounded([row["value"]], [row["low"]], [row["high"]], [row["bound"]]).iloc[0]


# ---- Units and names ----------------------------------------------------------------------------------------------


def currency(unit: object) -> str:
    return str(templates()["currency"].get(str(unit), unit))


def is_currency(unit: object) -> bool:
    return isinstance(unit, str) and len(unit) == 3 and unit.isupper()


def noun(unit: Any, quantity: Bounded | None = None) -> str:
    """ "projects", "1 project"; symbols and measures as they are."""
    if pd.isna(unit):
        return ""
    word = plain(unit)
    counted = re.fullmatch(r"[a-z]{3,}([ -][a-z]+)*", word) and word not in ("percent", "per mille")
    return plural(word) if counted and not is_one(quantity) else word


def plural(word: str) -> str:
    """ "projects", "cities", "people", "medical posts"; "times" as it is.

    >>> plural("project"), plural("city"), plural("person"), plural("class"), plural("times")
    ('projects', 'cities', 'people', 'classes', 'times')
    """
    irregular = templates()["plural"]
    first, space, last = word.rpartition(" ")
    if space:
        return f"{first} {plural(last)}"
    if word in irregular or re.search(r"(?<!s)s$", word):
        return str(irregular.get(word, word))
    if re.search(r"(ss|x|ch|sh)$", word):
        return f"{word}es"
    return re.sub(r"(?<![aeiou])y$", "ie", word) + "s"


def an(noun: object) -> str:
    """ "a project", "an initiative"."""
    word = plain(noun)
    return f"{'an' if word[:1] in 'aeio' else 'a'} {word}"


def plain(name: Any) -> str:
    """A name of the tables as words: "share of GDP", "percentage point", "not stated"."""
    if pd.isna(name):
        return NOT_STATED
    return str(templates()["name"].get(str(name)) or str(name).replace("_", " ").replace("gdp", "GDP"))


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    return capital(text) if text.endswith((".", "!", "?", "…")) else f"{capital(text)}."


def listed(parts: Iterable[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} {say('words.and')} {last}" if first else last


# ---- Places, periods, sources -------------------------------------------------------------------------------------


@cache
def place_names() -> dict[str, str]:
    """Names of codes: regions as data/regions.csv has them, countries as the vocabulary spells them first."""
    first = {code: re.sub(r"\{.*?\}|\*", "", spelled[0]).strip() for code, spelled in rows()["country"].items()}
    countries = {code: name.title() for code, name in first.items() if name.isascii()}
    regions = read_regions()
    plainly = regions["kind"].ne("region") | regions["name_en"].str.endswith("region")
    called = regions["name_en"].where(plainly, regions["name_en"] + " region")
    return countries | dict(zip(regions["code"], called, strict=True))


def place_name(place: str) -> str:
    """ "Kostanay region" for KZ-39, "Ireland" for IE; a name of the text as it is."""
    return place_names().get(place, place)


def names_of(row: Row, *columns: str, years: str = "") -> str:
    """What is known of a row's columns, and when: "Auyl Amanaty, loans, Kostanay region, 2023"."""
    called = {"place": place_name, "part": part_name}
    known = [called.get(name, plain)(row[name]) for name in columns if pd.notna(row[name])]
    return ", ".join(filter(None, [*known, years]))


def part_name(part: str) -> str:
    """ "housing loans"; the statement's own words in another script are quoted, and said to be its own."""
    return plain(part) if part.isascii() else say("words.its_words", words=part)


def spelled(reason: str) -> str:
    """A reason with the names of places and currencies in the place of their codes: "is of Abai region"."""
    named = re.sub(r"\bKZ-[0-9A-Z]{2,3}\b", lambda code: place_name(code[0]), reason)
    return re.sub(r"\b[A-Z]{3}\b", lambda code: currency(code[0]), named)


def period(start: Any, end: Any, missing: str = NOT_STATED) -> str:
    """Years in words: "2019–2024", "2025", or "not stated"."""
    if pd.isna(start) or pd.isna(end):
        return missing
    return str(int(start)) if start == end else f"{int(start)}–{int(end)}"


def years_of(row: Row) -> str:
    """ "2019–2024", or nothing."""
    return period(row["start_year"], row["end_year"], missing="")


def about(row: Row, whole: bool = False) -> str:
    """What an answer is about: "Auyl – Yel besigi, 2019–2024"; "Auyl Amanaty, Abai region, planned for 2025"; of the
    `whole` it says as well what is missing: "2023, programme not stated"."""
    years = years_of(row)
    lacks = [name for name in ("programme", "years") if whole and pd.isna(row["end_year" if name == "years" else name])]
    missing = say(f"words.{'both' if len(lacks) == 2 else lacks[0]}_missing") if lacks else ""
    if row.get("measure") == "gap":
        years = say("words.by_year", year=row["end_year"]) if pd.notna(row["end_year"]) else ""
    elif row["status"] in MEANT:
        years = say("words.planned_for", years=years) if years else say("words.planned")
    known = names_of(row, "programme", "place", "part", years=years)
    return capital(", ".join(filter(None, [known, missing])))


def source(row: Row) -> str:
    """ "KazFace.kz (Ministry press service), 2025," or the name alone."""
    return f"{row['publisher']}, {day(str(row['date']))}," if pd.notna(row["date"]) else str(row["publisher"])


def day(date: str) -> str:
    """ "28 November 2025", "November 2025" or "2025"."""
    if len(date) == 4:
        return date
    parsed = pd.Timestamp(date)
    return f"{parsed:%B %Y}" if len(date) == 7 else f"{parsed.day} {parsed:%B %Y}"


# ---- Figures ------------------------------------------------------------------------------------------------------


def row_of(figures: pd.DataFrame, figure_id: str) -> Row:
    return records(figures[figures["figure_id"] == figure_id])[0]


def records(table: pd.DataFrame) -> list[Row]:
    """The rows of a table, None for what is not stated: a comparison with `<NA>` is neither true nor false."""
    rows: list[Any] = table.astype(object).where(table.notna(), None).to_dict("records")
    return rows


def figure_number(figure_id: str) -> str:
    """The figure's place in its statement, as it was numbered: "07"."""
    return figure_id.rpartition("#")[2]
