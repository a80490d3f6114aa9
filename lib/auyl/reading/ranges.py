"""Two numbers that are one figure: "15–20", "between 1.2 and 2 billion", «от 80 до 90», "two or three"."""

from decimal import Decimal
from typing import NamedTuple

from auyl.reading.hedges import follows
from auyl.reading.lexicon import Reading
from auyl.reading.numbers import Numeral, read_numeral
from auyl.reading.units import read_noun

DASHES = frozenset("-‐‑‒–—−")
SCALES = tuple(Decimal(10) ** power for power in (12, 9, 6, 3))


class Range(NamedTuple):
    """`low` to `high`, from token `start`; the unit begins at token `end`; `words` is a printed "between"."""

    low: Numeral
    high: Numeral
    start: int
    end: int
    words: str | None


def read_range(reading: Reading, first: Numeral, end: int, left: int, floor: int) -> Range | None:
    """The range whose lower end is `first`, printed up to token `end` and with its currency from token `left`.

    Two levels of a change, each with its unit, are two figures and no range: "grew from 91% to 93%".
    """
    if first.span or end >= reading.count:
        return None
    opening = reading.before(left, "range")
    if opening and (opening.start < floor or opening.value not in ("between", "from")):
        opening = None
    unit = read_noun(reading, end, first, open_class=False) if opening else None
    joint = joined(reading, unit.end if unit else end, opening.value if opening else None, first.worded)
    joint = joint or closed(reading, end)
    if joint is None:
        return None
    start = past_currency(reading, joint)
    second = read_numeral(reading, start) if start < reading.count else None
    if second is None or second.span or second.worded != first.worded:
        return None
    low = rescaled(first, second)
    if low.value >= second.value or (
        reading.sign(joint - 1) not in DASHES and opening is None and apart(reading, low, second, joint)
    ):
        return None
    if opening is None and reading.sign(joint - 1) not in DASHES and reading.before(left, "gain"):
        return None  # "up by £109 to £2,280"
    if opening and opening.value == "from" and follows(reading, opening.start, "change"):
        return None
    words = reading.quote(opening.start, opening.end) if opening and opening.value == "between" else None
    return Range(low, second, opening.start if opening else left, second.end, words)


def joined(reading: Reading, i: int, opening: str | None, worded: bool) -> int | None:
    """Where the upper end begins, if token i joins two ends: a dash, "to" or "or", the "and" after "between"."""
    sign = reading.sign(i)
    if sign and sign in DASHES:
        return i + 1 if reading.glued(i) or not worded else None
    joint = reading.at(i, "range")
    if joint is None:
        return None
    wanted = {"between": "and", "from": "to"}.get(opening or "")
    return joint.end if joint.value == wanted or (opening is None and joint.value in ("to", "or")) else None


def closed(reading: Reading, i: int) -> int | None:
    """Where the upper end begins, if a word after it closes the range: «80-нен 90-ға дейін», «10 мен 20 аралығында»."""
    mark = reading.at(i, "range")
    between = mark is not None and mark.value == "and"
    ablative = reading.tokens[i - 1].key in reading.lexicon.rows.get("ablative", ())
    start = mark.end if between else i
    second = read_numeral(reading, start) if (between or ablative) and start < reading.count else None
    if second is None:
        return None
    ends = [reading.at(j, "range_end") for j in range(second.end, min(second.end + 5, reading.count))]
    wanted = "and" if between else "to"
    return start if any(end and end.value == wanted for end in ends) else None


def apart(reading: Reading, low: Numeral, high: Numeral, joint: int) -> bool:
    """Whether "or" offers a choice ("5 or 500") or "to" a direction ("raised to 500") rather than a range."""
    mark = reading.before(joint, "range")
    return mark is not None and mark.value == "or" and high.value > low.value * 3


def past_currency(reading: Reading, i: int) -> int:
    """Past a currency printed again before the upper end: "from $5 to $10"."""
    mark = reading.at(i, "currency") or reading.at(i, "code")
    return mark.end if mark and mark.end < reading.count and reading.tokens[mark.end].kind == "number" else i


def rescaled(first: Numeral, second: Numeral) -> Numeral:
    """The lower end under the magnitude printed only once: "24.2 to 33 billion"."""
    if first.worded and first.value < 10 and second.value >= 100 and second.value % 100 == 0 and not second.scaled:
        return first._replace(value=first.value * 100)  # «екі-үш жүз»
    if first.scaled or not second.scaled:
        return first
    scale = next((size for size in SCALES if second.value >= size and first.value * size <= second.value), Decimal(1))
    return first._replace(value=first.value * scale, step=first.step * scale, scaled=scale > 1)
