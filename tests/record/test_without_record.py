"""Every notebook runs, and says what it cannot compare, without a record or on a statement it has nothing about.

The cells are executed here in one process: a kernel for each run would cost a minute and show nothing more.
"""

import ast
import shutil
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
SEED = "2025-08-28_regional_development_concept"
FOREIGN = (
    "Nairobi, 2 May 2024. The Ministry of Water allocated 12.5 billion shillings between 2020 and 2023 to 450 projects "
    "in 230 villages. Access to safe water stands at 61% and is to reach 80% by 2027. Revenues grew 2.5 times."
)
PASSPORT = "title: Water\npublisher: Daily Test\npublished: 2024-05-02\nlanguage: en\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("seeds", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "seeds" / "2024-05-02_water.txt").write_text(FOREIGN, encoding="utf-8")
    (tmp_path / "seeds" / "2024-05-02_water.yml").write_text(PASSPORT, encoding="utf-8")
    monkeypatch.setenv("AUYL_HOME", str(tmp_path))
    return tmp_path


def shown(path: Path, statement: str) -> list[str]:
    """What the notebook's cells display when they run in order with this statement."""
    names: dict[str, object] = {}
    told = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, path.name, "exec"), names)  # noqa: S102 - our own notebooks
        if last is not None:
            told.append(repr(eval(compile(ast.Expression(last.value), path.name, "eval"), names)))  # noqa: S307
        if "parameters" in cell.metadata.get("tags", []):
            names["statement"] = statement
    return told


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem[:2])
def test_runs_with_an_empty_record(path: Path, project: Path):
    header = (project / "data" / "published.csv").read_text(encoding="utf-8").splitlines()[0]
    (project / "data" / "published.csv").write_text(f"{header}\n", encoding="utf-8")
    for name in ("context.csv", "regional.csv", "regions.csv"):
        (project / "data" / name).unlink()
    told = "\n".join(shown(path, SEED))
    says = {
        "01": "at least 116.8 million tenge a project",
        "02": "about 2 projects a village",
        "03": "No earlier level is on record",
        "04": "from 2009 to August 2025, at least 6,800 a year",
        "05": "Nothing is on record that the statement’s figures of these programmes and years could be held against.",
        "06": "Of the statement’s own plans and aims, by 31 March 2026",
    }
    assert says.get(path.stem[:2], "15 figures") in told


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem[:2])
def test_runs_on_another_countrys_statement(path: Path, project: Path):
    told = "\n".join(shown(path, "2024-05-02_water"))
    says = {
        "01": "for 450 projects is 27.8 million Kenyan shillings a project",  # 12.5 bn / 450
        "02": "54.3 million Kenyan shillings a village",  # 12.5 bn / 230
        "03": "61% in 2024, 80% to be reached by 2027: 19 points to rise, 6.3 points a year",
        "04": "no total of people",
        "05": "The statement names no programme, so none of its figures could be matched",
        "06": "could be followed",
    }
    assert says.get(path.stem[:2], "figures") in told
    assert "Kazinform" not in told  # nothing of another country's record


def test_villages_are_divided_where_only_some_of_them_are_paid(project: Path):
    """The statement pays 15 villages of 2023; others published what the 40 of 2019–2022 got."""
    text = (
        "In 2019–2022 the Auyl – El Besigi programme covered 40 villages of Atyrau region and carried out 41 projects, "
        "3 of them schools. In 2023, 5.8 billion tenge is planned for 22 projects in 15 villages of Atyrau region by "
        "the Auyl – El Besigi programme."
    )
    (project / "seeds" / "2024-05-02_water.txt").write_text(text, encoding="utf-8")
    (project / "seeds" / "2024-05-02_water.yml").write_text(
        PASSPORT.replace("2024-05-02", "2023-02-15"), encoding="utf-8"
    )
    told = "\n".join(shown(next(path for path in NOTEBOOKS if path.stem.startswith("02")), "2024-05-02_water"))
    assert "386.7 million tenge a village" in told  # 5.8 bn / 15
