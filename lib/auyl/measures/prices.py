"""Tenge of different years made comparable: in the prices of one year, and in dollars at each year's own rate.

Sources: consumer prices and exchange rates by quarter in data/context.csv. A year counts only with all four quarters,
its average being their mean; a year without them has no price here, and amounts of such years stay missing.
"""

from collections.abc import Callable, Iterable
from functools import cache

import pandas as pd

from auyl import bounds
from auyl.errors import ParameterError
from auyl.measures.pairing import table

CURRENCY = "KZT"  # the currency whose prices data/context.csv holds
PRICE_COLUMNS = {"year": "Int64", "cpi_index": "Float64", "kzt_per_usd": "Float64"}
SPREAD_COLUMNS = {"year": "Int64", "amount": "Float64", "share": "Float64", "source": "string"}
AS_PRINTED = 0


def yearly_prices(context: pd.DataFrame) -> pd.DataFrame:
    """Consumer prices and the dollar rate, as means of the four quarters of each year.

    Returns
    -------
    One row per year with four quarters of either: `year`, `cpi_index` (consumer price index, its base is that of the
    source), `kzt_per_usd`. A year of which only some quarters were published is left out.
    """
    means = {
        column: _yearly_mean(context, series)
        for column, series in {"cpi_index": "cpi_index_quarter", "kzt_per_usd": "usd_kzt_quarter"}.items()
    }
    return table(pd.DataFrame(means).rename_axis("year").reset_index().to_dict("records"), PRICE_COLUMNS)


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
        Names of the columns to convert, in any multiple of the tenge: "money", "cost_mn". Their bound is read from
        `…_bound`, or from `bound`.
    price_year
        The year whose tenge the results are in; 0 leaves them as printed.
    context
        Prices and rates, as `auyl.record.published.read_context` returns them.
    published
        What others published. A sum of several years is spread over them by the yearly amounts of the same programme
        found there (see `spread`), evenly without them.

    Returns
    -------
    The same rows with, for each column, `…_real` and `…_usd` (with `_low`, `_high`, `_bound`; dollars in the same
    multiple), and `price_year`, `spread` (how the sum was laid over its years, in words) and `why_missing` (a
    sentence where a price, a rate or a year is not there: the result is then <NA>).
    """
    if isinstance(price_year, bool) or not isinstance(price_year, int):
        raise ParameterError(f"price_year is {price_year!r}: give a year such as 2024, or 0 for tenge as printed")
    prices = yearly_prices(context).set_index("year")
    names = list(columns)
    allocations = cache(lambda subject: _allocations(subject, published))
    laid = cache(lambda start, end, subject: _spread(start, end, allocations(subject)))
    rows = [_row(row, names, price_year, prices, laid) for row in amounts.to_dict("records")]
    new = {}
    for name in names:
        for result in (f"{name}_real", f"{name}_usd"):
            new |= {result: "Float64", f"{result}_low": "Float64", f"{result}_high": "Float64"}
            new |= {f"{result}_bound": "category"}
    new |= {"price_year": "Int64", "spread": "string", "why_missing": "string"}
    return pd.concat([amounts.reset_index(drop=True), table(rows, new)], axis=1)


def spread(start_year: int, end_year: int, subject: str | None, published: pd.DataFrame | None) -> pd.DataFrame:
    """How a sum for several years is laid over them, from the yearly allocations published of the same programme.

    A year takes its published amount: the latest actual one, else the latest planned one, exact before hedged, of the
    whole country and the whole programme, suspect rows left out. A year without its own takes what a published sum of
    fewer years, all others of them known, leaves for it. Years that stay open after that get the average of the known
    ones. The result is a set of shares: the sum spread by them need not equal the sum of the yearly amounts.

    Returns
    -------
    One row per year: `year`, `amount` (tenge, <NA> where none was published), `share` (of the sum, they add up to 1),
    `source` (the published rows used, joined by commas). Without any published amount the shares are equal.
    """
    return _spread(start_year, end_year, _allocations(subject, published))


def _spread(start_year: int, end_year: int, allocations: list[dict]) -> pd.DataFrame:
    years = range(start_year, end_year + 1)
    known = _published_amounts(years, allocations)
    average = sum(amount for amount, _ in known.values()) / len(known) if known else 1.0
    weights = {year: known[year][0] if year in known else average for year in years}
    total = sum(weights.values())
    rows = []
    for year in years:
        amount, source = known.get(year, (None, None))
        rows.append({"year": year, "amount": amount, "share": weights[year] / total, "source": source})
    return table(rows, SPREAD_COLUMNS)


def _yearly_mean(context: pd.DataFrame, series: str) -> pd.Series:
    quarters = context[(context["series"] == series) & context["quarter"].notna() & ~context["suspect"].astype(bool)]
    of_year = quarters.groupby("start_year")
    return of_year["value"].mean()[of_year["quarter"].nunique() == 4]


def _allocations(subject: str | None, published: pd.DataFrame | None) -> list[dict]:
    """The published amount to use of each period, the shortest periods first."""
    if subject is None or published is None:
        return []
    own = published[
        (published["subject"] == subject)
        & (published["indicator"] == "allocation")
        & (published["unit"] == CURRENCY)
        & (published["ref_area"] == published["ref_area"].str[:2])
        & published["scope"].isna()
        & ~published["suspect"].astype(bool)
        & published["status"].isin(["actual", "planned"])
        & published["start_year"].notna()
    ]
    # The last of each period is the one to use: actual after planned, exact after "nearly", later after earlier.
    return (
        own.assign(done=own["status"] == "actual", precise=own["bound"] == "exact")
        .sort_values(["done", "precise", "date"], kind="stable", na_position="first")
        .drop_duplicates(["start_year", "end_year"], keep="last")
        .assign(length=lambda rows: rows["end_year"] - rows["start_year"])
        .sort_values(["length", "start_year"])
        .to_dict("records")
    )


def _published_amounts(years: range, allocations: list[dict]) -> dict[int, tuple[float, str]]:
    """Year to (tenge, published rows), from yearly amounts, then from sums that leave exactly one year open."""
    known: dict[int, tuple[float, str]] = {}
    for row in allocations:
        period = range(row["start_year"], row["end_year"] + 1)
        open_years = [year for year in period if year not in known]
        if len(open_years) != 1 or not set(period) <= set(years):
            continue
        others = [known[year] for year in period if year in known]
        rest = row["value"] - sum(amount for amount, _ in others)
        if rest > 0:
            sources = [row["published_id"], *(source for _, source in others)]
            known[open_years[0]] = (rest, ",".join(sources))
    return known


def _row(row: dict, names: list[str], price_year: int, prices: pd.DataFrame, spread_over: Callable) -> dict:
    why = _why_not(row)
    shares, how = {}, None
    if why is None:
        start, end = int(row["start_year"]), int(row["end_year"])
        laid = spread_over(start, end, row["subject"] if pd.notna(row["subject"]) else None)
        shares, how = dict(zip(laid["year"], laid["share"], strict=True)), _in_words(laid)
    real, why_not_real = (1.0, None) if price_year == AS_PRINTED else _deflator(shares, price_year, prices)
    dollars, why_not_dollars = _dollar_factor(shares, prices)
    if why is not None:
        real = dollars = None
    result = {"price_year": price_year, "spread": how}
    result["why_missing"] = why or "; ".join(filter(None, [why_not_real, why_not_dollars])) or None
    for name in names:
        bound_column = f"{name}_bound" if f"{name}_bound" in row else "bound"
        printed = bounds.from_row(row, name, bound_column)
        for suffix, factor in (("real", real), ("usd", dollars)):
            scale = bounds.NOT_STATED if factor is None else bounds.exact(factor)
            result |= bounds.columns(f"{name}_{suffix}", bounds.multiply(printed, scale))
    return result


def _why_not(row: dict) -> str | None:
    if pd.isna(row["currency"]) or row["currency"] != CURRENCY:
        return f"prices and rates are known for {CURRENCY} alone, not for {_or_missing(row['currency'])}"
    if pd.isna(row["start_year"]) or pd.isna(row["end_year"]):
        return "the years of the amount are not stated"
    return None


def _deflator(shares: dict[int, float], price_year: int, prices: pd.DataFrame) -> tuple[float | None, str | None]:
    index = prices["cpi_index"].dropna()
    missing = [year for year in {*shares, price_year} if year not in index.index]
    if missing:
        return None, f"no full-year average of consumer prices for {listed(missing)}"
    return sum(share * index[price_year] / index[year] for year, share in shares.items()), None


def _dollar_factor(shares: dict[int, float], prices: pd.DataFrame) -> tuple[float | None, str | None]:
    rate = prices["kzt_per_usd"].dropna()
    missing = [year for year in shares if year not in rate.index]
    if missing:
        return None, f"no full-year average dollar rate for {listed(missing)}"
    return sum(share / rate[year] for year, share in shares.items()), None


def _in_words(laid: pd.DataFrame) -> str:
    years, published = laid["year"].tolist(), laid["amount"].notna()
    if len(years) == 1:
        return "one year"
    if not published.any():
        return f"evenly over {years[0]}–{years[-1]}: no yearly amounts were published"
    text = f"over {years[0]}–{years[-1]} by the yearly amounts published"
    if published.all():
        return text
    return f"{text}; {listed(laid.loc[~published, 'year'])}, for which none was, at their average"


def listed(years: Iterable[object]) -> str:
    """In order: "2024 and 2025"."""
    texts = [str(year) for year in sorted(years)]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def _or_missing(entry: object) -> str:
    return "an amount without a currency" if pd.isna(entry) else str(entry)
