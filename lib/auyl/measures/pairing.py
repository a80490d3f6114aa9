"""Which figure of a statement goes with which: the step before any two of them are divided."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from auyl import bounds
from auyl.bounds import Bounded
from auyl.reading.subjects import subject_name

NOT_NAMED = "not named"  # the programme of figures whose statement does not say, in words we know, what they belong to
# ISO 4217. The one other unit of three capitals is MCI, the monthly calculation index.
CURRENCY_CODE = r"(?!MCI)[A-Z]{3}"


@dataclass(frozen=True)
class Fact:
    """One quantity of a statement, however often it is repeated there; years and subject None where not stated."""

    quantity: Bounded
    unit: str
    subject: str | None
    status: str | None
    start_year: int | None
    end_year: int | None
    source: str
    ids: tuple[str, ...]
    sentences: frozenset[int]

    @property
    def years(self) -> tuple[int | None, int | None]:
        return self.start_year, self.end_year

    @property
    def figure_ids(self) -> str:
        return ",".join(self.ids)


def is_money(figures: pd.DataFrame) -> pd.Series:
    """Which figures are sums of money, in any currency."""
    return figures["unit"].astype("string").str.fullmatch(CURRENCY_CODE).fillna(False).astype(bool)


def facts(figures: pd.DataFrame) -> list[Fact]:
    """The distinct quantities among these figures.

    The same amount of the same programme, said again for the same years or (as headlines do) for none, is one fact.
    Different amounts stay different facts: which of them is right, or part of the other, the table cannot tell.
    """
    found: list[Fact] = []
    dated_first = figures.sort_values("start_year", kind="stable", na_position="last")
    for row in dated_first.to_dict("records"):
        new = _fact(row)
        same = next((place for place, old in enumerate(found) if _repeats(new, old)), None)
        if same is None:
            found.append(new)
        else:
            old = found[same]
            found[same] = replace(old, ids=old.ids + new.ids, sentences=old.sentences | new.sentences)
    return sorted(found, key=lambda fact: fact.ids)


def partners(one: Fact, others: Iterable[Fact], rivals: Iterable[Fact] = ()) -> list[Fact]:
    """The facts that belong to this one: same programme, same years, and the same status where there is a choice.

    A fact of another status belongs to it only if none of the `rivals`, facts like this one, has that status: a plan's
    count is the plan's. Where the programme is not named, only the same sentence makes two figures belong together.
    """
    same = [other for other in others if _together(one, other)]
    claimed = {rival.status for rival in rivals if _together(one, rival)}
    return [other for other in same if other.status == one.status] or [
        other for other in same if other.status not in claimed
    ]


def without_parts(counts: list[Fact]) -> list[Fact]:
    """Without the smaller of several counts that one sentence gives for the same years.

    In "1,500 projects: 1,100 of roads, 139 of culture" they are parts of the largest.
    """
    return [
        count
        for count in counts
        if not any(
            (larger.unit, larger.status, larger.years) == (count.unit, count.status, count.years)
            and larger.sentences & count.sentences
            and _together(count, larger)
            and larger.quantity.value > count.quantity.value
            for larger in counts
        )
    ]


def status_reading(one: Fact, other: Fact) -> str:
    """ "as stated", or that one of the two is done and the other only meant."""
    if one.status == other.status:
        return "as stated"
    return f"{one.unit} {one.status or 'of no stated status'}, {other.unit} {other.status or 'of no stated status'}"


def programme_name(subject: str | None) -> str:
    """The programme's name as the catalogue gives it; "not named" where the statement names none."""
    if subject is None or pd.isna(subject):
        return NOT_NAMED
    return subject_name(subject)


def table(rows: list[dict], dtypes: dict[str, str]) -> pd.DataFrame:
    """These rows as a table of exactly these columns and dtypes; an empty list gives an empty table."""
    # Column by column, since making a table first and casting it then takes twice the time.
    return pd.DataFrame({name: pd.array([row.get(name) for row in rows], dtype=dtypes[name]) for name in dtypes})


def what_was_found(figures: pd.DataFrame, limit: int = 6) -> str:
    """ "found 3 figures: “64%”, “70%”, “40%”", for the message that says what is missing."""
    if figures.empty:
        return "found no figures at all"
    quotes = [f"“{quote}”" for quote in figures["quote"].head(limit)]
    more = ", …" if len(figures) > limit else ""
    return f"found {len(figures)} figure{'s' if len(figures) > 1 else ''}: {', '.join(quotes)}{more}"


def _together(one: Fact, other: Fact) -> bool:
    same = (other.source, other.subject, other.years) == (one.source, one.subject, one.years)
    return same and (one.subject is not None or bool(other.sentences & one.sentences))


def _fact(row: dict) -> Fact:
    def plain(column: str):
        return None if pd.isna(row[column]) else row[column]

    years = [None if pd.isna(row[column]) else int(row[column]) for column in ("start_year", "end_year")]
    sentence = plain("sentence")
    return Fact(
        bounds.from_row(row),
        plain("unit"),
        plain("subject"),
        plain("status"),
        *years,
        source=str(row["source_id"]),
        ids=(str(row["figure_id"]),),
        sentences=frozenset() if sentence is None else frozenset({int(sentence)}),
    )


def _repeats(new: Fact, old: Fact) -> bool:
    same = (new.quantity, new.unit, new.subject, new.source) == (old.quantity, old.unit, old.subject, old.source)
    undated = new.years == (None, None)
    return same and (undated or (new.years == old.years and new.status == old.status))
