"""The story of the money: what one cost by the statement and by others, in whose prices, and what a village gets."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from auyl.bounded import Bounded, exact, in_words
from auyl.bounded import about as roughly
from auyl.display import front
from auyl.display.findings import (
    by_whom,
    caution,
    done,
    other_cost,
    other_figure,
    pages_in_doubt,
    short_name,
    with_kind,
)
from auyl.display.sentences import say
from auyl.display.tables import Shown, paragraphs
from auyl.display.words import (
    MEANT,
    Row,
    about,
    amount,
    an,
    capital,
    currency,
    is_currency,
    noun,
    period,
    place_name,
    printed,
    records,
    row_of,
    size_of,
    source,
    stated,
    years_of,
)

Words = dict[str, str]  # headline and subtitle of a chart
ONE_SIDED = ("at_least", "at_most")

# ---- The front page -----------------------------------------------------------------------------------------------


def cost_front(
    story: pd.DataFrame, figures: pd.DataFrame, costs: pd.DataFrame, longest: pd.DataFrame, shortest: pd.DataFrame
) -> Shown:
    """The front page's headline and two sentences; nothing where there is no story.

    Parameters
    ----------
    story
        The row of `auyl.side_by_side(figures, ["allocation", "projects"])` that it is about, or none.
    figures, costs
        As `auyl.figures` and `auyl.against_the_record` return them.
    longest, shortest
        As `auyl.parts_of` returns them of the money.
    """
    if story["programme"].isna().all():  # no row, or one that a headline could not name
        return Shown("", "")
    row = records(story)[0]
    total, count = (row_of(figures, row[f"{name}_id"]) for name in ("allocation", "projects"))
    row = with_kind(row, count)
    excluded = others_of(costs, row)
    each = {"result": amount(row["allocation"] / row["projects"], row["unit"]), "an": an(row["projects_unit"])}
    cost = say("answer.each", given=done(total), counted=printed(count), **each)
    told = [say("answer.headed", about=about(row, whole=True), told=cost)]
    for other in records(excluded.head(1)):
        known = {"figure": other_figure(other), "whose": by_whom(other), "cost": other_cost(other)}
        told.append(say("cost.front_other", who=other["publisher"], **known))
        told += [] if pd.isna(other["doubt"]) else [say("cost.front_doubt")]
    if len(longest):
        made, shorter = (stated(sum_of(parts), row["unit"]) for parts in (longest, shortest))
        kind = "cost.front_parts" if made == shorter else "cost.front_both"
        told.append(
            say(kind, made=made, shorter=shorter, planned=planned_of(longest, row["unit"], "cost.front_planned"))
        )
    return front.front(cost_headline(row, total, count, longest, excluded), " ".join(told))


def cost_headline(row: Row, total: Row, count: Row, parts: pd.DataFrame, excluded: pd.DataFrame) -> str:
    """That the money adds up, that others count otherwise, or the cost alone."""
    money, projects = (stated(exact(figure["value"]), figure["unit"]) for figure in (total, count))
    firm = excluded[~excluded["status"].isin(MEANT)]  # a plan that another replaced is no contradiction
    by = {row["replaced"]: other_figure(row) for row in records(firm[::-1])}  # the first of each
    if "projects" in by and "money" not in by and adds_up(total, parts):
        return say("cost.adds_up", about=about(row), money=money, projects=projects)
    if by:
        way, kind, own = (
            ("projects", "cost.other_count", count) if "projects" in by else ("money", "cost.other_money", total)
        )
        who = firm.loc[firm["replaced"] == way, "publisher"].nunique()
        return say(kind, who, about=about(row), own=printed(own), other=by[way])
    each = {"cost": amount(row["allocation"] / row["projects"], row["unit"]), "an": an(row["projects_unit"])}
    kind = "cost.allocated" if done(total) != printed(total) else "cost.alone"
    return say(kind, about=about(row, whole=True), **each)


def others_of(costs: pd.DataFrame, row: Row) -> pd.DataFrame:
    """What others have that excludes a cost."""
    own = (costs["money_id"] == row["allocation_id"]) & (costs["projects_id"] == row["projects_id"])
    return costs[own & costs["excluded"]]


# ---- Parts of a total ---------------------------------------------------------------------------------------------


def parts_sentence(total: Row, longest: pd.DataFrame, shortest: pd.DataFrame) -> str:
    """What the figures published for parts of its years make together, beside a statement's own total."""
    if longest.empty:
        return ""
    made, other, unit = sum_of(longest), sum_of(shortest), total["unit"]
    told = say(
        "others.parts",
        years=period(total["start_year"], total["end_year"]),
        made=stated(made, unit),
        beside=beside_total(made, total),
        planned=planned_of(longest, unit, "others.parts_planned"),
    )
    return told if made.same_as(other) else f"{told} {say('others.shorter', made=stated(other, unit))}"


def beside_total(made: Bounded, total: Row) -> str:
    """ "0.3% more than the statement’s 701 billion tenge"; beside a bound that it breaks, the bound alone."""
    off = made.value / total["value"] - 1
    kind = "same_as" if abs(off) < 0.0005 else "more_than" if off > 0 else "less_than"
    kind = kind if total["bound"] == "exact" else "where_it_has"
    return say(f"others.{kind}", share=f"{abs(off):.1%}", total=printed(total))


def sum_of(parts: pd.DataFrame) -> Any:
    """What parts make together, with their bounds."""
    return parts["quantity"].sum()


def planned_of(parts: pd.DataFrame, unit: str, template: str) -> str:
    """How much of the parts is planned, in the words of a template; nothing where none is."""
    planned = parts[parts["status"].isin(MEANT)]
    return say(template, amount=stated(sum_of(planned), unit)) if len(planned) else ""


def adds_up(total: Row, parts: pd.DataFrame) -> bool:
    """Whether what was published for parts of its years makes a total within the rounding that it is printed with; a
    part that was only planned makes no sum sure."""
    if parts.empty or parts["status"].isin(MEANT).any():
        return False
    ends = (total["low"], total["high"]) if total["bound"] == "exact" else (total["value"], total["value"])
    return pd.notna(ends[0]) and bool(ends[0] <= sum_of(parts).value <= ends[1])


def parts_told(story: pd.DataFrame, figures: pd.DataFrame, *parts: tuple[pd.DataFrame, pd.DataFrame]) -> Shown:
    """What the parts of the money, and of the projects, make together: each by the longest and the shortest periods."""
    told = []
    for name, (longest, shortest) in zip(("allocation", "projects"), parts, strict=True):
        told += [parts_sentence(row_of(figures, figure_id), longest, shortest) for figure_id in story[f"{name}_id"]]
    return paragraphs(told)


def total_words(total: Row, parts: pd.DataFrame) -> Words:
    """Words of a chart of the parts of a total; money is drawn in billions."""
    made, unit = sum_of(parts), total["unit"]
    names = {"about": about({"measure": "sum", **total}), "currency": currency(unit), "things": noun(unit)}
    return {
        "headline": say("cost.parts_headline", made=stated(made, unit), beside=beside_total(made, total)),
        "subtitle": say("cost.parts_subtitle" if is_currency(unit) else "cost.counts_subtitle", **names),
    }


def count_words(story: pd.DataFrame, costs: pd.DataFrame) -> Words:
    """Words of a chart of counts; the headline is a finding only where others' counts exclude the statement's."""
    if story.empty:
        return {}
    row = records(story)[0]
    own, things = row["projects"], noun(row["projects_unit"])
    others = others_of(costs, row).query("replaced == 'projects'")["published"].head(1)
    more = [other.value > own.value for other in others]
    kind = "cost.counts" if not more else "cost.counts_more" if more[0] else "cost.counts_fewer"
    headline = capital(say(kind, things=things, own=stated(own, row["projects_unit"])))
    return {"headline": headline, "subtitle": say("cost.counts_subtitle", about=about(row), things=things)}


def cost_words(story: pd.DataFrame) -> Words:
    """Words of a chart of what one cost, by the statement and by other pages, each in its own years' money."""
    if story.empty:
        return {}
    row = records(story)[0]
    each = {"cost": amount(row["allocation"] / row["projects"], row["unit"]), "an": an(row["projects_unit"])}
    headline = capital(", ".join(filter(None, [say("cost.costs", **each), years_of(row)])))
    programme = row["programme"] or say("words.programme_missing")
    subtitle = say("cost.costs_subtitle", about=programme, currency=currency(row["unit"]), **each)
    return {"headline": headline, "subtitle": subtitle, "source": say("cost.costs_source")}


# ---- Prices and other years ---------------------------------------------------------------------------------------


def real_cost(
    story: pd.DataFrame, dearer: Any, price_year: int, costs: pd.DataFrame, even: bool = False, shares: Any = None
) -> Shown | None:
    """A cost at the prices of one year, and what it is by others; None where no prices are on record.

    `dearer` is by how much money is raised, or <NA>. If it rests on an assumption a floor is "at least about" so much,
    and an exact cost "about" so much. The assumptions: that the years of a longer period got the same (`even`), and
    that the shares of the years are those of parts that make another total (`shares`, what they make).
    """
    if story.empty or pd.isna(dearer):
        return None
    row = records(story)[0]
    cost, unit = row["allocation"] / row["projects"], row["unit"]

    def real(cost: Bounded) -> str:
        raised = cost * dearer
        if not assumed:
            return amount(raised, unit)
        about_so_much = amount(roughly(raised.value), unit)
        return say(f"cost.{raised.bound}", about=about_so_much) if raised.bound in ONE_SIDED else about_so_much

    assumed = [say("cost.assumed")] if even else []
    assumed += [] if shares is None else [say("cost.shares", made=stated(shares, unit))]

    told = say(
        "cost.same_prices" if abs(dearer - 1) < 1e-9 else "cost.at_prices",
        about=about(row, whole=True),
        cost=amount(cost, unit),
        an=an(row["projects_unit"]),
        real=real(cost),
        currency=currency(unit),
        year=price_year,
    )
    others = [
        say("cost.by_others", whose=by_whom(other), real=real(other["other_cost_mn"] * 1e6))
        for other in records(others_of(costs, row))
    ]
    return paragraphs([" ".join([told, *assumed, *others])])


def dearer(costs: pd.DataFrame, price_year: int) -> Shown:
    """The first and the last cost of each family of sources, status and length of period; in `cost_mn`, millions."""
    told = []
    dated = costs.dropna(subset=["start_year", "end_year"])
    for _, rows in dated.groupby(["family", "status", "length"], sort=False):
        (earlier,), (later,) = records(rows.head(1)), records(rows.tail(1))
        if earlier["end_year"] < later["start_year"]:
            told.append(change(earlier, later, price_year))
    return paragraphs(told)


def change(earlier: Row, later: Row, price_year: int) -> str:
    """ "Auyl – Yel besigi: from 2024 to 2025 the planned cost of a project rose from … to …, by at least 37%; at the
    prices of 2025 it rose by at least 23% (Ministry press service)."; the latter of costs with `real_mn`. A cost of
    which `in_doubt` is true is of a page that is in doubt, and then that is said."""
    rise, real = growth(earlier["cost_mn"], later["cost_mn"]), growth(earlier.get("real_mn"), later.get("real_mn"))
    before, after = (amount(row["cost_mn"] * 1e6, row["unit"]) for row in (earlier, later))
    first, last = (period(row["start_year"], row["end_year"]) for row in (earlier, later))
    told = say(
        "cost.change_planned" if later["status"] in MEANT else "cost.change",
        first=first,
        last=last,
        before=before,
        after=after,
        an=an(later["projects_unit"]),
        way=way_of(rise),
        percent=in_words(size_of(rise), 0),
    )
    if not pd.isna(real):
        told += say("cost.change_real", year=price_year, way=way_of(real), percent=in_words(size_of(real), 0))
    named = say("answer.about", about=later["programme"], told=told) if pd.notna(later.get("programme")) else told
    told = f"{capital(named)} ({later['family']})."
    doubts = [say("others.in_doubt", who=short_name(row["source"])) for row in (earlier, later) if row.get("in_doubt")]
    return " ".join([told, *dict.fromkeys(doubts)])


def growth(earlier: Any, later: Any) -> Any:
    """In percent, a bounded quantity; <NA> where one is not known."""
    return pd.NA if pd.isna(earlier) or pd.isna(later) else 100 * (later / earlier - 1)


def way_of(growth: Bounded) -> str:
    return say("cost.rose" if growth.value > 0 else "cost.fell")


# ---- Villages and regions -----------------------------------------------------------------------------------------


def village_money(allocations: pd.DataFrame, claims: pd.DataFrame, beside: Mapping[str, str]) -> dict[str, str]:
    """`beside`, and after it the money that others published, or that an assumption makes, for the same villages.

    `allocations` are those of `auyl.village_allocations`, from the statement's figures and `claims`.
    """
    told = dict(beside)
    for row in records(allocations) if "villages_id" in allocations else []:
        if pd.notna(row["money_id"]) and row["money_source"] != "statement":
            other = row_of(claims, row["money_id"])
            who = source({**other, "publisher": other["source"]})
            each = amount(row["mn_per_village"] * 1e6, row["currency"])
            line = say("villages.published", who=who, money=printed(other), each=each)
            line = f"{line} {caution(other, other['source'], pages_in_doubt(claims))}".strip()
        elif pd.notna(row["assumed_mn_per_village"]):
            each = in_words(row["assumed_mn_per_village"])
            line = say("villages.assumed", assumption=row["assumption"], each=each)
        else:
            continue
        key = f"{row['projects_id']},{row['villages_id']}"
        told[key] = f"{told.get(key, '')} {line}".strip()
    return told


def village_headline(told: pd.DataFrame) -> str:
    """ "352.8 million tenge a village in 2025, by the money of KazFace.kz" of the first of rows with `mn_a_village`,
    `years` and `source`, whose money it is if not the statement's own; else the measure's name."""
    if told.empty:
        return say("villages.measure")
    row = records(told)[0]
    lent = row["source"] is not None
    each = amount(row["mn_a_village"] * 1e6, "KZT")
    kind = "villages.headline_lent" if lent else "villages.headline"
    return capital(say(kind, each=each, years=row["years"], who=lent and short_name(row["source"])))


def subvention_headline(subventions: pd.DataFrame) -> str:
    """ "Subventions planned for 2026, of 14 regions on record: from 8 thousand tenge an inhabitant in Pavlodar region
    to 646 in North Kazakhstan region" of a table with `region` and `each`."""
    each = subventions.set_index("region")["each"].dropna()
    ends = {"poor": place_name(str(each.idxmin())), "rich": place_name(str(each.idxmax()))}
    return say("villages.subventions", len(each), least=f"{each.min():,.0f}", most=f"{each.max():,.0f}", **ends)
