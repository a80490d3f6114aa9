"""What a user types: the tidy table printed or written, and every mistake told in one line before a kernel starts."""

import json
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from click.testing import CliRunner

import auyl
from auyl.cli import main
from auyl.project import home

SEED = "2025-08-28_regional_development_concept"
PARAMETERS = f'''statement: str = "{SEED}"  # which statement in seeds/
price_year: int = 2024  # tenge of which year; 0 for tenge as printed
rate: float = 0.5
counts: list = [4000, 5000]
shown: bool = True
label: str = "plain"  # a word'''


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the seed and two notebooks; only the second has `villages`."""
    (tmp_path / "data").symlink_to(home() / "data")
    (tmp_path / "seeds").mkdir()
    for ending in (".txt", ".yml"):
        (tmp_path / "seeds" / f"{SEED}{ending}").symlink_to(home() / "seeds" / f"{SEED}{ending}")
    (tmp_path / "notebooks").mkdir()
    for name, source in (("01_one", PARAMETERS), ("02_two", f"{PARAMETERS}\nvillages: int = 500")):
        cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["parameters"]})
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "notebooks" / f"{name}.ipynb")
    monkeypatch.setenv("AUYL_HOME", str(tmp_path))
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--statement", "no_such"], f'statement: there is no "no_such" in {{seeds}}; it holds: {SEED}.'),
        (["-p", "statement=no_such"], f'statement: there is no "no_such" in {{seeds}}; it holds: {SEED}.'),
        (["--statement", "../../etc/passwd"], 'statement: "../../etc/passwd" is a path; give the name'),
        (["--statement", f"../seeds/{SEED}.txt"], "is a path; give the name"),
        (["--statement", SEED, "-p", "statement=other"], f"statement is given twice: other and {SEED}."),
        (
            ["-p", "price_yaer=2020"],
            'no notebook has a parameter "price_yaer"; known are: counts, label, price_year, rate, shown, statement, '
            "villages.",
        ),
        (["-p", "price_year"], '"price_year": write a parameter as name=value.'),
        (["-p", "price_year=soon"], 'price_year: "soon" is not a whole number (default 2024).'),
        (["-p", "price_year=1800"], "price_year=1800: this is no year (default 2024)."),
        (["-p", "price_year=1e3"], 'price_year: "1e3" is not a whole number (default 2024).'),
        (["-p", "rate=much"], 'rate: "much" is not a number (default 0.5).'),
        (["-p", "rate=nan"], 'rate: "nan" is not a number (default 0.5).'),
        (["-p", "shown=maybe"], 'shown: "maybe" is not true or false (default True).'),
        (["-p", "counts=1,two"], 'counts: "two" is not a whole number in each place (default [4000, 5000]).'),
        (["-p", "villages=-5"], "villages=-5: this parameter cannot be negative."),
        (["-p", "counts=[4000, -1]"], "counts=[4000, -1]: this parameter cannot be negative."),
        (["--only", "07"], '--only 07: there is no notebook "07"; there are: 01_one, 02_two.'),
    ],
)
def test_a_wrong_parameter_is_one_line_and_nothing_is_written(project, arguments, message):
    result = run("report", *arguments)
    assert result.exit_code == 2
    assert message.replace("{seeds}", str(project / "seeds")) in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (project / "reports").exists()


def test_values_are_typed_by_the_notebook_and_reach_those_that_declare_them(project, monkeypatch):
    given = {}

    def build_reports(runs, kept, statement, folder, jobs, timeout):
        given.update({run.notebook.stem: dict(run.parameters) for run in runs}, folder=folder)
        return []

    monkeypatch.setattr("auyl.reports.matrix.build_reports", build_reports)
    arguments = "price_year=0", "rate=1e-3", "counts=[1, 2]", "shown=no", "label=2025", "villages=25_000"
    result = run("report", *(word for text in arguments for word in ("-p", text)))
    assert result.exit_code == 0, result.output
    both = {"price_year": 0, "rate": 0.001, "counts": [1, 2], "shown": False, "label": "2025", "statement": SEED}
    assert given["01_one"] == both
    assert given["02_two"] == both | {"villages": 25000}
    assert given["folder"] == project / "reports"
    assert f"({SEED}): " in result.stdout
    for named in ([SEED], ["--statement", SEED], ["-p", f"statement={SEED}"]):
        given.clear()
        run("report", *named)
        assert given["folder"] == project / "reports" / SEED and given["01_one"] == {"statement": SEED}


def test_of_two_statements_of_one_day_the_choice_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("AUYL_HOME", str(tmp_path))
    monkeypatch.setattr("auyl.reports.matrix.build_reports", lambda *_: [])
    (tmp_path / "seeds").mkdir()
    for name in ("one", "two"):
        (tmp_path / "seeds" / f"{name}.txt").write_text("In 2024, 30 schools were built.", encoding="utf-8")
        passport = "title: t\npublisher: p\npublished: 2025-01-01\nlanguage: en\n"
        (tmp_path / "seeds" / f"{name}.yml").write_text(passport, encoding="utf-8")
    assert "; of others: auyl report NAME\n" in run("report").stdout
    assert "of others" not in run("report", "one").stdout
    for command in ("report", "figures", "answers"):
        assert "auyl: Of one day are two, one: two is taken; name another.\n" in run(command).stderr
    assert "Of one day" not in run("figures", "one").stderr


def test_an_empty_project_says_what_to_put_there(tmp_path, monkeypatch):
    monkeypatch.setenv("AUYL_HOME", str(tmp_path))
    assert f"There is no statement in {tmp_path / 'seeds'}" in run("figures").stderr
    assert f"There is no statement in {tmp_path / 'seeds'}" in run("report").stderr  # by the project's own notebooks
    (tmp_path / "notebooks").mkdir()
    assert f"There is no notebook in {tmp_path / 'notebooks'}" in run("report").stderr


def test_figures_are_printed_in_full_with_what_is_missing_named(project):
    lines = run("figures").stdout.splitlines()
    assert len(lines) == 16  # the seed's fifteen figures under the names of the columns
    assert "701,000,000,000" in next(line for line in lines if "701 billion tenge" in line)
    assert "not stated" in next(line for line in lines if "3.5 times" in line)  # "in recent years" names no year


@pytest.mark.skipif("answers" not in auyl.HOMES, reason="the measures have no table of answers")
def test_answers_are_printed_and_written(project, tmp_path):
    told = run("answers").stdout
    assert "cost_per_project" in told and "116,833,333" in told and "at_least" in told
    out = tmp_path / "answers.csv"
    assert run("answers", SEED, "--out", str(out)).exit_code == 0
    assert list(pd.read_csv(out).columns) == list(auyl.answers(auyl.read_statement(SEED)).columns)


def test_no_figures_is_said_in_words(project):
    text = Path(__file__).parent / "statements" / "2026-04-01_no_figures.txt"
    assert run("figures", str(text)).stdout == "No figures.\n"


@pytest.mark.parametrize(("ending", "read"), [("csv", pd.read_csv), ("parquet", pd.read_parquet)])
def test_figures_are_written_by_the_ending(project, tmp_path, ending, read):
    out = tmp_path / f"figures.{ending}"
    assert run("figures", SEED, "--out", str(out)).stdout.startswith(f"{out}: 15 figures of 1 text, in ")
    table = read(out)
    assert table.shape == (15, 25)  # the columns of the tidy table
    assert table["value"].iloc[3] == 701e9


def test_a_text_file_anywhere_can_be_named(project, tmp_path):
    text = tmp_path / "elsewhere.txt"
    text.write_text("In 2024, 30 schools were built.", encoding="utf-8")
    passport = {"title": "t", "publisher": "p", "published": "2025-01-01", "language": "en"}
    text.with_suffix(".yml").write_text(json.dumps(passport), encoding="utf-8")
    assert "30 schools" in run("figures", str(text)).stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["no_such"], "no_such"),
        (["--out", "figures.xlsx"], 'the ending ".xlsx" is not one of .csv, .parquet.'),
        (["--out", "no/such/folder/figures.csv"], "no/such/folder"),
    ],
)
def test_what_figures_cannot_do_is_one_line(project, arguments, message):
    result = run("figures", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
