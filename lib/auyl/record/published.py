"""What others published: the reference tables of data/, read and checked.

The columns are explained in data/README.md; data/datapackage.json lists them with what a cell may hold, and is what
the tables are checked by. A row is one figure as one source printed it; sources that contradict each other each keep
their row. Nothing is filled in.
"""

import json
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from auyl import project
from auyl.errors import AuylError, extra

if TYPE_CHECKING:  # where it is used it is imported: it takes a while, and a plain installation is without it
    import pandera.pandas as pa

DTYPES = {"number": "Float64", "integer": "Int64", "boolean": "boolean"}
WANTED = {"number": "a number", "integer": "a whole number", "boolean": "true or false"}
ORDERED = (("low", "value"), ("value", "high"), ("start_year", "end_year"))  # the first is never above the second
NOT_ADDITIVE = ("cash_income",)  # an amount a head: regions do not add up


class Column(NamedTuple):
    """A column as the standard describes it (Table Schema of Data Package v2), with the words of a refusal."""

    name: str
    type: str
    rules: dict[str, Any]
    refusal: str

    @property
    def missing(self) -> bool:
        """Whether a cell may be empty."""
        return not self.rules.get("required")


class Table(NamedTuple):
    """`key`: no two rows are alike in these columns."""

    columns: tuple[Column, ...]
    key: list[str]


@cache
def table_of(name: str) -> Table:
    """The columns of a table of data/: "figures", "published", "regional", "context", "regions", "definitions"."""
    package = json.loads((project.shipped() / "data" / "datapackage.json").read_text(encoding="utf-8"))
    schema = next(resource["schema"] for resource in package["resources"] if resource["name"] == name)
    columns = (
        Column(field["name"], field["type"], field.get("constraints", {}), field.get("refusal", ""))
        for field in schema["fields"]
    )
    return Table(tuple(columns), [*schema.get("uniqueKeys", []), schema.get("primaryKey", [])][0])


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
    stated. `bound` and `status` are categories, `series_break`, `suspect` and `preliminary` are true or false. A row
    with `suspect` set must not be used without telling the reader its `why_suspect`. Without a file the table is
    empty: a statement then stands alone.

    Raises
    ------
    AuylError
        A row breaks a rule of the codebook; the message shows the column, the value and the row.
    """
    return _read(path, "published")


def read_regional(path: str | Path | None = None) -> pd.DataFrame:
    """People, villages, product, incomes and transfers by region: one row an indicator, region and year.

    An indicator is counted in one way throughout (`basis`), so that a table with a column for each never mixes two;
    rows of `KZ` are the country's own total, to check the regions by. Values are in single units. `derived` rows were
    counted by this project and printed nowhere; `preliminary` ones may be revised. `path`, the empty table and the
    errors are those of `read_published`.

    >>> regional = read_regional().query("year == 2026")
    >>> wide = regional.pivot(index="ref_area", columns="indicator", values="value")
    >>> int(wide.loc["KZ-61", "villages"])
    794
    """
    return _read(path, "regional")


def read_context(path: str | Path | None = None) -> pd.DataFrame:
    """Prices, exchange rates, the monthly calculation index and GDP, one row a series, period and source.

    Values are as published, in the row's `unit`; `quarter` and `month` are missing for values of a year. Means of
    quarters or months are not in it: `auyl.record.prices` takes them. `path`, the empty table and the errors are
    those of `read_published`.
    """
    return _read(path, "context")


def read_regions(path: str | Path | None = None) -> pd.DataFrame:
    """Kazakhstan's regions and its three cities of national rank by ISO 3166-2 code, with names in three languages.

    `valid_from` is missing for a region that has had its extent since before the data begin, `valid_to` for one that
    still has it. `spellings` and `successors` are lists, parted by semicolons. `tile_row` and `tile_column` place the
    20 of today on a map of equal tiles. `path`, the empty table and the errors are those of `read_published`.
    """
    return _read(path, "regions")


def read_definitions(path: str | Path | None = None) -> pd.DataFrame:
    """What the words of the programmes mean, one row a word, with who says so.

    `subject` is an id of the catalogue. `path`, the empty table and the errors are those of `read_published`.
    """
    return _read(path, "definitions")


def whole(published: pd.DataFrame, area: str | None = None, suspect: bool = False) -> pd.DataFrame:
    """The published figures about the whole of a thing: of whole countries, of no part (`scope`), not doubtful.

    Parameters
    ----------
    published
        As `read_published` returns it, or some of its rows.
    area
        The figures of this area instead, an ISO 3166 code such as KZ-75.
    suspect
        Whether rows marked as doubtful are kept: to be checked themselves, never to check others by.

    Revised and preliminary rows are kept: what was said before the revision was said. For the last word, take those
    whose `revised_by` is missing.
    """
    there = published["ref_area"] == (published["ref_area"].str[:2] if area is None else area)
    sound = suspect | ~published["suspect"].astype(bool)
    return published[there & published["scope"].isna() & sound]


def checked(table: pd.DataFrame, name: str, where: str) -> pd.DataFrame:
    """A table of words, as a CSV file holds them, with the dtypes of the codebook, if it keeps its rules.

    Raises
    ------
    AuylError
        It does not: the message begins with `where` and shows the first row that breaks a rule.
    """
    with extra():
        import pandera.errors
    try:
        return _schema(name).validate(_true_or_false(table, table_of(name)), lazy=True)
    except pandera.errors.SchemaErrors as error:
        failure = _first_failure(table, table_of(name), error.failure_cases)
        raise AuylError(f"{where}: {failure}. data/README.md says what each column may hold.") from error


def words_of(file: Path, name: str) -> pd.DataFrame:
    """A file's table as words: only an empty cell is missing, "NA" or "None" may be words of a source."""
    try:
        return pd.read_csv(file, dtype="string", keep_default_na=False, na_values=[""], encoding="utf-8")
    except pd.errors.EmptyDataError:
        return _empty(name)
    except OSError as error:
        raise AuylError(f"{file} cannot be read ({error.strerror}): give the path of a CSV file.") from error
    except ValueError as error:
        reason = str(error).strip()
        raise AuylError(f"{file} is no comma-separated text in UTF-8 ({reason}): mend it or put it back.") from error


def _read(path: str | Path | None, name: str) -> pd.DataFrame:
    file = Path(path or project.data() / f"{name}.csv")
    if path is None and not file.exists():
        return checked(_empty(name), name, name)
    changed = file.stat().st_mtime_ns if file.exists() else 0
    return _read_once(file, name, changed).copy()


@cache
def _read_once(file: Path, name: str, changed: int) -> pd.DataFrame:
    """The file's table once its rules are checked; again only when the file is another one."""
    return checked(words_of(file, name), name, str(file))


def _empty(name: str) -> pd.DataFrame:
    return pd.DataFrame(columns=[column.name for column in table_of(name).columns], dtype="string")


@cache
def _schema(name: str) -> "pa.DataFrameSchema":
    import pandera.pandas as pa

    table = table_of(name)
    columns = {column.name: _column(column) for column in table.columns}
    rules = [rule for rule in RULES if rule[0] in columns]
    rules += [(one, partial(_in_order, one, other), f"{one} is above {other}") for one, other in ORDERED
              if {one, other} <= columns.keys()]  # fmt: skip
    checks = [pa.Check(holds, name=column, error=refusal) for column, holds, refusal in rules]
    key = table.key if len(table.key) > 1 else None  # a single column is unique by itself
    return pa.DataFrameSchema(columns, checks=checks, unique=key, strict=True, ordered=True)


def _column(column: Column) -> "pa.Column":
    import pandera.pandas as pa

    rules = column.rules
    if "enum" in rules:
        return pa.Column(pd.CategoricalDtype(rules["enum"]), nullable=column.missing, coerce=True)
    checks = []
    if "pattern" in rules:
        checks.append(pa.Check.str_matches(rules["pattern"], error=column.refusal))
    if "minimum" in rules:
        checks.append(pa.Check.in_range(rules["minimum"], rules.get("maximum", 10**9), error=column.refusal))
    # Text is read as text and never cast: pandera would turn its <NA> into NaN.
    dtype, cast = DTYPES.get(column.type, pd.StringDtype()), column.type in DTYPES
    return pa.Column(dtype, checks, nullable=column.missing, unique=rules.get("unique", False), coerce=cast)


def _in_order(first: str, second: str, rows: pd.DataFrame) -> pd.Series:
    return (rows[first] <= rows[second]).fillna(True)


def _revision_is_another_row(rows: pd.DataFrame) -> pd.Series:
    by = rows["revised_by"]
    return by.isna() | (by.isin(rows["published_id"]) & (by != rows["published_id"]).fillna(True))


# column, whether each row of a table that has it keeps the rule, and what is said where it does not
RULES: tuple[tuple[str, Callable[[pd.DataFrame], pd.Series], str], ...] = (
    (
        "why_suspect",
        lambda rows: rows["suspect"] == rows["why_suspect"].notna(),
        "why_suspect must be filled in where suspect is true, and only there",
    ),
    ("revised_by", _revision_is_another_row, "revised_by is the published_id of no other row"),
)


def _true_or_false(words: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The words true and false to booleans; other words stay, for the schema to refuse: a cast would call them true."""
    truth = {"true": True, "false": False}
    flags = [column.name for column in table.columns if column.type == "boolean" and column.name in words]
    return words.assign(**{name: words[name].astype(object).map(lambda word: truth.get(word, word)) for name in flags})


def _first_failure(words: pd.DataFrame, table: Table, failures: pd.DataFrame) -> str:
    """The first broken rule in words, with the value and the line of the file that break it."""
    # columns before the rules between columns, which a cell that is no number breaks as well
    first = failures.sort_values("schema_context", kind="stable").iloc[0]
    name, rule, found = first["column"], first["check"], first["failure_case"]
    if pd.isna(first["index"]):
        return f"the columns are not those of the codebook ({rule}: {found})"
    row = int(first["index"])
    where = f"line {row + 2} ({words.iloc[row, 0]!s})"
    if rule == "multiple_fields_uniqueness":
        return f"{where}: another row has the same {', '.join(table.key)}"
    if first["schema_context"] != "Column":
        return f"{where}: {rule}"
    if rule.startswith("coerce_dtype"):
        column = next(column for column in table.columns if column.name == name)
        wanted = WANTED.get(column.type) or f"one of {', '.join(column.rules['enum'])}"
        return f"{where}: {name} is {found!r}, not {wanted}"
    said = {"not_nullable": "is empty", "field_uniqueness": f"{found} stands more than once"}
    return f"{where}: {name} {said.get(rule) or f'{found!r} {rule}'}"


def sums(regional: pd.DataFrame) -> pd.DataFrame:
    """What the regions add up to, and the country's own figure of the same indicator and year.

    Returns
    -------
    One row per indicator and year: `indicator`, `year`, `regions` (how many are known), `sum`, `country` (<NA> where
    the source gives none) and `difference`. Amounts a head are left out.
    """
    national = regional["ref_area"] == regional["ref_area"].str[:2]
    key = ["indicator", "year"]
    parts = regional[~national & ~regional["indicator"].isin(NOT_ADDITIVE)].groupby(key)["value"]
    country = regional[national].set_index(key)["value"].rename("country")
    found: pd.DataFrame = parts.agg(regions="size", sum="sum").join(country).reset_index().astype({"regions": "Int64"})
    return found.assign(difference=found["sum"] - found["country"])


def check_sums(regional: pd.DataFrame) -> None:
    """Raises AuylError where regions do not add up to their country's figure to the rounding of the parts."""
    found = sums(regional)
    for off in found[found["difference"].abs() > found["country"].abs() * 1e-9].to_dict("records")[:1]:
        raise AuylError(
            f"regional.csv: {off['indicator']} of {off['year']}: {off['regions']} regions add up to "
            f"{off['sum']:,.1f}, the country has {off['country']:,.1f}"
        )
