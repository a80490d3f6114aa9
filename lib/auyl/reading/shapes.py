"""Digits that are known by their shape before any number is read: addresses, accounts, telephones, lists, footnotes.

A web address has a scheme or a domain, a telephone its groups, a list its items, a fixed phrase ("24/7", "net zero")
its row in the vocabulary. What is found is claimed, as years and dates are.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from auyl.reading.dates import Claim
from auyl.reading.lexicon import Reading

DOMAIN = r"(?:kz|ru|com|org|net|gov|edu|int|info|io|eu|uk|in|au|ng|ph|rw|ke|uz|kg|de|fr)"
KNOWN = (  # reason; what has to be there, which is soon looked for; the shape
    ("an address", r"://", re.compile(r"https?://[^\s<>\"»]+", re.IGNORECASE)),
    ("an address", r"www\.", re.compile(r"www\.[^\s<>\"»]+", re.IGNORECASE)),
    ("an address", r"@", re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")),
    ("an address", rf"\.{DOMAIN}", re.compile(
        rf"(?<![\w@.-])(?:[a-z\d-]+\.)+{DOMAIN}(?:/[^\s<>\"»]*|\?[^\s<>\"»]*)(?<![.,;)])")),
    ("a footnote", r"\[", re.compile(r"\[\d{1,3}(?:[,–-] ?\d{1,3})*\]")),
    ("a coordinate", r"°", re.compile(
        r"\d{1,3}(?:[.,]\d+)? ?°(?: ?\d{1,2}(?:[.,]\d+)? ?['′’](?: ?\d{1,2}(?:[.,]\d+)? ?[\"″”])?)? ?"
        r"(?:[NSEW]\b|[сю]\.? ?ш\b|[вз]\.? ?д\b)")),
    ("a telephone number", r"\+", re.compile(
        r"(?<![\w+])\+(?=(?:[^\d\n]{0,2}\d){9,15}(?!\d))\d{1,4}(?:[ ()-]{0,2}\d{1,12}){0,6}")),
    ("a telephone number", r"\)[ -]?\d", re.compile(
        r"(?<![\w.])\d?[ -]?\(\d{3,5}\)[ -]?\d{1,3}(?:[ -]\d{2,4}){1,3}(?!\d)")),
    ("a telephone number", r"-\d\d-\d\d", re.compile(r"(?<![\w.,-])(?:\d{3,4}[ -])?\d{2,3}-\d{2}-\d{2}(?![\w-])")),
    ("an account", r"[A-Z]{2}\d\d", re.compile(
        r"(?<![A-Za-z\d])[A-Z]{2}\d{2}(?=[A-Z]*\d)[A-Z\d]{10,30}(?![A-Za-z\d])")),
    ("a date", r"/\d", re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}/\d{2,4}(?![\d/])")),
)  # fmt: skip
SHAPES = tuple((reason, re.compile(needed), shape) for reason, needed, shape in KNOWN)
ENDS = frozenset(".:;!?»”)")
CLOSING = frozenset(".)")
BULLETS = frozenset("-–—•*·>")
LARGEST_ITEM = 200
SKIPPED = 3  # items that an excerpt of a list may leave out
CHAPTER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,4}")
SCALED = frozenset({"magnitude", "unit", "currency", "code", "noun"})  # what makes a number before it a quantity


def read_shapes(reading: Reading, claims: list[Claim]) -> list[Claim]:
    """The claims, with those of the digits known by their shape before them."""
    fixed = [Claim(mark.start, mark.end, "a label") for mark in reading.of("fixed")]  # 24/7, "Five Year Plan"
    data = [Claim(i, i + 1, "a table of numbers") for i, token in enumerate(reading.tokens) if token.kind == "data"]
    return [*by_pattern(reading), *fixed, *data, *Lists(reading).claims(), *furniture(reading, claims), *claims]


def by_pattern(reading: Reading) -> Iterator[Claim]:
    """The claims of KNOWN; what looks like a telephone may be a sum or a count, "+12 500 000 000 tenge"."""
    starts: list[int] = []
    for reason, needed, shape in SHAPES:
        if not needed.search(reading.plain):
            continue
        starts = starts or [token.start for token in reading.tokens]
        for match in shape.finditer(reading.plain):
            first, last = bisect_right(starts, match.start()) - 1, bisect_left(starts, match.end())
            if reason != "a telephone number" or not reading.begins(last, SCALED):
                yield Claim(max(first, 0), last, reason)


def furniture(reading: Reading, claims: list[Claim]) -> Iterator[Claim]:
    """Counters that end a line after its date: "05 May 2020 315 0"."""
    for claim in claims:
        i = claim.end
        while reading.sign(i).isdecimal() and not breaks(reading, i):
            i += 1
        if i > claim.end + 1 and claim.reason == "a date" and breaks(reading, i):
            yield Claim(claim.end, i, "page furniture")


def breaks(reading: Reading, i: int) -> bool:
    """Whether token i begins a line, or the text is over."""
    if i == 0 or i == reading.count:
        return True
    return "\n" in reading.text[reading.tokens[i - 1].end : reading.tokens[i].start]


class Lists:
    """The numbers of lists. An item's number stands where a line or sentence begins, or goes on from the one before."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.last = 0  # the item before

    def claims(self) -> Iterator[Claim]:
        bracketed: list[int] = []  # tokens of (1), (2), … so far
        for i in self.reading.digits:
            printed = self.reading.tokens[i].text
            if len(printed) > 9:
                continue
            if heading := self.heading(i):
                yield Claim(i, heading, "a list number")
            elif not printed.isdecimal() or int(printed) > LARGEST_ITEM:
                continue
            elif self.item(i, int(printed)):
                self.last = int(printed)
                yield Claim(i, i + 2, "a list number")
            elif self.in_brackets(i):
                bracketed.append(i)
        for one, other in pairwise(bracketed):
            if int(self.reading.sign(one)) + 1 == int(self.reading.sign(other)):
                yield from (Claim(i - 1, i + 2, "a list number") for i in (one, other))

    def item(self, i: int, number: int) -> bool:
        """Whether "1." or "1)" at token i opens an item."""
        reading, closing = self.reading, self.reading.sign(i + 1)
        if closing not in CLOSING or not reading.glued(i) or reading.glued(i + 1):
            return False
        ended = reading.sign(i - 1) in ENDS
        goes_on = number == 1 or number == self.last + 1 or (ended and self.last < number <= self.last + SKIPPED)
        if self.begins_line(i):
            return goes_on or closing == ")" or i == 0 or ended
        if not goes_on or reading.sign(i - 1) == "(" or reading.glued(i - 1):
            return False
        if closing == ")":
            return not self.inside_bracket(i)
        return ended and reading.sign(i + 2)[:1].isupper()

    def heading(self, i: int) -> int | None:
        """Where a chapter's number ends, "3.2 Water" or "1.2.3.": dotted, at the start of a line, before a capital."""
        reading = self.reading
        if not CHAPTER.fullmatch(reading.sign(i)) or not self.begins_line(i):
            return None
        end = i + 1 + (reading.sign(i + 1) in CLOSING and reading.glued(i))
        word = reading.sign(end)
        title = reading.kind(end) == "word" and word[0].isupper() and not word.isupper()
        return end if title and not reading.glued(end - 1) and not reading.begins(end, SCALED) else None

    def in_brackets(self, i: int) -> bool:
        """Whether token i is the 1 of "(1) roads"."""
        reading = self.reading
        if reading.sign(i - 1) != "(" or reading.sign(i + 1) != ")":
            return False
        parted = i == 1 or reading.sign(i - 2) in ",;:." or reading.before(i - 1, "range")
        return bool(parted) or breaks(reading, i - 1)

    def begins_line(self, i: int) -> bool:
        return breaks(self.reading, i - (self.reading.sign(i - 1) in BULLETS))

    def inside_bracket(self, i: int) -> bool:
        """Whether an open bracket before token i waits for the one after it: "(see 1)"."""
        brackets = (self.reading.sign(at) for at in range(i - 1, max(i - 30, -1), -1))
        return next((sign for sign in brackets if sign in ("(", ")")), ")") == "("
