"""The statement's own text with its figures marked in place, each linked to its row in the table of figures.

Nothing here needs a script, a style or a pointer: a figure is a link around a `mark`, its reading the link's title and
a line of the list that unfolds under the text, so that it shows on GitHub, in JupyterLab and on a telephone alike. What
is weakly evidenced is underlined with dots, what a person corrected with a line, wherever styles are kept; the reading
says it everywhere. All that comes from the statement is escaped.
"""

import re
from html import escape

import pandas as pd

from auyl.display.tables import Shown, programmes, quantities
from auyl.display.words import Row, figure_number, listed, names_of, period, place_name, records, stated
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
    rows = records(figures.assign(quantity=quantities(figures), programme_words=programmes(figures)))
    why = _reasons(statement)
    read = [reading(row) + (f" Corrected: {why[row['start']]}" if row["start"] in why else "") for row in rows]
    spans = [
        (row["start"], row["end"], _opening(row, told, row["start"] in why), "</mark></a>")
        for row, told in zip(rows, read, strict=True)
    ]
    if unread is not None:
        spans += [
            (row["start"], row["end"], f'<em title="left unread: {escape(row["reason"])}">', "</em>")
            for row in records(unread)
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
    page = f'{legend}<div lang="{escape(statement.language)}">\n{body}\n</div>'
    if rows:
        lines = "".join(_line(row, told, statement.text) for row, told in zip(rows, read, strict=True))
        page += f"\n<details><summary>How each figure was read</summary>\n<ul>\n{lines}</ul></details>"
    return Shown(page, statement.text)


def _line(row: Row, told: str, text: str) -> str:
    """A figure's reading in a line of its own, for who has no pointer to rest on the mark."""
    number, quote = figure_number(row["figure_id"]), text[row["start"] : row["end"]]
    return f"<li><strong>{escape(number)}</strong> “{escape(quote)}”: {escape(told)}</li>\n"


def _reasons(statement: Statement) -> dict[int, str]:
    """What a person corrected of the figure that begins there, and why, where the statement has corrections."""
    told: dict[int, list[str]] = {}
    for correction, figure, before in statement.mended.made if getattr(statement, "corrections", ()) else ():
        if figure is not None:
            was = "" if before is None or before is pd.NA else f", read as {before}"
            now = correction.value or "not stated"
            told.setdefault(figure.start, []).append(f"{correction.column}: {now}{was}: {correction.why}")
    return {start: "; ".join(reasons) for start, reasons in told.items()}


def _opening(row: Row, told: str, corrected: bool) -> str:
    number = escape(figure_number(row["figure_id"]))
    look = {"corrected": ' style="border-bottom: 2px solid"', "weak": ' style="border-bottom: 2px dotted"'}
    opened = f'<a id="mark-{number}" href="#figure-{number}" title="{escape(told)}">'
    return f"{opened}<mark{look.get('corrected' if corrected else standing(row), '')}>"


def standing(row: Row) -> str:
    """How well a figure's reading stands: "corrected", "weak" or "" for one that its own sentence carries.

    A status or unit by default is no weakness: what is told without a "will" is told as done. A programme, a place or
    years that come from further off may belong to something else.
    """
    sources = {name: row.get(column) for name, column in READINGS.items()}
    if "correction" in sources.values():
        return "corrected"
    return "weak" if any(sources[name] in WEAK for name in ("programme", "place", "years")) else ""


def reading(row: Row) -> str:
    """How one figure was read, in one line: value with bound and unit, what it is about, where, when, whence."""
    about = names_of({**row, "programme": row["programme_words"]}, "programme", "indicator")
    told = [stated(row["quantity"], row["unit"]), f"programme or policy: {about}"]
    if pd.notna(row.get("part", pd.NA)):
        told.append(f"part: {row['part']}")
    if pd.notna(row.get("place", pd.NA)):
        told.append(f"place: {place_name(row['place'])}")
    told += [str(row["status"]), f"years: {period(row['start_year'], row['end_year'])}"]
    return "; ".join(told) + _evidence(row)


def _evidence(row: Row) -> str:
    """ " (unit from its own clause; programme carried from the paragraph)", or nothing if nothing is known."""
    whence: dict[str, list[str]] = {}
    for name, column in READINGS.items():
        source = row.get(column, pd.NA)
        if pd.notna(source):
            whence.setdefault(str(source), []).append(name)
    told = [f"{listed(names)} {WHENCE.get(source, source)}" for source, names in whence.items()]
    return f" ({'; '.join(told)})" if told else ""
