"""A figure that a reader found enters the record: read, checked, held against what is there."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from auyl.__main__ import main
from auyl.record import read_published

ROOT = Path(__file__).parents[2]
SEED = "2025-08-28_regional_development_concept"
LATER = "2026-03-12_rural_review"
PROJECTS = ["--subject", "auyl_el_besigi", "--indicator", "projects"]
MONEY = ["--subject", "auyl_el_besigi", "--indicator", "allocation"]
PAGE = ["--publisher", "The Daily", "--address", "https://example.org/1", "--date", "2025-09-01"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("seeds", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for path in (ROOT / "tests" / "statements").glob(f"{LATER}.*"):
        shutil.copy(path, tmp_path / "seeds")
    monkeypatch.setenv("AUYL_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["record", *words])


def lines(home: Path) -> list[str]:
    return (home / "data" / "published.csv").read_text(encoding="utf-8").splitlines()


def test_a_row_is_one_line_more(home):
    before = lines(home)
    told = run("add", "up to 6,000 projects between 2019 and 2024", *PROJECTS, *PAGE)
    assert told.exit_code == 0, told.output
    assert lines(home)[:-1] == before
    row = read_published().iloc[-1]
    assert row[["published_id", "value", "high", "bound"]].tolist() == ["p543", 6000, 6000, "at_most"]
    assert pd.isna(row["low"])
    assert row[["unit", "status", "start_year", "end_year"]].tolist() == ["project", "actual", 2019, 2024]
    assert row[["ref_area", "publisher", "date"]].tolist() == ["KZ", "The Daily", "2025-09-01"]


def test_it_is_told_what_a_row_repeats_and_contradicts(home):
    told = run("add", "up to 6,000 projects", "--years", "2019-2024", *PROJECTS, *PAGE, "--dry-run").output
    assert "repeats p002 (The Europe Today, 2025-08-28)" in told
    assert "contradicts p096" in told  # more than 6,600
    plan = run("add", "198 billion tenge", "--years", "2023", "--status", "planned", *MONEY, *PAGE, "--dry-run").output
    assert "differs from p054" in plan and "repeats p085" in plan
    assert "p073" not in plan  # what was given contradicts no plan


def test_counts_of_other_days_or_ways_are_not_held_against_each_other(home):
    people = ["--subject", "rural_settlements", "--indicator", "population", "--years", "2026", *PAGE, "--dry-run"]
    assert "contradicts p425" in run("add", "7,400,000 people", *people).output
    final = run("add", "7,400,000 people", *people, "--basis", "bns_6584", "--as-of", "2026-01-01").output
    assert "contradicts p510" in final
    assert "p425" not in final and "p491" not in final


def test_the_same_figure_of_the_same_page_is_not_added_twice(home):
    before = lines(home)
    page = ["--publisher", "The Europe Today", "--address", read_published().at[0, "address"]]
    told = run("add", "701 billion tenge", "--years", "2019-2024", *MONEY, *page)
    assert told.exit_code == 2 and "stands in p001 already" in told.output
    assert lines(home) == before


def test_a_row_takes_the_place_of_another(home):
    told = run("add", "205 billion tenge", "--years", "2023", "--status", "planned", *MONEY, *PAGE, "--revises", "p085")
    assert told.exit_code == 0, told.output
    assert read_published().set_index("published_id").at["p085", "revised_by"] == "p543"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing here", *MONEY, *PAGE], "should hold one figure, and holds none"),
        (["3 schools and 4 clinics", *MONEY, *PAGE], "should hold one figure, and holds 3 schools, 4 clinics"),
        (["3 billion tenge", *MONEY], "the row lacks publisher, address"),
        (["3 billion tenge", *MONEY, *PAGE, "--area", "Abai"], "ref_area 'Abai' is no ISO 3166 code"),
        (["3 billion tenge", *MONEY, *PAGE, "--status", "done"], "status is 'done', not one of actual"),
        (["3 billion tenge", *MONEY, *PAGE, "--years", "soon"], "years 'soon': write 2023 or 2019-2024"),
        (["3 billion tenge", *MONEY, *PAGE, "--caution", "rumour"], "caution 'rumour' is none of partial_regions"),
        (["3 billion tenge", *MONEY, *PAGE, "--revises", "p999"], "--revises p999: name the one row"),
        ([*MONEY, *PAGE], "give the figure's words, or --file"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_and_nothing_is_written(home, words, said):
    before = lines(home)
    told = run("add", *words)
    assert told.exit_code == 2 and said in told.output, told.output
    assert told.output.count("\n") == 1
    assert lines(home) == before


def test_a_collection_without_a_record_is_told_that_it_needs_one(home):
    (home / "data" / "published.csv").unlink()
    told = run("add", "3 billion tenge", *MONEY, *PAGE)
    assert told.exit_code == 2 and "needs a copy of one first" in told.output


def test_an_undated_page_has_no_this_year(home):
    page = ["--publisher", "The Daily", "--address", "https://example.org/1"]
    run("add", "900 projects are planned this year", *PROJECTS, *page)
    row = read_published().iloc[-1]
    assert row["status"] == "planned" and pd.isna(row["end_year"]) and pd.isna(row["date"])


def test_a_statement_proposes_what_it_says_of_earlier_years_for_a_person_to_look_at(home):
    before = lines(home)
    told = run("from", LATER)
    assert told.exit_code == 0 and "2 rows proposed" in told.output
    assert lines(home) == before
    proposed = pd.read_csv(home / f"{LATER}.proposed.csv", dtype="string")
    assert proposed["quote"].tolist() == ["320 billion tenge", "more than 2,500 projects"]
    assert proposed["date"].tolist() == ["2026-03-12"] * 2
    everything = run("from", LATER, "--all", "--out", "all.csv")
    assert "all.csv" in everything.output
    assert len(pd.read_csv(home / "all.csv")) > 2  # its plans and aims too

    added = run("add", "--file", f"{LATER}.proposed.csv")
    assert added.exit_code == 0, added.output
    assert read_published()["value"].tail(2).tolist() == [320e9, 2500]
    again = run("from", LATER)
    assert "nothing to propose" in again.output


def test_what_the_record_has_of_the_statement_itself_is_not_proposed(home):
    assert "nothing to propose" in run("from", SEED).output


def test_check_tells_the_rows_and_the_sums(home):
    told = run("check")
    assert told.exit_code == 0, told.output
    assert "published.csv: 542 rows" in told.output and "withdrawal" in told.output
    path = home / "data" / "regional.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("withdrawal,KZ-23,2026,262404282000", "withdrawal,KZ-23,2026,262404283000"), "utf-8")
    wrong = run("check")
    assert wrong.exit_code == 2 and "withdrawal of 2026: 3 regions add up to 879,947,070,000.0" in wrong.output
