"""The catalogue, vocabulary/catalogue.toml: which programme or policy a figure is about, and which indicator of it.

Its rows, and those of a collection's own catalogue.toml, are checked: one that could not work is refused in one line.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from auyl.errors import AuylError
from auyl.project import own_catalogue
from auyl.reading.lexicon import FOLDER, Lexicon, Mark, Reading, expand, sections
from auyl.reading.places import add_places
from auyl.reading.programmes import Programme
from auyl.reading.quantities import Quantity, read_quantities
from auyl.reading.sentences import Clauses

BESIDE = 8  # steps: an `unless` word further off speaks of something else
ID = re.compile(r"[a-z][a-z0-9_]*")
COUNTED = ("unit", "currency", "noun", "glued_unit")  # the sections of a vocabulary whose values are units


class Indicator(NamedTuple):
    """What counts as an indicator: its units ("money" for any currency) and the words asked for and ruled out."""

    name: str
    units: frozenset[str]
    near: frozenset[str]
    unless: frozenset[str]
    alone: bool  # the words asked for suffice where the subject itself is not named


class Subject(NamedTuple):
    id: str
    name: str
    programme: bool
    indicators: tuple[Indicator, ...]
    country: str | None = None  # ISO 3166-1: whose statements alone speak of it


class Named(NamedTuple):
    """What a text names: subjects of the catalogue, words that indicators ask for, places as (kind, code)."""

    subjects: list[Mark]
    cues: list[Mark]
    places: list[Mark]


class Catalogue:
    """The subjects by their id, and the words that name them, ready to be looked for."""

    def __init__(self, rows: dict[str, Any]):
        self.subjects: dict[str, Subject] = {}
        self.known: dict[str, Programme] = {}
        self.lexicon = Lexicon({"endings": r"[^\W\d_]{0,8}"})
        for id, row in rows.items():
            indicators = []
            for name, rule in row.get("indicators", {}).items():
                units, near, unless = (frozenset(rule.get(key, ())) for key in ("units", "near", "unless"))
                indicators.append(Indicator(name, units, near, unless, rule.get("alone", False)))
                for word in (*rule.get("near", ()), *rule.get("unless", ())):
                    self.lexicon.add(f"cue {word}", word, word)
            lasting = row["kind"] == "programme"
            self.subjects[id] = Subject(id, row["name"], lasting, tuple(indicators), row.get("country"))
            self.known[id] = Programme(row["name"], id, lasting, "project" if lasting else None)
            for spelling in row["spelled"]:
                self.lexicon.add("subject", spelling, id)
        add_places(self.lexicon)

    def read(self, reading: Reading) -> Named:
        """Where the text names a subject, holds a word that an indicator asks for, or names a place of places.toml."""
        named = Named([], [], [])
        for kind, marks in self.lexicon.scan(reading.tokens)[0].items():
            if kind == "subject":
                named.subjects.extend(marks.values())
            elif kind.startswith("place "):
                of = kind.removeprefix("place ")
                named.places.extend(mark._replace(value=(of, mark.value)) for mark in marks.values())
            else:
                named.cues.extend(marks.values())
        return Named(*(sorted(marks, key=lambda mark: mark.start) for marks in named))

    def serving(self, country: str | None) -> "Catalogue":
        """The subjects that a statement of this country may speak of; all of them where its country is not known."""
        kept = {id: s for id, s in self.subjects.items() if country is None or s.country in (None, country)}
        if len(kept) == len(self.subjects):
            return self
        served = copy(self)
        served.subjects = kept
        return served

    def programmes(self, subjects: list[Mark], others: list[Mark]) -> list[Mark]:
        """Where a text names subjects or other programmes, in order; each mark's value is a `Programme`."""
        known = [mark._replace(value=self.known[mark.value]) for mark in subjects if mark.value in self.subjects]
        return sorted([*known, *others], key=lambda mark: mark.start)


@cache
def load(own: Path | None, changed: int) -> Catalogue:
    """The project's catalogue with the subjects of a collection's own; one of the same id takes the other's place."""
    return Catalogue(read_rows(FOLDER / "catalogue.toml") | (read_rows(own) if own else {}))


def catalogue() -> Catalogue:
    """The catalogue of the collection one works in; read once, and again when its own file has changed."""
    own = own_catalogue()
    return load(own, own.stat().st_mtime_ns if own else 0)


def subject_name(id: str) -> str:
    """The name of a subject as tables and charts print it; the id itself if the catalogue has no such subject.

    >>> subject_name("auyl_el_besigi")
    'Auyl – Yel besigi'
    """
    subject = catalogue().subjects.get(id)
    return subject.name if subject else id


def fitting(q: Quantity, subject: Subject, cues: Sequence[Mark], clauses: Clauses) -> tuple[Indicator, bool] | None:
    """The subject's indicator that the figure gives, judged by its unit and the words nearest to it.

    The flag tells whether a word asked for was found; an indicator that asks for none needs none.
    """
    best: tuple[int, Indicator, bool] | None = None
    for indicator in subject.indicators:
        if q.unit not in indicator.units and not (q.kind == "money" and "money" in indicator.units):
            continue
        if any(cue.value in indicator.unless and clauses.steps(cue, q) <= BESIDE for cue in cues):
            continue
        if not indicator.near:
            return indicator, False
        near = [clauses.steps(cue, q) for cue in cues if cue.value in indicator.near]
        if near and (best is None or min(near) < best[0]):
            best = (min(near), indicator, True)
    return best[1:] if best else None


# ---- What a row may hold --------------------------------------------------------------------------------------------


def read_rows(path: Path) -> dict[str, Any]:
    """The subjects of a catalogue by their id, as the file has them.

    Raises
    ------
    AuylError
        The file cannot be read, or a row of it cannot work; the message names the subject and the entry.
    """
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise AuylError(f"the catalogue {path} cannot be read: {error}") from None
    for problem in _problems(rows):
        raise AuylError(f"the catalogue {path}: {problem}")
    return rows


def _are_strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _are_texts(value: Any) -> bool:
    """Whether each holds a word to look for, and every brace has its other half."""
    try:
        found = [spelling for text in value for spelling in expand(text)] if _are_strings(value) else [""]
    except ValueError:
        return False
    return all(re.search(r"\w", spelling) and "}" not in spelling for spelling in found)


# Of each key: what its value must be, in code and in words; the first of a table are those that no row may lack.
Rules = dict[str, tuple[Callable[[Any], Any], str]]
TEXTS = (_are_texts, 'must be a list of words or phrases, such as ["road{,s}", "roadwork*"]')
SUBJECT: Rules = {
    "name": (lambda value: isinstance(value, str) and value.strip(), "must be a text"),
    "kind": (lambda value: value in ("programme", "topic"), "must be one of programme, topic"),
    "spelled": (lambda value: value and _are_texts(value), f"{TEXTS[1]}, one at least"),
    "indicators": (lambda value: isinstance(value, dict), "must be a table of indicators"),
    "country": (lambda value: isinstance(value, str) and len(value) == 2, 'must be two letters, such as "KZ"'),
}
INDICATOR: Rules = {
    "units": (lambda value: value and _are_strings(value), 'must be a list of units, such as ["money"] or ["project"]'),
    "near": TEXTS,
    "unless": TEXTS,
    "alone": (lambda value: isinstance(value, bool), "must be true or false"),
}


def _problems(rows: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the rows, one sentence each."""
    for id, row in rows.items():
        if not ID.fullmatch(id):
            yield f"[{id}]: an id is lower-case letters, digits and _ alone"
        elif not isinstance(row, dict):
            yield f"{id} is no subject: begin one with a line [{id}]"
        else:
            yield from _entries(f"[{id}]", row, SUBJECT, 3)
            for name, rule in row.get("indicators", {}).items():
                where = f"[{id}] indicator {name}"
                if not isinstance(rule, dict):
                    yield f'{where} is no table: write {{ units = ["project"] }}'
                    return
                yield from _entries(where, rule, INDICATOR, 1)
                yield from (f"{where}: {told}" for unit in rule["units"] if (told := _no_unit(unit)))


def _entries(where: str, row: dict[str, Any], rules: Rules, needed: int) -> Iterator[str]:
    for key, value in row.items():
        if key not in rules:
            yield f"{where} has an entry {key!r}: there are {', '.join(rules)}"
        elif not rules[key][0](value):
            yield f"{where}: {key} {value!r} {rules[key][1]}"
    if missing := [key for key in list(rules)[:needed] if key not in row]:
        yield f"{where} lacks {', '.join(missing)}"


def _no_unit(unit: str) -> str | None:
    """Why no figure has this unit; None where one may: of English words any noun may be one, in its singular."""
    if unit == "money" or unit in _known_units():
        return None
    found = read_quantities(f"1 {unit}", "en")  # after 1 a noun is taken as it stands
    read = found[0].unit if len(found) == 1 else None
    if read == unit:
        return None
    return f"no figure has the unit {unit!r}" + (f": write {read!r}" if read and read.isascii() else "")


@cache
def _known_units() -> set[str]:
    """Every unit that a vocabulary names."""
    rows = [tomllib.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.toml")]
    found = [(kind, value) for table in rows for kind, _, value in sections(table)]
    return {value for kind, value in found if kind in COUNTED and isinstance(value, str)}
