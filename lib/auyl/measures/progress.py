"""Is a target within reach? Three published methods, each from every base year there is.

Their verdicts depend on the base year, and on whether the series was broken in between: never show one without its
base, its breaks and its method. With one level and one target, as in a single statement, none can be computed.

Eurostat: R = d × CAGR_i / |CAGR_T|, the compound yearly rate since the base over that needed from the base to the
target, d = −1 where a fall is wanted (docs/progress-methodology.md of Open SDG, after Eurostat 2021; our reading of
its text). UN Statistics Division: P = (v_e − v_b) / (v_T − v_b), with v_e what the target year brings if the compound
rate goes on (as written out in Eustat's metodologia.md). SDG Index (SDSN): the average yearly change since the base
over that needed; its verdicts were not read whole, so none is given.
"""

import pandas as pd

from auyl.measures.columns import nullable

# (at least, verdict), the first that fits
EUROSTAT = [(0.95, "on track"), (0.60, "progress, acceleration needed"), (0.0, "limited progress")]
UNSD = [(0.95, "met or on track"), (0.10, "fair progress, accelerate")]


def progress(levels: pd.DataFrame, current: float, current_year: int, target: float, target_year: int) -> pd.DataFrame:
    """The three methods from every earlier level as a base.

    Parameters
    ----------
    levels
        Rows with `year` and `value`; `series_break` (boolean) where there is one. Levels before `current_year` become
        bases.
    current, current_year, target, target_year
        The level now and the one aimed at, in the unit of the levels.

    Returns
    -------
    `levels` as bases, one row a year and value: their columns, `breaks` (string: the years after the base, up to now,
    in which the series begins anew), `seen_a_year` and `required_a_year` (units a year: since the base, and from now to
    the target), `eurostat_ratio` with `eurostat_verdict`, `unsd_progress` with `unsd_verdict`, `linear_ratio`. <NA>
    where a level is not above zero. Without an earlier level the table is empty.
    """
    bases = levels[(levels["year"] < current_year).fillna(False)].drop_duplicates(["year", "value"])
    broken = levels["series_break"].fillna(False).astype(bool) if "series_break" in levels else False
    begun = sorted(levels.loc[broken, "year"].dropna().unique()) if "series_break" in levels else []
    base = bases["value"].astype("Float64")
    base = base.where(base > 0)
    passed, whole, left = current_year - bases["year"], target_year - bases["year"], target_year - current_year
    seen, required = (current / base) ** (1 / passed) - 1, (target / base) ** (1 / whole) - 1
    wanted = (base < target).map({True: 1, False: -1})
    ratio = (wanted * seen / required.abs()).where(required != 0)
    share = ((current * (1 + seen) ** left - base) / (target - base)).where(target != base)
    met = ((target > base) & (current >= target)) | ((target < base) & (current <= target))
    anew = [", ".join(str(y) for y in begun if year < y <= current_year) or None for year in bases["year"]]
    return bases.assign(
        breaks=nullable(anew),
        seen_a_year=(current - bases["value"]) / passed,
        required_a_year=(target - current) / left if left > 0 else pd.NA,
        eurostat_ratio=ratio,
        eurostat_verdict=verdicts(ratio, EUROSTAT, "deterioration").mask(met.fillna(False), "achieved"),
        unsd_progress=share,
        unsd_verdict=verdicts(share, UNSD, "stagnation or regression"),
        linear_ratio=((current - base) / passed) / ((target - base) / whole),
    ).sort_values(["year", "value"], ignore_index=True)


def verdicts(measure: pd.Series, steps: list[tuple[float, str]], otherwise: str) -> pd.Series:
    def word(number: float) -> str:
        return next((verdict for least, verdict in steps if number >= least), otherwise)

    return measure.map(word, na_action="ignore").astype("string")
