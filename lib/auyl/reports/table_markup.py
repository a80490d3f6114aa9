"""The tables of an output, set anew for a page: headings with their scope, cells that know their heading, nothing cut.

A table of the library's and one that pandas shows come out alike. On a telephone a table of a few columns becomes
cards, each cell under its heading; a wider one, or one of many rows of numbers, scrolls and says so. Of all else in an
output only what can neither run nor fetch passes; links to notebooks lead to their reports.
"""

import re
from collections.abc import Collection, Sequence

from lxml import html as markup
from lxml.html import HtmlElement
from lxml.html.builder import E

VERDICTS = {  # words that stand alone in a cell, and how they look
    "confirmed": "good",
    "agrees": "good",
    "contradicted": "bad",
    "perhaps contradicted": "bad",
    "contradicts": "bad",
    "revised since": "changed",
    "goal raised": "changed",
    "goal lowered": "changed",
    "other source doubtful": "open",
    "cannot be checked": "open",
}
ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell", "th": "columnheader"}
MISSING = {"<NA>", "NaN", "None", "NaT", "nan", "not stated"}
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
DROPPED = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title", "textarea", "select"}
ATTRIBUTE = re.compile(
    r"id|class|scope|align|colspan|rowspan|lang|dir|title|alt|open|role|tabindex|start|href|src|style|(data|aria)-[\w-]+"
)
FETCHES = re.compile(r"url\s*\(|\\|@")  # in a style
Rows = list[list[str]]


def page_link(url: str, pages: Collection[str]) -> str | None:
    """Where a link leads in the reports, or None if nowhere: other reports, this page, or an address on the web."""
    path, mark, anchor = url.partition("#")
    name = path.removeprefix("./").removesuffix(".ipynb").removesuffix(".html")
    if path and name in pages:
        return f"{name}.html{mark}{anchor}"
    return url if url.isprintable() and re.match(r"https?://|mailto:|#", url) else None


def dressed(html: str, pages: Collection[str]) -> tuple[str, list[Rows]]:
    """The output with its tables set for a page, and the words of each table, headings first, for a file.

    `pages` are the names of the reports that its links may lead to.
    """
    parser = markup.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    root = markup.document_fromstring(f"<div>{html.replace(chr(0), '')}</div>", parser=parser)
    for element in list(root.iter())[1:]:
        _clean(element, pages)
    tables = [table for table in root.iter("table") if next(table.iterancestors("table"), None) is None]
    words = [_set_anew(table) for table in tables]
    root[0].drop_tag()  # our own
    shown = (markup.tostring(element, encoding="unicode") for element in root)
    return (root.text or "") + "".join(shown), words


def _clean(element: HtmlElement, pages: Collection[str]) -> None:
    """Takes out what could run or fetch; what leads nowhere stays as words."""
    for name, value in element.items():
        if not ATTRIBUTE.fullmatch(name) or (name == "style" and FETCHES.search(value)):
            del element.attrib[name]
    if element.tag in DROPPED:
        element.drop_tree()
    elif element.tag == "a" and "href" in element.attrib:
        if target := page_link(element.get("href").strip(), pages):
            element.set("href", target)
        else:
            element.drop_tag()
    elif element.tag == "img" and not element.get("src", "").startswith("data:image/"):
        element.text = element.get("alt")
        element.drop_tag()
    elif element.tag not in ALLOWED:
        element.drop_tag()


def _set_anew(table: HtmlElement) -> Rows:
    """Sets a table for the page, in its place; its words, row by row."""
    head, body = table.xpath("./thead/tr"), table.xpath("./tr | ./tbody/tr | ./tfoot/tr")
    rows = [*head, *body]
    words = [[_words(cell) for cell in row] for row in rows]
    widths = {*map(len, rows)}
    regular = len(head) == len(widths) == 1 and widths != {0} and not table.xpath(".//@colspan | .//@rowspan")
    if regular and _is_counter([told[0] for told in words]):
        for row, told in zip(rows, words, strict=True):
            row.remove(row[0])
            del told[0]
    columns = max(map(len, rows), default=0)
    right = [_is_right([row[n] for row in body if n < len(row)]) for n in range(columns)]
    titles = words[0] if regular else [""] * columns
    for row, told in zip(head, words, strict=False):
        for n, cell in enumerate(row):
            _set_cell(cell, cell.get("scope", "col") if told[n] else None, right[n], "")
    for row, told in zip(body, words[len(head) :], strict=True):
        for n, cell in enumerate(row):
            _mark_word(cell, told[n])
            is_name = told[n] and (cell.tag == "th" or (n == 0 and regular))
            _set_cell(cell, "row" if is_name else None, right[n], titles[n])
    numbers = sum(right) > columns / 2 and len(body) > 3  # many rows of numbers are compared, which cards do not allow
    cards = regular and columns in CARDS and len(body) <= MOST_CARDS and not numbers
    _set_around(table, head, body, "cards" if cards else "wide" if columns > 3 else "narrow")
    return words


def _words(cell: HtmlElement) -> str:
    return " ".join(cell.text_content().split())


def _is_counter(first: Sequence[str]) -> bool:
    """pandas numbers rows that have no names, with gaps where some were left out: that says nothing to a reader.

    Years are names."""
    title, *names = first
    return not title and all(map(str.isdecimal, names)) and not all(map(YEAR.fullmatch, names))


def _is_right(column: Sequence[HtmlElement]) -> bool:
    """Whether a column holds numbers: as the library says, else where every entry that is stated is one."""
    if any("align" in cell.attrib for cell in column):
        return any(cell.get("align") == "right" for cell in column)
    told = [words for cell in column if (words := _words(cell)) and words not in MISSING]
    return bool(told) and all(map(NUMBER.fullmatch, told))


def _set_cell(cell: HtmlElement, scope: str | None, right: bool, title: str) -> None:
    """A heading where it has a scope; `title` is the column's, which a card shows."""
    kept = {name: value for name, value in cell.items() if name in ("colspan", "rowspan")}
    label = "".join(letter for letter in title if letter.isprintable())
    cell.tag, cell.tail = "th" if scope else "td", None
    cell.attrib.clear()
    for name, value in {"scope": scope, "class": "right" if right else None, "data-label": label, **kept}.items():
        if value:
            cell.set(name, value)


def _mark_word(cell: HtmlElement, words: str) -> None:
    """What the statement leaves out says so, what pandas has nothing for is a dash, and a verdict stands out."""
    if words in MISSING and not len(cell):
        inner = E.span("not stated" if words == "not stated" else "–", {"class": "missing"})
    elif look := VERDICTS.get(words.lower()):
        inner = E.span(cell.text or "", *cell, {"class": f"verdict {look}"})
    else:
        return
    cell.text = None
    cell.append(inner)


def _set_around(table: HtmlElement, head: Sequence[HtmlElement], body: Sequence[HtmlElement], kind: str) -> None:
    """The rows and the caption in order, in a group that is labelled and, where it is wide, says that it scrolls.

    Cards are drawn as blocks, which takes a table's meaning from it: roles give it back.
    """
    caption = table.xpath("./caption")[:1]
    for row in (*head, *body):
        kept = row.get("id")
        row.attrib.clear()
        row.text, row.tail = None, "\n"
        if kept:
            row.set("id", kept)
    told = _words(caption[0]) if caption else ""
    anew = E.table(*(caption if told else []), E.thead(*head), E.tbody(*body))
    if kind == "cards":
        for element in anew.iter(*ROLES):
            element.set("role", "rowheader" if element.get("scope") == "row" else ROLES[element.tag])
    hint = [E.p("Scrolls sideways", {"class": "hint"})] if kind == "wide" else []
    attributes = {"class": f"table {kind}", "tabindex": "0", "role": "group", "aria-label": told or "Table"}
    group = E.div(*hint, anew, attributes)
    group.tail = table.tail
    table.getparent().replace(table, group)
