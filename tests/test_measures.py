"""The measures on hand-worked tables: what is divided by what, with which bound, and what stays missing."""

import datetime

import pandas as pd
import pytest

import auyl
from auyl import bounds
from auyl.measures.funding import funding_per_project, funding_scenarios
from auyl.measures.targets import level_series, target_gaps
from auyl.measures.villages import village_allocations

SEED = "2025-08-28_regional_development_concept"


@pytest.fixture(scope="module")
def seed() -> pd.DataFrame:
    return auyl.figures(auyl.read_statement(SEED))


def read(text: str) -> pd.DataFrame:
    return auyl.figures(auyl.Statement(text, date=datetime.date(2025, 8, 28), language="en"))


def table(*rows: dict) -> pd.DataFrame:
    """Figures as `auyl.figures` gives them, from what matters of each; the rest is that of an exact count of 2024."""
    usual = {
        "sentence": 1,
        "quote": "words",
        "bound": "exact",
        "subject": "auyl_el_besigi",
        "indicator": "projects",
        "status": "actual",
        "start_year": 2024,
        "end_year": 2024,
    }
    entries = [
        {**usual, "low": None, "high": None, **row, "source_id": "s", "figure_id": f"s#{n:02d}"}
        for n, row in enumerate(rows, 1)
    ]
    columns = [*usual, "source_id", "figure_id", "value", "low", "high", "unit"]
    return pd.DataFrame(entries, columns=columns).astype(
        {
            **dict.fromkeys(["source_id", "figure_id", "quote", "unit"], "string"),
            **dict.fromkeys(["sentence", "start_year", "end_year"], "Int64"),
            **dict.fromkeys(["value", "low", "high"], "Float64"),
            **dict.fromkeys(["bound", "subject", "indicator", "status"], "category"),
        }
    )


def money(value: float, **other) -> dict:
    return {"value": value, "unit": "KZT", "indicator": "allocation", **other}


def projects(value: float, **other) -> dict:
    return {"value": value, "unit": "project", **other}


def words(row: pd.Series, name: str, bound_column: str | None = None, decimals: int = 1) -> str:
    return bounds.in_words(bounds.from_row(row, name, bound_column), decimals)


# --- money per project


def test_the_first_statement_costs_per_project(seed):
    funding = funding_per_project(seed)
    found = [
        (row["programme"], row["start_year"], row["end_year"], words(row, "cost_mn", "bound"), row["reading"])
        for _, row in funding.iterrows()
    ]
    # 701 bn / up to 6,000; (50 bn + nearly 450 bn) / 25,000; nearly 450 bn / 25,000; 50 bn has no count of its own
    assert found == [
        ("Auyl – Yel besigi", 2019, 2024, "at least 116.8", "as stated"),
        ("Auyl Amanaty", 2025, 2028, "at most 20.0", "also counting 2025"),
        ("Auyl Amanaty", 2026, 2028, "at most 18.0", "as stated"),
        ("Auyl Amanaty", 2025, 2025, "not stated", "as stated"),
    ]
    assert funding["counted"].tolist() == ["project", "initiative", "initiative", pd.NA]
    assert funding["currency"].unique().tolist() == ["KZT"]


def test_each_cost_names_the_figures_it_comes_from(seed):
    quotes = seed.set_index("figure_id")["quote"]
    for _, row in funding_per_project(seed).iterrows():
        assert all("tenge" in quotes[figure_id] for figure_id in row["money_id"].split(","))
    pooled = funding_per_project(seed).query("reading == 'also counting 2025'").iloc[0]
    assert [quotes[i] for i in pooled["money_id"].split(",")] == ["50 billion tenge", "nearly 450 billion tenge"]
    assert quotes[pooled["projects_id"]] == "25,000 rural entrepreneurship initiatives"


def test_a_changed_number_changes_the_cost():
    text = auyl.read_statement(SEED).text.replace("701 billion", "702 billion")
    assert funding_per_project(read(text))["cost_mn"].iloc[0] == pytest.approx(702e9 / 6000 / 1e6)


def test_money_said_twice_counts_once():
    # the headline has no year; the body says the same sum for 2024
    figures = table(money(3e9, start_year=None, end_year=None), money(3e9), projects(30))
    funding = funding_per_project(figures)
    assert funding["cost_mn"].tolist() == [100.0]
    assert funding["money_id"].tolist() == ["s#02,s#01"]


def test_sums_that_differ_are_neither_added_nor_chosen_from():
    funding = funding_per_project(table(money(128e9), money(120e9, bound="at_most", high=120e9), projects(1000)))
    assert [words(row, "cost_mn", "bound") for _, row in funding.iterrows()] == ["128.0", "at most 120.0"]


def test_currencies_are_kept_apart():
    funding = funding_per_project(table(money(9e9), money(2e7, unit="USD"), projects(100)))
    assert dict(zip(funding["currency"], funding["cost_mn"], strict=True)) == {"KZT": 90.0, "USD": 0.2}


def test_other_years_are_not_divided_by_each_other():
    with pytest.raises(auyl.MissingFigureError, match="same years"):
        funding_per_project(table(money(9e9), projects(100, start_year=2023, end_year=2023)))


def test_money_given_for_projects_still_planned_says_so():
    funding = funding_per_project(table(money(9e9), projects(100, status="planned")))
    assert funding["cost_mn"].tolist() == [90.0]
    assert funding["reading"].tolist() == ["KZT actual, project planned"]


def test_projects_of_the_same_status_are_preferred():
    funding = funding_per_project(table(money(9e9), projects(100), projects(300, status="planned")))
    assert funding["cost_mn"].tolist() == [90.0]


def test_a_plans_count_is_the_plans():
    # 100 bn planned for 17,000 loans; the 11 bn already given in one region are not for the same loans
    loans = {"value": 17_000, "unit": "loan", "indicator": "loans", "status": "planned"}
    funding = funding_per_project(table(money(100e9, status="planned"), money(11e9), loans))
    assert funding["cost_mn"].tolist() == [pytest.approx(100_000 / 17_000), pd.NA]


def test_parts_listed_in_one_sentence_are_not_the_whole():
    text = (
        "Spending on Auyl – Yel besigi will reach 143 billion tenge this year. "
        "It covers 1,500 projects in 736 villages: 1,100 projects on roads."
    )
    assert funding_per_project(read(text))["projects"].tolist() == [1500]


def test_a_part_of_the_projects_is_not_the_programme():
    # "779 of them in the second half": the figure has no indicator in the table
    with pytest.raises(auyl.MissingFigureError):
        funding_per_project(table(money(9e9), projects(779, indicator=None)))


def test_no_project_at_all_gives_no_cost():
    funding = funding_per_project(table(money(9e9), projects(0)))
    assert funding["cost_mn"].isna().all()


def test_only_the_money_of_the_years_just_before_is_pooled():
    before, long_before, after = ({"start_year": y, "end_year": y} for y in (2023, 2020, 2025))
    pooled = funding_per_project(table(money(1e9), projects(10), money(2e9, **before)))
    assert pooled.set_index("reading")["cost_mn"].dropna().to_dict() == {
        "also counting 2023": 300.0,
        "as stated": 100.0,
    }
    counted = funding_per_project(table(money(1e9), projects(10), money(2e9, **before), projects(10, **before)))
    distant = funding_per_project(table(money(1e9), projects(10), money(2e9, **long_before)))
    later = funding_per_project(table(money(1e9), projects(10), money(2e9, **after)))
    assert {*counted["reading"], *distant["reading"], *later["reading"]} == {"as stated"}


def test_money_told_elsewhere_is_not_pooled():
    elsewhere = {"start_year": 2023, "end_year": 2023, "sentence": 9}
    funding = funding_per_project(table(money(1e9), projects(10), money(600e9, **elsewhere)))
    assert set(funding["reading"]) == {"as stated"}


def test_another_countrys_fund_has_a_cost_without_a_catalogue():
    # 4,800 / 271 = 17.7
    text = "The Levelling Up Fund has supported 271 projects with £4.8 billion since 2021."
    row = funding_per_project(read(text)).iloc[0]
    assert (row["programme"], row["currency"], words(row, "cost_mn", "bound")) == ("not named", "GBP", "17.7")
    assert row["reading"] == "named in the same sentence"


@pytest.mark.parametrize(
    "text",
    [
        "The ministry has 3 projects. The budget was 5 billion euros.",  # two sentences
        "The fund gave 5 billion euros and 7 billion euros to 3 projects.",  # which of the two?
        "The fund gave 5 billion euros to 3 projects and 9 loans.",  # or which count?
    ],
)
def test_figures_that_merely_stand_near_each_other_are_not_divided(text):
    with pytest.raises(auyl.MissingFigureError):
        funding_per_project(read(text))


def test_other_numbers_of_projects(seed):
    scenarios = funding_scenarios(funding_per_project(seed), [4000, 7010])
    besigi = scenarios[scenarios["subject"] == "auyl_el_besigi"]
    assert besigi["cost_mn"].tolist() == [175.25, 100.0]  # 701,000 / 4,000 and / 7,010
    assert besigi["bound"].tolist() == ["exact", "exact"]  # the number is assumed: it is no longer "up to"
    amanaty = scenarios[scenarios["subject"] == "auyl_amanaty"]
    assert amanaty["bound"].tolist() == ["at_most", "at_most"]  # the money still is "nearly 450 billion"
    with pytest.raises(auyl.ParameterError, match="project_counts holds -1"):
        funding_scenarios(funding_per_project(seed), [4000, -1])


@pytest.mark.parametrize("measure", [funding_per_project, village_allocations, target_gaps])
def test_a_statement_without_the_figures_says_what_it_has(measure):
    with pytest.raises(auyl.MissingFigureError, match="found no figures at all"):
        measure(read("The minister opened the meeting."))
    with pytest.raises(auyl.MissingFigureError, match="“12 schools”"):
        measure(read("The minister opened 12 schools."))


# --- what a village gets


def test_the_first_statement_allocations_per_village(seed):
    row = village_allocations(seed).iloc[0]
    assert words(row, "projects_per_village", decimals=0) == "about 2"  # around 1,000 / 500
    assert pd.isna(row["mn_per_village"])  # the statement gives no money for 2025
    assert words(row, "assumed_cost_per_project_mn") == "at least 116.8"
    assert words(row, "assumed_mn_per_village") == "about 233.7"  # 2 × 116.833; about × at least is about
    assert row["assumption"] == "a project costs what one of 2019–2024 did on average, at least 116.8 million"
    assert row["currency"] == "KZT"
    assert pd.isna(row["years_to_all_villages"])  # their number is not in the statement


def test_a_cost_of_the_readers_choice(seed):
    row = village_allocations(seed, cost_per_project=176.4, villages_total=6124).iloc[0]
    assert words(row, "assumed_mn_per_village") == "about 352.8"  # 2 × 176.4
    assert words(row, "years_to_all_villages") == "12.2"  # 6,124 / 500
    assert "as the parameter says" in row["assumption"]


def test_money_of_the_same_years_needs_no_assumption():
    figures = table(money(179e9), projects(1400), {"value": 500, "unit": "village", "indicator": "villages"})
    row = village_allocations(figures, cost_per_project=1).iloc[0]
    assert words(row, "mn_per_village") == "358.0"
    assert words(row, "projects_per_village") == "2.8"
    assert pd.isna(row["assumed_mn_per_village"])


def test_villages_of_several_years_are_spread_over_them():
    villages = {"value": 243, "unit": "village", "indicator": "villages", "start_year": 2019, "end_year": 2020}
    row = village_allocations(table(villages), villages_total=2430).iloc[0]
    assert row["years_to_all_villages"] == 20.0  # 2,430 at 121.5 a year


def test_villages_alone_leave_the_rest_missing():
    row = village_allocations(table({"value": 500, "unit": "village", "indicator": "villages"})).iloc[0]
    assert row[["projects_per_village", "mn_per_village", "assumed_mn_per_village"]].isna().all()


def test_a_number_of_existing_villages_is_no_allocation():
    settlements = {"value": 6124, "unit": "village", "indicator": "settlements", "subject": "rural_settlements"}
    with pytest.raises(auyl.MissingFigureError):
        village_allocations(table(settlements))


def test_villages_of_an_unknown_programme():
    row = village_allocations(read("This year 40 villages will receive $12 million for 60 projects.")).iloc[0]
    assert (words(row, "projects_per_village"), words(row, "mn_per_village")) == ("1.5", "0.3")


@pytest.mark.parametrize("wrong", [0, -5, "many", float("nan"), True])
@pytest.mark.parametrize("name", ["cost_per_project", "villages_total"])
def test_a_wrong_parameter_is_named(seed, name, wrong):
    with pytest.raises(auyl.ParameterError, match=name):
        village_allocations(seed, **{name: wrong})


# --- how far a target is


def test_the_first_statement_target_gaps(seed):
    provision, share = (row for _, row in target_gaps(seed).iterrows())
    assert (provision["current"], provision["target"], provision["gap"], provision["years"]) == (64, 70, 6, 3)
    assert provision["required_pp_a_year"] == 2.0
    assert provision["required_growth_percent"] == pytest.approx(100 * ((70 / 64) ** (1 / 3) - 1))
    assert provision["kind"] == "target"
    assert (share["kind"], share["target"], share["target_year"]) == ("projected", 40, 2030)
    assert share[["current", "gap", "required_pp_a_year", "required_growth_percent"]].isna().all()
    assert "no present level" in share["why_missing"]


def level(value: float, year: int | None, **other) -> dict:
    return {
        "value": value,
        "unit": "percent",
        "subject": "regional_standards",
        "indicator": "provision",
        "start_year": year,
        "end_year": year,
        **other,
    }


def test_the_latest_level_is_the_present_one():
    aim = level(71, 2030, status="target")
    row = target_gaps(table(level(55.3, 2022), level(65.7, 2024), level(72, 2031), aim)).iloc[0]
    assert (row["current"], row["current_year"], row["years"]) == (65.7, 2024, 6)
    assert row["gap"] == pytest.approx(5.3)
    series = level_series(table(level(65.7, 2024), level(55.3, 2022), aim))
    assert series[["year", "value"]].to_numpy().tolist() == [[2022, 55.3], [2024, 65.7], [2030, 71.0]]


def test_two_levels_of_one_year_are_two_gaps():
    gaps = target_gaps(table(level(66.1, 2024), level(65.7, 2024), level(70, 2028, status="target")))
    assert sorted(gaps["current"]) == [65.7, 66.1]


def test_bounds_reach_the_required_rate():
    figures = table(
        level(60, 2024, bound="at_most", high=60), level(70, 2029, status="target", bound="at_least", low=70)
    )
    row = target_gaps(figures).iloc[0]
    assert words(row, "required_pp_a_year") == "at least 2.0"  # (at least 70 - at most 60) / 5
    assert words(row, "required_growth_percent", decimals=2) == "at least 3.13"  # (70/60)^(1/5) - 1 = 3.131 percent


def test_a_fall_is_a_negative_gap():
    row = target_gaps(table(level(8, 2023), level(6, 2027, status="target"))).iloc[0]
    assert (row["gap"], row["required_pp_a_year"]) == (-2, -0.5)
    assert row["required_growth_percent"] == pytest.approx(100 * ((6 / 8) ** 0.25 - 1))


def test_a_start_from_nothing_has_no_growth_rate():
    row = target_gaps(table(level(0, 2024), level(6, 2027, status="target"))).iloc[0]
    assert row["required_pp_a_year"] == 2
    assert pd.isna(row["required_growth_percent"])


def test_missing_years_are_explained():
    undated_now = target_gaps(table(level(60, None), level(70, 2028, status="target"))).iloc[0]
    assert undated_now["gap"] == 10
    assert pd.isna(undated_now["required_pp_a_year"])
    assert "of which year" in undated_now["why_missing"]
    undated_aim = target_gaps(table(level(60, 2024), level(70, None, status="target"))).iloc[0]
    assert "by when" in undated_aim["why_missing"]


def test_another_countrys_target_is_measured_from_the_level_told_with_it():
    row = target_gaps(
        read("Access to water is at present 61 per cent and is expected to reach 78 per cent by 2026.")
    ).iloc[0]
    assert (row["current"], row["target"], row["gap"], row["years"]) == (61, 78, 17, 1)
    before = target_gaps(read("Electrification stands at 61%. The government aims to raise it to 78% by 2030.")).iloc[0]
    assert before["gap"] == 17


def test_of_two_levels_told_beside_a_target_none_is_guessed():
    unknown = {"subject": None, "indicator": None}
    figures = table(level(61, 2025, **unknown), level(33, 2025, **unknown), level(78, 2030, status="target", **unknown))
    row = target_gaps(figures).iloc[0]
    assert pd.isna(row["gap"])
    assert "no present level" in row["why_missing"]


def test_a_series_without_levels_is_an_empty_table():
    series = level_series(table(projects(5)))
    assert series.empty
    assert list(series.columns)[:3] == ["subject", "programme", "indicator"]
