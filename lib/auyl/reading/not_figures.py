"""Numbers that state no quantity by what stands beside them: ordinals, times, ages, names and labels, pronouns.

What is known by its shape alone, a web address or a list, is in shapes.py.
"""

from collections.abc import Container

from auyl.reading.hedges import Hedge, follows
from auyl.reading.lexicon import Reading
from auyl.reading.numbers import Numeral, read_numeral
from auyl.reading.ranges import DASHES, Range
from auyl.reading.money import Noun

HYPHENS = frozenset("-‐‑")
JOINTS = frozenset("-‐‑–—_/&.+")  # sign between a name and its number: COVID-19, UTC+5
CONTACT = frozenset(":–—")
LIST = frozenset(",/;-–—")
PERCENT = frozenset({"percent", "percentage_point"})
UNITS = frozenset(
    {"unit", "glued_unit", "currency", "code", "hundredth", "glued_hundredth"}
    | {"magnitude", "glued_magnitude", "noun", "hedge_after"}
)
COUNTED = UNITS - {"hedge_after"}
LONGEST = 10  # digits without a break; a longer run is an identification number
OLDEST = 130
Verdict = tuple[str, int]  # why a number is no figure, and the token where what it belongs to ends


def excluded(reading: Reading, numeral: Numeral, left: int) -> Verdict | None:
    """Why the number is no figure, by what stands beside it, and where that ends; None if it may be one.

    `left` is where the number begins with its sign and hedge; numbers after a currency are not asked about.
    """
    if not numeral.worded and (found := glued(reading, numeral)):
        return found
    return (
        clock(reading, numeral)
        or age(reading, numeral, left)
        or (None if reading.before(numeral.end, "magnitude") else label(reading, numeral.start, numeral.end))
        or (None if numeral.worded else called(reading, numeral.start) or weekday(reading, numeral))
    )


def glued(reading: Reading, numeral: Numeral) -> Verdict | None:
    """What is printed right before or right after the digits."""
    start, end = numeral.start, numeral.end
    if reading.before(end, "magnitude_adjective") and (head := reading.at(end, "ordinal_head")):
        return "an ordinal", head.end  # «5-тысячный житель»
    return glued_before(reading, start, end) or (
        None
        if end >= reading.count or not reading.glued(end - 1)
        else hyphened(reading, end) or glued_after(reading, end)
    )


def glued_before(reading: Reading, start: int, end: int) -> Verdict | None:
    """A letter, or a word and a hyphen, printed right before the digits: A629, COVID-19."""
    if not start or not reading.glued(start - 1):
        return None
    if reading.tokens[start - 1].kind == "word":
        return "a label", end
    joint = reading.sign(start - 1)
    if joint in HYPHENS and reading.sign(start - 2).count(".") > 1:
        return "a label", end  # ГОСТ 12.1.004-91
    if joint not in JOINTS or start < 2 or not reading.glued(start - 2):
        return None
    before = reading.tokens[start - 2]
    if before.kind == "sign" or (joint == "+" and before.kind != "word"):
        return None  # "(-1.2%)"
    minus = reading.before(start - 1, "word")
    if (joint in DASHES and before.kind == "number") or (minus and minus.value == "minus"):
        return None
    return "a label", end


def glued_after(reading: Reading, end: int) -> Verdict | None:
    """What is printed right after the digits: 19th, 10:30, 5G."""
    if mark := reading.at(end, "ordinal_suffix"):
        return "an ordinal", mark.end
    if reading.sign(end) == ":" and reading.glued(end) and reading.tokens[end + 1].kind == "number":
        return "a time", end + 2
    if reading.tokens[end].kind != "word":
        return None
    units = UNITS & reading.marks[end].keys()
    letter = reading.sign(end)
    if not units or (
        units == {"unit"} and len(letter) == 1 and letter.isupper() and reading.marks[end]["unit"].value.islower()
    ):
        return "a label", end + 1  # 12B, 5G
    return None


def hyphened(reading: Reading, end: int) -> Verdict | None:
    """What a hyphen joins to the digits: 2-го, «2-кезең», «в 90-х годах», the score 7-5."""
    if reading.sign(end) not in HYPHENS or not reading.glued(end):
        return None
    if mark := reading.at(end + 1, "ordinal_suffix"):
        return "an ordinal", mark.end
    if mark := reading.at(end + 1, "label_after"):
        return "a label", mark.end
    if reading.lexicon.rows.get("hyphen_is_ordinal", False) and ordinal_noun(reading, end + 1):
        return "an ordinal", end + 2
    years = reading.at(end + 2, "year_word") is not None or not counts(reading, end + 2)
    if reading.at(end + 1, "case_suffix") and years and decade(reading.sign(end - 1), reading):
        return "a year", end + 2
    return ("a label", end + 2) if falls(reading, end) else None


def decade(printed: str, reading: Reading) -> bool:
    """Whether a number before a case ending may be years: «из 90-х», but «88-і» of things named before."""
    return len(printed) == 2 and printed[1] == "0" and "possessive" not in reading.lexicon.rows


def ordinal_noun(reading: Reading, i: int) -> bool:
    """Whether the word at token i, after a hyphen, is neither a case ending nor a unit: the «кезең» of «2-кезең»."""
    known = {"case_suffix", "unit", "currency", "magnitude"} & reading.marks[i].keys()
    return reading.tokens[i].kind == "word" and not known


def falls(reading: Reading, i: int) -> bool:
    """Whether the number after the hyphen at token i is no greater than the one before it."""
    first, second = reading.tokens[i - 1].text, reading.tokens[i + 1].text
    return first.isdecimal() and second.isdecimal() and int(first[:20]) >= int(second[:20])


def clock(reading: Reading, numeral: Numeral) -> Verdict | None:
    """A time of day: "11 a.m.", «с 13 до 14 часов», «сағат 10-да»."""
    mark = reading.at(numeral.end, "clock")
    if mark and not numeral.scaled and not numeral.worded:
        return "a time", mark.end
    if numeral.value > 24 or numeral.scaled:
        return None
    if follows(reading, numeral.start, "hour_before") and not counts(reading, past_suffix(reading, numeral.end)):
        return "a time", numeral.end
    if reading.before(numeral.start, "at_hour") is None:
        return None
    end = numeral.end
    if reading.at(end, "range"):  # past «до 14»
        second = read_numeral(reading, end + 1)
        end = second.end if second and second.value <= 24 else end
    hours = reading.at(end, "hour_word")
    return ("a time", hours.end) if hours else None


def past_suffix(reading: Reading, end: int) -> int:
    suffix = reading.at(end + 1, "case_suffix") if reading.sign(end) in HYPHENS else None
    return suffix.end if suffix else end


def age(reading: Reading, numeral: Numeral, left: int) -> Verdict | None:
    """Somebody's age: "aged 35", "a 46-year-old", "Ms Akhmetova, 45, said". An average age is a quantity."""
    if numeral.scaled or numeral.value >= OLDEST:
        return None
    after = reading.at(numeral.end, "age_after")
    if after is None and reading.sign(numeral.end) in HYPHENS and reading.sign(numeral.end):
        after = reading.at(numeral.end + 1, "age_after")
    if after or of_somebody(reading, numeral):
        return "an age", after.end if after else numeral.end
    if reading.before(left, "age") or (reading.before(left, "age_limit") and not counts(reading, numeral.end)):
        return "an age", listed_labels(reading, numeral.end)
    return None


def of_somebody(reading: Reading, numeral: Numeral) -> bool:
    """Whether the number stands between commas after a person's name, and the sentence goes on."""
    start, end = numeral.start, numeral.end
    if numeral.worded or reading.sign(start - 1) != "," or reading.sign(end) != "," or start < 3:
        return False
    capitals = all(reading.sign(at)[:1].isupper() for at in (start - 2, start - 3))
    following = reading.sign(end + 1)
    return (capitals or reading.before(start - 2, "title_of_person") is not None) and following[:1].islower()


def label(reading: Reading, start: int, end: int) -> Verdict | None:
    """A name's number: "School No. 24", «кабинет № 5», "Items 3, 4 and 5", "10 Downing Street", "500 BC"."""
    mark = reading.before(start, "label")
    hedge = reading.before(start, "hedge")  # "will top 5 billion" names nothing
    unit = reading.at(end, "unit")  # "the top 10 per cent"
    if mark and not (hedge and hedge.start <= mark.start) and not (unit and unit.value in PERCENT):
        return "a label", listed_labels(reading, end)
    if after := reading.at(end, "label_next"):
        return "a label", after.end
    code = reading.before(start, "code")
    rate = code and reading.sign(code.start - 1) == "/" and reading.before(code.start - 1, "code")  # USD/KZT 540
    if rate or reading.before(start, "per"):
        return "a label", end  # "12 per 1,000"
    return ("a label", end) if address(reading, end) or street_number(reading, start) else None


def listed_labels(reading: Reading, end: int) -> int:
    """Past the other numbers of a list of names, "Articles 3, 4 and 5", but not "Article 5, 12 schools"."""
    while True:
        if reading.sign(end) == "(" and reading.glued(end - 1) and reading.sign(end + 2) == ")":
            end += 3  # Section 4(1)
        joint = reading.at(end, "range")
        dashed = reading.sign(end) in HYPHENS and reading.glued(end - 1) and reading.glued(end)
        if reading.sign(end) in LIST and reading.sign(end):
            start = end + 1
        elif joint and joint.value in ("and", "or", "to"):
            start = joint.end
        else:
            return end
        following = read_numeral(reading, start) if start < reading.count else None
        if following is None or following.scaled or counts(reading, following.end):
            return end
        if following.value >= 1000 and not dashed:
            return end
        end = following.end


def counts(reading: Reading, i: int) -> bool:
    """Whether the word at token i may be what the number before it counts."""
    if i >= reading.count or reading.tokens[i].kind != "word":
        return reading.sign(i) == "%"
    marks = reading.marks[i].keys()
    return not COUNTED.isdisjoint(marks) or marks.isdisjoint({"stop", "range"})


def address(reading: Reading, end: int) -> bool:
    """Capitals and then a word for a street."""
    for i in range(end, min(end + 3, reading.count)):
        if reading.tokens[i].kind != "word" or not reading.tokens[i].text[0].isupper():
            return False
        if i > end and reading.at(i, "label_noun"):
            return True
    return False


def street_number(reading: Reading, start: int) -> bool:
    """The number after a street's name: «ул. Абая, 91»."""
    i = start - 1
    while i > start - 5 and i > 0 and (reading.sign(i) == "," or reading.sign(i)[0].isupper()):
        i -= 1
    return i < start - 1 and reading.before(i + 1, "street") is not None


def called(reading: Reading, start: int) -> Verdict | None:
    """Groups of digits after "Hotline:" or a like word, or that begin with 0: 0800 555 111."""
    printed = reading.sign(start)
    zero = printed[0] == "0" and len(printed) > 1 and printed.replace(" ", "").isdecimal()
    parted = reading.sign(start - 1) in CONTACT and not reading.glued(start - 1)
    if not zero and not reading.before(start - parted, "contact"):
        return None
    end = start + 1
    while end < reading.count:
        joint = end + (reading.sign(end) in "-()‑")
        if joint >= reading.count or not reading.sign(joint).replace(" ", "").isdecimal():
            break
        end = joint + 1
    return None if reading.sign(end) == "%" else ("a telephone number", end)


def weekday(reading: Reading, numeral: Numeral) -> Verdict | None:
    """ "Thursday 28": the day of a month, unless something is counted."""
    if reading.before(numeral.start, "weekday") and numeral.value <= 31 and not counts(reading, numeral.end):
        return "a date", numeral.end
    return None


def score(reading: Reading, first: Numeral, span: Range) -> bool:
    """Whether two bare whole numbers about a hyphen are the score of a match or a vote: 2-1, 52-48."""
    hyphen = reading.sign(first.end) in HYPHENS and reading.glued(first.end - 1) and reading.glued(first.end)
    return hyphen and first.step == span.high.step == 1 and not span.high.scaled and span.high.value < 1000


def road_marks(reading: Reading, left: int, span: Range, noun: Noun | None) -> bool:
    """Whether a range of kilometres says where on a road: «участок 11-26 км»."""
    return noun is not None and noun.unit == "km" and reading.before(left, "road_section") is not None


def pronoun(reading: Reading, numeral: Numeral, noun: Noun | None, hedge: Hedge | None, left: int) -> bool:
    """Whether a number word stands for somebody or something: "one of them", "the two agreed", «один»."""
    if not numeral.worded or numeral.scaled:
        return False
    if numeral.value == 1 and numeral.end == numeral.start + 1:
        percent = noun is not None and noun.unit in PERCENT
        return not percent and (hedge is None or hedge.bound == "about")
    word = reading.before(left, "word")
    return noun is None and hedge is None and word is not None and word.value == "definite"


def name(reading: Reading, numeral: Numeral, left: int, opens: Container[int]) -> bool:
    """Whether a number without a unit belongs to a capitalised word before it (iPhone 11) or identifies (BIN)."""
    if numeral.worded or numeral.scaled:
        return False
    printed = reading.sign(numeral.start)
    if printed.isdecimal() and len(printed) >= LONGEST:
        return True
    if not left or left in opens or left - 1 in opens:
        return False
    before = reading.tokens[left - 1]
    known = any(reading.before(left, kind) for kind in ("hedge", "filler", "month", "range"))
    if reading.at(numeral.end, "ratio"):
        return False  # "Only 3 out of 47 counties"
    if set("\t|\n") & set(reading.text[before.end : reading.tokens[left].start]):
        return False  # a cell of a table beside its head
    return before.kind == "word" and any(c.isupper() for c in before.text) and not known
