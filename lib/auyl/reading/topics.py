"""Which programme or topic a figure is about, and which indicator of it: the nearest naming wins.

A programme goes on applying within its paragraph until another is named, or where "the fund", «программа», «по первой»
mean it again; a topic ("SMEs", "rural districts") only where its own words stand near.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from auyl.reading.lexicon import STOPS, Mark, Reading
from auyl.reading.programmes import Programme
from auyl.reading.quantities import Quantity
from auyl.reading.sentences import Clauses, parts
from auyl.reading.subjects import Catalogue, fitting
from auyl.reading.surroundings import last_named

ANY = frozenset({"programme", "project", "scheme", "initiative"})  # words that may mean a programme of any kind
ORDER = ("first", "second")
GIVEN = frozenset({"project", "initiative", "loan", "grant"})  # of a programme, never of a topic
AFTER = 4  # tokens from a percentage to the word that makes a change of it: «15 пайызға көп», "9% more"


class Topic(NamedTuple):
    """A figure's subject, programme and indicator, and where the subject is known from."""

    subject: str | None
    programme: str | None
    indicator: str | None
    whence: str | None


NO_TOPIC = Topic(None, None, None, None)


class Topics:
    """Gives each figure its programme; remembers those named before."""

    def __init__(self, reading: Reading, clauses: Clauses, catalogue: Catalogue):
        self.reading, self.clauses, self.catalogue = reading, clauses, catalogue
        self.named_before: list[Programme] = []  # in the paragraph, the latest last, a topic before any programme
        self.latest: list[Programme] = []  # programmes in the order in which the text last named them
        self.indicators: dict[tuple[str, str], str] = {}
        self.counted: set[int] = set()  # the tokens of the sentence's figures
        self.barred = False  # whether the figure at hand, like the one before it, is a share of other things

    def new_paragraph(self) -> None:
        self.named_before, self.indicators = [], {}

    def resolve(self, named: list[Mark], anaphors: list[Mark], counted: set[int]) -> list[Mark]:
        """The programmes of a sentence in order, with "the fund" and "the former" for those that they mean."""
        latest, self.counted = self.latest, counted
        if not (named or anaphors):
            return []
        taken = {i for mark in named for i in range(mark.start, mark.end)}
        marks: list[Mark] = []
        for mark in sorted([*named, *(mark for mark in anaphors if mark.start not in taken)], key=lambda m: m.start):
            programme = mark.value if isinstance(mark.value, Programme) else meant(mark.value, latest)
            if programme is not None:
                marks.append(mark if programme is mark.value else mark._replace(value=programme))
                lasting = programme.lasting and mark.value not in ORDER
                latest = last_named(latest, programme) if lasting else latest
        return marks

    def remember(self, marks: list[Mark]) -> None:
        """Keep what the sentence named for those after it."""
        for mark in marks:
            self.named_before = last_named(self.named_before, mark.value)
            self.latest = last_named(self.latest, mark.value) if mark.value.lasting else self.latest
        self.named_before.sort(key=lambda programme: programme.lasting)

    def of(
        self,
        q: Quantity,
        before: Quantity | None,
        marks: Sequence[Mark],
        cues: Sequence[Mark],
        previous: int,
        following: int,
        level: bool,
    ) -> Topic:
        """The programme named nearest to the figure; a topic or one further off if only that counts it.

        A growth rate and a share of other things are no level; `level` says that the figure is one for certain, an end
        of a change. After a share of other things the next percentage of the sentence goes on about them.
        """
        goes_on = self.barred and before is not None and q.unit == before.unit
        shared = q.unit == "percent" and not level
        self.barred = shared and (goes_on or is_share_of(self.reading, q))
        grown = shared and is_change(self.reading, q)
        near, earlier, later = self.clauses.around(q, marks, following)
        if later and ((later.start >= following and earlier) or self.clauses.broken(q.stop, later.start)):
            later = None
        first: Mark | None = None
        for mark in [mark for mark in (near, earlier, later) if mark] + list(reversed(marks)):
            programme = mark.value
            if first and first.value.subject is None and first.value.lasting:
                break  # of a programme that the catalogue does not know nothing else is told
            if indicator := self.indicator_of(q, programme, cues, grown):
                return self.topic(programme, indicator, self.clauses.evidence(mark, q, previous, following))
            if first is None or (programme.lasting and not first.value.lasting):
                first = mark
        whence = self.clauses.evidence(first, q, previous, following) if first else None
        if first is not None and first.value.lasting:
            return self.topic(first.value, None, whence)
        if topic := self.carried(q, cues, grown) or self.by_words_alone(q, cues, grown):
            return topic
        other = first is not None and first.start in self.counted and (q.kind == "money" or q.unit in GIVEN)
        if first is not None and not other and not (self.named_before and self.named_before[-1].lasting):
            return self.topic(first.value, None, whence)  # in "106 billion for 480 villages" villages are no programme
        return self.topic(self.named_before[-1], None, "paragraph") if self.named_before else NO_TOPIC

    def all_there_are(self, q: Quantity, marks: Sequence[Mark]) -> Topic | None:
        """The topic that the figure's own words name, of all there are: "people live in 6,316 rural settlements"."""
        for mark in marks:
            if q.token <= mark.start < q.stop and not mark.value.lasting:
                rules = self.catalogue.subjects[mark.value.subject].indicators
                name = next((rule.name for rule in rules if q.unit in rule.units and rule.alone), None)
                return self.topic(mark.value, name, "clause")
        return None

    def as_before(self, q: Quantity, subject: str | None, whence: str | None, cues: Sequence[Mark]) -> Topic:
        """What the figure before it in the clause is about, where only its words told that."""
        if whence != "paragraph" or subject is None:
            return NO_TOPIC
        programme = self.catalogue.known[subject]
        return self.topic(programme, self.indicator_of(q, programme, cues, is_change(self.reading, q)), "paragraph")

    def carried(self, q: Quantity, cues: Sequence[Mark], grown: bool) -> Topic | None:
        """What the paragraph named before: its latest programme, or a topic whose words stand beside the figure."""
        for programme in reversed(self.named_before):
            indicator = self.indicator_of(q, programme, cues, grown)
            if indicator or programme.subject is None:
                return self.topic(programme, indicator, "paragraph")
        return None

    def by_words_alone(self, q: Quantity, cues: Sequence[Mark], grown: bool) -> Topic | None:
        """A topic or the latest programme, not named here, by words that only its indicator asks for."""
        latest = self.latest[-1] if self.latest else None
        if latest and latest.subject and not (grown or self.barred):
            found = fitting(q, self.catalogue.subjects[latest.subject], cues, self.clauses)
            if found and found[1]:
                return self.topic(latest, found[0].name, "paragraph")
        for subject in self.catalogue.subjects.values() if cues else ():
            found = None if subject.programme else fitting(q, subject, cues, self.clauses)
            if found and found[1] and found[0].alone:
                return Topic(subject.id, subject.name, found[0].name, "clause")
        return None

    def topic(self, programme: Programme, indicator: str | None, whence: str | None) -> Topic:
        return Topic(programme.subject, programme.name, indicator, whence)

    def indicator_of(self, q: Quantity, programme: Programme, cues: Sequence[Mark], grown: bool) -> str | None:
        """By unit and words; a level keeps the indicator of the one before it in the paragraph.

        A share of other things has one only by a word that it asks for, a growth rate (`grown`) none.
        """
        if q.unit is None or programme.subject is None or grown:
            return None
        subject = self.catalogue.subjects[programme.subject]
        found = fitting(q, subject, cues, self.clauses)
        if self.barred:
            return found[0].name if found and found[1] else None
        if found:
            self.indicators[subject.id, q.unit] = found[0].name
            return found[0].name
        kept = self.indicators.get((subject.id, q.unit))
        unless = next((rule.unless for rule in subject.indicators if rule.name == kept), None)
        return kept if not (unless or subject.programme) else None


def meant(head: str, latest: list[Programme]) -> Programme | None:
    """The programme that "the fund", "the scheme" or "the former" means, of those named before."""
    if head in ORDER:
        return latest[-2:][ORDER.index(head)] if len(latest) > 1 else None
    same = [programme for programme in latest if programme.head == head]
    if same:
        return same[-1]
    return latest[-1] if latest and head in ANY else None


def is_change(reading: Reading, q: Any, after: Sequence[str] = ("after",)) -> bool:
    """Whether the percentage says by how much something changed: "grew by 9.2%", «на 7,4%», «8,2%-ға ұлғайды».

    >>> from auyl.reading.quantities import read_quantities
    >>> def first(text, language): return is_change(Reading(text, language), read_quantities(text, language)[0])
    >>> first("Output grew by 9.2% in a year.", "en"), first("The share stands at 64%.", "en")
    (True, False)
    """
    told = reading.before(q.token, "by_how_much")
    if told is not None and told.value == "before":
        return True
    for i in range(q.stop, min(q.stop + AFTER, reading.count)):
        if reading.tokens[i].text in STOPS or parts(reading, i):
            return False
        mark = reading.at(i, "by_how_much")
        if mark is not None and mark.value in after:
            return not reading.at(i - 1, "level_before")
    return False


def is_share_of(reading: Reading, q: Quantity) -> bool:
    """Whether the percentage is of things that stand beside it: "46 percent of the projects", «пайызы»."""
    after = reading.at(q.stop, "share_of")
    if after is not None:
        return True
    if reading.tokens[q.stop - 1].key in reading.lexicon.rows.get("possessive_share", "").split():
        return True
    bare = reading.lexicon.rows.get("genitive_share", False)  # «97,3% сельчан»
    word = reading.tokens[q.stop] if bare and q.stop < reading.count else None
    return word is not None and word.kind == "word" and not (reading.kinds_at[q.stop] & {"stop", "status", "range"})
