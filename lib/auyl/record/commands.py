"""The command line of the record: `auyl record check`, `add` and `from`."""

from pathlib import Path

import click

from auyl import project
from auyl.errors import ParameterError
from auyl.reading.lexicon import LANGUAGES
from auyl.terminal import visible


@click.group()
def record() -> None:
    """The figures that others published, data/published.csv and the tables beside it: check them, add to them."""


@record.command()
def check() -> None:
    """Check every table of data/ against the codebook, and that the regions add up to their country."""
    from auyl.record import published

    for name in ("published", "context", "regions", "definitions"):
        click.echo(f"{name}.csv: {len(getattr(published, f'read_{name}')()):,} rows")
    rows = published.read_regional()
    click.echo(f"regional.csv: {len(rows):,} rows")
    click.echo(published.sums(rows).to_string(index=False, na_rep="not stated") if len(rows) else "no regions")
    published.check_sums(rows)


@record.command()
@click.argument("words", required=False)
@click.option("--file", type=click.Path(path_type=Path), help="Add the rows of this file instead, once looked at.")
@click.option("--subject", help="The programme or policy, such as auyl_el_besigi.")
@click.option("--indicator", help="What of it is counted, such as projects.")
@click.option("--scope", help="Which part of it; the whole if not given.")
@click.option("--area", "ref_area", help="A code of regions.csv; KZ if not given.")
@click.option("--unit", help="KZT, percent, project, …; read from the words if not given.")
@click.option("--status", help="actual, planned, target or projected; read from the words if not given.")
@click.option("--years", help="2023 or 2019-2024; read from the words if not given.")
@click.option("--as-of", help="The day or month that a count stands for.")
@click.option("--publisher", help="Who published it.")
@click.option("--date", help="When, as 2025-11-28, 2025-11 or 2025.")
@click.option("--address", help="The page.")
@click.option("--note", help="What a reader must know, in your own words.")
@click.option("--suspect", "why_suspect", metavar="WHY", help="It is doubtful, and why.")
@click.option("--caution", help="Reasons for care; the codebook lists them.")
@click.option("--basis", help="The way of counting, where there are several.")
@click.option("--preliminary", is_flag=True, help="A first count, which a later one replaces.")
@click.option("--revises", metavar="ROW", help="The row whose place this one takes, such as p054.")
@click.option("--language", help=f"Of the words: {' or '.join(LANGUAGES)}.")
@click.option("--dry-run", is_flag=True, help="Check and compare, write nothing.")
def add(
    words: str | None, file: Path | None, preliminary: bool, revises: str | None, dry_run: bool, **given: str | None
) -> None:
    """Add a figure that a page printed, given in its WORDS ("up to 6,000 projects"), to data/published.csv.

    What the words mean (value, bound, unit) is read as in a statement. The row is checked against the codebook, and
    held against the rows about the same thing: it is said which it repeats and which it contradicts.
    """
    import pandas as pd

    from auyl.record import add as adding
    from auyl.record.published import read_published, words_of

    if (words is None) == (file is None):
        raise ParameterError("give the figure's words, or --file with rows that were looked at")
    if file is None:
        given["preliminary"] = "true" if preliminary else None
        rows = pd.DataFrame([adding.row_from_words(words or "", given)], dtype="string")
    else:
        rows = words_of(file, "published")
    path = project.home() / "data" / "published.csv"
    if not path.is_file():
        raise ParameterError(f"there is no {path}: a collection without a record of its own needs a copy of one first")
    record = read_published()
    together = adding.add_rows(rows, path, revises)
    new = together.tail(len(rows))
    doubled = False
    for cells in new.astype(object).where(new.notna(), None).to_dict("records"):
        row = {str(name): cell for name, cell in cells.items()}
        click.echo(visible(f"{row['published_id']}: {adding.in_words(row)}"))
        others = adding.beside(row, record)
        click.echo(visible("".join(f"  {told}\n" for told in others["told"])), nl=False)
        doubled |= bool(others["same"].any())
        known = (record["subject"] == row["subject"]) & (record["indicator"] == row["indicator"])
        if not known.any():
            click.echo(f"  the first {row['indicator']} of {row['subject']}: describe it in data/README.md")
    if doubled:
        raise ParameterError("a row stands there already: nothing was added")
    if not dry_run:
        adding.write(together, path)
        click.echo(f"{path}: {len(together):,} rows")


@record.command("from")
@click.argument("statement")
@click.option("--all", "everything", is_flag=True, help="Figures of its own year and later ones too.")
@click.option("--out", type=click.Path(path_type=Path), help="The file; STATEMENT.proposed.csv here if not given.")
def from_statement(statement: str, everything: bool, out: Path | None) -> None:
    """Propose what a STATEMENT says of earlier years as rows of the record, in a file to be looked at.

    Take out of the file what is read wrongly or should not stand there, then: auyl record add --file FILE.
    """
    from auyl.record import add as adding
    from auyl.statement import read_statement

    rows = adding.rows_from_statement(read_statement(statement), everything)
    path = out or Path(f"{Path(statement).stem}.proposed.csv")
    if rows.empty:
        click.echo("nothing to propose: no figure of a known programme and of earlier years that is not there already")
        return
    adding.write(rows, path)
    click.echo(f"{path}: {len(rows)} rows proposed; look at them, then: auyl record add --file {path}")
