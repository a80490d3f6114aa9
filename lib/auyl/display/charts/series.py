"""Levels over the years: lines that stop where what is counted changed, hollow dots for what is aimed at."""

from typing import Unpack

import pandas as pd

from auyl.display.canvas import INK, MUTED, Picture
from auyl.display.charts.panel import Panel, around, panels
from auyl.display.charts.rows import Look, Row, csv, nothing, read, signs


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
    """A panel for each label, all on one scale; a row is a level in a year.

    Parameters
    ----------
    year
        The column of years, whole numbers.
    breaks
        A column of true or false: from this row on something else was counted, so no line leads to it.
    zero
        Whether the scale begins at zero; it says its levels either way.

    The rest is as in `bars`. A plan is joined to the last outcome by a dashed line.

    >>> import pandas as pd
    >>> share = pd.DataFrame({"year": [2021, 2022, 2030], "share": [33.3, 36.5, 40], "kind": ["actual", "actual",
    ...     "target"], "of": "SMEs"})
    >>> series(share, "share", year="year", label="of", plan="kind", unit="%", headline="SMEs", subtitle="of GDP",
    ...     source="record")
    Line chart. Of GDP. SMEs: 33.3% in 2021, 36.5% in 2022, 40% in 2030 (planned). SMEs.
    """
    drawn, missing, words = read(table[table[year].notna()], value, label, look)
    if not drawn:
        return nothing(words, missing)
    kept = table[table[year].notna() & table[value].notna()]
    marks = kept[breaks].fillna(False).astype(bool) if breaks else [False] * len(kept)
    points = list(zip(kept[year].astype(int), drawn, marks, strict=True))
    named: dict[str, list[tuple[int, Row, bool]]] = {}
    for point in points:
        named.setdefault(point[1].label, []).append(point)
    for part in named.values():
        part.sort(key=lambda point: (point[0], point[1].plan))
    alt = words.alt("Line chart", [f"{name}: {_told(part)}" for name, part in named.items()], missing)
    foot = words.foot(missing, signs([row.plan for row in drawn], marks, [row.colour for row in drawn]))
    ends = [end for row in drawn for end in row.quantity_ends]
    scale = around(min(ends), max(ends), zero)
    years = min(p[0] for p in points), max(p[0] for p in points)
    n = len(named)
    made = panels(words, foot, alt, list(named), [years] * n, [scale] * n, look.get("unit", ""))
    for panel, part in zip(made, named.values(), strict=True):
        _draw(panel, part)
    return Picture(made[0].axes, csv(drawn, year=[str(y) for y, _, _ in points]))


def _told(part: list[tuple[int, Row, bool]]) -> str:
    return ", ".join(
        f"{row.words} in {year}{' (planned)' if row.plan else ''}{' (after a break)' if broken else ''}"
        for year, row, broken in part
    )


def _draw(panel: Panel, part: list[tuple[int, Row, bool]]) -> None:
    before: tuple[int, Row] | None = None
    for year, row, broken in part:
        if before is not None and broken:
            panel.break_at((before[0] + year) / 2)
        elif before is not None and year > before[0]:
            _join(panel, before, (year, row))
        panel.dot(year, row.quantity, row.colour, row.plan, gid="aim" if row.plan else "level")
        if not row.plan:
            before = year, row
    panel.draw_scale([year for year, _, _ in part])
    # Where there is not room for all numbers, the line's ends, breaks and aims have theirs; the table has them all.
    levels = [year for year, row, _ in part if not row.plan]
    ends = {min(levels, default=0), max(levels, default=0)}
    for year, row, _ in sorted(part, key=lambda p: not (p[1].plan or p[2] or p[0] in ends)):
        panel.write_near(year, row.quantity.value, row.words, MUTED if row.plan else INK)


def _join(panel: Panel, one: tuple[int, Row], other: tuple[int, Row]) -> None:
    start, end = ((year, row.quantity.value) for year, row in (one, other))
    if other[1].plan:
        panel.line(start, end, color=one[1].colour, linestyle=(0, (3, 2)), linewidth=1.2, zorder=1, gid="path")
    else:
        panel.line(start, end, color=one[1].colour, zorder=1, gid="line")
