"""What a correction may put into each column of a figure, and what else of the figure follows from it.

A function of `VALUES` takes the figure as it is and the value as it is written; it gives the columns that change, or
raises ValueError with what should have been written.
"""

import re
from collections.abc import Callable
from typing import Any

from auyl.reading.document import Figure
from auyl.reading.subjects import catalogue, subject_name

BOUNDS = ("exact", "about", "at_least", "at_most", "range")
STATUSES = ("actual", "planned", "target", "projected")
NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?(?:e\d{1,3})?")
YEARS = re.compile(r"((?:19|20)\d\d)(?:\s*[-–—]\s*((?:19|20)\d\d))?")
UNIT = re.compile(r"[A-Za-z][\w/·² ]*")
EVIDENCE = {  # which column says where a reading comes from
    "unit": "unit_from",
    "subject": "subject_from",
    "programme": "subject_from",
    "indicator": "subject_from",
    "place": "place_from",
    "part": "place_from",
    "start_year": "years_from",
    "end_year": "years_from",
    "status": "status_from",
}

Changes = dict[str, Any]


def _amount(figure: Figure, value: str) -> Changes:
    """Another value keeps its bound: the ends move in proportion, as those of a misread magnitude do."""
    new = _number(value)
    ends = {name: getattr(figure, name) for name in ("low", "high") if getattr(figure, name) is not None}
    if figure.value <= 0 or new <= 0:
        return {"value": new} | dict.fromkeys(ends, new)
    return {"value": new} | {name: new * (end / figure.value) for name, end in ends.items()}


def _bound(figure: Figure, value: str) -> Changes:
    """Another bound opens or closes the ends; a range needs lines for low and high too."""
    bound = _one_of(*BOUNDS)(figure, value)
    ends: dict[str, Changes] = {
        "exact": {"low": figure.value, "high": figure.value},
        "about": {"low": None, "high": None},
        "at_least": {"low": figure.value, "high": None},
        "at_most": {"low": None, "high": figure.value},
        "range": {},
    }
    return {"bound": bound} | ends[bound]


def _number(value: str) -> float:
    if not NUMBER.fullmatch(value):
        raise ValueError("is no number: write it as 701e9 or 64.5")
    return float(value.replace("−", "-"))


def _end(name: str) -> Callable[[Figure, str], Changes]:
    return lambda figure, value: {name: _number(value) if value else None}


def _one_of(*allowed: str) -> Callable[[Figure, str], str]:
    def known(figure: Figure, value: str) -> str:
        if value not in allowed:
            raise ValueError(f"is none of {', '.join(allowed)}")
        return value

    return known


def _words(name: str) -> Callable[[Figure, str], Changes]:
    return lambda figure, value: {name: value or None}


def _unit(figure: Figure, value: str) -> Changes:
    if value and not UNIT.fullmatch(value):
        raise ValueError("is no unit: write an ISO 4217 code (KZT), percent, km, or the counted thing (project)")
    return {"unit": value or None}


def _subject(figure: Figure, value: str) -> Changes:
    """Another subject has other indicators: one that it lacks goes."""
    subjects = catalogue().subjects
    if value and value not in subjects:
        raise ValueError(f"is none of the catalogue: {', '.join(subjects)}")
    names = [indicator.name for indicator in subjects[value].indicators] if value else []
    indicator = figure.indicator if figure.indicator in names else None
    return {"subject": value or None, "programme": subject_name(value) if value else None, "indicator": indicator}


def _status(figure: Figure, value: str) -> Changes:
    return {"status": _one_of(*STATUSES)(figure, value)}


def _years(figure: Figure, value: str) -> Changes:
    match = YEARS.fullmatch(value)
    if value and not match:
        raise ValueError("is no period: write 2025 or 2019-2024")
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (None, None)
    return {"start_year": first, "end_year": last}


def _year(name: str) -> Callable[[Figure, str], Changes]:
    return lambda figure, value: {name: _years(figure, value)["start_year"]}


VALUES: dict[str, Callable[[Figure, str], Changes]] = {
    "value": _amount,
    "low": _end("low"),
    "high": _end("high"),
    "hedge": _words("hedge"),
    "bound": _bound,
    "unit": _unit,
    "subject": _subject,
    "programme": _words("programme"),
    "indicator": _words("indicator"),
    "status": _status,
    "years": _years,
    "start_year": _year("start_year"),
    "end_year": _year("end_year"),
    "place": _words("place"),
    "part": _words("part"),
}


def evidence(figure: Figure, column: str) -> str | None:
    """A person's word for the readings that this column's evidence speaks of; none where nothing is stated of them."""
    together = [name for name, source in EVIDENCE.items() if source == EVIDENCE[column]]
    return "correction" if any(getattr(figure, name) is not None for name in together) else None


def disorder(figure: Figure) -> str | None:
    """Which rule between columns the figure breaks, in words; None where it breaks none."""
    low, value, high = figure.low, figure.value, figure.high
    first, last = figure.start_year, figure.end_year
    if (low is not None and low > value) or (high is not None and value > high):
        return f"low {low}, value {value}, high {high} are out of order"
    if (first is None) != (last is None):
        return "a period has both start_year and end_year: the column years gives both"
    if first is not None and last is not None and first > last:
        return f"the period {first}–{last} ends before it begins"
    subject = catalogue().subjects.get(figure.subject or "")
    known = [indicator.name for indicator in subject.indicators] if subject else []
    if figure.indicator is not None and figure.indicator not in known:
        return f"indicator {figure.indicator!r} is none of the subject {figure.subject!r}: {', '.join(known) or 'none'}"
    return None
