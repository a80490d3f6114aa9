"""Executed notebooks as HTML pages that stand alone: one page a notebook, and the index of them all.

The templates lie in templates/; every value is escaped unless it is `Markup`.
"""

# ruff: noqa: S704 - the Markup made here is our own script and style, highlighted code, and prose that was escaped

import base64
import csv
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup, escape
from nbconvert.filters import Highlight2HTML, strip_ansi
from nbformat import NotebookNode

from auyl.reports.markup import Heading, Prose, chart
from auyl.reports.parameters import declared_parameters
from auyl.reports.table_markup import dressed
from auyl.terminal import TURNING

TEMPLATES = Path(__file__).parent / "templates"
SCRIPT, STYLE, RUNS_SCRIPT, RUNS_STYLE = (
    Markup((TEMPLATES / name).read_text(encoding="utf-8")) for name in ("page.js", "page.css", "runs.js", "runs.css")
)
TOLD_IN_A_SENTENCE = {"AuylError", "StatementError", "ParameterError", "MissingFigureError", "StoppedError"}


def policy(script: str) -> str:
    """The browser itself refuses every address and every script but our own, whatever a statement holds."""
    checksum = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{checksum}'"


@cache
def template(name: str) -> Template:
    """A template of templates/, where Jinja escapes all text by itself."""
    made = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.globals.update(script=SCRIPT, style=STYLE, policy=policy(SCRIPT), version=version("auyl"), text_of=text_of)
    return made.get_template(f"{name}.html.j2")


@dataclass
class Block:
    """A run of one kind in the article: `prose`, `code` (folded), `output`, `error`, or one of `PIECES`.

    `code` blocks have an id; an output's links lead to it and to what can be taken away.
    """

    kind: str
    html: Markup
    id: str = ""


# Tags of cells whose output the index takes up as well: see `display.front`.
PIECES = ("front", "numbers", "claims", "definitions")


@dataclass
class Article:
    """A notebook rearranged for reading: title, answer and chart in front, the working after them.

    `pieces` are what the index takes from it, by tag.
    """

    name: str
    title: Markup
    headline: Markup
    small_picture: Markup
    blocks: list[Block]
    headings: list[Heading]
    parameters: list[dict]
    failure: str
    pieces: dict[str, Markup] = field(default_factory=dict)

    @property
    def in_short(self) -> Markup:
        """The first paragraph of the answer: the index says no more of each report."""
        first, end, _ = self.headline.partition("</p>")
        return Markup(first + end)


class ArticleBuilder:
    """Turns one executed notebook into an `Article`; `pages` are the names of all the reports, for the links."""

    highlight = Highlight2HTML(pygments_lexer="python3")

    def __init__(self, name: str, notebook: NotebookNode, pages: Sequence[str]):
        self.name, self.notebook, self.pages = name, notebook, pages
        self.prose = Prose(pages=pages)
        self.charts = self.tables = self.codes = 0
        self.code = ""  # the id of the code that was shown last
        self.blocks: list[Block] = []
        self.pieces: dict[str, Markup] = {}
        self.headline = self.picture = Markup()

    def build(self) -> Article:
        failure = ""
        empty = empty_sections(self.notebook.cells)
        for number, cell in enumerate(self.notebook.cells):
            if cell.cell_type == "markdown" and number not in empty:
                self.blocks.append(Block("prose", self.prose.own(cell.source)))
            elif cell.cell_type == "code":
                failure = self._add_cell(cell) or failure
        return Article(
            name=self.name,
            title=Markup(self.prose.title) or escape(self.name),
            headline=self.headline,
            small_picture=self.picture,
            blocks=[block for block in self.blocks if block.html.strip()],
            headings=self.prose.headings,
            parameters=self._parameters(),
            failure=failure,
            pieces=self.pieces,
        )

    def _add_cell(self, cell: NotebookNode) -> str:
        """Puts a cell's code and outputs where they belong; the error it ended with, if it did."""
        tags = cell.metadata.get("tags", [])
        error = next((error_line(out) for out in cell.outputs if out.output_type == "error"), "")
        if cell.source.strip() and ("remove-input" not in tags or error):
            self._add_code(cell.source)
        if "front" in tags and not error:
            if front := _front(cell.outputs):
                self.pieces.setdefault("front", front)
            return ""
        outputs = [block for block in map(self.output, cell.outputs) if block.html.strip()]
        html = Markup("\n").join(block.html for block in outputs)
        if "headline" in tags and not self.headline and not error:
            self.headline = html
        elif "chart" in tags and outputs and not self.picture and not error:
            self.picture, self.blocks = outputs[0].html, [*self.blocks, *outputs[1:]]
        else:
            piece = next((tag for tag in PIECES if tag in tags and not error), "")
            if piece and outputs:
                self.pieces.setdefault(piece, html)
                outputs = [Block(piece, html)]
            self.blocks += outputs
        return error

    def _add_code(self, source: str) -> None:
        """Cells that follow one another without output or text between fold into one."""
        html = Markup(self.highlight(source))
        if self.blocks and self.blocks[-1].kind == "code":
            self.blocks[-1].html += html
            return
        self.codes += 1
        self.code = f"code-{self.codes}"
        self.blocks.append(Block("code", html, self.code))

    def _parameters(self) -> list[dict]:
        given = self.notebook.metadata.get("papermill", {}).get("parameters", {})
        return [
            {"name": name, "value": given.get(name, declared.default), "help": declared.help}
            for name, declared in declared_parameters(self.notebook).items()
        ]

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
        drawing = chart(data["image/svg+xml"], name, f"{self.name}-{number}")
        if drawing is None:
            return Markup("<figure>{}</figure>").format(name)
        files = [("Data (CSV)", "csv", data["text/csv"])] if "text/csv" in data else []
        files.append(("Chart (SVG)", "svg", data["image/svg+xml"]))
        return Markup("<figure>{}</figure>{}").format(drawing, self._taken_away(number, files))

    def _html(self, html: str) -> Markup:
        """Tables set for the page, the words of each to take away."""
        shown, tables = dressed(html, self.pages)
        if not tables:
            return Markup(shown)
        self.tables += 1
        rows = [row for table in tables for row in table]
        file = io.StringIO()
        csv.writer(file, lineterminator="\n").writerows([*map(_no_formula, row)] for row in rows)
        return Markup(shown) + self._taken_away(f"table-{self.tables}", [("Data (CSV)", "csv", file.getvalue())])

    def _taken_away(self, name: str, files: Sequence[tuple[str, str, str]]) -> Markup:
        links = [
            Markup('<a download="{}-{}.{}" href="data:{};base64,{}">{}</a>').format(
                self.name, name, kind, TYPES[kind], base64.b64encode(text.encode(ENCODINGS[kind])).decode(), words
            )
            for words, kind, text in files
        ]
        if self.code:
            links.append(Markup('<a href="{}.html#{}">How this was computed</a>').format(self.name, self.code))
        return Markup('<p class="take">{}</p>').format(Markup(" · ").join(links))


# A mark at the beginning tells spreadsheets that a file is UTF-8: without it Kazakh letters are lost.
TYPES = {"csv": "text/csv;charset=utf-8", "svg": "image/svg+xml"}
ENCODINGS = {"csv": "utf-8-sig", "svg": "utf-8"}


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
    if not first:
        return Markup()
    return Markup("<h1>{}</h1>{}").format(first, Markup().join(Markup("<p>{}</p>").format(line) for line in rest))


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


def text_of(html: str, most: int = 200) -> str:
    """The words of a piece of a page in one line, cut after a word: for descriptions that other sites show."""
    words = " ".join(Markup(html).striptags().split())
    return words if len(words) <= most else words[:most].rpartition(" ")[0] + " …"


def title_of(name: str, notebook: NotebookNode) -> Markup:
    """A report's title, which its notebook's text says before it is run."""
    prose = Prose(pages=[])
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            prose.own(cell.source)
    return Markup(prose.title) or escape(name)


def one_way(page: str) -> str:
    """The page with every sign that turns the direction of reading written out: hidden in a text, it shows 12 as 21."""
    return page.translate({ord(sign): f"[U+{ord(sign):04X}]" for sign in TURNING})


def report_page(article: Article, titles: Mapping[str, Markup], about: dict) -> str:
    """One report as a page; `titles` are those of all reports beside it, in order, `about` is its passport."""
    links = [{"name": name, "title": title} for name, title in titles.items()]
    place = list(titles).index(article.name)
    previous, following = links[place - 1 : place], links[place + 1 : place + 2]
    page = template("report").render(article=article, about=about, previous=previous, following=following)
    return one_way(page)


def index_page(articles: Sequence[Article], about: dict, built: dict) -> str:
    """The page over all reports: what was found, the claims checked, each report's answer; its sources at the foot."""
    pieces = {tag: [a.pieces[tag] for a in articles if tag in a.pieces and not a.failure] for tag in PIECES}
    page = template("overview").render(
        articles=articles, lead=leading(articles), pieces=pieces, about=about, built=built
    )
    return one_way(page)


def index_card(articles: Sequence[Article], about: dict) -> bytes:
    """The picture of the index for who shares its link, beside the page as index.png: a data URL no site would show."""
    from auyl.display.canvas import card  # drawing is slow to import, and few need it

    front = next((a.pieces["front"] for a in articles if "front" in a.pieces and not a.failure), "")
    headline = text_of(front.partition("</h1>")[0]) or about["title"]
    return card(headline, f"{about['publisher']}, {about['date_in_words']}")


def leading(articles: Sequence[Article]) -> Article | None:
    """The report whose chart and answer stand first on the index: the one with the front, else the first that has both,
    rather one after the start, which is about the text and not yet about what it says."""
    good = [article for article in articles if article.small_picture and not article.failure]
    ways = (
        [article for article in good if "front" in article.pieces],
        [article for article in good if article.headline and not article.name.startswith("00")],
        good,
    )
    return next((found[0] for found in ways if found), None)


def runs_page(rows: Sequence[Mapping], columns: Sequence[str], pages: Sequence[str]) -> str:
    """The index over many runs, which sorts and filters itself; readable without script.

    Parameters
    ----------
    rows
        Of this page, a run each: `page`, `title`, `values` (by column), `answer`, `status`, `error`, `has_page`.
    columns
        The names of the parameters, the statement's among them.
    pages
        The file names of all pages of this index, in order; this one's is empty.
    """
    own = {"script": RUNS_SCRIPT, "style": STYLE + RUNS_STYLE, "policy": policy(RUNS_SCRIPT)}
    return one_way(template("runs").render(rows=rows, columns=columns, pages=pages, **own))
