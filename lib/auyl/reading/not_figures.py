"""Numbers that state no quantity: ordinals, times, ages, names and labels, telephone numbers, pronouns."""

from collections.abc import Container

from auyl.reading.hedges import Hedge
from auyl.reading.lexicon import Reading
from auyl.reading.numbers import Numeral, read_numeral
from auyl.reading.ranges import DASHES, Range
from auyl.reading.units import Noun

HYPHENS = frozenset("-‐‑")
JOINTS = frozenset("-‐‑–—_/&.")  # sign between a name and its number: COVID-19
TELEPHONE = frozenset("-()+‑")
UNITS = frozenset(
    {"unit", "glued_unit", "currency", "hundredth", "glued_hundredth"}
    | {"magnitude", "glued_magnitude", "noun", "hedge_after"}
)


def excluded(reading: Reading, numeral: Numeral, left: int) -> tuple[str, int] | None:
    """Why the number is no figure, by what stands beside it, and where that ends; None if it may be one.

    `left` is where the number begins with its sign and hedge; numbers after a currency are not asked about.
    """
    start, end = numeral.start, numeral.end
    return (
        (None if numeral.worded else glued_before(reading, start, end) or glued_after(reading, end))
        or clock(reading, numeral)
        or age(reading, numeral, left)
        or label(reading, start, end)
        or (None if numeral.worded else telephone(reading, start))
    )


def glued_before(reading: Reading, start: int, end: int) -> tuple[str, int] | None:
    """A letter, or a word and a hyphen, printed right before the digits: A629, COVID-19."""
    if not start or not reading.glued(start - 1):
        return None
    if reading.tokens[start - 1].kind == "word":
        return "a label", end
    joint = reading.sign(start - 1)
    if joint not in JOINTS or start < 2 or not reading.glued(start - 2):
        return None
    of_range = joint in DASHES and reading.tokens[start - 2].kind == "number"
    return None if of_range else ("a label", end)


def glued_after(reading: Reading, end: int) -> tuple[str, int] | None:
    """What is printed right after the digits: 19th, 2-го, 10:30, 5G."""
    if end >= reading.count or not reading.glued(end - 1):
        return None
    if mark := reading.at(end, "ordinal_suffix"):
        return "an ordinal", mark.end
    if reading.sign(end) in HYPHENS and reading.glued(end):
        if mark := reading.at(end + 1, "ordinal_suffix"):
            return "an ordinal", mark.end
        if mark := reading.at(end + 1, "label_after"):
            return "a label", mark.end
        if reading.lexicon.rows.get("hyphen_is_ordinal", False) and ordinal_noun(reading, end + 1):
            return "an ordinal", end + 2
        if reading.at(end + 1, "case_suffix") and reading.at(end + 2, "year_word") and len(reading.sign(end - 1)) == 2:
            return "a year", end + 2  # «в 90-х годах»
    if reading.sign(end) in HYPHENS and reading.glued(end) and falls(reading, end):
        return "a label", end + 2  # a score: 7-5
    if reading.sign(end) == ":" and reading.glued(end) and reading.tokens[end + 1].kind == "number":
        return "a time", end + 2
    if reading.tokens[end].kind == "word" and UNITS.isdisjoint(reading.marks[end]):
        return "a label", end + 1
    return None


def ordinal_noun(reading: Reading, i: int) -> bool:
    """Whether the word at token i, after a hyphen, is neither a case ending nor a unit: the «кезең» of «2-кезең»."""
    known = {"case_suffix", "unit", "currency", "magnitude"} & reading.marks[i].keys()
    return reading.tokens[i].kind == "word" and not known


def falls(reading: Reading, i: int) -> bool:
    """Whether the number after the hyphen at token i is no greater than the one before it."""
    first, second = reading.tokens[i - 1].text, reading.tokens[i + 1].text
    return first.isdecimal() and second.isdecimal() and int(first[:20]) >= int(second[:20])


def clock(reading: Reading, numeral: Numeral) -> tuple[str, int] | None:
    """A time of day: "11 a.m.", «с 13 до 14 часов»."""
    mark = reading.at(numeral.end, "clock")
    if mark and not numeral.scaled and not numeral.worded:
        return "a time", mark.end
    opening = reading.before(numeral.start, "at_hour")
    if opening is None or numeral.value > 24 or numeral.scaled:
        return None
    end = numeral.end
    if reading.at(end, "range"):  # past «до 14»
        second = read_numeral(reading, end + 1)
        end = second.end if second and second.value <= 24 else end
    hours = reading.at(end, "hour_word")
    return ("a time", hours.end) if hours else None


def age(reading: Reading, numeral: Numeral, left: int) -> tuple[str, int] | None:
    """Somebody's age: "aged 35", "a 46-year-old". An average age is a quantity and says "46.7 years"."""
    after = reading.at(numeral.end, "age_after") or (
        reading.at(numeral.end + 1, "age_after")
        if reading.sign(numeral.end) in HYPHENS and reading.sign(numeral.end)
        else None
    )
    if (after and numeral.value < 130) or (reading.before(left, "age") and not numeral.scaled):
        return "an age", after.end if after else numeral.end
    return None


def label(reading: Reading, start: int, end: int) -> tuple[str, int] | None:
    """A name's number: "School No. 24", «кабинет № 5», "rounds one and two", "10 Downing Street"."""
    before = reading.before(start, "label")
    if before is None and (joint := reading.before(start, "range")) and joint.value == "and":
        number = reading.endings[joint.start].get("number")
        digits = joint.start and reading.tokens[joint.start - 1].kind == "number"
        earlier = number.start if number else joint.start - 1
        before = reading.before(earlier, "label") if number or digits else None
    if before or reading.at(end, "label_next") or address(reading, end) or street_number(reading, start):
        return "a label", end
    return None


def address(reading: Reading, end: int) -> bool:
    """Capitals and then a word for a street."""
    for i in range(end, min(end + 3, reading.count)):
        if reading.tokens[i].kind != "word" or not reading.tokens[i].text[0].isupper():
            return False
        if i > end and reading.at(i, "label_noun"):
            return True
    return False


def street_number(reading: Reading, start: int) -> bool:
    """The number after a street's name: «ул. Абая, 91»."""
    i = start - 1
    while i > start - 5 and i > 0 and (reading.sign(i) == "," or reading.sign(i)[0].isupper()):
        i -= 1
    return i < start - 1 and reading.before(i + 1, "street") is not None


def telephone(reading: Reading, start: int) -> tuple[str, int] | None:
    """Groups of digits: 8 (7172) 74-00-11, +61 8 5550 1234; any number that begins with 0 or follows "Hotline:"."""
    end, groups, joints = start, 0, 0
    while end < reading.count and end < start + 16:
        token = reading.tokens[end]
        if token.kind != "number" and not (token.text in TELEPHONE and end + 1 < reading.count):
            break
        if token.kind == "number" and not token.text.replace(" ", "").isdecimal():
            break
        groups += token.kind == "number"
        joints += token.kind != "number"
        end += 1
    while end > start and reading.tokens[end - 1].kind != "number":
        end -= 1
    if end == start or reading.sign(end) == "%":
        return None
    if reading.before(start - (reading.sign(start - 1) == ":"), "contact"):
        return "a telephone number", end
    plus = start > 0 and reading.sign(start - 1) == "+" and reading.glued(start - 1)
    zero = reading.sign(start)[0] == "0" and len(reading.sign(start)) > 1 and reading.sign(start).isdecimal()
    long = groups > 2 and (joints > 1 or plus or zero)
    if long or (zero and groups >= 1) or (plus and groups > 2):
        return "a telephone number", end
    return None


def score(reading: Reading, first: Numeral, span: Range) -> bool:
    """Whether two bare whole numbers about a hyphen are the score of a match or a vote: 2-1, 52-48."""
    hyphen = reading.sign(first.end) in HYPHENS and reading.glued(first.end - 1) and reading.glued(first.end)
    return hyphen and first.step == span.high.step == 1 and not span.high.scaled and span.high.value < 1000


def pronoun(reading: Reading, numeral: Numeral, noun: Noun | None, hedge: Hedge | None, left: int) -> bool:
    """Whether a number word stands for somebody or something: "one of them", "the two agreed", «один»."""
    if not numeral.worded or numeral.scaled:
        return False
    if numeral.value == 1 and numeral.end == numeral.start + 1:
        percent = noun is not None and noun.unit in ("percent", "percentage_point")
        return not percent and (hedge is None or hedge.bound == "about")
    word = reading.before(left, "word")
    return noun is None and hedge is None and word is not None and word.value == "definite"


def name(reading: Reading, numeral: Numeral, left: int, opens: Container[int]) -> bool:
    """Whether a number without a unit belongs to a capitalised word before it: iPhone 11, Falcon 9."""
    if numeral.worded or numeral.scaled or not left or left in opens or left - 1 in opens:
        return False
    before = reading.tokens[left - 1]
    known = reading.endings[left].keys() & {"hedge", "filler", "month", "range"}
    return before.kind == "word" and any(c.isupper() for c in before.text) and not known
