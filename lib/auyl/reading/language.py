"""Which language a text is in, told by its commonest words, its letters and its vocabulary, or not at all.

What is known of a language stands in its vocabulary: `common`, its commonest words; `own_letters`, those that its
neighbours in the same alphabet lack; `telling_letters`, which make a word of few others. A text in a language beside
these is not taken for one of them. Where it is not clear, the user is asked.
"""

import re
from functools import cache

from auyl.errors import ParameterError
from auyl.reading.lexicon import LANGUAGES, lexicon

ENOUGH = 3  # common words, fewer of which say nothing
FEW = 8  # words; so few are told by their letters if no vocabulary has them
SHORT = 30  # words; a shorter text is told by all the words that a vocabulary knows
READ = 5_000  # letters are enough to tell
WORD = re.compile(r"[^\W\d_]+")


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
    letters = set("".join(words))
    best = clearly_first(words, at_least=max(ENOUGH, 0.08 * len(words)), times=3)
    if best is None and len(words) < SHORT:
        best = clearly_first(words, at_least=1 if len(words) < 4 else 0.4 * len(words), times=1.2, known=True)
    if best is None and len(words) < FEW:
        written = [language for language in LANGUAGES if signs(language, "own_letters") & letters]
        return written[0] if len(written) == 1 else None
    own = signs(best, "own_letters") if best and len(words) >= FEW else frozenset()
    return None if own and own.isdisjoint(letters) else best


def clearly_first(words: list[str], at_least: float, times: float, known: bool = False) -> str | None:
    """The language with the most words, if they are enough and so many times those of any other."""
    counts = {language: own_words(language, words, known) for language in LANGUAGES}
    second, best = sorted(LANGUAGES, key=lambda language: counts[language])[-2:]
    return best if counts[best] >= at_least and counts[best] >= times * counts[second] else None


@cache
def signs(language: str, of: str) -> frozenset[str]:
    """The language's commonest words, or the letters by which it is told."""
    row = lexicon(language).rows.get(of, "")
    return frozenset(row.split() if of == "common" else row)


def own_words(language: str, words: list[str], known: bool) -> int:
    """How many words are among the language's commonest or have its letters; if `known`, or are in its vocabulary."""
    common, telling = signs(language, "common"), signs(language, "telling_letters")
    vocabulary = lexicon(language)
    return sum(word in common or not telling.isdisjoint(word) or (known and vocabulary.has(word)) for word in words)


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
