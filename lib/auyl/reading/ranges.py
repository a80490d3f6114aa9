"""Two numbers that are one figure: "15–20", "between 1.2 and 2 billion", «от 80 до 90», "two or three".

Not every pair is: "grew from 91% to 93%" gives two levels, and "5 or 500" a choice.
"""

from decimal import Decimal
from typing import NamedTuple

from auyl.reading.hedges import follows, leads_to
from auyl.reading.lexicon import SPACE, Reading
from auyl.reading.numbers import Numeral, read_numeral
from auyl.reading.money import Noun
from auyl.reading.units import read_noun

DASHES = frozenset("-‐‑‒–—−")
THOUSAND = Decimal(1000)
AHEAD = 5  # tokens: a word that closes a range stands no further off
NEAR = 12  # tokens: a unit and what joins it to the upper end
RANGE_WORDS = frozenset({"range", "range_end"})
CHOICE = 3  # "5 or 500": ends further apart than this many times are no range


class Range(NamedTuple):
    """`low` to `high`, from token `start`; the unit begins at token `end`; `words` is a printed "between"."""

    low: Numeral
    high: Numeral
    start: int
    end: int
    words: str | None


def read_range(reading: Reading, first: Numeral, end: int, left: int, floor: int) -> Range | None:
    """The range whose lower end is `first`, printed up to token `end` and with its currency from token `left`."""
    if first.span or not joint_near(reading, end):
        return None
    opening = reading.before(left, "range")
    if opening and (opening.start < floor or opening.value not in ("between", "from")):
        opening = None
    unit = read_noun(reading, end, first.value, open_class=False)
    after = unit.end if unit and unit.kind != "noun" else unit.end if unit and opening else end
    joint = joined(reading, after, opening.value if opening else None, first.worded) or closed(reading, end, after)
    if joint is None:
        return None
    start = past_currency(reading, joint)
    second = read_numeral(reading, start) if start < reading.count else None
    if second is None or second.span or second.worded != first.worded:
        return None
    if after > end and opening is None and not same_unit(reading, unit, second):
        return None
    low = first if after > end else rescaled(reading, first, second)
    opened = opening.value if opening else None
    dashed = reading.sign(joint - 1) in DASHES
    if low.value >= second.value or is_change(reading, left, second.end, opened, dashed, after > end):
        return None
    if opening is None and not dashed and (apart(reading, low, second, joint) or reading.before(left, "gain")):
        return None  # "up by £109 to £2,280"
    if opening is None and not dashed and second.value > CHOICE * low.value and follows(reading, left, "change"):
        return None  # "increased 24,100 to 11,592,200": by how much, and to what
    words = reading.quote(opening.start, opening.end) if opening and opened == "between" else None
    return Range(low, second, opening.start if opening else left, second.end, words)


def joint_near(reading: Reading, end: int) -> bool:
    """Whether a dash or a word of ranges stands near token `end`."""
    near = range(end, min(end + NEAR, reading.count))
    return any(reading.tokens[i].text in DASHES or not RANGE_WORDS.isdisjoint(reading.marks[i]) for i in near)


def is_change(reading: Reading, left: int, right: int, opened: str | None, dashed: bool, twice: bool) -> bool:
    """Whether the two numbers are levels before and after: "grew from 91% to 93%", «80-нен 90-ға дейін өсті».

    With each end's own unit, or "from", a verb or noun of change in the clause is enough; a change may also be named
    by its size: "3.7% – from 525.10 to 505.73".
    """
    if opened == "between" or dashed:
        return False
    if opened == "from" or twice:
        if (
            reading.before(left, "from_level")
            or follows(reading, left, "change", far=True)
            or leads_to(reading, right, "change")
        ):
            return True
        return opened == "from" and sized(reading, left)
    return leads_to(reading, right, "change") and not reading.lexicon.rows.get("open_nouns", False)


def sized(reading: Reading, left: int) -> bool:
    """Whether the size of a change stands right before "from": a percentage, parted by a dash or a comma."""
    at = left - 2  # past "from"
    if reading.sign(at) not in DASHES and reading.sign(at) not in (",", "("):
        return False
    unit = reading.before(at, "unit") if at > 0 else None
    return unit is not None and unit.value in ("percent", "percentage_point", "times")


def same_unit(reading: Reading, unit: Noun | None, second: Numeral) -> bool:
    other = read_noun(reading, second.end, second.value, open_class=False)
    return unit is not None and other is not None and other.unit == unit.unit


def joined(reading: Reading, i: int, opening: str | None, worded: bool) -> int | None:
    """Where the upper end begins, if token i joins two ends: a dash, "to" or "or", the "and" after "between"."""
    sign = reading.sign(i)
    if sign and sign in DASHES:
        return i + 1 if reading.glued(i) or not worded else None
    joint = reading.at(i, "range")
    if joint is None:
        return None
    wanted = {"between": "and", "from": "to"}.get(opening or "")
    return joint.end if joint.value == wanted or (opening is None and joint.value in ("to", "or")) else None


def closed(reading: Reading, end: int, after: int) -> int | None:
    """Where the upper end begins, if a word after it closes the range: «80-нен 90-ға дейін», «10 мен 20 аралығында».

    The lower end stands up to token `end`, with its unit up to token `after`: «20 пайыздан 25 пайызға дейін».
    """
    mark = reading.at(end, "range")
    between = mark is not None and mark.value == "and"
    start = mark.end if mark and between else after
    if start >= reading.count or not (between or ablative(reading, after)):
        return None
    second = read_numeral(reading, start)
    if second is None:
        return None
    ends = [reading.at(j, "range_end") for j in range(second.end, min(second.end + AHEAD, reading.count))]
    wanted = "and" if between else "to"
    return start if any(end and end.value == wanted for end in ends) else None


def ablative(reading: Reading, end: int) -> bool:
    """Whether the word before token `end` says from where: «80-нен», «пайыздан»."""
    endings = reading.lexicon.rows.get("ablative", ())
    key = reading.tokens[end - 1].key
    return key in endings or any(mark.ending in endings for mark in reading.inflected.get(end, ()))


def apart(reading: Reading, low: Numeral, high: Numeral, joint: int) -> bool:
    """Whether "or" offers a choice ("5 or 500") rather than a range."""
    mark = reading.before(joint, "range")
    return mark is not None and mark.value == "or" and high.value > low.value * CHOICE


def past_currency(reading: Reading, i: int) -> int:
    """Past a currency printed again before the upper end: "from $5 to $10"."""
    mark = reading.at(i, "currency") or reading.at(i, "code")
    return mark.end if mark and mark.end < reading.count and reading.tokens[mark.end].kind == "number" else i


def rescaled(reading: Reading, first: Numeral, second: Numeral) -> Numeral:
    """The lower end under the magnitude printed only once: "24.2 to 33 billion", "7-9 lakh", «30–40 000».

    It is shared if the lower end is the smaller as printed: "$200 to $4 million" begins at 200 dollars.
    """
    if first.worded and first.value < 10 and second.value >= 100 and second.value % 100 == 0 and not second.scaled:
        return first._replace(value=first.value * 100)  # «екі-үш жүз»
    if first.scaled:
        return first
    scale = second.scale
    if scale == 1 and thousands(reading, second) and first.value * THOUSAND * CHOICE > second.value:
        scale = THOUSAND
    if scale == 1 or first.value * scale >= second.value or first.value >= THOUSAND:
        return first
    return first._replace(value=first.value * scale, step=first.step * scale, scale=scale)


def thousands(reading: Reading, numeral: Numeral) -> bool:
    """Whether the number ends in three zeros set apart, which the lower end may have left out."""
    printed = reading.sign(numeral.start)
    apart_by = printed[-4:-3]
    return numeral.end == numeral.start + 1 and printed[-3:] == "000" and apart_by != "" and apart_by in SPACE + ","
