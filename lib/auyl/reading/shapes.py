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
SCALED = frozenset({"magnitude", "unit", "currency", "code", "noun"})  # what makes a number before it a quantity


def read_shapes(reading: Reading, claims: list[Claim]) -> list[Claim]:
    """The claims, with those of the digits known by their shape before them."""
    found = [*by_pattern(reading), *names(reading), *Lists(reading).claims(), *furniture(reading, claims)]
    return found + claims


def by_pattern(reading: Reading) -> Iterator[Claim]:
    text, starts = reading.plain, None
    for reason, needed, shape in SHAPES:
        if not needed.search(text):
            continue
        for match in shape.finditer(text):
            if starts is None:
                starts = [token.start for token in reading.tokens]
            first, last = bisect_right(starts, match.start()) - 1, bisect_left(starts, match.end())
            if not scaled_telephone(reading, reason, first, last):
                yield Claim(max(first, 0), last, reason)


def scaled_telephone(reading: Reading, reason: str, first: int, last: int) -> bool:
    """Whether what looks like a telephone is a sum or a count: "+12 500 000 000 tenge"."""
    if reason != "a telephone number" or last >= reading.count:
        return False
    return not SCALED.isdisjoint(reading.marks[last])


def names(reading: Reading) -> Iterator[Claim]:
    """Fixed phrases with a number in them, "24/7", "net zero", "Five Year Plan"; numbers by the hundred."""
    yield from (Claim(mark.start, mark.end, "a label") for mark in reading.of("fixed"))
    yield from (Claim(i, i + 1, "a table of numbers") for i, t in enumerate(reading.tokens) if t.kind == "data")


def furniture(reading: Reading, claims: list[Claim]) -> Iterator[Claim]:
    """Counters that end a line after its date: "05 May 2020 315 0"."""
    for claim in claims:
        i = claim.end
        while i < reading.count and reading.sign(i).isdecimal() and not breaks(reading, i):
            i += 1
        if i > claim.end + 1 and claim.reason == "a date" and (i == reading.count or breaks(reading, i)):
            yield Claim(claim.end, i, "page furniture")


def breaks(reading: Reading, i: int) -> bool:
    """Whether token i begins a line."""
    return i == 0 or "\n" in reading.text[reading.tokens[i - 1].end : reading.tokens[i].start]


class Lists:
    """The numbers of lists. An item's number stands where a line or sentence begins, or goes on from the one before."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.last = 0  # the item before
        self.bracketed: list[int] = []  # tokens of (1), (2), … so far

    def claims(self) -> Iterator[Claim]:
        for i in self.reading.digits:
            token = self.reading.tokens[i]
            if len(token.text) > 9:
                continue
            if heading := self.heading(i):
                yield Claim(i, heading, "a list number")
            elif self.item(i):
                self.last = int(token.text)
                yield Claim(i, i + 2, "a list number")
            elif self.in_brackets(i):
                self.bracketed.append(i)
        for one, other in pairwise(self.bracketed):
            if int(self.reading.sign(one)) + 1 == int(self.reading.sign(other)):
                yield from (Claim(i - 1, i + 2, "a list number") for i in (one, other))

    def item(self, i: int) -> bool:
        """Whether "1." or "1)" at token i opens an item."""
        reading, printed = self.reading, self.reading.sign(i)
        if not printed.isdecimal() or int(printed) > LARGEST_ITEM or reading.sign(i + 1) not in CLOSING:
            return False
        if not reading.sign(i + 1) or not reading.glued(i) or reading.glued(i + 1):
            return False
        number = int(printed)
        ended = reading.sign(i - 1) in ENDS
        goes_on = number == 1 or number == self.last + 1 or (ended and self.last < number <= self.last + SKIPPED)
        if self.begins_line(i):
            return goes_on or reading.sign(i + 1) == ")" or i == 0 or ended
        if not goes_on or reading.sign(i - 1) == "(" or reading.glued(i - 1):
            return False
        if reading.sign(i + 1) == ")":
            return not self.inside_bracket(i)
        return ended and reading.sign(i + 2)[:1].isupper()

    def heading(self, i: int) -> int | None:
        """Where a chapter's number ends, "3.2 Water" or "1.2.3.": dotted, at the start of a line, before a capital."""
        reading, printed = self.reading, self.reading.sign(i)
        if "." not in printed or not re.fullmatch(r"\d{1,2}(?:\.\d{1,2}){1,4}", printed) or not self.begins_line(i):
            return None
        end = i + 1 + (reading.sign(i + 1) in CLOSING and reading.glued(i))
        word = reading.tokens[end] if end < reading.count else None
        if word is None or word.kind != "word" or not word.text[0].isupper() or word.text.isupper():
            return None
        return None if reading.glued(end - 1) or not SCALED.isdisjoint(reading.marks[end]) else end

    def in_brackets(self, i: int) -> bool:
        reading = self.reading
        if reading.sign(i - 1) != "(" or reading.sign(i + 1) != ")" or not reading.sign(i).isdecimal():
            return False
        before = reading.before(i - 1, "range")
        parted = i == 1 or reading.sign(i - 2) in ",;:." or breaks(reading, i - 1) or before is not None
        return parted and int(reading.sign(i)) <= LARGEST_ITEM

    def begins_line(self, i: int) -> bool:
        if i and self.reading.sign(i - 1) in BULLETS:
            return breaks(self.reading, i - 1)
        return breaks(self.reading, i)

    def inside_bracket(self, i: int) -> bool:
        """Whether an open bracket before token i waits for the one after it: "(see 1)"."""
        for at in range(i - 1, max(i - 30, -1), -1):
            if self.reading.sign(at) in "()":
                return self.reading.sign(at) == "("
        return False
