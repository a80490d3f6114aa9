"""Numbers in words below their magnitude: "two hundred and fifty-five", "екі жүз", «одна целая пять десятых».

words2num2 (LGPL, 11 MB, one compiled file) was weighed: it reads every whole number that num2words writes, in all
Russian cases, but so does this (100 of 100 in `python bench words`, decimals included, where it has 80 in Russian).
It wants to be told where a number begins and ends, knows neither halves nor hedges («полтора миллиона», "two and a
half million"), and would leave the finding of the words to us.
"""

from decimal import Decimal
from typing import NamedTuple

from auyl.reading.lexicon import Reading

HYPHENS = frozenset("-‐‑")
ONE = Decimal(1)


class Part(NamedTuple):
    """A number below its magnitude, printed up to token `end`: the "125,2" of "125,2 млн"."""

    value: Decimal
    step: Decimal  # what its last printed digit is worth; 0 in words
    end: int
    worded: bool


def read_words(reading: Reading, i: int) -> Part | None:
    """Number words that add up and multiply, with a half or a decimal after them.

    >>> read_words(Reading("two hundred and fifty-five", "en"), 0).value
    Decimal('255')
    """
    total: Decimal | None = None
    end = i
    while end < reading.count:
        word, scale = reading.at(end, "number"), reading.at(end, "multiplier")
        if word is not None and scale is None:
            value = Decimal(str(word.value))
            if total is not None and (not value or not total or value >= place(total)):
                break
            total, end = (total or Decimal(0)) + value, word.end
        elif scale is not None and (multiplied := times(reading, total, Decimal(str(scale.value)))) is not None:
            total, end = multiplied, scale.end
        elif total is not None and linked(reading, end, total):
            end += 1
        else:
            break
    if total is None:
        return None
    part = Part(total, Decimal(0), end, True)
    if mark := reading.at(end, "added"):  # "two and a half", «үш жарым»
        return part._replace(value=total + Decimal(str(mark.value)), end=mark.end)
    return read_decimals(reading, part)


def times(reading: Reading, total: Decimal | None, size: Decimal) -> Decimal | None:
    """What "hundred" makes of the words before it; None where it begins something else."""
    if total is None:
        return size if reading.lexicon.rows.get("bare_magnitude", False) else None
    return total * size if 0 < total < 100 else None


def place(value: Decimal) -> Decimal:
    """The worth of the last digit that is not zero: 120 → 10."""
    return ONE.scaleb(int(value.normalize().as_tuple().exponent))


def linked(reading: Reading, i: int, total: Decimal) -> bool:
    """Whether token i, a hyphen or "and", joins the number word after it: "fifty-five", "one hundred and twenty"."""
    following, joint = reading.at(i + 1, "number"), reading.at(i, "word")
    if following is None or not 0 < following.value < place(total):
        return False
    hyphen = reading.sign(i) in HYPHENS and reading.glued(i - 1) and reading.glued(i)
    return hyphen or (joint is not None and joint.value == "and" and total >= 100)


def read_decimals(reading: Reading, part: Part) -> Part:
    """The part with its decimals in words: "one point five", «одна целая пять десятых», «бір бүтін оннан бес»."""
    point = reading.at(part.end, "point")
    if point is None:
        return part
    under = reading.at(point.end, "decimal_place")  # Kazakh names the place first
    digits, end = read_places(reading, under.end if under else point.end)
    under = under or reading.at(end, "decimal_place")
    if not digits:
        return part
    end = max(end, under.end) if under else end
    size = Decimal(str(under.value)) if under else Decimal(10) ** len(digits)
    return part._replace(
        value=part.value + Decimal(sum_of(digits) if under else "".join(map(str, digits))) / size, end=end
    )


def read_places(reading: Reading, i: int) -> tuple[list[int], int]:
    """The number words from token i on, one by one, and where they end."""
    digits: list[int] = []
    while (mark := reading.at(i, "number")) and float(mark.value).is_integer():
        digits.append(int(mark.value))
        i = mark.end
    return digits, i


def sum_of(digits: list[int]) -> str:
    return str(sum(digits))
