"""Runs, one folder of them or thousands: on this machine's cores or a Dask cluster's, with a manifest and an index.

A folder can be mailed as it is: index.html, a page a notebook, and the executed notebooks in notebooks/.

A folder's lines enter the manifest when its pages and its index are there. Whenever the process is stopped, what the
manifest says is made stands whole on the disk, and a resumed run makes the rest.
"""

import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import nbformat
from tqdm import tqdm

from auyl.errors import AuylError
from auyl.files import make_folder, write_whole
from auyl.intake.corpus import workers_of
from auyl.project import home
from auyl.reports import manifest
from auyl.reports.folder import (
    Report,
    completed,
    make_report,
    passport,
    provenance,
    workers,
    write_report,
)
from auyl.reports.manifest import Record
from auyl.reports.pages import Article, ArticleBuilder, index_card, index_page, runs_page, title_of
from auyl.reports.plan import PlannedRun, Run

ROWS = 5000  # of one page of the index: more make a browser slow


@dataclass
class Folder:
    """The runs of one folder, and what has become of them so far."""

    runs: list[PlannedRun] = field(default_factory=list)
    records: dict[str, Record] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        return len(self.records) == len(self.runs)


class Matrix:
    """All runs of a matrix and their folder `out`: what each is made of, what is made already, what is left.

    `alone`, its one folder is `out` itself, without a manifest or an index of runs.
    """

    def __init__(self, runs: Sequence[PlannedRun], out: Path, resume: bool = False, alone: bool = False):
        self.runs, self.out, self.alone = runs, out, alone
        self.folders: dict[str, Folder] = {}
        for run in sorted(runs, key=lambda run: run.notebook.stem):
            self.folders.setdefault(run.folder, Folder()).runs.append(run)
        notebooks = {path: nbformat.read(path, as_version=4) for path in sorted({run.notebook for run in runs})}
        self.title = {path.stem: title_of(path.stem, notebook) for path, notebook in notebooks.items()}
        # what their cells say: stored outputs change no report
        self.sources = {p: manifest.checksum([cell.source for cell in book.cells]) for p, book in notebooks.items()}
        self.state, self.shared = manifest.shared_state(), manifest.shared_checksum()
        self.abouts: dict[str, dict | str] = {}
        self.statements: dict[str, str] = {}
        before = manifest.read(out) if resume else {}
        self.inputs = {run.page: self._inputs(run) for run in runs}
        self.made = {run.page: before[run.page] for run in runs if self._stands(run, before.get(run.page))}
        self.records: dict[str, Record] = dict(self.made)

    def _inputs(self, run: PlannedRun) -> str:
        """One checksum over all that decides the page."""
        statement = str(run.values["statement"])
        if statement not in self.statements:
            self.statements[statement] = manifest.statement_checksum(statement)
        beside = list(self.titles(run.folder))
        own = [run.notebook.name, dict(run.parameters), self.sources[run.notebook], beside]
        return manifest.checksum(self.shared, self.statements[statement], *own)

    def _stands(self, run: PlannedRun, record: Record | None) -> bool:
        """Whether an earlier process has made this page, of the same inputs, and all that belongs to it is there."""
        return (
            record is not None
            and record.is_made(self.inputs[run.page], self.out)
            and self._executed(run).is_file()
            and (self.out / run.folder / "index.html").is_file()
        )

    def _executed(self, run: PlannedRun) -> Path:
        return self.out / run.folder / "notebooks" / run.notebook.name

    def titles(self, folder: str) -> dict:
        """The reports of a folder and their titles, in order: its pages link to each other."""
        return {run.notebook.stem: self.title[run.notebook.stem] for run in self.folders[folder].runs}

    def about(self, run: PlannedRun) -> dict | str:
        """The passport of a run's statement, or the sentence that says why it cannot be read."""
        statement = str(run.values["statement"])
        if statement not in self.abouts:
            try:
                self.abouts[statement] = passport(statement)
            except AuylError as error:
                self.abouts[statement] = str(error)
        return self.abouts[statement]

    def left(self) -> dict[str, list[PlannedRun]]:
        """The runs to make, those of the same inputs together: one execution serves them all."""
        groups: dict[str, list[PlannedRun]] = {}
        for run in self.runs:
            if run.page not in self.made:
                groups.setdefault(self.inputs[run.page], []).append(run)
        return groups

    def begin(self) -> None:
        """Makes the folder; nothing that stands there changes before its new version is whole."""
        make_folder(self.out)
        for folder in self.folders.values():
            folder.records = {run.page: self.made[run.page] for run in folder.runs if run.page in self.made}

    def add(self, run: PlannedRun, result: Report | str, seconds: float) -> None:
        """Writes a report, or notes the sentence that says why there is none; the last of a folder closes it."""
        folder = self.folders[run.folder]
        inputs, parameters = self.inputs[run.page], dict(run.parameters)
        record = Record(run.page, run.notebook.stem, parameters, inputs, round(seconds, 3), None, "failed", "", "")
        if isinstance(result, str):
            record.error = result
        else:
            make_folder(self._executed(run).parent)
            article = write_report(result, self.out / run.folder)
            folder.articles[article.name] = article
            record.status, record.error = "failed" if article.failure else "made", article.failure
            record.output = hashlib.sha256(result.page.encode()).hexdigest()
            record.answer = " ".join(article.headline.striptags().split())
        folder.records[run.page] = self.records[run.page] = record
        if folder.is_complete:
            self._close(folder)

    def _close(self, folder: Folder) -> None:
        """The folder's own index, then its lines in the manifest.

        Pages of two texts must not stand side by side as if they were of one: what was edited meanwhile fails.
        """
        first = folder.runs[0]
        new = [record for page, record in folder.records.items() if page not in self.made]
        if edited := self.edited(str(first.values["statement"])):
            for record in new:
                record.status, record.error = "failed", record.error or edited
        about = self.about(first)
        if isinstance(about, dict):
            make_folder(self.out / first.folder)
            articles = [article for run in folder.runs if (article := self._article(folder, run))]
            contents = manifest.checksum([self.inputs[run.page] for run in folder.runs])
            built = provenance(str(first.values["statement"]), contents)
            write_whole(self.out / first.folder / "index.html", index_page(articles, about, built))
            write_whole(self.out / first.folder / "index.png", index_card(articles, about))
        if not self.alone:
            manifest.append(self.out, new)
            folder.articles.clear()

    def edited(self, statement: str) -> str:
        """The sentence that says what has changed since the run began; nothing where all is as it was."""
        if manifest.statement_checksum(statement) != self.statements[statement]:
            what = f"The statement {statement} was"
        elif manifest.shared_state() != self.state:
            what = "The library or its data were"
        else:
            return ""
        return f"{what} edited while reports were made of it: run it again{'' if self.alone else ' with --resume'}."

    def _article(self, folder: Folder, run: PlannedRun) -> Article | None:
        """Of this process, or read back of an earlier one."""
        name = run.notebook.stem
        if name not in folder.articles and run.page in self.made:
            notebook = nbformat.read(self._executed(run), as_version=4)
            folder.articles[name] = ArticleBuilder(name, notebook, list(self.titles(run.folder))).build()
        return folder.articles.get(name)

    def end(self) -> None:
        """The manifest in the matrix's order, and the index over all runs."""
        if self.alone:
            return
        write_whole(self.out / manifest.NAME, "".join(self.records[page].line() for page in self.inputs))
        columns = list(dict.fromkeys(name for run in self.runs for name in run.values))
        starts = range(0, len(self.runs), ROWS)
        names = [index_name(number) for number in range(1, len(starts) + 1)]
        for name, start in zip(names, starts, strict=True):
            rows = [self._row(run) for run in self.runs[start : start + ROWS]]
            others = ["" if other == name else other for other in names]
            write_whole(self.out / name, runs_page(rows, columns, others))

    def _row(self, run: PlannedRun) -> dict:
        record = self.records[run.page]
        title = self.title[run.notebook.stem].striptags()
        return {"values": run.values, "title": title, "has_page": record.output is not None} | asdict(record)


def index_name(number: int) -> str:
    return "index.html" if number == 1 else f"index-{number}.html"


def build_reports(
    runs: Sequence[Run], kept: Sequence[str], statement: str, out: Path, jobs: int = 2, timeout: int = 300
) -> list[Article]:
    """Runs the notebooks on a statement and writes their pages and the index into `out`.

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
    values = {"statement": statement}
    planned = [PlannedRun(run.notebook, run.parameters, ".", values) for run in runs]
    for path in (out / "notebooks" / f"{name}.ipynb" for name in kept):
        if path.exists():
            given = nbformat.read(path, as_version=4).metadata.get("papermill", {}).get("parameters", {})
            if given.get("statement") == statement:
                planned.append(PlannedRun(path, given, ".", values, executed=True))
    matrix = Matrix(planned, out, alone=True)
    make(matrix, jobs, timeout)
    lost = (record.error for record in matrix.records.values() if record.output is None)
    if problem := next(lost, matrix.edited(statement)):
        raise AuylError(problem)
    return [matrix.folders["."].articles[name] for name in matrix.titles(".")]


def run_matrix(
    runs: Sequence[PlannedRun], out: Path, jobs: int, timeout: int, resume: bool = False, dask: str | None = None
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
    return [matrix.records[run.page] for run in runs], len(matrix.made)


def make(matrix: Matrix, jobs: int, timeout: int, dask: str | None = None) -> None:
    """Makes what is left of a matrix, and its index."""
    left = matrix.left()
    with (
        workers_of(dask) if dask else workers(jobs) as (pool, size),
        tqdm(total=len(matrix.runs), initial=len(matrix.made), unit="report", disable=None) as progress,
    ):
        matrix.begin()

        def note(inputs: str, result: Report | str, seconds: float) -> None:
            for run in left[inputs]:
                progress.set_description((run.notebook.stem if matrix.alone else run.folder)[:40])
                matrix.add(run, result, seconds)
                progress.update()

        def tasks() -> Iterator[tuple[str, tuple]]:
            for inputs, (run, *_) in left.items():
                about = matrix.about(run)
                if isinstance(about, str):
                    note(inputs, about, 0.0)
                    continue
                elsewhere = (str(home()), matrix.shared) if dask else None
                yield inputs, (make_timed, elsewhere, run, matrix.titles(run.folder), about, timeout)

        for inputs, done in completed(pool, tasks(), 4 * size):
            problem = done.exception()
            note(inputs, *((one_sentence(problem), 0.0) if problem else done.result()))
        matrix.end()


def make_timed(elsewhere: tuple[str, str] | None, run: PlannedRun, *rest) -> tuple[Report, float]:
    """`make_report` and the seconds it took; elsewhere only with the data and the library of the asking machine."""
    start = time.perf_counter()
    if elsewhere:
        folder, shared = elsewhere
        os.environ["AUYL_HOME"] = folder
        if manifest.shared_checksum() != shared:
            raise AuylError(
                f"This worker has other data, library or packages than the machine that asks it, in {folder}."
            )
    return make_report(run, *rest), time.perf_counter() - start


def one_sentence(problem: BaseException) -> str:
    told = " ".join(str(problem).split()) or "it gave no reason"
    return told if isinstance(problem, AuylError) else f"{type(problem).__name__}: {told}"
