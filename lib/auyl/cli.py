"""The command line, `auyl`, which `python -m auyl` is too; the commands are those of the rooms.

What a command needs is imported in it: a plain installation reads figures, and says what to install for the rest.
"""

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from auyl.errors import AuylError, missing_package
from auyl.intake.commands import add, answers, compare, figures
from auyl.record.commands import record
from auyl.reports.commands import report
from auyl.terminal import visible


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
        except BrokenPipeError:  # nobody reads on, as after `| head`: click ends without a word
            raise
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
@click.argument("statement", metavar="NAME or PATH")
def check(statement: str) -> None:
    """List what wants a look in a statement's reading, the weakest evidence first, and the line that would mend each.

    The lines are those of a file of corrections, seeds/NAME.corrections.csv, and lack their last entry, why: write the
    reason there, change the value if it is wrong, and put the line into the file.
    """
    from auyl.doubts import doubts
    from auyl.reading.corrections import ENDING, HEADER, csv_line
    from auyl.statement import find, read_statement

    read = read_statement(statement)
    for correction, _, before in read.mended.made:
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


for command in (figures, answers, compare, add, report, record):
    main.add_command(command)
