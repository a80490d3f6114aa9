"""From a level to an aim: the path that is required, and what others say of the same thing in between."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, Unpack

import pandas as pd

from auyl.bounded import Bounded
from auyl.display.canvas import ACCENT, MUTED, SECOND, Picture
from auyl.display.charts.panel import Panel, around, panels
from auyl.display.charts.rows import Look, Row, csv, nothing, number, quantities_of, read, signs

Told = Callable[[Bounded], str]


class Other(NamedTuple):
    """What another source gives: a level, or where it is a `plan` an aim."""

    year: float
    quantity: Bounded
    who: str
    breaks: bool = False
    plan: bool = False


class Path(NamedTuple):
    """A row: where it stands and where it is to be, what stands by the path, and what others say."""

    label: str
    start: tuple[int, Bounded]
    aim: tuple[int, Bounded]
    words: str
    others: list[Other]

    @property
    def levels(self) -> list[float]:
        quantities = [self.start[1], self.aim[1], *(other.quantity for other in self.others)]
        ends = [end for quantity in quantities for end in (quantity.value, quantity.low, quantity.high)]
        return [end for end in ends if end is not None]

    @property
    def years(self) -> list[float]:
        return [self.start[0], self.aim[0], *(other.year for other in self.others)]


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
    unit = look.get("unit", "%")
    words = read(table[:0], level, label, look).words
    paths, missing = _paths(table, (level, aim, level_year, aim_year, label, path), others)
    if not paths:
        return nothing(words, missing)

    def told(quantity: Bounded) -> str:
        return number(quantity, unit, look.get("decimals"))

    breaks = [other.breaks for row in paths for other in row.others]
    alt = words.alt("Slope chart", [_told(row, told) for row in paths], missing)
    foot = words.foot(missing, signs([True], breaks, [ACCENT, SECOND] if breaks else []))
    scales = [around(min(row.levels), max(row.levels), zero=False) for row in paths]
    span = max(high - low for low, high in scales)
    years = [(min(row.years), max(row.years)) for row in paths]
    names, levels = [row.label for row in paths], [(low, low + span) for low, _ in scales]
    made = panels(words, foot, alt, names, years, levels, unit)
    for panel, row in zip(made, paths, strict=True):
        _draw(panel, row, told)
    drawn, when = _rows(paths, told)
    return Picture(made[0].axes, csv(drawn, year=when))


def _paths(
    table: pd.DataFrame, columns: tuple[str, str, str, str, str, str | None], others: pd.DataFrame | None
) -> tuple[list[Path], list[str]]:
    """The rows with a level, an aim and both years; the labels of the rest."""
    level, aim, level_year, aim_year, label, path = columns
    found, missing = [], []
    for n, (now, then) in enumerate(zip(quantities_of(table[level]), quantities_of(table[aim]), strict=True)):
        row = table.iloc[n]
        if now is None or then is None or pd.isna(row[level_year]) or pd.isna(row[aim_year]):
            missing.append(str(row[label]))
            continue
        words = "" if path is None or pd.isna(row[path]) else str(row[path])
        ends = (int(row[level_year]), now), (int(row[aim_year]), then)
        found.append(Path(str(row[label]), *ends, words, list(_others(others, row[label]))))
    return found, missing


def _others(others: pd.DataFrame | None, label: object) -> Iterable[Other]:
    if others is None:
        return
    mine = others[(others["label"] == label) & others["year"].notna()]
    for row, quantity in zip(mine.to_dict("records"), quantities_of(mine["level"]), strict=True):
        if quantity is not None:
            flags = (row.get(name, False) for name in ("breaks", "plan"))
            yield Other(
                float(row["year"]), quantity, str(row["who"]), *(pd.notna(flag) and bool(flag) for flag in flags)
            )


def _told(row: Path, told: Told) -> str:
    said = f"{row.label}: {told(row.start[1])} in {row.start[0]}, {told(row.aim[1])} by {row.aim[0]}"
    said += f", {row.words}" if row.words else ""
    for year, quantity, who, breaks, plan in row.others:
        said += f", {told(quantity)} {'by' if plan else 'in'} {int(year)}{',' if plan else ''} by {who}"
        said += " (after a break)" if breaks else ""
    return said


def _rows(paths: list[Path], told: Told) -> tuple[list[Row], list[str]]:
    rows, years = [], []
    for path in paths:
        rows += [
            Row(path.label, path.start[1], told(path.start[1])),
            Row(path.label, path.aim[1], told(path.aim[1]), True),
            *(
                Row(f"{path.label}: {other.who}", other.quantity, told(other.quantity), other.plan)
                for other in path.others
            ),
        ]
        years += [str(int(year)) for year in path.years]
    return rows, years


def _draw(panel: Panel, row: Path, told: Told) -> None:
    (year, now), (by, then) = row.start, row.aim
    look = {"color": ACCENT, "linestyle": (0, (3, 2)), "linewidth": 1.4, "zorder": 1, "gid": "path"}
    panel.line((year, now.value), (by, then.value), **look)
    panel.dot(year, now, ACCENT, gid="level")
    panel.dot(by, then, ACCENT, plan=True, gid="aim")
    for other in row.others:
        if other.breaks:
            panel.break_at((year + other.year) / 2)
        panel.dot(other.year, other.quantity, SECOND, plan=other.plan, gid="other")
    panel.draw_scale(range(int(min(row.years)), int(max(row.years)) + 1))
    rises = then.value >= now.value
    panel.write_near(year, now.value, told(now), below=rises)
    panel.write_near(by, then.value, told(then), below=not rises)
    for other in row.others:
        at, words = (other.year, other.quantity.value), told(other.quantity)
        if not panel.write_near(*at, f"{words}, {other.who}", SECOND):
            panel.write_near(*at, words, SECOND)
    if row.words:
        middle = (year + by) / 2, (now.value + then.value) / 2
        panel.write_near(*middle, row.words, MUTED, below=rises)
