"""Words of a statement as a terminal may show them: nothing in them moves the cursor, colours or turns the line."""

import unicodedata

# Cc: controls such as escape. Cf: invisible marks, those that turn the reading direction among them. Cs: half of a
# pair, as Python keeps bytes of an argument that are no UTF-8. Zl and Zp: line ends that are no "\n".
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
HARMLESS = {"\n", "\t"}
TURNING = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # the direction of reading


def visible(text: str) -> str:
    """The text with every sign that a terminal obeys written out.

    >>> visible("701 \\x1b[31mbillion")
    '701 \\\\x1b[31mbillion'
    """
    if text.isprintable():
        return text
    return "".join(c if c in HARMLESS or unicodedata.category(c) not in UNSEEN else ascii(c)[1:-1] for c in text)
