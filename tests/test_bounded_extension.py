"""pandas' own tests of an extension array, on bounded columns.

No test is taken out. pandas itself passes over those that do not apply:
* two-dimensional arrays: a bounded column has one dimension, as every nullable one;
* mean, median, prod, std, var, sem, skew, kurt, any, all, cumprod, cummin, cummax, and the operators //, %, **:
  there is no rule for what becomes of the bounds; that they raise TypeError is tested;
* reading a bounded column from CSV (an expected failure): words are rounded, so they do not give the quantity back.
  `plain` and `as_bounded` do; tests/test_bounded.py shows it.
"""

import functools
import itertools
import operator

import pandas as pd
import pytest
from pandas.tests.extension import base
from pandas.tests.extension.conftest import (  # noqa: F401  the fixtures that are the same for every dtype
    all_arithmetic_operators,
    all_boolean_reductions,
    all_data,
    all_numeric_accumulations,
    all_numeric_reductions,
    all_reductions,
    as_array,
    as_frame,
    as_series,
    box_in_series,
    comparison_op,
    data_repeated,
    fillna_method,
    groupby_apply_op,
    invalid_scalar,
    na_cmp,
    na_value,
    use_numpy,
    using_nan_is_na,
)

from auyl.bounded import BoundedArray, BoundedDtype, about, at_least, at_most, between, exact

COMPARISONS = {"eq", "ne", "lt", "le", "gt", "ge"}


def column(*quantities):
    return BoundedArray._from_sequence(quantities)


@pytest.fixture
def dtype():
    return BoundedDtype()


@pytest.fixture
def data():
    kinds = [at_most(6000), exact(25_000), about(2, 1.5, 2.5), at_least(116.8), between(2.8, 3.2)]
    return column(*kinds, *(quantity + 1 for quantity in kinds))


@pytest.fixture
def data_for_twos():
    return column(*[exact(2)] * 10)


@pytest.fixture
def data_missing():
    return column(pd.NA, at_least(1))


@pytest.fixture
def data_for_sorting():
    return column(about(2), at_most(3), exact(1))


@pytest.fixture
def data_missing_for_sorting():
    return column(at_least(2), pd.NA, exact(1))


@pytest.fixture
def data_for_grouping():
    a, b, c = exact(1), at_most(2), about(3)
    return column(b, b, pd.NA, pd.NA, a, a, b, c)


class TestBounded(base.ExtensionTests):
    def _get_expected_exception(self, op_name, obj, other):
        known = {"__add__", "__sub__", "__mul__", "__truediv__"}
        return None if op_name.replace("__r", "__") in known else TypeError

    def _cast_pointwise_result(self, op_name, obj, other, pointwise_result):
        # Bounded columns compare as Int64 and Float64 do: to nullable booleans.
        return pointwise_result.astype("boolean") if op_name in COMPARISONS else pointwise_result

    def _supports_reduction(self, ser, op_name):
        return op_name in {"count", "sum", "min", "max"}

    def check_reduce(self, ser, op_name, skipna):
        if op_name == "count":
            super().check_reduce(ser, op_name, skipna)
            return
        result = getattr(ser, op_name)(skipna=skipna)
        pairwise = {"sum": operator.add, "min": min, "max": max}[op_name]
        assert result.same_as(functools.reduce(pairwise, ser))

    def _supports_accumulation(self, ser, op_name):
        return op_name == "cumsum"

    def check_accumulate(self, ser, op_name, skipna):
        expected = list(itertools.accumulate(ser))
        for quantity, other in zip(ser.cumsum(skipna=skipna), expected, strict=True):
            assert quantity.same_as(other)
