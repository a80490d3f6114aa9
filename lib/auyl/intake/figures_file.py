"""Figures into a file, batch by batch: CSV, Parquet or JSON lines, which appears whole or not at all."""

import csv
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet
from tqdm import tqdm

from auyl.errors import ParameterError, StatementError
from auyl.files import whole
from auyl.intake.corpus import Result
from auyl.intake.texts import skipped_of
from auyl.reading.subjects import catalogue
from auyl.reading.table import BOUNDS, DTYPES, EVIDENCE, STATUSES, table
from auyl.terminal import visible

ENDINGS = (".csv", ".parquet", ".jsonl")
FROM = ("unit_from", "subject_from", "place_from", "years_from", "status_from")
# Categories that a table has even where no row does.
FIXED = {"bound": BOUNDS, "status": STATUSES, **dict.fromkeys(FROM, EVIDENCE)}
TOLD = 20  # skipped texts that are told one by one; the file beside the output lists them all
LONGEST = 400  # letters of a line that tells of one; a table may have a thousand columns to name
ROW_GROUP = 100_000  # rows; fewer make a Parquet file slow to query

Columns = dict[str, list[Any]]
Append = Callable[[Columns], None]


def known_output(out: Path) -> Path:
    """The path itself, if a table can be written there."""
    if out.suffix not in ENDINGS:
        raise ParameterError(f'--out {out}: the ending "{out.suffix}" is not one of {", ".join(ENDINGS)}.')
    if not out.parent.is_dir():
        raise ParameterError(f"--out {out}: there is no folder {out.parent}.")
    if out.is_dir():
        raise ParameterError(f"--out {out}: this is a folder.")
    return out


@contextmanager
def figures_file(out: Path) -> Iterator[Append]:
    """A function that appends columns of figures to the file, in the form that its ending says."""
    writers = {".csv": write_csv, ".parquet": write_parquet, ".jsonl": write_json}
    with whole(out) as part, writers[out.suffix](part) as append:
        yield append


@contextmanager
def write_csv(path: Path) -> Iterator[Append]:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(DTYPES)
        yield lambda columns: rows.writerows(in_rows(columns))


@contextmanager
def write_json(path: Path) -> Iterator[Append]:
    with path.open("w", encoding="utf-8") as file:
        yield lambda columns: file.writelines(
            json.dumps(dict(zip(DTYPES, row, strict=True)), ensure_ascii=False) + "\n" for row in in_rows(columns)
        )


def in_rows(columns: Columns) -> Iterator[tuple]:
    return zip(*(columns[name] for name in DTYPES), strict=True) if columns else iter(())


@contextmanager
def write_parquet(path: Path) -> Iterator[Append]:
    waiting: list[pa.Table] = []

    with parquet.ParquetWriter(path, arrow_schema(), compression="zstd") as file:

        def write() -> None:
            if waiting:
                file.write_table(pa.concat_tables(waiting).unify_dictionaries())
                waiting.clear()

        def append(columns: Columns) -> None:
            if columns:
                waiting.append(arrow_table(columns))
            if sum(len(part) for part in waiting) >= ROW_GROUP:
                write()

        yield append
        write()


@cache
def arrow_schema() -> pa.Schema:
    """The tidy table's columns as Arrow has them, and what pandas needs to give them back with their dtypes."""
    subjects = catalogue().subjects
    indicators = {rule.name for subject in subjects.values() for rule in subject.indicators}
    categories = {
        "subject": pd.CategoricalDtype(sorted(subjects)),
        "indicator": pd.CategoricalDtype(sorted(indicators)),
    }
    return pa.Schema.from_pandas(table([], "").astype(categories), preserve_index=False)


def arrow_table(columns: Columns) -> pa.Table:
    """Columns of figures as an Arrow table; a category has those values that occur."""
    arrays = []
    for field in arrow_schema():
        entries = columns[field.name]
        if pa.types.is_dictionary(field.type):
            values = FIXED.get(field.name) or sorted({entry for entry in entries if entry is not None})
            places = {value: place for place, value in enumerate(values)}
            indices = pa.array([places.get(entry) for entry in entries], field.type.index_type)
            arrays.append(pa.DictionaryArray.from_arrays(indices, pa.array(values, field.type.value_type)))
        else:
            arrays.append(pa.array(entries, field.type))
    return pa.Table.from_arrays(arrays, schema=arrow_schema())


@dataclass
class Count:
    """What a run came to: figures, texts that were read, their letters, texts or files that were skipped."""

    figures: int = 0
    texts: int = 0
    letters: int = 0
    skipped: int = 0
    seconds: float = 0.0

    def words(self) -> str:
        """One line: how much, and how fast."""
        took = max(self.seconds, 0.01)
        line = f"{self.figures:,} figures of {self.texts:,} text{'s' * (self.texts != 1)}"
        line += f", {self.skipped:,} skipped" if self.skipped else ""
        speed = f"{self.texts / took:,.0f} texts and {self.letters / took / 1000:,.0f} thousand characters a second"
        return f"{line}, in {took:,.1f} s: {speed}"


def write_figures(results: Iterable[Result], out: Path) -> Count:
    """Write the figures of all results to `out`, and what was skipped to a file beside it, if anything was."""
    count = Count()
    with (
        whole(skipped_of(out), keep_empty=False) as part,
        part.open("w", encoding="utf-8") as list_of_skipped,
        figures_file(out) as append,
    ):
        for result in watch(results, count):
            append(result.columns)
            rows = (json.dumps(item._asdict(), ensure_ascii=False) + "\n" for item in result.skipped)
            list_of_skipped.writelines(rows)
    return count


def collect(results: Iterable[Result]) -> tuple[pd.DataFrame, Count]:
    """The figures of all results as the tidy table, for those that fit a screen."""
    count = Count()
    parts = [arrow_table(result.columns) for result in watch(results, count) if result.columns]
    return (pa.concat_tables(parts).to_pandas() if parts else table([], "")), count


def watch(results: Iterable[Result], count: Count) -> Iterator[Result]:
    """The results as they come: counted, shown by a progress bar, every text that was skipped told to the user.

    Raises
    ------
    StatementError
        At the end, if no text at all could be read.
    """
    start = time.perf_counter()
    with tqdm(unit=" texts", disable=None) as bar:  # no bar where nobody looks
        for result in results:
            for item in result.skipped[: max(0, TOLD - count.skipped)]:
                line = " ".join(f"skipped: {item.source}: {item.reason}".split())
                bar.write(visible(line)[:LONGEST], file=sys.stderr)
            count.figures += len(result.columns.get("value", ()))
            count.texts += result.texts
            count.letters += result.letters
            count.skipped += len(result.skipped)
            bar.update(result.texts)
            yield result
    count.seconds = time.perf_counter() - start
    if count.skipped > TOLD:
        print(f"skipped: {count.skipped - TOLD:,} more", file=sys.stderr)
    if count.skipped and not count.texts:
        raise StatementError("no text could be read, for the reasons above")
