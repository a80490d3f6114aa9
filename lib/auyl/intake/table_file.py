"""A table into a file, batch by batch: CSV, Parquet or JSON lines, which appears whole or not at all."""

import csv
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
from auyl.intake.corpus import Columns, Result
from auyl.intake.texts import skipped_of
from auyl.reading.lexicon import LANGUAGES
from auyl.reading.table import table
from auyl.statement import Statement
from auyl.terminal import visible

ENDINGS = (".csv", ".parquet", ".jsonl")
TOLD = 20  # skipped texts that are told one by one; the file beside the output lists them all
LONGEST = 400  # letters of a line that tells of one; a table may have a thousand columns to name
ROW_GROUP = 100_000  # rows; fewer make a Parquet file slow to query

Append = Callable[[Columns], None]


def empty_table(name: str) -> pd.DataFrame:
    """The table of this name without a row: its columns and their dtypes are what a file of it has."""
    if name == "figures":
        return table([], "")
    from auyl.measures.answers import answers

    return answers(Statement("", date="2000-01-01", language=LANGUAGES[0]))


def known_output(out: Path) -> Path:
    """The path itself, if a table can be written there."""
    if out.suffix not in ENDINGS:
        raise ParameterError(f'--out {out}: the ending "{out.suffix}" is not one of {", ".join(ENDINGS)}.')
    if not out.parent.is_dir():
        raise ParameterError(f"--out {out}: there is no folder {out.parent}.")
    if out.is_dir():
        raise ParameterError(f"--out {out}: this is a folder.")
    return out


def open_ended(empty: pd.DataFrame) -> list[str]:
    """The categories that have those values which occur."""
    return [name for name, dtype in empty.dtypes.items() if dtype == "category" and not len(dtype.categories)]


@contextmanager
def table_file(out: Path, empty: pd.DataFrame) -> Iterator[Append]:
    """A function that appends columns to the file, in the form that its ending says; `empty` says which there are."""
    writers = {".csv": write_csv, ".parquet": write_parquet, ".jsonl": write_json}
    with whole(out) as part, writers[out.suffix](part, empty) as append:
        yield append


@contextmanager
def write_csv(path: Path, empty: pd.DataFrame) -> Iterator[Append]:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(empty)
        yield lambda columns: rows.writerows(in_rows(columns, empty))


@contextmanager
def write_json(path: Path, empty: pd.DataFrame) -> Iterator[Append]:
    with path.open("w", encoding="utf-8") as file:
        yield lambda columns: file.writelines(
            json.dumps(dict(zip(empty, row, strict=True)), ensure_ascii=False) + "\n" for row in in_rows(columns, empty)
        )


def in_rows(columns: Columns, empty: pd.DataFrame) -> Iterator[tuple]:
    return zip(*(columns[name] for name in empty), strict=True) if columns else iter(())


@contextmanager
def write_parquet(path: Path, empty: pd.DataFrame) -> Iterator[Append]:
    import pyarrow as pa
    import pyarrow.parquet as parquet

    schema = arrow_schema(empty)
    waiting: list[pa.Table] = []

    with parquet.ParquetWriter(path, schema, compression="zstd") as file:

        def write() -> None:
            if waiting:
                file.write_table(pa.concat_tables(waiting).unify_dictionaries())
                waiting.clear()

        def append(columns: Columns) -> None:
            if columns:
                waiting.append(arrow_table(columns, schema, empty))
            if sum(len(part) for part in waiting) >= ROW_GROUP:
                write()

        yield append
        write()


def arrow_schema(empty: pd.DataFrame):
    """The table's columns as Arrow has them, and what pandas needs to give them back with their dtypes."""
    import pyarrow as pa

    schema = pa.Schema.from_pandas(empty.astype(dict.fromkeys(open_ended(empty), pd.CategoricalDtype([""]))))
    for name in open_ended(empty):  # as many values as there are in the texts
        schema = schema.set(schema.get_field_index(name), pa.field(name, pa.dictionary(pa.int16(), pa.string())))
    return schema


def arrow_table(columns: Columns, schema, empty: pd.DataFrame):
    """Columns as an Arrow table; a category has the values that its dtype names, or those that occur."""
    import pyarrow as pa

    arrays = []
    for field in schema:
        entries = columns[field.name]
        if pa.types.is_dictionary(field.type):
            values = list(empty[field.name].cat.categories) or sorted({entry for entry in entries if entry is not None})
            places = {value: place for place, value in enumerate(values)}
            indices = pa.array([places.get(entry) for entry in entries], field.type.index_type)
            arrays.append(pa.DictionaryArray.from_arrays(indices, pa.array(values, field.type.value_type)))
        else:
            arrays.append(pa.array(entries, field.type))
    return pa.Table.from_arrays(arrays, schema=schema)


@dataclass
class Count:
    """What a run came to: rows, texts that were read, their letters, texts or files that were skipped."""

    table: str
    rows: int = 0
    texts: int = 0
    letters: int = 0
    skipped: int = 0
    seconds: float = 0.0

    def words(self) -> str:
        """One line: how much, and how fast."""
        took = max(self.seconds, 0.01)
        line = f"{self.rows:,} {self.table} of {self.texts:,} text{'s' * (self.texts != 1)}"
        line += f", {self.skipped:,} skipped" if self.skipped else ""
        speed = f"{self.texts / took:,.0f} texts and {self.letters / took / 1000:,.0f} thousand characters a second"
        return f"{line}, in {took:,.1f} s: {speed}"


def write_table(results: Iterable[Result], out: Path, name: str = "figures") -> Count:
    """Write the rows of all results to `out`, and what was skipped to a file beside it, if anything was."""
    count = Count(name)
    with (
        whole(skipped_of(out), keep_empty=False) as part,
        part.open("w", encoding="utf-8") as list_of_skipped,
        table_file(out, empty_table(name)) as append,
    ):
        for result in watch(results, count):
            append(result.columns)
            rows = ({"source": visible(item.source), "reason": visible(item.reason)} for item in result.skipped)
            list_of_skipped.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return count


def collect(results: Iterable[Result], name: str = "figures") -> tuple[pd.DataFrame, Count]:
    """The rows of all results as a table, for those that fit a screen."""
    count = Count(name)
    empty = empty_table(name)
    columns: dict[str, list] = {column: [] for column in empty}
    for result in watch(results, count):
        for column, entries in result.columns.items():
            columns[column].extend(entries)
    dtypes = empty.dtypes.to_dict() | dict.fromkeys(open_ended(empty), "category")
    return pd.DataFrame(columns).astype(dtypes), count


def watch(results: Iterable[Result], count: Count) -> Iterator[Result]:
    """The results as they come: counted, shown by a progress bar, every text that was skipped told to the user.

    Raises
    ------
    StatementError
        At the end, if no text at all could be read.
    """
    start = time.perf_counter()
    with progress() as bar:
        for result in results:
            for item in result.skipped[: max(0, TOLD - count.skipped)]:
                line = visible(" ".join(f"skipped: {item.source}: {item.reason}".split()))[:LONGEST]
                bar.write(line, file=sys.stderr) if bar else print(line, file=sys.stderr)
            count.rows += len(next(iter(result.columns.values()), ()))
            count.texts += result.texts
            count.letters += result.letters
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
