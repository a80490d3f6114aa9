"""Parts that add up, each where the one before ends, and under them the totals that were printed."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Unpack

import pandas as pd

from auyl.display.canvas import MUTED, Picture
from auyl.display.charts.bars import BAR, bar_rows
from auyl.display.charts.rows import Look, Row, csv, nothing, number, read
from auyl.display.sentences import say


def steps(
    parts: pd.DataFrame, value: str, *, label: str, totals: pd.DataFrame | None = None, **look: Unpack[Look]
) -> Picture:
    """The parts in the order of their table as steps to their sum, and every total as a bar from zero.

    `totals` has the same columns, a row for each source; the rest is as in `bars`.

    Under the parts stands what they make together, and a dotted line leads from its end past the totals, so that one
    sees which of them it meets. Where a part is not stated the steps would end too early: then neither is drawn, and
    the foot names the part.

    >>> import pandas as pd
    >>> years = pd.DataFrame({"years": ["2019–2022", "2023", "2024"], "bn": [326, 198, 177]})
    >>> total = pd.DataFrame({"years": ["The statement"], "bn": [701]})
    >>> steps(years, "bn", label="years", totals=total, headline="It adds up", subtitle="billion tenge",
    ...     source="record")
    Steps. Billion tenge. 2019–2022: 326; 2023: 198; 2024: 177; together: 701; total, The statement: 701. It adds up.
    """
    first, missing, words = read(parts, value, label, look)
    last, no_total, _ = read(parts.iloc[:0] if totals is None else totals, value, label, look)
    missing += no_total
    if not first:
        return nothing(words, missing)
    made = [together(first, look)] if last and not missing and len(first) > 1 else []
    ends = list(accumulate(row.quantity.value for row in first))
    starts = [0.0, *ends[:-1], *(0.0 for _ in [*made, *last])]
    told = [*(row.told for row in [*first, *made]), *(f"total, {row.told}" for row in last)]
    alt = words.alt("Steps", told, missing)
    axes, tops = bar_rows([*first, *made, *last], words, alt, starts, missing)
    for n, end in enumerate(ends[:-1]):
        axes.plot([end, end], [tops[n] + BAR, tops[n + 1]], color=MUTED, linewidth=1, gid="joint")
    if last and not missing:
        for above, below in pairwise([*tops[len(first) - 1 :], tops[-1] + BAR + 5]):  # between bars: words stand beside
            reach = [above + BAR, below]
            axes.plot([ends[-1]] * 2, reach, color=MUTED, linewidth=1.2, linestyle=(0, (1, 1.5)), gid="sum")
    kinds = ["part"] * len(first) + ["sum"] * len(made) + ["total"] * len(last)
    return Picture(axes, csv([*first, *made, *last], kind=kinds))


def together(parts: Sequence[Row], look: Look) -> Row:
    """What the parts make, in a colour of its own; planned if a part is."""
    made = sum((part.quantity for part in parts[1:]), parts[0].quantity)
    words = number(made, look.get("unit", ""), look.get("decimals"))
    return Row(say("chart.together"), made, words, any(part.plan for part in parts), MUTED)
