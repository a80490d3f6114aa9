"""Whether a figure is done, planned, aimed at or forecast: by the words of its clause, held against its years."""

from collections.abc import Sequence
from typing import NamedTuple

from auyl.reading.dates import Period
from auyl.reading.lexicon import Mark, Reading
from auyl.reading.quantities import Quantity
from auyl.reading.sentences import Clauses

LEVELS = frozenset({"percent", "per_mille", "°C"})  # units of a level, which can be a target
COMING = frozenset({"future", "habitual"})


class Outlook(NamedTuple):
    """How a figure lies in time, seen from the statement's year."""

    over: bool  # its years are past
    future: bool  # they begin after the statement's
    due: bool  # it is to be reached by a year that is not over
    dated: bool


def outlook(period: Period | None, year: int) -> Outlook:
    last = period.last if period else None
    if period is None or last is None:
        return Outlook(False, False, False, False)
    return Outlook(last < year, (period.first or last) > year, period.kind == "by" and last >= year, True)


def status_of(
    q: Quantity, period: Period | None, marks: Sequence[Mark], clauses: Clauses, year: int
) -> tuple[str, bool]:
    """The figure's status, and whether any word said so."""
    when = outlook(period, year)
    cue = nearest(q, [mark for mark in marks if not (when.future and mark.value == "actual")], clauses)
    if cue in COMING and any(mark.value == "projected" and mark.start < q.token for mark in marks):
        cue = "projected"  # "auditors predict that 60 per cent will miss …"
    if cue == "expected" and not (q.unit in LEVELS and when.due):
        cue = "projected"
    steps = (of_the_past, of_a_forecast, of_what_is_done, of_what_is_to_come, of_a_level)
    found = next((status for step in steps if (status := step(q.unit in LEVELS, cue, when))), None)
    if found is None:
        promised = cue in ("planned", "future") or (when.dated and cue == "habitual")
        found = "planned" if promised else "actual"
    return found, cue is not None


def of_the_past(level: bool, cue: str | None, when: Outlook) -> str | None:
    if not when.over:
        return None
    return cue if cue == "planned" or (cue == "target" and level) else "actual"


def of_a_forecast(level: bool, cue: str | None, when: Outlook) -> str | None:
    return "projected" if cue == "projected" else None


def of_what_is_done(level: bool, cue: str | None, when: Outlook) -> str | None:
    return "actual" if when.due and not when.future and cue == "actual" else None


def of_what_is_to_come(level: bool, cue: str | None, when: Outlook) -> str | None:
    if not (when.future or when.due):
        return None
    return "target" if (when.due or cue == "target") and (level or cue == "target") else "planned"


def of_a_level(level: bool, cue: str | None, when: Outlook) -> str | None:
    return "target" if level and cue == "target" else None


def nearest(q: Quantity, marks: Sequence[Mark], clauses: Clauses) -> str | None:
    """The value of the mark fewest steps from the figure; planning wins over doing where both are as near."""
    best = min(marks, key=lambda mark: (clauses.steps(mark, q), mark.value == "actual"), default=None)
    return best.value if best else None


def statuses_of(reading: Reading) -> list[Mark]:
    """The words of planning and doing, left to right, none inside another."""
    found: list[Mark] = []
    for i, marks in enumerate(reading.marks):
        mark = marks.get("status")
        if mark and (not found or i >= found[-1].end):
            found.append(mark)
    return found
