"""YAML files that a user wrote: lists and names with words, nothing else.

What YAML can do beside that (tags, references, files that unfold to gigabytes) has no place in a passport or a list of
runs, and is refused in one line. Words stay words: `007`, `true` and `2025-08-28` are what was typed; nothing, `~` and
`null` are None.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

LARGEST = 1_000_000  # bytes
DEEPEST = 20  # lists within lists
NOTHING = {"", "~", "null", "Null", "NULL"}
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the compiled one is ten times as fast, and not everywhere


def read_yaml(path: Path) -> object:
    """What the file holds: a dictionary, a list, a str or None, and these within each other.

    Raises
    ------
    ValueError
        It is no such file; the message says why, in half a sentence.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise ValueError(f"it has more than {LARGEST:,} bytes")
        events = yaml.parse(raw.decode("utf-8-sig"), Loader=LOADER)
        found = [_value(events, event, 1) for event in events if isinstance(event, yaml.NodeEvent)]
    except OSError as error:
        raise ValueError(error.strerror) from None
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not UTF-8 at byte {error.start}") from None
    except yaml.YAMLError as error:
        if "nesting depth" in str(error) and isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
            # since 6.0.4 the parser stops by itself, before a value is made
            raise ValueError(f"line {error.problem_mark.line + 1} is nested more than {DEEPEST} deep") from None
        raise ValueError(" ".join(str(error).replace('in "<unicode string>", ', "at ").split())) from None
    if len(found) > 1:
        raise ValueError("it holds more than one document")
    return found[0] if found else None


def _value(events: Iterator[Any], event: Any, depth: int) -> object:
    """What the event begins, read to its end."""
    line = f"line {event.start_mark.line + 1}"
    if depth > DEEPEST:
        raise ValueError(f"{line} is nested more than {DEEPEST} deep")
    if event.anchor:  # an alias has one too
        raise ValueError(f"{line} refers to another place (& or *): write the words where they belong, or in quotes")
    if event.tag not in (None, "!"):
        raise ValueError(f"{line} has the tag {event.tag}: put words that begin with ! in quotes")
    if isinstance(event, yaml.ScalarEvent):
        return None if event.implicit[0] and event.value in NOTHING else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        return [_value(events, item, depth + 1) for item in _until(events, yaml.SequenceEndEvent)]
    found: dict[str, object] = {}
    for item in _until(events, yaml.MappingEndEvent):
        name = _value(events, item, depth + 1)
        if not isinstance(name, str):
            raise ValueError(f"{line} has a name that is no word")
        if name in found:
            raise ValueError(f"{name!r} stands twice in the list of {line}")
        found[name] = _value(events, next(events), depth + 1)
    return found


def _until(events: Iterator[Any], end: type) -> Iterator[Any]:
    while not isinstance(event := next(events), end):
        yield event
