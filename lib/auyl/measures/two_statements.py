"""Two statements side by side: what the later one repeats, revises, contradicts, adds and drops."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from auyl.measures.claims_in_text import ClaimsInText
from auyl.measures.columns import column, columns, quantity
from auyl.measures.comparable import MEANT, Claim, in_short, said
from auyl.measures.verdicts import held_against, not_comparable
from auyl.reading.table import figures

if TYPE_CHECKING:
    from auyl.statement import Statement

CHANGES = (
    "contradicted",
    "revised",
    "outcome of a plan",
    "leaves room",
    "repeated",
    "new",
    "dropped",
    "cannot be told",
)
VERDICTS = {
    **{"contradicted": "contradicted", "confirmed": "leaves room"},
    **dict.fromkeys(["revised since", "revises a plan"], "revised"),
}
ALONE = {
    "new": "the earlier statement has no figure of the same thing, place and years",
    "dropped": "the later statement has no figure of the same thing, place and years",
}
UNKNOWN = "its words do not say what it counts or measures, so no other figure can be told to be of the same"


class Change(NamedTuple):
    """A figure of the earlier statement and one of the later, or one of them alone."""

    earlier: Claim | None
    later: Claim | None
    change: str
    why: str


def compare(earlier: "Statement", later: "Statement") -> pd.DataFrame:
    """What became of the figures of an earlier statement in a later one.

    Returns
    -------
    One row per two figures of one thing, place, part and period, and per figure that stands alone: `change` (ordered
    category: "contradicted", no value fits both; "revised", both are plans; "outcome of a plan"; "leaves room", by a
    bound or by rounding; "repeated"; "new" and "dropped", the other statement has none of it; "cannot be told"),
    `programme`, `indicator`, `unit`, `place`, `part`, `start_year`, `end_year`, `earlier` and `later` (bounded, <NA>
    where there is none) with `earlier_quote`, `later_quote`, `earlier_id`, `later_id`, and `why` (a sentence).
    """
    before, after = (ClaimsInText.of(figures(each).assign(date=str(each.date))) for each in (earlier, later))
    kept: list[Change] = []
    for pair in sorted(pairs(before, after), key=rank):
        if not any(pair.earlier is other.earlier or pair.later is other.later for other in kept):
            kept.append(pair)
    kept += [Change(None, c, *alone(c, after, "new")) for c in after.claims if all(c is not k.later for k in kept)]
    kept += [
        Change(c, None, *alone(c, before, "dropped")) for c in before.claims if all(c is not k.earlier for k in kept)
    ]
    return changes_table(sorted(kept, key=rank))


def rank(change: Change) -> int:
    return CHANGES.index(change.change)


def pairs(before: ClaimsInText, after: ClaimsInText) -> Iterator[Change]:
    """Every two figures of one thing; that a plan's outcome is another than the plan is no contradiction."""
    for old in before.claims:
        for new in after.claims:
            if not old.subject or not old.indicator or (old.subject, old.indicator) != (new.subject, new.indicator):
                continue
            if not_comparable(old, new) or before.why_no_total(old) or after.why_no_total(new):
                continue
            if old.status in MEANT and new.status not in MEANT:
                yield Change(old, new, "outcome of a plan", f"{in_short(old)} was meant, {in_short(new)} came")
                continue
            verdicts = [held_against(new, old), held_against(old, new)]  # the evidence of both counts
            verdict, why = next((v for v in verdicts if v[0] == "cannot be checked"), verdicts[0])
            same = (old.value, old.bound) == (new.value, new.bound)
            yield Change(old, new, "repeated" if same else VERDICTS.get(verdict, "cannot be told"), why)


def alone(claim: Claim, told: ClaimsInText, change: str) -> tuple[str, str]:
    if (role := told.why_no_total(claim)) is not None:
        return "cannot be told", f"{said(claim)} is {role}"
    return (change, ALONE[change]) if claim.subject and claim.indicator else ("cannot be told", UNKNOWN)


def changes_table(changes: list[Change]) -> pd.DataFrame:
    told = [change.later or change.earlier for change in changes]
    sides = {name: [getattr(change, name) for change in changes] for name in ("earlier", "later")}
    return pd.DataFrame(
        {
            "change": column(changes, "change", pd.CategoricalDtype(list(CHANGES), ordered=True)),
            **columns(told, "programme", "indicator", "unit", "place", "part", "start_year", "end_year"),
            **{name: quantity(claims) for name, claims in sides.items()},
            **{f"{name}_quote": column(claims, "quote") for name, claims in sides.items()},
            **columns(changes, "why"),
            **{f"{name}_id": column(claims, "figure_id") for name, claims in sides.items()},
        }
    )
