"""Do sums come out: a statement's own totals against their parts, and sums of several years against yearly figures."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import pandas as pd

from auyl.measures.claims_in_text import ClaimsInText
from auyl.measures.columns import KEY_DTYPES, column, nullable, quantity
from auyl.measures.comparable import ABOUT, Claim, admits, as_claims, by_status, in_short, meet, said, years_in_words
from auyl.measures.things import is_kind, is_money
from auyl.reading.wholes import difference

TOLERANCE = 0.005  # parts are rounded, and the last of them may be a plan: half a percent is no contradiction
SLIP = 0.1  # two figures of one thing that differ by more than this share are of two things
SAME_WORDS = 2  # of the clauses of a lead's figure and the body's


class Sum(NamedTuple):
    """A total and its parts. `off` is the parts' sum less the total, 0 within rounding."""

    total: Claim
    parts: Sequence[Claim]
    off: float
    evidence: str
    why_not: str | None


def sum_checks(figures: pd.DataFrame) -> pd.DataFrame:
    """The totals of a statement against the parts that its own words give them.

    Parameters
    ----------
    figures
        One row per figure, as `auyl.figures` returns it.

    Returns
    -------
    One row per total with two parts or more, in the order of the text: `subject`, `programme`, `place`, `part`,
    `start_year`, `end_year`, `status` (the total's), `unit`, `total`, `sum`, `difference` (Float64, base units: the sum
    less the total, 0 where it is no more than the rounding of what is printed), `parts` (string), `evidence` (string:
    what says that they are its parts), `said` (boolean), `why_not`, `total_id`, `part_ids` (joined by commas).
    """
    return sums_table(sums_of(ClaimsInText.of(figures)))


def sums_of(told: ClaimsInText) -> list[Sum]:
    found = []
    for total, parts, whole in told.wholes:
        if len(parts) < 2:
            continue
        together = [total, *parts]
        off = difference(together, 0, range(1, len(together)))
        unsure = not whole.complete and off <= 0
        why = f"the words do not say that {said(parts[0])} and the others are all parts of {said(total)}"
        found.append(Sum(total, parts, off, whole.words, why if unsure else None))
    return found


def proportions_of(told: ClaimsInText) -> list[Sum]:
    """The percentages that a statement prints beside the two figures they are reckoned from: `off` in points.

    `total` is the percentage, `parts` are the part and its whole, or the level before and the one after.
    """
    found = []
    for percent, one, other, kind in told.proportions:
        if min(one.value, other.value) <= 0:
            continue
        above, below = (one, other) if kind == "share" else (other, one)
        (low, high), (least, most) = admits(above), admits(below)
        reckoned = [100 * low / most, 100 * high / least]
        if kind == "change":
            reckoned = sorted(abs(each - 100) for each in reckoned)
        floor, ceiling = admits(percent)
        meets = max(floor, reckoned[0]) <= min(ceiling, reckoned[1])
        exactly = 100 * above.value / below.value
        off = 0.0 if meets else (exactly if kind == "share" else abs(exactly - 100)) - percent.value
        found.append(Sum(percent, (one, other), off, f"printed as a {kind}", None))
    return found


def leads_of(told: ClaimsInText) -> list[Sum]:
    """Figures of a title or first paragraph that the body gives otherwise: `off` is the body's less the lead's.

    `total` is the lead's figure, `parts` the body's. It may be said where the two are told in the same words and the
    lead's figure is not repeated; a rounder figure of the same value is no other one.
    """
    found = []
    placed = [claim for claim in told.claims if claim.figure_id in told.spots and claim.unit is not None]
    first = {claim.source_id: told.first_paragraph(claim.source_id) for claim in placed}
    leads = [c for c in placed if told.titled(c) or told.spots[c.figure_id].paragraph == first[c.source_id]]
    body = [c for c in placed if c not in leads]
    for lead in leads:
        alike = [c for c in body if told_of_one(lead, c) and in_the_years(lead, c, told.years[lead.source_id])]
        if any(meet(admits(lead), admits(c)) for c in alike):
            continue
        words = {c: len(told.topic(lead) & told.topic(c)) for c in alike if is_slip(lead.value, c.value)}
        other = max(words, key=words.__getitem__, default=None)
        if other is None or not words[other] or told.roles[other.figure_id] or told.roles[lead.figure_id]:
            continue
        sure = len(words) == 1 and words[other] >= SAME_WORDS
        why = None if sure else f"the words do not say that {said(lead)} and {said(other)} are of one thing"
        found.append(Sum(lead, (other,), other.value - lead.value, "told in the lead and in the body", why))
    return found


def told_of_one(one: Claim, other: Claim) -> bool:
    """Whether nothing in the readings parts the two: unit, programme, place, part, status."""
    same = (one.source_id, one.unit, one.place, one.part) == (other.source_id, other.unit, other.place, other.part)
    named = one.named == other.named or None in (one.named, other.named)
    return same and named and by_status(one, other) is None


def in_the_years(lead: Claim, other: Claim, year: int) -> bool:
    """Whether the body's years are the lead's; a lead without years is of the statement's year."""
    if lead.end_year is None:
        return other.end_year in (None, year)
    return other.end_year is None or lead.years == other.years


def is_slip(one: float, other: float) -> bool:
    """Whether two values are near enough to be one figure misprinted: within a tenth, or off by a magnitude."""
    ratio = one / other if one and other else 0.0
    return abs(ratio - 1) <= SLIP or any(abs(ratio / scale - 1) < TOLERANCE for scale in (10, 0.1, 1e3, 1e-3))


def sums_table(sums: Sequence[Sum]) -> pd.DataFrame:
    totals = [s.total for s in sums]
    return pd.DataFrame(
        {
            **{name: column(totals, name, dtype) for name, dtype in KEY_DTYPES.items()},
            "unit": column(totals, "unit"),
            "total": column(totals, "value", "Float64"),
            "sum": nullable([sum(part.value for part in s.parts) for s in sums], "Float64"),
            "difference": column(sums, "off", "Float64"),
            "parts": nullable([" + ".join(part.quote for part in s.parts) for s in sums]),
            "evidence": column(sums, "evidence"),
            "said": nullable([s.why_not is None for s in sums], "boolean"),
            "why_not": column(sums, "why_not"),
            "total_id": column(totals, "figure_id"),
            "part_ids": nullable([",".join(part.figure_id for part in s.parts) for s in sums]),
        }
    )


def rebuilt_totals(claims: pd.DataFrame, tolerance: float = TOLERANCE) -> pd.DataFrame:
    """Every sum for several years against the sums of the shorter periods that others published.

    Parameters
    ----------
    claims
        As `auyl.claims` returns them.
    tolerance
        The share of the total by which a sum of rounded parts may miss it and still add up.

    Returns
    -------
    One row per total and row of published parts that cover its years without gap or overlap, the closest first:
    `total_id`, `source`, `subject`, `programme`, `indicator`, `unit`, `start_year`, `end_year`, `total`, `sum`
    (bounded, base units), `difference_percent` (Float64, sum less total), `parts` (string, in words), `part_ids`,
    `planned` (string: the years whose part was a plan), `verdict` ("adds up", "does not add up", or "cannot be told",
    for a plan whose parts turned out otherwise) and `why`. Of one period the actual figure is taken before the planned,
    the exact before the hedged, the later before the earlier; doubtful figures are checked, but check no other. Only
    money and things that happen once (projects, loans, jobs) are added up.
    """
    everything = [c for c in as_claims(claims) if is_additive(c) and c.start_year is not None]
    rows: list[tuple[Claim, list[Claim]]] = []
    series = ("subject", "indicator", "unit", "place", "part")
    keyed = sorted(everything, key=lambda c: tuple(str(getattr(c, name)) for name in series))
    for _, group in groupby(keyed, key=lambda c: tuple(getattr(c, name) for name in series)):
        own = list(group)
        parts = best_of_each_period([c for c in own if c.source != "statement" and not c.suspect])
        totals = {(c.source, c.years, c.value, c.bound): c for c in reversed(own) if c.end_year > c.start_year}
        rows += [(total, chain) for total in totals.values() for chain in chains(parts, total)]
    found = rebuilt_table(rows, tolerance)
    order = found.assign(off=found["difference_percent"].abs(), other=found["source"] != "statement")
    keys = ["other", "subject", "indicator", "end_year", "total_id", "off"]
    return found.loc[order.sort_values(keys, kind="stable").index].reset_index(drop=True)


def rebuilt_table(rows: Sequence[tuple[Claim, list[Claim]]], tolerance: float) -> pd.DataFrame:
    totals = [total for total, _ in rows]
    names = ("source", "subject", "programme", "indicator", "unit")
    plans = [[c for c in chain if c.status != "actual"] for _, chain in rows]
    sums = pd.Series(nullable((quantity(chain).sum() for _, chain in rows), "bounded"))
    verdicts = [verdict(total, chain, tolerance) for total, chain in rows]
    values = column(totals, "value", "Float64")
    return pd.DataFrame(
        {
            "total_id": column(totals, "figure_id"),
            **{name: column(totals, name) for name in names},
            "start_year": column(totals, "start_year", "Int64"),
            "end_year": column(totals, "end_year", "Int64"),
            "total": quantity(totals),
            "sum": sums,
            "difference_percent": 100 * (sums.bounds.value / values - 1),
            "parts": nullable([" + ".join(map(in_words, chain)) for _, chain in rows]),
            "part_ids": nullable([",".join(c.figure_id for c in chain) for _, chain in rows]),
            "planned": nullable([", ".join(map(years_in_words, p)) or None for p in plans]),
            "verdict": nullable([word for word, _ in verdicts]),
            "why": nullable([why for _, why in verdicts]),
        }
    )


def is_additive(claim: Claim) -> bool:
    return claim.indicator is not None and (is_money(claim.unit) or is_kind(claim.unit, "additive"))


def best_of_each_period(parts: list[Claim]) -> list[Claim]:
    ranked = sorted(parts, key=lambda c: (c.status == "actual", c.bound == "exact", c.date or ""))
    return list({c.years: c for c in ranked}.values())


def chains(parts: list[Claim], total: Claim) -> Iterator[list[Claim]]:
    """Every way to cover the total's years with two or more parts that neither leave a gap nor overlap."""

    def on(year: int) -> Iterator[list[Claim]]:
        for part in parts:
            if part.start_year != year or part.end_year > total.end_year or part.years == total.years:
                continue
            if part.end_year == total.end_year:
                yield [part]
            else:
                yield from ([part, *rest] for rest in on(part.end_year + 1))

    return (chain for chain in on(total.start_year) if len(chain) > 1)


def verdict(total: Claim, chain: list[Claim], tolerance: float) -> tuple[str, str]:
    made = f"the parts of {years_in_words(total).removeprefix('years ')} make {sum(c.value for c in chain):,.0f}"
    lows, highs = zip(*(room(c) for c in chain), strict=True)
    low, high = room(total)
    slack = tolerance * abs(total.value)
    if max(sum(lows), low) <= min(sum(highs), high) + slack:
        return "adds up", f"{made}, which {in_short(total)} leaves room for"
    if total.status != "actual" and any(c.status == "actual" for c in chain):
        return "cannot be told", f"{in_short(total)} was a plan; {made}"
    return "does not add up", f"{made}, not {in_short(total)}"


def room(claim: Claim) -> tuple[float, float]:
    """The least and the most that a sum or count of nothing negative may be, at its printed value."""
    if claim.bound == "about":
        return claim.value * (1 - ABOUT), claim.value * (1 + ABOUT)
    exact = claim.bound == "exact"
    low = claim.value if exact else claim.low
    high = claim.value if exact else claim.high
    return (0.0 if low is None else low), (float("inf") if high is None else high)


def in_words(claim: Claim) -> str:
    return f"{in_short(claim)} ({years_in_words(claim).split(' ', 1)[1]})"
