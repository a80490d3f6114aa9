"""One notebook to one report: runs it and makes its page, all in one process.

Starting the two commands, papermill and nbconvert, for every notebook costs more than the work itself. Files appear
whole or not at all, and hold no clock, random id or path: the same inputs give the same bytes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import nbformat
from markupsafe import Markup

from auyl.errors import AuylError
from auyl.files import make_folder, write_whole
from auyl.reports.article import Article, ArticleBuilder
from auyl.reports.manifest import Run
from auyl.reports.pages import report_page
from auyl.reports.run import run_notebook
from auyl.statement import read_statement


@dataclass(frozen=True)
class Report:
    """What a run gives: the executed notebook and the page as text, and of the article what an index shows."""

    notebook: str
    page: str
    article: Article


def make_report(run: Run, titles: Mapping[str, Markup], about: dict[str, str], timeout: int) -> Report:
    """Runs a notebook and makes its page; writes nothing, so that it can run anywhere.

    Parameters
    ----------
    titles
        Of all reports in the same folder, by name and in order: where its links may lead.
    about
        The statement's `passport`.
    timeout
        Seconds one cell may take.
    """
    if run.executed:
        notebook = nbformat.read(run.notebook, as_version=4)
    else:
        notebook = run_notebook(run.notebook, run.parameters, timeout)
    article = ArticleBuilder(run.name, notebook, list(titles)).build()
    page = report_page(article, titles, about)
    return Report(nbformat.writes(notebook) + "\n", page, replace(article, blocks=[], headings=[]))


def write_report(report: Report, folder: Path) -> None:
    """The executed notebook into notebooks/, the page beside it."""
    make_folder(folder / "notebooks")
    write_whole(folder / "notebooks" / f"{report.article.name}.ipynb", report.notebook)
    write_whole(folder / f"{report.article.name}.html", report.page)


def passport(statement_id: str) -> dict[str, str]:
    """What a page tells of its statement."""
    statement = read_statement(statement_id)
    address = str(statement.url or "")
    return {
        "title": statement.title or statement.id,
        "publisher": statement.publisher or "publisher not stated",
        "place": statement.place or "",
        "language": statement.language,
        "date": statement.date.isoformat(),
        "date_in_words": f"{statement.date.day} {statement.date:%B %Y}",
        "url": address if re.match(r"https?://", address) else "",
        "url_in_short": re.sub(r"^https?://(www\.)?", "", address).partition("/")[0],
        "sha256": statement.sha256 or "",
        "rights": statement.rights or "",
    }


def provenance(statement_id: str, contents: str) -> dict[str, object]:
    """From what the reports are built: versions, the checksum of every input, and the figures counted."""
    built: dict[str, object] = {"auyl": version("auyl"), "pandas": version("pandas"), "contents": contents[:12]}
    try:
        document = read_statement(statement_id).document
        built["counts"] = {
            "read": len(document.figures),
            "matched": sum(bool(figure.subject or figure.programme) for figure in document.figures),
            "unread": len(document.unread),
            "not_understood": sum(number.reason == "not understood" for number in document.unread),
        }
    except AuylError as error:
        built["problem"] = str(error)
    return built
