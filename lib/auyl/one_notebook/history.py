"""What the published record says of the statement's own programmes over the years: money per project, per village.

Each function takes a result of `auyl.one_notebook.questions` and the record, and gives an empty table where the
record holds nothing about it: another country's statement then stands alone.
"""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from auyl import bounds
from auyl.bounds import Bounded
from auyl.display.tables import quantity
from auyl.measures.claims import by_period, published_allocations, published_costs
from auyl.measures.pairing import table
from auyl.measures.prices import real_terms
from auyl.reading.subjects import subject_name
from auyl.record.published import read_context, read_published, read_regions

PERIOD_COLUMNS = {
    **{"subject": "string", "programme": "string", "ref_area": "string", "region": "string"},
    **{"start_year": "Int64", "end_year": "Int64", "planned": "boolean", "pairs": "Int64"},
    **{"amount": "Float64", "amount_low": "Float64", "amount_high": "Float64", "amount_bound": "category"},
    **{"real": "Float64", "real_low": "Float64", "real_high": "Float64", "real_bound": "category"},
    **{"open_ends": "string", "source_ids": "string", "pairs_real": "object"},
}


class Record(NamedTuple):
    """The tables of data/: what others published, prices and rates, the regions."""

    published: pd.DataFrame
    context: pd.DataFrame
    regions: pd.DataFrame


def read_record() -> Record:
    """Every table of data/ that can be compared with; a table without its file is empty."""
    return Record(read_published(), read_context(), read_regions())


def costs_by_period(funding: pd.DataFrame, record: Record, price_year: int = 0) -> pd.DataFrame:
    """What a project of the statement's first programme on record cost, by period and area.

    Parameters
    ----------
    funding
        As `auyl.funding_per_project` returns it; the record is asked about its programmes in their order.
    price_year
        The year whose tenge `real` is in; 0 leaves it as printed.

    Returns
    -------
    One row per area (<NA> in `region` for a whole country) and period, over every pair of an amount and a count that
    were published: `amount` and `real`, million tenge a project, with `_low`, `_high`, `_bound`; a range where the
    pairs differ, `open_ends` saying which of its ends an "up to" or "more than" leaves open; `planned` where nothing
    was reported as done; `source_ids`, the published figures behind it; `pairs_real`, the real amount of each pair in
    a list. `real` is <NA>, and the list empty, where prices are not known.
    """
    return _by_period(funding["subject"], record, published_costs, "cost_mn", "projects_id", price_year)


def allocations_by_period(villages: pd.DataFrame, record: Record, price_year: int = 0) -> pd.DataFrame:
    """`costs_by_period` of a village instead of a project; `villages` as `auyl.village_allocations` returns it."""
    return _by_period(villages["subject"], record, published_allocations, "mn_per_village", "villages_id", price_year)


def own_period(found: pd.DataFrame, name: str, record: Record, price_year: int = 0) -> pd.DataFrame:
    """The statement's own amounts as `costs_by_period` gives those of others.

    `found` is a table of a measure, `name` its column of millions: "cost_mn", "assumed_mn_per_village". Rows without
    it, or without years, are left out.
    """
    stated = found[found[name].notna() & found["end_year"].notna()]
    real = real_terms(stated, [name], price_year, record.context, record.published)
    rows = [
        {
            **row,
            "planned": row["status"] != "actual",
            "pairs": 1,
            "pairs_real": [],
            **bounds.columns("amount", quantity(row, name)),
            **bounds.columns("real", bounds.from_row(row, f"{name}_real")),
        }
        for row in real.to_dict("records")
    ]
    return table(rows, PERIOD_COLUMNS)


def growth(spans: pd.DataFrame, name: str) -> tuple[pd.DataFrame, Bounded]:
    """From the first period to the last that does not overlap it, both known in real terms: the rise in percent.

    Returns
    -------
    The two rows of the whole country (none where there are not two), and the rise of the column `name`.
    """
    known = spans[spans["region"].isna() & spans["real"].notna()]
    first = known.sort_values(["start_year", "end_year"]).head(1)
    if first.empty:
        return first, bounds.NOT_STATED
    later = known[known["start_year"] > first["end_year"].iloc[0]].sort_values(["end_year", "start_year"]).tail(1)
    if later.empty:
        return later, bounds.NOT_STATED
    ends = [bounds.from_row(row.iloc[0], name) for row in (first, later)]
    rise = bounds.subtract(bounds.divide(ends[1], ends[0]), bounds.exact(1))
    return pd.concat([first, later]), bounds.increasing(lambda share: 100 * share, rise)


def _by_period(
    subjects: pd.Series, record: Record, measure: Callable, name: str, count: str, price_year: int
) -> pd.DataFrame:
    for subject in dict.fromkeys(subjects.dropna()):
        pairs = measure(record.published, subject)
        if len(pairs):
            break
    else:
        return table([], PERIOD_COLUMNS)
    pairs = real_terms(pairs, [name], price_year, record.context, record.published)
    regions = dict(zip(record.regions["code"], record.regions["name_en"], strict=True))
    keys = ["ref_area", "start_year", "end_year"]
    real = pairs.assign(bound=pairs[f"{name}_real_bound"])
    spans = by_period(pairs, name).merge(
        by_period(real, f"{name}_real")[[*keys, "lowest", "highest"]], on=keys, suffixes=("", "_real"), validate="1:1"
    )
    ids = pairs["money_id"] + "," + pairs[count]
    sources = ids.groupby([pairs[key] for key in keys]).agg(",".join)
    each = pairs.groupby(keys)[f"{name}_real"].agg(lambda amounts: [float(amount) for amount in amounts.dropna()])
    rows = []
    for span in spans.to_dict("records"):
        area, key = span["ref_area"], tuple(span[key] for key in keys)
        rows.append(
            {
                **span,
                "subject": subject,
                "programme": subject_name(subject),
                "region": None if len(area) == 2 else regions.get(area, area),
                **bounds.columns("amount", _span(span, "")),
                **bounds.columns("real", _span(span, "_real")),
                "open_ends": _open_ends(span),
                "source_ids": ",".join(dict.fromkeys(sources[key].split(","))),
                "pairs_real": each[key],
            }
        )
    return table(rows, PERIOD_COLUMNS)


def _span(span: dict, suffix: str) -> Bounded:
    low, high = span[f"lowest{suffix}"], span[f"highest{suffix}"]
    if pd.isna(low):
        return bounds.NOT_STATED
    if low != high:
        return bounds.between(float(low), float(high))
    kind = {(True, True): bounds.about, (True, False): bounds.at_most, (False, True): bounds.at_least}
    return kind.get((span["open_below"], span["open_above"]), bounds.exact)(float(low))


def _open_ends(span: dict) -> str | None:
    if span["lowest"] == span["highest"]:
        return None
    ends = [end for end in ("below", "above") if span[f"open_{end}"]]
    return " and ".join(ends) or None
