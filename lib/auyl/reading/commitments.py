"""What a statement says is done, under way or announced without giving a number for it.

A layout approved, a contract to be concluded: no figure measures these, and a table of figures would lose them. They
are found by the vocabulary's rows of `stage` (words that say how far a thing has come), `step` (acts and instruments
that an announcement lists) and `step_opening` (words that open such a list).
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from auyl.reading.document import Document
from auyl.reading.lexicon import OPENERS, STOPS, Mark, Reading
from auyl.reading.sentences import PARTING, Sentence, parts
from auyl.reading.status import ending_of
from auyl.reading.subjects import subject_name

if TYPE_CHECKING:
    from auyl.statement import Statement

OPENING = frozenset({"place_in", "by", "since", "relative", "given_for", "span_in", "aside", "said", "at_hour"})
LISTED = 12  # tokens of a list of things; "following a directive …" is longer
STAGES = ("done", "under way", "announced")
COLUMNS: dict[str, Any] = {
    **{"source_id": "string", "sentence": "Int64", "start": "Int64", "end": "Int64", "quote": "string"},
    **{"stage": pd.CategoricalDtype(list(STAGES)), "said_by": "string", "subject": "string", "programme": "string"},
}


class Clause(NamedTuple):
    """Tokens `start` to `end` (half open), and the words in them that make a commitment of it, if any do."""

    start: int
    end: int
    stages: list[Mark]
    steps: list[Mark]


def commitments(statement: "Statement") -> pd.DataFrame:
    """The acts a statement speaks of without a number: what was done, what is under way, what was announced.

    Returns
    -------
    One row each, in the order of the text: `source_id`, `sentence`, `start`, `end` (`text[start:end]` is `quote`),
    `quote`, `stage` (category: done, under way, announced), `said_by` (the words it was read from), `subject` and
    `programme` (the subject of the catalogue that the sentence names nearest; <NA> where it names none).
    """
    rows = [
        {"source_id": statement.id, **row, "programme": row["subject"] and subject_name(row["subject"])}
        for row in read_commitments(statement.document)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def read_commitments(document: Document) -> Iterator[dict[str, Any]]:
    """The rows of `commitments` as dictionaries, None for what is missing."""
    reading, text = document.reading, document.text
    for number, sentence in enumerate(document.sentences, start=1):
        if sentence.title:
            continue
        named = [mark for mark in document.subjects if sentence.start <= mark.start < sentence.end]
        opening = next((i for i in range(sentence.start, sentence.end) if reading.at(i, "step_opening")), sentence.end)
        stage = "announced"  # of the steps that a list names, if no word before them says otherwise
        for clause in read_clauses(reading, sentence):
            # "will be established" is not established: of several words the one least done counts.
            said_by = max(clause.stages, key=lambda mark: STAGES.index(stage_of(mark)), default=None)
            stage = stage_of(said_by) if said_by else stage
            if not said_by and clause.steps and clause.end > opening:
                said_by = clause.steps[0]
            start, end = reading.tokens[clause.start].start, reading.tokens[clause.end - 1].end
            if said_by and not any(figure.start < end and figure.end > start for figure in document.figures):
                about = nearest(named, clause.end if clause.stages else opening)
                said = reading.quote(said_by.start, said_by.end)
                place = {"sentence": number, "start": start, "end": end, "quote": text[start:end]}
                yield {**place, "stage": stage, "said_by": said, "subject": about}


def stage_of(mark: Mark) -> str:
    return str(mark.value).replace("_", " ")


def read_clauses(reading: Reading, sentence: Sentence) -> list[Clause]:
    """The sentence's clauses without the signs and joints between them.

    What an "and" or a "with" adds that has no such words of its own belongs to the clause before it, unless a comma
    parts the two: "taxes and payments", "a memorandum with the bank". So do the items of a list that ends in one.
    """
    found: list[Clause] = []
    for start, end, joined in pieces(reading, sentence):
        clause = Clause(start, end, read_stages(reading, start, end), marks(reading, "step", start, end))
        if found and joined and (not (clause.stages or clause.steps) or is_bare(reading, found[-1])):
            listed = is_bare(reading, found[-1])
            clause = together(found.pop(), clause)
            while listed and found and is_bare(reading, found[-1]) and not is_opener(reading, found[-1]):
                clause = together(found.pop(), clause)  # "the ministry, the akimats and the company will open …"
            short = clause.end - clause.start <= LISTED
            if listed and short and found and found[-1].stages and is_bare(reading, clause):
                clause = together(found.pop(), clause)  # "will receive heating, water and roof upgrades"
        found.append(clause)
    return found


def together(one: Clause, other: Clause) -> Clause:
    return Clause(one.start, other.end, one.stages + other.stages, one.steps + other.steps)


def is_bare(reading: Reading, clause: Clause) -> bool:
    """Whether it has no verb of its own, so is the subject of the next: "the villages | with potential are to be …"."""
    verbs = any(reading.at(i, kind) for i in range(clause.start, clause.end) for kind in ("status", "verb", "said"))
    return not (clause.stages or clause.steps or verbs)


def is_opener(reading: Reading, clause: Clause) -> bool:
    """Whether it says when or where, and is no item of a list: "in May", «в области»."""
    digits = any(reading.kind(i) == "number" for i in range(clause.start, clause.end))
    return digits or reading.begins(clause.start, OPENING)


def pieces(reading: Reading, sentence: Sentence) -> Iterator[tuple[int, int, bool]]:
    """Runs of tokens between commas, "and" and the words that open a clause; whether no comma stands before it."""
    start, joined = sentence.start, False
    for i in range(sentence.start, sentence.end + 1):
        mark = reading.at(i, "clause_opening") if i < sentence.end else None
        if i < start or not (i == sentence.end or mark or parts(reading, i)):
            continue
        end = i
        while end > start and reading.sign(end - 1) in STOPS | PARTING:
            end -= 1
        while start < end and reading.sign(start) in OPENERS | PARTING:
            start += 1
        if end > start:
            yield start, end, joined
            joined = True
        joined = joined and reading.sign(i) not in PARTING
        start = mark.end if mark else i + 1


def marks(reading: Reading, kind: str, start: int, end: int) -> list[Mark]:
    found = (reading.at(i, kind) for i in range(start, end))
    return [mark for mark in found if mark and mark.end <= end]


def read_stages(reading: Reading, start: int, end: int) -> list[Mark]:
    """The words that say how far something has come, but for participles of a noun; verbs told by their ending too."""
    found = [mark for mark in marks(reading, "stage", start, end) if not is_attribute(reading, mark, end)]
    if not reading.rows.get("future_is_act"):
        return found
    future = (("announced", reading.rows["status_endings"]["future"]),)
    words = [i for i in range(start, end) if reading.kinds_at[i].isdisjoint({"stage", "noun", "hedge", "no_act"})]
    told = [Mark("announced", i, i + 1, "") for i in words if ending_of(reading.tokens[i].key, future)]
    return sorted([*found, *told], key=lambda mark: mark.start)


def is_attribute(reading: Reading, mark: Mark, end: int) -> bool:
    """Whether a participle only says what kind of the noun after it: "completed length", «бекітілген жоспар»."""
    if reading.says(mark.end, "range", "and") and (other := reading.at(mark.end + 1, "stage")):
        return is_attribute(reading, other, other.end + 1)  # "approved and completed length"
    if mark.end >= end or mark.end > mark.start + 1 or reading.kind(mark.end) != "word":
        return False
    if kazakh := reading.rows.get("participles"):
        return reading.tokens[mark.start].key.endswith(tuple(kazakh)) and reading.at(mark.end, "copula") is None
    if not reading.lexicon.participle.fullmatch(reading.tokens[mark.start].key) or reading.at(mark.end, "stop"):
        return False
    before = mark.start - 1
    if reading.says(before, "range", "and") and reading.lexicon.participle.fullmatch(reading.sign(before - 1).lower()):
        before -= 2  # "sanctioned and completed length"
    return reading.at(before, "word") is not None or reading.at(before, "attribute_after") is not None


def nearest(named: list[Mark], end: int) -> str | None:
    """The subject named last before this token, else the first after it: steps are about what their list is about."""
    before = [mark.value for mark in named if mark.start < end]
    return before[-1] if before else named[0].value if named else None
