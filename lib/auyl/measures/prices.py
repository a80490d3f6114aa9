"""Tenge of different years made comparable: in the prices of one year, and in dollars at each year's own rate."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from auyl.bounded import as_bounded
from auyl.errors import ParameterError
from auyl.measures.columns import nullable
from auyl.record.prices import yearly_prices

CURRENCY = "KZT"  # the currency whose prices data/context.csv holds
AS_PRINTED = 0


class Laid(NamedTuple):
    """What one period's tenge are worth: factors to multiply by, None where not known, and why."""

    real: float | None
    usd: float | None
    spread: str | None
    why: str | None


def real_terms(
    amounts: pd.DataFrame,
    columns: Iterable[str],
    price_year: int,
    context: pd.DataFrame,
    published: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """A table's tenge amounts in the tenge of one year, and in dollars at each year's own average rate.

    real = sum over the years of amount_y × CPI(price year) / CPI(y); dollars = sum of amount_y / rate(y).

    Parameters
    ----------
    amounts
        Rows with `currency`, `subject`, `start_year`, `end_year` and the columns to convert, such as the result of
        `funding_per_project`.
    columns
        Names of the bounded columns to convert, in any multiple of the tenge: "money", "cost_mn".
    price_year
        The year whose tenge the results are in; 0 leaves them as printed.
    context
        Prices and rates, as `auyl.read_context` returns them.
    published
        What others published. A sum of several years is spread over them by the yearly amounts of the same programme
        found there (see `spread`), evenly without them.

    Returns
    -------
    The same rows with, for each column, `…_real` and `…_usd` (bounded, in the same multiple), and `price_year`,
    `spread` (how the sum was laid over its years, in words) and `why_missing` (a sentence where a price, a rate or a
    year is not there: the result is then <NA>).
    """
    if isinstance(price_year, bool) or not isinstance(price_year, int):
        raise ParameterError(f"price_year is {price_year!r}: give a year such as 2024, or 0 for tenge as printed")
    prices = yearly_prices(context).set_index("year")
    keys = amounts[["currency", "subject", "start_year", "end_year"]].astype(object)
    keys = [tuple(None if pd.isna(entry) else entry for entry in key) for key in keys.itertuples(index=False)]
    laid = {key: lay(*key, price_year, prices, published) for key in set(keys)}
    own = [laid[key] for key in keys]
    result = amounts.reset_index(drop=True)
    factors = {"real": as_bounded([each.real for each in own]), "usd": as_bounded([each.usd for each in own])}
    new = {f"{name}_{word}": result[name] * factor for name in columns for word, factor in factors.items()}
    return result.assign(
        **new,
        price_year=nullable([price_year] * len(own), "Int64"),
        spread=nullable([each.spread for each in own]),
        why_missing=nullable([each.why for each in own]),
    )


def lay(
    currency: str | None, subject: str | None, start: int | None, end: int | None,
    price_year: int, prices: pd.DataFrame, published: pd.DataFrame | None,
) -> Laid:  # fmt: skip
    if currency != CURRENCY:
        return Laid(None, None, None, f"prices and rates are known for {CURRENCY} alone, not for {currency or 'this'}")
    if start is None or end is None:
        return Laid(None, None, None, "the years of the amount are not stated")
    shares = spread(start, end, subject, published)
    by_year: Mapping[int, float] = dict(zip(shares["year"], shares["share"], strict=True))
    index, rate = prices["cpi_index"].dropna(), prices["kzt_per_usd"].dropna()
    asked = [] if price_year == AS_PRINTED else sorted({*by_year, price_year})
    no_price, no_rate = (
        [y for y in years if y not in known.index] for years, known in ((asked, index), (by_year, rate))
    )
    real = usd = None
    if not no_price:
        real = 1.0 if not asked else sum(share * index[price_year] / index[y] for y, share in by_year.items())
    if not no_rate:
        usd = sum(share / rate[y] for y, share in by_year.items())
    lacks = ((no_price, "consumer prices"), (no_rate, "dollar rate"))
    why = "; ".join(f"no full-year average of the {what} for {', '.join(map(str, y))}" for y, what in lacks if y)
    return Laid(real, usd, in_words(shares), why or None)


def spread(start_year: int, end_year: int, subject: str | None, published: pd.DataFrame | None) -> pd.DataFrame:
    """How a sum for several years is laid over them, from the yearly allocations published of the same programme.

    A year takes its published amount (actual before planned, exact before hedged, later before earlier; of the whole
    country and programme, not suspect); without one, what a published sum of fewer years, the others of them known,
    leaves for it; else the average of the known years.

    Returns
    -------
    One row per year: `year`, `amount` (tenge, <NA> where none was published), `share` (of the sum, they add up to 1),
    `source` (the published rows used, joined by commas). Without any published amount the shares are equal.
    """
    years = range(start_year, end_year + 1)
    known: dict[int, tuple[float, str]] = {}
    for row in allocations(subject, published).itertuples():
        period = [y for y in range(row.start_year, row.end_year + 1)]
        missing = [y for y in period if y not in known]
        if len(missing) == 1 and set(period) <= set(years):
            rest = row.value - sum(known[y][0] for y in period if y in known)
            if rest > 0:
                used = [row.published_id, *(known[y][1] for y in period if y in known)]
                known[missing[0]] = rest, ",".join(used)
    average = sum(amount for amount, _ in known.values()) / len(known) if known else 1.0
    amounts = nullable([known[y][0] if y in known else None for y in years], "Float64")
    table = pd.DataFrame({"year": nullable(years, "Int64"), "amount": amounts})
    weights = table["amount"].fillna(average)
    sources = nullable([known[y][1] if y in known else None for y in years])
    return table.assign(share=weights / weights.sum(), source=sources)


def allocations(subject: str | None, published: pd.DataFrame | None) -> pd.DataFrame:
    """The published amount to use of each period, the shortest periods first."""
    if subject is None or published is None:
        return pd.DataFrame(columns=["start_year", "end_year", "value", "published_id"])
    of_programme = (published["subject"] == subject) & (published["indicator"] == "allocation")
    whole = (published["ref_area"] == published["ref_area"].str[:2]) & published["scope"].isna()
    usable = (published["unit"] == CURRENCY) & ~published["suspect"].astype(bool) & published["start_year"].notna()
    own = published[of_programme & whole & usable & published["status"].isin(["actual", "planned"])]
    return (
        own.assign(done=own["status"] == "actual", precise=own["bound"] == "exact")
        .sort_values(["done", "precise", "date"], kind="stable", na_position="first")
        .drop_duplicates(["start_year", "end_year"], keep="last")
        .assign(length=lambda rows: rows["end_year"] - rows["start_year"])
        .sort_values(["length", "start_year"])
    )


def in_words(laid: pd.DataFrame) -> str:
    years, without = laid["year"].tolist(), laid.loc[laid["amount"].isna(), "year"].tolist()
    if len(years) == 1:
        return "one year"
    if len(without) == len(years):
        return f"evenly over {years[0]}–{years[-1]}: no yearly amounts were published"
    text = f"over {years[0]}–{years[-1]} by the yearly amounts published"
    return f"{text}; {', '.join(map(str, without))}, for which none was, at their average" if without else text
