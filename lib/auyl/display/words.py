"""The words for amounts, things, places, names and days that all sentences and tables share."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import pandas as pd

from auyl.bounded import Bounded, as_bounded, exact, in_words
from auyl.display.sentences import say, templates
from auyl.reading.places import rows
from auyl.record import read_regions

Row = Mapping[Any, Any]  # a row of any table, as pandas gives it

NOT_STATED = say("words.not_stated")
MAGNITUDES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
MEANT = {"planned", "target", "projected"}


# ---- Amounts ------------------------------------------------------------------------------------------------------


def amount(quantity: Any, unit: object) -> str:
    """A quantity with its unit and one rounding, for what is computed: "at least 116.8 million tenge", "6 points".

    >>> from auyl.bounded import about, at_least
    >>> amount(at_least(116_833_333.3), "KZT"), amount(about(2), "project"), amount(about(0.5), "project")
    ('at least 116.8 million tenge', 'about 2 projects', 'about 0.5 projects')
    """
    if quantity is None or pd.isna(quantity):
        return NOT_STATED
    if not is_currency(unit):
        return with_unit(short(quantity), quantity, unit)
    scaled, name = in_magnitude(quantity)
    number = in_words(scaled, 1 if name else 0)
    if scaled.bound != "exact":
        number = re.sub(r"\.0\b", "", number)  # "about 100.0" would claim what "about" denies
    return " ".join(filter(None, (number, name, currency(unit))))


def stated(quantity: Bounded, unit: object) -> str:
    """A quantity with its unit, in all the digits it was stated with: "701 billion tenge", "at most 6,000 projects"."""
    return with_unit(short(quantity) if str(unit) == "percent" else readable(quantity), quantity, unit)


def printed(figure: Row) -> str:
    return stated(value_of(figure), figure["unit"])


def with_unit(number: str, quantity: Bounded, unit: Any) -> str:
    unit = None if pd.isna(unit) else unit
    if unit == "percent":
        return f"{number}%"
    if unit == "percentage_point":
        return say("words.point", 1 if is_one(quantity) else None, number=number)
    return f"{number} {currency(unit) if is_currency(unit) else noun(unit, quantity)}".strip()


def readable(quantity: Any) -> str:
    """A quantity with the magnitude a reader would use, and all the digits it was stated with.

    >>> from auyl.bounded import at_most, exact
    >>> readable(at_most(450e9)), readable(exact(25_000)), readable(exact(3.5)), readable(exact(1_125_200_000))
    ('at most 450 billion', '25,000', '3.5', '1.1252 billion')
    """
    if pd.isna(quantity):
        return NOT_STATED
    scaled, name = in_magnitude(quantity)
    ends = (scaled.value, scaled.low, scaled.high)
    shown = {"range": ends[1:], "about": ends}.get(quantity.bound, ends[:1])
    return f"{in_words(scaled, max(decimals(end) for end in shown if end is not None))} {name}".strip()


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
    return quantity is not None and quantity.same_as(exact(1))


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
    counted = (re.fullmatch(r"[a-z]{3,}", word) and word != "percent") or word == "percentage point"
    return plural(word) if counted and not is_one(quantity) else word


def plural(word: str) -> str:
    """ "projects", "cities", "people"; "times" as it is.

    >>> plural("project"), plural("city"), plural("person"), plural("class"), plural("times")
    ('projects', 'cities', 'people', 'classes', 'times')
    """
    irregular = templates()["plural"]
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
    return NOT_STATED if pd.isna(name) else str(name).replace("_", " ").replace("gdp", "GDP")


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
    called = regions["name_en"].where(regions["kind"] != "region", regions["name_en"] + " region")
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
    """ "housing loans"; the statement's own words in another script are quoted: "“строительство”"."""
    return plain(part) if part.isascii() else f"“{part}”"


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
    `whole` it says as well what is missing: "Programme not stated, 2023"."""
    years = years_of(row)
    missing = (say("words.programme_missing"), say("words.years_missing"))
    programme, undated = (
        lack if whole and pd.isna(row[name]) else ""
        for lack, name in zip(missing, ("programme", "end_year"), strict=True)
    )
    if programme and undated:
        programme, undated = say("words.both_missing"), ""
    if row.get("measure") == "gap":
        years = say("words.by_year", year=row["end_year"]) if pd.notna(row["end_year"]) else ""
    elif row["status"] in MEANT:
        years = say("words.planned_for", years=years) if years else say("words.planned")
    known = names_of(row, "programme", "place", "part", years=years)
    return capital(", ".join(filter(None, [programme, known, undated])))


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
