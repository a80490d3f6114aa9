"""Quantities: numbers with their hedge, unit and position, and what looks like one but is not.

This room knows no table and no programme; `read_quantities` is the way in.
"""

from decimal import Decimal
from typing import NamedTuple

from auyl.reading.dates import Claim
from auyl.reading.fractions import read_share
from auyl.reading.hedges import Hedge, hedge_after, hedge_before, possessive, reached, reaches
from auyl.reading.lexicon import Reading
from auyl.reading.not_figures import HYPHENS, excluded, name, pronoun, score
from auyl.reading.numbers import Numeral, read_numeral
from auyl.reading.ranges import Range, read_range
from auyl.reading.sentences import Sentence, read_sentences
from auyl.reading.shared_units import share_units
from auyl.reading.units import Noun, read_noun
from auyl.reading.years import read_periods

STARTS = frozenset({"number", "multiplier", "magnitude", "vague", "fraction", "fraction_of"})
SCALES = frozenset({"multiplier", "magnitude"})
MINUS = frozenset("-−–")
OPENING = frozenset("([{")


class Quantity(NamedTuple):
    """A figure as printed: `text[start:end]`, its value in base units and what the words around it allow.

    `low` and `high` are None where the words leave that side open. `unit` is None when the text does not say;
    `kind` is "money", "measure", "noun", "share" or "". `token` and `stop` are its first token and the one after.
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


class Unread(NamedTuple):
    """Digits or number words that state no quantity, and why."""

    start: int
    end: int
    quote: str
    reason: str


def read_quantities(text: str, language: str = "en") -> list[Quantity]:
    """The quantities of a text, in order, never overlapping.

    >>> [(q.value, q.unit, q.bound) for q in read_quantities("up to 6,000 projects in 736 villages")]
    [(Decimal('6000'), 'project', 'at_most'), (Decimal('736'), 'village', 'exact')]
    """
    reading = Reading(text, language)
    return share_units(reading, collect(reading, read_periods(reading, None)[1], read_sentences(reading))[0])


def collect(reading: Reading, claims: list[Claim], sentences: list[Sentence]) -> tuple[list[Quantity], list[Unread]]:
    """Quantities and unread numbers of a text whose years and dates have been claimed."""
    claimed = {i: claim for claim in claims for i in range(claim.start, claim.end)}
    opens = {sentence.start for sentence in sentences}
    quantities: list[Quantity] = []
    unread: list[Unread] = []
    i = floor = 0
    while i < reading.count:
        if i in claimed:
            claim = claimed[i]
            if any(is_number(reading, j) for j in range(claim.start, claim.end)):
                unread.append(note(reading, claim.start, claim.end, claim.reason))
            i = floor = claim.end
            continue
        if not may_begin(reading, i):
            i += 1
            continue
        found = read_one(reading, i, floor, opens)
        if found is None:
            i += 1
            continue
        stop = found.stop if isinstance(found, Quantity) else token_after(reading, i, found.end)
        if any(j in claimed for j in range(i, stop)):  # what it reads on into is a year or a date
            found, stop = note(reading, i, i + 1, "not understood"), i + 1
        if isinstance(found, Unread):
            unread.append(found)
        else:
            quantities.append(found)
        i = stop
        floor = i
    return quantities, unread


def token_after(reading: Reading, i: int, end: int) -> int:
    """The first token from i on that begins at or after position `end` of the text."""
    while i < reading.count and reading.tokens[i].start < end:
        i += 1
    return i


def is_number(reading: Reading, i: int) -> bool:
    return reading.tokens[i].kind == "number" or "number" in reading.marks[i]


def may_begin(reading: Reading, i: int) -> bool:
    """Whether a number may begin at token i: digits, a number word, the "a" of "a million"."""
    marks = reading.marks[i]
    if reading.tokens[i].kind == "number" or not STARTS.isdisjoint(marks):
        return True
    article = marks.get("word")
    scales = reading.marks[i + 1] if i + 1 < reading.count else ()
    return article is not None and article.value == "a" and not SCALES.isdisjoint(scales)


def note(reading: Reading, start: int, end: int, reason: str) -> Unread:
    first, last = reading.tokens[start].start, reading.tokens[end - 1].end
    return Unread(first, last, reading.text[first:last], reason)


def read_one(reading: Reading, i: int, floor: int, opens: set[int]) -> Quantity | Unread | None:
    """The quantity whose number begins at token i, or why it is none; None where no number begins.

    Nothing before token `floor` belongs to it; `opens` are the first tokens of sentences.
    """
    numeral = read_numeral(reading, i)
    if numeral is None or (numeral.worded and not numeral.scaled):
        hedge = hedge_before(reading, i, floor)
        if share := read_share(reading, i, hedged=hedge is not None):
            return quantity(reading, share, share.value, hedge, None, "share", hedge.start if hedge else i, share.end)
    if numeral is None:
        return note(reading, i, i + 1, "not understood") if reading.tokens[i].kind == "number" else None
    negative, money, left = read_front(reading, numeral.start, floor)
    if negative and numeral.span:  # "millions": no sign goes with so vague a word
        negative, left = False, numeral.start
    if money is None and (reason := excluded(reading, numeral, left)):
        return note(reading, numeral.start, reason[1], reason[0])
    end = past_ending(reading, numeral.end)
    span = read_range(reading, numeral, end, left, floor)
    if span:
        left, end = span.start, past_ending(reading, span.end)
    noun, behind = read_back(reading, end, span.high if span else numeral, money)
    before = None if span and span.words else hedge_before(reading, left, floor)
    if before and before.bound == "at_most" and reaches(reading, before):
        before = None
    inner = Hedge(numeral.hedge.value, reading.quote(*numeral.hedge[1:3]), left, end) if numeral.hedge else None
    hedge = before or inner or behind
    if span and noun is None and money is None and before is None and score(reading, numeral, span):
        return note(reading, numeral.start, span.high.end, "a label")
    if money is None and span is None:
        if pronoun(reading, numeral, noun, hedge, left):
            return note(reading, numeral.start, numeral.end, "a pronoun or article")
        if noun is None and hedge is None and name(reading, numeral, left, opens):
            return note(reading, numeral.start, numeral.end, "a label")
    stop = max(end, noun.end if noun else 0, behind.end if behind else 0)
    start = min(left, before.start) if before else left
    unit, kind = (money, "money") if money else (noun.unit, noun.kind) if noun else (None, "")
    if span:
        return between(reading, span, hedge, unit, kind, start, stop)
    if noun and noun.scale != 1:
        numeral = numeral._replace(value=numeral.value * noun.scale, step=numeral.step * noun.scale)
    value = -numeral.value if negative else numeral.value
    return quantity(reading, numeral, value, hedge, unit, kind, start, stop)


def quantity(
    reading: Reading,
    numeral: Numeral,
    value: Decimal,
    hedge: Hedge | None,
    unit: str | None,
    kind: str,
    start: int,
    stop: int,
) -> Quantity:
    low, high, bound = limits(numeral, value, hedge.bound if hedge else "exact", kind)
    return placed(reading, value, low, high, bound, hedge.words if hedge else None, unit, kind, start, stop)


def between(
    reading: Reading, span: Range, hedge: Hedge | None, unit: str | None, kind: str, start: int, stop: int
) -> Quantity:
    """One figure for a range; its value is the middle."""
    low, high = span.low.value, span.high.value
    words = span.words or (hedge.words if hedge else None)
    return placed(reading, (low + high) / 2, low, high, "range", words, unit, kind, start, stop)


def placed(reading: Reading, value, low, high, bound, words, unit, kind, start: int, stop: int) -> Quantity:
    stop = quote_end(reading, stop)
    positions = reading.tokens[start].start, reading.tokens[stop - 1].end
    return Quantity(value, low, high, bound, words, unit, kind, *positions, start, stop)


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


def read_front(reading: Reading, i: int, floor: int) -> tuple[bool, str | None, int]:
    """Minus or not, the currency as its ISO code, and where both begin, before the number at token i."""
    negative, left = read_minus(reading, i, floor)
    money, left = read_currency(reading, left, floor)
    if money and not negative:
        negative, left = read_minus(reading, left, floor)
    return negative, money, left


def read_currency(reading: Reading, i: int, floor: int) -> tuple[str | None, int]:
    code = reading.before(i, "code")
    if code and code.start >= floor and reading.sign(code.start).isupper():
        return reading.sign(code.start), code.start
    mark = reading.before(i, "currency")
    if mark is None or mark.start < floor:
        return None, i
    last = reading.tokens[i - 1]
    if last.kind == "word" and (not last.text[0].isupper() or (len(last.text) < 2 and not reading.glued(i - 1))):
        return None, i  # "in tenge 5 men", "R 5"
    return mark.value, mark.start


def read_minus(reading: Reading, left: int, floor: int) -> tuple[bool, int]:
    """A minus glued to the number and parted from what stands before it; "minus" in words."""
    word = reading.before(left, "word")
    if word and word.value == "minus" and word.start >= floor:
        return True, word.start
    sign = reading.sign(left - 1)
    if left - 1 < floor or sign not in MINUS or not reading.glued(left - 1):
        return False, left
    before = left - 2
    parted = before < 0 or not reading.glued(before) or reading.sign(before) in OPENING
    return (True, left - 1) if parted else (False, left)


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
        noun = None if possessive(reading, end) else read_noun(reading, at, numeral)
    if hedge is None and noun:
        hedge = hedge_after(reading, past_ending(reading, noun.end))
    return noun, None if hedge and reached(reading, hedge) else hedge
