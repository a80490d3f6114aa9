"""What a statement says is done, under way or announced without a number."""

import json
from pathlib import Path

import pytest

import auyl
from auyl.reading.commitments import read_commitments
from auyl.reading.document import Document

SEED = "2025-08-28_regional_development_concept"
CASES = Path(__file__).parents[1] / "cases" / "commitments.jsonl"


def commitment_cases() -> list:
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    return [pytest.param(*case.values(), id=f"{case['language']}: {case['text'][:40]}") for case in cases]


@pytest.mark.parametrize(("language", "text", "acts"), commitment_cases())
def test_acts_without_a_number(language, text, acts):
    found = list(read_commitments(Document(text, "2025-08-28", language)))
    assert [{name: act[name] for name in ("stage", "quote", "subject")} for act in found] == acts
    assert all(text[act["start"] : act["end"]] == act["quote"] for act in found)


def test_the_register_of_the_first_statement():
    register = auyl.commitments(auyl.read_statement(SEED))
    assert register["stage"].value_counts().to_dict() == {"announced": 7, "done": 4, "under way": 2}
    quotes = set(register["quote"])
    assert {"the main layout has been approved", "a special economic zone established"} <= quotes
    assert {"the creation of industrial zones", "work underway on design documentation"} <= quotes
    assert any("offtake contracts" in quote for quote in quotes)
    assert any("transfer of additional taxes" in quote for quote in quotes)


def test_a_text_without_acts_has_an_empty_register():
    register = auyl.commitments(auyl.Statement("Some 12 schools.", date="2025-01-01"))
    assert register.empty and list(register.columns)[:2] == ["source_id", "sentence"]
