"""Tenge of different years: what the collection's own tables make of the first statement, and what stays missing."""

import pandas as pd
import pytest

import auyl
from auyl.measures.claims import by_period, published_allocations, published_costs
from auyl.measures.funding import funding_per_project
from auyl.measures.prices import real_terms, spread, yearly_prices
from auyl.record.published import read_context, read_published


@pytest.fixture(scope="module")
def context() -> pd.DataFrame:
    return read_context()


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    return read_published()


@pytest.fixture(scope="module")
def funding() -> pd.DataFrame:
    return funding_per_project(auyl.figures(auyl.read_statement("2025-08-28_regional_development_concept")))


def amounts(**changed) -> pd.DataFrame:
    years = {"start_year": 2019, "end_year": 2019}
    row = {"money": 100e9, "money_bound": "exact", "currency": "KZT", "subject": "x", **years, **changed}
    return pd.DataFrame([row])


def two_years(prices: dict[int, tuple[float, float]]) -> pd.DataFrame:
    """A context table of four equal quarters for each year: consumer prices and tenge for a dollar."""
    rows = [
        {"series": series, "start_year": year, "quarter": quarter, "value": value, "suspect": False}
        for year, pair in prices.items()
        for series, value in zip(("cpi_index_quarter", "usd_kzt_quarter"), pair, strict=True)
        for quarter in range(1, 5)
    ]
    return pd.DataFrame(rows)


def test_a_year_counts_with_all_four_quarters_alone(context):
    prices = yearly_prices(context).set_index("year")
    # the World Bank's yearly rate for 2021 in the same table is 425.91
    assert prices.loc[2021, "kzt_per_usd"] == pytest.approx(425.91, abs=0.02)
    assert 2025 not in prices.index  # one quarter of it is published


def test_the_arithmetic_by_hand():
    # prices doubled from 2019 to 2020: 100 bn of 2019 is 200 bn of 2020; at 400 tenge a dollar it was 0.25 bn
    context = two_years({2019: (50, 400), 2020: (100, 500)})
    row = real_terms(amounts(), ["money"], 2020, context).iloc[0]
    assert (row["money_real"], row["money_usd"]) == (200e9, 0.25e9)
    assert row["spread"] == "one year"
    # over both years evenly: 50 bn × 2 + 50 bn = 150 bn; 50/400 + 50/500 = 0.225 bn
    row = real_terms(amounts(end_year=2020), ["money"], 2020, context).iloc[0]
    assert row["money_real"] == pytest.approx(150e9)
    assert row["money_usd"] == pytest.approx(0.225e9)
    assert row["spread"] == "evenly over 2019–2020: no yearly amounts were published"


def test_701_billion_of_six_years_in_tenge_of_2024_and_in_dollars(context, published, funding):
    row = real_terms(funding, ["money", "cost_mn"], 2024, context, published).iloc[0]
    assert row["money_real"] == pytest.approx(853e9, abs=1e9)  # about 853 billion tenge of 2024
    assert row["money_usd"] == pytest.approx(1.57e9, abs=0.005e9)  # about 1.57 billion dollars
    assert row["spread"] == "over 2019–2024 by the yearly amounts published"
    assert row["cost_mn_real_bound"] == row["cost_mn_usd_bound"] == "at_least"  # "up to 6,000" stays a floor
    assert pd.isna(row["cost_mn_real_high"])


def test_the_years_of_the_sum(published):
    laid = spread(2019, 2024, "auyl_el_besigi", published)
    # published: 29 (2019), 106 (2021), 128 (2022), 198 (2023), 179 (2024); 110 of 2019-2020 leaves 81 for 2020
    assert [round(amount / 1e9) for amount in laid["amount"]] == [29, 81, 106, 128, 198, 179]
    assert laid["share"].sum() == pytest.approx(1)


def test_a_project_rose_76_percent_in_printed_tenge_and_12_in_real(context, published):
    costs = real_terms(published_costs(published, "auyl_el_besigi"), ["cost_mn"], 2024, context, published)
    national = costs[costs["ref_area"] == "KZ"]
    first = national.query("start_year == 2019 and end_year == 2020").iloc[0]
    last = national.query("start_year == 2024").iloc[0]
    assert last["cost_mn"] / first["cost_mn"] == pytest.approx(1.76, abs=0.005)  # 127.9 / 72.8
    assert last["cost_mn_real"] / first["cost_mn_real"] == pytest.approx(1.12, abs=0.005)


def test_years_without_prices_stay_missing_and_say_so(context, published, funding):
    table = real_terms(funding, ["cost_mn"], 2024, context, published)
    later = table[table["end_year"] >= 2025]
    assert len(later) == 3
    assert later[["cost_mn_real", "cost_mn_usd"]].isna().all(axis=None)
    assert "no full-year average of consumer prices for 2025" in later["why_missing"].iloc[-1]
    to_2025 = real_terms(amounts(), ["money"], 2025, context).iloc[0]
    assert pd.isna(to_2025["money_real"])
    assert to_2025["money_usd"] > 0  # the rate of 2019 is known


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"currency": "GBP"}, "not for GBP"),
        ({"start_year": None}, "not stated"),
        ({"currency": None}, "without a currency"),
    ],
)
def test_other_currencies_and_unstated_years_stay_missing(context, changed, reason):
    row = real_terms(amounts(**changed), ["money"], 2024, context).iloc[0]
    assert pd.isna(row["money_real"])
    assert reason in row["why_missing"]


def test_without_any_prices_nothing_is_made_up(context):
    row = real_terms(amounts(), ["money"], 2024, context.iloc[:0]).iloc[0]
    assert pd.isna(row["money_real"])
    assert "no full-year average of consumer prices for 2019 and 2024" in row["why_missing"]


def test_price_year_zero_leaves_tenge_as_printed(context):
    assert real_terms(amounts(), ["money"], 0, context)["money_real"].tolist() == [100e9]
    with pytest.raises(auyl.ParameterError, match="'2024'"):
        real_terms(amounts(), ["money"], "2024", context)


def test_an_empty_table_stays_empty_with_its_columns(context, published):
    empty = real_terms(amounts().iloc[:0], ["money"], 2024, context, published)
    assert empty.empty
    assert {"money_real", "money_usd", "spread", "why_missing"} <= set(empty.columns)


def test_the_published_record_by_period(published):
    costs = published_costs(published, "auyl_el_besigi")
    spans = by_period(costs, "cost_mn").set_index(["ref_area", "start_year", "end_year"])
    # 701 bn over "up to 6,000" and over "more than 6,600": both ends stay open
    six_years = spans.loc[("KZ", 2019, 2024)]
    assert (round(six_years["lowest"], 1), round(six_years["highest"], 1)) == (106.2, 116.8)
    assert six_years["open_below"] and six_years["open_above"]
    assert spans.loc[("KZ-23", 2019, 2022), "lowest"] == pytest.approx(24_000 / 41)  # Atyrau: 24 bn, 41 projects
    assert not costs["money_id"].str.contains("p095").any()  # a doubtful row is never used silently


def test_money_per_village_as_published(published):
    spans = by_period(published_allocations(published, "auyl_el_besigi"), "mn_per_village")
    national = spans[spans["ref_area"] == "KZ"].set_index(["start_year", "end_year"])
    assert national.loc[(2025, 2025), "lowest"] == pytest.approx(352.8)  # 176.4 bn over 500
    assert national.loc[(2022, 2022), "highest"] == pytest.approx(128_000 / 576)


def test_an_empty_record_gives_empty_tables(published):
    nothing = published.iloc[:0]
    costs, allocations = published_costs(nothing, "x"), published_allocations(nothing, "x")
    assert costs.empty and by_period(costs, "cost_mn").empty
    assert allocations.empty and by_period(allocations, "mn_per_village").empty
