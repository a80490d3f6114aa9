"""Acts that a statement speaks of without a number, with the day that their words name: which are overdue?"""

import calendar
import re
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from auyl.measures.columns import nullable
from auyl.measures.promises import known_day
from auyl.reading.commitments import commitments
from auyl.reading.dates import Period, is_day
from auyl.reading.lexicon import Reading
from auyl.reading.years import read_periods

if TYPE_CHECKING:
    from auyl.statement import Statement

STATES = ("overdue", "not due yet", "no day named", "done")
IN_NUMBERS = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.\d{2,4}|\d{4}-(?P<m>\d\d)-(?P<d>\d\d)")
NAMED = ("in", "by", "day")  # kinds of period that a deadline may be; "since 2019" and "more than in 2023" are none


def deadlines(statement: "Statement", as_of: str) -> pd.DataFrame:
    """The acts of a statement, and whether the day by which each was announced is over.

    Parameters
    ----------
    statement
        As `auyl.read_statement` returns it.
    as_of
        A day, 2026-03-31. What is due on that very day is not yet overdue.

    Returns
    -------
    The rows and columns of `auyl.commitments`, and `due` (string, the last day of what the words name: "by 1 December"
    is that day, "in 2026" and "by the end of 2026" its last; <NA> where they name none) and `state` (category:
    "overdue", "not due yet", "no day named", "done"). The words are the act's own; else a date to come that is the only
    one of its sentence. What is under way is due only by a "by" of its own words, and the day of the statement itself
    is never a due day. "overdue" is what was not done when the statement was made: whether it was done since, it cannot
    say.

    Raises
    ------
    ParameterError
        `as_of` is no day.
    """
    today = known_day(as_of)
    acts = commitments(statement)
    reading = statement.document.reading
    periods = [p for p in read_periods(reading, statement.document.year)[0] if p.kind in NAMED and p.last is not None]
    due = [None if act.stage == "done" else due_of(act, reading, periods, statement) for act in acts.itertuples()]
    return acts.assign(
        due=nullable(None if until is None else until.isoformat() for until in due),
        state=nullable(map(partial(state, today), acts["stage"], due), pd.CategoricalDtype(list(STATES), ordered=True)),
    )


def state(today: date, stage: str, due: date | None) -> str:
    if stage == "done":
        return "done"
    return "no day named" if due is None else "overdue" if due < today else "not due yet"


def due_of(act: Any, reading: Reading, periods: Sequence[Period], statement: "Statement") -> date | None:
    """The last day after the statement's that an act's own words name; else that of its sentence, if it names no other.

    "has been under way since 2019" promises no day, nor does the day in the dateline above it.
    """
    days = [(reading.tokens[p.start].start, last_day(reading, p, statement.date), p.kind) for p in periods]
    own = [(due, kind) for start, due, kind in days if act.start <= start < act.end and due > statement.date]
    if act.stage == "under way":
        return next((due for due, kind in reversed(own) if kind == "by"), None)
    sentence = statement.document.sentences[act.sentence - 1]
    first, last = (reading.tokens[i].start for i in (sentence.start, sentence.end - 1))
    around = [due for start, due, _ in days if first <= start <= last]
    return own[-1][0] if own else around[0] if len(around) == 1 and around[0] > statement.date else None


def last_day(reading: Reading, period: Period, told: date) -> date:
    """The last day of a period; a day without a year is the next of its name, seen from the day of the statement."""
    year = period.last or told.year
    words = range(period.start, period.end)
    months = [int(mark.value) for i in words if (mark := reading.at(i, "month"))]
    days = [int(reading.sign(i)) for i in words if is_day(reading.sign(i))]
    if match := IN_NUMBERS.search(reading.quote(period.start, period.end)):
        months, days = [int(match["month"] or match["m"])], [int(match["day"] or match["d"])]
    month = months[-1] if months and 1 <= months[-1] <= 12 else 12
    longest = calendar.monthrange(year, month)[1]
    due = date(year, month, min(days[-1], longest) if days and months else longest)
    return due.replace(year=year + 1) if period.kind == "day" and due < told and (month, due.day) != (2, 29) else due
