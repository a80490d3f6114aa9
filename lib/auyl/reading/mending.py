"""A statement's figures with the corrections of its file made: `auyl.corrections` says what a line may say."""

import dataclasses
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from auyl.corrections import ENDING, MENDED, Correction
from auyl.errors import StatementError
from auyl.reading.document import Document, Figure
from auyl.reading.subjects import catalogue, subject_name

if TYPE_CHECKING:
    from auyl.statement import Statement

BOUNDS = ("exact", "about", "at_least", "at_most", "range")
STATUSES = ("actual", "planned", "target", "projected")
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


def mend(statement: "Statement", document: Document) -> Mended:
    """What was read of the statement with its corrections made: first what is dropped, then added, mended, confirmed.

    Raises
    ------
    StatementError
        A line does not fit what was read: no figure or two where it points, or a value its column cannot have.
    """
    figures = {figure.start: figure for figure in document.figures}
    done: dict[Correction, tuple[int, object]] = {}  # where the figure begins, and what had been read
    for columns in (("figure",), ("add",), MENDED, ("confirm",)):
        for correction in statement.corrections:
            if correction.column in columns:
                try:
                    done[correction] = _make(statement, document, figures, correction)
                except ValueError as error:
                    raise StatementError(f"{statement.id}{ENDING} line {correction.line}: {error}") from None
        for start in {start for start, _ in done.values()} & figures.keys() if columns == MENDED else ():
            if why := disorder(figures[start]):
                raise StatementError(f"{statement.id}{ENDING}: {figures[start].quote!r}: {why}")
    made = [Made(correction, figures.get(start), read) for correction, (start, read) in sorted(done.items())]
    confirmed = [(start, other) for correction, (start, other) in done.items() if correction.column == "confirm"]
    pairs = [(figures[start], figures[other]) for start, other in confirmed if isinstance(other, int)]
    return Mended([figures[start] for start in sorted(figures)], made, pairs)


def _make(
    statement: "Statement", document: Document, figures: dict[int, Figure], correction: Correction
) -> tuple[int, object]:
    """Makes one correction; where its figure begins, and what had been read (of a pair: where the other begins)."""
    _, start, quote, column, value, _ = correction
    found = [figure for figure in figures.values() if figure.start < start + len(quote) and start < figure.end]
    if column == "add":
        if found:
            raise ValueError(f"{found[0].quote!r} is a figure there already: mend it, or drop it and add what is right")
        figures[start] = _added(statement, document, correction)
        return start, None
    if len(found) != 1:
        quotes = " and ".join(repr(figure.quote) for figure in found)
        told = f"{quote!r} holds {quotes}: quote one figure" if found else f"no figure was read at {quote!r}"
        raise ValueError(told if found else f"{told}: the column add adds one")
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
    changes = _changes(statement, figure, column, value)
    figures[figure.start] = _signed(figure._replace(**changes), *changes)
    return figure.start, "-".join(
        dict.fromkeys(str(getattr(figure, name)) for name in changes if name not in AMOUNT[1:])
    )


def _added(statement: "Statement", document: Document, correction: Correction) -> Figure:
    read = _read(statement, correction.value or correction.quote)
    end = correction.start + len(correction.quote)
    entries: Changes = dict.fromkeys(Figure._fields) | {name: getattr(read, name) for name in (*AMOUNT, "unit")}
    entries |= {"start": correction.start, "end": end, "quote": correction.quote, "status": "actual"}
    begin = [document.reading.tokens[sentence.start].start for sentence in document.sentences]
    entries["sentence"] = max(1, sum(first <= correction.start for first in begin))
    return _signed(Figure(**entries), "unit", "status")


def _read(statement: "Statement", words: str) -> Figure:
    """The one figure that these words state by themselves."""
    found = dataclasses.replace(statement, text=words, corrections=()).document.figures
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


# ---- What each column may hold --------------------------------------------------------------------------------------


def _changes(statement: "Statement", figure: Figure, column: str, value: str) -> Changes:
    """The columns that change when one is to be `value`."""
    if column == "value":
        return _amount(statement, figure, value)
    try:
        return VALUES[column](figure, value) if column in VALUES else {column: value or None}
    except ValueError as error:
        raise ValueError(f"{column} {value!r}: {error}") from None


def _amount(statement: "Statement", figure: Figure, value: str) -> Changes:
    """A plain number keeps its bound: the ends move in proportion, as those of a misread magnitude do."""
    try:
        new = float(value.replace("−", "-"))
    except ValueError:
        read = _read(statement, value)
        return {name: getattr(read, name) for name in AMOUNT} | ({"unit": read.unit} if read.unit else {})
    ends = {name: end for name in ("low", "high") if (end := getattr(figure, name)) is not None}
    scaled = figure.value > 0 and new > 0
    return {"value": new} | {name: new * (end / figure.value) if scaled else new for name, end in ends.items()}


def _bound(figure: Figure, value: str) -> Changes:
    """Another bound opens or closes the ends."""
    if value not in BOUNDS[:-1]:
        raise ValueError(f"is none of {', '.join(BOUNDS[:-1])}; the two ends of a range are a value: 80 to 90")
    low = figure.value if value in ("exact", "at_least") else None
    return {"bound": value, "low": low, "high": figure.value if value in ("exact", "at_most") else None}


def _unit(figure: Figure, value: str) -> Changes:
    if value and not UNIT.fullmatch(value):
        raise ValueError("is no unit: write an ISO 4217 code (KZT), percent, km, or the counted thing (project)")
    return {"unit": value or None}


def _subject(figure: Figure, value: str) -> Changes:
    """Another subject has other indicators: one that it lacks goes."""
    subjects = catalogue().subjects
    if value and value not in subjects:
        raise ValueError(f"is none of the catalogue: {', '.join(subjects)}")
    kept = value and any(indicator.name == figure.indicator for indicator in subjects[value].indicators)
    programme = subject_name(value) if value else None
    return {"subject": value or None, "programme": programme, "indicator": figure.indicator if kept else None}


def _programme(figure: Figure, value: str) -> Changes:
    """A programme that the catalogue lacks is of no subject of it."""
    if figure.subject and value == subject_name(figure.subject):
        return {"programme": value}
    return {"programme": value or None, "subject": None, "indicator": None}


def _status(figure: Figure, value: str) -> Changes:
    if value not in STATUSES:
        raise ValueError(f"is none of {', '.join(STATUSES)}")
    return {"status": value}


def _years(figure: Figure, value: str) -> Changes:
    match = YEARS.fullmatch(value)
    if value and not match:
        raise ValueError("is no period: write 2025 or 2019-2024")
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (None, None)
    return {"start_year": first, "end_year": last}


VALUES: dict[str, Callable[[Figure, str], Changes]] = {
    "bound": _bound,
    "unit": _unit,
    "subject": _subject,
    "programme": _programme,
    "status": _status,
    "years": _years,
    "start_year": lambda figure, value: {"start_year": _years(figure, value)["start_year"]},
    "end_year": lambda figure, value: {"end_year": _years(figure, value)["end_year"]},
}


def disorder(figure: Figure) -> str | None:
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
