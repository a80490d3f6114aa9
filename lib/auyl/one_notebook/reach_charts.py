"""Charts and tables of levels over the years: lines that stop at a break, every source, every verdict."""

from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes

from auyl.bounds import exact
from auyl.display import tables
from auyl.display.canvas import (
    ACCENT,
    GRID,
    INK,
    LABEL,
    MARGIN,
    MUTED,
    SMALL,
    WIDTH,
    frame,
    line_height,
    text_width,
    wrap,
)
from auyl.display.tables import link_to
from auyl.display.words import cited, indicator_name, shortest
from auyl.one_notebook.history_words import latest_break
from auyl.one_notebook.measure_charts import empty_chart
from auyl.one_notebook.sourced import linked, together
from auyl.statement import Statement

PANEL = 96.0  # points: the height of one line's panel
SIDE = 20.0  # room for half a number at either side
GAP = 9.0  # points between a dot and its number


def levels_table(series: pd.DataFrame) -> tables.Shown:
    """Every level with its source, breaks and what was derived, a table for each thing measured."""
    columns = ("Part", "Year", "Kind", "Percent", "Source", "Note")
    shown = []
    for name, rows in _measured(series):
        lines = []
        for row in rows.to_dict("records"):
            kind = {"actual": "level", "target": "aim", "planned": "aim"}.get(row["status"], "projection")
            notes = ["the series begins anew"] if row["series_break"] else []
            notes += ["derived here"] if row["derived"] else []
            notes += [] if pd.isna(row["note"]) else [row["note"]]
            source = "this statement" if row["own"] else link_to(row["address"], row["publisher"])
            lines.append((_whole(row), row["year"], kind, _percent(row["value"]), source, "; ".join(notes)))
        shown.append(linked(f"Levels and aims as published: {name}", columns, lines))
    return together(shown or [linked("Levels and aims as published", columns, [])])


def verdicts_table(verdicts: pd.DataFrame) -> tables.Shown:
    """Every base with the three methods' measures and verdicts, a table for each aim."""
    columns = ("Part", "Base", "Now", "Aim", "Breaks since", "R", "Eurostat", "P", "UN Statistics Division", "Linear")
    shown = []
    for name, rows in _measured(verdicts):
        lines = [
            (
                _whole(row),
                f"{_percent(row['base'])} in {row['base_year']}",
                f"{_percent(row['current'])} in {row['current_year']}",
                f"{_percent(row['target'])} by {row['target_year']}",
                "none" if pd.isna(row["breaks"]) else row["breaks"],
                _ratio(row["eurostat_ratio"]),
                tables.plain(row["eurostat_verdict"]),
                _ratio(row["unsd_progress"]),
                tables.plain(row["unsd_verdict"]),
                _ratio(row["linear_ratio"]),
            )
            for row in rows.to_dict("records")
        ]
        shown.append(linked(f"Whether the aim is within reach: {name}", columns, lines))
    return together(shown or [linked("Whether the aim is within reach", columns, [])])


def series_chart(series: pd.DataFrame, statement: Statement) -> Axes:
    """Levels over the years, a panel for each part with two levels or more: a line stops where its series breaks.

    `series` as `reach.levels` returns it. Dots are levels, hollow ones aims; a circle in grey was derived.
    """
    parts = [part for part in _parts(series) if (part["status"] == "actual").sum() > 1]
    subtitle = "Percent; a line stops where what is counted changed; hollow: aimed at or projected, grey: derived*"
    source = f"Source: {cited(statement)}; data/published.csv. * Derived here: a level less the points gained."
    headline = latest_break(series)
    if not parts:
        return empty_chart(headline, subtitle, source)
    titles = [wrap(_part(part.iloc[0])) for part in parts]
    heights = [len(title) * line_height() + PANEL + line_height(SMALL) + 14 for title in titles]
    alt = f"Line chart, {subtitle}. " + "; ".join(_told(part) for part in parts) + f". {headline}."
    axes = frame(sum(heights), headline, subtitle, source, alt)[1]
    top = 0.0
    for part, title, height in zip(parts, titles, heights, strict=True):
        for n, line in enumerate(title):
            axes.text(0, top + n * line_height(), line, va="top", color=INK, size=LABEL)
        # Parts of one series share their scale: years from side to side, zero to the next ten above the highest.
        whole = series[(series[["subject", "indicator"]] == part[["subject", "indicator"]].iloc[0]).all(axis=1)]
        years = int(whole["year"].min()), int(whole["year"].max())
        highest = -(-max(float(whole["value"].max()), 1) // 10) * 10
        _draw_panel(axes, part, top + len(title) * line_height() + 16, years, highest)
        top += height
    return axes


def _draw_panel(axes: Axes, part: pd.DataFrame, top: float, all_years: tuple[int, int], highest: float) -> None:
    """Dots at their years, `all_years` of them from side to side and `highest` at the top, zero at the bottom."""
    first, last = all_years
    bottom = top + PANEL - 24
    scale = (WIDTH - 2 * MARGIN - 2 * SIDE) / max(last - first, 1)

    def x(year: int) -> float:
        return SIDE + (year - first) * scale

    def y(value: float) -> float:
        return bottom - (bottom - top) * value / highest

    axes.plot([0, WIDTH - 2 * MARGIN], [bottom, bottom], color=GRID, linewidth=1, zorder=1)
    before = None
    taken: list[tuple[float, float, float]] = []
    for row in part.sort_values(["year", "value"], kind="stable").to_dict("records"):
        at, aim = (x(row["year"]), y(row["value"])), row["status"] != "actual"
        if before is not None and row["series_break"]:
            middle = (x(before["year"]) + at[0]) / 2
            axes.plot([middle, middle], [top, bottom], color=MUTED, linestyle=(0, (1, 2)), linewidth=1, gid="break")
        elif before is not None and row["year"] > before["year"] and not aim:
            axes.plot([x(before["year"]), at[0]], [y(before["value"]), at[1]], color=ACCENT, zorder=2, gid="line")
        colour = MUTED if row["derived"] else ACCENT
        face = "none" if aim else colour
        axes.plot(*[[place] for place in at], "o", color=colour, markerfacecolor=face, markersize=5, zorder=3)
        before = before if aim else row
    actual = part["status"] == "actual"
    ends = {part.loc[actual, "year"].min(), part.loc[actual, "year"].max()}
    numbers = list(part.groupby(["year", "status"], observed=True))
    # Where there is not room for all, the ends of the line, breaks and aims are numbered before the rest.
    for (year, _), rows in sorted(
        numbers, key=lambda n: (n[0][0] not in ends, n[0][1] == "actual" and not n[1]["series_break"].any(), n[0][0])
    ):
        values = ", ".join(shortest(exact(value)) for value in sorted(rows["value"]))
        _label(axes, (x(year), y(rows["value"].max())), values, taken)
    years: list[tuple[float, float, float]] = []
    own = part["year"].min(), part["year"].max()
    for year in sorted(set(part["year"]), key=lambda year: (year not in own, year)):
        _label(axes, (x(year), bottom + GAP + 10), str(year), years, MUTED)


def _label(axes: Axes, at: tuple[float, float], text: str, taken: list, colour: str = INK) -> None:
    """The number over its dot, or nothing where another stands: the table has them all."""
    half = text_width(text, SMALL) / 2 + 1
    place = at[1] - GAP
    if any(abs(at[0] - x) < half + width and abs(place - y) < line_height(SMALL) for x, y, width in taken):
        return
    taken.append((at[0], place, half))
    axes.text(at[0], place, text, ha="center", va="center", color=colour, size=SMALL)


def _parts(series: pd.DataFrame) -> Iterable[pd.DataFrame]:
    for _, part in series.groupby(["subject", "indicator", "scope"], sort=False, dropna=False):
        yield part


def _measured(table: pd.DataFrame) -> Iterable[tuple[str, pd.DataFrame]]:
    for _, rows in table.groupby(["subject", "indicator"], sort=False):
        yield indicator_name(rows.iloc[0]), rows


def _whole(row: dict) -> str:
    return "whole" if pd.isna(row["scope"]) else row["scope"]


def _percent(level: float) -> str:
    return f"{shortest(exact(level))}%"


def _ratio(measure: float) -> str:
    return tables.NOT_STATED if pd.isna(measure) else f"{measure:.2f}".replace("-", "−")


def _part(row: pd.Series | dict) -> str:
    return indicator_name(row) + ("" if pd.isna(row["scope"]) else f", {row['scope']}")


def _told(part: pd.DataFrame) -> str:
    levels = [
        f"{shortest(exact(row['value']))}{'' if row['status'] == 'actual' else ' aimed at'} in {row['year']}"
        + (", after a break" if row["series_break"] else "")
        for row in part.sort_values("year", kind="stable").to_dict("records")
    ]
    return f"{_part(part.iloc[0])}: {', '.join(levels)}"
