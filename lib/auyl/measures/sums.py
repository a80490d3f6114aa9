"""The statement's own sums: do the parts it names make the totals it names?"""

from typing import NamedTuple

import pandas as pd

from auyl.measures.comparable import Claim, said
from auyl.measures.settings import Setting
from auyl.measures.side_by_side import KEY_DTYPES
from auyl.reading.wholes import difference


class Sum(NamedTuple):
    """A total and its parts. `off` is the parts' sum less the total, 0 within rounding."""

    total: Claim
    parts: tuple[Claim, ...]
    off: float
    words: str
    why_not: str | None


def sum_checks(figures: pd.DataFrame) -> pd.DataFrame:
    """The totals of a statement against the parts that its words give them.

    Parameters
    ----------
    figures
        One row per figure, as `auyl.figures` returns it.

    Returns
    -------
    One row per total with two parts or more, in the order of the text: `subject`, `programme`, `place`, `part`,
    `start_year`, `end_year`, `status` (the total's), `unit`, `total`, `sum`, `difference` (Float64, base units: the sum
    less the total, 0 where it is no more than the rounding of what is printed), `parts` (string: the parts in words),
    `evidence` (string: what says that they are its parts), `said` (boolean), `why_not`, `total_id`, `part_ids`
    (joined by commas).
    """
    return sums_table(sums_of(Setting(figures)))


def sums_of(setting: Setting) -> list[Sum]:
    found = []
    for total, parts, whole in setting.wholes:
        if len(parts) < 2:
            continue
        together = [total, *parts]
        off = difference(together, 0, range(1, len(together)))
        why = None
        if not whole.complete and off <= 0:
            why = f"the words do not say that {said(parts[0])} and the others are all parts of {said(total)}"
        found.append(Sum(total, parts, off, whole.words, why))
    return found


def sums_table(sums: list[Sum]) -> pd.DataFrame:
    def column(entries: list, dtype: str) -> pd.api.extensions.ExtensionArray:
        return pd.array(entries, dtype=dtype)

    return pd.DataFrame(
        {
            **{name: column([getattr(s.total, name) for s in sums], dtype) for name, dtype in KEY_DTYPES.items()},
            "unit": column([s.total.unit for s in sums], "string"),
            "total": column([s.total.value for s in sums], "Float64"),
            "sum": column([sum(part.value for part in s.parts) for s in sums], "Float64"),
            "difference": column([s.off for s in sums], "Float64"),
            "parts": column([" + ".join(part.quote for part in s.parts) for s in sums], "string"),
            "evidence": column([s.words for s in sums], "string"),
            "said": column([s.why_not is None for s in sums], "boolean"),
            "why_not": column([s.why_not for s in sums], "string"),
            "total_id": column([s.total.figure_id for s in sums], "string"),
            "part_ids": column([",".join(part.figure_id for part in s.parts) for s in sums], "string"),
        }
    )
