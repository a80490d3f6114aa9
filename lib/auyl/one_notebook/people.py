"""What notebook 04 tells: running totals a year, what was said and published of people and places, the register."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from auyl import bounds
from auyl.bounds import exact, in_words
from auyl.display import tables
from auyl.display.tables import link_to, period, plain, quantity
from auyl.display.words import cited, counted, sentence
from auyl.errors import ParameterError
from auyl.measures.comparison import in_short
from auyl.one_notebook.comparing import plainly
from auyl.one_notebook.measure_charts import Bar, bar_chart
from auyl.one_notebook.sourced import linked, together
from auyl.reading.commitments import STAGES
from auyl.reading.lexicon import Reading
from auyl.reading.subjects import catalogue, subject_name
from auyl.statement import Statement


def spoken_of(statement: Statement, subjects: Sequence[str] | str) -> list[str]:
    """Those of these subjects of the catalogue that the statement names, in their order.

    Raises
    ------
    ParameterError
        The catalogue has no such subject.
    """
    known = catalogue()
    wanted = [part.strip(" \"'[]") for part in subjects.split(",")] if isinstance(subjects, str) else list(subjects)
    for subject in filter(None, wanted):
        if subject not in known.subjects:
            raise ParameterError(f"the catalogue has no subject {subject!r}: it has {', '.join(known.subjects)}")
    named = {mark.value for mark in known.read(Reading(statement.text, statement.language))[0]}
    return [subject for subject in wanted if subject in named]


def about(table: pd.DataFrame, subjects: Sequence[str]) -> pd.DataFrame:
    """The rows of figures, published figures or increments that are about these subjects."""
    return table[table["subject"].isin(subjects)]


def answer(increments: pd.DataFrame, commitments: pd.DataFrame) -> str:
    """How many a year since the last total before the statement's own, and what carries no number."""
    own = increments[increments["figure_id"].notna()]
    told = [sentence(_step(row)) for row in own.to_dict("records")]
    told = told or ["The statement gives no running total of people or things that could be taken a year."]
    return " ".join([*told, commitments_finding(commitments) + "."])


def steps_finding(increments: pd.DataFrame) -> str:
    own = increments[increments["figure_id"].notna() & increments["a_year"].notna()]
    if len(own):
        return _step(own.iloc[0].to_dict())
    return _step(increments.iloc[0].to_dict()) if len(increments) else "No running total to measure a year by"


def _step(row: dict) -> str:
    total = in_words(quantity(row, "total"), 0)
    what = f"{row['programme']}, {plain(row['indicator'])}: {total} in all by {row['until']}"
    if pd.isna(row["a_year"]):
        return f"{what}, no more than were counted before"
    return f"{what}, {roughly(quantity(row, 'a_year'))} a year since {row['since']}"


def roughly(amount: bounds.Bounded) -> str:
    """In words, no finer than a hundred where the amount is hedged and above a thousand."""
    hedged = amount.stated and amount.bound != "exact" and amount.value >= 1000
    return in_words(bounds.rounded(amount, -2) if hedged else amount, 0)


def steps_chart(increments: pd.DataFrame, statement: Statement) -> Axes:
    """How many were added a year between each total and the next, a bar each, of what the statement counts too."""
    own = increments["indicator"].isin(increments.loc[increments["figure_id"].notna(), "indicator"])
    increments = increments[own] if own.any() else increments
    bars = [
        Bar(
            f"{plain(row['indicator']).capitalize()}, {row['since']} to {row['until']}",
            quantity(row, "a_year"),
            f"{roughly(quantity(row, 'a_year'))} a year",
        )
        for row in increments.to_dict("records")
    ]
    names = " and ".join(dict.fromkeys(increments["programme"]))
    subtitle = f"{names}: added a year* between one total and the next" if names else "Added a year between totals"
    source = (
        f"Source: {cited(statement)}; data/published.csv. * Derived here: the difference of two totals over the years."
    )
    return bar_chart(bars, steps_finding(increments), subtitle, source)


def steps_table(increments: pd.DataFrame, published: pd.DataFrame, statement: Statement) -> tables.Shown:
    """Every total less the one before it, with the page that printed it."""
    sources = published.set_index("published_id")
    lines = []
    for row in increments.to_dict("records"):
        by = f"this statement ({cited(statement)})"
        if pd.isna(row["figure_id"]):
            by = link_to(*sources.loc[row["published_id"].split(",")[0], ["address", "publisher"]])
        lines.append(
            (
                plain(row["indicator"]),
                f"{row['since']} to {row['until']}",
                in_words(quantity(row, "total"), 0) + (", parts added up here" if row["derived"] else ""),
                in_words(quantity(row, "added"), 0),
                f"{row['years']:.1f}",
                roughly(quantity(row, "a_year")),
                by,
            )
        )
    columns = ("Counted", "Period", "In all by its end", "Added", "Years", "A year", "Said by")
    return linked("From one total to the next", columns, lines)


def growth_sentences(figures: pd.DataFrame) -> str:
    """What each "3.5 times" makes a year; where the statement gives no base year, that nothing follows."""
    told = []
    for row in figures[figures["unit"] == "times"].to_dict("records"):
        name = f"{subject_words(row)}, {plain(row['indicator'])}: “{row['quote']}”"
        years = row["end_year"] - row["start_year"] if pd.notna(row["start_year"]) else 0
        if not years:
            told.append(f"{name} has no base year in the statement, so no yearly rate follows from it.")
            continue
        yearly = bounds.increasing(lambda times, n=years: 100 * (times ** (1 / n) - 1), bounds.from_row(row))
        told.append(f"{name} over {counted(int(years), 'year')} is {in_words(yearly)}% a year, compounded.")
    return " ".join(told) or "The statement says of nothing by how many times it grew."


def subject_words(row: dict) -> str:
    return "Not of the catalogue" if pd.isna(row["subject"]) else subject_name(row["subject"])


def said_and_published(
    figures: pd.DataFrame, published: pd.DataFrame, regions: pd.DataFrame, statement: Statement
) -> tables.Shown:
    """Every figure about the same subjects, the statement's own first under each indicator."""
    areas = dict(zip(regions["code"], regions["name_en"], strict=True))
    rows = [
        {**row, "by": f"this statement ({cited(statement)})", "scope": None, "ref_area": "", "why_suspect": None}
        for row in figures.to_dict("records")
    ]
    rows += [
        {**row, "by": link_to(row["address"], row["publisher"])}
        for row in published[published["address"] != statement.url].to_dict("records")
    ]
    order = {key: n for n, key in enumerate(dict.fromkeys((row["subject"], row["indicator"]) for row in rows))}
    lines: dict[str, list] = {}
    for row in sorted(rows, key=lambda row: (order[row["subject"], row["indicator"]], "figure_id" not in row)):
        scope = "" if row["scope"] is None or pd.isna(row["scope"]) else f" ({row['scope']})"
        area = "" if len(row["ref_area"]) < 3 else f", {areas.get(row['ref_area'], row['ref_area'])}"
        doubt = "" if row["why_suspect"] is None or pd.isna(row["why_suspect"]) else f"doubtful: {row['why_suspect']}"
        lines.setdefault(subject_words(row), []).append(
            (
                f"{plain(row['indicator'])}{scope}{area}",
                period(row["start_year"], row["end_year"]),
                _figure(row),
                row["by"],
                doubt,
            )
        )
    columns = ("What", "Years", "Figure", "Said by", "Doubt")
    shown = [linked(f"Said and published: {subject}", columns, rows) for subject, rows in lines.items()]
    return together(shown or [linked("Said and published", columns, [])])


def _figure(row: dict) -> str:
    return f"{plainly(in_short(row))}{'' if row['status'] == 'actual' else ', ' + row['status']}"


def costs_table(costs: pd.DataFrame, published: pd.DataFrame, regions: pd.DataFrame) -> tables.Shown:
    """`costs_and_caps` with the pages whose figures were divided."""
    areas = dict(zip(regions["code"], regions["name_en"], strict=True))
    sources = published.set_index("published_id")
    lines = [
        (
            "the whole country" if len(row["ref_area"]) == 2 else areas.get(row["ref_area"], row["ref_area"]),
            f"{row['year']}{'' if row['status'] == 'actual' else ', planned'}",
            in_words(quantity(row, "cost_mn"), 2),
            tables.NOT_STATED if pd.isna(row["cap"]) else row["cap"],
            in_words(exact(row["cap_mn"]), 2) if pd.notna(row["cap_mn"]) else tables.NOT_STATED,
            row["verdict"],
            link_to(*sources.loc[row["source_ids"].split(",")[0], ["address", "publisher"]]),
        )
        for row in costs.to_dict("records")
    ]
    columns = ("Area", "Year", "Million tenge a loan", "Cap as set", "Cap, million tenge", "Verdict", "Published by")
    return linked("Money for loans over loans, and the most that one may get", columns, lines)


def commitments_finding(commitments: pd.DataFrame) -> str:
    """How many acts carry no number, by how far they have come."""
    if not len(commitments):
        return "The statement speaks of no act without a number that could be recognised"
    numbers = [(stage, int((commitments["stage"] == stage).sum())) for stage in STAGES]
    parts = ", ".join(f"{number} {stage}" for stage, number in numbers if number)
    return f"{counted(len(commitments), 'act')} without a number: {parts}"


def register_table(commitments: pd.DataFrame) -> tables.Shown:
    """The acts in the order of the text, each in the statement's own words."""
    shown = commitments.assign(quote=[f"“{quote}”" for quote in commitments["quote"]])
    shown = shown.assign(programme=shown["programme"].fillna("none in the catalogue"))
    columns = {"quote": "In the statement's words", "stage": "Stage", "said_by": "Read from", "programme": "About"}
    return tables.show(shown, "Done, under way and announced, without a number", columns)
