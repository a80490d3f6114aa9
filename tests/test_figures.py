"""The tidy table: on the first statement row by row, on texts made strange, and on whole statements as a scoreboard."""

import csv
import json
import sys
import unicodedata
from pathlib import Path

import pandas as pd
import pytest

import auyl
from auyl.readings import read_figures
from auyl.tidy import DTYPES

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases"
SEED = "2025-08-28_regional_development_concept"
sys.path.insert(0, str(ROOT))

from bench.scoring import READINGS, score  # noqa: E402


@pytest.fixture(scope="module")
def seed() -> auyl.Statement:
    return auyl.read_statement(SEED)


def expected() -> list[dict]:
    """The fifteen figures of the first statement, as a careful reader wrote them down."""
    with (CASES / "seed_figures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_text(entry: object) -> str:
    return "" if pd.isna(entry) else str(entry)


def test_the_first_statement_gives_exactly_its_fifteen_figures(seed):
    figures = auyl.figures(seed)
    for column in expected()[0]:
        assert [as_text(entry) for entry in figures[column]] == [row[column] for row in expected()], column


def test_the_bounds_of_the_first_statement(seed):
    figures = auyl.figures(seed).set_index("quote")
    assert figures.loc["701 billion tenge", ["low", "high"]].tolist() == [700.5e9, 701.5e9]
    assert as_text(figures.loc["up to 6,000 projects", "low"]) == ""  # a ceiling leaves the lower side open
    assert figures.loc["up to 6,000 projects", "high"] == 6000
    assert figures.loc["more than 114,000 specialists", "low"] == 114_000
    assert figures.loc["around 1,000 projects", ["low", "high"]].isna().all()


def test_the_data_folder_holds_the_table_of_today(seed):
    stored = pd.read_csv(ROOT / "data" / "figures.csv", dtype=DTYPES)
    pd.testing.assert_frame_equal(auyl.check(stored), auyl.figures(seed), check_categorical=False)


def changed(seed: auyl.Statement, text: str) -> pd.DataFrame:
    return auyl.figures(auyl.Statement(text, date=seed.date, language=seed.language))


def readings(figures: pd.DataFrame) -> list[tuple]:
    columns = ["value", "bound", "unit", "subject", "indicator", "status", "start_year", "end_year"]
    return sorted(tuple(as_text(entry) for entry in row) for row in figures[columns].itertuples(index=False))


def test_another_number_is_another_figure(seed):
    figures = changed(seed, seed.text.replace("701", "702"))
    assert figures.loc[3, "value"] == 702e9
    assert figures.loc[3, "subject"] == "auyl_el_besigi"


def test_the_order_of_paragraphs_does_not_matter(seed):
    paragraphs = seed.text.split("\n\n")
    rural = next(i for i, text in enumerate(paragraphs) if "701 billion" in text)
    local = next(i for i, text in enumerate(paragraphs) if "46 districts" in text)
    paragraphs[rural], paragraphs[local] = paragraphs[local], paragraphs[rural]
    assert readings(changed(seed, "\n\n".join(paragraphs))) == readings(auyl.figures(seed))


def test_the_spelling_of_a_programme_does_not_matter(seed):
    assert "Ayul Amanaty" in seed.text  # as the article has it
    for spelling in ("Auyl Amanaty", "Aul amanaty", "AUYL AMANATY"):
        assert readings(changed(seed, seed.text.replace("Ayul Amanaty", spelling))) == readings(auyl.figures(seed))


def test_relative_periods_follow_the_date(seed):
    figures = auyl.figures(auyl.Statement(seed.text, date="2023-03-01"))
    years = figures.set_index("quote")[["start_year", "end_year"]]
    assert years.loc["around 1,000 projects"].tolist() == [2023, 2023]  # "this year"
    assert years.loc["nearly 450 billion tenge"].tolist() == [2024, 2026]  # "over the next three years"


STRANGE = {
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "old Mac line ends": lambda text: text.replace("\n", "\r"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "accents written apart": lambda text: unicodedata.normalize("NFD", text),
    "soft hyphens": lambda text: text.replace("projects", "pro\u00adjects").replace("billion", "bil\u00adlion"),
    "straight quotes": lambda text: text.replace("“", '"').replace("”", '"').replace("–", "-"),
    "wrapped lines": lambda text: text.replace(" tenge was", "\ntenge was").replace(
        "6,000 projects", "6,000\nprojects"
    ),
    "spaces at line ends": lambda text: text.replace("\n", "  \n"),
}


@pytest.mark.parametrize("change", STRANGE.values(), ids=STRANGE)
def test_strange_letters_and_spaces_change_no_reading(seed, change):
    text = change(seed.text)
    figures = changed(seed, text)
    assert readings(figures) == readings(auyl.figures(seed))
    assert [text[start:end] for start, end in zip(figures["start"], figures["end"], strict=True)] == list(
        figures["quote"]
    )


def test_a_text_without_figures_gives_an_empty_table_with_its_columns():
    empty = auyl.figures(auyl.Statement("Nothing to count.", date="2025-01-01"))
    assert len(auyl.check(empty)) == 0
    assert {name: str(dtype) for name, dtype in empty.dtypes.items()}.keys() == DTYPES.keys()
    assert empty["value"].dtype == "Float64"


BROKEN = {
    "low is above the value": lambda t: t.assign(low=t["value"] + 1),
    "a period ends before it begins": lambda t: t.assign(end_year=1990),
    "out of order or overlap": lambda t: t.assign(start=t["start"] - 500),
    "quote": lambda t: t.drop(columns="quote"),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_table_is_refused_with_the_rule_it_breaks(seed, rule):
    with pytest.raises(auyl.AuylError, match=rule):
        auyl.check(BROKEN[rule](auyl.figures(seed)))


def test_what_was_not_read_is_listed_in_order(seed):
    unread = auyl.unread(seed)
    assert set(unread["reason"]) == {"a year", "a date", "a period"}
    assert all(seed.text[row.start : row.end] == row.quote for row in unread.itertuples())
    assert "the next three years" in set(unread["quote"])


# Whole statements: floors, so that a change that loses figures is seen. Own texts, not those a rule was made for.
FLOORS = {"value": 97.0, "value+unit": 94.0, "value+bound": 95.0}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_whole_statements_are_read_as_well_as_promised(language):
    lines = (CASES / f"statements_{language}.jsonl").read_text(encoding="utf-8").splitlines()
    statements = [json.loads(line) for line in lines]
    result = score((s["figures"], read_figures(s["text"], s["date"], s["lang"])[0]) for s in statements)
    for name, floor in FLOORS.items():
        assert result[name] >= floor, (name, result[name])
    for name in READINGS:
        assert result[name] >= 90, (name, result[name])
