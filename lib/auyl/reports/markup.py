"""What a notebook holds, as HTML that is safe to publish: prose, charts and tables, one function each.

Every function returns `Markup`, ready for a template that escapes all else. Nothing it returns fetches an address.
"""

# ruff: noqa: S704 - making Markup is this module's purpose: what goes in is escaped here, or the notebook's own

import re
from collections.abc import Collection
from dataclasses import dataclass

import mistune
from lxml import etree
from markupsafe import Markup, escape

from auyl.reports.table_markup import dressed

SVG = "http://www.w3.org/2000/svg"
NOT_DRAWN = [f"{{{SVG}}}{name}" for name in ("script", "style", "metadata", "foreignObject", "title")]

# The charts' house colours, by the names the style sheet gives them in light and in dark.
HOUSE_COLOURS = {
    "#222222": "ink",
    "#000000": "ink",
    "#5f6368": "muted",
    "#d9d9d9": "grid",
    "#0072b2": "accent",
    "#d55e00": "accent-2",
    "#9ecae9": "fill",
    "#ffffff": "paper",
    "#d6e6f2": "shade-1",
    "#3a86bd": "shade-3",
    "#084d82": "shade-4",
}
COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")


@dataclass(frozen=True)
class Heading:
    """A heading in the contents list."""

    level: int
    id: str
    text: str


class Prose(mistune.HTMLRenderer):
    """Markdown to HTML for one page: collects the headings, leads links to the other notebooks to their pages.

    `pages` are the names of the reports that exist; a relative link to anything else becomes its text, since the page
    is read far from the checkout.
    """

    def __init__(self, pages: Collection[str] = ()):
        super().__init__(allow_harmful_protocols=True)  # `dressed` lets none pass
        self.pages, self.title = pages, ""
        self.headings: list[Heading] = []
        self._render = mistune.Markdown(self, plugins=[mistune.plugins.import_plugin("table")])

    def own(self, text: str) -> Markup:
        """A Markdown cell of the notebook: HTML in it is meant."""
        return self._set(text, escape=False)

    def computed(self, text: str) -> Markup:
        """Markdown that a cell printed: it may hold words of the statement, so HTML in it is shown as text."""
        return self._set(text, escape=True)

    def _set(self, text: str, escape: bool) -> Markup:
        self.escape_enabled = escape
        return Markup(dressed(str(self._render(text)), self.pages)[0])

    def heading(self, text: str, level: int, **attrs) -> str:
        if level == 1 and not self.title:
            self.title = dressed(text, self.pages)[0]
            return ""
        # One h1 a page, and no level skipped on the way down.
        level = min(max(level, 2), (self.headings[-1].level if self.headings else 1) + 1)
        plain = Markup(text).striptags()
        name = re.sub(r"\W+", "-", plain.lower()).strip("-") or "section"
        taken = sum(heading.id == name or heading.id.startswith(f"{name}--") for heading in self.headings)
        name = f"{name}--{taken + 1}" if taken else name
        self.headings.append(Heading(level, name, plain))
        return f'<h{level} id="{escape(name)}">{text}</h{level}>\n'


def chart(svg: str, name: str, number: str) -> Markup | None:
    """A chart's SVG set into the page, so that its colours can follow the reader's light or dark; None if unreadable.

    Parameters
    ----------
    svg
        As matplotlib writes it, text kept as text.
    name
        What the chart shows, in words: its accessible name.
    number
        Sets this chart's ids apart from those of the page's other charts.
    """
    try:
        root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return None
    if root.tag != f"{{{SVG}}}svg":
        return None
    # Scripts have no place in a chart; matplotlib's style rule would reach beyond it, its metadata helps none.
    etree.strip_elements(root, etree.Comment, etree.PI, etree.Entity, *NOT_DRAWN, with_tail=False)
    for foreign in root.xpath("//*[namespace-uri() != $svg]", svg=SVG):
        foreign.getparent().remove(foreign)
    etree.cleanup_namespaces(root)
    ids = {*root.xpath("//@id")}
    for element in root.iter():
        for key, value in element.items():
            kept = _chart_attribute(key.split("}")[-1], value, element.tag, ids, number)
            if kept is None:
                del element.attrib[key]
            else:
                element.set(key, kept)
    width = re.match(r"[\d.]+", root.get("width", ""))
    for size in ("width", "height"):
        root.attrib.pop(size, None)
    if width and "viewBox" in root.attrib:
        root.set("style", f"max-width: {float(width[0]) * 4 / 3:.0f}px")  # points to pixels
    root.set("role", "img")
    root.set("aria-label", name)
    return Markup(etree.tostring(root, encoding="unicode", with_tail=False))


def _chart_attribute(key: str, value: str, tag: str, ids: Collection[str], number: str) -> str | None:
    if key.startswith("on"):
        return None
    if key == "id":
        return f"{number}-{value}"
    if key == "href":
        if value.startswith("#") and value[1:] in ids:
            return f"#{number}-{value[1:]}"
        if tag == f"{{{SVG}}}a":
            return value if re.match(r"#|https?://|[\w-]+\.html", value) else None
        return value if value.startswith("data:image/") else None
    value = re.sub(r"url\(#", f"url(#{number}-", value)
    return COLOUR.sub(_house_colour, value) if key in {"style", "fill", "stroke"} else value


def _house_colour(colour: re.Match) -> str:
    name = HOUSE_COLOURS.get(colour[0].lower())
    return f"var(--chart-{name})" if name else colour[0]
