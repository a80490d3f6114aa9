"""Sentences about the record: what a project cost over the years, who would get what, whether an aim is in reach."""

from collections.abc import Mapping

import pandas as pd

from auyl import bounds
from auyl.bounds import Bounded, in_words
from auyl.display.tables import period, quantity
from auyl.display.words import counted, indicator_name, row_label, shortest
from auyl.measures.prices import listed
from auyl.one_notebook import history, regional

NOTHING = "The record holds no published {what} of the statement's programmes"
METHOD = "measured by Eurostat's ratio of actual to required growth"


def spans_finding(spans: pd.DataFrame, counted_in: str, price_year: int) -> str:
    """How money per project, or per village, moved from the first published period to the last."""
    if not len(spans):
        return NOTHING.format(what=f"money per {counted_in}")
    programme = spans["programme"].iloc[0]
    rows, printed = history.growth(spans, "amount")
    if not len(rows):
        return f"{programme}: money per {counted_in} was published for {counted(len(spans), 'period')} and area"
    first, last = (f"{_years(row)}{' (planned)' if row['planned'] else ''}" for row in rows.to_dict("records"))
    rise = rise_words(printed)
    told = f"{programme}: from {first} to {last} money per {counted_in} {rise} as printed"
    if not price_year:
        return told
    real = rise_words(history.growth(spans, "real")[1])
    verb = rise.split()[0]  # said once, where both went the same way
    return f"{told}, {real.removeprefix(f'{verb} ')} in tenge of {price_year}"


def rise_words(percent: Bounded) -> str:
    """ "rose by 76%", "fell by about 21%", "moved by −5–12%"."""
    if percent.value < 0 and (percent.bound != "range" or percent.high <= 0):
        return f"fell by {in_words(bounds.subtract(bounds.exact(0), percent), 0)}%"
    verb = "moved" if percent.bound == "range" and percent.low < 0 else "rose"
    return f"{verb} by {in_words(percent, 0)}%"


def pairs_finding(spans: list[dict]) -> str:
    """Of these periods the one whose pairs of published figures lie furthest apart."""
    if not spans:
        return "No period has more than one pair of published figures"
    widest = max(spans, key=lambda row: max(row["pairs_real"]) / min(row["pairs_real"]))
    times = max(widest["pairs_real"]) / min(widest["pairs_real"])
    pairs = counted(len(widest["pairs_real"]), "pair")
    about = f"{widest['programme']}: the {pairs} of figures published for {_years(widest)}"
    return f"{about} differ by a factor of {times:.1f}"


def span_label(row: Mapping) -> str:
    return f"{_years(row)}{', planned' if row['planned'] else ''}"


def span_note(row: Mapping, price_year: int) -> str:
    """What a bar's label adds to its years: the amount as printed beside a real one, and an end that is open."""
    printed = f"{in_words(quantity(row, 'amount'), 0)} as printed" if price_year else ""
    ends = "" if pd.isna(row["open_ends"]) else f"open {row['open_ends']}"
    return ", ".join(part for part in (printed, ends) if part)


def estimate_tested(villages: pd.DataFrame, spans: pd.DataFrame) -> str:
    """The assumed sum per village beside the one that published money and villages of the same years make."""
    for row in villages[villages["assumed_mn_per_village"].notna()].to_dict("records"):
        same = spans[
            (spans["subject"] == row["subject"])
            & spans["region"].isna()
            & (spans["start_year"] == row["start_year"])
            & (spans["end_year"] == row["end_year"])
        ]
        for published in same.to_dict("records"):
            assumed, other = quantity(row, "assumed_mn_per_village"), quantity(published, "amount")
            off = 100 * (assumed.value / other.value - 1)
            verdict = f"{abs(off):.0f}% {'below' if off < 0 else 'above'} it" if round(off) else "the same"
            label = row_label(row)
            return (
                f"The estimate tested: money and villages published for {label}, make "
                f"{in_words(other)} million tenge a village; the assumed {in_words(assumed)} million is {verdict}."
            )
    return "The estimate cannot be tested: no sum per village was both assumed here and published for the same years."


def sharing_words(shares: pd.DataFrame, budget: float | None, rule: str) -> str:
    """How much was shared by which rule, how many regions could be weighed, and how unequal the outcome is."""
    if budget is None:
        return "No budget is shared out: the record holds no allocation or no regions for the statement's programme."
    known = int(shares["share"].notna().sum())
    told = f"{budget / 1e9:,.1f} billion tenge, an assumed budget, by the rule “{rule}”: "
    told += (
        f"{known} of {len(shares)} regions can be weighed, and the sums are what they would get if the others got none."
    )
    uneven = regional.inequality(shares)
    both = counted(int(shares["per_person"].notna().sum()), "region")
    whose = "whose rural inhabitants are known"
    if uneven is None:
        return f"{told} Inequality cannot be measured: money and rural inhabitants are both known for {both}."
    return f"{told} Between the {both} {whose}, money per head has a Gini coefficient of {uneven:.2f}."


def reach_finding(verdicts: pd.DataFrame) -> str:
    """Whether the first aim is within reach, from each base; that the bases disagree, and that the series broke."""
    if not len(verdicts):
        return "Whether an aim is within reach cannot be told: no earlier level was published"
    first = verdicts.iloc[0]
    same = ["subject", "indicator", "target", "target_year"]
    own = verdicts[
        (verdicts[same] == first[same]).all(axis=1) & verdicts["scope"].isna() & verdicts["eurostat_ratio"].notna()
    ]
    if not len(own):
        return f"{indicator_name(first)}: no method gives a verdict"
    found = list(dict.fromkeys(own["eurostat_verdict"]))
    rows = own.drop_duplicates("eurostat_verdict").to_dict("records")
    told = "; ".join(
        f"{_verdict(row)} from base {row['base_year']} (R = {_ratio(row['eurostat_ratio'])})" for row in rows
    )
    aim = f"{indicator_name(first)}, {shortest(bounds.exact(first['target']))}% by {first['target_year']}"
    if len(found) > 1:
        return f"{aim}: the verdict depends on the base: {told}"
    bases = counted(len(own), "base")
    return f"{aim}: {_verdict(rows[0])} from {'each of ' if len(own) > 1 else ''}{bases}, {METHOD}"


def reach_warning(verdicts: pd.DataFrame) -> str:
    """That levels before and after a break are not the same measure, where one lies between a base and today."""
    broken = verdicts[verdicts["breaks"].notna()]
    if not len(verdicts):
        return ""
    if not len(broken):
        return "No break of a series is known between these bases and the present levels."
    parts = []
    for _, rows in broken.groupby(["subject", "indicator"], sort=False):
        row = rows.iloc[0]
        years = sorted({year for breaks in rows["breaks"] for year in breaks.split(", ")})
        bases = counted(len(rows), "base")
        parts.append(f"{indicator_name(row)} begins anew in {listed(years)}: {bases} here {_lie(rows)} before that")
    return f"{'; '.join(parts)}. What is counted changed there, so such a verdict compares two different measures."


def latest_break(series: pd.DataFrame) -> str:
    """The chart's headline: how often the first series broke, and where it stands."""
    if not len(series):
        return "The record holds no level of what the statement aims at"
    first = series.iloc[0]
    own = series[(series["subject"] == first["subject"]) & (series["indicator"] == first["indicator"])]
    whole = own[own["scope"].isna() & (own["status"] == "actual")].sort_values("year")
    breaks = whole.loc[whole["series_break"].astype(bool), "year"].drop_duplicates()
    if not len(whole):
        return f"{indicator_name(first)}: no level was published"
    level = f"{shortest(bounds.exact(whole['value'].iloc[-1]))}% in {whole['year'].iloc[-1]}"
    if not len(breaks):
        return f"{indicator_name(first)}: {level}, in one unbroken series"
    when = listed(breaks)
    return f"{indicator_name(first)}: {level}, and not comparable with earlier levels: the series broke in {when}"


def _years(row: Mapping) -> str:
    return period(row["start_year"], row["end_year"])


def _verdict(row: Mapping) -> str:
    return row["eurostat_verdict"]


def _ratio(ratio: float) -> str:
    return f"{ratio:.2f}".replace("-", "−")


def _lie(rows: pd.DataFrame) -> str:
    return "lies" if len(rows) == 1 else "lie"
