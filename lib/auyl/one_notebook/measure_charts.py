"""The charts of the notebooks as they are: `display.charts` has the forms that take their place.

One function a chart: a measure's table and its statement in, the axes out. None of them filters or computes.

Reported figures are solid, planned and expected ones hollow. A bound is drawn as what it is: "at least" has an open end
with an arrow, "at most" a lighter bar closed by a cap, a range both its ends, "about" a dashed end. What is not stated
has no bar and says so. Rows keep the order of the table. `show` turns the axes into what a notebook displays.
"""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from auyl.bounds import Bounded, exact, in_words
from auyl.display import findings, words
from auyl.display.canvas import (
    ACCENT,
    GRID,
    INK,
    LABEL,
    LIGHT,
    MARGIN,
    MUTED,
    PAPER,
    SMALL,
    WIDTH,
    frame,
    line_height,
    scale_x,
    text_width,
    wrap,
)
from auyl.display.tables import quantity
from auyl.statement import Statement

BAR = 13.0  # points: the height of a bar
ROW_GAP = 11.0
ARROW = 16.0
WORDS = SMALL + 0.5  # the size of the words under a target's track


class Bar(NamedTuple):
    """One row of a bar chart: what it is called, how much it is, how that is printed, and whether it is a plan."""

    label: str
    quantity: Bounded
    words: str
    planned: bool = False


def figures_by_subject(subjects: pd.DataFrame, statement: Statement) -> Axes:
    """How many figures the statement gives about each subject, a bar each; `subjects` from `auyl.subjects`."""
    bars = [
        Bar(row["programme"], exact(float(row["figures"])), words.counted(int(row["figures"]), "figure"))
        for row in subjects.to_dict("records")
    ]
    subtitle = "Figures in the statement, by what they are about"
    return bar_chart(bars, findings.subjects_finding(subjects), subtitle, f"Source: {words.cited(statement)}.")


def cost_per_project(funding: pd.DataFrame, statement: Statement) -> Axes:
    """Money of each programme and period divided by its projects, a bar each; `funding` from `funding_per_project`."""
    bars = [
        Bar(findings.funding_label(row), cost, in_words(cost), row["status"] != "actual")
        for row in funding.to_dict("records")
        for cost in [quantity(row, "cost_mn")]
    ]
    subtitle = f"Average money per project*, {words.money_unit(funding)}, as printed; hollow: planned"
    return bar_chart(bars, findings.funding_finding(funding), subtitle, source(statement, "money divided by projects"))


def cost_scenarios(scenarios: pd.DataFrame, statement: Statement) -> Axes:
    """What a project would have received at other numbers of projects; `scenarios` from `funding_scenarios`."""
    bars = [
        Bar(findings.scenario_label(row), cost, in_words(cost), True)
        for row in scenarios.to_dict("records")
        for cost in [quantity(row, "cost_mn")]
    ]
    subtitle = f"Average money per project*, {words.money_unit(scenarios)}; hollow: assumed numbers of projects"
    derived = "money divided by an assumed number of projects"
    return bar_chart(bars, findings.scenarios_finding(scenarios), subtitle, source(statement, derived))


def projects_per_village(villages: pd.DataFrame, statement: Statement) -> Axes:
    """Projects over villages of each programme and period, a bar each; `villages` from `village_allocations`."""
    bars = [
        Bar(words.row_label(row, words.reading_words(row)), each, in_words(each), row["status"] != "actual")
        for row in villages.to_dict("records")
        for each in [quantity(row, "projects_per_village")]
    ]
    finding, derived = findings.villages_finding(villages), "projects divided by villages"
    return bar_chart(bars, finding, "Projects per village*; hollow: planned", source(statement, derived))


def money_per_village(villages: pd.DataFrame, statement: Statement) -> Axes:
    """Money of each programme per village, stated or assumed; `villages` from `village_allocations`."""
    bars = []
    for row in villages.to_dict("records"):
        stated, assumed = quantity(row, "mn_per_village"), quantity(row, "assumed_mn_per_village")
        each = stated if stated.stated else assumed
        label = words.row_label(row, "assumed cost per project" if assumed.stated else "")
        bars.append(Bar(label, each, in_words(each), not stated.stated or row["status"] != "actual"))
    subtitle = f"Average money per village*, {words.money_unit(villages)}; hollow: planned or assumed"
    derived = "money divided by villages, or projects per village times an assumed cost per project"
    return bar_chart(bars, findings.village_money_finding(villages), subtitle, source(statement, derived))


def years_to_reach(paces: pd.DataFrame, statement: Statement) -> Axes:
    """Years until all villages had their turn at several paces; `paces` from `questions.other_paces`."""
    bars = [
        Bar(f"{row['assumed_villages_a_year']:,.0f} villages a year", years, f"{in_words(years)} years", True)
        for row in paces.to_dict("records")
        for years in [quantity(row, "years_needed")]
    ]
    subtitle = "Years until each village had its turn once*; hollow: assumed"
    derived = "an assumed total of villages divided by villages a year"
    return bar_chart(bars, findings.paces_finding(paces), subtitle, source(statement, derived))


def bar_chart(bars: Sequence[Bar], headline: str, subtitle: str, source_line: str) -> Axes:
    """Flat bars from zero, each under its own label, with its value in words behind it."""
    if not bars:
        return empty_chart(headline, subtitle, source_line)
    labels = [wrap(bar.label) for bar in bars]
    heights = [len(lines) * line_height() + BAR + ROW_GAP for lines in labels]
    alt = f"Bar chart, {subtitle}. " + "; ".join(f"{b.label}: {b.words}" for b in bars) + f". {headline}."
    axes = frame(sum(heights), headline, subtitle, source_line, alt)[1]
    reach = [ARROW + 6 + text_width(bar.words) + 4 for bar in bars]
    points = scale_x(axes, [_end(bar.quantity) for bar in bars], reach)
    y = 0.0
    for bar, lines, height in zip(bars, labels, heights, strict=True):
        for n, line in enumerate(lines):
            axes.text(0, y + n * line_height(), line, va="top", color=INK, size=LABEL)
        _draw_bar(axes, y + len(lines) * line_height() + 2, bar, points)
        y += height
    return axes


def _end(quantity: Bounded) -> float:
    """Where the drawn bar ends: a range at its upper end, all others at their value."""
    if not quantity.stated:
        return 0.0
    return quantity.high if quantity.bound == "range" else quantity.value


def _draw_bar(axes: Axes, y: float, bar: Bar, points: float) -> None:
    middle, end = y + BAR / 2, _end(bar.quantity)
    if not bar.quantity.stated:
        axes.text(0, middle, bar.words, va="center", color=MUTED, size=LABEL)
        return
    bound = bar.quantity.bound
    fill = "none" if bar.planned else LIGHT if bound == "at_most" else ACCENT
    solid = bar.quantity.low if bound == "range" else end
    axes.add_patch(Rectangle((0, y), solid, BAR, facecolor=fill, edgecolor=ACCENT, clip_on=False))
    if bound == "range":
        fill = "none" if bar.planned else LIGHT
        axes.add_patch(Rectangle((solid, y), end - solid, BAR, facecolor=fill, edgecolor=ACCENT, clip_on=False))
    if bound in ("at_most", "range"):
        axes.plot([end, end], [y - 3, y + BAR + 3], color=INK, linewidth=2.4, clip_on=False, gid="cap")
    elif bound == "at_least":
        tip = end + ARROW / points
        axes.plot([end, tip - 4 / points], [middle, middle], color=ACCENT, clip_on=False, gid="open end")
        axes.plot([tip - 4 / points], [middle], marker=">", color=ACCENT, clip_on=False)
    elif bound == "about":
        axes.plot([end, end], [y - 3, y + BAR + 3], color=INK, linestyle=(0, (2, 1.5)), clip_on=False, gid="about")
    behind = end + (ARROW + 6 if bound == "at_least" else 8) / points
    axes.text(behind, middle, bar.words, va="center", color=INK, size=LABEL)


def empty_chart(headline: str, subtitle: str, source_line: str) -> Axes:
    """What stands where a chart would: the one sentence that says why there is nothing to draw."""
    axes = frame(line_height(), headline, subtitle, source_line, f"No chart: {headline}.")[1]
    axes.text(0, 0, "Nothing to draw.", va="top", color=MUTED, size=LABEL)
    return axes


def source(statement: Statement, derived: str) -> str:
    """The line under a chart: who published the figures, when, and what is ours in them."""
    return f"Source: {words.cited(statement)}. * Derived here: {derived}."


class Target(NamedTuple):
    """One row of a target chart: today's level and the level to be reached, None where the text gives none."""

    label: str
    current: float | None
    current_words: str
    target: float | None
    target_words: str
    gap_words: str


def target_gaps(gaps: pd.DataFrame, statement: Statement) -> Axes:
    """Where each indicator stands and where it is to be, on one scale; `gaps` from `target_gaps`, in percent."""
    rows = [
        Target(
            words.indicator_name(row),
            _number(row["current"]),
            findings.level_words(row, "current"),
            _number(row["target"]),
            findings.level_words(row, "target"),
            findings.gap_words(row),
        )
        for row in gaps.to_dict("records")
    ]
    subtitle = "Percent; solid: as reported, hollow: to be reached"
    return target_chart(rows, findings.gaps_finding(gaps), subtitle, source(statement, "the gap in percentage points"))


def target_chart(rows: Sequence[Target], headline: str, subtitle: str, source_line: str) -> Axes:
    """Each row a track from 0 to 100: a solid dot today, a hollow one at the target, a dashed gap between."""
    if not rows:
        return empty_chart(headline, subtitle, source_line)
    labels = [wrap(row.label) for row in rows]
    alt = f"Dot chart, {subtitle}. " + "; ".join(_told(row) for row in rows) + f". {headline}."
    told = [wrap(f"{row.current_words} → {row.target_words}: {row.gap_words}", size=WORDS) for row in rows]
    heights = [
        len(above) * line_height() + 21 + len(below) * line_height(WORDS) + ROW_GAP
        for above, below in zip(labels, told, strict=True)
    ]
    body = sum(heights) + line_height(SMALL)
    axes = frame(body, headline, subtitle, source_line, alt)[1]
    levels = [level for row in rows for level in (row.current, row.target) if level is not None]
    low, high = min([0.0, *levels]), max([100.0, *levels])
    pad = (high - low) * 6 / (WIDTH - 2 * MARGIN)  # half a marker, so that 0 and 100 are drawn whole
    axes.set_xlim(low - pad, high + pad)
    points = (WIDTH - 2 * MARGIN) / (high - low + 2 * pad)
    y = 0.0
    for row, lines, below, height in zip(rows, labels, told, heights, strict=True):
        for n, line in enumerate(lines):
            axes.text(low - pad, y + n * line_height(), line, va="top", color=INK, size=LABEL)
        _draw_target(axes, y + len(lines) * line_height() + 12, row, below, points)
        y += height
    for tick in (low, (low + high) / 2, high):
        side = {low: "left", high: "right"}.get(tick, "center")
        at = {low: low - pad, high: high + pad}.get(tick, tick)
        axes.text(at, body, f"{tick:g}%", va="bottom", ha=side, color=MUTED, size=SMALL)
    return axes


def _told(row: Target) -> str:
    return f"{row.label}: {row.current_words}, {row.target_words}, {row.gap_words}"


def _draw_target(axes: Axes, track: float, row: Target, lines: Sequence[str], points: float) -> None:
    left, right = axes.get_xlim()
    levels = [level for level in (row.current, row.target) if level is not None]
    axes.plot([left, right], [track, track], color=GRID, linewidth=3, zorder=1)
    if len(levels) == 2:
        axes.plot(levels, [track, track], color=ACCENT, linestyle=(0, (2, 1)), zorder=2, gid="gap")
    for level, fill, gid in ((row.current, ACCENT, "today"), (row.target, PAPER, "target")):
        if level is not None:
            axes.plot([level], [track], "o", color=ACCENT, markerfacecolor=fill, markeredgewidth=1.8, zorder=3, gid=gid)
    # The words stand under the track, as near the gap as the width allows.
    half = max(text_width(line, WORDS) for line in lines) / 2 / points
    at = min(max(sum(levels) / max(len(levels), 1), left + half), right - half)
    for n, line in enumerate(lines):
        axes.text(at, track + 9 + n * line_height(WORDS), line, va="top", ha="center", color=INK, size=WORDS)


def _number(entry: object) -> float | None:
    return None if pd.isna(entry) else float(entry)
