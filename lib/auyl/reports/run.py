"""One notebook to one report: run by papermill in a kernel of its own, freed of all that differs from run to run, and
made a page, all in one process.

Starting the two commands, papermill and nbconvert, for every notebook costs more than the work itself. A report holds
no clock, random id or path: the same inputs give the same bytes.
"""

import asyncio
import logging
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
import papermill
from jupyter_core.utils import ensure_event_loop
from markupsafe import Markup
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import NBClientEngine, papermill_engines
from papermill.execute import remove_error_markers
from traitlets.config import Config

import auyl
from auyl.files import make_folder, own_folder, write_whole
from auyl.project import home
from auyl.reports.article import Article, ArticleBuilder
from auyl.reports.kernels import OwnKernelManager, ServerError, connection, kernel_folder
from auyl.reports.manifest import Run
from auyl.reports.pages import report_page

ENGINE = "auyl"


@dataclass(frozen=True)
class Report:
    """What a run gives: the executed notebook and the page as text, and of the article what an index shows."""

    notebook: str
    page: str
    article: Article

    def write(self, folder: Path) -> None:
        """The executed notebook into notebooks/, the page beside it."""
        make_folder(folder / "notebooks")
        write_whole(folder / "notebooks" / f"{self.article.name}.ipynb", self.notebook)
        write_whole(folder / f"{self.article.name}.html", self.page)


def make_report(run: Run, titles: Mapping[str, Markup], about: dict[str, str], timeout: int) -> Report:
    """Runs a notebook and makes its page; writes nothing, so that it can run anywhere.

    Parameters
    ----------
    titles
        Of all reports in the same folder, by name and in order: where its links may lead.
    about
        What a page tells of its statement.
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


class ReportEngine(NBClientEngine):
    """papermill's own engine, which would lose the notebook with its kernel: `kept` holds it whatever happens.

    Nothing is written to the disk between the cells, so a run leaves no half of a notebook.
    """

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, kept: list, **options) -> None:
        kept.append(nb_man.nb)
        try:
            super().execute_managed_notebook(nb_man, kernel_name, **options)
        except CellTimeoutError:
            seconds = options["execution_timeout"]
            _stop(nb_man.nb, f"This cell ran longer than {seconds} seconds and was stopped (--timeout sets the limit).")
        except DeadKernelError:
            _stop(nb_man.nb, "Python itself died while running this cell; it may have run out of memory.")
        except (ServerError, OSError, RuntimeError):  # the last is jupyter_client's
            _stop(nb_man.nb, "Python could not be started for this cell; there may be no memory left.")


papermill_engines.register(ENGINE, ReportEngine)


def _stop(notebook: NotebookNode, why: str) -> None:
    """Tells in the cell that ran last why it did not end."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if not code:
        return
    last = next((cell for cell in reversed(code) if cell.metadata.papermill.get("start_time")), code[0])
    last.outputs.append(nbformat.v4.new_output("error", ename="StoppedError", evalue=why, traceback=[]))
    last.execution_count = None  # whether its number still arrived is chance


def run_notebook(path: Path, parameters: Mapping[str, object], timeout: int) -> NotebookNode:
    """The executed notebook; an error stays in the cell it happened in, and no later cell has run.

    `timeout` is the seconds that one cell may take.
    """
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # it logs what the page tells
    kept: list[NotebookNode] = []
    loop = ensure_event_loop()  # of this thread; nbclient leaves it open
    try:
        with own_folder(kernel_folder()) as folder:
            papermill.execute_notebook(
                path,
                None,
                dict(parameters),
                engine_name=ENGINE,
                kept=kept,
                kernel_name="python3",
                language="python",
                progress_bar=False,
                execution_timeout=timeout,
                autosave_cell_every=0,
                shutdown_kernel="immediate",
                record_timing=False,
                kernel_manager_class=OwnKernelManager,
                config=Config({"OwnKernelManager": connection(folder)}),
            )
    except papermill.PapermillExecutionError:
        pass  # the cell holds the error
    finally:
        for task in (left := asyncio.all_tasks(loop)):  # a cell that was stopped leaves one that waits for its output
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.close()
    return settled(kept[0])


def settled(notebook: NotebookNode) -> NotebookNode:
    """The notebook without times, paths and random ids."""
    notebook = remove_error_markers(notebook)
    for number, cell in enumerate(notebook.cells, 1):
        tags = cell.metadata.get("tags", [])
        cell.metadata = NotebookNode(tags=tags) if tags else NotebookNode()
        cell.id = f"cell-{number:02}"
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                output.evalue = without_paths(output.evalue) or "it gave no reason"
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
