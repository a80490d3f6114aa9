"""More or less than before? Ratios that one source published, and which two of them may be compared."""

from itertools import combinations

import pandas as pd

from auyl.bounded import as_bounded
from auyl.measures.claims import as_claims_of_others
from auyl.measures.claims_in_text import ClaimsInText
from auyl.measures.columns import KEY, nullable
from auyl.measures.comparable import as_claims, grown
from auyl.measures.funding import MILLION
from auyl.measures.side_by_side import chosen, is_funding, pair_up, pairs_table


def published_ratios(published: pd.DataFrame, subject: str, per: str = "projects") -> pd.DataFrame:
    """Money over projects (or villages) for every area and period of which one source published both.

    Parameters
    ----------
    published
        As `auyl.read_published` returns it.
    subject, per
        A programme of the catalogue; "projects", "villages" or another name that `side_by_side` takes.

    Returns
    -------
    One row per pair of one page, in order of place and period: the columns of `side_by_side` (`allocation`, `projects`
    …), `source` (the publisher) and `mn_each` (bounded, millions of the money's unit for each). Pairs that may not be
    said are left out.
    """
    own = as_claims_of_others(published[(published["subject"] == subject).fillna(False)])
    told = ClaimsInText.of(own)
    pairs = [pair for pair in pair_up(told, is_funding, chosen(per)) if pair.said]
    table = pairs_table(pairs, "allocation", per)
    return (
        table.assign(
            mn_each=table["allocation"] / table[per] / MILLION,
        )
        .drop(columns=["said", "why_not"])
        .sort_values(["place", "end_year", "start_year"], na_position="first", kind="stable", ignore_index=True)
    )


def changes(ratios: pd.DataFrame, column: str = "mn_each") -> pd.DataFrame:
    """Which of these values can be compared over time, and by how much they differ.

    Parameters
    ----------
    ratios
        Rows with `source`, `unit` and the columns that say what a value is about (`subject` … `status`), such as
        `published_ratios` returns.
    column
        The bounded column to compare.

    Returns
    -------
    One row per two rows of different end years, told ones first: `earlier`, `later` (bounded), `earlier_years`,
    `later_years`, `earlier_source`, `later_source` (string), `change_percent` (bounded, of the later from the earlier;
    <NA> where it cannot be told), `told` (boolean) and `why_not` (a sentence).
    """
    quoted = ratios[column].bounds.in_words(1)
    claims = as_claims(ratios.reindex(columns=[*KEY, "source", "unit"]).assign(
        figure_id="", quote=quoted, value=ratios[column].bounds.value))  # fmt: skip
    rows = []
    for first, second in combinations(range(len(claims)), 2):
        one, other = sorted((first, second), key=lambda n: (claims[n].end_year or 0, claims[n].start_year or 0))
        if claims[one].place == claims[other].place and claims[one].end_year != claims[other].end_year:
            rows.append((one, other, grown(claims[one], claims[other])))
    earlier, later = (ratios[column].take([row[n] for row in rows]).reset_index(drop=True) for n in (0, 1))
    told = nullable([row[2] is None for row in rows], "boolean")
    both = (("earlier", 0), ("later", 1))
    years = [f"{c.start_year}–{c.end_year}" if c.start_year != c.end_year else f"{c.end_year}" for c in claims]
    table = pd.DataFrame(
        {
            "earlier": earlier,
            "later": later,
            **{f"{name}_years": nullable([years[row[n]] for row in rows]) for name, n in both},
            **{f"{name}_source": nullable([claims[row[n]].source for row in rows]) for name, n in both},
            "change_percent": ((later / earlier - as_bounded([1.0] * len(rows))) * 100.0).where(pd.Series(told)),
            "told": told,
            "why_not": nullable([row[2] for row in rows]),
        }
    )
    return table.sort_values("told", ascending=False, kind="stable", ignore_index=True)
