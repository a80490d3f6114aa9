"""A saved web page to its article: the paragraphs of the main text, and the headline."""

import json
import os
import re
import subprocess
import sys
from typing import NamedTuple

from auyl.errors import StatementError

MARKUP = re.compile(r"\s*(?:<!--.*?-->\s*|<\?xml.*?\?>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
LONGEST = 15  # seconds; an article takes one
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

    A page can be made so that reading it takes hours: it is read in a process of its own, which has LONGEST seconds.

    Raises
    ------
    StatementError
        The page has none: it is a list of links, a form, or made by a script when it is opened. Or it cannot be read.
    """
    instead = "save its text as a .txt file and add that"
    command = [sys.executable, "-m", "auyl.intake.web_pages"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(  # noqa: S603 - this module, in this interpreter
            command, input=html.encode(errors="replace"), capture_output=True, env=environment, timeout=LONGEST
        )
    except subprocess.TimeoutExpired:
        raise StatementError(
            f"{name} is a web page that takes more than {LONGEST} seconds to read: {instead}"
        ) from None
    if done.returncode:
        if b"ModuleNotFoundError" in done.stderr:
            import trafilatura  # noqa: F401 - says which package is missing
        raise StatementError(f"{name} is no web page that can be read: {instead}")
    article = Article(*json.loads(done.stdout))
    if not any(SENTENCE.search(paragraph) for paragraph in article.text.split("\n\n")):
        raise StatementError(f"{name} is a web page without an article: {instead}")
    return article


def main() -> None:
    """From a page on standard input to its headline and its article."""
    import trafilatura
    from trafilatura.metadata import extract_metadata

    html = sys.stdin.buffer.read().decode()
    text = trafilatura.extract(html, include_comments=False, prune_xpath=BESIDE) or ""
    title = extract_metadata(html, extensive=False).title  # extensive is the search for a date, which takes seconds
    paragraphs = [line.strip() for line in text.splitlines() if not RULE.fullmatch(line)]
    json.dump((title, "\n\n".join(paragraphs) + "\n"), sys.stdout)


if __name__ == "__main__":
    main()
