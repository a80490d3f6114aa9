"""What a percentage is: a level, a rate of growth, or a share of the things named beside it."""

from auyl.reading.lexicon import Reading
from auyl.reading.quantities import Quantity

AFTER = 4  # tokens from a percentage to the word that makes a change of it: «15 пайызға көп», "9% more"


def is_change(reading: Reading, q: Quantity) -> bool:
    """Whether the percentage says by how much something changed: "grew by 9.2%", «на 7,4%», «8,2%-ға ұлғайды».

    >>> from auyl.reading.quantities import read_quantities
    >>> def first(text, language): return is_change(Reading(text, language), read_quantities(text, language)[0])
    >>> first("Output grew by 9.2% in a year.", "en"), first("The share stands at 64%.", "en")
    (True, False)
    """
    if reading.before(q.token, "changed_by"):
        return True
    for i in range(q.stop, min(q.stop + AFTER, reading.count)):
        if reading.tokens[i].text in ".;":
            break
        if reading.at(i, "changed_after"):
            return not reading.at(i - 1, "level_before")
        if reading.tokens[i].text == ",":
            break
    return reading.before(q.token, "changed_verb") is not None


def is_share_of(reading: Reading, q: Quantity) -> bool:
    """Whether the percentage is of things that stand beside it: "46 percent of the projects", «пайызы»."""
    after = reading.at(q.stop, "share_of")
    if after is not None:
        return True
    if reading.tokens[q.stop - 1].key in reading.lexicon.rows.get("possessive_share", "").split():
        return True
    bare = reading.lexicon.rows.get("genitive_share", False)  # «97,3% сельчан»
    word = reading.tokens[q.stop] if bare and q.stop < reading.count else None
    return word is not None and word.kind == "word" and not (reading.marks[q.stop].keys() & {"stop", "status", "range"})
