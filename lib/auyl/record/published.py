"""What others published: the reference tables of data/, read and checked.

The columns are explained in data/README.md; data/datapackage.json (Table Schema of Data Package v2) lists them with
what a cell may hold, and is what the tables are checked by. A row is one figure as one source printed it; sources that
contradict each other each keep their row. Nothing is filled in.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from auyl import project
from auyl.errors import AuylError

WANTED = {"number": "a number", "integer": "a whole number", "boolean": "true or false"}
ORDERED = (("low", "value"), ("value", "high"), ("start_year", "end_year"))  # the first is never above the second
NOT_ADDITIVE = ("cash_income",)  # an amount a head: regions do not add up
Field = dict[str, Any]  # of datapackage.json: name, type, constraints; `refusal` is what a message says of a wrong cell


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


@cache
def fields_of(name: str) -> tuple[list[Field], list[str]]:
    """The columns of a table of data/ ("published", "regional", "context", "regions", "definitions"), and those in
    which no two of its rows are alike."""
    package = json.loads((project.shipped() / "data" / "datapackage.json").read_text(encoding="utf-8"))
    schema = next(resource["schema"] for resource in package["resources"] if resource["name"] == name)
    return schema["fields"], [*schema.get("uniqueKeys", []), schema.get("primaryKey", [])][0]


def checked(words: pd.DataFrame, name: str, where: str) -> pd.DataFrame:
    """A table of words, as a CSV file holds them, with the dtypes of the codebook, if it keeps its rules.

    Raises
    ------
    AuylError
        It does not: the message begins with `where` and shows the first row that breaks a rule.
    """
    fields, key = fields_of(name)
    codebook = "data/README.md says what each column may hold."
    names = list(map(str, words))
    if names != [field["name"] for field in fields]:
        raise AuylError(f"{where}: the columns are not those of the codebook ({', '.join(names)}). {codebook}")
    table = pd.DataFrame({name: typed(words[name], field) for name, field in zip(names, fields, strict=True)})
    for broken, rule in broken_rules(words, table, fields, key):
        for row in broken[broken].index[:1]:
            told = rule if isinstance(rule, str) else rule[row]
            raise AuylError(f"{where}: line {row + 2} ({words.iloc[row, 0]!s}): {told}. {codebook}")
    return table


def typed(words: "pd.Series[str]", field: Field) -> "pd.Series[Any]":
    """A column of words in its own dtype, <NA> where they are no such thing."""
    if "enum" in (rules := field.get("constraints", {})):
        return pd.Series(pd.Categorical(words.where(words.isin(rules["enum"])), rules["enum"]), words.index)
    if field["type"] == "boolean":
        return words.map({"true": True, "false": False}).astype("boolean")
    if field["type"] == "string":
        return words
    numbers = pd.to_numeric(words, errors="coerce").astype("Float64")
    return numbers if field["type"] == "number" else numbers.where(numbers % 1 == 0).astype("Int64")


def broken_rules(
    words: pd.DataFrame, table: pd.DataFrame, fields: list[Field], key: list[str]
) -> Iterator[tuple["pd.Series[bool]", "str | pd.Series[str]"]]:
    """Which rows break each rule of the codebook, and what is said of it, of all rows or of each."""
    for field in fields:
        name, rules = str(field["name"]), field.get("constraints", {})
        word: Any = words[name]
        entry: Any = table[name]
        quoted = f"{name} " + word.map(repr)
        if rules.get("required"):
            yield word.isna(), f"{name} is empty"
        wanted = WANTED.get(field["type"]) or f"one of {', '.join(rules.get('enum', []))}"
        yield entry.isna() & word.notna(), f"{name} is " + word.map(repr) + f", not {wanted}"
        if "pattern" in rules:
            yield ~word.str.match(rules["pattern"], na=True).astype(bool), quoted + f" {field.get('refusal', '')}"
        if "minimum" in rules:
            inside = entry.between(rules["minimum"], rules.get("maximum", float("inf"))).fillna(True)
            yield ~inside.astype(bool), quoted + f" {field.get('refusal', '')}"
        if rules.get("unique"):
            yield word.duplicated(), f"{name} " + word + " stands more than once"
    if len(key) > 1:
        yield table.duplicated(key, keep=False), f"another row has the same {', '.join(key)}"
    for one, other in ORDERED:
        if {one, other} <= {*table}:
            yield (table[one] > table[other]).fillna(False).astype(bool), f"{one} is above {other}"
    if "suspect" in table and "why_suspect" in table:
        told = table["suspect"] != table["why_suspect"].notna()
        yield told.astype(bool), "why_suspect must be filled in where suspect is true, and only there"
    if "revised_by" in table:
        by, ids = table["revised_by"], table["published_id"]
        nobody = by.notna() & ~(by.isin(ids) & (by != ids).fillna(True))
        yield nobody.astype(bool), "revised_by is the published_id of no other row"


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
    return pd.DataFrame(columns=[field["name"] for field in fields_of(name)[0]], dtype="string")


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
