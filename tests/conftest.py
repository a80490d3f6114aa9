"""What holds for every test: no window opens, no figure outlives its test, every run draws the same examples."""

import sys
from collections.abc import Iterator

import hypothesis
import matplotlib
import pytest

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
    for item in items:
        if hasattr(item.parent, "skip_compare") and "image/svg+xml" not in item.parent.skip_compare:
            item.parent.skip_compare = (*item.parent.skip_compare, "image/svg+xml")
