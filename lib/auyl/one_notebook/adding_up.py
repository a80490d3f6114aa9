"""Totals beside the parts others published: the chart that piles the parts up, and the table of every way to add."""

import re
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from auyl.bounds import exact
from auyl.display import tables
from auyl.display.canvas import ACCENT, INK, LABEL, LIGHT, frame, line_height, scale_x, text_width, wrap
from auyl.display.tables import link_to
from auyl.display.words import cited, counted, sentence
from auyl.measures.comparison import in_short
from auyl.one_notebook.comparing import OUTCOMES, closest, nearest_first, outcomes, plainly, total_finding
from auyl.one_notebook.measure_charts import BAR, ROW_GAP, Bar, bar_chart
from auyl.one_notebook.sourced import linked
from auyl.statement import Statement

TOLD = dict(
    zip(OUTCOMES, ("contradicted", "in agreement", "not comparable", "with no published counterpart"), strict=True)
)
SEAM = 1.5  # points between two parts


class Pile(NamedTuple):
    """One row of the chart: its name, its parts with how each is filled, and the whole in words."""

    label: str
    parts: list[tuple[float, str]]
    words: str


def add_up_chart(
    figures: pd.DataFrame, checks: pd.DataFrame, totals: pd.DataFrame, record: pd.DataFrame, statement: Statement
) -> Axes:
    """The statement's first total for several years over the parts others published, with rival totals beneath.

    `totals` as `rebuilt_totals` returns it. A statement without such a total gets one bar for each outcome of the
    comparison: how many figures agree, are contradicted, or can not be compared.
    """
    source = f"Source: {cited(statement)}; published figures of data/published.csv."
    own = totals[totals["claim_id"].isin(figures["figure_id"])]
    if not len(own):
        found = outcomes(figures, checks)
        numbers = [(outcome, int((found == outcome).sum())) for outcome in OUTCOMES]
        bars = [Bar(outcome.capitalize(), exact(float(n)), counted(n, "figure")) for outcome, n in numbers if n]
        headline = "The statement gives no figures"
        if bars:
            parts = ", ".join(f"{n} {TOLD[outcome]}" for outcome, n in numbers if n)
            headline = f"Of {counted(len(figures), 'figure')}: {parts}"
        return bar_chart(bars, headline, "Figures of the statement, by what the comparison came to", source)
    first = own.iloc[0]
    same = ["subject", "indicator", "unit", "start_year", "end_year"]
    rivals = totals[(totals[same] == first[same]).all(axis=1)]
    claims = dict.fromkeys([first["claim_id"], *rivals["claim_id"]])
    rows = record.set_index("published_id")
    piles = [pile for claim in claims for pile in _piles(rivals[rivals["claim_id"] == claim], rows)]
    ways = int((own["claim_id"] == first["claim_id"]).sum())
    chosen = f"the nearest of {ways:,} ways to add up published parts*" if ways > 1 else "the sum of published parts*"
    subtitle = f"{tables.plain(first['indicator']).capitalize()}, {chosen}; hollow: planned, light: doubtful"
    headline = total_finding(own)
    return pile_chart(piles, headline, subtitle, f"{source} * Derived here: the sums.")


def _piles(ways: pd.DataFrame, rows: pd.DataFrame) -> list[Pile]:
    """A total, and the sum that comes nearest to it."""
    best = closest(ways)
    claim = rows.loc[best["claim_id"]] if best["claim_id"] in rows.index else None
    doubt = claim is not None and bool(claim["suspect"])
    name = "The statement" if claim is None else claim["publisher"] + (", doubtful" if doubt else "")
    years = tables.period(best["start_year"], best["end_year"])
    fill = "light" if doubt else "full" if claim is None or claim["status"] == "actual" else "none"
    parts = [rows.loc[id] for id in best["part_ids"].split(",")]
    filled = [(float(part["value"]), "full" if part["status"] == "actual" else "none") for part in parts]
    return [
        Pile(f"{name}: total of {years}", [(float(best["claim"]), fill)], plainly(_short(best, "claim"))),
        Pile(f"Parts: {plainly(best['parts'])}{_moved(best, rows)}", filled, plainly(_short(best, "sum"))),
    ]


def pile_chart(piles: list[Pile], headline: str, subtitle: str, source_line: str) -> Axes:
    """Flat bars from zero, each made of its parts, under its own label and with the whole in words behind it."""
    labels = [wrap(pile.label) for pile in piles]
    heights = [len(lines) * line_height() + BAR + ROW_GAP for lines in labels]
    alt = f"Bar chart, {subtitle}. " + "; ".join(f"{pile.label}: {pile.words}" for pile in piles) + f". {headline}."
    axes = frame(sum(heights), headline, subtitle, source_line, alt)[1]
    ends = [sum(value for value, _ in pile.parts) for pile in piles]
    points = scale_x(axes, ends, [12 + text_width(pile.words) for pile in piles])
    y = 0.0
    for pile, lines, height, end in zip(piles, labels, heights, ends, strict=True):
        for n, line in enumerate(lines):
            axes.text(0, y + n * line_height(), line, va="top", color=INK, size=LABEL)
        top, left = y + len(lines) * line_height() + 2, 0.0
        for value, fill in pile.parts:
            face = {"full": ACCENT, "light": LIGHT}.get(fill, "none")
            width = max(value - SEAM / points, 0)
            axes.add_patch(Rectangle((left, top), width, BAR, facecolor=face, edgecolor=ACCENT, clip_on=False))
            left += value
        axes.text(end + 8 / points, top + BAR / 2, pile.words, va="center", color=INK, size=LABEL)
        y += height
    return axes


def sums(figures: pd.DataFrame, totals: pd.DataFrame, record: pd.DataFrame) -> tables.Shown:
    """Every way to add published parts up to a total of the statement, and the nearest way to each rival of it."""
    own = totals[totals["claim_id"].isin(figures["figure_id"])]
    same = ["subject", "indicator", "unit", "start_year", "end_year"]
    rivals = totals.merge(own[same].drop_duplicates(), on=same, validate="many_to_one")
    rivals = rivals[~rivals["claim_id"].isin(own["claim_id"])]
    told = pd.concat(
        [nearest_first(own), *(closest(ways).to_frame().T for _, ways in rivals.groupby("claim_id", sort=False))]
    )
    rows = record.set_index("published_id")
    lines = []
    for row in told.to_dict("records"):
        parts = [rows.loc[id] for id in row["part_ids"].split(",")]
        terms = [
            Markup("{} ({})").format(words, link_to(part["address"], part["publisher"]))
            for words, part in zip(plainly(row["parts"]).split(" + "), parts, strict=True)
        ]
        lines.append(
            (
                _whose(row, rows),
                Markup(" + ").join(terms),
                plainly(_short(row, "sum")),
                row["verdict"],
                sentence(plainly(row["why"]) + _moved(row, rows)),
            )
        )
    return linked("Totals and the sums of their parts", ("Total", "Published parts", "Sum", "Verdict", "Why"), lines)


def _whose(row: dict, rows: pd.DataFrame) -> Markup:
    total = f"{plainly(_short(row, 'claim'))}, {row['programme']}, {tables.period(row['start_year'], row['end_year'])}"
    if row["claim_id"] not in rows.index:
        return Markup("{} (the statement)").format(total)
    claim = rows.loc[row["claim_id"]]
    return Markup("{} ({})").format(total, link_to(claim["address"], claim["publisher"]))


def _moved(row: dict | pd.Series, rows: pd.DataFrame) -> str:
    """That a part is taken for other years than it is printed for, where that is so."""
    reading = re.fullmatch(r"reading (\S+) as (.+)", row["reading"])
    if not reading:
        return ""
    part = rows.loc[reading[1]]
    printed = tables.period(part["start_year"], part["end_year"])
    return f"; {plainly(in_short(part))}, printed for {printed}, is read as of {reading[2]}"


def _short(row: dict | pd.Series, name: str) -> str:
    ends = {"value": row[name], "low": row[f"{name}_low"], "high": row[f"{name}_high"], "bound": row[f"{name}_bound"]}
    return in_short({**ends, "unit": row["unit"]})
