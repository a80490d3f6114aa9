"""Sentences computed from the measures' tables: what a notebook says first, and what a chart says above itself.

The start notebook, each notebook's own first screen and the charts' headlines call the same functions, so they cannot
disagree, and a rerun leaves no stale prose. Bounds are worded by `bounds.in_words` alone.
"""

from collections.abc import Mapping
from html import escape

import pandas as pd

from auyl.bounds import from_row, in_words
from auyl.display.tables import Shown, quantity
from auyl.display.words import (
    cited,
    counted,
    indicator_name,
    millions,
    plural,
    reading_words,
    row_label,
    sentence,
    shortest,
    who,
    years_after,
)
from auyl.statement import Statement

VERBS = {"actual": "allocated", "planned": "plans", "target": "is to give", "projected": "is expected to give"}


def in_short(*parts: str) -> Shown:
    """The answer in a sentence or two, as the first thing a notebook shows."""
    text = " ".join(part for part in parts if part)
    return Shown(f"<p>{escape(text)}</p>", text)


def overview(answers: Mapping[str, tuple[str, str]]) -> Shown:
    """What each notebook finds: its file, its question and its sentences."""
    items = [
        f'<li><a href="{escape(file)}">{escape(question)}</a> {escape(text)}</li>'
        for file, (question, text) in answers.items()
    ]
    told = [f"{question} {text}" for question, text in answers.values()]
    return Shown("<ul>\n" + "\n".join(items) + "\n</ul>", "\n".join(told))


# ---- The statement itself


def figures_found(figures: pd.DataFrame, unread: pd.DataFrame, statement: Statement) -> str:
    """How many figures the statement gives, how many are about something the catalogue knows, and what was left."""
    named = int(figures["subject"].notna().sum())
    puzzling = int((unread["reason"] == "not understood").sum())
    told = f"This statement ({cited(statement)}) gives {counted(len(figures), 'figure')}"
    if len(figures):
        about = "all" if named == len(figures) else f"{named:,}"
        hedged = int((figures["bound"] != "exact").sum())
        told += f": {about} about a programme or policy of the catalogue, {hedged:,} with a bound such as “up to”"
    left = f"{counted(len(unread), 'other number')} in it, years among them, say no quantity"
    return f"{told}. {left}{f', and {puzzling:,} of those could not be understood' if puzzling else ''}."


def subjects_finding(subjects: pd.DataFrame) -> str:
    rows = subjects.to_dict("records")
    if not rows:
        return "The statement gives no figures"
    return f"{counted(int(rows[0]['figures']), 'figure')} about {rows[0]['programme']}"


# ---- Money per project


def funding_answer(funding: pd.DataFrame, lacking: str = "") -> str:
    """What a project received on average, in one sentence for each of the first two programmes; or what lacks."""
    return " ".join(sentence(funding_sentence(row)) for row in one_a_programme(stated_costs(funding))[:2]) or lacking


def funding_sentence(row: Mapping) -> str:
    """One row of `funding_per_project`: who gave how much for each project, in which years."""
    amount = f"{who(row)} {VERBS[row['status']]} {millions(row, 'cost_mn')} for each {row['counted']}"
    return f"{amount}{years_after(row, 'of')}, on average"


def stated_costs(funding: pd.DataFrame) -> list[dict]:
    """The rows with a cost, without those that count further money in, unless there are no others."""
    known = funding[funding["cost_mn"].notna()]
    usual = known[~known["reading"].str.startswith("also counting")]
    return (usual if len(usual) else known).to_dict("records")


def one_a_programme(rows: list[dict]) -> list[dict]:
    """Of each programme the row of most money and most projects: smaller ones may be parts of these."""
    chosen: dict[str, dict] = {}
    for row in rows:
        best = chosen.setdefault(who(row), row)
        if (row["money"], row["projects"]) > (best["money"], best["projects"]):
            chosen[who(row)] = row
    return list(chosen.values())


def funding_finding(funding: pd.DataFrame) -> str:
    """The chart's headline: what a project of the first programme received, with its bound."""
    rows = one_a_programme(stated_costs(funding))
    if not rows:
        return "The statement gives no cost per project"
    verb = "received" if rows[0]["status"] == "actual" else "is to receive"
    return f"{who(rows[0])}: each {rows[0]['counted']} {verb} {millions(rows[0], 'cost_mn', 0)}, on average"


def funding_label(row: Mapping) -> str:
    return row_label(row, reading_words(row), f"per {row['counted']}" if pd.notna(row["counted"]) else "")


def prices_note(real: pd.DataFrame, price_year: int) -> str:
    """Which money the amounts are in, and of which rows the prices are not known and why."""
    if not price_year:
        return "Money is as printed: tenge of different years are not made comparable."
    missing = real[real["why_missing"].notna()]
    gaps = [f"{row_label(row)}: {row['why_missing']}" for row in missing.to_dict("records")]
    return f"Money is in the prices of {price_year}." + (f" Not known for {'; '.join(gaps)}." if gaps else "")


def scenario_label(row: Mapping) -> str:
    return row_label(row, f"if there were {counted(int(row['assumed_projects']), row['counted'])}")


def scenarios_finding(scenarios: pd.DataFrame) -> str:
    if not len(scenarios):
        return "No other number of projects can be tried"
    fewest = scenarios.loc[scenarios["assumed_projects"].idxmin()]
    number = counted(int(fewest["assumed_projects"]), fewest["counted"])
    return f"{who(fewest)}: with {number}, each would come to {millions(fewest, 'cost_mn', 0)}"


# ---- Villages


def village_answer(villages: pd.DataFrame, lacking: str = "") -> str:
    """What a village gets, for the first programme that says; under its named assumption also in money."""
    if not len(villages):
        return lacking
    row = first_telling(villages)
    told = sentence(village_sentence(row))
    if pd.notna(row["assumed_mn_per_village"]):
        told += f" Assuming that {row['assumption']}, that is {millions(row, 'assumed_mn_per_village')} a village."
    return told


def first_telling(villages: pd.DataFrame) -> dict:
    """The first row that says more of its villages than their number."""
    rows = villages.to_dict("records")
    telling = (row for row in rows if pd.notna(row["projects_per_village"]) or pd.notna(row["mn_per_village"]))
    return next(telling, rows[0])


def village_sentence(row: Mapping) -> str:
    told = [projects_each(row)] if pd.notna(row["projects_per_village"]) else []
    told += [millions(row, "mn_per_village")] if pd.notna(row["mn_per_village"]) else []
    if not told:
        reached = in_words(quantity(row, "villages"), 0)
        return f"{who(row)} names {reached} villages{years_after(row, 'in')}, but neither projects nor money for them"
    each = f"for each village{years_after(row, 'in')}, on average"
    return f"{who(row)} {VERBS[row['status']]} {' and '.join(told)} {each}"


def projects_each(row: Mapping) -> str:
    """ "about 2 projects", with a decimal only where it says something."""
    return f"{shortest(quantity(row, 'projects_per_village'))} {plural(row['counted'])}"


def villages_finding(villages: pd.DataFrame) -> str:
    rows = [row for row in villages.to_dict("records") if pd.notna(row["projects_per_village"])]
    if not rows:
        return "The statement gives no number of projects per village"
    verb = "brought" if rows[0]["status"] == "actual" else "is to bring"
    return f"{who(rows[0])} {verb} {projects_each(rows[0])} to each village, on average"


def village_money_finding(villages: pd.DataFrame) -> str:
    for row in villages.to_dict("records"):
        for name, assumed in (("mn_per_village", ""), ("assumed_mn_per_village", ", at an assumed cost per project")):
            if pd.notna(row[name]):
                return f"{who(row)}: {millions(row, name, 0)} a village{assumed}"
    return "The statement gives no money per village, and no cost to assume"


def reach_answer(villages: pd.DataFrame) -> str:
    """How long all villages would take at the statement's own pace; nothing where it gives none."""
    for row in villages.to_dict("records"):
        if pd.notna(row["years_to_all_villages"]):
            years = in_words(quantity(row, "years_to_all_villages"))
            pace = in_words(quantity(row, "villages_a_year"), 0)
            total = f"{row['villages_total']:,.0f} villages, an assumed number,"
            return f"At a pace of {pace} villages a year, {total} would take {years} years if each had its turn once."
    return ""


def paces_finding(paces: pd.DataFrame) -> str:
    if not len(paces):
        return "No number of years can be given"
    row = paces.iloc[0]
    years = in_words(from_row(row, "years_needed"))
    return f"At {row['assumed_villages_a_year']:,.0f} villages a year, all would take {years} years"


# ---- Targets


def level_words(row: Mapping, name: str) -> str:
    """ "64% in 2025", "70% by 2028", or that the statement gives none."""
    if pd.isna(row[name]):
        return "present level not stated" if name == "current" else "target not stated"
    year = row[f"{name}_year"]
    when = "" if pd.isna(year) else f" in {int(year)}" if name == "current" else f" by {int(year)}"
    kind = ", projected" if name == "target" and row["kind"] == "projected" else ""
    return f"{shortest(quantity(row, name))}%{when}{kind}"


def gap_words(row: Mapping) -> str:
    return "gap not stated" if pd.isna(row["gap"]) else f"{shortest(quantity(row, 'gap'))} points"


def gap_sentence(row: Mapping) -> str:
    """One row of `target_gaps`; it calls a projection what it is."""
    level = f"{shortest(quantity(row, 'target'))}%"
    due = "" if pd.isna(row["target_year"]) else f" by {int(row['target_year'])}"
    if pd.isna(row["gap"]):
        kind = "aimed at" if row["kind"] == "target" else "projected"
        return f"{indicator_name(row)}: {level} is {kind}{due}, but {row['why_missing']}"
    verb = "is to reach" if row["kind"] == "target" else "is projected to reach"
    told = f"{indicator_name(row)} {verb} {level}{due}, from {level_words(row, 'current')}: {gap_words(row)}"
    if pd.isna(row["required_pp_a_year"]):
        return told
    rate = in_words(quantity(row, "required_growth_percent"))
    return f"{told}, {in_words(quantity(row, 'required_pp_a_year'))} a year or {rate}% a year compounded"


def known_first(gaps: pd.DataFrame) -> list[dict]:
    """The rows with a present level before those without."""
    return sorted(gaps.to_dict("records"), key=lambda row: pd.isna(row["gap"]))


def gaps_answer(gaps: pd.DataFrame, lacking: str = "") -> str:
    """How far the first two targets are, those with a present level first; or what lacks."""
    return " ".join(sentence(gap_sentence(row)) for row in known_first(gaps)[:2]) or lacking


def gaps_finding(gaps: pd.DataFrame) -> str:
    rows = known_first(gaps)
    if not rows:
        return "The statement gives no level to be reached"
    if pd.isna(rows[0]["required_pp_a_year"]):
        return f"{indicator_name(rows[0])}: {gap_words(rows[0])}"
    pace = in_words(quantity(rows[0], "required_pp_a_year"))
    return f"{indicator_name(rows[0])}: {gap_words(rows[0])} to go, {pace} a year"
