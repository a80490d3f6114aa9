"""Numbers as they are printed: digits, words, and the two together ("1 млрд 125,2 млн", "үш жарым мың").

A number is a run of terms, each a part and the magnitude that scales it: "two million, three hundred thousand and
five" is 2 × 10⁶ + 300 × 10³ + 5. Parts are read in words.py and here; `read_numeral` is the way in.
"""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from auyl.reading.lexicon import SPACE, VULGAR, Mark, Reading
from auyl.reading.units import counts_something
from auyl.reading.words import ONE, Part, read_decimals, read_words

LONGEST = 24  # digits; a longer run is no amount of anything
SPACED = re.compile(rf"\d{{1,3}}(?:[{SPACE}'’]\d{{3}})+(?:[.,]\d+)?")
COMMAS = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")  # 6,000 and the Indian 1,20,000
DOTS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?")
ONE_DOT = re.compile(r"[1-9]\d{0,2}\.\d{3}")
DECIMAL = re.compile(r"\d*[.,]\d+")
VULGARS = re.compile(f"[{VULGAR}]")
HYPHENS = frozenset("-‐‑")
NOT_SCALED = frozenset({"percent", "percentage_point", "times"})  # before these a dot is a decimal point
LARGEST = Decimal(10) ** 18  # "million million million" after that is no number anybody printed
SENTENCE_ENDS = frozenset(".!?")
INDIAN = frozenset({Decimal(10) ** 5, Decimal(10) ** 7})  # lakh and crore
NEAR = 16  # tokens: "m" is for millions if they are spoken of no further before
LARGEST_UNDER = 100  # the denominators of 3/4 and 2/3; 124/7 is no fraction


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
    scale: Decimal = ONE  # the first magnitude printed


class Term(NamedTuple):
    """A part times its magnitude, printed up to token `end`: the "125,2 млн" of "1 млрд 125,2 млн"."""

    part: Part
    size: Decimal
    end: int
    hedge: Mark | None

    @property
    def value(self) -> Decimal:
        return self.part.value * self.size


def read_numeral(reading: Reading, i: int) -> Numeral | None:
    """The number that begins at token i, as long as it goes on; None if none begins there. Each is read once."""
    if i not in reading.numerals:
        reading.numerals[i] = numeral_at(reading, i)
    found: Numeral | None = reading.numerals[i]
    return found


def numeral_at(reading: Reading, i: int) -> Numeral | None:
    if vague := read_vague(reading, i):
        return vague
    first = read_term(reading, i) or read_article(reading, i)
    if first is None:
        return None
    if first.size == 1 and not first.part.worded:  # nothing goes on from digits without a magnitude
        return Numeral(first.part.value, first.part.step, i, first.end, False, False, hedge=first.hedge)
    terms = [first]
    while following := next_term(reading, terms[-1]):
        terms.append(following)
    terms = under_one(reading, terms)
    digits = [term for term in terms if not term.part.worded]
    whole = Part(sum((term.value for term in terms), Decimal(0)), Decimal(0), terms[-1].end, not digits)
    whole = whole if digits else read_decimals(reading, whole)
    return Numeral(
        value=whole.value,
        step=digits[-1].part.step * digits[-1].size if digits else Decimal(0),
        start=i,
        end=whole.end,
        scaled=first.size > 1,
        worded=not digits,
        hedge=next((term.hedge for term in terms if term.hedge), None),
        scale=first.size,
    )


def under_one(reading: Reading, terms: list[Term]) -> list[Term]:
    """The terms under one more magnitude that scales them all: "1 lakh 84 thousand crores" are 1.84 × 10¹²."""
    last = terms[-1]
    part = read_part(reading, last.end) if last.size > 1 and may_go_on(reading, last.end) else None
    inner = reading.at(part.end, "magnitude") if part else None
    outer = reading.at(inner.end, "magnitude") if inner else None
    if part is None or inner is None or outer is None:
        return terms
    size = Decimal(str(outer.value))
    if not part.value * Decimal(str(inner.value)) < last.size < size:
        return terms
    joined = [term._replace(size=term.size * size) for term in terms]
    return [*joined, Term(part, Decimal(str(inner.value)) * size, outer.end, None)]


def read_term(reading: Reading, i: int) -> Term | None:
    part = read_part(reading, i)
    if part is None:
        return None
    inner = reading.at(part.end, "hedge_after")
    if inner and any(reading.at(inner.end, kind) for kind in ("magnitude", "multiplier")):
        part = part._replace(end=inner.end)
    else:
        inner = None
    return Term(part, *read_magnitude(reading, part, i), inner)


def next_term(reading: Reading, before: Term) -> Term | None:
    """The term that goes on with the number: smaller than the magnitude before it, past a comma or "and" in words."""
    start, joint = before.end, reading.at(before.end, "word")
    comma = reading.sign(start) == "," and before.part.worded
    joined = joint is not None and joint.value == "and"
    linked = joined and before.part.worded
    if joined and before.size > 1 and (term := read_term(reading, start + 1)) and term.size in INDIAN:
        return term if term.value < before.size else None  # "two billion and 80 crore rupees"
    if comma or linked:
        start += 1
    if before.size == 1 or not may_go_on(reading, start):
        return None
    term = read_term(reading, start)
    if term is None or term.value >= before.size:
        return None
    if term.size > 1:
        return None if linked else term
    if term.part.worded != before.part.worded:
        return None  # "two million 330 ml cans"
    if term.part.worded:
        return None if (comma and term.value < 100) or (linked and term.value >= 100) else term
    in_place = len(reading.sign(start)) <= 3 and not reading.glued(start)  # "2 million 778", not "2 million 2023"
    return term if in_place else None


def may_go_on(reading: Reading, i: int) -> bool:
    return i < reading.count and (reading.tokens[i].kind == "number" or bool(reading.marks[i]))


def read_part(reading: Reading, i: int) -> Part | None:
    """Digits, or number words that add up and multiply."""
    if i >= reading.count:
        return None
    return read_digits(reading, i) if reading.tokens[i].kind == "number" else read_words(reading, i)


def read_digits(reading: Reading, i: int) -> Part | None:
    """Digits with what may follow them before a magnitude: 3½, 2 1/2, "4 hundred", "3 сотни"."""
    if fraction := read_slash(reading, i):
        value, end = fraction
        return Part(value, Decimal(0), end, False)
    unit = reading.at(i + 1, "unit")
    decimal = bool(reading.at(i + 1, "magnitude") or reading.glued(i) or (unit and unit.value in NOT_SCALED))
    read = amount(reading.tokens[i].text, reading.lexicon.rows.get("decimal_comma", False), decimal)
    if read is None:
        return None
    part = Part(*read, i + 1, False)
    if part.step == 1 and (added := read_vulgar(reading, i + 1) or read_slash(reading, i + 1)):
        part = part._replace(value=part.value + added[0], step=Decimal(0), end=added[1])
    if mark := reading.at(part.end, "added"):
        part = part._replace(value=part.value + Decimal(str(mark.value)), end=mark.end)
    if (mark := reading.at(part.end, "multiplier")) and not reading.glued(part.end - 1):
        size = Decimal(str(mark.value))
        part = part._replace(value=part.value * size, step=part.step * size, end=mark.end)
    return part


def amount(printed: str, decimal_comma: bool, scaled: bool = False) -> tuple[Decimal, Decimal] | None:
    """What a run of digits is worth, and what its last digit is worth; None for what is no number (18.01.2023).

    A comma before exactly three digits groups thousands in English, and is a decimal comma in Russian and Kazakh
    unless the digits are 000 and no magnitude follows; a dot before three digits is the other way round.

    >>> amount("6,000", decimal_comma=False), amount("62,79", decimal_comma=True)
    ((Decimal('6000'), Decimal('1')), (Decimal('62.79'), Decimal('0.01')))
    """
    if len(printed) > LONGEST:
        return None
    if printed.isdecimal():
        return Decimal(printed), ONE
    if VULGARS.fullmatch(printed):
        return Decimal(str(unicodedata.numeric(printed))), Decimal(0)
    if SPACED.fullmatch(printed):
        plain = re.sub(rf"[{SPACE}'’]", "", printed).replace(",", ".")
    elif COMMAS.fullmatch(printed) and (
        not decimal_comma or printed.count(",") > 1 or "." in printed or (printed.endswith(",000") and not scaled)
    ):
        plain = printed.replace(",", "")
    elif DOTS.fullmatch(printed) or (
        ONE_DOT.fullmatch(printed) and not scaled and (decimal_comma or printed.endswith(".000"))
    ):
        plain = printed.replace(".", "").replace(",", ".")
    elif DECIMAL.fullmatch(printed):
        plain = printed.replace(",", ".")
    else:
        return None
    value = Decimal(plain)
    return value, ONE.scaleb(int(value.as_tuple().exponent))


def read_vulgar(reading: Reading, i: int) -> tuple[Decimal, int] | None:
    """The ½ at token i, and where it ends."""
    sign = reading.sign(i)
    return (Decimal(str(unicodedata.numeric(sign))), i + 1) if sign and VULGARS.fullmatch(sign) else None


def read_slash(reading: Reading, i: int) -> tuple[Decimal, int] | None:
    """The 3/4 at token i and where it ends: two small numbers, the first the smaller; no date, no 24/7."""
    if reading.sign(i + 1) not in ("/", "⁄") or not (reading.glued(i) and reading.glued(i + 1)):
        return None
    over, under = reading.sign(i), reading.sign(i + 2)
    if not (over.isdecimal() and under.isdecimal()) or len(over) > 2 or under.startswith("0"):
        return None
    chained = reading.sign(i + 3) in ("/", "-") and reading.glued(i + 2)
    if chained or reading.glued(i - 1) or not 0 < int(over) < int(under[:4]) <= LARGEST_UNDER:
        return None
    return Decimal(over) / Decimal(under), i + 3


def read_magnitude(reading: Reading, part: Part, start: int) -> tuple[Decimal, int]:
    """What the part is multiplied by, and where the magnitude ends: "million", "thousand million", the bn of 5bn."""
    size, end = ONE, part.end
    if part.end > 1 and reading.before(part.end, "hedge_after") and (mark := reading.at(end, "multiplier")):
        size, end = Decimal(str(mark.value)), mark.end  # «две с лишним сотни»
    hyphen = reading.sign(end) in HYPHENS and reading.glued(end - 1) and reading.glued(end)
    if hyphen and (mark := reading.at(end + 1, "magnitude") or reading.at(end + 1, "magnitude_adjective")):
        size, end = size * Decimal(str(mark.value)), mark.end  # "a $5-million centre", «100-миллиардный»
    while (mark := reading.at(end, "magnitude")) and size * Decimal(str(mark.value)) <= LARGEST:
        size, end = size * Decimal(str(mark.value)), mark.end
    if end > part.end or part.worded:
        return size, end
    return read_letter(reading, end, start) or read_power(reading, end) or (size, end)


def read_letter(reading: Reading, i: int, start: int) -> tuple[Decimal, int] | None:
    """The letters that scale digits, and where they end: $2.4m, 12.3m tonnes, "$3 b", "6 B people".

    A letter that is a unit as well ("m") scales money and what is counted or measured itself; a letter set apart,
    beside money or, as a capital, before what is counted.
    """
    mark = reading.at(i, "glued_magnitude")
    if mark is None or (reading.glued(mark.end - 1) and reading.tokens[mark.end].kind != "sign"):
        return None
    found = Decimal(str(mark.value)), mark.end
    around = (*(reading.before(start, kind) for kind in ("currency", "code", "letter_currency")),
              *(reading.at(mark.end, kind) for kind in ("currency", "code")))  # fmt: skip
    if any(around):
        return found
    letter = reading.sign(i)
    if "unit" not in reading.marks[i] and reading.glued(i - 1):
        return found
    if len(letter) > 1 or (letter.islower() and not reading.glued(i - 1)):
        return None
    if letter == "M" and reading.glued(i - 1):
        return found
    return found if counts_something(reading, mark.end) or among_millions(reading, start) else None


def among_millions(reading: Reading, i: int) -> bool:
    """Whether millions were spoken of shortly before in the sentence: "1.2 million votes for one and 1.1m for …"."""
    for at in range(i - 1, max(i - NEAR, -1), -1):
        if reading.tokens[at].text in SENTENCE_ENDS:
            return False
        mark = reading.marks[at].get("magnitude")
        if mark and float(mark.value) >= 1e6:
            return True
    return False


def read_power(reading: Reading, i: int) -> tuple[Decimal, int] | None:
    """The ×10^6 or ×10⁶ at token i, and where it ends."""
    if reading.sign(i) not in ("×", "·") or reading.sign(i + 1) != "10":
        return None
    caret = reading.sign(i + 2) == "^"
    raised = reading.sign(i + 2 + caret)
    if not raised.isdigit() or len(raised) > 2 or not reading.glued(i + 1):
        return None
    power = int("".join(str(unicodedata.digit(c)) for c in raised))
    return (Decimal(10) ** power, i + 3 + caret) if power <= 18 else None


def read_article(reading: Reading, i: int) -> Term | None:
    """The one that "a million" or a bare "миллион" counts, the half of "half a million"."""
    if fraction := reading.at(i, "fraction") or reading.at(i, "fraction_of"):
        after = fraction.end
        for wanted in ("of", "a"):  # "a quarter of a million"
            joint = reading.at(after, "word")
            after = joint.end if joint and joint.value == wanted else after
        over, under = fraction.value
        scale = reading.at(after, "magnitude")
        if scale is None:
            return None
        size = Decimal(str(scale.value))
        return Term(Part(Decimal(over) / Decimal(under), Decimal(0), after, True), size, scale.end, None)
    article = reading.at(i, "word")
    after = article.end if article and article.value == "a" else i
    if after == i and not reading.lexicon.rows.get("bare_magnitude", False):
        return None
    for kind in ("multiplier", "magnitude"):
        mark = reading.at(after, kind)
        if mark:
            multiplier = kind == "multiplier"
            part = Part(
                Decimal(str(mark.value)) if multiplier else ONE, Decimal(0), mark.end if multiplier else after, True
            )
            return Term(part, *read_magnitude(reading, part, i), None)
    return None


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
            size, end = size * Decimal(str(scale.value)), scale.end
            break
    return Numeral(size * 6, Decimal(0), i, end, True, True, (size * 2, size * 10))
