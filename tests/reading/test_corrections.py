"""A person's word: what a file of corrections changes of a reading, and what it may not."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import auyl
from auyl.cli import main
from auyl.doubts import SAYS, doubts
from auyl.project import home
from auyl.reading.corrections import csv_line, read_corrections
from auyl.reports import manifest

SEED = "2025-08-28_regional_development_concept"
HEADER = "start,quote,column,value,why\n"
TEXT = "In 2024, the region got 701 billion tenge for up to 6,000 projects. Half of School No. 24 was given 5 rooms."


def statement(*lines: tuple[str, str, str], text: str = TEXT) -> auyl.Statement:
    """The text with corrections of (quote, column, value), each of a reader who asked the ministry."""
    raw = HEADER + "\n".join(csv_line(("", *line, "the ministry said so")) for line in lines)
    return auyl.Statement(text, "2025-01-15", "en", corrections=read_corrections(raw.encode(), "it.csv", text))


def figure(table: pd.DataFrame, quote: str) -> pd.Series:
    return table[table["quote"] == quote].iloc[0]


MENDS = [  # quote, column, value, and what the figure then has
    ("6,000 projects", "value", "5000", {"value": 5000, "high": 5000, "bound": "at_most"}),
    ("701 billion tenge", "value", "7.01e11", {"value": 701e9, "low": 700.5e9, "high": 701.5e9}),
    ("701 billion tenge", "value", "701e6", {"value": 701e6, "low": 700.5e6, "high": 701.5e6}),
    ("701 billion tenge", "value", "more than 3 million tenge", {"value": 3e6, "bound": "at_least", "unit": "KZT"}),
    ("6,000 projects", "value", "80 to 90 projects", {"value": 85, "low": 80, "high": 90, "bound": "range"}),
    ("701 billion tenge", "bound", "about", {"bound": "about", "low": pd.NA, "high": pd.NA}),
    ("701 billion tenge", "bound", "at_least", {"bound": "at_least", "low": 701e9, "high": pd.NA}),
    ("701 billion tenge", "unit", "USD", {"unit": "USD", "unit_from": "correction"}),
    ("701 billion tenge", "status", "planned", {"status": "planned", "status_from": "correction"}),
    ("701 billion tenge", "years", "2019–2024", {"start_year": 2019, "end_year": 2024, "years_from": "correction"}),
    ("701 billion tenge", "years", "2025", {"start_year": 2025, "end_year": 2025}),
    ("701 billion tenge", "years", "", {"start_year": pd.NA, "end_year": pd.NA, "years_from": pd.NA}),
    ("701 billion tenge", "place", "KZ-10", {"place": "KZ-10", "place_from": "correction"}),
    ("6,000 projects", "part", "roads", {"part": "roads", "place_from": "correction"}),
    ("701 billion tenge", "programme", "Roads for All", {"programme": "Roads for All", "subject_from": "correction"}),
    (
        "701 billion tenge",
        "subject",
        "auyl_el_besigi",
        {"subject": "auyl_el_besigi", "programme": "Auyl – Yel besigi", "subject_from": "correction"},
    ),
]


@pytest.mark.parametrize(("quote", "column", "value", "has"), MENDS, ids=lambda part: str(part)[:24])
def test_a_line_mends_a_reading_and_stands_as_its_evidence(quote, column, value, has):
    before = auyl.figures(statement())
    after = auyl.figures(statement((quote, column, value)))
    mended = after[after["quote"].str.contains(quote)].iloc[0]
    for name, expected in has.items():
        assert pd.isna(mended[name]) if expected is pd.NA else mended[name] == pytest.approx(expected), name
    others = after["start"] != mended["start"]
    pd.testing.assert_frame_equal(after[others], before[others], check_categorical=False)


def test_what_is_no_figure_is_dropped_and_what_was_missed_is_added():
    assert "5 rooms" in set(auyl.figures(statement())["quote"])
    after = auyl.figures(
        statement(
            ("5 rooms", "figure", "drop"),
            ("No. 24", "add", "24 schools"),
            ("No. 24", "status", "planned"),
            ("No. 24", "years", "2026"),
        )
    )
    assert "5 rooms" not in set(after["quote"])
    added = figure(after, "No. 24")
    assert (added["value"], added["unit"], added["status"], added["start_year"]) == (24, "school", "planned", 2026)
    assert set(added[["unit_from", "status_from", "years_from"]]) == {"correction"}
    assert added["sentence"] == 2 and TEXT[added["start"] : added["end"]] == "No. 24"
    assert list(after["figure_id"]) == [f"statement#{number:02}" for number in range(1, len(after) + 1)]
    auyl.check(after)


def test_an_addition_without_a_value_reads_its_own_quote():
    text = "Line 12 of the plan: see School No. 7 with 300 seats of 40 rooms."
    table = auyl.figures(statement(("300 seats", "figure", "drop"), ("300 seats", "add", ""), text=text))
    assert figure(table, "300 seats")["value"] == 300


def test_a_confirmed_pair_rests_on_the_persons_word():
    table = auyl.figures(statement(("701 billion tenge", "confirm", "6,000 projects")))
    pair = table[table["quote"].isin(["701 billion tenge", "up to 6,000 projects"])]
    assert set(pair["years_from"]) == set(pair["status_from"]) == {"correction"}
    assert table.attrs["confirmed"] == [list(pair["figure_id"])]
    assert "confirmed" not in auyl.figures(statement()).attrs


def test_what_was_corrected_is_told_with_what_had_been_read():
    told = statement(("5 rooms", "figure", "drop"), ("701 billion tenge", "unit", "USD")).mended.made
    assert [(one.correction.column, one.read, one.figure and one.figure.unit) for one in told] == [
        ("figure", "5 rooms", None),
        ("unit", "KZT", "USD"),
    ]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("start,quote\n", "the first line must be start,quote,column,value,why"),
        ("", "the first line must be start,quote,column,value,why"),
        (HEADER + "0,In 2024\n", "it.csv line 2 has 2 entries, not 5"),
        (HEADER + "0,no such words,unit,USD,w\n", "line 2: the text does not have 'no such words' at 0; it stands now"),
        (HEADER + "3,701 billion,unit,USD,w\n", "line 2: the text does not have '701 billion' at 3; it stands at 24"),
        (HEADER + ",o,unit,USD,w\n", "does not have 'o' once; it stands at 17, 21, 33, 43, 50"),
        (HEADER + ", ,unit,USD,w\n", "line 2 quotes nothing"),
        (HEADER + ",701 billion,unit,USD,\n", "line 2 says no why"),
        (HEADER + ",701 billion,units,USD,w\n", "line 2: 'units' is no column that can be corrected"),
        (HEADER + ',"701 billion,unit,USD,w\n', "is no comma-separated text in UTF-8"),
        (HEADER.encode("utf-16"), "is no comma-separated text in UTF-8"),
    ],
)
def test_a_line_that_does_not_fit_the_text_is_refused_in_one_sentence(lines, says):
    with pytest.raises(auyl.StatementError) as stop:
        read_corrections(lines if isinstance(lines, bytes) else lines.encode(), "it.csv", TEXT)
    assert says in str(stop.value) and "\n" not in str(stop.value)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("the region", "unit", "USD"), "no figure was read at 'the region': the column add adds one"),
        (("701 billion tenge for up to 6,000 projects", "unit", "USD"), "quote one figure"),
        (("701 billion tenge", "unit", "9"), "unit '9': is no unit"),
        (("701 billion tenge", "status", "done"), "status 'done': is none of actual, planned, target, projected"),
        (("701 billion tenge", "bound", "roughly"), "is none of exact, about"),
        (("701 billion tenge", "years", "soon"), "is no period: write 2025 or 2019-2024"),
        (("701 billion tenge", "years", "2024-2019"), "the period 2024–2019 ends before it begins"),
        (("701 billion tenge", "end_year", ""), "a period has both start_year and end_year"),
        (("701 billion tenge", "bound", "range"), "the two ends of a range are a value: 80 to 90"),
        (("701 billion tenge", "value", ""), "no figure is read in ''"),
        (("701 billion tenge", "value", "a lot"), "no figure is read in 'a lot'"),
        (("701 billion tenge", "value", "3 roads and 4 schools"), "2 figures are read in"),
        (("701 billion tenge", "subject", "roads"), "subject 'roads': is none of the catalogue"),
        (("701 billion tenge", "indicator", "allocation"), "is none of the subject None: none"),
        (("701 billion tenge", "figure", "keep"), "the one value of this column is drop"),
        (("701 billion", "add", "7 roads"), "'701 billion tenge' is a figure there already"),
        (("701 billion tenge", "confirm", "projects of roads"), "is no figure's quote or start"),
        (("701 billion tenge", "confirm", "701 billion"), "is the same figure"),
    ],
)
def test_a_line_that_does_not_fit_what_was_read_is_refused_in_one_sentence(line, says):
    with pytest.raises(auyl.StatementError) as stop:
        auyl.figures(statement(line))
    assert says in str(stop.value) and "\n" not in str(stop.value)
    assert "corrections.csv" in str(stop.value)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "seeds").mkdir()
    for ending in (".txt", ".yml"):
        shutil.copy(home() / "seeds" / f"{SEED}{ending}", tmp_path / "seeds")
    monkeypatch.setenv("AUYL_HOME", str(tmp_path))
    return tmp_path


def test_the_file_beside_a_seed_counts_and_without_it_all_is_as_before(project):
    before, checksum = auyl.figures(auyl.read_statement(SEED)), manifest.statement_checksum(SEED)
    file = project / "seeds" / f"{SEED}.corrections.csv"
    file.write_text(HEADER + ",701 billion tenge,years,2020-2024,the ministry said so\n", encoding="utf-8")
    after = auyl.figures(auyl.read_statement(SEED))
    assert figure(after, "701 billion tenge")["start_year"] == 2020
    assert manifest.statement_checksum(SEED) != checksum, "a report made before it must be made anew"
    told = CliRunner().invoke(main, ["figures", SEED]).stdout
    assert "2020" in next(line for line in told.splitlines() if "701 billion tenge" in line)
    file.unlink()
    pd.testing.assert_frame_equal(auyl.figures(auyl.read_statement(SEED)), before)
    assert manifest.statement_checksum(SEED) == checksum


def test_check_lists_the_weakest_first_with_the_line_that_settles_each(project):
    lines = CliRunner().invoke(main, ["check", SEED]).stdout.splitlines()
    told, printed = lines[:-1:2], lines[1:-1:2]
    reasons = [why for why in SAYS.values() if any(line.endswith(why) for line in told)]
    ends = [
        next(why for why in reasons if line.endswith(why))
        for line in told
        if "no unit" not in line and "held back" not in line
    ]
    assert ends == sorted(ends, key=list(SAYS.values()).index) and len(set(ends)) > 1
    assert lines[-1].startswith(f"{len(told)} to look at.") and lines[-1].endswith(HEADER.strip())
    # each line, signed, is taken, and what it signs is no longer listed
    file = project / "seeds" / f"{SEED}.corrections.csv"
    signed = [line.strip() + "I looked" for line in printed]
    file.write_text(HEADER + "\n".join(signed) + "\n", encoding="utf-8")
    again = CliRunner().invoke(main, ["check", SEED])
    assert again.exit_code == 0, again.stderr
    assert again.stdout.count("corrected by hand:") == len(signed)
    assert "Nothing wants a look" in again.stdout


def test_check_lists_figures_without_a_unit_and_answers_that_are_held_back(monkeypatch):
    text = "In 2024, the region got 701 billion tenge. In 2024, up to 6,000 were built."
    one = auyl.Statement(text, "2025-01-15", "en")
    ids = list(auyl.figures(one)["figure_id"])
    held = {"measure": "cost_per_project", "figure_ids": ",".join(ids), "said": False, "why_not": "two programmes"}
    monkeypatch.setattr("auyl.doubts.answers", lambda statement: pd.DataFrame([held, held | {"said": True}]))
    found = doubts(one)
    assert found[-2].about == "up to 6,000: no unit was read"
    assert found[-2].line == f'{text.index("up to")},"up to 6,000",unit,,'
    assert found[-1].about.endswith("is held back: two programmes")
    assert found[-1].line == f"{text.index('701')},701 billion tenge,confirm,{text.index('up to')},"
    # what a line has settled is listed no more: nothing is counted there, and the pair is one
    lines = HEADER + "\n".join(f"{doubt.line}I looked" for doubt in found[-2:])
    settled = auyl.Statement(text, "2025-01-15", "en", corrections=read_corrections(lines.encode(), "it.csv", text))
    assert not [doubt for doubt in doubts(settled) if "no unit" in doubt.about or "held back" in doubt.about]


def test_check_asks_about_a_fraction_of_a_person():
    text = "The district has 210.4 people. On average 2.4 people share a room."
    told = [doubt.line for doubt in doubts(auyl.Statement(text, "2025-01-15", "en")) if "fraction" in doubt.about]
    assert told == ["17,210.4 people,value,210.4,"]
