"""Quantities: numbers with their hedge, unit and position, and what looks like one but is not.

This room knows no table and no programme; `read_quantities` is the way in.
"""

from decimal import Decimal
from typing import NamedTuple

from auyl.reading.dates import Claim
from auyl.reading.fractions import read_share
from auyl.reading.hedges import Hedge, hedge_after, hedge_before, possessive, reached, reaches
from auyl.reading.lexicon import Reading
from auyl.reading.money import Noun, read_code, read_front
from auyl.reading.not_figures import excluded, no_count, no_range
from auyl.reading.numbers import Numeral, read_numeral
from auyl.reading.ranges import Range, past_ending, read_range
from auyl.reading.sentences import Sentence, read_sentences
from auyl.reading.shapes import read_shapes
from auyl.reading.shared_units import share_units
from auyl.reading.units import read_noun
from auyl.reading.words import ONE
from auyl.reading.years import read_periods

FRACTIONS = frozenset({"fraction", "fraction_of"})


PARTS = {  # what the second unit of a number in two parts is of the first: 5 feet 6 inches
    ("km", "m"): Decimal("0.001"),
    ("m", "cm"): Decimal("0.01"),
    ("t", "kg"): Decimal("0.001"),
    ("kg", "g"): Decimal("0.001"),
    ("ft", "in"): ONE / 12,
    ("lb", "oz"): ONE / 16,
}


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
    sentences = read_sentences(reading)
    return share_units(reading, sentences, collect(reading, read_periods(reading, None)[1], sentences)[0])


def collect(reading: Reading, claims: list[Claim], sentences: list[Sentence]) -> tuple[list[Quantity], list[Unread]]:
    """Quantities and unread numbers of a text whose years and dates have been claimed."""
    claimed = {i: claim for claim in reversed(read_shapes(reading, claims)) for i in range(claim.start, claim.end)}
    opens = {sentence.start for sentence in sentences}
    quantities: list[Quantity] = []
    unread: list[Unread] = []
    floor = 0
    for i in sorted(claimed.keys() | reading.beginnings):
        if i < floor:
            continue
        if claim := claimed.get(i):
            floor = claim.end
            if any(reading.kind(j) in ("number", "data") or reading.at(j, "number") for j in range(i, floor)):
                unread.append(note(reading, i, floor, claim.reason))
            continue
        found = read_one(reading, i, floor, opens)
        if found is None:
            continue
        stop = found.stop if isinstance(found, Quantity) else next_token(reading, i, found.end)
        if not claimed.keys().isdisjoint(range(i, stop)):  # what it reads on into is a year or a date
            found, stop = note(reading, i, i + 1, "not understood"), i + 1
        if isinstance(found, Quantity):
            quantities.append(found)
        else:
            unread.append(found)
        floor = stop
    return quantities, unread


def next_token(reading: Reading, i: int, end: int) -> int:
    """The first token from i on that begins at or after position `end` of the text."""
    return next((j for j in range(i, reading.count) if reading.tokens[j].start >= end), reading.count)


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
            left, stop = (hedge.start if hedge else i), share.end
            if hedge is None and (behind := hedge_after(reading, stop)) and not reached(reading, behind):
                hedge, stop = behind, behind.end
            words = Words(hedge, None, "share", left, stop)
            return quantity(reading, share, share.value, words)
    if numeral is None:
        return note(reading, i, i + 1, "not understood") if reading.kind(i) == "number" else None
    negative, money, left = read_front(reading, numeral, floor)
    if money is None and (verdict := excluded(reading, numeral, left)):
        reason, stop = verdict
        return note(reading, i, stop, reason)
    end = past_ending(reading, numeral.end)
    span = read_range(reading, numeral, negative, end, left, floor)
    if span:
        left, end = span.start, past_ending(reading, span.end)
    noun, behind = read_back(reading, end, span.high if span else numeral, money)
    hedge = hedge_of(reading, numeral, span, behind, left, end, floor)
    if money is None:
        why = (
            no_range(reading, numeral, span, noun, hedge)
            if span
            else no_count(reading, numeral, noun, hedge, left, opens)
        )
        if why:
            return note(reading, i, span.high.end if span else numeral.end, why)
    unit, kind = (noun.unit, noun.kind) if noun else (money, "money") if money else (None, "")
    stop = max(end, noun.end if noun else 0, behind.end if behind else 0)
    words = Words(hedge, unit, kind, min(left, hedge.start) if hedge else left, stop)
    scale = noun.scale if noun else ONE
    if span:
        low, high = span.low.value * scale, span.high.value * scale
        return placed(reading, words, (low + high) / 2, low, high, "range", span.high.scale)
    if behind is None and scale == 1 and (rest := smaller_part(reading, numeral, end, noun, money)):
        numeral = numeral._replace(value=numeral.value + rest.value, step=rest.step)
        words = words._replace(stop=rest.end)
    if scale != 1:
        ends = (numeral.span[0] * scale, numeral.span[1] * scale) if numeral.span else None
        numeral = numeral._replace(value=numeral.value * scale, step=numeral.step * scale, span=ends)
    return quantity(reading, numeral, -numeral.value if negative else numeral.value, words)


def smaller_part(reading: Reading, first: Numeral, end: int, noun: Noun | None, money: str | None) -> Numeral | None:
    """The second part of an amount, in the unit of the first: the 50 cents of "20 dollars 50 cents" is 0.5.

    `end` is where the first number ends; `noun` or `money` is its unit. Small sums may have an "and" before the rest.
    """
    at = noun.end if noun else end
    sum_of_money = money is not None or (noun is not None and noun.kind == "money")
    if sum_of_money and not first.scaled and reading.says(at, "range", "and"):
        at += 1
    rest = read_numeral(reading, at) if noun or money else None
    second = read_noun(reading, rest.end, rest.value) if rest and not rest.scaled and not rest.worded else None
    if rest is None or second is None:
        return None
    part = second.scale if sum_of_money else PARTS.get((noun.unit if noun else "", second.unit), ONE)
    if second.kind != ("money" if sum_of_money else "measure") or rest.value * part >= 1:
        return None
    return rest._replace(value=rest.value * part, step=rest.step * part, end=second.end)


def may_be_share(reading: Reading, i: int, numeral: Numeral | None) -> bool:
    """Whether a share of a whole may begin at token i: "two-thirds", 3/4, "one in five"."""
    worded = reading.begins(i, FRACTIONS)
    if numeral is None or numeral.scaled:
        return numeral is None and worded
    if worded and any(mark and mark.end < numeral.end for mark in (reading.at(i, kind) for kind in FRACTIONS)):
        return False  # "about half a dozen"
    printed = not numeral.worded and numeral.step == 0  # 3/4, ¾
    return worded or printed or reading.at(numeral.end + reading.hyphen(numeral.end), "ratio") is not None


def hedge_of(
    reading: Reading, numeral: Numeral, span: Range | None, behind: Hedge | None, left: int, end: int, floor: int
) -> Hedge | None:
    """The hedge of a number printed by tokens `left` to `end`: before it, inside it or behind it."""
    if span and span.words:
        return Hedge("range", span.words, left, end)
    hedge = hedge_before(reading, left, floor)
    if hedge and hedge.bound == "at_most" and reaches(reading, hedge):
        hedge = None
    if hedge is None and (inner := numeral.hedge):
        hedge = Hedge(inner.value, reading.quote(inner.start, inner.end), left, end)
    hedge = hedge or behind
    return None if span and hedge and reading.at(hedge.start, "range_end") else hedge  # it closes the range


def quantity(reading: Reading, numeral: Numeral, value: Decimal, words: Words) -> Quantity:
    """The number with what its words allow: exact, it reaches half a unit of its last printed digit either way.

    A count printed in full is itself: 500 villages are not 499.5.
    """
    bound = words.hedge.bound if words.hedge else "exact"
    half = Decimal(0) if numeral.step == 1 and words.kind != "measure" else numeral.step / 2
    allowed: dict[str, tuple[Decimal | None, Decimal | None]] = {
        "exact": (value - half, value + half),
        "about": (None, None),
        "at_least": (value, None),
        "at_most": (None, value),
    }
    low, high = numeral.span or allowed[bound]
    return placed(reading, words, value, low, high, "range" if numeral.span else bound, numeral.scale)


def placed(
    reading: Reading,
    words: Words,
    value: Decimal,
    low: Decimal | None,
    high: Decimal | None,
    bound: str,
    scale: Decimal,
) -> Quantity:
    stop = quote_end(reading, words.stop)
    positions = reading.tokens[words.start].start, reading.tokens[stop - 1].end
    hedge = words.hedge.words if words.hedge else None
    return Quantity(value, low, high, bound, hedge, words.unit, words.kind, *positions, words.start, stop, scale)


def quote_end(reading: Reading, stop: int) -> int:
    """Where the quote ends: after what is glued on by a hyphen («70%-ға»), before a closing full stop."""
    while reading.hyphen(stop) and reading.kind(stop + 1) == "word":
        stop += 2
    while reading.sign(stop - 1) == ".":  # of an abbreviation, or of the sentence
        stop -= 1
    return stop


def read_back(reading: Reading, end: int, numeral: Numeral, money: str | None) -> tuple[Noun | None, Hedge | None]:
    """The unit and the hedge that follow, in either order: «теңгеден асты», «70-тен астам ауыл», "500 or more"."""
    hedge = hedge_after(reading, end)
    at = hedge.end if hedge else end
    if numeral.span and (of := reading.says(at, "word", "of")):  # "tens of thousands of people"
        at = of.end
    if money:
        again = reading.says(at, "currency", money)  # "$5 million dollars"
        noun = Noun(money, "money", again.end) if again else read_code(reading, at)  # "$5 million CAD"
    else:
        noun = None if possessive(reading, end) else read_noun(reading, at, numeral.value)
    if hedge is None and noun:
        hedge = hedge_after(reading, past_ending(reading, noun.end))
    return noun, None if hedge and reached(reading, hedge) else hedge
