"""The regions' figures held against their country's own."""

import pandas as pd

from auyl.errors import AuylError

SUMS = {
    "indicator": "string",
    "year": "Int64",
    "regions": "Int64",
    "sum": "Float64",
    "country": "Float64",
    "difference": "Float64",
}
NOT_ADDITIVE = ("cash_income",)  # an amount a head


def sums(regional: pd.DataFrame) -> pd.DataFrame:
    """What the regions add up to, and the country's own figure of the same indicator and year.

    Returns
    -------
    One row per indicator and year: `indicator`, `year`, `regions` (how many are known), `sum`, `country` (<NA> where
    the source gives none) and `difference`. Amounts a head are left out.
    """
    national = regional["ref_area"] == regional["ref_area"].str[:2]
    key = ["indicator", "year"]
    parts = regional[~national & ~regional["indicator"].isin(NOT_ADDITIVE)].groupby(key)["value"]
    country = regional[national].set_index(key)["value"].rename("country")
    found = parts.agg(regions="size", sum="sum").join(country).reset_index()
    return found.assign(difference=found["sum"] - found["country"])[list(SUMS)].astype(SUMS)


def check_sums(regional: pd.DataFrame) -> None:
    """Raises AuylError where regions do not add up to their country's figure to the rounding of the parts."""
    found = sums(regional)
    off = found[found["difference"].abs() > found["country"].abs() * 1e-9].to_dict("records")
    if off:
        first = off[0]
        raise AuylError(
            f"regional.csv: {first['indicator']} of {first['year']}: {first['regions']} regions add up to "
            f"{first['sum']:,.1f}, the country has {first['country']:,.1f}"
        )
