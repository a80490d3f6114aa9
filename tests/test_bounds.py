"""The whole bound algebra as one grid, and that no result promises more than its parts allow."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from auyl import bounds
from auyl.bounds import NOT_STATED, about, at_least, at_most, between, exact

# One quantity of each kind, from one printed 100 or 20, so that every cell below can be worked out by hand.
FIRST = {
    "exact": exact(100),
    "about": about(100),
    "at_least": at_least(100),
    "at_most": at_most(100),
    "range": between(80, 120),
}
SECOND = {
    "exact": exact(20),
    "about": about(20),
    "at_least": at_least(20),
    "at_most": at_most(20),
    "range": between(10, 40),
}
KINDS = ["exact", "about", "at_least", "at_most", "range"]

# Rows: the first operand; columns: the second, both in the order of KINDS. "=" exact, "~" about, ">" at least,
# "<" at most, "-" a range; the numbers are the result's value, or its two ends.
GRIDS = {
    "add": """
        = 120     ~ 120   > 120   < 120   - 110 140
        ~ 120     ~ 120   ~ 120   ~ 120   ~ 125
        > 120     ~ 120   > 120   ~ 120   > 110
        < 120     ~ 120   ~ 120   < 120   < 140
        - 100 140 ~ 120   > 100   < 140   - 90 160
    """,
    "subtract": """
        = 80      ~ 80    < 80    > 80    - 60 90
        ~ 80      ~ 80    ~ 80    ~ 80    ~ 75
        > 80      ~ 80    ~ 80    > 80    > 60
        < 80      ~ 80    < 80    ~ 80    < 90
        - 60 100  ~ 80    < 100   > 60    - 40 110
    """,
    "multiply": """
        = 2000      ~ 2000  > 2000  < 2000  - 1000 4000
        ~ 2000      ~ 2000  ~ 2000  ~ 2000  ~ 2500
        > 2000      ~ 2000  > 2000  ~ 2000  > 1000
        < 2000      ~ 2000  ~ 2000  < 2000  < 4000
        - 1600 2400 ~ 2000  > 1600  < 2400  - 800 4800
    """,
    "divide": """
        = 5       ~ 5     < 5     > 5     - 2.5 10
        ~ 5       ~ 5     ~ 5     ~ 5     ~ 4
        > 5       ~ 5     ~ 5     > 5     > 2.5
        < 5       ~ 5     < 5     ~ 5     < 10
        - 4 6     ~ 5     < 6     > 4     - 2 12
    """,
}
MAKERS = {"=": exact, "~": about, ">": at_least, "<": at_most, "-": between}


def cells():
    for operation, grid in GRIDS.items():
        for kind, line in zip(KINDS, grid.strip().splitlines(), strict=True):
            tokens = iter(line.split())
            row, token = [], next(tokens, None)
            while token is not None:
                numbers, maker = [], MAKERS[token]
                while (token := next(tokens, None)) not in MAKERS and token is not None:
                    numbers.append(float(token))
                row.append(maker(*numbers))
            for other, expected in zip(KINDS, row, strict=True):
                yield pytest.param(operation, kind, other, expected, id=f"{operation}-{kind}-{other}")


@pytest.mark.parametrize(("operation", "first", "second", "expected"), list(cells()))
def test_every_bound_with_every_bound(operation, first, second, expected):
    assert getattr(bounds, operation)(FIRST[first], SECOND[second]) == expected


@pytest.mark.parametrize("operation", GRIDS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_stated_stays_so(operation, kind):
    function = getattr(bounds, operation)
    assert function(NOT_STATED, FIRST[kind]) == function(FIRST[kind], NOT_STATED) == NOT_STATED


def test_a_divisor_of_zero_gives_no_answer():
    assert bounds.divide(exact(701e9), exact(0)) == NOT_STATED
    # "none to 40 projects": a cost of at least 2.5, and no ceiling, since there may have been next to none
    assert bounds.divide(exact(100), between(0, 40)) == at_least(2.5)


@pytest.mark.parametrize("operation", ["multiply", "divide"])
def test_a_negative_factor_is_refused_rather_than_misread(operation):
    with pytest.raises(ValueError, match="negative quantity"):
        getattr(bounds, operation)(at_least(-3), exact(2))


def test_an_unknown_bound_is_refused():
    with pytest.raises(ValueError, match="'roughly'"):
        bounds.Bounded(1.0, bound="roughly")


positive = st.floats(min_value=0.01, max_value=1e6, allow_nan=False)


@st.composite
def quantity_and_truth(draw):
    """A quantity as printed, and one value its words admit."""
    kind = draw(st.sampled_from(["exact", "at_least", "at_most", "range", "about"]))
    printed, share = draw(positive), draw(st.floats(0, 1))
    if kind == "range":
        low, high = sorted((printed, draw(positive)))
        return between(low, high), low + share * (high - low)
    truth = {
        "exact": printed,
        "at_least": printed * (1 + share),
        "at_most": printed * max(share, 1e-6),
        "about": draw(positive),
    }
    return {"exact": exact, "at_least": at_least, "at_most": at_most, "about": about}[kind](printed), truth[kind]


@given(quantity_and_truth(), quantity_and_truth(), st.sampled_from(sorted(GRIDS)))
def test_no_admissible_truth_falls_outside_the_result(first, second, operation):
    (a, true_a), (b, true_b) = first, second
    result = getattr(bounds, operation)(a, b)
    truth = {
        "add": true_a + true_b,
        "subtract": true_a - true_b,
        "multiply": true_a * true_b,
        "divide": true_a / true_b,
    }[operation]
    noise = 1e-9 * (abs(truth) + abs(true_a) + abs(true_b))
    assert result.low is None or result.low <= truth + noise
    assert result.high is None or truth - noise <= result.high
    if "about" in (a.bound, b.bound):
        assert result.bound == "about"


@given(quantity_and_truth(), st.integers(0, 4))
def test_rounding_never_turns_a_bound_into_a_lie(drawn, decimals):
    quantity, truth = drawn
    shown = bounds.rounded(quantity, decimals)
    noise = 1e-9 * truth
    assert shown.low is None or shown.bound == "exact" or shown.low <= truth + noise
    assert shown.high is None or shown.bound == "exact" or truth - noise <= shown.high
    assert abs(shown.value - quantity.value) <= 10**-decimals + noise


@given(positive, positive)
def test_division_undoes_multiplication(a, b):
    result = bounds.divide(bounds.multiply(exact(a), exact(b)), exact(b))
    assert math.isclose(result.value, a)
    assert result.bound == "exact"


@pytest.mark.parametrize(
    ("quantity", "decimals", "words"),
    [
        (at_least(701e9 / 6000 / 1e6), 1, "at least 116.8"),  # 116.8333…
        (at_least(701e9 / 6000 / 1e6), 0, "at least 116"),  # a floor is never rounded up to 117
        (at_most(450e9 / 25_000 / 1e6), 1, "at most 18.0"),
        (at_most(18.01), 1, "at most 18.1"),  # a ceiling is never rounded down
        (at_most(18.000000000000004), 1, "at most 18.0"),  # the noise of a float is not a ceiling of 18.1
        (at_least(0.1 + 0.2), 1, "at least 0.3"),
        (about(2), 0, "about 2"),
        (about(2, 1.5, 2.51), 1, "about 2.0 (at least 1.5, at most 2.6)"),
        (between(2.81, 3.19), 1, "2.8–3.2"),
        (exact(1234567.0), 0, "1,234,567"),
        (exact(-0.1), 1, "−0.1"),
        (exact(-0.04), 1, "0.0"),
        (exact(3.25), 1, "3.2"),  # half to even, as tables are usually rounded
        (NOT_STATED, 1, "not stated"),
    ],
)
def test_words(quantity, decimals, words):
    assert bounds.in_words(quantity, decimals) == words


def test_a_row_of_a_table_is_taken_at_its_printed_value():
    # 701 billion spans 700.5 to 701.5 as printed; in arithmetic it is 701
    row = {"value": 701e9, "low": 700.5e9, "high": 701.5e9, "bound": "exact"}
    assert bounds.from_row(row) == exact(701e9)
    assert bounds.from_row(
        {"cost": 18.0, "cost_low": None, "cost_high": 18.0, "bound": "at_most"}, "cost", "bound"
    ) == at_most(18)
    assert bounds.from_row({"value": None, "bound": None}) == NOT_STATED


@given(quantity_and_truth())
def test_a_quantity_survives_its_way_through_a_table(drawn):
    quantity, _ = drawn
    assume(quantity.stated)
    assert bounds.from_row(bounds.columns("cost", quantity), "cost") == quantity


def test_a_growth_rate_keeps_the_bound_of_the_ratio():
    # (70/64)^(1/3) - 1 = 3.03 percent a year; "at least 70" makes it a floor
    rate = bounds.increasing(lambda ratio: 100 * (ratio ** (1 / 3) - 1), bounds.divide(at_least(70), exact(64)))
    assert bounds.in_words(rate, 2) == "at least 3.03"
