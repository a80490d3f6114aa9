"""The widgets of notebooks/review.ipynb: what wants a look in a statement's reading, confirmed, mended or dropped.

The list is that of `auyl check`. A click makes a line of the file of corrections, and the reading and the list follow
at once; the file is written by its own button alone.
"""

import csv
from dataclasses import replace
from html import escape
from pathlib import Path

import ipywidgets as widgets
import pandas as pd

import auyl
from auyl.display import tables
from auyl.display.words import sentence
from auyl.doubts import doubts
from auyl.errors import AuylError
from auyl.files import write_whole
from auyl.lab.forms import FULL, LABELS, WIDE, Shows, close, dropdown, offer
from auyl.reading.corrections import ENDING, HEADER, csv_line, read_corrections
from auyl.reading.document import STATUSES
from auyl.reading.subjects import catalogue
from auyl.statement import Statement, find, read_statement

COLUMNS = {  # what can be mended here, and how it is written
    "subject": "a programme or policy of the catalogue; empty: none of them",
    "unit": "project, village, person, KZT, percent; empty: not stated",
    "place": "KZ-39 (Kostanay region), or the name as printed; empty: the whole country",
    "part": "roads, water, first stage; empty: the whole",
    "years": "2025 or 2019-2024; empty: not stated",
    "status": " or ".join(STATUSES),
    "value": "a number, or words such as 701 billion tenge",
}
SHOWN = {
    **{"quote": "As printed", "value_words": "Read as", "unit": "Unit", "programme": "Programme or policy"},
    **{"place": "Place", "part": "Part", "years": "Years", "status": "Status"},
}
BUTTONS = {"confirm": "Confirm", "mend": "Mend", "drop": "Drop", "back": "Take back", "write": "Write the file"}
NO_REASON = "write into “Because” how you know: a reason signs a correction"
CHANGED = "{file} has changed since it was read: run the cell again, so that nothing of it is lost"


class Review(Shows):
    """What is in doubt in a statement's reading, the weakest evidence first, and the corrections made of it.

    `file` is where they go, by default `seeds/<id>.corrections.csv`; what stands there already is kept. `statement` has
    the corrections made so far, `figures` is its table, `doubts` what is left, `text` the file as it would be written.
    """

    def __init__(self, statement: str = "", file: Path | None = None) -> None:
        path = find(statement or auyl.statement_ids()[0])
        own = path.with_suffix(ENDING)
        self.file, self.printed = file or own, read_statement(path)
        self.stored = in_file(self.file)
        self.kept, self.added = self.stored or in_file(own) or csv_line(HEADER), list[str]()
        self.list = widgets.Select(rows=8, layout=FULL)
        self.context, self.said, self.lines = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.figure, self.column = (
            dropdown("Figure", []),
            dropdown("Column", [(name.replace("subject", "programme"), name) for name in COLUMNS]),
        )
        self.value = widgets.Combobox(description="Value", ensure_option=False, layout=WIDE, style=LABELS)
        self.why = widgets.Text(description="Because", placeholder="how you know", layout=WIDE, style=LABELS)
        self.buttons = {name: widgets.Button(description=told) for name, told in BUTTONS.items()}
        for name, button in self.buttons.items():
            button.on_click(lambda _, name=name: self.press(name))
        self.list.observe(self.choose, names="index")
        self.figure.observe(self.fill, names="value")
        self.column.observe(self.fill, names="value")
        rows = [
            widgets.HBox([self.buttons[name] for name in names]) for names in (list(BUTTONS)[:3], list(BUTTONS)[3:])
        ]
        fields = [self.figure, self.column, self.value, self.why, rows[0], self.said]
        self.view = widgets.VBox([self.list, self.context, *fields, self.lines, rows[1]])
        self.take([])

    @property
    def text(self) -> str:
        return "\n".join([self.kept.rstrip("\n"), *self.added, ""])

    def take(self, added: list[str]) -> None:
        """Makes the corrections of the file and of these lines, and lists what is left.

        Raises StatementError where a line does not fit the text or its column; then everything stays as it was.
        """
        text = "\n".join([self.kept.rstrip("\n"), *added, ""])
        made = read_corrections(text.encode(), self.file.name, self.printed.text)
        statement = replace(self.printed, corrections=made)
        self.figures = auyl.figures(statement)
        self.statement, self.added = statement, added
        left = [(doubt.about, *next(csv.reader([doubt.line]))[:4]) for doubt in doubts(statement)]
        self.doubts = pd.DataFrame(left, columns=["about", *HEADER[:4]], dtype="string").astype({"start": "Int64"})
        place = self.list.index or 0
        self.list.options = [(" ".join(row[0].split()), n) for n, row in enumerate(left)]
        self.list.index = min(place, len(left) - 1) if left else None
        written = "as it stands there" if text == self.stored else "not written yet"
        self.lines.value = f"<p>{escape(str(self.file))}, {written}:</p><pre>{escape(text)}</pre>"
        self.choose()

    def choose(self, change: object = None) -> None:
        """Shows the doubt that is chosen: its words in their paragraphs, its figures, the column that is meant."""
        for name in ("confirm", "mend", "drop"):
            self.buttons[name].disabled = self.list.index is None
        if self.list.index is None:
            self.context.value = "<p>Nothing is left that wants a look.</p>"
            return
        doubt = self.doubts.iloc[self.list.index]
        starts = [doubt["start"], *([int(doubt["value"])] if doubt["column"] == "confirm" else [])]
        rows = self.figures[self.figures["start"].isin(starts)]
        self.buttons["confirm"].description = "Both belong together" if len(rows) > 1 else BUTTONS["confirm"]
        shown = rows.assign(value_words=tables.readings(rows), programme=tables.programmes(rows))
        table = tables.show(shown, "As it is read now", SHOWN).html
        about = f"<p>{escape(sentence(doubt['about']))}</p>"
        self.context.value = close(about + in_context(self.statement, rows) + table)
        offer(self.figure, [(row.quote, row.start) for row in rows.itertuples()])
        self.column.value = doubt["column"] if doubt["column"] in COLUMNS else "years"
        self.fill()

    def fill(self, change: object = None) -> None:
        """Puts the reading of the chosen column into the field, and how it is written under it."""
        column, row = self.column.value, self.figures[self.figures["start"] == self.figure.value]
        names = ["start_year", "end_year"] if column == "years" else [column]
        stated = [f"{part:.15g}" if column == "value" else str(part) for part in row[names].stack().dropna()]
        known = {"subject": list(catalogue().subjects), "status": list(STATUSES), "years": [], "value": []}
        self.value.options = known.get(column, sorted(self.figures.get(column, pd.Series()).dropna().unique()))
        self.value.value, self.value.placeholder = "-".join(dict.fromkeys(stated)), COLUMNS[column]

    def press(self, name: str) -> None:
        """What a button does; what cannot be done is said."""
        try:
            self.said.value = f"<p>{escape(sentence(self.write() if name == 'write' else self.add(name)))}</p>"
        except AuylError as error:
            self.said.value = f"<p role='alert'>{escape(sentence(str(error)))}</p>"

    def add(self, name: str) -> str:
        """Adds the line of a button, or takes the last one back."""
        if name == "back":
            self.take(self.added[:-1])
            return "the last line that was not written is taken back"
        if not self.why.value.strip():
            raise AuylError(NO_REASON)
        figure = self.figures[self.figures["start"] == self.figure.value].iloc[0]
        line = {
            "confirm": self.doubts.iloc[self.list.index][HEADER[:4]].to_list(),
            "mend": [figure["start"], figure["quote"], self.column.value, self.value.value],
            "drop": [figure["start"], figure["quote"], "figure", "drop"],
        }[name]
        self.take([*self.added, csv_line([*line, self.why.value.strip()])])
        self.why.value = ""
        return f"{line[1]}: {line[2]} {line[3]}"

    def write(self) -> str:
        if in_file(self.file) != self.stored:
            raise AuylError(CHANGED.format(file=self.file))
        write_whole(self.file, self.text)
        self.kept = self.stored = self.text
        self.take([])
        return f"{self.file} is written"


def in_file(path: Path) -> str | None:
    return path.read_text("utf-8-sig") if path.is_file() else None


def in_context(statement: Statement, figures: pd.DataFrame) -> str:
    """The paragraphs of these figures, each figure marked."""
    text, told = statement.text, []
    spans = sorted(zip(figures["start"], figures["end"], strict=True))
    for begins in dict.fromkeys(text.rfind("\n\n", 0, start) + 1 for start, _ in spans):
        ends = text.find("\n\n", begins + 1)
        ends, at, html = ends if ends > 0 else len(text), begins, ""
        for start, end in spans:
            if begins <= start < ends:
                html += f"{escape(text[at:start])}<mark>{escape(text[start:end])}</mark>"
                at = end
        told.append(f'<blockquote lang="{escape(statement.language)}">{html}{escape(text[at:ends])}</blockquote>')
    return "\n".join(told)
