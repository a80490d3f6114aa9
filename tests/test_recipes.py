"""ARCHITECTURE.md's recipes are carried out in a copy of the project, as they stand there, and do what they say.

A block's first line says where its lines go. A table's first column is a text, its last one what is read of it, which
must not have been read before. Names of functions in the page are those of the library.
"""

import doctest
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest

from auyl import Statement, commitments, figures, unread
from auyl.errors import AuylError

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
RECIPES = dict(re.findall(r"^### (.+?)\n(.*?)(?=^### |\Z)", PAGE, flags=re.DOTALL | re.M))
BLOCK = re.compile(r"^```(toml|python|diff)\n# (\S+?)(?:, ([^\n]+))?\n(.*?)^```$", flags=re.DOTALL | re.M)
VOCABULARY = "lib/auyl/reading/vocabulary"


class Example(NamedTuple):
    recipe: str
    text: str
    language: str
    expected: str


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")[1:-1]]


def examples() -> list[Example]:
    """The rows of every table with a column of texts; `text (ky)` gives the language."""
    found, header = [], []
    for recipe, words in RECIPES.items():
        for line in words.splitlines():
            if line.startswith("| "):
                row = cells(line)
                if row[-1] == "is read as":
                    header = row[-2]
                else:
                    language = re.search(r"\((\w\w)\)", header)
                    found.append(Example(recipe, row[-2], language[1] if language else "en", row[-1]))
    return found


def rows_to_teach() -> list[tuple[str, str, str]]:
    """File, place and row of each line of the table of other words."""
    table = [cells(line) for line in RECIPES["Other words"].splitlines() if line.startswith("| ")][1:]
    return [
        (f"{VOCABULARY}/{file}", f"in {place}", row.strip("`"))
        for _, where, row, *_ in table
        for file, place in [re.fullmatch(r"`(.+)`, `(.+)`", where).groups()]
    ]


def put(root: Path, file: str, place: str | None, lines: str) -> None:
    """Puts a block's lines where its first line says."""
    path = root / file
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if place == "as its cells":
        nbformat.write(notebook(lines), path)
        return
    if place is None:
        text = changed(text, lines, file)
    elif place == "at the end":
        text = f"{text}\n{lines}" if text else lines
    elif place.startswith("after the line "):
        line = place.removeprefix("after the line ").strip('"') + "\n"
        assert text.count(line) == 1, f"{file} has no line {line!r}"
        text = text.replace(line, line + lines)
    else:
        section, _, name = place.removeprefix("in ").partition(" ")
        before, found, after = text.partition(f"\n{section}")
        assert found, f"{file} has no section {section}"
        if name:
            head, found, rest = after.partition(f"\n{name} = [")
            assert found, f"{section} in {file} has no list {name}"
            text = f"{before}\n{section}{head}\n{name} = [{lines.strip()}, {rest}"
        else:
            first, _, rest = after.partition("\n")
            text = f"{before}\n{section}{first}\n{lines.strip()}\n{rest}"
    path.write_text(text, encoding="utf-8")


def changed(text: str, lines: str, file: str) -> str:
    """The text with each run of `-` lines replaced by the `+` lines after it; in a notebook, inside its cells."""
    for old, new in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)+)", lines, flags=re.M):
        old, new = (re.sub(r"^[-+]", "", part, flags=re.M).rstrip("\n") for part in (old, new))
        if file.endswith(".ipynb"):
            old, new = (json.dumps(part, ensure_ascii=False)[1:-1] for part in (old, new))
        assert text.count(old) == 1, f"{file} has no line {old!r}"
        text = text.replace(old, new)
    return text


def notebook(lines: str) -> nbformat.NotebookNode:
    """Cells that begin with `# %%`, "[markdown]" or the cell's tag behind it."""
    made = nbformat.v4.new_notebook()
    for kind, source in re.findall(r"^# %% ?([^\n]*)\n(.*?)(?=^# %%|\Z)", lines, flags=re.DOTALL | re.M):
        if kind == "[markdown]":
            made.cells.append(nbformat.v4.new_markdown_cell(re.sub("^# ", "", source.strip(), flags=re.M)))
        else:
            made.cells.append(nbformat.v4.new_code_cell(source.strip(), metadata={"tags": [kind] if kind else []}))
    return made


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The project with every recipe carried out."""
    root = tmp_path_factory.mktemp("copy")
    for folder in ("lib", "data", "notebooks"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__", "0*.ipynb"))
    (root / "pyproject.toml").write_text("", encoding="utf-8")  # what makes it a checkout
    for words in RECIPES.values():
        for _, file, place, lines in BLOCK.findall(words):
            put(root, file, place or None, lines)
    for file, place, row in rows_to_teach():
        put(root, file, place, row)
    return root


def run(root: Path, *command: str) -> subprocess.CompletedProcess:
    environment = os.environ | {"PYTHONPATH": str(root / "lib"), "AUYL_HOME": str(root)}
    return subprocess.run([sys.executable, *command], cwd=root, env=environment, capture_output=True, text=True)


def read(text: str, language: str) -> list[str]:
    """What is read of a text: its figures as the page writes them, the reasons of unread numbers, stages of acts."""
    try:
        statement = Statement(text, date="2025-06-01", language=language)
    except AuylError:
        return []
    rows = figures(statement).astype(object).to_dict("records")
    told = [" ".join(f"{name}={value}" for name, value in row.items() if value == value) for row in rows]
    return [*told, *unread(statement)["reason"], *commitments(statement)["stage"]]


def holds(found: list[str], expected: str) -> bool:
    """Whether one thing that was read is what the page says, and nothing else is a figure."""
    wanted = [part.partition(" ") for part in expected.split(", ")]
    if not wanted[0][1] or wanted[0][0] == "a":  # a reason or a stage
        return expected in found and not any("=" in one for one in found)
    figure = [one for one in found if "=" in one]
    return len(figure) == 1 and all(
        re.search(rf"\b{name}={re.escape(value)}(?:\.0)?(?: \w+=|$)", figure[0]) for name, _, value in wanted
    )


@pytest.fixture(scope="module")
def taught(copy) -> dict[str, list[str]]:
    """What the copy reads of every text of the page, in one process."""
    asked = [[example.text, example.language] for example in examples()]
    script = "import sys, json; sys.path.insert(0, sys.argv[1]); from test_recipes import read; "
    script += "print(json.dumps([read(*row) for row in json.loads(sys.argv[2])], default=str))"
    done = run(copy, "-c", script, str(Path(__file__).parent), json.dumps(asked))
    assert done.returncode == 0, done.stderr
    return dict(zip([text for text, _ in asked], json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("example", examples(), ids=lambda example: f"{example.recipe}: {example.text}")
def test_a_row_teaches_what_the_page_says(taught, example):
    assert holds(taught[example.text], example.expected), taught[example.text]
    assert not holds(read(example.text, example.language), example.expected), "this was read before the recipe"


def test_the_command_knows_a_language_by_its_file(copy):
    told = run(copy, "-m", "auyl", "figures", "--help").stdout
    assert "en or kk or ky or ru" in " ".join(told.split())


def test_a_language_file_needs_no_section_at_all(copy):
    (copy / VOCABULARY / "xx.toml").write_text("", encoding="utf-8")
    text = "2 айыл, 5% in 2024, $3.5 bn; (10:30) 1–2 км № 4"
    script = f"import auyl; f = auyl.figures(auyl.Statement({text!r}, date='2025-06-01', language='xx')); "
    done = run(copy, "-c", script + "print(f['value'].head(2).tolist(), f['unit'][1])")
    (copy / VOCABULARY / "xx.toml").unlink()
    assert done.stdout.strip() == "[2.0, 5.0] percent", done.stderr


@pytest.mark.parametrize("recipe", [recipe for recipe, words in RECIPES.items() if "```pycon" in words])
def test_the_code_gives_what_the_page_says(copy, recipe):
    example = re.search(r"```pycon\n(.*?)```", RECIPES[recipe], flags=re.DOTALL)[1]
    assert doctest.DocTestParser().get_examples(example)
    (copy / "example.txt").write_text(example, encoding="utf-8")
    script = "import doctest, sys; sys.exit(doctest.testfile('example.txt', module_relative=False).failed)"
    done = run(copy, "-c", script)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_measure_has_its_page_and_its_parameter(copy):
    def quoted(recipe: str) -> list[str]:
        return re.findall(r"^> (.+)$", RECIPES[recipe], flags=re.M)

    (copy / "seeds").mkdir()
    text = re.search(r"Of the text “(.+?)”", RECIPES["A measure and its notebook"])[1]
    (copy / "seeds" / "jobs.txt").write_text(text, encoding="utf-8")
    passport = "title: Jobs\npublisher: A ministry\npublished: 2024-06-01\nlanguage: en\n"
    (copy / "seeds" / "jobs.yml").write_text(passport, encoding="utf-8")
    said, refused = quoted("A parameter")
    done = run(copy, "-m", "auyl", "report", "--only", "07", "-p", "per=100")
    assert done.returncode == 0, done.stderr
    assert said in (copy / "reports" / "07_jobs.html").read_text(encoding="utf-8")
    wrong = run(copy, "-m", "auyl", "report", "--only", "07", "-p", "per=ten")
    assert wrong.returncode == 2 and refused in wrong.stderr
    jobs = quoted("A measure and its notebook")[0]
    assert jobs.replace("3 jobs a project", "300 jobs for 100 projects") == said


def test_the_way_of_a_number_passes_functions_that_are_there():
    way = PAGE.split("## The way of one number")[1].split("\n## ")[0]
    names = re.findall(r"`([a-z_]+)\.(\w+)(?:\.(\w+))?`", way)
    assert len(names) > 20
    library = ROOT / "lib" / "auyl"
    for module, name, inner in names:
        paths = [*library.rglob(f"{module}.py"), *library.rglob(f"{module}/__init__.py")]
        dotted = [path.relative_to(ROOT / "lib").with_suffix("").as_posix().replace("/", ".") for path in paths]
        modules = [importlib.import_module(path.removesuffix(".__init__")) for path in dotted]
        owners = [getattr(found, name) for found in modules if hasattr(found, name)]
        assert owners and (not inner or hasattr(owners[0], inner)), f"there is no {module}.{name} {inner}"
