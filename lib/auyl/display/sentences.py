"""The templates of sentences.toml, filled: nowhere else does a sentence become words."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def templates() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))


def say(name: str, /, n: Any = None, **fields: Any) -> str:
    """A template with its fields put in; of one that has forms, the form for `n`.

    >>> say("changes.both", earlier="701 billion", later="690 billion")
    '“701 billion” then, “690 billion” now'
    >>> say("answer.given", 0), say("answer.given", 15)
    ('The statement gives no figures.', 'The statement gives 15 figures.')
    """
    section, _, entry = name.partition(".")
    template = templates()[section][entry]
    if not isinstance(template, str):
        template = template.get({0: "none", 1: "one"}.get(n, "many"), template["many"])
    return str(template.format(n=n, **fields))


def known(name: str) -> bool:
    """Whether there is such a template."""
    section, _, entry = name.partition(".")
    return entry in templates().get(section, {})
