"""A statement's figures with the corrections of its file made: see `auyl.corrections` for what a line says."""

import dataclasses
from typing import TYPE_CHECKING, Any, NamedTuple

from auyl.corrections import MENDED, Correction
from auyl.errors import StatementError
from auyl.reading.column_values import EVIDENCE, NUMBER, VALUES, Changes, disorder, evidence
from auyl.reading.document import Figure

if TYPE_CHECKING:
    from auyl.statement import Statement

AMOUNT = ("value", "low", "high", "hedge", "bound")


class Made(NamedTuple):
    """A correction that was made: the figure it concerns, now, and what had been read there."""

    correction: Correction
    figure: Figure | None  # None where it was dropped
    read: object


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
        for step in (("figure",), ("add",), MENDED):
            for correction in statement.corrections:
                if correction.column in step:
                    done[correction.line] = self.make(correction)
        for start in {start for start, _ in done.values()} & self.by_start.keys():
            if why := disorder(self.by_start[start]):
                raise StatementError(f"{statement.id}.corrections.csv: {self.by_start[start].quote!r}: {why}")
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
        entries: dict[str, Any] = dict.fromkeys(Figure._fields)
        entries |= {name: getattr(read, name) for name in (*AMOUNT, "unit")}
        entries |= {"sentence": number, "start": correction.start, "end": correction.end, "quote": correction.quote}
        added = Figure(**entries | {"status": "actual", "status_from": "correction"})
        self.by_start[added.start] = added._replace(unit_from=evidence(added, "unit"))
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
            changes = {name: getattr(read, name) for name in AMOUNT}
            changes |= {"unit": read.unit} if read.unit else {}
        else:
            try:
                changes = VALUES[column](figure, value)
            except ValueError as error:
                raise self.refused(correction, f"{column} {value!r}: {error}") from None
        figure = figure._replace(**changes)
        sources: Changes = {EVIDENCE[name]: evidence(figure, name) for name in changes if name in EVIDENCE}
        return figure._replace(**sources)

    def confirm(self, correction: Correction) -> tuple[int, int]:
        """Lets all readings of both figures rest on the person's word; where the two begin."""
        figure, other = self.meant(correction), self.other(correction)
        if figure.start == other.start:
            raise self.refused(correction, f"{correction.value!r} is the same figure: name the one it belongs with")
        for one in (figure, other):
            sure: Changes = {name: "correction" for name in set(EVIDENCE.values()) if getattr(one, name) is not None}
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
