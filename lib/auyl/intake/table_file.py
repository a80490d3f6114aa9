"""A table of many texts, on the screen or in a file, batch by batch: CSV or Parquet, which is whole or not there."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pandas as pd

from auyl.errors import ParameterError, StatementError
from auyl.files import whole
from auyl.reading.lexicon import LANGUAGES
from auyl.statement import Statement
from auyl.terminal import visible

if TYPE_CHECKING:
    from auyl.intake.corpus import Result

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


def skipped_of(out: Path) -> Path:
    """The file beside the output that lists what was skipped."""
    return out.with_name(f"{out.stem}.skipped.jsonl")


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


def collect(results: Iterable["Result"], name: str) -> tuple[pd.DataFrame, Count]:
    """The rows of all results as a table, for those that fit a screen."""
    count = Count(name)
    [table] = tables(watch(results, count), empty_table(name), sys.maxsize)
    return table, count


def write_table(results: Iterable["Result"], out: Path, name: str) -> Count:
    """Write the rows of all results to `out`, and what was skipped to a file beside it, if anything was."""
    count, empty = Count(name), empty_table(name)
    with (
        whole(skipped_of(out), keep_empty=False) as list_part,
        list_part.open("w", encoding="utf-8") as listed,
        whole(out) as part,
        WRITERS[out.suffix](part, empty) as append,
    ):
        for table in tables(watch(results, count, listed), empty, ROW_GROUP):
            append(table)
    return count


def write_whole_table(table: pd.DataFrame, out: Path) -> None:
    """Write one table without bounded columns, in the format that the ending of `out` names."""
    with whole(out) as part, WRITERS[out.suffix](part, table.iloc[:0]) as append:
        append(table)


def watch(results: Iterable["Result"], count: Count, listed: IO[str] | None = None) -> Iterator["Result"]:
    """The same results, counted; what was skipped is told as it comes, and listed, a JSON object a line.

    Raises StatementError at the end if nothing could be read.
    """
    start = time.perf_counter()
    with progress() as bar:
        tell = partial(bar.write if bar else print, file=sys.stderr)
        for result in results:
            for source, reason in result.skipped:
                if listed:
                    line = {"source": visible(source), "reason": visible(reason)}
                    listed.write(json.dumps(line, ensure_ascii=False) + "\n")
                if count.skipped < TOLD:
                    tell(visible(" ".join(f"skipped: {source}: {reason}".split()))[:LONGEST])
                count.skipped += 1
            count.rows += len(next(iter(result.columns.values()), ()))
            count.texts += result.texts
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


def tables(results: Iterable["Result"], empty: pd.DataFrame, rows: int) -> Iterator[pd.DataFrame]:
    """The results as tables of about so many rows and an empty one's dtypes; the last has what is left, or nothing."""
    dtypes = {name: "category" if is_open(dtype) else dtype for name, dtype in empty.dtypes.items()}
    columns: dict[str, list] = {str(name): [] for name in empty}
    for result in results:
        for name, entries in result.columns.items():
            columns[name].extend(entries)
        if len(columns["source_id"]) >= rows:
            yield pd.DataFrame(columns).astype(dtypes)
            columns = {name: [] for name in columns}
    yield pd.DataFrame(columns).astype(dtypes)


def empty_table(name: str) -> pd.DataFrame:
    """The table of this name without a row: its columns and their dtypes are what a file of it has."""
    nothing = Statement("", date="2000-01-01", language=LANGUAGES[0])
    if name == "figures":
        from auyl.reading.table import figures

        return figures(nothing)
    from auyl.measures.answers import answers

    return answers(nothing)


def is_open(dtype: object) -> bool:
    """Whether it is a category that names no values: a table then has those it meets."""
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
