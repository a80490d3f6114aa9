"""What is printed before a number and belongs to it: its sign and its currency."""

from typing import NamedTuple

from auyl.reading.lexicon import Reading
from auyl.reading.numbers import Numeral
from auyl.reading.units import currency

MINUS = frozenset("-−–")
OPENING = frozenset("([{")
DASHES = frozenset("–—")
GOALS = 100  # "SDG 6" is a goal; so many Sudanese pounds are printed with a magnitude


class Front(NamedTuple):
    """What stands before a number, from token `start`: a minus, the currency's ISO 4217 code or None.

    `rate` is true of a price of one money in another, USD/KZT 540, which is no sum.
    """

    negative: bool
    money: str | None
    start: int
    rate: bool = False


def read_front(reading: Reading, numeral: Numeral, floor: int) -> Front:
    negative, left = (False, numeral.start) if numeral.span else read_minus(reading, numeral.start, floor)
    front = read_currency(reading, numeral, left, floor)
    if front.money is None:
        return front._replace(negative=negative)
    if negative:
        return front._replace(negative=True)
    negative, left = read_minus(reading, front.start, floor)
    return front._replace(negative=negative, start=left)


def read_currency(reading: Reading, numeral: Numeral, i: int, floor: int) -> Front:
    """The currency before token i: a code in capitals, a sign, an abbreviation, or the N of "N6.08 trillion"."""
    code = reading.before(i, "code")
    if code and code.start >= floor and reading.sign(code.start).isupper():
        if reading.sign(code.start - 1) == "/" and reading.before(code.start - 1, "code"):
            return Front(False, None, code.start, rate=True)
        goal = reading.before(i, "label") and not numeral.scaled and numeral.value < GOALS
        return Front(False, None, i) if goal else Front(False, reading.sign(code.start), code.start)
    mark = reading.before(i, "currency")
    if mark and mark.start >= floor:
        last = reading.tokens[i - 1]
        of_text = last.kind == "word" and (
            not last.text[0].isupper() or (len(last.text) < 2 and not reading.glued(i - 1))
        )
        return Front(False, None, i) if of_text else Front(False, currency(reading, mark), mark.start)
    letter = reading.before(i, "letter_currency")
    if letter and letter.start >= floor and stands_for_money(reading, numeral, i):
        return Front(False, str(letter.value), letter.start)
    return Front(False, None, i)


def stands_for_money(reading: Reading, numeral: Numeral, i: int) -> bool:
    """Whether the capital letter before token i is a currency's: glued to a sum of thousands or more, N220bn."""
    alone = i < 2 or not reading.glued(i - 2) or reading.sign(i - 2) in OPENING
    large = numeral.scaled or (numeral.value >= 1000 and "," in reading.sign(numeral.start))
    return alone and large and reading.glued(i - 1) and reading.sign(i - 1).isupper()


def read_minus(reading: Reading, left: int, floor: int) -> tuple[bool, int]:
    """A minus glued to the number and parted from what stands before it; a second dash; "minus" in words."""
    sign, glued = reading.sign(left - 1), reading.glued(left - 1)
    word = reading.before(left, "word") or (reading.before(left - 1, "word") if sign in MINUS and glued else None)
    if word and word.value == "minus" and word.start >= floor:
        return True, word.start
    if left - 1 < floor or not sign or sign not in MINUS:
        return False, left
    before = reading.sign(left - 2)
    if not glued:  # «кредитование – - 114 187,0 тысяч тенге»
        second = before != "" and before in DASHES and left - 2 >= floor
        return (True, left - 1) if second else (False, left)
    parted = not before or not reading.glued(left - 2) or before in OPENING
    signed = before != "" and reading.before(left - 1, "currency") is not None
    return (True, left - 1) if parted or signed else (False, left)
