"""The head of the words after a number: «64 сельских округа», "139 cultural and sports projects"."""

import re
from decimal import Decimal
from typing import NamedTuple

from auyl.reading.lexicon import Mark, Reading

HYPHENS = frozenset("-‐‑")
QUOTES = frozenset("\"'«»“”„‘’")
REACH = 7  # words: a head noun further off belongs to something else
ENDS_PHRASE = frozenset({"number", "vague", "relative", "month"})


class Noun(NamedTuple):
    """`unit` as the table writes it, its `kind` ("money", "measure" or "noun"), and the token it ends before."""

    unit: str
    kind: str
    end: int
    scale: Decimal = Decimal(1)  # of a hundredth: 85 cents are 0.85 dollars


def read_listed(reading: Reading, i: int) -> Noun | None:
    """A noun of the vocabulary, past adjectives: «64 сельских округа», «17 культурных и спортивных объектов»."""
    if i < reading.count and reading.sign(i - 1) == "." and reading.sign(i)[0].isupper():
        return None  # the full stop of «8,7 млрд. Программа …» ends a sentence
    opens = reading.lexicon.rows.get("open_nouns", False)
    for at in range(i, min(i + REACH, reading.count)):
        if at > i and between_adjectives(reading, at):
            continue
        if reading.tokens[at].text in QUOTES:
            continue
        if reading.tokens[at].kind != "word":
            return None
        mark = reading.at(at, "noun")
        adjective = reading.at(at, "adjective")
        if mark and not (adjective and adjective.end > mark.end):
            if opens and at == i and (plural_follows(reading, mark.end) or modifies(reading, at, mark)):
                return None
            if qualifies(reading, at, mark):
                continue
            if not mark.ending and (of := compound_of(reading, mark.end)):
                mark = of
            return Noun(mark.value, "noun", mark.end)
        if opens or not (is_adjective(reading, at) or compound_of(reading, at + 1)):
            return None
    return None


def qualifies(reading: Reading, i: int, mark: Mark) -> bool:
    """Whether a word that may be a noun says what kind of the noun after it: «заключенных договоров», «апатты мектеп».

    What is counted by an adjective stays so: «300 орындық мектеп» has seats.
    """
    rows = reading.lexicon.rows
    if mark.end != i + 1 or not reading.at(mark.end, "noun") or mark.value in rows.get("counted_adjectives", ()):
        return False
    return (mark.ending != "" and mark.ending in rows.get("with", ())) or is_adjective(reading, i)


def is_adjective(reading: Reading, i: int) -> bool:
    endings = reading.lexicon.adjective
    return reading.at(i, "adjective") is not None or bool(endings and endings.fullmatch(reading.tokens[i].key))


def between_adjectives(reading: Reading, i: int) -> bool:
    """Whether token i joins two adjectives: a hyphen inside a word, a comma or "and" before another adjective."""
    if reading.sign(i) in HYPHENS:
        return reading.glued(i - 1) and reading.glued(i)
    joint = reading.at(i, "range")
    if reading.sign(i) != "," and not (joint and joint.value == "and"):
        return False
    return i + 1 < reading.count and is_adjective(reading, i - 1) and is_adjective(reading, i + 1)


def compound_of(reading: Reading, i: int) -> Mark | None:
    """The noun at token i, if its ending says that it belongs to the noun before: «ауыл мектебі» is a school."""
    owned = reading.lexicon.rows.get("compound")
    following = reading.at(i, "noun")
    return following if owned and following and re.match(owned, following.ending) else None


def read_head(reading: Reading, i: int, value: Decimal) -> Noun | None:
    """The head of an English noun phrase: the first plural after the number, or the last of two in a row."""
    if not reading.lexicon.rows.get("open_nouns", False):
        return None
    words = phrase(reading, i)
    for position, at in enumerate(words):
        token = reading.tokens[at]
        listed = reading.at(at, "noun")
        unit = listed.value if listed else acronym_of(token.text) or singular(token.key)
        if unit == token.key and not listed:
            continue
        following = words[position + 1] if position + 1 < len(words) else None
        if following is not None and (reading.at(at, "attributive") or (listed and modifies(reading, at, listed))):
            continue
        if reading.glued(at) and reading.sign(at + 1) in HYPHENS:
            continue
        return Noun(unit, "noun", listed.end if listed else at + 1)
    if words and value == 1:
        last = words[-1]
        return Noun(reading.tokens[last].key, "noun", last + 1) if len(words) == 1 else None
    if words and (acronym := reading.tokens[words[0]].text).isupper() and 3 <= len(acronym) <= 4:
        return Noun(acronym, "noun", words[0] + 1)
    return None


def acronym_of(printed: str) -> str | None:
    """The SACCO of "SACCOs": capitals are kept."""
    capitals = printed.removesuffix("s")
    return capitals if len(capitals) > 2 and capitals != printed and capitals.isupper() else None


def phrase(reading: Reading, i: int) -> list[int]:
    """The words of the noun phrase at token i, past hyphens, quotes and an "and" of adjectives, up to its end."""
    words: list[int] = []
    while i < reading.count and len(words) < REACH:
        token = reading.tokens[i]
        inside = words and reading.glued(i - 1) and reading.glued(i)
        if token.text == "(" and words and reading.sign(i + 2) == ")" and reading.sign(i + 1).isupper():
            i += 3  # "PMAY(G) houses", "health care (PHC) facilities"
            continue
        if (token.text in HYPHENS and inside) or (token.text in QUOTES) or joins_adjectives(reading, words, i):
            i += 1
            continue
        compound = words and reading.sign(i - 1) in HYPHENS and reading.glued(i - 1)  # farm-to-market roads
        if token.kind != "word" or (reading.at(i, "stop") and not compound) or reading.marks[i].keys() & ENDS_PHRASE:
            break
        if words and "\n\n" in reading.text[reading.tokens[i - 1].end : token.start]:
            break
        words.append(i)
        if token.key.endswith("'s") or token.key.endswith("s'"):
            words.clear()
            break
        i += 1
    return words


def joins_adjectives(reading: Reading, words: list[int], i: int) -> bool:
    """Whether the "and" or comma at token i stands between two words before a plural: "roads" has not come yet."""
    joint = reading.at(i, "range")
    if not words or not (reading.sign(i) == "," or (joint and joint.value in ("and", "or"))):
        return False
    if any(is_plural(reading, at) for at in words) or words[-1] < i - 2:
        return False
    for at in range(i + 1, min(i + REACH, reading.count)):
        token, joint = reading.tokens[at], reading.at(at, "range")
        if token.text in QUOTES or (joint and joint.value == "and" and reading.sign(i) == ","):
            continue
        if token.kind != "word" or reading.at(at, "stop") or reading.marks[at].keys() & ENDS_PHRASE:
            return False
        if is_plural(reading, at):
            return reading.at(at, "verb") is None
    return False


def modifies(reading: Reading, i: int, mark: Mark) -> bool:
    """Whether a noun in the singular only says what kind the plural after it is: "two village programmes"."""
    following = reading.tokens[mark.end] if mark.end < reading.count else None
    if following is None or following.kind != "word" or reading.at(mark.end, "stop"):
        return False
    return reading.tokens[i].key == mark.value and singular(following.key) != following.key


def is_plural(reading: Reading, i: int) -> bool:
    return "noun" in reading.marks[i] or singular(reading.tokens[i].key) != reading.tokens[i].key


def plural_follows(reading: Reading, i: int) -> bool:
    """Whether another plural comes at once: in "500 jobs centres" the centres are counted."""
    words = phrase(reading, i)
    return bool(words) and reading.at(i - 1, "attributive") is not None and is_plural(reading, words[0])


PLURALS = (  # ending, what the singular has instead; the first that fits
    (re.compile(r"(?:ss|us|is|'s|s')$"), None),
    (re.compile(r"men$"), "man"),
    (re.compile(r"([^aeiou])ies$"), r"\1y"),
    (re.compile(r"([^aeo])uses$"), r"\1us"),
    (re.compile(r"(ss|x|ch|sh|zz)es$"), r"\1"),
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
