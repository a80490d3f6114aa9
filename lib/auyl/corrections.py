"""A person's word: `seeds/<id>.corrections.csv`, whose lines mend what was read of a statement.

A line has `start`, `quote`, `column`, `value`, `why`. The quote stands in the text at `start` (which may be left out
where it stands there once) and lies in the figure that is meant. By `column`, the line

* mends a reading: `value`, `bound`, `unit`, `subject`, `programme` (one that the catalogue lacks), `indicator`,
  `status`, `years` ("2019-2024", "2025"), `start_year`, `end_year`, `place`, `part`; an empty value is "not stated",
  and a value such as "701 billion tenge" or "80 to 90 projects" is read as a text would be, unit and bound included;
* drops what is no figure: column `figure`, value `drop`;
* adds what was missed: column `add`, whose value is read as a text would be, the quote itself if it is empty; it is
  `actual` and of no subject, years or place until further lines with the same quote say so;
* confirms that two figures belong together: column `confirm`, value the other figure's quote or start.

Every reading that a line gives or confirms has `correction` as its evidence. Without the file the reading is as before.
`reading.mending` makes the corrections.
"""

import csv
import io
import re
from collections.abc import Iterable
from typing import NamedTuple

from auyl.errors import StatementError

HEADER = ["start", "quote", "column", "value", "why"]
MENDED = (
    "value", "bound", "unit", "subject", "programme", "indicator", "status", "years", "start_year", "end_year", "place",
    "part",
)  # fmt: skip
COLUMNS = (*MENDED, "figure", "add", "confirm")
ENDING = ".corrections.csv"


class Correction(NamedTuple):
    """One line of the file: `line` is its number there, `start` and `quote` are known to stand in the text."""

    line: int
    start: int
    quote: str
    column: str
    value: str
    why: str


def read_corrections(raw: bytes, name: str, text: str) -> tuple[Correction, ...]:
    """The lines of a file of corrections, each known to quote the text.

    Raises
    ------
    StatementError
        The file is no such table, or a line's quote does not stand where it says; the message names the line.
    """
    try:
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise StatementError(f"{name} is no comma-separated text in UTF-8: {error}") from None
    if not rows or [cell.strip() for cell in rows[0]] != HEADER:
        raise StatementError(f"{name}: the first line must be {','.join(HEADER)}")
    try:
        return tuple(_correction(line, row, text) for line, row in enumerate(rows[1:], start=2) if any(row))
    except ValueError as error:
        raise StatementError(f"{name} {error}") from None


def _correction(line: int, row: list[str], text: str) -> Correction:
    if len(row) != len(HEADER):
        raise ValueError(f"line {line} has {len(row)} entries, not {len(HEADER)}: {', '.join(HEADER)}")
    start, quote, (column, value, why) = row[0].strip(), row[1], (cell.strip() for cell in row[2:])
    if not quote.strip():
        raise ValueError(f"line {line} quotes nothing: give the words of the text that are meant")
    if not why:
        raise ValueError(f"line {line} says no why: say how you know that {column} is {value!r}")
    if column not in COLUMNS:
        raise ValueError(f"line {line}: {column!r} is no column that can be corrected: {', '.join(COLUMNS)} are")
    found = [str(match.start()) for match in re.finditer(re.escape(quote), text)]
    if start not in found and (start or len(found) != 1):
        stands = f"it stands at {', '.join(found[:5])}" if found else "it stands nowhere in it"
        where = f"at {start}" if start else "once"
        raise ValueError(f"line {line}: the text does not have {quote!r} {where}; {stands}")
    return Correction(line, int(start or found[0]), quote, column, value, why)


def csv_line(cells: Iterable[object]) -> str:
    """One line of such a file, without its end."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()
