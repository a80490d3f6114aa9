"""What keeps a figure from being a total: an average, a ceiling for each, a sum asked for, a share of a total told.

The reason is a phrase that completes "“£150,000” is …".
"""

from collections.abc import Sequence

from auyl.reading.surroundings import Spot, Surroundings, changed
from auyl.reading.wholes import Figure, Whole

BESIDE = 4  # tokens between a figure and a word that makes it an average
REASONS = {
    "each": "an average, or the most or least that one may get",
    "asked": "what was asked for, not what was given",
    "approved": "what was approved, not what was given",
    "overall": "the money of several programmes",
    "country": "all there are in the country",
    "part": "a part of another figure",
    "before": "what it was before it changed",
}
ASKED_FOR = frozenset({"application", "bid", "request", "proposal", "claim", "submission", "expression"})


def read_roles(
    around: Surroundings, figures: Sequence[Figure], wholes: Sequence[Whole], money: Sequence[bool]
) -> list[str | None]:
    """The role of each figure, one of REASONS; None for a figure that may be a total. `money` marks sums of money."""
    spots = [around.spot(figure) for figure in figures]
    parts = {part for whole in wholes for part in whole.parts}
    before = {
        first
        for first, last in changed(around, figures).items()
        if years(figures[first]) in (years(figures[last]), (None, None))
    }
    found = []
    for n, spot in enumerate(spots):
        kind = role(around, spots, n, figures, money[n])
        if kind is None and n in before:
            kind = "before"
        if kind is None and (n in parts or taken_from(around, spot)):
            kind = "part"
        found.append(kind)
    return found


def years(figure: Figure) -> tuple[int | None, int | None]:
    return figure.start_year, figure.end_year


def role(around: Surroundings, spots: list[Spot], n: int, figures: Sequence[Figure], money: bool) -> str | None:
    spot = spots[n]
    if is_each(around, spot, figures[n].unit):
        return "each"
    clause = around.clause(spot.clause)
    values = {mark.value for mark in around.marks("role", clause)}
    if "overall" in values and money:
        return "overall"
    if "country" in values and not money:
        return "country"
    if figures[n].unit in ASKED_FOR:
        return "asked"
    if money and (around.has("asking", clause) or asked_with(around, spots, n, figures)):
        return "asked"
    return None


def is_each(around: Surroundings, spot: Spot, unit: str | None) -> bool:
    """Whether a word beside the figure makes it an average or a ceiling: "an average of £150,000", "5 million each"."""
    if unit in ("percent", "percentage_point"):
        return False
    for mark in around.marks("role", around.clause(spot.clause)):
        if mark.value != "each":
            continue
        gap = mark.start - spot.stop if mark.start >= spot.stop else spot.token - mark.end
        after = mark.start >= spot.stop
        inside = spot.token <= mark.start < spot.stop
        short = mark.end - mark.start == 1 and len(around.reading.sign(mark.start)) <= 3  # «по», «әр»: right before
        if inside or (0 <= gap <= (0 if short else BESIDE) and not parted(around, spot, mark, after)):
            return True
    return False


def parted(around: Surroundings, spot: Spot, mark, after: bool) -> bool:
    """Whether another number stands between the figure and the word."""
    between = range(spot.stop, mark.start) if after else range(mark.end, spot.token)
    return any(around.reading.tokens[i].kind == "number" for i in between)


def taken_from(around: Surroundings, spot: Spot) -> bool:
    """Whether the figure is some of others: "140 of the projects", "61 of the 96"."""
    mark = around.reading.at(spot.stop, "part_of")
    if mark is not None:
        return around.reading.sign(spot.stop).lower() != "of" or mark.end - mark.start > 1
    inside = next((m for i in range(spot.token, spot.stop) if (m := around.reading.at(i, "part_of"))), None)
    return inside is not None and inside.end - inside.start > 1 and inside.start > spot.token


def asked_with(around: Surroundings, spots: list[Spot], n: int, figures: Sequence[Figure]) -> bool:
    """Whether money is what applications ask for: the only counts of its sentence are such."""
    own = [i for i, s in enumerate(spots) if s.sentence == spots[n].sentence and i != n]
    counts = [i for i in own if figures[i].unit in ASKED_FOR]
    near = [i for i in own if i not in counts and spots[i].clause == spots[n].clause]
    return bool(counts) and not near
