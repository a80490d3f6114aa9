"""The choices and sliders of notebooks/explore.ipynb.

Every change says and draws the answers anew: what `auyl.answers` allows, then what the sliders assume, called so, then
what is held back and why. A statement that cannot be read is told in a sentence where the answer would stand.
"""

from typing import Any

import ipywidgets as widgets
import pandas as pd

import auyl
from auyl.bounded import exact
from auyl.display import findings, tables, words
from auyl.display.canvas import Picture
from auyl.errors import AuylError, MissingFigureError
from auyl.lab import assumptions
from auyl.lab.forms import Shows, close, dropdown, offer, picture, slider
from auyl.measures.claims import is_of_the_record
from auyl.statement import read_statement, statement_ids

TABS = {"project": "A project", "village": "A village", "gap": "A target"}
MEASURES = {
    "project": ("cost_per_project",),
    "village": ("projects_per_village", "money_per_village"),
    "gap": ("gap",),
}
VILLAGES = 6124  # of Kazakhstan in November 2025, as primeminister.kz has it; notebook 02 begins from it too
BUDGET, ANYWHERE, YEARS = 100.0, 1000, 5  # where nothing was stated or published to begin from
UNNAMED = "no programme is named"
NOTE = "The sliders are assumptions; they begin from what was stated or published."
NO_RIVALS = ["money_id", "projects_id", "excluded", "publisher", "other_cost_mn"]
HELD = {"about": "Of", "question": "Question", "why_not": "Why it is not said"}


class Explorer(Shows):
    """What a statement says of a project, a village and a target, beside what the sliders assume.

    It opens on the statement that is named, if there is one of that name, else on the newest, and on the programme with
    the most money. `choices` are the widgets by name, `tabs` the answers as HTML, `told` their sentences, `figures` the
    statement's figures as `auyl.figures` gives them.
    """

    def __init__(self, statement: str = "") -> None:
        self.choices: dict[str, Any] = {
            "statement": dropdown("Statement", statement_ids(), statement),
            "programme": dropdown("Programme", []),
            "cost": slider(widgets.FloatSlider, "Cost of one, million", min=0, max=1000, step=0.1),
            "budget": slider(widgets.FloatSlider, "Budget a year, billion", min=0.1, max=1000, step=0.1),
            "villages": slider(widgets.IntSlider, "Villages", min=1, max=10_000),
            "years": slider(widgets.IntSlider, "Years", min=1, max=15),
        }
        self.tabs = {name: widgets.HTML() for name in TABS}
        self.told: dict[str, list[str]] = {}
        chosen, sliders = list(self.choices.values())[:2], list(self.choices.values())[2:]
        columns = widgets.HBox(
            [widgets.VBox(chosen), widgets.VBox(sliders)], layout=widgets.Layout(flex_flow="row wrap")
        )
        answers = widgets.Tab(list(self.tabs.values()), titles=list(TABS.values()))
        self.view = widgets.VBox([columns, widgets.HTML(f"<p>{NOTE}</p>"), answers])
        for name, choice in self.choices.items():
            choice.observe({"statement": self.read, "programme": self.begin}.get(name, self.refresh), names="value")
        self.read()

    def read(self, change: object = None) -> None:
        """Reads the statement, names its programmes, the one with the most money first, and begins with that."""
        self.ready = False
        try:
            self.source = read_statement(self.choices["statement"].value or "")
            claims = auyl.claims(self.source)
        except AuylError as error:
            for tab in self.tabs.values():
                tab.value = tables.paragraphs([words.sentence(str(error))]).html
            return
        self.figures, self.answers = auyl.figures(self.source), auyl.answers(self.source)
        funding = or_none(auyl.funding_per_project, self.figures)
        self.rivals = auyl.against_the_record(funding, claims) if len(funding) else pd.DataFrame(columns=NO_RIVALS)
        villages, gaps = (
            or_none(auyl.village_allocations, self.figures, None, claims),
            or_none(auyl.target_gaps, self.figures),
        )
        self.villages = villages[villages["said"]] if len(villages) else villages
        self.gaps = gaps[gaps["said"] & gaps["years"].notna()] if len(gaps) else gaps
        self.checks = auyl.cross_checks(claims)
        self.beside = findings.against(
            self.answers, self.checks, self.source.date, self.rivals if len(funding) else None
        )
        offer(self.choices["programme"], [(name or UNNAMED, name) for name in self.programmes()])
        self.begin()

    def begin(self, change: object = None) -> None:
        """Sets the sliders to what was stated or published of the programme."""
        if change is not None and not self.ready:
            return  # `read` is at work
        self.ready = False
        costs, villages = self.rows("project", said=True), self.of_programme(self.villages)
        costs = costs[costs["place"].isna() & costs["part"].isna()]
        published = villages["money"].dropna() if len(villages) else villages
        first: Any = costs.iloc[0] if len(costs) else None
        self.own = None if first is None else words.value_of(first) / 1e6
        self.one = costs["per"].iloc[0] if len(costs) else "project"
        self.currency = next(iter([*costs["unit"], *(villages["currency"].dropna() if len(villages) else [])]), "KZT")
        stated = villages["villages"].iloc[0].value if len(villages) else ANYWHERE
        start = {
            "cost": self.own.value if self.own else 0.0,
            "budget": published.iloc[0].value / 1e9 if len(published) else BUDGET,
            "villages": VILLAGES if is_of_the_record(self.figures) else stated,
            "years": self.gaps["years"].iloc[0] if len(self.gaps) else YEARS,
        }
        for name, value in start.items():
            choice = self.choices[name]
            choice.max = max(choice.max, round(2 * value))
            choice.value = int(value) if name in ("villages", "years") else round(value, 1)
        self.start = self.choices["cost"].value
        self.ready = True
        self.refresh()

    def programmes(self) -> list[str]:
        """The programmes, those first that a cost may be said of, each time the one with the most money first."""
        money = self.figures[self.figures["unit"].map(words.is_currency).astype(bool)].sort_values(
            "value", ascending=False
        )
        ids = {id for row in self.rows_of("project", said=True)["figure_ids"] for id in row.split(",")}
        of_answers = self.answers[self.answers["measure"].isin([*MEASURES["project"], *MEASURES["village"]])]
        found = [money[money["figure_id"].isin(ids)]["programme"].fillna(""), of_answers["programme"].fillna("")]
        named = pd.concat([*found, money["programme"].dropna(), self.figures["programme"].dropna()])
        return list(named.unique()) or [""]

    def refresh(self, change: object = None) -> None:
        """Says and draws the three answers for the choices as they stand."""
        if not self.ready:
            return
        cost, budget, number, years = (self.choices[name].value for name in ("cost", "budget", "villages", "years"))
        own = cost == self.start
        assumed = assumptions.Assumed(
            self.own if own else exact(cost) if cost else None, own, budget, number, years, self.currency, self.one
        )
        costs = self.rows("project", said=True).to_dict("records")
        self.show("project", *assumptions.of_projects(costs, self.rivals, assumed, self.source))
        villages = self.of_programme(self.villages).to_dict("records")
        self.show("village", *assumptions.of_villages(villages, assumed, self.source))
        self.show("gap", *assumptions.of_targets(self.gaps, self.checks, years, self.source))

    def show(self, name: str, assumed: list[str], chart: Picture | None) -> None:
        rows = self.rows(name)
        said = findings.sentences(rows, self.figures, *MEASURES[name], beside=self.beside)
        lacking = [findings.why_nothing(rows, MEASURES[name][0])]
        self.told[name] = [*(said or lacking), *assumed]
        held = findings.held_back(rows)
        drawn = picture(chart) if chart else ""
        table = tables.show(held, "Held back", HELD).html if len(held) else ""
        self.tabs[name].value = close(tables.paragraphs(self.told[name]).html + drawn + table)

    def rows(self, name: str, said: bool = False) -> pd.DataFrame:
        """The answers of a tab: of the programme, or of every target; those that may be said alone, if asked for."""
        rows = self.rows_of(name, said)
        return rows if name == "gap" else self.of_programme(rows)

    def rows_of(self, name: str, said: bool) -> pd.DataFrame:
        rows = self.answers[self.answers["measure"].isin(MEASURES[name])]
        return rows[rows["said"].fillna(False)] if said else rows

    def of_programme(self, table: pd.DataFrame) -> pd.DataFrame:
        return table[table["programme"].fillna("") == self.choices["programme"].value] if len(table) else table


def or_none(measure: Any, *given: Any) -> pd.DataFrame:
    """The measure's table, empty where a figure is missing; the sentences say which."""
    try:
        return measure(*given)
    except MissingFigureError:
        return pd.DataFrame()
