"""Shares of a whole in words: "two-thirds", "one in five", "half of the villages"."""

from decimal import Decimal

from auyl.reading.lexicon import Reading
from auyl.reading.numbers import Numeral, read_numeral

LARGEST = 100  # "one in a thousand" is a rate, and printed otherwise


def read_share(reading: Reading, i: int, hedged: bool) -> Numeral | None:
    """The share of one that begins at token i, but not "the first half of 2023" and, unhedged, not "a quarter".

    >>> float(read_share(Reading("one in five adults", "en"), 0, hedged=False).value)
    0.2
    """
    mark = reading.at(i, "fraction")
    if mark is None and (loose := reading.at(i, "fraction_of")):  # "a quarter" may be three months
        of = reading.at(loose.end, "word")
        mark = loose if hedged or (of and of.value == "of") else None
    if mark and not reading.before(i, "ordinal") and not reading.before(i, "number"):
        over, under = mark.value
        return share(Decimal(over) / Decimal(under), i, mark.end)
    return read_ratio(reading, i)


def read_ratio(reading: Reading, i: int) -> Numeral | None:
    """ "One in five", "three out of four": two small numbers, the first the smaller, and no unit after them."""
    first = read_numeral(reading, i)
    joint = reading.at(first.end, "ratio") if first else None
    second = read_numeral(reading, joint.end) if joint and joint.end < reading.count else None
    if second is None or not 0 < first.value < second.value <= LARGEST or first.worded != second.worded:
        return None
    if reading.at(second.end, "unit"):
        return None  # "three in ten days"
    return share(first.value / second.value, i, second.end)


def share(value: Decimal, start: int, end: int) -> Numeral:
    return Numeral(value, Decimal(0), start, end, scaled=False, worded=True)
