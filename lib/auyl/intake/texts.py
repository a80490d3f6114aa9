"""Many texts, one after another: from seeds/, text files, folders, and the rows of .jsonl, .csv and .parquet files.

Nothing here stops at a text that cannot be read: it comes out as `Skipped`, with the reason, in its place.
"""

import csv
import json
import stat
from collections.abc import Iterable, Iterator
from functools import partial
from os.path import realpath
from pathlib import Path
from typing import IO, Any, AnyStr, NamedTuple

from auyl.errors import AuylError, ParameterError, StatementError
from auyl.intake.encodings import decode
from auyl.reading.corrections import ENDING as CORRECTIONS
from auyl.reading.language import known_language
from auyl.statement import LARGEST, Statement, find, read_bytes, read_statement

ENDINGS = (".txt", ".jsonl", ".csv", ".parquet")
FORMULA = tuple("=+-@")  # what a spreadsheet takes for the beginning of a formula
ROWS = 200  # read of a Parquet file at a time
FOLDED = 1_000  # times its own size may a Parquet file unfold to; ordinary words do to 5 or 20
LONGEST_LINE = 8 * LARGEST  # letters; JSON writes some letters as six


class Given(NamedTuple):
    """What the user said of texts that do not say it themselves; `text_column` is where a row's text stands."""

    published: str | None = None
    language: str | None = None
    text_column: str = "text"


class Skipped(NamedTuple):
    """A text, or the rest of a file, that cannot be read, and why."""

    source: str
    reason: str


Item = Path | Statement | Skipped  # a text file comes as its path, to be read where it is parsed
Columns = dict[str, list[Any]]
Row = dict[str, Any] | str  # what a file has in a row, or the sentence that says why it cannot be read


class Result(NamedTuple):
    """What became of a batch of texts: rows as columns, by name; how many texts were read; what was not."""

    columns: Columns
    texts: int
    skipped: list[Skipped]


def find_files(arguments: Iterable[str], out: Path | None = None) -> list[Path]:
    """The files behind names in seeds/, paths and folders, each once.

    What a run writes, `out` and the list beside it, is no text, and corrections are none: a folder's are passed over.

    Raises
    ------
    StatementError, ParameterError
        There is nothing of that name, nothing in it that could be read, or it would be overwritten.
    """
    files: dict[str, Path] = {}
    written = () if out is None else (realpath(out), realpath(skipped_of(out)))
    for argument in arguments:
        path = Path(argument)
        if path.is_dir():
            found = [file for file in sorted(path.rglob("*")) if is_text(file, path) and realpath(file) not in written]
            if not found:
                raise ParameterError(f"{argument}: there is no file in this folder that ends in {', '.join(ENDINGS)}.")
        elif not path.is_file():
            if path.suffix in ENDINGS or len(path.parts) > 1:
                raise ParameterError(f"{argument}: there is no such file or folder.")
            found = [find(argument)]
        elif realpath(path) in written:
            raise ParameterError(f"{argument}: --out {out} would overwrite it; give another --out.")
        elif path.suffix not in ENDINGS:
            raise ParameterError(f"{argument}: only files that end in {', '.join(ENDINGS)} can be read.")
        else:
            found = [path]
        files |= {realpath(file): file for file in found}
    return list(files.values())


def is_text(file: Path, folder: Path) -> bool:
    """Whether a file of a folder is to be read: not what is hidden, nor corrections."""
    is_hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return file.suffix in ENDINGS and not is_hidden and not file.name.endswith(CORRECTIONS)


def skipped_of(out: Path) -> Path:
    """The file beside the output that lists what was skipped."""
    return out.with_name(f"{out.stem}.skipped.jsonl")


def gather(files: Iterable[Path], given: Given) -> Iterator[Item]:
    """The texts of all files in order, no id twice; a text file comes as its path, to be read where it is parsed."""
    taken: set[int] = set()  # hashes are enough, and small
    for file in files:
        for item in items_of(file, given):
            if not isinstance(item, Skipped):
                id = item.stem if isinstance(item, Path) else item.id
                if hash(id) in taken:
                    item = Skipped(f"{file}: {id}", "its id is another text's too; give each its own")
                taken.add(hash(id))
            yield item


def items_of(file: Path, given: Given) -> Iterable[Item]:
    """A text file itself, or the rows of another; what is no file, such as a pipe, would never end."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            return [Skipped(str(file), "it is no file but a pipe, a device or a folder")]
    except OSError as error:
        return [Skipped(str(file), str(error.strerror))]
    return [file] if file.suffix == ".txt" else read_rows(file, given)


def read_file(path: Path, given: Given) -> Statement | Skipped:
    """A text file, with the passport beside it, or without one as it was given."""
    passport = path.with_suffix(".yml")
    try:
        if passport.exists():
            return checked(read_statement(path))
        if given.published is None:
            raise StatementError(f"it has no passport; write {passport.name} beside it or give --published")
        text, _ = decode(read_bytes(path), path.name)
        return checked(Statement(text, given.published, known_language(given.language, text), path.stem))
    except (AuylError, OSError) as error:
        return Skipped(str(path), getattr(error, "strerror", None) or str(error))


def read_rows(path: Path, given: Given) -> Iterator[Statement | Skipped]:
    """The rows of a file, in order; the file's own end, where it breaks off, is skipped."""
    number = 0
    try:
        readers = {".jsonl": json_rows, ".csv": csv_rows, ".parquet": parquet_rows}
        for number, row in enumerate(readers[path.suffix](path, given), start=1):
            try:
                yield read_row(row, f"{path.stem}:{number}", given)
            except AuylError as error:
                yield Skipped(f"{path}: row {number}", str(error))
    except Exception as error:  # pyarrow, csv and dates have many of their own; the other files are read all the same
        yield Skipped(str(path), f"it cannot be read from row {number + 1} on: {error}")


def read_row(row: Row, name: str, given: Given) -> Statement:
    """A row as a text: `id`, `language` and `date` or `published` are used where the row has them."""
    if isinstance(row, str):
        raise StatementError(row)
    text = row.get(given.text_column)
    if text is None or text == "":
        columns = ", ".join(map(str, row)) or "none"
        raise StatementError(f"there is no text in {given.text_column!r}; what it has: {columns}")
    if not isinstance(text, str):
        raise StatementError(f"{given.text_column!r} is no text but {str(text)[:40]!r}")
    said = row.get("date") or row.get("published") or given.published
    if said is None:
        raise StatementError("it has no date; give --published")
    date = said[:10] if isinstance(said, str) else said
    language = known_language(row.get("language") or given.language, text)
    id = row.get("id")
    return checked(Statement(text, date, language, name if id in (None, "") else str(id)))


def checked(statement: Statement) -> Statement:
    """The statement itself, if a table can hold it; StatementError if not."""
    id, text = statement.id, statement.text
    if not id.isprintable() or id.startswith(FORMULA):
        raise StatementError(f"its id is {id!r}; give it one that no spreadsheet takes for a formula")
    if not text.strip():
        raise StatementError("it is empty")
    if len(text) > LARGEST:
        raise StatementError(f"it has {len(text):,} characters; a statement has at most {LARGEST:,}")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise StatementError(f"character {error.start} is no Unicode: it was damaged before") from None
    return statement


def json_rows(path: Path, given: Given) -> Iterator[Row]:
    """One JSON object a line; a line that is none comes as the sentence that says so."""
    with path.open("rb") as file:
        for line in limited(file):
            try:
                row = json.loads(line.decode("utf-8-sig"))
                yield row if isinstance(row, dict) else f"it is no JSON object but {str(row)[:40]!r}"
            except (ValueError, RecursionError) as error:
                yield f"it is no JSON: {error}"


def csv_rows(path: Path, given: Given) -> Iterator[Row]:
    """The rows under the header; bytes that are no UTF-8 spoil their own row only."""
    csv.field_size_limit(LARGEST + 1)
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        yield from csv.DictReader(limited(file))


def limited(file: IO[AnyStr]) -> Iterator[AnyStr]:
    """The lines of a file; raises ValueError at one that is longer than that of any text could be."""
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise ValueError(f"a line of more than {LONGEST_LINE:,} letters")
        yield line


def parquet_rows(path: Path, given: Given) -> Iterator[Row]:
    """The columns that matter, a row at a time: two hundred rows that repeat one long text share it until then."""
    import pyarrow.parquet as parquet

    names = parquet.read_schema(path).names
    if given.text_column not in names:
        raise ValueError(f"it has no column {given.text_column!r}, but {', '.join(names)}; give --text-column")
    with parquet.ParquetFile(path, read_dictionary=[given.text_column]) as file:
        wanted = [name for name in ("id", "language", "date", "published", given.text_column) if name in names]
        if (size := unfolded(file.metadata, wanted)) > FOLDED * path.stat().st_size:
            raise ValueError(f"its {path.stat().st_size:,} bytes would unfold to {size:,}; no table of texts does that")
        for batch in file.iter_batches(batch_size=ROWS, columns=wanted):
            yield from map(partial(parquet_row, batch), range(len(batch)))


def parquet_row(batch, number: int) -> Row:
    """A row; where Python has no such value, as for a day in the year 200,000, the sentence that says so."""
    try:
        return batch.slice(number, 1).to_pylist()[0]
    except Exception as error:  # of Python's, of pyarrow's, of the time zones'
        return f"it holds what cannot be read: {error}"


def unfolded(metadata, columns: list[str]) -> int:
    """Bytes that these columns of a Parquet file say they take when they are unpacked."""
    groups = (metadata.row_group(number) for number in range(metadata.num_row_groups))
    chunks = (group.column(number) for group in groups for number in range(group.num_columns))
    return sum(chunk.total_uncompressed_size for chunk in chunks if chunk.path_in_schema.split(".")[0] in columns)
