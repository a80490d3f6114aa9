"""Shares of a whole: "two-thirds", 3/4, "one in five", "half of the villages"."""

from decimal import Decimal

from auyl.reading.lexicon import Mark, Reading
from auyl.reading.numbers import Numeral, read_numeral, read_slash, read_vulgar

LARGEST = 100  # "one in a thousand" is a rate, and printed otherwise
ROUND = frozenset({3, 4, 5, 10, 100})  # "9 in 10" is a share; "12 of 45" are two counts


def read_share(reading: Reading, i: int, hedged: bool) -> Numeral | None:
    """The share of one that begins at token i, but not "the first half of 2023" and, unhedged, not "a quarter".

    >>> float(read_share(Reading("one in five adults", "en"), 0, hedged=False).value)
    0.2
    """
    mark = fraction(reading, i, hedged)
    if mark and not reading.before(i, "ordinal") and not reading.before(i, "number"):
        over, under = mark.value
        return share(Decimal(over) / Decimal(under), i, mark.end)
    return read_signs(reading, i) or read_ratio(reading, i)


def fraction(reading: Reading, i: int, hedged: bool) -> Mark | None:
    """The share in words at token i; "a quarter" may be three months, and needs an "of" or a hedge."""
    mark, loose = reading.at(i, "fraction"), reading.at(i, "fraction_of")
    if mark or loose is None:
        return mark
    of, verb = reading.at(loose.end, "word"), reading.at(loose.end, "verb")
    half = verb is not None and loose.value == [1, 2]  # "half would move"
    return loose if hedged or half or (of and of.value == "of") else None


def read_signs(reading: Reading, i: int) -> Numeral | None:
    """A fraction in digits that nothing scales or measures: 3/4 and ¾, not "¾ hour"."""
    found = read_slash(reading, i) or read_vulgar(reading, i)
    if found is None:
        return None
    value, end = found
    measured = {"unit", "currency", "code", "magnitude"} & reading.marks[end].keys() if end < reading.count else ()
    return None if measured else share(value, i, end)


def read_ratio(reading: Reading, i: int) -> Numeral | None:
    """ "One in five", "9 out of 10": two small numbers, the first the smaller, and no unit after them."""
    first = read_numeral(reading, i)
    joint = reading.at(first.end, "ratio") if first else None
    second = read_numeral(reading, joint.end) if joint and joint.end < reading.count else None
    if first is None or second is None or not 0 < first.value < second.value <= LARGEST:
        return None
    if first.worded != second.worded or reading.at(second.end, "unit"):
        return None  # "three in ten days"
    if not first.worded and (second.value not in ROUND or not reading.lexicon.rows.get("ratio_in_digits", False)):
        return None
    return share(first.value / second.value, i, second.end)


def share(value: Decimal, start: int, end: int) -> Numeral:
    return Numeral(value, Decimal(0), start, end, scaled=False, worded=True)
