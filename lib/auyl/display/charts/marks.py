"""A quantity as a dot on a scale, its bound drawn as what it is; and the scales themselves."""

import math
from collections.abc import Callable

from matplotlib.axes import Axes

from auyl.bounded import Bounded
from auyl.display.canvas import INK, PAPER

DOT = 6.5  # points: its width
ARROW, CAP = 14.0, 6.0
Place = Callable[[float], tuple[float, float]]  # where a level lies on the axes, whose unit is the point
Box = tuple[float, float, float, float]  # left, top, right, bottom


def mark(axes: Axes, place: Place, quantity: Bounded, colour: str, plan: bool = False, gid: str = "dot") -> list[Box]:
    """Solid for an outcome, hollow for a plan; an arrow where it may be more or less, a line over its range.

    `place` says where the levels of its scale lie, from side to side or from bottom to top. Gives the boxes that are
    taken.
    """
    (x, y), (x_more, y_more) = place(quantity.value), place(quantity.value + 1)
    more = (math.copysign(1, x_more - x), 0) if y == y_more else (0, math.copysign(1, y_more - y))  # towards more
    boxes = [around_line((x, y), (x, y), DOT / 2)]
    if quantity.low is not None and quantity.high is not None and quantity.low < quantity.high:
        (left, low), (right, high) = place(quantity.low), place(quantity.high)
        axes.plot([left, right], [low, high], color=colour, linewidth=4, alpha=0.35, gid="range", zorder=2)
    if quantity.bound in ("at_least", "at_most"):
        away, name = (ARROW, "open end") if quantity.bound == "at_least" else (-ARROW, "below the cap")
        tip = x + more[0] * away, y + more[1] * away
        axes.plot([x, tip[0]], [y, tip[1]], color=colour, zorder=2, clip_on=False, gid=name)
        head = {(1, 0): ">", (-1, 0): "<", (0, -1): "^", (0, 1): "v"}[(sign(tip[0] - x), sign(tip[1] - y))]
        axes.plot([tip[0]], [tip[1]], marker=head, markersize=5, color=colour, zorder=2, clip_on=False)
        boxes.append(around_line((x, y), tip, 3))
    if quantity.bound == "at_most":
        across = abs(more[1]) * CAP, abs(more[0]) * CAP
        ends = [x - across[0], x + across[0]], [y - across[1], y + across[1]]
        axes.plot(*ends, color=INK, linewidth=2.2, zorder=4, gid="cap")
    axes.plot(
        [x], [y], "o", color=colour, markerfacecolor=PAPER if plan else colour, markersize=DOT, markeredgewidth=1.6,
        alpha=0.6 if quantity.bound == "about" else 1.0, zorder=3, gid=gid, clip_on=False,
    )  # fmt: skip
    return boxes


def sign(length: float) -> int:
    return (length > 0) - (length < 0)


def around_line(start: tuple[float, float], end: tuple[float, float], by: float) -> Box:
    xs, ys = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return xs[0] - by, ys[0] - by, xs[1] + by, ys[1] + by


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


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


def around(low: float, high: float, zero: bool, share: bool = False) -> tuple[float, float]:
    """A scale that holds both levels with room about them, ending at round levels; from zero where `zero`, and where
    it is of a `share` not beyond 100.

    >>> around(64, 70, zero=False), around(12, 36.5, zero=True), around(5, 5, zero=False)
    ((62.0, 72.0), (0.0, 40.0), (0.0, 10.0))
    >>> around(90, 100, zero=False), around(90, 100, zero=False, share=True)
    ((85.0, 105.0), (85.0, 100.0))
    """
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    whole = 100.0 if share and high <= 100 else math.inf
    if low == high:
        low, high = low - abs(low) / 2 - 0.5, high + abs(high) / 2 + 0.5
    step = step_of(high - low)
    floor = 0.0 if zero and low == 0 else math.floor((low - step * 0.2) / step) * step
    return round(floor, 12) + 0.0, min(round(math.ceil((high + step * 0.1) / step) * step, 12), whole)
