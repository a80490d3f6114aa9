"""Quantities: numbers with their hedge, unit and position, and what looks like one but is not.

This room knows no table and no programme; `read_quantities` is the way in.
"""

from decimal import Decimal
from typing import NamedTuple

from auyl.reading.dates import Claim
from auyl.reading.fractions import read_share
from auyl.reading.money import Front, read_front
from auyl.reading.hedges import Hedge, hedge_after, hedge_before, possessive, reached, reaches
from auyl.reading.lexicon import Reading
from auyl.reading.lexicon import HYPHENS
from auyl.reading.not_figures import excluded, no_count, no_range
from auyl.reading.numbers import VULGARS, Numeral, read_numeral
from auyl.reading.ranges import Range, read_range
from auyl.reading.sentences import Sentence, read_sentences
from auyl.reading.shapes import read_shapes
from auyl.reading.shared_units import share_units
from auyl.reading.money import Noun
from auyl.reading.units import read_noun
from auyl.reading.years import read_periods

STARTS = frozenset({"number", "multiplier", "magnitude", "vague", "fraction", "fraction_of"})
FRACTIONS = frozenset({"fraction", "fraction_of"})
SCALES = frozenset({"multiplier", "magnitude"})


class Quantity(NamedTuple):
    """A figure as printed: `text[start:end]`, its value in base units and what the words around it allow.

    `low` and `high` are None where the words leave that side open. `unit` is None when the text does not say;
    `kind` is "money", "measure", "noun", "share" or "". `token` and `stop` are its first token and the one after;
    `scale` is the magnitude printed with it, 1 if none was.
    """

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    bound: str
    hedge: str | None
    unit: str | None
    kind: str
    start: int
    end: int
    token: int
    stop: int
    scale: Decimal = Decimal(1)


class Unread(NamedTuple):
    """Digits or number words that state no quantity, and why."""

    start: int
    end: int
    quote: str
    reason: str


class Words(NamedTuple):
    """What stands about a number: its hedge, its unit and what kind of unit, and the tokens it all covers."""

    hedge: Hedge | None
    unit: str | None
    kind: str
    start: int
    stop: int


def read_quantities(text: str, language: str = "en", country: str | None = None) -> list[Quantity]:
    """The quantities of a text, in order, never overlapping. `country` (ISO 3166-1) tells whose dollar `$` is.

    >>> [(q.value, q.unit, q.bound) for q in read_quantities("up to 6,000 projects in 736 villages")]
    [(Decimal('6000'), 'project', 'at_most'), (Decimal('736'), 'village', 'exact')]
    """
    reading = Reading(text, language, country)
    return share_units(reading, collect(reading, read_periods(reading, None)[1], read_sentences(reading))[0])


def collect(reading: Reading, claims: list[Claim], sentences: list[Sentence]) -> tuple[list[Quantity], list[Unread]]:
    """Quantities and unread numbers of a text whose years and dates have been claimed."""
    claimed = {i: claim for claim in reversed(read_shapes(reading, claims)) for i in range(claim.start, claim.end)}
    opens = {sentence.start for sentence in sentences}
    quantities: list[Quantity] = []
    unread: list[Unread] = []
    floor = 0
    for i in sorted(claimed.keys() | beginnings(reading)):
        if i < floor:
            continue
        if claim := claimed.get(i):
            if any(is_number(reading, j) for j in range(i, claim.end)):
                unread.append(note(reading, i, claim.end, claim.reason))
            floor = claim.end
            continue
        found = read_one(reading, i, floor, opens)
        if found is None:
            continue
        stop = found.stop if isinstance(found, Quantity) else token_after(reading, i, found.end)
        if any(j in claimed for j in range(i, stop)):  # what it reads on into is a year or a date
            found, stop = note(reading, i, i + 1, "not understood"), i + 1
        if isinstance(found, Quantity):
            quantities.append(found)
        else:
            unread.append(found)
        floor = stop
    return quantities, unread


def token_after(reading: Reading, i: int, end: int) -> int:
    """The first token from i on that begins at or after position `end` of the text."""
    while i < reading.count and reading.tokens[i].start < end:
        i += 1
    return i


def is_number(reading: Reading, i: int) -> bool:
    return reading.tokens[i].kind in ("number", "data") or "number" in reading.marks[i]


def beginnings(reading: Reading) -> set[int]:
    """The tokens at which a number may begin: digits, a number word, the "a" of "a million"."""
    scales = reading.begun(SCALES)
    articles = {mark.start for mark in reading.of("word") if mark.value == "a" and mark.start + 1 in scales}
    return articles.union(reading.digits, reading.begun(STARTS))


def note(reading: Reading, start: int, end: int, reason: str) -> Unread:
    first, last = reading.tokens[start].start, reading.tokens[end - 1].end
    return Unread(first, last, reading.text[first:last], reason)


def read_one(reading: Reading, i: int, floor: int, opens: set[int]) -> Quantity | Unread | None:
    """The quantity whose number begins at token i, or why it is none; None where no number begins.

    Nothing before token `floor` belongs to it; `opens` are the first tokens of sentences.
    """
    numeral = read_numeral(reading, i)
    if may_be_share(reading, i, numeral):
        hedge = hedge_before(reading, i, floor)
        if share := read_share(reading, i, hedged=hedge is not None):
            start = hedge.start if hedge else i
            return quantity(reading, share, share.value, Words(hedge, None, "share", start, share.end))
    if numeral is None:
        return note(reading, i, i + 1, "not understood") if reading.tokens[i].kind == "number" else None
    front = read_front(reading, numeral, floor)
    reason = None if front.money else excluded(reading, numeral, front.start)
    if reason:
        return note(reading, numeral.start, reason[1], reason[0])
    end = past_ending(reading, numeral.end)
    span = read_range(reading, numeral, end, front.start, floor)
    noun, behind = read_back(
        reading, past_ending(reading, span.end) if span else end, span.high if span else numeral, front.money
    )
    words = about(reading, numeral, front, span, noun, behind, floor)
    if reason := nothing(reading, numeral, front, span, noun, words, opens):
        return note(reading, numeral.start, span.high.end if span else numeral.end, reason)
    if span:
        return between(reading, span, words)
    if noun and noun.scale != 1:
        numeral = numeral._replace(value=numeral.value * noun.scale, step=numeral.step * noun.scale)
    return quantity(reading, numeral, -numeral.value if front.negative else numeral.value, words)


def may_be_share(reading: Reading, i: int, numeral: Numeral | None) -> bool:
    """Whether a share of a whole may begin at token i: "two-thirds", 3/4, "one in five"."""
    if numeral is None or numeral.scaled:
        return numeral is None and not FRACTIONS.isdisjoint(reading.marks[i])
    if not FRACTIONS.isdisjoint(reading.marks[i]):
        return True
    slash = reading.sign(i + 1) in ("/", "⁄") and reading.sign(i + 1) != ""
    return slash or reading.at(numeral.end, "ratio") is not None or VULGARS.fullmatch(reading.sign(i)) is not None


def about(
    reading: Reading,
    numeral: Numeral,
    front: Front,
    span: Range | None,
    noun: Noun | None,
    behind: Hedge | None,
    floor: int,
) -> Words:
    """The words about a number, and where they begin and end."""
    left = span.start if span else front.start
    end = past_ending(reading, span.end if span else numeral.end)
    before = None if span and span.words else hedge_before(reading, left, floor)
    if before and before.bound == "at_most" and reaches(reading, before):
        before = None
    inner = numeral.hedge
    hedge = before or (Hedge(inner.value, reading.quote(inner.start, inner.end), left, end) if inner else behind)
    if span and hedge and reading.at(hedge.start, "range_end"):
        hedge = None  # it closes the range
    unit, kind = (front.money, "money") if front.money else (noun.unit, noun.kind) if noun else (None, "")
    stop = max(end, noun.end if noun else 0, behind.end if behind else 0)
    return Words(hedge, unit, kind, min(left, before.start) if before else left, stop)


def nothing(
    reading: Reading,
    numeral: Numeral,
    front: Front,
    span: Range | None,
    noun: Noun | None,
    words: Words,
    opens: set[int],
) -> str | None:
    """Why a number with its words is no figure after all; None if it is one."""
    if front.money:
        return None
    if span:
        return no_range(reading, numeral, span, noun, words.hedge)
    return no_count(reading, numeral, noun, words.hedge, front.start, opens)


def quantity(reading: Reading, numeral: Numeral, value: Decimal, words: Words) -> Quantity:
    low, high, bound = limits(numeral, value, words.hedge.bound if words.hedge else "exact", words.kind)
    return placed(reading, value, low, high, bound, words, numeral.scale)


def between(reading: Reading, span: Range, words: Words) -> Quantity:
    """One figure for a range; its value is the middle."""
    low, high = span.low.value, span.high.value
    found = placed(reading, (low + high) / 2, low, high, "range", words, span.high.scale)
    return found._replace(hedge=span.words) if span.words else found


def placed(
    reading: Reading,
    value: Decimal,
    low: Decimal | None,
    high: Decimal | None,
    bound: str,
    words: Words,
    scale: Decimal,
) -> Quantity:
    stop = quote_end(reading, words.stop)
    positions = reading.tokens[words.start].start, reading.tokens[stop - 1].end
    hedge = words.hedge.words if words.hedge else None
    return Quantity(value, low, high, bound, hedge, words.unit, words.kind, *positions, words.start, stop, scale)


def limits(numeral: Numeral, value: Decimal, bound: str, kind: str) -> tuple[Decimal | None, Decimal | None, str]:
    """What the words allow: an exact number reaches half a unit of its last printed digit either way.

    A count printed in full is itself: 500 villages are not 499.5.
    """
    if numeral.span:
        return *numeral.span, "range"
    if bound == "at_least":
        return value, None, bound
    if bound == "at_most":
        return None, value, bound
    if bound == "about":
        return None, None, bound
    whole = numeral.step == 1 and kind != "measure"
    half = Decimal(0) if whole else numeral.step / 2
    return value - half, value + half, bound


def quote_end(reading: Reading, stop: int) -> int:
    """Where the quote ends: after what is glued on by a hyphen («70%-ға»), before a closing full stop."""
    while (
        stop + 1 < reading.count
        and reading.sign(stop) in HYPHENS
        and reading.glued(stop - 1)
        and reading.glued(stop)
        and reading.tokens[stop + 1].kind == "word"
    ):
        stop += 2
    while reading.sign(stop - 1) == ".":  # of an abbreviation, or of the sentence
        stop -= 1
    return stop


def past_ending(reading: Reading, end: int) -> int:
    """Past a case ending glued to the digits: «500-ге», «64-х»."""
    if end + 1 < reading.count and reading.sign(end) in HYPHENS and reading.glued(end - 1) and reading.glued(end):
        mark = reading.at(end + 1, "case_suffix")
        return mark.end if mark and mark.end == end + 2 else end
    return end


def read_back(reading: Reading, end: int, numeral: Numeral, money: str | None) -> tuple[Noun | None, Hedge | None]:
    """The unit and the hedge that follow, in either order: «теңгеден асты», «70-тен астам ауыл», "500 or more"."""
    hedge = hedge_after(reading, end)
    at = hedge.end if hedge else end
    of = reading.at(at, "word")
    if numeral.span and of and of.value == "of":  # "tens of thousands of people"
        at = of.end
    if money:
        again = reading.at(at, "currency") or reading.at(at, "code")  # "$5 million dollars"
        noun = Noun(money, "money", again.end) if again and again.value == money else None
    else:
        noun = None if possessive(reading, end) else read_noun(reading, at, numeral.value)
    if hedge is None and noun:
        hedge = hedge_after(reading, past_ending(reading, noun.end))
    return noun, None if hedge and reached(reading, hedge) else hedge
