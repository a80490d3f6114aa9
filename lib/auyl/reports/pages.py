"""Executed notebooks as HTML pages that stand alone: one page a notebook, and the index of them all.

Built on nbconvert's exporter with the templates in templates/report; every value is escaped unless it is `Markup`.
"""

# ruff: noqa: S704 - the Markup made here is our own script and style, highlighted code, and prose that was escaped

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup, escape
from nbconvert.exporters import TemplateExporter
from nbconvert.filters import Highlight2HTML, strip_ansi
from nbformat import NotebookNode

from auyl.reports.markup import Heading, Prose, chart, table
from auyl.reports.parameters import declared_parameters
from auyl.terminal import TURNING

TEMPLATES = Path(__file__).parent / "templates"
SCRIPT = (TEMPLATES / "report" / "page.js").read_text(encoding="utf-8")
STYLE = (TEMPLATES / "report" / "page.css").read_text(encoding="utf-8")
RUNS_SCRIPT = (TEMPLATES / "report" / "runs.js").read_text(encoding="utf-8")
RUNS_STYLE = (TEMPLATES / "report" / "runs.css").read_text(encoding="utf-8")
TOLD_IN_A_SENTENCE = {"AuylError", "StatementError", "ParameterError", "MissingFigureError", "StoppedError"}


def policy(script: str) -> str:
    """The browser itself refuses every address and every script but our own, whatever a statement holds."""
    checksum = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{checksum}'"


class ReportExporter(TemplateExporter):
    """nbconvert's exporter with our templates, where Jinja escapes all text by itself."""

    output_mimetype = "text/html"
    file_extension = ".html"
    template_extension = ".html.j2"

    def __init__(self):
        super().__init__(
            template_name="report", template_file="report.html.j2", extra_template_basedirs=[str(TEMPLATES)]
        )

    def _create_environment(self):
        environment = super()._create_environment()
        environment.autoescape = True
        environment.trim_blocks = environment.lstrip_blocks = True
        environment.globals.update(script=Markup(SCRIPT), style=Markup(STYLE), policy=policy(SCRIPT))
        return environment


@dataclass
class Block:
    """A run of one kind in the article: `prose`, `code` (folded), `output` or `error`."""

    kind: str
    html: Markup


@dataclass
class Article:
    """A notebook rearranged for reading: title, answer and picture in front, the working after them."""

    name: str
    title: Markup
    headline: Markup
    small_picture: Markup
    blocks: list[Block]
    headings: list[Heading]
    parameters: list[dict]
    failure: str


class ArticleBuilder:
    """Turns one executed notebook into an `Article`; `pages` are the names of all the reports, for the links."""

    highlight = Highlight2HTML(pygments_lexer="python3")

    def __init__(self, name: str, notebook: NotebookNode, pages: Sequence[str]):
        self.name, self.notebook, self.pages = name, notebook, pages
        self.prose = Prose(pages=pages)
        self.charts = 0

    def build(self) -> Article:
        headline = small = Markup()
        blocks: list[Block] = []
        failure = ""
        for cell in self.notebook.cells:
            tags = cell.metadata.get("tags", [])
            if cell.cell_type == "markdown":
                blocks.append(Block("prose", self.prose.own(cell.source)))
            if cell.cell_type != "code":
                continue
            error = next((error_line(out) for out in cell.outputs if out.output_type == "error"), "")
            failure = failure or error
            if cell.source.strip() and ("remove-input" not in tags or error):
                self._add_code(blocks, cell.source)
            outputs = [self.output(output) for output in cell.outputs]
            if "headline" in tags and not headline and not error:
                headline = Markup("\n").join(block.html for block in outputs)
                continue
            blocks += outputs
            if "chart" in tags and outputs and not small and not error:
                small = self.output(cell.outputs[0]).html
        return Article(
            name=self.name,
            title=Markup(self.prose.title) or escape(self.name),
            headline=headline,
            small_picture=small,
            blocks=[block for block in blocks if block.html.strip()],
            headings=self.prose.headings,
            parameters=self._parameters(),
            failure=failure,
        )

    def _add_code(self, blocks: list[Block], source: str) -> None:
        """Cells that follow one another without output or text between fold into one."""
        html = Markup(self.highlight(source))
        if blocks and blocks[-1].kind == "code":
            blocks[-1].html += html
        else:
            blocks.append(Block("code", html))

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
            told = Markup("<p><strong>This cell failed.</strong> {}</p>").format(error_line(output))
            steps = strip_ansi("\n".join(output.traceback))
            if steps.strip():
                told += Markup("<details><summary>Where it failed</summary><pre>{}</pre></details>").format(steps)
            return Block("error", told)
        data = output.data
        plain = data.get("text/plain", "")
        # matplotlib's own plain text says nothing about the chart
        name = "Chart without a description" if plain.startswith("<") or not plain.strip() else plain
        if "image/svg+xml" in data:
            self.charts += 1
            drawing = chart(data["image/svg+xml"], name, f"chart-{self.charts}")
            return Block("output", Markup("<figure>{}</figure>").format(name if drawing is None else drawing))
        for kind in ("image/png", "image/jpeg"):
            if kind in data:
                source = f"data:{kind};base64,{''.join(data[kind].split())}"
                return Block("output", Markup('<figure><img alt="{}" src="{}"></figure>').format(name, source))
        if "text/html" in data:
            return Block("output", table(data["text/html"], self.pages))
        if "text/markdown" in data:
            return Block("output", self.prose.computed(data["text/markdown"]))
        return Block("output", Markup("<pre>{}</pre>").format(plain) if plain else Markup())


def error_line(output: NotebookNode) -> str:
    """One sentence for the reader: the library's own errors say it already, others with their type."""
    told = output.evalue if output.ename in TOLD_IN_A_SENTENCE else f"{output.ename}: {output.evalue}"
    return told if told.endswith((".", "!", "?")) else f"{told}."


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


def report_page(exporter: ReportExporter, article: Article, titles: Mapping[str, Markup], about: dict) -> str:
    """One report as a page; `titles` are those of all reports beside it, in order, `about` is its passport."""
    links = [{"name": name, "title": title} for name, title in titles.items()]
    place = list(titles).index(article.name)
    resources = {
        "article": article,
        "about": about,
        "previous": links[place - 1] if place else None,
        "next": links[place + 1] if place + 1 < len(links) else None,
    }
    return one_way(exporter.template.render(resources=resources))


def index_page(exporter: ReportExporter, articles: Sequence[Article], about: dict, built: dict) -> str:
    """The page over all reports: each one's headline, small chart and state; what was read, and built from what."""
    template = exporter.environment.get_template("overview.html.j2")
    return one_way(template.render(articles=articles, about=about, built=built))


def runs_page(exporter: ReportExporter, rows: Sequence[Mapping], columns: Sequence[str], pages: Sequence[str]) -> str:
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
    template = exporter.environment.get_template("runs.html.j2")
    page = template.render(
        rows=rows,
        columns=columns,
        pages=pages,
        script=Markup(RUNS_SCRIPT),
        style=Markup(STYLE + RUNS_STYLE),
        policy=policy(RUNS_SCRIPT),
    )
    return one_way(page)
