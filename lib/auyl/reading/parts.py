"""Which part of a total a figure is: a kind of project, a stage, applications, another payer, an average or a maximum.

The words are rows of the vocabularies: `part` in the figure's own clause; `part_topic` for a kind of thing, where the
sentence sets it against a total ("of which", a list after a colon, "roads took 5.1 billion").
"""

from bisect import bisect_left

from auyl.reading.lexicon import Mark, Reading
from auyl.reading.quantities import Quantity
from auyl.reading.sentences import STEP, Clauses, Line, Sentence, spanned

PART_KINDS = ("part", "part_topic", "subset", "made_up")
SUMMED = 8  # tokens from a count to the word that says that a sum is of the things counted
OPENING = 4  # tokens at most before the word that a sentence begins with
FOLLOWS = 4  # tokens from a count to the money of the same: "2,310 applications for 16.4 billion"
BEFORE = frozenset({"average", "maximum", "minimum"})  # said before the figure
EACH = BEFORE | {"each"}
EXTRA = "extra"
SOME = "some of them"  # a part of which only "of which" or "including" tells
PLACES = frozenset({"village", "settlement", "town", "city", "district"})
PAYERS = frozenset({"private", "local budget", "regional budget"})
SELECTED = frozenset({"applications", "approved", "winners"})  # what is not yet, or not all, of a programme
ORDINARY = 8  # tokens that may stand between a kind of thing and what it took


class Parts:
    """Finds the part that each figure of a sentence is."""

    def __init__(self, reading: Reading, clauses: Clauses, words: dict[str, list[Mark]], nation_ends: set[int]):
        self.words = {kind: Line(words[kind]) for kind in PART_KINDS}
        self.reading, self.clauses, self.nation_ends = reading, clauses, nation_ends
        self.colons = reading.signs(":")
        self.last: Quantity | None = None  # figure of the sentences before
        # of the sentence at hand
        self.start = 0
        self.marks: dict[str, list[Mark]] = {}
        self.in_subset = False  # whether an "of which" still holds: "among them 91 schools and 45 clinics"
        self.took_so_far: set[str] = set()  # kinds of things that a verb such as "took" sets against a total

    def of(self, sentence: Sentence, quantities: list[Quantity]) -> list[str | None]:
        """The part of each figure of the sentence, None for the whole."""
        if not quantities:
            return []
        self.marks = {kind: line.within(sentence) for kind, line in self.words.items()}
        self.start, self.took_so_far, self.in_subset = sentence.start, set(), False
        listed = self.listed(sentence, quantities)
        found: list[str | None] = []
        for position, q in enumerate(quantities):
            previous = quantities[position - 1].stop if position else sentence.start
            following = quantities[position + 1].token if position + 1 < len(quantities) else sentence.end
            before = quantities[position - 1] if position else self.last
            part = (
                self.own(q, before, previous, following)
                or (self.followed(q, quantities[position - 1], found[-1]) if position else None)
                or self.payer_taken_up(q)
                or self.subset(q, before, previous, following)
                or (self.kind(q, previous, following, listed=True) if position in listed else None)
                or self.took(q, before, previous)
                or (self.went_on(q, quantities[position - 1], found[-1]) if position else None)
                or self.all_there_are(q, previous)
            )
            found.append(part)
        for position, q in enumerate(quantities[:-1]):  # "21 billion for 4,060 projects applied for"
            if found[position] is None and q.kind == "money" and self.reading.at(q.stop, "sum_before"):
                found[position] = found[position + 1] if found[position + 1] in SELECTED else None
        self.last = quantities[-1]
        return found

    def own(self, q: Quantity, before: Quantity | None, previous: int, following: int) -> str | None:
        """A word of the figure's own clause, or of its quote, that makes a part of it."""
        if q.kind == "money" and self.reading.before(q.token, "apiece"):
            return "each"
        if before and before.token >= self.start and self.reading.before(before.token, "each_of"):
            return None if self.clauses.parted(before.stop, q.token) else "each"
        applied = any(mark.value == "applications" for mark in self.marks["part"])
        best: tuple[int, str] | None = None
        for mark in spanned(self.marks["part"], previous, following):
            inside = mark.start >= q.token and mark.end <= q.stop
            opens = mark.start < q.token < mark.end  # "needs at least" 5 billion
            if not (inside or opens or self.beside(mark, q, previous, following)):
                continue
            if mark.end <= q.token and any(self.reading.sign(i) == ")" for i in range(mark.end, q.token)):
                continue  # "the project (approved in 2001) is to reach 1,650 villages"
            if mark.value == EXTRA and (before is None or before.token < self.start or q.unit != before.unit):
                continue  # "another 11.2 billion" is the whole of its year, but beside a sum of the same sentence
            if mark.value == "winners" and not inside:
                continue  # projects that won are the ones that are paid for
            if mark.value == "approved" and q.kind == "money" and not applied:
                continue  # "4 billion soms approved in February" is all of it
            if mark.value == "first" and mark.end != q.token:
                continue
            joint = self.reading.before(mark.start, "range")
            if mark.value in PAYERS and joint is not None and joint.value == "and":
                continue  # "from the budget and from private investors"
            steps = self.clauses.steps(mark, q) - 100 * (mark.value == "approved")  # applications approved are approved
            if best is None or steps < best[0]:
                best = steps, mark.value
        return best[1] if best else None

    def beside(self, mark: Mark, q: Quantity, previous: int, following: int) -> bool:
        """Whether a word stands in the figure's clause: "average" before it, "each" on either side."""
        before = previous <= mark.start and mark.end <= q.token
        after = q.stop <= mark.start and mark.end <= following and mark.value not in BEFORE
        if not (before or after) or self.clauses.evidence(mark, q, previous, following) != "clause":
            return False
        apart = self.clauses.parted(*self.clauses.between(mark, q))
        return not apart or mark.value in EACH or (mark.value in SELECTED and self.clauses.steps(mark, q) <= STEP + 1)

    def followed(self, q: Quantity, before: Quantity, part: str | None) -> str | None:
        """Money that follows a count of applications is theirs: "1,140 bids worth £229m"."""
        parted = self.clauses.parted(before.stop, q.token)
        if part in PAYERS and not parted:
            return part
        if part not in SELECTED or q.kind != "money":
            return None
        near = q.token - before.stop <= FOLLOWS and not parted
        summed = any(self.reading.at(i, "sum_of") for i in range(before.stop, min(q.token, before.stop + SUMMED)))
        return part if near or summed else None

    def payer_taken_up(self, q: Quantity) -> str | None:
        """ "Private investors help too: since 2019 they have put up 57 billion and carried out 2,000 projects"."""
        payers = [mark for mark in self.marks["part"] if mark.value in PAYERS]
        if not payers or payers[0].start - self.start >= OPENING:
            return None
        they = [i for i in range(self.start, q.token) if self.reading.says(i, "they", "they")]
        payers = [mark for mark in payers if mark.end <= (they or [0])[-1]]
        return str(payers[-1].value) if payers and payers[-1].start - self.start < OPENING else None

    def went_on(self, q: Quantity, before: Quantity, part: str | None) -> str | None:
        """ "Roads took 5.1 billion, wells 3.3 billion and sheds 1.2 billion": the verb is said once."""
        if part not in self.took_so_far or q.unit != before.unit:
            return None
        kinds = [mark.value for mark in spanned(self.marks["part_topic"], before.stop, q.token)]
        if not kinds or any(self.reading.at(i, "status") for i in range(before.stop, q.token)):
            return None
        self.took_so_far.add(kinds[-1])
        return str(kinds[-1])

    def subset(self, q: Quantity, before: Quantity | None, previous: int, following: int) -> str | None:
        """What stands behind "of which" or "including" is a part: its kind, else the words that say so."""
        opening = next(iter(spanned(self.marks["subset"], previous, q.token)), None)
        if opening is not None and self.clauses.parted(opening.end, q.token):
            opening = None
        if self.reading.at(q.stop, "subset") and (stage := self.stage(q, following)):  # "31 of them will be completed"
            return stage
        goes_on = q.token - previous <= 1 or (before and q.unit == before.unit and not self.stopped(previous, q.token))
        self.in_subset = opening is not None or (self.in_subset and bool(goes_on))
        if not self.in_subset:
            return None
        told = self.kind(q, previous, following, listed=False) or self.stage(q, following)
        if told is None and (before is None or before.token < self.start or q.unit != before.unit):
            return None  # "of these, 960 loans worth 7.2 billion": other things than were counted before
        return told or SOME

    def stopped(self, start: int, end: int) -> bool:
        """Whether a verb, a bracket or a semicolon ends a list between two tokens."""
        return any(self.reading.tokens[i].text in ");" or self.reading.at(i, "status") for i in range(start, end))

    def stage(self, q: Quantity, following: int) -> str | None:
        """ "Of which 1,216 were finished": how far this part has come."""
        for i in range(q.stop, min(q.stop + 4, following, self.reading.count)):
            if mark := self.reading.at(i, "part_stage"):
                return str(mark.value)
        return None

    def listed(self, sentence: Sentence, quantities: list[Quantity]) -> set[int]:
        """The positions of figures that a colon sets out as the parts of one before it: two at least, of one unit."""
        following = bisect_left(self.colons, sentence.start)
        colon = next(iter(self.colons[following : following + 1]), sentence.end)
        totals = {q.unit for q in quantities if q.stop <= colon}
        behind = [q for q in quantities if q.token > colon]
        same = [q for q in behind if q.unit in totals or q.unit is None]
        things = [q for q in behind if q.kind == "noun"]
        if totals and (len(same) >= 2 or len(things) >= 3):
            return set(range(len(quantities) - len(behind), len(quantities)))
        return set()

    def kind(self, q: Quantity, previous: int, following: int, listed: bool) -> str | None:
        """The kind of thing named in the figure's quote or right after it, else before it, else its own noun."""
        topics = self.marks["part_topic"]
        for marks in (spanned(topics, q.token, q.stop), spanned(topics, q.stop, following)):
            if marks:
                return str(marks[0].value)
        before = spanned(topics, previous, q.token)
        return str(before[-1].value) if before else (q.unit if listed and q.kind == "noun" else None)

    def took(self, q: Quantity, before: Quantity | None, previous: int) -> str | None:
        """ "Roads took 5.1 billion", "repairs of roads make up 1,070 of the projects": a kind set against a total; of
        "1,300 farmers in the livestock sector received 831 million" the money is the farmers'."""
        own = before if before and before.kind == "noun" and before.token >= self.start else None
        if own and own.stop == previous and not self.clauses.parted(previous, q.token):
            return None
        for took in reversed(spanned(self.marks["made_up"], max(q.token - ORDINARY, previous), q.token)):
            if took.end <= q.token:
                kinds = [str(mark.value) for mark in spanned(self.marks["part_topic"], previous, took.start)]
                self.took_so_far.update(kinds[-1:])
                return kinds[-1] if kinds else None
        return None

    def all_there_are(self, q: Quantity, previous: int) -> str | None:
        """Every village of the country is no programme's: "the country has 6,256 villages"."""
        if q.unit not in PLACES:
            return None
        for i in range(q.token, max(q.token - 3, previous), -1):
            has = self.reading.before(i, "has")
            if (
                self.reading.before(i, "all_of")
                or self.reading.at(q.stop, "all_after")
                or (has and has.start in self.nation_ends)
            ):
                return "all"
        return None
