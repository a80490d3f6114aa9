"""The reference tables of data/: complete, checked, documented; contradictions and doubtful rows are still there."""

import csv
import datetime
import json
import re
from pathlib import Path

import pandas as pd
import pytest

from auyl.errors import AuylError
from auyl.reading.table import DTYPES
from auyl.record import read_context, read_published, read_regional, read_regions, whole
from auyl.record.prices import yearly_prices, years_of
from auyl.record.published import check_sums, sums

DATA = Path(__file__).resolve().parents[2] / "data"
DESCRIPTOR = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in DESCRIPTOR["resources"]}
CODEBOOK = (DATA / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    return read_published(DATA / "published.csv").set_index("published_id")


@pytest.fixture(scope="module")
def regional() -> pd.DataFrame:
    return read_regional(DATA / "regional.csv")


@pytest.fixture(scope="module")
def context() -> pd.DataFrame:
    return read_context(DATA / "context.csv")


@pytest.fixture(scope="module")
def regions() -> pd.DataFrame:
    return read_regions(DATA / "regions.csv")


# --- nothing lost, nothing filled in ---------------------------------------------------------------------------------


def test_every_published_figure_is_there_once(published):
    # 452 figures were collected; the numbers p001 to p452 are lasting, later rows come after them
    assert list(published.index[:452]) == [f"p{number:03}" for number in range(1, 453)]


def test_counts_by_subject(published):
    # counted in the collection the table was made from, before it was made
    expected = {
        "auyl_el_besigi": 149,
        "auyl_amanaty": 62,
        "with_a_diploma_to_the_village": 57,
        "regional_standards": 29,
        "regional_development_concept": 1,
        "small_and_medium_enterprises": 37,
        "local_self_government": 28,
        "single_industry_towns": 14,
        "alatau_city": 12,
        "rural_settlements": 25 + 21,
        "population": 11,
        "rural_concept_2023_2027": 6,
    }
    counts = published.loc["p001":"p452", "subject"].value_counts()
    assert counts.to_dict() == expected


def test_years_that_were_not_stated_stay_missing(published):
    regional = published.query("subject == 'regional_standards' and ref_area != 'KZ'")
    assert len(regional) == 7  # seven of twenty regions, reference year nowhere given
    assert regional[["start_year", "end_year"]].isna().all(axis=None)
    assert pd.isna(published.at["p336", "start_year"])  # revenue of rural districts times 3.5: no base year
    assert pd.isna(published.at["p157", "start_year"])  # "until 2029"
    assert published.at["p157", "end_year"] == 2029


def test_no_derived_yearly_means(context):
    yearly = context.query("series in ['usd_kzt_average', 'cpi_index_2010_100'] and not suspect")
    assert yearly["publisher"].str.startswith("World Bank").all()
    quarters = context.query("series in ['usd_kzt_quarter', 'cpi_index_quarter']")
    assert quarters.groupby(["series", "start_year"]).size().loc[:, 2010:2024].eq(4).all()
    assert quarters.query("start_year == 2025")["quarter"].tolist() == [1, 1]  # no four quarters of 2025
    months = context[context["month"].notna()]
    assert set(months["series"]) == {"usd_kzt_month", "cpi_inflation_12m"}


# --- what contradicts is kept on both sides --------------------------------------------------------------------------

PAIRS = [  # two rows each, and the two numbers as printed
    ("p001", 701e9, "p095", 524e9),  # Auyl - Yel besigi 2019-2024
    ("p002", 6000, "p096", 6600),  # its projects: up to, more than
    ("p032", 206e9, "p037", 200e9),  # 2019-2021
    ("p041", 128e9, "p042", 120e9),  # 2022: text and headline of one page
    ("p048", 326e9, "p067", 326e6),  # billion and million
    ("p050", 3700, "p068", 3600),  # projects 2019-2022
    ("p054", 143e9, "p073", 198e9),  # plan of January 2023, raised in March
    ("p077", 2000, "p083", 1800),  # projects 2023
    ("p078", 800, "p084", 900),  # villages 2023
    ("p158", 1e12, "p157", 600e9),  # Auyl Amanaty to 2029
    ("p174", 17000, "p177", 12700),  # its loans 2023: planned, made
    ("p185", 6.9e9, "p186", 6.5e9),  # Aktobe
    ("p243", 0.01, "p252", 1),  # interest
    ("p270", 70, "p273", 69.2),  # regional standards in 2028
    ("p280", 64.1, "p269", 64),  # 2021 and 2025
    ("p309", 23.1, "p310", 26.8),  # small and medium enterprises 2016
    ("p321", 35, "p322", 35),  # 35 percent by 2025, by 2030
    ("p346", 46, "p349", 42),  # districts that elected their akim
    ("p425", 7466172, "p510", 7414712),  # rural people, January 2026: preliminary, final
    ("p455", 5.1e12, "p456", 5.2e12),  # subventions 2026
    ("p512", 6096, "p484", 6087),  # villages, January 2026: the Bureau, the ministry
    ("p368", 1.4e6, "p369", 1.5e6),  # people of single-industry towns
    ("p386", 12.5e12, "p389", 1.8e12),  # Alatau
    ("p393", 6286, "p394", 6208),  # settlements in 2024
    ("p416", 7.8e6, "p417", 7728176),  # rural people, January 2022
]


@pytest.mark.parametrize(("left", "first", "right", "second"), PAIRS)
def test_both_sides_of_a_contradiction_are_kept(published, left, first, right, second):
    rows = published.loc[[left, right]]
    assert rows["value"].tolist() == [first, second]
    assert rows["subject"].nunique() == rows["indicator"].nunique() == rows["unit"].nunique() == 1
    assert left in CODEBOOK and right in CODEBOOK


def test_the_same_sum_in_two_years(published):
    rows = published.loc[["p166", "p163", "p167"]]
    assert rows["value"].eq(52.4e9).all()
    assert rows["start_year"].tolist() == [2022, 2023, 2023]


def test_524_is_326_and_198(published):
    # 326 (2019-2022) + 198 (2023) = 524, and 524 + 177 = 701: the label of the 524 is the doubtful thing
    value = published["value"]
    assert value["p048"] + value["p073"] == value["p095"]
    assert value["p001"] - value["p095"] == 177e9
    assert published.at["p095", "suspect"]


# --- doubtful rows, breaks -------------------------------------------------------------------------------------------

SUSPECT = [
    *["p047", "p049", "p055", "p066", "p168", "p342"],  # dollars at one month's rate
    *["p067", "p095", "p216", "p229", "p252", "p311"],  # slips of unit, label, word, rate, year
    *["p346", "p348", "p356", "p393", "p421", "p422"],  # elections, turnout, an old count, sums that do not add up
]


def test_doubtful_rows_are_marked_with_a_reason(published):
    marked = published.query("suspect")
    assert set(marked.index) == set(SUSPECT)
    assert marked["why_suspect"].str.len().gt(20).all()
    assert published.query("not suspect")["why_suspect"].isna().all()


def test_the_wrong_inflation_of_2024_is_marked(context):
    # 4.86 percent against 8.6 to 8.7 nationally
    marked = context.query("suspect")
    assert marked[["series", "start_year"]].to_numpy().tolist() == [["cpi_inflation_average", 2024]]


def test_breaks_are_marked_with_a_note(published):
    breaks = published.query("series_break")
    assert breaks["note"].notna().all()
    years = breaks.groupby("subject")["start_year"].unique().map(sorted).to_dict()
    assert years["small_and_medium_enterprises"] == [2014]  # the asset test was dropped
    assert years["regional_standards"] == [2022, 2024, 2025]  # list widened for 2023; Budget Code


def test_rows_for_use_with_care_say_so(published):
    dollars = published.query("unit == 'USD'")
    assert dollars["caution"].str.contains("outlet_conversion").all()
    plans = published.query("subject == 'auyl_amanaty' and ref_area == 'KZ' and status in ['planned', 'target']")
    assert plans["caution"].str.contains("unconfirmed_plan").all()
    programmes = ["auyl_el_besigi", "auyl_amanaty", "with_a_diploma_to_the_village", "regional_standards"]
    regional = published[published["subject"].isin(programmes) & (published["ref_area"] != "KZ")]
    assert regional["caution"].str.contains("partial_regions").all()


# --- what took the place of what --------------------------------------------------------------------------------------

REVISED = [  # the earlier figure, the one that took its place
    ("p044", 140e9, "p054", 143e9),  # Auyl - Yel besigi 2023
    ("p054", 143e9, "p085", 198e9),
    ("p163", 52.4e9, "p173", 100e9),  # Auyl Amanaty 2023
    ("p164", 11000, "p174", 17000),  # its loans
    ("p158", 1e12, "p157", 600e9),  # to 2029
    ("p270", 70, "p472", 69.2),  # regional standards in 2028
    ("p473", 1.7e12, "p468", 1.8e12),
    ("p425", 7466172, "p510", 7414712),
]


@pytest.mark.parametrize(("old", "first", "new", "second"), REVISED)
def test_a_revision_leads_to_the_figure_that_took_its_place(published, old, first, new, second):
    assert published.loc[[old, new], "value"].tolist() == [first, second]
    assert published.at[old, "revised_by"] == new
    same = ["subject", "indicator", "scope", "ref_area", "unit", "end_year"]
    assert published.loc[old, same].fillna("").tolist() == published.loc[new, same].fillna("").tolist()


def test_nothing_is_revised_by_what_was_said_before(published):
    revised = published.dropna(subset="revised_by")
    later = published.loc[revised["revised_by"], "date"].tolist()
    for row, date in zip(revised.itertuples(), later, strict=True):
        shorter = min(len(row.date), len(date))
        assert row.date[:shorter] <= date[:shorter], row.Index


def test_preliminary_counts_are_marked_and_the_final_ones_are_of_another_basis(published):
    first = published.query("preliminary")
    assert sorted(first.index) == ["p425", "p431"]
    assert first["revised_by"].tolist() == ["p510", "p511"]
    assert set(first["basis"]) == {"as_printed"}
    assert set(published.loc[["p510", "p511"], "basis"]) == {"bns_6584"}


def test_the_figures_of_one_sentence_add_up(published):
    value = published["value"]
    assert value["p468"] + value["p469"] + value["p470"] == value["p471"]  # 1.8 + 3.2 + 4.1 = 9.1 trillion
    assert value["p479"] + value["p480"] == value["p478"]  # water: villages and towns
    assert value["p485"] + value["p486"] == value["p484"]  # villages by central and other supply
    assert value["p539"] + value["p540"] + value["p541"] == value["p486"]
    assert value["p492"] + value["p491"] == value["p490"]  # urban and rural people
    assert value["p526"] + value["p527"] + value["p528"] == value["p525"]  # withdrawals of eleven months of 2025
    assert value["p530"] + value["p531"] + value["p532"] == pytest.approx(value["p529"], abs=1e8)  # of 2024


def test_whole_is_the_country_the_whole_thing_and_sound(published):
    table = published.reset_index()
    rows = whole(table)
    assert set(rows["ref_area"]) == {"KZ"} and rows["scope"].isna().all() and not rows["suspect"].any()
    assert {"p001", "p054", "p425"} <= set(rows["published_id"])  # revised and preliminary ones too
    assert "p095" not in set(rows["published_id"]) and "p095" in set(whole(table, suspect=True)["published_id"])
    assert set(whole(table, "KZ-62")["ref_area"]) == {"KZ-62"}


# --- the regions ------------------------------------------------------------------------------------------------------

COMPLETE = {  # regions and cities known: 17, those with the 3 cities 20
    **dict.fromkeys(["rural_people", "rural_people_average", "villages", "rural_districts"], 17),
    **dict.fromkeys(["people", "people_average", "product"], 20),
    **{"cash_income": 18, "subvention": 14, "withdrawal": 3},
}


def test_every_region_is_there(regional):
    parts = regional[regional["ref_area"] != "KZ"]
    counts = parts.groupby(["indicator", "year"]).size()
    for (indicator, _), count in counts.items():
        assert count == COMPLETE[indicator]
    years = regional.groupby("indicator")["year"].unique().map(sorted).to_dict()
    assert years["rural_people"] == years["people"] == [2022, 2023, 2024, 2025, 2026]
    assert years["product"] == years["people_average"] == [2022, 2023, 2024, 2025]


def test_one_indicator_is_counted_in_one_way(regional):
    assert regional.groupby("indicator")["basis"].nunique().eq(1).all()
    assert regional.groupby("indicator")["unit"].nunique().eq(1).all()
    assert regional.groupby("indicator")["status"].nunique().eq(1).all()


def test_regions_add_up_to_the_country(regional):
    check_sums(regional)
    known = sums(regional).set_index(["indicator", "year"])
    printed = {  # thousands of billions to the last digit, and persons
        ("rural_people", 2026): 7_414_712,
        ("rural_people", 2023): 7_449_376,
        ("people", 2026): 20_499_822,
        ("product", 2025): 159_608_552.9e6,
        ("withdrawal", 2026): 879_947_069_000,
    }
    for key, total in printed.items():
        assert known.loc[key, "country"] == total
        assert known.loc[key, "sum"] == pytest.approx(total, rel=1e-12)


def test_regions_that_do_not_add_up_are_told(regional):
    wrong = regional.copy()
    wrong.loc[(wrong["indicator"] == "people") & (wrong["ref_area"] == "KZ-10") & (wrong["year"] == 2024), "value"] += 9
    with pytest.raises(
        AuylError, match=r"people of 2024: 20 regions add up to 20,033,851\.0, the country has 20,033,842"
    ):
        check_sums(wrong)


def test_what_lacks_to_a_total_is_known(regional, published):
    found = sums(regional).set_index("indicator")
    assert found.loc["subvention", "sum"] == pytest.approx(3758.3e9, abs=0.05e9)  # of 5.1 to 5.2 trillion
    assert set(regional.query("indicator == 'people'")["ref_area"]) - set(
        regional.query("indicator in ['subvention', 'withdrawal']")["ref_area"]
    ) == {"KZ-61", "KZ-62", "KZ-79"}
    assert found.loc["villages", "sum"] == 6060 and published.at["p512", "value"] == 6096
    assert found.loc["rural_districts", "sum"] == 2153 and published.at["p513", "value"] == 2157


def test_the_derived_count_of_villages_meets_the_printed_ones(regional, published):
    villages = regional.query("indicator == 'villages'").set_index("ref_area")
    assert villages["derived"].all()
    assert villages.at["KZ-61", "value"] == published.at["p514", "value"] == 794  # Turkistan
    assert villages.at["KZ-23", "value"] == published.at["p408", "value"] == 153  # Atyrau
    counted = set(regional.loc[regional["derived"], "indicator"])
    assert counted == {"villages", "rural_districts"}


def test_product_a_head_is_the_printed_one(regional):
    year = regional.query("year == 2022").pivot(index="ref_area", columns="indicator", values="value")
    a_head = (year["product"] / year["people_average"] / 1000).round(1)
    printed = {  # thousands of tenge, as the Bureau printed them for 2022
        **{"KZ": 5284.7, "KZ-10": 3901.1, "KZ-11": 4428.5, "KZ-15": 4788.2},
        **{"KZ-19": 2860.0, "KZ-23": 19974.1, "KZ-27": 6467.8, "KZ-31": 2212.2},
    }
    assert a_head[list(printed)].to_dict() == printed


def test_the_country_has_one_product(regional, context):
    own = regional.query("indicator == 'product' and ref_area == 'KZ'").set_index("year")["value"]
    gdp = context.query("series == 'gdp_current_kzt'").set_index("start_year")["value"]
    assert own.to_dict() == gdp[own.index].to_dict()


def test_the_last_product_is_preliminary_and_the_broken_average_says_so(regional):
    assert regional.groupby("year")["preliminary"].any().to_dict() == {
        **dict.fromkeys([2022, 2023, 2024, 2026], False),
        2025: True,
    }
    broken = regional.query("series_break")
    assert set(broken["indicator"]) == {"rural_people_average"}
    assert sorted(broken["ref_area"]) == ["KZ", "KZ-31", "KZ-33"]


# --- bounds ----------------------------------------------------------------------------------------------------------


def test_bounds_follow_the_words(published):
    by_bound = dict(list(published.groupby("bound", observed=True)))
    assert by_bound["about"][["low", "high"]].isna().all(axis=None)
    assert (
        by_bound["at_least"]["low"].eq(by_bound["at_least"]["value"]).all()
        and by_bound["at_least"]["high"].isna().all()
    )
    assert (
        by_bound["at_most"]["high"].eq(by_bound["at_most"]["value"]).all() and by_bound["at_most"]["low"].isna().all()
    )
    assert by_bound["exact"][["low", "high"]].notna().all(axis=None)


@pytest.mark.parametrize(
    ("row", "low", "high"),
    [
        ("p001", 700.5e9, 701.5e9),  # 701 billion
        ("p092", 176.35e9, 176.45e9),  # 176.4 billion
        ("p270", 69.5, 70.5),  # 70 percent
        ("p273", 69.15, 69.25),  # 69.2 percent
        ("p158", 0.95e12, 1.05e12),  # one figure is taken to be good to two
        ("p004", 500, 500),  # a count printed in full
        ("p417", 7728176, 7728176),
        ("p416", 7.75e6, 7.85e6),  # 7.8 million people
    ],
)
def test_exact_spans_the_last_printed_digit(published, row, low, high):
    assert published.loc[row, ["low", "high"]].tolist() == pytest.approx([low, high])


# --- prices ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2018, 2019, 2020, 2021])
def test_quarterly_rates_agree_with_the_world_bank(context, year):
    rates = context.query("start_year == @year")
    mean = rates.query("series == 'usd_kzt_quarter'")["value"].mean()
    assert mean == pytest.approx(rates.query("series == 'usd_kzt_average'")["value"].item(), abs=0.011)


def test_quarterly_prices_give_the_known_inflation(context):
    # 8.6 to 8.7 percent nationally for 2024; the mean of the quarters gives 8.63
    yearly = context.query("series == 'cpi_index_quarter'").groupby("start_year")["value"].mean()
    assert (yearly[2024] / yearly[2023] - 1) * 100 == pytest.approx(8.63, abs=0.005)


def test_prices_and_dollars_of_2025_are_derived_and_say_so(context):
    prices = yearly_prices(context).set_index("year")
    rates = [8.9, 9.4, 10.0, 10.7, 11.3, 11.8, 11.8, 12.2, 12.9, 12.6, 12.4, 12.3]  # the Bureau's, by month
    assert prices.loc[2025, "cpi_index"] / prices.loc[2024, "cpi_index"] == pytest.approx(1 + sum(rates) / 1200)
    assert prices.loc[2025, "kzt_per_usd"] == pytest.approx(521.08, abs=0.005)
    assert "derived" in prices.loc[2025, "cpi_from"] and "derived" in prices.loc[2025, "usd_from"]
    assert prices.loc[2024, ["cpi_from", "usd_from"]].eq("mean of four quarters").all()
    imf = context.query("series == 'cpi_inflation_average' and start_year == 2025")
    assert imf["preliminary"].all() and imf["value"].item() == pytest.approx(sum(rates) / 12, abs=0.05)
    assert 2026 not in prices.index  # nine months of dollars, eight of prices, counted in another way


def test_months_on_both_sides_of_a_break_make_no_year(context):
    broken = context.copy()
    june = (broken["series"] == "cpi_inflation_12m") & (broken["start_year"] == 2025) & (broken["month"] == 6)
    broken.loc[june, "series_break"] = True
    assert pd.isna(yearly_prices(broken).set_index("year").loc[2025, "cpi_index"])


def test_a_year_of_less_than_its_months_or_of_two_sources_has_no_price(context):
    lacking = context[~((context["series"] == "usd_kzt_month") & (context["month"] == 12))]
    assert pd.isna(yearly_prices(lacking).set_index("year").loc[2025, "kzt_per_usd"])
    mixed = context.copy()
    mixed.loc[(mixed["series"] == "usd_kzt_month") & (mixed["month"] == 12), "publisher"] = "another"
    assert pd.isna(yearly_prices(mixed).set_index("year").loc[2025, "kzt_per_usd"])
    assert yearly_prices(context.iloc[:0]).empty


def test_the_quarter_and_the_months_tell_the_same_inflation(context):
    index = context.query("series == 'cpi_index_quarter' and quarter == 1").set_index("start_year")["value"]
    months = context.query("series == 'cpi_inflation_12m' and start_year == 2025 and month <= 3")["value"]
    assert (index[2025] / index[2024] - 1) * 100 == pytest.approx(months.mean(), abs=0.05)


# --- places ----------------------------------------------------------------------------------------------------------


def test_every_place_is_known(published, regional, context, regions):
    named = set(published["ref_area"]) | set(regional["ref_area"]) | set(context["ref_area"])
    assert named <= set(regions["code"])


def test_the_tiles_lie_as_the_regions_do(regions):
    tiles = regions.dropna(subset="tile_row").set_index("name_en")[["tile_row", "tile_column"]]
    assert set(tiles.index) == set(regions[regions["valid_to"].isna() & (regions["kind"] != "country")]["name_en"])
    assert not tiles.duplicated().any()
    at = {name: (row.tile_row, row.tile_column) for name, row in tiles.iterrows()}
    north, west = min(at, key=lambda name: at[name][0]), [name for name in at if at[name][1] == 1]
    assert north == "North Kazakhstan"
    assert sorted(west, key=lambda name: at[name][0]) == ["West Kazakhstan", "Atyrau", "Mangystau"]
    assert max(at, key=lambda name: (at[name][1], -at[name][0])) == "East Kazakhstan"
    for city, beside in [("Astana", "Akmola"), ("Almaty", "Almaty region"), ("Shymkent", "Turkistan")]:
        assert abs(at[city][0] - at[beside][0]) + abs(at[city][1] - at[beside][1]) == 1


def test_twenty_regions_and_cities_today(regions):
    today = regions[regions["valid_to"].isna()]
    assert today["kind"].value_counts().to_dict() == {"region": 17, "city": 3, "country": 1}
    assert today.query("kind != 'country'")["code"].str.fullmatch(r"KZ-\d\d").all()


def test_successors_are_regions_of_today(regions):
    today = set(regions.loc[regions["valid_to"].isna(), "code"])
    for row in regions.dropna(subset="successors").itertuples():
        successors = row.successors.split("; ")
        assert set(successors) <= today
        began = regions.set_index("code").loc[successors, "valid_from"].map(datetime.date.fromisoformat)
        assert (began == datetime.date.fromisoformat(row.valid_to) + datetime.timedelta(days=1)).all()


def test_figures_from_before_a_split_carry_the_old_region(published, regions):
    began = regions.set_index("code")["valid_from"].str[:4]
    years = published["ref_area"].map(began).astype("Int64")
    # a programme row that runs from the year of the split on is of the new region
    too_early = published["start_year"] < years
    assert published[too_early.fillna(False)].empty


# --- descriptor and codebook -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RESOURCES)
def test_descriptor_fits_the_file(name):
    resource = RESOURCES[name]
    fields = resource["schema"]["fields"]
    with (DATA / resource["path"]).open(encoding=resource["encoding"], newline="") as file:
        header, *rows = csv.reader(file)
    assert header == [field["name"] for field in fields]
    for position, field in enumerate(fields):
        cells = [row[position] for row in rows]
        _check_cells(field, cells)
    for key in [resource["schema"].get("primaryKey", []), *resource["schema"].get("uniqueKeys", [])]:
        keys = [tuple(row[header.index(column)] for column in key) for row in rows]
        assert not key or len(set(keys)) == len(keys), key


def _check_cells(field: dict, cells: list[str]) -> None:
    rules, filled = field.get("constraints", {}), [cell for cell in cells if cell != ""]
    name = field["name"]
    assert not rules.get("required") or len(filled) == len(cells), name
    assert not rules.get("unique") or len(set(filled)) == len(filled), name
    assert set(filled) <= set(rules.get("enum", filled)), name
    assert all(re.fullmatch(rules.get("pattern", "(?s:.*)"), cell) for cell in filled), name
    if field["type"] == "boolean":
        assert set(filled) <= {*field["trueValues"], *field["falseValues"]}, name
    if field["type"] in ("number", "integer"):
        numbers = [(int if field["type"] == "integer" else float)(cell) for cell in filled]
        assert all(rules.get("minimum", n) <= n <= rules.get("maximum", n) for n in numbers), name


def test_the_descriptor_has_the_figures_columns_in_their_order():
    # the other tables are checked by it; figures by the schema of reading
    assert [field["name"] for field in RESOURCES["figures"]["schema"]["fields"]] == list(DTYPES)


def test_descriptor_is_of_the_second_version():
    # the rules of the standard's version 2 that a reader of the descriptor relies on
    assert DESCRIPTOR["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for resource in RESOURCES.values():
        assert {"$schema", "name", "path", "type", "schema"} <= resource.keys() and "profile" not in resource
        assert resource["type"] == "table"
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"]) and (DATA / resource["path"]).is_file()
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert len(set(names)) == len(names)
        assert all(field["type"] and field["description"] for field in resource["schema"]["fields"])
        for key in resource["schema"].get("foreignKeys", []):
            # without a resource it is the table itself
            target = RESOURCES[key["reference"].get("resource", resource["name"])]["schema"]["fields"]
            assert set(key["fields"]) <= set(names)
            assert set(key["reference"]["fields"]) <= {field["name"] for field in target}
    for licence in DESCRIPTOR["licenses"]:
        assert "name" in licence or "path" in licence


def test_codebook_names_everything(published, regional, context):
    columns = {field["name"] for resource in RESOURCES.values() for field in resource["schema"]["fields"]}
    names = columns | {RESOURCES[name]["path"] for name in RESOURCES}
    names |= set(published["subject"]) | set(published["indicator"]) | set(context["series"])
    names |= set(published["caution"].dropna().str.split("; ").explode()) | set(published["basis"].dropna())
    names |= set(regional["indicator"]) | set(regional["basis"])
    missing = sorted(name for name in names if f"`{name}`" not in CODEBOOK)
    assert not missing


def test_codebook_lists_each_indicator_under_its_subject(published):
    lines = {match[1]: match[0] for match in re.finditer(r"^\| `([a-z0-9_]+)`[^|]*\|.*$", CODEBOOK, re.MULTILINE)}
    for subject, indicator in published[["subject", "indicator"]].drop_duplicates().itertuples(index=False):
        assert f"`{indicator}`" in lines[subject], f"{indicator} of {subject}"


def test_codebook_counts_the_rows(published, regional, context, regions):
    tables = {"published": published, "regional": regional, "context": context, "regions": regions}
    for name, table in tables.items():
        assert re.search(rf"^\| `{name}\.csv` \|.*\| {len(table)} \|$", CODEBOOK, re.MULTILINE), name


def test_codebook_points_at_rows_that_exist(published):
    assert set(re.findall(r"\bp\d{3}\b", CODEBOOK)) <= set(published.index)


# --- what a user may do to the tables --------------------------------------------------------------------------------


@pytest.mark.parametrize("read", [read_published, read_regional, read_context, read_regions])
def test_a_collection_without_tables_stands_alone(read, tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("AUYL_HOME", str(tmp_path))
    table = read()
    assert table.empty
    assert table.dtypes.to_dict() == read(DATA / f"{read.__name__.removeprefix('read_')}.csv").dtypes.to_dict()


def test_an_emptied_table_is_an_empty_table(tmp_path):
    header = (DATA / "published.csv").read_text(encoding="utf-8").splitlines()[0]
    for text in ("", header, header + "\n"):
        (tmp_path / "published.csv").write_text(text, encoding="utf-8")
        assert read_published(tmp_path / "published.csv").empty


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2025-08-28", "28.08.2025", r"line 2 \(p001\): date '28.08.2025' is no date"),
        (",701000000000,", ",701 billion,", r"line 2 \(p001\): value is '701 billion', not a number"),
        (",2019,2024,", ",2024,2019,", r"line 2 \(p001\): start_year is above end_year"),
        (",exact,", ",precise,", r"bound is 'precise', not one of exact, about"),
        (",false,false,,", ",false,true,,", r"line 2 \(p001\): why_suspect must be filled in"),
        (",false,false,,", ",false,perhaps,,", r"suspect is 'perhaps', not true or false"),
        (",KZ,", ",Kazakhstan,", r"ref_area 'Kazakhstan' is no ISO 3166 code"),
        ("p002", "p001", r"published_id p001 stands more than once"),
        (",false,,\n", ",false,p999,\n", r"line 2 \(p001\): revised_by is the published_id of no other row"),
        ("https://theeuropetoday.com", "theeuropetoday.com", r"address .* is no web address"),
        ("subject", "topic", r"columns are not those of the codebook"),
    ],
)
def test_a_slip_is_shown_with_its_line(tmp_path, old, new, message):
    text = (DATA / "published.csv").read_text(encoding="utf-8")
    path = tmp_path / "published.csv"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(AuylError, match=message):
        read_published(path)


def test_a_missing_or_foreign_file_says_so(tmp_path):
    with pytest.raises(AuylError, match="cannot be read"):
        read_published(tmp_path / "elsewhere.csv")
    (tmp_path / "utf16.csv").write_text("published_id,subject\n", encoding="utf-16")
    with pytest.raises(AuylError, match="no comma-separated text in UTF-8"):
        read_published(tmp_path / "utf16.csv")


def test_words_that_look_like_nothing_are_kept(tmp_path):
    text = (DATA / "published.csv").read_text(encoding="utf-8").replace(",The Europe Today,", ",NA,", 1)
    (tmp_path / "published.csv").write_text(text, encoding="utf-8")
    assert read_published(tmp_path / "published.csv").at[0, "publisher"] == "NA"


@pytest.mark.parametrize(
    ("told", "status", "last"),
    [
        ("2026-01-13", "actual", 2025),  # twelve days of a year are no year
        ("2026-04-02", "actual", 2026),
        ("2026", "actual", 2026),  # the month is not known
        ("2026-01-13", "planned", 2026),
        ("2025-01-13", "actual", 2026),
    ],
)
def test_money_of_a_running_period_is_spread_over_the_years_that_have_passed(told, status, last):
    row = {"start_year": 2021, "end_year": 2026, "status": status, "date": told}
    assert years_of(pd.DataFrame([row])) == [list(range(2021, last + 1))]
    assert years_of(pd.DataFrame([row | {"start_year": 2026}])) == [[2026]]
