"""Every number that is derived from a statement, one row an answer, said or held back with its reason."""

from typing import TYPE_CHECKING

import pandas as pd

from auyl.bounded import plain
from auyl.measures.funding import funding_pairs, funding_table
from auyl.measures.settings import Setting
from auyl.measures.targets import gaps_of, gaps_table
from auyl.measures.totals import sums_of, sums_table
from auyl.measures.villages import village_pairs, village_ratios
from auyl.reading.table import figures

if TYPE_CHECKING:
    from auyl.statement import Statement

DTYPES: dict[str, str] = {
    "source_id": "string",
    "measure": "string",
    "value": "Float64",
    "low": "Float64",
    "high": "Float64",
    "bound": "string",
    "unit": "string",
    "per": "string",
    "programme": "string",
    "subject": "string",
    "place": "string",
    "part": "string",
    "start_year": "Int64",
    "end_year": "Int64",
    "status": "string",
    "figure_ids": "string",
    "said": "boolean",
    "evidence": "string",
    "why_not": "string",
}
ORDER = ("cost_per_project", "projects_per_village", "money_per_village", "gap", "sum_check")
MILLION = 1e6


def answers(statement: "Statement") -> pd.DataFrame:
    """Every number derived from a statement, as one plain table for CSV, Parquet and databases.

    Returns
    -------
    One row an answer: those that may be said first, then by `measure` and their place in the text. `source_id`,
    `measure` (cost_per_project, projects_per_village, money_per_village, gap, sum_check), `value`, `low`, `high`
    (Float64, base units: tenge, projects, percentage points; of a sum_check the parts' sum less the total), `bound`,
    `unit`, `per` (what it is for each), `programme`, `subject`, `place`, `part`, `start_year`, `end_year`, `status`,
    `figure_ids` (joined by commas: dividend, divisor; present level, aim; total, its parts), `said` (boolean),
    `evidence`, `why_not`. Text columns are strings, years Int64. A statement without figures gives no rows.
    """
    return answers_of(figures(statement))


def answers_of(table: pd.DataFrame) -> pd.DataFrame:
    """The same of a table of figures, such as `auyl.figures` returns."""
    setting = Setting(table)
    parts = [part for part in (costs(setting), per_village(setting), gaps(setting), sums(setting)) if len(part)]
    if not parts:
        return pd.DataFrame({name: pd.array([], dtype=dtype) for name, dtype in DTYPES.items()})
    found = pd.concat(parts, ignore_index=True).reindex(columns=list(DTYPES)).astype(DTYPES)
    rank = found["measure"].map({name: place for place, name in enumerate(ORDER)})
    order = found.assign(rank=rank, held=~found["said"]).sort_values(["held", "rank", "figure_ids"], kind="stable")
    return found.loc[order.index].reset_index(drop=True)


def costs(setting: Setting) -> pd.DataFrame:
    """cost_per_project: an amount over the count of what it was for."""
    table = funding_table(funding_pairs(setting)).dropna(subset="projects_id")
    return plain(
        table.assign(
            source_id=source_of(table["money_id"]),
            measure="cost_per_project",
            value=table["money"] / table["projects"],
            unit=table["currency"],
            per=table["counted"],
            figure_ids=table["money_id"] + "," + table["projects_id"],
        ).drop(columns=["money", "projects", "cost_mn"])
    ).pipe(unfolded)


def per_village(setting: Setting) -> pd.DataFrame:
    """projects_per_village and money_per_village."""
    table = village_ratios(village_pairs(setting))
    if table.empty:
        return table
    return plain(
        table.assign(
            source_id=source_of(table["villages_id"]),
            measure=table["kind"].map({"projects": "projects_per_village", "money": "money_per_village"}),
            per="village",
            figure_ids=table["other_id"] + "," + table["villages_id"],
        ).drop(columns=["kind", "villages", "other"])
    ).pipe(unfolded)


def gaps(setting: Setting) -> pd.DataFrame:
    """gap: an aim less its present level, in percentage points."""
    table = gaps_table(gaps_of(setting))
    if table.empty:
        return table
    both = table["current_id"] + "," + table["target_id"]
    return plain(
        table.assign(
            source_id=source_of(table["target_id"]),
            measure="gap",
            value=table["gap"],
            unit="percentage_point",
            start_year=table["current_year"],
            end_year=table["target_year"],
            status=table["kind"],
            figure_ids=both.fillna(table["target_id"]),
        ).drop(columns=["current", "target", "gap", "required_pp_a_year", "required_growth_percent"])
    ).pipe(unfolded)


def sums(setting: Setting) -> pd.DataFrame:
    """sum_check: the parts of a total, added up, less the total."""
    table = sums_table(sums_of(setting))
    if table.empty:
        return table
    return table.assign(
        source_id=source_of(table["total_id"]),
        measure="sum_check",
        value=table["difference"],
        low=table["difference"],
        high=table["difference"],
        bound="exact",
        figure_ids=table["total_id"] + "," + table["part_ids"],
    )


def unfolded(table: pd.DataFrame) -> pd.DataFrame:
    """The columns of the answer's value under the names of the contract."""
    return table.rename(columns={"value_low": "low", "value_high": "high", "value_bound": "bound"})


def source_of(ids: pd.Series) -> pd.Series:
    return ids.str.rsplit("#", n=1).str[0]
