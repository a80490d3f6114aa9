"""From a level to an aim: the path that is required, and what others say of the same thing in between."""

from typing import Any, Unpack

import pandas as pd

from auyl.bounded import as_bounded
from auyl.display.canvas import Picture
from auyl.display.charts.panel import Point, level_chart
from auyl.display.charts.rows import Look, nothing, read


def slope(
    table: pd.DataFrame,
    level: str,
    aim: str,
    *,
    level_year: str,
    aim_year: str,
    label: str,
    path: str | None = None,
    others: pd.DataFrame | None = None,
    **look: Unpack[Look],
) -> Picture:
    """A panel for each row: solid at the level, hollow at the aim, and dashed between them the path that is required.

    Parameters
    ----------
    level, aim, level_year, aim_year, label
        Columns of the table: two quantities, their years, and what is measured.
    path
        A column of words to stand by the path: "+2 points a year".
    others
        Levels that others gave: columns `label` (which row they belong to), `year` (with a fraction where it is known,
        so that November stands after August), `level`, `who`; `breaks` where what they count may differ, `plan` where
        it is an aim.

    The scales do not begin at zero, for a slope is read by its steepness; all panels give a point the same height, and
    each says its levels.

    >>> import pandas as pd
    >>> gaps = pd.DataFrame({"of": ["Provision"], "now": [64], "then": [70], "year": [2025], "by": [2028]})
    >>> slope(gaps, "now", "then", level_year="year", aim_year="by", label="of", headline="64 to 70",
    ...     subtitle="percent", source="the statement")
    Slope chart. Percent. Provision: 64% in 2025, 70% by 2028. 64 to 70.
    """
    rows = table[table[[level, aim, level_year, aim_year]].notna().all(axis=1)]
    missing = table.loc[~table.index.isin(rows.index), label].astype(str).to_list()
    ends = [
        pd.DataFrame({"label": rows[label], "year": rows[year], "level": bounded(rows[value])}).assign(plan=plan)
        for value, year, plan in ((level, level_year, False), (aim, aim_year, True))
    ]
    ends = [end.assign(own=True, who="") for end in ends]
    if others is not None:
        known = others[others["label"].isin(rows[label]) & others["year"].notna() & others["level"].notna()]
        ends.append(known.assign(level=bounded(known["level"]), own=False))
    points = pd.concat([end for end in ends if len(end)] or ends, ignore_index=True)
    points = points.reindex(columns=["label", "year", "level", "plan", "own", "breaks", "who"])
    unit = look.pop("unit", "%")
    drawn, _, words = read(points, "level", "label", {**look, "unit": unit, "plan": "plan", "own": "own"})
    if not drawn:
        return nothing(words, missing)
    parts: dict[str, list[Point]] = {row.label: [] for row in drawn}
    told = zip(points["year"].astype(float), drawn, points["breaks"].eq(True), points["who"], strict=True)
    for point in map(Point._make, told):
        parts[point.row.label].append(point)
    paths = dict(zip(rows[label].astype(str), rows[path].fillna("") if path else [""] * len(rows), strict=True))
    return level_chart("Slope chart", parts, words, missing, unit, paths=paths)


def bounded(column: "pd.Series[Any]") -> "pd.Series[Any]":
    return column if str(column.dtype) == "bounded" else as_bounded(column)
