"""The statement's own text with its figures marked in place, each linked to its row in the table of figures.

Nothing here needs a script or a style: a figure is a link around a `mark`, its reading the link's title, so that it
shows on GitHub, in JupyterLab and in a report alike. All that comes from the statement is escaped.
"""

import re
from collections.abc import Mapping
from html import escape

import pandas as pd

from auyl.bounds import from_row
from auyl.display.tables import Shown, figure_number, period, plain, readable, subject_words
from auyl.statement import Statement


def marked_text(statement: Statement, figures: pd.DataFrame, unread: pd.DataFrame | None = None) -> Shown:
    """The text of `statement` with its `figures` marked, and the numbers left `unread` in italics with the reason.

    Each mark is `mark-07`, leads to the row `figure-07` and says on hover how it was read.
    """
    spans = [(row["start"], row["end"], _opening(row), "</mark></a>") for row in figures.to_dict("records")]
    if unread is not None:
        spans += [
            (row["start"], row["end"], f'<em title="left unread: {escape(row["reason"])}">', "</em>")
            for row in unread.to_dict("records")
        ]
    html, at = [], 0
    for start, end, before, after in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < at:  # inside a mark that is open already: two links cannot lie in each other
            continue
        html += [escape(statement.text[at:start]), before, escape(statement.text[start:end]), after]
        at = end
    html.append(escape(statement.text[at:]))
    paragraphs = ["<br>\n".join(part.splitlines()) for part in re.split(r"(?:\r\n?|\n)\s*(?:\r\n?|\n)", "".join(html))]
    body = "\n".join(f"<p>{part}</p>" for part in paragraphs if part.strip())
    return Shown(f'<div lang="{escape(statement.language)}">\n{body}\n</div>', statement.text)


def _opening(row: Mapping[str, object]) -> str:
    number = escape(figure_number(row["figure_id"]))
    return f'<a id="mark-{number}" href="#figure-{number}" title="{escape(reading(row))}"><mark>'


def reading(row: Mapping[str, object]) -> str:
    """How one figure was read, in one line: value with its bound and unit, what it is about, status, years."""
    unit = "" if pd.isna(row["unit"]) else f" {plain(row['unit'])}"
    indicator = "" if pd.isna(row["indicator"]) else f", {plain(row['indicator'])}"
    about = f"{subject_words(row['subject'])}{indicator}"
    years = period(row["start_year"], row["end_year"])
    return f"{readable(from_row(row))}{unit}; programme or policy: {about}; {row['status']}; years: {years}"
