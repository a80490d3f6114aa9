"""Many texts to one table: from seeds/, text files, folders and the rows of tables, side by side, in their order.

Batches of texts go to processes, columns of rows come back. A process holds one batch, and for figures knows neither
pandas nor pyarrow, so a corpus of any size takes the same small memory. Nothing here stops at a text that cannot be
read: it comes out as `Skipped`, with the reason, in its place.
"""

import stat
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from os.path import realpath
from pathlib import Path
from typing import Any, NamedTuple

from auyl.errors import AuylError, ParameterError, StatementError
from auyl.intake.encodings import decode
from auyl.intake.row_files import READERS, Row
from auyl.reading.corrections import ENDING as CORRECTIONS
from auyl.reading.document import Figure
from auyl.reading.language import known_language
from auyl.statement import LARGEST, Statement, find, read_bytes, read_statement
from auyl.workers import in_order, processes, workers_of

ENDINGS = (".txt", *READERS)
FORMULA = tuple("=+-@")  # what a spreadsheet takes for the beginning of a formula
LETTERS = 100_000  # of text in a batch: half a second of work, so that a run stops soon
TEXTS = 1_000  # in a batch at most
AHEAD = 3  # batches waiting or done for each process: none idles, and no more is held


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


class Result(NamedTuple):
    """What became of a batch of texts: rows as columns, by name; how many texts were read; what was not."""

    columns: Columns
    texts: int
    skipped: list[Skipped]


def read_corpus(
    files: Iterable[Path], given: Given, table: str = "figures", jobs: int = 1, dask: str | None = None
) -> Iterator[Result]:
    """What a table says of all texts of the files, batch by batch, in their order.

    Parameters
    ----------
    files
        As `find_files` finds them.
    given
        Language, day and text column for texts that do not say.
    table
        One of TABLES.
    jobs
        Processes side by side; 1 reads in this one. A single batch is always read in this one.
    dask
        The address of a scheduler of dask.distributed, whose workers read instead; they need auyl, not the files.
    """
    items: Iterable[Item] = gather(files, given)
    if dask is not None:
        items = (read_file(item, given) if isinstance(item, Path) else item for item in items)
    parts = batches(items)
    first = list(islice(parts, 2))
    parts = chain(first, parts)
    read = partial(read_batch, given=given, table=table)
    if dask is not None:
        with workers_of(dask) as (executor, count):
            yield from in_order(partial(executor.submit, read), parts, AHEAD * count)
    elif jobs == 1 or len(first) < 2:
        yield from map(read, parts)
    else:
        with processes(jobs, read) as submit:
            yield from in_order(submit, parts, AHEAD * jobs)


def find_files(arguments: Iterable[str], written: Iterable[Path] = ()) -> list[Path]:
    """The files behind names in seeds/, paths and folders, each once.

    What a run is `written` to is no text, and corrections are none: a folder's are passed over.

    Raises
    ------
    StatementError, ParameterError
        There is nothing of that name, nothing in it that could be read, or it would be overwritten.
    """
    files: dict[str, Path] = {}
    taken = set(map(realpath, written))
    for argument in arguments:
        path = Path(argument)
        if path.is_dir():
            found = [file for file in sorted(path.rglob("*")) if is_text(file, path) and realpath(file) not in taken]
            if not found:
                raise ParameterError(f"{argument}: there is no file in this folder that ends in {', '.join(ENDINGS)}.")
        elif not path.is_file():
            if path.suffix in ENDINGS or len(path.parts) > 1:
                raise ParameterError(f"{argument}: there is no such file or folder.")
            found = [find(argument)]
        elif realpath(path) in taken:
            raise ParameterError(f"{argument}: --out would overwrite it; give another --out.")
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


def read_rows(path: Path, given: Given) -> Iterator[Statement | Skipped]:
    """The rows of a file, in order; the file's own end, where it breaks off, is skipped."""
    number = 0
    try:
        for number, row in enumerate(READERS[path.suffix](path, given.text_column, LARGEST), start=1):
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


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items in runs of about LETTERS letters, at most TEXTS texts."""
    batch: list[Item] = []
    letters = 0
    for item in items:
        batch.append(item)
        if isinstance(item, Path):
            letters += item.stat().st_size if item.exists() else 0
        elif isinstance(item, Statement):
            letters += len(item.text)
        if letters >= LETTERS or len(batch) >= TEXTS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


def read_batch(batch: list[Item], given: Given, table: str) -> Result:
    """A table's rows of a batch, text after text. No text stops it: one that cannot be read is skipped."""
    columns: Columns = {}
    skipped: list[Skipped] = []
    for item in batch:
        read = read_file(item, given) if isinstance(item, Path) else item
        if isinstance(read, Statement):
            try:
                for name, entries in TABLES[table](read).items():
                    columns.setdefault(name, []).extend(entries)
                continue
            except AuylError as error:
                read = Skipped(read.id, str(error))
            except Exception as error:  # one text in a hundred thousand is no reason to lose the rest
                read = Skipped(read.id, f"reading it failed: {type(error).__name__}: {error}")
        skipped.append(read)
    return Result(columns, len(batch) - len(skipped), skipped)


def figure_columns(statement: Statement) -> Columns:
    """As `auyl.figures`, without pandas; nothing where there is no figure."""
    rows = statement.document.figures
    width = max(2, len(str(len(rows))))
    ids = [f"{statement.id}#{number:0{width}}" for number in range(1, len(rows) + 1)]
    named: Columns = {"source_id": [statement.id] * len(rows), "figure_id": ids}
    return named | dict(zip(Figure._fields, map(list, zip(*rows, strict=True)), strict=True)) if rows else {}


def answer_columns(statement: Statement) -> Columns:
    """As `auyl.answers`."""
    from auyl.measures.answers import answers  # measures need pandas

    table = answers(statement)
    return {str(name): table[name].astype("object").where(table[name].notna(), None).tolist() for name in table}


TABLES: dict[str, Callable[[Statement], Columns]] = {"figures": figure_columns, "answers": answer_columns}
