"""Runs, one folder of them or thousands: on this machine's cores or a Dask cluster's, with a manifest and an index.

A folder can be mailed as it is: index.html, a page a notebook, and the executed notebooks in notebooks/.

A folder's lines enter the manifest when its pages and its index are there. Whenever the process is stopped, what the
manifest says is made stands whole on the disk, and a resumed run makes the rest.
"""

import os
import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import nbformat
from markupsafe import Markup
from tqdm import tqdm

from auyl.errors import AuylError
from auyl.files import make_folder, write_whole
from auyl.project import home
from auyl.reports import manifest
from auyl.reports.article import Article, ArticleBuilder, title_of
from auyl.reports.kernels import stop_all
from auyl.reports.manifest import Record, Run
from auyl.reports.pages import index_card, index_page, runs_page
from auyl.reports.run import Report, make_report
from auyl.statement import Statement, read_statement, statement_ids
from auyl.workers import workers_of

ROWS = 5000  # of one page of the index: more make a browser slow


def build_reports(
    runs: Sequence[Run], kept: Sequence[str], statement: str, out: Path, jobs: int = 2, timeout: int = 300
) -> list[Article]:
    """Runs the notebooks on a statement and writes their pages and the index into `out`.

    Parameters
    ----------
    kept
        Names of notebooks that are not run again; those that ran on this statement before stay in the index.
    timeout
        Seconds one cell may take.

    Returns
    -------
    The articles in the index, in order; `failure` says in a sentence why one failed, and is empty otherwise.
    """
    planned = [replace(run, values={"statement": statement}) for run in runs]
    for path in (out / "notebooks" / f"{name}.ipynb" for name in kept):
        if path.exists():
            given = nbformat.read(path, as_version=4).metadata.get("papermill", {}).get("parameters", {})
            if given.get("statement") == statement:
                planned.append(Run(path, given, ".", {"statement": statement}, executed=True))
    matrix = Matrix(planned, out, alone=True)
    make(matrix, jobs, timeout)
    lost = (record.error for record in matrix.records.values() if record.output is None)
    if problem := next(lost, matrix.edited(statement)):
        raise AuylError(problem)
    return [matrix.articles[run.page] for run in matrix.folders["."]]


def run_matrix(
    runs: Sequence[Run], out: Path, jobs: int, timeout: int, resume: bool = False, dask: str | None = None
) -> tuple[list[Record], int]:
    """Makes every report of a matrix into `out`, with manifest.jsonl and index.html; a run that fails stops no other.

    Parameters
    ----------
    jobs
        Notebooks run at a time on this machine.
    timeout
        Seconds one cell may take.
    resume
        Leave alone what an earlier run into this folder has made of the same inputs.
    dask
        The address of a scheduler of dask.distributed, whose workers then run the notebooks. They need this project
        at the same path; the reports are written here.

    Returns
    -------
    The records of the manifest, one a run, in the order of the runs, and how many were made before.
    """
    matrix = Matrix(runs, out, resume)
    make(matrix, jobs, timeout, dask)
    matrix.end()
    return [matrix.records[run.page] for run in runs], len(matrix.made)


def make(matrix: "Matrix", jobs: int, timeout: int, dask: str | None = None) -> None:
    """Makes what is left of a matrix; nothing that stands there changes before its new version is whole."""
    total, kept = len(matrix.runs), len(matrix.made)
    elsewhere = (str(home()), matrix.shared) if dask else None
    with (
        workers_of(dask) if dask else threads(jobs) as (pool, _),
        tqdm(total=total, initial=kept, unit="report", disable=None) as progress,
    ):
        make_folder(matrix.out)
        under_way: dict[Future, list[Run]] = {}
        for runs in matrix.left():
            about, titles = matrix.abouts[runs[0].statement], matrix.titles(runs[0].folder)
            under_way[pool.submit(_timed, elsewhere, runs[0], titles, about, timeout)] = runs
        if under_way:
            import_module("auyl.display.canvas")  # the index draws with it: here while kernels get ready
        for future in as_completed(under_way):
            runs, problem = under_way.pop(future), future.exception()  # popped: a page is not kept when it is written
            result, seconds = (_one_sentence(problem), 0.0) if problem else future.result()
            for run in runs:
                progress.set_description((run.name if matrix.alone else run.folder)[:40])
                matrix.add(run, result, seconds)
                progress.update()


@contextmanager
def threads(jobs: int) -> Iterator[tuple[Executor, int]]:
    """So many threads, each waiting for its kernel; an error or Ctrl-C ends the kernels without waiting for them."""
    pool = ThreadPoolExecutor(jobs)
    try:
        yield pool, jobs
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        stop_all()
        raise
    pool.shutdown()


def _timed(
    elsewhere: tuple[str, str] | None, run: Run, titles: dict[str, Markup], about: dict[str, str] | str, timeout: int
) -> tuple[Report, float]:
    """`make_report` and the seconds it took; elsewhere only with the data and the library of the asking machine."""
    start = time.perf_counter()
    if isinstance(about, str):
        raise AuylError(about)
    if elsewhere:
        folder, shared = elsewhere
        os.environ["AUYL_HOME"] = folder
        if manifest.shared_checksum() != shared:
            told = "This worker has other data, library or packages than the machine that asks it, in"
            raise AuylError(f"{told} {folder}.")
    return make_report(run, titles, about, timeout), time.perf_counter() - start


def _one_sentence(problem: BaseException) -> str:
    told = " ".join(str(problem).split()) or "it gave no reason"
    return told if isinstance(problem, AuylError) else f"{type(problem).__name__}: {told}"


class Matrix:
    """All runs of a matrix and their folder `out`: what each is made of, what is made already, what is left.

    `alone`, its one folder is `out` itself, without a manifest or an index of runs.
    """

    def __init__(self, runs: Sequence[Run], out: Path, resume: bool = False, alone: bool = False):
        self.runs, self.out, self.alone = runs, out, alone
        self.folders: dict[str, list[Run]] = {}
        for run in sorted(runs, key=lambda run: run.name):
            self.folders.setdefault(run.folder, []).append(run)
        notebooks = {path: nbformat.read(path, as_version=4) for path in sorted({run.notebook for run in runs})}
        self.title = {path.stem: title_of(path.stem, notebook) for path, notebook in notebooks.items()}
        # what their cells say: stored outputs change no report
        self.sources = {p: manifest.checksum([cell.source for cell in book.cells]) for p, book in notebooks.items()}
        self.shared = manifest.shared_checksum()
        self.statements = {name: manifest.statement_checksum(name) for name in {run.statement for run in runs}}
        self.abouts = {name: passport(name) for name in self.statements}
        self.articles: dict[str, Article] = {}
        self.inputs = {run.page: self._inputs(run) for run in runs}
        before = manifest.read(out) if resume else {}
        self.made = {run.page: before[run.page] for run in runs if self._stands(run, before.get(run.page))}
        self.records: dict[str, Record] = dict(self.made)

    def _inputs(self, run: Run) -> str:
        """One checksum over all that decides the page."""
        own = [run.notebook.name, dict(run.parameters), self.sources[run.notebook], list(self.titles(run.folder))]
        return manifest.checksum(self.shared, self.statements[run.statement], *own)

    def _stands(self, run: Run, record: Record | None) -> bool:
        """Whether an earlier process has made this page, of the same inputs, and all that belongs to it is there."""
        beside = self._executed(run), self.out / run.folder / "index.html"
        is_made = record is not None and record.is_made(self.inputs[run.page], self.out)
        return is_made and all(path.is_file() for path in beside)

    def _executed(self, run: Run) -> Path:
        return self.out / run.folder / "notebooks" / run.notebook.name

    def titles(self, folder: str) -> dict[str, Markup]:
        """The reports of a folder and their titles, in order: its pages link to each other."""
        return {run.name: self.title[run.name] for run in self.folders[folder]}

    def left(self) -> list[list[Run]]:
        """The runs to make, those of the same inputs together: one execution serves them all."""
        groups: dict[str, list[Run]] = {}
        for run in self.runs:
            if run.page not in self.made:
                groups.setdefault(self.inputs[run.page], []).append(run)
        return list(groups.values())

    def add(self, run: Run, result: Report | str, seconds: float) -> None:
        """Writes a report, or notes the sentence that says why there is none; the last of a folder closes it."""
        record = Record(run.page, run.name, dict(run.parameters), self.inputs[run.page], round(seconds, 3))
        if isinstance(result, str):
            record.error = result
        else:
            article = self.articles[run.page] = result.article
            result.write(self.out / run.folder)
            record.output, record.error = manifest.sha256(result.page.encode()), article.failure
            record.answer = " ".join(article.headline.striptags().split())
        record.status = "failed" if record.error else "made"
        self.records[run.page] = record
        if all(other.page in self.records for other in self.folders[run.folder]):
            self._close(self.folders[run.folder])

    def _close(self, runs: list[Run]) -> None:
        """The folder's own index, then its lines in the manifest.

        Pages of two texts must not stand side by side as if they were of one: what was edited meanwhile fails.
        """
        folder, statement = self.out / runs[0].folder, runs[0].statement
        new = [self.records[run.page] for run in runs if run.page not in self.made]
        if edited := self.edited(statement):
            for record in new:
                record.status, record.error = "failed", record.error or edited
        if isinstance(about := self.abouts[statement], dict):
            articles = [article for run in runs if (article := self._article(run))]
            built = provenance(statement, manifest.checksum([self.inputs[run.page] for run in runs]))
            make_folder(folder)
            others = _others(folder, statement) if self.alone else []
            write_whole(folder / "index.html", index_page(articles, about, built, others))
            write_whole(folder / "index.png", index_card(articles, about))
        if not self.alone:
            manifest.append(self.out, new)
            for run in runs:
                self.articles.pop(run.page, None)

    def edited(self, statement: str) -> str:
        """The sentence that says what has changed since the run began; nothing where all is as it was."""
        if manifest.statement_checksum(statement) != self.statements[statement]:
            what = f"The statement {statement} was"
        elif manifest.shared_checksum() != self.shared:
            what = "The library or its data were"
        else:
            return ""
        return f"{what} edited while reports were made of it: run it again{'' if self.alone else ' with --resume'}."

    def _article(self, run: Run) -> Article | None:
        """Of this process, or read back of an earlier one."""
        if run.page not in self.articles and run.page in self.made:
            notebook = nbformat.read(self._executed(run), as_version=4)
            self.articles[run.page] = ArticleBuilder(run.name, notebook, list(self.titles(run.folder))).build()
        return self.articles.get(run.page)

    def end(self) -> None:
        """The manifest in the matrix's order, and the index over all runs."""
        write_whole(self.out / manifest.NAME, "".join(self.records[page].line() for page in self.inputs))
        columns = list(dict.fromkeys(name for run in self.runs for name in run.values))
        starts = range(0, len(self.runs), ROWS)
        names = ["index.html", *(f"index-{number}.html" for number in range(2, len(starts) + 1))]
        for name, start in zip(names, starts, strict=True):
            rows = [self._row(run) for run in self.runs[start : start + ROWS]]
            write_whole(self.out / name, runs_page(rows, columns, ["" if other == name else other for other in names]))

    def _row(self, run: Run) -> dict:
        record = self.records[run.page]
        title = self.title[run.name].striptags()
        return {"values": run.values, "title": title, "has_page": record.output is not None} | asdict(record)


def _others(folder: Path, statement: str) -> list[Statement]:
    """The statements whose reports lie in folders of their names below this one: the front page leads to them."""
    found = []
    for id in statement_ids():
        with suppress(AuylError):
            if id != statement and (folder / id / "index.html").is_file():
                found.append(read_statement(id))
    return found


def passport(statement_id: str) -> dict[str, str] | str:
    """What a page tells of its statement, or the sentence that says why that cannot be read."""
    try:
        statement = read_statement(statement_id)
    except AuylError as error:
        return str(error)
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
