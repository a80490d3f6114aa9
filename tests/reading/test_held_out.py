"""Statements nobody looked at when the rules were first written: how well such texts are read, as floors.

tests/cases/more_statements_*.jsonl: written for these tests, some figures real, some invented; no source of facts.
"""

import sys
from pathlib import Path

import pytest

from auyl.reading.document import read_figures

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bench.scoring import read_cases, score  # noqa: E402

FLOORS = {"value": 97, "value+unit": 90, "value+bound": 93, "status": 87, "years": 88, "subject": 96, "indicator": 93}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_texts_of_other_kinds_are_read_well(language: str):
    cases = read_cases(ROOT / "tests" / "cases" / f"more_statements_{language}.jsonl")
    scores = score((case["figures"], read_figures(case["text"], case["date"], case["lang"])[0]) for case in cases)
    assert {name: round(scores[name], 1) for name, floor in FLOORS.items() if scores[name] < floor} == {}
