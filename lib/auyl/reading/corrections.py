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
"""

import csv
import io
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from auyl.errors import StatementError
from auyl.reading.document import BOUNDS, STATUSES, Document, Figure
from auyl.reading.subjects import catalogue, subject_name

HEADER = ["start", "quote", "column", "value", "why"]
MENDED = (
    "value", "bound", "unit", "subject", "programme", "indicator", "status", "years", "start_year", "end_year", "place",
    "part",
)  # fmt: skip
COLUMNS = (*MENDED, "figure", "add", "confirm")
ENDING = ".corrections.csv"
AMOUNT = ("value", "low", "high", "hedge", "bound")
YEARS = re.compile(r"((?:19|20)\d\d)(?:\s*[-–—]\s*((?:19|20)\d\d))?")
UNIT = re.compile(r"[A-Za-z][\w/·² ]*")
READINGS = {  # what each column of evidence is the evidence of
    "unit_from": ("unit",),
    "subject_from": ("subject", "programme", "indicator"),
    "place_from": ("place", "part"),
    "years_from": ("start_year", "end_year"),
    "status_from": ("status",),
}
Changes = dict[str, Any]


class Correction(NamedTuple):
    """One line of the file: `line` is its number there, `start` and `quote` are known to stand in the text."""

    line: int
    start: int
    quote: str
    column: str
    value: str
    why: str


class Made(NamedTuple):
    """A correction that was made: the figure it concerns, now, and what had been read there."""

    correction: Correction
    figure: Figure | None  # None where it was dropped
    read: object


class Mended(NamedTuple):
    """All of it: the figures in the order of the text, what was done, and the pairs that a person has confirmed."""

    figures: list[Figure]
    made: list[Made]
    pairs: list[tuple[Figure, Figure]]


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


def mend(document: Document, corrections: Iterable[Correction], id: str) -> Mended:
    """What was read of a text with its corrections made: first what is dropped, then added, mended, confirmed.

    Raises
    ------
    StatementError
        A line does not fit what was read: no figure or two where it points, or a value its column cannot have.
    """
    figures = {figure.start: figure for figure in document.figures}
    done: dict[Correction, tuple[int, object]] = {}  # where the figure begins, and what had been read
    for columns in (("figure",), ("add",), MENDED, ("confirm",)):
        for correction in corrections:
            if correction.column in columns:
                try:
                    done[correction] = _make(document, figures, correction)
                except ValueError as error:
                    raise StatementError(f"{id}{ENDING} line {correction.line}: {error}") from None
    for start in {start for start, _ in done.values()} & figures.keys():
        if why := _disorder(figures[start]):
            raise StatementError(f"{id}{ENDING}: {figures[start].quote!r}: {why}")
    made = [Made(correction, figures.get(start), read) for correction, (start, read) in sorted(done.items())]
    confirmed = [(start, other) for correction, (start, other) in done.items() if correction.column == "confirm"]
    pairs = [(figures[start], figures[other]) for start, other in confirmed if isinstance(other, int)]
    return Mended([figures[start] for start in sorted(figures)], made, pairs)


def _make(document: Document, figures: dict[int, Figure], correction: Correction) -> tuple[int, object]:
    """Makes one correction; where its figure begins, and what had been read (of a pair: where the other begins)."""
    _, start, quote, column, value, _ = correction
    found = [figure for figure in figures.values() if figure.start < start + len(quote) and start < figure.end]
    if column == "add":
        if found:
            raise ValueError(f"{found[0].quote!r} is a figure there already: mend it, or drop it and add what is right")
        figures[start] = _added(document, correction)
        return start, None
    if not found:
        raise ValueError(f"no figure was read at {quote!r}: the column add adds one")
    if len(found) > 1:
        raise ValueError(f"{quote!r} holds {' and '.join(repr(each.quote) for each in found)}: quote one figure")
    figure = found[0]
    if column == "figure":
        if value != "drop":
            raise ValueError(f"figure {value!r}: the one value of this column is drop")
        del figures[figure.start]
        return figure.start, figure.quote
    if column == "confirm":
        other = _other(figures, value)
        if other is figure:
            raise ValueError(f"{value!r} is the same figure: name the one it belongs with")
        for one in (figure, other):
            figures[one.start] = _signed(one, *(name for names in READINGS.values() for name in names))
        return figure.start, other.start
    try:
        changes = _amount(document, figure, value) if column == "value" else _changes(figure, column, value)
    except ValueError as error:
        raise ValueError(f"{column} {value!r}: {error}") from None
    figures[figure.start] = _signed(figure._replace(**changes), *changes)
    read = [str(getattr(figure, name)) for name in changes if name not in AMOUNT[1:]]
    return figure.start, "-".join(dict.fromkeys(read))


def _added(document: Document, correction: Correction) -> Figure:
    start, quote = correction.start, correction.quote
    read = _read(document, correction.value or quote)
    sentence = sum(document.reading.tokens[each.start].start <= start for each in document.sentences)
    unsaid: Changes = {name: None for names in READINGS.items() for name in (names[0], *names[1])}
    unsaid |= {"unit": read.unit, "status": "actual", "start": start, "end": start + len(quote), "quote": quote}
    return _signed(read._replace(**unsaid, sentence=max(1, sentence)), "unit", "status")


def _read(document: Document, words: str) -> Figure:
    """The one figure that these words state by themselves."""
    found = Document(words, str(document.year), document.language, document.given_country).figures
    if len(found) != 1:
        told = f"{len(found)} figures are" if found else "no figure is"
        raise ValueError(f"{told} read in {words!r}: write one, such as 701 billion tenge")
    return found[0]


def _other(figures: dict[int, Figure], value: str) -> Figure:
    """The figure of this start, or the one whose quote has these words."""
    found = [figure for figure in figures.values() if value and value in (str(figure.start), figure.quote)]
    found = found or [figure for figure in figures.values() if value and value in figure.quote]
    if len(found) != 1:
        told = f"is in {len(found)} figures: give the start of one" if found else "is no figure's quote or start"
        raise ValueError(f"confirm {value!r}: this {told}")
    return found[0]


def _signed(figure: Figure, *columns: str) -> Figure:
    """The figure with a person's word as the evidence of these columns; of what is not stated there is none."""
    sources: Changes = {
        source: "correction" if any(getattr(figure, name) is not None for name in names) else None
        for source, names in READINGS.items()
        if not set(names).isdisjoint(columns)
    }
    return figure._replace(**sources)


def _amount(document: Document, figure: Figure, value: str) -> Changes:
    """A plain number keeps its bound: the ends move in proportion, as those of a misread magnitude do."""
    try:
        new = float(value.replace("−", "-"))
    except ValueError:
        read = _read(document, value)
        return {name: getattr(read, name) for name in AMOUNT} | ({"unit": read.unit} if read.unit else {})
    ends = {name: end for name in ("low", "high") if (end := getattr(figure, name)) is not None}
    scaled = figure.value > 0 and new > 0
    return {"value": new} | {name: new * (end / figure.value) if scaled else new for name, end in ends.items()}


def _changes(figure: Figure, column: str, value: str) -> Changes:
    """The columns that change when this one is to be `value`: a bound opens or closes the ends, a subject that has
    not the figure's indicator takes it away, a programme that the catalogue lacks is of no subject."""
    subjects = catalogue().subjects
    known = {"bound": BOUNDS[:-1], "status": STATUSES, "subject": ("", *subjects)}.get(column)
    if known and value not in known:
        ends = "; the two ends of a range are a value: 80 to 90" if column == "bound" else ""
        raise ValueError(f"is none of {'the catalogue: ' * ('' in known)}{', '.join(filter(None, known))}{ends}")
    if column == "unit" and value and not UNIT.fullmatch(value):
        raise ValueError("is no unit: write an ISO 4217 code (KZT), percent, km, or the counted thing (project)")
    if column == "bound":
        low, high = value in ("exact", "at_least"), value in ("exact", "at_most")
        return {"bound": value, "low": figure.value if low else None, "high": figure.value if high else None}
    if column in ("years", "start_year", "end_year"):
        match = YEARS.fullmatch(value)
        if value and not match:
            raise ValueError("is no period: write 2025 or 2019-2024")
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (None, None)
        years = {"start_year": first, "end_year": last}
        return years if column == "years" else {column: years[column]}
    if column == "subject":
        kept = value and any(indicator.name == figure.indicator for indicator in subjects[value].indicators)
        named = {"subject": value or None, "programme": subject_name(value) if value else None}
        return named | {"indicator": figure.indicator if kept else None}
    if column == "programme" and not (figure.subject and value == subject_name(figure.subject)):
        return {"programme": value or None, "subject": None, "indicator": None}
    return {column: value or None}


def _disorder(figure: Figure) -> str | None:
    """Which rule between columns the figure breaks, in words; None where it breaks none."""
    first, last = figure.start_year, figure.end_year
    if (first is None) != (last is None):
        return "a period has both start_year and end_year: the column years gives both"
    if first is not None and last is not None and first > last:
        return f"the period {first}–{last} ends before it begins"
    subject = catalogue().subjects.get(figure.subject or "")
    known = [indicator.name for indicator in subject.indicators] if subject else []
    if figure.indicator is not None and figure.indicator not in known:
        return f"indicator {figure.indicator!r} is none of the subject {figure.subject!r}: {', '.join(known) or 'none'}"
    return None
