"""Numbers as they are printed: digits, words, and the two together ("1 млрд 125,2 млн", "үш жарым мың")."""

import re
from decimal import Decimal
from typing import NamedTuple

from auyl.reading.lexicon import SPACE, Mark, Reading

LONGEST = 24  # digits; a longer run is no amount of anything
SPACED = re.compile(rf"\d{{1,3}}(?:[{SPACE}'’]\d{{3}})+(?:[.,]\d+)?")
COMMAS = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")  # 6,000 and the Indian 1,20,000
DOTS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?")
DECIMAL = re.compile(r"\d+[.,]\d+")
LARGEST = Decimal(10) ** 18  # "million million million" after that is no number anybody printed
ONE = Decimal(1)


class Numeral(NamedTuple):
    """`value` printed by tokens `start` to `end`; `step` is what its last printed digit is worth, 0 in words."""

    value: Decimal
    step: Decimal
    start: int
    end: int
    scaled: bool  # a magnitude was printed: "6 thousand", not "6,000"
    worded: bool  # no digit was printed
    span: tuple[Decimal, Decimal] | None = None  # for a vague count such as "tens of thousands"
    hedge: Mark | None = None  # a hedge between the digits and their magnitude: «40 с лишним тысяч»


def amount(printed: str, decimal_comma: bool, scaled: bool = False) -> tuple[Decimal, Decimal] | None:
    """What a run of digits is worth, and what its last digit is worth; None for what is no number (18.01.2023).

    A comma before exactly three digits groups thousands in English, and is a decimal comma in Russian and Kazakh
    unless the digits are 000 and no magnitude follows.

    >>> amount("6,000", decimal_comma=False), amount("62,79", decimal_comma=True)
    ((Decimal('6000'), Decimal('1')), (Decimal('62.79'), Decimal('0.01')))
    """
    if len(printed) > LONGEST:
        return None
    if printed.isdecimal():
        return Decimal(printed), ONE
    if SPACED.fullmatch(printed):
        plain = re.sub(rf"[{SPACE}'’]", "", printed).replace(",", ".")
    elif COMMAS.fullmatch(printed) and (
        not decimal_comma or printed.count(",") > 1 or "." in printed or (printed.endswith(",000") and not scaled)
    ):
        plain = printed.replace(",", "")
    elif DOTS.fullmatch(printed):
        plain = printed.replace(".", "").replace(",", ".")
    elif DECIMAL.fullmatch(printed):
        plain = printed.replace(",", ".")
    else:
        return None
    value = Decimal(plain)
    return value, ONE.scaleb(value.as_tuple().exponent)


def place(value: Decimal) -> Decimal:
    """The worth of the last digit that is not zero: 120 → 10."""
    return ONE.scaleb(value.normalize().as_tuple().exponent)


class Part(NamedTuple):
    """A number below its magnitude: the "125,2" of "125,2 млн"."""

    value: Decimal
    step: Decimal
    end: int
    worded: bool


def read_numeral(reading: Reading, i: int) -> Numeral | None:
    """The number that begins at token i, as long as it goes on; None if none begins there.

    A magnitude scales what stands before it, and a part of smaller magnitude may follow: "1 млрд 125,2 млн".
    """
    vague = read_vague(reading, i)
    if vague:
        return vague
    total, step, last, end, worded = Decimal(0), Decimal(0), None, i, True
    hedge = None
    while end < len(reading.tokens):
        part = read_part(reading, end) or (read_article(reading, end) if last is None else None)
        if part is None:
            break
        inner = reading.at(part.end, "hedge_after")
        if inner and any(reading.at(inner.end, kind) for kind in ("magnitude", "multiplier")):
            hedge, part = inner, part._replace(end=inner.end)
        size, after = read_magnitude(reading, part)
        if last is not None and (part.value * size >= last or (size == 1 and not continues(reading, end, part))):
            break
        total, end = total + part.value * size, after
        if not part.worded:
            step, worded = part.step * size, False
        last = min(last or size, size)
        if size == 1:
            break
    if end == i:
        return None
    return Numeral(total, step, i, end, (last or 1) > 1, worded, hedge=hedge)


def continues(reading: Reading, i: int, part: Part) -> bool:
    """Whether a part without a magnitude belongs to the millions before it: "2 million 778", not "2 million 2023"."""
    return part.worded or len(reading.sign(i)) <= 3


def read_magnitude(reading: Reading, part: Part) -> tuple[Decimal, int]:
    """What the part is multiplied by, and where the magnitude ends: "million", "thousand million", the bn of 5bn."""
    size, end = ONE, part.end
    if part.end > 1 and reading.before(part.end, "hedge_after") and (mark := reading.at(end, "multiplier")):
        size, end = Decimal(str(mark.value)), mark.end  # «две с лишним сотни»
    while (mark := reading.at(end, "magnitude")) and size * Decimal(str(mark.value)) <= LARGEST:
        size, end = size * Decimal(str(mark.value)), mark.end
    if end == part.end and not part.worded and (mark := glued_magnitude(reading, end)):
        return Decimal(str(mark.value)), mark.end
    return size, end


def glued_magnitude(reading: Reading, i: int) -> Mark | None:
    """The letter that scales the digits it is glued to; "m" is left to the metre where no money is about."""
    mark = reading.at(i, "glued_magnitude") if reading.glued(i - 1) else None
    if mark is None or (reading.glued(mark.end - 1) and reading.tokens[mark.end].kind != "sign"):
        return None
    if "unit" in reading.marks[i]:  # "m": million after a currency, metre otherwise
        before = i - 2
        money = before >= 0 and (reading.before(i - 1, "currency") or reading.before(i - 1, "code"))
        followed = reading.at(mark.end, "currency") or reading.at(mark.end, "noun")
        return mark if money or followed else None
    return mark


def read_article(reading: Reading, i: int) -> Part | None:
    """The one that "a million" or a bare "миллион" counts, the half of "half a million"."""
    if fraction := reading.at(i, "fraction") or reading.at(i, "fraction_of"):
        after = fraction.end
        for wanted in ("of", "a"):  # "a quarter of a million"
            joint = reading.at(after, "word")
            after = joint.end if joint and joint.value == wanted else after
        over, under = fraction.value
        scaled = reading.at(after, "magnitude")
        return Part(Decimal(over) / Decimal(under), Decimal(0), after, True) if scaled else None
    article = reading.at(i, "word")
    after = article.end if article and article.value == "a" else i
    if after == i and not reading.lexicon.rows.get("bare_magnitude", False):
        return None
    for kind in ("multiplier", "magnitude"):
        mark = reading.at(after, kind)
        if mark and kind == "multiplier":
            return Part(Decimal(str(mark.value)), Decimal(0), mark.end, True)
        if mark:
            return Part(ONE, Decimal(0), after, True)
    return None


def read_part(reading: Reading, i: int) -> Part | None:
    """Digits, or number words that add up and multiply: "two hundred and fifty-five", "екі жүз"."""
    token = reading.tokens[i] if i < len(reading.tokens) else None
    if token is None:
        return None
    if token.kind == "number":
        scaled = bool(reading.at(i + 1, "magnitude") or reading.glued(i))
        read = amount(token.text, reading.lexicon.rows.get("decimal_comma", False), scaled)
        return add_half(reading, Part(read[0], read[1], i + 1, False)) if read else None
    total, end = None, i
    while True:
        word, scale = reading.at(end, "number"), reading.at(end, "multiplier")
        if word is not None and "multiplier" not in reading.marks[end]:
            value = Decimal(str(word.value))
            if total is not None and (not value or not total or value >= place(total)):
                break
            total, end = (total or 0) + value, word.end
        elif scale is not None and total is not None and 0 < total < 100:
            total, end = total * Decimal(str(scale.value)), scale.end
        elif scale is not None and total is None and reading.lexicon.rows.get("bare_magnitude", False):
            total, end = Decimal(str(scale.value)), scale.end
        elif total is not None and linked(reading, end, total):
            end += 1
        else:
            break
    return add_half(reading, Part(total, Decimal(0), end, True)) if total is not None else None


def add_half(reading: Reading, part: Part) -> Part:
    """ "Two and a half", "үш жарым"."""
    mark = reading.at(part.end, "word")
    return part._replace(value=part.value + Decimal("0.5"), end=mark.end) if mark and mark.value == "half" else part


def linked(reading: Reading, i: int, total: Decimal) -> bool:
    """Whether token i, a hyphen or "and", joins the number word after it: "fifty-five", "one hundred and twenty"."""
    following, joint = reading.at(i + 1, "number"), reading.at(i, "word")
    if following is None or not 0 < following.value < place(total):
        return False
    hyphen = reading.sign(i) in "-‐‑" and reading.glued(i - 1) and reading.glued(i)
    return hyphen or (joint is not None and joint.value == "and" and total >= 100)


def read_vague(reading: Reading, i: int) -> Numeral | None:
    """ "Tens of thousands": from twice to ten times what the word is worth."""
    vague = reading.at(i, "vague")
    if (
        vague is None
        or reading.before(i, "number")
        or reading.before(i, "hedge")
        or (i and reading.tokens[i - 1].kind == "number")
    ):
        return None
    size, end = Decimal(str(vague.value)), vague.end
    of = reading.at(end, "word")
    after = of.end if of and of.value == "of" else end
    for kind in ("magnitude", "multiplier", "vague"):
        if scale := reading.at(after, kind):
            return vague_numeral(size * Decimal(str(scale.value)), i, scale.end)
    return vague_numeral(size, i, end)


def vague_numeral(size: Decimal, start: int, end: int) -> Numeral:
    return Numeral(size * 6, Decimal(0), start, end, True, True, (size * 2, size * 10))
