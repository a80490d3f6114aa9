"""How likely an aim is: worked by hand, and never said of too few levels, across a break or of two ways of counting."""

import pandas as pd
import pytest

import auyl
from auyl.measures.chances import by_chance, likelihood, rank_correlation, student

LEVELS = {2020: 10.0, 2021: 12.0, 2022: 13.0, 2023: 15.0}
ROW = {
    **{"unit": "percent", "subject": "clinics", "programme": "Clinics", "indicator": "coverage", "quote": ""},
    **{"bound": "exact", "place": None, "part": None, "source": "Gazette", "source_id": "g", "basis": None},
    **{"suspect": False, "series_break": False, "revised_by": None, "low": None, "high": None},
}


def told(levels: dict = LEVELS, aim: float = 20.0, year: int = 2025, **changes: dict) -> pd.DataFrame:
    """What is told of the aim; `changes` by year, of one level's row ("y2022")."""
    rows = [ROW | {"figure_id": f"p{y}", "value": v, "start_year": y, "end_year": y, "status": "actual"}
            | changes.get(f"y{y}", {}) for y, v in levels.items()]  # fmt: skip
    aimed = {"figure_id": "aim", "value": aim, "start_year": year, "end_year": year, "status": "target"}
    return auyl.target_chances(pd.DataFrame([ROW | aimed | changes.get("aimed", {}), *rows]).convert_dtypes())


def test_the_chance_is_that_of_a_random_walk_with_drift():
    # drift 5/3; variance ((1/3)^2 + (2/3)^2 + (1/3)^2) / 2 = 1/3; two years on 18 1/3 with a spread of sqrt(10/9):
    # t = -1.581 with two degrees, below which lies 1/2 - 1.581 / (2 sqrt(4.5)) = 0.127
    row = told().iloc[0]
    assert row["chance"].value == pytest.approx(12.73, abs=0.01)
    assert (row["years"], row["first_year"], row["last_year"], row["aim_id"]) == (4, 2020, 2023, "aim")


def test_a_fall_that_is_aimed_at_is_reached_from_above():
    falling = {year: 30 - level for year, level in LEVELS.items()}
    assert likelihood(falling, 10.0, 2025) == pytest.approx(likelihood(LEVELS, 20.0, 2025))


def test_an_aim_that_is_reached_has_no_chance():
    assert told(aim=15.0).empty and told(aim=14.0).empty and len(told(aim=15.5)) == 1


def test_a_level_every_other_year_counts_its_years():
    assert likelihood({2015: 10.0, 2017: 14.0, 2019: 18.0, 2021: 22.0}, 25.0, 2023) == 1.0  # two a year, never uneven


def test_a_trend_is_sure_only_where_chance_would_seldom_show_it():
    assert by_chance([1, 2, 3, 4]) == pytest.approx(2 / 24)  # two of the 24 orders of four are as strong
    assert told().iloc[0]["trend"] == "not sure"
    assert told({**LEVELS, 2024: 16.0}).iloc[0]["trend"] == "rising"
    assert rank_correlation([3, 3, 3, 3]) == 0.0 and by_chance(range(12)) < 1e-6


def test_students_distribution_is_that_of_the_tables():
    for t, degrees, share in ((6.314, 1, 0.95), (2.353, 3, 0.95), (2.228, 10, 0.975), (0.0, 5, 0.5)):
        assert student(t, degrees) == pytest.approx(share, abs=2e-4)


@pytest.mark.parametrize(
    "changes",
    [
        {"y2022": {"series_break": True}},  # two levels since what is counted changed
        {"y2020": {"basis": "old"}},  # three that were counted as the last one was
        {"y2021": {"suspect": True}},
        {"y2021": {"bound": "at_most"}},
        {"y2021": {"part": "rural"}},
        {"y2021": {"place": "KZ-15"}},
        {"y2023": {"end_year": 2026, "start_year": 2026}},  # after the aim
        {"aimed": {"end_year": 2027, "start_year": 2027}},  # further ahead than the levels reach back
        {"aimed": {"basis": "new"}, **{f"y{year}": {"basis": "old"} for year in LEVELS}},
    ],
)
def test_nothing_is_said_of_less(changes):
    assert told(**changes).empty


def test_values_that_differ_make_a_span():
    claims = auyl.claims(auyl.read_statement("2025-08-28_regional_development_concept"))
    row = auyl.target_chances(claims).iloc[0]  # two values of 2016, of 2018 and of 2021 are on record
    assert (row["aim"].value, row["aim_year"], row["years"], row["trend"]) == (40.0, 2030, 8, "rising")
    assert round(row["chance"], 0).same_as(auyl.bounded.between(78.0, 81.0))


@pytest.mark.parametrize(("level", "aim", "gap"), [("old", "new", False), ("old", "old", True), (None, "new", True)])
def test_a_level_that_was_counted_in_another_way_makes_no_gap(level, aim, gap):
    rows = [
        ROW | {"figure_id": "now", "value": 15.0, "end_year": 2023, "status": "actual", "basis": level},
        ROW | {"figure_id": "aim", "value": 20.0, "end_year": 2025, "status": "target", "basis": aim},
    ]
    found = auyl.target_gaps(pd.DataFrame(rows).convert_dtypes()).iloc[0]
    assert pd.notna(found["required_pp_a_year"]) == pd.notna(found["gap"]) == found["said"] == gap
