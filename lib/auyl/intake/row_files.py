"""The rows of .jsonl, .csv and .parquet files, one after another, whatever a stranger put into them.

A row is a dictionary, or the sentence that says why it cannot be read; where a file breaks off, its reader raises.
"""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, AnyStr

ROWS = 200  # read of a Parquet file at a time
FOLDED = 1_000  # times its own size may a Parquet file unfold to; ordinary words do to 5 or 20

Row = dict[str, Any] | str


def json_rows(path: Path, column: str, longest: int) -> Iterator[Row]:
    """One JSON object a line; JSON writes some letters as six."""
    with path.open("rb") as file:
        for line in limited(file, 8 * longest):
            try:
                row = json.loads(line.decode("utf-8-sig"))
                yield row if isinstance(row, dict) else f"it is no JSON object but {str(row)[:40]!r}"
            except (ValueError, RecursionError) as error:
                yield f"it is no JSON: {error}"


def csv_rows(path: Path, column: str, longest: int) -> Iterator[Row]:
    """The rows under the header; bytes that are no UTF-8 spoil their own row only."""
    csv.field_size_limit(longest + 1)
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        yield from csv.DictReader(limited(file, 8 * longest))


def limited(file: IO[AnyStr], longest: int) -> Iterator[AnyStr]:
    """The lines of a file; raises ValueError at one that is longer than that of any text could be."""
    while line := file.readline(longest):
        if len(line) == longest:
            raise ValueError(f"a line of more than {longest:,} letters")
        yield line


def parquet_rows(path: Path, column: str, longest: int) -> Iterator[Row]:
    """The columns that matter, a row at a time: two hundred rows that repeat one long text share it until then."""
    import pyarrow.parquet as parquet

    names = parquet.read_schema(path).names
    if column not in names:
        raise ValueError(f"it has no column {column!r}, but {', '.join(names)}; give --text-column")
    with parquet.ParquetFile(path, read_dictionary=[column]) as file:
        wanted = [name for name in ("id", "language", "date", "published", column) if name in names]
        groups = (file.metadata.row_group(number) for number in range(file.num_row_groups))
        chunks = (group.column(number) for group in groups for number in range(group.num_columns))
        size = sum(chunk.total_uncompressed_size for chunk in chunks if chunk.path_in_schema.split(".")[0] in wanted)
        if size > FOLDED * path.stat().st_size:
            raise ValueError(f"its {path.stat().st_size:,} bytes would unfold to {size:,}; no table of texts does that")
        for batch in file.iter_batches(batch_size=ROWS, columns=wanted):
            for number in range(len(batch)):
                try:
                    row = batch.slice(number, 1).to_pylist()[0]
                except Exception as error:  # pyarrow's or the time zones': Python has no day in the year 200,000
                    row = f"it holds what cannot be read: {error}"
                yield row


READERS: dict[str, Callable[[Path, str, int], Iterator[Row]]] = {
    ".jsonl": json_rows,
    ".csv": csv_rows,
    ".parquet": parquet_rows,
}
