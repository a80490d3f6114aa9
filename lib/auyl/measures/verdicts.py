"""Two sources held against each other: confirmed, contradicted, a plan revised, other source doubtful, or untold."""

from collections.abc import Iterable

from auyl.measures.comparable import MEANT, WHENCE, Claim, admits, carried, in_short, is_close, meet, of_years
from auyl.measures.things import is_counted, kinds

VERDICTS = (
    *("contradicted", "revised since", "revises a plan"),
    *("other source doubtful", "confirmed", "cannot be checked"),
)
TWICE = 2  # further apart than this, a figure whose programme is only carried over is of another thing


def held_against(a: Claim, b: Claim, breaks: Iterable[Claim] = ()) -> tuple[str, str]:
    """The verdict of one source's claim on another's of the same subject and indicator, and the reason in a sentence.

    One of VERDICTS. A part or a region never contradicts the whole, a plan no outcome, a forecast no goal; a plan that
    another plan replaced is revised, and so is what a later page gives otherwise: "revised since" if the other is the
    later one, "revises a plan" if the claim itself is. What is known to be doubtful neither contradicts nor confirms
    anybody. Only what is told of both by their own words contradicts, and two counts of what there is only if they are
    of one day.
    """
    if (why := not_comparable(a, b, breaks)) is not None:
        return "cannot be checked", why
    if (a.status in MEANT) != (b.status in MEANT):
        return "cannot be checked", f"{in_short(a)} is {a.status}, {in_short(b)} {b.status}: a plan is not an outcome"
    apart = not meet(admits(a), admits(b))
    if b.suspect:
        how = f"no value is both {in_short(a)} and {in_short(b)}" if apart else f"{in_short(b)} leaves room for it"
        return "other source doubtful", f"{how}; {in_short(b)} is doubtful: {(b.why_suspect or '').rstrip('.')}"
    return disagreement(a, b) if apart else agreement(a, b)


def disagreement(a: Claim, b: Claim) -> tuple[str, str]:
    apart = f"no value is both {in_short(a)} and {in_short(b)}"
    if "projected" in (a.status, b.status) and a.status != b.status:
        return "cannot be checked", f"{in_short(a)} is {a.status}, {in_short(b)} {b.status}: a forecast is not a goal"
    why = not_by_own_words(a, b)
    if why is not None and of_two_things(a, b):
        return "cannot be checked", why
    if a.status in MEANT or b.revised_by is not None:
        return direction(a, b, apart)
    if of_other_days(a, b):
        return "cannot be checked", f"{in_short(a)} and {in_short(b)} count what there is, and not on one known day"
    if is_later(b, a):
        return "revised since", f"{apart}; that of {b.date} is the later one"
    return ("contradicted", apart) if why is None else ("cannot be checked", f"{apart}; but {why}")


def direction(a: Claim, b: Claim, apart: str) -> tuple[str, str]:
    """Which of two plans replaced the other, by their dates, each as far as it is known: "2023-03" is before no day of
    that month."""
    if is_later(b, a):
        return "revised since", f"{apart}; {replaced(a, b)}"
    if is_later(a, b) and a.status in MEANT:
        return "revises a plan", f"{apart}; {replaced(a, b)}"
    why = f"{in_short(b)} was revised" if b.revised_by else "both are plans, and either may have replaced the other"
    return "cannot be checked", f"{in_short(a)} is beside {in_short(b)}: {why}"


def of_other_days(a: Claim, b: Claim) -> bool:
    """Whether both count what there is (settlements, people), which changes within a year, and no one day of both is
    known."""
    stock = a.indicator in kinds()["stocks"] and is_counted(a.unit)
    dated = a.as_of is not None and a.as_of == b.as_of
    return stock and not dated and not a.years_from == b.years_from == "clause"


def not_by_own_words(a: Claim, b: Claim) -> str | None:
    """What one of the two does not say in its own clause or sentence; None if both say all."""
    return carried(a, in_short(a), *WHENCE) or carried(b, in_short(b), *WHENCE)


def of_two_things(a: Claim, b: Claim) -> bool:
    """Whether two values are too far apart to be two counts of one thing: all villages, and those of a programme."""
    low, high = sorted((abs(a.value), abs(b.value)))
    return high > TWICE * low


def is_later(b: Claim, a: Claim) -> bool:
    """Whether `b` was published after `a`, as far as their dates tell."""
    known = min(len(a.date or ""), len(b.date or ""))
    return (b.date or "")[:known] > (a.date or "")[:known]


def agreement(a: Claim, b: Claim) -> tuple[str, str]:
    """Confirmed is what has the same value within rounding; a floor or a ceiling alone confirms nothing."""
    both = f"{in_short(a)} and {in_short(b)}"
    if (a.value, a.bound) == (b.value, b.bound):
        return "confirmed", f"{both} are the same"
    if a.bound == b.bound == "exact":
        return "confirmed", f"{both} are the same but for rounding"
    if is_close(a, b) or {a.bound, b.bound} == {"about", "exact"}:
        return "confirmed", f"{both} leave room for each other"
    return "cannot be checked", f"{both} leave room for each other, and for many other values: it is not contradicted"


def replaced(a: Claim, b: Claim) -> str:
    if b.revised_by is not None:
        return f"{in_short(b)} was revised later"
    return f"both are plans, and that of {max(a.date or '', b.date or '')} is the later one"


def not_comparable(a: Claim, b: Claim, breaks: Iterable[Claim] = ()) -> str | None:
    """Why the two cannot be held against each other; None if they can."""
    if a.unit != b.unit and not (is_counted(a.unit) and is_counted(b.unit)):
        return f"one is in {a.unit or 'no stated unit'}, the other in {b.unit}"
    if a.place != b.place:
        return (
            f"{in_short(a)} is of {a.place or 'the whole country'}, {in_short(b)} of {b.place or 'the whole country'}"
        )
    if a.part != b.part:
        return f"only one of the two is about a part of it: {b.part or a.part}"
    if not same_years(a, b):
        return f"{in_short(a)} is {of_years(a)}, {in_short(b)} {of_years(b)}{broken(a, b, breaks)}"
    if a.as_of and b.as_of and a.as_of != b.as_of:
        return f"{in_short(a)} was counted on {a.as_of}, {in_short(b)} on {b.as_of}"
    if a.basis and b.basis and a.basis != b.basis:
        return f"they are counted in two ways: {a.basis}, {b.basis}"
    return None


def same_years(a: Claim, b: Claim) -> bool:
    """The same first and last year; a first year that one of them does not state is no difference."""
    if a.end_year is None or b.end_year is None:
        return a.end_year is b.end_year
    return a.end_year == b.end_year and (None in (a.start_year, b.start_year) or a.start_year == b.start_year)


def broken(a: Claim, b: Claim, breaks: Iterable[Claim]) -> str:
    if a.end_year is None or b.end_year is None:
        return ""
    first, last = sorted((a.end_year, b.end_year))
    years = sorted({c.end_year for c in breaks if c.thing == b.thing and c.end_year and first < c.end_year <= last})
    return f"; the series breaks in {' and '.join(map(str, years))}: what is counted changed" if years else ""
