"""Quantities that are exact, about, at least, at most or a range: one at a time, and as columns of a pandas table.

A quantity in a statement is seldom one number: "up to 6,000 projects" is every number of projects from none to 6,000.
`Bounded` holds one such quantity, the pandas dtype `bounded` a column of them. Both add, subtract, multiply and divide
so that the result says no more than its parts do: 701 billion tenge over *up to* 6,000 projects is *at least* 116.8
million each.

>>> pairs = pd.DataFrame({
...     "allocation": as_bounded([701e9, 450e9], bound=["exact", "at_most"]),
...     "projects": as_bounded([6_000, 25_000], bound=["at_most", "exact"]),
... })
>>> pairs["allocation"] / pairs["projects"] / 1e6
0    at least 116.8
1      at most 18.0
dtype: bounded

The rules are those of interval arithmetic, on the printed values: an exact 701 billion is 701 billion here, however it
was rounded before it was printed. Where both ends of a result are open, or one part is "about", "about" is left.

How an open end is read. Sums and differences take it as it is: open. Products and quotients need a sign, and the
quantities of statements are counts and money: there, the open low end of an `at_most` or `about` quantity of positive
value is zero. "At most 6,000 projects" is none to 6,000. (The open high end of a negative `about` is zero in the same
way.) So "at most 5" that came out of a subtraction, and may be negative, is no factor and no divisor.

Where a divisor may be zero. Its value is zero: the quotient is not stated. Zero is one of its ends: that side of the
quotient is open. Zero lies between its ends: nothing true can be said, and ValueError names the divisor.

"Not stated" is `pd.NA`, never a `Bounded`, and whatever it meets is not stated. The sum, minimum and maximum of a
column leave it out, as in pandas; a sum of nothing else is not stated.

Comparisons are by value: "at most 6,000" == 6,000 is true, so a column can be searched for a number. `Bounded.same_as`
and `Series.equals` compare the bounds as well, and `unique`, `groupby` and `merge` keep quantities of different bounds
apart.
"""

import builtins
import operator
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial, reduce
from numbers import Number, Real
from typing import Any, NamedTuple, NoReturn, Self, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.extensions import (
    ExtensionArray,
    ExtensionDtype,
    no_default,
    register_extension_dtype,
    register_series_accessor,
    take,
)
from pandas.api.indexers import check_array_indexer
from pandas.api.types import is_integer, is_list_like, is_numeric_dtype, is_object_dtype, is_string_dtype, pandas_dtype

BOUNDS = ("exact", "about", "at_least", "at_most", "range")
EXACT, ABOUT, AT_LEAST, AT_MOST, RANGE = range(5)  # how a column stores them: positions in BOUNDS
TURNED_ROUND = np.array([EXACT, ABOUT, AT_MOST, AT_LEAST, RANGE], dtype=np.int8)  # the bound of minus a quantity

RECORD = np.dtype([("value", "f8"), ("low", "f8"), ("high", "f8"), ("kind", "i1")])

# Beyond twelve significant digits a float holds the noise of its own arithmetic: 18.000000000000004 is 18.
NOISE = 1e-12

Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Kinds: TypeAlias = npt.NDArray[np.int8]
Array: TypeAlias = npt.NDArray[Any]


class Parts(NamedTuple):
    """Quantities as four arrays of one length. Where one is not stated, the first three are NaN and `kind` is 0."""

    value: Array
    low: Array  # NaN where open
    high: Array  # NaN where open
    kind: Array  # position in BOUNDS

    def over(self, function: Callable[[Array], Array]) -> "Parts":
        return Parts(*(function(part) for part in self))


# ---- The algebra, on arrays --------------------------------------------------------------------------------------


def _stated(value: Floats, low: Floats, high: Floats, kind: Kinds) -> Parts:
    """What a table or a caller says, with the ends that follow from the bound and the contradictions refused."""
    value, low, high = (np.where(np.isfinite(part), part, np.nan) for part in (value, low, high))
    kind = np.where((kind == RANGE) & (np.isnan(low) | np.isnan(high)), ABOUT, kind).astype(np.int8)
    low = np.where((kind == EXACT) | (kind == AT_LEAST), value, np.where(kind == AT_MOST, np.nan, low))
    high = np.where((kind == EXACT) | (kind == AT_MOST), value, np.where(kind == AT_LEAST, np.nan, high))
    value = np.where((kind == RANGE) & ~np.isnan(value), (low + high) / 2, value)
    for position in np.flatnonzero((low > value) | (value > high))[:1]:
        ends = f"{low[position]:g} to {high[position]:g}"
        raise ValueError(f"{value[position]:g} with the ends {ends} is no quantity: low, value, high must rise")
    return _blank(Parts(value, low, high, kind), np.isnan(value))


def _blank(parts: Parts, missing: Flags) -> Parts:
    if not missing.any():
        return parts
    value, low, high = (np.where(missing, np.nan, part) for part in parts[:3])
    return Parts(value, low, high, np.where(missing, EXACT, parts.kind).astype(np.int8))


def _settled(value: Floats, low: Floats, high: Floats, any_about: Flags, all_exact: Flags) -> Parts:
    """The result with these ends. `value` is the operation on the printed values; "about" keeps it, a range takes its
    middle, a floor or ceiling its end."""
    open_low, open_high = np.isnan(low), np.isnan(high)
    kind = np.full(len(value), RANGE, dtype=np.int8)
    kind[all_exact] = EXACT
    kind[open_low] = AT_MOST
    kind[open_high] = AT_LEAST
    kind[any_about | (open_low & open_high)] = ABOUT
    missing = ~np.isfinite(value)
    value = np.where(kind == AT_LEAST, low, np.where(kind == AT_MOST, high, value))
    value = np.where(kind == RANGE, (low + high) / 2, value)
    return _blank(Parts(value, low, high, kind), missing)


def _combined(verb: str, a: Parts, b: Parts) -> Parts:
    """a + b, a − b, a × b or a ÷ b, with the bounds that the result has."""
    if verb == "subtract":
        verb, b = "add", _negated(b)
    with np.errstate(all="ignore"):  # zeros and open ends meet here, and _settled sorts them out
        if verb == "add":
            value, low, high = a.value + b.value, a.low + b.low, a.high + b.high
        elif verb == "multiply":
            value, (low, high) = a.value * b.value, _product(a, b)
        else:
            value, (low, high) = a.value / np.where(b.value == 0, np.nan, b.value), _quotient(a, b)
        any_about = (a.kind == ABOUT) | (b.kind == ABOUT)
        return _settled(value, low, high, any_about, all_exact=(a.kind == EXACT) & (b.kind == EXACT))


def _negated(a: Parts) -> Parts:
    return Parts(0.0 - a.value, 0.0 - a.high, 0.0 - a.low, TURNED_ROUND[a.kind])  # 0.0 − x: no negative zero


def _read(a: Parts) -> tuple[Floats, Floats, Flags]:
    """The ends as products and quotients read them, infinite where open; and where one is a zero that nobody printed.

    NaN is left where the quantity is not stated.
    """
    may_end_at_zero = (a.kind == AT_MOST) | (a.kind == ABOUT)
    from_zero = np.isnan(a.low) & (a.value > 0) & may_end_at_zero
    to_zero = np.isnan(a.high) & (a.value < 0) & may_end_at_zero
    known = ~np.isnan(a.value)
    low = np.where(from_zero, 0.0, np.where(np.isnan(a.low) & known, -np.inf, a.low))
    high = np.where(to_zero, 0.0, np.where(np.isnan(a.high) & known, np.inf, a.high))
    return low, high, from_zero | to_zero


def _product(a: Parts, b: Parts) -> tuple[Floats, Floats]:
    (a_low, a_high, a_assumed), (b_low, b_high, b_assumed) = _read(a), _read(b)
    corners = [a_low * b_low, a_low * b_high, a_high * b_low, a_high * b_high]
    return _hull(corners, a_assumed | b_assumed)


def _quotient(a: Parts, b: Parts) -> tuple[Floats, Floats]:
    (a_low, a_high, a_assumed), (b_low, b_high, _) = _read(a), _read(b)
    crossing = (b_low < 0) & (b_high > 0) & (b.value != 0) & ~np.isnan(a.value)
    for position in np.flatnonzero(crossing)[:1]:
        divisor = _quantity(b, position % len(b.value))
        raise ValueError(f"cannot divide by {divisor}: zero lies between its ends, so the quotient may be anything")
    b_high = np.where((b_high == 0) & (b_low < 0), -0.0, b_high)  # x ÷ −0.0 is the infinity of the right sign
    b_low = b_low + 0.0
    corners = [a_low / b_low, a_low / b_high, a_high / b_low, a_high / b_high]
    return _hull(corners, a_assumed | np.isinf(b_low) | np.isinf(b_high))


def _hull(corners: list[Floats], assumed: Flags) -> tuple[Floats, Floats]:
    """Lowest and highest corner, NaN where open.

    0 × ∞, 0 ÷ 0 and ∞ ÷ ∞ are NaN, which fmin and fmax pass over: another corner holds the limit. An end at zero that
    came from an end nobody printed is open again, so that "at most 5" doubled is "at most 10", not "0 to 10".
    """
    low, high = reduce(np.fmin, corners), reduce(np.fmax, corners)
    open_low = np.isinf(low) | (assumed & (low == 0) & (high > 0))
    open_high = np.isinf(high) | (assumed & (high == 0) & (low < 0))
    return np.where(open_low, np.nan, low), np.where(open_high, np.nan, high)


def _summed(a: Parts, groups: npt.NDArray[np.intp], count: int) -> Parts:
    """The sum of each of `count` groups; `groups` holds the group of each quantity, all of them stated."""
    # An open end is NaN, and leaves the sum's end NaN; of no quantities bincount makes whole zeros.
    value, low, high = (np.bincount(groups, part, count).astype(np.float64) for part in a[:3])
    any_about = np.bincount(groups, a.kind == ABOUT, count) > 0
    return _settled(value, low, high, any_about, all_exact=np.bincount(groups, a.kind != EXACT, count) == 0)


def _rounded(a: Parts, decimals: int) -> Parts:
    factor = 10.0 ** abs(decimals)  # a power with a negative exponent would itself be rounded

    def to(how: Callable[[Floats], Floats], part: Floats) -> Floats:
        scaled = part * factor if decimals >= 0 else part / factor
        half = np.rint(2 * scaled) / 2  # noise must move no floor, no ceiling and no tie
        scaled = how(np.where(np.abs(scaled - half) <= NOISE * np.abs(scaled), half, scaled)) + 0.0
        return scaled / factor if decimals >= 0 else scaled * factor

    low, high = to(np.floor, a.low), to(np.ceil, a.high)
    value = np.where(a.kind == RANGE, (low + high) / 2, to(np.rint, a.value))
    value = np.where(a.kind == AT_LEAST, low, np.where(a.kind == AT_MOST, high, value))
    low, high = (np.where(a.kind == EXACT, value, part) for part in (low, high))
    return Parts(value, low, high, a.kind)


def _decimals(a: Parts) -> int:
    """How many decimals show these quantities: all they have, if that is three at most; else one, or as many as show
    two digits of the smallest."""
    numbers = np.abs(np.concatenate([a.low, a.high, a.value[a.kind == ABOUT]]))
    numbers = numbers[np.isfinite(numbers) & (numbers > 0)]
    smallest = numbers.min(initial=1.0)
    most = 1 if smallest >= 1 else min(1 - int(np.floor(np.log10(smallest))), 9)
    for decimals in range(max(most, 3) + 1):
        scaled = numbers * 10.0**decimals
        if (np.abs(scaled - np.rint(scaled)) <= NOISE * scaled).all():
            return decimals
    return most


# ---- One quantity ------------------------------------------------------------------------------------------------


def _arithmetic(verb: str, turned: bool = False) -> Callable[[Any, object], Any]:
    return lambda self, other: self._operate(verb, other, turned)


def _comparison(function: Callable[[Any, Any], Any]) -> Callable[[Any, object], Any]:
    return lambda self, other: self._compare(function, other)


class _Operators:
    """The operators of a quantity and of a column: `_operate` gets the verb, `_compare` the function."""

    __slots__ = ()

    __add__, __radd__ = _arithmetic("add"), _arithmetic("add", turned=True)
    __sub__, __rsub__ = _arithmetic("subtract"), _arithmetic("subtract", turned=True)
    __mul__, __rmul__ = _arithmetic("multiply"), _arithmetic("multiply", turned=True)
    __truediv__, __rtruediv__ = _arithmetic("divide"), _arithmetic("divide", turned=True)
    __eq__, __ne__ = _comparison(operator.eq), _comparison(operator.ne)
    __lt__, __le__ = _comparison(operator.lt), _comparison(operator.le)
    __gt__, __ge__ = _comparison(operator.gt), _comparison(operator.ge)


@Number.register  # so that matplotlib asks for its float
class Bounded(_Operators):
    """A stated quantity and what is known about it.

    Parameters
    ----------
    value
        The printed number; of a range its middle.
    low, high
        The ends of what is admissible, None where open. Only `about` and `range` need them: an exact quantity has
        both at its value, a floor one, a ceiling the other. `about` may have neither.
    bound
        One of "exact", "about", "at_least", "at_most", "range".

    Raises
    ------
    ValueError
        The bound is unknown, the value is not a number, or low, value and high do not rise.

    >>> exact(701e9) / at_most(6_000) / 1e6
    at_least(116.83333333333333)
    >>> print(-1 * at_least(5), at_most(6_000) + at_least(100), sep="; ")
    at most −5; about 6,100
    """

    __slots__ = ("bound", "high", "low", "value")
    __array_priority__ = 1000  # numpy's numbers leave the arithmetic to us

    value: float
    low: float | None
    high: float | None
    bound: str

    def __init__(self, value: float, low: float | None = None, high: float | None = None, bound: str = "exact") -> None:
        if not np.isfinite(_number(value)):
            raise ValueError(f"{value!r} is no quantity: what is not stated is pd.NA")
        if bound not in BOUNDS:
            raise ValueError(f"unknown bound {bound!r}: it is one of {', '.join(BOUNDS)}")
        middle, floor, ceiling = (np.array([_number(part)]) for part in (value, low, high))
        self._fill(_stated(middle, floor, ceiling, np.array([BOUNDS.index(bound)], dtype=np.int8)), 0)

    def _fill(self, parts: Parts, position: int) -> Self:
        ends = (None if np.isnan(part[position]) else float(part[position]) for part in parts[1:3])
        entries = (float(parts.value[position]), *ends, BOUNDS[parts.kind[position]])
        for name, entry in zip(("value", "low", "high", "bound"), entries, strict=True):
            object.__setattr__(self, name, entry)
        return self

    # Not a dataclass: pandas takes a list of those for the rows of a table.

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a quantity does not change: make a new one for another {name}")

    def __reduce__(self) -> tuple[Any, ...]:
        return Bounded, _key(self)

    def _operate(self, verb: str, other: object, turned: bool = False) -> Any:
        column = isinstance(other, np.ndarray) and other.ndim == 1  # what pandas hands over of a column of numbers
        theirs = BoundedArray._from_sequence(other)._parts if column else _scalar(other)
        if theirs is None:
            return NotImplemented
        result = _combined(verb, *((theirs, _parts(self)) if turned else (_parts(self), theirs)))
        return BoundedArray(result) if column else _quantity(result, 0)

    def _compare(self, function: Callable[[Any, Any], Any], other: object) -> Any:
        if other is None or (theirs := _scalar(other)) is None:
            return NotImplemented
        return pd.NA if np.isnan(theirs.value[0]) else bool(function(self.value, theirs.value[0]))

    def __neg__(self) -> "Bounded":
        return _bounded(_negated(_parts(self)), 0)

    def __pos__(self) -> "Bounded":
        return self

    def __hash__(self) -> int:
        return hash(self.value)

    def __float__(self) -> float:
        return self.value

    def __round__(self, decimals: int | None = None) -> "Bounded":
        """Rounded so that it stays true: floors down, ceilings up, a range outwards, the rest to the nearest, ties to
        the even digit."""
        return _bounded(_rounded(_parts(self), decimals or 0), 0)

    def __str__(self) -> str:
        return in_words(self, _decimals(_parts(self)))

    def __repr__(self) -> str:
        if self.bound == "range":
            return f"between({self.low}, {self.high})"
        ends = f", {self.low}, {self.high}" if self.bound == "about" and (self.low, self.high) != (None, None) else ""
        return f"{self.bound}({self.value}{ends})"

    def same_as(self, other: object) -> bool:
        """Whether the other is a quantity of the same value, ends and bound.

        >>> at_most(5) == exact(5), at_most(5).same_as(exact(5))
        (True, False)
        """
        return isinstance(other, Bounded) and _key(self) == _key(other)


def exact(value: float) -> Bounded:
    return Bounded(value)


def about(value: float, low: float | None = None, high: float | None = None) -> Bounded:
    return Bounded(value, low, high, "about")


def at_least(value: float) -> Bounded:
    return Bounded(value, bound="at_least")


def at_most(value: float) -> Bounded:
    return Bounded(value, bound="at_most")


def between(low: float, high: float) -> Bounded:
    return Bounded((low + high) / 2, low, high, "range")


def in_words(quantity: Any, decimals: int = 1, missing: str = "not stated") -> str:
    """A quantity as it is read aloud, rounded so that it stays true; `missing` where it is not stated.

    >>> in_words(exact(701_000) / at_most(6_000)), in_words(at_most(450_000) / 25_000), in_words(exact(1_234_567), 0)
    ('at least 116.8', 'at most 18.0', '1,234,567')
    >>> in_words(about(2), 0), in_words(about(2, 1.5, 2.5)), in_words(between(2.8, 3.2)), in_words(pd.NA)
    ('about 2', 'about 2.0 (at least 1.5, at most 2.5)', '2.8–3.2', 'not stated')
    """
    if _is_missing(quantity):
        return missing
    rounded = round(quantity if isinstance(quantity, Bounded) else exact(quantity), decimals)

    def show(number: float) -> str:
        return f"{number:,.{max(decimals, 0)}f}".replace("-", "−")

    low, high = ("" if end is None else show(end) for end in (rounded.low, rounded.high))
    if rounded.bound == "range" and low != high:
        return f"{low}–{high}"
    if rounded.bound == "about":
        ends = ", ".join(word + end for word, end in (("at least ", low), ("at most ", high)) if end)
        return f"about {show(rounded.value)}" + (f" ({ends})" if ends else "")
    return {"at_least": "at least ", "at_most": "at most "}.get(rounded.bound, "") + show(rounded.value)


def _quantity(parts: Parts, position: int) -> Any:
    """The quantity at a position; pd.NA where it is not stated."""
    return pd.NA if np.isnan(parts.value[position]) else _bounded(parts, position)


def _bounded(parts: Parts, position: int) -> Bounded:
    return object.__new__(Bounded)._fill(parts, position)  # the parts have been checked when they were made


def _key(quantity: Bounded) -> tuple[float, float | None, float | None, str]:
    return quantity.value, quantity.low, quantity.high, quantity.bound


def _parts(quantity: Bounded) -> Parts:
    value, low, high = (np.array([np.nan if part is None else part]) for part in _key(quantity)[:3])
    return Parts(value, low, high, np.array([BOUNDS.index(quantity.bound)], dtype=np.int8))


def _scalar(other: object) -> Parts | None:
    """A quantity, a number or what is not stated, as parts of length one; None for anything else."""
    if isinstance(other, Bounded):
        return _parts(other)
    if _is_missing(other) or isinstance(other, Real | Decimal):
        value = np.array([_number(other)])
        return _stated(value, value, value, np.zeros(1, dtype=np.int8))
    return None


def _listed(entry: object) -> Parts:
    """An entry of a list that becomes a column."""
    parts = _scalar(entry)
    if parts is None:
        raise TypeError(f"{entry!r} is no quantity: a number, a Bounded or pd.NA is")
    return parts


def _joined(pieces: Sequence[Parts]) -> Parts:
    empty = Parts(np.empty(0), np.empty(0), np.empty(0), np.empty(0, dtype=np.int8))
    return Parts(*(np.concatenate(parts) for parts in zip(empty, *pieces, strict=True)))


def _is_missing(entry: object) -> bool:
    return entry is None or entry is pd.NA or (isinstance(entry, Real | Decimal) and entry != entry)


def _number(entry: Any) -> float:
    return np.nan if _is_missing(entry) else float(entry)


def _numbers(entries: Any) -> Floats:
    if is_numeric_dtype(getattr(entries, "dtype", object)):
        return np.asarray(pd.array(entries).to_numpy(float, na_value=np.nan))
    return np.array([_number(entry) for entry in entries], dtype=float)


def _kinds(bounds: Any) -> Kinds:
    bounds = pd.Series(bounds, dtype=object)
    known = pd.Index(BOUNDS, dtype=object).get_indexer(bounds)
    for unknown in bounds[(known < 0) & bounds.notna()][:1]:
        raise ValueError(f"unknown bound {unknown!r}: it is one of {', '.join(BOUNDS)}")
    return np.where(known < 0, EXACT, known).astype(np.int8)  # a row that says nothing of its bound is exact


# ---- A column of them --------------------------------------------------------------------------------------------


@register_extension_dtype
class BoundedDtype(ExtensionDtype):
    """The dtype of a column of bounded quantities: `table.astype({"projects": "bounded"})`."""

    name = "bounded"
    type = Bounded
    na_value = pd.NA
    _is_numeric = True

    @classmethod
    def construct_array_type(cls) -> "builtins.type[BoundedArray]":
        return BoundedArray

    def _get_common_dtype(self, dtypes: list[Any]) -> "BoundedDtype | None":
        # Numbers beside quantities are exact quantities; anything else makes a column of objects.
        return self if all(dtype == self or is_numeric_dtype(dtype) for dtype in dtypes) else None


class BoundedArray(_Operators, ExtensionArray):
    """A column of bounded quantities, as pandas holds it: three arrays of floats and one of bounds.

    Make one with `as_bounded` or `.astype("bounded")`. `value`, `low` and `high` give nullable floats, `bound` strings;
    each is <NA> where the quantity is not stated, an end also where it is open.
    """

    __array_priority__ = 1000
    __pandas_priority__ = 1500  # before Int64 and Float64, after Series
    _readonly = False

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    # What it holds

    value = property(lambda self: _nullable(self._parts.value), doc="The printed numbers; of a range its middle.")
    low = property(lambda self: _nullable(self._parts.low), doc="The lower ends, <NA> where open.")
    high = property(lambda self: _nullable(self._parts.high), doc="The upper ends, <NA> where open.")

    @property
    def bound(self) -> ExtensionArray:
        """One of BOUNDS for each quantity."""
        names = np.array([*BOUNDS, pd.NA], dtype=object)
        return pd.array(names[np.where(self.isna(), len(BOUNDS), self._parts.kind)], dtype="string")

    @property
    def dtype(self) -> BoundedDtype:
        return BoundedDtype()

    @property
    def nbytes(self) -> int:
        return sum(part.nbytes for part in self._parts)

    def __len__(self) -> int:
        return len(self._parts.value)

    def isna(self) -> Flags:
        return np.isnan(self._parts.value)

    # Made from, and made into, other things

    @classmethod
    def _from_sequence(cls, scalars: Any, *, dtype: Any = None, copy: bool = False) -> Self:
        if isinstance(scalars, pd.Series | pd.Index):
            scalars = scalars.array
        if isinstance(scalars, BoundedArray):
            return cls(scalars._parts.over(np.copy if copy else np.asarray))
        if is_numeric_dtype(getattr(scalars, "dtype", object)):
            value = _numbers(scalars)
            return cls(_stated(value, value, value, np.zeros(len(value), dtype=np.int8)))
        return cls(_joined([_listed(entry) for entry in scalars]))

    @classmethod
    def _from_scalars(cls, scalars: Any, *, dtype: Any) -> Self:
        # What a function made of quantities is a column of quantities only if it made quantities, not numbers.
        if not all(isinstance(entry, Bounded) or entry is pd.NA for entry in scalars):
            raise TypeError("not all are quantities")
        return cls._from_sequence(scalars)

    # Rows are told apart by all that is known of them, packed into bytes: by value alone, "at least 5" and "5" would
    # fall into one group.

    def _values_for_factorize(self) -> tuple[npt.NDArray[np.object_], None]:
        records = np.empty(len(self), dtype=RECORD)
        for name, part in self._parts._asdict().items():
            records[name] = np.where(np.isnan(part), np.nan, part + 0)  # one NaN and one zero: floats have two of each
        keys = np.empty(len(self), dtype=object)
        keys[:] = records.view(f"V{RECORD.itemsize}").tolist()
        keys[self.isna()] = None
        return keys, None

    @classmethod
    def _from_factorized(cls, values: Any, original: Any) -> Self:
        nothing = np.array([(np.nan, np.nan, np.nan, EXACT)], dtype=RECORD).tobytes()
        records = np.frombuffer(b"".join(nothing if key is None else key for key in values), dtype=RECORD)
        return cls(Parts(*(records[name].copy() for name in Parts._fields)))

    def _values_for_argsort(self) -> Floats:
        return self._parts.value

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        """The values, NaN where not stated: what numpy and matplotlib need. As objects, the quantities."""
        if copy is False:
            raise ValueError("the values of a bounded column are always a copy")
        if dtype is None or np.dtype(dtype) != object:
            return self._parts.value.astype(dtype or float)
        objects = np.empty(len(self), dtype=object)
        objects[:] = list(self)
        return objects

    def to_numpy(self, dtype: Any = None, copy: bool = False, na_value: Any = no_default) -> npt.NDArray[Any]:
        result = np.array(self, dtype=dtype)
        if na_value is not no_default:
            result[self.isna()] = na_value
        return result

    def astype(self, dtype: Any, copy: bool = True) -> Any:
        """Numbers are the values; strings are the words; objects are the quantities."""
        dtype = pandas_dtype(dtype)
        if dtype == self.dtype:
            return self.copy() if copy else self
        if is_string_dtype(dtype) and not is_object_dtype(dtype):
            words = [entry if entry is pd.NA else str(entry) for entry in self]
            return pd.Series(words, dtype=dtype).array if isinstance(dtype, ExtensionDtype) else np.array(words, dtype)
        if is_numeric_dtype(dtype) and isinstance(dtype, ExtensionDtype):
            return self.value.astype(dtype)
        return super().astype(dtype, copy=copy)

    def _formatter(self, boxed: bool = False) -> Callable[[Any], str]:
        return partial(in_words, decimals=_decimals(self._parts), missing=str(pd.NA))

    # Rows

    def __getitem__(self, item: Any) -> Any:
        if is_integer(item):
            return _quantity(self._parts, int(item))
        result = type(self)(self._parts.over(operator.itemgetter(check_array_indexer(self, item))))
        if isinstance(item, slice | tuple):  # still the same memory
            result._readonly = self._readonly
        return result

    def __setitem__(self, key: Any, value: Any) -> None:
        if self._readonly:
            raise ValueError("Cannot modify read-only array")
        if is_integer(key) and is_list_like(value):
            raise ValueError("setting an array element with a sequence.")
        key = check_array_indexer(self, key)
        new = self._from_sequence(value if is_list_like(value) else [value])
        for mine, theirs in self._beside(new):
            mine[key] = theirs if is_list_like(value) else theirs[0]

    def _beside(self, other: "BoundedArray") -> list[tuple[Array, Array]]:
        return list(zip(self._parts, other._parts, strict=True))

    def take(self, indices: Any, *, allow_fill: bool = False, fill_value: Any = None) -> Self:
        filled = self._beside(self._from_sequence([fill_value]))
        taken = (take(part, indices, allow_fill=allow_fill, fill_value=fill[0]) for part, fill in filled)
        return type(self)(Parts(*(np.asarray(part) for part in taken)))

    def copy(self) -> Self:
        return type(self)(self._parts.over(np.copy))

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[Self]) -> Self:
        return cls(_joined([column._parts for column in to_concat]))

    # Compared: by value; `equals`, `unique` and the like look at the bounds too

    def _compare(self, function: Callable[[Any, Any], Any], other: object) -> Any:
        if (theirs := self._operand(other)) is None:
            return NotImplemented
        missing = np.isnan(self._parts.value) | np.isnan(theirs.value)
        result = pd.array(function(self._parts.value, theirs.value), dtype="boolean")
        result[missing] = pd.NA
        return result

    def equals(self, other: object) -> bool:
        if not isinstance(other, BoundedArray) or len(self) != len(other):
            return False
        return all(np.array_equal(mine, theirs, equal_nan=True) for mine, theirs in self._beside(other))

    def duplicated(self, keep: Any = "first") -> Flags:
        return np.asarray(pd.Series(self.factorize(use_na_sentinel=False)[0]).duplicated(keep))

    def unique(self) -> Self:
        return self.take(np.flatnonzero(~self.duplicated()))

    def value_counts(self, dropna: bool = True) -> "pd.Series[int]":
        codes, uniques = self.factorize(use_na_sentinel=dropna)
        counts = np.bincount(codes[codes >= 0], minlength=len(uniques))
        return pd.Series(counts, index=pd.Index(uniques), name="count", dtype="Int64")

    def _mode(self, dropna: bool = True) -> Self:
        counts = self.value_counts(dropna)
        return type(self)._from_sequence(counts.index[np.asarray(counts == counts.max(), dtype=bool)].sort_values())

    # Reckoned with

    def _operand(self, other: object) -> Parts | None:
        """The other side as parts that broadcast against this column; None for what pandas unpacks first."""
        if isinstance(other, pd.Series | pd.Index | pd.DataFrame):
            return None
        if not is_list_like(other):
            return _scalar(other)
        if len(other) != len(self):  # type: ignore[arg-type]
            raise ValueError("Lengths must match")
        return self._from_sequence(other)._parts

    def _operate(self, verb: str, other: object, turned: bool = False) -> Any:
        if (theirs := self._operand(other)) is None:
            return NotImplemented
        return type(self)(_combined(verb, *((theirs, self._parts) if turned else (self._parts, theirs))))

    def __neg__(self) -> Self:
        return type(self)(_negated(self._parts))

    def __pos__(self) -> Self:
        return self.copy()

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        if method != "__call__" or ufunc.__name__ not in UFUNCS:
            raise TypeError(f"numpy.{ufunc.__name__} would lose the bounds: use the column's .bounds.value")
        return super().__array_ufunc__(ufunc, method, *inputs, **kwargs)

    def round(self, decimals: int = 0, *args: Any, **kwargs: Any) -> Self:
        """Rounded so that it stays true: floors down, ceilings up, ranges outwards, the rest to the nearest."""
        return type(self)(_rounded(self._parts, decimals))

    def sum(self, *, skipna: bool = True, min_count: int = 0, **kwargs: Any) -> Any:
        return self._reduce("sum", skipna=skipna, min_count=min_count)

    def min(self, *, skipna: bool = True, **kwargs: Any) -> Any:
        return self._reduce("min", skipna=skipna)

    def max(self, *, skipna: bool = True, **kwargs: Any) -> Any:
        return self._reduce("max", skipna=skipna)

    def _reduce(self, name: str, *, skipna: bool = True, keepdims: bool = False, **kwargs: Any) -> Any:
        if name == "count":
            return int((~self.isna()).sum())
        one_group = np.zeros(len(self), dtype=np.intp)
        result = self._groupby_op(how=name, ids=one_group, ngroups=1, skipna=skipna, **kwargs)
        return result if keepdims else result[0]

    def _groupby_op(
        self, *, how: str, ids: Any, ngroups: int, min_count: int = 0, skipna: bool = True, **kwargs: Any
    ) -> Self:
        """One result a group: `ids` holds the group of each row, −1 for none.

        Quantities that are not stated are left out. A sum of none but those is not stated, where pandas says zero.
        """
        if how not in ("sum", "min", "max", "first", "last"):
            _refuse(how)
        rows = np.flatnonzero(ids >= 0)
        stated = rows[~self.isna()[rows]]
        found, missing = (np.bincount(ids[some], minlength=ngroups) for some in (stated, rows[self.isna()[rows]]))
        empty = (found < min_count) | ((found == 0) & ((missing > 0) | (how != "sum")))
        if not skipna and how in ("sum", "min", "max"):
            empty |= missing > 0
        if how == "sum":
            sums = type(self)(_summed(self._parts.over(lambda part: part[stated]), ids[stated], ngroups))
            return sums.take(np.where(empty, -1, np.arange(ngroups)), allow_fill=True)
        if how in ("first", "last"):
            order = stated if skipna else rows
        else:
            value = self._parts.value[stated]
            order = stated[np.argsort(value if how == "min" else -value, kind="stable")]
        chosen = np.full(ngroups, -1, dtype=np.intp)
        order = order if how == "last" else order[::-1]
        chosen[ids[order]] = order  # of several rows of a group the last one stays
        return self.take(np.where(empty, -1, chosen), allow_fill=True)

    def _accumulate(self, name: str, *, skipna: bool = True, **kwargs: Any) -> Self:
        if name != "cumsum":
            _refuse(name)
        missing, kind = self.isna(), self._parts.kind
        value, low, high = (np.cumsum(np.where(missing & skipna, 0.0, part)) for part in self._parts[:3])
        any_about, inexact = np.maximum.accumulate(kind == ABOUT), np.maximum.accumulate(kind != EXACT)
        return type(self)(_blank(_settled(value, low, high, any_about, ~inexact), missing))

    def _quantile(self, qs: Any, interpolation: str) -> Self:
        return _refuse("quantile")

    def _groupby_quantile(self, **kwargs: Any) -> Self:
        return _refuse("quantile")


UFUNCS = {"add", "subtract", "multiply", "divide", "negative", "positive"} | {
    *("equal", "not_equal", "less", "less_equal", "greater", "greater_equal")
}


def _refuse(name: str) -> NoReturn:
    raise TypeError(
        f"a bounded column does not support operation '{name}': there is no rule for its bounds. "
        "Take the column's .bounds.value, or .bounds.low and .bounds.high, for that"
    )


def _nullable(part: Floats) -> ExtensionArray:
    return pd.arrays.FloatingArray(np.nan_to_num(part), np.isnan(part))


# ---- Tables ------------------------------------------------------------------------------------------------------


@register_series_accessor("bounds")
class Bounds:
    """What a bounded column holds, as plain columns: `pairs["allocation"].bounds.low`."""

    def __init__(self, series: "pd.Series[Any]") -> None:
        if not isinstance(series.dtype, BoundedDtype):
            raise AttributeError(f"a column of {series.dtype} has no bounds: .astype('bounded') makes it exact")
        self._series = series

    def _column(self, entries: Any) -> "pd.Series[Any]":
        return pd.Series(entries, index=self._series.index, name=self._series.name)

    value = property(lambda self: self._column(self._series.array.value), doc="The printed numbers (Float64).")
    low = property(lambda self: self._column(self._series.array.low), doc="The lower ends, <NA> where open (Float64).")
    high = property(lambda self: self._column(self._series.array.high), doc="The upper ends, likewise (Float64).")
    bound = property(lambda self: self._column(self._series.array.bound), doc="One of BOUNDS (string).")

    def in_words(self, decimals: int = 1, missing: str = "not stated") -> "pd.Series[str]":
        """Each quantity as `auyl.bounded.in_words` reads it aloud."""
        words = [in_words(entry, decimals, missing) for entry in self._series.array]
        return self._column(pd.array(words, dtype="string"))


def as_bounded(value: Any, low: Any = None, high: Any = None, bound: Any = None) -> "pd.Series[Any]":
    """A column of quantities from plain columns, as `plain` unfolds them.

    Parameters
    ----------
    value
        Numbers, <NA> where not stated. A Series gives its index and name to the result.
    low, high
        The ends, for `about` and `range`; where they are not given, "about" has none. An exact quantity is taken at
        its printed value, a floor and a ceiling at theirs, whatever stands here.
    bound
        One of BOUNDS for all, or a column of them; <NA> is exact, and so are all if it is not given.

    Returns
    -------
    A Series of dtype `bounded`.

    Raises
    ------
    ValueError
        A bound is unknown, low, value and high do not rise, or the columns have different indexes.

    >>> as_bounded([6_000, 2.8, None], low=[None, 2.5, None], high=[None, 3.1, None], bound=["at_most", "range", None])
    0    at most 6,000.0
    1            2.5–3.1
    2               <NA>
    dtype: bounded
    """
    index = value.index if isinstance(value, pd.Series) else None
    if isinstance(getattr(value, "dtype", None), BoundedDtype):
        raise TypeError("the column is bounded already")

    def column(entries: Any) -> Any:
        if isinstance(entries, pd.Series) and index is not None and not entries.index.equals(index):
            raise ValueError("the columns of a quantity have different indexes")
        return [entries] * len(value) if not is_list_like(entries) else entries

    middle, floor, ceiling = (_numbers(column(entries)) for entries in (value, low, high))
    parts = _stated(middle, floor, ceiling, _kinds(column(bound)))
    return pd.Series(BoundedArray(parts), index=index, name=getattr(value, "name", None))


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """The table with every bounded column `x` unfolded, for CSV, Parquet and databases that know no bounds.

    Returns
    -------
    In the place of `x`: `x`, `x_low` and `x_high` (Float64) and `x_bound` (category of BOUNDS), <NA> where not stated
    and where an end is open. `as_bounded(t["x"], t["x_low"], t["x_high"], t["x_bound"])` folds them back without loss.

    Raises
    ------
    ValueError
        The table already has a column of such a name.

    >>> list(plain(pd.DataFrame({"programme": ["Auyl"], "projects": as_bounded([6_000], bound="at_most")})).columns)
    ['programme', 'projects', 'projects_low', 'projects_high', 'projects_bound']
    """
    columns: list[tuple[Any, Any]] = []
    for name, column in table.items():
        if isinstance(column.dtype, BoundedDtype):
            bound = column.bounds.bound.astype(pd.CategoricalDtype(list(BOUNDS)))
            ends = [("low", column.bounds.low), ("high", column.bounds.high), ("bound", bound)]
            columns += [(name, column.bounds.value), *((_named(name, end), part) for end, part in ends)]
        else:
            columns.append((name, column))
    names = pd.Index([name for name, _ in columns])
    if not names.is_unique and table.columns.is_unique:
        raise ValueError(f"the table already has a column {names[names.duplicated()][0]!r}")
    if len(names) == table.shape[1]:
        return table.copy()
    unfolded: pd.DataFrame = pd.concat([column for _, column in columns], axis="columns")
    unfolded.columns = names.set_names(table.columns.names)
    return unfolded


def _named(name: Any, end: str) -> Any:
    """`projects_low` beside `projects`; in a table with levels of columns, on the last level."""
    return (*name[:-1], f"{name[-1]}_{end}") if isinstance(name, tuple) else f"{name}_{end}"
