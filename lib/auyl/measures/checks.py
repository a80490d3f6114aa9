"""A statement's figures set beside what others published of the same thing: do they agree, and if not, why?"""

from itertools import combinations, groupby
from operator import itemgetter

import pandas as pd

from auyl.measures.comparison import compare, is_national, overlap, same_kind, text
from auyl.measures.pairing import programme_name, table

VERDICTS = ("contradicts", "within bounds", "agrees", "not comparable")

_ONE = {
    "value": "Float64",
    "low": "Float64",
    "high": "Float64",
    "bound": "category",
    "status": "category",
    "start_year": "Int64",
    "end_year": "Int64",
}
_PUBLISHED = {
    "published_id": "string",
    "publisher": "string",
    "date": "string",
    "address": "string",
    **{f"published_{column}": dtype for column, dtype in _ONE.items()},
    "scope": "string",
    "suspect": "boolean",
}
COLUMNS = {
    "figure_id": "string",
    "quote": "string",
    "subject": "string",
    "programme": "string",
    "indicator": "string",
    "unit": "string",
    **_ONE,
    **_PUBLISHED,
    "verdict": "string",
    "why": "string",
}
CONTRADICTION_COLUMNS = {
    "subject": "string",
    "programme": "string",
    "indicator": "string",
    "unit": "string",
    **{f"{column}_{side}": dtype for side in ("a", "b") for column, dtype in _PUBLISHED.items()},
    "why": "string",
}


def cross_checks(figures: pd.DataFrame, published: pd.DataFrame, own_address: str | None = None) -> pd.DataFrame:
    """Each figure of a statement beside every published figure of the same subject and indicator.

    Parameters
    ----------
    figures
        One row per figure, as `auyl.figures` returns it.
    published
        As `auyl.record.published.read_published` returns it. Figures of whole countries are compared, not of regions.
    own_address
        The statement's own page, whose published rows would only repeat it and are left out.

    Returns
    -------
    One row per pair, contradictions first within each figure: the statement's figure (`figure_id` … `end_year`), the
    published one (`published_id` … `suspect`), `verdict` and `why`, a sentence. Figures of overlapping years are
    paired, and levels in percent of any years. The verdict is

    - "agrees": the same within the rounding of the last printed digit, or the same words;
    - "within bounds": a bound ("up to", "more than", "about", which reaches 10 percent either way) admits the other;
    - "contradicts": no value fits both;
    - "not comparable": other years, a break in the series, a part instead of the whole, a plan beside an outcome, or
      another currency.

    A figure of no known indicator has nothing to be compared with. Without such pairs the table is empty.
    """
    broken = published["series_break"].fillna(False).astype(bool) & published["end_year"].notna()
    breaks = published[broken & is_national(published)].to_dict("records")
    others = published[is_national(published) & (published["address"] != own_address).fillna(True)]
    rows = []
    for figure in figures[figures["indicator"].notna()].to_dict("records"):
        same = others[(others["subject"] == figure["subject"]) & (others["indicator"] == figure["indicator"])]
        for other in same.to_dict("records"):
            if not (overlap(figure, other) or (figure["unit"] == "percent" and same_kind(figure, other))):
                continue
            verdict, why = compare(figure, other, breaks)
            rows.append(_row(figure, other, verdict, why))
    order = {verdict: place for place, verdict in enumerate(VERDICTS)}
    return table(rows, COLUMNS).sort_values(
        ["figure_id", "verdict"],
        key=lambda keys: keys.map(order).fillna(0) if keys.name == "verdict" else keys,
        kind="stable",
        ignore_index=True,
    )


def contradictions(published: pd.DataFrame) -> pd.DataFrame:
    """Published figures that no value can reconcile: same subject, indicator, part, area and years.

    Returns
    -------
    One row per pair of differing figures, the earlier publication first: subject, indicator and unit, each side's
    figure and source with the suffixes `_a` and `_b`, and `why`. A repetition of the same figure by another outlet
    makes no further row. A period whose first year is not stated is compared with those that end in the same year.
    """
    rows = []
    named = ["subject", "indicator", "ref_area", "end_year"]
    distinct = published.sort_values("date", kind="stable", na_position="last").drop_duplicates(
        [*named, "scope", "start_year", "value", "bound", "unit", "status"]
    )
    known = distinct.dropna(subset=named).sort_values(named, kind="stable").to_dict("records")
    for _, group in groupby(known, key=itemgetter(*named)):
        for a, b in combinations(group, 2):
            if text(a["scope"]) != text(b["scope"]):
                continue
            verdict, why = compare(a, b, [])
            if verdict == "contradicts":
                rows.append(_pair(a, b, why))
    return table(rows, CONTRADICTION_COLUMNS)


def _row(figure: dict, other: dict, verdict: str, why: str) -> dict:
    own = {column: figure[column] for column in ("figure_id", "quote", "subject", "indicator", "unit", *_ONE)}
    return {
        **own,
        "programme": programme_name(figure["subject"]),
        **_published_side(other),
        "verdict": verdict,
        "why": why,
    }


def _pair(a: dict, b: dict, why: str) -> dict:
    sides = {f"{c}_{side}": entry for side, row in (("a", a), ("b", b)) for c, entry in _published_side(row).items()}
    shared = {column: a[column] for column in ("subject", "indicator", "unit")}
    return {**shared, "programme": programme_name(a["subject"]), **sides, "why": why}


def _published_side(row: dict) -> dict:
    source = {column: row[column] for column in ("published_id", "publisher", "date", "address", "scope", "suspect")}
    return {**source, **{f"published_{column}": row[column] for column in _ONE}}
