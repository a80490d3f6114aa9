"""The box of notebooks/explore.ipynb that any text can be pasted into."""

from datetime import date as Date
from html import escape

import ipywidgets as widgets

import auyl
from auyl.display import findings, marked_text, tables
from auyl.display.words import sentence
from auyl.errors import AuylError
from auyl.lab.forms import FULL, LABELS, WIDE, Shows, close, dropdown
from auyl.reading.language import known_language
from auyl.reading.lexicon import LANGUAGES
from auyl.statement import Statement

FOUND = "found in the text"
EXAMPLE_DAY = Date(2025, 9, 1)
EXAMPLES = {
    "English": "In 2025, 36 billion tenge was allocated for 240 projects in 80 villages under the “Auyl – Yel besigi” "
    "project. Settlement provision stands at 62% and is expected to reach 71% by 2028.",
    "Русский": "В 2024 году по проекту «Ауыл – Ел бесігі» выделено свыше 36 млрд тенге на 240 проектов. "
    "В 2025 году планируется охватить почти 500 сёл.",
    "Қазақша": "Биыл «Ауыл аманаты» бағдарламасына 50 миллиард теңге бөлінді, 7 мыңға жуық несие берілді. "
    "Келесі жылы 80-нен астам ауыл қамтылады.",
}


class Reader(Shows):
    """A box to paste any text into: its figures are marked at once, with the table of them beneath.

    `text`, `day`, `language` and `examples` are the widgets, `answer` the marked text and the table as HTML, `figures`
    the figures as `auyl.figures` gives them, of the last text that could be read.
    """

    def __init__(self, text: str = EXAMPLES["English"], day: Date = EXAMPLE_DAY) -> None:
        self.text = widgets.Textarea(text, placeholder="Paste a text here", rows=5, layout=FULL)
        self.day = widgets.DatePicker(value=day, description="Published", style=LABELS, layout=WIDE)
        self.language = dropdown("Language", [FOUND, *LANGUAGES])
        self.examples = {name: widgets.Button(description=name) for name in EXAMPLES}
        self.answer = widgets.HTML()
        for name, button in self.examples.items():
            button.on_click(lambda _, text=EXAMPLES[name]: self.take(text))
        for widget in (self.text, self.day, self.language):
            widget.observe(self.refresh, names="value")
        self.refresh()
        chosen = [
            widgets.HBox([widgets.Label("Examples"), *self.examples.values()]),
            self.text,
            self.day,
            self.language,
        ]
        self.view = widgets.VBox([*chosen, self.answer])

    def take(self, example: str) -> None:
        self.text.value, self.day.value, self.language.value = example, EXAMPLE_DAY, FOUND

    def refresh(self, change: object = None) -> None:
        """Reads the text as it stands."""
        try:
            if not self.text.value.strip() or self.day.value is None:
                raise AuylError("a text and the day it was published are needed")
            language = None if self.language.value == FOUND else self.language.value
            source = Statement(self.text.value, self.day.value, known_language(language, self.text.value))
            self.figures, left, answers = auyl.figures(source), auyl.unread(source), auyl.answers(source)
        except AuylError as error:
            self.answer.value = f"<p>{escape(sentence(str(error)))}</p>"
            return
        shown = tables.figures(self.figures, "Every figure of the text", here=True).html
        told = findings.in_short(answers, self.figures, most=len(answers)).html
        self.answer.value = close(marked_text.marked_text(source, self.figures, left).html + told + shown)
