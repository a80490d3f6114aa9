"""A budget shared out over regions by a named rule, and how unequal a sharing is."""

from collections.abc import Iterable

import pandas as pd

from auyl.errors import ParameterError
from auyl.measures.pairing import table

# Rule to (subject, indicator) of the published figure each region is weighed by.
RULES = {
    "equal per village": ("rural_settlements", "settlements"),
    "equal per rural inhabitant": ("rural_settlements", "population"),
    "by provision gap": ("regional_standards", "provision"),
}
FULL_PROVISION = 100.0  # percent

WEIGHT_COLUMNS = {
    "code": "string",
    "region": "string",
    "weight": "Float64",
    "year": "Int64",
    "published_id": "string",
}
SHARE_COLUMNS = {**WEIGHT_COLUMNS, "share": "Float64", "amount": "Float64"}


def regional_weights(published: pd.DataFrame, regions: pd.DataFrame, rule: str) -> pd.DataFrame:
    """What each present region weighs under a rule, from the latest figure published of it.

    Parameters
    ----------
    published, regions
        As `auyl.record.published.read_published` and `read_regions` return them.
    rule
        "equal per village" (the weight is the number of rural settlements), "equal per rural inhabitant" (rural
        people), or "by provision gap" (100 percent less the provision under the regional standards).

    Returns
    -------
    One row per region and city of national rank as they are today: `code`, `region`, `weight`, `year` of the figure
    and `published_id`. A region of which nothing was published keeps <NA>.
    """
    if rule not in RULES:
        raise ParameterError(f"no rule {rule!r} for sharing a budget: take one of {', '.join(map(repr, RULES))}")
    subject, indicator = RULES[rule]
    latest = (
        published[
            (published["subject"] == subject)
            & (published["indicator"] == indicator)
            & published["scope"].isna()
            & ~published["suspect"].astype(bool)
        ]
        .sort_values(["end_year", "date"], kind="stable", na_position="first")
        .drop_duplicates("ref_area", keep="last")
        .set_index("ref_area")
        .to_dict("index")
    )
    today = regions[(regions["kind"] != "country") & regions["valid_to"].isna()]
    rows = []
    for region in today.to_dict("records"):
        row = {"code": region["code"], "region": region["name_en"]}
        if figure := latest.get(region["code"]):
            weight = FULL_PROVISION - figure["value"] if rule == "by provision gap" else figure["value"]
            row |= {"weight": weight, "year": figure["end_year"], "published_id": figure["published_id"]}
        rows.append(row)
    return table(rows, WEIGHT_COLUMNS)


def share_out(weights: pd.DataFrame, budget: float, whole: bool = False) -> pd.DataFrame:
    """A budget over the regions of known weight, in proportion to it.

    Parameters
    ----------
    weights
        Rows with `code`, `region` and `weight`, such as `regional_weights` returns.
    budget
        What is shared: money, or a number of projects.
    whole
        Whether the amounts are whole numbers, as projects are. They then come from the largest remainder method: each
        region gets the whole part of its quota, and what is left goes one by one to the largest remainders (equal ones
        in the order of the table), so that the amounts still add up to the budget.

    Returns
    -------
    The same rows with `share` (of the budget, adding up to 1) and `amount`. A region without a weight keeps <NA> in
    both and gets no estimate: the others' amounts are then what they would get if it got nothing.
    """
    if isinstance(budget, bool) or not isinstance(budget, int | float) or not 0 <= budget < float("inf"):
        raise ParameterError(f"a budget of {budget!r} cannot be shared: give a number of zero or more")
    if whole and budget != int(budget):
        raise ParameterError(f"a budget of {budget!r} cannot be shared in whole numbers: give a whole one")
    if (weights["weight"] < 0).any():
        raise ParameterError("a region's weight is below zero: a budget is shared by weights of zero or more")
    total = weights["weight"].sum()
    share = weights["weight"] / total if total > 0 else weights["weight"].astype("Float64") * pd.NA
    quota = share * budget
    amount = _largest_remainder(quota, int(budget)) if whole and total > 0 else quota
    result = weights.reindex(columns=list(WEIGHT_COLUMNS)).assign(share=share, amount=amount)
    return result.astype(SHARE_COLUMNS).reset_index(drop=True)


def _largest_remainder(quota: pd.Series, budget: int) -> pd.Series:
    # Rounded before the cut, so that the noise of a float neither takes a whole unit away nor orders equal remainders.
    quota = quota.round(9)
    whole = quota // 1
    left = budget - int(whole.sum())
    first = (quota - whole).sort_values(ascending=False, kind="stable").index[:left]
    return whole.where(~whole.index.isin(first), whole + 1)


def gini(values: Iterable[float], sizes: Iterable[float] | None = None) -> float | None:
    """The Gini coefficient: 0 where all have the same, towards 1 where one has everything.

    G = sum of w_i w_j |x_i - x_j| over all pairs, over 2 W² times the mean: half the relative mean absolute difference.
    `values` are amounts for each head or village, `sizes` how many there are of them (one each without it). Missing
    values are left out with their sizes; None where nothing is left or the mean is zero.

    >>> gini([1, 1, 1]), gini([0, 0, 0, 1])
    (0.0, 0.75)
    """
    frame = pd.DataFrame({"x": list(values)})
    frame["w"] = 1.0 if sizes is None else list(sizes)
    frame = frame.astype("Float64").dropna().astype(float)
    if (frame < 0).any(axis=None):
        raise ParameterError("the Gini coefficient is for amounts and sizes of zero or more")
    total = frame["w"].sum()
    if not total or not (frame["x"] * frame["w"]).sum():
        return None
    mean = (frame["x"] * frame["w"]).sum() / total
    pairs = frame.merge(frame, how="cross")
    difference = (pairs["w_x"] * pairs["w_y"] * (pairs["x_x"] - pairs["x_y"]).abs()).sum()
    return float(difference / (2 * total**2 * mean))
