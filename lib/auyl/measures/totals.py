"""Totals rebuilt from their parts: do the yearly figures others published add up to a sum for several years?

This is also how a wrong label shows: a total that its own years do not make, but that other years make exactly.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pandas as pd

from auyl import bounds
from auyl.bounds import Bounded
from auyl.measures.claims import SOURCE, as_figures
from auyl.measures.comparison import ABOUT, in_short, is_currency
from auyl.measures.funding import in_years
from auyl.measures.pairing import Fact, facts, programme_name, table

# Counts of things that happen once, so that years may be added. The same village may get projects in several years.
ADDITIVE_UNITS = ("project", "initiative", "loan", "job")
TOLERANCE = 0.005  # parts are rounded, and the last of them may be a plan: half a percent is no contradiction

COLUMNS = {
    "claim_id": "string",
    "subject": "string",
    "programme": "string",
    "indicator": "string",
    "unit": "string",
    "start_year": "Int64",
    "end_year": "Int64",
    "claim": "Float64",
    "claim_low": "Float64",
    "claim_high": "Float64",
    "claim_bound": "category",
    "parts": "string",
    "part_ids": "string",
    "sum_start_year": "Int64",
    "sum_end_year": "Int64",
    "sum": "Float64",
    "sum_low": "Float64",
    "sum_high": "Float64",
    "sum_bound": "category",
    "difference": "Float64",
    "difference_percent": "Float64",
    "last_part_needed": "Float64",
    "reading": "string",
    "verdict": "string",
    "why": "string",
}


def rebuilt_totals(figures: pd.DataFrame, published: pd.DataFrame, tolerance: float = TOLERANCE) -> pd.DataFrame:
    """Every sum for several years, a statement's or a published one, against the sums of its parts.

    Parameters
    ----------
    figures
        One row per figure, as `auyl.figures` returns it; an empty table checks the published record alone.
    published
        As `auyl.record.published.read_published` returns it; figures of whole countries and whole indicators are used.
        Doubtful ones are checked, but check no other.
    tolerance
        The share of the total by which a sum of rounded parts may miss it and still agree.

    Returns
    -------
    One row per total and row of published parts that cover its years without gap or overlap, the closest first:
    `claim_id` … `claim_bound` (the total), `parts` (in words), `part_ids`, `sum_start_year`, `sum_end_year`, `sum` with
    `_low`, `_high`, `_bound`, `difference` (sum less total) and `difference_percent`, `last_part_needed` (what the
    total leaves for the last of its parts), `reading`, `verdict` and `why`. Where a period has actual figures, planned
    ones are left aside; where it has several, each makes its own sum.

    `reading` is "as labelled"; or "other years", for a total that the sums of its own years contradict and the sum of
    years beginning or ending one year sooner or later meets; or "reading p095 as 2019–2023", for sums that use such a
    total with the years it fits. Only money and things that happen once (projects, loans, jobs) are added up.
    The verdict is "agrees", "within bounds", "contradicts", or "not comparable" for a
    plan whose parts turned out otherwise. Without such totals the table is empty.
    """
    rows = []
    for indicator, claims, parts in _series(figures, published):
        relabelled: list[Fact] = []
        for claim in claims:
            own = [_row(claim, chain, indicator, "as labelled", tolerance) for chain in _chains(parts, *claim.years)]
            rows += own
            if own and not any(row["verdict"] == "agrees" for row in own):
                other = list(_in_other_years(claim, parts, indicator, tolerance))
                rows += other
                relabelled += [
                    replace(claim, start_year=row["sum_start_year"], end_year=row["sum_end_year"]) for row in other[:1]
                ]
        for moved, claim in product(relabelled, claims):
            if claim.ids != moved.ids:
                chains = [chain for chain in _chains([*parts, moved], *claim.years) if moved in chain]
                reading = f"reading {moved.ids[0]} as {in_years(*moved.years)}"
                rows += [_row(claim, chain, indicator, reading, tolerance) for chain in chains]
    found = table(rows, COLUMNS).assign(distance=lambda t: t["difference_percent"].abs())
    order = ["subject", "indicator", "end_year", "start_year", "claim_id", "distance"]
    return found.sort_values(order, kind="stable", ignore_index=True).drop(columns="distance")


def _series(figures: pd.DataFrame, published: pd.DataFrame) -> Iterator[tuple[str, list[Fact], list[Fact]]]:
    """Indicator, the totals to check and the parts to add, for everything that can be added."""
    trusted = set(as_figures(published)["figure_id"])
    record = as_figures(published, suspect=True)
    everything = pd.concat([record, figures[record.columns]]) if len(figures) else record
    everything = everything[everything["indicator"].notna() & everything["start_year"].notna()]
    everything = everything[everything["unit"].map(_additive).astype(bool)]
    for keys, group in everything.groupby(["subject", "indicator", "unit"], observed=True, sort=True):
        totals = facts(group[(group["end_year"] > group["start_year"]).fillna(False)])
        stated = [(fact.quantity, fact.years) for fact in totals if fact.source != SOURCE]
        repeated = [fact for fact in totals if fact.source == SOURCE and (fact.quantity, fact.years) in stated]
        parts = facts(group[group["figure_id"].isin(trusted)])
        yield keys[1], [fact for fact in totals if fact not in repeated], _best(parts)


def _additive(unit: object) -> bool:
    return pd.notna(unit) and (unit in ADDITIVE_UNITS or is_currency(str(unit)))


def _best(found: list[Fact]) -> list[Fact]:
    """Of each period the actual figures, or, if there is none, the planned ones; of "nearly 200" and 198, the exact."""
    done = {fact.years for fact in found if fact.status == "actual"}
    best = [fact for fact in found if fact.status == "actual" or fact.years not in done]
    exact = [fact for fact in best if fact.quantity.bound == "exact"]
    return [fact for fact in best if fact in exact or not any(_is_rounder(fact, other) for other in exact)]


def _is_rounder(fact: Fact, other: Fact) -> bool:
    floor, ceiling = _ends(fact.quantity)
    return fact.years == other.years and floor <= other.quantity.value <= ceiling


def _ends(quantity: Bounded) -> tuple[float, float]:
    """The least and the most that a sum or count of nothing negative may be; "about" reaches as in comparisons."""
    if quantity.bound == "about":
        return quantity.value * (1 - ABOUT), quantity.value * (1 + ABOUT)
    low, high = quantity.low, quantity.high
    return (0.0 if low is None else low), (float("inf") if high is None else high)


def _chains(parts: list[Fact], start: int, end: int) -> list[list[Fact]]:
    """Every way to cover the years with two or more parts that neither leave a gap nor overlap."""

    def from_year(year: int) -> Iterator[list[Fact]]:
        for part in parts:
            if part.start_year != year or part.end_year > end or part.years == (start, end):
                continue
            if part.end_year == end:
                yield [part]
            else:
                yield from ([part, *rest] for rest in from_year(part.end_year + 1))

    return [chain for chain in from_year(start) if len(chain) > 1]


def _in_other_years(claim: Fact, parts: list[Fact], indicator: str, tolerance: float) -> Iterator[dict]:
    """Sums of years one year off at either end that meet the total, exactly bounded ones alone."""
    for first, last in ((0, -1), (0, 1), (-1, 0), (1, 0)):
        for chain in _chains(parts, claim.start_year + first, claim.end_year + last):
            row = _row(claim, chain, indicator, "other years", tolerance)
            if row["verdict"] == "agrees":
                yield row


def _row(claim: Fact, chain: list[Fact], indicator: str, reading: str, tolerance: float) -> dict:
    total = chain[0].quantity
    for part in chain[1:]:
        total = bounds.add(total, part.quantity)
    difference = bounds.subtract(total, claim.quantity).value
    verdict = _verdict(claim, chain, tolerance)
    before_last = sum(part.quantity.value for part in chain[:-1])
    return {
        "claim_id": claim.ids[0],
        "subject": claim.subject,
        "programme": programme_name(claim.subject),
        "indicator": indicator,
        "unit": claim.unit,
        "start_year": claim.start_year,
        "end_year": claim.end_year,
        **bounds.columns("claim", claim.quantity),
        "parts": " + ".join(f"{_printed(part.quantity, part.unit)} ({in_years(*part.years)})" for part in chain),
        "part_ids": ",".join(part.ids[0] for part in chain),
        "sum_start_year": chain[0].start_year,
        "sum_end_year": chain[-1].end_year,
        **bounds.columns("sum", total),
        "difference": difference,
        "difference_percent": 100 * difference / claim.quantity.value,
        "last_part_needed": claim.quantity.value - before_last,
        "reading": reading,
        "verdict": verdict,
        "why": _why(claim, chain, total, reading, verdict),
    }


def _verdict(claim: Fact, chain: list[Fact], tolerance: float) -> str:
    ends = [_ends(part.quantity) for part in chain]
    floor, ceiling = sum(low for low, _ in ends), sum(high for _, high in ends)
    lowest, highest = _ends(claim.quantity)
    slack = tolerance * claim.quantity.value
    if max(floor, lowest) > min(ceiling, highest) + slack:
        plan_and_outcome = claim.status != "actual" and any(part.status == "actual" for part in chain)
        return "not comparable" if plan_and_outcome else "contradicts"
    exact = {part.quantity.bound for part in chain} | {claim.quantity.bound} == {"exact"}
    return "agrees" if exact else "within bounds"


def _why(claim: Fact, chain: list[Fact], total: Bounded, reading: str, verdict: str) -> str:
    said, made = _printed(claim.quantity, claim.unit), _printed(total, claim.unit)
    own, years = in_years(*claim.years), in_years(chain[0].start_year, chain[-1].end_year)
    planned = [in_years(*part.years) for part in chain if part.status != "actual"]
    note = f"; the part of {' and '.join(planned)} was a plan" if planned and claim.status == "actual" else ""
    if reading == "other years":
        return f"{said} is printed for {own}, but the parts of {own} do not make it; those of {years} make {made}{note}"
    if verdict == "not comparable":
        return f"{said} was a plan; the parts of {years}, {made} together, are what became of it"
    if made == said:
        return f"the parts of {years} make {said}{note}"
    off = 100 * abs(total.value / claim.quantity.value - 1)
    words = {"agrees": f"come within {off:.1f}% of", "within bounds": "leave room for", "contradicts": "do not make"}
    return f"the parts of {years}, {made} together, {words[verdict]} {said}{note}"


def _printed(quantity: Bounded, unit: str) -> str:
    row = {"value": quantity.value, "low": quantity.low, "high": quantity.high, "bound": quantity.bound, "unit": unit}
    return in_short(row)
