"""The widgets of notebooks/explore.ipynb: choices on a statement, and a box to paste any text into.

Every change computes the sentence, the chart and the table anew, by the functions the notebooks use. What a statement
lacks, or a value that cannot be, is said in a sentence where the answer would stand.
"""

from datetime import date as Date
from html import escape

import ipywidgets as widgets
import pandas as pd

from auyl.display import charts, findings, marked_text, tables
from auyl.display.canvas import Picture
from auyl.display.words import sentence
from auyl.errors import AuylError
from auyl.measures.prices import AS_PRINTED, yearly_prices
from auyl.measures.shares import RULES
from auyl.one_notebook import history, history_charts, history_words, measure_charts, questions, regional
from auyl.reading.language import known_language
from auyl.reading.lexicon import LANGUAGES
from auyl.reading.subjects import subject_name
from auyl.reading.table import figures, unread
from auyl.statement import Statement, read_statement, statement_ids

WIDE = widgets.Layout(width="34em")
LABELS = {"description_width": "10em"}
FOUND = "found in the text"  # the language of a pasted text


class Shows:
    """Shows its `view` where widgets can be shown, and elsewhere, on GitHub for example, says how to see it."""

    view: widgets.Widget

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        told = f"{type(self).__name__}: run this notebook in JupyterLab to use it."
        return self.view._repr_mimebundle_(include=include, exclude=exclude) | {"text/plain": told}


class Explorer(Shows):
    """A statement's answers under choices: statement, programme, price year, villages, rule and budget.

    It opens on the statement that is named, if there is one of that name, else on the newest. `choices` are the widgets
    by name, `answers` what they lead to as HTML, and `told` the sentences of the answer.
    """

    def __init__(self, statement: str = "") -> None:
        self.record = history.read_record()
        years = [int(year) for year in yearly_prices(self.record.context)["year"]]
        self.choices: dict[str, widgets.Widget] = {
            "statement": _dropdown("Statement", statement_ids(), statement),
            "programme": _dropdown("Programme", []),
            "price_year": _dropdown(
                "Tenge of", [("as printed", AS_PRINTED), *((str(year), year) for year in reversed(years))]
            ),
            "villages": widgets.BoundedIntText(
                value=6124, max=10**6, description="Villages in all", layout=WIDE, style=LABELS
            ),
            "rule": _dropdown("Shared out", list(RULES)),
            "budget": widgets.BoundedFloatText(
                value=0, max=1e6, description="Budget, billions", layout=WIDE, style=LABELS
            ),
        }
        self.answers = {name: widgets.HTML() for name in ("answer", "chart", "shares")}
        self._name_programmes()
        for name, choice in self.choices.items():
            choice.observe(self._statement_changed if name == "statement" else self.refresh, names="value")
        self.refresh()
        note = "A budget of 0 stands for what was published of the year. Villages, rule and budget are assumptions."
        self.view = widgets.VBox([*self.choices.values(), widgets.HTML(f"<p>{note}</p>"), *self.answers.values()])

    def refresh(self, change: object = None) -> None:
        """Computes the answers for the choices as they stand."""
        try:
            self._answer(**{name: choice.value for name, choice in self.choices.items()})
        except AuylError as error:
            self.told = findings.in_short(sentence(str(error)))
            self.answers["chart"].value = self.answers["shares"].value = ""
        self.answers["answer"].value = self.told.html

    def _answer(self, statement: str, programme: str, price_year: int, villages: int, rule: str, budget: float) -> None:
        source = read_statement(statement)
        own = figures(source)
        own = own[own["subject"] == programme] if programme else own
        funding, no_funding = questions.ask_funding(own)
        reached, no_villages = questions.ask_villages(own, 0, villages)
        costs = history.costs_by_period(funding, self.record, price_year)
        spans = sentence(history_words.spans_finding(costs, "project", price_year))
        shares, shared = regional.shared_out(reached, self.record, rule, budget)
        self.told = findings.in_short(
            findings.funding_answer(funding, no_funding),
            findings.village_answer(reached, no_villages),
            findings.reach_answer(reached),
            spans,
            history_words.sharing_words(shares, shared, rule),
        )
        own_costs = history.own_period(funding, "cost_mn", self.record, price_year)
        chart = (
            history_charts.amounts_by_period(own_costs, costs, "project", price_year, source)
            if len(costs)
            else measure_charts.cost_per_project(funding, source)
        )
        self.answers["chart"].value = _picture(charts.show(chart))
        self.answers["shares"].value = _shares_table(shares, rule).html if len(shares) else ""

    def _statement_changed(self, change: object) -> None:
        """Another statement has other programmes."""
        self._name_programmes()
        self.refresh()

    def _name_programmes(self) -> None:
        try:
            found = figures(read_statement(self.choices["statement"].value))["subject"].dropna().unique()
        except AuylError:
            found = []  # the answer says why
        with self.choices["programme"].hold_trait_notifications():
            self.choices["programme"].options = [("all", ""), *((subject_name(id), id) for id in found)]


class Reader(Shows):
    """A box to paste any text into: its figures are marked at once, with the table of them beneath.

    `text`, `day` and `language` are the widgets, `answer` the marked text and the table as HTML.
    """

    def __init__(self, text: str = "", day: Date | None = None) -> None:
        self.text = widgets.Textarea(
            value=text, placeholder="Paste a text here", layout=widgets.Layout(width="100%", height="10em")
        )
        self.day = widgets.DatePicker(value=day or Date.today(), description="Published", style=LABELS, layout=WIDE)
        self.language = _dropdown("Language", [FOUND, *LANGUAGES])
        self.answer = widgets.HTML()
        for widget in (self.text, self.day, self.language):
            widget.observe(self.refresh, names="value")
        self.refresh()
        self.view = widgets.VBox([self.text, self.day, self.language, self.answer])

    def refresh(self, change: object = None) -> None:
        """Reads the text as it stands."""
        if not self.text.value.strip() or self.day.value is None:
            self.answer.value = "<p>A text and the day it was published are needed.</p>"
            return
        try:
            language = None if self.language.value == FOUND else self.language.value
            source = Statement(self.text.value, self.day.value, known_language(language, self.text.value))
        except AuylError as error:
            self.answer.value = f"<p>{escape(sentence(str(error)))}</p>"
            return
        found, left = figures(source), unread(source)
        shown = tables.figures(found, "Every figure of the text", here=True)
        told = findings.in_short(findings.figures_found(found, left, source))
        self.answer.value = told.html + marked_text.marked_text(source, found, left).html + shown.html


def _dropdown(description: str, options: list, chosen: str = "") -> widgets.Dropdown:
    dropdown = widgets.Dropdown(options=options, description=description, layout=WIDE, style=LABELS)
    if chosen in options:
        dropdown.value = chosen
    return dropdown


def _picture(picture: Picture) -> str:
    """The chart on white, so that its ink is legible in a dark JupyterLab too, with its words for screen readers."""
    style = "background: white; padding: 8px; max-width: 500px"
    return f'<div role="img" aria-label="{escape(picture.alt)}" style="{style}">{picture.svg}</div>'


def _shares_table(shares: pd.DataFrame, rule: str) -> tables.Shown:
    columns = {"region": "Region", "percent": "Share, %", "bn": "Billion tenge", "projects": "Projects"}
    shown = shares.assign(percent=100 * shares["share"], bn=shares["amount"] / 1e9)
    return tables.show(shown[shown["share"].notna()], f"An assumed budget, by the rule “{rule}”", columns)
