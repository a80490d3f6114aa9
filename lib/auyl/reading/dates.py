"""Years and calendar dates, and the period that each is or lies in."""

import re
from typing import NamedTuple

from auyl.reading.lexicon import Mark, Reading

DASHES = frozenset("-‐‑‒–—−/")
YEAR = re.compile(r"(?:19|20)\d\d|2100")
COUNTED = frozenset({"magnitude", "unit", "currency", "code", "noun"})
DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(\d{4}|\d\d)")


class Period(NamedTuple):
    """Years `first` to `last`, both in, named by tokens `start` to `end`; None where the words give no year.

    `kind` is "in", "since", "by", "day" (a date without its year), "vague" (no year can be told), "before" (so many
    years before the period in force, given in `first`), "span" (a length, taken to end in the statement's year),
    "aside" (something is only compared with it), "then" (so too, but what follows is of it) or "founded" (the year in
    which a programme began or was approved).
    """

    first: int | None
    last: int | None
    start: int
    end: int
    kind: str


class Claim(NamedTuple):
    """Tokens that are no figure, and why."""

    start: int
    end: int
    reason: str


def is_year(reading: Reading, i: int) -> bool:
    """Whether token i is a year and not a count that looks like one."""
    token = reading.tokens[i] if 0 <= i < len(reading.tokens) else None
    if token is None or token.kind != "number" or not YEAR.fullmatch(token.text):
        return False
    currency = reading.before(i, "currency") or reading.before(i, "code")
    if currency and not is_counted(reading, currency.start):
        return False
    following = reading.marks[i + 1] if i + 1 < len(reading.tokens) else {}
    if "year_word" in following or (reading.sign(i + 1) in DASHES and YEAR.fullmatch(reading.sign(i + 2))):
        return True
    if reading.sign(i + 1) in DASHES and reading.glued(i) and reading.at(i + 2, "year_word"):
        return True
    if reading.glued(i) and reading.tokens[i + 1].kind == "word":
        return False  # 1930s, 2000м
    preposition = reading.before(i, "year_before") is not None
    hedged = reading.before(i, "hedge") is not None
    money = following.get("currency") or following.get("code")
    of_the_next = money is not None and money.end < reading.count and reading.tokens[money.end].kind == "number"
    if (
        following.keys() & COUNTED and not of_the_next
    ):  # "2000 villages", «от 500 до 2000 человек», but "in 2024 people moved"
        return reading.before(i, "year_in") is not None and not hedged
    return preposition or not hedged or bool(reading.before(i, "by") or reading.before(i, "since"))


def is_counted(reading: Reading, i: int) -> bool:
    """Whether token i has its number before it, so that the one after it is another: «21,3 млрд теңгеден 2025 жылы»."""
    return i > 0 and (reading.tokens[i - 1].kind == "number" or reading.before(i, "magnitude") is not None)


def read_date(reading: Reading, i: int, year: int | None) -> tuple[Period, str] | None:
    """A calendar date, with or without its year, or a month: the year it lies in."""
    token = reading.tokens[i]
    if token.kind == "number":
        if match := DATE.fullmatch(token.text):
            named = int(match[1]) + (2000 if len(match[1]) == 2 else 0)
            return Period(named, named, i, i + 1, "in"), "a date"
        if named := numeric_date(reading, i):
            return Period(named, named, i, i + 5, "in"), "a date"
    span = day_first(reading, i) if token.kind == "number" else month_first(reading, i)
    if span is None:
        return None
    start, end = span
    since = reading.before(start, "since") is not None
    after = end + (reading.sign(end) == ",")
    if YEAR.fullmatch(reading.sign(after)) and not reading.glued(after - 1) and is_year(reading, after):
        named, end = int(reading.sign(after)), after + 1
        if word := reading.at(end, "year_word"):
            end = word.end
        last = max(named, year) if since and year else named
        return Period(named, last, start, end, "since" if since else "in"), "a date"
    return Period(year, year, start, end, "since" if since else "day"), "a date"


def day_first(reading: Reading, i: int) -> tuple[int, int] | None:
    """The tokens of "5 May", "5th of May", "5–7 May" whose day is token i."""
    month = month_at(reading, i + 1)
    suffix = reading.at(i + 1, "ordinal_suffix") if month is None and reading.glued(i) else None
    if suffix:
        of = reading.at(suffix.end, "word")
        month = month_at(reading, of.end if of and of.value == "of" else suffix.end)
    if month is None or not is_day(reading.sign(i)):
        return None
    several = reading.sign(i - 1) in DASHES and i > 1 and is_day(reading.sign(i - 2))
    return (i - 2 if several else i), month.end


def month_first(reading: Reading, i: int) -> tuple[int, int] | None:
    """The tokens of "May" or "May 5" whose month is token i."""
    month = month_at(reading, i)
    if month is None:
        return None
    end = month.end
    if is_day(reading.sign(end)) and day_stands_alone(reading, end):
        end += 1
        if reading.at(end, "ordinal_suffix") and reading.glued(end - 1):
            end += 1
    return i, end


def numeric_date(reading: Reading, i: int) -> int | None:
    """The year of a date in three numbers, 2023-01-18 or 18/01/2023, that begins at token i."""
    separator = reading.sign(i + 1)
    if separator not in ("-", "/") or separator != reading.sign(i + 3):
        return None
    numbers = [reading.sign(j) for j in (i, i + 2, i + 4)]
    glued = all(reading.glued(j) for j in range(i, i + 4))
    years = [int(number) for number in numbers if YEAR.fullmatch(number)]
    return years[0] if glued and len(years) == 1 and sum(map(is_day, numbers)) == 2 else None


def is_day(printed: str) -> bool:
    return printed.isdecimal() and len(printed) <= 2 and 1 <= int(printed) <= 31


def month_at(reading: Reading, i: int) -> Mark | None:
    """The month named at token i; English "may" and "march" only with a capital."""
    mark = reading.at(i, "month")
    if mark and reading.lexicon.rows.get("capital_months", False) and not reading.sign(i)[0].isupper():
        return None
    return mark


def day_stands_alone(reading: Reading, i: int) -> bool:
    """Whether the number after a month is its day, not a count: "March 5" but not "in March 5 villages"."""
    following = reading.marks[i + 1] if i + 1 < len(reading.tokens) else {}
    return not following.keys() & {"magnitude", "unit", "currency", "noun"} and not (
        reading.glued(i) and reading.tokens[i + 1].text in "%$"
    )
