"""Forms of charts, each drawn from any table in one line: `charts.bars(table, "cost", label="programme", headline=…)`.

    bars    quantities beside each other, the largest first
    steps   parts that add up, against the totals that were printed
    slope   from a level to an aim: the required path, and what others say of it
    series  levels over the years, with breaks and aims
    dots    several quantities a row, each as a dot: what several pages say of one thing, which is no comparison
    strips  many quantities a row, how they spread
    tiles   Kazakhstan's twenty regions on a grid that resembles the map

None of them filters or computes: a row is drawn as it stands, divided and scaled in the notebook before. The column
of quantities is `bounded` or any column of numbers. Outcomes are solid, plans and aims hollow. A bound is drawn as what
it is: "at least" has an open end with an arrow, "at most" ends in a cap, "about" is lighter at its end, a range from
its lower to its upper end. What is not stated is not drawn, and named under the chart.

All take the words of `rows.Look`, of which `headline`, `subtitle` and `source` are needed: `note`, `unit`, `decimals`,
`plan` (the column that tells plans from outcomes), `own` (the one that tells the statement's rows from others'). Each
gives a `canvas.Picture`.
"""

from auyl.display.canvas import STYLE, Picture
from auyl.display.charts.bars import bars
from auyl.display.charts.dots import dots
from auyl.display.charts.series import series
from auyl.display.charts.slope import slope
from auyl.display.charts.steps import steps
from auyl.display.charts.strips import strips
from auyl.display.charts.tiles import tiles

__all__ = ["STYLE", "Picture", "bars", "dots", "series", "slope", "steps", "strips", "tiles"]
