"""Two numbers that are one figure: "15–20", "between 1.2 and 2 billion", «от 80 до 90», "two or three".

Not every pair is: "grew from 91% to 93%" gives two levels, and "5 or 500" a choice.
"""

from decimal import Decimal
from typing import NamedTuple

from auyl.reading.hedges import compares, follows, leads_to
from auyl.reading.lexicon import DASHES, SPACE, Reading
from auyl.reading.money import MINUS, Noun
from auyl.reading.numbers import Numeral, read_numeral
from auyl.reading.units import read_noun

THOUSAND = Decimal(1000)
AHEAD = 5  # tokens: a word that closes a range stands no further off
ESTIMATE = 7  # tokens between "from" and its number: "from an initial estimate of 40"
NEAR = 12  # tokens: a unit and what joins it to the upper end
CHOICE = 3  # "5 or 500": ends further apart than this many times are no range


class Range(NamedTuple):
    """`low` to `high`, from token `start`; the unit begins at token `end`; `words` is a printed "between"."""

    low: Numeral
    high: Numeral
    start: int
    end: int
    words: str | None


def read_range(reading: Reading, first: Numeral, negative: bool, end: int, left: int, floor: int) -> Range | None:
    """The range that begins with `first`, printed up to token `end` and with its minus and currency from token `left`.

    Below zero the ends may stand in either order: "from -5 to -10 degrees".
    """
    if first.span or reading.joints.isdisjoint(range(end, end + NEAR)):
        return None
    opening = reading.said(left, "range", "between", "from")
    if opening and opening.start < floor:
        opening = None
    opened = opening.value if opening else None
    unit = read_noun(reading, end, first.value, open_class=False)
    after = past_ending(reading, unit.end) if unit and (unit.kind != "noun" or opening) else end
    joint = closed(reading, end, after) or joined(reading, after, opened, first.worded)
    if joint is None:
        return None
    dashed = reading.sign(joint - 1) in DASHES
    below, joint = past_minus(reading, joint)
    second = read_numeral(reading, past_currency(reading, joint))
    if second is None or second.span or second.worded != first.worded:
        return None
    low = first if after > end else rescaled(reading, first, second)
    high = second._replace(value=-second.value) if below else second
    low = low._replace(value=-low.value) if negative else low
    if low.value > high.value and below and negative:
        low, high = high, low
    if low.value >= high.value or is_change(reading, left, second.end, opened, dashed, after > end):
        return None
    if opening is None and after > end and not same_unit(reading, unit, second):
        return None
    if opening is None and not dashed and apart(reading, left, joint, low, second):
        return None
    words = reading.quote(opening.start, opening.end) if opening and opened == "between" else None
    return Range(low, high, opening.start if opening else left, second.end, words)


def is_change(reading: Reading, left: int, right: int, opened: str | None, dashed: bool, twice: bool) -> bool:
    """Whether the two numbers are levels before and after: "grew from 91% to 93%", «80-нен 90-ға дейін өсті».

    With each end's own unit, or "from", a verb or noun of change in the clause is enough; a change may also be named
    by its size: "3.7% – from 525.10 to 505.73".
    """
    if opened == "between" or dashed:
        return False
    if opened is None and (reading.before(left, "by_amount") or reading.said(left, "range", "to")):
        return False  # "by 10% to 15%", "to 4.0 percent to 4.5 percent"
    if opened is None and not twice:
        if from_earlier(reading, left):
            return True
        return not reading.rows.get("open_nouns") and leads_to(reading, right, "change")
    ends = (reading.at(at, "range_end") for at in range(right, right + AHEAD))
    closes = next((mark.end for mark in ends if mark), right)  # «15%-ға дейін өсті»
    if reading.before(left, "from_level") or leads_to(reading, closes, "change"):
        return True
    return follows(reading, left, "change", far=True) or (opened == "from" and sized(reading, left))


def from_earlier(reading: Reading, left: int) -> bool:
    """Whether "from" and words of what it was stand before the number: "up from an estimate of 40 to 55"."""
    for at in range(left, max(left - ESTIMATE, 0), -1):
        if reading.said(at, "range", "from") or reading.before(at, "from_level"):
            return follows(reading, at, "change", far=True)
        if reading.kind(at - 1) != "word":
            return False
    return False


def sized(reading: Reading, left: int) -> bool:
    """Whether the size of a change stands right before "from": a percentage, parted by a dash or a comma."""
    at = left - 2  # past "from"
    return (reading.sign(at) in DASHES or reading.sign(at) in (",", "(")) and compares(reading, at)


def same_unit(reading: Reading, unit: Noun | None, second: Numeral) -> bool:
    other = read_noun(reading, second.end, second.value, open_class=False)
    return unit is not None and other is not None and other.unit == unit.unit


def joined(reading: Reading, i: int, opened: str | None, worded: bool) -> int | None:
    """Where the upper end begins, if token i joins two ends: a dash, "to" or "or", the "and" after "between"."""
    if reading.sign(i) in DASHES:
        return i + 1 if reading.glued(i) or not worded else None
    wanted = {"between": ("and",), "from": ("to",)}.get(opened or "", ("to", "or"))
    joint = reading.says(i, "range", *wanted)
    return joint.end if joint else None


def closed(reading: Reading, end: int, after: int) -> int | None:
    """Where the upper end begins, if a word after it closes the range: «80-нен 90-ға дейін», «10 мен 20 аралығында».

    The lower end stands up to token `end`, with its unit up to token `after`: «20 пайыздан 25 пайызға дейін».
    """
    between = reading.says(end, "range", "and")
    start = between.end if between else after
    second = read_numeral(reading, past_minus(reading, start)[1]) if between or ablative(reading, after) else None
    if second is None:
        return None
    wanted = "and" if between else "to"
    return start if any(reading.says(second.end + i, "range_end", wanted) for i in range(AHEAD)) else None


def past_minus(reading: Reading, i: int) -> tuple[bool, int]:
    """Whether a minus stands before the upper end at token i, and where its number begins."""
    word = reading.says(i, "word", "minus")
    sign = reading.sign(i) in MINUS and reading.glued(i) and not reading.glued(i - 1)
    return bool(word or sign), word.end if word else i + sign


def ablative(reading: Reading, end: int) -> bool:
    """Whether the word before token `end` says from where: «80-нен», «пайыздан»."""
    endings = tuple(reading.rows.get("ablative", ()))
    marks = reading.inflected.get(end, ())
    return reading.tokens[end - 1].key in endings or any(mark.ending.endswith(endings) for mark in marks)


def past_ending(reading: Reading, end: int) -> int:
    """Past a case ending glued to the digits or the sign: «500-ге», «64-х», «70%-ға»."""
    mark = reading.at(end + 1, "case_suffix") if reading.hyphen(end) else None
    return mark.end if mark and mark.end == end + 2 else end


def apart(reading: Reading, left: int, joint: int, low: Numeral, high: Numeral) -> bool:
    """Whether the second is no end of a range: "up by £109 to £2,280", "5 or 500", "increased 24,100 to 11,592,200"."""
    if reading.before(left, "gain") and not by_as_much(reading, left, low, high):
        return True
    far = high.value > low.value * CHOICE
    return far and (reading.said(joint, "range", "or") is not None or follows(reading, left, "change"))


def by_as_much(reading: Reading, left: int, low: Numeral, high: Numeral) -> bool:
    """Whether both numbers say by how much: "by 3 to 5 per cent", not "by 40 to 55 farms" or "by £3m to £5m"."""
    noun = read_noun(reading, high.end, high.value, open_class=False)
    measured = noun is not None and noun.kind != "noun" and reading.before(low.start, "by_amount") is not None
    return measured and abs(high.value) <= CHOICE * abs(low.value)


def past_currency(reading: Reading, i: int) -> int:
    """Past a currency printed again before the upper end: "from $5 to $10"."""
    mark = reading.at(i, "currency") or reading.at(i, "code")
    return mark.end if mark and reading.kind(mark.end) == "number" else i


def rescaled(reading: Reading, first: Numeral, second: Numeral) -> Numeral:
    """The lower end under the magnitude printed only once: "24.2 to 33 billion", "7-9 lakh", «30–40 000».

    It is shared if the lower end is the smaller as printed: "$200 to $4 million" begins at 200 dollars.
    """
    if first.worded and first.value < 10 and second.value >= 100 and second.value % 100 == 0 and not second.scaled:
        return first._replace(value=first.value * 100)  # «екі-үш жүз»
    scale = second.scale
    if scale == 1 and thousands(reading, second) and first.value * THOUSAND * CHOICE > second.value:
        scale = THOUSAND
    if first.scaled or scale == 1 or first.value * scale >= second.value or first.value >= THOUSAND:
        return first
    return first._replace(value=first.value * scale, step=first.step * scale, scale=scale)


def thousands(reading: Reading, numeral: Numeral) -> bool:
    """Whether the number ends in three zeros set apart, which the lower end may have left out."""
    printed = reading.sign(numeral.start)
    return numeral.end == numeral.start + 1 and printed[-3:] == "000" and printed[-4:-3] in {*SPACE, ","}
