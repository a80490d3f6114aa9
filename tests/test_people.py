"""People and self-government: totals taken a year, loans against their cap, and acts that carry no number."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

import auyl
from auyl.errors import ParameterError
from auyl.measures.caps import costs_and_caps
from auyl.measures.over_time import increments
from auyl.one_notebook import history, people
from auyl.reading.commitments import read_commitments
from auyl.reading.document import Document

SEED = "2025-08-28_regional_development_concept"
DIPLOMA = "with_a_diploma_to_the_village"
CASES = Path(__file__).parent / "cases" / "commitments.jsonl"


def commitment_cases() -> list:
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    return [pytest.param(*case.values(), id=f"{case['language']}: {case['text'][:40]}") for case in cases]


@pytest.fixture(scope="module")
def record():
    return history.read_record()


@pytest.fixture(scope="module")
def statement():
    return auyl.read_statement(SEED)


@pytest.fixture(scope="module")
def steps(statement, record):
    found = increments(auyl.figures(statement), record.published, statement.date.isoformat())
    return people.about(found, [DIPLOMA])


@pytest.mark.parametrize(("language", "text", "acts"), commitment_cases())
def test_acts_without_a_number(language, text, acts):
    found = list(read_commitments(Document(text, "2025-08-28", language)))
    assert [{name: act[name] for name in ("stage", "quote", "subject")} for act in found] == acts
    assert all(text[act["start"] : act["end"]] == act["quote"] for act in found)


def test_the_register_of_the_first_statement(statement):
    register = auyl.commitments(statement)
    assert register["stage"].value_counts().to_dict() == {"announced": 7, "done": 4, "under way": 2}
    quotes = set(register["quote"])
    assert {"the main layout has been approved", "a special economic zone established"} <= quotes
    assert {"the creation of industrial zones", "work underway on design documentation"} <= quotes
    assert any("offtake contracts" in quote for quote in quotes)
    assert any("transfer of additional taxes" in quote for quote in quotes)
    assert people.commitments_finding(register) == "13 acts without a number: 4 done, 2 under way, 7 announced"


def test_a_text_without_acts_has_an_empty_register():
    register = auyl.commitments(auyl.Statement("Some 12 schools.", date="2025-01-01"))
    assert register.empty and list(register.columns)[:2] == ["source_id", "sentence"]
    assert "no act without a number" in people.commitments_finding(register)


def test_totals_are_taken_a_year(steps):
    allowances = steps[steps["indicator"] == "allowances"].to_dict("records")
    assert allowances[0]["total"] == 95_000 and round(allowances[0]["a_year"]) == 6_786  # over the 14 years to 2022
    last = allowances[1]  # more than 114,000 less 95,000, over 2 years and nearly 8 months
    assert (last["added"], last["added_bound"], last["since"], last["until"]) == (
        19_000, "at_least", "the end of 2022", "August 2025",
    )  # fmt: skip
    assert round(last["a_year"], -2) == 7_200 and last["a_year_bound"] == "at_least"
    sectors = steps[steps["derived"].astype(bool)]
    assert list(sectors["total"]) == [46_631]  # 33,400 + 9,813 + 1,289 + 616 + 403 + 1,110


def test_the_answer_rounds_a_floor_down(steps, statement):
    told = people.answer(steps, auyl.commitments(statement))
    assert "at least 114,000 in all by August 2025, at least 7,100 a year since the end of 2022" in told
    assert "about 52,000 in all by August 2025, about 2,600 a year since the end of 2022" in told


def test_a_total_below_an_earlier_one_adds_nothing(record):
    text = "Under With a Diploma – to the Village, 90,000 specialists received allowances since 2009."
    later = auyl.Statement(text, date="2026-05-01")
    found = increments(auyl.figures(later), record.published, "2026-05-01")
    last = found[found["figure_id"].notna()].to_dict("records")[-1]
    assert pd.isna(last["added"]) and pd.isna(last["a_year"])


def test_loans_against_their_cap(record):
    costs = costs_and_caps(record.published, record.context).set_index(["ref_area", "year"])
    national = costs.loc[("KZ", 2023)]  # 20 bn over 3,800 loans; 1,500 indices of 3,450 tenge
    assert round(national["cost_mn"], 2) == 5.26 and round(national["cap_mn"], 3) == 5.175
    assert national["verdict"] == "above the cap"
    assert costs.loc[("KZ-59", 2022), "verdict"] == "the MCI of 2022 is not in the data"
    assert costs.loc[("KZ-27", 2025), "verdict"] == "within the cap"
    assert costs_and_caps(record.published.iloc[:0], record.context).empty


def test_growth_without_a_base_year_gives_no_rate():
    read = lambda text: auyl.figures(auyl.Statement(text, date="2025-08-28"))  # noqa: E731
    told = people.growth_sentences(read("Rural districts' revenues have increased 3.5 times in recent years."))
    assert told.endswith("has no base year in the statement, so no yearly rate follows from it.")
    told = people.growth_sentences(read("Rural districts' revenues increased 4 times between 2021 and 2023."))
    assert "over 2 years is 100.0% a year, compounded" in told  # 2 × 2 = 4
    assert people.growth_sentences(read("There are 3 towns.")).startswith("The statement says of nothing")


def test_only_subjects_the_text_names_are_looked_up(statement):
    assert people.spoken_of(statement, [DIPLOMA, "alatau_city"]) == [DIPLOMA, "alatau_city"]
    foreign = auyl.Statement("The county drilled 450 boreholes.", date="2024-05-02")
    assert people.spoken_of(foreign, "[alatau_city, local_self_government]") == []
    with pytest.raises(ParameterError, match="no subject 'atlantis'"):
        people.spoken_of(statement, ["atlantis"])


def test_what_was_said_and_published_stands_side_by_side(statement, record):
    places = ["local_self_government", "single_industry_towns", "alatau_city"]
    table = people.said_and_published(
        people.about(auyl.figures(statement), places), people.about(record.published, places), record.regions, statement
    )
    lines = table.text.splitlines()
    own = next(i for i, line in enumerate(lines) if "elected districts" in line)
    assert "46 | this statement" in lines[own] and any("| 42 | nur-news.net" in line for line in lines)
    assert "doubtful: The Central Election Commission counts 42" in table.text
    text = re.sub(r"[ |]+", " ", table.text)
    assert "27 businessinvestorguide.com" in text and " 20 Trend" in text
    assert "96,500 ha" in table.text
