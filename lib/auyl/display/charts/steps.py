"""Parts that add up, each where the one before ends, and under them the totals that were printed."""

from itertools import accumulate, pairwise
from typing import Unpack

import pandas as pd

from auyl.display.canvas import MUTED, Picture
from auyl.display.charts.bars import BAR, bar_rows
from auyl.display.charts.rows import Look, csv, nothing, read


def steps(
    parts: pd.DataFrame, value: str, *, label: str, totals: pd.DataFrame | None = None, **look: Unpack[Look]
) -> Picture:
    """The parts in the order of their table as steps to their sum, and every total as a bar from zero.

    `totals` has the same columns, a row for each source, and one for the sum if it is to be shown; the rest is as in
    `bars`.

    A dotted line leads from the end of the last part past the totals, so that one sees which of them it meets. Where a
    part is not stated the steps would end too early: then no line is drawn, and the foot names the part.

    >>> import pandas as pd
    >>> years = pd.DataFrame({"years": ["2019–2022", "2023", "2024"], "bn": [326, 198, 177]})
    >>> total = pd.DataFrame({"years": ["The statement"], "bn": [701]})
    >>> steps(years, "bn", label="years", totals=total, headline="It adds up", subtitle="billion tenge",
    ...     source="record")
    Steps. Billion tenge. 2019–2022: 326; 2023: 198; 2024: 177; total, The statement: 701. It adds up.
    """
    first, missing, words = read(parts, value, label, look)
    last, no_total, _ = read(parts.iloc[:0] if totals is None else totals, value, label, look)
    missing += no_total
    if not first:
        return nothing(words, missing)
    ends = list(accumulate(row.quantity.value for row in first))
    starts = [0.0, *ends[:-1], *(0.0 for _ in last)]
    told = [*(row.told for row in first), *(f"total, {row.told}" for row in last)]
    alt = words.alt("Steps", told, missing)
    axes, tops = bar_rows([*first, *last], words, alt, starts, missing)
    for n, end in enumerate(ends[:-1]):
        axes.plot([end, end], [tops[n] + BAR, tops[n + 1]], color=MUTED, linewidth=1, gid="joint")
    if last and not missing:
        for above, below in pairwise([*tops[len(first) - 1 :], tops[-1] + BAR + 5]):  # between bars: words stand beside
            reach = [above + BAR, below]
            axes.plot([ends[-1]] * 2, reach, color=MUTED, linewidth=1.2, linestyle=(0, (1, 1.5)), gid="sum")
    return Picture(axes, csv([*first, *last], kind=["part"] * len(first) + ["total"] * len(last)))
