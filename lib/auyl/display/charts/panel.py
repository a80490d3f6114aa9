"""Panels with years from side to side and levels from bottom to top, in which no two labels lie over each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from matplotlib.axes import Axes

from auyl.display.canvas import (
    GRID,
    INK,
    INNER,
    LABEL,
    MUTED,
    SECOND,
    SMALL,
    Picture,
    frame,
    line_height,
    text_width,
    wrap,
)
from auyl.display.charts.marks import Box, around, around_line, mark, overlap, ticks
from auyl.display.charts.rows import Row, Words, csv, label_lines, printed
from auyl.display.sentences import say

SIDE = 26.0  # room at either side for half a label of a dot
WORDS = SMALL + 0.5
PANEL = 125.0  # how high it is
FOOT, AIR = 28.0, 22.0  # the years under it; room for a label over it
DASHED, DOTTED = (0, (3, 2)), (0, (1, 2))


class Point(NamedTuple):
    """A level, or an aim, of a year; `breaks` where from there on something else is counted; `who` of others'."""

    year: float
    row: Row
    breaks: bool = False
    who: str = ""

    @property
    def told(self) -> str:
        said = f"{self.row.words} {'by' if self.row.plan else 'in'} {int(self.year)}"
        by = f"{',' if self.row.plan else ''} by {self.who}" if self.who else ""
        return f"{said}{by}{' (after a break)' if self.breaks else ''}"


@dataclass
class Panel:
    """Where years and levels lie on the axes, whose unit is the point; `taken` are the boxes of words and dots."""

    axes: Axes
    top: float
    years: tuple[float, float]
    low: float
    high: float
    unit: str = ""
    taken: list[Box] = field(default_factory=list)

    @property
    def bottom(self) -> float:
        return self.top + PANEL

    @property
    def left(self) -> float:
        return max(text_width(self.tick(level), SMALL) for level in ticks(self.low, self.high)) + 6

    def tick(self, level: float) -> str:
        return printed(level) + ("%" if self.unit == "%" else "")

    def x(self, year: float) -> float:
        first, last = self.years
        return self.left + SIDE + (year - first) / max(last - first, 1e-9) * (INNER - self.left - 2 * SIDE)

    def y(self, level: float) -> float:
        return self.top + PANEL * (self.high - level) / (self.high - self.low)

    def draw_scale(self, years: Sequence[int]) -> None:
        """Fine lines at round levels, and the years under the lowest; years that would overlap are left out."""
        for level in ticks(self.low, self.high):
            y = self.y(level)
            self.axes.plot([self.left, INNER], [y, y], color=GRID, linewidth=0.8, zorder=0, gid="scale")
            self.axes.text(self.left - 4, y, self.tick(level), ha="right", va="center", color=MUTED, size=SMALL)
            self.taken.append((0, y - SMALL / 2 - 1, self.left, y + SMALL / 2 + 1))
        ends = (min(years), max(years))
        for year in sorted(set(years), key=lambda year: (year not in ends, year)):
            self.write(self.x(year), self.bottom + 14, str(year), MUTED, SMALL)

    def dot(self, point: Point, gid: str) -> None:
        at, row = self.x(point.year), point.row
        self.taken += mark(self.axes, lambda level: (at, self.y(level)), row.quantity, row.colour, row.plan, gid)

    def break_at(self, year: float) -> None:
        """A dotted line from top to bottom: on its two sides different things were counted."""
        ends = (self.x(year), self.top), (self.x(year), self.bottom)
        self.axes.plot(*zip(*ends, strict=True), color=MUTED, linewidth=1, linestyle=DOTTED, gid="break")
        self.taken.append(around_line(*ends, 1))

    def join(self, one: Point, other: Point, **look: Any) -> None:
        """A line from one point to another, over which no words will stand."""
        xs, ys = zip(*((self.x(p.year), self.y(p.row.quantity.value)) for p in (one, other)), strict=True)
        self.axes.plot(xs, ys, color=one.row.colour, zorder=1, **look)
        pieces = max(int(max(abs(xs[1] - xs[0]), abs(ys[1] - ys[0])) / 4), 1)
        for n in range(pieces + 1):
            at = tuple(a + (b - a) * n / pieces for a, b in (xs, ys))
            self.taken.append(around_line((at[0], at[1]), (at[0], at[1]), 1.5))

    def write(self, x: float, y: float, words: str, colour: str = INK, size: float = WORDS) -> bool:
        """Words with their middle there, if nothing else is; whether they were written."""
        half = text_width(words, size) / 2 + 1
        x = min(max(x, half), INNER - half)  # never out of the picture
        tall = line_height(size) / 2 - 0.5
        box = x - half, y - tall, x + half, y + tall
        if any(overlap(box, other) for other in self.taken):
            return False
        self.taken.append(box)
        self.axes.text(x, y, words, ha="center", va="center", color=colour, size=size)
        return True

    def write_near(self, x: float, y: float, words: str, colour: str, below: bool, beside: bool = True) -> bool:
        """Words by a dot, at the first free place: above or below it, beside it where no line passes."""
        near, half = 14 if below else -14, text_width(words, WORDS) / 2
        places: list[tuple[float, float]] = [(0, near), (0, -near)]
        places += [(half + 9, 0), (-half - 9, 0), (half, near), (-half, near)] if beside else []
        within = [(x + dx, y + dy) for dx, dy in places if self.top - 15 <= y + dy <= self.bottom + 3]
        return any(self.write(*place, words, colour) for place in within)

    def draw(self, part: Sequence[Point], path: str | None) -> None:
        """Lines between the outcomes of one teller that were counted alike, and to the aim; of a `path` this alone.

        Where there is not room for all numbers, ends, breaks and aims have theirs; the table has them all.
        """
        own = [point for point in part if not point.who]
        before: dict[str, Point] = {}  # the last outcome, the first of its year, of either colour
        for point in part:
            last = before.get(point.row.colour) if path is None else own[0]
            if point.breaks and last:
                self.break_at((last.year + point.year) / 2)
            elif last and point.year > last.year and path is None:
                look = {"linestyle": DASHED, "linewidth": 1.2, "gid": "path"} if point.row.plan else {"gid": "line"}
                self.join(last, point, **look)
            if not point.row.plan and (last is None or point.year > last.year):
                before[point.row.colour] = point
            gid = "other" if point.who else "aim" if point.row.plan else "level"
            self.dot(point, gid)
        if path is not None:
            self.join(own[0], own[1], linestyle=DASHED, linewidth=1.4, gid="path")
        self.draw_scale([int(point.year) for point in part])
        levels = [point.year for point in part if not point.row.plan]
        ends = {min(levels, default=0), max(levels, default=0)}
        first = sorted(part, key=lambda p: (bool(p.who), not (p.row.plan or p.breaks or p.year in ends)))
        mixed = len({point.row.colour for point in part}) > 1 and path is not None
        rises = own[-1].row.quantity.value >= own[0].row.quantity.value if own else True
        for point in first:
            colour = SECOND if mixed and point.row.colour == SECOND else INK
            at = self.x(point.year), self.y(point.row.quantity.value)
            below = path is not None and (point.row.plan != rises) and not point.who
            lone = path is not None or point.row.plan or point.year in ends
            named = f"{point.row.words}, {point.who}" if point.who else point.row.words
            if not self.write_near(*at, named, colour, below, lone) and point.who:
                self.write_near(*at, point.row.words, colour, below, lone)
        if path:
            middle = sum(p.year for p in own) / 2, sum(p.row.quantity.value for p in own) / 2
            self.write_near(self.x(middle[0]), self.y(middle[1]), path, MUTED, below=rises)


def level_chart(
    kind: str,
    parts: Mapping[str, Sequence[Point]],
    words: Words,
    missing: Sequence[str],
    unit: str,
    zero: bool = False,
    paths: Mapping[str, str] | None = None,
) -> Picture:
    """A panel for each part under the last one, titled where there are several. From zero they share one scale, else
    a point has the same height in each."""
    points = [point for part in parts.values() for point in part]
    rows = [point.row for point in points]
    told = [f"{name}: {', '.join(point.told for point in part)}" for name, part in parts.items()]
    titles = [wrap(name) if len(parts) > 1 else [] for name in parts]
    heights = [len(title) * line_height() + PANEL + FOOT + AIR for title in titles]
    foot = words.foot(rows, missing, any(point.breaks for point in points))
    if not zero:
        foot = f"{foot} {say('chart.not_from_zero')}"
    axes = frame(sum(heights), words.headline, words.subtitle, foot, words.alt(kind, told, missing))[1]

    def scale(some: Sequence[Point]) -> tuple[float, float]:
        ends = [end for point in some for end in point.row.quantity_ends]
        return around(min(ends), max(ends), zero, share=unit == "%")

    whole = scale(points)
    span = max(high - low for low, high in map(scale, parts.values()))
    years = min(p.year for p in points), max(p.year for p in points)
    top = 0.0
    for (name, part), title, height in zip(parts.items(), titles, heights, strict=True):
        label_lines(axes, 0, top + len(title) * line_height() / 2, title, LABEL, INK)
        own = [point.year for point in part]
        low, high = whole if zero else scale(part)
        low = low if zero else high - span
        span_of = years if paths is None else (min(own), max(own))
        panel = Panel(axes, top + len(title) * line_height() + AIR, span_of, low, high, unit)
        panel.draw(part, None if paths is None else paths[name])
        top += height
    return Picture(axes, csv(rows, year=[str(int(point.year)) for point in points]))
