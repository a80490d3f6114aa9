"""Progress by three methods against worked cases, and sharing out a budget."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import auyl
from auyl.measures.progress import progress, published_levels
from auyl.measures.shares import RULES, gini, regional_weights, share_out
from auyl.record.published import read_published, read_regions


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    return read_published()


@pytest.fixture(scope="module")
def provision(published) -> pd.DataFrame:
    return published_levels(published, "regional_standards", "provision")


def test_the_level_of_2019_is_computed_and_says_so(provision):
    row = provision[provision["derived"]].iloc[0]
    assert (row["year"], round(row["value"], 1)) == (2019, 54.8)  # 64.1 - 9.3 points
    assert row["published_id"] == "p277,p278"


# base, now, target as (level, year); ratio and progress worked out from the published formulas
@pytest.mark.parametrize(
    ("base", "now", "target", "ratio", "verdict", "share", "linear"),
    [
        ((54.8, 2019), (64, 2025), (70, 2028), 0.950, "on track", 0.945, 0.91),
        ((64.1, 2021), (64, 2025), (70, 2028), -0.03, "deterioration", -0.03, -0.03),
        ((55.3, 2022), (65.7, 2024), (71, 2030), 2.84, "on track", None, None),
        ((87, 2022), (89, 2024), (96, 2030), 0.92, "progress, acceleration needed", None, None),
        ((24.9, 2015), (36.5, 2022), (40, 2030), 1.75, "on track", 2.09, 1.65),
        (
            (10, 2020),
            (9, 2024),
            (5, 2028),
            0.313,
            "limited progress",
            None,
            0.40,
        ),  # a fall
        ((50, 2020), (71, 2024), (70, 2028), 2.133, "achieved", None, None),  # (1.42^(1/4)-1) / (1.40^(1/8)-1)
    ],
)
def test_worked_cases(base, now, target, ratio, verdict, share, linear):
    row = progress(pd.DataFrame({"year": [base[1]], "value": [base[0]]}), *now, *target).iloc[0]
    assert row["eurostat_ratio"] == pytest.approx(ratio, abs=0.006)
    assert row["eurostat_verdict"] == verdict
    assert share is None or row["unsd_progress"] == pytest.approx(share, abs=0.006)
    assert linear is None or row["linear_ratio"] == pytest.approx(linear, abs=0.006)


def test_the_verdict_flips_with_the_base_year_and_the_break_is_named(provision):
    national = progress(provision[provision["scope"].isna()], 64, 2025, 70, 2028).set_index("base_year")
    assert national.loc[2019, "eurostat_verdict"] == "on track"
    assert national.loc[2021, "eurostat_verdict"] == "deterioration"
    assert national.loc[2019, "breaks"] == "2024, 2025"


def test_no_method_works_from_one_level_and_one_target():
    now_and_aim = pd.DataFrame({"year": [2025, 2028], "value": [64, 70], "status": ["actual", "target"]})
    assert progress(now_and_aim, 64, 2025, 70, 2028).empty


def test_a_base_of_zero_has_no_growth_rate():
    row = progress(pd.DataFrame({"year": [2020], "value": [0.0]}), 5, 2024, 10, 2028).iloc[0]
    assert pd.isna(row["eurostat_ratio"]) and pd.isna(row["eurostat_verdict"]) and pd.isna(row["unsd_progress"])
    assert row["linear_ratio"] == 1.0


def test_an_empty_record_has_no_levels(published):
    levels = published_levels(published.iloc[:0], "regional_standards", "provision")
    assert levels.empty
    assert progress(levels, 64, 2025, 70, 2028).empty


# --- sharing out


def weights(*numbers: float | None) -> pd.DataFrame:
    codes = [f"KZ-{n}" for n in range(len(numbers))]
    return pd.DataFrame({"code": codes, "region": codes, "weight": pd.array(numbers, dtype="Float64")})


def test_largest_remainders_by_hand():
    # 10 projects over 47, 16, 15.8, 12, 6.1 and 3.1 parts of 100: whole parts 4, 1, 1, 1, 0, 0; the three left over go
    # to the remainders .70, .61 and .60
    shared = share_out(weights(47, 16, 15.8, 12, 6.1, 3.1), 10, whole=True)
    assert shared["amount"].tolist() == [5, 2, 1, 1, 1, 0]


def test_a_region_without_a_figure_is_shown_as_missing():
    shared = share_out(weights(1, None, 3), 8e9)
    assert shared["amount"].tolist() == [2e9, pd.NA, 6e9]


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=20).filter(lambda w: sum(w) > 1e-3), st.integers(0, 10_000))
def test_whole_amounts_add_up_and_stay_near_their_quota(numbers, budget):
    shared = share_out(weights(*numbers), budget, whole=True)
    assert shared["amount"].sum() == budget
    assert ((shared["amount"] - shared["share"] * budget).abs() <= 1 + 1e-6).all()


@pytest.mark.parametrize(
    ("values", "sizes", "expected"),
    [
        ([5, 5, 5], None, 0.0),
        ([0, 0, 0, 1], None, 0.75),  # (n - 1) / n
        ([1, 3], None, 0.25),  # |1-3| × 2 / (2 × 4 × 2)
        ([1, 3], [3, 1], 0.25),  # as [1, 1, 1, 3]: 6 × 2 / (2 × 16 × 1.5)
        ([1, None, 3], None, 0.25),
        ([], None, None),
        ([0, 0], None, None),
    ],
)
def test_gini(values, sizes, expected):
    assert gini(values, sizes) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize("rule", RULES)
def test_every_present_region_appears_under_every_rule(published, rule):
    table = regional_weights(published, read_regions(), rule)
    assert len(table) == 20  # 17 regions and 3 cities
    assert table["weight"].isna().any()  # nothing is published of some: they are not filled in


def test_the_provision_gap_is_what_lacks_to_full(published):
    gaps = regional_weights(published, read_regions(), "by provision gap").set_index("code")["weight"]
    assert gaps["KZ-10"] == pytest.approx(43.7)  # Abai: 100 - 56.3
    assert gaps["KZ-62"] == pytest.approx(41.0)  # Ulytau: 100 - 59.0


def test_wrong_parameters_are_named(published):
    with pytest.raises(auyl.ParameterError, match="'by height'"):
        regional_weights(published, read_regions(), "by height")
    for wrong in (-1, float("nan"), "much", True):
        with pytest.raises(auyl.ParameterError, match="budget"):
            share_out(weights(1, 2), wrong)
    with pytest.raises(auyl.ParameterError, match="whole"):
        share_out(weights(1, 2), 2.5, whole=True)
