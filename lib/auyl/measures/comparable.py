"""The one room of rules: whether two claims may stand side by side, on what evidence, and why not otherwise.

A claim is a figure with everything its row says; what it is *about* is its programme, place, part, period and status.
Two claims of one source may make a ratio only if all of these agree, each by the words of its own clause or sentence,
or carried to both from one mention, or confirmed by hand. Where no programme is named, one sentence must hold both.

Each rule takes two claims and says in one sentence what parts them, naming the figures; None if nothing does.
tests/cases/comparable.jsonl is its grid: a case is a row.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from auyl.bounded import Bounded, in_words
from auyl.measures.things import is_counted, is_kind, is_money

OWN = ("clause", "sentence", "correction")  # a figure's own words, or a person's
WHENCE = {"programme": "subject_from", "place": "place_from", "years": "years_from", "status": "status_from"}
# How near two figures stand, the nearest first. "taken up": in the next sentence, which takes the first up ("with that
# money"); "text": anywhere in one statement; "apart": where no text is known.
NEARNESS = ("clause", "sentence", "taken up", "next", "paragraph", "text", "apart")
MEANT = ("planned", "target", "projected")
ABOUT = 0.10  # how far "about 600" reaches either way, as a share, where two claims are held against each other
ROUNDER = 0.05  # a lead's rounder figure is off by no more than this share
HEADLINE = 0.2  # a title's rounder count
MANY = 1000  # below it "five schools" of a title are five


class Claim(NamedTuple):
    """One figure of a statement or of the record; None is what is not stated."""

    figure_id: str
    quote: str
    value: float
    low: float | None = None
    high: float | None = None
    bound: str = "exact"
    unit: str | None = None
    subject: str | None = None
    programme: str | None = None
    indicator: str | None = None
    status: str | None = None
    start_year: int | None = None
    end_year: int | None = None
    place: str | None = None
    part: str | None = None
    unit_from: str | None = None
    subject_from: str | None = None
    place_from: str | None = None
    years_from: str | None = None
    status_from: str | None = None
    source: str = "statement"  # who says it: the statement, or a publisher
    source_id: str = "statement"
    start: int | None = None  # where it stands in its text
    end: int | None = None
    sentence: int | None = None
    date: str | None = None
    address: str | None = None
    as_of: str | None = None
    basis: str | None = None
    revised_by: str | None = None
    suspect: bool = False
    why_suspect: str | None = None
    note: str | None = None
    series_break: bool = False
    page_of: str | None = None  # of the record: the statement whose own page it is
    caution: str | None = None  # of the record: what is doubtful on the same page

    @property
    def quantity(self) -> Bounded:
        return Bounded(self.value, self.low, self.high, self.bound)

    @property
    def years(self) -> tuple[int | None, int | None]:
        return self.start_year, self.end_year

    @property
    def period(self) -> str | None:
        """ "2024", "2019–2024"; None where no year is stated."""
        if self.end_year is None or self.start_year in (None, self.end_year):
            return None if self.end_year is None else str(self.end_year)
        return f"{self.start_year}–{self.end_year}"

    @property
    def thing(self) -> tuple[str | None, ...]:
        """What is counted or measured, and of what, whenever and by whomever."""
        return self.subject, self.indicator, self.unit, self.place, self.part

    @property
    def named(self) -> str | None:
        """The programme it is about: the catalogue's id, or the name the text gives."""
        return self.subject or self.programme


class Pair(NamedTuple):
    """Two claims side by side, or one that found no partner; `why_not` is None where the pair may be said."""

    one: Claim
    other: Claim | None
    evidence: str | None
    why_not: str | None

    @property
    def said(self) -> bool:
        return self.other is not None and self.why_not is None


def as_claims(table: pd.DataFrame) -> list[Claim]:
    """A table's rows as claims; columns it lacks keep their defaults."""
    names = [name for name in Claim._fields if name in table]
    return [
        Claim(**dict(zip(names, row, strict=True)))
        for row in zip(*(entries(table[name]) for name in names), strict=True)
    ]


def entries(column: "pd.Series[Any]") -> list[Any]:
    """A column's entries, None where nothing is stated."""
    array = column.array
    if isinstance(array, pd.Categorical):
        words = [*array.categories, None]  # the code of what is missing is -1
        return [words[code] for code in array.codes]
    if isinstance(array, pd.api.extensions.ExtensionArray):
        missing: Any = None
        plain: Any = array.to_numpy(dtype=object, na_value=missing)
        return list(plain)
    return [None if pd.isna(entry) else entry for entry in column]


# ---- Words --------------------------------------------------------------------------------------------------------


def said(claim: Claim) -> str:
    """The figure as the reason names it."""
    return f"“{claim.quote}”"


MAGNITUDES = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))
SUFFIXES = {"percent": "%", "percentage_point": " points", "times": " times", "year": ""}


def in_short(claim: Claim) -> str:
    """ "at most 6,000", "701 billion KZT", "69.2%": a figure in the fewest words, with its bound."""
    money = is_money(claim.unit)
    scale, name = next(((s, n) for s, n in MAGNITUDES if abs(claim.value) >= s), (1.0, "")) if money else (1.0, "")
    value, low, high = (None if x is None else x / scale for x in (claim.value, claim.low, claim.high))
    quantity = Bounded(value or 0.0, low, high, claim.bound)
    decimals = next(d for d in range(4) if d == 3 or round(quantity.value, d) == quantity.value)
    suffix = f" {claim.unit}" if money or (claim.unit and not is_counted(claim.unit)) else ""
    return in_words(quantity, decimals) + name + SUFFIXES.get(claim.unit or "", suffix)


def of_years(claim: Claim) -> str:
    return f"of {claim.period or 'years not stated'}"


def years_in_words(claim: Claim) -> str:
    """ "year 2024", "years 2019–2024"."""
    if claim.period is None:
        return "same years"
    return f"years {claim.period}" if "–" in claim.period else f"year {claim.period}"


# ---- What parts two claims ----------------------------------------------------------------------------------------


class Rule(NamedTuple):
    """What must be the same of two claims, and how a claim is said to have it."""

    key: Callable[[Claim], Any]
    words: Callable[[Claim], str]
    why: str = ""

    def parts(self, a: Claim, b: Claim) -> str | None:
        if self.key(a) == self.key(b):
            return None
        return f"{said(a)} is {self.words(a)}, {said(b)} {self.words(b)}{self.why}"


def by_programme(a: Claim, b: Claim) -> str | None:
    if a.named == b.named:
        return None
    one, other = (a, b) if a.named else (b, a)
    named = f"about {other.programme or other.subject}" if other.named else "names no programme"
    return f"{said(one)} is about {one.programme or one.subject}, {said(other)} {named}"


SOURCE = Rule(lambda c: (c.source, c.source_id), lambda c: f"of {c.source}", ": two sources count in two ways")
PLACE = Rule(lambda c: c.place, lambda c: f"of {c.place or 'the whole'}")
PART = Rule(lambda c: c.part, lambda c: f"of {c.part or 'the whole'}")
PERIOD = Rule(lambda c: c.years, of_years)
STATUS = Rule(lambda c: "meant" if c.status in MEANT else c.status, lambda c: c.status or "of no stated status")
ABOUT_THE_SAME: dict[str, Callable[[Claim, Claim], str | None]] = {
    **{"source": SOURCE.parts, "programme": by_programme, "place": PLACE.parts},
    **{"part": PART.parts, "period": PERIOD.parts, "status": STATUS.parts},
}


def obstacle(a: Claim, b: Claim, near: str = "text") -> str | None:
    """Why the two may not stand side by side; None if they may.

    `near` is one of NEARNESS. In one clause or sentence a year or programme that only one of the two names holds for
    both; further apart both must name a programme, and the period must be stated.
    """
    shared = SHARES.get(near, {})
    for name, rule in ABOUT_THE_SAME.items():
        if (name in shared and shared[name](a, b)) or (name == "period" and takes_the_years(a, b)):
            continue
        if (found := rule(a, b)) is not None:
            return found
    if shared:
        return None
    if a.named is None:
        return f"no programme is named for {said(a)} and {said(b)}, and they stand in two sentences"
    if a.end_year is None and b.end_year is None:
        return f"the statement does not say of which years {said(a)} and {said(b)} are"
    return weak_evidence(a, b, near)


def takes_the_years(a: Claim, b: Claim) -> bool:
    """Whether one of two plans of a programme that both name leaves its years to the other: a missing year is no other
    year. Of what was done it may be another, or all so far."""
    undated = [claim.end_year is None for claim in (a, b)]
    named = a.subject_from in OWN and b.subject_from in OWN and a.named == b.named is not None
    return undated.count(True) == 1 and named and a.status in MEANT and b.status in MEANT


def weak_evidence(a: Claim, b: Claim, near: str) -> str | None:
    """What was only carried over from another paragraph proves nothing."""
    if near in ("next", "paragraph", "apart"):
        return None
    return carried(a, said(a), "programme", "years") or carried(b, said(b), "programme", "years")


def carried(claim: Claim, name: str, *readings: str) -> str | None:
    """Which of these readings a figure's own clause or sentence does not say; None if all, as the record does."""
    if weak := [reading for reading in readings if getattr(claim, WHENCE[reading]) not in (*OWN, None)]:
        return f"the {' and '.join(weak)} of {name} are not in its own sentence"
    return None


# What one of two figures in one sentence may leave to the other.
SHARED: dict[str, Callable[[Claim, Claim], bool]] = {
    "programme": lambda a, b: not (a.named and b.named),
    "period": lambda a, b: a.end_year is None or b.end_year is None,
    "status": lambda a, b: "default" in (a.status_from, b.status_from),
}
# In one clause one verb governs both, and "of which 930" is of the money beside it.
SHARED_IN_CLAUSE: dict[str, Callable[[Claim, Claim], bool]] = {
    **SHARED,
    "status": lambda a, b: True,
    "part": lambda a, b: all(claim.part is None or is_kind(claim.part, "some") for claim in (a, b)),
    "place": lambda a, b: is_money((a if a.place is None else b).unit) and None in (a.place, b.place),
}


# What was given may be meant for what is to come of it: "With this money 1,250 loans are to be issued".
SHARES = {"clause": SHARED_IN_CLAUSE, "sentence": SHARED, "taken up": {**SHARED, "status": lambda a, b: True}}


def evidence(a: Claim, b: Claim, near: str) -> str:
    """What the pair rests on, in words."""
    if "correction" in (a.subject_from, b.subject_from, a.years_from, b.years_from):
        return "confirmed by hand"
    if near in ("clause", "sentence"):
        return f"one {near}"
    if near == "taken up":
        return "two sentences, the second of which takes up the first"
    if near == "apart":
        return f"one source, {a.source}"
    if takes_the_years(a, b):
        return (
            f"one programme, named with each, and the {years_in_words(b if a.end_year is None else a)}, named with one"
        )
    whence = {claim.years_from for claim in (a, b)} | {claim.subject_from for claim in (a, b)}
    if whence <= {"clause", "correction", None}:
        how = "each named in its own clause"
    elif whence <= {*OWN, None}:
        how = "each named in its own sentence"
    else:
        how = "named once for both in one paragraph"
    return f"one programme and the {years_in_words(a)}, {how}"


# ---- Two claims of one thing --------------------------------------------------------------------------------------


def same_figure(a: Claim, b: Claim, titled: bool = False) -> bool:
    """Whether one repeats the other: the same value, or a lead's rounder figure of it.

    `titled` if one of them stands in a title, that leaves out whether it is done and may say "over 100" of 116.
    """
    if a.unit != b.unit or a.source_id != b.source_id or ((a.part or b.part) and a.part != b.part):
        return False
    repeats = a.value == b.value and a.bound == b.bound and digits(a) > 1
    if not repeats and a.sentence is not None and a.sentence == b.sentence and is_money(a.unit):
        return False  # "£500,000 for the hall and £500,000 for the library"
    readings = (("named", "subject_from"), ("place", "place_from"), ("years", "years_from"))
    for name, whence in readings:
        mine, other = getattr(a, name), getattr(b, name)
        weak = repeats and not (getattr(a, whence) in OWN and getattr(b, whence) in OWN)
        stated = mine not in (None, (None, None)) and other not in (None, (None, None))
        if stated and mine != other and not weak and (name != "years" or a.value == b.value):
            return False
    if a.value == b.value and a.bound == b.bound:
        return True
    dated = a.end_year is not None and b.end_year is not None
    titled = titled and is_counted(a.unit)
    if (a.status != b.status and not titled) or (dated and not overlap(a, b)):
        return False
    rounder, finer = (a, b) if digits(a) < digits(b) else (b, a)
    if titled and digits(rounder) == 1 and rounder.value >= MANY:
        return is_close(a, b, HEADLINE)  # "two million" in a title is "over 2.2 million"
    within = is_close(a, b, HEADLINE if titled else ROUNDER) and meet(admits(a), admits(b))
    return within and rounder.bound != "exact" and finer.bound == "exact"


def is_close(a: Claim, b: Claim, most: float = ROUNDER) -> bool:
    """Whether two values are no further apart than a rounder figure may be, as a share of the larger."""
    return abs(a.value - b.value) <= most * max(abs(a.value), abs(b.value))


def digits(claim: Claim) -> int:
    """How many digits the figure was printed with, as far as its value shows."""
    return len(f"{claim.value:.12g}".replace(".", "").replace("-", "").split("e")[0].strip("0"))


def admits(claim: Claim) -> tuple[float, float]:
    """The values a claim's words allow, with the rounding of its last digit; "about" by the stated share."""
    value = claim.value
    if claim.bound == "about":
        reach = abs(value) * ABOUT
        return value - reach, value + reach
    if claim.bound == "exact":
        return (value if claim.low is None else claim.low), (value if claim.high is None else claim.high)
    low = float("-inf") if claim.low is None else claim.low
    return low, (float("inf") if claim.high is None else claim.high)


def meet(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Whether two spans of values overlap: only then do they make an interval."""
    return max(a[0], b[0]) <= min(a[1], b[1])


def overlap(a: Claim, b: Claim) -> bool:
    """Whether two claims share a year; one of no stated years shares any."""
    if a.end_year is None or b.end_year is None:
        return True
    first, second = a.start_year or a.end_year, b.start_year or b.end_year
    return max(first, second) <= min(a.end_year, b.end_year)
