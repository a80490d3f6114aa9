"""What a programme's money came to for each project: the amounts, the counts, and what carries the ratio."""

import re
from collections import Counter
from collections.abc import Hashable

import pandas as pd

from auyl.errors import MissingFigureError
from auyl.measures.claims_in_text import ClaimsInText
from auyl.measures.columns import columns, key_columns, quantity
from auyl.measures.comparable import Claim, Pair, said
from auyl.measures.side_by_side import is_funding, is_given, is_people, is_thing, pair_up
from auyl.measures.things import is_kind, kinds

MILLION = 1e6
AROUND = 80  # characters on either side of a figure in which such words may stand


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
    return told_apart(told, pair_up(told, is_funding, is_given, (is_thing, "taken up"), (is_people, "taken up")))


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


# ---- What a cost is told of ---------------------------------------------------------------------------------------
#
# Where no column says it: "under the Project Development Measure", «на капитальный ремонт». The words are kept as
# printed: a cost of one measure, one purpose or one province must not be read as the programme's.


def told_apart(told: ClaimsInText, pairs: list[Pair]) -> list[Pair]:
    """The pairs, each with the place and part that its words name; where neither these nor who pays tells several costs
    of one thing apart, they are held back, since nobody could say which of two averages is meant."""
    pairs = [with_purpose(told, pair, "purpose") for pair in pairs]
    pairs = [with_purpose(told, pair, "payer") if twice else pair for pair, twice in costed_twice(told, pairs)]
    pairs = [held_back(pair) if twice else pair for pair, twice in costed_twice(told, pairs)]
    return [of_more_kinds(told, pair) for pair in pairs]


def of_more_kinds(told: ClaimsInText, pair: Pair) -> Pair:
    """A programme's money beside things of one kind, held back where the text tells that it pays for others too:
    "91 billion spent on the project, with 460 clinics built", after "145 clinics and 13 hospitals"."""
    one, other = pair.one, pair.other
    programme = told.has(one, "programme_word") or told.has(one, "anaphor")
    if not pair.said or other is None or not programme or told.near(one, other) == "clause":
        return pair
    listed = [
        claim for claim in told.claims if told.roles.get(claim.figure_id) == "joined" and claim.unit == other.unit
    ]
    if is_kind(other.unit, "given") or not any(claim.named == one.named for claim in listed):
        return pair
    return pair._replace(
        why_not=f"{said(one)} paid for more than {said(other)}: {said(listed[0])} are told with others"
    )


def costed_twice(told: ClaimsInText, pairs: list[Pair]) -> list[tuple[Pair, bool]]:
    """Each pair, and whether another gives a cost of the same thing; one that a person confirmed stands, and so do
    those of which money and count stand side by side: "267 projects worth 113 billion tenge" are no other projects."""
    costs = Counter(cost_of(told, pair) for pair in pairs if pair.said)
    return [(p, p.said and costs[cost_of(told, p)] > 1 and not stands_alone(told, p)) for p in pairs]


def stands_alone(told: ClaimsInText, pair: Pair) -> bool:
    """Whether a pair needs nothing to tell it from others of the same thing."""
    one, other = pair.one, pair.other
    known = other is not None and {one.figure_id, other.figure_id} <= told.spots.keys()
    beside = known and other is not None and told.touching(one, other) and told.near(one, other) == "clause"
    return beside or pair.evidence == "confirmed by hand"


def cost_of(told: ClaimsInText, pair: Pair) -> Hashable:
    """Which cost a pair gives: of what, in which money, of which programme, place, part, years and status.

    "85 educational facilities" and "101 health facilities" are two things though their unit is one.
    """
    one, other = pair.one, pair.other or pair.one
    dated = one if one.end_year is not None else other
    about = (one.named or other.named, one.place or other.place, one.part or other.part)
    return one.source_id, one.unit, other.unit, told.called(other), *about, dated.years, one.status


def held_back(pair: Pair) -> Pair:
    thing = (pair.other or pair.one).unit
    return pair._replace(
        why_not=f"nothing tells {said(pair.one)} from other money that gives another cost of a {thing}"
    )


def with_purpose(told: ClaimsInText, pair: Pair, kind: str) -> Pair:
    """The pair with the place or part that its words name, if its columns name none."""
    one, other = pair.one, pair.other
    if other is None or one.figure_id not in told.spots or other.figure_id not in told.spots:
        return pair
    carried = kind == "payer" and one.place_from not in ("clause", "correction")  # the list names each its own
    if carried or not (one.place or other.place):
        place = opening_place(told, one) or opening_place(told, other)
        one = one._replace(place=place, place_from="clause") if place else one
    if not (one.part or other.part) and (part := purpose(told, other, one, kind) or purpose(told, one, other, kind)):
        one = one._replace(part=part)
    return pair._replace(one=one)


def purpose(told: ClaimsInText, claim: Claim, partner: Claim, kind: str) -> str | None:
    """The measure, kind or purpose beside a figure: before the count («на строительство 149 школ») or after it."""
    text = told.around[claim.source_id].reading.text
    start, end = claim.start or 0, claim.end or 0
    before, after = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    found = [re.search(pattern, before) for pattern in kinds()[f"{kind}_before"]]
    found += [re.match(pattern, after) for pattern in kinds()[f"{kind}_after"]]
    for match in filter(None, found):
        words = " ".join(match[1].split())
        programmes = [c.programme.casefold() for c in (claim, partner) if c.programme]
        if not any(words.casefold() in name or name in words.casefold() for name in programmes):
            return words
    return None


def opening_place(told: ClaimsInText, claim: Claim) -> str | None:
    """The name that opens the figure's clause or sentence as its place: "In New Brunswick up to $17.6 million …"."""
    around = told.around[claim.source_id]
    before = around.reading.text[max((claim.start or 0) - AROUND, 0) : claim.start or 0]
    if listed := next(filter(None, (re.search(pattern, before) for pattern in kinds()["place_before"])), None):
        return listed[1]
    span = around.sentence_span(told.spots[claim.figure_id])
    words = around.reading.quote(span.start, span.stop)
    match = next(filter(None, (re.match(pattern, words) for pattern in kinds()["opening_place"])), None)
    if match is None:
        return None
    opened = range(span.start, span.start + 1 + len(match[1].split()))
    known = any(around.has(kind, opened) for kind in ("month", "national", "programme_word", "place_no", "relative"))
    return None if known else match[1]
