"""The rows of a catalogue.toml, checked: what a person has added is refused in one line where it could not work.

A subject has `name`, `kind`, `spelled` and perhaps `indicators`; vocabulary/catalogue.toml says what each is for.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from auyl.errors import AuylError
from auyl.reading.lexicon import FOLDER, expand, sections
from auyl.reading.quantities import read_quantities

WORD = re.compile(r"[a-z][a-z0-9_]*")
KINDS = ("programme", "topic")
COUNTED = ("unit", "currency", "noun", "glued_unit")  # the sections of a vocabulary whose values are units
Rule = tuple[Callable[[Any], bool], str]


def _strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _texts(value: Any) -> bool:
    return _strings(value) and all(map(_is_pattern, value))


def _is_pattern(text: str) -> bool:
    """Whether it holds a word to look for, and every brace has its other half."""
    try:
        return all(re.search(r"\w", spelling) for spelling in expand(text)) and "}" not in "".join(expand(text))
    except ValueError:
        return False


TEXT: Rule = (lambda value: isinstance(value, str) and bool(value.strip()), "must be a text")
TEXTS: Rule = (_texts, 'must be a list of words or phrases, such as ["road{,s}", "roadwork*"]')
SUBJECT: dict[str, Rule] = {
    "name": TEXT,
    "kind": (lambda value: value in KINDS, f"must be one of {', '.join(KINDS)}"),
    "spelled": (lambda value: _texts(value) and bool(value), f"{TEXTS[1]}, one at least"),
    "indicators": (lambda value: isinstance(value, dict), "must be a table of indicators"),
    "country": (lambda value: isinstance(value, str) and len(value) == 2, 'must be two letters, such as "KZ"'),
}
INDICATOR: dict[str, Rule] = {
    "units": (
        lambda value: _strings(value) and bool(value),
        'must be a list of units, such as ["money"] or ["project"]',
    ),
    "near": TEXTS,
    "unless": TEXTS,
    "alone": (lambda value: isinstance(value, bool), "must be true or false"),
}


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
    for problem in problems(rows):
        raise AuylError(f"the catalogue {path}: {problem}")
    return rows


def problems(rows: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the rows, one sentence each."""
    for id, row in rows.items():
        if not WORD.fullmatch(id):
            yield f"[{id}]: an id is lower-case letters, digits and _ alone"
        elif not isinstance(row, dict):
            yield f"{id} is no subject: begin one with a line [{id}]"
        else:
            yield from _entries(f"[{id}]", row, SUBJECT, ("name", "kind", "spelled"))
            indicators = row.get("indicators")
            for name, rule in indicators.items() if isinstance(indicators, dict) else ():
                yield from _indicator(f"[{id}] indicator {name}", rule)


def _entries(where: str, row: dict[str, Any], rules: dict[str, Rule], needed: tuple[str, ...]) -> Iterator[str]:
    for key, value in row.items():
        if key not in rules:
            yield f"{where} has an entry {key!r}: there are {', '.join(rules)}"
        elif not rules[key][0](value):
            yield f"{where}: {key} {value!r} {rules[key][1]}"
    if missing := [key for key in needed if key not in row]:
        yield f"{where} lacks {', '.join(missing)}"


def _indicator(where: str, rule: Any) -> Iterator[str]:
    if not isinstance(rule, dict):
        yield f'{where} is no table: write {{ units = ["project"] }}'
        return
    wrong = list(_entries(where, rule, INDICATOR, ("units",)))
    yield from wrong
    for unit in () if wrong else rule["units"]:
        if unit != "money" and unit not in _known_units() and (read := _unit_as_read(unit)) != unit:
            yield f"{where}: no figure has the unit {unit!r}" + (f": write {read!r}" if read else "")


@cache
def _known_units() -> set[str]:
    """Every unit that a vocabulary names."""
    found = set()
    for path in FOLDER.glob("*.toml"):
        if path.name != "catalogue.toml":
            rows = tomllib.loads(path.read_text(encoding="utf-8"))
            found |= {value for kind, _, value in sections(rows) if kind in COUNTED and isinstance(value, str)}
    return found


def _unit_as_read(unit: str) -> str | None:
    """The unit that English words have when they stand after a number: any noun may, in its singular."""
    found = read_quantities(f"1 {unit}", "en")  # after 1 a noun is taken as it stands
    read = found[0].unit if len(found) == 1 else None
    return read if read and read.isascii() else None
