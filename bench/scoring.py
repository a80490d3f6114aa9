"""Figures read against figures worked out by hand: how many were found, and how many of those were read right.

A figure is found when what was read overlaps its words and gives its value (of a range: both ends). Nothing counts
twice: figures and readings are paired one to one, as many pairs as there can be. A unit or a bound asked for beside the
value is part of the pairing.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Figure = dict[str, Any]
MEASURES = ("value", "value+unit", "value+bound")
READINGS = ("status", "years", "subject", "indicator")

# Nouns that texts use for one another; which of them a table prints is a matter of taste.
SAME_UNIT = {
    "people": "person",
    "resident": "person",
    "inhabitant": "person",
    "villager": "person",
    "settlement": "village",
    "fold": "times",
}


def read_cases(path: Path) -> list[dict[str, Any]]:
    """The statements of a .jsonl file: id, lang, date, text and the figures worked out by hand."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def same_number(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return False
    return abs(one - other) <= 1e-6 * max(1.0, abs(one), abs(other))


def same_value(figure: Figure, read: Figure) -> bool:
    if figure["bound"] == "range" and figure["low"] is not None:
        return same_number(figure["low"], read.get("low")) and same_number(figure["high"], read.get("high"))
    return same_number(figure["value"], read.get("value"))


def unit(figure: Figure) -> str | None:
    return SAME_UNIT.get(figure.get("unit"), figure.get("unit"))


AGREE: dict[str, Callable[[Figure, Figure], bool]] = {
    "value": same_value,
    "value+unit": lambda figure, read: same_value(figure, read) and unit(figure) == unit(read),
    "value+bound": lambda figure, read: same_value(figure, read) and figure["bound"] == read.get("bound"),
}


def pair(figures: list[Figure], reads: list[Figure], agree: Callable[[Figure, Figure], bool]) -> list[tuple[int, int]]:
    """The most pairs of a figure and a reading that overlap and agree, each in one pair at most.

    Every figure in turn takes a reading that fits; where that one is taken, its holder looks for another.
    """
    fitting = [
        [j for j, r in enumerate(reads) if f["start"] < r["end"] and r["start"] < f["end"] and agree(f, r)]
        for f in figures
    ]
    holder: dict[int, int] = {}

    def settle(figure: int, asked: set[int]) -> bool:
        for read in fitting[figure]:
            if read not in asked:
                asked.add(read)
                if read not in holder or settle(holder[read], asked):
                    holder[read] = figure
                    return True
        return False

    for figure in range(len(figures)):
        settle(figure, set())
    return sorted((figure, read) for read, figure in holder.items())


def reading(figure: Figure, name: str) -> Any:
    return (figure["start_year"], figure["end_year"]) if name == "years" else figure[name]


def score(cases: Iterable[tuple[list[Figure], list[Figure]]]) -> dict[str, float]:
    """Scores of statements, each as the figures worked out by hand and those read, in per cent.

    `value`, `value+unit`, `value+bound` are F1; with ` precision` and ` recall` behind them, those. `status`, `years`,
    `subject`, `indicator` are the shares read right of the figures found; the subject is asked for only where the
    figure has an indicator, since otherwise it is a matter of taste. `figures` is their number.
    """
    count: Counter[str] = Counter()
    for figures, reads in cases:
        count["figures"] += len(figures)
        count["reads"] += len(reads)
        for measure, agree in AGREE.items():
            count[measure] += len(pair(figures, reads, agree))
        for i, j in pair(figures, reads, same_value):
            for name in READINGS:
                if (name in reads[j] or (name == "years" and "start_year" in reads[j])) and (
                    name != "subject" or figures[i]["indicator"] is not None
                ):
                    count["asked " + name] += 1
                    count[name] += reading(figures[i], name) == reading(reads[j], name)
    scores: dict[str, float] = {"figures": count["figures"]}
    for measure in MEASURES:
        scores[f"{measure} precision"] = share(count[measure], count["reads"])
        scores[f"{measure} recall"] = share(count[measure], count["figures"])
        scores[measure] = share(2 * count[measure], count["figures"] + count["reads"])
    return scores | {name: share(count[name], count["asked " + name]) for name in READINGS}


def share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else float("nan")
