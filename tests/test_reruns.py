"""Reruns: another statement and other parameters change the answer, as worked out by hand; what lacks is said.

The second statement (tests/statements/2026-03-12_rural_review.txt) is invented. By hand, from its text:
  money per project  320 bn / more than 2,500  = at most 128.0 mn, 2021–2025
  villages           900 / 300                 = 3 projects each; 3 × 128.0 = at most 384.0 mn; 6,124 / 300 = 20.4 years
  targets            (73 − 58) / (2031 − 2026) = 3.0 points a year; (73 / 58)^(1/5) − 1 = 4.7%
  missing            initiatives of Auyl Amanaty (no count), a present level of the small-business share
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from auyl.reports.plan import Run
from auyl.reports.run import run_notebook

ROOT = Path(__file__).parents[1]
SEED = "2025-08-28_regional_development_concept"
START, FUNDING, VILLAGES, TARGETS = NOTEBOOKS = (
    "00_start_here",
    "01_funding_per_project",
    "02_village_allocations",
    "03_target_gaps",
)
SECOND = "2026-03-12_rural_review"


@dataclass(frozen=True)
class Told:
    """What a notebook that ran says: its first sentences, all of its text, all of its HTML."""

    headline: str
    text: str
    html: str


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of its own: the test statements as seeds, the first one, and a copy of it with one digit changed.

    Its record is empty: what others published says the same of every statement, and would hide a stale sentence.
    """
    home = tmp_path_factory.mktemp("reruns")
    shutil.copytree(ROOT / "data", home / "data")
    header = (ROOT / "data" / "published.csv").read_text(encoding="utf-8").splitlines()[0]
    (home / "data" / "published.csv").write_text(f"{header}\n", encoding="utf-8")
    (home / "notebooks").symlink_to(ROOT / "notebooks")
    (home / "seeds").mkdir()
    for path in (*(ROOT / "seeds").iterdir(), *(ROOT / "tests" / "statements").iterdir()):
        shutil.copy(path, home / "seeds")
    text = (ROOT / "seeds" / f"{SEED}.txt").read_text(encoding="utf-8")
    assert text.count("701 billion") == 1
    (home / "seeds" / "changed.txt").write_text(text.replace("701 billion", "702 billion"), encoding="utf-8")
    passport = (ROOT / "seeds" / f"{SEED}.yml").read_text(encoding="utf-8")
    lines = [line for line in passport.splitlines() if not line.startswith("sha256")]
    (home / "seeds" / "changed.yml").write_text("\n".join(lines), encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def run(project: Path) -> Iterator[Callable[..., list[Told]]]:
    """Runs notebooks, each with its parameters, two at a time; gives what each one says, in that order."""
    before = os.environ.get("AUYL_HOME")
    os.environ["AUYL_HOME"] = str(project)  # the kernels inherit it
    with ThreadPoolExecutor(2) as pool:

        def of(*asked: tuple[str, dict]) -> list[Told]:
            runs = [Run(ROOT / "notebooks" / f"{name}.ipynb", parameters) for name, parameters in asked]
            return [told_by(notebook) for notebook in pool.map(lambda one: run_notebook(one, 120), runs)]

        yield of
    os.environ.pop("AUYL_HOME")
    if before:
        os.environ["AUYL_HOME"] = before


def told_by(notebook: nbformat.NotebookNode) -> Told:
    headline, texts, pages = "", [], []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            texts.append(output.evalue if output.output_type == "error" else data.get("text/plain", ""))
            pages.append(data.get("text/html", ""))
            if "headline" in cell.metadata.get("tags", []):
                headline = texts[-1]
    return Told(headline, "\n".join(texts), "\n".join(pages))


def whole_statement(run: Callable, statement: str) -> list[Told]:
    return run(*((name, {"statement": statement}) for name in NOTEBOOKS))


def test_a_second_statement_gives_its_own_answers(run):
    start, funding, villages, targets = told = whole_statement(run, SECOND)
    assert start.headline.startswith("This statement (Test Gazette, 12 March 2026) gives 8 figures: ")
    assert funding.headline == (
        "Auyl – Yel besigi allocated at most 128.0 million tenge for each project of 2021–2025, on average."
    )
    assert "plans 3 projects for each village in 2026" in villages.headline
    assert "that is at most 384.0 million tenge a village" in villages.headline
    assert "6,124 villages, an assumed number, would take 20.4 years" in villages.text
    assert "is to reach 73% by 2031, from 58% in 2026: 15 points, 3.0 a year or 4.7% a year" in targets.headline
    assert "45% is projected by 2031, but the statement gives no present level" in targets.headline
    # The money whose initiatives the ministry did not number stays in the table, without a cost.
    assert re.search(r"Auyl Amanaty +2026 +planned +not stated", funding.text)
    # The start notebook says the same as the others.
    for other in (funding, villages, targets):
        assert other.headline in start.text
    # Nothing is left of the first statement: 701 bn, 116.8 mn, 233.7 mn, 18.0 mn, 64%, 70%, 40%, 12.2 years.
    for one in told:
        assert not re.search(
            r"\b701\b|\b116\.8|\b233\.7|\b18\.0|\b64%|\b70%|\b40%|\b12\.2 years|Europe Today", one.text
        )


LACKING = (
    "No cost per project: it needs an amount of money and a number of projects, initiatives or loans of one programme",
    "No allocation per village: it needs a number of villages of a programme",
    "No distance to a target: it needs a share to be reached by a year",
)


@pytest.mark.parametrize(
    ("statement", "found"),
    [("2026-04-01_no_figures", "found no figures at all"), ("2026-05-20_money_only", "found 1 figure: “180 billion")],
)
def test_what_a_statement_lacks_is_said_in_one_sentence(run, statement, found):
    start, *others = told = whole_statement(run, statement)
    for one, lacking in zip(others, LACKING, strict=True):
        assert one.headline.startswith(lacking) and found in one.headline and one.headline.count(". ") == 0
        assert one.headline in start.text and "No chart: " in one.text
    assert not any("Error" in one.text for one in told)
    assert "<b>" not in start.html  # the statement's own markup is shown as words


def test_a_russian_statement_is_read_as_well(run):
    # 240 bn / more than 2,000 = at most 120.0 mn; 600 / 200 = 3 projects a village, 3 × 120.0 = 360.0 mn
    start, funding, villages, targets = whole_statement(run, "2026-06-02_russian_review")
    assert "gives 4 figures" in start.headline and '<div lang="ru">' in start.html
    assert "at most 120.0 million tenge for each project of 2021–2025" in funding.headline
    assert "3 projects for each village in 2026" in villages.headline
    assert "at most 360.0 million tenge a village" in villages.headline
    assert targets.headline.startswith(LACKING[2])


def test_one_digit_in_the_text_and_other_parameters_change_the_answer(run):
    changed, counted, assumed, rising = run(
        (FUNDING, {"statement": "changed"}),
        (FUNDING, {"price_year": 0, "project_counts": [7010]}),
        (VILLAGES, {"assumed_cost_mn": 150, "villages_total": 6000}),
        (TARGETS, {"yearly_points": [1.5]}),
    )
    assert "at least 117.0 million tenge" in changed.headline and "116.8" not in changed.text  # 702 bn / up to 6,000
    assert "Money is as printed" in counted.text and "prices of 2024" not in counted.text
    assert re.search(r"7\u202f010 +100\.0\b", counted.text)  # 701 bn / 7,010
    assert "about 300.0 million tenge a village" in assumed.headline  # about 2 projects × 150
    assert "6,000 villages, an assumed number, would take 12.0 years" in assumed.text  # 6,000 / 500
    assert re.search(r" 1\.5 +2028 +68\.5 +1\.5\b", rising.text)  # 64 + 3 × 1.5 = 68.5, short of 70 by 1.5


WRONG = [
    (FUNDING, {"statement": "nowhere"}, "there is no statement 'nowhere' in seeds"),
    (START, {"statement": "../secrets"}, "'../secrets' is no statement's id"),
    (FUNDING, {"project_counts": "[-5]"}, "project_counts is '-5': give a number that is not negative"),
    (FUNDING, {"price_year": "last"}, "price_year is 'last': give a year such as 2024, or 0 for tenge as printed"),
    (VILLAGES, {"villages_total": -3}, "villages_total is -3: give a number that is not negative"),
    (TARGETS, {"yearly_points": "fast"}, "yearly_points is 'fast': give a number"),
]


@pytest.fixture(scope="module")
def stopped(run) -> list[Told]:
    return run(*((name, parameters) for name, parameters, _ in WRONG))


@pytest.mark.parametrize("number", range(len(WRONG)), ids=[str(parameters) for _, parameters, _ in WRONG])
def test_a_wrong_parameter_stops_with_one_line_that_names_it(stopped, number):
    line = stopped[number].text.splitlines()[-1]
    assert line.startswith(WRONG[number][2])


def test_papermill_runs_a_notebook_from_any_folder(project, tmp_path):
    papermill = Path(sys.executable).with_name("papermill")
    source = ROOT / "notebooks" / f"{FUNDING}.ipynb"
    command = [papermill, source, "out.ipynb", "-p", "statement", SECOND, "-p", "price_year", "0"]
    environment = os.environ | {"AUYL_HOME": str(project), "PATH": f"{papermill.parent}:{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told = told_by(nbformat.read(tmp_path / "out.ipynb", as_version=4))
    assert "at most 128.0 million tenge" in told.headline and "Money is as printed" in told.text
