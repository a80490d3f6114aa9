"""Pages that stand alone: one an article, the index of a statement's, the index over many runs.

The templates lie in templates/; every value is escaped unless it is `Markup`.
"""

# ruff: noqa: S704 - the Markup made here is our own script and style

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from auyl.reports.article import PIECES, Article
from auyl.terminal import TURNING

if TYPE_CHECKING:
    from auyl.statement import Statement

TEMPLATES = Path(__file__).parent / "templates"
SCRIPT, STYLE, RUNS_SCRIPT, RUNS_STYLE = (
    Markup((TEMPLATES / name).read_text(encoding="utf-8")) for name in ("page.js", "page.css", "runs.js", "runs.css")
)


def policy(script: str) -> str:
    """The browser itself refuses every address and every script but our own, whatever a statement holds."""
    checksum = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{checksum}'"


@cache
def template(name: str) -> Template:
    """A template of templates/, where Jinja escapes all text by itself."""
    made = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.globals.update(script=SCRIPT, style=STYLE, policy=policy(SCRIPT), version=version("auyl"), text_of=text_of)
    return made.get_template(f"{name}.html.j2")


def text_of(html: str, most: int = 200) -> str:
    """The words of a piece of a page in one line, cut after a word: for descriptions that other sites show."""
    words = " ".join(Markup(html).striptags().split())
    return words if len(words) <= most else words[:most].rpartition(" ")[0] + " …"


def one_way(page: str) -> str:
    """The page with every sign that turns the direction of reading written out: hidden in a text, it shows 12 as 21."""
    return re.sub(f"[{TURNING}]", lambda sign: f"[U+{ord(sign[0]):04X}]", page)


def report_page(article: Article, titles: Mapping[str, Markup], about: dict) -> str:
    """One report as a page; `titles` are those of all reports beside it, in order, `about` is its passport."""
    links = [{"name": name, "title": title} for name, title in titles.items()]
    place = list(titles).index(article.name)
    previous, following = links[place - 1 : place], links[place + 1 : place + 2]
    page = template("report").render(article=article, about=about, previous=previous, following=following)
    return one_way(page)


def index_page(articles: Sequence[Article], about: dict, built: dict, others: Sequence["Statement"] = ()) -> str:
    """The page over all reports: what was found, the claims checked, each report's answer; its sources at the foot.

    `others` are statements whose reports lie in folders of their names beside it.
    """
    good = [article for article in articles if not article.failure]
    shown = {"pieces": {tag: [a.pieces[tag] for a in good if tag in a.pieces] for tag in PIECES}, "lead": leading(good)}
    return one_way(template("overview").render(articles=articles, about=about, built=built, others=others, **shown))


def index_card(articles: Sequence[Article], about: dict) -> bytes:
    """The picture of the index for who shares its link, beside the page as index.png: a data URL no site would show."""
    from auyl.display.canvas import card  # slow to import, and a resumed run may draw nothing

    front = next((a.pieces["front"] for a in articles if "front" in a.pieces and not a.failure), "")
    headline = text_of(front.partition("</h1>")[0]) or about["title"]
    return card(headline, f"{about['publisher']}, {about['date_in_words']}")


def leading(articles: Sequence[Article]) -> Article | None:
    """The report whose chart and answer stand first on the index: the one with the front, else the first that has both,
    rather one after the start, which is about the text and not yet about what it says."""
    drawn = [article for article in articles if article.small_picture]
    fronts = [article for article in drawn if "front" in article.pieces]
    answers = [article for article in drawn if article.headline and not article.name.startswith("00")]
    return next(iter([*fronts, *answers, *drawn]), None)


def runs_page(rows: Sequence[Mapping], columns: Sequence[str], pages: Sequence[str]) -> str:
    """The index over many runs, which sorts and filters itself; readable without script.

    Parameters
    ----------
    rows
        Of this page, a run each: `page`, `title`, `values` (by column), `answer`, `status`, `error`, `has_page`.
    columns
        The names of the parameters, the statement's among them.
    pages
        The file names of all pages of this index, in order; this one's is empty.
    """
    own = {"script": RUNS_SCRIPT, "style": STYLE + RUNS_STYLE, "policy": policy(RUNS_SCRIPT)}
    return one_way(template("runs").render(rows=rows, columns=columns, pages=pages, **own))
