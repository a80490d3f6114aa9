"""The words that make a number a floor, a ceiling or a guess: "up to", «свыше», «-дай», "or more"."""

import re
from typing import NamedTuple

from auyl.reading.lexicon import Mark, Reading

REACH = 8  # tokens: a verb of change further off says nothing of the number
FAR = 14  # the same within one clause without another number: "taking the number of families … from 12 percent"
AHEAD = 4  # tokens: the same, for a verb after the number
STOPS = frozenset(".;:!?")
CLAUSE_ENDS = frozenset(".;:!?,")
HYPHENS = frozenset("-‐‑")
NUMBERS = frozenset({"number", "magnitude", "multiplier"})


class Hedge(NamedTuple):
    """The `bound` that tokens `start` to `end` give, and their `words` as printed."""

    bound: str
    words: str
    start: int
    end: int


def hedge_before(reading: Reading, left: int, floor: int) -> Hedge | None:
    """The hedge that ends before token `left`, past a preposition or two: "more than a", «почти в»."""
    at = left
    for _ in range(3):
        if reading.before(at, "difference"):
            return None  # "fewer by nine": a difference, not a ceiling
        mark = reading.before(at, "hedge")
        if mark and mark.start == floor and compares(reading, floor):
            return None
        if mark and mark.start >= floor and not is_place(reading, mark):
            return Hedge(mark.value, reading.quote(mark.start, mark.end), mark.start, left)
        filler = reading.before(at, "filler")
        if filler is None or filler.start < floor:
            return None
        at = filler.start
    return None


def hedge_after(reading: Reading, i: int) -> Hedge | None:
    """The hedge that begins at token i: "or more", «астам», «и более»; or the -дай of the word before it."""
    joined = reading.sign(i) in HYPHENS and reading.glued(i - 1) and reading.glued(i)  # "200-odd posts"
    mark, ahead = reading.at(i + joined, "hedge_after"), reading.at(i + joined, "hedge")
    if mark and ahead and ahead.end > mark.end:
        mark = None  # «2%-бен көп дегенде 19 жылға»
    if mark and not by_difference(reading, i) and not of_the_next(reading, mark):
        return Hedge(mark.value, reading.quote(mark.start, mark.end), mark.start, mark.end)
    return suffix_hedge(reading, i)


def compares(reading: Reading, i: int) -> bool:
    """Whether a difference ends before token i: in "43 per cent more than Rs 60,000" the second is no floor."""
    unit = reading.before(i, "unit")
    return unit is not None and unit.value in ("percent", "percentage_point", "times")


def is_place(reading: Reading, mark: Mark) -> bool:
    """Whether the words are no hedge but a place, at the head of a sentence: «В районе 42 школы»."""
    return reading.before(mark.end, "hedge_or_place") is not None and reading.sign(mark.start)[0].isupper()


def of_the_next(reading: Reading, mark: Mark) -> bool:
    """Whether the words hedge the number after them: "1,200 facilities and over 2,000 roads"."""
    if reading.before(mark.end, "hedge") is None or mark.end >= reading.count:
        return False
    marks = reading.marks[mark.end]
    return reading.tokens[mark.end].kind == "number" or not {"number", "currency", "code"}.isdisjoint(marks)


def by_difference(reading: Reading, i: int) -> bool:
    """Whether the comparative at token i tells by how much, after a dative or "times": «18%-ға көп», «2 есе артық»."""
    dative = reading.lexicon.rows.get("dative")
    mark = reading.at(i, "comparative")
    if not dative or not mark or reading.at(i, "hedge_after").end != mark.end:
        return False
    unit = reading.before(i, "unit")
    return re.search(dative, reading.tokens[i - 1].key) is not None or (unit is not None and unit.value == "times")


def suffix_hedge(reading: Reading, end: int) -> Hedge | None:
    """The -дай of «екі мыңдай» and «6 100-дей», the ending of the number's last word."""
    suffixes = reading.lexicon.rows.get("about_suffixes", ())
    last = reading.tokens[end - 1]
    if last.kind != "word" or not suffixes:
        return None
    if last.key in suffixes and reading.sign(end - 2) in HYPHENS and end > 1:
        return Hedge("about", reading.quote(end - 2, end), end - 2, end)
    for mark in reading.inflected.get(end, ()):
        for suffix in suffixes:
            if suffix in mark.ending[-len(suffix) - 1 :]:  # «мыңдайы»: a possessive may follow
                return Hedge("about", suffix, end - 1, end)
    return None


def reaches(reading: Reading, hedge: Hedge) -> bool:
    """Whether the words give the level that a change reaches, and no bound: "rose up to 70%", «довести до 100%»."""
    directional = reading.lexicon.rows.get("directional", {}).get("hedges", ())
    if hedge.words.lower() not in directional:
        return False
    if follows(reading, hedge.start, "direction") or from_level(reading, hedge.start):
        return True
    return compares(reading, hedge.start - (reading.sign(hedge.start - 1) == ","))  # «на 14%, до 20,1 трлн»


def reached(reading: Reading, hedge: Hedge) -> bool:
    """The same where the verb comes after: «70 пайызға дейін өсті»."""
    directional = reading.lexicon.rows.get("directional", {}).get("hedges", ())
    after = range(hedge.end, min(hedge.end + 3, reading.count))
    return hedge.words.lower() in directional and any(reading.at(i, "direction") for i in after)


def possessive(reading: Reading, end: int) -> bool:
    """Whether the number ending at token `end` counts things named before: «88-і», «52 мыңы»."""
    endings = reading.lexicon.rows.get("possessive", ())
    last = reading.tokens[end - 1]
    if not endings or last.kind != "word":
        return False
    if last.key in endings and reading.sign(end - 2) in HYPHENS:
        return True
    return any((mark := reading.before(end, kind)) and mark.ending in endings for kind in NUMBERS)


def follows(reading: Reading, i: int, kind: str, far: bool = False) -> bool:
    """Whether a word of this kind stands shortly before token i, in the same clause."""
    for back in range(i, max(i - (FAR if far else REACH), 0), -1):
        if reading.before(back, kind):
            return True
        token = reading.tokens[back - 1]
        if token.text in STOPS or (back <= i - REACH and (token.text == "," or token.kind == "number")):
            return False
    return False


def from_level(reading: Reading, i: int) -> bool:
    """Whether the level before the change stands shortly before token i: the «с 64,1%» of «с 64,1% до 69,2%»."""
    for back in range(i, max(i - REACH, 0), -1):
        if reading.tokens[back - 1].kind == "number" and reading.before(back - 1, "from_level"):
            return True
    return False


def leads_to(reading: Reading, i: int, kind: str) -> bool:
    """Whether a word of this kind stands shortly after token i, in the same clause."""
    for at in range(i, min(i + AHEAD, reading.count)):
        if reading.tokens[at].text in CLAUSE_ENDS or reading.tokens[at].kind == "number":
            return False
        if reading.at(at, kind):
            return True
    return False
