"""What a programme's money came to for each project: the amounts, the counts, and what carries the ratio."""

import pandas as pd

from auyl.errors import MissingFigureError
from auyl.measures.claims_in_text import ClaimsInText
from auyl.measures.columns import columns, key_columns, quantity
from auyl.measures.side_by_side import Pair, is_funding, is_given, is_people, is_thing, pair_up
from auyl.measures.told_of import with_what_they_are_of

MILLION = 1e6


def funding_per_project(figures: pd.DataFrame) -> pd.DataFrame:
    """Money given or earmarked, over the number of projects (or loans, schools, farmers …) it was for.

    Parameters
    ----------
    figures
        One row per figure, as `auyl.figures` or `auyl.claims` returns it.

    Returns
    -------
    One row per amount of money, those that may be said first, dearest first within a currency: `subject`, `programme`,
    `place`, `part` (string; <NA> for the whole), `start_year`, `end_year` (Int64), `status` (string), `currency`,
    `counted` (string: ISO code; the thing counted), `money` (bounded, single units of the currency), `projects`
    (bounded), `cost_mn` (bounded, millions of the currency for each), `source` (string: "statement", or the
    publisher of the record's claims), `evidence` (string: what the pair rests on),
    `said` (boolean: whether it may be a headline), `why_not` (string: a sentence, where it may not), `money_id`,
    `projects_id`. An amount that has no count beside it keeps <NA> in `projects` and `cost_mn`.

    Raises
    ------
    MissingFigureError
        No amount has a count beside it. The message lists the figures found.
    """
    table = funding_table(funding_pairs(ClaimsInText.of(figures)))
    if not table["projects_id"].notna().any():
        raise MissingFigureError(
            "no cost per project: it needs an amount of money and a number of projects, loans or other things of one "
            f"programme and the same years; {what_was_found(figures)}"
        )
    return table


def funding_pairs(told: ClaimsInText) -> list[Pair]:
    """Each amount with its count: of projects and loans anywhere, of other things and of people if they got it."""
    pairs = pair_up(told, is_funding, is_given, (is_thing, "taken up"), (is_people, "taken up"))
    return with_what_they_are_of(told, pairs)


def funding_table(pairs: list[Pair]) -> pd.DataFrame:
    """The pairs as `funding_per_project` gives them."""
    ones, others = [pair.one for pair in pairs], [pair.other for pair in pairs]
    money, projects = quantity(ones), quantity(others)
    table = pd.DataFrame(
        {
            **key_columns([(pair.one, pair.other) for pair in pairs]),
            **columns(ones, currency="unit"),
            **columns(others, counted="unit"),
            "money": money,
            "projects": projects,
            "cost_mn": money / projects / MILLION,
            **columns(ones, "source"),
            **columns(pairs, "evidence", "said", "why_not"),
            **columns(ones, money_id="figure_id"),
            **columns(others, projects_id="figure_id"),
        }
    )
    order = table.assign(cost=table["cost_mn"].bounds.value)  # pandas sorts by several keys only what is plain
    order = order.sort_values(["said", "currency", "cost"], ascending=[False, True, False], kind="stable")
    return table.loc[order.index].reset_index(drop=True)


def what_was_found(figures: pd.DataFrame, limit: int = 6) -> str:
    """ "found 3 figures: “64%”, “70%”, “40%”", for the message that says what is missing."""
    if figures.empty:
        return "found no figures at all"
    quotes = [f"“{quote}”" for quote in figures["quote"].head(limit)]
    more = ", …" if len(figures) > limit else ""
    return f"found {len(figures)} figure{'s' if len(figures) > 1 else ''}: {', '.join(quotes)}{more}"
