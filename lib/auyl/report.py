"""Notebooks to reports: runs them with papermill, makes their pages and the index, all in one process.

Starting the two commands, papermill and nbconvert, for every notebook costs more than the work itself. Files appear
whole or not at all, and hold no clock, random id or path: the same inputs give the same bytes.

A run fills one folder that can be mailed as it is: index.html, a page a notebook, and the executed notebooks.
"""

import hashlib
import logging
import os
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import nbformat
import papermill
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.execute import remove_error_markers
from tqdm import tqdm
from traitlets.config import Config

import auyl
from auyl.errors import AuylError
from auyl.pages import Article, ArticleBuilder, ReportExporter, index_page, report_page
from auyl.project import data, home, notebooks, seeds
from auyl.readings import read_figures

SOCKET_PATH_LIMIT = 90  # bytes; systems allow about 104


@dataclass(frozen=True)
class Run:
    """One notebook to run, and the parameters it is given."""

    notebook: Path
    parameters: Mapping[str, object]


class OwnKernelManager(AsyncKernelManager):
    """Starts the interpreter this process runs in, whatever kernels are registered on the machine, or none."""

    @property
    def kernel_spec(self) -> KernelSpec:
        folder = str(Path(self.connection_file).parent)
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="Python 3 (ipykernel)",
            language="python",
            # No profile of the user's, and sets in one order.
            env={"IPYTHONDIR": folder, "PYTHONHASHSEED": "0"},
        )


def report_notebooks() -> list[Path]:
    """The notebooks that become reports, in order: two digits, then the topic."""
    return sorted(path for path in notebooks().glob("[0-9][0-9]_*.ipynb"))


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
    (out / "notebooks").mkdir(parents=True, exist_ok=True)
    executed = _earlier(kept, statement_id, out)
    with ThreadPoolExecutor(jobs) as pool, tqdm(total=len(runs), unit="report", disable=None) as progress:
        waiting = {pool.submit(run_notebook, run, timeout): run.notebook.stem for run in runs}
        # While the kernels start, this thread reads the statement for the index.
        about, built = passport(statement_id), provenance(statement_id, runs)
        try:
            for done in as_completed(waiting):
                name = waiting[done]
                progress.set_description(name)
                executed[name] = done.result()
                write_whole(out / "notebooks" / f"{name}.ipynb", nbformat.writes(executed[name]) + "\n")
                progress.update()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    exporter = ReportExporter()
    names = sorted(executed)
    articles = [ArticleBuilder(name, executed[name], names).build() for name in names]
    for article in articles:
        page = report_page(exporter, article, executed[article.name], articles, about)
        write_whole(out / f"{article.name}.html", page)
    write_whole(out / "index.html", index_page(exporter, articles, about, built))
    return articles


def run_notebook(run: Run, timeout: int) -> NotebookNode:
    """The executed notebook, freed of all that differs from run to run; an error stays in the cell it happened in."""
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # it logs what the page tells
    with tempfile.TemporaryDirectory(prefix="auyl-") as folder:
        copy = Path(folder) / "executed.ipynb"
        stopped = ""
        loop = ensure_event_loop()  # of this thread; nbclient leaves it open
        try:
            papermill.execute_notebook(
                run.notebook,
                copy,
                dict(run.parameters),
                kernel_name="python3",
                language="python",
                progress_bar=False,
                execution_timeout=timeout,
                autosave_cell_every=0,
                shutdown_kernel="immediate",
                record_timing=False,
                kernel_manager_class=OwnKernelManager,
                config=Config({"OwnKernelManager": connection(Path(folder))}),
            )
        except papermill.PapermillExecutionError:
            pass  # the cell holds the error
        except CellTimeoutError:
            stopped = f"This cell ran longer than {timeout} seconds and was stopped (--timeout sets how long it may)."
        except DeadKernelError:
            stopped = "Python itself died while running this cell; it may have run out of memory."
        finally:
            loop.close()
        notebook = nbformat.read(copy, as_version=4)
    return settled(notebook, stopped)


def connection(folder: Path) -> dict[str, str]:
    """Sockets of its own for each kernel: free of the port that two would both choose."""
    settings = {"connection_file": str(folder / "kernel.json")}
    if sys.platform != "win32" and len(os.fsencode(folder)) < SOCKET_PATH_LIMIT:
        settings |= {"transport": "ipc", "ip": str(folder / "kernel")}
    return settings


def settled(notebook: NotebookNode, stopped: str = "") -> NotebookNode:
    """The notebook without times, paths and random ids; `stopped` says why the cell that ran last did not end."""
    notebook = remove_error_markers(notebook)
    if stopped:
        begun = [cell for cell in notebook.cells if cell.metadata.get("papermill", {}).get("start_time")]
        error = nbformat.v4.new_output("error", ename="StoppedError", evalue=stopped, traceback=[])
        last = next(cell for cell in reversed(begun) if cell.cell_type == "code")
        last.outputs.append(error)
        last.execution_count = None  # whether its number still arrived is chance
    for number, cell in enumerate(notebook.cells, 1):
        tags = cell.metadata.get("tags", [])
        cell.metadata = NotebookNode(tags=tags) if tags else NotebookNode()
        cell.id = f"cell-{number:02}"
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                output.evalue = without_paths(output.evalue)
                output.traceback = [without_paths(line) for line in output.traceback]
    failed = any(out.output_type == "error" for cell in notebook.cells for out in cell.get("outputs", []))
    parameters = notebook.metadata.get("papermill", {}).get("parameters", {})
    notebook.metadata = NotebookNode(
        kernelspec={"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        language_info={"name": "python"},
        papermill={"parameters": parameters} | ({"exception": True} if failed else {}),
    )
    return notebook


def without_paths(text: str) -> str:
    """The text without the folders of this machine, and without the random names of a kernel's cells."""
    for folder in (sys.prefix, sys.base_prefix, str(home()), str(Path(auyl.__file__).parents[2]), str(Path.home())):
        text = text.replace(f"{folder}{os.sep}", "")
    return re.sub(r"\S*ipykernel_\d+[/\\]\d+\.py", "cell", text)


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


def passport(statement_id: str) -> dict[str, object]:
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


def provenance(statement_id: str, runs: Sequence[Run]) -> dict[str, object]:
    """From what the reports are built: versions, a checksum of every input, and the figures counted."""
    built: dict[str, object] = {"auyl": version("auyl"), "pandas": version("pandas")}
    built["contents"] = checksum(statement_id, runs)[:12]
    try:
        statement = auyl.read_statement(statement_id)
        figures, unread = read_figures(statement.text, statement.date, statement.language)
        built["counts"] = {
            "read": len(figures),
            "matched": sum(figure["subject"] is not None for figure in figures),
            "unread": len(unread),
            "not_understood": sum(number.reason == "not understood" for number in unread),
        }
    except AuylError as error:
        built["problem"] = str(error)
    return built


def checksum(statement_id: str, runs: Sequence[Run]) -> str:
    """One SHA-256 over statement, passport, notebooks, parameters, data and library."""
    library = Path(auyl.__file__).parent
    inputs = [seeds() / f"{statement_id}{ending}" for ending in (".txt", ".yml")]
    inputs += sorted(path for path in data().rglob("*") if path.is_file())
    inputs += sorted(p for p in library.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    digest = hashlib.sha256()
    for path in inputs:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    for run in runs:
        cells = nbformat.read(run.notebook, as_version=4).cells  # its sources: stored outputs change nothing
        digest.update(repr((run.notebook.name, sorted(run.parameters.items()), [c.source for c in cells])).encode())
    return digest.hexdigest()


def write_whole(path: Path, text: str) -> None:
    """Writes a file that is at no moment half there, so a stopped run leaves the earlier report as it was."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(name, 0o644)  # mkstemp makes it readable to its owner alone
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
