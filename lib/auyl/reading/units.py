"""What a number counts or measures: a currency, a unit, or the head noun of the words that follow."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from auyl.reading.lexicon import Mark, Reading
from auyl.reading.nouns import HYPHENS, Noun, is_plural, phrase, read_head, read_listed, singular

if TYPE_CHECKING:
    from auyl.reading.numbers import Numeral

BRACKET = 6  # tokens of a share in brackets between a number and its noun: "11.66 crore (60%) households"
CENTS = 12  # tokens: a "c" further than this from any money is a temperature
SHARED = {
    "USD": "dollar_of",
    "INR": "rupee_of",
    "RUB": "ruble_of",
    "KGS": "som_of",
    "KES": "shilling_of",
}  # what a bare sign means elsewhere, and where to look
HOME = {  # ISO 3166-1: ISO 4217, for countries whose own money is printed as a bare $, Rs, Sh or "som"
    "dollar_of": {"AU": "AUD", "CA": "CAD", "NZ": "NZD", "HK": "HKD", "SG": "SGD", "JM": "JMD", "FJ": "FJD",
                  "NA": "NAD", "TT": "TTD", "BB": "BBD", "BS": "BSD", "GY": "GYD", "MX": "MXN", "CL": "CLP",
                  "CO": "COP", "AR": "ARS"},
    "ruble_of": {"BY": "BYN"},
    "shilling_of": {"UG": "UGX", "TZ": "TZS", "SO": "SOS"},
    "som_of": {"UZ": "UZS"},
    "rupee_of": {"PK": "PKR", "LK": "LKR", "NP": "NPR", "MU": "MUR", "SC": "SCR"},
}  # fmt: skip
OWN_SIGNS = frozenset({"us", "₹", "₽", "kes", "ksh", "kshs"})  # these are one country's alone


def read_noun(reading: Reading, i: int, numeral: Numeral, open_class: bool = True) -> Noun | None:
    """The unit that follows a number ending at token i; None if the text does not say."""
    if i >= reading.count:
        return None
    if adjectival(reading, i):
        return read_money(reading, i) or read_measure(reading, i)  # a fund of 100 billion is not 100 billion funds
    compound = reading.sign(i) in HYPHENS and reading.glued(i - 1) and reading.glued(i)  # "25-kilometre"
    at = i + 1 if compound else i
    money, measure = read_money(reading, at), read_measure(reading, at)
    if money and measure:
        return measure if measure.end > money.end else money  # 300 pound-feet are no money
    if found := money or measure:
        return found
    if compound:
        return read_compound(reading, at)
    if reading.glued(i - 1) and reading.tokens[i].kind == "word" and not reading.at(i, "noun"):
        return None
    of = reading.at(i, "part_of")
    if past := past_bracket(reading, i) or (of.end if of and of.end > i + 1 else None):  # "140 of the projects"
        noun = read_listed(reading, past) or (read_head(reading, past, numeral.value) if open_class else None)
        return noun._replace(end=i) if noun else None
    return read_listed(reading, at) or (read_head(reading, at, numeral.value) if open_class else None)


def adjectival(reading: Reading, i: int) -> bool:
    """Whether the magnitude before token i is an adjective: «100-миллиардный», «100 миллиардтық»."""
    if reading.before(i, "magnitude_adjective"):
        return True
    mark, endings = reading.before(i, "magnitude"), reading.lexicon.rows.get("adjectival", ())
    return mark is not None and mark.ending in endings and mark.ending != ""


def past_bracket(reading: Reading, i: int) -> int | None:
    """Past a percentage in brackets that stands between a number and what it counts."""
    if reading.sign(i) != "(":
        return None
    for at in range(i + 1, min(i + BRACKET, reading.count)):
        if reading.sign(at) == ")":
            unit = reading.before(at, "unit")
            return at + 1 if unit and unit.value == "percent" else None
    return None


def counts_something(reading: Reading, i: int) -> bool:
    """Whether a unit, a currency or a counted thing begins at token i, whatever scales it."""
    if i >= reading.count:
        return False
    unit = reading.at(i, "unit")
    if unit:
        return unit.value != "times"
    if not {"currency", "noun"}.isdisjoint(reading.marks[i]):
        return True
    opens = reading.lexicon.rows.get("open_nouns", False)
    return opens and any(is_plural(reading, at) for at in phrase(reading, i)[:3])


def read_money(reading: Reading, i: int) -> Noun | None:
    hundredth = reading.at(i, "hundredth") or (reading.at(i, "glued_hundredth") if reading.glued(i - 1) else None)
    if hundredth and (reading.tokens[i].key != "c" or (reading.sign(i) == "c" and money_near(reading, i))):
        return Noun(currency(reading, hundredth), "money", hundredth.end, Decimal("0.01"))
    code = reading.at(i, "code")
    if code and reading.sign(i).isupper():
        return Noun(reading.sign(i), "money", code.end)
    mark = reading.at(i, "currency") or reading.at(i, "ambiguous_currency")
    if mark is None:
        return None
    last = reading.tokens[mark.end - 1]
    if last.kind == "word" and len(last.text) == 1 and not reading.glued(i - 1):
        return None
    before_number = mark.end < reading.count and reading.tokens[mark.end].kind == "number"
    if before_number and reading.tokens[mark.end - 1].text == "$":
        return None  # the sign belongs to the next number
    return Noun(currency(reading, mark), "money", mark.end)


def money_near(reading: Reading, i: int) -> bool:
    return any("currency" in reading.marks[at] for at in range(max(i - CENTS, 0), i))


def read_measure(reading: Reading, i: int) -> Noun | None:
    mark = reading.at(i, "unit") or (reading.at(i, "glued_unit") if reading.glued(i - 1) else None)
    if mark is None:
        return None
    noun = reading.at(i, "noun")
    if noun and noun.end > mark.end:
        return None  # Gram Panchayats weigh nothing
    if reading.tokens[i].key == "x" and mark.end < reading.count and reading.tokens[mark.end].kind == "number":
        return None  # 2 x 1.5 m
    token = reading.tokens[mark.end - 1]
    if token.kind == "word" and len(token.text) <= 2 and mark.end == i + 1:
        if len(token.text) == 1 and token.text.isupper() and mark.value.islower():
            return None  # "5 M" is not five metres
        if reading.sign(mark.end) in HYPHENS and reading.glued(mark.end - 1):
            return None
    return Noun(mark.value, "measure", mark.end)


def read_compound(reading: Reading, i: int) -> Noun | None:
    """The noun after a hyphen: "a 500-bed hospital" counts beds."""
    if i >= reading.count or reading.tokens[i].kind != "word":
        return None
    listed = reading.at(i, "noun")
    if listed:
        return Noun(listed.value, "noun", listed.end)
    if not reading.lexicon.rows.get("open_nouns", False) or reading.at(i, "stop"):
        return None
    return Noun(singular(reading.tokens[i].key), "noun", i + 1)


def currency(reading: Reading, mark: Mark) -> str:
    """The ISO 4217 code of a printed sign or name of money.

    A bare dollar, rupee, rouble, som or shilling is that of the country the statement is from, if that is told
    (`Reading.country`) or the only one whose places the text names; otherwise the American, the Indian, the Russian,
    the Kyrgyz, the Kenyan.
    """
    kind = SHARED.get(mark.value)
    if kind is None or not is_bare(reading, mark):
        return str(mark.value)
    if reading.country:
        return HOME[kind].get(reading.country, str(mark.value))
    return named(reading, kind) or str(mark.value)


def is_bare(reading: Reading, mark: Mark) -> bool:
    """Whether a sign or name of money is one word that several countries print: "$" and "soms", not "Uzbek soms"."""
    alone = mark.end - mark.start == 1 or reading.sign(mark.end - 1) == "."
    return alone and reading.sign(mark.start).lower() not in OWN_SIGNS


def named(reading: Reading, kind: str) -> str | None:
    """The one currency whose country's places the text names, if it names no place of another's."""
    if kind not in reading.home:
        found = {str(mark.value) for mark in reading.of(kind)}
        reading.home[kind] = found.pop() if len(found) == 1 else None
    home = reading.home[kind]
    return None if home == "elsewhere" else home
