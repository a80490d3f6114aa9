"""Sentences computed from the measures' tables: what a notebook says first, and what a chart says above itself.

The start notebook, each notebook's own first screen and the charts' headlines call the same functions, so they cannot
disagree, and a rerun leaves no stale prose. Bounds are worded by `bounds.in_words` alone.
"""

from html import escape

import pandas as pd

from auyl.bounds import Bounded, in_words
from auyl.tables import NOT_STATED, START, Shown, period, quantity, readable

CURRENCIES = {"KZT": "tenge", "USD": "US dollars", "EUR": "euros", "RUB": "roubles", "GBP": "pounds", "CNY": "yuan"}


def in_short(text: str) -> Shown:
    """The answer in a sentence or two, as the first thing a notebook shows."""
    return Shown(f"<p><strong>In short.</strong> {escape(text)}</p>", f"In short. {text}")


def overview(headlines: dict[str, tuple[str, str]]) -> Shown:
    """What each notebook finds: file name to (title, its sentence)."""
    items = [f'<li><a href="{escape(file)}">{escape(title)}</a> {escape(text)}</li>' for file, (title, text) in headlines.items()]
    return Shown("<ul>\n" + "\n".join(items) + "\n</ul>", "\n".join(f"{title} {text}" for title, text in headlines.values()))


def cited(statement: object) -> str:
    """Publisher and date as a source line names them: "The Europe Today, 28 August 2025"."""
    date = f"{statement.date.day} {statement.date:%B %Y}"
    return f"{statement.publisher}, {date}" if statement.publisher else f"statement of {date}"


def records(table: pd.DataFrame) -> list[dict]:
    return table.to_dict("records")
