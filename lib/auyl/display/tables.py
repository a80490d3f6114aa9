"""How a table is shown to a reader: one function, `show`, and the words that numbers, periods and bounds become.

Own HTML, because neither library fits: Great Tables brings a style block of fixed colours that GitHub strips and dark
pages fight, pandas' Styler gives no `scope` and no anchors on rows, and random ids. Here are a caption, scopes, right-
aligned numbers and anchors, in markup that every viewer keeps; colours are the page's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import pandas as pd
from pandas.api.types import is_bool_dtype, is_integer_dtype, is_numeric_dtype

from auyl.bounds import Bounded, from_row, in_words
from auyl.reading.subjects import subject_name

NOT_STATED = "not stated"
THIN_SPACE = "\u202f"  # narrow and no-break: 25 000 stays on one line
MAGNITUDES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
COUNTS = {"projects", "villages", "villages_total", "assumed_projects", "assumed_villages_a_year"}  # printed whole
START = "00_start_here.ipynb"


@dataclass(frozen=True)
class Shown:
    """A piece of a page: HTML for viewers, plain text for terminals, tests and those who copy it."""

    html: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}


def show(table: pd.DataFrame, caption: str, columns: Mapping[str, str], decimals: int = 1, here: bool = False) -> Shown:
    """The table as a reader sees it, in the order it has.

    Parameters
    ----------
    table
        Any of the library's tables. `x` with `x_low`, `x_high` and `x_bound` (or one `bound`) prints as one number in
        words: "at least 116.8". Columns of years print without a separator, `figure_id` and `…_id` as links to the
        figure's words in the text. Missing prints "not stated".
    columns
        Which columns, in which order, under which heading; the unit belongs in the heading. `years` is made of
        `start_year` and `end_year` where the table has them. The first column names the row.
    decimals
        Of numbers that are not whole counts.
    here
        The figures' marks are on this very page; each row becomes the target of its mark's link.
    """
    rows = table.to_dict("records")
    numeric = {name: _is_number(table, name) for name in columns}
    head = "".join(f'<th scope="col"{_align(numeric[name])}>{escape(title)}</th>' for name, title in columns.items())
    lines, texts = [], []
    for row in rows:
        words = {name: cell(table, row, name, decimals) for name in columns}
        texts.append(words)
        anchor = f' id="figure-{figure_number(row["figure_id"])}"' if here and "figure_id" in row else ""
        cells = []
        for n, name in enumerate(columns):
            kind = "th" if n == 0 else "td"
            scope = ' scope="row"' if n == 0 else ""
            inner = _links(row[name], here) if _is_id(name) else escape(words[name])
            cells.append(f"<{kind}{scope}{_align(numeric[name])}>{inner}</{kind}>")
        lines.append(f"<tr{anchor}>{''.join(cells)}</tr>")
    if not rows:
        lines = [f'<tr><td colspan="{len(columns)}">none</td></tr>']
    html = (
        f"<table>\n<caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n"
        + "\n".join(lines)
        + "\n</tbody>\n</table>"
    )
    words = pd.DataFrame([list(t.values()) for t in texts], columns=list(columns.values()), dtype="object")
    return Shown(html, f"{caption}\n{words.to_string(index=False) if rows else 'none'}")


def cell(table: pd.DataFrame, row: Mapping[str, object], name: str, decimals: int = 1) -> str:
    """One entry in words; see `show`."""
    if name == "years" and "start_year" in row:
        return period(row["start_year"], row["end_year"])
    entry = row[name]
    if _is_id(name):
        return ", ".join(figure_number(i) for i in _ids(entry)) or NOT_STATED
    if isinstance(entry, str):
        return plain(entry) if name in ("indicator", "unit") else entry
    if pd.isna(entry):
        return NOT_STATED
    if not _is_number(table, name):
        return str(entry)
    if name.endswith("year") and is_integer_dtype(table[name].dtype):
        return str(int(entry))
    whole = is_integer_dtype(table[name].dtype) or name in COUNTS
    return spaced(in_words(quantity(row, name), 0 if whole else decimals))


def quantity(row: Mapping[str, object], name: str) -> Bounded:
    """The quantity `name` of a row, its bound in `name_bound` or, in a table of one measure, in `bound`."""
    if f"{name}_bound" in row or f"{name}_low" not in row:
        return from_row(row, name)
    return from_row(row, name, bound_column="bound")


def spaced(words: str) -> str:
    """Thousands apart by a thin space, as tables have them: "25,000" becomes "25 000"."""
    return words.replace(",", THIN_SPACE) if any(c.isdigit() for c in words) and ", " not in words else words


def period(start: object, end: object, missing: str = NOT_STATED) -> str:
    """Years in words: "2019–2024", "2025", or "not stated"."""
    if pd.isna(start) or pd.isna(end):
        return missing
    return str(int(start)) if start == end else f"{int(start)}–{int(end)}"


def readable(amount: Bounded) -> str:
    """A quantity with the magnitude a reader would use: "at most 450 billion", "25,000", "3.5".

    >>> from auyl.bounds import at_most, exact
    >>> readable(at_most(450e9)), readable(exact(25_000)), readable(exact(3.5)), readable(exact(1_125_200_000))
    ('at most 450 billion', '25,000', '3.5', '1.1252 billion')
    """
    if not amount.stated:
        return NOT_STATED
    size, name = next(((size, name) for size, name in MAGNITUDES if abs(amount.value) >= size), (1.0, ""))
    parts = [None if part is None else part / size for part in (amount.value, amount.low, amount.high)]
    scaled = Bounded(*parts, amount.bound)
    digits = [_decimals(part) for part in parts if part is not None]
    return f"{in_words(scaled, max(digits))} {name}".strip()


def _decimals(number: float) -> int:
    text = f"{number:.4f}".rstrip("0")
    return len(text.partition(".")[2])


def figure_number(figure_id: str) -> str:
    """The figure's place in its statement, as it was numbered: "07"."""
    return figure_id.rpartition("#")[2]


def behind(table: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """The rows of `figures` that the columns of ids in `table` name: what a measure was made from."""
    named = {i for column in table if _is_id(column) for entry in table[column].dropna() for i in _ids(entry)}
    return figures[figures["figure_id"].isin(named)]


def figures(table: pd.DataFrame, caption: str, here: bool = False) -> Shown:
    """Rows of the table of figures: what was printed, and what was read in it. `here` is as in `show`."""
    shown = table.assign(
        value_words=[spaced(readable(from_row(row))) for row in table.to_dict("records")],
        subject_name=[subject_words(s) for s in table["subject"]],
        indicator=[plain(i) for i in table["indicator"]],
        unit=[plain(u) for u in table["unit"]],
    )
    columns = {
        "figure_id": "Figure",
        "quote": "As printed",
        "value_words": "Read as",
        "unit": "Unit",
        "subject_name": "Programme or policy",
        "indicator": "Indicator",
        "status": "Status",
        "years": "Years",
    }
    return show(shown, caption, columns, here=here)


def subject_words(subject: object) -> str:
    """The printed name of a subject of the catalogue."""
    return "none in the catalogue" if pd.isna(subject) else subject_name(str(subject))


def plain(name: object) -> str:
    """A name of the tables as words: "share of GDP", "percentage point", "not stated"."""
    return NOT_STATED if pd.isna(name) else str(name).replace("_", " ").replace("gdp", "GDP")


def _is_id(name: str) -> bool:
    return name == "figure_id" or name.endswith(("_id", "_ids")) or name == "ids"


def _ids(entry: object) -> list[str]:
    """The figure ids in an entry: one, several between commas, a list, or none."""
    if isinstance(entry, str):
        return [part.strip() for part in entry.split(",") if part.strip()]
    if isinstance(entry, list | tuple):
        return [str(part) for part in entry]
    return []


def _links(entry: object, here: bool) -> str:
    page = "" if here else START
    links = [f'<a href="{page}#mark-{n}">{n}</a>' for n in (escape(figure_number(i)) for i in _ids(entry))]
    return ", ".join(links) or NOT_STATED


def _is_number(table: pd.DataFrame, name: str) -> bool:
    if name == "value_words":
        return True
    return name in table and is_numeric_dtype(table[name].dtype) and not is_bool_dtype(table[name].dtype)


def _align(number: bool) -> str:
    """The attribute for GitHub, which strips styles; the style for JupyterLab, whose own rules beat attributes."""
    side = "right" if number else "left"
    return f' align="{side}" style="text-align: {side}"'
