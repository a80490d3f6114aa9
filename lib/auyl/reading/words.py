"""Numbers in words below their magnitude: "two hundred and fifty-five", "екі жүз", «одна целая пять десятых».

words2num2 (LGPL, 11 MB, one compiled file) was weighed: it reads every whole number that num2words writes, in all
Russian cases, but so does this (100 of 100 in `python bench words`, decimals included, where it has 80 in Russian).
It wants to be told where a number begins and ends, knows neither halves nor hedges («полтора миллиона», "two and a
half million"), and would leave the finding of the words to us.
"""

from decimal import Decimal
from typing import NamedTuple

from auyl.reading.lexicon import Reading

ONE, ZERO = Decimal(1), Decimal(0)


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
    while True:
        word, scale = reading.at(end, "number"), reading.at(end, "multiplier")
        if scale is not None:
            if not (0 < total < 100 if total is not None else reading.rows.get("bare_magnitude")):
                break  # it begins something else
            total, end = (ONE if total is None else total) * scale.value, scale.end
        elif word is not None:
            if total is not None and not 0 < word.value < place(total):
                break
            total, end = (total or ZERO) + word.value, word.end
        elif total is not None and linked(reading, end, total):
            end += 1
        else:
            break
    if total is None:
        return None
    if mark := reading.at(end + reading.hyphen(end), "added"):  # "two and a half", «үш жарым»
        return Part(total + mark.value, ZERO, mark.end, True)
    return read_decimals(reading, Part(total, ZERO, end, True))


def place(value: Decimal) -> Decimal:
    """The worth of the last digit that is not zero, 120 → 10; nothing goes on from zero."""
    return ONE.scaleb(int(value.normalize().as_tuple().exponent)) if value else ZERO


def linked(reading: Reading, i: int, total: Decimal) -> bool:
    """Whether token i, a hyphen or "and", joins the number word after it: "fifty-five", "one hundred and twenty"."""
    following = reading.at(i + 1, "number")
    if following is None or not 0 < following.value < place(total):
        return False
    return reading.hyphen(i) or (total >= 100 and reading.says(i, "word", "and") is not None)


def read_decimals(reading: Reading, part: Part) -> Part:
    """The part with its decimals in words: "one point five", «одна целая пять десятых», «бір бүтін оннан бес»."""
    point = reading.at(part.end, "point")
    if point is None:
        return part
    named = reading.at(point.end, "decimal_place")  # Kazakh names the place first
    digits: list[int] = []
    end = named.end if named else point.end
    while (mark := reading.at(end, "number")) and mark.value % 1 == 0:
        digits.append(int(mark.value))
        end = mark.end + (reading.hyphen(mark.end) and bool(reading.at(mark.end + 1, "number")))
    if not digits:
        return part
    if named is None and (named := reading.at(end, "decimal_place")):
        end = named.end
    if named:
        return part._replace(value=part.value + sum(digits) / Decimal(named.value), end=end)
    printed = "".join(map(str, digits)) if max(digits) < 10 else str(sum(digits))  # "point two five", "twenty-five"
    return part._replace(value=part.value + Decimal(f"0.{printed}"), end=end)
