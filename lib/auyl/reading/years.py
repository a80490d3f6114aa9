"""The years a sentence is about: "in 2023", "over the next three years", «к 2027 году», «биыл».

Relative periods resolve against the year of the statement. What is read here is claimed: a year or a date is no
figure.
"""

from auyl.reading.dates import DASHES, Claim, Period, is_year, read_date
from auyl.reading.lexicon import Reading
from auyl.reading.numbers import read_numeral

COMPARED = 5  # words between "than" and the period that something is compared with


def read_periods(reading: Reading, year: int | None) -> tuple[list[Period], list[Claim]]:
    """Every period named in the text, in order, and the tokens they and the dates are made of.

    `year` is the statement's own; without it relative periods have no years.
    """
    periods: list[Period] = []
    claims: list[Claim] = []
    end = 0
    for i in sorted(reading.begun(OPENINGS).union(reading.digits)):
        found = read_period(reading, i, year) if i >= end else None
        if not found:
            continue
        period, reason = found
        if reason:
            claims.append(Claim(period.start, period.end, reason))
        if period.kind != "name":
            periods.append(held_against(reading, period, year))
        end = max(i + 1, period.end)
    return joined(reading, periods), claims


def read_period(reading: Reading, i: int, year: int | None) -> tuple[Period, str] | None:
    """The period whose words begin at token i, and why they are no figure."""
    digits, marks = reading.tokens[i].kind == "number", reading.marks[i]
    for read, kinds, of_digits in READERS:
        if ((digits and of_digits) or not kinds.isdisjoint(marks)) and (found := read(reading, i, year)):
            return found
    return None


def held_against(reading: Reading, period: Period, year: int | None) -> Period:
    """The period as "aside" where something is only compared with it, or only the programme's beginning is told.

    In "more than last year, when 1,658 were issued" it is what follows that is of that year: "then".
    """
    if period.kind not in ("in", "before"):
        return period
    if compared(reading, period):
        if period.kind == "before":
            period = period._replace(first=shifted(year, period.first), last=shifted(year, period.first))
        elif not reading.at(period.start, "relative"):
            period = period._replace(first=None, last=None)  # more than in a year that it names: of which, is not said
        return period._replace(kind="then" if reading.at(period.end + 1, "when") else "aside")
    founded = any(reading.before(i, "founded") for i in range(period.start, max(period.start - 3, -1), -1))
    return period._replace(kind="founded") if founded else period


def compared(reading: Reading, period: Period) -> bool:
    """Whether something is only compared with the period: "9% more than in 2023", «өткен жылмен салыстырғанда»."""
    for i in range(period.start, max(period.start - COMPARED, -1), -1):
        if reading.before(i, "compared"):
            return True
        if i and (reading.tokens[i - 1].kind != "word" or reading.before(i, "status")):
            break
    for i in range(period.end, min(period.end + COMPARED, reading.count)):
        if reading.at(i, "compared_after"):
            return True
        if reading.tokens[i].kind != "word":
            break
    return False


def joined(reading: Reading, periods: list[Period]) -> list[Period]:
    """Two names of one period as one: "from 2017–18 to 2026–27", "the previous year 2018/19", "seven years from 2024".

    A length and a beginning give the end: "in the four years since 2019" is 2019 to 2022.
    """
    found: list[Period] = []
    for period in periods:
        last = found[-1] if found else None
        gap = period.start - last.end if last else -1
        if last and last.first is not None and period.first is not None:
            to = gap == 1 and reading.at(last.end, "range")
            if (
                to
                and to.value == "to"
                and last.first < last.last <= period.first
                and reading.before(last.start, "range")
            ):
                found[-1] = last._replace(last=period.last, end=period.end)
                continue
            if (
                gap == 0
                and last.kind in ("in", "before")
                and period.kind == "in"
                and not reading.sign(last.start).isdigit()
            ):
                found[-1] = period
                continue
        if last and last.kind == "span" and last.first is not None and gap in (0, 1) and period.first is not None:
            length = last.last - last.first
            end = (period.last if period.kind != "since" else period.first) + length
            found[-1] = period._replace(last=end, kind="in", start=last.start)
            continue
        found.append(period)
    return found


def shifted(year: int | None, by: int) -> int | None:
    return None if year is None else year + by


def is_name(reading: Reading, i: int) -> bool:
    """Whether the year at token i is part of a name: Concept 2030, Strategy 2050, Expo-2017."""
    before = reading.tokens[i - 1] if i else None
    if before is None:
        return False
    if reading.at(i + 1, "year_word"):
        return False
    if reading.before(i, "label") and not reading.before(i, "year_before"):
        return True
    if before.text in DASHES and reading.glued(i - 1) and i > 1 and reading.glued(i - 2):
        return reading.tokens[i - 2].kind == "word" and not reading.before(i - 1, "year_word")
    if before.kind != "word" or not before.text[0].isupper() or i < 2:
        return False
    known = {"month", "year_before", "year_word", "since", "by", "part_of_year", "abbreviation"}
    sentence_start = reading.tokens[i - 2].kind == "sign" and reading.tokens[i - 2].text not in DASHES
    return not sentence_start and not any(reading.before(i, kind) for kind in known)


def read_years(reading: Reading, i: int, year: int | None) -> tuple[Period, str] | None:
    """A year or a run of years with the words around it that say from, in or by when."""
    if not is_year(reading, i):
        return None
    if is_name(reading, i):
        return Period(None, None, i, i + 1, "name"), "a label"
    first = last = int(reading.tokens[i].text)
    end = i + 1
    if word := reading.at(end, "year_word"):
        end = word.end
    joint = reading.sign(end)
    other, financial = end + 1, False
    if (joint in DASHES or connects(reading, i, end)) and is_year(reading, other):
        if int(reading.sign(other)) >= first:
            last, end = int(reading.sign(other)), other + 1
    elif joint in DASHES and reading.glued(i) and shortened(reading, other, first):
        last, end = first // 100 * 100 + int(reading.sign(other)), other + 1
        financial = joint == "/" and last == first + 1
    if word := reading.at(end, "year_word"):
        end = word.end
    elif reading.sign(end) in DASHES and reading.glued(end - 1) and reading.at(end + 1, "year_word"):
        end = reading.at(end + 1, "year_word").end
    kind = preposition(reading, i, end)
    if kind == "since" and first == last:
        first += reading.before(i, "after_year") is not None
        last = max(first, year) if year else None
    if kind == "by" and year and last < year and reading.before(i, "until_year"):
        return Period(None, None, i, end, "vague"), "a year"  # «до 2018 года» of the past: nobody says since when
    if after := (reading.at(end, "since_after") or reading.at(end, "by_after")):
        end = after.end
    run = first != last and not financial
    return Period(first, last, i, end, "in" if run and kind == "by" else kind), "a year"


def shortened(reading: Reading, i: int, first: int) -> bool:
    """Whether token i is the end of a run of years without its century: the 20 of "2019/20", no month of a date."""
    printed = reading.sign(i)
    in_date = reading.sign(i + 1) in DASHES and reading.glued(i)
    return len(printed) == 2 and printed.isdecimal() and int(printed) > first % 100 and not in_date


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
            ends = year is not None and count > 1
            return Period(
                shifted(year, 1 - count) if ends else None, year if ends else None, i, unit.end, "span"
            ), "a period"
        first, last = (1, count) if kind == "span_ahead" else (1 - count, 0)
        return Period(shifted(year, first), shifted(year, last), i, unit.end, "in"), "a period"
    return None


def read_ago(reading: Reading, i: int, year: int | None) -> tuple[Period, str] | None:
    """ "Three years ago"; «тоғыз айда», which names no year of its own."""
    if not (reading.kinds["ago"] or reading.kinds["span_after"]):
        return None
    numeral = read_numeral(reading, i)
    after = reading.at(numeral.end, "span_after") if numeral else None
    if after:
        years = reading.at(numeral.end, "year_unit") is not None and year is not None and 1 < numeral.value <= 200
        first = year + 1 - int(numeral.value) if years else None
        return Period(first, year if years else None, i, after.end, "span" if years else "name"), "a period"
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
        if reading.before(i, "comparison") and not reading.before(i, "compared"):
            return Period(None, None, i, mark.end, "name"), ""
        return Period(int(mark.value), None, i, mark.end, "before"), "a period"
    if mark := reading.at(i, "by_decade"):
        end = None if year is None else year // 10 * 10 + 10
        return Period(end, end, i, mark.end, "by"), "a period"
    if mark := reading.at(i, "by_end"):
        named = shifted(year, int(mark.value))
        return Period(named, named, i, mark.end, "by"), "a period"
    if mark := reading.at(i, "relative"):
        named = shifted(year, int(mark.value))
        kind = "by" if int(mark.value) > 0 and reading.before(i, "by") else "in"  # "till now" is no date to come
        return Period(named, named, i, mark.end, kind), "a period"
    return None


READERS = (  # what reads periods, the kinds of words that these begin with, and whether digits may begin them
    (read_date, frozenset({"month"}), True),
    (read_years, frozenset(), True),
    (read_span, frozenset({"span_ahead", "span_back", "span_in"}), False),
    (read_ago, frozenset({"number"}), True),
    (read_relative, frozenset({"vague_period", "relative", "relative_before", "by_end", "by_decade"}), False),
)
OPENINGS = frozenset().union(*(kinds for _, kinds, _ in READERS))
