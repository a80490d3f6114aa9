"""A saved web page to its article: the paragraphs of the main text, and the headline."""

import logging
import re
from typing import NamedTuple

from auyl.errors import StatementError

MARKUP = re.compile(r"\s*(?:<!--.*?-->\s*|<\?xml.*?\?>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
BESIDE = ["//nav", "//footer", "//aside", "//form"]  # what HTML itself calls no article
RULE = re.compile(r"[|\s:-]+")  # the line under a table's head
SENTENCE = re.compile(r"\w.{38,}[.!?…]", re.S)  # an article has at least one; lists of links have none


class Article(NamedTuple):
    title: str | None
    text: str


def is_web_page(text: str) -> bool:
    """Whether a text is HTML, whatever its file is called."""
    return bool(MARKUP.match(text))


def read_article(html: str, name: str) -> Article:
    """The article of a page, a blank line between its paragraphs, list items and table rows.

    Raises
    ------
    StatementError
        The page has none: it is a list of links, a form, or made by a script when it is opened.
    """
    import trafilatura
    from trafilatura.metadata import extract_metadata

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it logs is said below, in one sentence
    try:
        text = trafilatura.extract(html, include_comments=False, prune_xpath=BESIDE) or ""
        title = extract_metadata(html, extensive=False).title  # extensive is the search for a date, which takes seconds
    except (RecursionError, ValueError):
        raise StatementError(
            f"{name} is no web page that can be read: save its text as a .txt file and add that"
        ) from None
    paragraphs = [line.strip() for line in text.splitlines() if not RULE.fullmatch(line)]
    if not any(SENTENCE.search(paragraph) for paragraph in paragraphs):
        raise StatementError(f"{name} is a web page without an article: save its text as a .txt file and add that")
    return Article(title, "\n\n".join(paragraphs) + "\n")
