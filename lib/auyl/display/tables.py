"""How a table is shown to a reader: one function, `show`, and the words that numbers, periods and bounds become.

Own HTML, since what Great Tables and pandas' Styler write has no scopes and no anchors, and styles that GitHub strips:
a caption, scopes, right-aligned numbers, anchors and links, in markup that every viewer keeps.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup
from pandas.api.types import is_bool_dtype, is_integer_dtype, is_numeric_dtype

from auyl.bounded import Bounded, as_bounded, in_words
from auyl.reading.subjects import subject_name

NOT_STATED = "not stated"
THIN_SPACE = "\u202f"  # narrow and no-break: 25 000 stays on one line
MAGNITUDES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
COUNTS = {"projects", "villages", "villages_total", "assumed_projects", "assumed_villages_a_year"}  # printed whole
START = "00_start_here.ipynb"
WIDEST = 200  # letters a line of a table as text
NAMES = {"indicator", "unit", "per", "status", "measure", "counted"}  # names of the tables, printed as words


@dataclass(frozen=True)
class Shown:
    """A piece of a page: HTML for viewers, plain text for terminals, tests and those who copy it."""

    html: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}


def show(
    table: pd.DataFrame,
    caption: str,
    columns: Mapping[str, str] | None = None,
    decimals: int | None = None,
    here: bool = False,
    links: Mapping[str, str] | None = None,
) -> Shown:
    """The table as a reader sees it, in the order it has.

    Parameters
    ----------
    table
        Any table. A `bounded` column prints in words, "at least 116.8", and so does a plain `x` with `x_low`, `x_high`
        and `x_bound` (or one `bound`). Columns of years print without a separator, `figure_id` and `…_id` as links to
        the figure's words in the text, an entry that is `Markup` as it is. Missing prints "not stated".
    columns
        Which columns, in which order, under which heading; the unit belongs in the heading. `years` is made of
        `start_year` and `end_year` where the table has them. The first column names the row. Without it all columns
        are shown under their names.
    decimals
        Of numbers that are not whole counts; by default none in a column of whole numbers and from a thousand on,
        two where all are below one, else one.
    here
        The figures' marks are on this very page; each row becomes the target of its mark's link.
    links
        For a column the one that holds its addresses: `{"publisher": "address"}`. What is no address of the web is not
        linked.

    >>> from auyl.bounded import as_bounded
    >>> costs = pd.DataFrame({"programme": ["Roads", "Wells"], "cost": as_bounded([116.83, None], bound="at_least")})
    >>> show(costs, "What a project cost", {"programme": "Programme", "cost": "Million tenge"})
    What a project cost
    Programme  Million tenge
        Roads at least 116.8
        Wells     not stated
    """
    titles = dict(columns) if columns is not None else {name: plain(name) for name in table.columns}
    numeric = {name: _is_number(table, name) for name in titles}
    entries = {name: _entries(table, name, decimals) for name in titles}
    inner = {name: _linked(table, name, entries[name], here, (links or {}).get(name)) for name in titles}
    anchors = [f"figure-{figure_number(i)}" for i in table["figure_id"]] if here and "figure_id" in table else None
    html = _html(caption, titles, numeric, inner, len(table), anchors)
    return Shown(
        html, f"{caption}\n{_as_text(list(titles.values()), list(zip(*entries.values(), strict=True)))}".lstrip()
    )


def _as_text(titles: Sequence[str], rows: Sequence[tuple[str, ...]]) -> str:
    """Columns under their titles; where sentences would make the lines too wide, entries between bars."""
    if not rows:
        return "none"
    widths = [max(map(len, column)) for column in zip(titles, *rows, strict=True)]
    if sum(widths) > WIDEST:
        return "\n".join(" | ".join(row) for row in rows)
    return pd.DataFrame(rows, columns=list(titles), dtype="object").to_string(index=False)


def _html(
    caption: str,
    titles: Mapping[str, str],
    numeric: Mapping[str, bool],
    inner: Mapping[str, Sequence[str]],
    rows: int,
    anchors: Sequence[str] | None,
) -> str:
    """The markup of a table whose entries are HTML already."""
    head = "".join(f'<th scope="col"{_align(numeric[name])}>{escape(title)}</th>' for name, title in titles.items())
    lines = []
    for n in range(rows):
        cells = []
        for position, name in enumerate(titles):
            kind, scope = ("th", ' scope="row"') if position == 0 else ("td", "")
            cells.append(f"<{kind}{scope}{_align(numeric[name])}>{inner[name][n]}</{kind}>")
        anchor = f' id="{escape(anchors[n])}"' if anchors else ""
        lines.append(f"<tr{anchor}>{''.join(cells)}</tr>")
    if not rows:
        lines = [f'<tr><td colspan="{len(titles)}">none</td></tr>']
    body = "\n".join(lines)
    told = f"<caption>{escape(caption)}</caption>\n" if caption else ""
    return f"<table>\n{told}<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _entries(table: pd.DataFrame, name: str, decimals: int | None) -> list[str]:
    """A column in words; see `show`."""
    if name == "years" and "start_year" in table:
        return periods(table)
    column = table[name]
    if _is_id(name):
        return [", ".join(figure_number(i) for i in _ids(entry)) or NOT_STATED for entry in column]
    if not _is_number(table, name):
        return [_words(name, entry) for entry in column]
    if name == "value_words":
        return list(column)
    if name.endswith("year") and is_integer_dtype(column.dtype):
        return [NOT_STATED if pd.isna(year) else str(int(year)) for year in column]
    quantities = quantities_of(table, name)
    whole = is_integer_dtype(column.dtype) or name in COUNTS
    digits = 0 if whole else _column_decimals(quantities) if decimals is None else decimals
    large = [decimals is None and quantity is not None and abs(quantity.value) >= 1000 for quantity in quantities]
    return [
        spaced(in_words(quantity, 0 if is_large else digits, NOT_STATED))
        for quantity, is_large in zip(quantities, large, strict=True)
    ]


def _words(name: str, entry: Any) -> str:
    if isinstance(entry, Markup):
        return entry.striptags()
    if isinstance(entry, str):
        return plain(entry) if name in NAMES else entry
    if isinstance(entry, Sequence):
        return ", ".join(map(str, entry)) or NOT_STATED
    if isinstance(entry, bool | np.bool_):
        return "yes" if entry else "no"
    return NOT_STATED if pd.isna(entry) else str(entry)


def _linked(table: pd.DataFrame, name: str, words: Sequence[str], here: bool, addresses: str | None) -> list[str]:
    """The entries as HTML: escaped, ids leading to the marks, names to their pages."""
    if _is_id(name):
        return [_links(entry, here) for entry in table[name]]
    if name not in table:
        return [escape(word) for word in words]
    if addresses is not None:
        return [str(link_to(address, word)) for address, word in zip(table[addresses], words, strict=True)]
    return [str(entry) if isinstance(entry, Markup) else escape(word)
            for entry, word in zip(table[name], words, strict=True)]  # fmt: skip


def link_to(address: object, name: Any) -> Markup:
    """The name, leading to the address if that is one on the web; a `javascript:` or a file's address leads nowhere."""
    if not isinstance(address, str) or not re.match(r"https?://", address):
        return Markup("{}").format(name)
    return Markup('<a href="{}">{}</a>').format(address, name)


def quantities_of(table: pd.DataFrame, name: str) -> list[Bounded | None]:
    """A column's quantities, None where not stated: of dtype `bounded`, or plain with its ends in columns beside it."""
    column = table[name]
    if str(column.dtype) != "bounded":
        prefix = "" if name == "value" else f"{name}_"
        ends = {end: table.get(f"{prefix}{end}") for end in ("low", "high")}
        own = f"{prefix}bound" if f"{prefix}bound" in table else "bound" if "bound" in table else None
        known = own is not None and (own != "bound" or name == "value" or ends["low"] is not None)
        column = as_bounded(column.astype("Float64"), **ends, bound=table[own].astype("string") if known else None)
    return [None if pd.isna(entry) else entry for entry in column]


def _column_decimals(quantities: Iterable[Bounded | None]) -> int:
    """None where every number of the column is whole, two where all are below one, else one."""
    found = [q for q in quantities if q is not None]
    parts = [
        part for q in found for part in ((q.low, q.high) if q.bound == "range" else (q.value,)) if part is not None
    ]
    if all(abs(part - round(part)) < 1e-9 for part in parts):
        return 0
    return 2 if max(abs(part) for part in parts) < 1 else 1


def spaced(words: str) -> str:
    """Thousands apart by a thin space, as tables have them: "25,000" becomes "25 000"."""
    return re.sub(r"(?<=\d),(?=\d)", THIN_SPACE, words)


def period(start: Any, end: Any, missing: str = NOT_STATED) -> str:
    """Years in words: "2019–2024", "2025", or "not stated"."""
    if pd.isna(start) or pd.isna(end):
        return missing
    return str(int(start)) if start == end else f"{int(start)}–{int(end)}"


def periods(table: pd.DataFrame) -> list[str]:
    """The years of each row, as `period` has them."""
    return [period(start, end) for start, end in zip(table["start_year"], table["end_year"], strict=True)]


def labelled(claims: pd.DataFrame, scale: float = 1.0) -> pd.DataFrame:
    """Rows of claims for a chart: `label` ("2019–2022, Kazinform"), `quantity` (bounded, over the scale), `own`."""
    own = claims["source"] == "statement"
    names = claims["source"].where(~own, "the statement")
    labels = [f"{years}, {name}" for years, name in zip(periods(claims), names, strict=True)]
    quantity = as_bounded(claims["value"], claims["low"], claims["high"], claims["bound"]) / scale
    return claims.assign(label=labels, quantity=quantity, own=own)


def readable(amount: Any) -> str:
    """A quantity with the magnitude a reader would use, and all the digits it was stated with.

    >>> from auyl.bounded import at_most, exact
    >>> readable(at_most(450e9)), readable(exact(25_000)), readable(exact(3.5)), readable(exact(1_125_200_000))
    ('at most 450 billion', '25,000', '3.5', '1.1252 billion')
    """
    if amount is None or amount is pd.NA:
        return NOT_STATED
    scaled, name = in_magnitude(amount)
    parts = scaled.value, scaled.low, scaled.high
    shown = parts[1:] if amount.bound == "range" else parts[:1] if amount.bound != "about" else parts
    digits = max(_decimals(part) for part in shown if part is not None)
    return f"{in_words(scaled, digits)} {name}".strip()


def in_magnitude(amount: Bounded) -> tuple[Bounded, str]:
    """An amount in the magnitude a reader would use, and its name: 701 and "billion"."""
    size, name = next(((size, name) for size, name in MAGNITUDES if abs(amount.value) >= size), (1.0, ""))
    low, high = (None if end is None else end / size for end in (amount.low, amount.high))
    return Bounded(amount.value / size, low, high, amount.bound), name


def _decimals(number: float) -> int:
    """How many a number has; beyond twelve significant digits a float holds noise."""
    return max(-int(Decimal(f"{number:.12g}").normalize().as_tuple().exponent), 0)


def readings(figures: pd.DataFrame) -> list[str]:
    """The figures' values as they were read, in a reader's magnitudes."""
    return [readable(quantity) for quantity in quantities_of(figures, "value")]


def figure_number(figure_id: str) -> str:
    """The figure's place in its statement, as it was numbered: "07"."""
    return figure_id.rpartition("#")[2]


def behind(table: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """The rows of `figures` that the columns of ids in `table` name: what a measure was made from."""
    named = {i for column in table if _is_id(str(column)) for entry in table[column].dropna() for i in _ids(entry)}
    return figures[figures["figure_id"].isin(named)]


def figures(table: pd.DataFrame, caption: str, here: bool = False) -> Shown:
    """Rows of the table of figures: what was printed, and what was read in it. `here` is as in `show`."""
    shown = table.assign(value_words=[spaced(words) for words in readings(table)], programme=programmes(table))
    columns = {
        "figure_id": "Figure",
        "quote": "As printed",
        "value_words": "Read as",
        "unit": "Unit",
        "programme": "Programme or policy",
        "indicator": "Indicator",
        "status": "Status",
        "years": "Years",
    }
    if "place" in table and table["place"].notna().any():
        columns["place"] = "Place"
    return show(shown, caption, columns, here=here)


def programmes(figures: pd.DataFrame) -> list[str]:
    """What each figure is about: as the table names it, else by its subject's name."""
    named = figures["programme"] if "programme" in figures else [pd.NA] * len(figures)
    return [
        subject_words(subject) if pd.isna(name) else str(name)
        for subject, name in zip(figures["subject"], named, strict=True)
    ]


def subject_words(subject: Any) -> str:
    """The printed name of a subject of the catalogue."""
    return "none in the catalogue" if pd.isna(subject) else subject_name(str(subject))


def plural(noun: Any) -> str:
    """ "projects", "cities", "people"; "times" as it is; "projects" too where the noun is not known."""
    word = "project" if pd.isna(noun) else str(noun)
    if word in IRREGULAR or (word.endswith("s") and not word.endswith("ss")):
        return IRREGULAR.get(word, word)
    if word.endswith(("ss", "x", "ch", "sh")):
        return f"{word}es"
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else f"{word}s"


IRREGULAR = {"person": "people", "man": "men", "woman": "women", "child": "children"}


def plain(name: Any) -> str:
    """A name of the tables as words: "share of GDP", "percentage point", "not stated"."""
    return NOT_STATED if pd.isna(name) else str(name).replace("_", " ").replace("gdp", "GDP")


def _is_id(name: str) -> bool:
    return name == "figure_id" or name.endswith(("_id", "_ids")) or name == "ids"


def _ids(entry: Any) -> list[str]:
    """The figure ids in an entry: one, several between commas, a list, or none."""
    if isinstance(entry, str):
        return [part.strip() for part in entry.split(",") if part.strip()]
    if isinstance(entry, list | tuple):
        return [str(part) for part in entry]
    return []


def _links(entry: Any, here: bool) -> str:
    links = []
    for id in _ids(entry):
        number = escape(figure_number(id))  # an id without its # names a statement or a published figure: no mark
        links.append(f'<a href="{"" if here else START}#mark-{number}">{number}</a>' if "#" in id else number)
    return ", ".join(links) or NOT_STATED


def _is_number(table: pd.DataFrame, name: str) -> bool:
    if name == "value_words":
        return True
    if name not in table:
        return False
    dtype = table[name].dtype
    return str(dtype) == "bounded" or (is_numeric_dtype(dtype) and not is_bool_dtype(dtype))


def _align(number: bool) -> str:
    """The attribute for GitHub, which strips styles; the style for JupyterLab, whose own rules beat attributes."""
    side = "right" if number else "left"
    return f' align="{side}" style="text-align: {side}"'
