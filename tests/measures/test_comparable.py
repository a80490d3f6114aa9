"""The room of rules: a case is a row of tests/cases/comparable.jsonl, not code."""

import json
from pathlib import Path

import pytest

from auyl.measures.comparable import (
    Claim,
    evidence,
    meet,
    obstacle,
    same_figure,
)
from auyl.measures.verdicts import held_against

CASES = Path(__file__).parents[1] / "cases" / "comparable.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
USUAL = {
    **{"value": 100.0, "low": 100.0, "high": 100.0, "unit": "KZT", "status": "actual", "start_year": 2024},
    **{"end_year": 2024, "subject": "auyl_el_besigi", "programme": "Auyl – Yel besigi", "indicator": "allocation"},
    **dict.fromkeys(["unit_from", "subject_from", "years_from", "status_from"], "clause"),
}


def claim(quote: str = "this", **given) -> Claim:
    return Claim(quote, quote, **{**USUAL, **given})


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_two_claims_stand_side_by_side_or_are_parted_for_a_reason_that_names_them(row):
    a, b = claim("the money", **row["a"]), claim("the count", **row["b"])
    reason = obstacle(a, b, row["near"])
    if row["parted_by"] is None:
        assert reason is None
        assert evidence(a, b, row["near"])
    else:
        assert row["parted_by"] in reason
        assert "“the money”" in reason or "“the count”" in reason
    turned = obstacle(b, a, row["near"])
    assert (turned is None) == (reason is None)


def test_a_leads_rounder_figure_is_the_same_figure():
    lead = claim("nearly 2,900", value=2900.0, low=None, high=2900.0, bound="at_most", unit="project")
    body = claim("2,880", value=2880.0, low=2880.0, high=2880.0, unit="project")
    assert same_figure(lead, body)
    assert not same_figure(lead, body._replace(value=2400.0, low=2400.0, high=2400.0))  # too far off to be rounding
    assert not same_figure(lead._replace(bound="exact", low=2900.0), body)  # two exact figures are two figures
    assert not same_figure(lead._replace(place="KZ-39"), body._replace(place="KZ-55"))


def test_a_count_repeated_where_the_programme_was_carried_is_the_same_count():
    first = claim("96 projects", value=96.0, unit="project")
    again = first._replace(
        figure_id="again", programme="Auyl Amanaty", subject="auyl_amanaty", subject_from="paragraph"
    )
    assert same_figure(first, again)
    assert not same_figure(first, again._replace(subject_from="clause"))


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        ({}, "confirmed"),
        ({"value": 100.4, "low": 99.9, "high": 100.9}, "confirmed"),  # the same but for rounding
        ({"value": 120.0, "low": 120.0, "high": None, "bound": "at_least"}, "contradicted"),
        ({"value": 99.0, "low": 99.0, "high": None, "bound": "at_least"}, "confirmed"),  # the same, rounded down
        ({"value": 60.0, "low": 60.0, "high": None, "bound": "at_least"}, "cannot be checked"),  # so may 61 be
        ({"value": 120.0, "low": 120.0, "high": 120.0, "date": "2025-06-01"}, "revised since"),
        ({"value": 120.0, "low": 120.0, "high": 120.0, "date": "2024-06-01"}, "contradicted"),
        (
            {"value": 120.0, "low": 120.0, "high": 120.0, "suspect": True, "why_suspect": "a slip"},
            "other source doubtful",
        ),
        ({"suspect": True, "why_suspect": "a slip"}, "other source doubtful"),  # nor does it confirm
        ({"value": 120.0, "low": 120.0, "high": 120.0, "revised_by": "p9", "date": "2025-06"}, "revised since"),
        ({"value": 120.0, "low": 120.0, "high": 120.0, "revised_by": "p9"}, "cannot be checked"),  # of no day
        ({"value": 120.0, "low": 120.0, "high": 120.0, "status": "planned"}, "cannot be checked"),
        ({"value": 120.0, "low": 120.0, "high": 120.0, "place": "KZ-39"}, "cannot be checked"),
        ({"value": 120.0, "low": 120.0, "high": 120.0, "part": "roads"}, "cannot be checked"),
        ({"value": 120.0, "low": 120.0, "high": 120.0, "end_year": 2025}, "cannot be checked"),
        ({"value": 120.0, "low": 120.0, "high": 120.0, "unit": "USD"}, "cannot be checked"),
    ],
)
def test_the_verdict_on_another_sources_claim(other, verdict):
    given, why = held_against(claim(date="2025-01-01"), claim("that", **other))
    assert given == verdict
    assert why


def test_two_plans_that_differ_are_revised_and_not_contradicted():
    plan = claim(status="planned", date="2025-08-28")
    verdict, why = held_against(plan, plan._replace(value=80.0, low=80.0, high=80.0, date="2025-11-28"))
    assert verdict == "revised since"
    assert "2025-11-28" in why


@pytest.mark.parametrize(
    ("own", "other", "verdict"),
    [
        ("2025-08-28", "2024-11-24", "revises a plan"),
        ("2025-08-28", "2025-11", "revised since"),
        ("2025-08-28", "2025", "cannot be checked"),  # before or after, who knows
        ("2025-08-28", None, "cannot be checked"),
    ],
)
def test_which_of_two_plans_replaced_the_other_their_dates_tell(own, other, verdict):
    plan = claim(status="planned", date=own)
    assert held_against(plan, plan._replace(value=80.0, low=80.0, high=80.0, date=other))[0] == verdict


def test_two_counts_of_what_there_is_contradict_each_other_only_of_one_day():
    count = claim(value=6286.0, low=6286.0, high=6286.0, indicator="settlements", unit="village")
    other = count._replace(value=6208.0, low=6208.0, high=6208.0, years_from=None)  # as in the record
    assert held_against(count, other)[0] == "cannot be checked"
    that_day = {"as_of": "2024-01-01"}
    assert held_against(count._replace(**that_day), other._replace(**that_day))[0] == "contradicted"


def test_a_figure_whose_programme_is_only_carried_over_contradicts_nobody():
    all_villages = claim(value=6316.0, low=6316.0, high=6316.0, subject_from="paragraph")
    served = claim("that", value=480.0, low=480.0, high=480.0)
    assert held_against(all_villages, served)[0] == "cannot be checked"
    assert held_against(all_villages._replace(subject_from="clause"), served)[0] == "contradicted"


def test_a_forecast_beside_a_goal_is_no_change_of_it():
    goal = claim(status="target", unit="percent")
    forecast = claim(value=140.0, low=140.0, high=140.0, status="projected", unit="percent")
    assert held_against(forecast, goal)[0] == "cannot be checked"


def test_spans_make_an_interval_only_where_they_overlap():
    floor, ceiling = (116.8, float("inf")), (float("-inf"), 106.2)
    assert not meet(floor, ceiling)  # "106–117" is no range
    assert meet((100.0, 110.0), (110.0, 120.0))
