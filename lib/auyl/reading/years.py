"""The years a sentence is about: "in 2023", "over the next three years", «к 2027 году», «биыл».

Relative periods resolve against the year of the statement. What is read here is claimed: a year or a date is no
figure.
"""

from auyl.reading.dates import JOINTS, Claim, Period, is_year, read_date
from auyl.reading.lexicon import STOPS, Reading
from auyl.reading.numbers import read_numeral

COMPARED = 5  # words between "than" and the period that something is compared with
FOUNDED = 4  # tokens from "launched" to the year: "launched in the year 2013"
LONGEST = 200  # years; more are no period
NOT_NAMED = ("month", "year_before", "year_word", "since", "by", "part_of_year", "abbreviation")
SIGNS = frozenset("$€£¥₸₽")  # of money
Found = tuple[Period, str] | None  # a period, and why its words are no figure


def read_periods(reading: Reading, year: int | None) -> tuple[list[Period], list[Claim]]:
    """Every period named in the text, in order, and the tokens they and the dates are made of.

    `year` is the statement's own; without it relative periods have no years.
    """
    periods: list[Period] = []
    claims: list[Claim] = []
    readers = [
        (read, reading.begun(kinds).union(reading.digits if of_digits else ())) for read, kinds, of_digits in READERS
    ]
    end = 0
    for i in sorted(set[int]().union(*(starts for _, starts in readers))):
        if i < end:
            continue
        found = next((found for read, starts in readers if i in starts and (found := read(reading, i, year))), None)
        if not found:
            continue
        period, reason = found
        if reason:
            claims.append(Claim(period.start, period.end, reason))
        if period.kind != "name":
            add(reading, periods, held_against(reading, period, year))
        end = max(i + 1, period.end)
    return periods, claims


def held_against(reading: Reading, period: Period, year: int | None) -> Period:
    """The period as "aside" where something is only compared with it, or only the programme's beginning is told.

    In "more than last year, when 1,658 were issued" it is what follows that is of that year: "then". The year in
    which something was announced is nobody's.
    """
    if period.kind not in ("in", "before"):
        return period
    if compared(reading, period):
        if period.kind == "before" and period.first is not None:
            named = shifted(year, period.first)
            period = period._replace(first=named, last=named)
        elif not reading.at(period.start, "relative"):
            period = period._replace(first=None, last=None)  # more than in a year that it names: of which, is not said
        return period._replace(kind="then" if reading.at(period.end + 1, "when") else "aside")
    for i in range(period.start, period.start - FOUNDED, -1):
        if founded := reading.before(i, "founded"):
            told = founded.value == "told" and not reading.at(period.start, "relative")  # but "announced today"
            return period._replace(kind="aside" if told else "founded")
        if reading.sign(i - 1) in STOPS:
            break
    return period


def compared(reading: Reading, period: Period) -> bool:
    """Whether something is only compared with the period: "9% more than in 2023", «өткен жылмен салыстырғанда»."""
    if not (reading.marks["compared"] or reading.marks["compared_after"]):
        return False
    for i in range(period.start, period.start - COMPARED - 1, -1):
        if reading.before(i, "compared"):
            return True
        if reading.kind(i - 1) != "word" or reading.before(i, "status"):
            break
    for i in range(period.end, period.end + COMPARED):
        if reading.at(i, "compared_after"):
            return True
        if reading.kind(i) != "word":
            break
    return False


def add(reading: Reading, periods: list[Period], period: Period) -> None:
    """Add a period, two names of one as one: "from 2017–18 to 2026–27", "the previous year 2018/19".

    A length and a beginning give the end: "in the four years since 2019" is 2019 to 2022.
    """
    last = periods[-1] if periods else None
    if last is not None and (one := joined(reading, last, period)):
        periods[-1] = one
    else:
        periods.append(period)


def joined(reading: Reading, last: Period, period: Period) -> Period | None:
    """Two periods in a row as the one that they name; None if they are two."""
    gap = period.start - last.end
    if last.first is None or period.first is None:
        return None
    to = gap == 1 and reading.says(last.end, "range", "to") and reading.before(last.start, "range")
    if to and last.last is not None and last.first < last.last <= period.first:
        return last._replace(last=period.last, end=period.end)
    if gap == 0 and last.kind in ("in", "before") and period.kind == "in" and not reading.sign(last.start).isdigit():
        return period
    if last.kind == "span" and last.last is not None and gap in (0, 1):
        end = period.first if period.kind == "since" else period.last
        return period._replace(last=shifted(end, last.last - last.first), kind="in", start=last.start)
    return None


def shifted(year: int | None, by: int) -> int | None:
    return None if year is None else year + by


def is_name(reading: Reading, i: int) -> bool:
    """Whether the year at token i is part of a name: Concept 2030, Strategy 2050, Expo-2017."""
    if i == 0 or reading.at(i + 1, "year_word"):
        return False
    if reading.before(i, "label") and not reading.before(i, "year_before"):
        return True
    if reading.sign(i - 1) in JOINTS and reading.glued(i - 1) and reading.glued(i - 2):
        return reading.kind(i - 2) == "word" and not reading.before(i - 1, "year_word")
    if reading.kind(i - 1) != "word" or not reading.sign(i - 1)[0].isupper() or i < 2:
        return False
    opens = reading.kind(i - 2) == "sign" and reading.sign(i - 2) not in JOINTS
    return not opens and not any(reading.before(i, kind) for kind in NOT_NAMED)


def read_years(reading: Reading, i: int, year: int | None) -> Found:
    """A year or a run of years with the words around it that say from, in or by when."""
    if not is_year(reading, i):
        return None
    if is_name(reading, i):
        return Period(None, None, i, i + 1, "name"), "a label"
    first = int(reading.sign(i))
    last: int | None = first
    end = past_word(reading, i + 1)
    joint, other, financial = reading.sign(end), end + 1, False
    if (joint in JOINTS or connects(reading, i, end)) and is_year(reading, other):
        if int(reading.sign(other)) >= first:
            last, end = int(reading.sign(other)), other + 1
    elif joint in JOINTS and reading.glued(i) and shortened(reading, other, first):
        last, end = first // 100 * 100 + int(reading.sign(other)), other + 1
        financial = joint == "/" and last == first + 1
    glued = reading.sign(end) in JOINTS and reading.glued(end - 1) and reading.at(end + 1, "year_word")
    end = past_word(reading, end + 1 if glued else end)
    kind = preposition(reading, i, end)
    if kind == "since" and first == last:
        first += reading.before(i, "after_year") is not None
        last = max(first, year) if year else None
    if kind == "by" and year and last is not None and last < year and reading.before(i, "until_year"):
        return Period(None, None, i, end, "vague"), "a year"  # «до 2018 года» of the past: nobody says since when
    if after := (reading.at(end, "since_after") or reading.at(end, "by_after")):
        end = after.end
    run = first != last and not financial
    return Period(first, last, i, end, "in" if run and kind == "by" else kind), "a year"


def past_word(reading: Reading, i: int) -> int:
    """Past the word for a year at token i, if there is one."""
    word = reading.at(i, "year_word")
    return word.end if word else i


def shortened(reading: Reading, i: int, first: int) -> bool:
    """Whether token i is the end of a run of years without its century: the 20 of "2019/20", no month of a date."""
    printed = reading.sign(i)
    in_date = reading.sign(i + 1) in JOINTS and reading.glued(i)
    return len(printed) == 2 and printed.isdecimal() and int(printed) > first % 100 and not in_date


def connects(reading: Reading, i: int, end: int) -> bool:
    """Whether a word joins two years into a run: "between 2019 and 2024", «с 2026 по 2028 год»."""
    joint = reading.says(end, "range", "to", "and")
    if joint is None or joint.end != end + 1:
        return False
    if joint.value == "to" or reading.said(i, "range", "between"):
        return True
    other = reading.sign(end + 1)  # "in 2019 and 2020" is a run, "in 2019 and 2023" is not
    return other.isdecimal() and int(other) == int(reading.sign(i)) + 1


def preposition(reading: Reading, i: int, end: int) -> str:
    """ "since", "by" or "in", by the words before token i or at token end."""
    for kind in ("since", "by"):
        if reading.at(end, f"{kind}_after"):
            return kind
    start: int | None = i
    while start is not None:  # "by the end of fiscal year 2025"
        for kind in ("since", "by"):
            if reading.before(start, kind):
                return kind
        mark = reading.before(start, "part_of_year") or reading.before(start, "year_word")
        i, start = start, mark.start if mark else None
    for back in range(i, i - 6, -1):  # "since its launch in 2009"
        if reading.kind(back - 1) != "word":
            break
        if reading.before(back, "since") and not reading.before(back, "range"):
            return "since"
    return "in"


def read_span(reading: Reading, i: int, year: int | None) -> Found:
    """ "The next three years" begin the year after the statement's; "the last three years" end in it.

    Months, weeks and days of either kind lie in the statement's year. "In three years", «за девять месяцев», "the
    same seven years" and "within ten days" name no year of their own; "over 18 weeks" is a floor.
    """
    for kind in ("span_ahead", "span_back", "span_in"):
        opening = reading.at(i, kind)
        if opening is None:
            continue
        numeral = read_numeral(reading, opening.end)
        end = numeral.end + (reading.sign(numeral.end) in JOINTS) if numeral else opening.end
        unit = reading.at(end, "year_unit")
        if numeral is None and (unit is None or int(unit.value) == 1):
            continue
        days = kind != "span_in" or (reading.says(end, "unit", "week", "day") and not reading.at(i, "hedge"))
        shorter = reading.at(end, "month_unit") or (reading.at(end, "day_unit") if days else None)
        if numeral and shorter:
            return Period(year, year, i, shorter.end, "name" if kind == "span_in" else "in"), "a period"
        if unit is None:
            continue
        count = int((numeral.value if numeral else 1) * int(unit.value))
        if not 1 <= count <= LONGEST:
            continue
        first, last = (1, count) if kind == "span_ahead" else (1 - count, 0)
        if kind != "span_in":
            return Period(shifted(year, first), shifted(year, last), i, unit.end, "in"), "a period"
        known = year if count > 1 else None
        return Period(shifted(known, first), known, i, unit.end, "span"), "a period"
    return None


def read_ago(reading: Reading, i: int, year: int | None) -> Found:
    """ "Three years ago"; «тоғыз айда», which names no year of its own."""
    if not (reading.marks["ago"] or reading.marks["span_after"]):
        return None
    numeral = read_numeral(reading, i)
    if numeral is None:
        return None
    unit = reading.at(numeral.end, "year_unit")
    if after := reading.at(numeral.end, "span_after"):
        known = year if unit and 1 < numeral.value <= LONGEST else None
        first = shifted(known, 1 - int(numeral.value))
        return Period(first, known, i, after.end, "name" if known is None else "span"), "a period"
    ago = reading.at(unit.end, "ago") if unit else None
    if not unit or not ago or numeral.value > LONGEST:
        return None
    named = shifted(year, -int(numeral.value * int(unit.value)))
    return Period(named, named, i, ago.end, "in"), "a period"


def read_relative(reading: Reading, i: int, year: int | None) -> Found:
    """ "This year", "next year", "currently", "in recent years", "a year earlier"."""
    if mark := reading.at(i, "vague_period"):
        return Period(None, None, i, mark.end, "vague"), "a period"
    if mark := reading.at(i, "relative_before"):
        if reading.before(i, "comparison") and not reading.before(i, "compared"):
            return Period(None, None, i, mark.end, "name"), ""
        return Period(int(mark.value), None, i, mark.end, "before"), "a period"
    for kind in ("by_decade", "by_end", "relative"):
        if mark := reading.at(i, kind):
            ahead = 10 - (year or 0) % 10 if kind == "by_decade" else int(mark.value)
            named = shifted(year, ahead)
            due = kind != "relative" or (ahead > 0 and reading.before(i, "by"))  # "till now" is no date to come
            return Period(named, named, i, mark.end, "by" if due else "in"), "a period"
    return None


def read_length(reading: Reading, i: int, year: int | None) -> Found:
    """ "The five-year, $270 million fund": how long the money is for; which years, nobody says."""
    numeral = read_numeral(reading, i)
    unit = reading.at(numeral.end + 1, "year_unit") if numeral and reading.hyphen(numeral.end) else None
    if unit is None:
        return None
    following = unit.end + (reading.sign(unit.end) == ",")
    money = reading.kind(following) == "number" or reading.at(following, "code") or reading.sign(following) in SIGNS
    return (Period(None, None, i, unit.end, "vague"), "a period") if money else None


READERS = (  # what reads periods, the kinds of words that these begin with, and whether digits may begin them
    (read_date, ("month",), True),
    (read_years, (), True),
    (read_span, ("span_ahead", "span_back", "span_in"), False),
    (read_length, ("number",), True),
    (read_ago, ("number",), True),
    (read_relative, ("vague_period", "relative", "relative_before", "by_end", "by_decade"), False),
)
