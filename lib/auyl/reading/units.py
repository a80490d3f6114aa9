"""What a number counts or measures: money, a unit, or the head of the words after it («64 сельских округа»)."""

import re
from decimal import Decimal
from functools import lru_cache

from auyl.reading.lexicon import HYPHENS, QUOTES, Mark, Reading
from auyl.reading.money import Noun, read_money

BRACKET = 6  # tokens of a share in brackets between a number and its noun: "11.66 crore (60%) households"
REACH = 7  # words: a head noun further off belongs to something else
MEASURES = frozenset({"unit", "glued_unit", "cased_unit", "scaled_unit"})
ENDS_PHRASE = frozenset({"number", "vague", "relative", "month"})


def read_noun(reading: Reading, i: int, value: Decimal, open_class: bool = True) -> Noun | None:
    """The unit that follows a number of that value ending at token i; None if the text does not say.

    Without `open_class` it is a unit or a noun of the vocabulary.
    """
    compound = reading.hyphen(i) and not adjectival(reading, i)  # "25-kilometre"
    at = i + compound
    money, measure = read_money(reading, at), read_measure(reading, at)
    if money and measure:
        return measure if measure.end > money.end else money  # 300 pound-feet are no money
    if money or measure or adjectival(reading, i):
        return money or measure  # a fund of 100 billion is not 100 billion funds
    if compound:
        return read_compound(reading, at)
    if reading.glued(i - 1) and reading.kind(i) == "word" and not reading.at(i, "noun"):
        return None
    past = past_bracket(reading, i)
    if past is None and (of := reading.at(i, "part_of")) and of.end > i + 1:
        past = of.end  # "140 of the projects"
    start = i if past is None else past
    noun = read_listed(reading, start) or (read_head(reading, start, value) if open_class else None)
    return noun._replace(end=i) if noun and past is not None else noun


def adjectival(reading: Reading, i: int) -> bool:
    """Whether the magnitude before token i is an adjective: «100-миллиардный», «100 миллиардтық»."""
    if reading.before(i, "magnitude_adjective"):
        return True
    mark = reading.before(i, "magnitude")
    return mark is not None and mark.ending in reading.rows.get("adjectival", ())


def past_bracket(reading: Reading, i: int) -> int | None:
    """Past a percentage in brackets that stands between a number and what it counts."""
    if reading.sign(i) != "(":
        return None
    end = next((at for at in range(i + 1, i + BRACKET) if reading.sign(at) == ")"), None)
    return end + 1 if end is not None and reading.said(end, "unit", "percent") else None


def counts_something(reading: Reading, i: int) -> bool:
    """Whether a unit, a currency or a counted thing begins at token i, whatever scales it."""
    if unit := reading.at(i, "unit"):
        return bool(unit.value != "times")
    if reading.begins(i, {"currency", "currency_of", "noun"}):
        return True
    return bool(reading.rows.get("open_nouns")) and any(is_plural(reading, at) for at in phrase(reading, i)[:3])


def read_measure(reading: Reading, i: int) -> Noun | None:
    if not reading.begins(i, MEASURES):
        return None
    if scaled := reading.at(i, "scaled_unit"):
        unit, scale = scaled.value
        return Noun(unit, "measure", scaled.end, Decimal(scale))  # bcm
    cased = reading.at(i, "cased_unit")
    if cased and all(a.isupper() == b.isupper() for a, b in zip(reading.sign(i), cased.value, strict=False)):
        return Noun(cased.value, "measure", cased.end)
    mark = reading.at(i, "unit") or (reading.at(i, "glued_unit") if reading.glued(i - 1) else None)
    if mark is None:
        return None
    noun = reading.at(i, "noun")
    if noun and noun.end > mark.end:
        return None  # Gram Panchayats weigh nothing
    letters = reading.sign(i) if mark.end == i + 1 and reading.kind(i) == "word" else ""
    if letters == "x" and reading.kind(mark.end) == "number":
        return None  # 2 x 1.5 m
    if len(letters) == 1 and letters.isupper() and mark.value.islower():
        return None  # "5 M" is not five metres
    hyphen = reading.sign(mark.end) in HYPHENS and reading.kind(mark.end + 1) != "number"  # but "3km-5km"
    if 0 < len(letters) <= 2 and hyphen and reading.glued(i):
        return None
    return Noun(mark.value, "measure", mark.end)


def read_compound(reading: Reading, i: int) -> Noun | None:
    """The noun after a hyphen: "a 500-bed hospital" counts beds."""
    if listed := reading.at(i, "noun"):
        return Noun(listed.value, "noun", listed.end)
    if reading.kind(i) != "word" or not reading.rows.get("open_nouns") or reading.at(i, "stop"):
        return None
    return Noun(singular(reading.tokens[i].key), "noun", i + 1)


def read_listed(reading: Reading, i: int) -> Noun | None:
    """A noun of the vocabulary, past adjectives: «64 сельских округа», «17 культурных и спортивных объектов»."""
    if reading.sign(i - 1) == "." and reading.sign(i)[:1].isupper():
        return None  # the full stop of «8,7 млрд. Программа …» ends a sentence
    opens = reading.rows.get("open_nouns")
    for at in range(i, i + REACH):
        if reading.sign(at) in QUOTES or (at > i and between_adjectives(reading, at)):
            continue
        mark, adjective = reading.at(at, "noun"), reading.at(at, "adjective")
        if mark and not (adjective and adjective.end > mark.end):
            if opens and at == i and (plural_follows(reading, mark.end) or modifies(reading, at, mark)):
                return None
            if qualifies(reading, at, mark):
                continue
            goes_on = not mark.ending or mark.ending in reading.rows.get("case_of_chain", ())
            last = last_of_chain(reading, mark) if goes_on else mark
            return Noun(last.value, "noun", last.end) if last else None
        described = reading.kind(at) == "word" and (is_adjective(reading, at) or compound_of(reading, at + 1))
        if opens or not described:
            return None
    return None


def qualifies(reading: Reading, i: int, mark: Mark) -> bool:
    """Whether a word that may be a noun says what kind of the noun after it: «заключенных договоров», «апатты мектеп».

    What is counted by an adjective stays so: «300 орындық мектеп» has seats.
    """
    rows = reading.rows
    if mark.value in rows.get("counted_adjectives", ()):
        return False
    if reading.hyphen(mark.end) and is_adjective(reading, mark.end + 1):
        return mark.ending in rows.get("adjectival", ())  # «фельдшерлік-акушерлік пункт»
    if mark.end != i + 1 or not reading.at(mark.end, "noun"):
        return False
    if "compound" in rows and not mark.ending:  # «көлік» ends as an adjective does, «жолақты» is one
        return reading.tokens[i].key.endswith(tuple(rows["with"]))
    return mark.ending in rows.get("with", ()) or is_adjective(reading, i)


def is_adjective(reading: Reading, i: int) -> bool:
    listed = reading.at(i, "adjective") is not None
    return listed or (reading.kind(i) == "word" and bool(reading.lexicon.adjective.fullmatch(reading.tokens[i].key)))


def between_adjectives(reading: Reading, i: int) -> bool:
    """Whether token i joins two adjectives: a hyphen inside a word, a comma or "and" before another adjective."""
    if reading.sign(i) in HYPHENS:
        return reading.hyphen(i)
    joins = reading.sign(i) == "," or reading.says(i, "range", "and") is not None
    return joins and is_adjective(reading, i - 1) and is_adjective(reading, i + 1)


def compound_of(reading: Reading, i: int) -> Mark | None:
    """The noun at token i, if its ending says that it belongs to the noun before: «ауыл мектебі» is a school."""
    owned = reading.rows.get("compound")
    following = reading.at(i, "noun")
    if not owned or not following or following.end > i + 1:
        return None  # «ауыл тұрғындарын» is a chain of its own
    return following if re.match(owned, following.ending) else None


def last_of_chain(reading: Reading, mark: Mark) -> Mark | None:
    """The last noun of a Kazakh chain, which is the one counted: «ауыл шаруашылығы кооперативі» is a cooperative.

    Each noun but the first says by its ending that it belongs to the one before. A noun of a trade («көлік», «жол»)
    may have others between: «көлік инфрақұрылым нысаны». None where the last is a word that the vocabulary lacks.
    """
    last: Mark | None = mark
    loose, at = reading.at(mark.start, "attributive") is not None, mark.end
    owned = re.compile(reading.rows.get("owned_endings", "(?!)"))
    while reading.kind(at) == "word" or reading.hyphen(at):
        if of := compound_of(reading, at):
            last, at = of, of.end
            if of.ending not in reading.rows["case_of_chain"]:
                break
        elif not reading.kinds_at[at] and owned.search(reading.tokens[at].key):
            last, at = None, at + 1
        elif loose and (end := past_loose(reading, at)):
            at = end
        else:
            break
    return last


def past_loose(reading: Reading, i: int) -> int | None:
    """Past a word between the first and the last of a chain, where the last stands at once: «жол-құрылыс техникасы»."""
    at = i + reading.hyphen(i)
    for end in range(at + 1, at + 3):
        of = compound_of(reading, end)
        if of is not None:
            return end if not re.search(reading.rows["place_case"], of.ending) else None
    return None


def read_head(reading: Reading, i: int, value: Decimal) -> Noun | None:
    """The head of an English noun phrase: the first plural after the number, or the last of two in a row."""
    words = phrase(reading, i) if reading.rows.get("open_nouns") else []
    for at in words:
        token, listed = reading.tokens[at], reading.at(at, "noun")
        unit = listed.value if listed else acronym_of(token.text) or singular(token.key)
        if unit == token.key and not listed:
            continue
        modifier = reading.at(at, "attributive") or (listed and modifies(reading, at, listed))
        if (modifier and at != words[-1]) or (reading.glued(at) and reading.sign(at + 1) in HYPHENS):
            continue
        return Noun(unit, "noun", listed.end if listed else at + 1)
    if value == 1:
        return Noun(reading.tokens[words[0]].key, "noun", words[0] + 1) if len(words) == 1 else None
    if words and (acronym := reading.sign(words[0])).isupper() and 3 <= len(acronym) <= 4:
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
        if token.text == "(" and words and reading.sign(i + 2) == ")" and reading.sign(i + 1).isupper():
            i += 3  # "PMAY(G) houses", "health care (PHC) facilities"
            continue
        if (words and reading.hyphen(i)) or token.text in QUOTES or joins_adjectives(reading, words, i):
            i += 1
            continue
        compound = words and reading.sign(i - 1) in HYPHENS and reading.glued(i - 1)  # farm-to-market roads
        if token.kind != "word" or (reading.at(i, "stop") and not compound) or reading.begins(i, ENDS_PHRASE):
            break
        if words and "\n\n" in reading.text[reading.tokens[i - 1].end : token.start]:
            break
        words.append(i)
        if token.key.endswith(("'s", "s'")):
            return []
        i += 1
    return words


def joins_adjectives(reading: Reading, words: list[int], i: int) -> bool:
    """Whether the "and" or comma at token i stands between two words before a plural: "roads" has not come yet."""
    comma = reading.sign(i) == ","
    if not words or words[-1] < i - 2 or not (comma or reading.says(i, "range", "and", "or")):
        return False
    if any(is_plural(reading, at) for at in words):
        return False
    for at in range(i + 1, i + REACH):
        if reading.sign(at) in QUOTES or (comma and reading.says(at, "range", "and")):
            continue
        if reading.kind(at) != "word" or reading.at(at, "stop") or reading.begins(at, ENDS_PHRASE):
            return False
        if is_plural(reading, at):
            return reading.at(at, "verb") is None
    return False


def modifies(reading: Reading, i: int, mark: Mark) -> bool:
    """Whether a noun in the singular only says what kind the plural after it is: "two village programmes"."""
    if reading.kind(mark.end) != "word" or reading.at(mark.end, "stop") or reading.tokens[i].key != mark.value:
        return False
    following = reading.tokens[mark.end].key
    return singular(following) != following


def is_plural(reading: Reading, i: int) -> bool:
    return "noun" in reading.kinds_at[i] or singular(reading.tokens[i].key) != reading.tokens[i].key


def plural_follows(reading: Reading, i: int) -> bool:
    """Whether another plural comes at once: in "500 jobs centres" the centres are counted."""
    words = phrase(reading, i) if reading.at(i - 1, "attributive") else []
    return bool(words) and is_plural(reading, words[0])


PLURALS = (  # ending, what the singular has instead; the first that fits
    (re.compile(r"(?:ss|us|is|'s|s')$"), None),
    (re.compile(r"men$"), "man"),
    (re.compile(r"([^aeiou])ies$"), r"\1y"),
    (re.compile(r"([^aeo])uses$"), r"\1us"),
    (re.compile(r"(ss|x|ch|sh|zz)es$"), r"\1"),
    (re.compile(r"([^aeiou]o)es$"), r"\1"),
    (re.compile(r"(\w{2,})s$"), r"\1"),
)


@lru_cache(maxsize=20_000)
def singular(word: str) -> str:
    """The singular of a regular English plural; the word itself if it is none.

    >>> [singular(w) for w in ("projects", "facilities", "buses", "classes", "people")]
    ['project', 'facility', 'bus', 'class', 'people']
    """
    for ending, instead in PLURALS:
        if ending.search(word):
            return word if instead is None else ending.sub(instead, word)
    return word
