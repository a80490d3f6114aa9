"""The words that make a number a floor, a ceiling or a guess: "up to", «свыше», «-дай», "or more"."""

import re
from typing import NamedTuple

from auyl.reading.lexicon import Reading

REACH = 8  # tokens: a verb of change further off says nothing of the number
STOPS = frozenset(".;:!?")
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
        if mark and mark.start >= floor:
            return Hedge(mark.value, reading.quote(mark.start, mark.end), mark.start, left)
        filler = reading.before(at, "filler")
        if filler is None or filler.start < floor:
            return None
        at = filler.start
    return None


def hedge_after(reading: Reading, i: int) -> Hedge | None:
    """The hedge that begins at token i: "or more", «астам», «и более»; or the -дай of the word before it."""
    joined = reading.sign(i) in HYPHENS and reading.glued(i - 1) and reading.glued(i)  # "200-odd posts"
    mark = reading.at(i + joined, "hedge_after")
    if mark and not by_difference(reading, i):
        return Hedge(mark.value, reading.quote(mark.start, mark.end), mark.start, mark.end)
    return suffix_hedge(reading, i)


def by_difference(reading: Reading, i: int) -> bool:
    """Whether the comparative at token i follows a dative, and so tells by how much: «18%-ға көп»."""
    dative = reading.lexicon.rows.get("dative")
    mark = reading.at(i, "comparative")
    if not dative or not mark or reading.at(i, "hedge_after").end != mark.end:
        return False
    return re.search(dative, reading.tokens[i - 1].key) is not None


def suffix_hedge(reading: Reading, end: int) -> Hedge | None:
    """The -дай of «екі мыңдай» and «6 100-дей», the ending of the number's last word."""
    suffixes = reading.lexicon.rows.get("about_suffixes", ())
    last = reading.tokens[end - 1]
    if last.kind != "word" or not suffixes:
        return None
    if last.key in suffixes and reading.sign(end - 2) in HYPHENS and end > 1:
        return Hedge("about", reading.quote(end - 2, end), end - 2, end)
    for suffix in suffixes:
        if any(mark.ending.endswith(suffix) for mark in reading.endings[end].values()):
            return Hedge("about", last.text[-len(suffix) :], end - 1, end)
    return None


def reaches(reading: Reading, hedge: Hedge) -> bool:
    """Whether the words give the level that a change reaches, and no bound: "rose up to 70%", «довести до 100%»."""
    directional = reading.lexicon.rows.get("directional", {}).get("hedges", ())
    return hedge.words.lower() in directional and follows(reading, hedge.start, "direction")


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
    return any(mark.ending in endings for kind, mark in reading.endings[end].items() if kind in NUMBERS)


def follows(reading: Reading, i: int, kind: str) -> bool:
    """Whether a word of this kind stands shortly before token i, in the same clause."""
    for back in range(i, max(i - REACH, 0), -1):
        if reading.before(back, kind):
            return True
        if reading.tokens[back - 1].text in STOPS:
            return False
    return False
