"""Numbers that state no quantity by what stands beside them: ordinals, times, ages, names and labels, pronouns.

What is known by its shape alone, a web address or a list, is in shapes.py.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import TYPE_CHECKING

from auyl.reading.hedges import Hedge, follows
from auyl.reading.lexicon import DASHES, HYPHENS, NEVER, STOPS, Reading
from auyl.reading.numbers import Numeral, read_numeral
from auyl.reading.units import is_plural

if TYPE_CHECKING:
    from auyl.reading.money import Noun
    from auyl.reading.ranges import Range

JOINTS = frozenset("-‐‑–—_/&.+")  # sign between a name and its number: COVID-19, UTC+5
CONTACT = frozenset(":–—")
BETWEEN_GROUPS = frozenset("-()‑")
LIST = frozenset(",/;-–—")
PERCENT = ("percent", "percentage_point")
NO_MEASURE = ("times", "point", "century", "decade", "year", "month", "week", "day", "hour", "minute", "second")
COUNTED = frozenset(
    {"unit", "glued_unit", "cased_unit", "scaled_unit", "currency", "code", "hundredth", "glued_hundredth"}
    | {"magnitude", "glued_magnitude", "noun"}
)
LONGEST = 10  # digits without a break; a longer run is an identification number
OLDEST = 130
Verdict = tuple[str, int]  # why a number is no figure, and the token where what it belongs to ends


def excluded(reading: Reading, numeral: Numeral, left: int) -> Verdict | None:
    """Why the number is no figure, by what stands beside it, and where that ends; None if it may be one.

    `left` is where the number begins with its sign and hedge; numbers after a currency are not asked about.
    """
    found = None if numeral.worded else glued(reading, numeral.start, numeral.end)
    found = found or clock(reading, numeral) or age(reading, numeral, left)
    if not found and not reading.before(numeral.end, "magnitude"):
        found = label(reading, numeral.start, numeral.end)
    return found or (None if numeral.worded else called(reading, numeral.start) or weekday(reading, numeral))


def glued(reading: Reading, start: int, end: int) -> Verdict | None:
    """What is printed right before or right after the digits: COVID-19, A629; 2-го, 19th, 10:30, 5G."""
    if reading.before(end, "magnitude_adjective") and (head := reading.at(end, "ordinal_head")):
        return "an ordinal", head.end  # «5-тысячный житель»
    if reading.glued(start - 1) and named(reading, start):
        return "a label", end
    if not reading.glued(end - 1):
        return None
    if reading.hyphen(end) and (found := hyphened(reading, end)):
        return found
    if mark := reading.at(end, "ordinal_suffix"):
        return "an ordinal", mark.end
    if reading.sign(end) == ":" and reading.glued(end) and reading.kind(end + 1) == "number":
        return "a time", end + 2
    unit, letter = reading.at(end, "unit"), reading.sign(end)
    kinds = (COUNTED | {"hedge_after"}) & reading.kinds_at[end]
    initial = kinds == {"unit"} and len(letter) == 1 and letter.isupper() and unit and unit.value.islower()
    return ("a label", end + 1) if reading.kind(end) == "word" and (initial or not kinds) else None


def named(reading: Reading, i: int) -> bool:
    """Whether a letter, or a word and a hyphen, is printed right before token i: A629, COVID-19."""
    joint, before = reading.sign(i - 1), reading.kind(i - 2)
    if reading.kind(i - 1) == "word":
        return True
    if joint in HYPHENS and reading.sign(i - 2).count(".") > 1:
        return True  # ГОСТ 12.1.004-91
    if joint not in JOINTS or not reading.glued(i - 2) or before == "sign":
        return False  # "(-1.2%)"
    minus = (joint in DASHES and before == "number") or reading.said(i - 1, "word", "minus")
    return not minus and (joint != "+" or before == "word")


def hyphened(reading: Reading, end: int) -> Verdict | None:
    """What the hyphen at token `end` joins to the digits: 2-го, «2-кезең», «в 90-х годах», the score 7-5."""
    if mark := reading.at(end + 1, "ordinal_suffix"):
        return "an ordinal", mark.end
    if mark := reading.at(end + 1, "label_after"):
        return "a label", mark.end
    known = reading.begins(end + 1, {"case_suffix", "unit", "currency", "magnitude"})
    if reading.rows.get("hyphen_is_ordinal") and reading.kind(end + 1) == "word" and not known:
        return "an ordinal", end + 2
    years = reading.at(end + 2, "year_word") is not None or not counts(reading, end + 2)
    printed, second = reading.sign(end - 1), reading.sign(end + 1)
    decade = len(printed) == 2 and printed[1] == "0" and "possessive" not in reading.rows  # «88-і»: of what was named
    if decade and years and reading.at(end + 1, "case_suffix"):
        return "a year", end + 2
    falls = printed.isdecimal() and second.isdecimal() and int(printed[:20]) >= int(second[:20])
    return ("a label", end + 2) if falls else None


def clock(reading: Reading, numeral: Numeral) -> Verdict | None:
    """A time of day: "11 a.m.", «с 13 до 14 часов», «сағат 10-да»."""
    start, end = numeral.start, numeral.end
    if numeral.scaled:
        return None
    if not numeral.worded and (mark := reading.at(end, "clock")):
        return "a time", mark.end
    if numeral.value > 24:
        return None
    if follows(reading, start, "hour_before"):
        suffix = reading.at(end + 1, "case_suffix") if reading.sign(end) in HYPHENS else None
        if not counts(reading, suffix.end if suffix else end):
            return "a time", end
    if reading.before(start, "at_hour") is None:
        return None
    second = read_numeral(reading, end + 1) if reading.at(end, "range") else None  # past «до 14»
    hours = reading.at(second.end if second and second.value <= 24 else end, "hour_word")
    return ("a time", hours.end) if hours else None


def age(reading: Reading, numeral: Numeral, left: int) -> Verdict | None:
    """Somebody's age: "aged 35", "a 46-year-old", "Ms Akhmetova, 45, said", "children aged 3 to 6"."""
    if numeral.scaled or numeral.value >= OLDEST:
        return None
    opening = reading.said(left, "range", "between", "from")
    left = opening.start if opening else left
    end = past_upper(reading, numeral.end, opening is not None and opening.value == "between")
    if after := reading.at(end, "age_after") or (reading.sign(end) in HYPHENS and reading.at(end + 1, "age_after")):
        return "an age", after.end
    if stop := of_somebody(reading, numeral):
        return "an age", stop
    years = reading.at(end, "age_unit")
    if reading.before(left, "age") or (reading.before(left, "age_limit") and (years or not counts(reading, end))):
        return "an age", years.end if years else past_list(reading, end)
    return ("an age", years.end) if years and reading.before(left, "somebody") else None


def past_upper(reading: Reading, end: int, between: bool) -> int:
    """Past the upper end of a range of ages whose lower ends at token `end`: "3 to 6", "15- to 24-year-olds"."""
    start = end + (reading.sign(end) in HYPHENS and not reading.glued(end))
    joint = reading.says(start, "range", "and" if between else "to")
    at = joint.end if joint else start + 1 if reading.sign(start) in DASHES else None
    upper = read_numeral(reading, at) if at is not None else None
    return end if upper is None or upper.scaled or upper.value >= OLDEST else upper.end


def of_somebody(reading: Reading, numeral: Numeral) -> int | None:
    """Where an age after a person's name or a word for one ends: "Aliya, 52, keeps cows", «мужчина, 38,»."""
    start, end = numeral.start, numeral.end
    if numeral.worded or numeral.value % 1 or not numeral.value:
        return None
    if word := reading.at(end, "age_unit"):
        end = word.end
    brackets = reading.sign(start - 1) == "(" and reading.sign(end) == ")"
    if not brackets and (reading.sign(start - 1) != "," or reading.sign(end) != ","):
        return None
    goes_on = reading.kind(end + 1) == "word" and reading.sign(end + 1)[0].islower()
    if not goes_on:
        return None
    capital = reading.sign(start - 2)[:1].isupper() and reading.kind(start - 2) == "word"
    two = capital and reading.sign(start - 3)[:1].isupper()
    titled = start > 2 and reading.before(start - 2, "title_of_person") is not None
    begins = start == 2 or reading.sign(start - 3) in STOPS
    opens = capital and begins and not is_plural(reading, start - 2) and not reading.at(end + 1, "range")
    return end if titled or two or opens or reading.before(start - 1, "somebody") else None


def label(reading: Reading, start: int, end: int) -> Verdict | None:
    """A name's number: "School No. 24", «кабинет № 5», "Items 3, 4 and 5", "10 Downing Street", "500 BC"."""
    mark = reading.before(start, "label")
    hedge = reading.before(start, "hedge") if mark else None
    hedged = mark and hedge and hedge.start <= mark.start  # "will top 5 billion" names nothing
    if mark and not hedged and not reading.says(end, "unit", *PERCENT):  # "the top 10 per cent"
        return "a label", past_list(reading, end)
    if after := reading.at(end, "label_next"):
        return "a label", after.end
    code = reading.before(start, "code")
    rate = code and reading.sign(code.start - 1) == "/" and reading.before(code.start - 1, "code")  # USD/KZT 540
    if rate or reading.before(start, "per"):  # "12 per 1,000"
        return "a label", end
    if reading.marks["label_noun"] and address(reading, end):
        return "a label", end
    return ("a label", end) if reading.marks["street"] and street_number(reading, start) else None


def past_list(reading: Reading, end: int) -> int:
    """Past the other numbers of a list of names, "Articles 3, 4 and 5", but not "Article 5, 12 schools"."""
    while True:
        if reading.sign(end) == "(" and reading.glued(end - 1) and reading.sign(end + 2) == ")":
            end += 3  # Section 4(1)
        joint = reading.says(end, "range", "and", "or", "to")
        if reading.sign(end) not in LIST and not joint:
            return end
        following = read_numeral(reading, joint.end if joint and reading.sign(end) not in LIST else end + 1)
        if following is None or following.scaled or counts(reading, following.end):
            return end
        if following.value >= 1000 and not reading.hyphen(end):
            return end
        end = following.end


def counts(reading: Reading, i: int) -> bool:
    """Whether the word at token i may be what the number before it counts."""
    if reading.kind(i) != "word":
        return reading.sign(i) == "%"
    return reading.begins(i, COUNTED) or not reading.begins(i, {"stop", "range"})


def address(reading: Reading, end: int) -> bool:
    """Whether capitals and then a word for a street stand at token `end`."""
    for i in range(end, end + 3):
        if reading.kind(i) != "word" or not reading.sign(i)[0].isupper():
            return False
        if i > end and reading.at(i, "label_noun"):
            return True
    return False


def street_number(reading: Reading, start: int) -> bool:
    """Whether token `start` is the number after a street's name: «ул. Абая, 91»."""
    i = start - 1
    while i > start - 5 and i > 0 and (reading.sign(i) == "," or reading.sign(i)[0].isupper()):
        i -= 1
    return i < start - 1 and reading.before(i + 1, "street") is not None


def called(reading: Reading, start: int) -> Verdict | None:
    """Groups of digits after "Hotline:" or a like word, or that begin with 0: 0800 555 111."""
    printed = reading.sign(start)
    zero = printed[0] == "0" and len(printed) > 1 and printed.replace(" ", "").isdecimal()
    parted = reading.sign(start - 1) in CONTACT and not reading.glued(start - 1)
    if not zero and not reading.before(start - parted, "contact"):
        return None
    end = start + 1
    while reading.sign(group := end + (reading.sign(end) in BETWEEN_GROUPS)).replace(" ", "").isdecimal():
        end = group + 1
    return None if reading.sign(end) == "%" else ("a telephone number", end)


def weekday(reading: Reading, numeral: Numeral) -> Verdict | None:
    """ "Thursday 28": the day of a month, unless something is counted."""
    if reading.before(numeral.start, "weekday") and numeral.value <= 31 and not counts(reading, numeral.end):
        return "a date", numeral.end
    return None


def no_range(reading: Reading, first: Numeral, span: Range, noun: Noun | None, hedge: Hedge | None) -> str | None:
    """Why two numbers about a hyphen are no range: a score, 2-1, 52-48; a stretch of a road, «участок 11-26 км»."""
    whole = first.step == span.high.step == 1 and not span.high.scaled and span.high.value < 1000
    score = whole and noun is None and (hedge is None or span.words) and reading.hyphen(first.end)
    road = noun is not None and noun.unit == "km" and reading.before(span.start, "road_section")
    return "a label" if score or road else None


def no_count(
    reading: Reading, numeral: Numeral, noun: Noun | None, hedge: Hedge | None, left: int, opens: Container[int]
) -> str | None:
    """Why a number that begins at token `left` with its sign counts nothing; `opens` begin sentences."""
    if numeral.span and noun is None:
        return "not understood"  # "billions for the villages": how many, is not said
    if numeral.scaled:
        return None
    if not numeral.worded:
        return "a label" if noun is None and hedge is None and is_name(reading, numeral, left, opens) else None
    if numeral.value == 1 and numeral.end == numeral.start + 1:  # "one of them", «один»
        measured = noun is not None and is_measure(reading, noun, left)
        pronoun = not measured and (hedge is None or hedge.bound == "about")
    else:  # "the two agreed"
        pronoun = noun is None and hedge is None and reading.said(left, "word", "definite") is not None
    return "a pronoun or article" if pronoun else None


def is_measure(reading: Reading, noun: Noun, left: int) -> bool:
    """Whether one of this is an amount: "one hectare", "one dollar"; not one day, and not the unit of a rate.

    That follows a preposition, «25 центнеров с одного гектара», or has the ending of one, «бір гектардан».
    """
    if noun.kind == "money":
        return True
    endings = re.compile(reading.rows.get("rate_endings", NEVER))
    of_each = any(endings.search(mark.ending) for mark in reading.inflected.get(noun.end, ()))
    rate = of_each or reading.before(left, "rate")
    return noun.kind == "measure" and noun.unit not in NO_MEASURE and not rate


def is_name(reading: Reading, numeral: Numeral, left: int, opens: Container[int]) -> bool:
    """Whether a number without a unit belongs to a capitalised word before it (iPhone 11) or identifies (BIN)."""
    printed = reading.sign(numeral.start)
    if printed.isdecimal() and len(printed) >= LONGEST:
        return True
    if left in opens or left - 1 in opens or reading.kind(left - 1) != "word":
        return False
    before = reading.tokens[left - 1]
    if reading.at(numeral.end, "ratio") or any(
        reading.before(left, kind) for kind in ("hedge", "filler", "month", "range")
    ):
        return False  # "Only 3 out of 47 counties"
    cell = set("\t|\n") & set(reading.text[before.end : reading.tokens[left].start])  # of a table, beside its head
    return not cell and any(c.isupper() for c in before.text)
