"""The years a sentence is about: "in 2023", "over the next three years", «к 2027 году», «биыл».

Relative periods resolve against the year of the statement. What is read here is claimed: a year or a date is no
figure.
"""

import re
from typing import NamedTuple

from auyl.lexicon import Mark, Reading
from auyl.numerals import read_numeral

DASHES = frozenset("-‐‑‒–—−/")
OPENINGS = frozenset(
    "month number multiplier span_ahead span_back span_in vague_period relative relative_before by_end".split()
)
YEAR = re.compile(r"(?:19|20)\d\d|2100")
DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(\d{4}|\d\d)")


class Period(NamedTuple):
    """Years `first` to `last`, both in, named by tokens `start` to `end`; None where the words give no year.

    `kind` is "in", "since", "by", "vague" (no year can be told) or "before" (so many years before the period in
    force, given in `first`).
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


def read_periods(reading: Reading, year: int | None) -> tuple[list[Period], list[Claim]]:
    """Every period named in the text, in order, and the tokens they and the dates are made of.

    `year` is the statement's own; without it relative periods have no years.
    """
    periods: list[Period] = []
    claims: list[Claim] = []
    i = 0
    while i < len(reading.tokens):
        found = None
        if reading.tokens[i].kind == "number" or not OPENINGS.isdisjoint(reading.marks[i]):
            for read in (read_date, read_years, read_span, read_ago, read_relative):
                found = read(reading, i, year)
                if found:
                    break
        if not found:
            i += 1
            continue
        period, reason = found
        if reason:
            claims.append(Claim(period.start, period.end, reason))
        if period.kind != "name":
            periods.append(period)
        i = max(i + 1, period.end)
    return periods, claims


def shifted(year: int | None, by: int) -> int | None:
    return None if year is None else year + by


def is_year(reading: Reading, i: int) -> bool:
    """Whether token i is a year and not a count that looks like one."""
    token = reading.tokens[i] if 0 <= i < len(reading.tokens) else None
    if token is None or token.kind != "number" or not YEAR.fullmatch(token.text):
        return False
    if reading.before(i, "currency") or reading.before(i, "code"):
        return False
    following = reading.marks[i + 1] if i + 1 < len(reading.tokens) else {}
    if "year_word" in following or (reading.sign(i + 1) in DASHES and YEAR.fullmatch(reading.sign(i + 2))):
        return True
    if reading.sign(i + 1) in DASHES and reading.glued(i) and reading.at(i + 2, "year_word"):
        return True
    if following.keys() & {"magnitude", "unit", "currency", "code"}:
        return reading.before(i, "year_before") is not None and "hedge" not in reading.endings[i]
    if reading.glued(i) and reading.tokens[i + 1].kind == "word":
        return False  # 1930s, 2000м
    preposition = reading.before(i, "year_before") is not None
    if "hedge" in reading.endings[i] and not (preposition or reading.before(i, "by") or reading.before(i, "since")):
        return False
    return preposition or "noun" not in following


def is_name(reading: Reading, i: int) -> bool:
    """Whether the year at token i is part of a name: Concept 2030, Strategy 2050, Expo-2017."""
    before = reading.tokens[i - 1] if i else None
    if before is None:
        return False
    if reading.before(i, "label") and not reading.before(i, "year_before"):
        return True
    if before.text in DASHES and reading.glued(i - 1) and i > 1 and reading.glued(i - 2):
        return reading.tokens[i - 2].kind == "word" and not reading.before(i - 1, "year_word")
    if before.kind != "word" or not before.text[0].isupper() or i < 2:
        return False
    known = {"month", "year_before", "year_word", "since", "by", "part_of_year", "abbreviation"}
    sentence_start = reading.tokens[i - 2].kind == "sign" and reading.tokens[i - 2].text not in DASHES
    return not sentence_start and not (reading.endings[i].keys() & known)


def read_years(reading: Reading, i: int, year: int | None) -> tuple[Period, str] | None:
    """A year or a run of years with the words around it that say from, in or by when."""
    if not is_year(reading, i):
        return None
    if is_name(reading, i) or compared(reading, i):
        return Period(None, None, i, i + 1, "name"), "a label"
    first = last = int(reading.tokens[i].text)
    end = i + 1
    if word := reading.at(end, "year_word"):
        end = word.end
    joint = reading.sign(end)
    connected = (joint in DASHES and joint) or connects(reading, i, end)
    other = end + 1
    if connected and is_year(reading, other) and int(reading.tokens[other].text) >= first:
        last, end = int(reading.tokens[other].text), other + 1
    elif joint in DASHES and joint and reading.glued(i) and re.fullmatch(r"\d\d", reading.sign(other)):
        if first % 100 < int(reading.sign(other)) and not (reading.sign(other + 1) in DASHES and reading.glued(other)):
            last, end = first // 100 * 100 + int(reading.sign(other)), other + 1
    if word := reading.at(end, "year_word"):
        end = word.end
    elif reading.sign(end) in DASHES and reading.glued(end - 1) and reading.at(end + 1, "year_word"):
        end = reading.at(end + 1, "year_word").end
    kind = preposition(reading, i, end)
    if kind == "since" and first == last:
        last = max(first, year) if year else None
    if after := (reading.at(end, "since_after") or reading.at(end, "by_after")):
        end = after.end
    return Period(first, last, i, end, "in" if first != last and kind == "by" else kind), "a year"


def compared(reading: Reading, i: int) -> bool:
    """Whether something is only compared with the year at token i: "9% more than in 2023"."""
    joint = reading.before(i, "year_before")
    return any(reading.before(at, "compared") for at in (i, joint.start if joint else i))


def connects(reading: Reading, i: int, end: int) -> bool:
    """Whether a word joins two years into a run: "between 2019 and 2024", «с 2026 по 2028 год»."""
    joint = reading.at(end, "range")
    if joint is None or joint.value not in ("to", "and") or joint.end != end + 1:
        return False
    opening = reading.before(i, "range")
    if joint.value == "to":
        return True
    if opening is not None and opening.value == "between":
        return True
    other = reading.sign(end + 1)  # "in 2019 and 2020" is a run, "in 2019 and 2023" is not
    return other.isdecimal() and reading.sign(i).isdecimal() and int(other) == int(reading.sign(i)) + 1


def preposition(reading: Reading, i: int, end: int) -> str:
    """ "since", "by" or "in", by the words before token i or at token end."""
    if reading.at(end, "since_after"):
        return "since"
    if reading.at(end, "by_after"):
        return "by"
    start = i
    while True:  # "by the end of fiscal year 2025"
        for kind in ("since", "by"):
            if reading.before(start, kind):
                return kind
        mark = reading.before(start, "part_of_year") or reading.before(start, "year_word")
        if mark is None:
            break
        start = mark.start
    for back in range(start - 1, max(start - 7, -1), -1):  # "since its launch in 2009"
        if reading.tokens[back].kind != "word":
            break
        if reading.before(back + 1, "since") and not reading.before(back + 1, "range"):
            return "since"
    return "in"


def read_date(reading: Reading, i: int, year: int | None) -> tuple[Period, str] | None:
    """A calendar date, with or without its year, or a month: the year it lies in."""
    token = reading.tokens[i]
    if token.kind == "number":
        if match := DATE.fullmatch(token.text):
            named = int(match[1]) + (2000 if len(match[1]) == 2 else 0)
            return Period(named, named, i, i + 1, "in"), "a date"
        separated = reading.sign(i + 1)
        numbers = [reading.sign(j) for j in (i, i + 2, i + 4)]
        if (
            separated in ("-", "/")
            and separated == reading.sign(i + 3)
            and all(reading.glued(j) for j in range(i, i + 4))
        ):
            if all(n.isdecimal() and len(n) <= 4 for n in numbers):
                years = [int(n) for n in numbers if len(n) == 4]
                if len(years) == 1 and YEAR.fullmatch(str(years[0])):
                    return Period(years[0], years[0], i, i + 5, "in"), "a date"
        month = month_at(reading, i + 1)
        after = i + 1
        if month is None and (suffix := reading.at(i + 1, "ordinal_suffix")) and reading.glued(i):
            of = reading.at(suffix.end, "word")
            after = of.end if of and of.value == "of" else suffix.end
            month = month_at(reading, after)
        if month is None or not is_day(token.text):
            return None
        start, end = i, month.end
        if reading.sign(i - 1) in DASHES and i > 1 and is_day(reading.sign(i - 2)):  # 5–7 May
            start = i - 2
    else:
        month = month_at(reading, i)
        if month is None:
            return None
        start, end = i, month.end
        if is_day(reading.sign(end)) and day_stands_alone(reading, end):
            end += 1
            if reading.at(end, "ordinal_suffix") and reading.glued(end - 1):
                end += 1
    after = end + (reading.sign(end) == ",")
    if YEAR.fullmatch(reading.sign(after)) and not reading.glued(after - 1) and is_year(reading, after):
        named, end = int(reading.sign(after)), after + 1
        if word := reading.at(end, "year_word"):
            end = word.end
    else:
        named = year
    return Period(named, named, start, end, "in" if reading.before(start, "since") is None else "since"), "a date"


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


def read_span(reading: Reading, i: int, year: int | None) -> tuple[Period, str] | None:
    """ "The next three years" begin the year after the statement's; "the last three years" end in it.

    Months, weeks and days of either kind lie in the statement's year. "In three years", «за девять месяцев» and "the
    same seven years" name no year of their own.
    """
    for kind in ("span_ahead", "span_back", "span_in"):
        opening = reading.at(i, kind)
        if opening is None:
            continue
        numeral = read_numeral(reading, opening.end)
        end = numeral.end if numeral else opening.end
        if numeral and reading.sign(end) in DASHES and reading.sign(end):
            end += 1
        unit = reading.at(end, "year_unit")
        shorter = reading.at(end, "month_unit") or (reading.at(end, "day_unit") if kind != "span_in" else None)
        if numeral is None and (unit is None or int(unit.value) == 1):
            continue
        if shorter and numeral:
            return Period(year, year, i, shorter.end, "name" if kind == "span_in" else "in"), "a period"
        count = int((numeral.value if numeral else 1) * int(unit.value)) if unit else 0
        if not 1 <= count <= 200:
            continue
        if kind == "span_in":
            return Period(None, None, i, unit.end, "name"), "a period"
        first, last = (1, count) if kind == "span_ahead" else (1 - count, 0)
        return Period(shifted(year, first), shifted(year, last), i, unit.end, "in"), "a period"
    return None


def read_ago(reading: Reading, i: int, year: int | None) -> tuple[Period, str] | None:
    """ "Three years ago"."""
    if reading.tokens[i].kind != "number" and "number" not in reading.marks[i]:
        return None
    numeral = read_numeral(reading, i)
    unit = reading.at(numeral.end, "year_unit") if numeral else None
    ago = reading.at(unit.end, "ago") if unit else None
    if not ago or numeral.value > 200:
        return None
    named = shifted(year, -int(numeral.value * int(unit.value)))
    return Period(named, named, i, ago.end, "in"), "a period"


def read_relative(reading: Reading, i: int, year: int | None) -> tuple[Period, str] | None:
    """ "This year", "next year", "currently", "in recent years", "a year earlier"."""
    if mark := reading.at(i, "vague_period"):
        return Period(None, None, i, mark.end, "vague"), "a period"
    if mark := reading.at(i, "relative_before"):
        if reading.before(i, "comparison"):
            return Period(None, None, i, mark.end, "name"), ""
        return Period(int(mark.value), None, i, mark.end, "before"), "a period"
    if mark := reading.at(i, "by_end"):
        named = shifted(year, int(mark.value))
        return Period(named, named, i, mark.end, "by"), "a period"
    if mark := reading.at(i, "relative"):
        named = shifted(year, int(mark.value))
        kind = "by" if reading.before(i, "by") else "in"
        return Period(named, named, i, mark.end, kind), "a period"
    return None
