"""Flat bars from zero, the largest first, each with its value in words and its bound drawn as what it is."""

from collections.abc import Sequence
from typing import Unpack

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from auyl.display.canvas import GRID, INK, INNER, LABEL, Picture, frame, line_height, text_width, wrap
from auyl.display.charts.rows import Look, Row, Words, csv, label_lines, nothing, read

BAR = 17.0  # points: the height of a bar
ROW_GAP = 10.0
ARROW = 16.0
SOFT = 16.0  # over how many points an "about" is lighter
SIDE = 165.0  # how wide labels beside their bars may be; longer ones stand above
GAP = 8.0


def bars(table: pd.DataFrame, value: str, *, label: str, ordered: bool = False, **look: Unpack[Look]) -> Picture:
    """A bar for each row, the largest first, or in the order of the table where it is `ordered` (by years, say).

    `table` is any table, `value` its column of quantities (`bounded` or numbers, none negative), `label` its column of
    names; the rest is in `Look`.

    >>> import pandas as pd
    >>> counts = pd.DataFrame({"who": ["The statement", "The ministry"], "projects": [6000, 6600]})
    >>> bars(counts, "projects", label="who", headline="Two counts", subtitle="projects", source="their pages")
    Bar chart. Projects. The ministry: 6,600; The statement: 6,000. Two counts.
    """
    drawn, missing, words = read(table, value, label, look)
    if not ordered:
        drawn = sorted(drawn, key=lambda row: -row.end)
    if not drawn:
        return nothing(words, missing)
    alt = words.alt("Bar chart", [row.told for row in drawn], missing)
    return Picture(bar_rows(drawn, words, alt, [0.0] * len(drawn), missing)[0], csv(drawn))


def bar_rows(
    drawn: Sequence[Row], words: Words, alt: str, starts: Sequence[float], missing: Sequence[str] = ()
) -> tuple[Axes, list[float]]:
    """Bars under each other, each from its start; the axes, and where each bar's top is."""
    if any(row.quantity.value < 0 for row in drawn):
        raise ValueError("a bar from zero cannot show a negative quantity: draw them as dots or as a series")
    labels = [wrap(row.label, SIDE) for row in drawn]
    beside = max(len(lines) for lines in labels) <= 2
    if not beside:
        labels = [wrap(row.label) for row in drawn]
    room = max(text_width(line) for lines in labels for line in lines) + GAP if beside else 0.0
    above = [0.0 if beside else len(lines) * line_height() + 2 for lines in labels]
    heights = [
        (max(BAR, len(lines) * line_height()) if beside else over + BAR) + ROW_GAP
        for lines, over in zip(labels, above, strict=True)
    ]
    axes = frame(sum(heights), words.headline, words.subtitle, words.foot(drawn, missing), alt)[1]
    ends = [start + row.end for start, row in zip(starts, drawn, strict=True)]
    reach = [ARROW + 8 + text_width(row.words) for row in drawn]
    # Points a unit: every end, with what stands behind it, lies within the width.
    fits = [(INNER - room - after) / end for end, after in zip(ends, reach, strict=True) if end > 0]
    points = max(min(fits, default=INNER - room), 1e-12)
    left = -room / points
    axes.set_xlim(left, (INNER - room) / points)
    tops, y = [], 0.0
    for row, start, lines, over, height in zip(drawn, starts, labels, above, heights, strict=True):
        top = y + over if not beside else y + (height - ROW_GAP - BAR) / 2
        middle = top + BAR / 2 if beside else y + len(lines) * line_height() / 2
        label_lines(axes, left, middle, lines, LABEL, INK)
        draw_bar(axes, start, top, row, points)
        tops.append(top)
        y += height
    last = tops[-1] + BAR + 3
    for start, end in [(tops[0] - 3, last)] if beside else [(top - 3, top + BAR + 3) for top in tops]:
        axes.plot([0, 0], [start, end], color=GRID, linewidth=1, zorder=0, gid="zero", clip_on=False)
    return axes, tops


def draw_bar(axes: Axes, start: float, y: float, row: Row, points: float) -> None:
    """One bar from `start`, its end as its bound is, its number behind it."""
    end, middle, bound = start + row.end, y + BAR / 2, row.quantity.bound
    firm = {"range": start + (row.quantity.low or 0), "about": max(end - SOFT / 2 / points, start)}.get(bound, end)
    _block(axes, start, firm, y, row, closed=bound in ("exact", "at_most", "range"))
    behind = GAP
    if bound == "range":
        _block(axes, firm, end, y, row, gid="range")
    if bound == "about":
        _block(axes, firm, firm + SOFT / points, y, row, gid="about")
        behind = SOFT / 2 + 5
    if bound in ("at_most", "range"):
        axes.plot([end, end], [y - 3, y + BAR + 3], color=INK, linewidth=2.4, clip_on=False, gid="cap")
    if bound == "at_least":
        tip = end + (ARROW - 3) / points
        axes.plot([end, tip], [middle, middle], color=row.colour, clip_on=False, gid="open end")
        axes.plot([tip], [middle], marker=">", color=row.colour, markersize=7, clip_on=False)
        behind = ARROW + 6
    axes.text(end + behind / points, middle, row.words, va="center", color=INK, size=LABEL)


def _block(axes: Axes, left: float, right: float, y: float, row: Row, closed: bool = True, gid: str = "part") -> None:
    """Solid for an outcome; of a plan the outline, open to the right where the quantity is; lighter where unsure."""
    if row.plan and not closed:
        axes.plot([right, left, left, right], [y, y, y + BAR, y + BAR], color=row.colour, linewidth=1.4, clip_on=False)
        return
    face, edge = ("none", row.colour) if row.plan else (row.colour, "none")
    alpha = 1.0 if gid == "part" else 0.35
    box = Rectangle((left, y), right - left, BAR, facecolor=face, edgecolor=edge, alpha=alpha, clip_on=False, gid=gid)
    axes.add_patch(box)
