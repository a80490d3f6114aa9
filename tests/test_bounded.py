"""The algebra of bounded quantities, worked out by hand, and the columns of them on their way through pandas."""

import io
import math
import operator
import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from auyl.bounded import (
    BOUNDS,
    Bounded,
    BoundedDtype,
    about,
    as_bounded,
    at_least,
    at_most,
    between,
    exact,
    in_words,
    plain,
)

OPERATIONS = {"+": operator.add, "-": operator.sub, "×": operator.mul, "÷": operator.truediv}

# One quantity of each kind, from one printed 100 or 20, so that every cell below can be worked out by hand.
KINDS = ["exact", "about", "at_least", "at_most", "range"]
FIRST = dict(zip(KINDS, [exact(100), about(100), at_least(100), at_most(100), between(80, 120)], strict=True))
SECOND = dict(zip(KINDS, [exact(20), about(20), at_least(20), at_most(20), between(10, 40)], strict=True))

# Rows: the first operand; columns: the second, both in the order of KINDS. "=" exact, "~" about, ">" at least,
# "<" at most, "-" a range; the numbers are the result's value, or its two ends.
GRIDS = {
    "+": """
        = 120     ~ 120   > 120   < 120   - 110 140
        ~ 120     ~ 120   ~ 120   ~ 120   ~ 125
        > 120     ~ 120   > 120   ~ 120   > 110
        < 120     ~ 120   ~ 120   < 120   < 140
        - 100 140 ~ 120   > 100   < 140   - 90 160
    """,
    "-": """
        = 80      ~ 80    < 80    > 80    - 60 90
        ~ 80      ~ 80    ~ 80    ~ 80    ~ 75
        > 80      ~ 80    ~ 80    > 80    > 60
        < 80      ~ 80    < 80    ~ 80    < 90
        - 60 100  ~ 80    < 100   > 60    - 40 110
    """,
    "×": """
        = 2000      ~ 2000  > 2000  < 2000  - 1000 4000
        ~ 2000      ~ 2000  ~ 2000  ~ 2000  ~ 2500
        > 2000      ~ 2000  > 2000  ~ 2000  > 1000
        < 2000      ~ 2000  ~ 2000  < 2000  < 4000
        - 1600 2400 ~ 2000  > 1600  < 2400  - 800 4800
    """,
    "÷": """
        = 5       ~ 5     < 5     > 5     - 2.5 10
        ~ 5       ~ 5     ~ 5     ~ 5     ~ 4
        > 5       ~ 5     ~ 5     > 5     > 2.5
        < 5       ~ 5     < 5     ~ 5     < 10
        - 4 6     ~ 5     < 6     > 4     - 2 12
    """,
}
# The second operand turned negative: −20, about −20, at most −20, at least −20, −40 to −10. "At least −20" may be
# positive, so that nothing can be divided by it (!), and the other factor's size is no bound of the product.
NEGATIVE_GRIDS = {
    "×": """
        = -2000       ~ -2000  < -2000  > -2000  - -4000 -1000
        ~ -2000       ~ -2000  ~ -2000  ~ -2000  ~ -2500
        < -2000       ~ -2000  < -2000  ~ -2000  < -1000
        > -2000       ~ -2000  ~ -2000  > -2000  > -4000
        - -2400 -1600 ~ -2000  < -1600  > -2400  - -4800 -800
    """,
    "÷": """
        = -5      ~ -5    > -5    !      - -10 -2.5
        ~ -5      ~ -5    ~ -5    !      ~ -4
        < -5      ~ -5    ~ -5    !      < -2.5
        > -5      ~ -5    > -5    !      > -10
        - -6 -4   ~ -5    > -6    !      - -12 -2
    """,
}
MAKERS = {"=": exact, "~": about, ">": at_least, "<": at_most, "-": between, "!": None}


def cells(grids):
    for operation, grid in grids.items():
        for kind, line in zip(KINDS, grid.strip().splitlines(), strict=True):
            tokens = iter(line.split())
            row, token = [], next(tokens, None)
            while token is not None:
                numbers, maker = [], MAKERS[token]
                while (token := next(tokens, None)) not in MAKERS and token is not None:
                    numbers.append(float(token))
                row.append(maker and maker(*numbers))
            for other, expected in zip(KINDS, row, strict=True):
                yield pytest.param(operation, kind, other, expected, id=f"{kind} {operation} {other}")


def same(quantity, expected):
    if expected is pd.NA:
        return quantity is pd.NA
    return expected.same_as(quantity)


def column(*quantities):
    return pd.Series(quantities, dtype="bounded")


# ---- The algebra


@pytest.mark.parametrize(("operation", "first", "second", "expected"), list(cells(GRIDS)))
def test_every_bound_with_every_bound(operation, first, second, expected):
    function = OPERATIONS[operation]
    assert same(function(FIRST[first], SECOND[second]), expected)
    assert same(function(column(FIRST[first]), column(SECOND[second]))[0], expected)
    assert same(function(column(FIRST[first]), SECOND[second])[0], expected)
    assert same(function(FIRST[first], column(SECOND[second]))[0], expected)


@pytest.mark.parametrize(("operation", "first", "second", "expected"), list(cells(NEGATIVE_GRIDS)))
def test_a_negative_quantity_turns_the_bound_round(operation, first, second, expected):
    function, pair = OPERATIONS[operation], (FIRST[first], -SECOND[second])
    if expected is None:
        with pytest.raises(ValueError, match="at least −20: zero lies between its ends"):
            function(*pair)
    else:
        assert same(function(*pair), expected)


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (exact(701e9) / at_most(6000) / 1e6, at_least(701e9 / 6000 / 1e6)),  # "up to" in the divisor makes a floor
        (at_most(450e9) / 25_000 / 1e6, at_most(18)),  # "nearly" in the dividend a ceiling
        (-at_least(5), at_most(-5)),
        (-1 * at_least(5), at_most(-5)),
        (-1 * at_most(5), at_least(-5)),
        (-between(2, 3), between(-3, -2)),
        (-about(2, 1.5, 2.5), about(-2, -2.5, -1.5)),
        (about(4, 3, 5) * 2, about(8, 6, 10)),  # "about" keeps the ends that are known
        (about(4, 3, 5) / at_most(2), about(2, 1.5)),
        (between(-2, 3) * between(-5, 4), between(-15, 12)),  # −2 × −5 = 10, −2 × 4 = −8, 3 × −5 = −15, 3 × 4 = 12
        (between(-2, 3) * at_most(5), between(-10, 15)),  # at most 5 is 0 to 5
        (exact(0) * at_least(5), between(0, 0)),  # nothing of anything is nothing
        (between(0, 40) * 2, between(0, 80)),  # a zero that was printed stays
        (100 / between(0, 40), at_least(2.5)),  # there may have been next to none: no ceiling
        (100 / between(-40, 0), at_most(-2.5)),
        (at_least(0) / at_least(20), about(0)),
        (exact(701e9) / exact(0), pd.NA),
        (exact(100) / at_least(0), pd.NA),
        (exact(100) / at_most(0), pd.NA),
        (exact(100) / about(0), pd.NA),
        (at_most(100 - at_least(95).value) * 2, at_most(10)),
        (-at_least(0) * 2, at_most(0)),  # "at most 0" may be far below
    ],
)
def test_hand_worked_results(result, expected):
    assert same(result, expected)


@pytest.mark.parametrize("divisor", [between(-2, 4), at_least(-3), about(1, -2, 3)])
def test_a_divisor_that_may_be_zero_or_of_either_sign_is_refused_by_name(divisor):
    with pytest.raises(ValueError, match=f"cannot divide by {divisor}".replace("(", r"\(").replace(")", r"\)")):
        exact(100) / divisor
    with pytest.raises(ValueError, match="cannot divide by"):
        column(exact(1), exact(2)) / column(exact(1), divisor)
    # where the dividend is not stated nothing is divided
    assert (column(exact(1), pd.NA) / column(exact(1), divisor)).isna().tolist() == [False, True]


@pytest.mark.parametrize("operation", OPERATIONS.values())
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("nothing", [pd.NA, np.nan])
def test_what_is_not_stated_stays_so(operation, kind, nothing):
    assert operation(FIRST[kind], nothing) is operation(nothing, FIRST[kind]) is pd.NA
    assert operation(column(FIRST[kind]), nothing).isna().all()
    assert operation(nothing, column(FIRST[kind])).isna().all()
    assert (FIRST[kind] < nothing) is pd.NA


def number(low=-1e6, high=1e6):
    # Not between 0 and 0.01: a quotient of such numbers is all noise.
    return st.floats(low, high, allow_nan=False).filter(lambda x: x == 0 or abs(x) >= 0.01)


@st.composite
def quantity_and_truth(draw, low=-1e6):
    """A quantity as printed, of any sign, and one value that its words admit.

    A positive `at_most` or a bare `about` is of a count, which is not negative: the assumption of the module.
    """
    kind = draw(st.sampled_from(BOUNDS))
    printed, share = draw(number(low)), draw(st.floats(0, 1))
    if kind == "range":
        ends = sorted((printed, draw(number(low))))
        return between(*ends), min(ends[0] + share * (ends[1] - ends[0]), ends[1])
    if kind == "about":
        if draw(st.booleans()):
            ends = sorted((printed, draw(number(low)), draw(number(low))))
            return about(ends[1], ends[0], ends[2]), ends[0] + share * (ends[2] - ends[0])
        return about(printed), printed * draw(st.floats(0.5, 2))
    slack = draw(st.floats(0, 1e6))
    truth = {
        "exact": printed,
        "at_least": printed + slack,
        "at_most": printed * share if printed > 0 else printed - slack,
    }
    return {"exact": exact, "at_least": at_least, "at_most": at_most}[kind](printed), truth[kind]


@settings(deadline=None)  # pandas' first column of a kind takes its time
@given(quantity_and_truth(), quantity_and_truth(), st.sampled_from(sorted(OPERATIONS)))
def test_no_admissible_truth_falls_outside_the_result(first, second, operation):
    (a, true_a), (b, true_b) = first, second
    function = OPERATIONS[operation]
    assume(operation != "÷" or abs(true_b) > 1e-3)
    try:
        result = function(a, b)
    except ValueError:
        assert operation == "÷"
        assert (b.low is not None and b.low < 0) and (b.high is None or b.high > 0)
        return
    if result is pd.NA:
        assert operation == "÷" and b.value == 0
        return
    truth = function(true_a, true_b)
    noise = 1e-9 * (1 + abs(truth) + abs(true_a) + abs(true_b))
    assert result.low is None or result.low <= truth + noise
    assert result.high is None or truth - noise <= result.high
    assert (result.bound == "about") >= ("about" in (a.bound, b.bound))
    assert result.bound == "exact" or not a.bound == b.bound == "exact"
    # the column says the same as the single quantity
    assert same(function(column(a), column(b))[0], result)


@settings(deadline=None)  # pandas' first column of a kind takes its time
@given(quantity_and_truth(), st.integers(0, 4))
def test_rounding_never_turns_a_bound_into_a_lie(drawn, decimals):
    quantity, truth = drawn
    shown = round(quantity, decimals)
    noise = 1e-9 * (1 + abs(truth))
    assert shown.low is None or shown.bound == "exact" or shown.low <= truth + noise
    assert shown.high is None or shown.bound == "exact" or truth - noise <= shown.high
    assert abs(shown.value - quantity.value) <= 10**-decimals + noise
    assert same(column(quantity).round(decimals)[0], shown)


@given(number(0.01), number(0.01))
def test_division_undoes_multiplication(a, b):
    result = exact(a) * exact(b) / exact(b)
    assert math.isclose(result.value, a)
    assert result.bound == "exact"


@given(quantity_and_truth())
def test_twice_turned_round_is_the_same(drawn):
    turned = -drawn[0]
    assert same(-turned, drawn[0])


# ---- One quantity


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
        (between(2.81, 2.82), 0, "2–3"),
        (between(3, 3), 0, "3"),
        (exact(1234567.0), 0, "1,234,567"),
        (exact(1234567.0), -3, "1,235,000"),
        (exact(-0.1), 1, "−0.1"),
        (exact(-0.04), 1, "0.0"),
        (at_most(-2.51), 1, "at most −2.5"),
        (exact(3.25), 1, "3.3"),  # half up, as readers of a table do
        (exact(2.675), 2, "2.68"),  # and the half is the printed one, not the float's 2.67499…
        (7, 0, "7"),
        (pd.NA, 1, "not stated"),
        (None, 1, "not stated"),
    ],
)
def test_words(quantity, decimals, words):
    assert in_words(quantity, decimals) == words


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (at_most(6000), "at most 6,000"),
        (exact(701e9) / at_most(6000) / 1e6, "at least 116.8"),
        (about(2), "about 2"),
        (between(2.8, 3.2), "2.8–3.2"),
        (exact(0.05), "0.05"),
        (at_least(2 / 30_000), "at least 0.000066"),
        (round(at_least(3.0312), 2), "at least 3.03"),  # what was rounded to two decimals shows two
        (exact(-5), "−5"),
        (exact(0), "0"),
    ],
)
def test_a_quantity_chooses_its_decimals(quantity, words):
    assert str(quantity) == words


@pytest.mark.parametrize("quantity", [*FIRST.values(), about(2, 1.5, 2.5), about(2, high=3), at_most(-5)])
def test_repr_and_pickle_give_the_quantity_back(quantity):
    makers = {"exact": exact, "about": about, "at_least": at_least, "at_most": at_most, "between": between}
    assert same(eval(repr(quantity), makers | {"None": None}), quantity)  # noqa: S307  our own words
    assert same(pickle.loads(pickle.dumps(quantity)), quantity)  # noqa: S301


def test_ends_follow_from_the_bound():
    # 701 billion spans 700.5 to 701.5 as printed; in arithmetic it is 701
    assert same(Bounded(701e9, 700.5e9, 701.5e9, "exact"), exact(701e9))
    assert same(Bounded(5, 4, 6, "at_least"), at_least(5))
    assert same(Bounded(5, bound="range"), about(5))  # a range without ends is only about


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1.0, None, None, "roughly"), "'roughly'"),
        ((np.nan,), "pd.NA"),
        ((pd.NA,), "pd.NA"),
        ((2, 3, 4, "about"), "must rise"),
        ((2, 3, 1, "range"), "must rise"),
    ],
)
def test_what_is_no_quantity_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        Bounded(*arguments)


def test_a_quantity_compares_by_value_and_does_not_change():
    assert at_most(6000) == 6000 == exact(6000)
    assert not at_most(6000).same_as(exact(6000))
    assert at_most(5) < at_least(6) <= 6 and exact(5) != at_most(6)
    assert len({exact(5), at_most(5), 5}) == 1
    assert exact(5) != "5" and exact(5) is not None and exact(5) != None  # noqa: E711
    assert sorted([at_least(3), exact(1), about(2)])[0] == 1
    with pytest.raises(AttributeError, match="does not change"):
        exact(5).value = 6
    with pytest.raises(TypeError):
        exact(5) < "5"  # noqa: B015


# ---- Columns


@pytest.fixture
def pairs():
    """The two figures of each programme in the first seed, and one without a count."""
    return pd.DataFrame(
        {
            "programme": ["Auyl - El Besigi", "Auyl Amanaty", "Other"],
            "allocation": column(exact(701e9), at_most(450e9), about(10e9)),
            "projects": column(at_most(6000), exact(25_000), pd.NA),
        }
    )


def test_the_division_of_the_article(pairs):
    cost = pairs["allocation"] / pairs["projects"] / 1e6
    assert cost.dtype == "bounded"
    assert repr(cost) == "0    at least 116.8\n1      at most 18.0\n2              <NA>\ndtype: bounded"
    assert cost.bounds.in_words().tolist() == ["at least 116.8", "at most 18.0", "not stated"]
    assert ">at least 116.8<" in cost.to_frame("cost").to_html()


@pytest.mark.parametrize(
    "numbers",
    [
        pd.Series([2, 4, pd.NA], dtype="Int64"),
        pd.Series([2, 4, pd.NA], dtype="Float64"),
        pd.Series([2.0, 4.0, np.nan]),
        np.array([2.0, 4.0, np.nan]),
        [2, 4, None],
    ],
    ids=["Int64", "Float64", "float64", "ndarray", "list"],
)
def test_plain_numbers_are_exact(numbers):
    bounded = column(at_least(100), at_most(100), exact(1))
    for result in (bounded / numbers, bounded * (1 / pd.Series(numbers, dtype="Float64"))):
        assert [*map(repr, result)] == ["at_least(50.0)", "at_most(25.0)", "<NA>"]
    assert [*map(repr, numbers / bounded)] == ["at_most(0.02)", "at_least(0.04)", "<NA>"]
    if isinstance(numbers, pd.Series):
        assert [*map(repr, numbers * at_least(3))] == ["at_least(6.0)", "at_least(12.0)", "<NA>"]
    assert (bounded > numbers).tolist() == [True, True, pd.NA]


def test_whole_columns_show_whole_numbers(pairs):
    assert pairs["projects"].to_frame().to_string(index=False).split("\n")[1:] == [
        "at most 6,000",
        "       25,000",
        "         <NA>",
    ]
    shares = as_bounded([0.05, 0.5, 12])
    assert repr(shares).split("\n")[0] == "0     0.05"


def test_sums_carry_their_bounds():
    assert same(column(exact(1), at_least(2), pd.NA).sum(), at_least(3))
    assert same(column(exact(1), at_most(2), between(3, 5)).sum(), at_most(8))
    assert same(column(at_least(1), at_most(2)).sum(), about(3))
    assert same(column(about(1), exact(2)).sum(), about(3))
    assert same(column(about(1, 0, 2), exact(2)).sum(), about(3, 2, 4))
    assert same(column().sum(), exact(0))
    assert column(exact(1), pd.NA).sum(skipna=False) is pd.NA
    assert column(exact(1), pd.NA).sum(min_count=2) is pd.NA
    assert column(pd.NA, pd.NA).sum() is pd.NA  # nothing stated does not add up to nothing
    assert [*map(repr, column(exact(1), pd.NA, at_least(2)).cumsum())] == ["exact(1.0)", "<NA>", "at_least(3.0)"]


def test_the_smallest_and_the_largest_by_value():
    quantities = column(at_least(3), exact(1), about(2), pd.NA, at_most(3))
    assert same(quantities.min(), exact(1))
    assert same(quantities.max(), at_least(3))  # of equal values the first
    assert quantities.min(skipna=False) is pd.NA
    assert quantities.sort_values().index.tolist() == [1, 2, 0, 4, 3]


@pytest.mark.parametrize("operation", ["mean", "median", "std", "var", "prod", "quantile"])
def test_what_has_no_rule_is_refused(operation):
    with pytest.raises(TypeError, match=f"does not support operation '{operation}': there is no rule"):
        getattr(column(at_least(3), exact(1)), operation)()
    with pytest.raises(TypeError, match="no rule"):
        getattr(column(at_least(3), exact(1)).groupby([1, 1]), operation)()
    with pytest.raises(TypeError, match="would lose the bounds"):
        np.log(column(at_least(3)))


def test_groups():
    table = pd.DataFrame(
        {
            "place": ["a", "a", "b", "b", "c", None],
            "x": column(at_least(3), exact(1), pd.NA, at_most(2), pd.NA, exact(9)),
        }
    )
    grouped = table.groupby("place")["x"]
    expected = {
        "sum": [at_least(4), at_most(2), pd.NA],
        "min": [exact(1), at_most(2), pd.NA],
        "max": [at_least(3), at_most(2), pd.NA],
        "first": [at_least(3), at_most(2), pd.NA],
        "last": [exact(1), at_most(2), pd.NA],
    }
    for how, results in expected.items():
        got = getattr(grouped, how)()
        assert got.dtype == "bounded" and got.index.tolist() == ["a", "b", "c"]
        assert all(map(same, got, results)), how
    assert grouped.sum(min_count=2).isna().tolist() == [False, True, True]
    assert grouped.transform("sum").bounds.in_words(0).tolist()[:2] == ["at least 4", "at least 4"]
    wide = table.pivot_table(index="place", values="x", aggfunc="sum", dropna=False)
    assert same(wide["x"].iloc[0], at_least(4))
    across = pd.DataFrame({"x": column(at_least(1)), "n": [2]}).sum(axis="columns")
    assert same(across[0], at_least(3))


def test_bounds_tell_rows_apart():
    quantities = column(exact(5), at_least(5), exact(5), pd.NA, about(5), about(5, 4, 6))
    assert [*map(repr, quantities.unique())] == [
        "exact(5.0)",
        "at_least(5.0)",
        "<NA>",
        "about(5.0)",
        "about(5.0, 4.0, 6.0)",
    ]
    assert quantities.duplicated().tolist() == [False, False, True, False, False, False]
    assert quantities.value_counts().tolist() == [2, 1, 1, 1]
    assert [*map(repr, quantities.mode())] == ["exact(5.0)"]
    assert quantities.groupby(quantities).ngroups == 4
    left = pd.DataFrame({"key": column(exact(5), at_least(5)), "a": [1, 2]})
    right = pd.DataFrame({"key": column(at_least(5), pd.NA), "b": [3, 4]})
    assert left.merge(right, on="key")[["a", "b"]].to_numpy().tolist() == [[2, 3]]
    assert not column(exact(5)).equals(column(at_least(5)))
    assert column(exact(5), pd.NA).equals(column(exact(5), pd.NA))
    assert quantities.isin([5]).tolist() == [True, True, True, False, True, True]


def test_comparisons_are_by_value():
    quantities = column(at_most(6000), exact(25_000), pd.NA)
    assert (quantities == 6000).dtype == "boolean"
    assert (quantities == 6000).tolist() == [True, False, pd.NA]
    assert (quantities > column(exact(1), at_most(30_000), exact(1))).tolist() == [True, False, pd.NA]
    assert (quantities == "at most 6,000").tolist() == [False, False, False]
    assert quantities[quantities > 6000].tolist() == [exact(25_000)]
    with pytest.raises(ValueError, match="Lengths"):
        quantities.array / [1, 2]


def test_through_pandas(pairs):
    long = pairs.assign(year=[2024, 2024, 2025])
    wide = long.pivot(index="programme", columns="year", values="allocation")
    assert (wide.dtypes == "bounded").all()
    assert same(wide.loc["Auyl Amanaty", 2024], at_most(450e9))
    merged = pairs.merge(pd.DataFrame({"programme": ["Other", "None"], "n": [1, 2]}), how="outer", validate="1:1")
    assert merged["allocation"].dtype == "bounded" and merged["allocation"].isna().sum() == 1
    joined = pd.concat([pairs["projects"], pd.Series([1, 2])], ignore_index=True)
    assert joined.dtype == "bounded" and same(joined[3], exact(1))
    assert same(pairs["projects"].fillna(at_least(1))[2], at_least(1))
    assert same(pickle.loads(pickle.dumps(pairs))["allocation"][1], at_most(450e9))  # noqa: S301
    assert pairs["projects"].map(lambda quantity: quantity.bound, na_action="ignore").tolist()[:2] == [
        "at_most",
        "exact",
    ]
    assert same(pairs.assign(double=lambda t: 2 * t["projects"])["double"][0], at_most(12_000))
    assert same(pairs.loc[0, "projects"] * 2, at_most(12_000))
    assert same(pairs.eval("allocation / projects")[0], at_least(701e9 / 6000))


def test_as_other_dtypes(pairs):
    projects = pairs["projects"]
    assert projects.dropna().astype(int).tolist() == [6000, 25_000]
    assert projects.astype("Float64").dtype == "Float64"
    np.testing.assert_array_equal(projects.to_numpy(), [6000, 25_000, np.nan])
    np.testing.assert_array_equal(projects.to_numpy(na_value=0), [6000, 25_000, 0])
    assert projects.astype(str).tolist()[:2] == ["at most 6,000", "25,000"]
    assert projects.astype("string").isna().tolist() == [False, False, True]
    assert projects.astype(object).tolist() == projects.tolist()
    for numbers in (pd.Series([1, 2]), pd.Series([1.5, np.nan]), pd.Series([1, pd.NA], dtype="Int64")):
        bounded = numbers.astype("bounded")
        assert same(bounded[0], exact(numbers[0])) and bounded.isna().tolist() == numbers.isna().tolist()
    with pytest.raises(TypeError, match="'many' is no quantity"):
        pd.Series(["many"], dtype=object).astype("bounded")


# ---- Plain tables


KINDS_AND_NOTHING = column(*FIRST.values(), about(2, 1.5, 2.5), about(2, high=2.5), pd.NA, exact(1 / 3)).rename("cost")


def folded(table):
    return as_bounded(*(table[name] for name in ("cost", "cost_low", "cost_high", "cost_bound")))


def test_unfolding_and_folding_lose_nothing():
    table = pd.DataFrame({"a": 1, "cost": KINDS_AND_NOTHING, "b": 2}, index=list("klmnopqrs"))
    table["cost"] = KINDS_AND_NOTHING.to_numpy(object)
    table["cost"] = table["cost"].astype("bounded")
    flat = plain(table)
    assert list(flat) == ["a", "cost", "cost_low", "cost_high", "cost_bound", "b"]
    assert flat.dtypes.astype(str).tolist() == ["int64", "Float64", "Float64", "Float64", "category", "int64"]
    assert flat.loc["m"].tolist()[1:5] == [100, 100, pd.NA, "at_least"]
    assert flat.loc["r", "cost":"cost_bound"].isna().all()
    assert folded(flat).equals(table["cost"]) and folded(flat).name == "cost"


def test_folding_after_csv_and_parquet():
    flat = plain(KINDS_AND_NOTHING.to_frame())
    text = flat.to_csv(index=False)
    assert folded(pd.read_csv(io.StringIO(text))).equals(KINDS_AND_NOTHING)
    file = io.BytesIO()
    flat.to_parquet(file)
    back = pd.read_parquet(file)
    assert back.dtypes.equals(flat.dtypes)
    assert folded(back).equals(KINDS_AND_NOTHING)


@settings(deadline=None)  # pandas' first column of a kind takes its time
@given(st.lists(st.one_of(quantity_and_truth().map(lambda drawn: drawn[0]), st.just(pd.NA))))
def test_any_column_survives_its_way_through_a_plain_table(quantities):
    quantities = column(*quantities).rename("cost")
    assert folded(plain(quantities.to_frame())).equals(quantities)


def test_figures_are_taken_at_their_printed_value():
    figures = pd.DataFrame(
        {
            "value": [701e9, 6000, 30, None],
            "low": [700.5e9, None, 28, None],
            "high": [701.5e9, 6000, 33, None],
            "bound": pd.Categorical(["exact", "at_most", "range", None], categories=BOUNDS),
        },
        index=[4, 5, 6, 7],
    )
    bounded = as_bounded(figures["value"], figures["low"], figures["high"], figures["bound"])
    assert bounded.index.tolist() == [4, 5, 6, 7]
    assert all(map(same, bounded, [exact(701e9), at_most(6000), between(28, 33), pd.NA]))
    assert same(as_bounded([5], bound="at_least")[0], at_least(5))


def test_folding_refuses_what_contradicts_itself():
    with pytest.raises(ValueError, match="unknown bound 'roughly'"):
        as_bounded([1, 2], bound=["exact", "roughly"])
    with pytest.raises(ValueError, match="2 with the ends 3 to 4"):
        as_bounded([2], [3], [4], ["about"])
    with pytest.raises(ValueError, match="different indexes"):
        as_bounded(pd.Series([1, 2]), bound=pd.Series(["exact", "about"], index=[1, 2]))
    with pytest.raises(TypeError, match="bounded already"):
        as_bounded(column(exact(1)))


def test_plain_refuses_to_write_over_a_column():
    with pytest.raises(ValueError, match="'cost_low'"):
        plain(KINDS_AND_NOTHING.to_frame().assign(cost_low=1))
    assert list(plain(pd.DataFrame({"a": [1]}))) == ["a"]
    levels = pd.DataFrame({("2024", "cost"): column(exact(1))})
    assert list(plain(levels))[1] == ("2024", "cost_low")


def test_the_accessor():
    bounds = KINDS_AND_NOTHING.bounds
    assert bounds.value.name == bounds.bound.name == "cost"
    assert bounds.low.isna().tolist() == [False, True, False, True, False, False, True, True, False]
    assert bounds.bound.tolist()[:5] == KINDS
    with pytest.raises(AttributeError, match="float64 has no bounds"):
        pd.Series([1.0]).bounds  # noqa: B018
    assert pd.api.types.is_numeric_dtype(BoundedDtype())
