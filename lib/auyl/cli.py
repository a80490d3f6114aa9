"""The command line: `auyl figures`, `add`, `check` and `report`; `python -m auyl` is the same.

What a command needs is imported in it: a plain installation reads figures, and says what to install for the rest.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from auyl.errors import AuylError, ParameterError, missing_package
from auyl.project import home, notebooks
from auyl.reports.parameters import assign_parameters, declared_parameters, known_statement, newest_statement
from auyl.reports.plan import Run, read_matrix, report_notebooks
from auyl.terminal import visible

if TYPE_CHECKING:
    import pandas as pd

FAILURES_TOLD = 20  # of a matrix's; the manifest has all
COLUMNS = ["quote", "value", "bound", "unit", "subject", "indicator", "status", "start_year", "end_year"]


def go_home(context: click.Context, option: click.Parameter, folder: Path | None) -> None:
    """Let the whole command, and every process it starts, work in this collection."""
    if folder is None:
        return
    before = os.environ.get("AUYL_HOME")
    os.environ["AUYL_HOME"] = str(folder.resolve())

    def back() -> None:
        os.environ.pop("AUYL_HOME")
        if before is not None:
            os.environ["AUYL_HOME"] = before

    context.call_on_close(back)


home_option = click.option(
    "--home",
    metavar="FOLDER",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    callback=go_home,
    expose_value=False,
    is_eager=True,
    help="The collection to work in: the folder that holds seeds/. AUYL_HOME says the same; without either it is the "
    "folder you stand in, or one above it, that has seeds/.",
)


class OneLine(click.Group):
    """Says what the user can mend in one line, with exit code 2, instead of a traceback; every command has --home."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except ModuleNotFoundError as error:
            if (missing := missing_package(error)) is None:
                raise
            self.refuse(str(missing))
        except AuylError as error:
            self.refuse(str(error))
        except OSError as error:  # the system's own carry a number and the file beside their words
            self.refuse(f"{error.filename}: {error.strerror}" if error.strerror else str(error))

    def refuse(self, message: str) -> NoReturn:
        click.echo(f"auyl: {visible(' '.join(message.split()))}", err=True)
        sys.exit(2)

    def add_command(self, command: click.Command, name: str | None = None) -> None:
        for below in command.commands.values() if isinstance(command, click.Group) else ():
            home_option(below)
        super().add_command(home_option(command), name)


@click.group(cls=OneLine)
@home_option
@click.version_option(package_name="auyl")
def main() -> None:
    """Reads the figures of official statements and reports what they add up to."""


@main.command()
@click.argument("statements", nargs=-1, metavar="[NAME or PATH …]")
@click.option("--out", type=click.Path(path_type=Path), help="Write all columns there: .csv, .parquet or .jsonl.")
@click.option("--published", metavar="DAY", help="The day of texts that do not say theirs, as 2025-11-28.")
@click.option("--language", help="The language of texts that do not say theirs: en, ru or kk.")
@click.option("--text-column", default="text", show_default=True, help="Which column of a table holds the texts.")
@click.option(
    "--jobs", type=click.IntRange(1), default=lambda: os.cpu_count() or 1, show_default="one a core", help="Processes."
)
@click.option("--dask", metavar="ADDRESS", help="Read on the workers of this scheduler of dask.distributed.")
def figures(
    statements: tuple[str, ...],
    out: Path | None,
    published: str | None,
    language: str | None,
    text_column: str,
    jobs: int,
    dask: str | None,
) -> None:
    """Print or write the figures of any number of texts; of the newest statement if none is named.

    Texts are statements in seeds/, .txt files with a passport beside them or described by the options, .jsonl, .csv
    and .parquet files with a column of texts (and, if they have them, id, language, date or published), and folders
    of all these. A text that cannot be read is reported and skipped; the exit code is then 1.
    """
    from auyl.intake import corpus, table_file, texts
    from auyl.intake.new_statement import known_day
    from auyl.reading.language import known_language

    if out is not None:
        table_file.known_output(out)
    day = str(known_day(published)) if published else None
    given = texts.Given(day, None if language is None else known_language(language, ""), text_column)
    files = texts.find_files(statements or (newest_statement(),), out)
    results = corpus.read_corpus(files, given, "figures", jobs, dask)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing half written is left behind
    if out is None:
        table, count = table_file.collect(results)
        click.echo(visible(_as_printed(table)))
    else:
        count = table_file.write_table(results, out)
        click.echo(f"{visible(str(out))}: {count.words()}")
    sys.exit(1 if count.skipped else 0)


def _as_printed(table: "pd.DataFrame") -> str:
    """The table as text, under the figures' numbers if they are of one statement."""
    if table.empty:
        return "No figures."
    number = table["figure_id"]
    if table["source_id"].nunique() == 1:
        number = number.str.rpartition("#")[2]
    stated = table[COLUMNS].astype("object").where(table[COLUMNS].notna(), None)
    return stated.map(_printed).set_index(number.rename(None)).to_string()


def _printed(entry: object) -> str:
    """An entry as text: numbers in full, thousands apart, years as years; what is missing says so."""
    if entry is None:
        return "not stated"
    if isinstance(entry, float):
        return f"{entry:,.4f}".rstrip("0").rstrip(".")
    return str(entry)


@main.command()
@click.argument("source", metavar="FILE or -")
@click.option("--published", metavar="DAY", help="When it was published, as 2025-11-28. Needed.")
@click.option("--publisher", help="Who published it. Needed.")
@click.option("--title", help="The headline; that of the page, or the first line, if not given.")
@click.option("--language", help="en, ru or kk; told by the text if not given.")
@click.option("--place", help="Where it was published.")
@click.option("--url", help="Its address on the web.")
@click.option("--rights", help="Whose the text is.")
@click.option("--name", help="The name in seeds/; made of the day and the headline if not given.")
def add(source: str, published: str | None, name: str | None, **passport: str | None) -> None:
    """Put a statement into seeds/: a text file, a saved web page, or - for standard input; and say what it holds."""
    from auyl.intake import new_statement

    file = None if source == "-" else Path(source).name
    found = new_statement.read_found(new_statement.read_source(source), file or "standard input")
    statement = new_statement.new_statement(found, published, name, original_file=file, **passport)
    summary = new_statement.summary(statement)
    path = new_statement.write_statement(statement)
    click.echo(visible(f"{path} and its passport {path.with_suffix('.yml').name}: {statement.title}"))
    told = "as given" if passport["language"] else "as its words show; --language says otherwise"
    click.echo(f"{len(statement.text):,} characters, language {statement.language} ({told}), read as {found.encoding}")
    click.echo(visible(summary))


@main.command()
@click.argument("statement", metavar="NAME or PATH")
def check(statement: str) -> None:
    """List what wants a look in a statement's reading, the weakest evidence first, and the line that would mend each.

    The lines are those of a file of corrections, seeds/NAME.corrections.csv, and lack their last entry, why: write the
    reason there, change the value if it is wrong, and put the line into the file.
    """
    from auyl.corrections import ENDING, HEADER, csv_line
    from auyl.doubts import doubts
    from auyl.reading.mending import mend
    from auyl.statement import find, read_statement

    read = read_statement(statement)
    for correction, _, before in mend(read).made:
        said = f"{correction.column} {correction.value}".strip()
        was = f" (read as {before})" if correction.column != "confirm" and before else ""
        click.echo(visible(f"corrected by hand: {' '.join(correction.quote.split())}: {said}{was}: {correction.why}"))
    found = doubts(read)
    for doubt in found:
        click.echo(visible(f"{' '.join(doubt.about.split())}\n    {doubt.line}"))
    file = find(statement).with_suffix(ENDING)
    if not found:
        click.echo("Nothing wants a look: every reading is stated in its figure's own clause, or signed.")
    elif not file.exists():
        click.echo(visible(f"{len(found)} to look at. {file} is to begin with the line {csv_line(HEADER)}"))
    else:
        click.echo(visible(f"{len(found)} to look at. The lines go into {file}"))


def _stop(*_: object) -> NoReturn:
    click.echo("\nauyl: stopped; every report that is written is whole.", err=True)
    os._exit(130)  # a plain exit would wait for the threads, and they for kernels that are gone


@contextmanager
def _obeying_ctrl_c() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        _stop()


@main.command()
@click.option("--statement", help="Which statement in seeds/; the newest if not given.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the reports.")
@click.option("-p", "--parameter", "assignments", multiple=True, metavar="NAME=VALUE", help="A notebook's parameter.")
@click.option("--only", metavar="01,03", help="Run these notebooks alone.")
@click.option("--matrix", type=click.Path(path_type=Path), help="Run all that this .yml or .csv file asks for.")
@click.option("--resume", is_flag=True, help="With --matrix: leave alone what is made already, of the same inputs.")
@click.option(
    "--dask", metavar="ADDRESS", help="With --matrix: run on the workers of this scheduler of dask.distributed."
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=lambda: (os.cpu_count() or 1) + 1,
    show_default="one more than there are cores",
    help="Notebooks run at a time.",
)
@click.option("--timeout", type=click.IntRange(1), default=300, show_default=True, help="Seconds a cell may take.")
@_obeying_ctrl_c()
def report(
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
    """Run the notebooks on a statement and write one page each, and an index.

    The reports of the newest statement are the front page, reports/index.html; a statement that is named gets the
    folder reports/NAME/ beside them, and a matrix of runs the folder of its file's name, so that none overwrites
    another.
    """
    # jsonschema, which papermill uses, spends a second on a grammar of web addresses unless it is told there is none.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    found = {path.stem: path for path in report_notebooks()}
    if not found:
        raise ParameterError(f"There is no notebook in {notebooks()} whose name begins with two digits.")
    declared = {name: declared_parameters(_read_notebook(path)) for name, path in found.items()}
    if matrix is not None:
        if statement or assignments or only:
            raise ParameterError("--matrix names statements, parameters and notebooks itself: give it alone.")
        planned = read_matrix(matrix, found, declared)
        folder = out or home() / "reports" / matrix.stem
        with _importing(kernels=dask is None):
            from auyl.reports.matrix import run_matrix

        records, kept = run_matrix(planned, folder, jobs, timeout, resume, dask)
        _tell(folder, [(record.page, record.error) for record in records], kept)
    if resume or dask:
        raise ParameterError("--resume and --dask go with --matrix: name a file of runs.")
    others, statement, named = _statement_of(assignments, statement)
    values = assign_parameters(declared, others)
    chosen = [name for name in found if _is_chosen(name, only, list(found))]
    runs = [
        Run(found[name], values[name] | ({"statement": statement} if "statement" in declared[name] else {}))
        for name in chosen
    ]
    folder = out or home() / "reports" / (statement if named else "")
    with _importing():
        from auyl.reports.folder import build_reports

    articles = build_reports(runs, [name for name in found if name not in chosen], statement, folder, jobs, timeout)
    _tell(folder, [(article.name, article.failure) for article in articles])


@contextmanager
def _importing(kernels: bool = True) -> Iterator[None]:
    """Kernels get ready while papermill and nbconvert are imported, some of which would swallow Ctrl-C."""
    before = signal.signal(signal.SIGINT, _stop)
    try:
        from auyl.reports.kernels.provisioner import can_fork, server

        if kernels and can_fork():
            server()
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _tell(folder: Path, ended: list[tuple[str, str]], kept: int = 0) -> NoReturn:
    """Says what failed, a line each, and how many reports there are, and ends with the exit code that says the same."""
    failed = [(name, failure) for name, failure in ended if failure]
    for name, failure in failed[:FAILURES_TOLD]:
        click.echo(visible(f"failed: {name}: {' '.join(failure.split())}"), err=True)
    if failed[FAILURES_TOLD:]:
        more = f"and {len(failed) - FAILURES_TOLD} more that failed: {folder / 'manifest.jsonl'}"
        click.echo(visible(more), err=True)
    earlier = f", {kept} of them kept from before" if kept else ""
    click.echo(visible(f"{len(ended) - len(failed)} of {len(ended)} reports{earlier}: {folder / 'index.html'}"))
    sys.exit(1 if failed else 0)


def _statement_of(assignments: tuple[str, ...], statement: str | None) -> tuple[list[str], str, bool]:
    """The other assignments, the statement's name, and whether the user named it; `-p statement=` is the option."""
    given = [text.partition("=")[2] for text in assignments if text.startswith("statement=")]
    given += [statement] if statement is not None else []
    if len(set(given)) > 1:
        raise ParameterError(f"statement is given twice: {' and '.join(given)}.")
    others = [text for text in assignments if not text.startswith("statement=")]
    return (others, known_statement(given[0]), True) if given else (others, newest_statement(), False)


def _is_chosen(name: str, only: str | None, names: list[str]) -> bool:
    if only is None:
        return True
    wanted = [part.strip() for part in only.split(",") if part.strip()]
    for part in wanted:
        if not any(part in (other, other[:2]) for other in names):
            raise ParameterError(f'--only {only}: there is no notebook "{part}"; there are: {", ".join(names)}.')
    if not wanted:
        raise ParameterError(f"--only is empty; there are: {', '.join(names)}.")
    return any(part in (name, name[:2]) for part in wanted)


def _read_notebook(path: Path) -> Any:
    import nbformat

    try:
        return nbformat.read(path, as_version=4)
    except (ValueError, nbformat.ValidationError):
        raise ParameterError(f"{path.name} is not a notebook: it cannot be read as one.") from None
