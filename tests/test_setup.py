"""The environment: one list of packages, locked with hashes, and the same list for conda users."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
CONDA_NAMES = {  # Python's name: conda-forge's, where they differ; "-base" and "-core" leave optional parts out
    "pandera": "pandera-base",
    "matplotlib": "matplotlib-base",
    "seaborn": "seaborn-base",
    "nbconvert": "nbconvert-core",
    "playwright": "playwright-python",
}


def declared() -> dict[str, str]:
    """Every package that pyproject.toml asks for, for use and for the tests, with its lower bound."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert extras["all"] == ["auyl[lab,reports]"], "what `make lock` locks, with dev"
    lines = [*project["dependencies"], *extras["reports"], *extras["lab"], *extras["dev"]]
    requirements = [requirement for requirement in map(Requirement, lines) if requirement.name != "auyl"]
    return {canonicalize_name(requirement.name): str(requirement.specifier) for requirement in requirements}


def locked() -> dict[str, list[str]]:
    """The versions that requirements.lock pins of each package: more than one where systems differ."""
    versions: dict[str, list[str]] = {}
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([\w.-]+)==(\S+)", line):
            versions.setdefault(canonicalize_name(match[1]), []).append(match[2])
    return versions


def test_conda_users_get_the_same_packages() -> None:
    dependencies = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    pip_lines = next(entry["pip"] for entry in dependencies if isinstance(entry, dict))
    assert "-e ." in pip_lines, "environment.yml must install auyl itself"
    lines = [entry for entry in dependencies if isinstance(entry, str)]
    lines += [line for line in pip_lines if not line.startswith("-")]
    conda = {requirement.name: str(requirement.specifier) for requirement in map(Requirement, lines)}
    assert conda.pop("python") == ">=3.11"
    assert "pip" in conda, "conda warns when packages come through a pip it was not asked for"
    conda.pop("pip")
    assert conda == {CONDA_NAMES.get(name, name): bound for name, bound in declared().items()}


def test_lock_has_every_declared_package_within_its_bounds() -> None:
    versions = locked()
    for name, bound in declared().items():
        assert name in versions, f"{name} is not in requirements.lock: run make lock"
        for version in versions[name]:
            assert Version(version) in Requirement(f"{name}{bound}").specifier, f"{name} {version}: run make lock"


def test_every_locked_package_has_hashes_and_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) >= len(declared())
    for entry in entries:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), f"no hash: {entry.splitlines()[0]}"
    assert "://" not in text, "the lock names an address: it must install from any registry"


def test_lock_can_build_the_package_without_fetching_anything() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]
    for requirement in map(Requirement, build["requires"]):
        versions = locked()[canonicalize_name(requirement.name)]
        assert all(Version(version) in requirement.specifier for version in versions)


@pytest.mark.skipif(not shutil.which("make"), reason="no make here: the README's plain commands do without it")
@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        (None, "Install Python 3.11 or newer"),  # no such program at all
        ('case "$*" in -V) echo Python 3.10.12;; *) exit 1;; esac', "needs Python 3.11 or newer, and"),
        # Debian's Python without its python3-venv: new enough, and `import ensurepip` fails.
        ('case "$*" in *ensurepip*) exit 1;; *print*) echo python3.13-venv;; esac', "sudo apt install python3-venv"),
    ],
    ids=["no Python", "Python too old", "no venv module"],
)
def test_make_says_what_the_machine_lacks(tmp_path: Path, program: str | None, sentence: str) -> None:
    python = tmp_path / "python3"
    if program:
        python.write_text(f"#!/bin/sh\n{program}\n")
        python.chmod(0o755)
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements.lock").touch()
    (tmp_path / "pyproject.toml").touch()
    make = subprocess.run(
        [shutil.which("make") or "make", "reports", f"PYTHON={python}"], cwd=tmp_path, capture_output=True, text=True
    )
    assert make.returncode != 0
    assert sentence in make.stdout
    assert not (tmp_path / ".venv").exists()


@pytest.mark.skipif(not shutil.which("make"), reason="no make here: the README's plain commands do without it")
def test_make_leaves_an_environment_that_somebody_made_by_hand(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "mine").touch()
    command = [shutil.which("make") or "make", "reports", f"PYTHON={sys.executable}"]
    make = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert make.returncode != 0 and "that make has not made" in make.stdout
    assert (tmp_path / ".venv" / "mine").exists()


@pytest.mark.skipif(not (shutil.which("make") and shutil.which("git")), reason="no make or no git here")
def test_only_notebooks_that_git_has_unchanged_are_trusted(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "notebooks").mkdir()
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for name in ("kept", "staged", "edited"):
        (tmp_path / "notebooks" / f"{name} one.ipynb").write_text("{}")
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*git, *command], cwd=tmp_path, check=True)
    for name in ("edited", "staged", "new"):
        (tmp_path / "notebooks" / f"{name} one.ipynb").write_text("{ }")
    subprocess.run([*git, "add", "notebooks/staged one.ipynb"], cwd=tmp_path, check=True)
    told = tmp_path / "told.mk"
    told.write_text("include Makefile\ntold:\n\t@$(unchanged_notebooks)\n")
    make = subprocess.run(
        ["make", "-s", "--no-print-directory", "-f", "told.mk", "told"], cwd=tmp_path, capture_output=True, text=True
    )
    assert make.stdout == "notebooks/kept one.ipynb\0", make.stderr


@pytest.mark.parametrize("arguments", [("check",), ("format", "--check")], ids=["rules", "format"])
def test_code_and_notebooks_satisfy_ruff(arguments: tuple[str, ...]) -> None:
    # Among the rules are those on security (S): no eval, no unsafe YAML, no shell.
    ruff = subprocess.run(
        [sys.executable, "-m", "ruff", *arguments, "--output-format=concise", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert ruff.returncode == 0, ruff.stdout + ruff.stderr


def test_the_types_hold() -> None:
    pytest.importorskip("mypy", reason="the types are checked where mypy is installed: make environment")
    mypy = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True)
    assert mypy.returncode == 0, mypy.stdout + mypy.stderr
