"""Is a target within reach? Three published methods, each from every base year there is.

Their verdicts depend on the base year, and on whether the series was broken in between: never show one without its
base, its breaks and its method. With one level and one target, as in a single statement, none of them can be computed.
"""

import pandas as pd

from auyl import bounds
from auyl.measures.pairing import table

PROGRESS_COLUMNS = {
    "base_year": "Int64",
    "base": "Float64",
    "base_id": "string",
    "base_derived": "boolean",
    "breaks": "string",
    "current_year": "Int64",
    "current": "Float64",
    "target_year": "Int64",
    "target": "Float64",
    "seen_a_year": "Float64",
    "required_a_year": "Float64",
    "eurostat_ratio": "Float64",
    "eurostat_verdict": "string",
    "unsd_progress": "Float64",
    "unsd_verdict": "string",
    "linear_ratio": "Float64",
}
LEVEL_COLUMNS = {
    "year": "Int64",
    "value": "Float64",
    "low": "Float64",
    "high": "Float64",
    "bound": "category",
    "status": "category",
    "scope": "string",
    "series_break": "boolean",
    "derived": "boolean",
    "published_id": "string",
    "publisher": "string",
    "address": "string",
    "note": "string",
}


def published_levels(published: pd.DataFrame, subject: str, indicator: str) -> pd.DataFrame:
    """What was published of a level, nationally, with the earlier levels that published changes imply.

    Returns
    -------
    One row per published figure, in order of scope and year: `year`, `value`, `low`, `high`, `bound`, `status`, `scope`
    (<NA> for the whole), `series_break` (not comparable with earlier rows), `derived`, and the source. Where a change
    in points since an earlier year was published (the indicator with `_change`), and the level at its end too, the
    level at its start is computed: `derived` is true, and its `published_id` names both rows. Suspect rows are left
    out. Without such figures the table is empty.
    """
    national = published[published["ref_area"] == published["ref_area"].str[:2]]
    own = national[(national["subject"] == subject) & ~national["suspect"].astype(bool) & national["end_year"].notna()]
    levels = own[own["indicator"] == indicator].assign(year=lambda rows: rows["end_year"], derived=False)
    changes = own[(own["indicator"] == f"{indicator}_change") & (own["status"] == "actual")]
    rows = levels.to_dict("records")
    for change in changes.to_dict("records"):
        known = levels[levels["scope"].isna() & (levels["status"] == "actual")]
        at_end = known[known["year"] == change["end_year"]]
        if at_end.empty or (known["year"] == change["start_year"]).any():
            continue
        end = at_end.iloc[0].to_dict()
        level = bounds.subtract(bounds.from_row(end), bounds.from_row(change))
        start = {"year": change["start_year"], "value": level.value, "low": None, "high": None, "bound": level.bound}
        source = {"published_id": f"{end['published_id']},{change['published_id']}", "derived": True}
        gained = f"the {change['value']:g} points gained since {change['start_year']}"
        note = f"{end['value']:g} of {end['year']} less {gained}"
        rows.append({**end, **start, **source, "series_break": False, "note": note})
    order = ["scope", "year"]
    return table(rows, LEVEL_COLUMNS).sort_values(order, na_position="first", kind="stable", ignore_index=True)


def progress(levels: pd.DataFrame, current: float, current_year: int, target: float, target_year: int) -> pd.DataFrame:
    """The three methods from every earlier level as a base.

    Parameters
    ----------
    levels
        Rows with `year` and `value`, such as `published_levels` of one scope; `status`, `series_break`, `derived` and
        `published_id` are used where they are there. Only actual levels before `current_year` become bases.
    current, current_year, target, target_year
        The level now and the one aimed at, in the unit of the levels.

    Returns
    -------
    One row per base: `base_year`, `base`, `base_id`, `base_derived`, `breaks` (the years after the base, up to now, in
    which the series begins anew), the two levels, `seen_a_year` and `required_a_year` (units a year: since the base,
    and from now to the target), and of each method its measure and verdict (<NA> where a level is not above zero).
    Without an earlier level the table is empty.
    """
    bases = levels[(levels["year"] < current_year).fillna(False)]
    if "status" in bases:
        bases = bases[bases["status"] == "actual"]
    broken = levels[levels["series_break"].fillna(False).astype(bool)] if "series_break" in levels else levels.iloc[:0]
    rows = []
    for base in bases.drop_duplicates(["year", "value"]).to_dict("records"):
        years = broken["year"][(broken["year"] > base["year"]) & (broken["year"] <= current_year)].unique()
        case = (float(base["value"]), int(base["year"]), current, current_year, target, target_year)
        ratio, share = eurostat_ratio(*case), unsd_progress(*case)
        left = target_year - current_year
        rows.append(
            {
                "base_year": base["year"],
                "base": base["value"],
                "base_id": base.get("published_id"),
                "base_derived": base.get("derived", False),
                "breaks": ", ".join(str(year) for year in sorted(years)) or None,
                "current_year": current_year,
                "current": current,
                "target_year": target_year,
                "target": target,
                "seen_a_year": (current - base["value"]) / (current_year - base["year"]),
                "required_a_year": (target - current) / left if left > 0 else None,
                "eurostat_ratio": ratio,
                "eurostat_verdict": eurostat_verdict(ratio, *case),
                "unsd_progress": share,
                "unsd_verdict": unsd_verdict(share),
                "linear_ratio": linear_ratio(*case),
            }
        )
    return table(rows, PROGRESS_COLUMNS).sort_values(["base_year", "base"], ignore_index=True)


def compound_rate(first: float, last: float, years: float) -> float | None:
    """(last / first)^(1 / years) - 1, as a share a year; None where a level is not above zero or no year has passed."""
    if first <= 0 or last <= 0 or years <= 0:
        return None
    return (last / first) ** (1 / years) - 1


def eurostat_ratio(base: float, base_year: int, now: float, year: int, target: float, target_year: int) -> float | None:
    """Eurostat's actual to required growth: R = d × CAGR_i / |CAGR_T|.

    CAGR_i = (y_i / y_0)^(1/(t_i - t_0)) - 1 and CAGR_T = (y_T / y_0)^(1/(t_T - t_0)) - 1, both from the base year; d is
    +1 where a rise is wanted and -1 where a fall is (taken here from target and base).

    Source: docs/progress-methodology.md of Open SDG (Statistics Canada), which cites Eurostat 2021. There the equation
    is a picture; this is our reading of its text.
    """
    seen = compound_rate(base, now, year - base_year)
    required = compound_rate(base, target, target_year - base_year)
    if seen is None or not required:
        return None
    return (1 if target > base else -1) * seen / abs(required)


def eurostat_verdict(
    ratio: float | None, base: float, base_year: int, now: float, year: int, target: float, target_year: int
) -> str | None:
    """Achieved once the target is met; R of 95 percent is on track, 60 progress, 0 limited, below that deterioration.

    Source: as `eurostat_ratio`.
    """
    if ratio is None:
        return None
    if (now >= target) if target > base else (now <= target):
        return "achieved"
    if ratio >= 0.95:
        return "on track"
    if ratio >= 0.60:
        return "progress, acceleration needed"
    return "limited progress" if ratio >= 0 else "deterioration"


def unsd_progress(base: float, base_year: int, now: float, year: int, target: float, target_year: int) -> float | None:
    """The UN Statistics Division's progress measure: P = (v_e - v_b) / (v_T - v_b), v_e = v_t (1 + CAGR)^(T - t).

    v_b is the level in the base year, v_t the level now, v_T the target, and v_e what the target year brings if the
    compound rate since the base year goes on.

    Source: as written out in _pages/en/metodologia.md of Eustat's site (EUSTAT-DES/site).
    """
    rate = compound_rate(base, now, year - base_year)
    if rate is None or target == base:
        return None
    expected = now * (1 + rate) ** (target_year - year)
    return (expected - base) / (target - base)


def unsd_verdict(share: float | None) -> str | None:
    """P of 0.95 is met or on track, 0.10 fair progress to accelerate, below that stagnation or regression.

    Source: as `unsd_progress`.
    """
    if share is None:
        return None
    if share >= 0.95:
        return "met or on track"
    return "fair progress, accelerate" if share >= 0.10 else "stagnation or regression"


def linear_ratio(base: float, base_year: int, now: float, year: int, target: float, target_year: int) -> float | None:
    """The average yearly change since the base, over the yearly change needed from the base to the target.

    Source: the SDG Index (SDSN) compares the linear growth needed with the average annual growth of the latest years;
    read in the questions and answers on the Africa SDG Index and the introduction to its methodology. Its verdicts were
    not read whole, so none is given here.
    """
    if year <= base_year or target_year <= base_year or target == base:
        return None
    return ((now - base) / (year - base_year)) / ((target - base) / (target_year - base_year))
