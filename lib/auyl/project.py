"""Where the folders are: a collection's seeds/ and reports/, and the notebooks and the record it is read with.

A collection is a folder with seeds/ in it. It is named with `--home` or `AUYL_HOME`; else it is the folder one stands
in, or the nearest one above that has seeds/; else the checkout this library lies in. A notebook that a report runs is
told by `AUYL_HOME`, so that it reads the same collection whatever folder its kernel was started in.
"""

import os
from functools import cache
from pathlib import Path

from auyl.errors import AuylError

LIBRARY = Path(__file__).resolve().parent
CHECKOUT = LIBRARY.parents[1]


def home() -> Path:
    """The collection's folder.

    Raises
    ------
    AuylError
        None is named, none lies here or above, and the library lies in no checkout.
    """
    found = collection()
    if found is None:
        raise AuylError(
            f"there is no folder seeds/ in {Path.cwd()} or above it: make one here, go where yours is, "
            "or name the folder it lies in with --home FOLDER or AUYL_HOME"
        )
    return found


def collection() -> Path | None:
    """The collection's folder; None where there is none, which hinders nobody who reads a text of his own."""
    return resolved(os.environ.get("AUYL_HOME") or "", _standing())


@cache
def resolved(named: str, standing: str) -> Path | None:
    """Asked for with every text that is read, so the disk is asked once."""
    if named:
        return Path(named).resolve()
    above = Path(standing).resolve()
    found = next((folder for folder in (above, *above.parents) if (folder / "seeds").is_dir()), None)
    return found or (CHECKOUT if in_checkout() else None)


def _standing() -> str:
    try:
        return os.getcwd()
    except FileNotFoundError:  # the folder is gone: nothing lies in it or above it that could be found
        return "/"


def in_checkout() -> bool:
    """Whether the library lies in lib/ of a checkout, not among installed packages."""
    return LIBRARY.parent.name == "lib" and (CHECKOUT / "pyproject.toml").is_file()


def shipped() -> Path:
    """The folder that holds the project's own data/ and notebooks/: the checkout, or one in the installed package."""
    return CHECKOUT if in_checkout() else LIBRARY / "collection"


def seeds() -> Path:
    return home() / "seeds"


def data() -> Path:
    """The collection's own data/, even an empty one; the project's where it has none."""
    return _own_or_shipped("data")


def notebooks() -> Path:
    """The collection's own notebooks/; the project's where it has none."""
    return _own_or_shipped("notebooks")


def own_catalogue() -> Path | None:
    """The collection's catalogue.toml, whose subjects are added to the project's; None where it has none."""
    folder = collection()
    return folder / "catalogue.toml" if folder and os.path.isfile(f"{folder}/catalogue.toml") else None


def _own_or_shipped(name: str) -> Path:
    folder = collection()
    return folder / name if folder and (folder / name).is_dir() else shipped() / name
