"""The worked example of a fourth language in CONTRIBUTING.md: its file and its rows are what is tested."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from auyl.reading import lexicon
from auyl.reading.document import read_figures

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("### A fourth language")[1]
VOCABULARY = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)[1]
ROWS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.splitlines() if line.startswith("| ")]


@pytest.fixture
def kyrgyz(tmp_path, monkeypatch):
    """The page's file beside those of the other languages, for one test."""
    shutil.copytree(lexicon.FOLDER, tmp_path, dirs_exist_ok=True)
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


def test_the_rows_of_a_fourth_language_are_tested_like_the_others(tmp_path):
    """In a copy: the page's vocabulary and a file of examples are put in place, and nothing else is touched."""
    for folder in ("lib", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "browser"))
    (tmp_path / "lib" / "auyl" / "reading" / "vocabulary" / "ky.toml").write_text(VOCABULARY, encoding="utf-8")
    header = "phrase\tvalue\tunit\thedge\tbound\tlow\thigh\n"
    rows = "".join(f"{phrase}\t{value}\t{unit}\t\t{bound}\t\t\n" for phrase, value, unit, bound, _ in ROWS[1:2])
    (tmp_path / "tests" / "cases" / "quantities_ky.tsv").write_text(header + rows, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", "-k", "ky:"]
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "lib")}
    file = tmp_path / "tests" / "test_quantities.py"
    done = subprocess.run([*command, str(file)], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0 and "2 passed" in done.stdout, done.stdout
    helped = [sys.executable, "-m", "auyl", "figures", "--help"]
    told = subprocess.run(helped, env=environment, capture_output=True, text=True).stdout
    assert "en or kk or ky or ru" in " ".join(told.split())


def test_a_language_file_needs_no_section_at_all(kyrgyz):
    kyrgyz.write_text("", encoding="utf-8")
    rows, _ = read_figures("2 айыл, 5% in 2024, $3.5 bn; (10:30) 1–2 км № 4", "2025-06-01", "ky")
    assert [(found["value"], found["unit"]) for found in rows[:2]] == [(2, None), (5, "percent")]
