"""Kazakhstan's seventeen regions and three cities as tiles on a grid that resembles the map, shaded by value."""

from collections.abc import Sequence
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
from auyl.display.charts.rows import Look, Row, csv, nothing, printed, read
from auyl.display.sentences import say
from auyl.project import shipped
from auyl.record import read_regions

COLUMNS, ROWS = 6, 5
GAP = 3.0
WIDE = (INNER + GAP) / COLUMNS - GAP
TALL = 58.0


@cache
def regions() -> dict[str, tuple[str, int, int]]:
    """Code to name, column and row of the regions of today, from north to south: neighbours lie beside each other."""
    table = read_regions(shipped() / "data" / "regions.csv").dropna(subset="tile_row")
    rows = table.sort_values(["tile_row", "tile_column"])
    entries = zip(*(rows[name] for name in ("code", "name_en", "tile_column", "tile_row")), strict=True)
    return {code: (name, column - 1, row - 1) for code, name, column, row in entries}


def tiles(table: pd.DataFrame, value: str, *, region: str, instead: str | None = None, **look: Unpack[Look]) -> Picture:
    """A tile for each region with its name and number, shaded the stronger the more; or it says "no data".

    Parameters
    ----------
    region
        The column of regions: codes of ISO 3166-2 ("KZ-10") or the English names of data/regions.csv.
    instead
        A column of words for a region without a value of which something is known all the same: "pays in".

    The rest is as in `bars`; the unit stands in the legend, and a plan's number is followed by "(plan)".

    Four shades, by rank; the legend says from where to where each goes. A row of no region of
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
    homeless = []
    for row in drawn:
        code = code_of(row.label)
        if code and code not in placed:
            placed[code] = row._replace(label=grid[code][0])
        else:
            homeless.append(f"{row.label}: {row.words}")
    if not placed:
        return nothing(words, homeless)
    if homeless:
        words = words._replace(
            note=". ".join(filter(None, [words.note.rstrip("."), f"No tile for {'; '.join(homeless)}"]))
        )
    known = (
        {}
        if instead is None
        else {code_of(str(name)): why for name, why in zip(table[region], table[instead], strict=True)}
    )
    reasons = {code: known.get(code) for code in grid if code not in placed}
    empty = {code: str(why) if pd.notna(why) else say("chart.no_data") for code, why in reasons.items()}
    told = [f"{row.told} (planned)" if row.plan and "plan" not in row.told else row.told for row in placed.values()]
    for why in dict.fromkeys(empty.values()):
        told += [f"{why}: {', '.join(sorted(grid[code][0] for code in empty if empty[code] == why))}"]
    alt = words.alt("Tile map of the 20 regions", told)
    body = ROWS * (TALL + GAP) - GAP
    axes = frame(body + 48, words.headline, words.subtitle, words.foot(), alt)[1]
    levels = sorted(row.quantity.value for row in placed.values())
    for code, (name, column, line) in grid.items():
        own, place = placed.get(code), (column * (WIDE + GAP), line * (TALL + GAP))
        shade = None if own is None else shade_of(own.quantity.value, levels)
        number = empty[code] if own is None else f"{own.words} (plan)" if own.plan else own.words
        ink = MUTED if shade is None else INK if shade < 2 else PAPER
        draw_box(axes, place, (WIDE, TALL), shade, number != say("chart.no_data"))
        lines = [line for words in (name, number) for line in wrap(words, WIDE - 4, SMALL - 1)]
        for n, told_line in enumerate(lines):
            y = place[1] + TALL / 2 + (n - len(lines) / 2) * line_height(SMALL - 1)
            axes.text(place[0] + WIDE / 2, y, told_line, ha="center", va="top", color=ink, size=SMALL - 1)
    draw_legend(axes, body + 10, levels, unit, list(dict.fromkeys(empty.values())))
    return Picture(axes, csv(placed.values(), region=placed))


def code_of(name: str) -> str:
    """The code of a region that is named by it or in English; nothing for what is no region of today."""
    grid = regions()
    codes = {called.casefold(): code for code, (called, _, _) in grid.items()}
    return name if name in grid else codes.get(name.casefold(), "")


def shade_of(level: float, levels: Sequence[float]) -> int:
    """Which of the four shades, from 0: by how many of the sorted levels are below it, so that one far off the others
    does not leave these in one shade.

    >>> [shade_of(level, [0, 1, 2, 100]) for level in (0, 1, 2, 100)], shade_of(5, [5])
    ([0, 1, 2, 3], 1)
    """
    below = sum(other < level for other in levels)
    return 1 if levels[0] == levels[-1] else round(below * (len(SHADES) - 1) / (len(levels) - 1))


def draw_box(
    axes: Axes,
    place: tuple[float, float],
    size: tuple[float, float],
    shade: int | None,
    known: bool = True,
    gid: str = "tile",
) -> None:
    """A tile; without a shade an outline, hatched where nothing is known, as print shows too."""
    if shade is not None:
        box = Rectangle(place, *size, facecolor=SHADES[shade], edgecolor="none", gid=gid)
    elif known:
        box = Rectangle(place, *size, facecolor="none", edgecolor=MUTED, linewidth=0.6, gid="known")
    else:
        box = Rectangle(place, *size, facecolor="none", edgecolor=GRID, linewidth=0.6, hatch="//", gid="no data")
    axes.add_patch(box)


def draw_legend(axes: Axes, y: float, levels: Sequence[float], unit: str, empty: Sequence[str]) -> None:
    """Each shade with the levels that have it, as night turns them round; and what outlines and hatching mean."""
    x = 0.0
    behind = "" if not unit else unit if unit[0] == "%" else f" {unit}"
    for shade in sorted({shade_of(level, levels) for level in levels}):
        own = [level for level in levels if shade_of(level, levels) == shade]
        told = printed(own[0]) if own[0] == own[-1] else f"{printed(own[0])} to {printed(own[-1])}"
        x = _key(axes, x, y, told + (behind if own[-1] == levels[-1] else ""), shade)
    x = 0.0
    for words in empty:
        x = _key(axes, x, y + 19, words, None, words != say("chart.no_data"))


def _key(axes: Axes, x: float, y: float, words: str, shade: int | None, known: bool = True) -> float:
    draw_box(axes, (x, y + 3), (16, 11), shade, known, "legend")
    axes.text(x + 20, y + 8.5, words, va="center", color=MUTED, size=SMALL)
    return x + 32 + text_width(words, SMALL)
