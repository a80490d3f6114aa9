"""Which figures are the parts of which total, by the words of the text, and which figures are no totals at all.

Four ways of saying it are read: a list after a colon ("2,500 projects: 1,310 roads, 645 water systems …"); words of
containing ("of which", «в том числе», «оның ішінде»); words of summing up ("9.1 billion in all"); and figures told one
after another, or after "namely", that make a total told before them exactly.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from math import log10
from typing import NamedTuple

from auyl.reading.surroundings import Figure, Spot, Spots, Surroundings, changed, is_item
from auyl.reading.topics import is_change

NEAR = 6  # tokens between a word of summing up and its figure
OFF = 0.1  # a list after a colon that misses its total by more than this share need not be the whole list
REACH = 40  # figures back that a total may stand
FEWEST = 20  # counts below it meet by chance
COINCIDENCE = 0.01  # rounding that leaves more room than this share proves nothing; a hedged total leaves as much
MAGNITUDE = 1000
ALL = 100  # percent
OUT_OF = 6  # tokens from a count to the "out of" that tells of how many
RESTATED = 4  # tokens at most between an amount and the share that it is
SHARES = ("percent", "percentage_point", "times")
ASKED_FOR = frozenset({"application", "bid", "request", "proposal", "claim", "submission", "expression"})


class Whole(NamedTuple):
    """A total and its parts, by their positions in the list of figures.

    `words` says how the text puts it. `complete`: whether these are all the parts, by the words or by their sum.
    """

    total: int
    parts: tuple[int, ...]
    words: str
    complete: bool


def read_wholes(around: Surroundings, figures: Sequence[Figure]) -> list[Whole]:
    """The totals of a text with their parts, in the order of the totals; a figure is part of one total at most."""
    spots = around.spots(figures)
    found: dict[int, Whole] = {}
    taken: set[int] = set()
    for way in (listed, remaining, contained, taken_from, summed_up, told_after):
        for whole in way(around, figures, spots):
            if whole.total in found or taken & {whole.total, *whole.parts}:
                continue
            found[whole.total] = whole
            taken.update(whole.parts)
    return [found[total] for total in sorted(found)]


class Proportion(NamedTuple):
    """A percentage and the two figures it is reckoned from, by their positions: part and whole, or before and after."""

    percent: int
    one: int
    other: int
    kind: str  # "share" or "change"


def read_proportions(around: Surroundings, figures: Sequence[Figure], wholes: Sequence[Whole]) -> Iterator[Proportion]:
    """ "575 billion of 1.03 trillion, or 56%"; "from 344 to 521 billion, more than 51% up": told in one sentence."""
    spots = around.spots(figures)
    told = [(w.parts[0], w.total, "share") for w in wholes if len(w.parts) == 1]
    told += [(first, last, "change") for first, last in changed(around, figures).items()]
    for one, other, kind in told:
        last = max(one, other)
        alone = spots[one].sentence == spots[other].sentence and figures[one].unit != "percent"
        after = [n for n in spots.inside(spots[last].sentence) if n > last] if alone else []
        if after and figures[after[0]].unit == "percent" and spots[after[0]].token - spots[last].stop <= NEAR:
            yield Proportion(after[0], one, other, kind)


def rounding(figures: Sequence[Figure]) -> float:
    """How far the sum of printed figures may be off for the rounding of their last digits alone."""
    return float(sum(steps(figures))) / 2


def steps(figures: Sequence[Figure]) -> list[float]:
    """The last printed digit of each exact figure. In one list, those of one magnitude are rounded alike: 4 billion
    beside 5.6 billion is 4.0."""
    exact = [f for f in figures if f.bound == "exact" and f.low is not None and f.high is not None]
    own = [(magnitude(f), float(f.high - f.low)) for f in exact]
    return [min(s for m, s in own if m == size and s * MAGNITUDE > step) if step else 0.0 for size, step in own]


def magnitude(figure: Figure) -> int:
    """Of thousands, millions, billions: how often a thousand goes into it."""
    return int(log10(abs(figure.value) or 1) // 3)


def difference(figures: Sequence[Figure], total: int, parts: Sequence[int]) -> float:
    """The sum of the parts less the total; 0 where rounding explains it, or a "more than" before the total."""
    whole = figures[total]
    off = float(sum(figures[i].value for i in parts) - whole.value)
    room = (rounding([whole]) + rounding([figures[i] for i in parts])) * (1 + 1e-9) + 1e-9
    hedge = COINCIDENCE * abs(whole.value)
    below, above = (hedge if whole.bound in (bound, "about") else 0 for bound in ("at_most", "at_least"))
    return 0.0 if -max(room, below) <= off <= max(room, above) else off


def listed(around: Surroundings, figures: Sequence[Figure], spots: Spots) -> Iterator[Whole]:
    """A total before a colon, a list of one or many lines after it; the sentence before may give another total."""
    reading, sentences = around.reading, around.sentences
    for i, token in enumerate(reading.tokens):
        if token.text != ":" or (reading.glued(i - 1) and reading.glued(i)):
            continue
        first = last = bisect_right(around.sentence_starts, i)
        last += i + 1 >= sentences[first - 1].end  # the colon ends its sentence
        while last < len(sentences) and is_item(reading, sentences[last].start):
            last += 1
        before = [n for n in spots.inside(first) if spots[n].stop <= i]
        after = [n for number in range(first, last + 1) for n in spots.inside(number) if spots[n].token > i]
        if not around.has("whole", range(i + 1, min(i + 6, reading.count)), "parts"):
            yield from best(figures, before, after, "a list after a colon")
        earlier = [n for n in spots.inside(first - 1) if spots[n].paragraph == sentences[first - 1].paragraph]
        for total in earlier if before else ():
            yield from (
                Whole(total, parts, "a list after a colon", True)
                for parts in runs(figures, total, after)
                if certain(figures, total, parts, told=True)
            )


def best(figures: Sequence[Figure], before: list[int], after: list[int], words: str) -> Iterator[Whole]:
    """Of the figures before a list the one that it adds up to, or comes nearest to."""
    choices = [
        (abs(difference(figures, total, parts)) / abs(figures[total].value or 1), -len(parts), total, parts)
        for total in before
        for parts in runs(figures, total, after)
    ]
    if choices:
        off, _, total, parts = min(choices)
        yield Whole(total, parts, words, off <= OFF)


def runs(figures: Sequence[Figure], total: int, after: list[int]) -> Iterator[tuple[int, ...]]:
    """The ways to take a list: all figures that may be parts of this total."""
    unit = figures[total].unit
    own = tuple(n for n in after if figures[n].unit in (unit, None))
    if len(own) > 1:
        yield own
    things = [n for n in after if is_part(figures[n].unit)]
    counted = tuple(n for n in things if figures[n].value < figures[total].value)
    if is_count(unit) and len(counted) > 1 and counted != own:
        yield counted


def contained(around: Surroundings, figures: Sequence[Figure], spots: Spots) -> Iterator[Whole]:
    """ "232 billion, of which 19 billion goes to …": parts that need not be all."""
    for n, spot in enumerate(spots):
        sentence = around.sentence_span(spot)
        mark = next((m for m in around.marks("whole", range(spot.stop, sentence.stop)) if m.value == "parts"), None)
        inside = spots.inside(spot.sentence)
        if mark is None or any(spot.stop <= spots[i].token < mark.start for i in inside):
            continue
        after = [i for i in inside if spots[i].token >= mark.end]
        parts = tuple(i for i in after if same_unit(figures[n], figures[i]) and figures[i].value <= figures[n].value)
        if parts:
            complete = len(parts) > 1 and (difference(figures, n, parts) == 0 or misprinted(figures, n, parts))
            yield Whole(n, parts, f"“{around.reading.quote(mark.start, mark.end)}”", complete)


def remaining(around: Surroundings, figures: Sequence[Figure], spots: Spots) -> Iterator[Whole]:
    """ "64 out of 89 cities … The remaining 25 cities": what is left of a total told just before, with the rest."""
    for n, spot in enumerate(spots):
        if not around.has("whole", range(max(spot.token - 3, 0), spot.token + 1), "rest"):
            continue
        before = [i for i in range(max(n - 6, 0), n) if spots[i].paragraph == spot.paragraph]
        own = [i for i in before if spot.sentence - spots[i].sentence <= 2 and alike(figures[i], figures[n])]
        for total in own:
            parts = [i for i in own if i != total and difference(figures, total, (i, n)) == 0]
            if len(parts) == 1 and figures[total].unit is not None:
                yield Whole(total, (parts[0], n), "told with the rest", True)


def taken_from(around: Surroundings, figures: Sequence[Figure], spots: Spots) -> Iterator[Whole]:
    """ "61 of the 96 projects", "of the 1,200 buildings, 480 are finished", «из 57 объектов сданы 49»."""
    reading = around.reading
    for n in range(len(spots) - 1):
        one, other = spots[n], spots[n + 1]
        if one.sentence != other.sentence:
            continue
        mark = reading.at(one.stop, "part_of")
        if mark is not None and mark.end == other.token and same_unit(figures[n + 1], figures[n]):
            yield Whole(n + 1, (n,), "told as some of them", False)
        opening = reading.before(one.token, "part_of")
        if opening is None or opening.start != around.sentences[one.sentence - 1].start:
            continue
        every = tuple(i for i in spots.inside(one.sentence) if i > n and same_unit(figures[n], figures[i]))
        if len(every) > 1 and certain(figures, n, every, told=True):
            yield Whole(n, every, "told as all of them", True)
        elif n + 1 in every and figures[n + 1].value <= figures[n].value:
            yield Whole(n, (n + 1,), "told as some of them", False)


def misprinted(figures: Sequence[Figure], total: int, parts: Sequence[int]) -> bool:
    """Whether the parts make the total if one of them had another magnitude: "95 million" for 95 billion."""
    off = figures[total].value - sum(figures[i].value for i in parts)
    room = rounding([figures[i] for i in (total, *parts)])
    return any(abs(off - figures[i].value * (scale - 1)) <= room * scale for i in parts for scale in (1e3, 1e-3))


def summed_up(around: Surroundings, figures: Sequence[Figure], spots: Spots) -> Iterator[Whole]:
    """ "1.8 from …, 3.2 from … and 4.1 from …, 9.1 billion in all"."""
    for n, spot in enumerate(spots):
        near = range(max(spot.token - NEAR, 0), min(spot.stop + NEAR, around.reading.count))
        if not around.has("whole", near, "in_all"):
            continue
        parts = tuple(i for i in spots.inside(spot.sentence) if i < n and figures[i].unit in (figures[n].unit, None))
        if len(parts) > 1 and certain(figures, n, parts):
            yield Whole(n, parts, "summed up", True)


def told_after(around: Surroundings, figures: Sequence[Figure], spots: Spots) -> Iterator[Whole]:
    """Figures of one sentence that make a total of the same paragraph, told before, exactly.

    After "namely", «атап айтқанда», «оның ішінде» the list may be of several sentences, and open a paragraph.
    """
    for number in sorted({spot.sentence for spot in spots if not spot.title}):
        inside = list(spots.inside(number))
        start, paragraph = around.sentences[number - 1].start, spots[inside[0]].paragraph
        opened = around.has("whole", range(start, spots[inside[0]].token), "parts")  # "Of these, 640 …"
        namely = any(around.has("whole", range(start, start + 1), word) for word in ("namely", "parts"))
        rest = opened or namely or around.has("whole", around.sentence_span(spots[inside[0]]), "rest")
        lists = [inside]
        for further in range(number + 1, len(around.sentences) + 1) if namely else ():
            if around.sentences[further - 1].paragraph == paragraph:
                lists.append([*lists[-1], *spots.inside(further)])
        before = [
            n
            for n in range(max(inside[0] - REACH, 0), inside[0])
            if spots[n].paragraph in (paragraph, paragraph - namely) and not spots[n].title
        ]
        units = list(dict.fromkeys(figures[n].unit for n in inside if rest or figures[n].unit is not None))
        own = [[[n for n in each if figures[n].unit == unit] for each in lists] for unit in units]
        counts = [[n for n in each if is_part(figures[n].unit)] for each in lists]
        for several in [*own, *([counts] if rest and len(units) > 1 else [])]:
            yield from exactly(figures, spots, several, before, rest)


def exactly(
    figures: Sequence[Figure], spots: Spots, lists: list[list[int]], before: list[int], told: bool
) -> Iterator[Whole]:
    """The first run of a list's figures that makes a total told before; `told` where words make it one."""
    for own in lists:
        for first in range(len(own) - 1):
            parts = tuple(own[first:])
            one, near = figures[parts[0]], spots[parts[0]].sentence - 1
            same = [
                n
                for n in (*before, *own[:first])
                if (told and alike(figures[n], one))
                or (figures[n].unit == one.unit and (len(parts) > 2 or spots[n].sentence >= near))
            ]
            totals = [n for n in same if certain(figures, n, parts, told)]
            if totals:
                yield Whole(totals[-1], parts, "told one after another", True)
                return


def certain(figures: Sequence[Figure], total: int, parts: tuple[int, ...], told: bool = False) -> bool:
    """Whether the parts make the total, and not by chance; `told` if the words make them its parts."""
    value = abs(figures[total].value)
    if figures[total].unit in SHARES or (value < FEWEST and not told):
        return False
    printed = [figures[i] for i in (total, *parts)]
    hedged = any(f.bound != "exact" for f in printed[1:]) or printed[0].bound not in ("exact", "about")
    if (hedged and not told) or any(f.value <= 0 for f in printed):
        return False
    return difference(figures, total, parts) == 0 and (told or rounding(printed) <= 3 * COINCIDENCE * value)


def alike(one: Figure, other: Figure) -> bool:
    """Whether both are counts or bare numbers, or of one unit."""
    return one.unit == other.unit or (is_part(one.unit) and is_part(other.unit))


def same_unit(total: Figure, part: Figure) -> bool:
    return part.unit in (total.unit, None) and total.unit is not None


def is_part(unit: str | None) -> bool:
    """Whether a figure of this unit may be some of the things told before: a count, or a bare number."""
    return unit is None or is_count(unit)


def is_count(unit: str | None) -> bool:
    """A counted thing: its name is a word in lower case and no measure of size or share."""
    if unit is None or len(unit) <= 2 or unit in SHARES:
        return False
    return unit.islower() if len(unit) < 4 else unit[:1].isalpha()


# ---- What keeps a figure from being a total: asked for, some of others, or what it was before -----------------------


def read_roles(
    around: Surroundings, figures: Sequence[Figure], wholes: Sequence[Whole], money: Sequence[bool]
) -> list[str | None]:
    """The role of each figure: "asked", "not given", "before" or "part"; None for one that may be a total.

    `money` marks sums.
    """
    spots = around.spots(figures)
    parts = {part for whole in wholes for part in whole.parts}
    before = {
        first
        for first, last in changed(around, figures).items()
        if years(figures[first]) in (years(figures[last]), (None, None))
    }
    found: list[str | None] = []
    for n, spot in enumerate(spots):
        if figures[n].unit in ASKED_FOR or (money[n] and asked_for(around, spots, n, figures)):
            found.append("asked")
        elif money[n] and bought_nothing(around, figures, spots, n):
            found.append("not given")
        elif n in before:
            found.append("before")
        else:
            some = n in parts or some_of(around, spot) or (money[n] and is_share(around, figures, spots, n))
            found.append("part" if some else None)
    return found


def bought_nothing(around: Surroundings, figures: Sequence[Figure], spots: Spots, n: int) -> bool:
    """Whether money is a debt, a tax, a profit; if its clause counts nothing else also salaries, a price, a portfolio,
    and "a school costs 2.1 billion"."""
    clause = around.clause(spots[n].clause)
    if around.has("not_given", clause, "not_given"):
        return True
    if figures[n].programme is not None and figures[n].subject_from in ("clause", "sentence"):
        return False  # "spending on Green Villages"
    counts = [spots[i] for i in spots.inside(spots[n].sentence) if is_count(figures[i].unit)]
    if any(spot.clause == spots[n].clause or spot < spots[n] for spot in counts):
        return around.has("not_given", clause, "general") and all(spot.clause != spots[n].clause for spot in counts)
    before = range(around.sentence_span(spots[n]).start, spots[n].token)
    single = around.has("single", before) and around.has("costs", before)
    return single or around.has("not_given", range(before.start, clause.stop), "general")


def is_share(around: Surroundings, figures: Sequence[Figure], spots: Spots, n: int) -> bool:
    """Whether money is told as a share of other money: "31 billion, or 65% of the budget", "8.4 billion (64%)"."""
    if n + 1 == len(spots) or figures[n + 1].unit != "percent" or figures[n + 1].value >= ALL:
        return False
    between = range(spots[n].stop, spots[n + 1].token)
    told = around.reading.sign(between.start) == "(" or around.has("restated", between)
    return told and len(between) <= RESTATED and not is_change(around.reading, spots[n + 1], ("after", "rate"))


def years(figure: Figure) -> tuple[int | None, int | None]:
    return figure.start_year, figure.end_year


def some_of(around: Surroundings, spot: Spot) -> bool:
    """Whether the figure is some of others: "140 of the projects", "61 of the 96", "96 are finished out of 260"."""
    mark = around.reading.at(spot.stop, "part_of")
    if mark is not None:
        return around.reading.sign(spot.stop).lower() != "of" or mark.end - mark.start > 1
    clause = around.clause(spot.clause)
    if any(is_out_of(around, i) for i in range(spot.stop, min(spot.stop + OUT_OF, clause.stop))):
        return True
    inside = next((m for i in range(spot.token + 1, spot.stop) if (m := around.reading.at(i, "part_of"))), None)
    return inside is not None and inside.end - inside.start > 1


def is_out_of(around: Surroundings, i: int) -> bool:
    """Whether token i begins an "out of", «из», with a number behind it."""
    mark = around.reading.at(i, "part_of")
    return mark is not None and around.reading.sign(i).lower() != "of" and around.reading.kind(mark.end) == "number"


def asked_for(around: Surroundings, spots: Spots, n: int, figures: Sequence[Figure]) -> bool:
    """Whether money is what somebody asks for, or the only counts of its sentence are applications."""
    if around.has("asking", around.clause(spots[n].clause)):
        return True
    if around.has("together", around.clause(spots[n].clause)):
        return False  # "of 800 bids 40 won, and for these 2 billion was set aside"
    own = [i for i in spots.inside(spots[n].sentence) if i != n]
    counts = [i for i in own if figures[i].unit in ASKED_FOR]
    return bool(counts) and not any(spots[i].clause == spots[n].clause for i in own if i not in counts)
