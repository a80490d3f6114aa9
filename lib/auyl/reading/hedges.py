"""The words that make a number a floor, a ceiling or a guess: "up to", «свыше», «-дай», "or more"."""

import re
from typing import NamedTuple

from auyl.reading.lexicon import HYPHENS, Mark, Reading

REACH = 8  # tokens: a verb of change further off says nothing of the number
FAR = 14  # the same within one clause without another number: "taking the number of families … from 12 percent"
AHEAD = 4  # tokens: the same, for a verb after the number
FILLERS = 2  # between a hedge and its number
ENDS = frozenset(".;:!?")
SHARES = ("percent", "percentage_point", "times")


class Hedge(NamedTuple):
    """The `bound` that tokens `start` to `end` give, and their `words` as printed."""

    bound: str
    words: str
    start: int
    end: int


def hedge_before(reading: Reading, left: int, floor: int) -> Hedge | None:
    """The hedge that ends before token `left`, past a preposition or two: "more than a", «почти в»."""
    at = left
    for _ in range(FILLERS + 1):
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
    mark = reading.at(i + reading.hyphen(i), "hedge_after")  # "200-odd posts"
    if mark is None:
        return suffix_hedge(reading, i)
    ahead = reading.at(i, "hedge")
    longer = ahead and ahead.end > mark.end  # «2%-бен көп дегенде 19 жылға»
    if not longer and not by_difference(reading, i, mark.end) and not of_the_next(reading, mark):
        return Hedge(mark.value, reading.quote(mark.start, mark.end), mark.start, mark.end)
    return suffix_hedge(reading, i)


def compares(reading: Reading, i: int) -> bool:
    """Whether a difference ends before token i: in "43 per cent more than Rs 60,000" the second is no floor."""
    return reading.said(i, "unit", *SHARES) is not None


def is_place(reading: Reading, mark: Mark) -> bool:
    """Whether the words are no hedge but a place, at the head of a sentence: «В районе 42 школы»."""
    return reading.before(mark.end, "hedge_or_place") is not None and reading.sign(mark.start)[0].isupper()


def of_the_next(reading: Reading, mark: Mark) -> bool:
    """Whether the words hedge the number after them: "1,200 facilities and over 2,000 roads"."""
    number = reading.kind(mark.end) == "number" or reading.begins(mark.end, {"number", "currency", "code"})
    return number and reading.before(mark.end, "hedge") is not None


def by_difference(reading: Reading, i: int, end: int) -> bool:
    """Whether tokens i to `end` tell by how much, after a dative or "times": «18%-ға көп», «2 есе артық»."""
    dative, mark = reading.rows.get("dative"), reading.at(i, "comparative")
    if not dative or not mark or mark.end != end:
        return False
    return bool(re.search(dative, reading.tokens[i - 1].key) or reading.said(i, "unit", "times"))


def ends_in(reading: Reading, end: int, endings: list[str]) -> bool:
    """Whether the number ending at token `end` has one of these endings after a hyphen: «88-і», «6 100-дей»."""
    last = reading.tokens[end - 1]
    return last.kind == "word" and last.key in endings and reading.sign(end - 2) in HYPHENS


def suffix_hedge(reading: Reading, end: int) -> Hedge | None:
    """The -дай of «екі мыңдай» and «6 100-дей», the ending of the number's last word."""
    suffixes = reading.rows.get("about_suffixes")
    if not suffixes:
        return None
    if ends_in(reading, end, suffixes):
        return Hedge("about", reading.quote(end - 2, end), end - 2, end)
    for mark in reading.inflected.get(end, ()):
        for suffix in suffixes:
            if suffix in mark.ending[-len(suffix) - 1 :]:  # «мыңдайы»: a possessive may follow
                return Hedge("about", suffix, end - 1, end)
    return None


def possessive(reading: Reading, end: int) -> bool:
    """Whether the number ending at token `end` counts things named before: «88-і», «52 мыңы»."""
    endings = reading.rows.get("possessive")
    if not endings:
        return False
    marks = (reading.before(end, kind) for kind in ("number", "magnitude", "multiplier"))
    ended = any(mark and mark.ending in endings for mark in marks)
    return ended or reading.tokens[end - 1].key in endings or ends_in(reading, end, endings)


def reaches(reading: Reading, hedge: Hedge) -> bool:
    """Whether the words give the level that a change reaches, and no bound: "rose up to 70%", «довести до 100%»."""
    if not directional(reading, hedge):
        return False
    before = hedge.start - (reading.sign(hedge.start - 1) == ",")  # «на 14%, до 20,1 трлн»
    return follows(reading, hedge.start, "direction") or from_level(reading, hedge.start) or compares(reading, before)


def reached(reading: Reading, hedge: Hedge) -> bool:
    """The same where the verb comes after: «70 пайызға дейін өсті»."""
    return directional(reading, hedge) and any(reading.at(hedge.end + i, "direction") for i in range(3))


def directional(reading: Reading, hedge: Hedge) -> bool:
    return hedge.words.lower() in reading.rows.get("directional", {}).get("hedges", ())


def follows(reading: Reading, i: int, kind: str, far: bool = False) -> bool:
    """Whether a word of this kind stands shortly before token i, in the same clause."""
    if not reading.marks[kind]:
        return False
    for back in range(i, max(i - (FAR if far else REACH), 0), -1):
        if reading.before(back, kind):
            return True
        token = reading.tokens[back - 1]
        if token.text in ENDS or (back <= i - REACH and (token.text == "," or token.kind == "number")):
            return False
    return False


def from_level(reading: Reading, i: int) -> bool:
    """Whether the level before the change stands shortly before token i: the «с 64,1%» of «с 64,1% до 69,2%»."""
    numbers = (at for at in range(i - 1, max(i - REACH, 0) - 1, -1) if reading.kind(at) == "number")
    return any(reading.before(at, "from_level") for at in numbers)


def leads_to(reading: Reading, i: int, kind: str) -> bool:
    """Whether a word of this kind stands shortly after token i, in the same clause."""
    for at in range(i, i + AHEAD):
        if reading.sign(at) in ENDS or reading.sign(at) == "," or reading.kind(at) == "number":
            return False
        if reading.at(at, kind):
            return True
    return False
