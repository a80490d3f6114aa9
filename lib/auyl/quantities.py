"""Quantities: numbers with their hedge, unit and position, and what looks like one but is not.

This room knows no table and no programme; `read_quantities` is the way in.
"""

from decimal import Decimal
from typing import NamedTuple

from auyl.lexicon import Reading
from auyl.nouns import Noun, read_noun
from auyl.numerals import Numeral, read_numeral
from auyl.periods import DASHES, Claim, read_periods
from auyl.splitting import Sentence, read_sentences

OPENING = frozenset("([{")
STARTS = frozenset({"number", "multiplier", "magnitude", "vague", "fraction"})
SCALES = frozenset({"multiplier", "magnitude"})
SYMBOLS_BEFORE = frozenset("+-−–±")


class Quantity(NamedTuple):
    """A figure as printed: `text[start:end]`, its value in base units and what the words around it allow.

    `low` and `high` are None where the words leave that side open. `unit` is None when the text does not say;
    `kind` says where it came from: "money", "measure", "noun" or "" . `token` and `stop` are token positions.
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


class Hedge(NamedTuple):
    bound: str
    words: str
    start: int
    end: int


def read_quantities(text: str, language: str = "en") -> list[Quantity]:
    """The quantities of a text, in order, never overlapping.

    >>> [(q.value, q.unit, q.bound) for q in read_quantities("up to 6,000 projects in 736 villages")]
    [(Decimal('6000'), 'project', 'at_most'), (Decimal('736'), 'village', 'exact')]
    """
    reading = Reading(text, language)
    return collect(reading, read_periods(reading, None)[1], read_sentences(reading))[0]


def collect(reading: Reading, claims: list[Claim], sentences: list[Sentence]) -> tuple[list[Quantity], list[Unread]]:
    """Quantities and unread numbers of a text whose years and dates have been claimed."""
    from auyl.sharing import share_units

    claimed = {i: claim for claim in claims for i in range(claim.start, claim.end)}
    opens = {sentence.start for sentence in sentences}
    quantities: list[Quantity] = []
    unread: list[Unread] = []
    i = floor = 0
    while i < len(reading.tokens):
        token, marks = reading.tokens[i], reading.marks[i]
        if token.kind != "number" and STARTS.isdisjoint(marks) and not begins_with_article(reading, i):
            i += 1
            continue
        if i in claimed:
            claim = claimed[i]
            if token.kind == "number" or "number" in marks:
                unread.append(note(reading, claim.start, claim.end, claim.reason))
            i = claim.end
            continue
        numeral = read_numeral(reading, i)
        if numeral is None:
            fraction = read_fraction(reading, i, floor)
            if fraction:
                quantities.append(fraction)
                i = floor = fraction.stop
                continue
            if token.kind == "number":
                unread.append(note(reading, i, i + 1, "not understood"))
            i += 1
            continue
        result = read_one(reading, numeral, floor, claimed, opens)
        if isinstance(result, Unread):
            unread.append(result)
            i = max(i + 1, numeral.end)
        else:
            quantities.extend(result)
            i = max(i + 1, result[-1].stop)
        floor = i
    return share_units(reading, quantities), unread


def begins_with_article(reading: Reading, i: int) -> bool:
    """Whether token i is the "a" of "a million"."""
    mark = reading.marks[i].get("word")
    scales = reading.marks[i + 1] if i + 1 < reading.count else ()
    return mark is not None and mark.value == "a" and not SCALES.isdisjoint(scales)


def note(reading: Reading, start: int, end: int, reason: str) -> Unread:
    first, last = reading.tokens[start].start, reading.tokens[end - 1].end
    return Unread(first, last, reading.text[first:last], reason)


def read_one(
    reading: Reading, numeral: Numeral, floor: int, claimed: dict[int, Claim], opens: set[int]
) -> list[Quantity] | Unread:
    """The quantity (or the two of a shared range) whose number is `numeral`, or why it is none."""
    start, end = numeral.start, numeral.end
    money_before, left = currency_before(reading, start, floor)
    negative, left = sign_before(reading, left, floor, money_before is not None)
    if money_before is None and negative:
        money_before, left = currency_before(reading, left, floor)
    reason = not_a_figure(reading, numeral, left, claimed, opens, money_before)
    if reason:
        return note(reading, start, max(end, reason[1]), reason[0])
    end = skip_suffix(reading, end, numeral)
    second, range_left, range_end = read_range(reading, numeral, end, left, floor, claimed)
    unit_end = range_end if second else end
    noun, hedge_after = read_unit_and_hedge(reading, unit_end, second or numeral, money_before)
    stop = max(unit_end, noun.end if noun else 0, hedge_after.end if hedge_after else 0)
    if isinstance(noun, Noun) and noun.unit == "percent" and money_before is None and second is None:
        pass
    if lonely(reading, numeral, noun, money_before, hedge_after, left, floor, second):
        return note(reading, start, end, "a pronoun or article")
    reason = name_or_label(reading, numeral, left, noun, money_before, opens, second)
    if reason:
        return note(reading, start, end, reason)
    unit, kind = (money_before, "money") if money_before else (noun.unit, noun.kind) if noun else (None, "")
    left = range_left
    hedge = None if second and reading.before(left, "range") else hedge_before(reading, left, floor)
    if second:
        return ranged(reading, numeral, second, hedge, unit, kind, left, stop, negative, noun, end)
    if hedge and hedge.bound == "at_most" and directed(reading, hedge, unit):
        hedge = None
    hedge = hedge or hedge_after
    left = min(left, hedge.start) if hedge else left
    value = -numeral.value if negative else numeral.value
    return [quantity(reading, numeral, value, hedge, unit, kind, left, stop)]


def quantity(reading, numeral: Numeral, value: Decimal, hedge: Hedge | None, unit, kind, left, stop) -> Quantity:
    low, high, bound = limits(numeral, value, hedge.bound if hedge else "exact", kind)
    stop = quote_end(reading, stop)
    return Quantity(
        value, low, high, bound, hedge.words if hedge else None, unit, kind,
        reading.tokens[left].start, reading.tokens[stop - 1].end, left, stop,
    )  # fmt: skip


def limits(numeral: Numeral, value: Decimal, bound: str, kind: str):
    """What the words allow: `exact` reaches half a unit of the last printed digit either way."""
    if numeral.span:
        return numeral.span[0], numeral.span[1], "range"
    if bound == "at_least":
        return value, None, bound
    if bound == "at_most":
        return None, value, bound
    if bound == "about":
        return None, None, bound
    whole = numeral.step == 1 and kind != "measure"
    half = Decimal(0) if whole or not numeral.step else numeral.step / 2
    return value - half, value + half, bound


def quote_end(reading: Reading, stop: int) -> int:
    """Where the quote ends: after what is glued on by a hyphen («70%-ға»), before a closing full stop."""
    while (
        stop + 1 < len(reading.tokens)
        and reading.sign(stop) in "-‐‑"
        and reading.glued(stop - 1)
        and reading.glued(stop)
        and reading.tokens[stop + 1].kind == "word"
    ):
        stop += 2
    while reading.sign(stop - 1) == ".":  # of an abbreviation, or of the sentence
        stop -= 1
    return stop


# ── before the number ────────────────────────────────────────────────────────────────────────────────────────────


def currency_before(reading: Reading, i: int, floor: int) -> tuple[str | None, int]:
    """The currency printed before token i, as its ISO code, and where it begins."""
    code = reading.before(i, "code")
    if code and code.start >= floor and reading.sign(code.start).isupper():
        return reading.sign(code.start), code.start
    mark = reading.before(i, "currency")
    if mark is None or mark.start < floor:
        return None, i
    last = reading.tokens[i - 1]
    if last.kind == "word" and (not last.text[0].isupper() or (len(last.text) < 2 and not reading.glued(i - 1))):
        return None, i  # "10 tenge 5 men", "R 5"
    return mark.value, mark.start


def sign_before(reading: Reading, left: int, floor: int, money: bool) -> tuple[bool, int]:
    """Whether a minus stands before, and where the signed number begins."""
    word = reading.before(left, "word")
    if word and word.value == "minus" and word.start >= floor:
        return True, word.start
    sign = reading.sign(left - 1)
    if left - 1 < floor or sign not in SYMBOLS_BEFORE or not sign or not reading.glued(left - 1):
        return False, left
    alone = left - 1 == 0 or not reading.glued(left - 2) or reading.sign(left - 2) in OPENING
    if not alone or sign in "–±" or (sign == "-" and left - 2 >= 0 and at_line_start(reading, left - 1)):
        return False, left
    return sign in "-−", left - 1


def at_line_start(reading: Reading, i: int) -> bool:
    return i == 0 or "\n" in reading.text[reading.tokens[i - 1].end : reading.tokens[i].start]


def hedge_before(reading: Reading, left: int, floor: int) -> Hedge | None:
    """The hedge that ends before token `left`, past a preposition or two: "more than a", «почти в»."""
    at = left
    for _ in range(3):
        if reading.before(at, "difference"):
            return None  # "fewer by nine": a difference, not a ceiling
        mark = reading.before(at, "hedge")
        if mark and mark.start >= floor:
            earlier = reading.before(mark.start, "hedge")  # "just over about"
            if earlier and earlier.start >= floor and mark.value == "about" and earlier.value == "about":
                mark = earlier
            words = reading.quote(mark.start, mark.end)
            return Hedge(mark.value, words, mark.start, left)
        filler = reading.before(at, "filler")
        if filler is None or filler.start < floor:
            return None
        at = filler.start
    return None


def directed(reading: Reading, hedge: Hedge, unit: str | None) -> bool:
    """Whether "up to" gives the level a change reaches: "rose up to 70%", «довести до 100%»."""
    if not reading.lexicon.rows.get("directional", {}).get("hedges"):
        return False
    if hedge.words.lower() not in reading.lexicon.rows["directional"]["hedges"]:
        return False
    for back in range(hedge.start, max(hedge.start - 8, 0), -1):
        if reading.before(back, "direction"):
            return True
        if reading.tokens[back - 1].text in ".;:!?":
            return False
    return False


# ── after the number ─────────────────────────────────────────────────────────────────────────────────────────────


def skip_suffix(reading: Reading, end: int, numeral: Numeral) -> int:
    """Past a case ending glued to the digits: «500-ге», «64-х»."""
    if reading.sign(end) in "-‐‑" and reading.glued(end - 1) and reading.glued(end) and end + 1 < len(reading.tokens):
        if reading.at(end + 1, "case_suffix") and reading.at(end + 1, "case_suffix").end == end + 2:
            return end + 2
    return end


def read_unit_and_hedge(reading: Reading, end: int, numeral: Numeral, money: str | None) -> tuple[Noun | None, Hedge | None]:
    """The unit and the hedge that follow, in either order: «теңгеден асты», «70-тен астам ауыл», "500 or more"."""
    suffix = suffix_hedge(reading, end)
    hedge = suffix or hedge_at(reading, end)
    after = hedge.end if hedge else end
    noun = None if money else read_noun(reading, after, numeral)
    if money and (mark := reading.at(end, "currency") or reading.at(end, "code")):
        noun = Noun(money, "money", mark.end)  # "$5 million dollars"
    if hedge is None:
        hedge = hedge_at(reading, noun.end if noun else end) or (suffix_hedge(reading, noun.end) if noun else None)
    return noun, hedge


def hedge_at(reading: Reading, i: int) -> Hedge | None:
    mark = reading.at(i, "hedge_after")
    return Hedge(mark.value, reading.quote(mark.start, mark.end), mark.start, mark.end) if mark else None


def suffix_hedge(reading: Reading, end: int) -> Hedge | None:
    """The Kazakh -дай of «екі мыңдай» and «6 100-дей», printed as the end of the number's last word."""
    suffixes = reading.lexicon.rows.get("about_suffixes", ())
    last = reading.tokens[end - 1]
    if last.kind != "word":
        return None
    for suffix in suffixes:
        if last.key == suffix and reading.sign(end - 2) in "-‐‑":
            return Hedge("about", reading.quote(end - 2, end), end - 2, end)
        if last.key.endswith(suffix) and len(last.key) > len(suffix):
            known = reading.before(end, "magnitude") or reading.before(end, "number") or reading.before(end, "multiplier")
            if known and known.ending == suffix:
                return Hedge("about", last.text[-len(suffix) :], end - 1, end)
    return None


def read_fraction(reading: Reading, i: int, floor: int) -> Quantity | None:
    """ "Two-thirds of the villages", but not "the first half of 2023"."""
    mark = reading.at(i, "fraction")
    if mark is None or mark.start < floor or reading.before(i, "ordinal") or reading.before(i, "number"):
        return None
    of = reading.at(mark.end, "word")
    if not (of and of.value == "of") and reading.lexicon.rows.get("fraction_needs_of", False):
        return None
    over, under = mark.value
    hedge = hedge_before(reading, i, floor)
    value = Decimal(over) / Decimal(under)
    numeral = Numeral(value, Decimal(0), i, mark.end, False, True)
    return quantity(reading, numeral, value, hedge, None, "share", hedge.start if hedge else i, mark.end)


# ── ranges ───────────────────────────────────────────────────────────────────────────────────────────────────────


def read_range(
    reading: Reading, first: Numeral, end: int, left: int, floor: int, claimed: dict[int, Claim]
) -> tuple[Numeral | None, int, int]:
    """The other end of "15–20", "between 1.2 and 2 billion", «от 80 до 90»; where the range begins and ends."""
    if first.span:
        return None, left, end
    opening = reading.before(left, "range")
    opening = opening if opening and opening.start >= floor and opening.value in ("between", "from") else None
    after = end
    unit = read_noun(reading, end, first, open_class=False) if opening else None
    if unit:  # "from $5 to $10", "between 5% and 10%"
        after = unit.end
    joint = reading.at(after, "range")
    dash = reading.sign(after) in DASHES - {"/"} and reading.sign(after) and not first.worded or (
        reading.sign(after) in "-–" and reading.sign(after) and first.worded and reading.glued(after)
    )
    wanted = {"between": "and", "from": "to"}.get(opening.value) if opening else None
    if dash:
        start = after + 1
    elif joint and (joint.value == wanted or (opening is None and joint.value in ("to", "or"))):
        start = joint.end
    else:
        return None, left, end
    if opening and opening.value == "between" and unit is None and joint is None and not dash:
        return None, left, end
    money, start = skip_currency(reading, start)
    second = read_numeral(reading, start) if start < len(reading.tokens) and start not in claimed else None
    if second is None or second.span or (second.worded != first.worded):
        return None, left, end
    if joint and not dash and opening is None and joint.value == "or" and not adjacent(first, second):
        return None, left, end
    if rescaled(first, second).value >= second.value or (unit and opening.value == "from" and changes(reading, opening.start)):
        return None, left, end
    second_end = skip_suffix(reading, second.end, second)
    return second, opening.start if opening else left, second_end


def adjacent(first: Numeral, second: Numeral) -> bool:
    """ "Two or three" is a range; "5 or 500" is a choice."""
    return first.value < second.value <= first.value * 3


def skip_currency(reading: Reading, start: int) -> tuple[str | None, int]:
    mark = reading.at(start, "currency") or reading.at(start, "code")
    if mark and mark.end < len(reading.tokens) and reading.tokens[mark.end].kind == "number":
        return mark.value, mark.end
    return None, start


def rescaled(first: Numeral, second: Numeral) -> Numeral:
    """The first end under the magnitude printed only once: "24.2 to 33 billion"."""
    if first.scaled or not second.scaled:
        return first
    printed = second.value
    scale = Decimal(1)
    for size in (Decimal(10) ** 12, Decimal(10) ** 9, Decimal(10) ** 6, Decimal(10) ** 3):
        if printed >= size and first.value * size <= printed * 1:
            scale = size
            break
    return first._replace(value=first.value * scale, step=first.step * scale, scaled=scale > 1)


def changes(reading: Reading, i: int) -> bool:
    """Whether a word of change stands shortly before token i: "grew from 91% to 93%" names two levels."""
    for back in range(i, max(i - 8, 0), -1):
        if reading.before(back, "change"):
            return True
        if reading.tokens[back - 1].text in ".;:!?":
            return False
    return False


def ranged(reading, first, second, hedge, unit, kind, left, stop, negative, noun, end) -> list[Quantity]:
    """One figure for a range."""
    low, high = rescaled(first, second).value, second.value
    words = hedge.words if hedge else None
    opening = reading.at(left, "range")
    if words is None and opening and opening.value == "between":
        words = reading.quote(left, opening.end)
    left = hedge.start if hedge else left
    stop = quote_end(reading, stop)
    span = (reading.tokens[left].start, reading.tokens[stop - 1].end)
    return [Quantity((low + high) / 2, low, high, "range", words, unit, kind, *span, left, stop)]


# ── what is no figure ────────────────────────────────────────────────────────────────────────────────────────────


def not_a_figure(reading, numeral, left, claimed, opens, money) -> tuple[str, int] | None:
    """Why the number at `numeral` is no figure, judged by its nearest neighbours; None if it may be one."""
    start, end = numeral.start, numeral.end
    if any(i in claimed for i in range(start, end)):
        return "a year", end
    if money:
        return None
    digits = not numeral.worded
    before, after = reading.sign(start - 1), reading.sign(end)
    if digits and start and reading.glued(start - 1):
        kind = reading.tokens[start - 1].kind
        if kind == "word" or (before in "-‐‑–—_/&." and start > 1 and reading.glued(start - 2) and not range_dash(reading, start)):
            return "a label", end
    if digits and after and reading.glued(end - 1):
        if reading.at(end, "ordinal_suffix"):
            return "an ordinal", end + 1
        if after in "-‐‑" and reading.glued(end) and reading.at(end + 1, "ordinal_suffix"):
            return "an ordinal", end + 2
        if after == ":" and reading.glued(end) and reading.tokens[end + 1].kind == "number":
            return "a time", end + 2
        if reading.tokens[end].kind == "word" and not known_unit(reading, end):
            return "a label", end + 1
    if reading.at(end, "clock") and not (numeral.scaled or numeral.worded):
        return "a time", reading.at(end, "clock").end
    if reading.at(end, "age_after") or (reading.before(left, "age") and not numeral.scaled):
        return "an age", end
    if after in "-‐‑" and after and reading.at(end + 1, "label_after") and reading.glued(end):
        return "a label", reading.at(end + 1, "label_after").end
    if reading.at(end, "label_after") or labelled(reading, start) or addressed(reading, end):
        return "a label", end
    if digits and telephone(reading, start, end):
        return "a telephone number", end
    return None


def range_dash(reading: Reading, start: int) -> bool:
    return reading.sign(start - 1) in DASHES and reading.tokens[start - 2].kind == "number"


def known_unit(reading: Reading, i: int) -> bool:
    return bool(reading.marks[i].keys() & {"unit", "currency", "magnitude", "glued_magnitude", "noun", "hedge_after"})


def labelled(reading: Reading, start: int) -> bool:
    """Whether the words before make the number a name: "School No. 24", «кабинет № 5», "rounds one and two"."""
    mark = reading.before(start, "label")
    if mark is None:
        joint = reading.before(start, "range") or reading.before(start, "word")  # "rounds one and two"
        if joint and joint.value == "and" and joint.start and "number" in reading.endings[joint.start]:
            return reading.before(joint.start - 1, "label") is not None
        return False
    return "figure_label" not in reading.marks[mark.start]


def addressed(reading: Reading, end: int) -> bool:
    """ "10 Downing Street": capitals and then a word for a street."""
    for i in range(end, min(end + 3, len(reading.tokens))):
        if reading.tokens[i].kind != "word" or not reading.tokens[i].text[0].isupper():
            return False
        if i > end and reading.at(i, "label_noun"):
            return True
    return False


def telephone(reading: Reading, start: int, end: int) -> bool:
    """Groups of digits joined by hyphens or brackets: 8 (7172) 74-00-11, +7 701 555 44 33."""
    groups = 1
    for step, i in ((-1, start), (1, end - 1)):
        while 0 <= i + 2 * step < len(reading.tokens):
            j = i + step
            while 0 <= j < len(reading.tokens) and reading.tokens[j].text in "-()+‑":
                j += step
            if not 0 <= j < len(reading.tokens) or reading.tokens[j].kind != "number" or abs(j - i) > 4:
                break
            if abs(j - i) == 1:  # parted by a space alone
                break
            groups += 1
            i = j
            if groups > 2:
                return True
    return False


def lonely(reading, numeral, noun, money, hedge_after, left, floor, second) -> bool:
    """Whether a number word stands for a person or thing itself: "one of them", "the two agreed", «один»."""
    if not numeral.worded or numeral.scaled or money or second:
        return False
    hedged = hedge_after or hedge_before(reading, left, floor)
    if numeral.value == 1 and numeral.end == numeral.start + 1:
        return not (hedged and hedged.bound != "about") and not (noun and noun.kind == "measure" and noun.unit in ("percent", "percentage_point"))
    if noun or hedged:
        return False
    word = reading.before(left, "word")
    return (word is not None and word.value == "definite") or reading.lexicon.rows.get("words_need_noun", False)


def name_or_label(reading, numeral, left, noun, money, opens, second) -> str | None:
    """A bare number after a capitalised word is part of a name: iPhone 11, Falcon 9."""
    if noun or money or second or numeral.worded or numeral.scaled or left in opens or left == 0:
        return None
    before = reading.tokens[left - 1]
    if before.kind != "word" or left - 1 in opens or not any(c.isupper() for c in before.text):
        return None
    return None if reading.endings[left].keys() & {"hedge", "filler", "month", "range"} else "a label"
