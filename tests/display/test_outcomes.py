"""Sentences of what others say of the same, what a later statement changed, and what came of plans."""

from pathlib import Path

import pandas as pd
import pytest

import auyl
from auyl.bounded import about, at_least, at_most, exact
from auyl.display import outcomes

SEED = "2025-08-28_regional_development_concept"
FOLLOW_UP = Path(__file__).parents[1] / "statements" / "2026-07-15_follow_up.txt"
PROMISE = {
    **{
        "subject": "roads",
        "programme": "Roads for All",
        "indicator": "loans",
        "unit": "loan",
        "place": pd.NA,
        "part": pd.NA,
    },
    **{"start_year": 2023, "end_year": 2023, "status": "planned", "versions": 1, "state": "due and unknown"},
    **{"first": exact(100), "first_by": "Gazette", "first_on": "2023-01-10"},
    **{"last": exact(100), "last_by": "Gazette", "last_on": "2023-01-10"},
    **{"outcome": pd.NA, "outcome_by": pd.NA, "outcome_on": pd.NA, "outcome_of": pd.NA},
    **{"so_far": pd.NA, "so_far_by": pd.NA, "so_far_on": pd.NA, "so_far_years": pd.NA},
}
RAISED = {"versions": 2, "last": exact(170), "last_by": "Herald", "last_on": "2023"}
CAME = {"outcome": about(80), "outcome_by": "Post", "outcome_on": "2024-02", "outcome_of": "loans"}
AIM = {"status": "target", "unit": "percent", "indicator": "provision", "first": exact(70), "last": exact(70)}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            {},
            "Roads for All, loans, 2023: 100 loans planned (Gazette, 10 January 2023); no outcome of all of it is on "
            "record.",
        ),
        (
            {"state": "told during the year", "so_far": exact(90), "so_far_years": "2023", "so_far_by": "Post"},
            "Roads for All, loans, 2023: 100 loans planned (Gazette, 10 January 2023); 2023: 90 loans (Post), told "
            "before the time was over; nothing later is on record.",
        ),
        (
            {**RAISED, **CAME, "state": "less than planned"},
            "Roads for All, loans, 2023: 100 loans planned (Gazette, 10 January 2023), then 170 loans (Herald, 2023); "
            "about 80 loans came (Post, February 2024).",
        ),
        (
            {**CAME, "outcome": at_least(80), "state": "cannot be told"},
            "Roads for All, loans, 2023: 100 loans planned (Gazette, 10 January 2023); at least 80 loans came (Post, "
            "February 2024), which may be as planned or not.",
        ),
        (
            {**AIM, "state": "not due yet", "so_far": exact(64), "so_far_years": "2022", "so_far_by": "Post"},
            "Roads for All, provision, by 2023: 70% aimed at (Gazette, 10 January 2023); 2022: 64% (Post).",
        ),
    ],
)
def test_a_promise_is_told_with_who_said_what(row, sentence):
    assert outcomes.promise_sentence(PROMISE | row) == sentence


@pytest.mark.parametrize(
    ("row", "headline"),
    [
        ({}, "100 loans planned"),
        (RAISED, "100 loans planned first, 170 loans later"),
        ({**RAISED, **CAME}, "100 loans planned first, 170 loans later, about 80 loans came"),
        ({**RAISED, **CAME, "outcome": exact(170)}, "100 loans planned first, 170 loans came"),
        ({**CAME, "state": "cannot be told", "outcome": at_most(170)}, "100 loans planned"),  # no finding
    ],
)
def test_a_chart_of_a_promise_says_what_is_known(row, headline):
    assert outcomes.promise_words(PROMISE | row)["headline"] == headline


def test_a_contradiction_names_both_numbers():
    claims = auyl.claims(auyl.read_statement(SEED))
    checks = auyl.cross_checks(claims)
    figures = claims[claims["source"] == "statement"]
    answers = auyl.answers(auyl.read_statement(SEED))
    told = outcomes.against_others(figures, outcomes.checked(figures, checks, {}), checks, answers).text
    assert "“up to 6,000 projects”: KazFace.kz (Ministry press service), 2025, has at least 6,600 projects" in told
    assert "701 billion" not in told  # only a doubtful page has another amount
    assert "not at most 6,000 projects. Another figure on the page of KazFace.kz is in doubt." in told


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Officials built 12 schools in 2024.", "names no programme"),
        ("In 2024, 12 schools were built under the Lake Villages programme.", "No programme that the statement names"),
        ("In 2011, 9 billion tenge was allocated under Auyl Amanaty.", "of these programmes and years"),
        ("Officials praised the people.", "gives no figure"),
    ],
)
def test_nothing_to_compare_with_is_told_with_its_reason(text, why):
    statement = auyl.Statement(text, date="2025-01-01", language="en")
    claims = auyl.claims(statement)
    figures, checks = claims[claims["source"] == "statement"], auyl.cross_checks(claims)
    told = repr(
        outcomes.against_others(figures, outcomes.checked(figures, checks, {}), checks, auyl.answers(statement))
    )
    assert why in told


def test_a_statements_own_plans_are_told_before_those_of_others():
    state = pd.CategoricalDtype(["due and unknown", "not due yet"], ordered=True)
    own = pd.DataFrame([PROMISE | {"state": "not due yet"}]).astype({"state": state})
    others = pd.DataFrame([PROMISE] * 3).astype({"state": state})
    told = repr(outcomes.promises_told(own, others, others.head(1), "2026-03-31", left=2)).splitlines()
    assert told[0].endswith(
        "plans and aims, by 31 March 2026: 1 not due yet, 2 without years, or of nothing on record."
    )
    assert told[1].startswith("Roads for All") and told[2].endswith("by others: 3 due and unknown.")
    told = repr(outcomes.promises_told(own.head(0), others, others.head(0), "2026-03-31")).splitlines()
    assert told[0] == "The statement plans and aims at nothing in numbers."
    told = repr(outcomes.promises_told(own.head(0), others, others.head(0), "2026-03-31", left=1)).splitlines()
    assert told[0].startswith("The one plan or aim of this statement cannot be followed: the words name no years")
    told = repr(outcomes.promises_told(own.head(0), others.head(0), others.head(0), "2026-03-31", 1, served=False))
    assert told.startswith("The record is of Kazakhstan only")
    told = repr(outcomes.promises_told(own.head(0), others, others.head(0), "2026-03-31", overdue=["will pave it"]))
    assert "one is overdue: “will pave it”" in told


def test_two_statements_are_told_with_what_contradicts():
    told = outcomes.changes_told(auyl.compare(auyl.read_statement(SEED), auyl.read_statement(FOLLOW_UP))).text
    assert told.splitlines()[0].startswith("Beside the earlier statement: 1 contradicted, 1 revised, 2 planned then")
    assert "“701 billion tenge” then, “690 billion tenge” now." in told


def test_a_readers_table_says_what_is_so_far_and_by_whom():
    row = PROMISE | {"so_far": exact(60), "so_far_by": "Post", "so_far_on": "2023-08", "so_far_years": "2023"}
    row |= {f"{name}_at": "https://example.org/" for name in ("first", "last", "outcome", "so_far")}
    line = outcomes.in_words_of(pd.DataFrame([row])).iloc[0]
    assert (line["came"], line["came_said"], line["due"]) == ("60 loans in 2023", "Post, August 2023", "2023-12-31")


def test_a_chance_says_of_which_levels_it_is():
    chances = auyl.target_chances(auyl.claims(auyl.read_statement(SEED)))
    assert repr(outcomes.chances_told(chances.head(1))) == (
        "Small and medium-sized enterprises, share of GDP: rising from 2014 to 2022, by 8 yearly levels (rank "
        "correlation 0.83–0.89). A model that knows these levels alone, no plan and no crisis, gives 40% by 2030 a "
        "chance of 78–81 in 100."
    )
    assert repr(outcomes.chances_told(chances.iloc[:0])).startswith("No aim has levels of four years")


def test_what_does_not_add_up_is_marked_as_speaking_against_the_statement():
    for third, against in ((41, False), (55, True)):  # 100 and 114, of a hundred
        text = f"In 2023 100 schools were built: 59 in the north and {third} in the south."
        statement = auyl.Statement(text, date="2024-01-01", language="en")
        claims = auyl.claims(statement)
        figures, checks = claims[claims["source"] == "statement"], auyl.cross_checks(claims)
        told = outcomes.against_others(figures, outcomes.checked(figures, checks, {}), checks, auyl.answers(statement))
        assert ('<p class="against">' in told.html) is against, told
