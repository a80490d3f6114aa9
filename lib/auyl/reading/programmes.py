"""Programmes that the catalogue does not know, named as the text names them, and "the fund" that means one of them.

A name is in quotation marks beside a word such as "project" or «нацпроект», or a run of capitalised words that ends in
one: "Rural Access Fund", "the Orken guarantee scheme".
"""

from collections.abc import Iterator
from typing import NamedTuple

from auyl.reading.lexicon import Mark, Reading

LONGEST = 12  # tokens of a name
MOST = 8  # words of a name in quotation marks; more are somebody's words
OPENING = {"«": "»", "“": "”", "„": "“", '"': '"'}  # quotation marks and those that close them
SMALL = frozenset({"of", "for", "and", "the", "to", "in", "–", "-", "—", "&", "’", "'"})  # inside a capitalised name
BEFORE = 3  # tokens between a word such as «программа» and its name: «программу под названием», "project called"
LOWER = frozenset({"programme", "scheme", "fund"})  # words that a name may have without a capital
AMOUNT = frozenset({"magnitude", "currency", "code"})
STEM = 4  # letters that a later mention of a name shares with the first, whatever its case endings


class Programme(NamedTuple):
    """A programme or policy: its name, the catalogue's id of it, and whether it goes on applying (a topic does not).

    `head` is the kind of word that means it again: "fund" of the Rural Access Fund.
    """

    name: str | None
    subject: str | None
    lasting: bool
    head: str | None


def read_programmes(reading: Reading, known: list[Mark], words: list[Mark]) -> list[Mark]:
    """Where the text names a programme that is not in the catalogue; each mark's value is a `Programme`.

    `known` are the finds of the catalogue, which come first where both stand; `words` those such as "fund".
    """
    taken = {i for mark in known for i in range(mark.start, mark.end)}
    quotes = reading.signs(OPENING)
    found: list[Mark] = []
    for mark in (*(quoted(reading, i) for i in quotes), *(capitalised(reading, word) for word in words)):
        if mark and taken.isdisjoint(range(mark.start, mark.end)) and not is_aside(reading, mark):
            found.append(mark)
            taken.update(range(mark.start, mark.end))
    later = [*again(reading, found, quotes, taken), *by_letters(reading, found)]
    return sorted(found + later, key=lambda mark: mark.start)


def is_aside(reading: Reading, mark: Mark) -> bool:
    """Whether a name is only an example, or of a part alone: "including 132 billion from the Guarantee Fund"."""
    aside = reading.before(mark.start, "named_aside")
    if aside is None or aside.value == "example":
        return aside is not None
    return any(reading.at(i, "subset") for i in range(mark.start - LONGEST, mark.start))


def quoted(reading: Reading, i: int) -> Mark | None:
    """A name in quotation marks with a programme's word before or after it, that one perhaps after an adjective."""
    end = closing(reading, i)
    if end is None or (i and reading.tokens[i].text == '"' and reading.glued(i - 1)):
        return None
    before = next((m for j in range(i, max(i - BEFORE, -1), -1) if (m := reading.before(j, "programme_word"))), None)
    adjective = end < reading.count and reading.tokens[end].kind == "word"  # «Жайлы мектеп» ұлттық жобасы
    after = reading.at(end, "programme_word") or (reading.at(end + 1, "programme_word") if adjective else None)
    word = before or after
    words = sum(reading.tokens[j].kind == "word" for j in range(i + 1, end - 1))
    if word is None or not 0 < words <= MOST or (before and declined(reading, i, end)):
        return None
    return Mark(Programme(reading.quote(i + 1, end - 1), None, True, word.value), i, end, "")


def declined(reading: Reading, i: int, end: int) -> bool:
    """Whether the one word quoted stands in another case elsewhere: «программа „Газпрома“» is the company's."""
    if end - i != 3 or not reading.lexicon.rows.get("names_keep_case", False):
        return False
    name = reading.tokens[i + 1].key
    quoted = (reading.tokens[j + 1].key for j in reading.signs(OPENING) if j + 1 < reading.count)
    return any(other != name and other[:-1].startswith(name[:-1]) for other in quoted)


def closing(reading: Reading, i: int) -> int | None:
    """The token after the closing quotation mark of the one at token i, if it is one and the name is short."""
    sign = OPENING.get(reading.tokens[i].text)
    for j in range(i + 1, min(i + 1 + LONGEST, reading.count)):
        if reading.tokens[j].text == sign or (sign == "“" and reading.tokens[j].text == "”"):
            return j + 1
        if reading.tokens[j].text in ".!?;":
            return None
    return None


def capitalised(reading: Reading, word: Mark) -> Mark | None:
    """A run of capitalised words that ends in the programme's word: "the Village Halls Renewal Fund".

    Before a word without a capital one plain word may stand: "the Orken guarantee scheme".
    """
    i = start = word.start
    own = capital(reading, i)
    if not reading.tokens[i].text.isascii() or not (own or word.value in LOWER):
        return None  # "the Likuyani project" is a building site, "the Government plan to allocate" plans
    if not own and not capital(reading, i - 1) and is_plain(reading, i - 1):
        start -= 1
    joined = True  # whether what begins at `start` is a word of the name, no "of" or hyphen
    while start > max(i - LONGEST, 0):
        small = reading.tokens[start - 1].text.lower() in SMALL
        if AMOUNT & reading.kinds_at[start - 1]:
            break  # "Kes 27 Billion For Last Mile Connectivity Project"
        if not (capital(reading, start - 1) or (small and joined and start < i and capital(reading, start - 2))):
            break
        joined = not small
        start -= 1
    opens = start == 0 or reading.tokens[start - 1].kind == "sign"
    while start < i and (reading.tokens[start].text.lower() in SMALL or (opens and reading.at(start, "stop"))):
        start, opens = start + 1, False
    owner = next((j for j in range(i - 1, start - 1, -1) if reading.tokens[j].text.endswith(("'s", "’s"))), None)
    start = start if owner is None else owner + 1  # "the Welsh Government's Community Facilities Programme"
    names = sum(capital(reading, j) for j in range(start, i))
    opens = start == 0 or reading.tokens[start - 1].text in ".!?\n"
    other = reading.before(word.end, "programme_no") or reading.at(word.end, "organisation_after")
    if other or names < (1 if own or not opens else 2):
        return None
    name = reading.quote(start, word.end).removesuffix("'s").removesuffix("’s")
    return Mark(Programme(name, None, True, word.value), start, word.end, "")


def capital(reading: Reading, i: int) -> bool:
    token = reading.tokens[i] if 0 <= i < reading.count else None
    return token is not None and token.kind == "word" and token.text[0].isupper()


def is_plain(reading: Reading, i: int) -> bool:
    """Whether token i is a word of which the vocabulary knows nothing."""
    return 0 <= i < reading.count and reading.tokens[i].kind == "word" and not reading.kinds_at[i]


def again(reading: Reading, found: list[Mark], quotes: list[int], taken: set[int]) -> Iterator[Mark]:
    """Later mentions of the names without their programme's word: «Жайлы мектептің», in whatever case."""
    names = {stems(mark.value.name): mark.value for mark in reversed(found)}
    for i in quotes:
        end = closing(reading, i) if i not in taken else None
        programme = names.get(stems(reading.quote(i + 1, end - 1))) if end else None
        if end and programme:
            yield Mark(programme, i, end, "")


def stems(name: str) -> tuple[str, ...]:
    """The beginnings of a name's words, which its cases share."""
    return tuple(word.lower()[:STEM] for word in name.split())


def by_letters(reading: Reading, found: list[Mark]) -> Iterator[Mark]:
    """Later mentions by the letters told with a name: "the Regional Bulk Infrastructure Grant (RBIG) … The RBIG"."""
    for mark in found:
        opening, letters, closed = (reading.sign(mark.end + i) for i in range(3))
        if (opening, closed) == ("(", ")") and len(letters) > 1 and letters.isupper():
            same = (i for i in range(mark.end + 3, reading.count) if reading.tokens[i].text == letters)
            yield from (Mark(mark.value, i, i + 1, "") for i in same)
