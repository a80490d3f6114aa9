"""Several quantities a row, each as a dot on one scale from zero: how far apart what was published lies."""

from collections.abc import Sequence
from typing import Unpack

import pandas as pd
from matplotlib.axes import Axes

from auyl.display.canvas import (
    GRID,
    INK,
    INNER,
    LABEL,
    MUTED,
    PAPER,
    SMALL,
    Picture,
    frame,
    line_height,
    text_width,
    wrap,
)
from auyl.display.charts.panel import around, ticks
from auyl.display.charts.rows import Look, Row, csv, label_lines, nothing, read, signs

ROW = 22.0  # points: the track and air
PAD = 7.0  # half a dot and its arrow at either end


def dots(table: pd.DataFrame, value: str, *, label: str, zero: bool = True, **look: Unpack[Look]) -> Picture:
    """A track for each label in the order of the table, a dot for each of its rows.

    Parameters are those of `bars`; the scale begins at zero unless told otherwise, and says its levels. The numbers
    stand over their track, from the lowest to the highest; of more than four the two ends, and how many there are.

    >>> import pandas as pd
    >>> costs = pd.DataFrame({"year": ["2023", "2023", "2024"], "cost": [76, 145, 128]})
    >>> dots(costs, "cost", label="year", unit="million tenge", headline="Costs", subtitle="a project", source="record")
    Dot chart. A project. 2023: 76 million tenge, 145 million tenge; 2024: 128 million tenge. Costs.
    """
    drawn, missing, words = read(table, value, label, look)
    if not drawn:
        return nothing(words, missing)
    named: dict[str, list[Row]] = {}
    for row in sorted(drawn, key=lambda row: row.quantity.value):
        named.setdefault(row.label, []).append(row)
    order = list(dict.fromkeys(row.label for row in drawn))
    heads = [_head(name, named[name]) for name in order]
    heights = [len(lines) * line_height() + ROW for lines in heads]
    told = [f"{name}: {', '.join(_told(row) for row in named[name])}" for name in order]
    alt = words.alt("Dot chart", told, missing)
    foot = words.foot(missing, signs([row.plan for row in drawn], colours=[row.colour for row in drawn]))
    axes = frame(sum(heights) + line_height(SMALL) + 4, words.headline, words.subtitle, foot, alt)[1]
    ends = [end for row in drawn for end in row.quantity_ends]
    low, high = around(min(ends), max(ends), zero)
    points = (INNER - 2 * PAD) / (high - low)
    left = low - PAD / points
    axes.set_xlim(left, left + INNER / points)
    y = 0.0
    for name, lines, height in zip(order, heads, heights, strict=True):
        label_lines(axes, left, y + len(lines) * line_height() / 2, lines, LABEL, INK)
        _draw_track(axes, y + len(lines) * line_height() + 9, named[name], points)
        y += height
    _draw_scale(axes, low, high, y, points)
    return Picture(axes, csv(drawn))


def _told(row: Row) -> str:
    return row.words + (" (planned)" if row.plan else "")


def _head(name: str, group: Sequence[Row]) -> list[str]:
    """The row's name and its numbers, wrapped: "2023: 76, 145"."""
    numbers = [_told(row) for row in group]
    if len(numbers) > 4:
        numbers = [f"{numbers[0]} to {numbers[-1]} ({len(numbers)} figures)"]
    return wrap(f"{name}: {', '.join(numbers)}")


def _draw_track(axes: Axes, at: float, group: Sequence[Row], points: float) -> None:
    left, right = axes.get_xlim()
    axes.plot([left, right], [at, at], color=GRID, linewidth=1, zorder=0, gid="track")
    for row in group:
        quantity, colour = row.quantity, row.colour
        if quantity.low is not None and quantity.high is not None and quantity.low < quantity.high:
            axes.plot([quantity.low, quantity.high], [at, at], color=colour, linewidth=4, alpha=0.35, gid="range")
        if quantity.bound in ("at_least", "at_most"):
            away, marker = (12, ">") if quantity.bound == "at_least" else (-12, "<")
            tip = quantity.value + away / points
            gid = "open end" if away > 0 else "below the cap"
            axes.plot([quantity.value, tip], [at, at], color=colour, zorder=2, clip_on=False, gid=gid)
            axes.plot([tip], [at], marker=marker, markersize=5, color=colour, zorder=2, clip_on=False)
        if quantity.bound == "at_most":
            axes.plot([quantity.value] * 2, [at - 6, at + 6], color=INK, linewidth=2.2, zorder=4, gid="cap")
        alpha = 0.5 if quantity.bound == "about" else 0.8
        axes.plot(
            [quantity.value], [at], "o", color=colour, markerfacecolor=PAPER if row.plan else colour, alpha=alpha,
            markeredgewidth=1.6, markersize=7, zorder=3, clip_on=False, gid="plan" if row.plan else "dot",
        )  # fmt: skip


def _draw_scale(axes: Axes, low: float, high: float, bottom: float, points: float) -> None:
    left, right = axes.get_xlim()
    for level in ticks(low, high):
        axes.plot([level, level], [0, bottom], color=GRID, linewidth=0.6, zorder=-1, gid="scale")
        words = f"{level:,.10g}".replace("-", "−")
        half = text_width(words, SMALL) / 2 / points
        at = min(max(level, left + half), right - half)
        axes.text(at, bottom + 2, words, ha="center", va="top", color=MUTED, size=SMALL)
