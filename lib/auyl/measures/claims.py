"""One table of claims: what a statement says and what others published of the same, in one set of columns."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from auyl import project
from auyl.errors import ParameterError
from auyl.measures.columns import nullable
from auyl.measures.comparable import Claim, as_claims, in_short
from auyl.measures.own_page import is_this_statement
from auyl.measures.things import is_money
from auyl.reading.subjects import catalogue
from auyl.reading.table import DTYPES, figures
from auyl.record.published import read_published

if TYPE_CHECKING:
    from auyl.statement import Statement

STATEMENT = "statement"
COUNTRY, MONEY = "KZ", "KZT"  # whose record data/published.csv is
PUBLISHED = {  # the record's columns that a claim has beside a figure's
    "source": "string",
    "date": "string",
    "address": "string",
    "as_of": "string",
    "basis": "string",
    "revised_by": "string",
    "suspect": "boolean",
    "why_suspect": "string",
    "series_break": "boolean",
    "note": "string",
    "page_of": "string",
    "caution": "string",
}
COLUMNS: dict[str, Any] = {**DTYPES, **PUBLISHED}


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
    served, page_of = pd.Index([]), pd.Series(pd.NA, index=record.index, dtype="string")
    for statement in statements if isinstance(statements, Iterable) else [statements]:
        if statement.id in texts:
            raise ParameterError(f"two of the statements are called {statement.id!r}: their figures would be one")
        own = figures(statement)
        texts |= own.attrs["texts"]
        confirmed += own.attrs.get("confirmed", [])
        own = own.assign(source=STATEMENT, date=str(statement.date), address=statement.url)
        own = own.assign(suspect=False, series_break=False)
        told.append(own.reindex(columns=list(COLUMNS)).astype(COLUMNS))
        if is_of_the_record(own):
            others = record if whole else record[record["subject"].isin(own["subject"].dropna())]
            served = served.union(others.index)
            page_of[others.index[is_this_statement(others, own, statement)]] = statement.id
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
