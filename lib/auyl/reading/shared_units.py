"""Units that are printed once and meant several times: in a list, after "of them", before a colon.

A bare number takes the unit of another figure only where the words make it one of the same things: never a currency
from an earlier sentence, never the noun of a bracket, never more parts than the whole.
"""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from typing import TYPE_CHECKING

from auyl.reading.hedges import follows, possessive
from auyl.reading.lexicon import Reading
from auyl.reading.ranges import ablative
from auyl.reading.sentences import Sentence
from auyl.reading.units import is_adjective, read_head, read_listed

if TYPE_CHECKING:
    from auyl.reading.quantities import Quantity

LIST = frozenset(",/")
LONG_DASHES = frozenset("–—")
LABEL_DASHES = frozenset("–—-")
JOINTS = frozenset({"and", "or", "to"})
LARGE = Decimal(10) ** 6
MOST = 10_000  # times as large a sum as the one that lends its currency
FAR = 30  # times as large; a sum that shares a magnitude with the level reached is not so far off
LARGEST_SHARE = 200  # "156,000, 33.8% up": so many are no percentages
BACK = 12  # tokens: a noun further before a number is not what it counts
HOLDS = frozenset({"seat", "place", "bed", "pupil", "student", "child", "visitor"})
SAYS = frozenset({"verb", "status"})  # after a bare number these say something of what was counted a sentence before
BARE = frozenset(  # a word of these kinds after a bare number is not the noun it counts
    {"stop", "range", "filler", "status", "relative", "by", "since", "hedge", "year_before", "part_of_year", "ratio"}
)


def share_units(reading: Reading, sentences: list[Sentence], quantities: list[Quantity]) -> list[Quantity]:
    """The quantities, those without a unit given the one the text lends them.

    In order: the unit of the next number in a list; the noun whose number is given («численность населения – 7 млн»);
    the unit of what it is compared with ("12 billion tenge against 8"), or is one of ("of which 52 are ready").
    """
    shared = from_the_right(reading, quantities)
    starts = [sentence.start for sentence in sentences]
    lenders = Lenders(reading)
    for position, q in enumerate(shared):
        sentence = sentences[bisect_right(starts, q.token) - 1]
        before = shared[position - 1] if position else None
        lenders.move_to(sentence, before.stop if before else 0, q.token)
        if q.unit is None and q.kind != "share":
            floor = max(before.stop if before else 0, sentence.start)
            if unit := after_dash(reading, q) or from_the_left(reading, q, floor):
                q = shared[position] = q._replace(unit=unit, kind="noun")
            else:
                following = shared[position + 1] if position + 1 < len(shared) else None
                lender = counted_for(reading, q, before, following, lenders)
                shared[position] = with_unit(q, lender) if lender else lent(reading, q, before, lenders)
        lenders.remember(q)  # what was lent is not lent on
    return shared


class Lenders:
    """The figures of the paragraph so far whose unit may be meant again."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.sentence: Sentence | None = None
        self.counted: Quantity | None = None  # the last counted thing of the sentence, outside brackets
        self.topic: Quantity | None = None  # the first of the sentence; once that has ended, it is what was counted
        self.bracketed: Quantity | None = None  # the last counted thing of the sentence inside brackets
        self.sum: Quantity | None = None  # the last money of the sentence
        self.same_sentence = False  # whether `counted` stands in the sentence of the number looked at
        self.open = False  # whether a bracket is open before it

    def move_to(self, sentence: Sentence, start: int, end: int) -> None:
        """Go on to the number at token `end`; the one before ended at token `start`."""
        for i in range(start, end):
            sign = self.reading.tokens[i].text
            self.open = sign == "(" or (self.open and sign != ")")
        if self.sentence is sentence:
            return
        if self.sentence and self.sentence.paragraph != sentence.paragraph:
            self.counted, self.topic, self.open = None, None, False
        elif self.same_sentence:
            self.counted = self.topic
        self.sentence, self.same_sentence, self.sum, self.bracketed = sentence, False, None, None

    def remember(self, q: Quantity) -> None:
        if q.kind == "money":
            self.sum = q
        holds = self.same_sentence and q.unit in HOLDS and self.reading.at(q.token - 1, "stop") is not None
        if q.kind == "noun" and not self.open and not holds:  # of "12 schools for 3,000 pupils" the schools
            self.topic = self.topic if self.same_sentence else q
            self.counted, self.same_sentence = q, True
        elif q.kind == "noun" and self.open:
            self.bracketed = q


def from_the_right(reading: Reading, quantities: list[Quantity]) -> list[Quantity]:
    """ "1,500, 2,000 and 3,000 projects": the last of a list names the unit, and the magnitude, of all.

    In "19 of the 3,870 borrowers" the whole names the unit of the part, in «17 областных и 3 городских комиссии» the
    last adjective's noun that of the one before; in "fell six points to 31 percent" the points are those of the share.
    """
    shared = [in_points(reading, q) for q in quantities]
    chained = False  # the number to the right is itself joined to the next
    for position in range(len(shared) - 2, -1, -1):
        q, following = shared[position], shared[position + 1]
        side_by_side = q.unit is None and following.token == q.stop and ablative(reading, q.stop)
        if side_by_side or levels(reading, q, following):
            q = shared[position] = under_scale(q, following)
        noun = q.unit is None and following.kind == "noun"
        to = reading.says(q.stop, "range", "to")
        linked = False
        if q.unit == "point" and following.unit == "percent" and to and to.end == following.token:
            shared[position] = q._replace(unit="percentage_point", kind="measure")
        elif noun and part_of(reading, q, following):
            shared[position] = q._replace(unit=following.unit, kind="noun")
        elif noun and elliptic(reading, q.stop, following.token):
            shared[position], linked = q._replace(unit=following.unit, kind="noun"), True
        elif q.unit is None and q.kind != "share" and following.unit and listed(reading, q, following, chained):
            shared[position], linked = with_unit(q, following), True
        elif side_by_side:  # «10-нан 12 мың теңгеге өсті»
            shared[position] = with_unit(q, following)
        chained = linked
    return shared


def in_points(reading: Reading, q: Quantity) -> Quantity:
    """The quantity in points where something rose by it, not settlements of that name: «доля выросла на 2 пункта»."""
    if q.kind != "noun" or not (reading.before(q.stop, "points") and reading.before(q.token, "gain")):
        return q
    if not follows(reading, q.token, "change"):
        return q
    unit = "percentage_point" if follows(reading, q.token, "in_percent") else "point"
    return q._replace(unit=unit, kind="measure")


def with_unit(q: Quantity, lender: Quantity) -> Quantity:
    """The quantity in the lender's unit, and under its magnitude where money or a measure leaves it out."""
    if lender.kind in ("money", "measure"):
        q = under_scale(q, lender)
    return q._replace(unit=lender.unit, kind=lender.kind)


def under_scale(q: Quantity, lender: Quantity) -> Quantity:
    """The quantity under the lender's magnitude where its own was left out: the 3 of "from 3 to 5 billion".

    Not where it is nearer as it is printed: "from 900 to 1.2 thousand".
    """
    scale = lender.scale
    if q.scale > 1 or abs(q.value) >= 1000 or abs(lender.value) < abs(q.value) * scale.sqrt():
        return q
    low, high = (None if limit is None else limit * scale for limit in (q.low, q.high))
    return q._replace(value=q.value * scale, low=low, high=high, scale=scale)


def levels(reading: Reading, q: Quantity, following: Quantity) -> bool:
    """Whether a magnitude after the level reached may be that of the level before: "from 3 to 5 billion".

    With a unit of its own a number is what it says if the other would be far off: "from $200 to $4 million".
    """
    if q.unit is None:
        return level_after(reading, following, q)
    near = q.value * following.scale < following.value * FAR
    return near and q.unit == following.unit and level_after(reading, following, q)


def listed(reading: Reading, q: Quantity, following: Quantity, chained: bool) -> bool:
    """Whether two numbers are neighbours of one list: an "and" or a slash between them, or a comma further up."""
    gap = range(q.stop, following.token)
    if labelled(reading, q, following):
        return True
    if not 0 < len(gap) <= 2 or (following.unit == "percent" and abs(q.value) > LARGEST_SHARE):
        return False
    words = {joint.value for i in gap if (joint := reading.at(i, "range"))}
    signs = {reading.sign(i) for i in gap if not reading.at(i, "range")}
    if not LIST.issuperset(signs) or not JOINTS.issuperset(words) or ("or" in words and signs):
        return False  # "1,419, or 61.8 percent"
    return bool(words) or "/" in signs or chained


def labelled(reading: Reading, q: Quantity, following: Quantity) -> bool:
    """Whether both are in one list with their names before them: «азық-түлік 12,7, қызмет 11,4 пайызға».

    Shares are, and sums of millions: «республикалық бюджеттен 8,4 млрд, облыстық бюджеттен 2,1 млрд теңге».
    """
    gap = range(q.stop + 1, following.token)
    if reading.sign(q.stop) != "," or not 1 <= len(gap) <= 4:
        return False
    others = [i for i in gap if reading.kind(i) != "word" or reading.at(i, "status")]
    if following.kind == "money":
        return not others and min(q.scale, following.scale) >= LARGE
    dashes = all(reading.sign(i) in LABEL_DASHES for i in others)
    share = following.unit == "percent" and q.scale == 1 and abs(q.value) <= 100
    return share and dashes and q.token > 0 and reading.sign(q.token - 1) not in LIST


def elliptic(reading: Reading, start: int, end: int) -> bool:
    """Whether adjectives and an "and" or a comma are all that stands between: «17,5 мың жеке және 552 … үй»."""
    if not 2 <= end - start <= 4:
        return False
    joint = reading.says(end - 1, "range", "and")
    between = range(start, end - 1)
    if reading.rows.get("open_nouns"):
        return joint is not None and all(reading.kind(i) == "word" and not reading.at(i, "stop") for i in between)
    return (joint is not None or reading.sign(end - 1) == ",") and all(is_adjective(reading, i) for i in between)


def part_of(reading: Reading, q: Quantity, whole: Quantity) -> bool:
    """Whether nothing but "of the" or the like stands between a part and a whole that is no smaller."""
    mark = reading.at(q.stop, "part_of")
    return mark is not None and mark.end >= whole.token - len((whole.hedge or "").split()) and q.value <= whole.value


def lent(reading: Reading, q: Quantity, before: Quantity | None, lenders: Lenders) -> Quantity:
    """The quantity with the unit that the words about it lend: of the figure before it, else of what was counted."""
    near = before is not None and lenders.sentence is not None and before.token >= lenders.sentence.start
    if before and before.unit:
        if near and (reading.before(q.token, "against") or level_after(reading, q, before)):
            return compared(q, before)
        if near and parallel(reading, q, before):
            return with_unit(q, before)
        if scaled_alike(reading, q, lenders.sum if near and lenders.sum else before, near):
            return q._replace(unit=(lenders.sum or before).unit if near else before.unit, kind=before.kind)
    return one_of(reading, q, lenders)


def counted_for(
    reading: Reading, q: Quantity, before: Quantity | None, following: Quantity | None, lenders: Lenders
) -> Quantity | None:
    """What was counted before, where a bare count stands beside its own sum: «в Жамбылской – 1 510 на 9,4 млрд».

    In the next sentence too, if that says what the sum is for: "In addition, £1.8 million is provided for 39".
    """
    start = lenders.sentence.start if lenders.sentence else q.token
    in_brackets = lenders.bracketed if lenders.open else None  # «(2 344 кредита на 15 млрд), … (1 510 на 9,4 млрд)»
    counted = in_brackets or lenders.counted
    if counted is None or q.value % 1 or q.scale >= LARGE:
        return None
    if following is not None and (following.kind == "money" or (following.unit is None and following.scale >= LARGE)):
        joint = reading.at(q.stop, "sum_of")
        opened = reading.sign(q.stop) == "(" and following.token == q.stop + 1
        if (in_brackets or lenders.same_sentence) and (opened or (joint and joint.end == following.token)):
            return counted
    if before is None or before.kind != "money" or before.token < start or not bare(reading, q.stop):
        return None
    given = reading.before(q.token, "sum_of") or (reading.rows.get("verb_last") and before.stop == q.token)
    return lenders.counted if given else None


def one_of(reading: Reading, q: Quantity, lenders: Lenders) -> Quantity:
    """The quantity as some of the things counted last, or as others of the same kind: "108 constructed"."""
    whole, same_sentence = lenders.counted, lenders.same_sentence
    if whole is None or q.value != q.value.to_integral_value():
        return q
    unnamed = without_noun(reading, q.stop, same_sentence)
    constructed = reading.before(q.token, "range") and participle(reading, q.stop)
    others = (unnamed and reading.before(q.token, "more")) or (
        same_sentence and (another(reading, q.stop) or constructed)
    )
    some = (unnamed or of_those(reading, q)) and abs(q.value) <= abs(upper(whole))
    return q._replace(unit=whole.unit, kind=whole.kind) if others or some else q


def level_after(reading: Reading, q: Quantity, before: Quantity) -> bool:
    """Whether the two numbers are the levels before and after a change: "from 13,900 to 15,600"."""
    return bool(reading.said(before.token, "range", "from") and reading.said(q.token, "range", "to"))


def parallel(reading: Reading, q: Quantity, before: Quantity) -> bool:
    """Whether a dash stands for what was said of the number before: «экспорт – 37,2 млрд долларов, импорт – 29,2».

    Or the words say that it is a part of a measure: «12 тыс. км дорог, из них 7 030 – местного значения».
    """
    if before.kind not in ("money", "measure") or not bare(reading, q.stop):
        return False
    if before.kind == "measure" and before.unit != "percent" and reading.before(q.token, "those"):
        return q.value <= upper(before)
    left = q.token
    while filler := reading.before(left, "filler"):
        left = filler.start
    dashed = any(reading.sign(at) in LONG_DASHES and not reading.glued(at) for at in (left - 1, q.stop))
    return dashed and (before.unit != "percent" or abs(q.value) <= LARGEST_SHARE)


def scaled_alike(reading: Reading, q: Quantity, before: Quantity, near: bool) -> bool:
    """Whether a number of millions without a noun is a sum as the one before it: «1,9 млрд – из бюджета, 380 млн – …».

    From one sentence to the next only where the clause pays it: «область получит 21,2 млрд». A measure goes on under
    a magnitude too: «412 тыс. кв. м жилья: 268 тыс. – с господдержкой».
    """
    if before.kind not in ("money", "measure") or before.unit == "percent" or not bare(reading, q.stop):
        return False
    if near and before.kind == "measure":
        return q.scale > 1 and before.scale > 1
    if near:
        return q.scale > 1 and abs(before.value) <= MOST * abs(q.value)
    return before.kind == "money" and min(q.scale, before.scale) >= LARGE and follows(reading, q.token, "paid")


def bare(reading: Reading, i: int) -> bool:
    """Whether no noun follows at token i: a sign or a word of another kind does."""
    return reading.kind(i) != "word" or reading.begins(i, BARE)


def upper(q: Quantity) -> Decimal:
    return q.value if q.high is None else q.high


def compared(q: Quantity, before: Quantity) -> Quantity:
    """The quantity in the unit of the one it is compared with, if it can be: "up from 8.3", "against 30 last year"."""
    far = not abs(before.value) / 100 <= abs(q.value) <= 100 * abs(before.value)
    return q if before.kind == "money" and before.scale == q.scale == 1 and far else with_unit(q, before)


def without_noun(reading: Reading, i: int, same_sentence: bool) -> bool:
    """Whether the noun was left out after a number that ends at token i: a verb, a preposition, a stop comes next.

    Within the sentence a participle may stand for it: "108 constructed".
    """
    if reading.kind(i) != "word":
        return same_sentence
    if not same_sentence:
        return reading.begins(i, SAYS)  # "52,000 have benefited"
    return reading.begins(i, BARE) or participle(reading, i)


def participle(reading: Reading, i: int) -> bool:
    """Whether the word at token i may be one: "constructed"."""
    return reading.kind(i) == "word" and reading.lexicon.participle.fullmatch(reading.tokens[i].key) is not None


def another(reading: Reading, i: int) -> bool:
    """Whether an adjective stands for the noun left out: «200 детских садов и 300 краткосрочных»."""
    last = reading.kind(i + 1) in ("", "sign") or reading.says(i + 1, "range", "and")
    return not bare(reading, i) and bool(last) and is_adjective(reading, i)


def after_dash(reading: Reading, q: Quantity) -> str | None:
    """The noun after a dash that stands for "are": «21,1 мың – жеке үйлер», in a language without open nouns."""
    if reading.rows.get("open_nouns") or reading.before(q.token, "filler") or reading.sign(q.stop) not in LONG_DASHES:
        return None
    noun = read_listed(reading, q.stop + 1)
    return noun.unit if noun else None


def from_the_left(reading: Reading, q: Quantity, floor: int) -> str | None:
    """The noun that a count follows: "the number of villages is 6,124", «ауылдар саны», "residents: 7,466,172"."""
    if mark := reading.before(q.token, "of_people"):
        return str(mark.value)
    for i in range(q.token - 1, max(q.token - BACK, floor - 1), -1):
        if reading.sign(i) == ";":
            return None
        # The noun stands before, «тұрғындарының саны», or comes after, "the number of villages".
        if (mark := reading.before(i + 1, "number_of_after")) and (unit := noun_before(reading, mark.start, floor)):
            return unit
        if mark := reading.at(i, "collective"):
            return str(mark.value)
        if mark := reading.at(i, "number_of"):
            noun = read_listed(reading, mark.end) or read_head(reading, mark.end, Decimal(0))
            if noun and noun.end <= q.token:
                return noun.unit
    colon = q.token > floor and reading.sign(q.token - 1) in (":", "–", "—") and not reading.glued(q.token - 1)
    return (noun_before(reading, q.token - 1, floor) if colon else None) or fronted(reading, q, floor)


def fronted(reading: Reading, q: Quantity, floor: int) -> str | None:
    """The noun at the head of an impersonal sentence: «Частных домов построено 8,9 тыс.»."""
    noun = read_listed(reading, floor) if q.token - floor <= BACK and bare(reading, q.stop) else None
    verbs = range(noun.end, q.token) if noun else ()
    said = any(reading.lexicon.impersonal.fullmatch(reading.tokens[i].key) for i in verbs)
    return noun.unit if noun and said else None


def noun_before(reading: Reading, i: int, floor: int) -> str | None:
    """The noun last before token i; in a language that puts the head first, the first of nouns side by side."""
    for at in range(i - 1, max(i - 4, floor - 1), -1):
        if mark := reading.at(at, "noun"):
            if in_place(reading, at, floor):
                return None
            while reading.rows.get("head_first") and at > floor and (head := reading.at(at - 1, "noun")):
                at, mark = at - 1, head
            return str(mark.value)
    return None


def in_place(reading: Reading, i: int, floor: int) -> bool:
    """Whether the noun at token i says where, and so not what is counted: «в Алматинской области – девять»."""
    while i > floor and is_adjective(reading, i - 1):
        i -= 1
    return bool(reading.rows.get("head_first")) and reading.before(i, "filler") is not None


def of_those(reading: Reading, q: Quantity) -> bool:
    """Whether the words say that the noun came before: «88-і», "two of them", «их стало меньше на девять»."""
    if reading.at(q.stop, "ratio") or reading.at(q.stop, "those") or follows(reading, q.token, "those"):
        return True
    return any(possessive(reading, end) for end in range(q.token + 1, q.stop + 1))
