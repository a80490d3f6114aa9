"""What a loan came to on average, against the most that one person may get."""

import pandas as pd

from auyl import bounds
from auyl.bounds import Bounded
from auyl.measures.pairing import CURRENCY_CODE, programme_name, table

INDEX = "MCI"  # monthly calculation index, the unit in which caps are set; its tenge are in data/context.csv
COLUMNS = {
    **{"subject": "string", "programme": "string", "ref_area": "string", "year": "Int64", "status": "category"},
    **{"money": "Float64", "loans": "Float64", "cost_mn": "Float64", "cost_mn_low": "Float64"},
    **{"cost_mn_high": "Float64", "cost_mn_bound": "category", "cap": "string", "cap_mn": "Float64"},
    **{"verdict": "string", "source_ids": "string"},
}


def costs_and_caps(
    published: pd.DataFrame,
    context: pd.DataFrame,
    counted: str = "housing_loans",
    scope: str = "housing loans",
    cap: str = "loan_cap",
) -> pd.DataFrame:
    """Money for loans over their number, beside the cap of that year.

    Parameters
    ----------
    published
        As `auyl.record.published.read_published` returns it.
    context
        As `auyl.record.published.read_context` returns it: its series `mci` says what a cap in index units is in tenge.
    counted, scope, cap
        The indicator that counts the loans, the scope of the allocation for them, the indicator of the cap.

    Returns
    -------
    One row per area and year with both money and loans: `cost_mn` and `cap_mn`, million tenge for each loan (the cap
    last set by that year; <NA> where it, or the index of the year, is not in data/), `cap` in the words it was set in,
    and `verdict`: "above the cap", which an average cannot be if all three numbers are right, "within the cap", or why
    there is none.
    """
    money = published[(published["indicator"] == "allocation") & (published["scope"] == scope)]
    loans = published[(published["indicator"] == counted) & published["scope"].isna()]
    same = ["subject", "ref_area", "start_year", "end_year", "status"]
    pairs = money.merge(loans, on=same, suffixes=("", "_loans"), validate="many_to_many")
    rows = []
    for pair in pairs[pairs["start_year"] == pairs["end_year"]].to_dict("records"):
        count = {name: pair[f"{name}_loans"] for name in ("value", "low", "high", "bound")}
        cost = bounds.divide(bounds.from_row(pair), bounds.multiply(bounds.from_row(count), bounds.exact(1e6)))
        limit, words, missing = _cap(published, context, pair["subject"], cap, pair["end_year"])
        rows.append(
            {
                **{name: pair[name] for name in ("subject", "ref_area", "status")},
                "programme": programme_name(pair["subject"]),
                "year": pair["end_year"],
                "money": pair["value"],
                "loans": count["value"],
                **bounds.columns("cost_mn", cost),
                "cap": words,
                "cap_mn": limit,
                "verdict": missing or _verdict(cost, limit),
                "source_ids": f"{pair['published_id']},{pair['published_id_loans']}",
            }
        )
    return table(rows, COLUMNS).sort_values(["year", "ref_area"], ignore_index=True)


def _cap(
    published: pd.DataFrame, context: pd.DataFrame, subject: str, indicator: str, year: int
) -> tuple[float | None, str | None, str | None]:
    """The cap in million tenge, how it was set, and what is missing to say so."""
    caps = published[
        (published["subject"] == subject)
        & (published["indicator"] == indicator)
        & (published["end_year"] <= year)
        & ~published["suspect"].astype(bool)
    ].sort_values("end_year", kind="stable")
    if caps.empty:
        return None, None, f"no cap was published by {year}"
    latest = caps.iloc[-1]
    if latest["unit"] != INDEX:
        known = pd.Series([latest["unit"]]).str.fullmatch(CURRENCY_CODE).iloc[0]
        return (
            (latest["value"] / 1e6, f"{latest['value']:,.0f} {latest['unit']}", None)
            if known
            else (None, None, "no cap in money")
        )
    words = f"{latest['value']:,.0f} {INDEX}, as of {latest['end_year']}"
    index = context[(context["series"] == "mci") & (context["start_year"] == year)]["value"]
    if index.empty:
        return None, words, f"the {INDEX} of {year} is not in the data"
    return float(latest["value"] * index.iloc[0] / 1e6), words, None


def _verdict(cost: Bounded, cap: float | None) -> str:
    if cost.low is not None and cost.low > cap:
        return "above the cap"
    return "within the cap" if cost.high is not None and cost.high <= cap else "not decided by these bounds"
