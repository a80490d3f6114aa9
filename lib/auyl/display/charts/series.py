"""Levels over the years: lines that stop where what is counted changed, hollow dots for what is aimed at."""

from typing import Unpack

import pandas as pd

from auyl.display.canvas import Picture
from auyl.display.charts.panel import Point, level_chart
from auyl.display.charts.rows import Look, nothing, read


def series(
    table: pd.DataFrame,
    value: str,
    *,
    year: str,
    label: str,
    breaks: str | None = None,
    zero: bool = True,
    **look: Unpack[Look],
) -> Picture:
    """A panel for each label; a row is a level in a year.

    Parameters
    ----------
    year
        The column of years, whole numbers.
    breaks
        A column of true or false: from this row on something else was counted, so no line leads to it.
    zero
        Whether the scale begins at zero; it says its levels either way.

    The rest is as in `bars`. A line joins what is of one colour, the first of each year; a plan is joined to the last
    outcome by a dashed one.

    >>> import pandas as pd
    >>> share = pd.DataFrame({"year": [2021, 2022, 2030], "share": [33.3, 36.5, 40], "kind": ["actual", "actual",
    ...     "target"], "of": "SMEs"})
    >>> series(share, "share", year="year", label="of", plan="kind", unit="%", headline="SMEs", subtitle="of GDP",
    ...     source="record")
    Line chart. Of GDP. SMEs: 33.3% in 2021, 36.5% in 2022, 40% by 2030. SMEs.
    """
    drawn, missing, words = read(table[table[year].notna()], value, label, look)
    if not drawn:
        return nothing(words, missing)
    kept = table[table[year].notna() & table[value].notna()]
    marks = kept[breaks].fillna(False).astype(bool) if breaks else [False] * len(kept)
    parts: dict[str, list[Point]] = {}
    for point in map(Point, kept[year].astype(int), drawn, marks):
        parts.setdefault(point.row.label, []).append(point)
    parts = {name: sorted(part, key=lambda point: (point.year, point.row.plan)) for name, part in parts.items()}
    return level_chart("Line chart", parts, words, missing, look.get("unit", ""), zero)
