"""Is what the statement aims at within reach? The levels published of it, and three methods' verdicts from each."""

from collections.abc import Iterable

import pandas as pd

from auyl.measures.pairing import table
from auyl.measures.progress import PROGRESS_COLUMNS, progress, published_levels
from auyl.one_notebook.history import Record

SERIES_COLUMNS = {
    **{"subject": "string", "programme": "string", "indicator": "string", "scope": "string", "year": "Int64"},
    **{"value": "Float64", "status": "category", "series_break": "boolean", "derived": "boolean", "own": "boolean"},
    **{"published_id": "string", "publisher": "string", "address": "string", "note": "string"},
}
VERDICT_COLUMNS = {
    **{"subject": "string", "programme": "string", "indicator": "string", "scope": "string"},
    **PROGRESS_COLUMNS,
}


def levels(gaps: pd.DataFrame, record: Record) -> pd.DataFrame:
    """Every level published of what the statement aims at, with the statement's own.

    Parameters
    ----------
    gaps
        As `auyl.target_gaps` returns it.

    Returns
    -------
    One row per subject, indicator, `scope` (<NA> for the whole), year and value, in that order: the columns of
    `published_levels`, and `own` where the statement gives it. Levels several sources agree on are one row.
    """
    rows = []
    for gap in _named(gaps):
        about = {name: gap[name] for name in ("subject", "programme", "indicator")}
        for name, status in (("current", "actual"), ("target", gap["kind"])):
            if pd.notna(gap[name]) and pd.notna(gap[f"{name}_year"]):
                own = {"year": gap[f"{name}_year"], "value": gap[name], "status": status}
                rows.append({**about, **own, "series_break": False, "derived": False, "own": True})
        found = published_levels(record.published, gap["subject"], gap["indicator"])
        rows += [{**about, **row, "own": False} for row in found.to_dict("records")]
    series = table(rows, SERIES_COLUMNS)
    same = ["subject", "indicator", "scope", "year", "value"]
    # A level the statement shares with others stays its own, and keeps what is said of the series there.
    broken = series.groupby(same, dropna=False)["series_break"].transform("max")
    order = ["subject", "indicator", "scope", "year", "value"]
    series = series.assign(series_break=broken).drop_duplicates(same)
    return series.sort_values(order, na_position="first", kind="stable", ignore_index=True)


def verdicts(gaps: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """Whether each aim is within reach, by three methods and from every base there is; see `auyl.measures.progress`.

    Returns
    -------
    One row per aim and base, with `scope` before the columns of `progress`. The present level of the whole is the
    statement's, or, where it gives none, the latest published one before the aim's year; a part, such as the villages,
    is measured from its own latest level to its own aim.
    """
    rows = []
    for gap in _named(gaps):
        own = series[(series["subject"] == gap["subject"]) & (series["indicator"] == gap["indicator"])]
        for scope in own["scope"].drop_duplicates().sort_values(na_position="first"):
            whole = pd.isna(scope)
            part = own[own["scope"].isna() if whole else own["scope"] == scope]
            now = gap if whole and pd.notna(gap["current"]) and pd.notna(gap["current_year"]) else _latest(part)
            aim = gap if whole else _aim(part)
            if now is None or aim is None or pd.isna(aim["target_year"]) or aim["target_year"] <= now["current_year"]:
                continue
            case = (now["current"], int(now["current_year"]), aim["target"], int(aim["target_year"]))
            about = {name: gap[name] for name in ("subject", "programme", "indicator")}
            rows += [{**about, "scope": scope, **row} for row in progress(part, *case).to_dict("records")]
    return table(rows, VERDICT_COLUMNS).drop_duplicates(ignore_index=True)


def _named(gaps: pd.DataFrame) -> Iterable[dict]:
    return gaps[gaps["subject"].notna() & gaps["indicator"].notna()].to_dict("records")


def _latest(part: pd.DataFrame) -> dict | None:
    levels = part[part["status"] == "actual"].sort_values("year").tail(1).to_dict("records")
    return {"current": levels[0]["value"], "current_year": levels[0]["year"]} if levels else None


def _aim(part: pd.DataFrame) -> dict | None:
    aims = part[part["status"].isin(["target", "projected"])].sort_values("year").head(1).to_dict("records")
    return {"target": aims[0]["value"], "target_year": aims[0]["year"]} if aims else None
