"""Whether a figure is done, planned, aimed at or forecast: by the words of its clause, held against its years."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from auyl.reading.dates import Period
from auyl.reading.lexicon import STOPS, Mark, Reading
from auyl.reading.quantities import Quantity
from auyl.reading.sentences import Clauses

LEVELS = frozenset({"percent", "per_mille", "°C"})  # units of a level, which can be a target
TERMS = frozenset({"year", "month", "week", "day", "hour"})  # units of how long something lasts
AHEAD = frozenset({"planned", "announced", "future", "target", "projected", "expected", "expects", "purpose"})
COMING = frozenset({"future", "habitual", "target"})
RANK = {"actual": 1, "target": 2}  # where two are as near, planning wins over doing, doing over an aim
ADJACENT = 3  # tokens: "will be completed", «будет полностью реализовано» are one word of planning


class Cue(NamedTuple):
    """The word that says a figure's status: its value in the vocabulary, whether it stands right by, and where.

    `ahead` is whether any word of the sentence speaks of what is to come, `term` whether the figure is a length of
    time; `whence` is "clause", "before" or "after" (in the clause of another figure of the sentence) or "default".
    `was` is whether it is told as a plan of the past: «предусматривалось», "was planned".
    """

    value: str | None
    beside: bool
    ahead: bool
    term: bool
    whence: str
    was: bool = False


SILENT = Cue(None, False, False, False, "default")


class Outlook(NamedTuple):
    """How a figure lies in time, seen from the statement's year."""

    over: bool = False  # its years are past
    future: bool = False  # they begin after the statement's
    due: bool = False  # it is to be reached by a year that is not over
    dated: bool = False


def outlook(period: Period | None, year: int) -> Outlook:
    if period is None or period.last is None:
        return Outlook()
    due = period.kind == "by" and period.last >= year
    return Outlook(period.last < year, (period.first or period.last) > year, due, True)


def cue_of(
    q: Quantity, marks: Sequence[Mark], clauses: Clauses, quantities: Sequence[Quantity], reading: Reading
) -> Cue:
    """The nearest word of planning or doing in the figure's own clause, else in one without a figure, else before it.

    A verb that closes a list (Kazakh) is the last resort; nothing is taken from beyond a semicolon. `quantities` are
    the figures of the sentence.
    """
    figured = {clauses.bounds[other.token] for other in quantities}
    hung = with_clause(q, quantities, reading)
    closes = clauses.closed if reading.lexicon.rows.get("verb_last", False) else clauses.comma
    groups: dict[str, list[Mark]] = {"own": [], "free": [], "before": [], "after": []}
    for mark in marks:
        if is_of_another(reading, mark, q, quantities):
            continue
        parted = clauses.parted(*clauses.between(mark, q))
        opened = any(mark.end == other.token for other in (quantities if mark.value == "announced" else [q]))
        relative = mark.value == "announced" and mark.start >= q.stop and not parted  # "the $69 million announced in"
        if mark.value in ("aim", "announced") and not (opened or relative):
            continue
        if mark.value == "purpose" and (parted or (mark.start >= q.stop and q.kind != "money")):
            continue
        if hung and not parted and mark.value == "actual" and mark.start >= q.stop:
            continue  # "450 billion is planned, with 21 billion allocated to one region": planned, too
        if not parted:
            groups["own"].append(mark)
        elif clauses.bounds[mark.start] not in figured:
            groups["free"].append(mark)
        elif mark.end <= q.token:
            groups["before"].append(mark)
        elif not closes(q.stop, mark.start):
            groups["after"].append(mark)
    if q.kind == "money":  # what it is for is to come, the money as its verb says
        groups["own"] = [mark for mark in groups["own"] if mark.value != "purpose"] or groups["own"]
    for whence, group in groups.items():
        if group:
            best = min(group, key=lambda mark: (clauses.steps(mark, q), RANK.get(mark.value, 0)))
            beside = clauses.steps(best, q) <= ADJACENT
            forecast = any(mark.value == "projected" and (mark in group or mark.start < q.token) for mark in marks)
            value = "projected" if best.value in COMING and forecast else best.value  # "predict that 60% will miss …"
            if value == "habitual" and q.kind == "money" and q.bound != "at_most":
                value = "planned"  # «5 млрд теңге жұмсалады»
            ahead = any(mark.value in AHEAD for mark in marks)
            was = reading.at(best.start, "was_meant") is not None
            return Cue(value, beside, ahead, q.unit in TERMS, "clause" if whence in ("own", "free") else whence, was)
    return SILENT


def is_of_another(reading: Reading, mark: Mark, q: Quantity, quantities: Sequence[Quantity]) -> bool:
    """Whether a word stands in another figure's quote, or is a participle right before it: «жоспарланған 83 мектеп»."""
    participle = reading.tokens[mark.end - 1].key.endswith(tuple(reading.rows.get("participles", ())))
    others = (other for other in quantities if other is not q)
    return any(other.token <= mark.start < other.stop or (participle and mark.end == other.token) for other in others)


def with_clause(q: Quantity, quantities: Sequence[Quantity], reading: Reading) -> bool:
    """Whether a figure hangs on the one before it by ", with": its participle says nothing of when."""
    hangs = reading.at(q.token - 1, "hanging") is not None and reading.sign(q.token - 2) == ","
    return hangs and any(other.stop < q.token for other in quantities)


def status_of(level: bool, period: Period | None, cue: Cue, year: int) -> str:
    """The status of a level or of anything else by its word and its years."""
    when, word = outlook(period, year), cue.value
    coming = when.future or when.due
    if word == "aim" and cue.beside:
        return "target"
    if word == "purpose":  # what money is for is to come, but for money of a year that is over
        word = None if when.over else "planned"
    if word == "announced":
        word = "planned"
    if word == "expects":
        word = "expected" if level else "planned"
    if word == "expected" and not (level and when.due):
        word = "projected"
    if level and cue.whence == "after" and when.dated and not coming and word in AHEAD:
        word = None  # "now 38.2%, and by 2026 it is to be 45%": the plan is the other figure's
    if when.over:
        return "planned" if word == "planned" and cue.whence == "clause" else "actual"
    if word == "projected":
        return "projected"
    if when.due and word == "actual" and not (when.future and (level or cue.ahead)):
        return "actual"  # done by a date of this year, or counted now for a plan that runs to a later one
    if coming:
        aimed = level and (when.due or word in ("target", "planned", "future"))
        return "target" if aimed or (when.due and word == "target") else "planned"
    if level and word in ("target", "future"):
        return "target"
    aimed = word in ("target", "aim") and not cue.term  # how long something is to last is a rule in force
    return "planned" if aimed or word in ("planned", "future") or (when.dated and word == "habitual") else "actual"


def statuses_of(reading: Reading, known: list[Mark]) -> list[Mark]:
    """The words of planning and doing, left to right, none inside another, "will be completed" being one of planning.

    A capitalised "Plan" inside a sentence is a name.
    """
    found: list[Mark] = []
    for mark in with_endings(reading, known):
        i, last = mark.start, found[-1] if found else None
        if mark.value == "neutral" or (last and i < last.end) or is_name(reading, i):
            continue
        near = last is not None and last.value in AHEAD and i - last.end < ADJACENT
        if last and near and mark.value == "actual" and alone(reading, last, i):
            found[-1] = last._replace(end=mark.end)
        elif mark.value == "expected" and is_to_be_done(reading, mark.end):
            found.append(mark._replace(value="planned"))
        else:
            found.append(mark)
    return found


def is_to_be_done(reading: Reading, i: int) -> bool:
    """Whether what is expected from token i on is somebody's work, no growth: "expected to be built"."""
    to_be = reading.at(i, "to_be")
    if to_be is None or reading.at(to_be.end, "direction"):
        return False
    participle = reading.lexicon.participle.fullmatch(reading.sign(to_be.end))
    return participle is not None or reading.says(to_be.end, "status", "actual") is not None


def alone(reading: Reading, mark: Mark, i: int) -> bool:
    """Whether only words stand between the mark and token i, and nothing that is counted."""
    return all(reading.tokens[j].kind == "word" and not reading.at(j, "noun") for j in range(mark.end, i))


def is_name(reading: Reading, i: int) -> bool:
    capital = reading.tokens[i].text[0].isupper() and not reading.tokens[i].text.isupper()
    return capital and i > 0 and reading.tokens[i - 1].text not in STOPS and reading.tokens[i - 1].kind == "word"


def with_endings(reading: Reading, known: list[Mark]) -> list[Mark]:
    """The words known, and the verbs told by their ending alone: Kazakh «жаңғыртылады», «игерілді»."""
    endings = tuple(reading.lexicon.rows.get("status_endings", {}).items())
    if not endings:
        return known
    taken = {mark.start for mark in known}
    taken |= reading.begun(("noun",))
    words = ((i, token.key) for i, token in enumerate(reading.tokens) if token.kind == "word" and i not in taken)
    told = [Mark(value, i, i + 1, "") for i, word in words if (value := ending_of(word, endings))]
    marks = sorted([*known, *told], key=lambda mark: mark.start)
    attributes = {one for one, other in pairwise(marks) if attributive(reading, one, other, one in told)}
    return [mark for mark in marks if mark not in attributes]


def attributive(reading: Reading, mark: Mark, following: Mark, told: bool) -> bool:
    """Whether a participle is of the noun or the count after it, and a verb comes later: «жоспарланған 83 мектептің
    56-сы салынды»; of a noun («орталықтандырылған су алады») only one told by its ending.
    """
    between = reading.tokens[mark.end : following.start]
    participle = reading.tokens[mark.end - 1].key.endswith(tuple(reading.rows.get("participles", ())))
    if not participle or not between or any(token.text in STOPS for token in between):
        return False
    if between[0].kind == "number":  # of two counts the first is as the participle says, the other as the verb
        return sum(token.kind == "number" for token in between) == 1
    return told and all(token.kind == "word" for token in between)


@cache
def pattern(endings: str) -> re.Pattern[str]:
    return re.compile(endings)


@lru_cache(maxsize=20_000)
def ending_of(word: str, endings: tuple[tuple[str, str], ...]) -> str | None:
    return next((value for value, ending in endings if pattern(ending).search(word)), None)
