"""Notebooks to reports: runs them, makes their pages and the index, all in one process.

Starting the two commands, papermill and nbconvert, for every notebook costs more than the work itself. Files appear
whole or not at all, and hold no clock, random id or path: the same inputs give the same bytes.

A build fills one folder that can be mailed as it is: index.html, a page a notebook, and the executed notebooks.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

import nbformat
from markupsafe import Markup
from nbformat import NotebookNode
from tqdm import tqdm

import auyl
from auyl.errors import AuylError
from auyl.files import make_folder, write_whole
from auyl.reports.kernels.provisioner import stop_all
from auyl.reports.manifest import checksum, shared_checksum, statement_checksum
from auyl.reports.pages import Article, ArticleBuilder, ReportExporter, index_page, report_page, title_of
from auyl.reports.plan import Run
from auyl.reports.run import run_notebook

Key = TypeVar("Key")


@dataclass(frozen=True)
class Report:
    """What a run gives: the executed notebook and the page as text, and of the article what an index shows."""

    notebook: str
    page: str
    article: Article


@cache
def exporter() -> ReportExporter:
    """One for all pages: making it costs more than a page."""
    return ReportExporter()


def make_report(run: Run, titles: Mapping[str, Markup], about: dict, timeout: int) -> Report:
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
    return as_report(run.notebook.stem, run_notebook(run, timeout), titles, about)


def as_report(name: str, notebook: NotebookNode, titles: Mapping[str, Markup], about: dict) -> Report:
    article = ArticleBuilder(name, notebook, list(titles)).build()
    page = report_page(exporter(), article, titles, about)
    return Report(nbformat.writes(notebook) + "\n", page, replace(article, blocks=[], headings=[]))


def build_reports(
    runs: Sequence[Run], kept: Sequence[str], statement_id: str, out: Path, jobs: int = 2, timeout: int = 300
) -> list[Article]:
    """Runs the notebooks and writes their pages and the index into `out`.

    Parameters
    ----------
    runs
        What to run.
    kept
        Names of notebooks that are not run again; those that ran on this statement before stay in the index.
    timeout
        Seconds one cell may take.

    Returns
    -------
    The articles in the index, in order; `failure` says in a sentence why one failed, and is empty otherwise.
    """
    make_folder(out / "notebooks")
    before = checksum(shared_checksum(), statement_checksum(statement_id))
    earlier = _earlier(kept, statement_id, out)
    found = earlier | {run.notebook.stem: nbformat.read(run.notebook, as_version=4) for run in runs}
    titles = {name: title_of(name, found[name]) for name in sorted(found)}
    about = passport(statement_id)
    articles: dict[str, Article] = {}
    with workers(jobs) as (pool, _), tqdm(total=len(runs), unit="report", disable=None) as progress:
        tasks = ((run.notebook.stem, (make_report, run, titles, about, timeout)) for run in runs)
        for name, done in completed(pool, tasks, len(runs)):
            progress.set_description(name)
            articles[name] = write_report(done.result(), out)
            progress.update()
    for name, notebook in earlier.items():
        articles[name] = write_report(as_report(name, notebook, titles, about), out)
    in_order = [articles[name] for name in titles]
    cells = [[run.notebook.name, dict(run.parameters), sources(found[run.notebook.stem])] for run in runs]
    if before != checksum(shared_checksum(), statement_checksum(statement_id)):
        raise AuylError("The statement, the library or its data were edited while the reports were made: run it again.")
    built = provenance(statement_id, checksum(before, cells))
    write_whole(out / "index.html", index_page(exporter(), in_order, about, built))
    return in_order


def sources(notebook: NotebookNode) -> list[str]:
    """What a notebook's cells say: its stored outputs change no report."""
    return [cell.source for cell in notebook.cells]


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


def _earlier(names: Sequence[str], statement_id: str, out: Path) -> dict[str, NotebookNode]:
    """Executed notebooks of an earlier run into this folder, on the same statement."""
    found = {}
    for name in names:
        path = out / "notebooks" / f"{name}.ipynb"
        if path.exists():
            notebook = nbformat.read(path, as_version=4)
            given = notebook.metadata.get("papermill", {}).get("parameters", {})
            if given.get("statement") == statement_id:
                found[name] = notebook
    return found


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
            "matched": sum(figure.subject is not None for figure in figures),
            "unread": len(unread),
            "not_understood": sum(number.reason == "not understood" for number in unread),
        }
    except AuylError as error:
        built["problem"] = str(error)
    return built
