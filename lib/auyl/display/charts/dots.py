"""Several quantities a row, each as a dot on one scale from zero: how far apart what was published lies."""

from functools import partial
from typing import Unpack

import pandas as pd

from auyl.display.canvas import GRID, INK, INNER, LABEL, MUTED, SMALL, Picture, frame, line_height, text_width, wrap
from auyl.display.charts.marks import around, mark, ticks
from auyl.display.charts.rows import Look, Row, csv, label_lines, nothing, printed, read

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
    tracks: dict[str, list[Row]] = {row.label: [] for row in drawn}
    for row in sorted(drawn, key=lambda row: row.quantity.value):
        tracks[row.label].append(row)
    numbers = {name: [row.words + (" (planned)" if row.plan else "") for row in rows] for name, rows in tracks.items()}
    heads = [wrap(f"{name}: {_in_short(told)}") for name, told in numbers.items()]
    alt = words.alt("Dot chart", [f"{name}: {', '.join(told)}" for name, told in numbers.items()], missing)
    height = sum(len(lines) * line_height() + ROW for lines in heads)
    axes = frame(height + line_height(SMALL) + 4, words.headline, words.subtitle, words.foot(drawn, missing), alt)[1]
    ends = [end for row in drawn for end in row.quantity_ends]
    low, high = around(min(ends), max(ends), zero)

    def across(level: float) -> float:
        return PAD + (level - low) / (high - low) * (INNER - 2 * PAD)

    def place(y: float, level: float) -> tuple[float, float]:
        return across(level), y

    for level in ticks(low, high):
        axes.plot([across(level)] * 2, [0, height], color=GRID, linewidth=0.6, zorder=-1, gid="scale")
        half = text_width(printed(level), SMALL) / 2
        at = min(max(across(level), half), INNER - half)
        axes.text(at, height + 2, printed(level), ha="center", va="top", color=MUTED, size=SMALL)
    top = 0.0
    for rows, lines in zip(tracks.values(), heads, strict=True):
        label_lines(axes, 0, top + len(lines) * line_height() / 2, lines, LABEL, INK)
        top += len(lines) * line_height() + ROW
        axes.plot([0, INNER], [top - ROW + 9] * 2, color=GRID, linewidth=1, zorder=0, gid="track")
        for row in rows:
            mark(axes, partial(place, top - ROW + 9), row.quantity, row.colour, row.plan)
    return Picture(axes, csv(drawn))


def _in_short(numbers: list[str]) -> str:
    return ", ".join(numbers) if len(numbers) < 5 else f"{numbers[0]} to {numbers[-1]} ({len(numbers)} figures)"
