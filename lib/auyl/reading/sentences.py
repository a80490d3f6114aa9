"""Paragraphs and sentences, by their positions in the text."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from auyl.reading.lexicon import CLOSERS, OPENERS, STOPS, Mark, Reading


class Sentence(NamedTuple):
    """Tokens `start` to `end` (half open); `paragraph` counts from 1; a `title` ends without a stop."""

    start: int
    end: int
    paragraph: int
    title: bool


PARTING = frozenset(",;:–—…")  # signs between two clauses
LONG_DASHES = frozenset("–—")
REACH = 80  # tokens: what stands further off in one sentence is no context
INSERTED = 7  # tokens of ", the minister said,"
STEP = 10  # what passing from one clause to the next counts for, in tokens
BULLETS = frozenset("–—-•*·")


def read_sentences(reading: Reading) -> list[Sentence]:
    """The sentences of a text, in order, every token in exactly one.

    A blank line ends a paragraph. A line break alone ends a sentence only before a bullet or after a full stop or
    semicolon, since wrapped text breaks anywhere. A title is a paragraph of one line without a final stop, before
    the first paragraph that has one.
    """
    tokens, text = reading.tokens, reading.text
    sentences: list[Sentence] = []
    start, paragraph, prose = 0, 1, False
    for i, token in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < reading.count else None
        gap = text[token.end : following.start] if following else "\n\n"
        if not gap or (gap == " " and token.kind != "sign"):
            continue
        lines = 0 if gap == " " else len((gap + ".").splitlines()) - 1  # that end here; two make a paragraph
        closing = i
        while closing > start and tokens[closing].text in CLOSERS:
            closing -= 1
        last, first = tokens[closing].text, following.text if following else ""
        stopped = last in STOPS and not (last == "." and following and abbreviated(reading, closing, start))
        opens = first[:1].isupper() or first in OPENERS or first == "№" or reading.kind(i + 1) == "number"
        if lines > 1 or (stopped and opens) or (lines and (first in BULLETS or last in ";:")):
            title = lines > 1 and not stopped and not prose and last not in ":;,"
            prose = prose or stopped
            sentences.append(Sentence(start, i + 1, paragraph, title))
            start = i + 1
            paragraph += lines > 1
    return sentences


def abbreviated(reading: Reading, stop: int, start: int) -> bool:
    """Whether the full stop at token `stop` belongs to the word before it: "No.", "млрд.", an initial."""
    if stop == start:
        return False
    word = reading.sign(stop - 1)
    if reading.before(stop, "unit_abbreviation") and not reading.sign(stop + 1)[:1].isupper():
        return True
    initial = len(word) == 1 and word.isupper() and reading.glued(stop - 1)
    return initial or reading.before(stop, "abbreviation") is not None


class Clauses:
    """Where one clause ends and another begins, so that words and figures can be told apart by how near they are."""

    def __init__(self, reading: Reading):
        inserted = insertions(reading)
        joints = sorted(reading.begun(("range",)).union(reading.signs(PARTING)))
        ends = [i for i in joints if i not in inserted and parts(reading, i)]
        signs = [i for i in ends if reading.tokens[i].kind == "sign"]
        # Those that part two statements: ";", a dash, "and", "while", but no comma.
        breaks = [i for i in ends if reading.sign(i) != "," or reading.at(i + 1, "clause_opening")]
        self.bounds, self.signs, self.breaks, self.closes = (
            passed(positions, reading.count) for positions in (ends, signs, breaks, reading.signs(";"))
        )

    @staticmethod
    def between(mark: Any, figure: Any) -> tuple[int, int]:
        """The tokens between a figure and words before or after it."""
        return (figure.stop, mark.start) if mark.start >= figure.stop else (mark.end, figure.token)

    def parted(self, start: int, end: int) -> bool:
        """Whether tokens `start` to `end` hold the end of a clause."""
        return end > start and self.bounds[end] > self.bounds[start]

    def closed(self, start: int, end: int) -> bool:
        """Whether a semicolon stands between two tokens."""
        return end > start and self.closes[end] > self.closes[start]

    def comma(self, start: int, end: int) -> bool:
        """Whether a sign, and no mere "and", parts two tokens."""
        return end > start and self.signs[end] > self.signs[start]

    def broken(self, start: int, end: int) -> bool:
        """Whether two statements are parted between two tokens: by ";", a dash, "and", "while"."""
        return end > start and self.breaks[end] > self.breaks[start]

    def steps(self, mark: Any, figure: Any) -> int:
        """From a figure to a word: the tokens between them, and STEP for each end of a clause."""
        start, end = self.between(mark, figure)
        return max(end - start, 0) + STEP * (self.bounds[end] - self.bounds[start] if end > start else 0)

    def around(
        self, q: Any, marks: Sequence[Any], following: int, opening: int | None = None
    ) -> tuple[Any | None, Any | None, Any | None]:
        """The marks right after a figure in its clause, last before it and next after it, each None if there is none.

        `following` is where the next figure begins. What stands before the figure has to begin before `opening`, if
        that is given.
        """
        if not marks:
            return None, None, None
        at = bisect_left(marks, q.token, key=lambda mark: mark.start)
        before = at if opening is None else bisect_left(marks, opening, key=lambda mark: mark.start)
        earlier = marks[before - 1] if before else None
        later = next((mark for mark in marks[at : at + 2] if mark.start >= q.stop), None)
        near = later if later and later.start < following and not self.parted(q.stop, later.start) else None
        return near, earlier, later

    def evidence(self, mark: Any, q: Any, previous: int, following: int) -> str:
        """ "clause" if no other figure and no break stands between the words and the figure, else "sentence".

        `previous` is where the figure before this one ends, `following` where the next begins.
        """
        start, end = self.between(mark, q)
        alone = mark.end >= previous if mark.start < q.token else mark.start < following
        return "clause" if alone and not self.broken(start, end) else "sentence"


def passed(positions: list[int], count: int) -> list[int]:
    """How many of the positions stand before each of so many tokens, and at the end."""
    found: list[int] = []
    for number, position in enumerate([*positions, count]):
        found += [number] * (position + 1 - len(found))
    return found


def insertions(reading: Reading) -> set[int]:
    """The commas around words that only say who speaks: "Private investors, he said, have put 57 billion"."""
    said = [mark.start for mark in reading.of("said")]
    commas = reading.signs(",") if said else []
    return {
        comma
        for one, other in pairwise(commas)
        if other - one <= INSERTED and bisect_left(said, other) > bisect_left(said, one)
        for comma in (one, other)
    }


def parts(reading: Reading, i: int) -> bool:
    """Whether token i ends a clause: punctuation that is not part of a number or a compound, or an "and"."""
    sign = reading.tokens[i].text
    if sign in PARTING:
        copula = sign in LONG_DASHES and reading.kind(i + 1) == "number"  # "the largest – 21.6 million": it is
        return not copula and not (reading.glued(i) and sign in ",:")
    return reading.says(i, "range", "and") is not None and reading.sign(i - 1) != "-"  # "small- and medium-sized"


class Line(list[Any]):
    """The marks of a text in order, given out sentence by sentence: each is looked at once."""

    at = 0

    def within(self, sentence: Sentence) -> list[Any]:
        """The marks of this sentence; sentences come in order."""
        if self.at == len(self) or self[self.at].start >= sentence.end:
            return []
        while self.at < len(self) and self[self.at].start < sentence.start:
            self.at += 1
        first = self.at
        while self.at < len(self) and self[self.at].start < sentence.end:
            self.at += 1
        return self[first : self.at]


def close(marks: Sequence[Any], figure: Any) -> Sequence[Any]:
    """The marks near enough to a figure to say anything of it."""
    return spanned(marks, figure.token - REACH, figure.stop + REACH)


def by_kind(reading: Reading, kinds: tuple[str, ...]) -> dict[str, list[Mark]]:
    """The marks of these kinds, each left to right, none inside another of its kind."""
    found: dict[str, list[Mark]] = {kind: [] for kind in kinds}
    for kind, same in found.items():
        for mark in reading.of(kind):
            if not same or mark.start >= same[-1].end:
                same.append(mark)
    return found


def spanned(marks: Sequence[Any], start: int, end: int) -> Sequence[Any]:
    """The marks that begin at tokens `start` to `end` (half open), of marks in order."""
    if not marks or (marks[0].start >= start and marks[-1].start < end):
        return marks
    first, last = (bisect_left(marks, at, key=lambda mark: mark.start) for at in (start, end))
    return marks[first:last]
