"""Kazakhstan's seventeen regions and three cities as tiles on a grid that resembles the map, shaded by value."""

from functools import cache
from typing import Unpack

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from auyl.display.canvas import (
    GRID,
    INK,
    INNER,
    MUTED,
    PAPER,
    SHADES,
    SMALL,
    Picture,
    frame,
    line_height,
    text_width,
    wrap,
)
from auyl.display.charts.rows import Look, Row, csv, nothing, read
from auyl.project import shipped
from auyl.record import read_regions

COLUMNS, ROWS = 6, 5
GAP = 3.0
WIDE = (INNER + GAP) / COLUMNS - GAP
TALL = 58.0
NO_DATA = "no data"


@cache
def regions() -> dict[str, tuple[str, int, int]]:
    """Code to name, column and row of the regions of today, from north to south: neighbours lie beside each other."""
    table = read_regions(shipped() / "data" / "regions.csv").dropna(subset="tile_row")
    rows = table.sort_values(["tile_row", "tile_column"])
    entries = zip(*(rows[name] for name in ("code", "name_en", "tile_column", "tile_row")), strict=True)
    return {code: (name, column - 1, row - 1) for code, name, column, row in entries}


def tiles(table: pd.DataFrame, value: str, *, region: str, **look: Unpack[Look]) -> Picture:
    """A tile for each region with its name and number, shaded the stronger the more; or it says "no data".

    Parameters
    ----------
    region
        The column of regions: codes of ISO 3166-2 ("KZ-10") or the English names of data/regions.csv.

    The rest is as in `bars`; the unit stands in the legend, and a plan's number is followed by "(plan)".

    Four shades, equal steps from the lowest to the highest value; the legend says where they end. A row of no region of
    today, or a second one of the same region, has no tile and is named under the chart.

    >>> import pandas as pd
    >>> shares = pd.DataFrame({"region": ["KZ-10", "Akmola"], "share": [64, 70]})
    >>> told = str(tiles(shares, "share", region="region", headline="Provision", subtitle="percent", source="record"))
    >>> print(told[:66])
    Tile map of the 20 regions. Percent. Abai: 64; Akmola: 70; no data
    """
    unit = look.pop("unit", "")
    drawn, _, words = read(table, value, region, look)
    grid, placed = regions(), dict[str, Row]()
    codes = {name.casefold(): code for code, (name, _, _) in grid.items()}
    homeless = []
    for row in drawn:
        code = row.label if row.label in grid else codes.get(row.label.casefold(), "")
        if code and code not in placed:
            placed[code] = row._replace(label=grid[code][0])
        else:
            homeless.append(f"{row.label}: {row.words}")
    if not placed:
        return nothing(words, homeless)
    if homeless:
        words = words._replace(
            note=f"{words.note.rstrip('.')}{'. ' if words.note else ''}No tile for {'; '.join(homeless)}"
        )
    levels = [row.quantity.value for row in placed.values()]
    empty = sorted(name for code, (name, _, _) in grid.items() if code not in placed)
    told = [f"{row.told} (planned)" if row.plan and "plan" not in row.told else row.told for row in placed.values()]
    told += [f"{NO_DATA}: {', '.join(empty)}"] if empty else []
    alt = words.alt("Tile map of the 20 regions", told)
    body = ROWS * (TALL + GAP) - GAP
    axes = frame(body + 30, words.headline, words.subtitle, words.foot(), alt)[1]
    for code, (name, column, line) in grid.items():
        _draw_tile(axes, column * (WIDE + GAP), line * (TALL + GAP), name, placed.get(code), levels)
    _draw_legend(axes, body + 10, levels, unit, bool(empty))
    return Picture(axes, csv(placed.values(), region=placed))


def shade_of(level: float, levels: list[float]) -> int:
    """Which of the four shades, from 0: equal steps from the lowest to the highest.

    >>> [shade_of(level, [0, 100]) for level in (0, 24, 26, 100)], shade_of(5, [5])
    ([0, 0, 1, 3], 1)
    """
    low, high = min(levels), max(levels)
    return 1 if low == high else min(int((level - low) / (high - low) * len(SHADES)), len(SHADES) - 1)


def _draw_tile(axes: Axes, x: float, y: float, name: str, row: Row | None, levels: list[float]) -> None:
    if row is None:
        _empty(axes, x, y, WIDE, TALL)
        lines = [(line, SMALL - 1, MUTED) for line in (*wrap(name, WIDE - 4, SMALL - 1), NO_DATA)]
    else:
        shade = shade_of(row.quantity.value, levels)
        axes.add_patch(Rectangle((x, y), WIDE, TALL, facecolor=SHADES[shade], edgecolor="none", gid="tile"))
        ink = INK if shade < 2 else PAPER
        number = f"{row.words} (plan)" if row.plan else row.words
        lines = [(line, SMALL - 1, ink) for line in wrap(name, WIDE - 4, SMALL - 1)]
        lines += [(line, SMALL, ink) for line in wrap(number, WIDE - 4, SMALL)]
    y += (TALL - sum(line_height(size) for _, size, _ in lines)) / 2
    for words, size, colour in lines:
        axes.text(x + WIDE / 2, y, words, ha="center", va="top", color=colour, size=size)
        y += line_height(size)


def _empty(axes: Axes, x: float, y: float, wide: float, tall: float) -> None:
    """Hatched, so that it is told from the lightest shade in print too."""
    axes.add_patch(
        Rectangle((x, y), wide, tall, facecolor="none", edgecolor=GRID, hatch="//", linewidth=0.6, gid=NO_DATA)
    )


def _draw_legend(axes: Axes, y: float, levels: list[float], unit: str, empty: bool) -> None:
    """The four shades between the lowest and the highest value, as night turns them round; and what hatching means."""
    low, high = min(levels), max(levels)
    behind = "" if not unit else unit if unit[0] == "%" else f" {unit}"
    ends = [f"{level:,.10g}{behind if level == high else ''}".replace("-", "−") for level in (low, high)]
    x = text_width(ends[0], SMALL) + 6 if low < high else 0.0
    if low < high:
        axes.text(0, y + 8.5, ends[0], va="center", color=MUTED, size=SMALL)
    for shade in SHADES if low < high else SHADES[1:2]:
        axes.add_patch(Rectangle((x, y + 3), 22, 11, facecolor=shade, edgecolor="none", gid="legend"))
        x += 22
    axes.text(x + 6, y + 8.5, ends[1], va="center", color=MUTED, size=SMALL)
    if empty:
        _empty(axes, INNER - 72, y + 3, 22, 11)
        axes.text(INNER - 46, y + 8.5, NO_DATA, va="center", color=MUTED, size=SMALL)
