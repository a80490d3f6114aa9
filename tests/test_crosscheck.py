"""The statement against the record: what the collection's own data must bring to light, and what it may not claim."""

import datetime

import pandas as pd
import pytest

import auyl
from auyl.measures.checks import contradictions, cross_checks
from auyl.measures.comparison import compare
from auyl.measures.totals import rebuilt_totals
from auyl.record.published import read_published


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    return read_published()


@pytest.fixture(scope="module")
def statement() -> auyl.Statement:
    return auyl.read_statement("2025-08-28_regional_development_concept")


@pytest.fixture(scope="module")
def figures(statement) -> pd.DataFrame:
    return auyl.figures(statement)


@pytest.fixture(scope="module")
def checks(figures, published, statement) -> pd.DataFrame:
    return cross_checks(figures, published, own_address=statement.url)


@pytest.fixture(scope="module")
def totals(figures, published) -> pd.DataFrame:
    return rebuilt_totals(figures, published)


def one(**changed) -> dict:
    """A figure; its low and high follow from the bound unless given."""
    figure = {
        "value": 100.0,
        "bound": "exact",
        "unit": "project",
        "status": "actual",
        "start_year": 2024,
        "end_year": 2024,
        "subject": "x",
        "indicator": "y",
        "scope": None,
        **changed,
    }
    low = figure["value"] if figure["bound"] in ("exact", "at_least") else None
    high = figure["value"] if figure["bound"] in ("exact", "at_most") else None
    return {"low": low, "high": high, **figure}


NO_BREAKS: list[dict] = []


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        (one(), one(), "agrees"),
        (one(), one(value=101.0), "contradicts"),
        (one(low=99.5, high=100.5), one(value=100.4, low=100.35, high=100.45), "agrees"),  # but for rounding
        (one(bound="at_most"), one(value=90.0), "within bounds"),
        (one(bound="at_most"), one(value=110.0, bound="at_least"), "contradicts"),
        (one(bound="at_least"), one(value=110.0, bound="at_least"), "within bounds"),
        (one(bound="at_least"), one(bound="at_least"), "agrees"),
        (one(bound="about"), one(value=109.0), "within bounds"),  # "about" reaches 10 percent
        (one(bound="about"), one(value=111.0), "contradicts"),
        (one(), one(value=50.0, start_year=2023, end_year=2023), "not comparable"),
        (one(), one(start_year=None, end_year=None), "not comparable"),
        (one(), one(value=50.0, start_year=None), "contradicts"),  # the same last year; the first is not stated
        (one(), one(value=50.0, scope="roads"), "not comparable"),
        (one(), one(value=50.0, status="planned"), "not comparable"),
        (one(), one(status="planned"), "agrees"),
        (one(unit="KZT"), one(unit="USD"), "not comparable"),
        (one(value=5.0, as_of="2024-04-01"), one(value=6.0, as_of="2024-12-01"), "not comparable"),
    ],
)
def test_the_verdict_on_two_figures(a, b, verdict):
    assert compare(a, b, NO_BREAKS)[0] == verdict


# The contradictions this collection is known to hold: quote, published row, verdict, words of the reason.
@pytest.mark.parametrize(
    ("quote", "published_id", "verdict", "reason"),
    [
        ("701 billion tenge", "p095", "contradicts", "524 billion KZT is doubtful"),
        ("up to 6,000 projects", "p096", "contradicts", "no value is both at most 6,000 and at least 6,600"),
        ("46 districts", "p349", "contradicts", "no value is both 46 and 42"),
        ("46 districts", "p353", "contradicts", "no value is both 46 and 42"),
        ("70%", "p273", "contradicts", "no value is both 70% and 69.2%; one plan may have replaced the other"),
        ("64%", "p277", "not comparable", "64% is of 2025, 64.1% of 2021; the series breaks in 2024 and 2025"),
        ("64%", "p282", "not comparable", "part of it: rural"),
        ("701 billion tenge", "p005", "agrees", "the same"),
        ("around 1,000 projects", "p007", "within bounds", "leave room"),
        ("25,000 rural entrepreneurship initiatives", "p153", "within bounds", "at least 25,000"),
        ("three such cities", "p350", "agrees", "the same"),
    ],
)
def test_what_the_record_says_of_the_first_statement(checks, quote, published_id, verdict, reason):
    row = checks[(checks["quote"] == quote) & (checks["published_id"] == published_id)]
    assert row["verdict"].tolist() == [verdict]
    assert reason in row["why"].item()


def test_a_statement_is_not_its_own_witness(checks, statement):
    assert not checks["address"].eq(statement.url).any()
    assert checks["address"].str.startswith("http").all()


def test_contradictions_come_first_within_each_figure(checks):
    for _, group in checks.groupby("figure_id"):
        verdicts = group["verdict"].tolist()
        assert "contradicts" not in verdicts[verdicts.count("contradicts") :]


def test_the_record_against_itself(published):
    found = contradictions(published)
    pairs = {frozenset(pair) for pair in zip(found["published_id_a"], found["published_id_b"], strict=True)}
    assert frozenset({"p309", "p310"}) in pairs  # SME share of 2016: 23.1, 26.8
    # Auyl Amanaty to 2029: 1 trillion in 2023, about 600 billion in November 2025, whose first year is not stated
    later = found[found["published_id_b"] == "p157"]
    assert later["why"].item().startswith("no value is both 1 trillion KZT and about 600 billion KZT")


def test_524_billion_fits_other_years_than_it_is_printed_for(totals):
    claim = totals[totals["claim_id"] == "p095"]
    assert set(claim.loc[claim["reading"] == "as labelled", "verdict"]) == {"contradicts"}
    best = claim.iloc[0]
    assert best["reading"] == "other years"
    assert (best["sum_start_year"], best["sum_end_year"]) == (2019, 2023)
    assert best["parts"] == "326 billion KZT (2019–2022) + 198 billion KZT (2023)"
    assert best["difference"] == 0


def test_524_and_the_amount_of_2024_make_701(totals):
    rows = totals[(totals["claim"] == 701e9) & (totals["reading"] == "reading p095 as 2019–2023")]
    row = rows.iloc[0]
    assert row["last_part_needed"] == 177e9  # 701 - 524
    assert row["parts"] == "524 billion KZT (2019–2023) + 179 billion KZT (2024)"
    assert row["verdict"] == "agrees"  # 703 against 701: within half a percent
    assert "the part of 2024 was a plan" in row["why"]


def test_projects_by_year_do_not_make_up_to_6000(totals):
    rows = totals[totals["claim_id"].str.endswith("#05")]
    assert set(rows["verdict"]) == {"contradicts"}
    assert rows["sum"].min() == 6800  # 3,600 + 1,800 + 1,400


def test_a_total_repeated_by_an_outlet_is_checked_once(totals):
    assert totals.loc[totals["claim"] == 701e9, "claim_id"].nunique() == 1


def test_villages_are_not_added_over_the_years(totals):
    assert "village" not in set(totals["unit"])


def test_doubtful_rows_are_checked_but_check_nothing(totals):
    as_labelled = totals[totals["reading"] == "as labelled"]
    assert not as_labelled["part_ids"].str.contains("p095|p067").any()
    assert set(totals.loc[totals["claim_id"] == "p067", "verdict"]) == {"contradicts"}  # million for billion


def test_a_changed_statement_changes_the_verdict(published):
    text = "Under Auyl – Yel besigi, 524 billion tenge was allocated between 2019 and 2024."
    figures = auyl.figures(auyl.Statement(text, date=datetime.date(2025, 8, 28), language="en"))
    found = cross_checks(figures, published).set_index("published_id")["verdict"]
    assert (found["p095"], found["p005"]) == ("agrees", "contradicts")


def test_a_foreign_statement_has_nothing_to_be_compared_with(published):
    text = "The Levelling Up Fund has supported 271 projects with £4.8 billion since 2021."
    figures = auyl.figures(auyl.Statement(text, date=datetime.date(2025, 8, 28), language="en"))
    found = cross_checks(figures, published)
    assert found.empty
    assert {"verdict", "why", "published_id"} <= set(found.columns)
    assert not rebuilt_totals(figures, published)["claim_id"].str.contains("#").any()


def test_an_empty_record_gives_empty_tables(figures, published):
    nothing = published.iloc[:0]
    assert cross_checks(figures, nothing).empty
    assert contradictions(nothing).empty
    assert rebuilt_totals(figures, nothing).empty
    assert not rebuilt_totals(figures.iloc[:0], published).empty  # the record alone can be checked
