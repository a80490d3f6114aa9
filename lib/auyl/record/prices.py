"""The price level and the dollar rate of a year, from the quarters or months that were published of it."""

import pandas as pd

from auyl.errors import ParameterError

COLUMNS = {
    "year": "Int64",
    "cpi_index": "Float64",
    "cpi_from": "string",
    "kzt_per_usd": "Float64",
    "usd_from": "string",
}
QUARTERS = "mean of four quarters"
RATES = "the mean of twelve rates on the month a year before: derived, not published"
MONTHS = "mean of twelve months: derived, not published"


def price_year(year: object) -> int:
    """The year whose money is asked for, 0 for money as printed; ParameterError if it is no year."""
    if isinstance(year, bool) or not isinstance(year, int) or not (year == 0 or 1900 <= year <= 2100):
        raise ParameterError(f"price_year is {year!r}: give a year such as 2024, or 0 for tenge as printed")
    return year


def yearly_prices(context: pd.DataFrame) -> pd.DataFrame:
    """Consumer prices and the dollar rate by year, and what each is taken from.

    Parameters
    ----------
    context
        As `auyl.record.read_context` returns it.

    Returns
    -------
    One row per year of which either is known: `year`, `cpi_index` (consumer price index, the base is that of the
    source), `kzt_per_usd`, and in words what they are from, `cpi_from` and `usd_from`. A year takes the mean of its
    four quarters. Without them the dollar takes the mean of the twelve months, and prices the level of the year before
    raised by the mean of the twelve rates on the same month of that year: both are derived, close to the yearly figure
    and not the same. A year of which less was published is left out, and so is one whose months stand on either side
    of a `series_break`.
    """
    cpi = _means(context, "cpi_index_quarter", "quarter", 4)
    cpi_from = dict.fromkeys(cpi, QUARTERS)
    for year, rate in _means(context, "cpi_inflation_12m", "month", 12).items():
        if year not in cpi and year - 1 in cpi:
            cpi[year] = cpi[year - 1] * (1 + rate / 100)
            cpi_from[year] = f"{year - 1} raised by {rate:.2f} percent, {RATES}"
    usd = _means(context, "usd_kzt_quarter", "quarter", 4)
    usd_from = dict.fromkeys(usd, QUARTERS)
    for year, rate in _means(context, "usd_kzt_month", "month", 12).items():
        if year not in usd:
            usd[year], usd_from[year] = rate, MONTHS
    found = {"cpi_index": cpi, "cpi_from": cpi_from, "kzt_per_usd": usd, "usd_from": usd_from}
    table = pd.DataFrame({name: pd.Series(known, dtype=COLUMNS[name]) for name, known in found.items()})
    return table.sort_index().rename_axis("year").reset_index().astype(COLUMNS)


def years_of(amounts: pd.DataFrame) -> list[list[int]]:
    """The years over which each amount is spread, of rows with `start_year`, `end_year`, `status` and `date`.

    A period that was still running when it was told ("since 2021", told on 13 January 2026) ends with the last year of
    which a quarter had passed.
    """
    found = []
    for row in amounts[["start_year", "end_year", "status", "date"]].to_dict("records"):
        first, last, told = int(row["start_year"]), int(row["end_year"]), str(row["date"])
        running = row["status"] == "actual" and f"{last}-01" <= told[:7] < f"{last}-04"
        found.append(list(range(first, last + (not (running and first < last)))))
    return found


def _means(context: pd.DataFrame, series: str, part: str, parts: int) -> dict[int, float]:
    """Year to the mean of its quarters or months, where one source has them all, on one basis."""
    own = context.reindex(columns=["series", "start_year", "publisher", part, "value", "suspect", "series_break"])
    own = own[(own["series"] == series) & own[part].notna() & ~own["suspect"].astype(bool)]
    known: dict[int, float] = {}
    for _, rows in own.groupby(["start_year", "publisher"], dropna=False):
        begun_anew = rows.loc[rows["series_break"].fillna(False).astype(bool), part]
        if rows[part].nunique() == parts and begun_anew.eq(1).all():
            known.setdefault(int(rows["start_year"].iloc[0]), float(rows["value"].mean()))
    return known
