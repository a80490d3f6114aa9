"""The tables of an output, set anew for a page: headings with their scope, cells that know their heading, nothing cut.

A table of the library's and one that pandas shows come out alike. On a telephone a table of a few columns becomes
cards, each cell under its heading; a wider one scrolls and says so. All text is escaped already, by the library's or
pandas' own functions; here links to notebooks are led to their reports and any other address is refused.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser

VERDICTS = {  # words that stand alone in a cell, and how they look
    "confirmed": "good",
    "agrees": "good",
    "contradicted": "bad",
    "contradicts": "bad",
    "revised since": "changed",
    "goal raised": "changed",
    "goal lowered": "changed",
    "other source doubtful": "open",
    "cannot be checked": "open",
}
MISSING = {"&lt;NA&gt;", "NaN", "None", "NaT", "nan", "not stated"}
NUMBER = re.compile(
    r"(?:at least |at most |about |[<>≤≥≈~] ?)?[−-]?\d[\d\s.,\u202f]*%?(?:\s?[–-]\s?\d[\d\s.,\u202f]*%?)?(?: \(.*\))?"
)
YEAR = re.compile(r"(19|20)\d\d")
CARDS = range(4, 8)  # columns: fewer fit a telephone as they are, more would be tall cards
MOST_CARDS = 40
# What may pass from an output into a page; all else is left out, and what lies in `DROPPED` with it.
ALLOWED = {
    *("a", "abbr", "b", "blockquote", "br", "caption", "code", "dd", "details", "div", "dl", "dt", "em", "h2", "h3"),
    *("h4", "h5", "h6", "hr", "i", "img", "li", "mark", "ol", "p", "pre", "q", "s", "small", "span", "strong", "sub"),
    *("summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "wbr"),
}
ATTRIBUTE = re.compile(
    r"id|class|scope|align|colspan|rowspan|lang|dir|title|alt|open|role|tabindex|start|href|src|style|(data|aria)-[\w-]+"
)
DROPPED = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title", "textarea", "select"}
VOID = {"br", "img", "hr", "wbr"}


@dataclass
class Cell:
    tag: str
    attributes: dict[str, str]
    html: str = ""

    @property
    def text(self) -> str:
        """What it says, still escaped."""
        return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", self.html)).strip()

    @property
    def spans(self) -> bool:
        return any(self.attributes.get(name, "1") != "1" for name in ("colspan", "rowspan"))


@dataclass
class Table:
    """A table as it was read: its caption, the rows of its head, and those of its body with their anchors."""

    caption: str = ""
    head: list[list[Cell]] = field(default_factory=list)
    body: list[tuple[str, list[Cell]]] = field(default_factory=list)

    @property
    def regular(self) -> bool:
        """One row of headings over cells of which none spans others."""
        cells = [cell for row in (*self.head, *(row for _, row in self.body)) for cell in row]
        widths = {len(row) for row in (*self.head, *(row for _, row in self.body))}
        return len(self.head) == 1 and len(widths) == 1 and not any(cell.spans for cell in cells)

    def without_counter(self) -> None:
        """pandas numbers rows that have no names, and goes on with gaps where some were left out: that says nothing to
        a reader. Years are names."""
        first = [row[0].text for _, row in self.body if row]
        counted = all(re.fullmatch(r"\d+", words) for words in first)
        if self.regular and counted and not self.head[0][0].text and not all(map(YEAR.fullmatch, first)):
            self.head[0].pop(0)
            for _, row in self.body:
                row.pop(0)

    def rows(self) -> list[list[str]]:
        """Its words, for a file: headings, then rows."""
        return [[unescape(cell.text) for cell in row] for row in (*self.head, *(row for _, row in self.body))]


def dressed(html: str, link: Callable[[str], str | None]) -> tuple[str, list[Table]]:
    """The output with its tables set for a page, and the tables; `link` says where an address leads, or None."""
    reader = _Reader(link)
    reader.feed(html)
    reader.close()
    reader.finish()
    return "".join(reader.out), reader.tables


class _Reader(HTMLParser):
    """Passes an output on as it is, but for its links, styles and tables."""

    def __init__(self, link: Callable[[str], str | None]):
        super().__init__(convert_charrefs=False)
        self.link = link
        self.out: list[str] = []
        self.tables: list[Table] = []
        self.table: Table | None = None
        self.place = ""  # where in a table: caption, thead, tbody
        self.cell: Cell | None = None
        self.dropped = ""

    def write(self, html: str) -> None:
        if self.dropped:
            return
        if self.table is None:
            self.out.append(html)
        elif self.cell is not None:
            self.cell.html += html
        elif self.place == "caption":
            self.table.caption += html

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {key: value or "" for key, value in attrs if _harmless(key, value or "")}
        if self.dropped or tag in DROPPED:
            self.dropped = self.dropped or tag
        elif tag not in ALLOWED:
            return
        elif tag == "table" and self.table is None:
            self.table, self.place = Table(), "tbody"
        elif self.table is not None and tag in ("caption", "thead", "tbody", "tfoot"):
            self.place = tag
        elif self.table is not None and tag == "tr" and self.cell is None:
            self._add_row(attributes.get("id", ""))
        elif self.table is not None and tag in ("th", "td"):
            self.cell = Cell(tag, attributes)
            self._rows()[-1].append(self.cell)
        else:
            if tag == "a" and "href" in attributes:
                attributes["href"] = self.link(attributes["href"].strip()) or "#top"
            told = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
            self.write(f"<{tag}{told}>")

    def _add_row(self, anchor: str) -> None:
        assert self.table is not None  # noqa: S101 - the caller has looked
        if self.place == "thead":
            self.table.head.append([])
        else:
            self.table.body.append((anchor, []))

    def _rows(self) -> list[list[Cell]]:
        assert self.table is not None  # noqa: S101 - the caller has looked
        if self.place == "thead" or not self.table.body:
            if not self.table.head:
                self.table.head.append([])
            return self.table.head
        return [row for _, row in self.table.body]

    def handle_endtag(self, tag: str) -> None:
        if tag == self.dropped:
            self.dropped = ""
        elif self.table is not None and tag == "table":
            self.finish()
        elif self.table is not None and tag in ("th", "td"):
            self.cell = None
        elif self.table is not None and tag in ("caption", "thead", "tbody", "tfoot", "tr"):
            self.place = "tbody" if tag != "tr" else self.place
        elif tag in ALLOWED - VOID:
            self.write(f"</{tag}>")

    def finish(self) -> None:
        """Writes the table that was read; one that nobody closed ends with its output."""
        if self.table is not None:
            done, self.table, self.cell = self.table, None, None
            done.without_counter()
            self.tables.append(done)
            self.write(markup(done))

    def handle_data(self, data: str) -> None:
        self.write(data)

    def handle_entityref(self, name: str) -> None:
        self.write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.write(f"&#{name};")


def _harmless(name: str, value: str) -> bool:
    """Whether an attribute can neither fetch nor run anything; addresses to follow are looked at by themselves."""
    if not ATTRIBUTE.fullmatch(name) or (name == "style" and re.search(r"url\s*\(|\\|@", value)):
        return False
    return name != "src" or value.startswith("data:image/")


def markup(table: Table) -> str:
    """The table as a page has it."""
    columns = max((len(row) for row in (*table.head, *(row for _, row in table.body))), default=0)
    cards = table.regular and columns in CARDS and len(table.body) <= MOST_CARDS
    wide = not cards and columns > 3
    sides = _sides(table, columns)
    titles = [cell.text for cell in table.head[-1]] if table.regular else []
    role = _roles if cards else _no_roles
    head = "".join(
        f"<tr{role('row')}>{''.join(_heading(cell, _side(sides, n), role) for n, cell in enumerate(row))}</tr>"
        for row in table.head
    )
    body = "\n".join(
        f"<tr{role('row')}{_anchor(anchor)}>"
        + "".join(_cell(cell, n, sides, titles, role) for n, cell in enumerate(row))
        + "</tr>"
        for anchor, row in table.body
    )
    caption = f"<caption>{table.caption}</caption>" if table.caption.strip() else ""
    label = unescape(re.sub(r"<[^>]*>", "", table.caption)).strip() or "Table"
    kind = "cards" if cards else "wide" if wide else "narrow"
    hint = '<p class="hint">Scrolls sideways</p>' if wide else ""
    return (
        f'<div class="table {kind}" tabindex="0" role="group" aria-label="{escape(label)}">{hint}'
        f"<table{role('table')}>{caption}<thead{role('rowgroup')}>{head}</thead>\n"
        f"<tbody{role('rowgroup')}>{body}</tbody></table></div>"
    )


def _roles(role: str) -> str:
    """Cards are drawn as blocks, which takes a table's meaning from it: the roles give it back."""
    return f' role="{role}"'


def _no_roles(role: str) -> str:
    return ""


def _anchor(name: str) -> str:
    return f' id="{escape(name)}"' if name else ""


def _spans(cell: Cell) -> str:
    kept = ("colspan", "rowspan")
    return "".join(f' {name}="{escape(cell.attributes[name])}"' for name in kept if name in cell.attributes)


def _heading(cell: Cell, side: str, role: Callable[[str], str]) -> str:
    if not cell.text:
        return f"<td{role('cell')}{_spans(cell)}></td>"
    scope = cell.attributes.get("scope", "col")
    return f'<th scope="{escape(scope)}"{role("columnheader")}{side}{_spans(cell)}>{cell.html}</th>'


def _cell(cell: Cell, n: int, sides: Sequence[bool], titles: Sequence[str], role: Callable[[str], str]) -> str:
    label = f' data-label="{escape(unescape(titles[n]))}"' if n < len(titles) and titles[n] else ""
    inner = _word(cell)
    if cell.text and (cell.tag == "th" or (n == 0 and titles)):
        return f'<th scope="row"{role("rowheader")}{_side(sides, n)}{label}{_spans(cell)}>{inner}</th>'
    return f"<td{role('cell')}{_side(sides, n)}{label}{_spans(cell)}>{inner}</td>"


def _word(cell: Cell) -> str:
    if cell.text in MISSING and cell.html.strip() == cell.text:
        return '<span class="missing">not stated</span>'
    look = VERDICTS.get(cell.text.lower())
    return f'<span class="verdict {look}">{cell.html}</span>' if look else cell.html


def _sides(table: Table, columns: int) -> list[bool]:
    """Which columns hold numbers: as the library says, else where every entry that is stated is one."""
    sides = []
    for n in range(columns):
        cells = [row[n] for _, row in table.body if n < len(row)]
        if any("align" in cell.attributes for cell in cells):
            sides.append(any(cell.attributes.get("align") == "right" for cell in cells))
            continue
        told = [cell.text for cell in cells if cell.text not in MISSING]
        sides.append(bool(told) and all(NUMBER.fullmatch(words) for words in told))
    return sides


def _side(sides: Sequence[bool], n: int) -> str:
    return ' class="right"' if n < len(sides) and sides[n] else ""
