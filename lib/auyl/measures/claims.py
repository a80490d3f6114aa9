"""One table of claims: what a statement says and what others published of the same, in one set of columns."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from auyl.measures.comparable import as_claims, in_short
from auyl.measures.own_page import is_this_statement
from auyl.reading.subjects import catalogue
from auyl.reading.table import DTYPES, figures
from auyl.record.published import read_published

if TYPE_CHECKING:
    from auyl.statement import Statement

STATEMENT = "statement"
COUNTRY = "KZ"  # whose record data/published.csv is
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
}
COLUMNS: dict[str, Any] = {**DTYPES, **PUBLISHED}


def claims(statement: "Statement", published: pd.DataFrame | None = None, whole: bool = False) -> pd.DataFrame:
    """A statement's figures with what others published about the same subjects; with `whole`, of all subjects.

    Parameters
    ----------
    statement
        As `auyl.read_statement` returns it.
    published
        Another record; without it data/published.csv, which serves statements of Kazakhstan only.

    Returns
    -------
    The columns of `auyl.figures`, and `source` (string: "statement", or the publisher), `date` (string, of
    publication), `address`, `as_of`, `basis`, `revised_by`, `why_suspect`, `note` (string), `suspect`, `series_break`
    (boolean). The statement's rows come first. Of a published row `figure_id` is its `published_id`, `source_id` its
    address, `quote` the figure in short, `place` its area (<NA> for the whole country), `part` its scope. Rows of the
    record that are this very statement are left out: its own page, and pages of the same days that repeat it.
    """
    own = figures(statement)
    texts = own.attrs
    told = own.assign(source=STATEMENT, date=str(statement.date), suspect=False, series_break=False)
    record = read_published() if published is None else published
    others = as_claims_of_others(record if is_of_the_record(own) else record.iloc[:0])
    if not whole:
        others = others[others["subject"].isin(own["subject"].dropna().unique())]
    others = others[~is_this_statement(others, told, statement)]
    result = pd.concat([told.reindex(columns=list(COLUMNS)).astype(COLUMNS), others.astype(COLUMNS)], ignore_index=True)
    result.attrs.update(texts)
    return result


def is_of_the_record(own: pd.DataFrame) -> bool:
    """Whether the record serves these figures: they are of Kazakhstan, or, if that is not known, of its programmes."""
    countries = {country for *_, country in own.attrs.get("texts", {}).values() if country}
    if countries:
        return countries == {COUNTRY}
    programmes = [id for id, subject in catalogue().subjects.items() if subject.programme]
    return bool(own["subject"].isin(programmes).any())


def as_claims_of_others(published: pd.DataFrame) -> pd.DataFrame:
    """The published record in the columns of claims."""
    subjects = catalogue().subjects
    short = [in_short(claim) for claim in as_claims(published.assign(figure_id="", quote="", source="", source_id=""))]
    return (
        published.assign(
            source=published["publisher"],
            source_id=published["address"],
            figure_id=published["published_id"],
            quote=short,
            programme=[subjects[id].name if id in subjects else id for id in published["subject"]],
            place=published["ref_area"].where(published["ref_area"] != COUNTRY),
            part=published["scope"],
        )
        .reindex(columns=list(COLUMNS))
        .astype(COLUMNS)
        .reset_index(drop=True)
    )
