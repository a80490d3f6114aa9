"""The arithmetic of bounds, on arrays of quantities: numpy alone. `bounded` makes quantities and columns of them.

The rules are those of interval arithmetic, on the printed values: an exact 701 billion is 701 billion here, however it
was rounded before it was printed. Where both ends of a result are open, or one part is "about", "about" is left.

How an open end is read. Sums and differences take it as it is: open. Products and quotients need a sign, and the
quantities of statements are counts and money: there, the open low end of an `at_most` or `about` quantity of positive
value is zero. "At most 6,000 projects" is none to 6,000. (The open high end of a negative `about` is zero in the same
way.) So "at most 5" that came out of a subtraction, and may be negative, is no factor and no divisor.

Where a divisor may be zero. Its value is zero: the quotient is not stated. Zero is one of its ends: that side of the
quotient is open. Zero lies between its ends: nothing true can be said, and `crossing` tells where.
"""

from collections.abc import Callable
from functools import reduce
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

BOUNDS = ("exact", "about", "at_least", "at_most", "range")
EXACT, ABOUT, AT_LEAST, AT_MOST, RANGE = range(5)  # how a column stores them: positions in BOUNDS
TURNED_ROUND = np.array([EXACT, ABOUT, AT_MOST, AT_LEAST, RANGE], dtype=np.int8)  # the bound of minus a quantity

# Quantities as one array. An open end is infinite; where nothing is stated all numbers are NaN and `kind` is EXACT. As
# there is one NaN and one zero, two quantities are the same if their bytes are.
RECORD = np.dtype([("value", "f8"), ("low", "f8"), ("high", "f8"), ("kind", "i1")])
ENDS = ("low", "high")

# Beyond twelve significant digits a float holds the noise of its own arithmetic: 18.000000000000004 is 18.
NOISE = 1e-12

Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Records: TypeAlias = npt.NDArray[np.void]  # of RECORD


def records(value: Floats, low: Floats, high: Floats, kind: Any) -> Records:
    made = np.empty(len(value), dtype=RECORD)
    missing = np.isnan(value)
    for name, part in (("value", value), ("low", low), ("high", high)):
        made[name] = np.where(missing, np.nan, part) + 0.0  # no negative zero
    made["kind"] = np.where(missing, EXACT, kind)
    return made


def stated(value: Floats, low: Floats, high: Floats, kind: Any) -> Records:
    """What a table or a caller says, NaN where an end is open: with the ends that follow from the bound, and the
    contradictions refused."""
    value, low, high = (np.where(np.isfinite(part), part, np.nan) for part in (value, low, high))
    kind = np.where((kind == RANGE) & (np.isnan(low) | np.isnan(high)), ABOUT, kind)
    low = np.where((kind == EXACT) | (kind == AT_LEAST), value, np.where(kind == AT_MOST, np.nan, low))
    high = np.where((kind == EXACT) | (kind == AT_MOST), value, np.where(kind == AT_LEAST, np.nan, high))
    for position in np.flatnonzero((low > value) | (value > high))[:1]:
        ends = f"{low[position]:g} to {high[position]:g}"
        raise ValueError(f"{value[position]:g} with the ends {ends} is no quantity: low, value, high must rise")
    value = np.where((kind == RANGE) & ~np.isnan(value), (low + high) / 2, value)
    return records(value, np.nan_to_num(low, nan=-np.inf), np.nan_to_num(high, nan=np.inf), kind)


def exactly(value: Floats) -> Records:
    value = np.where(np.isfinite(value), value, np.nan)
    return records(value, value, value, EXACT)


def settled(value: Floats, low: Floats, high: Floats, any_about: Flags, all_exact: Flags) -> Records:
    """The result with these ends. `value` is the operation on the printed values; "about" keeps it, a range takes its
    middle, a floor or ceiling its end."""
    open_low, open_high = np.isinf(low), np.isinf(high)
    kind = np.full(len(value), RANGE, dtype=np.int8)
    kind[all_exact] = EXACT
    kind[open_low] = AT_MOST
    kind[open_high] = AT_LEAST
    kind[any_about | (open_low & open_high)] = ABOUT
    return records(printed(value, low, high, kind), low, high, kind)


def printed(value: Floats, low: Floats, high: Floats, kind: Any) -> Floats:
    """What is printed of a quantity: a floor's low end, a ceiling's high one, a range's middle; else `value`."""
    with np.errstate(invalid="ignore"):  # of open ends there is no middle
        printed = np.select([kind == RANGE, kind == AT_LEAST, kind == AT_MOST], [(low + high) / 2, low, high], value)
    return np.where(np.isfinite(value), printed, np.nan)


def combined(verb: str, a: Records, b: Records) -> Records:
    """a + b, a − b, a × b or a ÷ b, with the bounds that the result has."""
    if verb == "subtract":
        verb, b = "add", negated(b)
    with np.errstate(all="ignore"):  # zeros and open ends meet here, and _settled sorts them out
        if verb == "add":
            value, low, high = (a[part] + b[part] for part in ("value", *ENDS))
        elif verb == "multiply":
            value, (low, high) = a["value"] * b["value"], product(a, b)
        else:
            value, (low, high) = a["value"] / np.where(b["value"] == 0, np.nan, b["value"]), quotient(a, b)
        any_about = (a["kind"] == ABOUT) | (b["kind"] == ABOUT)
        return settled(value, low, high, any_about, all_exact=(a["kind"] == EXACT) & (b["kind"] == EXACT))


def negated(a: Records) -> Records:
    return records(-a["value"], -a["high"], -a["low"], TURNED_ROUND[a["kind"]])


def read_ends(a: Records) -> tuple[Floats, Floats, Flags]:
    """The ends as products and quotients read them, and where one is a zero that nobody printed."""
    may_end_at_zero = (a["kind"] == AT_MOST) | (a["kind"] == ABOUT)
    from_zero = np.isinf(a["low"]) & (a["value"] > 0) & may_end_at_zero
    to_zero = np.isinf(a["high"]) & (a["value"] < 0) & may_end_at_zero
    return np.where(from_zero, 0.0, a["low"]), np.where(to_zero, 0.0, a["high"]), from_zero | to_zero


def product(a: Records, b: Records) -> tuple[Floats, Floats]:
    (a_low, a_high, a_assumed), (b_low, b_high, b_assumed) = read_ends(a), read_ends(b)
    corners = [a_low * b_low, a_low * b_high, a_high * b_low, a_high * b_high]
    return hull(corners, a_assumed | b_assumed)


def quotient(a: Records, b: Records) -> tuple[Floats, Floats]:
    (a_low, a_high, a_assumed), (b_low, b_high, _) = read_ends(a), read_ends(b)
    b_high = np.where((b_high == 0) & (b_low < 0), -0.0, b_high)  # x ÷ −0.0 is the infinity of the right sign
    corners = [a_low / b_low, a_low / b_high, a_high / b_low, a_high / b_high]
    return hull(corners, a_assumed | np.isinf(b_low) | np.isinf(b_high))


def crossing(a: Records, b: Records) -> Flags:
    """Where zero lies between the ends of a divisor, so that the quotient may be anything."""
    low, high, _ = read_ends(b)
    found: Flags = (low < 0) & (high > 0) & (b["value"] != 0) & ~np.isnan(a["value"])
    return found


def hull(corners: list[Floats], assumed: Flags) -> tuple[Floats, Floats]:
    """Lowest and highest corner.

    0 × ∞, 0 ÷ 0 and ∞ ÷ ∞ are NaN, which fmin and fmax pass over: another corner holds the limit. An end at zero that
    came from an end nobody printed is open again, so that "at most 5" doubled is "at most 10", not "0 to 10".
    """
    low, high = reduce(np.fmin, corners), reduce(np.fmax, corners)
    open_low = np.isinf(low) | (assumed & (low == 0) & (high > 0))
    open_high = np.isinf(high) | (assumed & (high == 0) & (low < 0))
    return np.where(open_low, -np.inf, low), np.where(open_high, np.inf, high)


def summed(a: Records, groups: npt.NDArray[np.intp], count: int) -> Records:
    """The sum of each of `count` groups; `groups` holds the group of each quantity, all of them stated."""
    # Of no quantities bincount makes whole zeros.
    value, low, high = (np.bincount(groups, a[part], count).astype(np.float64) for part in ("value", *ENDS))
    any_about = np.bincount(groups, a["kind"] == ABOUT, count) > 0
    return settled(value, low, high, any_about, all_exact=np.bincount(groups, a["kind"] != EXACT, count) == 0)


def running(a: Records, skipna: bool) -> Records:
    """The sum of each quantity and all before it; after one that is not stated it is so too, but with `skipna`."""
    missing, kind = np.isnan(a["value"]), a["kind"]
    value, low, high = (np.cumsum(np.where(missing & skipna, 0.0, a[part])) for part in ("value", *ENDS))
    any_about, inexact = np.maximum.accumulate(kind == ABOUT), np.maximum.accumulate(kind != EXACT)
    return settled(np.where(missing, np.nan, value), low, high, any_about, ~inexact)


def rounded(a: Records, decimals: int) -> Records:
    factor = 10.0 ** abs(decimals)  # a power with a negative exponent would itself be rounded

    def to(how: Callable[[Floats], Floats], part: Floats) -> Floats:
        with np.errstate(invalid="ignore"):  # open ends
            scaled = part * factor if decimals >= 0 else part / factor
            half = np.rint(2 * scaled) / 2  # noise must move no floor, no ceiling and no tie
            scaled = how(np.where(np.abs(scaled - half) <= NOISE * np.abs(scaled), half, scaled))
        return scaled / factor if decimals >= 0 else scaled * factor

    low, high, kind = to(np.floor, a["low"]), to(np.ceil, a["high"]), a["kind"]
    value = printed(to(half_up, a["value"]), low, high, kind)
    low, high = (np.where(kind == EXACT, value, part) for part in (low, high))
    return records(value, low, high, kind)


def half_up(a: Floats) -> Floats:
    """2.5 as readers round it: 3, where numpy gives the even neighbour; a minus likewise."""
    return np.trunc(a + np.copysign(0.5, a))


def decimals_of(a: Records) -> int:
    """How many decimals show these quantities: all they have, if that is three at most; else one, or as many as show
    two digits of the smallest."""
    numbers = np.abs(np.concatenate([a["low"], a["high"], a["value"][a["kind"] == ABOUT]]))
    numbers = numbers[np.isfinite(numbers) & (numbers > 0)]
    smallest = numbers.min(initial=1.0)
    most = 1 if smallest >= 1 else min(1 - int(np.floor(np.log10(smallest))), 9)
    for decimals in range(max(most, 3) + 1):
        scaled = numbers * 10.0**decimals
        if (np.abs(scaled - np.rint(scaled)) <= NOISE * scaled).all():
            return decimals
    return most
