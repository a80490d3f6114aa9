"""The choices and sliders of notebooks/explore.ipynb.

Every change says and draws the answers anew: what `auyl.answers` allows, then what the sliders assume, which begins
with "Assumed", then what is held back and why. A chart draws what was stated or published beside what is assumed; where
there is only one of them, there is no chart. A statement that cannot be read is told where the answer would stand.
"""

from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets
import pandas as pd

import auyl
from auyl.bounded import Bounded, exact, in_words
from auyl.display import charts, findings, tables
from auyl.display.canvas import Picture
from auyl.display.charts.rows import cited
from auyl.display.words import about, amount, an, currency, is_currency, noun, plain, records, sentence, value_of
from auyl.errors import AuylError, MissingFigureError
from auyl.lab.forms import FULL, Shows, close, dropdown, offer, picture, slider
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
NO_RIVALS = ["money_id", "projects_id", "excluded", "publisher", "other_cost_mn"]
HELD = {"about": "Of", "question": "Question", "why_not": "Why it is not said"}

# ---- The words ----------------------------------------------------------------------------------------------------
UNNAMED = "no programme is named"
NOTE = "The sliders are assumptions; they begin from what was stated or published."
PAYS_FOR = "Assumed: {budget} a year for {years}, at a cost of {cost} {a}, pays for {things}."
BY_COST = "Assumed: {each} a village, at a cost of {cost} {a}, is {money} a village."
SHARED = "Assumed: {budget} a year for {years}, shared by {villages}, is {money} a village."
PUBLISHED = "{of}: {who} has {money}, which for {villages} is {each} a village, on average."
OTHER_YEARS = "Assumed: in {years} from {start} it is {points} a year, until {end}."
NO_COST = "No cost is assumed yet: move “Cost of one”."
STATED, BY, ASSUMED, A_YEAR = "{of}, as stated", "By {who}", "Assumed", "{points} a year"
BAR_BY_COST, BAR_SHARED = "Assumed: {each} of {cost}", "Assumed: {budget} a year, {years}, {villages}"
A_COST, A_VILLAGE = "What {a} costs on average", "What a village gets on average"
OTHERS = "{source}; others as named"
WAY, WAYS = "The way from {level} to {aim}", "The ways to the targets"

Row = Mapping[Any, Any]  # a row of any table, as pandas gives it
Told = tuple[list[str], Picture | None]


class Explorer(Shows):
    """What a statement says of a project, a village and a target, beside what the sliders assume.

    It opens on the statement that is named, if there is one of that name, else on the newest, and on the programme with
    the most money. `choices` are the widgets by name, `tabs` the answers as HTML, `told` their sentences, `copy` all of
    them as plain text, `figures` the statement's figures as `auyl.figures` gives them.
    """

    def __init__(self, statement: str = "") -> None:
        chosen: dict[str, Any] = {
            "statement": dropdown("Statement", statement_ids(), statement),
            "programme": dropdown("Programme", []),
        }
        sliders: dict[str, Any] = {
            "cost": slider(widgets.FloatSlider, "Cost of one, million", min=0, max=1000, step=0.1),
            "budget": slider(widgets.FloatSlider, "Budget a year, billion", min=0.1, max=1000, step=0.1),
            "villages": slider(widgets.IntSlider, "Villages", min=1, max=10_000),
            "years": slider(widgets.IntSlider, "Years", min=1, max=15),
        }
        self.choices = chosen | sliders
        self.tabs = {name: widgets.HTML() for name in TABS}
        self.told: dict[str, list[str]] = {}
        self.copy = widgets.Textarea(description="To copy", rows=6, layout=FULL)
        boxes = [widgets.VBox([*group.values()]) for group in (chosen, sliders)]
        answers = widgets.Tab(list(self.tabs.values()), titles=list(TABS.values()))
        beside = widgets.HBox(boxes, layout=widgets.Layout(flex_flow="row wrap"))
        self.view = widgets.VBox([beside, widgets.HTML(f"<p>{NOTE}</p>"), answers, self.copy])
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
                tab.value = tables.paragraphs([sentence(str(error))]).html
            return
        self.figures, self.answers = auyl.figures(self.source), auyl.answers(self.source)
        funding = or_none(auyl.funding_per_project, self.figures)
        self.rivals = auyl.against_the_record(funding, claims) if len(funding) else pd.DataFrame(columns=NO_RIVALS)
        villages = or_none(auyl.village_allocations, self.figures, None, claims)
        gaps = or_none(auyl.target_gaps, self.figures)
        self.villages = villages[villages["said"]] if len(villages) else villages
        self.gaps = gaps[gaps["said"] & gaps["years"].notna()] if len(gaps) else gaps
        self.checks = auyl.cross_checks(claims)
        rivals = self.rivals if len(funding) else None
        self.beside = findings.against(self.answers, self.checks, self.source.date, rivals)
        offer(self.choices["programme"], [(name or UNNAMED, name) for name in self.programmes()])
        self.begin()

    def begin(self, change: object = None) -> None:
        """Sets the sliders to what was stated or published of the programme."""
        if change is not None and not self.ready:
            return  # `read` is at work
        self.ready = False
        costs, villages = self.rows("project", said=True), self.of_programme(self.villages)
        costs = costs[costs["place"].isna() & costs["part"].isna()]
        first: Any = costs.iloc[0] if len(costs) else None
        self.own = None if first is None else value_of(first) / 1e6
        self.one = "project" if first is None else first["per"]
        published = villages["money"].dropna() if len(villages) else villages
        currencies = [*costs["unit"], *(villages["currency"].dropna() if len(villages) else [])]
        self.currency = next(iter(currencies), "KZT")
        stated = villages["villages"].iloc[0].value if len(villages) else ANYWHERE
        start = {
            "cost": self.own.value if self.own else 0.0,
            "budget": self.own_budget() or (published.iloc[0].value / 1e9 if len(published) else BUDGET),
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

    def own_budget(self) -> float | None:
        """What the statement itself gives the whole programme for its latest single year, in billions."""
        money = self.of_programme(self.figures[self.figures["unit"].eq(self.currency).fillna(False)])
        one_year = money["start_year"].notna() & money["start_year"].eq(money["end_year"]).fillna(False)
        whole = money[one_year & money["part"].isna() & money["place"].isna()]
        return None if whole.empty else float(whole.sort_values("end_year")["value"].iloc[-1]) / 1e9

    def programmes(self) -> list[str]:
        """The programmes, those first that a cost may be said of, each time the one with the most money first."""
        is_money = self.figures["unit"].map(is_currency).astype(bool)
        money = self.figures[is_money].sort_values("value", ascending=False)
        ids = {id for row in self.rows_of("project", said=True)["figure_ids"] for id in row.split(",")}
        of_answers = self.answers[self.answers["measure"].isin([*MEASURES["project"], *MEASURES["village"]])]
        found = [money[money["figure_id"].isin(ids)]["programme"].fillna(""), of_answers["programme"].fillna("")]
        named = pd.concat([*found, money["programme"].dropna(), self.figures["programme"].dropna()])
        return list(named.unique()) or [""]

    def refresh(self, change: object = None) -> None:
        """Says and draws the three answers for the choices as they stand."""
        if self.ready:
            cost = self.choices["cost"].value
            self.is_own = cost == self.start
            self.cost = self.own if self.is_own else exact(cost) if cost else None  # in millions
            self.budget = exact(self.choices["budget"].value * 1e9 * self.choices["years"].value)  # of all years
            for name, answer in (("project", self.projects), ("village", self.village), ("gap", self.targets)):
                self.show(name, *answer())
            self.copy.value = "\n\n".join("\n".join(self.told[name]) for name in self.tabs)

    def show(self, name: str, assumed: list[str], chart: Picture | None) -> None:
        rows = self.rows(name)
        said = findings.sentences(rows, self.figures, *MEASURES[name], beside=self.beside)
        self.told[name] = [*(said or [findings.why_nothing(rows, MEASURES[name][0])]), *assumed]
        held = findings.held_back(rows)
        drawn = picture(chart) if chart else ""
        table = tables.show(held, "Held back", HELD).html if len(held) else ""
        self.tabs[name].value = close(tables.paragraphs(self.told[name]).html + drawn + table)

    def say(self, template: str, **more: str) -> str:
        """A template with what the sliders say, in words."""
        given = {name: choice.value for name, choice in self.choices.items()}
        return template.format(
            budget=amount(exact(given["budget"] * 1e9), self.currency),
            years=counted(given["years"], "year"),
            villages=counted(given["villages"], "village"),
            cost="" if self.cost is None else amount(self.cost * 1e6, self.currency),
            a=an(self.one),
            **more,
        )

    def projects(self) -> Told:
        """What the budget pays for at that cost; the cost as stated, by others' figures, and as assumed."""
        costs = self.rows("project", said=True)
        costs = costs[(costs["unit"] == self.currency) & (costs["per"] == self.one)]
        drawn = [(STATED.format(of=about(row)), value_of(row) / 1e6) for row in records(costs)]
        ids = self.rivals["money_id"] + "," + self.rivals["projects_id"]
        others = self.rivals[self.rivals["excluded"] & ids.isin(costs["figure_ids"])]
        drawn += [(BY.format(who=row["publisher"]), row["other_cost_mn"]) for row in records(others)]
        if self.cost is None:
            return [NO_COST], self.bars(drawn, A_COST)
        drawn += [] if self.is_own else [(ASSUMED, self.cost)]
        things = f"{in_words(self.budget / (self.cost * 1e6), 0)} {noun(self.one)}"
        return [self.say(PAYS_FOR, things=things)], self.bars(drawn, A_COST)

    def village(self) -> Told:
        """What a village gets: as stated or published, by its projects at the assumed cost, by the assumed budget."""
        lines, drawn = [], []
        for row in records(self.of_programme(self.villages)):
            stated, each = row["money_source"] == "statement", row["mn_per_village"]
            if pd.notna(each):
                drawn.append(((STATED if stated else BY).format(of=about(row), who=row["money_source"]), each))
                lines += [] if stated else [published(row)]
            if self.cost is not None and row["counted"] == self.one and not (stated and self.is_own):
                things, money = amount(row["projects_per_village"], self.one), row["projects_per_village"] * self.cost
                lines.append(self.say(BY_COST, each=things, money=amount(money * 1e6, self.currency)))
                drawn.append((self.say(BAR_BY_COST, each=things), money))
        shared = self.budget / float(self.choices["villages"].value)
        lines.append(self.say(SHARED, money=amount(shared, self.currency)))
        drawn.append((self.say(BAR_SHARED), shared / 1e6))
        return lines, self.bars(drawn, A_VILLAGE)

    def targets(self) -> Told:
        """What each year has to bring until the target's year, and in the assumed number of years."""
        years = self.choices["years"].value
        lines, paths, others = [], [], []
        for row in records(self.gaps):
            name = ", ".join(plain(row[c]) for c in ("programme", "indicator", "place", "part") if pd.notna(row[c]))
            start, end, due = int(row["current_year"]), int(row["current_year"]) + years, int(row["target_year"])
            levels = {"level": row["current"], "aim": row["target"], "year": start}
            points = amount(row["required_pp_a_year"], "percentage_point")
            paths.append(levels | {"label": name or "As stated", "by": due, "path": A_YEAR.format(points=points)})
            found = self.checks[self.checks["figure_id"].isin([row["current_id"], row["target_id"]])]
            found = found[found["verdict"].isin(["contradicted", "revised since"])].head(1)
            others.append(found.assign(label=name or "As stated", year=found["published_end_year"]))
            if end != due:
                points = amount(row["gap"] / float(years), "percentage_point")
                lines.append(self.say(OTHER_YEARS, start=str(start), points=points, end=str(end)))
                label = f"{ASSUMED}: {counted(years, 'year')}"
                paths.append(levels | {"label": label, "by": end, "path": A_YEAR.format(points=points)})
        if not paths:
            return lines, None
        level, aim = (amount(paths[0][name], "percent") for name in ("level", "aim"))
        found = pd.concat(others).rename(columns={"published": "level", "publisher": "who"})
        return lines, charts.slope(
            pd.DataFrame(paths), "level", "aim", level_year="year", aim_year="by", label="label", path="path",
            others=found, headline=WAY.format(level=level, aim=aim) if len(self.gaps) == 1 else WAYS,
            subtitle="percent", source=OTHERS.format(source=cited(self.source)) if len(found) else self.source,
        )  # fmt: skip

    def bars(self, drawn: list[tuple[str, Bounded]], headline: str) -> Picture | None:
        """A bar each, if there are two to compare."""
        if len(drawn) < 2:
            return None
        names, quantities = zip(*drawn, strict=True)
        table = pd.DataFrame({"label": names, "value": pd.Series(quantities, dtype="bounded")})
        by_others = any(name.startswith(BY[:3]) for name in names)
        return charts.bars(
            table, "value", label="label", ordered=True, decimals=1, headline=self.say(headline),
            subtitle=f"million {currency(self.currency)}",
            source=OTHERS.format(source=cited(self.source)) if by_others else self.source,
        )  # fmt: skip

    def rows(self, name: str, said: bool = False) -> pd.DataFrame:
        """The answers of a tab: of the programme, or of every target; those that may be said alone, if asked for."""
        rows = self.rows_of(name, said)
        return rows if name == "gap" else self.of_programme(rows)

    def rows_of(self, name: str, said: bool) -> pd.DataFrame:
        rows = self.answers[self.answers["measure"].isin(MEASURES[name])]
        return rows[rows["said"].fillna(False)] if said else rows

    def of_programme(self, table: pd.DataFrame) -> pd.DataFrame:
        return table[table["programme"].fillna("") == self.choices["programme"].value] if len(table) else table


def counted(number: float, unit: str) -> str:
    return amount(exact(float(number)), unit)


def published(row: Row) -> str:
    """Money that another source gave for the very villages of the statement."""
    money, villages = amount(row["money"], row["currency"]), amount(row["villages"], "village")
    each = amount(row["mn_per_village"] * 1e6, row["currency"])
    return PUBLISHED.format(who=row["money_source"], money=money, of=about(row), villages=villages, each=each)


def or_none(measure: Any, *given: Any) -> pd.DataFrame:
    """The measure's table, empty where a figure is missing; the sentences say which."""
    try:
        return measure(*given)
    except MissingFigureError:
        return pd.DataFrame()
