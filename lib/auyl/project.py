"""Where the project's folders are, whatever folder the caller stands in.

papermill starts a notebook in the caller's folder, nbval and nbconvert in the notebook's own: so nothing here
depends on the working directory. `AUYL_HOME` points elsewhere, for a collection of statements kept outside this one.
"""

import os
from functools import cache
from pathlib import Path


def home() -> Path:
    """The folder that holds seeds/, data/ and notebooks/: `AUYL_HOME`, or the checkout this library lies in."""
    return resolved(os.environ.get("AUYL_HOME") or "")


@cache
def resolved(named: str) -> Path:
    """Asked for with every text that is read, so the disk is asked once."""
    return (Path(named) if named else Path(__file__).parents[2]).resolve()


def seeds() -> Path:
    return home() / "seeds"


def data() -> Path:
    return home() / "data"


def notebooks() -> Path:
    return home() / "notebooks"
