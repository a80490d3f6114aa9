"""Files that are whole or not there at all, and folders of a process's own; what a dead process left of both is swept.

A file is written beside its place, hidden, flushed to the disk, and put there in one step. Whoever is at work holds a
lock, which the system lets go when the process ends, however it ends: what nobody holds was left behind. Windows has
no such locks; nothing is swept there.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from auyl.errors import AuylError

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]

PART = ".auyl-part"  # how the name of a file ends that is not whole yet
FOLDER = ".auyl-run-"  # how the name of a folder begins that goes with its process


@contextmanager
def whole(path: Path, keep_empty: bool = True) -> Iterator[Path]:
    """A path to write to; what was written takes the place of `path` at the end, unless something failed.

    An empty file is no file unless it is kept: then an earlier one goes too.
    """

    def make() -> Path:
        part = path.with_name(f".{path.name[:50]}.{secrets.token_hex(4)}{PART}")
        part.touch(exist_ok=False)  # the user's umask says who may read it
        return part

    _sweep(path.parent.glob(f".*{PART}"))
    with _held(make) as part:
        try:
            yield part
            if not (keep_empty or part.stat().st_size):
                path.unlink(missing_ok=True)
                return
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes a text, or bytes; a run that is stopped leaves the earlier file as it was.

    Raises
    ------
    AuylError
        It cannot be written: no room, no permission. The earlier file stands.
    """
    try:
        with whole(path) as part:
            part.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise AuylError(f"{path} cannot be written: {error.strerror}. What stood there before still does.") from None


def make_folder(path: Path) -> None:
    """Makes a folder, and those above it, if it is not there yet; raises AuylError where it cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AuylError(f"The folder {path} cannot be made: {error.strerror}. Name another with --out.") from None


@contextmanager
def own_folder(parent: Path) -> Iterator[Path]:
    """A new folder below `parent` that goes at the end, or with the next one made there."""
    _sweep(parent.glob(f"{FOLDER}????????"))
    with _held(lambda: Path(tempfile.mkdtemp(prefix=FOLDER, dir=parent))) as folder:
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _held(make: Callable[[], Path]) -> Iterator[Path]:
    """What `make` makes, locked for this process; made anew where another swept it before it was locked."""
    if fcntl is None:
        yield make()
        return
    while True:
        path = make()
        with suppress(FileNotFoundError):
            handle = os.open(path, os.O_RDONLY)
            with suppress(BlockingIOError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.fstat(handle).st_nlink:
                    break
            os.close(handle)
    try:
        yield path
    finally:
        os.close(handle)


def _sweep(found: Iterable[Path]) -> None:
    """Removes those that no process holds."""
    for path in found if fcntl else ():
        with suppress(OSError):  # held, gone already, or another user's
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            finally:
                os.close(handle)
