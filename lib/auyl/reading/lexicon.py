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
from collections.abc import Callable, Iterable, Iterator, Set
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from auyl.reading.plain_text import plain

FOLDER = Path(__file__).parent / "vocabulary"
LANGUAGES = tuple(sorted(path.stem for path in FOLDER.glob("??.toml")))  # a language is a file of two letters

SPACE = " \u00a0\u2007\u2009\u202f"  # the spaces printed inside a number
MARKS = "\u0300-\u036f\u00ad\u200b-\u200f\u2060"  # accents written apart, soft hyphens, marks of no width
UNSEEN = {ord(c): None for c in map(chr, range(0x2070)) if re.match(f"[{MARKS}]", c)}
VULGAR = "¼-¾⅐-⅞↉"
HYPHENS = frozenset("-‐‑")
DASHES = HYPHENS | frozenset("‒–—−")
QUOTES = frozenset("\"'«»“”„‘’")
GAPS = DASHES | QUOTES | frozenset("`*_")
STOPS = frozenset(".!?…")
OPENERS = frozenset("«“„‘\"'(—–-•")
CLOSERS = frozenset("»”“’\"')]")
DATA = 100  # numbers in a row without a word: one token, which is read no further
LONGEST = 60  # letters; no word of a vocabulary is longer
KEPT = 200_000  # words whose rows are remembered: a text of many millions of made-up words must not fill the memory
GLUE = "\0"  # before a word of a row that must stand right after the one before it
LATIN = str.maketrans("aceopxyi", "асеорхуі")  # letters that look alike
ALIKE = frozenset("aceoy")  # Russian and Kazakh words of one letter
LATIN_LETTER = re.compile("[a-z]")
NUMBER_WORDS = ("number", "multiplier", "magnitude", "vague", "fraction", "fraction_of")  # kinds that begin a number
NEVER = r"(?!)"
NONE: dict[Any, Any] = {}  # what the vocabulary says of most tokens; one for all, so that they take no memory


def token_pattern(digit: str, space: str) -> re.Pattern[str]:
    """Numbers, words and signs, given what counts as a digit and as the space between thousands."""
    return re.compile(
        rf"(?P<word>[^\W\d_{VULGAR}]++(?:[{MARKS}]++[^\W\d_{VULGAR}]*+)*+"
        rf"(?:['’][^\W\d_]++(?:[{MARKS}]++[^\W\d_]*+)*+)?)"  # apostrophe and all
        rf"|(?P<data>(?:\d++(?:[.,]\d++)*+%?[;,|\s]++){{{DATA},}}+(?:\d++(?![.,\w]))?)"  # and no word
        rf"|(?P<number>{digit}{{1,3}}(?:{space}{digit}{{3}})+(?!\d)(?:[.,]{digit}+)?"  # 7 466 172
        rf"|{digit}+(?:[.,'’]{digit}+)*"  # 6,000 and 3.5 and 18.01.2023
        rf"|(?<![^\s($€£¥₸₽~≈<>+\-–−])\.{digit}+(?![\d.])"  # .25
        rf"|[{VULGAR}])"
        rf"|(?P<sign>[^\s{MARKS}])"  # any other sign by itself
    )


TOKEN = token_pattern(r"\d", f"[{SPACE}]")
TOKEN_WITH_MARKS = token_pattern(rf"(?:\d[{MARKS}]*)", f"[{SPACE}][{MARKS}]*")  # the same, twice as slow
MARKED = re.compile(rf"[\d{SPACE}][{MARKS}]+\d")
MARKS_AT_END = re.compile(f"[{MARKS}]+$")


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
        word = unicodedata.normalize("NFC", word).translate(UNSEEN)
        word = word.replace("ё", "е").replace("Ё", "Е").replace("’", "'")
    return word.lower()


@lru_cache(maxsize=100_000)
def fold_cyrillic(word: str) -> str:
    """The same with Latin letters that stand for Cyrillic ones mended: «двух c половиной», «Cело»."""
    key = fold(word)
    mixed = key in ALIKE or (not key.isascii() and LATIN_LETTER.search(key))
    return key.translate(LATIN) if mixed else key


def tokenize(text: str, fold: Callable[[str], str] = fold) -> list[Token]:
    """The text's numbers, words and signs, left to right, with their positions.

    >>> [token.text for token in tokenize("KZT143bn for 6 286 villages")]
    ['KZT', '143', 'bn', 'for', '6 286', 'villages']
    """
    tokens: list[Token] = []
    new = tuple.__new__  # half the time of Token(…)
    marked = not text.isascii() and MARKED.search(text)
    for match in (TOKEN_WITH_MARKS if marked else TOKEN).finditer(text):
        word, kind, (start, end) = match[0], match.lastgroup, match.span()
        if marked and kind == "number":
            end = start + len(MARKS_AT_END.sub("", word))
            word = word.translate(UNSEEN)
        tokens.append(new(Token, (word, fold(word) if kind == "word" else word, start, end, kind)))
    return tokens


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


Found = dict[str, dict[int, Mark]]  # the marks of each kind by the tokens where they begin
# Of a word: what it is by itself, as (kind, value, ending), these kinds, and the branches of the tree that it begins.
Opening = tuple[list[tuple[str, Any, str]], frozenset[str], list[dict[Any, Any]]]


class Lexicon:
    """One language's vocabulary, ready to be looked up.

    `rows` holds the parsed TOML for those who need a list as it stands; `known` and `opening` remember their answers.
    """

    def __init__(self, rows: dict[str, Any]):
        self.rows = rows
        self.endings = re.compile(rows.get("endings", ""))
        self.adjective = re.compile(rows.get("adjective_endings", NEVER))
        self.participle = re.compile(rows.get("participle_endings", NEVER))
        self.impersonal = re.compile(rows.get("impersonal", NEVER))
        self.compounds = re.compile(rows.get("compounds", NEVER))
        self.tree: dict[Any, Any] = {}
        self.words: set[str] = set()
        self.known = lru_cache(maxsize=KEPT)(self.rows_words)
        self.opening = lru_cache(maxsize=KEPT)(self.branches)

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
        return bool(self.known(fold(word)))

    def rows_words(self, key: str) -> tuple[tuple[str, str], ...]:
        """The rows' words that `key` may be an instance of, each with the ending left over."""
        if len(key) > LONGEST:
            return ()
        hits = [(word, "") for word in dict.fromkeys((key, key.removesuffix("'s"))) if word in self.words]
        for cut in range(len(key), 1, -1):
            stem = key[:cut] + "*"
            if stem in self.words and self.endings.fullmatch(key[cut:]):
                hits.append((stem, key[cut:]))
        return tuple(hits)

    def branches(self, key: str) -> Opening:
        """What a word is by itself and the branches of the tree that it begins; most words begin none."""
        alone: dict[str, tuple[str, Any, str]] = {}
        nodes = []
        for word, rest in reversed(self.known(key)):
            node = self.tree.get(word, NONE)
            for kind, value in node.get(None, NONE).items():
                alone.setdefault(kind, (kind, value, rest))
            if len(node) > (None in node):
                nodes.append(node)
        return list(alone.values()), frozenset(alone), nodes

    def scan(self, tokens: list[Token]) -> tuple[Found, list[Set[str]]]:
        """The longest rows of each kind by the tokens where they begin, and the kinds that begin at each token."""
        marks: Found = defaultdict(dict)
        kinds: list[Set[str]] = []
        opening, last, new = self.opening, len(tokens), tuple.__new__  # half the time of Mark(…)
        for i, token in enumerate(tokens):
            alone, begun, nodes = opening(token.key)
            for kind, value, ending in alone:
                marks[kind][i] = new(Mark, (value, i, i + 1, ending))
            if nodes and i + 1 < last:
                branches = [branch for node in nodes for branch in self.onward(tokens, node, i + 1)]
                while branches:
                    node, j, ending = branches.pop()
                    for kind, value in node.get(None, NONE).items():
                        shorter = marks[kind].get(i)
                        if shorter is None or shorter.end < j:
                            marks[kind][i] = new(Mark, (value, i, j, ending))
                            begun |= {kind}
                    if j < last and len(node) > (None in node):
                        branches += self.onward(tokens, node, j)
            kinds.append(begun)
        return marks, kinds

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
            if glued and gap == j and GLUE + word in node:
                yield node[GLUE + word], gap + 1, rest

    def tokens(self, text: str) -> list[Token]:
        """The text's tokens, words of a number and its unit made two: «трёхлетней», "tenfold"; not after a number."""
        whole = tokenize(text, fold_cyrillic if self.rows.get("cyrillic") else fold)
        if not self.compounds.search(" ".join([token.key for token in whole])):
            return whole
        tokens: list[Token] = []
        for token in whole:
            match = self.compounds.fullmatch(token.key)
            if match is None or len(token.key) < len(token.text) or (tokens and self.counts(tokens[-1])):
                tokens.append(token)
                continue
            cut = match.end(1)
            tokens.append(Token(token.text[:cut], token.key[:cut], token.start, token.start + cut, "word"))
            tokens.append(Token(token.text[cut:], token.key[cut:], token.start + cut, token.end, "word"))
        return tokens

    def counts(self, token: Token) -> bool:
        """Whether a token is a number or a word that begins one."""
        return token.kind == "number" or not self.opening(token.key)[1].isdisjoint({"number", "magnitude"})


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
    rows = [
        tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), parse_float=Decimal)
        for name in ("units", language)
    ]
    made = Lexicon(rows[-1])
    for table in rows:
        for kind, pattern, value in sections(table):
            made.add(kind, pattern, value)
    return made


class Ends(dict[str, dict[int, Mark]]):
    """The marks of a kind by the tokens that they end before, put together when the kind is first asked for."""

    def __init__(self, marks: Found):
        self.marks = marks

    def __missing__(self, kind: str) -> dict[int, Mark]:
        marks = self.marks[kind]
        ends = self[kind] = {mark.end: mark for mark in reversed(marks.values())} if marks else NONE
        return ends  # of two marks that end together the longer one, which begins first


class Reading:
    """A text with what the vocabulary says of it: `tokens`, and the marks that begin at each.

    Positions are numbers of tokens; `text[tokens[i].start:tokens[j - 1].end]` is what tokens i to j cover. What is
    asked of a position before the text or behind it is answered as of a token that says nothing.
    """

    def __init__(self, text: str, language: str, country: str | None = None):
        self.text = text
        self.country = country  # ISO 3166-1, where it is known: whose dollar a bare $ is
        self.home: dict[str, str | None] = {}  # what money.py found of that in the text
        self.lexicon = lexicon(language)
        self.rows = self.lexicon.rows
        self.plain = plain(text, self.lexicon.has)
        self.tokens = self.lexicon.tokens(self.plain)
        self.count = len(self.tokens)
        self.marks, self.kinds_at = self.lexicon.scan(self.tokens)
        self.kinds_at += [frozenset()] * 2  # so that kinds_at[count] is there, and kinds_at[-1]
        self.ends = Ends(self.marks)
        self.digits = [i for i, token in enumerate(self.tokens) if token.kind == "number"]
        self.printed: defaultdict[str, list[int]] = defaultdict(list)  # each sign's tokens
        for i, token in enumerate(self.tokens):
            if token.kind == "sign":
                self.printed[token.text].append(i)
        self.hyphens = {i for i in self.signs(HYPHENS) if self.glued(i - 1) and self.glued(i)}
        scales = self.begun(("multiplier", "magnitude"))
        articles = {i for i, mark in self.marks["word"].items() if mark.value == "a" and i + 1 in scales}
        # Where a number may begin: with digits, a number word, the "a" of "a million".
        self.beginnings = articles.union(self.digits, self.begun(NUMBER_WORDS))
        self.numerals: dict[int, Any] = {}  # the numbers read so far, by their first tokens
        joints = self.begun(("range",)).union(
            self.signs(DASHES)
        )  # what may join two numbers into a range: a dash, "to"
        self.joints = {i for i in joints if not self.beginnings.isdisjoint(range(i + 1, i + 4))}
        self.joints.update(self.begun(("range_end",)))

    def at(self, i: int, kind: str) -> Mark | None:
        """The mark of this kind that begins at token i."""
        return self.marks[kind].get(i)

    def before(self, i: int, kind: str) -> Mark | None:
        """The mark of this kind that ends just before token i."""
        return self.ends[kind].get(i)

    def says(self, i: int, kind: str, *values: Any) -> Mark | None:
        """The mark of this kind that begins at token i, if it has one of these values."""
        mark = self.marks[kind].get(i)
        return mark if mark is not None and mark.value in values else None

    def said(self, i: int, kind: str, *values: Any) -> Mark | None:
        """The mark of this kind that ends just before token i, if it has one of these values."""
        mark = self.ends[kind].get(i)
        return mark if mark is not None and mark.value in values else None

    def begins(self, i: int, kinds: Set[str]) -> bool:
        """Whether a mark of one of these kinds begins at token i."""
        return -1 <= i <= self.count and not kinds.isdisjoint(self.kinds_at[i])

    def sign(self, i: int) -> str:
        """The token's text, or nothing outside the text."""
        return self.tokens[i].text if 0 <= i < self.count else ""

    def kind(self, i: int) -> str:
        """The token's kind, "number", "word", "sign" or "data", or nothing outside the text."""
        return self.tokens[i].kind if 0 <= i < self.count else ""

    def glued(self, i: int) -> bool:
        """Whether nothing stands between token i and the one after it."""
        return 0 <= i < self.count - 1 and self.tokens[i].end == self.tokens[i + 1].start

    def hyphen(self, i: int) -> bool:
        """Whether token i is a hyphen inside a word: that of "25-kilometre", no dash between spaces."""
        return i in self.hyphens

    def of(self, kind: str) -> list[Mark]:
        """The marks of this kind, left to right."""
        return list(self.marks[kind].values())

    @cached_property
    def inflected(self) -> defaultdict[int, list[Mark]]:
        """The marks whose last word has an ending, by the token after it."""
        found: defaultdict[int, list[Mark]] = defaultdict(list)
        for same in self.marks.values():
            for mark in same.values():
                if mark.ending:
                    found[mark.end].append(mark)
        return found

    def begun(self, kinds: Iterable[str]) -> set[int]:
        """The tokens at which a mark of one of these kinds begins."""
        return set().union(*(self.marks[kind] for kind in kinds))

    def signs(self, printed: Iterable[str]) -> list[int]:
        """The tokens that are one of these signs, left to right."""
        return sorted(i for sign in printed for i in self.printed.get(sign, ()))

    def quote(self, start: int, end: int) -> str:
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]
