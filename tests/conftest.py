"""What holds for every test: no window opens, no figure outlives its test, every run draws the same examples.

The notebooks are compared with their stored outputs in a collection that holds the project's own statement alone, so
that one who adds statements to seeds/ still finds the tests green.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis
import matplotlib
import pytest

ROOT = Path(__file__).parents[1]
OWN_STATEMENT = "2025-08-28_regional_development_concept"

matplotlib.use("agg")

# The same examples in every run, so that a failure on one machine is a failure on all; and no limit on
# the time of one example, because a machine may be busy with something else.
hypothesis.settings.register_profile("auyl", derandomize=True, deadline=None)
hypothesis.settings.load_profile("auyl")


@pytest.fixture(autouse=True)
def close_figures() -> Iterator[None]:
    """Close the charts a test drew: matplotlib warns, and a warning fails a test, once twenty are open."""
    yield
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Compare a notebook's charts by their alt text, which holds the numbers, not by the drawing's coordinates.

    A drawing's last decimals differ from one processor to the next; what it says must not.
    """
    for notebook in {item.parent for item in items if hasattr(item.parent, "skip_compare")}:
        notebook.skip_compare = (*notebook.skip_compare, "image/svg+xml")
        notebook.setup = with_own_statement(notebook.setup)


def with_own_statement(start: Callable[[], None]) -> Callable[[], None]:
    """A notebook's start, its kernel told of a collection with the project's own statement and nothing else."""

    def setup() -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("AUYL_HOME", own_collection().name)
            start()

    return setup


@cache
def own_collection() -> TemporaryDirectory[str]:
    """A folder with the project's own statement, until the tests end."""
    folder = TemporaryDirectory()
    seeds = Path(folder.name, "seeds")
    seeds.mkdir()
    for file in (ROOT / "seeds").glob(f"{OWN_STATEMENT}.*"):
        shutil.copy(file, seeds)
    return folder
