"""The measures as tables: bounds in the columns, reasons where nothing may be said, the record held against it."""

import pandas as pd
import pytest

import auyl
from auyl.bounded import at_least
from auyl.measures.claims import as_claims_of_others, claims

SEED = "2025-08-28_regional_development_concept"
TEXT = (
    "Under Auyl Amanaty, 12 billion tenge was lent to 1,500 projects in 2023. In 2024, 15 billion tenge is planned for "
    "1,600 projects in 400 villages. In Abai region 2 billion tenge went to 200 projects in 2024."
)


@pytest.fixture(scope="module")
def seed() -> auyl.Statement:
    return auyl.read_statement(SEED)


@pytest.fixture(scope="module")
def figures(seed) -> pd.DataFrame:
    return auyl.figures(seed)


def read(text: str, date: str = "2024-06-01") -> pd.DataFrame:
    return auyl.figures(auyl.Statement(text, date=date, language="en"))


def record(*rows: dict) -> pd.DataFrame:
    """A published record, from what matters of each row: by default the villages' money of 2024."""
    usual = {
        **{"subject": "auyl_el_besigi", "indicator": "allocation", "scope": None, "ref_area": "KZ", "unit": "KZT"},
        **{"low": None, "high": None, "bound": "exact", "status": "actual", "start_year": 2024, "end_year": 2024},
        **{
            "series_break": False,
            "suspect": False,
            "why_suspect": None,
            "publisher": "Kazinform",
            "date": "2025-01-10",
        },
        **{"address": "https://example.org/a", "note": None, "as_of": None},
    }
    made = [{**usual, "published_id": f"p{n:03}", **row} for n, row in enumerate(rows, start=1)]
    kinds = {"value": "Float64", "low": "Float64", "high": "Float64", "start_year": "Int64", "end_year": "Int64"}
    kinds |= {"series_break": "boolean", "suspect": "boolean"}
    table = pd.DataFrame(made, columns=["published_id", *usual, "value"])
    return table.astype({name: kinds.get(name, "string") for name in table})


# ---- Funding and villages -----------------------------------------------------------------------------------------


def test_the_division_in_a_notebook_is_the_measure(figures):
    pairs = auyl.side_by_side(figures, ["allocation", "projects"])
    funding = auyl.funding_per_project(figures)
    by_hand = pairs["allocation"] / pairs["projects"] / 1e6
    assert set(map(str, by_hand[pairs["said"]])) == set(map(str, funding.loc[funding["said"], "cost_mn"]))
    assert str(funding["cost_mn"].iloc[0]) == "at least 116.8"  # 701 billion over up to 6,000


def test_three_columns_stand_side_by_side():
    pairs = auyl.side_by_side(read(TEXT), ["allocation", "projects", "villages"])
    assert pairs["villages"].isna().tolist() == [True, False, True]
    assert list(pairs["place"].fillna("all")) == ["all", "all", "KZ-10"]


def test_a_table_that_lost_its_text_still_keeps_regions_and_years_apart():
    plain = read(TEXT)
    plain.attrs = {}
    funding = auyl.funding_per_project(plain)
    assert sorted(map(str, funding.loc[funding["said"], "cost_mn"])) == ["10", "8", "9.375"]


def test_money_without_a_count_says_what_is_missing():
    with pytest.raises(auyl.MissingFigureError, match="“30 million euros”"):
        auyl.funding_per_project(read("The fund gave 30 million euros in 2024."))


def test_published_money_beats_an_assumption_and_an_assumption_is_named(figures):
    alone = auyl.village_allocations(figures).iloc[0]
    assert pd.isna(alone["money"])
    assert alone["assumed_mn_per_village"].value == pytest.approx(2 * 701e3 / 6000)  # about 2 of at least 116.8
    assert alone["assumed_mn_per_village"].bound == "about"
    assert alone["assumption"].startswith("a project costs what one of the years 2019–2024 did")
    others = as_claims_of_others(record({"value": 176.4e9, "status": "planned", "start_year": 2025, "end_year": 2025}))
    paid = auyl.village_allocations(figures, published=others).iloc[0]
    assert str(paid["mn_per_village"]) == "352.8"  # 176,400 million over 500 villages
    assert paid["money_source"] == "Kazinform"
    assert pd.isna(paid["assumed_mn_per_village"])
    given = auyl.village_allocations(figures, cost_per_project=100).iloc[0]
    assert str(given["assumed_mn_per_village"]) == "about 200"
    with pytest.raises(auyl.ParameterError):
        auyl.village_allocations(figures, cost_per_project=-1)


@pytest.mark.parametrize(
    ("verb", "costs"),
    [("will be spent on", [80e6]), ("has been spent on", [])],  # what was done may be all so far
)
def test_a_plan_without_years_takes_those_of_its_programme(verb, costs):
    text = (
        "In 2024 the department will allocate 8 billion rand through the Rural Bridge Grant and 3 billion rand through "
        "the Village School Grant.\n\n"
        f"“The Rural Bridge Grant {verb} 100 projects across the country,” the minister said."
    )
    answers = auyl.answers(auyl.Statement(text, date="2024-02-01", language="en"))
    assert answers.loc[answers["said"] & (answers["measure"] == "cost_per_project"), "value"].tolist() == costs


# ---- Targets ------------------------------------------------------------------------------------------------------


def test_a_gap_says_what_each_year_would_have_to_bring(figures):
    gaps = auyl.target_gaps(figures)
    first, second = gaps.iloc[0], gaps.iloc[1]
    assert (str(first["gap"]), first["years"], str(first["required_pp_a_year"])) == ("6", 3, "2")  # 64 → 70
    assert first["required_growth_percent"].value == pytest.approx(100 * ((70 / 64) ** (1 / 3) - 1))
    assert second["kind"] == "projected"
    assert pd.isna(second["gap"])
    assert "no present level" in second["why_not"]


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("Coverage stands at 79%, up from 62% in 2019, and is expected to reach 90% by 2030.", 11.0),
        ("Coverage rose from 6% in 2019 to 87% in 2024. The target is 99% by 2030.", 12.0),
        ("Provision of clinics reached 91 per cent, against a target of 95 per cent by 2028.", 4.0),
        ("Sales grew by 12% in 2024. The share of exports should be 30% by 2030.", None),
        ("Some 40% of schools have a gym. The ministry wants 60% of hospitals to have a lift by 2030.", None),
        ("Of the farms 31% have water and 52% have power; the share with water should be 60% by 2030.", 29.0),
        (  # two aims of two things, one of which is to be lowered
            "Expected effect:\n1. To raise the share of small businesses in the economy to 35% by 2030.\n"
            "2. To lower the share of the state in the economy to 14%.",
            None,
        ),
    ],
)
def test_a_level_is_of_the_aims_own_thing(text, gap):
    answers = auyl.answers(auyl.Statement(text, date="2025-02-01", language="en"))
    said = answers[answers["said"] & (answers["measure"] == "gap")]
    assert said["value"].tolist() == ([] if gap is None else [gap])


# ---- The statement's own sums -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "difference"),
    [
        ("The fund backed 701 projects: 462 schools, 131 clinics and 108 roads.", 0.0),
        ("The fund backed 701 projects: 462 schools, 131 clinics and 100 roads.", -8.0),
        (
            "The fund gave 9.1 billion euros: 1.8 billion for roads, 3.2 billion for water, 4.1 billion for homes.",
            0.0,
        ),
        ("It spent 1.84 billion euros on roads, 3.21 billion euros on water, 5.05 billion euros in all.", 0.0),
        (
            "The fund gave 900 million euros, including 300 million euros for roads and 200 million euros for water.",
            None,
        ),
        (
            "The fund gave 900 million euros, including 700 million euros for roads and 250 million euros for water.",
            50e6,
        ),
        ("The fund gave 90 million euros. Roads got 31 million euros, water 19 million euros.", None),
        # 4 beside 1.8 and 3.1 is 4.0: half a billion either way is not its rounding
        ("The fund gave 9.3 billion euros: 1.8 billion for roads, 4 billion for water, 3.1 billion for homes.", -0.4e9),
        ("The fund gave 9 billion euros: 1.8 billion for roads, 4 billion for water, 3.1 billion for homes.", -0.1e9),
    ],
)
def test_parts_are_added_up_only_where_the_words_make_them_parts(text, difference):
    checks = auyl.sum_checks(read(text))
    assert checks.loc[checks["said"], "difference"].round(3).tolist() == ([] if difference is None else [difference])


@pytest.mark.parametrize(
    ("text", "adds_up", "difference", "answer"),
    [
        ("It gave £2.1 billion: £672 million to A, £821 million to B and £594 million to C.", True, -13e6, 0),
        ("It gave £2.2 billion: £672 million to A, £821 million to B and £594 million to C.", False, -113e6, -113e6),
    ],
)
def test_a_sum_adds_up_within_rounding_and_its_difference_is_printed_as_it_is(text, adds_up, difference, answer):
    (row,) = auyl.sum_checks(read(text)).to_dict("records")
    assert (row["adds_up"], row["difference"]) == (adds_up, difference)
    computed = auyl.answers(auyl.Statement(text, date="2025-02-01", language="en")).query("measure == 'sum_check'")
    assert computed["value"].tolist() == [answer]


@pytest.mark.parametrize(
    ("text", "measure", "off"),
    [
        ("It spent 575 billion of the 1.03 trillion tenge, or 62%.", "share_check", 575 / 1030 * 100 - 62),  # 55.8
        ("It spent 575 billion of the 1.03 trillion tenge, or 56%.", "share_check", 0.0),
        ("Output rose from 344 to 521 billion tenge, or by more than 51%.", "change_check", 0.0),  # 51.5
        ("Output rose from 344 to 521 billion tenge, or by 57%.", "change_check", 521 / 344 * 100 - 157),
        ("Of the 400 villages 120 have water. Turnout was 62%.", "share_check", None),
    ],
)
def test_a_percentage_is_held_against_the_figures_beside_it(text, measure, off):
    answers = auyl.answers(auyl.Statement(text, date="2025-02-01", language="en"))
    found = answers.loc[answers["measure"] == measure, "value"].tolist()
    assert found == ([] if off is None else [pytest.approx(off)])


# ---- The record ---------------------------------------------------------------------------------------------------


def test_a_statement_is_no_witness_for_itself(seed):
    everything = claims(seed)
    others = everything[everything["source"] != "statement"]
    assert "The Europe Today" not in set(others["source"])  # the page itself
    assert not others["figure_id"].isin(["p005", "p006"]).any()  # the same release, passed on the same days
    assert len(others) > 100


def test_the_record_serves_no_statement_of_another_country():
    kenyan = auyl.Statement("Kenya's villages got 3 billion shillings in 2024.", date="2025-01-01", language="en")
    assert set(claims(kenyan)["source"]) == {"statement"}


def test_the_front_number_is_said_with_the_count_that_excludes_it(seed, figures):
    found = auyl.against_the_record(auyl.funding_per_project(figures), claims(seed))
    excluded = found[found["excluded"]]
    assert len(excluded) == 1
    row = excluded.iloc[0]
    assert row["published"].same_as(at_least(6600))
    assert row["other_cost_mn"].high == pytest.approx(701e3 / 6600)  # at most 106.2 by the other's count
    assert str(row["cost_mn"]) == "at least 116.8"
    assert (row["money_source"], row["count_source"]) == ("statement", row["publisher"])
    assert "524 billion" in row["doubt"]  # the same page prints a sum that is doubted
    assert "so may these be" in row["doubt"]  # and if its years are wrong, so are those of its count
    assert "5,872" in row["doubt"]  # which its own list does not make


def test_one_of_the_seeds_figures_is_contradicted(seed):
    checks = auyl.cross_checks(claims(seed))
    contradicted = checks.loc[checks["verdict"] == "contradicted", "quote"].unique()
    assert sorted(contradicted) == ["up to 6,000 projects"]
    assert checks.loc[checks["verdict"] == "revised since", "quote"].unique().tolist() == ["70%"]
    districts = checks[(checks["quote"] == "46 districts") & checks["why"].str.startswith("no value is both")]
    assert set(districts["verdict"]) == {"cannot be checked"}  # its programme and year are told sentences before
    assert districts["why"].str.endswith("are not in its own sentence").all()


def test_a_doubt_about_a_page_goes_with_all_its_figures_but_not_that_it_converted_money():
    slip = {"value": 524e9, "suspect": True, "why_suspect": "wrong years"}
    other = {"indicator": "projects", "unit": "project", "value": 6600.0}
    told = as_claims_of_others(record(slip, other, other | {"address": "https://example.org/b"}))
    assert told["caution"].fillna("").tolist() == ["", "the same page prints 524 billion KZT, which is doubtful", ""]
    assert as_claims_of_others(record(slip | {"unit": "USD"}, other))["caution"].isna().all()


def test_a_title_is_not_compared_beside_the_figure_that_it_repeats():
    text = (
        "About 200 billion tenge set aside for Auyl – Yel besigi in 2024\n\n"
        "Under Auyl – Yel besigi, 198 billion tenge was allocated in 2024."
    )
    assert auyl.cross_checks(read(text), record({"value": 198e9}))["quote"].tolist() == ["198 billion tenge"]


def test_an_addition_is_not_held_against_the_whole_year():
    added = "Under Auyl – Yel besigi, a further 70 billion tenge for 779 projects was allocated in 2024."
    other = {"indicator": "projects", "unit": "project", "value": 1140.0}
    for text, verdict in ((added, "cannot be checked"), (added.replace("a further ", ""), "contradicted")):
        checks = auyl.cross_checks(read(text), record(other))
        assert checks["verdict"].tolist() == [verdict]


def test_money_spent_is_not_held_against_money_given():
    text = "Under Auyl – Yel besigi, 5.6 billion tenge was spent in 2024."
    checks = auyl.cross_checks(read(text), record({"value": 11e9}))
    assert not (checks["verdict"] != "cannot be checked").any()
    text = text.replace("spent", "allocated")
    assert auyl.cross_checks(read(text), record({"value": 11e9}))["verdict"].tolist() == ["contradicted"]


def test_a_number_that_another_page_gives_to_another_year_is_not_confirmed():
    text = "Under Auyl – Yel besigi, 52.4 billion tenge was allocated in 2024."
    same, later = {"value": 52.4e9}, {"value": 52.4e9, "start_year": 2025, "end_year": 2025, "publisher": "Trend"}
    assert auyl.cross_checks(read(text), record(same))["verdict"].tolist() == ["confirmed"]
    checks = auyl.cross_checks(read(text), record(same, later))
    assert checks["verdict"].tolist() == ["cannot be checked"]
    assert "Trend" in checks["why"].item()


def test_a_region_or_a_part_never_contradicts_the_country():
    text = "In Abai region 5 billion tenge was allocated under Auyl – Yel besigi in 2024."
    checks = auyl.cross_checks(read(text), record({"value": 179e9}))
    assert not (checks["verdict"] == "contradicted").any()


@pytest.mark.parametrize(
    ("text", "year", "pace"),
    [
        (  # 62 is of 2022, 74 of the statement
            "Access to water has improved to 74 per cent from 62 per cent in 2022, and the target is to bring it to "
            "90 per cent by 2028.",
            2024,
            4.0,
        ),
        (  # the plan's first year does not date the level that it starts from
            "The gas programme runs from 2021 to 2025. Access to gas is to rise from 71% to 75% as a result.",
            None,
            None,
        ),
    ],
)
def test_a_level_is_of_no_year_but_its_own(text, year, pace):
    gap = auyl.target_gaps(read(text)).iloc[0]
    assert gap["said"]
    assert (None if pd.isna(gap["current_year"]) else gap["current_year"]) == year
    assert (None if pace is None else gap["required_pp_a_year"].value) == pace


def test_those_who_have_it_or_are_to_get_it_are_no_aim():
    text = (
        "Now 93% of homes either have access to the internet or are targeted to receive it by 2026; it was 79% in 2014."
    )
    assert not len(auyl.answers(auyl.Statement(text, date="2024-06-01", language="en")).query("measure == 'gap'"))


def test_one_sum_told_twice_in_a_sentence_is_two_sums():
    text = (
        "Among the grants are €500,000 for a hall and €500,000 for the renovation of two buildings. The youth centre "
        "had received €500,000 under the Village Renewal Scheme of 2022."
    )
    said = auyl.answers(auyl.Statement(text, date="2024-06-01", language="en")).query("said")
    assert said["end_year"].isna().all() and said["programme"].isna().all()
