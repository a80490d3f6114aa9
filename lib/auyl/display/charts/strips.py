"""Many quantities a row, each as a dot of seaborn's strip plot: how they spread, where none of them needs its name."""

from typing import Unpack

import pandas as pd

from auyl.display.canvas import ACCENT, GRID, INK, INNER, LABEL, Picture, frame, line_height, wrap
from auyl.display.charts.rows import Look, Row, csv, label_lines, nothing, read

STRIP = 20.0  # points: the dots and air
PAD = 5.0  # half a dot at either end


def strips(table: pd.DataFrame, value: str, *, label: str, **look: Unpack[Look]) -> Picture:
    """A strip for each label in the order of the table, from zero, a dot for each of its rows; its words say from
    where to where. Quantities are drawn at their value: for those with bounds there is `dots`.

    >>> import pandas as pd
    >>> money = pd.DataFrame({"rule": ["equal"] * 3, "thousand": [20.0, 24.5, 31.0]})
    >>> strips(money, "thousand", label="rule", headline="Money", subtitle="thousand tenge", source="record")
    Strip plot. Thousand tenge. equal: 20 to 31 (3). Money.
    """
    from seaborn import stripplot  # slow to import, and one chart needs it

    drawn, missing, words = read(table, value, label, look)
    if not drawn:
        return nothing(words, missing)
    tracks: dict[str, list[Row]] = {}
    for row in drawn:
        tracks.setdefault(row.label, []).append(row)
    told = {name: f"{name}: {span(rows)}" for name, rows in tracks.items()}
    heads = [wrap(words_of) for words_of in told.values()]
    height = sum(len(lines) * line_height() + STRIP for lines in heads)
    alt = words.alt("Strip plot", told.values(), missing)
    axes = frame(height, words.headline, words.subtitle, words.foot(drawn, missing), alt)[1]
    scale = (INNER - 2 * PAD) / (max(row.end for row in drawn) or 1.0)
    top = 0.0
    places: list[tuple[float, float]] = []
    for rows, lines in zip(tracks.values(), heads, strict=True):
        label_lines(axes, 0, top + len(lines) * line_height() / 2, lines, LABEL, INK)
        top += len(lines) * line_height() + STRIP
        axes.plot([0, INNER], [top - STRIP + 8] * 2, color=GRID, linewidth=1, zorder=0, gid="track")
        places += [(PAD + row.quantity.value * scale, top - STRIP + 8) for row in rows]
    at = pd.DataFrame(places, columns=["x", "y"])
    look_of_dots = {"color": ACCENT, "alpha": 0.45, "size": 7.0, "linewidth": 0}
    stripplot(at, x="x", y="y", orient="h", native_scale=True, jitter=False, ax=axes, **look_of_dots)
    axes.set(xlim=(0, INNER), ylim=(height, 0), xticks=[], yticks=[], xlabel="", ylabel="")
    return Picture(axes, csv(drawn))


def span(rows: list[Row]) -> str:
    """ "20 to 31 (3)": the least and the most, and how many there are; of one row its words."""
    if len(rows) == 1:
        return rows[0].words
    least, *_, most = sorted(rows, key=lambda row: row.quantity.value)
    return f"{least.words} to {most.words} ({len(rows)})"
