"""The arithmetic of exact, about, at least, at most and range.

A quantity in a statement is seldom one number: "up to 6,000 projects" is every number of projects from none to 6,000.
Here such quantities are added, subtracted, multiplied and divided so that the result says no more than its parts do:
701 billion tenge over *up to* 6,000 projects is *at least* 116.8 million each, "nearly 450 billion" over 25,000 is *at
most* 18.0 million, and anything with "about" in it is "about".

The rules are those of interval arithmetic, on the printed values: an exact 701 billion is 701 billion here, however it
was rounded before it was printed. Where both ends of the result are open, only "about" is left.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Any

import pandas as pd

BOUNDS = ("exact", "about", "at_least", "at_most", "range")

# Beyond twelve significant digits a float holds the noise of its own arithmetic: 18.000000000000004 is 18.
SIGNIFICANT_DIGITS = 12


@dataclass(frozen=True)
class Bounded:
    """A quantity and what is known about it; `value` is None where it is not stated.

    `low` and `high` are the ends of the admissible values, None where that end is open. An `about` quantity may have
    neither.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    bound: str | None = None

    def __post_init__(self) -> None:
        if self.bound is not None and self.bound not in BOUNDS:
            raise ValueError(f"unknown bound {self.bound!r}: it is one of {', '.join(BOUNDS)}")

    @property
    def stated(self) -> bool:
        return self.value is not None


NOT_STATED = Bounded()


def exact(value: float) -> Bounded:
    return Bounded(value, value, value, "exact")


def about(value: float, low: float | None = None, high: float | None = None) -> Bounded:
    return Bounded(value, low, high, "about")


def at_least(value: float) -> Bounded:
    return Bounded(value, value, None, "at_least")


def at_most(value: float) -> Bounded:
    return Bounded(value, None, value, "at_most")


def between(low: float, high: float) -> Bounded:
    return Bounded((low + high) / 2, low, high, "range")


def from_row(row: Mapping[str, Any], name: str = "value", bound_column: str | None = None) -> Bounded:
    """The quantity in one row of a table: columns `value`, `low`, `high`, `bound`, or `x`, `x_low`, `x_high`, and
    `x_bound` unless another column is named.

    An exact figure is taken at its printed value; its low and high, the rounding of its last digit, are for
    comparisons between sources. A row without a `bound` is exact.
    """
    prefix = "" if name == "value" else f"{name}_"
    value, low, high = (_number(row.get(column)) for column in (name, f"{prefix}low", f"{prefix}high"))
    bound = row.get(bound_column or f"{prefix}bound")
    if value is None:
        return NOT_STATED
    if pd.isna(bound) or bound == "exact":
        return exact(value)
    if bound == "range" and low is not None and high is not None:
        return between(low, high)
    return {"at_least": at_least, "at_most": at_most}.get(bound, lambda v: about(v, low, high))(value)


def columns(name: str, quantity: Bounded, bound_column: str | None = None) -> dict[str, Any]:
    """`name`, `name_low`, `name_high` and the bound's column (`name_bound` unless named) as one row's entries."""
    parts = {name: quantity.value, f"{name}_low": quantity.low, f"{name}_high": quantity.high}
    return {
        column: pd.NA if entry is None else entry
        for column, entry in {**parts, bound_column or f"{name}_bound": quantity.bound}.items()
    }


def add(a: Bounded, b: Bounded) -> Bounded:
    """The sum, of any sign. The caller answers for the two not overlapping."""
    return _combine(a, b, lambda x, y: x + y, low=(a.low, b.low), high=(a.high, b.high))


def subtract(a: Bounded, b: Bounded) -> Bounded:
    """The difference, of any sign: what makes `b` larger makes it smaller."""
    return _combine(a, b, lambda x, y: x - y, low=(a.low, b.high), high=(a.high, b.low))


def multiply(a: Bounded, b: Bounded) -> Bounded:
    """The product of two quantities that cannot be negative."""
    _not_negative("multiply", a, b)
    return _combine(a, b, lambda x, y: x * y, low=(a.low, b.low), high=(a.high, b.high))


def divide(a: Bounded, b: Bounded) -> Bounded:
    """The ratio of two quantities that cannot be negative; not stated where the divisor's value is zero.

    "Up to" in the divisor makes a floor, "nearly" in the dividend a ceiling.
    """
    _not_negative("divide", a, b)
    if b.value == 0:
        return NOT_STATED
    high = (a.high, b.low if b.low else None)  # a divisor that may be as small as zero sets no ceiling
    return _combine(a, b, lambda x, y: x / y, low=(a.low, b.high), high=high)


def increasing(function: Callable[[float], float], a: Bounded) -> Bounded:
    """`function`, which must rise with its argument, of a quantity: the bound stays what it was."""
    ends = [None if x is None else function(x) for x in (a.value, a.low, a.high)]
    if a.bound == "range":
        return between(ends[1], ends[2])
    return Bounded(*ends, a.bound)


def rounded(a: Bounded, decimals: int = 1) -> Bounded:
    """Rounded so that it stays true: floors down, ceilings up, the rest to the nearest."""
    how = {"at_least": ROUND_FLOOR, "at_most": ROUND_CEILING}.get(a.bound, ROUND_HALF_EVEN)
    low, high = _round(a.low, decimals, ROUND_FLOOR), _round(a.high, decimals, ROUND_CEILING)
    value = _round(a.value, decimals, how)
    if a.bound == "exact":
        low = high = value
    return Bounded(value, low, high, a.bound)


def in_words(a: Bounded, decimals: int = 1, missing: str = "not stated") -> str:
    """A bounded quantity as it is read aloud, rounded by `rounded`.

    >>> in_words(divide(exact(701_000), at_most(6_000)))
    'at least 116.8'
    >>> in_words(divide(at_most(450_000), exact(25_000)))
    'at most 18.0'
    >>> in_words(divide(about(1_000), exact(500)), 0), in_words(between(2.8, 3.2)), in_words(NOT_STATED)
    ('about 2', '2.8–3.2', 'not stated')
    """
    if not a.stated:
        return missing
    a = rounded(a, decimals)

    def show(number: float) -> str:
        return f"{number:,.{decimals}f}".replace("-", "−")

    if a.bound == "range":
        return show(a.low) if a.low == a.high else f"{show(a.low)}–{show(a.high)}"
    known = [word + show(end) for word, end in (("at least ", a.low), ("at most ", a.high)) if end is not None]
    if a.bound == "about" and known:
        return f"about {show(a.value)} ({', '.join(known)})"
    return {"about": "about ", "at_least": "at least ", "at_most": "at most "}.get(a.bound, "") + show(a.value)


def _combine(a: Bounded, b: Bounded, function: Callable, low: tuple, high: tuple) -> Bounded:
    """The result whose lowest and highest admissible values come from these two pairs of ends."""
    if not (a.stated and b.stated):
        return NOT_STATED
    floor, ceiling = (None if None in ends else function(*ends) for ends in (low, high))
    if "about" in (a.bound, b.bound):
        return about(function(a.value, b.value), floor, ceiling)
    if floor is None and ceiling is None:
        return about(function(a.value, b.value))
    if ceiling is None:
        return at_least(floor)
    if floor is None:
        return at_most(ceiling)
    return exact(floor) if a.bound == b.bound == "exact" else between(floor, ceiling)


def _not_negative(verb: str, *quantities: Bounded) -> None:
    for quantity in quantities:
        if any(part is not None and part < 0 for part in (quantity.value, quantity.low, quantity.high)):
            raise ValueError(f"cannot {verb} {in_words(quantity, 3)}: a negative quantity would turn its bound round")


def _number(entry: Any) -> float | None:
    return None if entry is None or pd.isna(entry) else float(entry)


def _round(number: float | None, decimals: int, how: str) -> float | None:
    if number is None:
        return None
    digits = Decimal(f"{number:.{SIGNIFICANT_DIGITS}g}")
    return float(digits.quantize(Decimal(1).scaleb(-decimals), rounding=how)) + 0.0  # + 0.0: no negative zero
