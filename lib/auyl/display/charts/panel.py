"""A panel with years from side to side and levels from bottom to top, in which no two labels lie over each other."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from matplotlib.axes import Axes

from auyl.bounded import Bounded
from auyl.display.canvas import GRID, INK, INNER, LABEL, MUTED, PAPER, SMALL, frame, line_height, text_width, wrap
from auyl.display.charts.rows import Words, label_lines

SIDE = 26.0  # room at either side for half a label of a dot
WORDS = SMALL + 0.5
DOT = 6.5
PANEL = 125.0  # how high it is
FOOT = 28.0  # the years under it, and air


@dataclass
class Panel:
    """Where years and levels lie on the axes, whose unit is the point; `taken` are the boxes of words and dots."""

    axes: Axes
    top: float
    height: float
    years: tuple[float, float]
    low: float
    high: float
    unit: str = ""
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    @property
    def left(self) -> float:
        return max(text_width(self.tick(level), SMALL) for level in ticks(self.low, self.high)) + 6

    def tick(self, level: float) -> str:
        return f"{level:,.10g}{'%' if self.unit == '%' else ''}".replace("-", "−")

    def x(self, year: float) -> float:
        first, last = self.years
        return self.left + SIDE + (year - first) / max(last - first, 1e-9) * (INNER - self.left - 2 * SIDE)

    def y(self, level: float) -> float:
        return self.top + self.height * (self.high - level) / (self.high - self.low)

    def draw_scale(self, years: Sequence[int]) -> None:
        """Fine lines at round levels, and the years under the lowest; years that would overlap are left out."""
        for level in ticks(self.low, self.high):
            self.axes.plot([self.left, INNER], [self.y(level)] * 2, color=GRID, linewidth=0.8, zorder=0, gid="scale")
            place, words = (self.left - 4, self.y(level)), self.tick(level)
            self.axes.text(*place, words, ha="right", va="center", color=MUTED, size=SMALL)
            self.taken.append((0, place[1] - SMALL / 2 - 1, self.left, place[1] + SMALL / 2 + 1))
        ends = (min(years), max(years))
        for year in sorted(set(years), key=lambda year: (year not in ends, year)):
            self.write(self.x(year), self.top + self.height + 14, str(year), MUTED, SMALL)

    def dot(self, year: float, quantity: Bounded, colour: str, plan: bool = False, gid: str = "level") -> None:
        """Solid for an outcome, hollow for a plan; an arrow where it may be more or less, a line over its range."""
        at, level = self.x(year), self.y(quantity.value)
        face = PAPER if plan else colour
        if quantity.low is not None and quantity.high is not None and quantity.low < quantity.high:
            self.axes.plot([at, at], [self.y(quantity.low), self.y(quantity.high)], color=colour, gid="range", zorder=2)
        if quantity.bound in ("at_least", "at_most"):
            away = -14 if quantity.bound == "at_least" else 14
            marker, name = ("^", "open end") if away < 0 else ("v", "below the cap")
            self.axes.plot([at, at], [level, level + away], color=colour, zorder=2, gid=name)
            self.taken.append((at - 3, min(level, level + away) - 3, at + 3, max(level, level + away) + 3))
            self.axes.plot([at], [level + away], marker=marker, markersize=5, color=colour, zorder=2)
        if quantity.bound == "at_most":
            self.axes.plot([at - 6, at + 6], [level, level], color=INK, linewidth=2.2, zorder=2, gid="cap")
        edge = 0.0 if quantity.bound == "about" and not plan else 1.6
        alpha = 0.6 if quantity.bound == "about" else 1.0
        self.axes.plot(
            [at], [level], "o", color=colour, markerfacecolor=face, markersize=DOT, markeredgewidth=edge, alpha=alpha,
            zorder=3, gid=gid, clip_on=False,
        )  # fmt: skip
        self.taken.append((at - DOT / 2, level - DOT / 2, at + DOT / 2, level + DOT / 2))

    def break_at(self, year: float) -> None:
        """A dotted line from top to bottom: on its two sides different things were counted."""
        at = self.x(year)
        ends = [self.top, self.top + self.height]
        self.axes.plot([at, at], ends, color=MUTED, linewidth=1, linestyle=(0, (1, 2)), gid="break")
        self.taken.append((at - 1, ends[0], at + 1, ends[1]))

    def line(self, start: tuple[float, float], end: tuple[float, float], **look: Any) -> None:
        """A line from one (year, level) to another, over which no words will stand."""
        xs, ys = [self.x(start[0]), self.x(end[0])], [self.y(start[1]), self.y(end[1])]
        self.axes.plot(xs, ys, **look)
        pieces = max(int(max(abs(xs[1] - xs[0]), abs(ys[1] - ys[0])) / 4), 1)
        for n in range(pieces + 1):
            x, y = (a + (b - a) * n / pieces for a, b in (xs, ys))
            self.taken.append((x - 1.5, y - 1.5, x + 1.5, y + 1.5))

    def write(self, x: float, y: float, words: str, colour: str = INK, size: float = WORDS) -> bool:
        """Words with their middle there, if nothing else is; whether they were written."""
        box = self._box(x, y, words, size)
        if any(_overlap(box, other) for other in self.taken):
            return False
        self.taken.append(box)
        self.axes.text((box[0] + box[2]) / 2, y, words, ha="center", va="center", color=colour, size=size)
        return True

    def write_near(self, year: float, level: float, words: str, colour: str = INK, below: bool = False) -> bool:
        """Words by a dot, at the first free place: above, below (or the other way round), right, left, further off."""
        x, y, half = self.x(year), self.y(level), text_width(words, WORDS) / 2
        near, far = (14, 27) if below else (-14, -27)
        beside = half + 9
        places = [(0, near), (beside, 0), (-beside, 0), (half, near), (-half, near), (0, -near), (0, far)]
        places += [(beside, near), (-beside, near), (half, -near), (-half, -near), (0, -far)]
        within = [(x + dx, y + dy) for dx, dy in places if self.top - 12 <= y + dy <= self.top + self.height + 3]
        return any(self.write(*place, words, colour) for place in within)

    def _box(self, x: float, y: float, words: str, size: float) -> tuple[float, float, float, float]:
        half, tall = text_width(words, size) / 2 + 1, line_height(size) / 2 - 0.5
        x = min(max(x, half), INNER - half)  # never out of the picture
        return x - half, y - tall, x + half, y + tall


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def panels(
    words: Words,
    foot: str,
    alt: str,
    names: Sequence[str],
    years: Sequence[tuple[float, float]],
    scales: Sequence[tuple[float, float]],
    unit: str,
) -> list[Panel]:
    """A panel for each name under the last one, titled where there are several; all in one figure."""
    titles = [wrap(name) if len(names) > 1 else [] for name in names]
    heights = [len(title) * line_height() + PANEL + FOOT + 14 for title in titles]
    axes = frame(sum(heights), words.headline, words.subtitle, foot, alt)[1]
    made, top = [], 0.0
    for title, height, span, scale in zip(titles, heights, years, scales, strict=True):
        label_lines(axes, 0, top + len(title) * line_height() / 2, title, LABEL, INK)
        made.append(Panel(axes, top + len(title) * line_height() + 14, PANEL, span, *scale, unit))
        top += height
    return made


def step_of(span: float, lines: int = 4) -> float:
    """A round distance between the lines of a scale: 1, 2 or 5 times a power of ten.

    >>> step_of(60), step_of(6.4), step_of(701), step_of(0.3)
    (20.0, 2.0, 200.0, 0.1)
    """
    rough = max(span, 1e-9) / lines
    power = 10.0 ** math.floor(math.log10(rough))
    return next(round(step * power, 12) for step in (1, 2, 5, 10) if step * power >= rough * 0.999)


def ticks(low: float, high: float) -> list[float]:
    step = step_of(high - low)
    first = math.ceil(low / step - 1e-9)
    return [round(n * step, 12) for n in range(first, math.floor(high / step + 1e-9) + 1)]


def around(low: float, high: float, zero: bool) -> tuple[float, float]:
    """A scale that holds both levels with room about them, ending at round levels; from zero where `zero`.

    >>> around(64, 70, zero=False), around(12, 36.5, zero=True), around(5, 5, zero=False)
    ((62.0, 72.0), (0.0, 40.0), (0.0, 10.0))
    """
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = low - abs(low) / 2 - 0.5, high + abs(high) / 2 + 0.5
    step = step_of(high - low)
    floor = 0.0 if zero and low == 0 else math.floor((low - step * 0.2) / step) * step
    return round(floor, 12) + 0.0, round(math.ceil((high + step * 0.1) / step) * step, 12)
