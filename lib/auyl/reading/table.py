"""A statement's figures as one tidy table, a row a figure, and the numbers it left unread."""

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from auyl.errors import AuylError, extra
from auyl.reading.document import BOUNDS, STATUSES, Document, Figure

if TYPE_CHECKING:
    from auyl.statement import Statement

EVIDENCE = ("clause", "sentence", "paragraph", "title", "passport", "default", "correction")
REASONS = ("a year", "a date", "a period", "a time", "an ordinal", "a label", "an age", "a telephone number",
           "a pronoun or article", "a list number", "a footnote", "an address", "an account", "a coordinate",
           "page furniture", "a table of numbers", "not understood")  # fmt: skip

DTYPES: dict[str, Any] = {
    "source_id": "string",
    "figure_id": "string",
    "sentence": "Int64",
    "start": "Int64",
    "end": "Int64",
    "quote": "string",
    "value": "Float64",
    "low": "Float64",
    "high": "Float64",
    "hedge": "string",
    "bound": pd.CategoricalDtype(list(BOUNDS)),
    "unit": "string",
    "subject": "category",
    "programme": "string",
    "indicator": "category",
    "status": pd.CategoricalDtype(list(STATUSES)),
    "start_year": "Int64",
    "end_year": "Int64",
    "place": "string",
    "part": "string",
    **dict.fromkeys(
        ("unit_from", "subject_from", "place_from", "years_from", "status_from"), pd.CategoricalDtype(list(EVIDENCE))
    ),
}
ALWAYS = frozenset(
    {"source_id", "figure_id", "sentence", "start", "end", "quote", "value", "bound", "status", "status_from"}
)
CLOSE = 1e-9  # relative: a file may have rounded the last digit of a float


@cache
def schema() -> Any:
    """The contract of the tidy table as a pandera schema, imported when it is first asked for: that takes a while."""
    import pandera.pandas as pa

    columns = {
        name: pa.Column(None if isinstance(dtype, str) and dtype == "category" else dtype, nullable=name not in ALWAYS)
        for name, dtype in DTYPES.items()
    }
    apart = lambda t: t["start"] >= t.groupby("source_id")["end"].shift().fillna(0)  # noqa: E731
    checks = [
        pa.Check(lambda t: t["start"] < t["end"], error="a figure's text is empty"),
        pa.Check(lambda t: in_order(t["low"], t["value"]), error="low is above the value"),
        pa.Check(lambda t: in_order(t["value"], t["high"]), error="the value is above high"),
        pa.Check(lambda t: (t["start_year"] <= t["end_year"]).fillna(True), error="a period ends before it begins"),
        pa.Check(apart, error="figures are out of order or overlap"),
        pa.Check(lambda t: ~t["figure_id"].duplicated(), error="a figure_id stands twice"),
    ]
    return pa.DataFrameSchema(columns, checks=checks, strict=True, ordered=True)


def check(figures: pd.DataFrame) -> pd.DataFrame:
    """The table, if it keeps the contract: for tables that were read back, edited or joined.

    Plain columns, such as `pd.read_csv` gives, get the contract's dtypes where nothing is lost by it.

    Raises
    ------
    AuylError
        It does not; the message says which rule is broken, by which rows. MissingPackageError where pandera is not
        installed.
    """
    with extra():
        import pandera.errors
    try:
        kept: pd.DataFrame = schema().validate(figures.pipe(in_contract_dtypes), lazy=True)
        return kept
    except pandera.errors.SchemaErrors as error:
        first = error.failure_cases.iloc[0]
        column = f"{first['column']}: " if first["schema_context"] == "Column" else ""
        where = f" {first['failure_case']!r}" if pd.isna(first["index"]) else f" in row {first['index']}"
        raise AuylError(f"this is no table of figures: {column}{first['check']}{where}") from None


def in_order(lower: pd.Series, upper: pd.Series) -> pd.Series:
    """Whether one side is at most the other, but for a last digit that a file has rounded; missing is in order."""
    return (lower <= upper + CLOSE * upper.abs()).fillna(True)


def in_contract_dtypes(figures: pd.DataFrame) -> pd.DataFrame:
    """The table with the columns that a CSV file left plain in the contract's dtypes; what would not fit stays."""
    cast = {}
    for name in [name for name in DTYPES if name in figures]:
        column, dtype = figures[name], DTYPES[name]
        plain = isinstance(column.dtype, np.dtype | pd.StringDtype)
        fits = not isinstance(dtype, pd.CategoricalDtype) or column.dropna().isin(dtype.categories).all()
        if plain and fits:
            with suppress(TypeError, ValueError):
                cast[name] = column.astype(dtype)
    return figures.assign(**cast)


def figures(statement: "Statement") -> pd.DataFrame:
    """The figures of a statement: money, counts, shares, ratios, measures and durations.

    Parameters
    ----------
    statement
        As `auyl.read_statement` returns it, or made with `auyl.Statement(text, date=…, language=…)`.

    Returns
    -------
    One row per figure, in the order of the text (no rows where there is none): `source_id`, `figure_id` (string),
    `sentence`, `start`, `end` (Int64; `text[start:end]` is `quote`), `quote` (string), `value`, `low`, `high`
    (Float64, base units: tenge, per cent, persons; a side the words leave open is <NA>), `hedge` (string), `bound`
    (category: exact, about, at_least, at_most, range), `unit` (string: ISO 4217 code, symbol or counted thing),
    `subject` (category, an id of the catalogue), `programme` (string, as the catalogue or else the text names it),
    `indicator` (category, of the catalogue's subject), `status` (category: actual, planned, target, projected),
    `start_year`, `end_year` (Int64), `place`, `part` (string; <NA> for the whole country and the whole programme),
    and where the readings come from: `unit_from`, `subject_from`, `place_from`, `years_from`, `status_from`
    (category: clause, sentence, paragraph, title, passport, default, correction). What the text does not say is <NA>.
    The statement's corrections are made; `attrs["confirmed"]` lists the pairs of ids that they confirm, if any.
    """
    if not isinstance(getattr(statement, "document", None), Document):
        raise AuylError(
            f"figures are read from a statement, not from a {type(statement).__name__}: give auyl.read_statement(id) "
            'or auyl.Statement("the text", date="2025-08-28")'
        )
    found = table(statement.document.figures, statement.id)
    if statement.corrections and statement.mended.pairs:
        ids = dict(zip(found["start"], found["figure_id"], strict=True))
        found.attrs["confirmed"] = [[ids[one.start], ids[other.start]] for one, other in statement.mended.pairs]
    document = statement.document
    texts = {statement.id: (statement.text, statement.language, str(statement.date), document.country)}
    found.attrs["texts"] = texts  # for the measures, which ask the words
    return found


def table(rows: list[Figure], source_id: str) -> pd.DataFrame:
    """Figures as they were read, as the tidy table."""
    width = max(2, len(str(len(rows))))
    identified = [(source_id, f"{source_id}#{number:0{width}}", *row) for number, row in enumerate(rows, start=1)]
    return pd.DataFrame(identified, columns=list(DTYPES)).astype(DTYPES)


def unread(statement: "Statement") -> pd.DataFrame:
    """The digits and number words of a statement that are no figures: years, dates, ordinals, names, and the like.

    Returns
    -------
    One row each, in the order of the text: `start`, `end` (Int64, positions in the text), `quote` (string), `reason`
    (category: a year, a date, a period, a time, an ordinal, a label, an age, a telephone number, a pronoun or
    article, not understood).
    """
    columns: dict[str, Any] = {
        "start": "Int64",
        "end": "Int64",
        "quote": "string",
        "reason": pd.CategoricalDtype(list(REASONS)),
    }
    return pd.DataFrame([tuple(item) for item in statement.document.unread], columns=list(columns)).astype(columns)
