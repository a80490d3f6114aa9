"""Money and signs about a number: "−$5 million", «5 млн тенге», "N6.08 trillion", 85 cents."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from auyl.reading.lexicon import Mark, Reading

if TYPE_CHECKING:
    from auyl.reading.numbers import Numeral

MINUS = frozenset("-−–")
OPENING = frozenset("([{")
LONG_DASHES = frozenset("–—")
GOALS = 100  # "SDG 6" is a goal; so many Sudanese pounds are printed with a magnitude
CENTS = 12  # tokens: a "c" further than this from any money is a temperature
SHARED = {  # whose money a bare $, Rs, "som" or Sh else is, and the kind of the vocabulary that tells; ISO 4217
    "USD": ("dollar_of", "AUD CAD NZD HKD SGD JMD FJD NAD TTD BBD BSD GYD MXN CLP COP ARS"),
    "INR": ("rupee_of", "PKR LKR NPR MUR SCR"),
    "RUB": ("ruble_of", "BYN"),
    "KGS": ("som_of", "UZS"),
    "KES": ("shilling_of", "UGX TZS SOS"),
}
KINDS = frozenset(  # of words and signs that stand for money after a number
    {"hundredth", "glued_hundredth", "code", "currency", "ambiguous_currency", "currency_of"}
)
OWN_SIGNS = frozenset({"us", "₹", "₽", "kes", "ksh", "kshs"})  # these are one country's alone


class Noun(NamedTuple):
    """`unit` as the table writes it, its `kind` ("money", "measure" or "noun"), and the token it ends before."""

    unit: str
    kind: str
    end: int
    scale: Decimal = Decimal(1)  # of a hundredth: 85 cents are 0.85 dollars


def read_front(reading: Reading, numeral: Numeral, floor: int) -> tuple[bool, str | None, int]:
    """Whether a minus stands before a number, the currency that does, and the token where they begin.

    They stand in either order, and not before token `floor`.
    """
    if reading.sign(numeral.start + 1) == ")" and numeral.end > numeral.start + 1:  # "$(1.2) million"
        negative, left = True, numeral.start - 1
    else:
        negative, left = (False, numeral.start) if numeral.span else read_minus(reading, numeral.start, floor)
    money, start = read_currency(reading, numeral, left, floor)
    if money and not negative:
        negative, start = read_minus(reading, start, floor)
    return negative, money, start


def read_currency(reading: Reading, numeral: Numeral, i: int, floor: int) -> tuple[str | None, int]:
    """The currency before token i: a code in capitals, a sign, an abbreviation, or the N of "N6.08 trillion"."""
    code = reading.before(i, "code")
    if code and code.start >= floor and reading.sign(code.start).isupper():
        rate = reading.sign(code.start - 1) == "/" and reading.before(code.start - 1, "code")  # USD/KZT 540 is no sum
        goal = reading.before(i, "label") and not numeral.scaled and numeral.value < GOALS
        return (None, i) if rate or goal else (reading.sign(code.start), code.start)
    mark = reading.before(i, "currency")
    if mark and mark.start >= floor:
        last = reading.tokens[i - 1]
        abbreviation = last.text[0].isupper() and (len(last.text) > 1 or reading.glued(i - 1))
        return (None, i) if last.kind == "word" and not abbreviation else (currency(reading, mark), mark.start)
    letter = reading.before(i, "letter_currency")
    if letter and letter.start >= floor and stands_for_money(reading, numeral, i):
        return str(letter.value), letter.start
    return None, i


def stands_for_money(reading: Reading, numeral: Numeral, i: int) -> bool:
    """Whether the capital letter before token i is a currency's: glued to a sum of thousands or more, N220bn."""
    alone = not reading.glued(i - 2) or reading.sign(i - 2) in OPENING
    large = numeral.scaled or (numeral.value >= 1000 and "," in reading.sign(numeral.start))
    return alone and large and reading.glued(i - 1) and reading.sign(i - 1).isupper()


def read_minus(reading: Reading, left: int, floor: int) -> tuple[bool, int]:
    """A minus glued to the number and parted from what stands before it; a second dash; "minus" in words."""
    dashed, glued = reading.sign(left - 1) in MINUS, reading.glued(left - 1)
    word = reading.said(left, "word", "minus") or (dashed and glued and reading.said(left - 1, "word", "minus"))
    if word and word.start >= floor:
        return True, word.start
    if not dashed or left - 1 < floor:
        return False, left
    if glued:
        parted = not reading.glued(left - 2) or reading.sign(left - 2) in OPENING
        minus = parted or reading.before(left - 1, "currency") is not None
    else:  # «кредитование – - 114 187,0 тысяч тенге»
        minus = left - 2 >= floor and reading.sign(left - 2) in LONG_DASHES
    return minus, left - minus


def read_money(reading: Reading, i: int) -> Noun | None:
    """The money named at token i, after a number."""
    if not reading.begins(i, KINDS):
        return None
    hundredth = reading.at(i, "hundredth") or (reading.at(i, "glued_hundredth") if reading.glued(i - 1) else None)
    if hundredth and (reading.tokens[i].key != "c" or (reading.sign(i) == "c" and money_near(reading, i))):
        return Noun(currency(reading, hundredth), "money", hundredth.end, Decimal("0.01"))
    if code := read_code(reading, i):
        return code
    nation = reading.at(i, "currency_of")
    name = (reading.at(nation.end, "currency_word") or reading.at(nation.end, "currency")) if nation else None
    if nation and name:
        return Noun(nation.value, "money", name.end)
    mark = reading.at(i, "currency") or reading.at(i, "ambiguous_currency")
    if mark and reading.says(mark.end, "word", "of") and reading.at(mark.end + 1, "weighed"):
        return Noun("lb", "measure", mark.end)
    if mark is None:
        return None
    last = reading.tokens[mark.end - 1]
    letter = last.kind == "word" and len(last.text) == 1 and not reading.glued(i - 1)
    sign = last.text == "$" or (last.kind == "sign" and last.text != "." and reading.glued(mark.end - 1))
    if letter or (sign and reading.kind(mark.end) == "number"):
        return None  # the sign belongs to the next number
    return Noun(currency(reading, mark), "money", mark.end)


def read_code(reading: Reading, i: int) -> Noun | None:
    """The ISO 4217 code in capitals at token i, if it does not belong to a number after it."""
    code = reading.at(i, "code")
    if code is None or not reading.sign(i).isupper() or reading.kind(code.end) == "number":
        return None
    return Noun(reading.sign(i), "money", code.end)


def money_near(reading: Reading, i: int) -> bool:
    return any("currency" in reading.kinds_at[at] for at in range(max(i - CENTS, 0), i))


def currency(reading: Reading, mark: Mark) -> str:
    """The ISO 4217 code of a printed sign or name of money.

    A bare dollar, rupee, rouble, som or shilling is that of the country the statement is from, if that is told
    (`Reading.country`) or the only one whose places the text names; otherwise the American, the Indian, the Russian,
    the Kyrgyz, the Kenyan.
    """
    usual = str(mark.value)
    if usual not in SHARED or not is_bare(reading, mark):
        return usual
    kind, others = SHARED[usual]
    if reading.country:
        return next((code for code in others.split() if code.startswith(reading.country)), usual)
    if kind not in reading.home:
        named = {str(mark.value) for mark in reading.of(kind)}
        reading.home[kind] = named.pop() if len(named) == 1 and "elsewhere" not in named else None
    return reading.home[kind] or usual


def is_bare(reading: Reading, mark: Mark) -> bool:
    """Whether a sign or name of money is one word that several countries print: "$" and "soms", not "Uzbek soms"."""
    alone = mark.end - mark.start == 1 or reading.sign(mark.end - 1) == "."
    return alone and reading.sign(mark.start).lower() not in OWN_SIGNS
