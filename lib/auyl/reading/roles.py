"""What keeps a figure from being a total by the words around it: asked for, some of others, or what it was before."""

from collections.abc import Sequence

from auyl.reading.surroundings import Figure, Spot, Spots, Surroundings, changed
from auyl.reading.wholes import Whole

ASKED_FOR = frozenset({"application", "bid", "request", "proposal", "claim", "submission", "expression"})


def read_roles(
    around: Surroundings, figures: Sequence[Figure], wholes: Sequence[Whole], money: Sequence[bool]
) -> list[str | None]:
    """The role of each figure: "asked", "before" or "part"; None for one that may be a total. `money` marks sums."""
    spots = around.spots(figures)
    parts = {part for whole in wholes for part in whole.parts}
    before = {
        first
        for first, last in changed(around, figures).items()
        if years(figures[first]) in (years(figures[last]), (None, None))
    }
    found: list[str | None] = []
    for n, spot in enumerate(spots):
        if figures[n].unit in ASKED_FOR or (money[n] and asked_for(around, spots, n, figures)):
            found.append("asked")
        elif n in before:
            found.append("before")
        else:
            found.append("part" if n in parts or some_of(around, spot) else None)
    return found


def years(figure: Figure) -> tuple[int | None, int | None]:
    return figure.start_year, figure.end_year


def some_of(around: Surroundings, spot: Spot) -> bool:
    """Whether the figure is some of others: "140 of the projects", "61 of the 96"."""
    mark = around.reading.at(spot.stop, "part_of")
    if mark is not None:
        return around.reading.sign(spot.stop).lower() != "of" or mark.end - mark.start > 1
    inside = next((m for i in range(spot.token, spot.stop) if (m := around.reading.at(i, "part_of"))), None)
    return inside is not None and inside.end - inside.start > 1 and inside.start > spot.token


def asked_for(around: Surroundings, spots: Spots, n: int, figures: Sequence[Figure]) -> bool:
    """Whether money is what somebody asks for, or the only counts of its sentence are applications."""
    if around.has("asking", around.clause(spots[n].clause)):
        return True
    own = [i for i in spots.inside(spots[n].sentence) if i != n]
    counts = [i for i in own if figures[i].unit in ASKED_FOR]
    near = [i for i in own if i not in counts and spots[i].clause == spots[n].clause]
    return bool(counts) and not near
