"""A table at the chart's edge: its rows with their words, the lines under a chart, and its alternative text."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Required, TypedDict

import pandas as pd
from matplotlib.axes import Axes

from auyl.bounded import Bounded, as_bounded, in_words
from auyl.display.canvas import ACCENT, LABEL, MUTED, SECOND, Picture, frame, line_height
from auyl.display.sentences import say

if TYPE_CHECKING:
    from auyl.statement import Statement

OUTCOMES = {"actual", "reported", "outcome", "level"}


class Row(NamedTuple):
    """What is drawn of one row: its name, how much it is, how that is printed, whether it is a plan, its colour."""

    label: str
    quantity: Bounded
    words: str
    plan: bool = False
    colour: str = ACCENT

    @property
    def end(self) -> float:
        """How far it reaches: a range to its upper end, all others to their value."""
        high = self.quantity.high
        return high if self.quantity.bound == "range" and high is not None else self.quantity.value

    @property
    def quantity_ends(self) -> list[float]:
        """Its value and the ends that are known."""
        return [part for part in (self.quantity.value, self.quantity.low, self.quantity.high) if part is not None]

    @property
    def told(self) -> str:
        """For the alternative text; a plan says so, unless its label does."""
        plan = ", planned" if self.plan and "plan" not in self.label.lower() else ""
        return f"{self.label}{plan}: {self.words}"


class Words(NamedTuple):
    """What is written around a chart: the finding above, the measure under it, the source and notes at the foot."""

    headline: str
    subtitle: str
    source: "str | Statement"
    note: str = ""

    def foot(self, drawn: Iterable[Row] = (), missing: Sequence[str] = (), breaks: bool = False) -> str:
        """Source, note, what the signs that occur mean, and what was left out; bounds are told in words beside them."""
        rows = list(drawn)
        told = [say("chart.source", source=cited(self.source)), self.note and _sentence(self.note)]
        told += [say("chart.hollow")] if any(row.plan for row in rows) else []
        told += [say("chart.broken")] if breaks else []
        told += [say("chart.whose")] if {row.colour for row in rows} >= {ACCENT, SECOND} else []
        told += [say("chart.not_drawn", names=", ".join(missing))] if missing else []
        return " ".join(filter(None, told))

    def alt(self, kind: str, told: Iterable[str], missing: Sequence[str] = ()) -> str:
        """Every number of the chart in words, the headline last."""
        left_out = f" {say('chart.not_stated', names=', '.join(missing))}" if missing else ""
        subtitle = self.subtitle[:1].upper() + self.subtitle[1:]
        return f"{kind}. {_sentence(subtitle)} {'; '.join(told)}.{left_out} {_sentence(self.headline)}"


class Read(NamedTuple):
    """A table as a form draws it: its rows with a value, in their order, the labels of the others, the words around."""

    rows: list[Row]
    missing: list[str]
    words: Words


class Look(TypedDict, total=False):
    """What all forms take.

    headline, subtitle, source
        The finding, or the measure's name; measure, unit, period, place; a statement, or words. These three are needed.
    note
        What is derived or assumed.
    unit, decimals
        What stands behind each number, and how many digits it has; by default as many as the number shows of itself.
    plan
        The column that tells plans from outcomes: true or false, or a status ("actual" is an outcome, all else a plan).
    own
        A column of true or false: what is true, the statement's, has the accent colour, the rest the second one.
    """

    headline: Required[str]
    subtitle: Required[str]
    source: "Required[str | Statement]"
    note: str
    unit: str
    decimals: int | None
    plan: str | None
    own: str | None


def read(table: pd.DataFrame, value: str, label: str, look: Look) -> Read:
    """The table's rows with their words.

    Raises
    ------
    KeyError
        The table lacks a column; the message lists those it has.
    TypeError
        A word of `Look` is missing, or there is one that it does not have.
    """
    said: dict[str, Any] = dict(look)
    unit, decimals, plan, own = (said.pop(name, None) for name in ("unit", "decimals", "plan", "own"))
    needed = [name for name in (value, label, plan, own) if name is not None]
    if lacking := [name for name in needed if name not in table]:
        raise KeyError(f"no column {', '.join(map(repr, lacking))} in this table: it has {', '.join(map(str, table))}")
    found, missing = [], []
    plans = [False] * len(table) if plan is None else map(_is_plan, table[plan])
    owns = [True] * len(table) if own is None else table[own].fillna(False)
    quantities = table[value] if str(table[value].dtype) == "bounded" else as_bounded(table[value])
    for name, quantity, planned, is_own in zip(table[label], quantities, plans, owns, strict=True):
        name = say("words.not_stated") if pd.isna(name) else str(name)
        if pd.isna(quantity):
            missing.append(name)
        else:
            words, colour = number(quantity, unit or "", decimals), ACCENT if is_own else SECOND
            found.append(Row(name, quantity, words, planned, colour))
    return Read(found, missing, Words(**said))


def _is_plan(entry: Any) -> bool:
    """Whether a status, or true, is that of a plan, an aim or a projection."""
    if pd.isna(entry):
        return False
    return entry not in OUTCOMES if isinstance(entry, str) else bool(entry)


def number(quantity: Bounded, unit: str = "", decimals: int | None = None) -> str:
    """A quantity with its unit: "at least 116.8 million tenge", "64%"."""
    words = str(quantity) if decimals is None else in_words(quantity, decimals)
    return f"{words}{'' if unit[:1] in ('', '%') else ' '}{unit}"


def printed(level: float) -> str:
    """A level of a scale."""
    return f"{level:,.10g}".replace("-", "−")


def cited(source: "str | Statement") -> str:
    """Who says so: words as they are; of a statement its publisher and date, "The Europe Today, 28 August 2025"."""
    if isinstance(source, str):
        return source.rstrip(".").removeprefix("Source: ")
    date = f"{source.date.day} {source.date:%B %Y}"
    return f"{source.publisher}, {date}" if source.publisher else f"statement of {date}"


def csv(drawn: Iterable[Row], **more: Iterable[object]) -> str:
    """What a chart draws, to take away: label, value with its ends and bound, plan; `more` columns stand first."""
    rows = list(drawn)
    columns = {name: list(entries) for name, entries in more.items()}
    table = pd.DataFrame({"label": [row.label for row in rows], **columns}, dtype="object")
    for name in ("value", "low", "high"):
        ends = [getattr(row.quantity, name) for row in rows]
        table[name] = ["" if end is None else f"{end:.12g}" for end in ends]
    table = table.assign(bound=[row.quantity.bound for row in rows], plan=[row.plan for row in rows])
    return table[[*more, *(name for name in table if name not in more)]].to_csv(index=False, lineterminator="\n")


def nothing(words: Words, missing: Sequence[str] = ()) -> Picture:
    """What stands where a chart would, if no row has a value."""
    left_out = f" {say('chart.not_stated', names=', '.join(missing))}" if missing else ""
    alt = f"No chart: no value is stated.{left_out} {_sentence(words.headline)}"
    axes = frame(line_height(), words.headline, words.subtitle, words.foot(missing=missing), alt)[1]
    axes.text(0, 0, say("chart.nothing"), va="top", color=MUTED, size=LABEL)
    return Picture(axes)


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def label_lines(axes: Axes, x: float, middle: float, lines: Sequence[str], size: float, colour: str) -> None:
    """Lines of words under each other, with their middle at `middle`."""
    for n, line in enumerate(lines):
        y = middle + (n - (len(lines) - 1) / 2) * line_height(size)
        axes.text(x, y, line, va="center", color=colour, size=size)
