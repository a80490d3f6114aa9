"""The errors of the library: one parent, one clear sentence each, showing the data they are about."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager


class AuylError(Exception):
    """Anything the user can mend: the message says what was found and what to do."""


class StatementError(AuylError):
    """A statement, its passport or its corrections are missing, unreadable, edited or contradictory."""


class ParameterError(AuylError):
    """A notebook's or command's parameter is unknown, of the wrong type or out of its range."""


class MissingFigureError(AuylError):
    """The statement does not contain the figures a measure needs; the message lists those it has."""


class MissingPackageError(AuylError, ImportError):
    """What was asked for needs a package of one of the extras; the message says how to install it."""


EXTRAS = ("reports", "lab", "dask")  # the smallest first: the one to advise


@contextmanager
def extra() -> Iterator[None]:
    """Around an import of what may not be installed: raises MissingPackageError in place of ModuleNotFoundError."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise missing_package(error) or error from None


def missing_package(error: ModuleNotFoundError) -> MissingPackageError | None:
    """What to install for an import that failed; None if the module is of no extra, and so the failure is another."""
    from importlib.metadata import PackageNotFoundError, requires  # seldom needed, and slow to import

    package = (error.name or "").partition(".")[0].replace("_", "-")
    try:
        asked = requires("auyl") or []
    except PackageNotFoundError:  # the library is used from where it lies, without having been installed
        return None
    for name in EXTRAS:
        if any(re.fullmatch(rf"{re.escape(package)}>.*extra == .{name}.", line) for line in asked):
            return MissingPackageError(f'this needs {package}, which is not installed: pip install "auyl[{name}]"')
    return None


def one_of(name: str, given: object, known: Iterable[object]) -> object:
    """The parameter as it was given, if it is empty or among those known; ParameterError with the known ones if not."""
    names = sorted({str(entry) for entry in known if isinstance(entry, str)})
    if given and given not in names:
        raise ParameterError(f"{name} is {given!r}: the statement names {', '.join(names) or 'none'}")
    return given
