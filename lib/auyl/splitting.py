"""Paragraphs and sentences, by their positions in the text."""

from typing import NamedTuple

from auyl.lexicon import CLOSERS, OPENERS, STOPS, Reading


class Sentence(NamedTuple):
    """Tokens `start` to `end` (half open); `paragraph` counts from 1; a `title` ends without a stop."""

    start: int
    end: int
    paragraph: int
    title: bool


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
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        gap = text[token.end : following.start] if following else "\n\n"
        if not gap or (gap == " " and token.text not in STOPS and token.text not in CLOSERS):
            continue
        lines = line_ends(gap)
        blank = lines > 1
        closing = i
        while closing > start and tokens[closing].text in CLOSERS:
            closing -= 1
        stopped = tokens[closing].text in STOPS and not (
            tokens[closing].text == "." and following and abbreviated(reading, closing, start)
        )
        capital = following is not None and (
            following.text[0].isupper() or following.kind == "number" or following.text in OPENERS
        )
        if blank or (stopped and capital) or (lines and (following.text in BULLETS or tokens[closing].text in ";:")):
            title = blank and not stopped and not prose and tokens[closing].text not in ":;,"
            prose = prose or stopped
            sentences.append(Sentence(start, i + 1, paragraph, title))
            start = i + 1
            paragraph += blank
    return sentences


def line_ends(gap: str) -> int:
    """How many lines end in the space between two tokens, however the file ends its lines; two make a paragraph."""
    return len((gap + ".").splitlines()) - 1


def abbreviated(reading: Reading, stop: int, start: int) -> bool:
    """Whether the full stop at token `stop` belongs to the word before it: "No.", "млрд.", an initial."""
    if stop == start:
        return False
    word = reading.tokens[stop - 1]
    initial = len(word.text) == 1 and word.text.isupper() and reading.glued(stop - 1)
    return initial or reading.before(stop, "abbreviation") is not None
