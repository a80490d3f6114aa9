"""Reruns: another statement and other parameters change the answer, as worked out by hand; what lacks is said.

The second statement (tests/statements/2026-03-12_rural_review.txt) is invented. By hand, from its text:
  money per project  320 bn / more than 2,500  = at most 128.0 mn, 2021–2025
  villages           900 / 300                 = 3 projects each
  targets            (73 − 58) / (2031 − 2026) = 3.0 points a year
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

from auyl.reports.run import run_notebook

ROOT = Path(__file__).parents[2]
SEED = "2025-08-28_regional_development_concept"
START, FUNDING, VILLAGES, TARGETS = NOTEBOOKS = (
    *("00_start_here", "01_funding_per_project", "02_village_allocations", "03_target_gaps"),
)
SECOND = "2026-03-12_rural_review"


@dataclass(frozen=True)
class Told:
    """What a notebook that ran says: its first sentences, all of its text, all of its HTML, and its charts' number."""

    headline: str
    text: str
    html: str
    charts: int


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
            runs = [(ROOT / "notebooks" / f"{name}.ipynb", parameters, 120) for name, parameters in asked]
            return [told_by(notebook) for notebook in pool.map(lambda one: run_notebook(*one), runs)]

        yield of
    os.environ.pop("AUYL_HOME")
    if before:
        os.environ["AUYL_HOME"] = before


def told_by(notebook: nbformat.NotebookNode) -> Told:
    headline, texts, pages, charts = "", [], [], 0
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            texts.append(output.evalue if output.output_type == "error" else data.get("text/plain", ""))
            pages.append(data.get("text/html", ""))
            charts += "image/svg+xml" in data
            if "headline" in cell.metadata.get("tags", []):
                headline = texts[-1]
    return Told(headline, "\n".join(texts), "\n".join(pages), charts)


def whole_statement(run: Callable, statement: str) -> list[Told]:
    return run(*((name, {"statement": statement}) for name in NOTEBOOKS))


def test_a_second_statement_gives_its_own_answers(run):
    start, funding, villages, targets = told = whole_statement(run, SECOND)
    assert start.headline.startswith("The statement gives 8 figures.")
    assert funding.headline == (
        "Auyl – Yel besigi, 2021–2025: 320 billion tenge allocated for at least 2,500 projects is at most 128 "
        "million tenge a project, on average."
    )
    assert "900 projects for 300 villages is 3 projects a village, on average. If a project costs" in villages.headline
    assert "at most 384.0 million a village" in villages.headline  # 3 projects of at most 128.0 mn, an assumption
    assert targets.headline in start.text
    assert "whether 73% by 2031 is within reach cannot be told. No earlier level is on record." in targets.text
    assert "58% in 2026, 73% to be reached by 2031: 15 points to rise, 3 points a year" in start.text
    # What the statement's words do not tie together is held back, and why.
    assert "“72 billion tenge” is about Auyl Amanaty, “900 projects” about Auyl – Yel besigi" in start.text
    assert "the statement gives no present level of the same thing" in start.text
    assert funding.headline in start.text
    # Nothing is left of the first statement: 701 bn, 116.8 mn, 18.0 mn, 64%, 70%, 40%.
    for one in told:
        assert not re.search(r"\b701\b|\b116\.8|\b18 million|\b64%|\b70%|\b40%|Europe Today", one.text)


LACKING = {
    "2026-04-01_no_figures": "The statement gives no figures.",
    "2026-05-20_money_only": "The statement gives 1 figure.",
}


@pytest.mark.parametrize("statement", LACKING)
def test_what_a_statement_lacks_is_said_in_one_sentence_and_nothing_is_drawn(run, statement):
    start, funding, villages, targets = told = whole_statement(run, statement)
    assert start.headline == LACKING[statement]
    assert funding.headline == "The statement gives no amount of money together with the number of projects it was for."
    assert villages.headline.startswith("The statement does not say how many projects were for how many villages.")
    assert targets.headline == "The statement gives no share in percent that is to be reached by a named year."
    for one in told:
        assert "Error" not in one.text and "Empty DataFrame" not in one.text
        assert one.charts == 0
    assert "<b>" not in start.html  # the statement's own markup is shown as words


def test_a_statement_in_which_nothing_has_a_unit_is_told_to_the_end(run):
    every = sorted(path.stem for path in (ROOT / "notebooks").glob("0*.ipynb"))
    told = run(*((name, {"statement": "2026-06-20_no_units"}) for name in every))
    assert not any("Error" in one.text for one in told)
    assert "the parts 260, 235 and 160 add up to 655." in told[0].text and "add up to 655." in told[5].headline


def test_a_russian_statement_is_read_as_well(run):
    # 240 bn / more than 2,000 = at most 120 mn; 600 / 200 = 3 projects a village
    start, funding, villages, _ = whole_statement(run, "2026-06-02_russian_review")
    assert "gives 4 figures" in start.headline and '<div lang="ru">' in start.html
    assert (
        "240 billion tenge allocated for at least 2,000 projects is at most 120 million tenge a project"
        in funding.headline
    )
    assert "600 projects for 200 villages is 3 projects a village" in villages.headline


def test_one_digit_in_the_text_and_other_parameters_change_the_answer(run):
    changed, printed, later, other, dearer = run(
        (FUNDING, {"statement": "changed"}),
        (FUNDING, {"price_year": 0}),
        (FUNDING, {"price_year": 2025}),
        (FUNDING, {"programme": "Auyl Amanaty"}),
        (VILLAGES, {"assumed_cost_mn": 200.0}),
    )
    assert "about 400.0 million a village" in dearer.headline  # about 1,000 projects of 200 mn for 500 villages
    assert "at least 117 million tenge" in changed.headline and "116.8" not in changed.text  # 702 bn / up to 6,000
    assert "tenge of 20" not in printed.text
    assert "in tenge of 2025" in later.text
    assert "18 million tenge" in other.text
    assert "tenge of 2024" not in other.text  # of 2026–2028 no prices are known


WRONG = [
    (FUNDING, {"statement": "nowhere"}, "there is no statement 'nowhere' in seeds"),
    (START, {"statement": "../secrets"}, "'../secrets' is no statement's id"),
    (FUNDING, {"programme": "Nowhere"}, "programme is 'Nowhere': the statement names Auyl Amanaty, Auyl – Yel besigi"),
    (VILLAGES, {"assumed_cost_mn": -1.0}, "cost_per_project is -1.0: give a number above zero, or nothing"),
    (VILLAGES, {"budget_bn": -1.0}, "budget_bn is -1.0: give a number of billions, or 0"),
    (TARGETS, {"shortest": 0}, "shortest is 0: give a number of years from 1 on"),
    (FUNDING, {"price_year": "last"}, "price_year is 'last': give a year such as 2024, or 0 for tenge as printed"),
    (FUNDING, {"price_year": 1800}, "price_year is 1800: give a year such as 2024, or 0 for tenge as printed"),
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
    assert "at most 128 million tenge" in told.headline and "tenge of 20" not in told.text
