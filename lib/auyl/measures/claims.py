"""One table of claims: what a statement says and what others published of the same, in one set of columns."""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from auyl import project
from auyl.errors import ParameterError
from auyl.measures.columns import nullable
from auyl.measures.comparable import Claim, as_claims, in_short
from auyl.measures.things import is_money
from auyl.reading.subjects import catalogue
from auyl.reading.table import DTYPES, figures
from auyl.record.published import read_published

if TYPE_CHECKING:
    from auyl.statement import Statement

STATEMENT = "statement"
COUNTRY, MONEY = "KZ", "KZT"  # whose record data/published.csv is
COLUMNS: dict[str, Any] = {  # the record's columns that a claim has beside a figure's
    **DTYPES,
    **dict.fromkeys(["source", "date", "address", "as_of", "basis", "revised_by"], "string"),
    **{"suspect": "boolean", "why_suspect": "string", "series_break": "boolean"},
    **dict.fromkeys(["note", "page_of", "caution"], "string"),
}


def claims(
    statements: "Statement | Iterable[Statement]", published: pd.DataFrame | None = None, whole: bool = False
) -> pd.DataFrame:
    """The figures of statements with what others published about the same subjects; with `whole`, of all subjects.

    Parameters
    ----------
    statements
        One, as `auyl.read_statement` returns it, or several, the rows of which `source_id` tells apart.
    published
        Another record; without it data/published.csv, which serves statements of Kazakhstan only.

    Returns
    -------
    The columns of `auyl.figures`, and `source` (string: "statement", or the publisher), `date` (string, of
    publication), `address`, `as_of`, `basis`, `revised_by`, `why_suspect`, `note`, `page_of`, `caution` (string),
    `suspect`, `series_break` (boolean). The statements' rows come first. Of a published row `figure_id` is its
    `published_id`, `source_id` its address, `quote` the figure in short, `place` its area (<NA> for the whole country),
    `part` its scope; `caution` goes with every figure of a page of which the record doubts another figure of the same
    subject: "the same page prints 524 billion KZT, which is doubtful". Rows of the record that are one of these
    statements (its own page, and pages of the same days that repeat it) are left out, since no statement is a witness
    for itself; with `whole` they stay, and `page_of` names the statement.

    Raises
    ------
    ParameterError
        Two of the statements have one id.
    """
    record = claims_on_record() if published is None else as_claims_of_others(published)
    told: list[pd.DataFrame] = []
    texts: dict[str, tuple[str | None, ...]] = {}
    confirmed: list[list[str]] = []
    # What the record knows of the statement's own page, that a series broke there, is known of the statement's figures.
    served, page_of = pd.Index([]), pd.Series(pd.NA, index=record.index, dtype="string")
    for statement in statements if isinstance(statements, Iterable) else [statements]:
        if statement.id in texts:
            raise ParameterError(f"two of the statements are called {statement.id!r}: their figures would be one")
        own = figures(statement)
        texts |= own.attrs["texts"]
        confirmed += own.attrs.get("confirmed", [])
        own = own.assign(source=STATEMENT, date=str(statement.date), address=statement.url)
        own = own.assign(suspect=False, series_break=False)
        if is_of_the_record(own):
            others = record if whole else record[record["subject"].isin(own["subject"].dropna())]
            served = served.union(others.index)
            same = others[is_own_page(others, own, statement)]
            page_of[same.index] = statement.id
            broken = same[same["series_break"].fillna(False)]
            own["series_break"] = repeats(own, broken, ["subject", "indicator", "value", "end_year", "place", "part"])
        told.append(own.reindex(columns=list(COLUMNS)).astype(COLUMNS))
    kept = served if whole else served[page_of[served].isna()]
    result = pd.concat([*told, record.assign(page_of=page_of).loc[kept]], ignore_index=True)
    result.attrs.update(texts=texts, confirmed=confirmed)
    return result


def is_of_the_record(own: pd.DataFrame) -> bool:
    """Whether the record serves these figures: they are of Kazakhstan, or, if that is not known, of its programmes."""
    countries = {country for *_, country in own.attrs.get("texts", {}).values() if country}
    if countries:
        return countries == {COUNTRY}
    programmes = [id for id, subject in catalogue().subjects.items() if subject.programme]
    return bool(own["subject"].isin(programmes).any())


def claims_on_record() -> pd.DataFrame:
    """The project's own record in the columns of claims, put into words once as long as its file is the same."""
    file = project.data() / "published.csv"
    return _claims_of(file, file.stat().st_mtime_ns if file.exists() else 0)


@lru_cache(maxsize=1)
def _claims_of(file: Path, changed: int) -> pd.DataFrame:
    return as_claims_of_others(read_published())


def as_claims_of_others(published: pd.DataFrame) -> pd.DataFrame:
    """The published record in the columns of claims."""
    subjects = catalogue().subjects
    rows = as_claims(published.assign(figure_id="", quote="", source="", source_id=""))
    short = [in_short(claim) for claim in rows]
    return (
        published.assign(
            source=published["publisher"],
            source_id=published["address"],
            figure_id=published["published_id"],
            quote=short,
            programme=[subjects[id].name if id in subjects else id for id in published["subject"]],
            place=published["ref_area"].where(published["ref_area"] != COUNTRY),
            part=published["scope"],
            caution=nullable(cautions(rows)),
        )
        .reindex(columns=list(COLUMNS))
        .astype(COLUMNS)
        .reset_index(drop=True)
    )


def cautions(rows: list[Claim]) -> list[str | None]:
    """What speaks against the page of each sound row: another figure of its subject there is doubtful. That an outlet
    converted an amount into another money at its own rate says nothing of the rest."""
    doubted: dict[object, str] = {}
    for c in rows:
        if c.suspect and not (is_money(c.unit) and c.unit != MONEY):
            doubted.setdefault((c.address, c.subject), f"the same page prints {in_short(c)}, which is doubtful")
    return [None if c.suspect else doubted.get((c.address, c.subject)) for c in rows]


# ---- The statement's own page --------------------------------------------------------------------------------------

REPEATED = 3  # figures of a statement on a page of the same days that has others, before it counts as the same
WEEK = pd.Timedelta(days=7)
SECOND = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})  # before the country: "stat.gov.kz"
NUMBER = re.compile(r"(?<!\d)(?!20\d{6}(?!\d))\d{5,}")  # of a page; eight digits that begin with 20 are a day
# One Latin letter for each Cyrillic one, by sound; q is k, so that old and new Latin spellings are one.
LATIN = str.maketrans(
    dict(zip("абвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяqáäğıñóöúü", [
        *"abvggdee", "zh", *"ziikklmnnooprstuuufhh", "ts", "ch", "sh", "sh", "", "y", "i", "", "e", "yu", "ya",
        *"kaaginoouu",
    ], strict=True))
)  # fmt: skip


def is_own_page(others: pd.DataFrame, own: pd.DataFrame, statement: "Statement") -> "pd.Series[bool]":
    """Which published rows are the statement's own page: no statement is a witness for itself.

    A page is known again by its address; by its publisher, however spelt, and its days; as a page of the same days of
    which the record has two figures or more and all are the statement's, or most of many; as a page of that very day
    with one.
    """
    day, page = str(statement.date), others["address"]
    key = ["subject", "indicator", "value", "bound", "status", "start_year", "end_year"]
    repeated = repeats(others, own, key).groupby(page)
    that_day = repeats(others, own, ["subject", "indicator", "value", "place"]) & others["date"].eq(day).fillna(False)
    near = pd.Series([is_near(date, day) for date in others["date"]], index=others.index, dtype=bool)
    many, share = repeated.transform("sum"), repeated.transform("mean")
    same = near & ((many >= REPEATED) & (share >= 0.5) | (many >= 2) & (share == 1))
    same |= that_day.astype(bool).groupby(page).transform("any")
    names = house(others, statement.publisher, statement.url) if statement.publisher else set()
    of_house = [bool(names_of(*each) & names) for each in zip(others["source"], page, strict=True)]
    that_page = [isinstance(each, str) and is_one_page(each, statement.url or "") for each in page]
    return same | (near & np.array(of_house, dtype=bool)) | np.array(that_page, dtype=bool)


def repeats(others: pd.DataFrame, own: pd.DataFrame, key: list[str]) -> "pd.Series[bool]":
    """Which rows of one table have these readings of a row of the other."""
    known = pd.MultiIndex.from_frame(own[key].astype(object))
    return pd.Series(pd.MultiIndex.from_frame(others[key].astype(object)).isin(known), index=others.index)


def is_near(date: object, day: str) -> bool:
    """Whether a date, which may be a month but no year alone, is within a week of the statement's."""
    if not isinstance(date, str) or len(date) < len("2023-03"):
        return False
    period = pd.Period(date)
    return bool(period.start_time - WEEK <= pd.Timestamp(day) <= period.end_time + WEEK)


def is_one_page(address: str, other: str) -> bool:
    """Whether two addresses are of one page: one site, and one path or one of its long numbers."""
    one, two = urlsplit(address), urlsplit(other)
    alike = (one.path.strip("/"), one.query) == (two.path.strip("/"), two.query)
    numbered = set(NUMBER.findall(one.path)) & set(NUMBER.findall(two.path))
    return site(address) == site(other) and bool(alike or numbered)


def site(address: str) -> str:
    """The name that was registered: "inform.kz" of "https://www.inform.kz/ru/…"."""
    labels = (urlsplit(address).hostname or "").split(".")
    return ".".join(labels[-3 if len(labels) > 2 and labels[-2] in SECOND else -2 :])


def plain(name: str) -> str:
    """A publisher's name as it would be spelt in an address: "Kazinform (ru)", «Казинформ» and Qazinform are one."""
    bare = re.sub(r"\(.*?\)|\.[a-z]{2,5}\b", "", name.lower()).translate(LATIN)
    return re.sub(r"[^a-z0-9]", "", bare)


def names_of(publisher: object, address: object) -> set[str]:
    """A publisher by its name and by its site."""
    names = [publisher, site(address) if isinstance(address, str) else None]
    return {plain(name) for name in names if isinstance(name, str)} - {""}


def house(others: pd.DataFrame, publisher: str, url: str | None) -> set[str]:
    """The names and sites of a publisher: those it has itself, and those that the record has of it."""
    own = names_of(publisher, url)
    known = [names_of(*page) for page in others[["source", "address"]].drop_duplicates().itertuples(index=False)]
    return own.union(*(names for names in known if names & own))
