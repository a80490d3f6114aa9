"""What others published: the reference tables of data/, read and checked.

The columns are explained in data/README.md, and for machines in data/datapackage.json. A row is one figure as one
source printed it; sources that contradict each other each keep their row. Nothing is summed, averaged or filled in.
"""

from functools import cache
from pathlib import Path

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from auyl import project
from auyl.errors import AuylError

BOUNDS = ["exact", "about", "at_least", "at_most", "range"]
STATUSES = ["actual", "planned", "target", "projected"]

_AREA = pa.Check.str_matches(r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$", error="is no ISO 3166 code such as KZ or KZ-10")
_DATE = pa.Check.str_matches(
    r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$", error="is no date such as 2025-08-28, 2025-08 or 2025"
)
_ADDRESS = pa.Check.str_matches(r"^https?://\S+$", error="is no web address")
_WORD = pa.Check.str_matches(r"^[a-z0-9_]+$", error="is no lower-case name such as auyl_el_besigi")
_YEAR = pa.Check.in_range(1900, 2100, error="is no year")


# Text is read as text and never cast: pandera would turn its <NA> into NaN.
def _text(*checks: pa.Check, missing: bool = True, unique: bool = False) -> pa.Column:
    return pa.Column(pd.StringDtype(), list(checks), nullable=missing, unique=unique)


def _one_of(values: list[str]) -> pa.Column:
    return pa.Column(pd.CategoricalDtype(values), nullable=False, coerce=True)


def _number(dtype: str, *checks: pa.Check, missing: bool = False) -> pa.Column:
    return pa.Column(dtype, list(checks), nullable=missing, coerce=True)


def _reason_where_suspect() -> pa.Check:
    return pa.Check(
        lambda rows: rows["suspect"] == rows["why_suspect"].notna(),
        name="why_suspect",
        error="why_suspect must be filled in where suspect is true, and only there",
    )


def _in_order(first: str, second: str) -> pa.Check:
    return pa.Check(
        lambda rows: (rows[first] <= rows[second]).fillna(True), name=first, error=f"{first} is above {second}"
    )


PUBLISHED = pa.DataFrameSchema(
    {
        "published_id": _text(
            pa.Check.str_matches(r"^p\d{3,}$", error="is no number such as p001"), missing=False, unique=True
        ),
        "subject": _text(_WORD, missing=False),
        "indicator": _text(_WORD, missing=False),
        "scope": _text(),
        "ref_area": _text(_AREA, missing=False),
        "value": _number("Float64"),
        "low": _number("Float64", missing=True),
        "high": _number("Float64", missing=True),
        "bound": _one_of(BOUNDS),
        "unit": _text(missing=False),
        "status": _one_of(STATUSES),
        "start_year": _number("Int64", _YEAR, missing=True),
        "end_year": _number("Int64", _YEAR, missing=True),
        "series_break": _number("boolean"),
        "suspect": _number("boolean"),
        "why_suspect": _text(),
        "publisher": _text(missing=False),
        "date": _text(_DATE),
        "address": _text(_ADDRESS, missing=False),
        "note": _text(),
        "as_of": _text(_DATE),
        "caution": _text(),
    },
    checks=[
        _in_order("low", "value"),
        _in_order("value", "high"),
        _in_order("start_year", "end_year"),
        _reason_where_suspect(),
    ],
    strict=True,
    ordered=True,
)

CONTEXT = pa.DataFrameSchema(
    {
        "series": _text(_WORD, missing=False),
        "ref_area": _text(_AREA, missing=False),
        "start_year": _number("Int64", _YEAR),
        "end_year": _number("Int64", _YEAR),
        "quarter": _number("Int64", pa.Check.in_range(1, 4, error="is no quarter from 1 to 4"), missing=True),
        "value": _number("Float64"),
        "unit": _text(missing=False),
        "suspect": _number("boolean"),
        "why_suspect": _text(),
        "publisher": _text(missing=False),
        "date": _text(_DATE),
        "address": _text(_ADDRESS, missing=False),
        "note": _text(),
    },
    checks=[_in_order("start_year", "end_year"), _reason_where_suspect()],
    unique=["series", "ref_area", "start_year", "end_year", "quarter", "publisher"],
    strict=True,
    ordered=True,
)

REGIONS = pa.DataFrameSchema(
    {
        "code": _text(_AREA, missing=False, unique=True),
        "name_en": _text(missing=False, unique=True),
        "name_ru": _text(missing=False),
        "name_kk": _text(missing=False),
        "kind": _one_of(["country", "region", "city"]),
        "valid_from": _text(_DATE),
        "valid_to": _text(_DATE),
        "former_code": _text(),
        "successors": _text(),
        "spellings": _text(),
        "note": _text(),
    },
    strict=True,
    ordered=True,
)

SCHEMAS = {"published.csv": PUBLISHED, "context.csv": CONTEXT, "regions.csv": REGIONS}


def read_published(path: str | Path | None = None) -> pd.DataFrame:
    """Figures that outlets and agencies published about the same programmes, one row a figure and source.

    Parameters
    ----------
    path
        Another file of the same columns; without it, `published.csv` in the project's data folder.

    Returns
    -------
    The columns of data/README.md. Money is in single tenge or dollars, a share in percent; `low` and `high` are what
    the printed words and digits allow; a missing `scope` means the whole of the indicator; missing years were not
    stated. `bound` and `status` are categories, `series_break` and `suspect` are true or false. A row with `suspect`
    set must not be used without telling the reader its `why_suspect`. Without a file the table is empty: a statement
    then stands alone.

    Raises
    ------
    AuylError
        A row breaks a rule of the codebook; the message shows the column, the value and the row.
    """
    return _read(path, "published.csv")


def read_context(path: str | Path | None = None) -> pd.DataFrame:
    """Prices, exchange rates, the monthly calculation index and GDP, one row a series, period and source.

    Values are as published, in the row's `unit`; `quarter` is missing for values of a year. A series of quarters
    carries no yearly mean: a year with fewer than four quarters, such as 2025, has none. `path`, the empty table and
    the errors are those of `read_published`.
    """
    return _read(path, "context.csv")


def read_regions(path: str | Path | None = None) -> pd.DataFrame:
    """Kazakhstan's regions and its three cities of national rank by ISO 3166-2 code, with names in three languages.

    `valid_from` is missing for a region that has had its extent since before the data begin, `valid_to` for one that
    still has it. `spellings` and `successors` are lists, parted by semicolons. `path`, the empty table and the errors
    are those of `read_published`.
    """
    return _read(path, "regions.csv")


def _read(path: str | Path | None, name: str) -> pd.DataFrame:
    file = Path(path) if path is not None else project.data() / name
    if path is None and not file.exists():
        return SCHEMAS[name].validate(_empty(SCHEMAS[name]))
    try:
        state = file.stat()
    except OSError as error:
        raise AuylError(f"{file} cannot be read ({error.strerror}): give the path of a CSV file.") from error
    return _checked(file, name, state.st_mtime_ns, state.st_size).copy()


@cache
def _checked(file: Path, name: str, changed: int, size: int) -> pd.DataFrame:
    """The file's table once its rules are checked; again only when the file is another one."""
    schema = SCHEMAS[name]
    try:
        # only an empty cell is missing: "NA" or "None" may be words of a source
        table = pd.read_csv(file, dtype="string", keep_default_na=False, na_values=[""], encoding="utf-8")
    except pd.errors.EmptyDataError:
        table = _empty(schema)
    except OSError as error:
        raise AuylError(f"{file} cannot be read ({error.strerror}): give the path of a CSV file.") from error
    except ValueError as error:
        reason = str(error).strip()
        raise AuylError(f"{file} is no comma-separated text in UTF-8 ({reason}): mend it or put it back.") from error
    try:
        return schema.validate(_true_or_false(table, schema), lazy=True)
    except pandera.errors.SchemaErrors as error:
        failure = _first_failure(table, schema, error.failure_cases)
        raise AuylError(f"{file}: {failure}. data/README.md says what each column may hold.") from error


def _empty(schema: pa.DataFrameSchema) -> pd.DataFrame:
    return pd.DataFrame(columns=list(schema.columns), dtype="string")


def _true_or_false(table: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """The words true and false to booleans; other words stay, for the schema to refuse: a cast would call them true."""
    words = {"true": True, "false": False}
    flags = [name for name, column in schema.columns.items() if str(column.dtype) == "boolean" and name in table]
    return table.assign(**{name: table[name].astype(object).map(lambda word: words.get(word, word)) for name in flags})


def _first_failure(table: pd.DataFrame, schema: pa.DataFrameSchema, failures: pd.DataFrame) -> str:
    """The first broken rule in words, with the value and the line of the file that break it."""
    # columns before the rules between columns, which a cell that is no number breaks as well
    first = failures.sort_values("schema_context", kind="stable").iloc[0]
    column, rule, found = first["column"], first["check"], first["failure_case"]
    if pd.isna(first["index"]):
        return f"the columns are not those of the codebook ({rule}: {found})"
    row = int(first["index"])
    where = f"line {row + 2} ({table.iloc[row, 0]})"
    if first["schema_context"] != "Column":
        return f"{where}: {rule}"
    if rule == "not_nullable":
        return f"{where}: {column} is empty"
    if rule == "field_uniqueness":
        return f"{where}: {column} {found} stands more than once"
    if rule.startswith("coerce_dtype"):
        dtype = schema.columns[column].dtype.type
        kinds = {"Float64": "a number", "Int64": "a whole number", "boolean": "true or false"}
        wanted = kinds.get(str(dtype)) or "one of " + ", ".join(dtype.categories)
        return f"{where}: {column} is {found!r}, not {wanted}"
    return f"{where}: {column} {found!r} {rule}"
