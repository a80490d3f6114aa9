"""What a number counts or measures: a currency, a unit, or the head noun of the words that follow."""

import re
from decimal import Decimal
from typing import NamedTuple

from auyl.reading.lexicon import Mark, Reading
from auyl.reading.numbers import Numeral

HYPHENS = frozenset("-‐‑")
REACH = 6  # words: a head noun further off belongs to something else


class Noun(NamedTuple):
    """`unit` as the table writes it, its `kind` ("money", "measure" or "noun"), and the token it ends before."""

    unit: str
    kind: str
    end: int
    scale: Decimal = Decimal(1)  # of a hundredth: 85 cents are 0.85 dollars


def read_noun(reading: Reading, i: int, numeral: Numeral, open_class: bool = True) -> Noun | None:
    """The unit that follows a number ending at token i; None if the text does not say."""
    if i >= len(reading.tokens):
        return None
    compound = reading.sign(i) in HYPHENS and reading.glued(i - 1) and reading.glued(i)  # "25-kilometre"
    at = i + 1 if compound else i
    found = read_money(reading, at) or read_measure(reading, at)
    if found:
        return found
    if compound:
        return read_compound(reading, at)
    if reading.glued(i - 1) and reading.tokens[i].kind == "word" and not reading.at(i, "noun"):
        return None
    return read_listed(reading, at) or (read_head(reading, at, numeral) if open_class else None)


def read_money(reading: Reading, i: int) -> Noun | None:
    mark = reading.at(i, "currency")
    hundredth = reading.at(i, "hundredth") or (reading.at(i, "glued_hundredth") if reading.glued(i - 1) else None)
    if hundredth:
        return Noun(hundredth.value, "money", hundredth.end, Decimal("0.01"))
    code = reading.at(i, "code")
    if code and reading.sign(i).isupper():
        return Noun(reading.sign(i), "money", code.end)
    mark = mark or reading.at(i, "ambiguous_currency")
    if mark is None:
        return None
    last = reading.tokens[mark.end - 1]
    if last.kind == "word" and len(last.text) == 1 and not reading.glued(i - 1):
        return None
    following = mark.end
    if (
        reading.sign(mark.start) in "$"
        and following < len(reading.tokens)
        and reading.tokens[following].kind == "number"
    ):
        return None  # the sign belongs to the next number
    return Noun(mark.value, "money", mark.end)


def read_measure(reading: Reading, i: int) -> Noun | None:
    mark = reading.at(i, "unit") or (reading.at(i, "glued_unit") if reading.glued(i - 1) else None)
    if mark is None:
        return None
    token = reading.tokens[mark.end - 1]
    if token.kind == "word" and len(token.text) <= 2 and mark.end == i + 1:
        if len(token.text) == 1 and token.text.isupper() and mark.value.islower():
            return None  # "5 M" is not five metres
        if reading.sign(mark.end) in HYPHENS and reading.glued(mark.end - 1):
            return None
    return Noun(mark.value, "measure", mark.end)


def read_compound(reading: Reading, i: int) -> Noun | None:
    """The noun after a hyphen: "a 500-bed hospital" counts beds."""
    if i >= len(reading.tokens) or reading.tokens[i].kind != "word":
        return None
    listed = reading.at(i, "noun")
    if listed:
        return Noun(listed.value, "noun", listed.end)
    if not reading.lexicon.rows.get("open_nouns", False) or reading.at(i, "stop"):
        return None
    return Noun(singular(reading.tokens[i].key), "noun", i + 1)


def read_listed(reading: Reading, i: int) -> Noun | None:
    """A noun of the vocabulary, past adjectives: «64 сельских округа», «25 мың ауылдық бастама»."""
    adjective = reading.lexicon.adjective
    if i < len(reading.tokens) and reading.sign(i - 1) == "." and reading.sign(i)[0].isupper():
        return None  # the full stop of «8,7 млрд. Программа …» ends a sentence
    for at in range(i, min(i + REACH, len(reading.tokens))):
        token = reading.tokens[at]
        if token.text in HYPHENS and at > i and reading.glued(at - 1) and reading.glued(at):
            continue
        if token.kind != "word":
            return None
        mark = reading.at(at, "noun")
        if mark and not (reading.at(at, "adjective") and reading.at(at, "adjective").end > mark.end):
            if reading.lexicon.rows.get("open_nouns", False) and at == i and plural_follows(reading, mark.end):
                return None
            if not mark.ending and (of := compound_of(reading, mark.end)):
                mark = of
            return Noun(mark.value, "noun", mark.end)
        if reading.lexicon.rows.get("open_nouns", False):
            return None
        if not (reading.at(at, "adjective") or (adjective and adjective.fullmatch(token.key))):
            return None
    return None


def compound_of(reading: Reading, i: int) -> Mark | None:
    """The noun at token i, if its ending says that it belongs to the noun before: «ауыл мектебі» is a school."""
    owned = reading.lexicon.rows.get("compound")
    following = reading.at(i, "noun")
    return following if owned and following and re.match(owned, following.ending) else None


def read_head(reading: Reading, i: int, numeral: Numeral) -> Noun | None:
    """The head of an English noun phrase: the first plural after the number, or the last of two in a row."""
    if not reading.lexicon.rows.get("open_nouns", False):
        return None
    words = phrase(reading, i)
    for position, at in enumerate(words):
        token = reading.tokens[at]
        listed = reading.at(at, "noun")
        unit = listed.value if listed else singular(token.key)
        if unit == token.key and not listed:
            continue
        following = words[position + 1] if position + 1 < len(words) else None
        if following is not None and reading.at(at, "attributive"):
            continue
        if reading.glued(at) and reading.sign(at + 1) in HYPHENS:
            continue
        return Noun(unit, "noun", listed.end if listed else at + 1)
    if words and numeral.value == 1:
        last = words[-1]
        return Noun(reading.tokens[last].key, "noun", last + 1) if len(words) == 1 else None
    if words and (acronym := reading.tokens[words[0]].text).isupper() and 3 <= len(acronym) <= 4:
        return Noun(acronym, "noun", words[0] + 1)
    return None


def phrase(reading: Reading, i: int) -> list[int]:
    """The words of the noun phrase at token i, past hyphens, up to the first word that ends one."""
    words: list[int] = []
    while i < len(reading.tokens) and len(words) < REACH:
        token = reading.tokens[i]
        if token.text in HYPHENS and words and reading.glued(i - 1) and reading.glued(i):
            i += 1
            continue
        if token.kind != "word" or reading.at(i, "stop") or reading.marks[i].keys() & {"number", "relative", "month"}:
            break
        if words and "\n\n" in reading.text[reading.tokens[i - 1].end : token.start]:
            break
        words.append(i)
        if token.key.endswith("'s") or token.key.endswith("s'"):
            words.clear()
            break
        i += 1
    return words


def plural_follows(reading: Reading, i: int) -> bool:
    """Whether another plural comes at once: in "500 jobs centres" the centres are counted."""
    words = phrase(reading, i)
    return (
        bool(words)
        and reading.at(i - 1, "attributive") is not None
        and singular(reading.tokens[words[0]].key) != (reading.tokens[words[0]].key)
    )


PLURALS = (  # ending, what the singular has instead; the first that fits
    (re.compile(r"(?:ss|us|is|'s|s')$"), None),
    (re.compile(r"men$"), "man"),
    (re.compile(r"([^aeiou])ies$"), r"\1y"),
    (re.compile(r"([^aeo])uses$"), r"\1us"),
    (re.compile(r"(sses|xes|ches|shes|zzes)$"), lambda m: m[0][:-2]),
    (re.compile(r"([^aeiou]o)es$"), r"\1"),
    (re.compile(r"(\w{2,})s$"), r"\1"),
)


def singular(word: str) -> str:
    """The singular of a regular English plural; the word itself if it is none.

    >>> [singular(w) for w in ("projects", "facilities", "buses", "classes", "people")]
    ['project', 'facility', 'bus', 'class', 'people']
    """
    for ending, instead in PLURALS:
        if ending.search(word):
            return word if instead is None else ending.sub(instead, word)
    return word
