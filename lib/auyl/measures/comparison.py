"""Two figures of the same thing held against each other: what each admits, and the verdict in a sentence."""

import re

import pandas as pd

from auyl import bounds
from auyl.bounds import Bounded
from auyl.measures.funding import in_years
from auyl.measures.pairing import CURRENCY_CODE

ABOUT = 0.10  # how far "about 600" is taken to reach either way, as a share, when two sources are compared
PLANS = ("planned", "target", "projected")

MEASURED = CURRENCY_CODE + "|MCI|km2?|ha|percent|percentage_point|times|year"  # units that do not count things

_MAGNITUDES = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))


def compare(a: dict, b: dict, breaks: list[dict]) -> tuple[str, str]:
    """The verdict on two figures of one subject and indicator, and the reason in a sentence.

    `a` and `b` have `value`, `low`, `high`, `bound`, `unit`, `status`, `start_year` and `end_year`; `b` may have
    `scope`, `suspect` and `why_suspect`. `breaks` are the published rows of countries with which a series begins anew.
    """
    obstacle = _obstacle(a, b, breaks)
    if obstacle:
        return "not comparable", obstacle
    said = f"{in_short(a)} and {in_short(b)}"
    if _meet(_admits(a), _admits(b)):
        same = (a["value"], a["bound"]) == (b["value"], b["bound"])
        if same or a["bound"] == b["bound"] == "exact":
            return "agrees", f"{said} are the same" if same else f"{said} are the same but for rounding"
        return "within bounds", f"{said} leave room for each other"
    reason = f"no value is both {in_short(a)} and {in_short(b)}"
    if a["status"] in PLANS and b["status"] in PLANS:
        reason += "; one plan may have replaced the other"
    for side in (a, b):
        if text(side.get("why_suspect")):
            reason += f"; {in_short(side)} is doubtful: {side['why_suspect'].rstrip('.')}"
    return "contradicts", reason


def in_short(figure: dict) -> str:
    """ "at most 6,000", "701 billion KZT", "69.2%": a figure in the fewest words, with its bound."""
    unit, value = text(figure["unit"]), abs(float(figure["value"]))
    scale, name = next(((s, n) for s, n in _MAGNITUDES if value >= s), (1, ""))
    if not is_currency(unit):
        scale, name = 1, ""
    quantity = bounds.from_row(figure)
    scaled = bounds.Bounded(*(None if x is None else x / scale for x in _ends(quantity)), quantity.bound)
    decimals = next(d for d in range(4) if d == 3 or round(scaled.value, d) == scaled.value)
    suffix = "" if unit is None or is_counted(unit) or unit == "year" else f" {unit}"
    suffix = {"percent": "%", "percentage_point": " points", "times": " times"}.get(unit, suffix)
    return bounds.in_words(scaled, decimals) + (f"{name} {unit}" if is_currency(unit) else suffix)


def is_currency(unit: str | None) -> bool:
    return unit is not None and re.fullmatch(CURRENCY_CODE, unit) is not None


def is_counted(unit: object) -> bool:
    """Whether the unit is a thing that is counted, and no measure or money."""
    return text(unit) is not None and re.fullmatch(MEASURED, text(unit)) is None


def units_differ(a: object, b: object) -> bool:
    """Whether two figures are of different measures; counted things go by many names and may be the same."""
    measured = any(text(unit) is not None and not is_counted(unit) for unit in (a, b))
    return measured and text(a) != text(b)


def _obstacle(a: dict, b: dict, breaks: list[dict]) -> str | None:
    """Why the two cannot be held against each other; None if they can."""
    if units_differ(a["unit"], b["unit"]):
        return f"one is in {text(a['unit'])}, the other in {text(b['unit'])}"
    if text(b.get("scope")) != text(a.get("scope")):
        return f"only one of the two is about a part of it: {text(b.get('scope')) or text(a.get('scope'))}"
    if not _same_years(a, b):
        return f"{in_short(a)} is {_of_years(a)}, {in_short(b)} {_of_years(b)}{_broken(a, b, breaks)}"
    days = text(a.get("as_of")), text(b.get("as_of"))
    if None not in days and days[0] != days[1]:
        return f"{in_short(a)} was counted on {days[0]}, {in_short(b)} on {days[1]}"
    if (a["status"] in PLANS) != (b["status"] in PLANS) and not _meet(_admits(a), _admits(b)):
        return f"{in_short(a)} is {a['status']}, {in_short(b)} {b['status']}: a plan is not an outcome"
    return None


def _broken(a: dict, b: dict, breaks: list[dict]) -> str:
    if pd.isna(a["end_year"]) or pd.isna(b["end_year"]):
        return ""
    first, last = sorted((a["end_year"], b["end_year"]))
    years = {
        row["end_year"]
        for row in breaks
        if (row["subject"], row["indicator"], text(row["scope"])) == (b["subject"], b["indicator"], text(b["scope"]))
        and first < row["end_year"] <= last
    }
    if not years:
        return ""
    return f"; the series breaks in {' and '.join(str(year) for year in sorted(years))}: what is counted changed"


def _admits(figure: dict) -> tuple[float, float]:
    """The values a figure's words allow, with the rounding of its last digit; "about" by the stated share."""
    value, low, high = float(figure["value"]), _number(figure["low"]), _number(figure["high"])
    if figure["bound"] == "about":
        reach = abs(value) * ABOUT
        return value - reach, value + reach
    if figure["bound"] == "exact":
        return (value if low is None else low), (value if high is None else high)
    return (float("-inf") if low is None else low), (float("inf") if high is None else high)


def _meet(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return max(a[0], b[0]) <= min(a[1], b[1])


def _same_years(a: dict, b: dict) -> bool:
    """The same first and last year; a first year that one of them does not state is no difference."""
    ends = (a["end_year"], b["end_year"])
    if any(pd.isna(end) for end in ends):
        return all(pd.isna(end) for end in ends)
    starts = (a["start_year"], b["start_year"])
    return ends[0] == ends[1] and (any(pd.isna(start) for start in starts) or starts[0] == starts[1])


def overlap(a: dict, b: dict) -> bool:
    if _same_years(a, b):
        return True
    if pd.isna(a["end_year"]) or pd.isna(b["end_year"]):
        return True  # compared, and found not comparable: the reader should know why
    starts = [row["end_year"] if pd.isna(row["start_year"]) else row["start_year"] for row in (a, b)]
    return max(starts) <= min(a["end_year"], b["end_year"])


def same_kind(a: dict, b: dict) -> bool:
    """Whether both are levels reached, or both levels aimed at."""
    return (a["status"] in PLANS) == (b["status"] in PLANS)


def is_national(published: pd.DataFrame) -> pd.Series:
    return published["ref_area"] == published["ref_area"].str[:2]


def _of_years(figure: dict) -> str:
    if pd.isna(figure["end_year"]):
        return "of years not stated"
    start = figure["end_year"] if pd.isna(figure["start_year"]) else figure["start_year"]
    return f"of {in_years(int(start), int(figure['end_year']))}"


def _ends(quantity: Bounded) -> tuple[float | None, ...]:
    return quantity.value, quantity.low, quantity.high


def _number(entry: object) -> float | None:
    return None if pd.isna(entry) else float(entry)


def text(entry: object) -> str | None:
    return None if entry is None or pd.isna(entry) else str(entry)
