"""Text to tokens, and tokens to what the vocabularies know about them.

Every word the library knows is a row in vocabulary/*.toml: number words, hedges, units, months, cues of status.
A `Lexicon` is one language's rows (with those of units.toml, which all languages share) as one tree of words, so
that a text is looked up once, from left to right, whatever the number of rows.

How a row is written: `{a,b}` stands for either spelling (`kilomet{re,er}{,s}`), a final `*` for any ending the
language's `endings` allow (`миллиард*`). Spaces, hyphens, dashes and quotation marks between words are all one.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from auyl.reading.plain_text import plain

FOLDER = Path(__file__).parent / "vocabulary"
LANGUAGES = tuple(sorted(path.stem for path in FOLDER.glob("??.toml")))  # a language is a file of two letters

SPACE = " \u00a0\u2007\u2009\u202f"  # the spaces printed inside a number
MARKS = "\u0300-\u036f\u00ad\u200b-\u200f\u2060"  # accents written apart, soft hyphens, marks of no width
VULGAR = "¼-¾⅐-⅞↉"


DATA = 100  # numbers in a row without a word: one token, which is read no further


def token_pattern(digit: str, space: str) -> re.Pattern[str]:
    """Numbers, words and signs, given what counts as a digit and as the space between thousands."""
    return re.compile(
        rf"(?P<data>(?:\d++(?:[.,]\d++)*+%?[;,|\s]++){{{DATA},}}(?:\d++(?![.,\w]))?)"  # and no word
        rf"|(?P<number>{digit}{{1,3}}(?:{space}{digit}{{3}})+(?!\d)(?:[.,]{digit}+)?"  # 7 466 172
        rf"|{digit}+(?:[.,'’]{digit}+)*"  # 6,000 and 3.5 and 18.01.2023
        rf"|(?<![^\s($€£¥₸₽~≈<>+\-–−])\.{digit}+(?![\d.])"  # .25
        rf"|[{VULGAR}])"
        rf"|(?P<word>[^\W\d_{VULGAR}]++(?:[{MARKS}]++[^\W\d_{VULGAR}]*+)*+"
        rf"(?:['’][^\W\d_]++(?:[{MARKS}]++[^\W\d_]*+)*+)?)"  # apostrophe and all
        rf"|(?P<sign>[^\s{MARKS}])"  # any other sign by itself
    )


TOKEN = token_pattern(r"\d", f"[{SPACE}]")
TOKEN_WITH_MARKS = token_pattern(rf"(?:\d[{MARKS}]*)", f"[{SPACE}][{MARKS}]*")  # the same, twice as slow
MARKED = re.compile(rf"[\d{SPACE}][{MARKS}]+\d")
UNSEEN = dict.fromkeys([0x301, 0xAD, 0x2060, *range(0x200B, 0x2010)])
UNMARKED = dict.fromkeys(
    c for span in ((0x300, 0x370), (0xAD, 0xAE), (0x200B, 0x2010), (0x2060, 0x2061)) for c in range(*span)
)
# What only those ask for who set figures side by side or look for commitments: looked up when first asked for.
LATER = frozenset(
    {"generic", "whole", "aim", "together", "town", "falling", "so_far", "asking"} | {"stage", "step", "step_opening"}
)
LONGEST = 60  # letters; no word of a vocabulary is longer
GLUE = "\0"  # before a word of a row that must stand right after the one before it
GAPS = frozenset("-‐‑‒–—−\"'«»“”„‘’`*_")
STOPS = frozenset(".!?…")
OPENERS = frozenset("«“„‘\"'(—–-•")
CLOSERS = frozenset("»”“’\"')]")


class Token(NamedTuple):
    text: str
    key: str  # as looked up: lower case, no accents apart, ё as е
    start: int
    end: int
    kind: str  # "number", "word", "sign", or "data" for numbers by the hundred


class Mark(NamedTuple):
    """What the vocabulary says of a run of tokens: `value`, from token `start` up to but not including `end`."""

    value: Any
    start: int
    end: int
    ending: str  # the letters that `*` stood for in the last word


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """The form under which a word is looked up."""
    if not word.isascii():
        word = unicodedata.normalize("NFC", word)
        word = word.translate(UNSEEN)
        word = word.replace("ё", "е").replace("Ё", "Е").replace("’", "'")
    return word.lower()


def tokenize(text: str) -> list[Token]:
    """The text's numbers, words and signs, left to right, with their positions.

    >>> [token.text for token in tokenize("KZT143bn for 6 286 villages")]
    ['KZT', '143', 'bn', 'for', '6 286', 'villages']
    """
    tokens: list[Token] = []
    if text.isascii() or not MARKED.search(text):
        new = tuple.__new__  # half the time of Token(…)
        for match in TOKEN.finditer(text):
            word, kind = match[0], match.lastgroup
            tokens.append(new(Token, (word, fold(word) if kind == "word" else word, *match.span(), kind)))
        return tokens
    for match in TOKEN_WITH_MARKS.finditer(text):
        kind, end = match.lastgroup or "", match.end()
        word = match[0].translate(UNMARKED) if kind == "number" else match[0]
        while kind == "number" and ord(text[end - 1]) in UNMARKED:
            end -= 1
        tokens.append(Token(word, fold(word) if kind == "word" else word, match.start(), end, kind))
    return tokens


LATIN = str.maketrans("aceopxyiABCEHKMOPTXI", "асеорхуіАВСЕНКМОРТХІ")  # letters that look alike
ALIKE = frozenset("aceoy")  # Russian and Kazakh words of one letter
LATIN_LETTER = re.compile("[a-z]")


def cyrillic(token: Token) -> Token:
    """The token with Latin letters that stand for Cyrillic ones mended: «двух c половиной», «Cело»."""
    key = token.key
    if token.kind == "word" and (key in ALIKE or (not key.isascii() and LATIN_LETTER.search(key))):
        return token._replace(key=key.translate(LATIN))
    return token


def expand(pattern: str) -> Iterator[str]:
    """Every spelling a row stands for.

    >>> list(expand("met{re,er}{,s}"))
    ['metre', 'metres', 'meter', 'meters']
    """
    opening = pattern.find("{")
    if opening < 0:
        yield pattern
        return
    closing = pattern.index("}", opening)
    for choice in pattern[opening + 1 : closing].split(","):
        yield from expand(pattern[:opening] + choice + pattern[closing + 1 :])


Opening = tuple[tuple[tuple[str, Any], ...], dict[Any, Any] | None, str]
NONE: dict[Any, Any] = {}  # what the vocabulary says of most tokens; one for all, so that they take no memory


class Lexicon:
    """One language's vocabulary, ready to be looked up.

    `rows` holds the parsed TOML for those who need a list as it stands.
    """

    def __init__(self, rows: dict[str, Any]):
        self.rows = rows
        self.endings = re.compile(rows.get("endings", ""))
        self.adjective = re.compile(rows["adjective_endings"]) if "adjective_endings" in rows else None
        self.participle = re.compile(rows["participle_endings"]) if "participle_endings" in rows else None
        self.impersonal = re.compile(rows["impersonal"]) if "impersonal" in rows else None
        self.compounds = re.compile(rows["compounds"]) if "compounds" in rows else None
        self.later: Lexicon | None = None  # the kinds of LATER
        self.tree: dict[Any, Any] = {}
        self.words: set[str] = set()
        self.forms: dict[str, tuple[tuple[str, str], ...]] = {}
        self.openings: dict[str, list[Opening]] = {}  # of each word met so far, the rows that it may begin

    def add(self, kind: str, pattern: str, value: Any) -> None:
        """Let the pattern mean `value` when something of `kind` is looked for."""
        for phrase in expand(pattern):
            words: list[str] = []
            end = None  # of the token before: what a row prints without a space is looked for without one
            for token in tokenize(phrase):
                if token.text == "*" and words:
                    words[-1] += "*"
                elif token.text not in GAPS:
                    words.append(GLUE + token.key if token.start == end else token.key)
                    end = token.end
            node = self.tree
            for word in words:
                node = node.setdefault(word, {})
            node.setdefault(None, {})[kind] = value
            self.words.update(word.removeprefix(GLUE) for word in words)

    def has(self, word: str) -> bool:
        """Whether any row may be about this word."""
        key = fold(word)
        return bool(self.known(key)) or (self.later is not None and bool(self.later.known(key)))

    def known(self, key: str) -> tuple[tuple[str, str], ...]:
        """The rows' words that `key` may be an instance of, each with the ending left over."""
        found = self.forms.get(key)
        if found is None:
            if len(key) > LONGEST:
                return ()
            hits = [(word, "") for word in dict.fromkeys((key, key.removesuffix("'s"))) if word in self.words]
            for cut in range(len(key), 1, -1):
                stem = key[:cut] + "*"
                if stem in self.words and self.endings.fullmatch(key[cut:]):
                    hits.append((stem, key[cut:]))
            if len(self.forms) > 200_000:  # a text of many millions of made-up words must not fill the memory
                self.forms.clear()
            found = self.forms[key] = tuple(hits)
        return found

    def opening(self, key: str) -> list[Opening]:
        """What a word is by itself and the branches of the tree that it begins; kept, most words begin none."""
        if len(self.openings) > 200_000:
            self.openings.clear()
        nodes = [(self.tree[word], rest) for word, rest in reversed(self.known(key)) if word in self.tree]
        found = [
            (tuple(node.get(None, NONE).items()), node if len(node) > (None in node) else None, rest)
            for node, rest in nodes
        ]
        if len(key) <= LONGEST:
            self.openings[key] = found
        return found

    def is_number(self, token: Token) -> bool:
        """Whether a token is a number or a word that begins one."""
        kinds = (self.tree.get(word, NONE).get(None, NONE) for word, _ in self.known(token.key))
        return token.kind == "number" or any("number" in found or "magnitude" in found for found in kinds)

    def scan(self, tokens: list[Token]) -> list[dict[str, Mark]]:
        """For each token, the longest row of each kind that begins there."""
        marks = [NONE] * len(tokens)
        openings, last, new = self.openings, len(tokens), tuple.__new__  # half the time of Mark(…)
        for i, token in enumerate(tokens):
            opens = openings.get(token.key)
            if opens is None:
                opens = self.opening(token.key)
            if not opens:
                continue
            found: dict[str, Mark] = {}
            branches: list[tuple[Any, int, str]] = []
            for values, node, ending in opens:
                for kind, value in values:
                    if kind not in found:
                        found[kind] = new(Mark, (value, i, i + 1, ending))
                if node is not None and i + 1 < last:
                    branches += self.onward(tokens, node, i + 1)
            while branches:
                node, j, ending = branches.pop()
                for kind, value in node.get(None, NONE).items():
                    if kind not in found or found[kind].end < j:
                        found[kind] = new(Mark, (value, i, j, ending))
                if j < last and len(node) > (None in node):
                    branches += self.onward(tokens, node, j)
            if found:
                marks[i] = found
        return marks

    def onward(self, tokens: list[Token], node: dict[Any, Any], j: int) -> Iterator[tuple[Any, int, str]]:
        """The branches that go on from a node with token j, past what may stand between two words of one row."""
        gap, last = j, len(tokens)
        while gap < last and gap < j + 3 and tokens[gap].text in GAPS and tokens[gap].text not in node:
            gap += 1
        if gap == last:
            return
        token, glued = tokens[gap], tokens[gap - 1].end == tokens[gap].start
        for word, rest in self.known(token.key):
            if word in node and (glued or token.kind != "number"):
                yield node[word], gap + 1, rest
            if glued and GLUE + word in node:
                yield node[GLUE + word], gap + 1, rest


def sections(rows: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Every row of a vocabulary file as (kind, pattern, value).

    Two shapes serve all: `[kind]` with `value = [patterns]`, and `[kind]` with `pattern = value`.
    """
    for kind, table in rows.items():
        if isinstance(table, dict):
            for left, right in table.items():
                if isinstance(right, list) and all(isinstance(item, str) for item in right):
                    for pattern in right:
                        yield kind, pattern, left
                else:
                    yield kind, left, right
        elif isinstance(table, list):
            for pattern in table:
                yield kind, pattern, True


@cache
def lexicon(language: str) -> Lexicon:
    """The vocabulary of one language: vocabulary/<language>.toml over vocabulary/units.toml."""
    rows = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    shared = tomllib.loads((FOLDER / "units.toml").read_text(encoding="utf-8"))
    made, made.later = Lexicon(rows), Lexicon(rows)
    for table in (shared, rows):
        for kind, pattern, value in sections(table):
            (made.later if kind in LATER else made).add(kind, pattern, value)
    return made


class ByKind(dict[str, dict[int, Mark]]):
    """The marks of each kind by their first tokens, in order; those of LATER are added when the first is asked for."""

    def __init__(self, later: Lexicon | None, tokens: list[Token]):
        self.later, self.tokens = later, tokens

    def __missing__(self, kind: str) -> dict[int, Mark]:
        self[kind] = {}
        if self.later is not None and kind in LATER:
            self.update((each, {}) for each in LATER)
            for i, marks in enumerate(self.later.scan(self.tokens)):
                for each, mark in marks.items():
                    self[each][i] = mark
        return self[kind]


class Reading:
    """A text with what the vocabulary says of it: `tokens`, and the marks that begin at each.

    Positions are numbers of tokens; `text[tokens[i].start:tokens[j - 1].end]` is what tokens i to j cover.
    """

    def __init__(self, text: str, language: str, country: str | None = None):
        self.text = text
        self.country = country  # ISO 3166-1, where it is known: whose dollar a bare $ is
        self.home: dict[str, str | None] = {}  # what units.py found of that in the text
        self.lexicon = lexicon(language)
        self.plain = plain(text, self.lexicon.has)
        self.tokens = tokenize(self.plain)
        if self.lexicon.rows.get("cyrillic", False):
            self.tokens = list(map(cyrillic, self.tokens))
        if self.lexicon.compounds:
            self.tokens = self.divided(self.lexicon.compounds)
        self.count = len(self.tokens)
        self.marks = self.lexicon.scan(self.tokens)
        self.digits = [i for i, token in enumerate(self.tokens) if token.kind == "number"]
        self.signs = [i for i, token in enumerate(self.tokens) if token.kind == "sign"]
        # The marks of each kind by the tokens where they begin and end (the longest); those with an ending, by the
        # token after it.
        self.kinds = ByKind(self.lexicon.later, self.tokens)
        self.ends: defaultdict[str, dict[int, Mark]] = defaultdict(dict)
        self.inflected: defaultdict[int, list[Mark]] = defaultdict(list)
        kinds, ends = self.kinds, self.ends
        for i, marks in enumerate(self.marks):
            for kind, mark in marks.items():
                kinds[kind][i] = mark
                ends[kind].setdefault(mark.end, mark)  # the longest began first
                if mark.ending:
                    self.inflected[mark.end].append(mark)
        self.numerals: dict[int, Any] = {}  # the numbers read so far, by their first tokens

    def divided(self, compounds: re.Pattern[str]) -> list[Token]:
        """The tokens, words of a number and its unit made two: «трёхлетней», "tenfold"; not after another number."""
        tokens: list[Token] = []
        for token in self.tokens:
            match = (
                compounds.fullmatch(token.key) if token.kind == "word" and len(token.key) == len(token.text) else None
            )
            if match is None or (tokens and self.lexicon.is_number(tokens[-1])):
                tokens.append(token)
                continue
            cut = match.end(1)
            tokens.append(Token(token.text[:cut], token.key[:cut], token.start, token.start + cut, "word"))
            tokens.append(Token(token.text[cut:], token.key[cut:], token.start + cut, token.end, "word"))
        return tokens

    def at(self, i: int, kind: str) -> Mark | None:
        """The mark of this kind that begins at token i."""
        return self.kinds[kind].get(i)

    def before(self, i: int, kind: str) -> Mark | None:
        """The mark of this kind that ends just before token i."""
        return self.ends[kind].get(i)

    def sign(self, i: int) -> str:
        """The token's text, or nothing outside the text."""
        return self.tokens[i].text if 0 <= i < self.count else ""

    def glued(self, i: int) -> bool:
        """Whether nothing stands between token i and the one after it."""
        return 0 <= i < self.count - 1 and self.tokens[i].end == self.tokens[i + 1].start

    def of(self, kind: str) -> list[Mark]:
        """The marks of this kind, left to right."""
        return list(self.kinds[kind].values())

    def begun(self, kinds: Iterable[str]) -> set[int]:
        """The tokens at which a mark of one of these kinds begins."""
        return set().union(*(self.kinds[kind] for kind in kinds))

    def quote(self, start: int, end: int) -> str:
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]
