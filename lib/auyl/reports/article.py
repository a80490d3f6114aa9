"""An executed notebook rearranged for reading: title, answer and chart in front, the working after them."""

# ruff: noqa: S704 - the Markup made here is highlighted code, and prose and outputs that were cleaned

import base64
import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from markupsafe import Markup, escape
from nbconvert.filters import Highlight2HTML, strip_ansi
from nbformat import NotebookNode

from auyl.reports.markup import Heading, Prose, chart
from auyl.reports.parameters import declared_parameters
from auyl.reports.table_markup import dressed

TOLD_IN_A_SENTENCE = {"AuylError", "StatementError", "ParameterError", "MissingFigureError", "StoppedError"}
NOTHING = Markup()
# Tags of cells whose output the index takes up as well: see `display.front`.
PIECES = ("front", "numbers", "claims", "definitions")
FILES = {  # what can be taken away, by its ending: what the link says, type, encoding
    "csv": ("Data (CSV)", "text/csv;charset=utf-8", "utf-8-sig"),  # unmarked, spreadsheets lose Kazakh letters
    "svg": ("Chart (SVG)", "image/svg+xml", "utf-8"),
}


@dataclass
class Block:
    """A run of one kind in the article: `prose`, `code` (folded), `output`, `error`, or one of `PIECES`.

    `code` blocks have an id; an output's links lead to it and to what can be taken away.
    """

    kind: str
    html: Markup
    id: str = ""


@dataclass
class Article:
    """What a page shows; `pieces` are what the index takes from it, by tag."""

    name: str
    title: Markup = NOTHING
    headline: Markup = NOTHING
    small_picture: Markup = NOTHING
    blocks: list[Block] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    parameters: list[dict] = field(default_factory=list)
    failure: str = ""
    pieces: dict[str, Markup] = field(default_factory=dict)

    @property
    def in_short(self) -> Markup:
        """The first paragraph of the answer: the index says no more of each report."""
        first, end, _ = self.headline.partition("</p>")
        return Markup(first + end)


class ArticleBuilder:
    """Turns one executed notebook into an `Article`; `pages` are the names of all the reports, for the links."""

    def __init__(self, name: str, notebook: NotebookNode, pages: Sequence[str]):
        self.notebook, self.pages = notebook, pages
        self.prose = Prose(pages)
        self.charts = self.tables = self.codes = 0
        self.article = Article(name)

    def build(self) -> Article:
        article = self.article
        empty = empty_sections(self.notebook.cells)
        for number, cell in enumerate(self.notebook.cells):
            if cell.cell_type == "markdown" and number not in empty:
                article.blocks.append(Block("prose", self.prose.own(cell.source)))
            elif cell.cell_type == "code":
                self._add_cell(cell)
        article.title = Markup(self.prose.title) or escape(article.name)
        article.blocks = [block for block in article.blocks if block.html.strip()]
        article.headings = self.prose.headings
        given = self.notebook.metadata.get("papermill", {}).get("parameters", {})
        article.parameters = [
            {"name": name, "value": given.get(name, declared.default), "help": declared.help}
            for name, declared in declared_parameters(self.notebook).items()
        ]
        return article

    def _add_cell(self, cell: NotebookNode) -> None:
        """Puts a cell's code and outputs where they belong."""
        article = self.article
        failures = [error_line(output) for output in cell.outputs if output.output_type == "error"]
        article.failure = (failures or [article.failure])[0]
        tags = [] if failures else cell.metadata.get("tags", [])
        if cell.source.strip() and "remove-input" not in tags:
            self._add_code(cell.source)
        if "front" in tags:
            if front := _front(cell.outputs):
                article.pieces.setdefault("front", front)
            return
        outputs = [block for block in map(self.output, cell.outputs) if block.html.strip()]
        html = Markup("\n").join(block.html for block in outputs)
        if "headline" in tags and not article.headline:
            article.headline = html
            return
        if "chart" in tags and outputs and not article.small_picture:
            article.small_picture = outputs.pop(0).html
        elif outputs and (piece := next((tag for tag in PIECES if tag in tags), None)):
            article.pieces.setdefault(piece, html)
            outputs = [Block(piece, html)]
        article.blocks += outputs

    def _add_code(self, source: str) -> None:
        """Cells that follow one another without output or text between fold into one."""
        blocks = self.article.blocks
        if blocks and blocks[-1].kind == "code":
            blocks[-1].html += highlighted(source)
        else:
            self.codes += 1
            blocks.append(Block("code", highlighted(source), f"code-{self.codes}"))

    def output(self, output: NotebookNode) -> Block:
        if output.output_type == "stream":
            return Block("output", Markup("<pre>{}</pre>").format(strip_ansi(output.text)))
        if output.output_type == "error":
            return Block("error", _error(output))
        data = output.data
        plain = data.get("text/plain", "")
        if "image/svg+xml" in data:
            return Block("output", self._chart(data))
        for kind in ("image/png", "image/jpeg"):
            if kind in data:
                source = f"data:{kind};base64,{''.join(data[kind].split())}"
                return Block("output", Markup('<figure><img alt="{}" src="{}"></figure>').format(_told(plain), source))
        if "text/html" in data:
            return Block("output", self._html(data["text/html"]))
        if "text/markdown" in data:
            return Block("output", self.prose.computed(data["text/markdown"]))
        return Block("output", Markup("<pre>{}</pre>").format(plain) if plain else Markup())

    def _chart(self, data: NotebookNode) -> Markup:
        """A chart with its numbers and its picture to take away."""
        self.charts += 1
        name, number = _told(data.get("text/plain", "")), f"chart-{self.charts}"
        drawing = chart(data["image/svg+xml"], name, f"{self.article.name}-{number}")
        if drawing is None:
            return Markup("<figure>{}</figure>").format(name)
        files = {"csv": data.get("text/csv"), "svg": data["image/svg+xml"]}
        return Markup("<figure>{}</figure>{}").format(drawing, self._taken_away(number, files))

    def _html(self, html: str) -> Markup:
        """Tables set for the page, the words of each to take away."""
        shown, tables = dressed(html, self.pages)
        if not tables:
            return Markup(shown)
        self.tables += 1
        file = io.StringIO()
        rows = ([*map(_no_formula, row)] for table in tables for row in table)
        csv.writer(file, lineterminator="\n").writerows(rows)
        return Markup(shown) + self._taken_away(f"table-{self.tables}", {"csv": file.getvalue()})

    def _taken_away(self, number: str, files: Mapping[str, str | None]) -> Markup:
        """Links to the files, by their ending, which lie in the page itself, and to the code that made them."""
        links = []
        for ending, text in files.items():
            words, kind, encoding = FILES[ending]
            if text:
                link = Markup('<a download="{}-{}.{}" href="data:{};base64,{}">{}</a>')
                lying = base64.b64encode(text.encode(encoding)).decode()
                links.append(link.format(self.article.name, number, ending, kind, lying, words))
        if self.codes:
            link = Markup('<a href="{}.html#code-{}">How this was computed</a>')
            links.append(link.format(self.article.name, self.codes))
        return Markup('<p class="take">{}</p>').format(Markup(" · ").join(links))


@cache
def highlighted(source: str) -> Markup:
    """Code in its colours; kept, since a thousand reports of a matrix show the same."""
    return Markup(Highlight2HTML(pygments_lexer="python3")(source))


def empty_sections(cells: Sequence[NotebookNode]) -> set[int]:
    """The places of the text cells whose section computed nothing: a method without a result is not printed.

    A section is a heading of the second level with all up to the next. One without any code is text, and stays.
    """
    sections: list[list[int]] = [[]]
    for number, cell in enumerate(cells):
        if cell.cell_type == "markdown" and re.match(r"\s*## ", cell.source):
            sections.append([])
        sections[-1].append(number)
    empty: set[int] = set()
    for section in sections[1:]:
        codes = [cells[number] for number in section if cells[number].cell_type == "code"]
        if codes and not any(shows(output) for cell in codes for output in cell.outputs):
            empty |= {number for number in section if cells[number].cell_type == "markdown"}
    return empty


def shows(output: NotebookNode) -> bool:
    """Whether an output holds anything to see."""
    told = [output.get("text", ""), *map(str, output.get("data", {}).values())]
    return output.output_type == "error" or any(words.strip() for words in told)


def _no_formula(words: str) -> str:
    """A cell that a spreadsheet would take for a formula, as text: the words are a statement's."""
    return f"'{words}" if words[:1] in ("=", "+", "@", "\t") else words


def _told(plain: str) -> str:
    """What a chart shows; matplotlib's own plain text says nothing about it."""
    return "Chart without a description" if plain.startswith("<") or not plain.strip() else plain


def _front(outputs: Sequence[NotebookNode]) -> Markup:
    """The index's headline, the first line of a cell's words, and the others, a paragraph each; empty without any."""
    words = "\n".join(out.get("text") or out.get("data", {}).get("text/plain", "") for out in outputs)
    first, *rest = [line.strip() for line in words.splitlines() if line.strip()] or [""]
    headline = Markup("<h1>{}</h1>").format(first) if first else Markup()
    return headline + Markup().join(Markup("<p>{}</p>").format(line) for line in rest)


def _error(output: NotebookNode) -> Markup:
    told = Markup("<p><strong>This cell failed.</strong> {}</p>").format(error_line(output))
    steps = strip_ansi("\n".join(output.traceback))
    if steps.strip():
        told += Markup("<details><summary>Where it failed</summary><pre>{}</pre></details>").format(steps)
    return told


def error_line(output: NotebookNode) -> str:
    """One sentence for the reader: the library's own errors say it already, others with their type."""
    told = output.evalue if output.ename in TOLD_IN_A_SENTENCE else f"{output.ename}: {output.evalue}"
    return told if told.endswith((".", "!", "?")) else f"{told}."


def title_of(name: str, notebook: NotebookNode) -> Markup:
    """A report's title, which its notebook's text says before it is run."""
    found = (re.search(r"^# .+$", cell.source, re.M) for cell in notebook.cells if cell.cell_type == "markdown")
    prose = Prose()
    prose.own(next((line[0] for line in found if line), ""))
    return Markup(prose.title) or escape(name)
