"""Every number that is derived from a statement, one row an answer, said or held back with its reason."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from auyl.bounded import Bounded, exact
from auyl.measures.claims_in_text import ClaimsInText
from auyl.measures.columns import column
from auyl.measures.comparable import Claim
from auyl.measures.funding import funding_pairs
from auyl.measures.side_by_side import Pair
from auyl.measures.targets import Gap, gaps_of
from auyl.measures.totals import Sum, leads_of, proportions_of, sums_of
from auyl.measures.villages import village_pairs
from auyl.reading.table import figures

if TYPE_CHECKING:
    from auyl.statement import Statement

MEASURES = (
    "cost_per_project",
    "projects_per_village",
    "money_per_village",
    "gap",
    "sum_check",
    "share_check",
    "change_check",
    "lead_check",
)


class Answer(NamedTuple):
    """A row of `answers`, None where nothing is stated."""

    source_id: str
    measure: str
    value: float | None
    low: float | None
    high: float | None
    bound: str | None
    unit: str | None
    per: str | None
    programme: str | None
    subject: str | None
    place: str | None
    part: str | None
    start_year: int | None
    end_year: int | None
    status: str | None
    figure_ids: str
    said: bool
    evidence: str | None
    why_not: str | None


DTYPES: dict[str, str] = {
    name: {"value": "Float64", "low": "Float64", "high": "Float64", "start_year": "Int64", "end_year": "Int64"}.get(
        name, "boolean" if name == "said" else "string"
    )
    for name in Answer._fields
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
    rows = answer_rows(ClaimsInText.of(figures(statement)))
    return pd.DataFrame({name: column(rows, name, dtype) for name, dtype in DTYPES.items()})


def answer_rows(told: ClaimsInText) -> list[Answer]:
    """The rows of `answers` as plain tuples: for many texts, which need no table each."""
    villages = village_pairs(told)
    found = [ratio("cost_per_project", p.one, p.other, p) for p in funding_pairs(told) if p.other]
    found += [ratio("projects_per_village", p.other, p.one, p) for _, p, _ in villages if p.other]
    found += [ratio("money_per_village", p.other, p.one, p) for _, _, p in villages if p.other]
    found += [of_gap(gap) for gap in gaps_of(told)]
    found += [of_sum(each, "sum_check") for each in sums_of(told)]
    found += [of_sum(each, f"{each.evidence.split()[-1]}_check") for each in proportions_of(told)]
    found += [of_sum(each, "lead_check") for each in leads_of(told)]
    return sorted(found, key=lambda row: (not row.said, MEASURES.index(row.measure), row.figure_ids))


def ratio(measure: str, one: Claim, other: Claim, pair: Pair) -> Answer:
    """An amount or a count over what it is for."""
    per = "village" if measure.endswith("village") else other.unit
    return answer(measure, one.quantity / other.quantity, (one, other), pair, about=(one, other), per=per)


def of_gap(gap: Gap) -> Answer:
    """An aim less its present level, in percentage points, from the level's year to the aim's."""
    aim, level = gap.aim, gap.level
    own = {"unit": "percentage_point", "start_year": level and level.end_year, "status": gap.kind}
    off = aim.quantity - level.quantity if level else None
    return answer("gap", off, [c for c in (level, aim) if c], gap, about=(aim,), **own)


def of_sum(each: Sum, measure: str) -> Answer:
    """The parts of a total, added up, less the total; a percentage reckoned from its figures less the printed one."""
    total = each.total
    unit = "percentage_point" if total.unit == "percent" else total.unit
    return answer(measure, exact(each.off), (total, *each.parts), each, about=(total,), unit=unit)


def answer(
    measure: str, quantity: Any, figures: Sequence[Claim], verdict: Pair | Gap | Sum, about: Sequence[Claim], **own: Any
) -> Answer:
    """The row of a measure made of these figures; each reading is that of the first claim of `about` that has it."""

    def of_either(name: str) -> Any:
        return next((entry for claim in about if (entry := getattr(claim, name)) is not None), None)

    stated = quantity if isinstance(quantity, Bounded) else None
    dated = next((claim for claim in about if claim.end_year is not None), about[0])
    row = {
        **{"source_id": about[0].source_id, "measure": measure, "unit": about[0].unit, "per": None},
        **{name: stated and getattr(stated, name) for name in ("value", "low", "high", "bound")},
        **{name: of_either(name) for name in ("programme", "subject", "place", "part")},
        **{"start_year": dated.start_year, "end_year": dated.end_year, "status": about[0].status},
        **{"figure_ids": ",".join(claim.figure_id for claim in figures)},
        **{"said": verdict.said, "evidence": verdict.evidence, "why_not": verdict.why_not},
    }
    return Answer(**(row | own))
