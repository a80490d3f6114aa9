"""The statement's own text with its figures marked in place, each linked to its row in the table of figures.

Nothing here needs a script or a style: a figure is a link around a `mark`, its reading the link's title, so that it
shows on GitHub, in JupyterLab and in a report alike. What is weakly evidenced is underlined with dots, what a person
corrected with a line, wherever styles are kept; the title says it everywhere. All that comes from the statement is
escaped.
"""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd

from auyl.bounded import exact
from auyl.display.tables import Shown, figure_number, period, plain, programmes, readings
from auyl.display.words import listed, noun
from auyl.statement import Statement

READINGS = {  # what was read, and the column that says where it comes from
    "unit": "unit_from",
    "programme": "subject_from",
    "place": "place_from",
    "years": "years_from",
    "status": "status_from",
}
WEAK = ("paragraph", "title", "passport", "default")
WHENCE = {
    "clause": "from its own clause",
    "sentence": "from its sentence",
    "paragraph": "carried from the paragraph",
    "title": "carried from the title",
    "passport": "taken from the statement's passport",
    "default": "assumed, as the text does not say",
    "correction": "corrected by hand",
}


def marked_text(statement: Statement, figures: pd.DataFrame, unread: pd.DataFrame | None = None) -> Shown:
    """The text of `statement` with its `figures` marked, and the numbers left `unread` in italics with the reason.

    Each mark is `mark-07`, leads to the row `figure-07` and says on hover how it was read and where each reading comes
    from: "unit from its own clause; programme carried from the paragraph". A figure whose programme, years or place is
    carried from further away than its sentence is dotted; one that was corrected says so.
    """
    rows = figures.assign(value_words=readings(figures), programme_words=programmes(figures)).to_dict("records")
    why = _reasons(statement)
    spans = [(row["start"], row["end"], _opening(row, why.get(row["start"], "")), "</mark></a>") for row in rows]
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
    legend = "<p>Underlined: corrected by hand.</p>\n" if why else ""
    return Shown(f'{legend}<div lang="{escape(statement.language)}">\n{body}\n</div>', statement.text)


def _reasons(statement: Statement) -> dict[int, str]:
    """What a person corrected of the figure that begins there, and why, where the statement has corrections."""
    told: dict[int, list[str]] = {}
    for correction, figure, before in statement.mended.made if getattr(statement, "corrections", ()) else ():
        if figure is not None:
            was = "" if before is None or before is pd.NA else f", read as {before}"
            now = correction.value or "not stated"
            told.setdefault(figure.start, []).append(f"{correction.column}: {now}{was}: {correction.why}")
    return {start: "; ".join(reasons) for start, reasons in told.items()}


def _opening(row: Mapping[Any, Any], why: str) -> str:
    number = escape(figure_number(row["figure_id"]))
    look = {"corrected": ' style="border-bottom: 2px solid"', "weak": ' style="border-bottom: 2px dotted"'}
    title = reading(row) + (f" Corrected: {why}" if why else "")
    opened = f'<a id="mark-{number}" href="#figure-{number}" title="{escape(title)}">'
    return f"{opened}<mark{look.get('corrected' if why else standing(row), '')}>"


def standing(row: Mapping[Any, Any]) -> str:
    """How well a figure's reading stands: "corrected", "weak" or "" for one that its own sentence carries.

    A status or unit by default is no weakness: what is told without a "will" is told as done. A programme, a place or
    years that come from further off may belong to something else.
    """
    sources = {name: row.get(column) for name, column in READINGS.items()}
    if "correction" in sources.values():
        return "corrected"
    return "weak" if any(sources[name] in WEAK for name in ("programme", "place", "years")) else ""


def reading(row: Mapping[Any, Any]) -> str:
    """How one figure was read, in one line: value with bound and unit, what it is about, where, when, whence."""
    indicator = "" if pd.isna(row["indicator"]) else f", {plain(row['indicator'])}"
    told = [
        f"{row['value_words']} {noun(row['unit'], exact(row['value']))}".strip(),
        f"programme or policy: {row['programme_words']}{indicator}",
        *(f"{name}: {row[name]}" for name in ("part", "place") if pd.notna(row.get(name, pd.NA))),
        str(row["status"]),
        f"years: {period(row['start_year'], row['end_year'])}",
    ]
    return "; ".join(told) + _evidence(row)


def _evidence(row: Mapping[Any, Any]) -> str:
    """ " (unit from its own clause; programme carried from the paragraph)", or nothing if nothing is known."""
    whence: dict[str, list[str]] = {}
    for name, column in READINGS.items():
        source = row.get(column, pd.NA)
        if pd.notna(source):
            whence.setdefault(str(source), []).append(name)
    told = [f"{listed(names)} {WHENCE.get(source, source)}" for source, names in whence.items()]
    return f" ({'; '.join(told)})" if told else ""
