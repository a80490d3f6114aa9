"""Bytes to text: Unicode in all its forms, the old encodings of Russian and Kazakh, and what is no text at all."""

import codecs
import re

from auyl.errors import StatementError

NO_TEXT = {  # how a file of another kind begins
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a Word document or another archive",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"From: <Saved by": "a web archive (MHTML)",
}
MARKS = (  # the longer first: a UTF-32 mark begins as a UTF-16 one does
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# KZ-1048 is Windows-1251 with the Kazakh letters in place of the Serbian and Ukrainian ones, so it reads both.
OLD = ["kz1048", "koi8_r", "cp866", "cp1252"]
DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
SAMPLE = 100_000  # bytes; enough to tell an encoding by


def decode(raw: bytes, name: str) -> tuple[str, str]:
    """The text and the encoding it was in, as Python names it; a byte order mark is no part of the text.

    Raises
    ------
    StatementError
        The bytes are no text: empty, a document or picture of another kind, damaged, or in an unknown encoding.
    """
    kind = next((kind for start, kind in NO_TEXT.items() if raw.startswith(start)), None)
    if kind:
        raise StatementError(f"{name} is {kind}: save the text itself as a .txt file and add that")
    try:
        text, encoding = read_as_unicode(raw) or read_as_declared(raw) or guessed(raw)
    except UnicodeDecodeError as error:
        raise StatementError(
            f"{name} is damaged: byte {error.start} is no {error.encoding}; get the text once more"
        ) from None
    if not encoding or "\0" in text:
        raise StatementError(f"{name} is no text in an encoding that is known: save it as UTF-8")
    if not text.strip():
        raise StatementError(f"{name} is empty: there is no text in it")
    return text, encoding


def read_as_unicode(raw: bytes) -> tuple[str, str] | None:
    """Unicode, by its mark or by its shape; raises UnicodeDecodeError where it is Unicode, but broken."""
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding), encoding
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        # every other byte names the block of 256 letters: 0 is Latin, 4 is Cyrillic
        blocks = raw[first:SAMPLE:2]
        if len(raw) % 2 == 0 and blocks and sum(block in (0, 4) for block in blocks) > 0.8 * len(blocks):
            return raw.decode(encoding), encoding
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # UTF-8 with some broken bytes would still come out as letters of an old encoding, all of them wrong.
        letters = sum(not letter.isascii() for letter in raw.decode("utf-8", "ignore"))
        if letters > raw.decode("utf-8", "replace").count("\ufffd"):
            raise
        return None


def read_as_declared(raw: bytes) -> tuple[str, str] | None:
    """What a web page says of itself, if it is an old encoding and true."""
    declared = DECLARED.search(raw[:4096])
    try:
        encoding = codecs.lookup(declared[1].decode()).name if declared else ""
        return (raw.decode(encoding), encoding) if encoding in {"cp1251", "iso8859-5", *OLD, "koi8-r"} else None
    except (LookupError, UnicodeDecodeError):
        return None


def guessed(raw: bytes) -> tuple[str, str]:
    """The likeliest of the old encodings; an empty name where none is likely."""
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:SAMPLE], cp_isolation=OLD).best()
    return (raw.decode(best.encoding, "replace"), best.encoding) if best else ("", "")
