"""The reference tables of data/: complete, checked, documented; contradictions and doubtful rows are still there."""

import csv
import datetime
import json
import re
from pathlib import Path

import pandas as pd
import pytest

from auyl.errors import AuylError
from auyl.record.published import CONTEXT, PUBLISHED, REGIONS, read_context, read_published, read_regions

DATA = Path(__file__).resolve().parents[1] / "data"
DESCRIPTOR = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in DESCRIPTOR["resources"]}
CODEBOOK = (DATA / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    return read_published(DATA / "published.csv").set_index("published_id")


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
    assert quarters.query("start_year == 2025")["quarter"].tolist() == [1, 1]  # no full 2025


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


# --- places ----------------------------------------------------------------------------------------------------------


def test_every_place_is_known(published, context, regions):
    assert set(published["ref_area"]) | set(context["ref_area"]) <= set(regions["code"])


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


@pytest.mark.parametrize(("name", "schema"), [("published", PUBLISHED), ("context", CONTEXT), ("regions", REGIONS)])
def test_descriptor_and_library_agree(name, schema):
    types = {"string": "string", "Float64": "number", "Int64": "integer", "boolean": "boolean", "category": "string"}
    for field in RESOURCES[name]["schema"]["fields"]:
        column = schema.columns[field["name"]]
        assert types["string" if "str" in str(column.dtype) else str(column.dtype)] == field["type"], field["name"]
        assert column.nullable is not field.get("constraints", {}).get("required", False), field["name"]
        if "enum" in field.get("constraints", {}):
            assert list(column.dtype.type.categories) == field["constraints"]["enum"]
    assert list(schema.columns) == [field["name"] for field in RESOURCES[name]["schema"]["fields"]]


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
            target = RESOURCES[key["reference"]["resource"]]["schema"]["fields"]
            assert set(key["fields"]) <= set(names)
            assert set(key["reference"]["fields"]) <= {field["name"] for field in target}
    for licence in DESCRIPTOR["licenses"]:
        assert "name" in licence or "path" in licence


def test_codebook_names_everything(published, context):
    columns = {field["name"] for resource in RESOURCES.values() for field in resource["schema"]["fields"]}
    names = columns | {RESOURCES[name]["path"] for name in RESOURCES}
    names |= set(published["subject"]) | set(published["indicator"]) | set(context["series"])
    names |= set(published["caution"].dropna().str.split("; ").explode())
    missing = sorted(name for name in names if f"`{name}`" not in CODEBOOK)
    assert not missing


def test_codebook_lists_each_indicator_under_its_subject(published):
    lines = {match[1]: match[0] for match in re.finditer(r"^\| `([a-z0-9_]+)`[^|]*\|.*$", CODEBOOK, re.MULTILINE)}
    for subject, indicator in published[["subject", "indicator"]].drop_duplicates().itertuples(index=False):
        assert f"`{indicator}`" in lines[subject], f"{indicator} of {subject}"


def test_codebook_points_at_rows_that_exist(published):
    assert set(re.findall(r"\bp\d{3}\b", CODEBOOK)) <= set(published.index)


# --- what a user may do to the tables --------------------------------------------------------------------------------


@pytest.mark.parametrize("read", [read_published, read_context, read_regions])
def test_a_collection_without_tables_stands_alone(read, tmp_path, monkeypatch):
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
