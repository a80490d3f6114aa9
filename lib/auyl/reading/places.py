"""Where a figure is: regions, districts and countries that the text names, and "the region" that means one of them.

Kazakhstan's regions and the countries are rows of vocabulary/places.toml; any other place is known by a word such as
"county", «район» or «ауданы» beside its name, and keeps its name as printed.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from auyl.reading.lexicon import FOLDER, STOPS, Lexicon, Mark, Reading
from auyl.reading.money import SHARED, currency, is_bare
from auyl.reading.quantities import Quantity
from auyl.reading.sentences import LONG_DASHES, Clauses, Sentence, spanned
from auyl.reading.surroundings import last_named

NAME = 3  # words at most of a name before or after a word such as "county"
SEVERAL = 40  # tokens of a list of places
VENUE = 5  # tokens between a word of speaking or meeting and the place where that was
DATELINE = 5  # words of a dateline's place
NO_NAME = frozenset({"stop", "month", "relative", "national", "place_anaphor", "place_word", "number", "status"})


class Place(NamedTuple):
    """A place by its code or printed name (None is the statement's whole country) and what kind of place it is."""

    name: str | None
    kind: str


NATION = Place(None, "country")
FIRST_LEVEL = frozenset({"region", "oblast", "krai", "province", "state", "county", "area"})


@cache
def rows() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "places.toml").read_text(encoding="utf-8"))


def add_places(lexicon: Lexicon) -> None:
    """Let the lexicon find the places of places.toml."""
    for kind in ("region", "country", "people", "area"):
        for code, spellings in rows()[kind].items():
            for spelling in spellings:
                lexicon.add(f"place {kind}", spelling, code)


def country_of(reading: Reading, named: list[Mark]) -> str | None:
    """The country that a text is of, ISO 3166-1: the one its places, peoples and money name most, if that is clear."""
    found = Counter(mark.value[1][:2] for mark in named if mark.value[0] != "area")
    hinted: Counter[str] = Counter()  # by money that several countries call alike: where nothing else tells
    for money in reading.of("currency"):
        # roubles beside places of Belarus are Belarus's
        country, printed = rows()["currency"].get(currency(reading, money)), reading.tokens[money.start].text
        if country and (len(printed) > 1 or not printed.isascii()):  # a bare $ is anybody's
            shared = money.value in SHARED and money.value != "RUB" and is_bare(reading, money)
            (hinted if shared else found)[country] += 1
    (best, most), (_, second) = (*(found or hinted).most_common(2), ("", 0), ("", 0))[:2]
    return best if most > second else reading.lexicon.rows.get("country")


def read_places(reading: Reading, named: list[Mark], words: dict[str, list[Mark]], country: str | None) -> list[Mark]:
    """Every place named in the text, in order, none inside another; each mark's value is a `Place`.

    `named` are the finds of places.toml, `words` those of the vocabulary by their kind. What only says where something
    was said, a dateline or "told a forum in Shymkent", is left out.
    """
    found: dict[int, Mark] = {}
    for mark in named:
        kind, code = mark.value
        if kind != "people" and not reading.at(mark.start, "place_no") and not venue(reading, mark.start):
            found[mark.start] = mark._replace(value=NATION if code == country else Place(code, kind))
    for word in words["place_word"]:
        place = None if reading.at(word.start, "place_no") else named_beside(reading, word)
        known = next((found[i] for i in range(place.start, word.start) if i in found), None) if place else None
        if place and known and word.value in FIRST_LEVEL:
            found[known.start] = known._replace(end=max(place.end, known.end))
        elif place and not venue(reading, place.start):
            found[place.start] = place
            found = {mark.start: mark for mark in of_one_word(reading, word)} | found
    for mark in names_alone(reading, words):
        if not venue(reading, mark.start):
            found.setdefault(mark.start, mark)
    for anaphor in words["place_anaphor"]:
        if not reading.at(anaphor.start, "place_no"):
            found.setdefault(anaphor.start, anaphor._replace(value=Place(None, anaphor.value)))
    for nation in words["national"]:
        found.setdefault(nation.start, nation._replace(value=NATION))
    outer: list[Mark] = []
    for _, mark in sorted(found.items()):
        if not outer or mark.start >= outer[-1].end:
            outer.append(mark)
    return outer


def of_one_word(reading: Reading, word: Mark) -> Iterator[Mark]:
    """The places after one of whose word it is said once: «в Чуйской области – 12 школ, в Ошской – 9»."""
    endings = reading.lexicon.rows.get("name_endings", {}).get(word.value, {})
    i = word.end
    while i < reading.count and reading.tokens[i].text not in STOPS and not reading.at(i, "place_word"):
        end = name_after(reading, i)
        name = reading.quote(i, end) if end > i and reading.sign(end) in LONG_DASHES else ""
        if name and restored(name, endings) != name:
            yield Mark(Place(base_form(reading, i, end, word), word.value), i, end, "")
        i = max(end, i + 1)


def names_alone(reading: Reading, words: dict[str, list[Mark]]) -> Iterator[Mark]:
    """Places with no word beside them: "In Powys, nine projects …", "Luzon got 8.2 billion", «Республика Татарстан»."""
    for word in words["recipient"]:
        yield from unknown_name(reading, name_before(reading, word.start), word.start)
    for i in words["place_in"]:
        end = name_after(reading, i.end)
        if reading.sign(end) == "," and (i.start == 0 or reading.tokens[i.start - 1].text in STOPS):
            yield from unknown_name(reading, i.end, end)
    for word in words["place_first"]:
        if is_name(reading, word.end):
            name = f"{reading.tokens[word.start].text} {reading.tokens[word.end].text}"
            yield Mark(Place(name, word.value), word.start, word.end + 1, "")


def unknown_name(reading: Reading, start: int, end: int) -> Iterator[Mark]:
    """The capitalised words as a place, unless one of them is an organisation's or in capitals alone."""
    tokens = range(start, end)
    bare = all(not reading.tokens[i].text.isupper() and not reading.at(i, "organisation") for i in tokens)
    fund = any(reading.at(i, "programme_word") for i in tokens)
    if start < end and bare and not fund:
        yield Mark(Place(reading.quote(start, end), "area"), start, end, "")


def venue(reading: Reading, start: int) -> bool:
    """Whether the place is only where something was said: after "said in", or at the head of a dateline."""
    if dateline(reading, start):
        return True
    for i in range(start - 1, max(start - VENUE, -1), -1):
        if reading.tokens[i].text in ".;:!?":
            break
        if reading.before(i + 1, "spoken"):
            return True
    return False


def dateline(reading: Reading, start: int) -> bool:
    """Whether the place opens a line in capitals or before a date, a dash or a full stop: "ASTANA, 18 January –"."""
    opens = start == 0 or "\n" in reading.text[reading.tokens[start - 1].end : reading.tokens[start].start]
    if not opens:
        return False
    end = next(
        (
            i
            for i in range(start, min(start + DATELINE, reading.count))
            if reading.tokens[i].kind != "word" and not is_hyphen(reading, i)
        ),
        start,
    )
    after = reading.at(end + 1, "month") or reading.tokens[min(end + 1, reading.count - 1)].kind == "number"
    sign = reading.sign(end)
    return sign in ".–—(" or (sign == "," and bool(after)) or (sign == "-" and not reading.glued(end - 1))


def named_beside(reading: Reading, word: Mark) -> Mark | None:
    """The place whose word this is: capitalised words before it ("Kitui County", «Уилского района») or after "of"."""
    start = name_before(reading, word.start)
    if start < word.start:
        return Mark(Place(base_form(reading, start, word.start, word), word.value), start, word.end, "")
    of = reading.at(word.end, "place_of")
    if of and is_name(reading, of.end):
        end = name_after(reading, of.end)
        return Mark(Place(reading.quote(word.start, end), word.value), word.start, end, "")
    return None


def name_before(reading: Reading, end: int) -> int:
    """The token where the capitalised words before token `end` begin, of one with a hyphen its first half."""
    start = end
    while end - start < NAME and (is_name(reading, start - 1) or is_hyphen(reading, start - 1)):
        start -= 1
    return start


def name_after(reading: Reading, start: int) -> int:
    """The token after the capitalised words that begin at token `start`."""
    end = start
    while end - start < NAME and (is_name(reading, end) or (end > start and is_hyphen(reading, end))):
        end += 1
    return end


def is_name(reading: Reading, i: int) -> bool:
    """Whether token i may be a word of a place's name: capitalised, and no word that only begins a sentence."""
    if not 0 <= i < reading.count:
        return False
    token = reading.tokens[i]
    capital = token.kind == "word" and len(token.text) > 1 and token.text[0].isupper()
    return capital and NO_NAME.isdisjoint(reading.kinds_at[i])


def is_hyphen(reading: Reading, i: int) -> bool:
    """Whether a hyphen joins two words of a name: «Иссык-Кульской»."""
    within = reading.sign(i) == "-" and reading.glued(i - 1) and reading.glued(i)
    return within and is_name(reading, i - 1) and is_name(reading, i + 1)


def base_form(reading: Reading, start: int, end: int, word: Mark) -> str:
    """The printed name, its case ending taken back to the nominative where the vocabulary says how, and its word."""
    endings = reading.lexicon.rows.get("name_endings", {}).get(word.value, {})
    name = restored(reading.quote(start, end), endings)
    return f"{name} {reading.lexicon.rows.get('place_name', {}).get(word.value, reading.quote(word.start, word.end))}"


def restored(name: str, endings: dict[str, str]) -> str:
    for ending, nominative in endings.items():
        if name.endswith(ending) and len(name) > len(ending) + 2:
            return name.removesuffix(ending) + nominative
    return name


class Scene(NamedTuple):
    """Where a figure is, and where that is known from; both None for the statement's whole country."""

    place: str | None
    whence: str | None


HERE = Scene(None, None)


class Scenes:
    """Gives each figure its place; remembers the places named before, so that "the region" is known again."""

    def __init__(self, reading: Reading, clauses: Clauses, places: list[Mark], sentences: list[Sentence]):
        self.reading, self.clauses = reading, clauses
        self.latest: list[Place] = []  # in the order in which the text last named them
        self.heading: Place | None = None  # of a list
        self.start = True  # nothing was read of the paragraph yet
        self.opening: Place | None = None  # the one place of a paragraph, named before its first figure
        self.national = False  # the sentence before spoke of the whole country
        self.home, self.home_from = home_of(reading, places, sentences)

    def new_paragraph(self) -> None:
        self.heading, self.opening, self.national, self.start = None, None, False, True

    def resolve(self, marks: list[Mark]) -> list[Mark]:
        """The places of a sentence, with "the region" for the one it means; what means none known is left out."""
        latest = self.latest
        resolved = []
        for mark in marks:
            place = mark.value
            if place.name is None and place != NATION:
                known = [other for other in latest if place.kind == "any" or same_kind(place, other)]
                if not known:
                    continue
                place = known[-1]
            latest = latest if place == NATION else last_named(latest, place)
            resolved.append(mark if place is mark.value else mark._replace(value=place))
        return resolved

    def remember(self, sentence: Sentence, marks: list[Mark], figure: int, listed: bool, goes_on: bool) -> None:
        """Keep what a sentence named for those after it; `figure` is the token of its first figure."""
        named = [mark.value for mark in marks if mark.value != NATION]
        for place in named:
            self.latest = last_named(self.latest, place)
        if self.reading.sign(sentence.end - 1) == ":":
            self.heading = named[-1] if named else None
        elif not listed:
            self.heading = None
        if marks:
            alone = len({mark.value for mark in marks}) == 1 and marks[0].start < figure and self.start
            kept = named and named[0].kind != "country" and (alone or set(named) == {self.opening})
            self.opening = named[0] if kept else None
        self.national = marks[-1].value == NATION if marks else self.national and goes_on
        self.start = False

    def of(self, q: Quantity, marks: list[Mark], previous: int, following: int, listed: bool) -> Scene:
        """The place named nearest in the sentence, else that of the list, the paragraph or the whole text."""
        near, earlier, later = self.clauses.around(q, marks, following)
        bracketed = later is not None and self.reading.sign(later.end) == "("  # "Kostanay region (98%)"
        of_next = later is not None and self.is_of_the_next(q, later, following)
        if later and (later.start >= following or bracketed or of_next or self.clauses.broken(q.stop, later.start)):
            later = None
        if near is None and (earlier is None or self.clauses.parted(earlier.end, q.token)):
            near = self.in_clause(q, marks)
        own = spanned(marks, q.token, q.stop) if q.kind == "noun" else []  # "10 Scottish councils", no US dollars
        inside = next(iter(own), None)
        mark = inside or near or earlier or later
        if mark is not None:
            if mark.value == NATION:
                return HERE
            names = [mark.value.name, *self.joined(mark, marks)]
            return Scene(", ".join(names), self.clauses.evidence(mark, q, previous, following))
        if listed and self.heading is not None:
            return Scene(self.heading.name, "paragraph")
        if listed and self.national:
            return HERE
        if self.opening is not None:
            return Scene(self.opening.name, "paragraph")
        return Scene(self.home.name, self.home_from) if self.home else HERE

    def is_of_the_next(self, q: Quantity, later: Mark, following: int) -> bool:
        """Whether a place behind a comma is the next figure's: «выделено 5 млрд тенге, в Абае открыты 18 школ»."""
        last = self.reading.tokens[following - 1].text in STOPS
        return not last and self.clauses.parted(q.stop, later.start) and not self.clauses.parted(later.end, following)

    def in_clause(self, q: Quantity, marks: list[Mark]) -> Mark | None:
        """The place that its own clause names after another figure: "£158 million for 10 Scottish councils"."""
        after = next((mark for mark in marks if mark.start >= q.stop), None)
        return None if after is None or self.clauses.parted(q.stop, after.start) else after

    def joined(self, mark: Mark, marks: list[Mark]) -> list[str]:
        """The places that follow this one after a comma or an "and": of them all the figure is a sum."""
        names: list[str] = []
        for other in spanned(marks, mark.end, mark.end + SEVERAL):
            comma = self.reading.sign(mark.end) == "," or self.reading.before(other.start, "range")
            if other.value == NATION or other.start != mark.end + 1 or not comma:
                break
            names.append(other.value.name)
            mark = other
        return names


def same_kind(one: Place, other: Place) -> bool:
    return one.kind == other.kind or (one.kind in FIRST_LEVEL and other.kind in FIRST_LEVEL)


def home_of(reading: Reading, places: list[Mark], sentences: list[Sentence]) -> tuple[Place | None, str | None]:
    """The one region that a text is about throughout, and whether its title or its first sentence says so.

    It is named in a title or in the first sentence, before the whole country is, and no other region is; where it comes
    after "of which" or "including" it is only that part's.
    """
    named = [mark for mark in places if mark.value.name is not None and mark.value.kind in FIRST_LEVEL]
    prose = (sentence for sentence in sentences if not sentence.title and sentence.end - sentence.start > DATELINE)
    body = next(prose, None)
    if body is None or len({mark.value for mark in named}) != 1 or named[0].start >= body.end:
        return None, None
    first = named[0]
    partly = any(body.start <= mark.start < first.start for mark in reading.of("subset"))
    national = any(mark.value == NATION and mark.start < body.end for mark in places)
    said_again = len(named) > 1 or any(mark.value.name is None and mark.value != NATION for mark in places)
    if partly or national or not (said_again or first.value.kind == "region"):
        return None, None
    return first.value, "title" if first.start < body.start else "paragraph"
