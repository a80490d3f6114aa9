"""What of a statement's reading wants a look, the weakest evidence first, each with the line that would mend it."""

from collections.abc import Hashable, Iterator
from typing import Any, NamedTuple

import pandas as pd

from auyl.measures.answers import answers
from auyl.measures.things import is_kind
from auyl.reading.corrections import READINGS, csv_line
from auyl.reading.table import figures
from auyl.statement import Statement

SAYS = {  # the weakest first; a figure's own clause needs no second look
    "default": "no word says so",
    "title": "by the title",
    "passport": "by the passport",
    "paragraph": "carried over from an earlier sentence of its paragraph",
    "sentence": "by another clause of its sentence",
}
WEAKEST_FIRST = list(SAYS)
Row = dict[Hashable, Any]


class Doubt(NamedTuple):
    """A reading that may be wrong: what it is, in words, and the line of a file of corrections that settles it.

    The line has the reading as it stands and no `why`: a reason signs the reading, another value mends it.
    """

    about: str
    line: str
    start: int
    column: str


def doubts(statement: Statement) -> list[Doubt]:
    """Fractions of people, weak readings by their evidence, figures without a unit, answers that are held back.

    What a line of the file of corrections has settled is none any more.
    """
    found = figures(statement)
    weak = sorted(_weak(found), key=lambda item: item[0])  # the same evidence: in the order of the text
    settled = {(made.figure.start, made.correction.column) for made in statement.mended.made if made.figure}
    listed = [
        *_fractions(found),
        *(doubt for _, doubt in weak),
        *_without_unit(found),
        *_held_back(answers(statement), found),
    ]
    return [doubt for doubt in listed if (doubt.start, doubt.column) not in settled]


def _weak(found: pd.DataFrame) -> Iterator[tuple[int, Doubt]]:
    for row in found.to_dict("records"):
        for source, columns in READINGS.items():
            stated = {name: str(row[name]) for name in columns if not pd.isna(row[name])}
            if source == "years_from":  # two columns of one reading, told once where they say the same
                stated = {"years": "-".join(dict.fromkeys(stated.values()))} if stated else {}
            if "subject" in stated:
                stated.pop("programme", None)  # the same in words
            if stated and row[source] in WEAKEST_FIRST:
                said = ", ".join(f"{column} {words}" for column, words in stated.items())
                about = f"{row['quote']}: {said}: {SAYS[row[source]]}"
                yield WEAKEST_FIRST.index(row[source]), _doubt(about, row, *next(iter(stated.items())))


def _fractions(found: pd.DataFrame) -> Iterator[Doubt]:
    """Nobody is a fraction of a person, but on average: the print has lost a "thousand"."""
    printed = (found["bound"] != "range") & (found["part"].fillna("") != "average")
    for row in found[(found["value"] % 1 != 0) & printed].to_dict("records"):
        if is_kind(row["unit"], "people"):
            about = f"{row['quote']}: no number of people has a fraction; is a word such as “thousand” missing?"
            yield _doubt(about, row, "value", f"{row['value']:g}")


def _without_unit(found: pd.DataFrame) -> Iterator[Doubt]:
    for row in found[found["unit"].isna()].to_dict("records"):
        yield _doubt(f"{row['quote']}: no unit was read", row, "unit", "")


def _held_back(computed: pd.DataFrame, found: pd.DataFrame) -> Iterator[Doubt]:
    """What is computed and not said: confirming its first two figures as a pair is a person's word that they belong."""
    rows = {row["figure_id"]: row for row in found.to_dict("records")}
    for answer in computed[~computed["said"]].to_dict("records"):
        ids = [id for id in str(answer["figure_ids"]).split(",") if id in rows]
        if len(ids) >= 2:
            one, other = rows[ids[0]], rows[ids[1]]
            pair = f"{answer['measure'].replace('_', ' ')} of {one['quote']} and {other['quote']}"
            about = f"{pair} is held back: {answer['why_not']}"
            yield _doubt(about, one, "confirm", str(other["start"]))


def _doubt(about: str, row: Row, column: str, value: str) -> Doubt:
    return Doubt(about, csv_line([row["start"], row["quote"], column, value, ""]), row["start"], column)
