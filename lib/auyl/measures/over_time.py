"""How many a year, between statements: what separates one running total from the next."""

import pandas as pd

from auyl import bounds
from auyl.measures.comparison import is_counted
from auyl.measures.pairing import programme_name, table

COLUMNS = {
    **{"subject": "string", "programme": "string", "indicator": "string", "unit": "string"},
    **{"since": "string", "until": "string", "years": "Float64"},
    **{"total": "Float64", "total_low": "Float64", "total_high": "Float64", "total_bound": "category"},
    **{"added": "Float64", "added_low": "Float64", "added_high": "Float64", "added_bound": "category"},
    **{"a_year": "Float64", "a_year_low": "Float64", "a_year_high": "Float64", "a_year_bound": "category"},
    **{"derived": "boolean", "figure_id": "string", "published_id": "string"},
}
TOTALS = ["value", "low", "high", "bound", "unit", "subject", "indicator", "start_year", "end_year"]
PART = "sector: "  # scopes that divide a count without rest, so that their sum is the whole


def increments(figures: pd.DataFrame, published: pd.DataFrame, day: str) -> pd.DataFrame:
    """What was added from one running total to the next, in all and a year.

    Parameters
    ----------
    figures
        A statement's figures, as `auyl.figures` returns them.
    published
        What others published, as `auyl.record.published.read_published` returns it.
    day
        The day of the statement, 2025-08-28.

    Returns
    -------
    One row per total of the statement's subjects that counts things since an earlier year, those with one beginning
    in order of time: `total`, `added` since the total before it (since nothing, for the first), `years` between the
    two, `a_year`, each with `_low`, `_high`, `_bound`; `since` and `until` name the two moments. A total stands for
    the day it was printed if that lies in its last year, else for the end of that year. Sectors that make up a total
    are added up, `derived` is then true. Of totals of one moment the statement's own counts. Doubtful figures and
    parts are left out; a total below the one before it keeps <NA> in `added`.
    """
    own = figures[(figures["status"] == "actual") & figures["subject"].notna() & figures["indicator"].notna()]
    own = own.assign(until=[_moment(day, year) for year in own["end_year"]], published_id=pd.NA, derived=False)
    others = published[
        published["subject"].isin(own["subject"].astype("string"))
        & (published["ref_area"] == published["ref_area"].str[:2])
        & (published["status"] == "actual")
        & ~published["suspect"].astype(bool)
    ]
    sectors = others["scope"].str.startswith(PART).fillna(False)
    others = pd.concat([others[others["scope"].isna()].assign(derived=False), _added_up(others[sectors])])
    dates = [day if pd.isna(as_of) else as_of for as_of, day in zip(others["as_of"], others["date"], strict=True)]
    others = others.assign(
        until=[_moment(*pair) for pair in zip(dates, others["end_year"], strict=True)], figure_id=pd.NA
    )
    columns = [*TOTALS, "until", "figure_id", "published_id", "derived"]
    rows = [row for totals in (own, others) for row in totals[columns].to_dict("records") if _is_running(row)]
    series: dict[tuple, list[dict]] = {}
    for row in rows:
        series.setdefault((row["subject"], row["indicator"], row["start_year"]), []).append(row)
    told = [line for totals in series.values() for line in _steps(totals)]
    return table(told, COLUMNS)


def _is_running(row: dict) -> bool:
    """Whether the figure counts things over several years."""
    return (
        is_counted(row["unit"])
        and pd.notna(row["start_year"])
        and row["until"] is not None
        and row["start_year"] < row["end_year"]
    )


def _steps(totals: list[dict]) -> list[dict]:
    moments: dict[float, dict] = {}
    for row in totals:  # the statement's own come first
        repeated = any(
            row["value"] == other["value"] and row["end_year"] == other["end_year"] for other in moments.values()
        )
        if not repeated:
            moments.setdefault(row["until"], row)
    lines, before = [], None
    for until, row in sorted(moments.items()):
        total = bounds.from_row(row)
        since = float(row["start_year"]) if before is None else before["until"]
        added = total if before is None else bounds.subtract(total, bounds.from_row(before))
        if added.value is not None and added.value < 0:
            added = bounds.NOT_STATED
        a_year = bounds.divide(added, bounds.exact(until - since)) if until > since else bounds.NOT_STATED
        lines.append(
            {
                **row,
                "programme": programme_name(row["subject"]),
                "since": _named(since, before is None),
                "until": _named(until),
                "years": until - since,
                **bounds.columns("total", total),
                **bounds.columns("added", added),
                **bounds.columns("a_year", a_year),
            }
        )
        before = row
    return lines


def _added_up(sectors: pd.DataFrame) -> pd.DataFrame:
    """One row for all sectors of one count and period on one page."""
    keys = ["subject", "indicator", "unit", "status", "bound", "start_year", "end_year", "date", "address"]
    sums = sectors.groupby(keys, dropna=False, observed=True, sort=False)
    whole = sums.agg(value=("value", "sum"), published_id=("published_id", ",".join)).reset_index()
    return whole.assign(low=pd.NA, high=pd.NA, as_of=pd.NA, derived=True).astype({"low": "Float64", "high": "Float64"})


def _moment(date: object, last_year: object) -> float | None:
    """A day as a decimal year, if it lies in the last year of a total; else the end of that year."""
    if pd.isna(last_year):
        return None
    year = float(last_year)
    if pd.isna(date) or len(str(date)) < 7 or int(str(date)[:4]) != year:
        return year + 1
    month, day = int(str(date)[5:7]), int(str(date)[8:10] or 15)
    return year + (month - 1) / 12 + (day - 1) / 365


def _named(moment: float, start: bool = False) -> str:
    """ "the end of 2022", "August 2025", "the start of 2009"."""
    if start:
        return f"the start of {moment:.0f}"
    year, part = divmod(moment, 1)
    if not part:
        return f"the end of {year - 1:.0f}"
    return f"{pd.Timestamp(2001, int(part * 12 + 1e-6) + 1, 1):%B} {year:.0f}"
