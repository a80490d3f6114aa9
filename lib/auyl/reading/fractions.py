"""Shares of a whole: "two-thirds", 3/4, "one in five", "half of the villages"."""

from decimal import Decimal

from auyl.reading.lexicon import Mark, Reading
from auyl.reading.numbers import Numeral, ratio, read_numeral, read_slash, read_vulgar
from auyl.reading.words import ZERO

LARGEST = 100  # "one in a thousand" is a rate, and printed otherwise
ROUND = frozenset({3, 4, 5, 10, 100})  # "9 in 10" is a share; "12 of 45" are two counts
MEASURED = frozenset({"unit", "currency", "code", "magnitude"})


def read_share(reading: Reading, i: int, hedged: bool) -> Numeral | None:
    """The share of one that begins at token i, but not "the first half of 2023" and, unhedged, not "a quarter".

    >>> float(read_share(Reading("one in five adults", "en"), 0, hedged=False).value)
    0.2
    """
    mark = fraction(reading, i, hedged)
    if mark and not reading.before(i, "ordinal") and not reading.before(i, "number"):
        return share(ratio(mark), i, mark.end)
    if (signs := read_slash(reading, i) or read_vulgar(reading, i)) and not reading.begins(signs[1], MEASURED):
        return share(signs[0], i, signs[1])  # 3/4 and ¾, not "¾ hour"
    return one_in_five(reading, i)


def fraction(reading: Reading, i: int, hedged: bool) -> Mark | None:
    """The share in words at token i; "a quarter" may be three months, and needs an "of" or a hedge."""
    mark, loose = reading.at(i, "fraction"), reading.at(i, "fraction_of")
    if mark or loose is None:
        return mark
    article = reading.said(i, "word", "a") or reading.at(i, "word")
    if article and reading.said(article.start, "range", "and") and reading.before(article.start - 1, "unit"):
        return None  # "a year and a half"
    # "Half would move", "half the 600 villages".
    half = loose.value == [1, 2] and (reading.at(loose.end, "verb") or reading.says(loose.end, "word", "definite"))
    return loose if hedged or half or reading.says(loose.end, "word", "of") else None


def one_in_five(reading: Reading, i: int) -> Numeral | None:
    """ "One in five", "9 out of 10": two small numbers, the first the smaller, and no unit after them."""
    first = read_numeral(reading, i)
    joint = reading.at(first.end + reading.hyphen(first.end), "ratio") if first else None  # "one-in-five"
    second = read_numeral(reading, joint.end + reading.hyphen(joint.end)) if joint else None
    if first is None or second is None or not 0 < first.value < second.value <= LARGEST:
        return None
    if reading.at(second.end, "unit"):
        return None  # "three in ten days"
    if not second.worded and (second.value not in ROUND or "ratio_in_digits" not in reading.rows):
        return None  # «5 из 10 сёл» is a part and its whole
    return share(first.value / second.value, i, second.end)


def share(value: Decimal, start: int, end: int) -> Numeral:
    return Numeral(value, ZERO, start, end, worded=True)
