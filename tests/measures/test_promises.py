"""Plans and aims, and what was published of them: rules by hand-made rows, the record's stories by their sources."""

import pandas as pd
import pytest

import auyl

SEED = "2025-08-28_regional_development_concept"
PLAN = {
    **{"figure_id": "a", "quote": "", "value": 100.0, "low": 99.5, "high": 100.5, "bound": "exact", "unit": "loan"},
    **{"subject": "loans_for_all", "programme": "Loans for All", "indicator": "loans", "status": "planned"},
    **{"start_year": 2023, "end_year": 2023, "source": "Gazette", "source_id": "g", "date": "2023-01-10"},
    **{"place": None, "part": None, "suspect": False, "series_break": False, "revised_by": None, "as_of": None},
}
DONE = {"figure_id": "b", "status": "actual", "date": "2024-02-01", "source": "Herald"}


def followed(*rows: dict, as_of: str = "2026-03-31") -> dict:
    found = auyl.promises(pd.DataFrame([PLAN | row for row in rows]).convert_dtypes(), as_of)
    assert len(found) == 1
    return found.iloc[0].to_dict()


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ({"value": 100.0}, "as planned"),
        ({"value": 80.0, "low": 79.5, "high": 80.5}, "less than planned"),
        ({"value": 120.0, "low": 120.0, "high": None, "bound": "at_least"}, "more than planned"),  # from 120 on
        ({"value": 90.0, "low": 90.0, "high": None, "bound": "at_least"}, "cannot be told"),  # 90, or 100, or 110
        ({"value": 100.0, "part": "women"}, "due and unknown"),  # a part is no outcome of the whole
        ({"value": 100.0, "place": "KZ-15"}, "due and unknown"),
        ({"value": 100.0, "suspect": True}, "due and unknown"),
        ({"value": 100.0, "unit": "project"}, "due and unknown"),
        ({"value": 100.0, "start_year": 2022}, "due and unknown"),
    ],
)
def test_an_outcome_is_of_the_same_thing_and_years(outcome, state):
    assert followed({}, DONE | outcome)["state"] == state


def test_outcomes_that_disagree_tell_nothing():
    told = followed({}, DONE, DONE | {"figure_id": "c", "value": 80.0, "low": 79.5, "high": 80.5, "source": "Post"})
    assert told["state"] == "cannot be told"


def test_what_is_told_before_the_end_is_so_far():
    told = followed({}, DONE | {"date": "2023-08-10", "value": 60.0, "low": 59.5, "high": 60.5})
    assert (told["state"], told["so_far"].value, pd.isna(told["outcome"])) == ("told during the year", 60.0, True)
    both = followed({}, DONE | {"date": "2023-12-10"}, DONE | {"figure_id": "c", "value": 80.0, "low": 80, "high": 80})
    assert (both["state"], both["outcome_id"]) == ("less than planned", "c")  # the other was told too early


def test_a_page_on_record_by_hand_stands_for_what_was_read_of_it():
    read = DONE | {"figure_id": "s#1", "source_id": "s", "value": 130.0, "low": 129.5, "high": 130.5, "start": 12}
    kept = DONE | {"page_of": "s"}
    assert followed({}, read)["state"] == "more than planned"
    assert followed({}, read, kept)["state"] == "as planned"


def test_a_value_that_the_record_doubts_is_no_outcome_whoever_tells_it():
    slip = {"value": 46.0, "low": 46.0, "high": 46.0}
    told = followed({}, DONE | slip, DONE | slip | {"figure_id": "c", "suspect": True}, DONE | {"figure_id": "d"})
    assert (told["state"], told["outcome_id"]) == ("as planned", "d")


def test_due_is_asked_of_a_day_not_of_the_clock():
    assert followed({}, as_of="2023-12-31")["state"] == "not due yet"
    assert followed({}, as_of="2024-01-01")["state"] == "due and unknown"


def test_a_plan_that_was_replaced_stands_before_the_one_that_stands():
    told = followed({"figure_id": "new", "value": 170.0, "date": "2023"}, {"figure_id": "old", "revised_by": "new"})
    assert (told["first"].value, told["last"].value, told["versions"]) == (100.0, 170.0, 2)  # "2023" alone is no order


def test_a_hedged_number_that_fits_an_exact_one_is_no_other():
    told = followed({}, {"figure_id": "c", "value": 105.0, "low": None, "high": 105.0, "bound": "at_most"})
    assert told["versions"] == 1


def test_a_level_counts_until_its_series_breaks():
    aim = {"unit": "percent", "indicator": "share", "status": "target", "start_year": 2030, "end_year": 2030}
    level = aim | {"status": "actual", "start_year": 2025, "end_year": 2025, "value": 90.0, "date": "2025-12"}
    assert followed(aim, level)["so_far"].value == 90.0
    assert pd.isna(followed(aim, level | {"series_break": True})["so_far"])
    assert pd.isna(followed(aim, level | {"start_year": 2022, "end_year": 2022})["so_far"])  # older than the aim


def test_a_day_that_is_none_stops():
    with pytest.raises(auyl.ParameterError, match="as_of is 'soon'"):
        auyl.promises(pd.DataFrame([PLAN]), "soon")


@pytest.fixture(scope="module")
def record():
    found = auyl.promises(auyl.claims(auyl.read_statement(SEED), whole=True), "2026-03-31")
    return found[found["place"].isna()].set_index(["subject", "indicator", "end_year"])


# What the record's pages say of each, worked out from them: first, last, outcome or level, and how it ended.
STORIES = [
    (("auyl_el_besigi", "allocation", 2023), 140e9, 198e9, 200e9, "cannot be told"),  # at most 200
    (("auyl_el_besigi", "projects", 2023), 1500, 1800, 1800, "as planned"),
    (("auyl_el_besigi", "villages", 2023), 663, 800, 800, "as planned"),
    (("auyl_el_besigi", "allocation", 2024), 179e9, 179e9, None, "due and unknown"),
    (("auyl_amanaty", "allocation", 2023), 52.4e9, 100e9, 80e9, "less than planned"),  # lent
    (("auyl_amanaty", "loans", 2023), 11_000, 17_000, 12_700, "less than planned"),
    (("auyl_amanaty", "jobs", 2023), 12_000, 18_000, 12_000, "cannot be told"),  # more than 12,000
    (("auyl_amanaty", "allocation", 2029), 1e12, 600e9, None, "not due yet"),
    (("auyl_amanaty", "jobs", 2029), 350_000, 350_000, 20_000, "not due yet"),  # by 2025
    (("regional_standards", "provision", 2028), 70, 69.2, 64, "not due yet"),
    (("small_and_medium_enterprises", "share_of_gdp", 2025), 35, 35, 36.5, "due and unknown"),  # of 2022
    (("rural_concept_2023_2027", "facilities", 2027), 655, 655, 631, "not due yet"),
]


@pytest.mark.parametrize(("key", "first", "last", "came", "state"), STORIES, ids=lambda entry: str(entry)[:40])
def test_the_stories_of_the_record(record, key, first, last, came, state):
    rows = record.loc[[key]]
    row = rows[rows["part"].isna() | (rows["part"] == "health")].iloc[0]
    told = row["so_far"] if pd.isna(row["outcome"]) else row["outcome"]
    assert (row["first"].value, row["last"].value, row["state"]) == (first, last, state)
    assert pd.isna(told) if came is None else told.value == came


def test_one_page_does_not_revise_itself_and_dollars_in_brackets_are_no_second_plan():
    text = (
        "In 2024, 90 billion tenge (US$200 million) will be allocated under Auyl – Yel besigi.\n\n"
        "In 2024, 15 billion tenge is planned for schools and clinics under Auyl – Yel besigi."
    )
    told = auyl.claims(auyl.Statement(text, date="2024-02-01", language="en", id="own"))
    found = auyl.promises(told[told["source_id"] == "own"], "2026-03-31")
    assert found.empty
    found = auyl.promises(told[told["sentence"].eq(1)], "2026-03-31")
    assert [(row.unit, row.versions) for row in found.itertuples()] == [("KZT", 1)]
