"""pandas' own tests of an extension array, on bounded columns.

What is skipped or worded anew stands in the class, each with its reason.
"""

import numpy as np
import pandas as pd
import pytest
from pandas.tests.extension import base

from auyl.bounded import BoundedArray, BoundedDtype, about, at_least, at_most, between, exact


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
    pass
