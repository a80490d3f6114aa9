"""Every number that is derived from a statement, one row an answer, said or held back with its reason."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from auyl.bounded import Bounded, exact
from auyl.measures.claims_in_text import ClaimsInText
from auyl.measures.columns import nullable
from auyl.measures.comparable import Claim, Pair
from auyl.measures.funding import funding_pairs
from auyl.measures.targets import gaps_of, kind_of
from auyl.measures.totals import Sum, leads_of, proportions_of, sums_of
from auyl.measures.villages import village_pairs
from auyl.reading.table import figures

if TYPE_CHECKING:
    from auyl.statement import Statement

MEASURES = (
    *("cost_per_project", "projects_per_village", "money_per_village", "gap"),
    *("sum_check", "share_check", "change_check", "lead_check"),
)
DTYPES: dict[str, str] = {
    **dict.fromkeys(["source_id", "measure"], "string"),
    **dict.fromkeys(["value", "low", "high"], "Float64"),
    **dict.fromkeys(["bound", "unit", "per", "programme", "subject", "place", "part"], "string"),
    **dict.fromkeys(["start_year", "end_year"], "Int64"),
    **{"status": "string", "figure_ids": "string", "said": "boolean", "evidence": "string", "why_not": "string"},
}


def answers(statement: "Statement") -> pd.DataFrame:
    """Every number derived from a statement, as one plain table for CSV, Parquet and databases.

    Returns
    -------
    One row an answer: those that may be said first, then by `measure` and their place in the text. `source_id`,
    `measure` (cost_per_project, projects_per_village, money_per_village, gap, sum_check; share_check and change_check
    for a percentage printed beside the two figures it is reckoned from; lead_check for a figure of the title or first
    paragraph that the body gives otherwise), `value`, `low`, `high` (Float64, base units: tenge, projects, percentage
    points; of a sum_check the parts' sum less the total, of a lead_check the body's less the lead's), `bound`, `unit`,
    `per` (what it is for each), `programme`, `subject`, `place`, `part`, `start_year`, `end_year`, `status`,
    `figure_ids` (joined by commas: dividend, divisor; present level, aim; total, its parts), `said` (boolean),
    `evidence`, `why_not`. Text columns are strings, years Int64. A statement without figures gives no rows.
    """
    told = ClaimsInText.of(figures(statement))
    villages = village_pairs(told)
    rows = [
        *(ratio("cost_per_project", pair.one, pair.other, pair) for pair in funding_pairs(told) if pair.other),
        *(ratio("projects_per_village", each.other, each.one, each) for _, each, _ in villages if each.other),
        *(ratio("money_per_village", each.other, each.one, each) for _, _, each in villages if each.other),
        *map(gap, gaps_of(told)),
        *(check(each, "sum_check") for each in sums_of(told)),
        *(check(each, f"{each.evidence.split()[-1]}_check") for each in proportions_of(told)),
        *(check(each, "lead_check") for each in leads_of(told)),
    ]
    rows.sort(key=lambda row: (not row["said"], MEASURES.index(row["measure"]), row["figure_ids"]))
    return pd.DataFrame({name: nullable((row[name] for row in rows), dtype) for name, dtype in DTYPES.items()})


def ratio(measure: str, one: Claim, other: Claim, pair: Pair) -> dict[str, Any]:
    """An amount or a count over what it is for."""
    per = "village" if measure.endswith("village") else other.unit
    return row(measure, one.quantity / other.quantity, (one, other), pair, about=(one, other), per=per)


def gap(pair: Pair) -> dict[str, Any]:
    """An aim less its present level, in percentage points, from the level's year to the aim's."""
    aim, level = pair.one, pair.other
    own = {"unit": "percentage_point", "start_year": level and level.end_year, "status": kind_of(aim)}
    off = aim.quantity - level.quantity if level else None
    return row("gap", off, [level, aim] if level else [aim], pair, about=(aim,), **own)


def check(each: Sum, measure: str) -> dict[str, Any]:
    """The parts of a total, added up, less the total; a percentage reckoned from its figures less the printed one."""
    total = each.total
    unit = "percentage_point" if total.unit == "percent" else total.unit
    return row(measure, exact(each.off), (total, *each.parts), each, about=(total,), unit=unit)


def row(
    measure: str, quantity: Any, figures: Sequence[Claim], verdict: Pair | Sum, about: Sequence[Claim], **own: Any
) -> dict[str, Any]:
    """The row of a measure made of these figures; each reading is that of the first claim of `about` that has it."""
    stated = quantity if isinstance(quantity, Bounded) else None
    dated = next((claim for claim in about if claim.end_year is not None), about[0])
    readings = {
        name: next((entry for claim in about if (entry := getattr(claim, name)) is not None), None)
        for name in ("programme", "subject", "place", "part")
    }
    return {
        **{"source_id": about[0].source_id, "measure": measure, "unit": about[0].unit, "per": None, **readings},
        **{name: stated and getattr(stated, name) for name in ("value", "low", "high", "bound")},
        **{"start_year": dated.start_year, "end_year": dated.end_year, "status": about[0].status},
        **{"figure_ids": ",".join(claim.figure_id for claim in figures)},
        **{"said": verdict.said, "evidence": verdict.evidence, "why_not": verdict.why_not, **own},
    }
