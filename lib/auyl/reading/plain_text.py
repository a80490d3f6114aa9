"""A text as its reader sees it, letter for letter in the same places: without markup, in plain digits, unwrapped.

Web pages and notes come with `**stars**`, `<b>tags</b>`, `&nbsp;` and words parted at the end of a line. Each of these
becomes spaces or marks of no width of the same length, so that a position in the plain text is one in the original.
"""

import html
import re
import unicodedata
from collections.abc import Callable

NOTHING = "\u2060"  # a mark of no width: read over inside words and numbers
TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,300}>")
CELL = re.compile(r"</?(?:t[dhr]|li|p|div|h[1-6]|br)\b", re.IGNORECASE)  # what stands in two of these is not one number
ENTITY = re.compile(r"&(?:#\d{2,6}|#x[\da-fA-F]{2,5}|[a-zA-Z]{2,8}\d{0,2});")
EMPHASIS = re.compile(r"(?<![\w*])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?![\w*])|(?<![\w_])__(?=\w)|(?<=\w)__(?![\w_])")
WRAPPED_NUMBER = re.compile(r"(?<![\d.,])(\d{1,3}) ?\r?\n(?=0\d\d(?!\d))")
PARTED_THOUSANDS = re.compile(r"(?<=\d), (?=000(?!\d))")  # "N20, 000"
INSIDE = re.compile(r"(?<=\d)[\u00ad\u200b-\u200f\u2060]+(?=\d)")
PARTED = re.compile(r"([^\W\d_]{2,})([-‐]\r?\n[ \t]*)([^\W\d_]{2,})")
HYPHEN_AT_END = re.compile(r"[-‐]\r?\n")
FOREIGN = re.compile(
    "[^\x00-\u036f\u0400-\u052f\u2000-\u218f\u2200-\u22ff]"
)  # letters of neither script, and wide forms
SIGNS = {"٫": ".", "٬": ",", "％": "%", "．": ".", "，": ",", "＄": "$", "－": "-", "＋": "+"}


def plain(text: str, known: Callable[[str], object]) -> str:
    """The text in as many letters, each where it was; `known` tells whether the vocabulary has a word.

    >>> plain("<b>701</b> billion", known=bool).replace(NOTHING, "·")
    '···701···· billion'
    """
    if not text.isascii():
        if FOREIGN.search(text):
            text = "".join(map(western, text))
        text = INSIDE.sub(blank, text) if INSIDE.search(text) else text
    if "<" in text:
        text = TAG.sub(untagged, text)
    if "&" in text:
        text = ENTITY.sub(character, text)
    if "*" in text or "__" in text:
        text = EMPHASIS.sub(blank, text)
    if ", 000" in text:
        text = PARTED_THOUSANDS.sub(NOTHING + ",", text)
    if "\n0" in text:
        text = WRAPPED_NUMBER.sub(lambda m: m[1] + " " + NOTHING * (len(m[0]) - len(m[1]) - 1), text)
    if HYPHEN_AT_END.search(text):
        text = PARTED.sub(lambda m: m[1] + NOTHING * len(m[2]) + m[3] if known(m[1] + m[3]) else m[0], text)
    return text


def western(letter: str) -> str:
    """A digit of any script as one of ours, a wide sign as a narrow one."""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return SIGNS.get(letter, letter)


def blank(match: re.Match[str]) -> str:
    return NOTHING * len(match[0])


def untagged(match: re.Match[str]) -> str:
    """A tag inside a line leaves nothing behind; one that parts cells or paragraphs, a bar."""
    if CELL.match(match[0]):
        return "|".ljust(len(match[0]))
    return blank(match)


def character(match: re.Match[str]) -> str:
    """The character that an entity stands for; the entity itself where there is none."""
    stands_for = html.unescape(match[0])
    return stands_for + NOTHING * (len(match[0]) - 1) if len(stands_for) == 1 else match[0]
