"""Do a statement's sums come out: totals against their parts, percentages against their figures, lead against body."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from auyl.measures.claims_in_text import ClaimsInText
from auyl.measures.columns import KEY, column, columns, nullable
from auyl.measures.comparable import STATUS, Claim, admits, meet, said
from auyl.measures.things import is_money
from auyl.reading.wholes import difference

ROUNDED = 0.005  # how far off a misprinted magnitude leaves the digits
SLIP = 0.1  # two figures of one thing that differ by more than this share are of two things
SAME_WORDS = 2  # of the clauses of a lead's figure and the body's


class Sum(NamedTuple):
    """A total and its parts. `off` is the parts' sum less the total, 0 within rounding."""

    total: Claim
    parts: Sequence[Claim]
    off: float
    evidence: str
    why_not: str | None

    @property
    def said(self) -> bool:
        return self.why_not is None


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
    less the total as they are), `adds_up` (boolean: the difference is no more than the rounding of what is printed, or
    what a hedged total allows), `parts` (string), `evidence` (string: what says that they are its parts), `said`
    (boolean), `why_not`, `total_id`, `part_ids` (joined by commas).
    """
    return sums_table(sums_of(ClaimsInText.of(figures)))


def sums_of(told: ClaimsInText) -> list[Sum]:
    found = []
    for total, every, whole in told.wholes:
        parts = [part for part in every if part.unit is None or is_money(part.unit) == is_money(total.unit)]
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
    return same and named and STATUS.parts(one, other) is None


def in_the_years(lead: Claim, other: Claim, year: int) -> bool:
    """Whether the body's years are the lead's; a lead without years is of the statement's year."""
    if lead.end_year is None:
        return other.end_year in (None, year)
    return other.end_year is None or lead.years == other.years


def is_slip(one: float, other: float) -> bool:
    """Whether two values are near enough to be one figure misprinted: within a tenth, or off by a magnitude."""
    ratio = one / other if one and other else 0.0
    return abs(ratio - 1) <= SLIP or any(abs(ratio / scale - 1) < ROUNDED for scale in (10, 0.1, 1e3, 1e-3))


def sums_table(sums: Sequence[Sum]) -> pd.DataFrame:
    totals = [s.total for s in sums]
    total = pd.Series(column(totals, "value", "Float64"))
    made = pd.Series(nullable([sum(part.value for part in s.parts) for s in sums], "Float64"))
    return pd.DataFrame(
        {
            **columns(totals, *KEY, "unit"),
            "total": total,
            "sum": made,
            "difference": made - total,
            "adds_up": nullable((s.off == 0 for s in sums), "boolean"),
            "parts": nullable([" + ".join(part.quote for part in s.parts) for s in sums]),
            **columns(sums, "evidence", "said", "why_not"),
            **columns(totals, total_id="figure_id"),
            "part_ids": nullable([",".join(part.figure_id for part in s.parts) for s in sums]),
        }
    )
