"""A table of many texts, on the screen or in a file, batch by batch: CSV or Parquet, which is whole or not there."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from auyl.errors import ParameterError, StatementError
from auyl.files import whole
from auyl.intake.texts import Columns, Result, skipped_of
from auyl.reading.lexicon import LANGUAGES
from auyl.reading.table import table
from auyl.statement import Statement
from auyl.terminal import visible

TOLD = 20  # skipped texts that are told one by one; the file beside the output lists them all
LONGEST = 400  # letters of a line that tells of one; a table may have a thousand columns to name
ROW_GROUP = 25_000  # rows that are written at a time: fewer make a Parquet file slow to query, more take memory

Append = Callable[[pd.DataFrame], object]


def known_output(out: Path) -> Path:
    """The path itself, if a table can be written there."""
    if out.suffix not in WRITERS:
        raise ParameterError(f'--out {out}: the ending "{out.suffix}" is not one of {", ".join(WRITERS)}.')
    if not out.parent.is_dir():
        raise ParameterError(f"--out {out}: there is no folder {out.parent}.")
    if out.is_dir():
        raise ParameterError(f"--out {out}: this is a folder.")
    return out


def empty_table(name: str) -> pd.DataFrame:
    """The table of this name without a row: its columns and their dtypes are what a file of it has."""
    if name == "figures":
        return table([], "")
    from auyl.measures.answers import answers

    return answers(Statement("", date="2000-01-01", language=LANGUAGES[0]))


class Rows:
    """Rows that wait to become a table of an empty one's dtypes; a category that names no values has those it meets."""

    def __init__(self, empty: pd.DataFrame):
        self.columns: Columns = {str(name): [] for name in empty}
        self.dtypes = {name: "category" if is_open(empty.dtypes[name]) else empty.dtypes[name] for name in self.columns}

    def add(self, columns: Columns) -> int:
        """How many there are now."""
        for name, entries in columns.items():
            self.columns[name].extend(entries)
        return len(self.columns["source_id"])

    def take(self) -> pd.DataFrame:
        taken = pd.DataFrame(self.columns).astype(self.dtypes)
        self.columns = {name: [] for name in self.columns}
        return taken


def is_open(dtype: object) -> bool:
    return isinstance(dtype, pd.CategoricalDtype) and not len(dtype.categories)


@contextmanager
def write_csv(path: Path, empty: pd.DataFrame) -> Iterator[Append]:
    with path.open("w", encoding="utf-8", newline="") as file:
        empty.to_csv(file, index=False, lineterminator="\n")
        yield lambda rows: rows.to_csv(file, index=False, header=False, lineterminator="\n")


@contextmanager
def write_parquet(path: Path, empty: pd.DataFrame) -> Iterator[Append]:
    import pyarrow as pa
    import pyarrow.parquet as parquet

    words = {str(name): pd.CategoricalDtype([""]) for name, dtype in empty.dtypes.items() if is_open(dtype)}
    schema = pa.Schema.from_pandas(empty.astype(words), preserve_index=False)
    for name in words:  # as many values as there are in the texts
        schema = schema.set(schema.get_field_index(name), pa.field(name, pa.dictionary(pa.int16(), pa.string())))
    with parquet.ParquetWriter(path, schema, compression="zstd") as file:
        yield lambda rows: file.write_table(pa.Table.from_pandas(rows, schema, preserve_index=False))


WRITERS = {".csv": write_csv, ".parquet": write_parquet}


@dataclass
class Count:
    """What a run came to: rows, texts that were read, texts or files that were skipped, seconds."""

    table: str
    rows: int = 0
    texts: int = 0
    skipped: int = 0
    seconds: float = 0.0

    def words(self) -> str:
        line = f"{self.rows:,} {self.table} of {self.texts:,} text{'s' * (self.texts != 1)}"
        return f"{line}{f', {self.skipped:,} skipped' if self.skipped else ''}, in {self.seconds:,.1f} s"


def write_table(results: Iterable[Result], out: Path, name: str) -> Count:
    """Write the rows of all results to `out`, and what was skipped to a file beside it, if anything was."""
    count, empty = Count(name), empty_table(name)
    waiting, number = Rows(empty), 0
    with (
        whole(skipped_of(out), keep_empty=False) as list_part,
        list_part.open("w", encoding="utf-8") as skipped,
        whole(out) as part,
        WRITERS[out.suffix](part, empty) as append,
    ):
        for result in watch(results, count):
            if (number := waiting.add(result.columns)) >= ROW_GROUP:
                append(waiting.take())
                number = 0
            rows = ({"source": visible(item.source), "reason": visible(item.reason)} for item in result.skipped)
            skipped.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        if number:
            append(waiting.take())
    return count


def write_whole_table(table: pd.DataFrame, out: Path) -> None:
    """Write one table without bounded columns, in the format that the ending of `out` names."""
    with whole(out) as part, WRITERS[out.suffix](part, table.iloc[:0]) as append:
        append(table)


def collect(results: Iterable[Result], name: str) -> tuple[pd.DataFrame, Count]:
    """The rows of all results as a table, for those that fit a screen."""
    count, rows = Count(name), Rows(empty_table(name))
    for result in watch(results, count):
        rows.add(result.columns)
    return rows.take(), count


def watch(results: Iterable[Result], count: Count) -> Iterator[Result]:
    """The same results; what was skipped is told as it comes, and all is counted.

    Raises StatementError at the end if nothing could be read.
    """
    start = time.perf_counter()
    with progress() as bar:
        for result in results:
            for item in result.skipped[: max(0, TOLD - count.skipped)]:
                line = visible(" ".join(f"skipped: {item.source}: {item.reason}".split()))[:LONGEST]
                bar.write(line, file=sys.stderr) if bar else print(line, file=sys.stderr)
            count.rows += len(next(iter(result.columns.values()), ()))
            count.texts += result.texts
            count.skipped += len(result.skipped)
            if bar:
                bar.update(result.texts)
            yield result
    count.seconds = time.perf_counter() - start
    if count.skipped > TOLD:
        print(f"skipped: {count.skipped - TOLD:,} more", file=sys.stderr)
    if count.skipped and not count.texts:
        raise StatementError("no text could be read, for the reasons above")


def progress():
    """A progress bar where somebody looks and tqdm is installed."""
    if not sys.stderr.isatty() or not find_spec("tqdm"):
        return nullcontext()
    from tqdm import tqdm

    return tqdm(unit=" texts")
