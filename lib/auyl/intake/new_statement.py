"""A new statement: a text or a saved page, whatever its encoding, put into seeds/ with its passport.

Nothing is written until everything is known to be right, and then both files appear or neither.
"""

import datetime
import hashlib
import re
import sys
import unicodedata
from pathlib import Path
from typing import NamedTuple

import yaml

from auyl import project
from auyl.errors import ParameterError, StatementError
from auyl.files import write_whole
from auyl.intake.encodings import decode
from auyl.intake.web_pages import is_web_page, read_article
from auyl.reading.language import known_language
from auyl.statement import Statement, as_day, read_bytes

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
ADDRESS = re.compile(r"https?://[^\s<>\"]+")
LONGEST_SLUG = 60  # letters of a title in a file's name
LATIN = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
    "я": "ya", "ә": "a", "ғ": "g", "қ": "q", "ң": "ng", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i",
})  # fmt: skip
HEAD = (
    "# Who said it, when, and in which language. The text beside this file is never edited: its checksum is checked.\n"
)


class Found(NamedTuple):
    """What a file turned out to hold: the text, the headline if it has one, and the encoding it was in."""

    text: str
    title: str | None
    encoding: str


def read_source(source: str) -> bytes:
    """The bytes of a file, or of standard input for "-", no more than a statement may have."""
    if re.match(r"https?://", source):
        raise ParameterError(f"{source} is an address: open it, save the page, and give the file and --url {source}")
    return read_bytes(sys.stdin.buffer if source == "-" else Path(source))


def read_found(raw: bytes, name: str) -> Found:
    """The text and headline in the bytes of a text file or a web page.

    A plain text's headline is its first line, if a blank line follows it and no full stop ends it.
    """
    text, encoding = decode(raw, name)
    if is_web_page(text):
        article = read_article(text, name)
        return Found(article.text, article.title, encoding)
    first, _, rest = text.strip().partition("\n")
    headline = first.strip()
    is_title = len(headline) <= 300 and headline[-1] not in ".!?…:;," and not rest.partition("\n")[0].strip()
    return Found(text, headline if is_title and rest else None, encoding)


def new_statement(found: Found, published: str | None, name: str | None = None, **passport: str | None) -> Statement:
    """The statement as it would stand in seeds/, every entry of its passport checked.

    Parameters
    ----------
    published
        The day, as 2025-11-28.
    name
        The file's name; made of the day and the headline if not given.
    passport
        `title` and `language` are found in the text if they are not given; `publisher` is needed; `place`, `url`,
        `rights`, `original_file` are kept as they are.

    Raises
    ------
    ParameterError, StatementError
        Something needed is missing or cannot be; the message says what to give.
    """
    day = known_day(published)
    kept = {key: one_line(key, value) for key, value in passport.items()}
    kept["language"] = known_language(kept.get("language"), found.text)
    kept["title"] = kept.get("title") or one_line("title", found.title)
    for needed in ("title", "publisher"):
        if not kept.get(needed):
            raise ParameterError(f"{needed}: none is given and the text shows none; give it with --{needed}.")
    if (address := kept.get("url")) and not (ADDRESS.fullmatch(address) and address.isprintable()):
        raise ParameterError(f"url: {kept['url']!r} is no address on the web; give one that begins with https://.")
    checksum = hashlib.sha256(found.text.encode()).hexdigest()
    return Statement(found.text, day, id=known_name(name, day, kept["title"] or ""), sha256=checksum, **kept)


def known_day(published: str | None) -> datetime.date:
    if not published:
        raise ParameterError("published: the day is needed, since “this year” depends on it; give it as 2025-11-28.")
    day = as_day(published)
    # what is tomorrow here may be today further east
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=14))).date()
    if day > today:
        raise ParameterError(f"published: {day} is in the future; give the day the statement was published.")
    return day


def one_line(key: str, value: str | None) -> str | None:
    """An entry without line breaks; None where nothing is said."""
    entry = " ".join((value or "").split())
    if not entry.isascii() and any(unicodedata.category(letter) == "Cs" for letter in entry):
        raise ParameterError(f"{key}: {entry!r} holds bytes that are no UTF-8; write it anew.")
    return entry or None


def known_name(name: str | None, day: datetime.date, title: str) -> str:
    """The file's name: the one given, if it is a plain one, or the day and the headline in plain letters."""
    if name is None:
        slug = plain_letters(title)
        if not slug:
            raise ParameterError(f"name: {title!r} holds no letter that a file's name could have; give one by --name.")
        return f"{day}_{slug}"
    if not NAME.fullmatch(name):
        raise ParameterError(f"name: {name!r} is no name for a file; use letters a to z, digits, - and _ alone.")
    return name


def plain_letters(title: str) -> str:
    """A headline as part of a file's name: Latin small letters, digits and underscores, whole words.

    >>> plain_letters("Ауылдағы 64 мектеп: «Жаңа ғасыр»")
    'auyldagy_64_mektep_zhanga_gasyr'
    """
    latin = unicodedata.normalize("NFC", title).lower().translate(LATIN)
    ascii_only = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", ascii_only)
    slug = "_".join(words)[: LONGEST_SLUG + 1]
    return slug.rpartition("_")[0] if len(slug) > LONGEST_SLUG and "_" in slug else slug[:LONGEST_SLUG]


def write_statement(statement: Statement) -> Path:
    """Put the text and its passport into seeds/, both or neither; the text's path.

    Raises
    ------
    AuylError
        A file of this name is there already, or this text is: a seed is never overwritten. Or it cannot be written.
    """
    folder = project.seeds()
    folder.mkdir(exist_ok=True)
    for path in sorted(folder.glob("*.txt")):
        if path.is_file() and path.read_bytes() == statement.text.encode():
            raise StatementError(
                f"this very text is in {folder} already, as {path.stem}: its figures would count twice"
            )
    text, passport = folder / f"{statement.id}.txt", folder / f"{statement.id}.yml"
    for path in (text, passport):
        if path.exists():
            raise StatementError(f"{path} is there already: a seed is never overwritten; give another --name")
    fields = ("title", "publisher", "published", "language", "place", "url", "original_file", "sha256", "rights")
    entries = {key: statement.date if key == "published" else getattr(statement, key) for key in fields}
    stated = {key: entry for key, entry in entries.items() if entry is not None}
    write_whole(passport, HEAD + yaml.safe_dump(stated, allow_unicode=True, sort_keys=False, width=2**20))
    try:
        write_whole(text, statement.text)
    except BaseException:
        passport.unlink()  # it would be in the way of another try
        raise
    return text
