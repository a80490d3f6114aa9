"""Reruns: another statement and other parameters change the answer, as worked out by hand; what lacks is said.

The second statement (tests/statements/2026-03-12_rural_review.txt) is invented. By hand, from its text:
  money per project  320 bn / more than 2,500  = at most 128.0 mn, 2021–2025
  villages           900 / 300                 = 3 projects each; 3 × 128.0 = at most 384.0 mn; 6,124 / 300 = 20.4 years
  targets            (73 − 58) / (2031 − 2026) = 3.0 points a year; (73 / 58)^(1/5) − 1 = 4.7%
  missing            initiatives of Auyl Amanaty (no count), a present level of the small-business share
"""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest

from auyl.report import Run, run_notebook

ROOT = Path(__file__).parents[1]
SEED = "2025-08-28_regional_development_concept"
NOTEBOOKS = ("00_start_here", "01_funding_per_project", "02_village_allocations", "03_target_gaps")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of its own: the test statements as seeds, the first one, and a copy of it with one digit changed."""
    home = tmp_path_factory.mktemp("reruns")
    (home / "data").symlink_to(ROOT / "data")
    (home / "notebooks").symlink_to(ROOT / "notebooks")
    (home / "seeds").mkdir()
    for path in (*(ROOT / "seeds").iterdir(), *(ROOT / "tests" / "statements").iterdir()):
        shutil.copy(path, home / "seeds")
    text = (ROOT / "seeds" / f"{SEED}.txt").read_text(encoding="utf-8")
    (home / "seeds" / "changed.txt").write_text(text.replace("701 billion", "702 billion"), encoding="utf-8")
    passport = (ROOT / "seeds" / f"{SEED}.yml").read_text(encoding="utf-8")
    lines = [line for line in passport.splitlines() if not line.startswith("sha256")]
    (home / "seeds" / "changed.yml").write_text("\n".join(lines), encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def run(project: Path):
    """Runs notebooks with parameters, two at a time; gives each one's whole output as text, or its error."""
    before = os.environ.get("AUYL_HOME")
    os.environ["AUYL_HOME"] = str(project)

    def of(names, **parameters) -> dict[str, str]:
        with ThreadPoolExecutor(2) as pool:
            jobs = {
                name: pool.submit(run_notebook, Run(ROOT / "notebooks" / f"{name}.ipynb", parameters), 120)
                for name in names
            }
        return {name: output_text(job.result()) for name, job in jobs.items()}

    yield of
    os.environ.pop("AUYL_HOME")
    if before:
        os.environ["AUYL_HOME"] = before


def output_text(notebook: nbformat.NotebookNode) -> str:
    texts = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            texts.append(
                output.evalue if output.output_type == "error" else output.get("data", {}).get("text/plain", "")
            )
    return "\n".join(texts)


def test_a_second_statement_gives_its_own_answers(run):
    told = run(NOTEBOOKS, statement="2026-03-12_rural_review")
    assert "at most 128.0 million tenge for each project of 2021–2025" in told["01_funding_per_project"]
    assert "3 projects for each village in 2026" in told["02_village_allocations"]
    assert "at most 384.0 million tenge a village" in told["02_village_allocations"]
    assert "20.4 years" in told["02_village_allocations"]
    assert "15 points, 3.0 a year or 4.7% a year" in told["03_target_gaps"]
    assert "the statement gives no present level" in told["03_target_gaps"]
    for text in told.values():
        assert "116.8" not in text  # the first statement's answer


@pytest.mark.parametrize("statement", ["2026-04-01_no_figures", "2026-05-20_money_only"])
def test_what_a_statement_lacks_is_said_in_a_sentence(run, statement):
    told = run(NOTEBOOKS, statement=statement)
    assert "No cost per project: it needs" in told["01_funding_per_project"]
    assert "No allocation per village: it needs" in told["02_village_allocations"]
    assert "No distance to a target: it needs" in told["03_target_gaps"]
    assert not any("Error" in text for text in told.values())


def test_a_russian_statement_is_read_as_well(run):
    # 240 bn / more than 2,000 = at most 120.0 mn; 600 / 200 = 3 projects a village
    told = run(("01_funding_per_project", "02_village_allocations"), statement="2026-06-02_russian_review")
    assert "at most 120.0 million tenge for each project of 2021–2025" in told["01_funding_per_project"]
    assert "3 projects for each village in 2026" in told["02_village_allocations"]


def test_one_digit_in_the_text_changes_the_answer(run):
    # 702 bn / up to 6,000 = at least 117.0 mn
    assert "at least 117.0 million tenge" in run(NOTEBOOKS[1:2], statement="changed")[NOTEBOOKS[1]]


def test_other_parameters_change_the_answer(run):
    told = run(NOTEBOOKS[1:2], price_year=0, project_counts=[7010])[NOTEBOOKS[1]]
    assert "Money is as printed" in told
    assert "7,010 projects" in told and "100.0" in told  # 701 bn / 7,010
    told = run(NOTEBOOKS[2:3], assumed_cost_mn=150, villages_total=6000)[NOTEBOOKS[2]]
    assert "300.0 million" in told  # about 2 projects × 150
    assert "12.0 years" in told  # 6,000 / 500


@pytest.mark.parametrize(
    ("notebook", "parameters", "message"),
    [
        ("01_funding_per_project", {"statement": "nowhere"}, "there is no statement 'nowhere' in seeds/"),
        ("01_funding_per_project", {"statement": "../secrets"}, "'../secrets' is no statement's id"),
        (
            "01_funding_per_project",
            {"project_counts": "[-5]"},
            "project_counts is '-5': give a number that is not negative",
        ),
        ("01_funding_per_project", {"price_year": "last"}, "price_year is 'last': give a number"),
        ("02_village_allocations", {"villages_total": -3}, "villages_total is -3: give a number that is not negative"),
        ("03_target_gaps", {"yearly_points": "fast"}, "yearly_points is 'fast': give a number"),
    ],
)
def test_a_wrong_parameter_stops_with_one_line_that_names_it(run, notebook, parameters, message):
    assert message in run((notebook,), **parameters)[notebook]


def test_papermill_runs_a_notebook_from_any_folder(project, tmp_path):
    papermill = Path(sys.executable).with_name("papermill")
    source = ROOT / "notebooks" / "01_funding_per_project.ipynb"
    command = [papermill, source, "out.ipynb", "-p", "statement", "2026-03-12_rural_review", "-p", "price_year", "0"]
    environment = os.environ | {"AUYL_HOME": str(project), "PATH": f"{papermill.parent}:{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told = output_text(nbformat.read(tmp_path / "out.ipynb", as_version=4))
    assert "at most 128.0 million tenge" in told and "Money is as printed" in told
