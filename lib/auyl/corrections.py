"""A person's word: `seeds/<id>.corrections.csv`, whose lines mend what was read of a statement.

A line has `start`, `quote`, `column`, `value`, `why`. The quote stands in the text at `start` (which may be left out
where it stands there once) and lies in the figure that is meant. By `column`, the line

* mends a reading: `value`, `low`, `high`, `hedge`, `bound`, `unit`, `subject`, `programme`, `indicator`, `status`,
  `years` ("2019-2024", "2025"), `start_year`, `end_year`, `place`, `part`; an empty value is "not stated", and a value
  such as "701 billion tenge" is read as a text would be, unit and bound included;
* drops what is no figure: column `figure`, value `drop`;
* adds what was missed: column `add`, whose value is read as a text would be, the quote itself if it is empty; further
  lines with the same quote mend what that leaves open;
* confirms that two figures belong together: column `confirm`, value the other figure's quote or start.

Every reading that a line gives or confirms has `correction` as its evidence. Without the file the reading is as before.
"""

import csv
import dataclasses
import io
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from auyl.errors import StatementError
from auyl.reading.document import Figure
from auyl.reading.subjects import catalogue, subject_name

if TYPE_CHECKING:
    from auyl.statement import Statement

HEADER = ["start", "quote", "column", "value", "why"]
BOUNDS = ("exact", "about", "at_least", "at_most", "range")
STATUSES = ("actual", "planned", "target", "projected")
NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?(?:e\d{1,3})?")
YEARS = re.compile(r"((?:19|20)\d\d)(?:\s*[-–—]\s*((?:19|20)\d\d))?")
UNIT = re.compile(r"[A-Za-z][\w/·² ]*")
EVIDENCE = {  # which column says where a reading comes from
    "unit": "unit_from",
    "subject": "subject_from",
    "programme": "subject_from",
    "indicator": "subject_from",
    "place": "place_from",
    "part": "place_from",
    "start_year": "years_from",
    "end_year": "years_from",
    "status": "status_from",
}


class Correction(NamedTuple):
    """One line of the file: `line` is its number there, `start` and `quote` are known to stand in the text."""

    line: int
    start: int
    quote: str
    column: str
    value: str
    why: str

    @property
    def end(self) -> int:
        return self.start + len(self.quote)


class Made(NamedTuple):
    """A correction that was made: the figure it concerns, now, and what had been read there."""

    correction: Correction
    figure: Figure | None  # None where it was dropped
    read: object


def corrections_path(text: Path) -> Path:
    """Where the corrections of the statement in this .txt file are, if there are any."""
    return text.with_suffix(".corrections.csv")


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
    return tuple(_correction(name, line, row, text) for line, row in enumerate(rows[1:], start=2) if any(row))


def _correction(name: str, line: int, row: list[str], text: str) -> Correction:
    if len(row) != len(HEADER):
        raise StatementError(f"{name} line {line} has {len(row)} entries, not {len(HEADER)}: {', '.join(HEADER)}")
    start, quote, column, value, why = row
    column, value, why = column.strip(), value.strip(), why.strip()
    if not quote.strip():
        raise StatementError(f"{name} line {line} quotes nothing: give the words of the text that are meant")
    if not why:
        raise StatementError(f"{name} line {line} says no why: say how you know that {column} is {value!r}")
    if column not in MENDS and column not in OTHERS:
        known = ", ".join([*MENDS, *OTHERS])
        raise StatementError(f"{name} line {line}: {column!r} is no column that can be corrected: {known} are")
    at = _position(name, line, start.strip(), quote, text)
    return Correction(line, at, quote, column, value, why)


def _position(name: str, line: int, start: str, quote: str, text: str) -> int:
    found = [match.start() for match in re.finditer(re.escape(quote), text)]
    if not start and len(found) == 1:
        return found[0]
    if start.isdecimal() and int(start) in found:
        return int(start)
    where = f"at {start}" if start else "once"
    stands = f"it stands at {', '.join(map(str, found[:5]))}" if found else "it stands nowhere in it"
    raise StatementError(f"{name} line {line}: the text does not have {quote!r} {where}; {stands}")


# ---- What a line does ----------------------------------------------------------------------------------------------


def corrected(statement: "Statement") -> list[Figure]:
    """The statement's figures with its corrections made, in the order of the text.

    Raises
    ------
    StatementError
        A line does not fit what was read: no figure or two where it points, or a value its column cannot have.
    """
    return Mending(statement).figures if statement.corrections else statement.document.figures


def corrections_made(statement: "Statement") -> list[Made]:
    """The statement's corrections, in the order of the file, with what each changed."""
    return Mending(statement).made if statement.corrections else []


def confirmed_pairs(statement: "Statement") -> list[tuple[Figure, Figure]]:
    """The figures that a person says belong together, as they are after all corrections."""
    return Mending(statement).pairs if statement.corrections else []


class Mending:
    """A statement's figures while its corrections are made: first what is dropped and added, then what is mended."""

    def __init__(self, statement: "Statement") -> None:
        self.statement = statement
        self.by_start = {figure.start: figure for figure in statement.document.figures}
        done: dict[int, tuple[int, object]] = {}  # by line: where the figure begins, and what had been read
        for step in (("figure",), ("add",), tuple(MENDS)):
            for correction in statement.corrections:
                if correction.column in step:
                    done[correction.line] = self.make(correction)
        for start in {start for start, _ in done.values()} & self.by_start.keys():
            self.check(self.by_start[start])
        confirmed = {}
        for correction in statement.corrections:
            if correction.column == "confirm":
                confirmed[correction.line] = self.confirm(correction)
                done[correction.line] = confirmed[correction.line][0], None
        self.pairs = [(self.by_start[one], self.by_start[other]) for one, other in confirmed.values()]
        self.made = [
            Made(correction, self.by_start.get(done[correction.line][0]), done[correction.line][1])
            for correction in statement.corrections
        ]

    @property
    def figures(self) -> list[Figure]:
        return [self.by_start[start] for start in sorted(self.by_start)]

    def refused(self, correction: Correction, why: str) -> StatementError:
        return StatementError(f"{self.statement.id}.corrections.csv line {correction.line}: {why}")

    def make(self, correction: Correction) -> tuple[int, object]:
        """Makes one correction; where its figure begins, and what had been read."""
        if correction.column == "add":
            return self.add(correction), None
        figure = self.meant(correction)
        if correction.column == "figure":
            if correction.value != "drop":
                raise self.refused(correction, f"figure {correction.value!r}: the one value of this column is drop")
            del self.by_start[figure.start]
            return figure.start, figure.quote
        read = figure.start_year if correction.column == "years" else getattr(figure, correction.column)
        self.by_start[figure.start] = self.mended(figure, correction)
        return figure.start, read

    def meant(self, correction: Correction) -> Figure:
        """The one figure that shares text with the quote."""
        found = self.overlapping(correction.start, correction.end)
        if len(found) == 1:
            return found[0]
        if found:
            quotes = " and ".join(repr(figure.quote) for figure in found)
            raise self.refused(correction, f"{correction.quote!r} holds {quotes}: quote one figure")
        raise self.refused(correction, f"no figure was read at {correction.quote!r}: the column add adds one")

    def overlapping(self, start: int, end: int) -> list[Figure]:
        return [figure for figure in self.figures if figure.start < end and start < figure.end]

    def add(self, correction: Correction) -> int:
        if taken := self.overlapping(correction.start, correction.end):
            raise self.refused(
                correction, f"{taken[0].quote!r} is a figure there already: mend it, or drop it and add what is right"
            )
        read = self.read(correction, correction.value or correction.quote)
        sentences = self.statement.sentences
        number = next((n for n, (_, end) in enumerate(sentences, start=1) if correction.start < end), len(sentences))
        self.by_start[correction.start] = read._replace(
            **{name: None for name in Figure._fields if name not in (*PRINTED, "status")},
            **dict.fromkeys(("unit_from", "status_from"), "correction") if read.unit else {"status_from": "correction"},
            sentence=number,
            start=correction.start,
            end=correction.end,
            quote=correction.quote,
        )
        return correction.start

    def read(self, correction: Correction, words: str) -> Figure:
        """The one figure that these words state by themselves."""
        alone = dataclasses.replace(self.statement, text=words, corrections=())
        found = alone.document.figures
        if len(found) != 1:
            told = f"{len(found)} figures are" if found else "no figure is"
            raise self.refused(correction, f"{told} read in {words!r}: write one, such as 701 billion tenge")
        return found[0]

    def mended(self, figure: Figure, correction: Correction) -> Figure:
        column, value = correction.column, correction.value
        if column == "value" and value and not NUMBER.fullmatch(value):
            read = self.read(correction, value)
            changes = {name: getattr(read, name) for name in ("value", "low", "high", "hedge", "bound")}
            changes |= {"unit": read.unit} if read.unit else {}
        else:
            try:
                changes = MENDS[column](figure, value)
            except ValueError as error:
                raise self.refused(correction, f"{column} {value!r}: {error}") from None
        figure = figure._replace(**changes)
        return figure._replace(**{EVIDENCE[name]: evidence(figure, name) for name in changes if name in EVIDENCE})

    def check(self, figure: Figure) -> None:
        """The rules between columns, once all lines are made."""
        why = None
        subject = catalogue().subjects.get(figure.subject or "")
        known = [indicator.name for indicator in subject.indicators] if subject else []
        if figure.low is not None and figure.low > figure.value or figure.high is not None and figure.value > figure.high:
            why = f"low {figure.low}, value {figure.value}, high {figure.high} are out of order"
        elif (figure.start_year is None) != (figure.end_year is None):
            why = "a period has both start_year and end_year: the column years gives both"
        elif figure.start_year is not None and figure.end_year is not None and figure.start_year > figure.end_year:
            why = f"the period {figure.start_year}–{figure.end_year} ends before it begins"
        elif figure.indicator is not None and figure.indicator not in known:
            has = ", ".join(known) or "none"
            why = f"indicator {figure.indicator!r} is none of the subject {figure.subject!r}: it has {has}"
        if why:
            raise StatementError(f"{self.statement.id}.corrections.csv: {figure.quote!r}: {why}")

    def confirm(self, correction: Correction) -> tuple[int, int]:
        """Lets all readings of both figures rest on the person's word; where the two begin."""
        figure, other = self.meant(correction), self.other(correction)
        if figure.start == other.start:
            raise self.refused(correction, f"{correction.value!r} is the same figure: name the one it belongs with")
        for one in (figure, other):
            sure = {name: "correction" for name in set(EVIDENCE.values()) if getattr(one, name) is not None}
            self.by_start[one.start] = one._replace(**sure)
        return figure.start, other.start

    def other(self, correction: Correction) -> Figure:
        value = correction.value
        if value.isdecimal() and int(value) in self.by_start:
            return self.by_start[int(value)]
        found = [figure for figure in self.figures if value and value in figure.quote]
        if len(found) != 1:
            told = f"is in {len(found)} figures: give the start of one" if found else "is no figure's quote or start"
            raise self.refused(correction, f"confirm {value!r}: this {told}")
        return found[0]


def evidence(figure: Figure, column: str) -> str | None:
    """A person's word for the readings that this column's evidence speaks of; none where nothing is stated of them."""
    together = [name for name, source in EVIDENCE.items() if source == EVIDENCE[column]]
    return "correction" if any(getattr(figure, name) is not None for name in together) else None


# ---- What each column may hold: functions of the figure as read and the value written --------------------------------

Changes = dict[str, Any]


def _amount(figure: Figure, value: str) -> Changes:
    """Another value keeps its bound: the ends move in proportion, as those of a misread magnitude do."""
    new = _number(value)
    ends = {name: getattr(figure, name) for name in ("low", "high") if getattr(figure, name) is not None}
    if figure.value <= 0 or new <= 0:
        return {"value": new} | dict.fromkeys(ends, new)
    return {"value": new} | {name: new * (end / figure.value) for name, end in ends.items()}


def _bound(figure: Figure, value: str) -> Changes:
    """Another bound opens or closes the ends; a range needs lines for low and high too."""
    bound = _one_of(*BOUNDS)(figure, value)
    ends: dict[str, Changes] = {
        "exact": {"low": figure.value, "high": figure.value},
        "about": {"low": None, "high": None},
        "at_least": {"low": figure.value, "high": None},
        "at_most": {"low": None, "high": figure.value},
        "range": {},
    }
    return {"bound": bound} | ends[bound]


def _number(value: str) -> float:
    if not NUMBER.fullmatch(value):
        raise ValueError("is no number: write it as 701e9 or 64.5")
    return float(value.replace("−", "-"))


def _end(name: str) -> Callable[[Figure, str], Changes]:
    return lambda figure, value: {name: _number(value) if value else None}


def _one_of(*allowed: str) -> Callable[[Figure, str], str]:
    def known(figure: Figure, value: str) -> str:
        if value not in allowed:
            raise ValueError(f"is none of {', '.join(allowed)}")
        return value

    return known


def _words(name: str) -> Callable[[Figure, str], Changes]:
    return lambda figure, value: {name: value or None}


def _unit(figure: Figure, value: str) -> Changes:
    if value and not UNIT.fullmatch(value):
        raise ValueError("is no unit: write an ISO 4217 code (KZT), percent, km, or the counted thing (project)")
    return {"unit": value or None}


def _subject(figure: Figure, value: str) -> Changes:
    """Another subject has other indicators: one that it lacks goes."""
    subjects = catalogue().subjects
    if value and value not in subjects:
        raise ValueError(f"is none of the catalogue: {', '.join(subjects)}")
    names = [indicator.name for indicator in subjects[value].indicators] if value else []
    indicator = figure.indicator if figure.indicator in names else None
    return {"subject": value or None, "programme": subject_name(value) if value else None, "indicator": indicator}


def _status(figure: Figure, value: str) -> Changes:
    return {"status": _one_of(*STATUSES)(figure, value)}


def _years(figure: Figure, value: str) -> Changes:
    match = YEARS.fullmatch(value)
    if value and not match:
        raise ValueError("is no period: write 2025 or 2019-2024")
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (None, None)
    return {"start_year": first, "end_year": last}


def _year(name: str) -> Callable[[Figure, str], Changes]:
    return lambda figure, value: {name: _years(figure, value)["start_year"]}


MENDS: dict[str, Callable[[Figure, str], Changes]] = {
    "value": _amount,
    "low": _end("low"),
    "high": _end("high"),
    "hedge": _words("hedge"),
    "bound": _bound,
    "unit": _unit,
    "subject": _subject,
    "programme": _words("programme"),
    "indicator": _words("indicator"),
    "status": _status,
    "years": _years,
    "start_year": _year("start_year"),
    "end_year": _year("end_year"),
    "place": _words("place"),
    "part": _words("part"),
}
OTHERS = ("figure", "add", "confirm")
PRINTED = ("sentence", "start", "end", "quote", "value", "low", "high", "hedge", "bound", "unit")


def csv_line(cells: Iterable[object]) -> str:
    """One line of a file of corrections, without its end."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()
