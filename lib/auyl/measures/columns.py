"""Rows of claims as columns of a table: nullable, bounded, and what the rows are about."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from auyl.bounded import as_bounded
from auyl.measures.comparable import Claim

KEY_DTYPES: dict[str, str] = {
    **dict.fromkeys(["subject", "programme", "place", "part"], "string"),
    **dict.fromkeys(["start_year", "end_year"], "Int64"),
    "status": "string",
}
KEY = list(KEY_DTYPES)
DTYPES = KEY_DTYPES | dict.fromkeys(["suspect", "said"], "boolean")  # of what is no string


def nullable(entries: Iterable[Any], dtype: Any = "string") -> Any:
    """A column of these entries, None where nothing is stated."""
    return pd.array(list(entries), dtype=dtype)


def column(rows: Iterable[Any], name: str, dtype: Any = "string") -> Any:
    """One attribute of rows, some of which may be None."""
    return nullable((None if row is None else getattr(row, name) for row in rows), dtype)


def columns(rows: Iterable[Any], *names: str, **renamed: str) -> dict[str, Any]:
    """Several attributes of rows: `columns(claims, "place", currency="unit")`."""
    rows = list(rows)
    fields = {name: name for name in names} | renamed
    return {name: column(rows, field, DTYPES.get(field, "string")) for name, field in fields.items()}


def quantity(claims: Iterable[Claim | None]) -> "pd.Series[Any]":
    """Claims as a bounded column, at their printed values."""
    rows = [(None, None, None, None) if c is None else (c.value, c.low, c.high, c.bound) for c in claims]
    value, low, high, bound = map(list, zip(*rows, strict=True)) if rows else ([], [], [], [])
    return as_bounded(value, low, high, bound)


def key_columns(pairs: Sequence[tuple[Claim, Claim | None]]) -> dict[str, Any]:
    """What the pairs are about: each reading as whichever of the two has it; years of one of them, never of both."""
    dated = [(one if one.end_year is not None or other is None else other) for one, other in pairs]
    found = {}
    for name, dtype in KEY_DTYPES.items():
        if name.endswith("_year"):
            found[name] = column(dated, name, dtype)
            continue
        both = ((getattr(one, name), other and getattr(other, name)) for one, other in pairs)
        found[name] = nullable((first if first is not None else second for first, second in both), dtype)
    return found
