"""The installed package: away from the checkout, with no more than reading needs, on a collection of one's own."""

import ast
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import auyl
from auyl import project

ROOT = Path(__file__).parents[1]
TEXT = "In 2024 the region got 701 billion tenge for up to 6,000 projects of the Quiet Roads programme."
PASSPORT = "title: A review\npublisher: The region\npublished: 2025-05-06\nlanguage: en\n"
# Runs a program in a Python that lacks the packages named first, as a plain `pip install` leaves it.
WITHOUT = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in MISSING:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
MISSING = set(sys.argv.pop(1).split(","))
sys.meta_path.insert(0, Missing())
exec(sys.argv.pop(1))
"""
COMMAND = "from auyl.cli import main; main(prog_name='auyl')"


def extras() -> dict[str, list[str]]:
    """The packages of each extra, as they are imported."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    names = {extra: [Requirement(line).name for line in lines] for extra, lines in declared.items()}
    return {extra: [name.replace("-", "_") for name in found if name != "auyl"] for extra, found in names.items()}


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """What `pip install` puts in place: the wheel that the checkout builds, unpacked."""
    pytest.importorskip("hatchling", reason="the package is built by hatchling, which is not here")
    folder = tmp_path_factory.mktemp("installed")
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    done = subprocess.run([sys.executable, "-c", build, str(folder)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(folder / done.stdout.split()[-1]) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


@pytest.fixture
def plain(installed, tmp_path):
    """Runs Python or the command in an empty folder, with the installed package and none of the extras."""
    missing = ",".join(name for extra in ("reports", "lab", "dask") for name in extras()[extra])

    def run(*arguments: str, code: str = COMMAND, folder: Path = tmp_path, without: str = missing, **settings: str):
        environment = {name: value for name, value in os.environ.items() if name != "AUYL_HOME"}
        environment |= {"PYTHONPATH": str(installed), **settings}
        command = [sys.executable, "-c", WITHOUT, without or "nothing", code, *arguments]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)

    return run


def collection(folder: Path) -> Path:
    (folder / "seeds").mkdir(parents=True)
    (folder / "seeds" / "review.txt").write_text(TEXT, encoding="utf-8")
    (folder / "seeds" / "review.yml").write_text(PASSPORT, encoding="utf-8")
    return folder


def test_the_wheel_holds_what_is_no_code(installed):
    for name in (
        "py.typed",
        "__init__.pyi",
        "reading/vocabulary/en.toml",
        "reading/vocabulary/catalogue.toml",
        "display/auyl.mplstyle",
        "reports/templates/report.html.j2",
        "collection/data/published.csv",
        "collection/notebooks/00_start_here.ipynb",
    ):
        assert (installed / "auyl" / name).is_file(), name
    assert not [path for path in installed.rglob("*") if path.name in ("__pycache__", ".ipynb_checkpoints", "seeds")]


def test_reading_and_measures_need_no_extra(plain):
    code = f"""
import auyl
assert "site" in auyl.__file__, auyl.__file__
figures = auyl.figures(auyl.Statement({TEXT!r}, date="2025-05-06"))
print(figures["value"].to_list() == [701e9, 6000], "116.8" in auyl.funding_per_project(figures).to_string())
try:
    auyl.check(figures)
except auyl.MissingPackageError as error:
    print(error)
print(len(auyl.read_published()) > 500)
"""
    done = plain(code=code)
    advice = 'this needs pandera, which is not installed: pip install "auyl[reports]"'
    assert done.stdout.splitlines() == ["True True", advice, "True"], done.stderr


def test_a_command_that_needs_an_extra_says_what_to_install(plain, tmp_path):
    collection(tmp_path)
    done = plain("report")
    assert done.returncode == 2
    assert done.stderr.startswith("auyl: this needs ") and done.stderr.endswith('pip install "auyl[reports]"\n')
    assert done.stderr.count("\n") == 1
    done = plain("figures", "review", "--dask", "tcp://127.0.0.1:1", without="distributed")
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "distributed" in done.stderr


def test_what_no_extra_has_is_no_advice(plain):
    code = "import auyl.errors as e; print(e.missing_package(ModuleNotFoundError(name='nowhere')))"
    assert plain(code=code).stdout == "None\n"


def test_without_a_collection_one_line_says_what_to_do(plain, tmp_path):
    for command in ("figures", "check", "add"):
        text = tmp_path / "text.txt"
        text.write_text(TEXT, encoding="utf-8")
        given = {
            "check": ["review"],
            "add": [str(text), "--published", "2025-05-06", "--publisher", "x", "--title", "t"],
        }
        done = plain(command, *given.get(command, []), without="")
        assert done.returncode == 2, done.stdout
        assert f"there is no folder seeds/ in {tmp_path} or above it" in done.stderr
        assert "--home FOLDER or AUYL_HOME" in done.stderr and done.stderr.count("\n") == 1


def test_the_collection_is_where_one_stands_or_is_named(plain, tmp_path):
    here, there = collection(tmp_path / "here"), collection(tmp_path / "there")
    (there / "seeds" / "review.txt").write_text(TEXT.replace("6,000", "7,000"), encoding="utf-8")
    (here / "notes" / "deep").mkdir(parents=True)
    deep = here / "notes" / "deep"
    assert "6,000 projects" in plain("figures", "review", folder=deep, without="").stdout
    assert "7,000 projects" in plain("figures", "review", folder=deep, without="", AUYL_HOME=str(there)).stdout
    for arguments in (["figures", "review", "--home", str(there)], ["--home", str(there), "figures", "review"]):
        assert "7,000 projects" in plain(*arguments, folder=deep, without="", AUYL_HOME=str(here)).stdout
    assert "does not exist" in plain("figures", "--home", str(tmp_path / "mistyped"), without="").stderr


def test_a_collection_is_reported_on_with_the_notebooks_that_come_along(plain, tmp_path):
    folder = collection(tmp_path / "mine")
    (folder / "catalogue.toml").write_text(
        '[quiet_roads]\nname = "Quiet Roads"\nkind = "programme"\nspelled = ["quiet roads"]\n'
        'indicators = { projects = { units = ["project"] }, allocation = { units = ["money"] } }\n',
        encoding="utf-8",
    )
    done = plain("report", "--only", "00", folder=folder, without="")
    assert done.returncode == 0, done.stderr
    assert "Quiet Roads" in (folder / "reports" / "00_start_here.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in folder.iterdir()) == ["catalogue.toml", "reports", "seeds"]


def test_own_subjects_join_the_projects_and_a_wrong_row_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("AUYL_HOME", str(collection(tmp_path)))
    file = tmp_path / "catalogue.toml"
    file.write_text('[quiet_roads]\nname = "Q"\nkind = "programme"\nspelled = ["quiet roads"]\n', encoding="utf-8")
    text = "Quiet Roads got 3 billion tenge. Auyl Amanaty got 5 billion tenge."
    table = auyl.figures(auyl.Statement(text, "2025-05-06", "en"))
    assert list(table["subject"]) == ["quiet_roads", "auyl_amanaty"]
    file.write_text('[quiet_roads]\nname = "Q"\nkind = "program"\nspelled = ["quiet roads"]\n', encoding="utf-8")
    with pytest.raises(auyl.AuylError, match=r"catalogue.toml: \[quiet_roads\]: kind 'program' must be one of"):
        auyl.figures(auyl.Statement(text, "2025-05-06", "en"))
    file.unlink()
    assert auyl.figures(auyl.Statement(text, "2025-05-06", "en"))["subject"].isna().iloc[0]


def test_a_collection_without_data_or_notebooks_uses_the_projects(tmp_path, monkeypatch):
    monkeypatch.setenv("AUYL_HOME", str(tmp_path))
    assert (project.data(), project.notebooks()) == (ROOT / "data", ROOT / "notebooks")
    (tmp_path / "data").mkdir()
    assert project.data() == tmp_path / "data"
    assert auyl.read_published().empty, "an empty data/ of one's own is no record"


def test_the_stub_names_what_the_package_offers():
    stub = ast.parse((Path(auyl.__file__).parent / "__init__.pyi").read_text(encoding="utf-8"))
    named = {
        alias.asname: (node.module or "").removeprefix("auyl.")
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert named == auyl.HOMES
    assert sorted(auyl.HOMES) == auyl.__all__
