"""Numbers as they are printed: digits, words, and the two together ("1 млрд 125,2 млн", "үш жарым мың").

A number is a run of terms, each a part and the magnitude that scales it: "two million, three hundred thousand and
five" is 2 × 10⁶ + 300 × 10³ + 5. Parts are read in words.py and here; `read_numeral` is the way in.
"""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from auyl.reading.lexicon import DASHES, SPACE, STOPS, VULGAR, Mark, Reading
from auyl.reading.units import counts_something
from auyl.reading.words import ONE, ZERO, Part, read_decimals, read_words

LONGEST = 24  # digits; a longer run is no amount of anything
SPACED = re.compile(rf"\d{{1,3}}(?:[{SPACE}'’]\d{{3}})+(?:[.,]\d+)?")
COMMAS = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")  # 6,000 and the Indian 1,20,000
DOTS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}\.\d{3},\d{1,2}")  # 3.500,50
ONE_DOT = re.compile(r"[1-9]\d{0,2}\.\d{3}")
DECIMAL = re.compile(r"\d*[.,]\d+")
VULGARS = re.compile(f"[{VULGAR}]")
SLASHES = frozenset("/⁄")
NOT_SCALED = ("percent", "percentage_point", "times")  # before these a dot is a decimal point
LARGEST = Decimal(10) ** 18  # "million million million" after that is no number anybody printed
INDIAN = frozenset({10**5, 10**7})  # lakh and crore
NEAR = 16  # tokens: "m" is for millions if they are spoken of no further before
LARGEST_UNDER = 100  # the denominators of 3/4 and 2/3; 124/7 is no fraction
MONEY = ("currency", "code", "letter_currency")


class Numeral(NamedTuple):
    """`value` printed by tokens `start` to `end`; `step` is what its last printed digit is worth, 0 in words."""

    value: Decimal
    step: Decimal
    start: int
    end: int
    worded: bool  # no digit was printed
    scale: Decimal = ONE  # the first magnitude printed
    span: tuple[Decimal, Decimal] | None = None  # for a vague count such as "tens of thousands"
    hedge: Mark | None = None  # a hedge between the digits and their magnitude: «40 с лишним тысяч»

    @property
    def scaled(self) -> bool:
        """Whether a magnitude was printed: "6 thousand", not "6,000"."""
        return self.scale > 1 or self.span is not None


class Term(NamedTuple):
    """A part times its magnitude, printed up to token `end`: the "125,2 млн" of "1 млрд 125,2 млн"."""

    part: Part
    size: Decimal
    end: int
    hedge: Mark | None = None

    @property
    def value(self) -> Decimal:
        return self.part.value * self.size


def read_numeral(reading: Reading, i: int) -> Numeral | None:
    """The number that begins at token i, as long as it goes on; None if none begins there. Each is read once."""
    if i not in reading.beginnings:
        return None
    if i not in reading.numerals:
        read = None if of_several(reading, i) else read_vague(reading, i) or read_terms(reading, i)
        reading.numerals[i] = repeated(reading, read) if read else None
    found: Numeral | None = reading.numerals[i]
    return found


def of_several(reading: Reading, i: int) -> bool:
    """Whether nobody says how many of a magnitude there are: «несколько десятков тысяч», «бірнеше жүз»."""
    if not reading.marks["several"]:
        return False
    while scale := reading.before(i, "multiplier") or reading.before(i, "magnitude"):
        i = scale.start
    return reading.before(i, "several") is not None


def repeated(reading: Reading, numeral: Numeral) -> Numeral:
    """The number with its own words or digits in brackets after it: "5 (five) million", «12 (двенадцать) школ»."""
    if reading.sign(numeral.end) != "(" or reading.sign(numeral.start - 1) == "(":
        return numeral
    again = read_terms(reading, numeral.end + 1)
    if again is None or again.value != numeral.value or reading.sign(again.end) != ")":
        return numeral
    end, scale = again.end + 1, reading.at(again.end + 1, "magnitude")
    if numeral.scaled or not scale:
        return numeral._replace(end=end)
    size = Decimal(scale.value)
    return numeral._replace(value=numeral.value * size, step=numeral.step * size, scale=size, end=scale.end)


def read_terms(reading: Reading, i: int) -> Numeral | None:
    first = read_term(reading, i) or read_article(reading, i)
    if first is None:
        return None
    if first.size == 1 and not first.part.worded:  # nothing goes on from digits without a magnitude
        return Numeral(first.part.value, first.part.step, i, first.end, False, hedge=first.hedge)
    terms = [first]
    while following := next_term(reading, terms[-1]):
        terms.append(following)
    terms = under_one(reading, terms)
    total, end = sum((term.value for term in terms), ZERO), terms[-1].end
    digits = [term for term in terms if not term.part.worded]
    if not digits:
        total, _, end, _ = read_decimals(reading, Part(total, ZERO, end, True))
    half = reading.at(end, "added") if terms[-1].size > 1 else None
    if half and not reading.says(half.end, "word", "of"):  # "a million and a half", «миллион с половиной»
        total, end = total + half.value * terms[-1].size, half.end
    return Numeral(
        value=total,
        step=digits[-1].part.step * digits[-1].size if digits else ZERO,
        start=i,
        end=end,
        worded=not digits,
        scale=first.size,
        hedge=next((term.hedge for term in terms if term.hedge), None),
    )


def under_one(reading: Reading, terms: list[Term]) -> list[Term]:
    """The terms under one more magnitude that scales them all: "1 lakh 84 thousand crores" are 1.84 × 10¹²."""
    last = terms[-1]
    part = read_part(reading, last.end) if last.size > 1 else None
    inner = reading.at(part.end, "magnitude") if part else None
    outer = reading.at(inner.end, "magnitude") if inner else None
    if not part or not inner or not outer or not part.value * inner.value < last.size < outer.value:
        return terms
    joined = [term._replace(size=term.size * outer.value) for term in terms]
    return [*joined, Term(part, inner.value * outer.value, outer.end)]


def read_term(reading: Reading, i: int) -> Term | None:
    part = read_part(reading, i)
    if part is None:
        return None
    inner = reading.at(part.end, "hedge_after")
    if inner and reading.begins(inner.end, {"magnitude", "multiplier"}):
        part = part._replace(end=inner.end)
    else:
        inner = None
    return Term(part, *read_magnitude(reading, part, i), inner)


def next_term(reading: Reading, before: Term) -> Term | None:
    """The term that goes on with the number: smaller than the magnitude before it, past a comma or "and" in words."""
    if before.size == 1:
        return None
    start, worded = before.end, before.part.worded
    comma, joined = reading.sign(start) == ",", reading.says(start, "word", "and") is not None
    if joined and (term := read_term(reading, start + 1)) and term.size in INDIAN:
        return term if term.value < before.size else None  # "two billion and 80 crore rupees"
    if worded and (comma or joined):
        start += 1
    term = read_term(reading, start)
    if term is None or term.value >= before.size or (term.size == 1 and term.part.worded != worded):
        return None  # "two million 330 ml cans"
    if not worded:  # "2 million 778", not "2 million 2023"
        in_place = len(reading.sign(start)) <= 3 and not reading.glued(start)
        return term if term.size > 1 or in_place else None
    if term.size > 1:
        return None if joined else term
    return None if (comma and term.value < 100) or (joined and term.value >= 100) else term


def read_part(reading: Reading, i: int) -> Part | None:
    """Digits, or number words that add up and multiply."""
    return read_digits(reading, i) if reading.kind(i) == "number" else read_words(reading, i)


def read_digits(reading: Reading, i: int) -> Part | None:
    """Digits with what may follow them before a magnitude: 3½, 2 1/2, "4 hundred", "3 сотни"."""
    if fraction := read_slash(reading, i):
        return Part(fraction[0], ZERO, fraction[1], False)
    scaled = reading.at(i + 1, "magnitude") or reading.glued(i) or reading.says(i + 1, "unit", *NOT_SCALED)
    read = amount(reading.tokens[i].text, reading.rows.get("decimal_comma", False), bool(scaled))
    if read is None:
        return None
    value, step, end = *read, i + 1
    if step == 1 and reading.kind(end) == "number" and (added := read_vulgar(reading, end) or read_slash(reading, end)):
        value, step, end = value + added[0], ZERO, added[1]
    if mark := reading.at(end, "added"):
        value, end = value + mark.value, mark.end
    if (mark := reading.at(end, "multiplier")) and not reading.glued(end - 1):
        value, step, end = value * mark.value, step * mark.value, mark.end
    return Part(value, step, end, False)


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
        return Decimal(str(unicodedata.numeric(printed))), ZERO
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
    return (Decimal(str(unicodedata.numeric(sign))), i + 1) if VULGARS.fullmatch(sign) else None


def read_slash(reading: Reading, i: int) -> tuple[Decimal, int] | None:
    """The 3/4 at token i and where it ends: two small numbers, the first the smaller; no date, no 24/7."""
    if reading.sign(i + 1) not in SLASHES or not (reading.glued(i) and reading.glued(i + 1)):
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
    if reading.before(end, "hedge_after") and (mark := reading.at(end, "multiplier")):
        size, end = Decimal(mark.value), mark.end  # «две с лишним сотни»
    if reading.hyphen(end) and (mark := reading.at(end + 1, "magnitude") or reading.at(end + 1, "magnitude_adjective")):
        size, end = size * mark.value, mark.end  # "a $5-million centre", «100-миллиардный»
    if in_brackets(reading, start, end):
        end += 1  # "$(1.2) million"
    while (mark := reading.at(end, "magnitude")) and size * mark.value <= LARGEST:
        size, end = size * mark.value, mark.end
    if end > part.end or part.worded:
        return size, end
    return read_letter(reading, end, start) or read_power(reading, end) or (size, end)


def in_brackets(reading: Reading, start: int, end: int) -> bool:
    """Whether digits stand alone in brackets before a magnitude, as accounts print a minus; not "five (5) million"."""
    if reading.sign(start - 1) != "(" or reading.sign(end) != ")" or end > start + 1:
        return False
    after_words = reading.kind(start - 2) == "number" or reading.before(start - 1, "number")
    return not after_words and reading.at(end + 1, "magnitude") is not None


def read_letter(reading: Reading, i: int, start: int) -> tuple[Decimal, int] | None:
    """The letters that scale digits, and where they end: $2.4m, 12.3m tonnes, "$3 b", "6 B people".

    A letter that is a unit as well ("m") scales money and what is counted or measured itself; a letter set apart,
    beside money or, as a capital, before what is counted.
    """
    mark = reading.at(i, "glued_magnitude")
    if mark is None or (reading.glued(mark.end - 1) and reading.kind(mark.end) != "sign"):
        return None
    letter, glued = reading.sign(i), reading.glued(i - 1)
    first, last = start, mark.end
    if glued and reading.sign(start - 1) in DASHES and reading.sign(start - 2) == letter:
        first = start - 3  # "€1m-2m"
    if glued and reading.sign(last) in DASHES and reading.sign(last + 2) == letter:
        last += 3  # "1m-2m euros"
    if not (any(reading.before(first, kind) for kind in MONEY) or reading.begins(last, {"currency", "code"})):
        alone = glued and (letter == "M" or "unit" not in reading.kinds_at[i])
        small = len(letter) > 1 or (letter.islower() and not glued)
        thing = counts_something(reading, last) or scales_hyphened(reading, mark.end)
        if not alone and (small or not (thing or among_millions(reading, start))):
            return None
    return Decimal(mark.value), mark.end


def scales_hyphened(reading: Reading, i: int) -> bool:
    """Whether a hyphen at token i joins a letter to what it scales: "a 2.5m-tonne harvest", "a 100m-dollar fund"."""
    return reading.hyphen(i) and reading.begins(i + 1, {"unit", "currency", "noun"})


def among_millions(reading: Reading, i: int) -> bool:
    """Whether millions were spoken of shortly before in the sentence: "1.2 million votes for one and 1.1m for …"."""
    for at in range(i - 1, max(i - NEAR, -1), -1):
        if reading.sign(at) in STOPS:
            return False
        mark = reading.at(at, "magnitude")
        if mark and mark.value >= 1e6:
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
    """The one that "a million" or a bare "миллион" counts, the half of "half a million", "a quarter of a million"."""
    fraction = reading.at(i, "fraction") or reading.at(i, "fraction_of")
    value, end = (ratio(fraction), fraction.end) if fraction else (ONE, i)
    for word in ("of", "a") if fraction else ("a",):
        joint = reading.says(end, "word", word)
        end = joint.end if joint else end
    if end == i and not reading.rows.get("bare_magnitude"):
        return None
    if mark := reading.at(end, "multiplier"):  # "a dozen", "half a dozen"
        value, end = value * mark.value, mark.end
    elif not reading.at(end, "magnitude"):
        return None
    part = Part(value, ZERO, end, True)
    return Term(part, *read_magnitude(reading, part, i))


def ratio(fraction: Mark) -> Decimal:
    """What "two-thirds" is worth."""
    over, under = fraction.value
    return Decimal(over) / Decimal(under)


def read_vague(reading: Reading, i: int) -> Numeral | None:
    """ "Tens of thousands": from twice to ten times what the word is worth."""
    vague = reading.at(i, "vague")
    if vague is None or reading.before(i, "number") or reading.before(i, "hedge") or reading.kind(i - 1) == "number":
        return None
    size, end = Decimal(vague.value), vague.end
    of = reading.says(end, "word", "of")
    for kind in ("magnitude", "multiplier", "vague"):
        if scale := reading.at(of.end if of else end, kind):
            size, end = size * scale.value, scale.end
            break
    return Numeral(size * 6, ZERO, i, end, True, span=(size * 2, size * 10))
