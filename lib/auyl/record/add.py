"""Figures that a reader found enter the record: read from their words, checked, and held against what is there.

Rows are tables of words here, as a CSV file holds them, until `published.checked` has read them.
"""

import datetime
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from auyl.errors import ParameterError
from auyl.files import write_whole
from auyl.reading.table import figures
from auyl.record.published import checked, fields_of, read_published, read_regions, words_of
from auyl.statement import Statement

FIELDS = fields_of("published")[0]
COLUMNS = [field["name"] for field in FIELDS]
ALWAYS = [field["name"] for field in FIELDS if field.get("constraints", {}).get("required")]
FLAGS = {field["name"]: "false" for field in FIELDS if field["type"] == "boolean"}
REVIEW = ["quote", "sentence", "told"]  # beside the columns of the record, in a file of proposed rows
THING = ["subject", "indicator", "unit", "ref_area", "scope", "start_year", "end_year"]
QUANTITY = ("value", "low", "high", "bound")
COUNTRY = "KZ"  # where no other is named
ABOUT = 0.1  # "about" reaches a tenth either way


def row_from_words(words: str, given: Mapping[str, str | None]) -> dict[str, str | None]:
    """A row of published.csv from the words of a page, "up to 6,000 projects", and what else is known of them.

    Parameters
    ----------
    words
        With one figure in them: its value, bound and unit are read as those of a statement are.
    given
        Columns of the record by name: what is given counts before what the words say. `years` ("2019-2024" or "2023")
        stands for `start_year` and `end_year`, `language` for the words' own; `why_suspect` makes the row suspect. The
        words' own years count where the page is dated.

    Raises
    ------
    ParameterError
        The words hold no figure, or several, or what every row needs is missing.
    """
    known = {name: entry for name, entry in given.items() if entry is not None}
    date, language = known.get("date"), known.pop("language", None)
    day = datetime.date.today() if date is None else date if len(date) == 10 else f"{date[:4]}-12-31"
    found = figures(Statement(words, date=day, **({"language": language} if language else {})))
    if len(found) != 1:
        held = ", ".join(found["quote"]) or "none"
        raise ParameterError(f"{words!r} should hold one figure, and holds {held}")
    read = figure_cells(found.iloc[0].to_dict())
    if "years" in known:
        read["start_year"], read["end_year"] = _years(known.pop("years"))
    elif date is None:  # "this year" of an undated page is no year
        read["start_year"] = read["end_year"] = None
    row = dict.fromkeys(COLUMNS) | FLAGS | {"ref_area": COUNTRY} | read | known
    row["suspect"] = "true" if row["why_suspect"] else "false"
    if missing := [name for name in ALWAYS if row[name] is None and name != "published_id"]:
        raise ParameterError(f"the row lacks {', '.join(missing)}")
    return row


def rows_from_statement(statement: Statement, everything: bool = False) -> pd.DataFrame:
    """What a statement says of the years before its own, as rows for the record: to be looked at, not to be trusted.

    Parameters
    ----------
    statement
        As `auyl.read_statement` returns it.
    everything
        Its figures of its own year and of later ones too, which its plans and aims are.

    Returns
    -------
    The columns of published.csv, as words, without a number, and `quote`, `sentence` and `told`: the rows of the
    record about the same thing, and whether they agree. A figure without subject, indicator, unit or year is left
    out, and so are one of a place that regions.csv has no code for, and one that the record has of the same page.
    """
    country = getattr(statement, "country", None) or COUNTRY
    codes = {country, *read_regions()["code"]}
    source = {"publisher": statement.publisher, "date": str(statement.date), "address": statement.url}
    record = read_published()
    rows = []
    named = figures(statement).dropna(subset=["subject", "indicator", "unit", "end_year"])
    for figure in named.to_dict("records"):
        row = dict.fromkeys(COLUMNS) | FLAGS | {"ref_area": country} | figure_cells(figure) | source
        earlier = int(row["start_year"] or row["end_year"] or 0) < statement.date.year
        others = beside(row, record)
        if row["ref_area"] in codes and (earlier or everything) and not others["same"].any():
            told = "; ".join(others["told"]) or None
            rows.append({**row, "quote": figure["quote"], "sentence": str(figure["sentence"]), "told": told})
    return pd.DataFrame(rows, columns=[*COLUMNS, *REVIEW], dtype="string")


def add_rows(rows: pd.DataFrame, file: Path, revises: str | None = None) -> pd.DataFrame:
    """The record with these rows below it, each with the next number, checked as a whole.

    Parameters
    ----------
    rows
        Columns of published.csv, as words; `published_id` is given anew, columns for review are left out.
    file
        The record, published.csv.
    revises
        The number of a row whose place the one new row takes.

    Raises
    ------
    AuylError
        A row breaks a rule of the codebook, or the row it revises is not there.
    """
    before = words_of(file, "published")
    last = max((int(number[1:]) for number in before["published_id"] if re.fullmatch(r"p\d+", number)), default=0)
    numbers = [f"p{number:03}" for number in range(last + 1, last + 1 + len(rows))]
    new = rows.reindex(columns=COLUMNS).assign(published_id=pd.array(numbers, dtype="string"))
    if revises is not None:
        if len(new) != 1 or revises not in set(before["published_id"]):
            raise ParameterError(f"--revises {revises}: name the one row of the record whose place one new row takes")
        before.loc[before["published_id"] == revises, "revised_by"] = numbers[0]
    together = pd.concat([before, new.astype("string")], ignore_index=True)
    checked(together, "published", file.name)
    return together


def beside(row: Mapping[str, str | None], record: pd.DataFrame) -> pd.DataFrame:
    """The record's rows about the same thing as this one: same years, part, area, unit, and both done or both not.

    Two figures of different days (`as_of`) or ways of counting (`basis`) are not about the same thing. `told` says how
    each agrees ("contradicts p096 (KazFace.kz, 2025)"); `same` is the very figure, of the same page.
    """
    done = row["status"] == "actual"
    alike = record[(record["status"] == "actual") == done]
    for name in (*THING, "as_of", "basis"):
        unknown = (alike[name].isna() | (row[name] is None)) if name not in THING else False
        alike = alike[unknown | has(alike[name], row[name])]
    own = pd.DataFrame([{name: row[name] for name in QUANTITY}]).astype(dict.fromkeys(QUANTITY[:3], "Float64"))
    (least, most), (low, high) = ends(alike), (end.iloc[0] for end in ends(own))
    fits, page = (least <= high) & (low <= most), has(alike["address"], row["address"])
    verb = fits.map({True: "repeats", False: "contradicts" if done else "differs from"})
    source = alike["publisher"].str.cat(alike["date"], ", ").fillna(alike["publisher"])
    told = (verb + " " + alike["published_id"] + " (" + source + ")").mask(
        fits & page, "stands in " + alike["published_id"] + " already, of the same page"
    )
    return alike.assign(same=fits & page, told=told)


def has(column: pd.Series, entry: str | None) -> pd.Series:
    return column.isna() if entry is None else (column.astype("string") == entry).fillna(False).astype(bool)


def ends(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The least and the most that each row's words allow."""
    vague = (rows["bound"] == "about") & rows["low"].isna() & rows["high"].isna()
    reach = ABOUT * rows["value"].abs()
    low = rows["low"].mask(vague, rows["value"] - reach).fillna(float("-inf"))
    return low.astype(float), rows["high"].mask(vague, rows["value"] + reach).fillna(float("inf")).astype(float)


def figure_cells(figure: Mapping[Any, Any]) -> dict[str, str | None]:
    """What a figure of a statement says, as cells of published.csv."""
    kept = ["value", "low", "high", "bound", "unit", "status", "subject", "indicator", "start_year", "end_year"]
    cells = {name: None if pd.isna(figure[name]) else _printed(figure[name]) for name in kept}
    for name, column in (("ref_area", "place"), ("scope", "part")):
        if pd.notna(entry := figure.get(column)):
            cells[name] = str(entry)
    return cells


def _printed(entry: object) -> str:
    if isinstance(entry, float):
        return str(int(entry)) if entry.is_integer() else f"{entry:.15g}"
    return str(entry)


def _years(text: str) -> tuple[str, str]:
    match = re.fullmatch(r"(\d{4})(?:[-–](\d{4}))?", text.strip())
    if match is None:
        raise ParameterError(f"years {text!r}: write 2023 or 2019-2024")
    return match[1], match[2] or match[1]


def in_words(row: Mapping[str, str | None]) -> str:
    """ "auyl_el_besigi, projects: 6,000 project, at_most, actual, 2019–2024, KZ"."""
    years = "years not stated" if row["end_year"] is None else f"{row['start_year'] or ''}–{row['end_year']}"
    thing = ", ".join(part for part in (row["subject"], row["indicator"], row["scope"]) if part)
    amount = f"{float(row['value'] or 0):,.15g} {row['unit']}"
    return f"{thing}: {', '.join((amount, str(row['bound']), str(row['status']), years, str(row['ref_area'])))}"


def write(rows: pd.DataFrame, path: Path) -> None:
    """Writes the table as CSV; a run that is stopped leaves the earlier file as it was."""
    write_whole(path, rows.to_csv(index=False, lineterminator="\n"))
