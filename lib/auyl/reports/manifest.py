"""A run, what it was made of and what became of it: checksums of the inputs, and manifest.jsonl, a JSON line a run.

A line holds `page` (below the manifest's folder), `notebook`, `parameters`, `inputs` (their checksum), `output` (the
page's; none where there is no page), `seconds`, `status` (made or failed), `error` and `answer`, the page's first
sentences. A run whose line says "made", whose inputs have the same checksum and whose page is as it was written need
not run again. The lines of a folder are added when it is whole, so a stopped process leaves the manifest of what it had
made; the last line may then be half there, and is left out.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

import auyl
from auyl.errors import AuylError
from auyl.project import data, own_catalogue, seeds

NAME = "manifest.jsonl"
VERSIONS = ("pandas", "matplotlib", "ipykernel", "papermill", "nbconvert")


def shared_checksum() -> str:
    """SHA-256 over what every report is made of: data/, the collection's catalogue, the library, what runs them."""
    library = Path(auyl.__file__).parent.rglob("*")
    paths = [*sorted(data().rglob("*")), own_catalogue(), *(path for path in sorted(library) if path.suffix != ".pyc")]
    return checksum([*map(version, VERSIONS)], contents(path for path in paths if path and path.is_file()))


def statement_checksum(statement: str) -> str:
    """SHA-256 over a statement's text, passport and corrections; one that lacks is noted as lacking."""
    return checksum(contents(seeds() / f"{statement}{ending}" for ending in (".txt", ".yml", ".corrections.csv")))


def contents(paths: Iterable[Path]) -> list[tuple[str, str]]:
    """The files' names and SHA-256, empty for one that is not there."""
    return [(path.name, sha256(path.read_bytes()) if path.is_file() else "") for path in paths]


def checksum(*parts: object) -> str:
    """SHA-256 over plain values: strings, numbers, lists of them."""
    return sha256(json.dumps(parts, sort_keys=True).encode())


def sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


@dataclass(frozen=True)
class Run:
    """One notebook to run, the parameters it is given, the folder its report goes to, the values that this stands for.

    Of a notebook that is `executed` already the page alone is made.
    """

    notebook: Path
    parameters: Mapping[str, object]
    folder: str = "."
    values: Mapping[str, object] = field(default_factory=dict)
    executed: bool = False

    @property
    def name(self) -> str:
        return self.notebook.stem

    @property
    def statement(self) -> str:
        return str(self.values["statement"])

    @property
    def page(self) -> str:
        return f"{self.folder}/{self.name}.html"


@dataclass
class Record:
    """What became of a run: a line of the manifest."""

    page: str
    notebook: str
    parameters: dict[str, object]
    inputs: str
    seconds: float
    output: str | None = None
    status: str = "failed"
    error: str = ""
    answer: str = ""

    def line(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False) + "\n"

    def is_made(self, inputs: str, folder: Path) -> bool:
        """Whether the page stands as this says, of these inputs."""
        page = folder / self.page
        is_same = self.status == "made" and self.inputs == inputs
        return is_same and page.is_file() and sha256(page.read_bytes()) == self.output


def read(folder: Path) -> dict[str, Record]:
    """The records of an earlier run into this folder by the page they made; none where there is no manifest."""
    path = folder / NAME
    found = {}
    for text in path.read_text(encoding="utf-8").split("\n") if path.is_file() else []:
        with suppress(ValueError, TypeError):  # half a line, of a process that was stopped while it wrote
            record = Record(**json.loads(text))
            found[record.page] = record
    return found


def append(folder: Path, records: Iterable[Record]) -> None:
    """Adds lines; the last one of a page counts. What an interrupted write has left at the end becomes a line."""
    try:
        with (folder / NAME).open("a+b") as file:
            if file.tell():
                file.seek(-1, 2)
                file.write(b"" if file.read() == b"\n" else b"\n")
            file.write("".join(record.line() for record in records).encode())
    except OSError as error:
        raise AuylError(f"{folder / NAME} cannot be written: {error.strerror}.") from None
