"""How likely an aim is, and how sure a trend: only from four levels or more that were counted in one way.

Two questions that the OECD asks of each target in "The Short and Winding Road to 2030: Measuring Distance to the SDG
Targets" (2022, annex A): is there a trend at all, and how likely is the target if things go on as they did? The trend
is asked here by Spearman's rank correlation. For the likelihood the OECD simulates; here it is the random walk with
drift, which needs no simulation (Hyndman and Athanasopoulos, "Forecasting: Principles and Practice", 5.2 and 5.5): with
levels y of the years t, first to last,

    drift    = (y_last - y_first) / (t_last - t_first)
    variance = sum((change - drift x years)^2 / years) / (changes - 1), over the changes from level to level
    expected = y_last + drift x h                      h years after the last level
    spread^2 = variance x h x (1 + h / (t_last - t_first))

and the chance is the share of Student's distribution, of `changes - 1` degrees, at or beyond the aim. It is the chance
of a model that knows nothing but these levels: no plan, no crisis, no limit at 100 percent.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import permutations, product
from math import atan, prod, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from auyl.bounded import Bounded, between, exact
from auyl.measures.columns import columns, nullable, quantity
from auyl.measures.comparable import Claim, as_claims
from auyl.reading.levels import AIMS

FEWEST = 4  # levels, below which nothing is said
SURE = 0.05  # a trend is told that chance alone would show in fewer of a hundred orders than this
MOST = 200  # series that values which contradict each other make; of more nothing is told
TINY = 1e-9
EXACTLY = 8  # of so few levels every order is tried; of more, Student's distribution is near enough


FOUND = {
    **dict.fromkeys(["years", "first_year", "last_year"], "Int64"),
    **{"rho": "bounded", "trend": "string", "chance": "bounded"},
}


def target_chances(claims: pd.DataFrame) -> pd.DataFrame:
    """The trend of a share towards each of its aims, and the chance that it reaches it if it goes on as it did.

    Parameters
    ----------
    claims
        As `auyl.claims` returns them.

    Returns
    -------
    One row per aim in percent, the statement's first, that has levels of four years or more of one thing, place, part
    and way of counting (`basis`), all since the last break of the series, and lies no further ahead than they reach
    back: `subject`, `programme`, `indicator`, `place`, `part`, `source` (string), `aim` (bounded, percent), `aim_year`,
    `years` (Int64: how many years have a level), `first_year`, `last_year` (Int64), `rho` (bounded: Spearman's rank
    correlation of level and year, −1 to 1), `trend` (string: "rising", "falling" or "not sure"), `chance` (bounded,
    percent) and `aim_id`. Where several values were published of one year, `rho` and `chance` span all of them. Floors,
    ceilings, doubtful levels, revised aims and aims that the last level has reached are left out.
    """
    told = [c for c in as_claims(claims) if c.unit == "percent" and c.subject and c.indicator and not c.suspect]
    aims = sorted((c for c in told if c.status in AIMS and c.revised_by is None), key=lambda c: c.source != "statement")
    once: dict[object, Claim] = {}
    for aim in aims:
        once.setdefault((aim.thing, aim.value, aim.end_year), aim)
    found = [(aim, what_follows(aim, levels)) for aim in once.values() if (levels := levels_before(aim, told))]
    aims = [aim for aim, _ in found]
    return pd.DataFrame(
        {
            **columns(aims, "subject", "programme", "indicator", "place", "part", "source"),
            "aim": quantity(aims),
            **columns(aims, aim_year="end_year"),
            **{name: nullable((row[name] for _, row in found), dtype) for name, dtype in FOUND.items()},
            **columns(aims, aim_id="figure_id"),
        }
    )


def levels_before(aim: Claim, told: Sequence[Claim]) -> dict[int, list[float]]:
    """The levels by year that say something of an aim; none where they are too few, or the aim is too far ahead."""
    same = [c for c in told if c.status == "actual" and c.thing == aim.thing and c.end_year]
    begun = max((c.end_year or 0 for c in same if c.series_break), default=0)
    usable = [
        c
        for c in same
        if begun <= (c.end_year or 0) < (aim.end_year or 0) and c.bound in ("exact", "about") and c.revised_by is None
    ]
    latest = max(usable, key=lambda c: c.end_year or 0, default=aim)
    levels: dict[int, list[float]] = {}
    for claim in sorted(usable, key=lambda c: c.end_year or 0):
        if claim.basis == latest.basis and latest.basis in (None, aim.basis or latest.basis):
            known = levels.setdefault(claim.end_year or 0, [])
            known += [claim.value] if claim.value not in known else []
    if len(levels) < FEWEST or prod(map(len, levels.values())) > MOST or is_reached(aim.value, levels):
        return {}
    return levels if (aim.end_year or 0) - max(levels) <= max(levels) - min(levels) else {}


def is_reached(aim: float, levels: Mapping[int, Sequence[float]]) -> bool:
    """Whether every value of the last year is at the aim or beyond it, as seen from the first year's."""
    first, last = levels[min(levels)], levels[max(levels)]
    return min(last) >= aim > min(first) or max(last) <= aim < max(first)


def what_follows(aim: Claim, levels: Mapping[int, Sequence[float]]) -> dict[str, Any]:
    """The columns FOUND of an aim: over every series that takes one of the published values of each year."""
    every = list(product(*levels.values()))
    trends, year = {trend(values) for values in every}, aim.end_year or 0
    chances = [100 * likelihood(dict(zip(levels, values, strict=True)), aim.value, year) for values in every]
    return {
        **{"years": len(levels), "first_year": min(levels), "last_year": max(levels)},
        **{"rho": span([rank_correlation(values) for values in every]), "chance": span(chances)},
        "trend": trends.pop() if len(trends) == 1 else "not sure",
    }


def trend(values: Sequence[float]) -> str:
    if by_chance(values) >= SURE:
        return "not sure"
    return "rising" if rank_correlation(values) > 0 else "falling"


def likelihood(levels: Mapping[int, float], aim: float, year: int) -> float:
    """The chance that a random walk with drift is at the aim or beyond it in that year, seen from the first level."""
    years, values = np.array(list(levels)), np.array(list(levels.values()))
    steps, changes = np.diff(years), np.diff(values)
    length, ahead = years[-1] - years[0], year - years[-1]
    drift = (values[-1] - values[0]) / length
    variance = float((((changes - drift * steps) ** 2) / steps).sum() / (len(steps) - 1))
    spread = sqrt(variance * ahead * (1 + ahead / length))
    beyond = float(values[-1] + drift * ahead - aim) * (1 if aim >= values[0] else -1)
    if spread == 0:
        return float(beyond >= 0)
    return student(beyond / spread, len(steps) - 1)


def rank_correlation(values: Sequence[float]) -> float:
    """Spearman's rho of the values and their order; 0 where all are one."""
    ranks = pd.Series(values).rank().to_numpy()
    if ranks.std() == 0:
        return 0.0
    return float(np.corrcoef(np.arange(len(ranks)), ranks)[0, 1])


def by_chance(values: Sequence[float]) -> float:
    """How often the same values in any other order would correlate as strongly with it, of all orders."""
    many, ranks = len(values), pd.Series(values).rank().to_numpy(dtype=float)
    if many > EXACTLY:
        rho = rank_correlation(values)
        return 2 * student(-abs(rho) * sqrt((many - 2) / max(1 - rho**2, TINY)), many - 2)
    strength = np.abs(orders(many) @ (ranks - ranks.mean()))
    return float((strength >= strength[0] - TINY).mean())  # the first order is that of the years


@cache
def orders(many: int) -> npt.NDArray[np.int8]:
    return np.array(list(permutations(range(many))), dtype=np.int8)


def student(t: float, degrees: int) -> float:
    """The share of Student's distribution below `t`: with t = √degrees · tan(angle) it is an integral of cosines.

    >>> round(student(2.353, 3), 3), round(student(0, 5), 3)
    (0.95, 0.5)
    """
    angles = np.linspace(-np.pi / 2, np.pi / 2, 20_001)
    density = np.cos(angles) ** (degrees - 1)
    return float(density[angles <= atan(t / sqrt(degrees))].sum() / density.sum())


def span(values: Sequence[float]) -> Bounded:
    return exact(values[0]) if max(values) == min(values) else between(min(values), max(values))
