"""One notebook to one report: runs it and makes its page, all in one process.

Starting the two commands, papermill and nbconvert, for every notebook costs more than the work itself. Files appear
whole or not at all, and hold no clock, random id or path: the same inputs give the same bytes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

import nbformat
from markupsafe import Markup

import auyl
from auyl.errors import AuylError
from auyl.files import write_whole
from auyl.reports.kernels.provisioner import stop_all
from auyl.reports.pages import Article, ArticleBuilder, report_page
from auyl.reports.plan import PlannedRun
from auyl.reports.run import run_notebook

Key = TypeVar("Key")


@dataclass(frozen=True)
class Report:
    """What a run gives: the executed notebook and the page as text, and of the article what an index shows."""

    notebook: str
    page: str
    article: Article


def make_report(run: PlannedRun, titles: Mapping[str, Markup], about: dict, timeout: int) -> Report:
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
    name = run.notebook.stem
    notebook = nbformat.read(run.notebook, as_version=4) if run.executed else run_notebook(run, timeout)
    article = ArticleBuilder(name, notebook, list(titles)).build()
    page = report_page(article, titles, about)
    return Report(nbformat.writes(notebook) + "\n", page, replace(article, blocks=[], headings=[]))


def write_report(report: Report, folder: Path) -> Article:
    """The executed notebook into notebooks/, the page beside it."""
    write_whole(folder / "notebooks" / f"{report.article.name}.ipynb", report.notebook)
    write_whole(folder / f"{report.article.name}.html", report.page)
    return report.article


@contextmanager
def workers(jobs: int) -> Iterator[tuple[Executor, int]]:
    """So many threads, each waiting for its kernel; an error or Ctrl-C ends the kernels without waiting for them."""
    pool = ThreadPoolExecutor(jobs)
    try:
        yield pool, jobs
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        stop_all()
        raise
    pool.shutdown()


def completed(pool: Executor, tasks: Iterable[tuple[Key, tuple]], ahead: int) -> Iterator[tuple[Key, Future]]:
    """Each task's key and future as it ends; `ahead` tasks are handed out at a time, so that millions can follow."""
    waiting: dict[Future, Key] = {}
    tasks = iter(tasks)
    while True:
        while len(waiting) < ahead and (task := next(tasks, None)):
            key, (function, *arguments) = task
            waiting[pool.submit(function, *arguments)] = key
        if not waiting:
            return
        for done in wait(waiting, return_when=FIRST_COMPLETED).done:
            yield waiting.pop(done), done


def passport(statement_id: str) -> dict[str, str]:
    """What a page tells of its statement."""
    statement = auyl.read_statement(statement_id)
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
        statement = auyl.read_statement(statement_id)
        figures, unread = statement.document.figures, statement.document.unread
        built["counts"] = {
            "read": len(figures),
            "matched": sum(bool(figure.subject or figure.programme) for figure in figures),
            "unread": len(unread),
            "not_understood": sum(number.reason == "not understood" for number in unread),
        }
    except AuylError as error:
        built["problem"] = str(error)
    return built
