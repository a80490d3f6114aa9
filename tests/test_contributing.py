"""The worked example of a fourth language in CONTRIBUTING.md: its file and its rows are what is tested."""

import re
from pathlib import Path

import pytest

from auyl.reading import lexicon
from auyl.reading.document import read_figures

PAGE = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8").split("### A fourth language")[1]
VOCABULARY = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)[1]
ROWS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.splitlines() if line.startswith("| ")]


@pytest.fixture
def kyrgyz(tmp_path, monkeypatch):
    """The page's file beside units.toml, for one test."""
    (tmp_path / "units.toml").write_bytes((lexicon.FOLDER / "units.toml").read_bytes())
    (tmp_path / "ky.toml").write_text(VOCABULARY, encoding="utf-8")
    monkeypatch.setattr(lexicon, "FOLDER", tmp_path)
    yield tmp_path / "ky.toml"
    lexicon.lexicon.cache_clear()


@pytest.mark.parametrize("row", ROWS[1:], ids=lambda row: row[0])
def test_the_fourth_language_reads_what_the_page_says(kyrgyz, row):
    rows, _ = read_figures(row[0], "2025-06-01", "ky")
    years = [f"{found['start_year']}" if found["start_year"] else "" for found in rows]
    assert [[row[0], f"{found['value']:g}", found["unit"], found["bound"], *years] for found in rows] == [
        [row[0], f"{float(row[1]):g}", *row[2:]]
    ]


def test_a_language_file_needs_no_section_at_all(kyrgyz):
    kyrgyz.write_text("", encoding="utf-8")
    rows, _ = read_figures("2 айыл, 5% in 2024, $3.5 bn; (10:30) 1–2 км № 4", "2025-06-01", "ky")
    assert [(found["value"], found["unit"]) for found in rows[:2]] == [(2, None), (5, "percent")]
