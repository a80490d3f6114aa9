"""Years and calendar dates, and the period that each is or lies in."""

import re
from typing import NamedTuple

from auyl.reading.lexicon import DASHES, Mark, Reading

JOINTS = DASHES | {"/"}
YEAR = re.compile(r"(?:19|20)\d\d|2100")
COUNTED = frozenset({"magnitude", "unit", "currency", "code", "noun"})  # what a number before it counts
DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(\d{4}|\d\d)")


class Period(NamedTuple):
    """Years `first` to `last`, both in, named by tokens `start` to `end`; None where the words give no year.

    `kind` is "in", "since", "by", "day" (a date without its year), "vague" (no year can be told), "same" (the year
    told last), "before" (so many years before the period in force, given in `first`), "span" (a length, taken to end
    in the statement's year), "aside" (something is only compared with it), "then" (so too, but what follows is of it)
    or "founded" (the year in which a programme began or was approved).
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
    if not YEAR.fullmatch(reading.sign(i)):
        return False
    currency = reading.before(i, "currency") or reading.before(i, "code")
    if currency and not is_counted(reading, currency.start):
        return False
    dashed, glued = reading.sign(i + 1) in JOINTS, reading.glued(i)
    if reading.at(i + 1, "year_word") or (dashed and YEAR.fullmatch(reading.sign(i + 2))):
        return True
    if glued and (dashed and reading.at(i + 2, "year_word")):
        return True
    if glued and reading.kind(i + 1) == "word":
        return False  # 1930s, 2000м
    hedged = reading.before(i, "hedge") is not None
    money = reading.at(i + 1, "currency") or reading.at(i + 1, "code")
    of_the_next = money is not None and reading.kind(money.end) == "number"
    if reading.begins(i + 1, COUNTED) and not of_the_next:
        # "2000 villages", «от 500 до 2000 человек», but "in 2024 people moved"
        return reading.before(i, "year_in") is not None and not hedged
    return not hedged or any(reading.before(i, kind) for kind in ("year_before", "by", "since"))


def is_counted(reading: Reading, i: int) -> bool:
    """Whether token i has its number before it, so that the one after it is another: «21,3 млрд теңгеден 2025 жылы»."""
    return reading.kind(i - 1) == "number" or reading.before(i, "magnitude") is not None


def read_date(reading: Reading, i: int, year: int | None) -> tuple[Period, str] | None:
    """A calendar date, with or without its year, or a month: the year it lies in."""
    if match := DATE.fullmatch(reading.sign(i)):
        named = int(match[1]) + (2000 if len(match[1]) == 2 else 0)
        return Period(named, named, i, i + 1, "in"), "a date"
    if numeric := numeric_date(reading, i):
        return Period(numeric, numeric, i, i + 5, "in"), "a date"
    span = day_first(reading, i) if reading.kind(i) == "number" else month_first(reading, i)
    if span is None:
        return None
    start, end = span
    since = reading.before(start, "since") is not None
    after = end + (reading.sign(end) == ",")
    if not is_year(reading, after) or reading.glued(after - 1):
        return Period(year, year, start, end, "since" if since else "day"), "a date"
    named = int(reading.sign(after))
    word = reading.at(after + 1, "year_word")
    last = max(named, year) if since and year else named
    return Period(named, last, start, word.end if word else after + 1, "since" if since else "in"), "a date"


def day_first(reading: Reading, i: int) -> tuple[int, int] | None:
    """The tokens of "5 May", "5th of May", "5–7 May" whose day is token i."""
    month = month_at(reading, i + 1)
    suffix = reading.at(i + 1, "ordinal_suffix") if month is None and reading.glued(i) else None
    if suffix:
        of = reading.says(suffix.end, "word", "of")
        month = month_at(reading, of.end if of else suffix.end)
    if month is None or not is_day(reading.sign(i)):
        return None
    several = reading.sign(i - 1) in JOINTS and is_day(reading.sign(i - 2))
    return (i - 2 if several else i), month.end


def month_first(reading: Reading, i: int) -> tuple[int, int] | None:
    """The tokens of "May" or "May 5" whose month is token i."""
    month = month_at(reading, i)
    if month is None:
        return None
    end = month.end
    if is_day(reading.sign(end)) and day_stands_alone(reading, end):
        end += 1
        end += reading.at(end, "ordinal_suffix") is not None and reading.glued(end - 1)
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
    return None if mark and reading.rows.get("capital_months") and not reading.sign(i)[0].isupper() else mark


def day_stands_alone(reading: Reading, i: int) -> bool:
    """Whether the number after a month is its day, not a count: "March 5" but not "in March 5 villages"."""
    counted = reading.begins(i + 1, {"magnitude", "unit", "currency", "noun"})
    return not counted and not (reading.glued(i) and reading.sign(i + 1) in ("%", "$"))
