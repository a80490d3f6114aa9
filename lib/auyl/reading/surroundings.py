"""Where each figure stands: its tokens, clause, sentence and paragraph, and the words of its clause.

For those who ask what a figure is told together with: which total it is a part of (`wholes`), which level an aim is
measured from (`levels`), whether money and a count stand in one breath (`measures.comparable`).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias, TypeVar

from auyl.reading.lexicon import Mark, Reading
from auyl.reading.sentences import BULLETS, PARTING, Sentence, parts, passed, read_sentences

CHANGE, CLOSING = 14, 3  # tokens at most from X to Y, and from the "to" to Y
KEPT = 20  # programmes or places that a text may come back to
STEM = 5  # letters by which two forms of a word are taken for one: доля, долю; doctor, doctors
SAYS_NOTHING = (  # kinds of marks whose words tell no topic
    "generic", "status", "month", "hedge", "hedge_after", "relative", "year_word", "unit", "number", "magnitude",
    "by", "since", "by_after", "by_end", "aim", "present", "word", "anaphor", "change", "part_of_year",
)  # fmt: skip
T = TypeVar("T")
Figure: TypeAlias = Any  # whatever has a figure's readings as attributes: start, end, value, unit, status, place …
TELLING = frozenset({("status", "actual")})  # "accepted", "spent": what was done is a topic, that it will be is none
SAYS_NO_NAME = ("generic", "month", "relative", "year_word", "number", "magnitude", "by", "since")  # even in a name


class Spot(NamedTuple):
    """Tokens `token` to `stop` (half open); `sentence` and `paragraph` count from 1."""

    token: int
    stop: int
    clause: int
    sentence: int
    paragraph: int
    title: bool
    depth: int


class Spots(list[Spot]):
    """The spots of a text's figures, in its order."""

    def inside(self, sentence: int) -> range:
        """The positions of the figures of one sentence."""
        first, last = (bisect_left(self, number, key=lambda spot: spot.sentence) for number in (sentence, sentence + 1))
        return range(first, last)


class Surroundings:
    """A text's clauses and sentences, and where figures stand in them."""

    def __init__(self, reading: Reading, sentences: list[Sentence]):
        self.reading, self.sentences = reading, sentences
        self.starts = [token.start for token in reading.tokens]
        self.sentence_starts = [sentence.start for sentence in sentences]
        opened = {i for i in reading.begun(["clause_opening"]) if reading.tokens[i].key != "with"}  # "compliance with"
        parted = {i + 1 for i in reading.begun(["range"]).union(reading.signs(PARTING)) if parts(reading, i)}
        begins = sorted(i - 1 for i in opened.union(parted, self.sentence_starts))
        self.clause_of = passed(begins, reading.count - 1)
        self.depth: list[int] = []  # in how many brackets each token stands
        depth = 0
        for token in reading.tokens:
            depth += (token.text == "(") - (token.text == ")" and depth > 0)
            self.depth.append(depth)

    def spot(self, figure: Figure) -> Spot:
        token = bisect_right(self.starts, figure.start) - 1
        stop = bisect_left(self.starts, figure.end)
        number = bisect_right(self.sentence_starts, token)
        sentence = self.sentences[number - 1]
        return Spot(token, stop, self.clause_of[token], number, sentence.paragraph, sentence.title, self.depth[token])

    def spots(self, figures: Sequence[Figure]) -> Spots:
        return Spots(self.spot(figure) for figure in figures)

    def clause(self, number: int) -> range:
        """The tokens of a clause."""
        return range(bisect_left(self.clause_of, number), bisect_right(self.clause_of, number))

    def sentence_span(self, spot: Spot) -> range:
        sentence = self.sentences[spot.sentence - 1]
        return range(sentence.start, sentence.end)

    def marks(self, kind: str, span: range) -> list[Mark]:
        """The marks of a kind that begin in this span of tokens."""
        found = self.reading.marks[kind]
        return [found[i] for i in span if i in found]

    def has(self, kind: str, span: range, value: str | None = None) -> bool:
        return any(value is None or mark.value == value for mark in self.marks(kind, span))

    def stems(self, span: range, without: Sequence[Spot] = (), silence: Sequence[str] = SAYS_NOTHING) -> frozenset[str]:
        """The beginnings of the words in this span that say what is spoken of."""
        silent: set[int] = {i for spot in without for i in range(spot.token, spot.stop)}
        for kind in silence:
            for mark in self.marks(kind, range(span.start - 4, span.stop)):
                if (kind, mark.value) not in TELLING:
                    silent.update(range(mark.start, mark.end))
        words = (self.reading.tokens[i] for i in span if i not in silent)
        return frozenset(token.key[:STEM] for token in words if token.kind == "word" and len(token.key) > 2)


def changed(around: Surroundings, figures: Sequence[Figure]) -> dict[int, int]:
    """The figures between which something changed within a clause, by their positions: the first as key."""
    spots = around.spots(figures)
    same = (
        n
        for n in range(len(figures) - 1)
        if spots[n].clause == spots[n + 1].clause and figures[n].unit in (figures[n + 1].unit, None)
    )
    return {n: n + 1 for n in same if is_from_to(around.reading, spots[n], spots[n + 1])}


def is_from_to(reading: Reading, one: Any, other: Any) -> bool:
    """Whether two figures are told as "from X to Y", «с X до Y», «X-тен Y-ке»: both have tokens `token` to `stop`."""
    rows, (first, last) = reading.lexicon.rows, (reading.tokens[figure.stop - 1].key for figure in (one, other))
    if not 0 <= other.token - one.stop <= CHANGE:
        return False
    if not (joint(reading, one.token - 2, one.token - 1, "from") or first.endswith(tuple(rows.get("ablative", ())))):
        return False
    near = max(one.stop, other.token - CLOSING)
    return joint(reading, near, other.token, "to") or bool(re.search(rows.get("dative", "(?!)"), last))


def is_item(reading: Reading, start: int) -> bool:
    """Whether a sentence goes on a list of lines: after a bullet or a number, or after a line that ends in ";"."""
    numbered = reading.sign(start).isdigit() and reading.sign(start + 1) in (")", ".")
    return numbered or reading.sign(start) in BULLETS or reading.sign(start - 1) == ";"


def joint(reading: Reading, first: int, last: int, value: str) -> bool:
    """Whether a "from" or "to" begins at one of these tokens."""
    return any(reading.says(i, "range", value) for i in range(first, last + 1))


def last_named(latest: list[T], one: T) -> list[T]:
    """The things in the order in which a text last named them, this one now the last; the oldest are forgotten."""
    return [*(other for other in latest if other != one), one][-KEPT:]


@lru_cache(maxsize=4)
def surroundings(text: str, language: str) -> Surroundings:
    """The surroundings of a text, kept for the measures that ask one after another."""
    reading = Reading(text, language)
    return Surroundings(reading, read_sentences(reading))
