"""The README says nothing that the project does not do: commands, examples, sentences and picture are today's."""

import doctest
import json
import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

import auyl
from auyl.cli import main
from auyl.reading.corrections import read_corrections
from auyl.reports.parameters import declared_parameters
from auyl.reports.plan import read_matrix, report_notebooks

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SEED = "2025-08-28_regional_development_concept"


def picture() -> str:
    """The chart in the README: the one that leads notebook 01, on white for viewers with a dark page."""
    notebook = json.loads((ROOT / "notebooks" / "01_funding_per_project.ipynb").read_text(encoding="utf-8"))
    cell = next(cell for cell in notebook["cells"] if "chart" in cell["metadata"].get("tags", []))
    svg = "".join(cell["outputs"][0]["data"]["image/svg+xml"])
    return re.sub(r'style="fill: none[^"]*"', 'style="fill: #ffffff"', svg, count=1)


def test_the_example_prints_what_the_readme_says():
    example = "".join(blocks("pycon"))
    test = doctest.DocTestParser().get_doctest(example, {}, "README", "README.md", 0)
    assert test.examples
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test)
    assert not result.failed


def test_the_picture_is_the_chart_of_today():
    # Refresh it with `.venv/bin/python tests/test_readme.py`.
    assert (ROOT / "docs" / "cost_per_project.svg").read_text(encoding="utf-8") == picture()


def refresh() -> None:
    (ROOT / "docs" / "cost_per_project.svg").write_text(picture(), encoding="utf-8")


def test_every_file_the_readme_links_to_is_there():
    links = re.findall(r"\]\((?!https?:|#)([^)\s]+)\)", README)
    missing = [link for link in links if not (ROOT / link).exists() and not link.startswith("reports/")]
    assert links and not missing


def test_every_make_target_of_the_page_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^make (\w+)$|`make (\w+)", README, flags=re.MULTILINE))
    assert targets
    for target in ("".join(pair) for pair in targets):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", README, flags=re.DOTALL)


def commands(program: str) -> list[list[str]]:
    """Every command line of this program, in a block or a sentence; what is left out ("…") is no argument."""
    lines = [line for block in blocks("") for line in block.splitlines()] + re.findall(r"`([^`\n]+)`", README)
    words = [shlex.split(line.replace("…", "")) for line in lines if line.startswith(f"{program} ")]
    return [line[1:] for line in words]


def known_parameters() -> dict[str, dict]:
    notebooks = report_notebooks().items()
    return {name: declared_parameters(json.loads(path.read_text(encoding="utf-8"))) for name, path in notebooks}


@pytest.mark.parametrize("line", commands("auyl"), ids=" ".join)
def test_a_command_has_the_options_that_the_page_gives_it(line):
    command: click.Command = main
    options = {option for parameter in main.params for option in parameter.opts}
    values = iter(line)
    for word in values:
        if isinstance(command, click.Group) and word in command.commands:
            command = command.commands[word]
            options |= {option for parameter in command.params for option in parameter.opts}
        elif word.startswith("-"):
            assert word in options, word
            value = next(values, "") if word == "-p" else ""
            assert not value or any(value.partition("=")[0] in known for known in known_parameters().values()), value
    assert command is not main


@pytest.mark.parametrize("line", commands("papermill"), ids=" ".join)
def test_a_line_of_papermill_names_a_notebook_and_its_parameters(line):
    notebook = next(word for word in line if word.endswith(".ipynb") and "/" in word)
    known = declared_parameters(json.loads((ROOT / notebook).read_text(encoding="utf-8")))
    assert {line[at + 1] for at, word in enumerate(line) if word == "-p"} <= known.keys()


def test_the_matrix_of_the_page_is_one(tmp_path):
    path = tmp_path / "runs.yml"
    path.write_text(blocks("yaml")[0], encoding="utf-8")
    planned = read_matrix(path, report_notebooks(), known_parameters())
    # one statement and two years; notebook 02 asks for no year, but has its page in every folder
    assert len(planned) == 2 * 2


def test_the_correction_of_the_page_fits_the_seed():
    lines = next(block for block in blocks("") if block.startswith("start,quote"))
    statement = auyl.read_statement(SEED)
    corrected = auyl.Statement(
        statement.text, statement.date, "en", corrections=read_corrections(lines.encode(), "lines", statement.text)
    )
    figures = auyl.figures(corrected).set_index("quote")
    assert figures.loc["50 billion tenge", "years_from"] == "correction"


def test_the_extras_of_the_page_are_there():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(re.findall(r'"\.\[(\w+)\]"', README)) <= project["optional-dependencies"].keys()
    assert {re.match(r"\w+", line)[0] for line in project["dependencies"]} == {"pandas", "PyYAML", "click"}


TABLE = re.findall(r"^\| \[(.+?)\]\((notebooks/.+?)\) \| (.+) \|$", README, flags=re.MULTILINE)


@pytest.mark.parametrize(("question", "notebook", "said"), TABLE, ids=[row[1] for row in TABLE])
def test_a_notebook_says_what_the_page_says_of_it(question, notebook, said):
    cells = json.loads((ROOT / notebook).read_text(encoding="utf-8"))["cells"]
    assert f"# {question}" in "".join(cells[0]["source"]).splitlines()
    headline = next(cell for cell in cells if "headline" in cell["metadata"].get("tags", []))
    assert said in "".join(headline["outputs"][0]["data"]["text/plain"])


def test_every_notebook_of_the_reports_has_its_row():
    assert [Path(row[1]).stem for row in TABLE] == [*report_notebooks()]


if __name__ == "__main__":
    refresh()
