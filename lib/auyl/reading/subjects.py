"""The catalogue, vocabulary/catalogue.toml: which programme or policy a figure is about, and which indicator of it."""

from copy import copy
from functools import cache
from pathlib import Path
from typing import NamedTuple

from auyl.project import own_catalogue
from auyl.reading.catalogue_rows import read_rows
from auyl.reading.lexicon import FOLDER, Lexicon, Mark, Reading
from auyl.reading.places import add_places
from auyl.reading.programmes import Programme
from auyl.reading.quantities import Quantity
from auyl.reading.sentences import Clauses

BESIDE = 8  # steps: an `unless` word further off speaks of something else


class Indicator(NamedTuple):
    """What counts as an indicator: its units ("money" for any currency) and the words asked for and ruled out."""

    name: str
    units: frozenset[str]
    near: frozenset[str]
    unless: frozenset[str]
    alone: bool  # the words asked for suffice where the subject itself is not named


class Subject(NamedTuple):
    id: str
    name: str
    programme: bool
    indicators: tuple[Indicator, ...]
    country: str | None = None  # ISO 3166-1: whose statements alone speak of it


class Named(NamedTuple):
    """What a text names: subjects of the catalogue, words that indicators ask for, places as (kind, code)."""

    subjects: list[Mark]
    cues: list[Mark]
    places: list[Mark]


class Catalogue:
    """The subjects by their id, and the words that name them, ready to be looked for."""

    def __init__(self, rows: dict):
        self.subjects: dict[str, Subject] = {}
        self.known: dict[str, Programme] = {}
        self.lexicon = Lexicon({"endings": r"[^\W\d_]{0,8}"})
        for id, row in rows.items():
            indicators = []
            for name, rule in row.get("indicators", {}).items():
                words = (frozenset(rule.get(key, ())) for key in ("units", "near", "unless"))
                indicators.append(Indicator(name, *words, rule.get("alone", False)))
                for word in (*rule.get("near", ()), *rule.get("unless", ())):
                    self.lexicon.add(f"cue {word}", word, word)
            lasting = row["kind"] == "programme"
            self.subjects[id] = Subject(id, row["name"], lasting, tuple(indicators), row.get("country"))
            self.known[id] = Programme(row["name"], id, lasting, "project" if lasting else None)
            for spelling in row["spelled"]:
                self.lexicon.add("subject", spelling, id)
        add_places(self.lexicon)

    def read(self, reading: Reading) -> Named:
        """Where the text names a subject, holds a word that an indicator asks for, or names a place of places.toml."""
        named = Named([], [], [])
        for marks in self.lexicon.scan(reading.tokens):
            for kind, mark in marks.items():
                if kind == "subject":
                    named.subjects.append(mark)
                elif kind.startswith("place "):
                    named.places.append(mark._replace(value=(kind.removeprefix("place "), mark.value)))
                else:
                    named.cues.append(mark)
        return named

    def serving(self, country: str | None) -> "Catalogue":
        """The subjects that a statement of this country may speak of; all of them where its country is not known."""
        kept = {id: s for id, s in self.subjects.items() if country is None or s.country in (None, country)}
        if len(kept) == len(self.subjects):
            return self
        served = copy(self)
        served.subjects = kept
        return served

    def programmes(self, subjects: list[Mark], others: list[Mark]) -> list[Mark]:
        """Where a text names subjects or other programmes, in order; each mark's value is a `Programme`."""
        known = [mark._replace(value=self.known[mark.value]) for mark in subjects if mark.value in self.subjects]
        return sorted([*known, *others], key=lambda mark: mark.start)


@cache
def load(own: Path | None, changed: int) -> Catalogue:
    """The project's catalogue with the subjects of a collection's own; one of the same id takes the other's place."""
    return Catalogue(read_rows(FOLDER / "catalogue.toml") | (read_rows(own) if own else {}))


def catalogue() -> Catalogue:
    """The catalogue of the collection one works in; read once, and again when its own file has changed."""
    own = own_catalogue()
    return load(own, own.stat().st_mtime_ns if own else 0)


def subject_name(id: str) -> str:
    """The name of a subject as tables and charts print it; the id itself if the catalogue has no such subject.

    >>> subject_name("auyl_el_besigi")
    'Auyl – Yel besigi'
    """
    subject = catalogue().subjects.get(id)
    return subject.name if subject else id


def fitting(q: Quantity, subject: Subject, cues: list[Mark], clauses: Clauses) -> tuple[Indicator, bool] | None:
    """The subject's indicator that the figure gives, judged by its unit and the words nearest to it.

    The flag tells whether a word asked for was found; an indicator that asks for none needs none.
    """
    best: tuple[int, Indicator, bool] | None = None
    for indicator in subject.indicators:
        if q.unit not in indicator.units and not (q.kind == "money" and "money" in indicator.units):
            continue
        if any(cue.value in indicator.unless and clauses.steps(cue, q) <= BESIDE for cue in cues):
            continue
        if not indicator.near:
            return indicator, False
        near = [clauses.steps(cue, q) for cue in cues if cue.value in indicator.near]
        if near and (best is None or min(near) < best[0]):
            best = (min(near), indicator, True)
    return best[1:] if best else None
