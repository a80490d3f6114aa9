"""A budget shared out by weights, and how unequal a sharing is."""

from collections.abc import Iterable

import pandas as pd

from auyl.errors import ParameterError


def share_out(weights: pd.DataFrame, budget: float, whole: bool = False) -> pd.DataFrame:
    """A budget over the rows of known weight, in proportion to it.

    Parameters
    ----------
    weights
        Rows with `weight`: of regions, their villages, rural people, or what the provision lacks.
    budget
        What is shared: money, or a number of projects.
    whole
        Whether the amounts are whole numbers, as projects are. They then come from the largest remainder method: each
        row gets the whole part of its quota, and what is left goes one by one to the largest remainders (equal ones in
        the order of the table), so that the amounts still add up to the budget.

    Returns
    -------
    The same rows with `share` (of the budget, adding up to 1) and `amount` (Float64). A row without a weight keeps
    <NA> in both and gets no estimate: the others' amounts are then what they would get if it got nothing.

    Raises
    ------
    ParameterError
        A budget below zero, one that is no whole number where whole ones are wanted, or a weight below zero.
    """
    if isinstance(budget, bool) or not isinstance(budget, int | float) or not 0 <= budget < float("inf"):
        raise ParameterError(f"a budget of {budget!r} cannot be shared: give a number of zero or more")
    if whole and budget != int(budget):
        raise ParameterError(f"a budget of {budget!r} cannot be shared in whole numbers: give a whole one")
    weight = weights["weight"].astype("Float64")
    if (weight < 0).any():
        raise ParameterError("a weight is below zero: a budget is shared by weights of zero or more")
    share = weight / weight.sum() if weight.sum() > 0 else weight * pd.NA
    amount = share * budget
    if whole:
        amount = amount.round(9)  # so that the noise of a float neither takes a whole unit away nor orders equal ones
        floor = amount // 1
        first = (amount - floor).sort_values(ascending=False, kind="stable").index[: int(budget - floor.sum())]
        amount = floor.where(~floor.index.isin(first), floor + 1)
    return weights.assign(share=share, amount=amount)


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
    total, weighted = frame["w"].sum(), (frame["x"] * frame["w"]).sum()
    if not total or not weighted:
        return None
    pairs = frame.merge(frame, how="cross")
    difference = (pairs["w_x"] * pairs["w_y"] * (pairs["x_x"] - pairs["x_y"]).abs()).sum()
    return float(difference / (2 * total * weighted))
