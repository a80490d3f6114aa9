"""The command line of texts and what is read of them: `auyl figures`, `answers` and `add`."""

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from auyl.reading.lexicon import LANGUAGES
from auyl.terminal import TURNING, visible

if TYPE_CHECKING:
    import pandas as pd

KNOWN = " or ".join(LANGUAGES)
SHOWN = {
    "figures": ["quote", "value", "bound", "unit", "subject", "indicator", "status", "start_year", "end_year"],
    "answers": ["value", "bound", "unit", "per", "programme", "place", "start_year", "end_year", "said", "why_not"],
}


@click.command()
@click.argument("statements", nargs=-1, metavar="[NAME or PATH …]")
@click.option("--out", type=click.Path(path_type=Path), help="Write all columns there: .csv or .parquet.")
@click.option("--published", metavar="DAY", help="The day of texts that do not say theirs, as 2025-11-28.")
@click.option("--language", help=f"The language of texts that do not say theirs: {KNOWN}.")
@click.option("--text-column", default="text", show_default=True, help="Which column of a table holds the texts.")
@click.option("--jobs", type=click.IntRange(1), default=lambda: os.cpu_count() or 1, show_default="one a core",
              help="Processes.")  # fmt: skip
@click.option("--dask", metavar="ADDRESS", help="Read on the workers of this scheduler of dask.distributed.")
def figures(**options: Any) -> None:
    """Print or write the figures of any number of texts; of the newest statement if none is named.

    Texts are statements in seeds/, .txt files with a passport beside them or described by the options, .jsonl, .csv
    and .parquet files with a column of texts (and, if they have them, id, language, date or published), and folders
    of all these. A text that cannot be read is reported and skipped; the exit code is then 1.
    """
    table_of_texts("figures", **options)


@click.command(params=[*figures.params])
def answers(**options: Any) -> None:
    """Print or write what follows from the figures of any number of texts: money per project, gaps, sums.

    Texts are named as for `auyl figures`. The column `said` tells what may stand in a headline, `why_not` why not.
    """
    table_of_texts("answers", **options)


def table_of_texts(
    kind: str,
    statements: tuple[str, ...],
    out: Path | None,
    published: str | None,
    language: str | None,
    text_column: str,
    jobs: int,
    dask: str | None,
) -> NoReturn:
    """Prints or writes one table of all texts, and ends with the exit code that says whether all could be read."""
    from auyl.intake import corpus, table_file
    from auyl.intake.new_statement import known_day
    from auyl.reading.language import known_language
    from auyl.statement import newest_statement

    if out is not None:
        table_file.known_output(out)
    day = str(known_day(published)) if published else None
    given = corpus.Given(day, None if language is None else known_language(language, ""), text_column)
    if not statements:
        newest, told = newest_statement()
        statements = (newest,)
        if told:
            click.echo(visible(f"auyl: {told}"), err=True)
    files = corpus.find_files(statements, [out, table_file.skipped_of(out)] if out else [])
    results = corpus.read_corpus(files, given, kind, jobs, dask)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing half written is left behind
    if out is None:
        table, count = table_file.collect(results, kind)
        click.echo(visible(_as_printed(table, kind)))
    else:
        count = table_file.write_table(results, out, kind)
        click.echo(f"{visible(str(out))}: {count.words()}")
    sys.exit(1 if count.skipped else 0)


def _as_printed(table: "pd.DataFrame", kind: str) -> str:
    """The table as text: figures under their numbers, answers under their measures and, of several texts, their ids."""
    if table.empty:
        return f"No {kind}."
    rows = table["figure_id"] if kind == "figures" else table["measure"]
    columns = SHOWN[kind]
    if table["source_id"].nunique() == 1:
        rows = rows.str.rpartition("#")[2]
    elif kind == "answers":
        columns = ["source_id", *columns]
    stated = table[columns].astype("object").where(table[columns].notna(), None)
    return stated.map(_printed).set_index(rows.rename(None)).to_string()


def _printed(entry: object) -> str:
    """An entry as text: numbers in full, thousands apart, years as years; what is missing says so."""
    if entry is None:
        return "not stated"
    if isinstance(entry, float):
        return f"{entry:,.4f}".rstrip("0").rstrip(".")
    return str(entry)


@click.command()
@click.argument("source", metavar="FILE or -")
@click.option("--published", metavar="DAY", help="When it was published, as 2025-11-28. Needed.")
@click.option("--publisher", help="Who published it. Needed.")
@click.option("--title", help="The headline; that of the page, or the first line, if not given.")
@click.option("--language", help=f"{KNOWN}; told by the text if not given.")
@click.option("--place", help="Where it was published.")
@click.option("--url", help="Its address on the web.")
@click.option("--rights", help="Whose the text is.")
@click.option("--name", help="The name in seeds/; made of the day and the headline if not given.")
def add(source: str, published: str | None, name: str | None, **passport: str | None) -> None:
    """Put a statement into seeds/: a text file, a saved web page, or - for standard input; and say what it holds."""
    from auyl.intake import new_statement
    from auyl.reading.table import figures as figures_of
    from auyl.reading.table import unread

    file = None if source == "-" else Path(source).name
    found = new_statement.read_found(new_statement.read_source(source), file or "standard input")
    statement = new_statement.new_statement(found, published, name, original_file=file, **passport)
    table, left = figures_of(statement), unread(statement)
    path = new_statement.write_statement(statement)
    click.echo(visible(f"{path} and its passport {path.with_suffix('.yml').name}: {statement.title}"))
    told = "as given" if passport["language"] else "as its words show; --language says otherwise"
    click.echo(f"{len(statement.text):,} characters, language {statement.language} ({told}), read as {found.encoding}")
    click.echo(visible(_as_printed(table, "figures")))
    for reason, rows in left.groupby("reason", observed=True):
        click.echo(visible(f"no figures, {reason}: {' · '.join(map(' '.join, rows['quote'].str.split()))}"))
    if turning := sum(statement.text.count(mark) for mark in TURNING):
        click.echo(f"Invisible marks that turn the direction of reading: {turning}; a number with one is misread")


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--out", type=click.Path(path_type=Path), help="Write all columns there: .csv or .parquet.")
def compare(old: str, new: str, out: Path | None) -> None:
    """Say figure by figure what the statement NEW contradicts, revises, repeats, adds and drops of OLD.

    Both are names in seeds/ or paths of text files with a passport beside them. An outcome other than its plan is no
    contradiction, and a figure of which the words do not say what it counts can be told to be of nothing.
    """
    from auyl.bounded import plain
    from auyl.intake import table_file
    from auyl.measures.two_statements import compare as compared
    from auyl.statement import read_statement

    if out is not None:
        table_file.known_output(out)
    changes = plain(compared(read_statement(old), read_statement(new)))
    if out is not None:
        table_file.write_whole_table(changes, out)
        click.echo(f"{visible(str(out))}: {len(changes):,} figures")
        return
    shown = changes[["change", "programme", "indicator", "start_year", "end_year", "earlier_quote", "later_quote"]]
    words = shown.set_axis(["change", "programme", "of", "from", "to", "then", "now"], axis="columns")
    words = words.astype("string").fillna("").apply(lambda column: column.str.ljust(column.str.len().max()))
    click.echo(visible(words.to_string(index=False, justify="left") if len(words) else "No figures."))
