"""Units that are printed once and meant several times: in a list, after "of them", before a colon."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from auyl.reading.hedges import possessive
from auyl.reading.lexicon import Reading
from auyl.reading.sentences import line_ends
from auyl.reading.units import read_listed

if TYPE_CHECKING:
    from auyl.reading.quantities import Quantity

LIST = frozenset(",/")
LARGE = Decimal(10) ** 6
SENTENCE_ENDS = frozenset(".!?…")
BARE = frozenset(  # a word of these kinds after a bare number is not the noun it counts
    {"stop", "range", "filler", "status", "relative", "by", "since", "hedge", "year_before", "part_of_year", "ratio"}
)


def share_units(reading: Reading, quantities: list[Quantity]) -> list[Quantity]:
    """The quantities, those without a unit given the one the text lends them.

    In order: the unit of the next number in a list; the noun whose number is given («численность населения – 7 млн»);
    the unit of the money or of the counted thing before it in the paragraph ("52,000 have benefited").
    """
    shared = from_the_right(reading, quantities)
    last: dict[str, Quantity] = {}
    for position, q in enumerate(shared):
        if position and paragraph_between(reading, shared[position - 1].stop, q.token):
            last.clear()
        if q.unit is None and q.kind != "share":
            before = shared[position - 1] if position else None
            q = shared[position] = lent(reading, q, before, last)
        if q.unit is not None:
            last[q.kind] = q
            last["any"] = q
    return shared


def from_the_right(reading: Reading, quantities: list[Quantity]) -> list[Quantity]:
    """ "1,500, 2,000 and 3,000 projects": the last of a list names the unit, and the magnitude, of all.

    In "19 of the 3,870 borrowers" the whole names the unit of the part.
    """
    shared = list(quantities)
    for position in range(len(shared) - 2, -1, -1):
        q, following = shared[position], shared[position + 1]
        if q.unit is None and following.kind == "noun" and part_of(reading, q, following):
            shared[position] = q._replace(unit=following.unit, kind="noun")
            continue
        if q.unit is not None or following.unit is None or not listed(reading, q.stop, following.token):
            continue
        scale = magnitude(reading, following)
        scaled = reading.endings[q.stop].keys() & {"magnitude", "glued_magnitude"}
        if scale > 1 and not scaled and following.kind in ("money", "measure") and q.value < 1000:
            q = q._replace(
                value=q.value * scale,
                low=None if q.low is None else q.low * scale,
                high=None if q.high is None else q.high * scale,
            )
        shared[position] = q._replace(unit=following.unit, kind=following.kind)
    return shared


def magnitude(reading: Reading, q: Quantity) -> Decimal:
    for i in range(q.token, q.stop):
        if mark := reading.at(i, "magnitude"):
            return Decimal(str(mark.value))
    return Decimal(1)


def listed(reading: Reading, end: int, start: int) -> bool:
    """Whether nothing but a comma, a slash, "and", "or" or "to" stands between two numbers."""
    if not 0 < start - end <= 2:
        return False
    for i in range(end, start):
        joint = reading.at(i, "range")
        if reading.sign(i) not in LIST and not (joint and joint.value in ("and", "or", "to")):
            return False
    return True


def part_of(reading: Reading, q: Quantity, whole: Quantity) -> bool:
    """Whether nothing but "of the" or the like stands between a part and a whole that is no smaller."""
    mark = reading.at(q.stop, "part_of")
    return mark is not None and mark.end >= whole.token - len((whole.hedge or "").split()) and q.value <= whole.value


def from_the_left(reading: Reading, q: Quantity, floor: int) -> str | None:
    """The noun that a count follows: "the number of villages is 6,124", «ауылдар саны», "residents: 7,466,172"."""
    colon = reading.sign(q.token - 1) in (":", "–", "—") and q.token - 1 >= floor and not reading.glued(q.token - 1)
    for i in range(q.token - 1, max(q.token - 9, floor - 1), -1):
        if reading.sign(i) in ".!?;" or paragraph_between(reading, i, i + 1):
            return None
        if mark := reading.before(i + 1, "number_of_after"):  # the noun stands before: «тұрғындарының саны»
            noun = noun_before(reading, mark.start, floor)
            if noun:
                return noun
        if mark := reading.at(i, "collective"):
            return mark.value
        if mark := reading.at(i, "number_of"):  # the noun comes after: "the number of villages"
            noun = read_listed(reading, mark.end)
            if noun and noun.end <= q.token:
                return noun.unit
    return noun_before(reading, q.token - 1, floor) if colon else None


def noun_before(reading: Reading, i: int, floor: int) -> str | None:
    """The noun last before token i; in a language that puts the head first, the first of nouns side by side."""
    for at in range(i - 1, max(i - 4, floor - 1), -1):
        if mark := reading.at(at, "noun"):
            while reading.lexicon.rows.get("head_first") and at > floor and (head := reading.at(at - 1, "noun")):
                at, mark = at - 1, head
            return mark.value
    return None


def lent(reading: Reading, q: Quantity, before: Quantity | None, last: dict[str, Quantity]) -> Quantity:
    """The quantity with the unit that the words before it lend, and with their magnitude where money leaves it out."""
    unit = from_the_left(reading, q, before.stop if before else 0)
    if unit:
        return q._replace(unit=unit, kind="noun")
    following = reading.tokens[q.stop] if q.stop < reading.count else None
    partitive = reading.at(q.stop, "ratio") is not None or of_those(reading, q)
    if following and following.kind == "word" and not partitive and not (BARE & reading.marks[q.stop].keys()):
        return q  # a word that may be the noun, unknown here
    near = before is not None and before.unit is not None and same_sentence(reading, before, q) and not partitive
    earlier = before if near and (before.kind != "noun" or q.value == q.value.to_integral_value()) else lender(q, last)
    if earlier is None:
        return q
    if earlier.kind == "money" and not alike(reading, earlier, q):
        return q  # "an allowance of 393,200 tenge, and 347 took out loans"
    scale = magnitude(reading, earlier) if earlier.kind == "money" and q.value < 1000 else Decimal(1)
    if scale > 1 and not any(reading.at(i, "magnitude") for i in range(q.token, q.stop)):
        parts = [None if part is None else part * scale for part in (q.value, q.low, q.high)]
        q = q._replace(value=parts[0], low=parts[1], high=parts[2])
    return q._replace(unit=earlier.unit, kind=earlier.kind)


def alike(reading: Reading, money: Quantity, q: Quantity) -> bool:
    """Whether a bare number may be a sum beside another: one of the two has a magnitude, or they are near in size."""
    scaled = any(reading.at(i, "magnitude") for one in (money, q) for i in range(one.token, one.stop))
    return scaled or abs(money.value) / 100 <= abs(q.value) <= 100 * abs(money.value)


def of_those(reading: Reading, q: Quantity) -> bool:
    """Whether the number itself says that its noun came before: «88-і»."""
    return any(possessive(reading, end) for end in range(q.token + 1, q.stop + 1))


def same_sentence(reading: Reading, before: Quantity, q: Quantity) -> bool:
    return not any(reading.sign(i) in SENTENCE_ENDS for i in range(before.stop, q.token))


def lender(q: Quantity, last: dict[str, Quantity]) -> Quantity | None:
    """The figure of an earlier sentence whose unit is meant: money for millions after money, else the last counted."""
    latest = last.get("any")
    if latest is None or (q.value != q.value.to_integral_value() and latest.kind != "money"):
        return None  # 6.9 of nothing counted
    if abs(q.value) >= LARGE and (latest.kind == "money" or "noun" not in last):
        return last.get("money")
    return last.get("noun")


def paragraph_between(reading: Reading, end: int, start: int) -> bool:
    if end < 1 or start >= len(reading.tokens):
        return False
    gap = reading.text[reading.tokens[end - 1].end : reading.tokens[start].start]
    return line_ends(gap) > 1
