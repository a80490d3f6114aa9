"""What a cost is told of, where no column says it: "under the Project Development Measure", «на капитальный ремонт».

The words are kept as printed: a cost of one measure, one purpose or one province must not be read as the programme's.
"""

import re
from collections import Counter
from collections.abc import Hashable

from auyl.measures.claims_in_text import ClaimsInText
from auyl.measures.comparable import Claim, said
from auyl.measures.side_by_side import Pair
from auyl.measures.things import kinds

AROUND = 80  # characters on either side of a figure in which such words may stand


def with_what_they_are_of(told: ClaimsInText, pairs: list[Pair]) -> list[Pair]:
    """The pairs, each of which names its place and part; several costs of one thing that neither tells apart are held
    back, since two averages of one word are a riddle."""
    named = [told_of(told, pair, "purpose") for pair in pairs]
    apart = [told_of(told, pair, "payer") if alike else pair for pair, alike in zip(named, riddles(named), strict=True)]
    return [held_back(pair) if alike else pair for pair, alike in zip(apart, riddles(apart), strict=True)]


def riddles(pairs: list[Pair]) -> list[bool]:
    """Of each pair, whether another gives a cost of the same thing; one that a person confirmed is none."""
    costs: Counter[Hashable] = Counter(cost_of(pair) for pair in pairs if pair.said)
    return [pair.said and costs[cost_of(pair)] > 1 and pair.evidence != "confirmed by hand" for pair in pairs]


def cost_of(pair: Pair) -> Hashable:
    """Which cost a pair gives: of what, in which money, of which programme, place, part, years and status."""
    one, other = pair.one, pair.other or pair.one
    dated = one if one.end_year is not None else other
    status = one.status
    about = (one.named or other.named, one.place or other.place, one.part or other.part)
    return one.source_id, one.unit, other.unit, *about, dated.years, status


def held_back(pair: Pair) -> Pair:
    thing = (pair.other or pair.one).unit
    return pair._replace(
        why_not=f"nothing tells {said(pair.one)} from other money that gives another cost of a {thing}"
    )


def told_of(told: ClaimsInText, pair: Pair, kind: str) -> Pair:
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
