"""`auyl.answers` on statements of other domains and countries: what is said is true, what holds is said."""

import json
from pathlib import Path

import pandas as pd
import pytest

import auyl
from auyl.measures.answers import DTYPES

CASES = Path(__file__).parents[1] / "cases" / "answers.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
SEED = "2025-08-28_regional_development_concept"


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_what_is_said_of_a_statement_is_what_its_words_carry(row):
    answers = auyl.answers(auyl.Statement(row["text"], date=row["date"], language=row["lang"]))
    said = answers[answers["said"]]
    told = sorted((r.measure, f"{r.value:.6g}", r.bound) for r in said.itertuples())
    assert told == sorted((measure, f"{value:.6g}", bound) for measure, value, bound in row["said"])
    assert answers.loc[~answers["said"], "why_not"].notna().all()
    assert said["evidence"].notna().all()
    assert said["why_not"].isna().all()


def test_the_seed_says_its_four_answers_and_holds_back_the_rest():
    statement = auyl.read_statement(SEED)
    answers = auyl.answers(statement)
    told = [(r.measure, r.value, r.bound) for r in answers[answers["said"]].itertuples()]
    # 701 billion over up to 6,000; nearly 450 billion over 25,000; around 1,000 over 500; 70 less 64
    assert told == [
        ("cost_per_project", pytest.approx(701e9 / 6000), "at_least"),
        ("cost_per_project", 18e6, "at_most"),
        ("projects_per_village", 2.0, "about"),
        ("gap", 6.0, "exact"),
    ]
    quotes = dict(zip(*(auyl.figures(statement)[name] for name in ("figure_id", "quote")), strict=True))
    first = [quotes[figure] for figure in answers["figure_ids"].iloc[0].split(",")]
    assert first == ["701 billion tenge", "up to 6,000 projects"]


def test_the_table_is_plain_and_survives_a_file(tmp_path):
    answers = auyl.answers(auyl.read_statement(SEED))
    assert {name: str(dtype) for name, dtype in answers.dtypes.items()} == {
        name: str(pd.array([], dtype=dtype).dtype) for name, dtype in DTYPES.items()
    }
    answers.to_parquet(tmp_path / "answers.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "answers.parquet").astype(DTYPES), answers)


def test_a_statement_without_figures_has_no_answers():
    answers = auyl.answers(auyl.Statement("The minister thanked everybody.", date="2025-01-01", language="en"))
    assert answers.empty
    assert list(answers) == list(DTYPES)


def test_a_pair_that_a_person_confirmed_is_said_whatever_its_rivals():
    text = "The fund gave 40 million euros in 2024. In 2024 it finished 80 projects and 90 projects."
    figures = auyl.figures(auyl.Statement(text, date="2025-01-01", language="en"))
    money, count = figures.loc[[0, 1], "figure_id"]
    assert not auyl.side_by_side(figures, ["allocation", "projects"])["said"].any()
    figures.attrs["confirmed"] = [[money, count]]
    pairs = auyl.side_by_side(figures, ["allocation", "projects"])
    assert pairs["said"].all()
    assert pairs["projects_id"].tolist() == [count]
