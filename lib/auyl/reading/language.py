"""Which of English, Russian and Kazakh a text is in, told by its commonest words and its letters, or not at all.

Only for a text of some sentences: every statement of tests/cases longer than a paragraph is told rightly, and one in
a language beside these is not taken for one of them. Where it is not clear, the user is asked.
"""

import re

from auyl.errors import ParameterError
from auyl.reading.lexicon import LANGUAGES

COMMON = {
    "en": "the of and to in for is was were are be been with by on at from that this has have had will would as it its "
    "an a more than which who their",
    "ru": "и в на с по что для не из к о об от за до при как это был была было были будет более свыше около также году "
    "года лет его их или он она",
    "kk": "және мен бен пен үшін бұл бойынша туралы деп ол осы дейін кейін бар болды болып жыл жылы жылғы жылдың астам "
    "шамамен теңге жуық бір екі қазақстан",
}
COMMON_WORDS = {language: frozenset(words.split()) for language, words in COMMON.items()}
# What the language's neighbours in the same alphabet lack: Ukrainian and Bulgarian, Kyrgyz and Tatar.
OWN_LETTERS = {"en": frozenset("aeiou"), "ru": frozenset("ыэ"), "kk": frozenset("қғұ")}
ENOUGH = 3  # common words, fewer of which say nothing
READ = 5_000  # letters are enough to tell


def language_of(text: str) -> str | None:
    """The language's two letters, or None where the words do not say it clearly.

    >>> language_of("In 2024, 64% of the villages had a school, and the share is to grow.")
    'en'
    >>> language_of("64%") is None
    True
    """
    start = text[:READ].lower()
    words = re.findall(r"[^\W\d_]+", start)
    counts = {language: sum(word in common for word in words) for language, common in COMMON_WORDS.items()}
    counts["kk"] += sum(not OWN_LETTERS["kk"].isdisjoint(word) for word in words)  # every second word has one
    best, second = sorted(counts, key=lambda language: counts[language], reverse=True)[:2]
    clear = counts[best] >= ENOUGH and counts[best] >= 3 * counts[second] and counts[best] >= 0.08 * len(words)
    return best if clear and not OWN_LETTERS[best].isdisjoint(start) else None


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
