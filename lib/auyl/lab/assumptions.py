"""What a reader assumes of costs, budgets, villages and years, beside what a statement says: sentences and charts.

A sentence that rests on an assumption begins with "Assumed". A chart draws what was stated or published beside what is
assumed; where there is only one of them, there is no chart.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from auyl.bounded import Bounded, exact, in_words
from auyl.display import charts
from auyl.display.canvas import Picture
from auyl.display.charts.rows import cited
from auyl.display.words import about, amount, an, currency, noun, plain, value_of
from auyl.statement import Statement

Row = Mapping[Any, Any]  # a row of any table, as pandas gives it
Told = tuple[list[str], Picture | None]

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


class Assumed(NamedTuple):
    """The cost of one in millions (`own`: as the statement has it), a budget in billions a year, villages, years."""

    cost: Bounded | None
    own: bool
    budget: float
    villages: int
    years: int
    currency: str
    one: str  # what costs that: "project"

    @property
    def money(self) -> Bounded:
        """The budget of all years, in single units of the currency."""
        return exact(self.budget * 1e9 * self.years)

    @property
    def words(self) -> dict[str, str]:
        return {
            "budget": amount(exact(self.budget * 1e9), self.currency),
            "years": years_of(self.years),
            "villages": amount(exact(float(self.villages)), "village"),
            "cost": "" if self.cost is None else amount(self.cost * 1e6, self.currency),
            "a": an(self.one),
        }


def of_projects(costs: Sequence[Row], rivals: pd.DataFrame, assumed: Assumed, source: Statement) -> Told:
    """What the budget pays for at that cost; the cost as stated, by others' figures, and as assumed."""
    costs = [row for row in costs if (row["unit"], row["per"]) == (assumed.currency, assumed.one)]
    drawn = [(STATED.format(of=about(row)), value_of(row) / 1e6) for row in costs]
    ids = rivals["money_id"] + "," + rivals["projects_id"]
    others = rivals[rivals["excluded"] & ids.isin([row["figure_ids"] for row in costs])]
    drawn += [(BY.format(who=row["publisher"]), row["other_cost_mn"]) for row in others.to_dict("records")]
    line = NO_COST
    if assumed.cost is not None:
        drawn += [] if assumed.own else [(ASSUMED, assumed.cost)]
        things = f"{in_words(assumed.money / (assumed.cost * 1e6), 0)} {noun(assumed.one)}"
        line = PAYS_FOR.format(**assumed.words, things=things)
    return [line], bars(drawn, A_COST.format(**assumed.words), assumed, source)


def of_villages(rows: Sequence[Row], assumed: Assumed, source: Statement) -> Told:
    """What a village gets: as stated or published, by its projects at the assumed cost, and by the assumed budget."""
    lines, drawn = [], []
    for row in rows:
        stated = row["money_source"] == "statement"
        if pd.notna(row["mn_per_village"]):
            drawn.append(
                ((STATED if stated else BY).format(of=about(row), who=row["money_source"]), row["mn_per_village"])
            )
            lines += [] if stated else [published_line(row)]
        if assumed.cost is not None and row["counted"] == assumed.one and not (stated and assumed.own):
            money, each = (
                row["projects_per_village"] * assumed.cost,
                amount(row["projects_per_village"], row["counted"]),
            )
            lines.append(BY_COST.format(**assumed.words, each=each, money=amount(money * 1e6, assumed.currency)))
            drawn.append((BAR_BY_COST.format(each=each, **assumed.words), money))
    shared = assumed.money / float(assumed.villages)
    lines.append(SHARED.format(**assumed.words, money=amount(shared, assumed.currency)))
    drawn.append((BAR_SHARED.format(**assumed.words), shared / 1e6))
    return lines, bars(drawn, A_VILLAGE, assumed, source)


def published_line(row: Row) -> str:
    """Money that another source gave for the very villages of the statement."""
    money, villages = amount(row["money"], row["currency"]), amount(row["villages"], "village")
    each = amount(row["mn_per_village"] * 1e6, row["currency"])
    return PUBLISHED.format(who=row["money_source"], money=money, of=about(row), villages=villages, each=each)


def of_targets(gaps: pd.DataFrame, checks: pd.DataFrame, years: int, source: Statement) -> Told:
    """What each year has to bring until the target's year, and in the assumed number of years."""
    lines, paths, others = [], [], []
    for row in gaps.to_dict("records"):
        name = ", ".join(plain(row[c]) for c in ("programme", "indicator", "place", "part") if pd.notna(row[c]))
        start, end, due = int(row["current_year"]), int(row["current_year"]) + years, int(row["target_year"])
        levels = {"level": row["current"], "aim": row["target"], "year": start}
        points = amount(row["required_pp_a_year"], "percentage_point")
        paths.append(levels | {"label": name or "As stated", "by": due, "path": A_YEAR.format(points=points)})
        found = checks[checks["figure_id"].isin([row["current_id"], row["target_id"]])]
        found = found[found["verdict"].isin(["contradicted", "revised since"])].head(1)
        others.append(found.assign(label=name or "As stated", year=found["published_end_year"], who=found["publisher"]))
        if end != due:
            points = amount(row["gap"] / float(years), "percentage_point")
            lines.append(OTHER_YEARS.format(years=years_of(years), start=start, points=points, end=end))
            label = f"{ASSUMED}: {years_of(years)}"
            paths.append(levels | {"label": label, "by": end, "path": A_YEAR.format(points=points)})
    if not paths:
        return lines, None
    headline = WAY.format(level=amount(paths[0]["level"], "percent"), aim=amount(paths[0]["aim"], "percent"))
    return lines, charts.slope(
        pd.DataFrame(paths), "level", "aim", level_year="year", aim_year="by", label="label", path="path",
        others=pd.concat(others).rename(columns={"published": "level"}),
        headline=headline if len(gaps) == 1 else WAYS, subtitle="percent",
        source=OTHERS.format(source=cited(source)) if sum(map(len, others)) else source,
    )  # fmt: skip


def bars(drawn: list[tuple[str, Bounded]], headline: str, assumed: Assumed, source: Statement) -> Picture | None:
    """A bar each, if there are two to compare."""
    if len(drawn) < 2:
        return None
    names, quantities = zip(*drawn, strict=True)
    table = pd.DataFrame({"label": names, "value": pd.Series(quantities, dtype="bounded")})
    subtitle = f"million {currency(assumed.currency)}"
    told = OTHERS.format(source=cited(source)) if any(name.startswith(BY[:3]) for name in names) else source
    return charts.bars(
        table, "value", label="label", ordered=True, decimals=1, headline=headline, subtitle=subtitle, source=told
    )


def years_of(years: int) -> str:
    return amount(exact(float(years)), "year")
