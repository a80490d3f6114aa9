"""Every sentence that is computed: what may be said of a statement, in plain English, with what others say against it.

Only rows of `auyl.answers` with `said` true become sentences; what is held back is listed with its reason by
`held_back`. All templates stand here, each once, so that a translation can follow: first the words for amounts, names
and years, then a sentence for each measure, then what stands beside it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

import pandas as pd

from auyl.bounded import Bounded, exact, in_words
from auyl.bounded import about as roughly
from auyl.display import front
from auyl.display.tables import NAMES, NOT_STATED, Shown, period, plain
from auyl.display.words import (
    CURRENCIES,
    Row,
    amount,
    an,
    currency,
    day,
    is_currency,
    listed,
    noun,
    place_name,
    printed,
    source,
    stated,
    value_of,
)

MEANT = {"planned", "target", "projected"}
NEAR = 0.01  # parts that come this near to a total, as a share, add up: they are rounded, and the last may be a plan

# ---- Words --------------------------------------------------------------------------------------------------------

QUESTIONS = {
    "cost_per_project": "money for each project, loan or other thing",
    "projects_per_village": "projects for each village",
    "money_per_village": "money for each village",
    "gap": "distance to a target",
    "sum_check": "sum of parts",
}
LACKING = {
    "cost_per_project": "The statement gives no amount of money together with the number of projects it was for.",
    "projects_per_village": "The statement does not say how many projects were for how many villages.",
    "money_per_village": "The statement does not say how much money was for how many villages.",
    "gap": "The statement gives no level to be reached by a year.",
    "sum_check": "The statement gives no total together with its parts.",
}

NOTHING = "No new number follows from this statement: no two of its figures make one that its words carry."


def about(row: Row) -> str:
    """What an answer is about: "Auyl – Yel besigi, 2019–2024"; "Auyl Amanaty, Abai region, planned for 2025"."""
    names = [str(row["programme"])] if pd.notna(row["programme"]) else []
    names += [place_name(row["place"])] if pd.notna(row["place"]) else []
    names += [plain(row["part"])] if pd.notna(row["part"]) else []
    if row.get("measure") == "gap":
        return ", ".join([*names, *([f"by {row['end_year']}"] if pd.notna(row["end_year"]) else [])])
    years = period(row["start_year"], row["end_year"], missing="")
    if row["status"] in MEANT:
        years = f"planned for {years}" if years else "planned"
    told = ", ".join([*names, *([years] if years else [])])
    return told if names else told[:1].upper() + told[1:]


def headed(row: Row, told: str) -> str:
    """The sentence after what it is about; alone where nothing is named."""
    subject = about(row)
    return f"{subject}: {told}." if subject else f"{told[:1].upper()}{told[1:]}."


def result(row: Row) -> str:
    return amount(value_of(row), row["unit"])


def named(ids: str, figures: pd.DataFrame) -> list[str]:
    """The figures of an answer, each as it is read."""
    rows = figures.set_index("figure_id")
    return [printed(rows.loc[i].to_dict()) for i in ids.split(",")]


# ---- A sentence for each measure ----------------------------------------------------------------------------------


def cost_sentence(row: Row, figures: pd.DataFrame) -> str:
    """ "Auyl – Yel besigi, 2019–2024: 701 billion tenge for at most 6,000 projects is at least 116.8 million tenge a
    project, on average."""
    given, counted = named(row["figure_ids"], figures)
    given = f"{given} {done(row_of(figures, row['figure_ids'].split(',')[0]))}".strip()
    return headed(row, f"{given} for {counted} is {result(row)} {an(row['per'])}, on average")


def done(money: Row) -> str:
    """ "allocated " or "paid " between money and its count, as the amount was read; nothing of a plan, which says so
    before it, or where the text does not tell."""
    known = money["indicator"] if money["status"] == "actual" and is_currency(money["unit"]) else None
    return {"allocation": "allocated ", "disbursement": "paid "}.get(str(known), "")


def village_sentence(row: Row, figures: pd.DataFrame) -> str:
    """ "Auyl – Yel besigi, planned for 2025: about 1,000 projects for 500 villages is about 2 projects a village, on
    average."""
    return cost_sentence(row | {"per": "village"}, figures)


def gap_sentence(row: Row, figures: pd.DataFrame) -> str:
    """ "System of Regional Standards, provision: 64% in 2025, 70% aimed at by 2028: 6 points to rise, 2 a year."""
    level, aim = (figures.set_index("figure_id").loc[i] for i in row["figure_ids"].split(","))
    now = f" in {level['end_year']}" if pd.notna(level["end_year"]) else " now"
    due = f" by {aim['end_year']}" if pd.notna(aim["end_year"]) else ""
    kind = "expected" if row["status"] == "projected" else "aimed at"
    told = f"{amount(value_of(level), 'percent')}{now}, {amount(value_of(aim), 'percent')} {kind}{due}"
    points = value_of(row)
    way, points = "rise" if points.value >= 0 else "fall", abs_of(points)
    told += f": {amount(points, row['unit'])} to {way}{a_year(points, row)}."
    return f"{gap_name(row, figures)}: {told}"


def gap_name(row: Row, figures: pd.DataFrame) -> str:
    """ "System of Regional Standards, provision"; where no indicator is known the sentence itself."""
    aim = figures.set_index("figure_id").loc[row["figure_ids"].split(",")[-1]]
    names = [plain(part) for part in (row["programme"], aim["indicator"], row["part"]) if pd.notna(part)]
    names += [place_name(row["place"])] if pd.notna(row["place"]) else []
    if pd.isna(aim["indicator"]):
        named = [plain(row["programme"])] if pd.notna(row["programme"]) else ["A share of the statement"]
        named[0] += f" (“{few_words(words_around(aim, figures), aim['quote'])}”)"
        names = [*named, *names[len(named) if pd.notna(row["programme"]) else 0 :]]
    return ", ".join(names)


def words_around(figure: Row, figures: pd.DataFrame) -> str:
    """The sentence that a figure stands in, where nothing else says what it measures."""
    text = figures.attrs.get("texts", {}).get(figure["source_id"], ("",))[0]
    before, after = text[: figure["start"]], text[figure["end"] :]
    start = max(before.rfind(end) for end in ENDS)
    stops = [stop for end in ENDS if (stop := after.find(end)) >= 0]
    sentence = before[start + 1 :] + figure["quote"] + after[: min(stops, default=len(after))]
    return sentence.strip().rstrip(".")


def few_words(told: str, quote: str, most: int = 8) -> str:
    """At most so many words of a sentence, its figure among them: a long quote is no name."""
    words_of = told.split()
    if len(words_of) <= most:
        return told
    at = len(told[: max(told.find(quote), 0)].split())
    start = max(0, min(at - most // 2, len(words_of) - most))
    cut = " ".join(words_of[start : start + most])
    return f"{'… ' if start else ''}{cut}{' …' if start + most < len(words_of) else ''}"


ENDS = (". ", "! ", "? ", "\n")


def a_year(points: Bounded, row: Row) -> str:
    """ ", 2 points a year"."""
    if pd.isna(row["start_year"]) or pd.isna(row["end_year"]) or row["end_year"] <= row["start_year"]:
        return ""
    words = pace_words(points / float(row["end_year"] - row["start_year"]))
    return f", {words}" if words else ""


def pace_words(points: Any) -> str:
    """ "2 points a year"; nothing for less than one rounding would show."""
    shown = pd.notna(points) and abs(points.value) >= 0.1
    return f"{amount(points, 'percentage_point')} a year" if shown else ""


def sum_sentence(row: Row, figures: pd.DataFrame) -> str:
    """ "The parts 326 billion tenge and 375 billion tenge add up to 701 billion tenge."""
    total, *parts = named(row["figure_ids"], figures)
    if row["value"] == 0:
        return headed(row, f"the parts {listed(parts)} add up to {total}")
    off = amount(abs(row["value"]) * exact(1), row["unit"])
    return headed(row, f"the parts {listed(parts)} make {off} {'more' if row['value'] > 0 else 'less'} than {total}")


SENTENCES: dict[str, Callable[[Row, pd.DataFrame], str]] = {
    "cost_per_project": cost_sentence,
    "projects_per_village": village_sentence,
    "money_per_village": village_sentence,
    "gap": gap_sentence,
    "sum_check": sum_sentence,
}


# ---- What others say, in the same breath --------------------------------------------------------------------------


def cost_by_others(row: Row, said_on: str) -> str:
    """A row of `auyl.against_the_record` whose cost excludes the statement's, with `currency`, `counted`, `status`."""
    unit = row["counted"] if row["replaced"] == "projects" else row["currency"]
    other = amount(row["other_cost_mn"] * 1e6, row["currency"])
    makes = f"{stated(row['published'], unit)}; by {by_whom(row)} that is {other} each"
    if row["status"] in MEANT:  # a plan that another replaced is no contradiction
        return f"{source(row)} {has(row, said_on)} {makes}."
    told = f"{source(row)} has {makes}: both cannot be right."
    return told if pd.isna(row["doubt"]) else f"{told} But {doubt(row['doubt'])}."


def doubt(words: str) -> str:
    """What the record says against a source, as a clause."""
    told = re.sub(r": ([A-Z])(?=[a-z]+ly\b)", lambda start: start[0].lower(), words.rstrip("."))
    return re.sub(r"\b[A-Z]{3}\b", lambda code: CURRENCIES.get(code[0], code[0]), told)


def contradicted(row: Row, said_on: str) -> str:
    """A row of `auyl.cross_checks`: "primeminister.kz, 28 November 2025, later gave 69.2% as the aim"."""
    other, own = stated(row["published"], row["unit"]), stated(row["figure"], row["unit"])
    if row["verdict"] == "contradicted":
        return f"{source(row)} has {other}, not {own}."
    aim = " as the aim" if row["unit"] == "percent" else ""
    return f"{source(row)} {has(row, said_on)} {other}{aim}."


def has(row: Row, said_on: str) -> str:
    return "later gave" if str(row["date"]) > said_on else "gave"


def parts_sentence(total: Row, longest: pd.DataFrame, shortest: pd.DataFrame) -> str:
    """What the figures published for parts of its years make together, beside a statement's own total."""
    if longest.empty:
        return ""
    made, other, unit = longest["quantity"].sum(), shortest["quantity"].sum(), total["unit"]
    planned = longest.loc[longest["status"].isin(MEANT), "quantity"]
    years = period(total["start_year"], total["end_year"])
    told = f"The figures published for parts of {years} make {stated(made, unit)}, {beside_total(made, total)}"
    told += f"; {stated(planned.sum(), unit)} of that planned" if len(planned) else ""
    return f"{told}. Shorter periods make {stated(other, unit)}." if not made.same_as(other) else f"{told}."


def beside_total(made: Bounded, total: Row) -> str:
    """ "0.3% more than the statement’s 701 billion tenge"; beside a bound that it breaks, the bound alone."""
    if total["bound"] == "exact":
        return f"{share_off(made, value_of(total))} the statement’s {printed(total)}"
    return f"where the statement has {printed(total)}"


def share_off(made: Bounded, total: Bounded) -> str:
    off = made.value / total.value - 1
    return "the same as" if abs(off) < 0.0005 else f"{abs(off):.1%} {'more' if off > 0 else 'less'} than"


def adds_up(total: Row, parts: pd.DataFrame) -> bool:
    """Whether what was published for parts of its years comes within a percent of a total."""
    return len(parts) > 0 and abs(parts["quantity"].sum().value / total["value"] - 1) <= NEAR


def against(
    answers: pd.DataFrame, checks: pd.DataFrame, said_on: object, costs: pd.DataFrame | None = None
) -> dict[str, str]:
    """What others say against the answers that may be said: an answer's `figure_ids` to its sentences.

    Parameters
    ----------
    answers, checks
        As `auyl.answers` and `auyl.cross_checks` return them.
    said_on
        The statement's date.
    costs
        As `auyl.against_the_record` returns them, with `currency`, `counted` and `status`: of a cost it is told what it
        would be by the others' figures.
    """
    found = checks[checks["verdict"].isin(["contradicted", "revised since"])]
    found = found.assign(told=found["published"].astype(str)).drop_duplicates(["figure_id", "told"])
    told: dict[str, str] = {}
    for ids in answers.loc[answers["said"].fillna(False), "figure_ids"]:
        rows = found[found["figure_id"].isin(ids.split(","))]
        told[ids] = " ".join(contradicted(row, str(said_on)) for row in rows.to_dict("records"))
    if costs is not None:
        for ids, rows in costs[costs["excluded"]].groupby(costs["money_id"] + "," + costs["projects_id"]):
            told[str(ids)] = " ".join(cost_by_others(row, str(said_on)) for row in rows.to_dict("records"))
    return told


# ---- The story of a cost ------------------------------------------------------------------------------------------


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
    row = story.iloc[0]
    total, count = (row_of(figures, row[f"{name}_id"]) for name in ("allocation", "projects"))
    own = costs[(costs["money_id"] == row["allocation_id"]) & (costs["projects_id"] == row["projects_id"])]
    excluded = own[own["excluded"]]
    cost = f"{amount(row['allocation'] / row['projects'], row['unit'])} {an(row['projects_unit'])}"
    told = [f"{about(row)}: {printed(total)} {done(total)}for {printed(count)} is {cost}, on average."]
    way = f", {done(total).strip()}" if done(total) else ""
    told += [front_by_others(other) for other in excluded.head(1).to_dict("records")]
    if len(longest):
        made, other = (stated(parts["quantity"].sum(), row["unit"]) for parts in (longest, shortest))
        shorter = f", or {other} by shorter periods" if made != other else ""
        told.append(f"What was published for parts of these years makes {made}{shorter}.")
    return front.front(cost_headline(total, count, longest, excluded, f"{about(row)}: {cost}{way}"), " ".join(told))


def front_by_others(other: Row) -> str:
    """ "KazFace.kz has at least 6,600 projects: by the statement’s money and KazFace.kz’s count that is at most 106.3
    million tenge each. Another figure on that page is in doubt."
    """
    unit = other["counted"] if other["replaced"] == "projects" else other["currency"]
    cost = amount(other["other_cost_mn"] * 1e6, other["currency"])
    told = f"{other['publisher']} has {stated(other['published'], unit)}: by {by_whom(other)} that is {cost} each."
    return told if pd.isna(other["doubt"]) else f"{told} Another figure on that page is in doubt."


def cost_headline(total: Row, count: Row, parts: pd.DataFrame, excluded: pd.DataFrame, cost: str) -> str:
    """That the money adds up, that others count otherwise, or the cost alone."""
    money, projects = (stated(exact(figure["value"]), figure["unit"]) for figure in (total, count))
    firm = excluded[~excluded["status"].isin(MEANT)]  # a plan that another replaced is no contradiction
    by = {way: rows.iloc[0]["published"] for way, rows in firm.groupby("replaced")}
    if "projects" in by and "money" not in by and adds_up(total, parts):
        return f"The {money} adds up. The {projects} do not"
    if "projects" in by:
        return f"{projects}, says the statement; {stated(by['projects'], count['unit'])}, says another source"
    if "money" in by:
        return f"{money}, says the statement; {stated(by['money'], total['unit'])}, says another source"
    return cost


def row_of(figures: pd.DataFrame, figure_id: str) -> Row:
    return figures[figures["figure_id"] == figure_id].to_dict("records")[0]


def parts_told(story: pd.DataFrame, figures: pd.DataFrame, *parts: tuple[pd.DataFrame, pd.DataFrame]) -> Shown:
    """What the parts of the money, and of the projects, make together: each by the longest and the shortest periods."""
    told = []
    for name, (longest, shortest) in zip(("allocation", "projects"), parts, strict=True):
        told += [parts_sentence(row_of(figures, figure_id), longest, shortest) for figure_id in story[f"{name}_id"]]
    return paragraphs(told)


def money_words(story: pd.DataFrame, figures: pd.DataFrame, parts: pd.DataFrame) -> dict[str, str]:
    """Headline and subtitle of a chart of the parts of the money, in billions."""
    row, total = story.iloc[0], row_of(figures, story["allocation_id"].item())
    made = parts["quantity"].sum()
    headline = f"The published parts make {stated(made, row['unit'])}, {beside_total(made, total)}"
    return {"headline": headline, "subtitle": f"{about(row)}, billion {currency(row['unit'])}"}


def count_words(story: pd.DataFrame, costs: pd.DataFrame) -> dict[str, str]:
    """Headline and subtitle of a chart of counts; the headline is a finding only where others' counts exclude it."""
    if story.empty:
        return {}
    row = story.iloc[0]
    things, own = noun(row["projects_unit"]), row["projects"]
    others = costs[costs["excluded"] & (costs["replaced"] == "projects") & (costs["projects_id"] == row["projects_id"])]
    headline = f"{things.capitalize()}, as the statement and as others count them"
    if len(others):
        way = "more" if others.iloc[0]["published"].value > own.value else "fewer"
        headline = f"Others count {way} {things} than the statement’s {stated(own, row['projects_unit'])}"
    return {"headline": headline, "subtitle": f"{about(row)}, number of {things}"}


def real_cost(
    story: pd.DataFrame, dearer: Any, price_year: int, costs: pd.DataFrame, assumed: bool = False
) -> Shown | None:
    """A cost at the prices of one year, and what it is by others; None where no prices are on record.

    `dearer` is by how much money is raised, or <NA>. If it rests on an assumption (`assumed`) no bound is left of the
    cost: it is "about" so much.
    """
    if story.empty or pd.isna(dearer):
        return None
    row = story.iloc[0]
    cost, unit = row["allocation"] / row["projects"], row["unit"]
    each = an(row["projects_unit"])
    if abs(dearer - 1) < 1e-9:
        told = f"{about(row)}: the money is of {price_year}, and stays {amount(cost, unit)} {each}."
    else:
        real = at_prices(cost * dearer, unit, assumed)
        told = f"{about(row)}: {amount(cost, unit)} {each} is {real} in {currency(unit)} of {price_year}."
    if assumed:
        told += " This assumes that each year of a longer period got the same."
    own = costs[costs["excluded"] & (costs["money_id"] == row["allocation_id"])]
    others = [
        f"By {by_whom(other)} it is {at_prices(other['other_cost_mn'] * 1e6 * dearer, unit, assumed)}."
        for other in own.to_dict("records")
    ]
    return paragraphs([" ".join([told, *others])])


def at_prices(cost: Bounded, unit: object, assumed: bool) -> str:
    return amount(roughly(cost.value) if assumed else cost, unit)


def by_whom(other: Row) -> str:
    """Whose money and whose count make a cost in `auyl.against_the_record`: neither source says it alone."""
    who = re.sub(r" \(.*\)$", "", other["publisher"])
    own, others = ("money", "count") if other["replaced"] == "projects" else ("count", "money")
    return f"the statement’s {own} and {who}’s {others}"


def dearer(costs: pd.DataFrame, price_year: int) -> Shown:
    """The first and the last cost of each family of sources, status and length of period; in `cost_mn`, millions."""
    told = []
    for _, rows in costs.groupby(["family", "status", "length"], sort=False):
        earlier, later = rows.iloc[0], rows.iloc[-1]
        if earlier["end_year"] < later["start_year"]:
            told.append(change(earlier, later, price_year))
    return paragraphs(told)


def change(earlier: Row, later: Row, price_year: int) -> str:
    """ "Auyl – Yel besigi: from 2024 to 2025 the planned cost of a project rose from … to …, by at least 37%; at the
    prices of 2025 it rose by at least 23% (Ministry press service)."; the latter of costs with `real_mn`."""
    rise = growth(earlier["cost_mn"], later["cost_mn"])
    way = "rose" if rise.value > 0 else "fell"
    costs = [amount(row["cost_mn"] * 1e6, row["unit"]) for row in (earlier, later)]
    first, last = (period(row["start_year"], row["end_year"]) for row in (earlier, later))
    planned = "planned " if later["status"] in MEANT else ""
    start = f"{later['programme']}: from" if pd.notna(later.get("programme")) else "From"
    told = f"{start} {first} to {last} the {planned}cost of {an(later['projects_unit'])} {way}"
    told += f" from {costs[0]} to {costs[1]}, by {in_words(abs_of(rise), 0)}%"
    real = growth(earlier.get("real_mn"), later.get("real_mn"))
    if not pd.isna(real):
        way = "rose" if real.value > 0 else "fell"
        told += f"; at the prices of {price_year} it {way} by {in_words(abs_of(real), 0)}%"
    return f"{told} ({later['family']})."


def growth(earlier: Any, later: Any) -> Any:
    """In percent, a bounded quantity; <NA> where one is not known."""
    return pd.NA if pd.isna(earlier) or pd.isna(later) else 100 * (later / earlier - 1)


def abs_of(quantity: Bounded) -> Bounded:
    return quantity if quantity.value >= 0 else -quantity


def key_numbers(answers: pd.DataFrame, figures: pd.DataFrame, costs: pd.DataFrame | None = None) -> Shown:
    """Answers as numbers of the story, each with the statement's words; nothing where there is none."""
    numbers = [number(row, figures, costs) for row in answers[answers["said"].fillna(False)].to_dict("records")]
    return front.key_numbers(numbers) if numbers else Shown("", "")


def number(row: Row, figures: pd.DataFrame, costs: pd.DataFrame | None) -> front.KeyNumber:
    """A number, what it is, the words it comes from; a cost that others exclude never without theirs."""
    quotes = figures.set_index("figure_id")["quote"]
    quote = " … ".join(quotes[i] for i in row["figure_ids"].split(","))
    if row["measure"] == "gap":
        return front.KeyNumber(result(row), gap_sentence(row, figures), quote)
    what = f"{an(row['per'])} on average. {about(row)}"
    excluded = pd.DataFrame() if costs is None else costs[costs["excluded"]]
    others = (
        excluded[excluded["money_id"] + "," + excluded["projects_id"] == row["figure_ids"]]
        if len(excluded)
        else excluded
    )
    if others.empty:
        return front.KeyNumber(result(row), what, quote)
    other = amount(others.iloc[0]["other_cost_mn"] * 1e6, row["unit"])
    ending = f" {' '.join(other.split(' ')[-2:])}"
    return front.KeyNumber(
        f"{result(row).removesuffix(ending)}\nor {other}",
        f"{what}: by the statement, or by {by_whom(others.iloc[0])}",
        quote,
    )


# ---- The claims, checked ------------------------------------------------------------------------------------------

CHANGED = {True: "goal raised", False: "goal lowered"}  # a plan beside an earlier one of another source


def checked(figures: pd.DataFrame, checks: pd.DataFrame, parts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Each figure of a statement with what others say of it, contradictions first, then in the order of the text.

    Parameters
    ----------
    figures
        The statement's rows of `auyl.claims`.
    checks
        As `auyl.cross_checks` returns them.
    parts
        Figure id to its `auyl.parts_of`.

    Returns
    -------
    `figure_id`, `words` (what the statement says), `others` (what others say), `verdict` (string: one of VERDICTS).
    """
    rows = []
    for figure in figures.to_dict("records"):
        own = checks[checks["figure_id"] == figure["figure_id"]]
        rows.append({"figure_id": figure["figure_id"], "words": words(figure)} | verdict(figure, own, parts))
    found = pd.DataFrame(rows, columns=["figure_id", "words", "others", "verdict"], dtype="string")
    rank = found["verdict"].map({name: n for n, name in enumerate(VERDICTS)})
    return found.loc[rank.sort_values(kind="stable").index].reset_index(drop=True)


VERDICTS = (
    *("contradicted", "perhaps contradicted", "revised since", "goal raised", "goal lowered"),
    *("other source doubtful", "confirmed", "cannot be checked"),
)


def statement_told(answers: pd.DataFrame, checked: pd.DataFrame) -> Shown:
    """ "The statement gives 15 figures. 4 new numbers follow from them by its own words; 3 more do not, and are held
    back. Beside what others published: 2 contradicted, 10 confirmed, 3 cannot be checked."""
    many = len(checked["words"].unique())  # one that is repeated counts once
    told = [f"The statement gives {many or 'no'} {'figure' if many == 1 else 'figures'}."]
    derived = answers[~answers["measure"].isin(CHECKS)]  # a sum that is printed is no new number
    said = int(derived["said"].sum())
    if len(derived):
        held = len(derived) - said
        follow = {0: "No new number follows", 1: "One new number follows"}.get(said, f"{said} new numbers follow")
        more = f"{held} {'more ' if said else ''}{'is' if held == 1 else 'are'} held back"
        told.append(f"{follow} from them by the statement’s own words{f'; {more}' if held else ''}.")
    told += tally(checked)
    return paragraphs([" ".join(told)])


CHECKS = ("sum_check", "share_check", "change_check", "lead_check")


def tally(checked: pd.DataFrame) -> list[str]:
    """ "Beside what others published: 2 contradicted, 10 confirmed, 3 cannot be checked."; nothing without others."""
    counts = (
        checked.drop_duplicates(["words", "verdict"])["verdict"].value_counts().reindex(VERDICTS).dropna().astype(int)
    )
    if not (counts.index != "cannot be checked").any():
        return []
    return [f"Beside what others published: {', '.join(f'{number} {name}' for name, number in counts.items())}."]


def words(figure: Row) -> str:
    """ "Auyl – Yel besigi, projects, 2019–2024: “up to 6,000 projects”"."""
    named = [str(figure["programme"])] if pd.notna(figure["programme"]) else []
    named += [plain(figure["indicator"])] if pd.notna(figure["indicator"]) else []
    named += [plain(figure["part"])] if pd.notna(figure.get("part")) else []
    named += [place_name(figure["place"])] if pd.notna(figure["place"]) else []
    years = period(figure["start_year"], figure["end_year"], missing="")
    told = ", ".join([*named, *([years] if years else [])])
    return f"{told}: “{figure['quote']}”" if told else f"“{figure['quote']}”"


def compared(checks: pd.DataFrame) -> pd.DataFrame:
    """The checks that tell something, with `other` in words; what parts two figures of which it is not sure that both
    are of the same thing and year is "perhaps contradicted". The gravest verdict comes first."""
    apart = checks["why"].str.startswith("no value is both") & (checks["verdict"] == "cannot be checked")
    told = checks[apart | (checks["verdict"] != "cannot be checked")]
    verdicts = told["verdict"].astype("string").mask(apart, "perhaps contradicted")
    other = [stated(*row) for row in zip(told["published"], told["unit"], strict=True)]
    told = told.assign(other=other, verdict=pd.Categorical(verdicts, VERDICTS, ordered=True))
    return told.sort_values("verdict", kind="stable")


def verdict(figure: Row, checks: pd.DataFrame, parts: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    told = compared(checks)
    others = []
    for other, rows in told.groupby("other", sort=False):
        doubtful = ", doubtful" if rows["suspect"].fillna(False).all() else ""
        who = listed(rows["publisher"].drop_duplicates().head(2))
        others.append(f"{other} ({who}{doubtful})")
    summed = parts.get(figure["figure_id"], pd.DataFrame())
    if len(summed):
        others.append(f"parts of these years make {stated(summed['quantity'].sum(), figure['unit'])}")
    found = str(told["verdict"].iloc[0]) if len(told) else "cannot be checked"
    if len(summed) and adds_up(figure, summed) and found in ("other source doubtful", "cannot be checked"):
        found = "confirmed"
    if found == "revised since":
        rows = told[told["verdict"] == "revised since"]
        if (rows["date"] < str(figure["date"])).all():
            found = CHANGED[bool(figure["value"] > rows["published"].iloc[0].value)]
    nothing = "nothing of the same years and kind" if len(checks) else "nothing on record"
    return {"others": "; ".join(others) or nothing, "verdict": found}


def definitions(known: pd.DataFrame, figures: pd.DataFrame) -> Shown:
    """What the words mean that the figures are about, with who says so; nothing where none is known."""
    rows = known[known["subject"].isin(figures["subject"])]
    meant = [
        front.Definition(
            row.word,
            row.meaning,
            row.publisher if pd.isna(row.date) else f"{row.publisher}, {day(row.date)}",
            row.address,
        )
        for row in rows.itertuples()
    ]
    return front.definitions(meant) if meant else Shown("", "")


# ---- Villages, regions and targets (02, 03) -----------------------------------------------------------------------


def village_money(allocations: pd.DataFrame, claims: pd.DataFrame, beside: Mapping[str, str]) -> dict[str, str]:
    """`beside`, and after it the money that others published, or that an assumption makes, for the same villages.

    `allocations` are those of `auyl.village_allocations`, from the statement's figures and `claims`.
    """
    told = dict(beside)
    for row in allocations.to_dict("records") if "villages_id" in allocations else []:
        key = f"{row['projects_id']},{row['villages_id']}"
        if pd.notna(row["money_id"]) and row["money_source"] != "statement":
            other = row_of(claims, row["money_id"])
            who = source(other | {"publisher": other["source"]})
            line = (
                f"{who} has {printed(other)} for the same programme and time: "
                f"{amount(row['mn_per_village'] * 1e6, row['currency'])} a village."
            )
        elif pd.notna(row["assumed_mn_per_village"]):
            each = in_words(row["assumed_mn_per_village"])
            line = f"If {row['assumption']}, which is an assumption, that is {each} million a village."
        else:
            continue
        told[key] = f"{told.get(key, '')} {line}".strip()
    return told


def rules_told(
    budget: float, rules: pd.DataFrame, a_head: pd.DataFrame, weights: pd.DataFrame, need: pd.DataFrame
) -> Shown:
    """What a budget in tenge would be for a rural inhabitant by each rule, and which regions a rule cannot weigh.

    `rules` has a row, `a_head` and `weights` a column for each rule; those two and `need` a row a region.
    """
    told = []
    for rule in a_head:
        least, most = a_head[rule].idxmin(), a_head[rule].idxmax()
        ends = [f"{a_head.loc[code, rule]:,.0f} tenge in {place_name(code)}" for code in (least, most)]
        name = f"{rule[:1].upper()}{rule[1:]}"
        if rules.loc[rule, "gini_a_rural_inhabitant"] < 0.005:
            told.append(f"{name}: {a_head[rule].mean():,.0f} tenge for each, in every region.")
        else:
            told.append(f"{name}: from {ends[0]} to {ends[1]} for each rural inhabitant.")
    if told:
        told.insert(0, f"If {stated(exact(budget), 'KZT')} were shared out over the regions, for a trial:")
    if (known := rules["elsewhere"].dropna()).size > 1:
        near, far = known.idxmin(), known.idxmax()
        both = need["subvention_bn"].count()
        told.append(
            f"Over the {both} regions whose subventions of 2026 are known, “{near}” comes nearest to them: "
            f"{known[near]:.0f}% of the money would go elsewhere; by “{far}” it would be {known[far]:.0f}%."
        )
    for rule in weights.columns[weights.isna().any()]:
        names = [place_name(code) for code in weights[rule].dropna().index]
        told.append(
            f"“{rule[:1].upper()}{rule[1:]}” cannot share anything out: its figures were published for {len(names)} of "
            f"{len(weights)} regions{f' ({listed(names)})' if names else ''}."
        )
    return paragraphs(told)


def gap_headline(gaps: pd.DataFrame, figures: pd.DataFrame) -> str:
    """ "System of Regional Standards, provision: from 64% to 70% by 2028", of one gap; else the measure's name."""
    if len(gaps) != 1:
        return "From the level to the aim"
    row = gaps.iloc[0]
    way = f"from {amount(row['level'], 'percent')} to {amount(row['aim'], 'percent')}{due_by(row)}"
    name = gap_name(row, figures)
    return f"{name}: {way}"


def aims_told(rivals: pd.DataFrame, said_on: object) -> Shown:
    """ "Qazinform, 28 November 2025, later gave 69.2% by 2028: 1.7 points a year from the statement’s level."""
    told = []
    for row in rivals.to_dict("records"):
        who = source(row | {"publisher": row["source"]})
        line = f"{who} {has(row, str(said_on))} {amount(value_of(row), 'percent')} by {row['year']}"
        pace = row["points_a_year"]
        rises = pd.notna(pace) and (pace.value > 0) == (row["aim"].value > row["level"].value)
        told.append(f"{line}: {pace_words(pace)} from the statement’s level." if rises else
                    f"{line}; the statement has {amount(row['aim'], 'percent')}.")  # fmt: skip
    return paragraphs(told)


METHODS = {  # a column of the tracks, its name, and from where on the pace is enough
    "eurostat": ("Eurostat’s ratio", 0.95),
    "united_nations": ("the United Nations’ measure", 0.95),
    "linear": ("the linear ratio", 1.0),
}


def within_reach(
    gaps: pd.DataFrame, figures: pd.DataFrame, levels: pd.DataFrame, tracks: pd.DataFrame, shortest: int
) -> Shown:
    """For each aim on record whether the pace seen on one basis is enough, or why that cannot be told; tables of 03."""
    told = []
    on_record = gaps[gaps["subject"].notna() & gaps["indicator"].notna()]
    for gap in on_record.to_dict("records"):
        mine = tracks[tracks["aim_id"] == gap["aim_id"]]
        own = mine[mine["years"] >= shortest]
        name, aim = gap_name(gap, figures), f"{amount(gap['aim'], 'percent')}{due_by(gap)}"
        if len(own):
            told.append(f"{name}: {pace_told(own, aim, shortest)}")
            continue
        same = levels[levels["subject"].eq(gap["subject"]) & levels["indicator"].eq(gap["indicator"])]
        why = f"The levels of one basis lie less than {shortest} years apart." if len(mine) else no_pace(gap, same)
        told.append(f"{name}: whether {aim} is within reach cannot be told. {why}")
    if rest := len(gaps) - len(on_record):
        many = "one aim" if rest == 1 else f"{rest} aims"
        told.append(f"Of {many} no other page is on record, so that no pace can be told.")
    return paragraphs(told)


def due_by(gap: Row) -> str:
    return f" by {gap['aim_year']}" if pd.notna(gap["aim_year"]) else ""


def no_pace(gap: Row, levels: pd.DataFrame) -> str:
    """Why there is no pace: nothing was published earlier, or what is counted changed since."""
    year = gap["level_year"] if pd.notna(gap["level_year"]) else levels["year"].max()
    changed = levels.loc[levels["anew"] & levels["year"].le(year), "year"].unique()
    if len(levels[levels["year"].lt(year)]) == 0 or not len(changed):
        return "No earlier level is on record."
    begun = f"What is counted changed, or probably did, before the levels of {listed(map(str, sorted(changed)))}"
    return f"{begun}: no earlier level is known to be counted as that of {year} is."


def pace_told(tracks: pd.DataFrame, aim: str, shortest: int) -> str:
    """ "36.5% in 2022. 8 levels of one basis, at least 3 years earlier …: from all 8 by each of three methods."""
    row = tracks.iloc[0]
    level = f"{row['value']:g}% in {row['year']}"
    level += "" if row["own"] else f" is the last level published ({row['source']}), the statement gives none"
    many, first, last = len(tracks), tracks["year_then"].min(), tracks["year_then"].max()
    span = f"{first} to {last}" if first < last else str(first)
    counts = {name: int((tracks[column] >= enough).sum()) for column, (name, enough) in METHODS.items()}
    words = {0: "none", many: f"all {many}"}
    found = [f"{words.get(count, count)} by {name}" for name, count in counts.items()]
    if len(set(counts.values())) == 1:
        count = next(iter(counts.values()))
        found = [f"{words.get(count, count)} by each of three methods"]
    before = "One level" if many == 1 else f"{many} levels"
    return (
        f"{level}. {before} of one basis, at least {shortest} years earlier, {'is' if many == 1 else 'are'} on record, "
        f"{span}. If the pace since then went on, it would be enough for {aim}: from {listed(found)}. Nothing is on "
        f"record of the years after {row['year']}."
    )


def series_headline(series: pd.DataFrame) -> str:
    names = series["programme"].dropna().unique()
    return f"{names[0]}, {plain(series['indicator'].iloc[0])}" if len(names) == 1 else "Levels and aims over the years"


# ---- What a notebook shows ----------------------------------------------------------------------------------------


def in_short(
    answers: pd.DataFrame, figures: pd.DataFrame, *measures: str, beside: Mapping[str, str] | None = None, most: int = 3
) -> Shown:
    """The answer first: a paragraph for each answer of these measures that may be said, with what others say of it.

    Parameters
    ----------
    answers, figures
        As `auyl.answers` and `auyl.figures` return them.
    measures
        Which, in this order; without any, all.
    beside
        As `against` gives it.
    most
        How many paragraphs; how many answers are left is said.
    """
    lines = sentences(answers, figures, *measures, beside=beside)
    more = len(lines) - most
    if more > 0:
        lines = [*lines[:most], f"{more} more {'stands' if more == 1 else 'stand'} in the table below."]
    return paragraphs(lines or [why_nothing(answers, measure) for measure in measures] or [NOTHING])


def sentences(
    answers: pd.DataFrame, figures: pd.DataFrame, *measures: str, beside: Mapping[str, str] | None = None
) -> list[str]:
    """What may be said, a line an answer, in the order of `measures`."""
    told = answers[answers["said"].fillna(False)]
    return [
        f"{SENTENCES[measure](row, figures)} {(beside or {}).get(row['figure_ids'], '')}".strip()
        for measure in measures or tuple(SENTENCES)
        for row in told[told["measure"] == measure].to_dict("records")
    ]


def why_nothing(answers: pd.DataFrame, measure: str) -> str:
    """What lacks where nothing of a measure may be said."""
    reasons = answers.loc[answers["measure"] == measure, "why_not"].dropna()
    if reasons.empty:
        return LACKING[measure]
    return f"Nothing can be said of the {QUESTIONS[measure]}: {reasons.iloc[0]}."


def paragraphs(lines: Iterable[str]) -> Shown:
    kept = [line for line in lines if line]
    return Shown("\n".join(f"<p>{escape(line)}</p>" for line in kept), "\n".join(kept))


def rows(table: pd.DataFrame) -> pd.DataFrame | None:
    """The table for a reader: places by name, headings in words, no column of which nothing is known; None without a
    row, so that its section disappears from the page."""
    if table.empty:
        return None
    if "place" in table:
        table = table.assign(place=table["place"].map(place_name, na_action="ignore"))
    table = table.dropna(axis="columns", how="all")
    for name in NAMES.intersection(table.columns):
        table[name] = table[name].map(plain, na_action="ignore")
    for name in table.select_dtypes("float"):
        if table[name].abs().max() >= 1000:  # one way to print large numbers
            table[name] = table[name].map("{:,.10g}".format, na_action="ignore")
    return table.rename(columns=plain)


def in_units(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The table with these columns of quantities in words: "198 billion tenge", "at most 6,000 projects"."""
    both = {name: zip(table[name], table["unit"], strict=True) for name in columns}
    told = {name: [pd.NA if pd.isna(q) else stated(q, unit) for q, unit in pairs] for name, pairs in both.items()}
    return table.assign(**{name: pd.array(words, dtype="string") for name, words in told.items()})


def held_back(answers: pd.DataFrame) -> pd.DataFrame:
    """The answers that may not be said: `about`, `question`, and `why_not` in a sentence."""
    rows = answers[~answers["said"].fillna(False)]
    told = [{"about": about(row) or NOT_STATED, "question": QUESTIONS[row["measure"]], "why_not": row["why_not"]}
            for row in rows.to_dict("records")]  # fmt: skip
    return pd.DataFrame(told, columns=["about", "question", "why_not"], dtype="string")
