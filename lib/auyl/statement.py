"""Seeds and passports: an official text as it was published, and who said it, when and in which language.

A seed is `seeds/<id>.txt`, never edited; its passport is `seeds/<id>.yml`, and what a person has corrected of its
reading stands in `seeds/<id>.corrections.csv`.
"""

import datetime
import hashlib
import re
from contextlib import nullcontext
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from auyl import project
from auyl.errors import StatementError
from auyl.reading.corrections import ENDING, Correction, Mended, mend, read_corrections
from auyl.reading.document import Document
from auyl.reading.language import language_of
from auyl.reading.lexicon import LANGUAGES
from auyl.yaml_files import read_yaml

ID = re.compile(r"[\w-][\w.-]*")
REQUIRED = ("title", "publisher", "published", "language")
LARGEST = 20_000_000  # bytes; a statement is a text somebody wrote


@dataclass(frozen=True)
class Statement:
    """A text and its passport. `date` is the day it was published: relative periods resolve against it.

    `Statement("Over 170 projects …", date="2024-01-12")` makes one without a file, in the language that its words
    show. `country` is an ISO 3166 code of two letters: of the passport, else as the text shows, else None.
    """

    text: str
    date: datetime.date
    language: str = ""
    id: str = "statement"
    title: str | None = None
    publisher: str | None = None
    place: str | None = None
    country: str | None = None
    url: str | None = None
    original_file: str | None = None
    sha256: str | None = None
    rights: str | None = None
    corrections: tuple[Correction, ...] = ()

    if TYPE_CHECKING:  # what may be given: a day in words too, and a language or none

        def __init__(
            self, text: str, date: datetime.date | str, language: str | None = None, id: str = "", **passport: Any
        ) -> None: ...

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise StatementError(f"the text is a {type(self.text).__name__}: give the words of the statement")
        object.__setattr__(self, "date", as_day(self.date))
        known = ", ".join(LANGUAGES)
        if not self.language:
            if (found := language_of(self.text)) is None:
                raise StatementError(f"the text does not show its language: give language=, one of {known}")
            object.__setattr__(self, "language", found)
        if self.language not in LANGUAGES:
            raise StatementError(f"the language {self.language!r} has no vocabulary: those that have one are {known}")

    @cached_property
    def document(self) -> Document:
        """What was read of the text, once for all that is made of it; its figures have the corrections made."""
        document = Document(self.text, self.date, self.language, self.country)
        if self.corrections:
            document.figures = self.mended.figures
        return document

    @cached_property
    def mended(self) -> Mended:
        """The figures with the corrections made, what each correction changed, and the pairs that are confirmed."""
        document = Document(self.text, self.date, self.language, self.country)
        return mend(document, self.corrections, self.id)

    @property
    def sentences(self) -> list[tuple[int, int]]:
        """The start and end of each sentence in the text, in order."""
        tokens = self.document.reading.tokens
        return [(tokens[s.start].start, tokens[s.end - 1].end) for s in self.document.sentences]


def as_day(date: object) -> datetime.date:
    """The day that a date, a moment or "2025-08-28" names."""
    if isinstance(date, datetime.datetime):
        return date.date()
    if isinstance(date, datetime.date):
        return date
    try:
        return datetime.date.fromisoformat(date if isinstance(date, str) else "")
    except ValueError:
        raise StatementError(f"the date {date!r} is no day: write it as 2025-08-28") from None


def read_statement(source: str | Path) -> Statement:
    """The statement with this id in seeds/, or the one at this path of a .txt file with its .yml beside it.

    Raises
    ------
    StatementError
        There is no such statement, or its passport is missing, unreadable or does not fit the text; or a line of its
        corrections does not.
    """
    path = find(source)
    passport = read_passport(path.with_suffix(".yml"))
    raw = read_bytes(path)
    checksum = hashlib.sha256(raw).hexdigest()
    if passport.setdefault("sha256", checksum) != checksum:
        raise StatementError(
            f"{path.name} is not the text its passport describes: its checksum is {checksum[:12]}…, the passport says "
            f"{str(passport['sha256'])[:12]}…; put the published text back, or correct the passport"
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StatementError(f"{path.name} is not UTF-8 at byte {error.start}: save it as UTF-8") from None
    if not text.strip():
        raise StatementError(f"{path.name} is empty: put the statement's text into it")
    file = path.with_suffix(ENDING)
    corrections = read_corrections(read_bytes(file), file.name, text) if file.is_file() else ()
    known = {field.name for field in fields(Statement)} & passport.keys() - {"text", "date", "id", "corrections"}
    named = {key: passport[key] for key in known}
    return Statement(text=text, date=passport["published"], id=path.stem, corrections=corrections, **named)


def statement_ids() -> list[str]:
    """The ids of the statements in seeds/, the newest first."""
    return [id for _, id in _dated()]


def newest_statement() -> tuple[str, str]:
    """The newest statement's id, and the sentence that names the others of its day; nothing where it has none.

    Raises
    ------
    StatementError
        seeds/ is empty.
    """
    if not (dated := _dated()):
        raise StatementError(f"There is no statement in {project.seeds()}: put a text and its passport there.")
    day, newest = dated[0]
    same = [id for other, id in dated if other == day]
    return newest, f"Of one day are {', '.join(same)}: {newest} is taken; name another." if same[1:] else ""


def _dated() -> list[tuple[str, str]]:
    """Day and id of the statements in seeds/, the newest first; no day where a passport cannot be read."""
    dated = []
    for path in project.seeds().glob("*.txt"):
        if path.is_file():
            try:
                day = str(read_passport(path.with_suffix(".yml"))["published"])
            except StatementError:  # reading the statement will say so
                day = ""
            dated.append((day, path.stem))
    return sorted(dated, reverse=True)


def find(source: str | Path) -> Path:
    """The seed's file: an id never leaves seeds/, a path is one that was given as such."""
    given = str(source)
    if isinstance(source, Path) or given.endswith(".txt"):
        if Path(source).is_file():
            return Path(source)
        raise StatementError(f"there is no statement at {given!r}: name a .txt file or an id in {project.seeds()}")
    if not ID.fullmatch(given) or ".." in given:
        raise StatementError(f"{given!r} is no statement's id: an id is the name of a file in seeds/ without its .txt")
    path = project.seeds() / f"{given}.txt"
    if not path.is_file():
        names = ", ".join(statement_ids()) or "none yet"
        raise StatementError(f"there is no statement {given!r} in {project.seeds()}: those there are {names}")
    return path


def read_bytes(source: Path | BinaryIO) -> bytes:
    """The bytes of a file, or of an open one, no more than a statement may have."""
    with source.open("rb") if isinstance(source, Path) else nullcontext(source) as file:
        raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise StatementError(f"{source.name} is too large: a statement has at most {LARGEST:,} bytes")
    return raw


def read_passport(path: Path) -> dict[str, Any]:
    """What a passport says, as words, its date a date; what it leaves empty is not in it.

    Raises StatementError where it is missing, is no YAML, or lacks what every passport needs.
    """
    if not path.is_file():
        raise StatementError(f"{path.stem} has no passport: write {path.name} with {', '.join(REQUIRED)}")
    try:
        passport = read_yaml(path)
    except ValueError as error:
        raise StatementError(f"the passport {path.name} cannot be read: {error}") from None
    if not isinstance(passport, dict):
        raise StatementError(f"the passport {path.name} is no list of `name: value` lines")
    passport = {key: value for key, value in passport.items() if value not in (None, "")}
    for key, value in passport.items():
        if isinstance(value, dict | list):
            raise StatementError(f"the passport {path.name} has a list as {key}: write its words, in quotes if need be")
    if missing := [key for key in REQUIRED if key not in passport]:
        raise StatementError(f"the passport {path.name} lacks {', '.join(missing)}")
    day, language = passport["published"], passport["language"]
    try:
        passport["published"] = datetime.datetime.fromisoformat(day).date()
    except ValueError:
        told = f"the passport {path.name} says published {day[:40]!r}: write a day as 2025-08-28"
        raise StatementError(told) from None
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise StatementError(f"the passport {path.name} says language {language[:40]!r}: known are {known}")
    return passport
