"""Which language a text is in, told by its commonest words, its letters and its vocabulary, or not at all.

What is known of a language stands in its vocabulary: `common`, its commonest words; `own_letters`, those that its
neighbours in the same alphabet lack; `telling_letters`, which make a word of few others. A text in a language beside
these is not taken for one of them. Where it is not clear, the user is asked.
"""

import re
from functools import cache
from typing import NamedTuple

from auyl.errors import ParameterError
from auyl.reading.lexicon import LANGUAGES, lexicon

ENOUGH = 3  # common words, fewer of which say nothing
FEW = 8  # words; so few are told by their letters if no vocabulary has them
SHORT = 30  # words; a shorter text is told by all the words that a vocabulary knows
READ = 5_000  # letters are enough to tell
WORD = re.compile(r"[^\W\d_]+")


class Signs(NamedTuple):
    """By what a language is told."""

    common: frozenset[str]
    own: frozenset[str]
    telling: frozenset[str]


def language_of(text: str) -> str | None:
    """The language's two letters, or None where the words do not say it clearly.

    >>> language_of("In 2024, 64% of the villages had a school, and the share is to grow.")
    'en'
    >>> language_of("Свыше 2,5 млрд тенге"), language_of("64%")
    ('ru', None)
    """
    words = WORD.findall(text[:READ].lower())
    if not words:  # nothing to be read is the same in every language
        return None if re.search(r"\d", text) else LANGUAGES[0]
    usual = {language: usual_words(language, words) for language in LANGUAGES}
    best = clearly_first(usual, at_least=max(ENOUGH, 0.08 * len(words)), times=3)
    if best is None and len(words) < SHORT:
        known = {language: known_words(language, words) for language in LANGUAGES}
        best = clearly_first(known, at_least=1 if len(words) < 4 else 0.4 * len(words), times=1.2)
    if best is None and len(words) < FEW:
        written = [language for language in LANGUAGES if not signs(language).own.isdisjoint("".join(words))]
        return written[0] if len(written) == 1 else None
    own = signs(best).own if best and len(words) >= FEW else frozenset()
    return None if own and own.isdisjoint("".join(words)) else best


def clearly_first(counts: dict[str, int], at_least: float, times: float) -> str | None:
    """The language with the most words, if they are enough and so many times those of any other."""
    best = max(counts, key=lambda language: counts[language])
    others = max((count for language, count in counts.items() if language != best), default=0)
    return best if counts[best] >= at_least and counts[best] >= times * others else None


@cache
def signs(language: str) -> Signs:
    rows = lexicon(language).rows
    common = frozenset(rows.get("common", "").split())
    return Signs(common, frozenset(rows.get("own_letters", "")), frozenset(rows.get("telling_letters", "")))


def usual_words(language: str, words: list[str]) -> int:
    """How many words are among the language's commonest, and how many have letters that only it has."""
    known = signs(language)
    return sum(word in known.common for word in words) + sum(not known.telling.isdisjoint(word) for word in words)


def known_words(language: str, words: list[str]) -> int:
    """How many words of a short text the language's vocabulary has, its letters counted as in `usual_words`."""
    known, vocabulary = signs(language), lexicon(language)
    return sum(word in known.common or vocabulary.has(word) or not known.telling.isdisjoint(word) for word in words)


def known_language(given: str | None, text: str) -> str:
    """The language that was given, or else the one the text is in.

    Raises
    ------
    ParameterError
        There is no vocabulary for the one given, or none was given and the text does not say it clearly.
    """
    known = ", ".join(LANGUAGES)
    if given is not None and given not in LANGUAGES:
        raise ParameterError(f"language: {given!r} has no vocabulary; those that have one are {known}.")
    language = given or language_of(text)
    if language is None:
        raise ParameterError(f"language: the text does not show which it is; give one of {known}.")
    return language
