"""How a table is shown to a reader: `show` with words, links and a caption, `rows` as a DataFrame with plain headings.

Both are pandas' own HTML, which GitHub and JupyterLab show. A report sets either anew, with scopes, sides and cards for
a telephone.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup, escape
from pandas.api.types import is_float_dtype

from auyl.bounded import as_bounded, exact, in_words
from auyl.display.sentences import say, templates
from auyl.display.words import NOT_STATED, figure_number, period, place_name, plain, readable, short, spelled, stated
from auyl.reading.subjects import subject_name

START = "00_start_here.ipynb"
REASONS = {"why", "why_not", "nearest"}  # columns of sentences
WIDEST = 200  # letters a line of a table as text
NAMES = {"indicator", "unit", "per", "status", "measure", "counted"}  # columns that hold names of the tables


@dataclass(frozen=True)
class Shown:
    """A piece of a page: HTML for viewers, plain text for terminals, tests and those who copy it."""

    html: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def __add__(self, other: "Shown") -> "Shown":
        return Shown(f"{self.html}\n{other.html}".strip(), f"{self.text}\n{other.text}".strip())

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}


def show(
    table: pd.DataFrame,
    caption: str,
    columns: Mapping[str, str] | None = None,
    here: bool = False,
    links: Mapping[str, str] | None = None,
) -> Shown:
    """The table as a reader sees it, in the order it has.

    Parameters
    ----------
    table
        Any table. A `bounded` column prints in words, "at least 116.83"; `figure_id` and `…_id` as links to the
        figure's words in the text, an entry that is `Markup` as it is. Missing prints "not stated".
    columns
        Which columns, in which order, under which heading; the unit belongs in the heading. `years` is made of
        `start_year` and `end_year` where the table has them. The first column names the row. Without it all columns
        are shown under their names.
    here
        The figures' marks are on this very page; each row becomes the target of its mark's link.
    links
        For a column the one that holds its addresses: `{"publisher": "address"}`. What is no address of the web is not
        linked.

    >>> from auyl.bounded import as_bounded, exact, in_words
    >>> costs = pd.DataFrame({"programme": ["Roads", "Wells"], "cost": as_bounded([116.83, None], bound="at_least")})
    >>> show(costs, "What a project cost", {"programme": "Programme", "cost": "Million tenge"})
    What a project cost
    Programme   Million tenge
        Roads at least 116.83
        Wells      not stated
    """
    titles = dict(columns) if columns is not None else {str(name): heading(name) for name in table}
    columns_of = [_cells(table, name, here, (links or {}).get(name)) for name in titles]
    told = pd.DataFrame([[cell.striptags() for cell in row] for row in zip(*columns_of, strict=True)])
    if here and "figure_id" in table and columns_of:
        mark = Markup('<span id="figure-{}">{}</span>').format
        columns_of[0] = [mark(*row) for row in zip(map(figure_number, table["figure_id"]), columns_of[0], strict=True)]
    cells = pd.DataFrame(dict(zip(map(escape, titles.values()), columns_of, strict=True)), dtype="object")
    above = Markup("<caption>{}</caption>\n").format(caption) if caption else ""
    with pd.option_context("display.max_colwidth", None):
        html = cells.to_html(index=False, escape=False, border=0).replace("<thead>", f"{above}<thead>", 1)
    html = html.replace("<td>", '<td style="text-align: left">')  # JupyterLab would set sentences at the right
    return Shown(html, f"{caption}\n{_as_text(told, list(titles.values()))}".lstrip())


def _as_text(told: pd.DataFrame, titles: list[str]) -> str:
    """Columns under their titles; where sentences would make the lines too wide, entries between bars."""
    if told.empty:
        return "none"
    told.columns = pd.Index(titles)
    widths = [max(told.iloc[:, n].str.len().max(), len(title)) for n, title in enumerate(titles)]
    if sum(widths) > WIDEST:
        return "\n".join(" | ".join(row) for row in told.to_numpy())
    return told.to_string(index=False)


def _cells(table: pd.DataFrame, name: str, here: bool, addresses: str | None) -> list[Markup]:
    """A column as HTML: escaped, ids leading to the marks, names to their pages."""
    if name == "years" and "start_year" in table:
        return list(map(escape, periods(table)))
    if name in ("figure_id", "ids") or name.endswith(("_id", "_ids")):
        return [_links(entry, here) for entry in table[name]]
    told = [entry if isinstance(entry, Markup) else escape(_words(name, entry)) for entry in table[name]]
    return told if addresses is None else list(map(link_to, table[addresses], told))


def _words(name: str, entry: Any) -> str:
    if isinstance(entry, list | tuple):
        return ", ".join(map(str, entry)) or NOT_STATED
    if pd.isna(entry):
        return NOT_STATED
    if isinstance(entry, bool | np.bool_):
        return "yes" if entry else "no"
    if isinstance(entry, int | float) and not name.endswith("year"):
        return str(exact(entry))
    return plain(entry) if name in NAMES else str(entry)


def _links(entry: Any, here: bool) -> Markup:
    """The figure ids in an entry, one or several between commas; an id without its # names no figure of the text."""
    ids = [part.strip() for part in entry.split(",")] if isinstance(entry, str) else []
    page = "" if here else START
    links = [
        Markup('<a href="{0}#mark-{1}">{1}</a>').format(page, figure_number(i)) if "#" in i else escape(i) for i in ids
    ]
    return Markup(", ").join(links) or escape(NOT_STATED)


def link_to(address: object, name: Any) -> Markup:
    """The name, leading to the address if that is one on the web; a `javascript:` or a file's address leads nowhere."""
    if not isinstance(address, str) or not re.match(r"https?://", address):
        return Markup("{}").format(name)
    return Markup('<a href="{}">{}</a>').format(address, name)


def rows(table: pd.DataFrame) -> pd.DataFrame | None:
    """The table for a reader: places by name, headings in words, no column of which nothing is known; None without a
    row, so that its section disappears from the page."""
    if table.empty:
        return None
    if "place" in table:
        table = table.assign(place=table["place"].map(place_name, na_action="ignore"))
    table = table.dropna(axis="columns", how="all")
    for name in NAMES.intersection(table.columns):
        table[name] = table[name].map(plain, na_action="ignore")
    for name in REASONS.intersection(table.columns):
        table[name] = table[name].map(spelled, na_action="ignore")
    for name in [str(name) for name in table if str(table[name].dtype) == "bounded"]:
        table[name] = table[name].array.map(in_a_cell)
    for name in map(str, table.select_dtypes(["float", "integer"])):
        most = 1000 if is_float_dtype(table[name]) else 10_000  # years are smaller
        if table[name].abs().max() >= most:  # one way to print large numbers
            table[name] = table[name].map("{:,.10g}".format, na_action="ignore")
    for name in map(str, table.select_dtypes(["boolean", "bool"])):
        table[name] = table[name].map({True: "yes", False: "no"})
    return table.rename(columns=heading)


def in_a_cell(quantity: Any) -> Any:
    """A quantity without decimals that say nothing: "at most 1,000", "about 513"; missing stays so."""
    if pd.isna(quantity):
        return pd.NA
    return in_words(quantity, 0) if quantity.bound == "about" and quantity.value >= 100 else short(quantity)


def heading(name: object) -> str:
    return str(templates()["heading"].get(str(name), plain(name)))


def figures(table: pd.DataFrame, caption: str, here: bool = False) -> Shown:
    """Rows of the table of figures: what was printed, and what was read in it. `here` is as in `show`."""
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
    return show(table.assign(value_words=readings(table), programme=programmes(table)), caption, columns, here=here)


def readings(figures: pd.DataFrame) -> list[str]:
    """The figures' values as they were read, in a reader's magnitudes."""
    return [readable(quantity) for quantity in quantities(figures)]


def quantities(figures: pd.DataFrame) -> "pd.Series[Any]":
    """The figures' values as a column with bounds, under the index of the table."""
    return as_bounded(figures["value"], *(figures.get(name) for name in ("low", "high", "bound")))


def programmes(figures: pd.DataFrame) -> list[str]:
    """What each figure is about: as the table names it, else by its subject's name."""
    named = figures["programme"] if "programme" in figures else pd.Series(pd.NA, figures.index)
    subjects = figures["subject"].map(subject_name, na_action="ignore")
    return named.astype("string").fillna(subjects).fillna(say("words.no_programme")).to_list()


def periods(table: pd.DataFrame) -> list[str]:
    """The years of each row, as `words.period` has them."""
    return list(map(period, table["start_year"], table["end_year"]))


def labelled(claims: pd.DataFrame, scale: float = 1.0) -> pd.DataFrame:
    """Rows of claims for a chart: `label` ("2019–2022, Kazinform"), `quantity` (bounded, over the scale), `own`."""
    own = claims["source"] == "statement"
    names = claims["source"].where(~own, "the statement")
    labels = [f"{years}, {name}" for years, name in zip(periods(claims), names, strict=True)]
    return claims.assign(label=labels, quantity=quantities(claims) / scale, own=own)


def in_units(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The table with these columns of quantities in words: "198 billion tenge", "at most 6,000 projects"."""
    for name in columns:
        told = [pd.NA if pd.isna(q) else stated(q, unit) for q, unit in zip(table[name], table["unit"], strict=True)]
        table = table.assign(**{name: pd.array(told, dtype="string")})
    return table


def lacking(lines: Iterable[str]) -> Shown:
    """What the statement does not say: of a class of its own, so that the first page can put it last."""
    return paragraphs(lines, "lacking")


def paragraphs(lines: Iterable[str], kind: str = "") -> Shown:
    """A paragraph a line, all of a class where they are of a `kind`."""
    kept = [line for line in lines if line]
    opening = Markup('<p class="{}">').format(kind) if kind else Markup("<p>")
    return Shown("\n".join(str(opening + line + Markup("</p>")) for line in kept), "\n".join(kept))
