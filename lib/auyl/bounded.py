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

The rules are those of interval arithmetic on the printed values (`intervals` has them all): where both ends of a result
are open, or one part is "about", "about" is left. A quantity that may be zero or of either sign is no divisor.

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
from functools import partial
from numbers import Number, Real
from typing import Any, NoReturn, Self

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

from auyl import intervals
from auyl.intervals import BOUNDS, ENDS, EXACT, RECORD, Flags, Floats, Records

UNFOLDED = ("low", "high", "bound")  # how the columns beside `x` end in a plain table


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

    __slots__ = ("_data", "bound", "high", "low", "value")  # no dataclass: pandas takes a list of those for rows
    __array_priority__ = 1000  # numpy's numbers leave the arithmetic to us

    value: float
    low: float | None
    high: float | None
    bound: str
    _data: Records  # an array of one: a quantity reckons as a column of itself does

    def __init__(self, value: float, low: float | None = None, high: float | None = None, bound: str = "exact") -> None:
        if not np.isfinite(_number(value)):
            raise ValueError(f"{value!r} is no quantity: what is not stated is pd.NA")
        middle, floor, ceiling = (np.array([_number(part)]) for part in (value, low, high))
        self._fill(intervals.stated(middle, floor, ceiling, np.array([_kind(bound)])))

    def _fill(self, records: Records) -> Self:
        value, low, high, kind = records[0].item()
        ends = (None if np.isinf(end) else end for end in (low, high))
        for name, entry in zip(("_data", "value", *ENDS, "bound"), (records, value, *ends, BOUNDS[kind]), strict=True):
            object.__setattr__(self, name, entry)
        return self

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a quantity does not change: make a new one for another {name}")

    def __reduce__(self) -> tuple[Any, ...]:
        return Bounded, (self.value, self.low, self.high, self.bound)

    def _operate(self, verb: str, other: object, turned: bool = False) -> Any:
        if isinstance(other, np.ndarray) and other.ndim == 1:  # what pandas hands over of a column of numbers
            return BoundedArray(np.repeat(self._data, len(other)))._operate(verb, other, turned)
        if is_list_like(other):
            return NotImplemented
        result = BoundedArray(self._data)._operate(verb, other, turned)
        return result if result is NotImplemented else result[0]

    def _compare(self, function: Callable[[Any, Any], Any], other: object) -> Any:
        if other is None or (theirs := _scalar(other)) is None:
            return NotImplemented
        return pd.NA if np.isnan(theirs["value"][0]) else bool(function(self.value, theirs["value"][0]))

    def __neg__(self) -> "Bounded":
        return _bounded(intervals.negated(self._data))

    def __pos__(self) -> "Bounded":
        return self

    def __hash__(self) -> int:
        return hash(self.value)

    def __float__(self) -> float:
        return self.value

    def __round__(self, decimals: int | None = None) -> "Bounded":
        """Rounded so that it stays true: floors down, ceilings up, a range outwards, the rest to the nearest, ties to
        the even digit."""
        return _bounded(intervals.rounded(self._data, decimals or 0))

    def __str__(self) -> str:
        return in_words(self, intervals.decimals_of(self._data))

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
        return isinstance(other, Bounded) and self._data.tobytes() == other._data.tobytes()


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


def _bounded(records: Records) -> Bounded:
    return object.__new__(Bounded)._fill(records)  # they have been checked when they were made


def _quantity(record: Any) -> Any:
    """One quantity; pd.NA where it is not stated."""
    return pd.NA if np.isnan(record["value"]) else _bounded(np.array([record], dtype=RECORD))


def _scalar(other: object) -> Records | None:
    """A quantity, a number or what is not stated, as an array of one; None for anything else."""
    if isinstance(other, Bounded):
        return other._data
    if _is_missing(other) or isinstance(other, Real | Decimal):
        return intervals.exactly(np.array([_number(other)]))
    return None


def _listed(entry: object) -> Records:
    """An entry of a list that becomes a column."""
    if (records := _scalar(entry)) is None:
        raise TypeError(f"{entry!r} is no quantity: a number, a Bounded or pd.NA is")
    return records


def _is_missing(entry: object) -> bool:
    return entry is None or entry is pd.NA or (isinstance(entry, Real | Decimal) and entry != entry)


def _number(entry: Any) -> float:
    return np.nan if _is_missing(entry) else float(entry)


def _numbers(entries: Any) -> Floats:
    if is_numeric_dtype(getattr(entries, "dtype", object)):
        return np.asarray(pd.array(entries).to_numpy(float, na_value=np.nan))
    return np.array([_number(entry) for entry in entries], dtype=float)


def _kind(bound: Any) -> int:
    if bound is None or bound is pd.NA or bound != bound:  # a row that says nothing of its bound is exact
        return EXACT
    if bound not in BOUNDS:
        raise ValueError(f"unknown bound {bound!r}: it is one of {', '.join(BOUNDS)}")
    return BOUNDS.index(bound)


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
    """A column of bounded quantities, as pandas holds it.

    Make one with `as_bounded` or `.astype("bounded")`; `.bounds` of its Series unfolds it.
    """

    __array_priority__ = 1000
    __pandas_priority__ = 1500  # before Int64 and Float64, after Series
    _readonly = False

    def __init__(self, data: Records) -> None:
        self._data = data

    @property
    def dtype(self) -> BoundedDtype:
        return BoundedDtype()

    @property
    def nbytes(self) -> int:
        return self._data.nbytes

    def __len__(self) -> int:
        return len(self._data)

    def isna(self) -> Flags:
        missing: Flags = np.isnan(self._data["value"])
        return missing

    # Made from, and made into, other things

    @classmethod
    def _from_sequence(cls, scalars: Any, *, dtype: Any = None, copy: bool = False) -> Self:
        if isinstance(scalars, pd.Series | pd.Index):
            scalars = scalars.array
        if isinstance(scalars, BoundedArray):
            return cls(scalars._data.copy() if copy else scalars._data)
        if is_numeric_dtype(getattr(scalars, "dtype", object)):
            return cls(intervals.exactly(_numbers(scalars)))
        return cls(np.concatenate([np.empty(0, dtype=RECORD), *map(_listed, scalars)]))

    @classmethod
    def _from_scalars(cls, scalars: Any, *, dtype: Any) -> Self:
        # What a function made of quantities is a column of quantities only if it made quantities, not numbers.
        if not all(isinstance(entry, Bounded) or entry is pd.NA for entry in scalars):
            raise TypeError("not all are quantities")
        return cls._from_sequence(scalars)

    # Rows are told apart by all that is known of them, as bytes: by value alone, "at least 5" and "5" would fall into
    # one group.

    def _values_for_factorize(self) -> tuple[npt.NDArray[np.object_], bytes]:
        keys = np.empty(len(self), dtype=object)
        keys[:] = [record.tobytes() for record in self._data]
        return keys, NOTHING.tobytes()

    @classmethod
    def _from_factorized(cls, values: Any, original: "BoundedArray") -> Self:
        return cls(np.frombuffer(b"".join(values), dtype=RECORD).copy())

    def _values_for_argsort(self) -> Floats:
        return self._data["value"]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        """The values, NaN where not stated: what numpy and matplotlib need. As objects, the quantities."""
        if copy is False:
            raise ValueError("the values of a bounded column are always a copy")
        if dtype is None or np.dtype(dtype) != object:
            return self._data["value"].astype(dtype or float)
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
        if is_string_dtype(dtype) and not is_object_dtype(dtype):
            words = [entry if entry is pd.NA else str(entry) for entry in self]
            return pd.Series(words, dtype=dtype).array if isinstance(dtype, ExtensionDtype) else np.array(words, dtype)
        if is_numeric_dtype(dtype) and isinstance(dtype, ExtensionDtype) and dtype != self.dtype:
            return _nullable(self._data["value"]).astype(dtype)
        return super().astype(dtype, copy=copy)

    def _formatter(self, boxed: bool = False) -> Callable[[Any], str]:
        return partial(in_words, decimals=intervals.decimals_of(self._data), missing=str(pd.NA))

    # Rows

    def __getitem__(self, item: Any) -> Any:
        if is_integer(item):
            return _quantity(self._data[item])
        item = check_array_indexer(self, item)
        if isinstance(item, str):  # numpy would look for a field of that name
            raise IndexError(NO_INDEX)
        result = type(self)(self._data[item])
        if isinstance(item, slice | tuple):  # still the same memory
            result._readonly = self._readonly
        return result

    def __setitem__(self, key: Any, value: Any) -> None:
        if self._readonly:
            raise ValueError("Cannot modify read-only array")
        if is_integer(key) and is_list_like(value):
            raise ValueError("setting an array element with a sequence.")
        new = self._from_sequence(value if is_list_like(value) else [value])._data
        self._data[check_array_indexer(self, key)] = new if is_list_like(value) else new[0]

    def take(self, indices: Any, *, allow_fill: bool = False, fill_value: Any = None) -> Self:
        positions = take(np.arange(len(self)), indices, allow_fill=allow_fill, fill_value=-1)
        return type(self)(np.concatenate([self._data, _listed(fill_value)])[np.asarray(positions)])

    def copy(self) -> Self:
        return type(self)(self._data.copy())

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[Self]) -> Self:
        return cls(np.concatenate([column._data for column in to_concat]))

    # Compared: by value; `equals`, `unique` and the like look at the bounds too

    def _compare(self, function: Callable[[Any, Any], Any], other: object) -> Any:
        if (theirs := self._operand(other)) is None:
            return NotImplemented
        result = pd.array(function(self._data["value"], theirs["value"]), dtype="boolean")
        result[self.isna() | np.isnan(theirs["value"])] = pd.NA
        return result

    def equals(self, other: object) -> bool:
        return isinstance(other, BoundedArray) and self._data.tobytes() == other._data.tobytes()

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

    def _operand(self, other: object) -> Records | None:
        """The other side as records that broadcast against this column; None for what pandas unpacks first."""
        if isinstance(other, pd.Series | pd.Index | pd.DataFrame):
            return None
        if not is_list_like(other):
            return _scalar(other)
        if len(other) != len(self):  # type: ignore[arg-type]
            raise ValueError("Lengths must match")
        return self._from_sequence(other)._data

    def _operate(self, verb: str, other: object, turned: bool = False) -> Any:
        if (theirs := self._operand(other)) is None:
            return NotImplemented
        a, b = (theirs, self._data) if turned else (self._data, theirs)
        if verb == "divide":
            for divisor in np.broadcast_to(b, len(self))[intervals.crossing(a, b)][:1]:
                raise ValueError(
                    f"cannot divide by {_quantity(divisor)}: zero lies between its ends, so the result may be anything"
                )
        return type(self)(intervals.combined(verb, a, b))

    def __neg__(self) -> Self:
        return type(self)(intervals.negated(self._data))

    def __pos__(self) -> Self:
        return self.copy()

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        if method != "__call__" or ufunc.__name__ not in UFUNCS:
            raise TypeError(f"numpy.{ufunc.__name__} would lose the bounds: use the column's .bounds.value")
        return super().__array_ufunc__(ufunc, method, *inputs, **kwargs)

    def round(self, decimals: int = 0, *args: Any, **kwargs: Any) -> Self:
        """Rounded so that it stays true: floors down, ceilings up, ranges outwards, the rest to the nearest."""
        return type(self)(intervals.rounded(self._data, decimals))

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
        positional, missing = how in ("first", "last"), self.isna()
        stated = np.flatnonzero((ids >= 0) & ~missing)
        found = np.bincount(ids[stated], minlength=ngroups)
        lacking = np.bincount(ids[(ids >= 0) & missing], minlength=ngroups) > 0
        empty = (found < min_count) | ((found == 0) & (lacking | (how != "sum")))
        if not skipna and not positional:
            empty |= lacking
        if how == "sum":
            sums = type(self)(intervals.summed(self._data[stated], ids[stated], ngroups))
            return sums.take(np.where(empty, -1, np.arange(ngroups)), allow_fill=True)
        rows = stated if skipna or not positional else np.flatnonzero(ids >= 0)
        if not positional:
            value = self._data["value"][rows]
            rows = rows[np.argsort(value if how == "min" else -value, kind="stable")]
        rows = rows[::-1] if how == "last" else rows
        groups, first = np.unique(ids[rows], return_index=True)
        chosen = np.full(ngroups, -1, dtype=np.intp)
        chosen[groups] = rows[first]
        return self.take(np.where(empty, -1, chosen), allow_fill=True)

    def _accumulate(self, name: str, *, skipna: bool = True, **kwargs: Any) -> Self:
        if name != "cumsum":
            _refuse(name)
        return type(self)(intervals.running(self._data, skipna))

    def _quantile(self, qs: Any, interpolation: str) -> Self:
        return _refuse("quantile")

    def _groupby_quantile(self, **kwargs: Any) -> Self:
        return _refuse("quantile")


NOTHING = _listed(pd.NA)
NO_INDEX = (
    "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid "
    "indices"
)
UFUNCS = {"add", "subtract", "multiply", "divide", "negative", "positive"} | {
    *("equal", "not_equal", "less", "less_equal", "greater", "greater_equal")
}


def _refuse(name: str) -> NoReturn:
    raise TypeError(
        f"a bounded column does not support operation '{name}': there is no rule for its bounds. "
        "Take the column's .bounds.value, or .bounds.low and .bounds.high, for that"
    )


def _nullable(part: Floats) -> ExtensionArray:
    return pd.arrays.FloatingArray(np.where(np.isfinite(part), part, 0.0), ~np.isfinite(part))


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

    def _part(self, name: str) -> "pd.Series[Any]":
        return self._column(_nullable(self._series.array._data[name]))

    value = property(lambda self: self._part("value"), doc="The printed numbers; of a range its middle (Float64).")
    low = property(lambda self: self._part("low"), doc="The lower ends, <NA> where open (Float64).")
    high = property(lambda self: self._part("high"), doc="The upper ends, likewise (Float64).")

    @property
    def bound(self) -> "pd.Series[Any]":
        """One of BOUNDS for each quantity (string)."""
        names = np.array([*BOUNDS, pd.NA], dtype=object)
        kinds = np.where(self._series.isna(), len(BOUNDS), self._series.array._data["kind"])
        return self._column(pd.array(names[kinds], dtype="string"))

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
    data = intervals.stated(middle, floor, ceiling, np.array([_kind(entry) for entry in column(bound)], dtype=np.int8))
    return pd.Series(BoundedArray(data), index=index, name=getattr(value, "name", None))


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
    if "bounded" not in map(str, table.dtypes):
        return table.copy()
    unfolded: pd.DataFrame = pd.concat([_unfolded(name, column) for name, column in table.items()], axis="columns")
    unfolded.columns = unfolded.columns.set_names(table.columns.names)
    if not unfolded.columns.is_unique and table.columns.is_unique:
        raise ValueError(f"the table already has a column {unfolded.columns[unfolded.columns.duplicated()][0]!r}")
    return unfolded


def _unfolded(name: Any, column: "pd.Series[Any]") -> pd.DataFrame:
    """`projects` with `projects_low` and so on beside it; in a table with levels of columns, on the last level."""
    if not isinstance(column.dtype, BoundedDtype):
        return column.to_frame(name)
    beside = [(*name[:-1], f"{name[-1]}_{end}") if isinstance(name, tuple) else f"{name}_{end}" for end in UNFOLDED]
    bound = column.bounds.bound.astype(pd.CategoricalDtype(list(BOUNDS)))
    parts: pd.DataFrame = pd.concat([column.bounds.value, column.bounds.low, column.bounds.high, bound], axis="columns")
    return parts.set_axis(pd.Index([name, *beside]), axis="columns")
