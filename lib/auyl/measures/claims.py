"""The published record as figures, so that every measure of a statement can be taken of what others published too."""

import pandas as pd

from auyl.errors import MissingFigureError
from auyl.measures import funding, villages
from auyl.measures.funding import funding_per_project
from auyl.measures.villages import village_allocations

SOURCE = "published"


def as_figures(published: pd.DataFrame, ref_area: str | None = None, suspect: bool = False) -> pd.DataFrame:
    """Published figures with the columns of a statement's figures.

    Parameters
    ----------
    published
        As `auyl.record.published.read_published` returns it.
    ref_area
        The area whose figures are wanted, an ISO 3166 code such as KZ-75; without it, those of whole countries.
    suspect
        Whether rows marked as doubtful are kept: to be checked themselves, never to check others by.

    Returns
    -------
    One row per figure about the whole of its indicator (no `scope`): `source_id` is "published",
    `figure_id` the `published_id`, `quote` the publisher; `sentence` is <NA>.
    """
    area = published["ref_area"] == (published["ref_area"].str[:2] if ref_area is None else ref_area)
    rows = published[area & published["scope"].isna() & (suspect | ~published["suspect"].astype(bool))]
    columns = ["value", "low", "high", "bound", "unit", "subject", "indicator", "status", "start_year", "end_year"]
    return (
        rows[columns]
        .assign(source_id=SOURCE, figure_id=rows["published_id"], quote=rows["publisher"], sentence=pd.NA)
        .astype({"source_id": "string", "sentence": "Int64"})
        .reset_index(drop=True)
    )


def published_costs(published: pd.DataFrame, subject: str) -> pd.DataFrame:
    """Money over projects for every area and period of which both were published, as `funding_per_project` gives it.

    Returns
    -------
    Its columns after `ref_area`, one row per pair of figures that differ, in order of area and period; empty where
    no area has both. `money_id` and `projects_id` are `published_id`s.
    """
    return _by_area(published, subject, funding_per_project, "cost_mn", funding.COLUMNS)


def published_allocations(published: pd.DataFrame, subject: str) -> pd.DataFrame:
    """Projects and money per village for every area and period published, as `village_allocations` gives it.

    Returns
    -------
    Its columns after `ref_area`, one row per pair of an amount and a number of villages that differ, of the same
    years; nothing is assumed. Empty where no area has both.
    """
    found = _by_area(published, subject, village_allocations, "mn_per_village", villages.COLUMNS)
    return found.drop_duplicates(["ref_area", "money_id", "villages_id"], ignore_index=True)


def by_period(pairs: pd.DataFrame, name: str) -> pd.DataFrame:
    """The span of a published ratio in each area and period, over every pair of published figures.

    Returns
    -------
    One row per `ref_area`, `start_year`, `end_year`: `pairs` (how many), `lowest` and `highest` of the column `name`
    as divided, `open_below`, `open_above`: whether a pair's "up to" or "more than" leaves that end open, and `planned`:
    whether none of them was reported as done.
    """
    spans = pairs.groupby(["ref_area", "start_year", "end_year"], sort=True, dropna=False)
    return spans.agg(
        pairs=(name, "size"),
        lowest=(name, "min"),
        highest=(name, "max"),
        open_below=(f"{name}_low", lambda ends: bool(ends.isna().any())),
        open_above=(f"{name}_high", lambda ends: bool(ends.isna().any())),
        planned=("status", lambda statuses: bool((statuses != "actual").all())),
    ).reset_index()


def _by_area(published: pd.DataFrame, subject: str, measure, needed: str, columns: dict[str, str]) -> pd.DataFrame:
    own = published[(published["subject"] == subject).fillna(False)]
    found = []
    for area in sorted(own["ref_area"].unique()):
        try:
            result = measure(as_figures(own, area))
        except MissingFigureError:
            continue
        stated = result[result[needed].notna() & ~result["reading"].str.startswith("also counting")]
        found.append(stated.assign(ref_area=area).astype({"ref_area": "string"}))
    dtypes = {"ref_area": "string", **columns}
    rows = [row for part in found for row in part.to_dict("records")]
    order = ["ref_area", "start_year", "end_year"]
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes).sort_values(order, kind="stable", ignore_index=True)
