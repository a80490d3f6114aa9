"""The command line of the reports: `auyl report`."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

from auyl.errors import ParameterError
from auyl.project import home, notebooks
from auyl.reports.manifest import Run
from auyl.reports.parameters import assign_parameters, declared_parameters
from auyl.reports.plan import known_notebook, known_statement, read_matrix, report_notebooks
from auyl.statement import newest_statement, read_statement, statement_ids
from auyl.terminal import visible

FAILURES_TOLD = 20  # of a matrix's; the manifest has all


def _stop(*_: object) -> NoReturn:
    click.echo("\nauyl: stopped; every report that is written is whole.", err=True)
    os._exit(130)  # a plain exit would wait for the threads, and they for kernels that are gone


@contextmanager
def _obeying_ctrl_c() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        _stop()


@click.command()
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--statement", help="Another way to give NAME, the statement in seeds/.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the reports.")
@click.option("-p", "--parameter", "assignments", multiple=True, metavar="NAME=VALUE", help="A notebook's parameter.")
@click.option("--only", metavar="01,03", help="Run these notebooks alone.")
@click.option("--matrix", type=click.Path(path_type=Path), help="Run all that this .yml or .csv file asks for.")
@click.option("--resume", is_flag=True, help="With --matrix: leave alone what is made already, of the same inputs.")
@click.option("--dask", metavar="ADDRESS", help="With --matrix: run on the workers of this scheduler of distributed.")
@click.option("--jobs", type=click.IntRange(1), default=lambda: (os.cpu_count() or 1) + 1,
              show_default="one more than there are cores", help="Notebooks run at a time.")  # fmt: skip
@click.option("--timeout", type=click.IntRange(1), default=300, show_default=True, help="Seconds a cell may take.")
@_obeying_ctrl_c()
def report(
    name: str | None,
    statement: str | None,
    out: Path | None,
    assignments: tuple[str, ...],
    only: str | None,
    matrix: Path | None,
    resume: bool,
    dask: str | None,
    jobs: int,
    timeout: int,
) -> None:
    """Run the notebooks on a statement in seeds/, the newest if none is named; write one page each, and an index.

    The reports of the newest statement are the front page, reports/index.html; a statement that is named gets the
    folder reports/NAME/ beside them, and a matrix of runs the folder of its file's name, so that none overwrites
    another.
    """
    # jsonschema, which papermill uses, spends a second on a grammar of web addresses unless it is told there is none.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    if not (found := report_notebooks()):
        raise ParameterError(f"There is no notebook in {notebooks()} whose name begins with two digits.")
    declared = {name: declared_parameters(_read_notebook(path)) for name, path in found.items()}
    if matrix is not None:
        if name or statement or assignments or only:
            raise ParameterError("--matrix names statements, parameters and notebooks itself: give it alone.")
        planned = read_matrix(matrix, found, declared)
        folder = out or home() / "reports" / matrix.stem
        with _importing(kernels=dask is None):
            from auyl.reports.matrix import run_matrix

        records, kept = run_matrix(planned, folder, jobs, timeout, resume, dask)
        _tell(
            folder,
            [(record.page, record.error) for record in records],
            f", {kept} of them kept from before" * (kept > 0),
        )
    if resume or dask:
        raise ParameterError("--resume and --dask go with --matrix: name a file of runs.")
    texts, named = _typed(assignments, name, statement)
    given = assign_parameters(declared, texts)
    parts = list(found) if only is None else [part.strip() for part in only.split(",") if part.strip()]
    if not parts:
        raise ParameterError(f"--only is empty; there are: {', '.join(found)}.")
    chosen = sorted({known_notebook(part, f"--only {only}", found) for part in parts})
    runs = [Run(found[name], given[name], values=texts) for name in chosen]
    folder = out or home() / "reports" / (texts["statement"] if named else "")
    with _importing():
        from auyl.reports.matrix import build_reports

    articles = build_reports(
        runs, [name for name in found if name not in chosen], texts["statement"], folder, jobs, timeout
    )
    told = f" of “{read_statement(texts['statement']).title}” ({texts['statement']})"
    others = "; of others: auyl report NAME" if not named and len(statement_ids()) > 1 else ""
    _tell(folder, [(article.name, article.failure) for article in articles], told, others)


@contextmanager
def _importing(kernels: bool = True) -> Iterator[None]:
    """Kernels get ready while papermill and nbconvert are imported, some of which would swallow Ctrl-C."""
    before = signal.signal(signal.SIGINT, _stop)
    try:
        from auyl.reports.kernels import can_fork, server

        if kernels and can_fork():
            server()
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _tell(folder: Path, ended: list[tuple[str, str]], which: str, others: str = "") -> NoReturn:
    """Says what failed, a line each, and how many reports there are; the exit code says the same."""
    failed = [(name, failure) for name, failure in ended if failure]
    for name, failure in failed[:FAILURES_TOLD]:
        click.echo(visible(f"failed: {name}: {' '.join(failure.split())}"), err=True)
    if failed[FAILURES_TOLD:]:
        more = f"and {len(failed) - FAILURES_TOLD} more that failed: {folder / 'manifest.jsonl'}"
        click.echo(visible(more), err=True)
    made = f"{len(ended) - len(failed)} of {len(ended)} reports{which}: {folder / 'index.html'}{others}"
    click.echo(visible(" ".join(made.split())))
    sys.exit(1 if failed else 0)


def _typed(assignments: tuple[str, ...], *statements: str | None) -> tuple[dict[str, str], bool]:
    """What was typed after each -p, by name, with the statement's name; and whether the user named that.

    The last of a name counts; `-p statement=` is one of the ways to name a statement.
    """
    if lacking := [text for text in assignments if "=" not in text]:
        raise ParameterError(f'"{lacking[0]}": write a parameter as name=value.')
    texts = dict(text.split("=", 1) for text in assignments)
    for given in statements:
        if given is not None and texts.setdefault("statement", given) != given:
            raise ParameterError(f"statement is given twice: {texts['statement']} and {given}.")
    if "statement" in texts:
        known_statement(texts["statement"], statement_ids())
        return texts, True
    newest, told = newest_statement()
    if told:
        click.echo(visible(f"auyl: {told}"), err=True)
    return texts | {"statement": newest}, False


def _read_notebook(path: Path) -> Any:
    import nbformat

    try:
        return nbformat.read(path, as_version=4)
    except (ValueError, nbformat.ValidationError):
        raise ParameterError(f"{path.name} is not a notebook: it cannot be read as one.") from None
