"""The paper the charts are drawn on: a headline, a subtitle, rows under each other, a source line, all measured.

Labels are wrapped to the width of the figure and the figure grows with them, so that nothing overlaps or is cut off,
however long a programme's name is and however many rows there are. Lengths are points (1/72 inch) throughout.
"""

import io
import re
import warnings
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import cast

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, get_hinting_flag
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.ft2font import FT2Font
from matplotlib.patches import Rectangle
from matplotlib.text import Text

STYLE = Path(__file__).with_name("auyl.mplstyle")

INK, MUTED, GRID = "#222222", "#5f6368", "#d9d9d9"
PAPER = "#ffffff"  # a hollow dot hides the line behind it; pages put their own paper here
ACCENT, SECOND, LIGHT = "#0072B2", "#D55E00", "#9ecae9"
SHADES = ("#d6e6f2", LIGHT, "#3a86bd", "#084d82")  # of a tile map; letters are ink on the first two, paper on the rest

WIDTH = 384.0  # points: 5.3 inches; on a telephone a letter is as large as on a page
MARGIN = 2.0
INNER = WIDTH - 2 * MARGIN
HEADLINE, SUBTITLE, LABEL, SMALL = 14.5, 11.5, 12.0, 10.5  # on a telephone, at nine tenths, still legible
FONT = "DejaVu Sans"  # comes with matplotlib, so every machine measures alike
FONTS = "'DejaVu Sans', Verdana, sans-serif"  # Verdana is as wide as DejaVu, where a reader has no DejaVu
LEADING = 1.35  # line height over font size
NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


@lru_cache(maxsize=1)
def _style() -> matplotlib.RcParams:
    """The style file, read once: reading it for every chart takes as long as drawing one."""
    return matplotlib.rc_params_from_file(STYLE, use_default_template=False)


def text_width(text: str, size: float = LABEL, weight: str = "normal") -> float:
    """Width of one line of text in points: its letters', as matplotlib sets them."""
    return sum(_letter_width(letter, size, weight) for letter in text)


@lru_cache(maxsize=4096)
def _letter_width(letter: str, size: float, weight: str) -> float:
    """Measuring whole lines takes a hundred times as long. Letters DejaVu lacks are drawn by a reader's own fonts."""
    font = _font(weight)
    font.set_size(size, 72)
    return font.load_glyph(font.get_char_index(ord(letter)), get_hinting_flag()).horiAdvance / 64


@cache
def _font(weight: str) -> FT2Font:
    return get_font(fontManager.findfont(FontProperties(family=FONT, weight=weight)))


def wrap(text: str, width: float = INNER, size: float = LABEL, weight: str = "normal") -> list[str]:
    """The text in lines no wider than `width` points; a word that alone is wider is cut where it must be."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        if line and text_width(f"{line} {word}", size, weight) <= width:
            line = f"{line} {word}"
            continue
        if line:
            lines.append(line)
        line = word
        while text_width(line, size, weight) > width:
            fits = max(n for n in range(1, len(line)) if n == 1 or text_width(line[:n], size, weight) <= width)
            lines.append(line[:fits])
            line = line[fits:]
    return [*lines, line]


def line_height(size: float = LABEL) -> float:
    return size * LEADING


def frame(body: float, headline: str, subtitle: str, source: str, alt: str) -> tuple[Figure, Axes]:
    """A figure with its words set and room for `body` points of drawing; the axes measure points from the top left.

    The headline hangs on the figure, not on the axes, so long row labels can not push it out. The alternative text
    travels with the figure as its label.
    """
    above = [(line, HEADLINE, "bold", INK) for line in wrap(headline, INNER, HEADLINE, "bold")]
    above += [(line, SUBTITLE, "normal", MUTED) for line in wrap(subtitle, INNER, SUBTITLE)]
    below = [(line, SMALL, "normal", MUTED) for line in wrap(source, INNER, SMALL)]
    gap = 12.0
    top = sum(line_height(size) for _, size, _, _ in above) + gap
    height = MARGIN + top + body + gap + sum(line_height(size) for _, size, _, _ in below) + MARGIN
    with matplotlib.rc_context(_style()):
        figure = Figure(figsize=(WIDTH / 72, height / 72))
        FigureCanvasAgg(figure)
        figure.set_label(alt)
        for lines, start in ((above, MARGIN), (below, MARGIN + top + body + gap)):
            y = start
            for text, size, weight, colour in lines:
                place = (MARGIN / WIDTH, 1 - y / height)
                figure.text(*place, text, size=size, weight=weight, color=colour, va="top", ha="left")
                y += line_height(size)
        axes = figure.add_axes((MARGIN / WIDTH, 1 - (MARGIN + top + body) / height, INNER / WIDTH, body / height))
        axes.set(xlim=(0, INNER), ylim=(body, 0), xticks=[], yticks=[])
    return figure, axes


@dataclass(frozen=True)
class Picture:
    """A chart as a notebook shows it: SVG for the eye, its alternative text for everyone else, its rows to take away.

    `axes` are matplotlib's own, for a reader who wants to draw something more; `data` is the CSV of what is drawn.
    """

    axes: Axes
    data: str = ""

    def __post_init__(self) -> None:
        for text in self._figure.findobj(Text):
            text.set_parse_math(False)  # "$5 to $6" is money, no formula

    @property
    def _figure(self) -> Figure:
        return cast("Figure", self.axes.get_figure(root=True))

    @property
    def alt(self) -> str:
        return str(self._figure.get_label())

    @property
    def headline(self) -> str:
        return " ".join(text.get_text() for text in self._figure.texts if text.get_fontweight() == "bold")

    @property
    def svg(self) -> str:
        """The same bytes on every run."""
        return _drawn(self._figure, self.headline, self.alt)

    def __repr__(self) -> str:
        return self.alt

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        rows = {"text/csv": self.data} if self.data else {}
        return {"image/svg+xml": self.svg, "text/plain": self.alt, **rows}


def _drawn(figure: Figure, headline: str, alt: str) -> str:
    buffer = io.StringIO()
    with matplotlib.rc_context(_style()), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure.savefig(buffer, format="svg", metadata=NO_METADATA)
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg") :]  # neither the XML declaration nor the document type belongs inside a page
    # Ids of groups are numbered alike in every chart and nothing refers to them: two charts on a page would share them.
    svg = re.sub(r'<g id="[^"]*"', "<g", svg)
    # A style element inside a page speaks to the whole page; on the root the same words reach this picture alone.
    svg = re.sub(r"\s*<defs>\s*<style[^>]*>\*\{([^}]*)\}</style>\s*</defs>", "", svg)
    svg = svg.replace("<svg ", '<svg role="img" style="stroke-linejoin: round; stroke-linecap: butt" ', 1)
    svg = re.sub(r"font-family: [^;]*;", f"font-family: {FONTS};", svg)
    told = f"<title>{escape(headline)}</title>\n<desc>{escape(alt)}</desc>\n"
    return re.sub(r"(<svg [^>]*>\n?)", lambda start: start[0] + told, svg, count=1).strip() + "\n"


def card(headline: str, words: str) -> bytes:
    """A PNG of 1200 by 630 pixels for who shares a link: a finding, and under it whose statement it is about."""
    width, height, left = 864.0, 453.6, 52.0  # points, at 100 dots an inch
    figure = Figure(figsize=(12, 6.3), dpi=100, facecolor=PAPER)
    FigureCanvasAgg(figure)
    lines = [(line, 38.0, "bold", INK) for line in wrap(headline, width - 2 * left, 38.0, "bold")[:6]]
    lines += [(line, 19.0, "normal", MUTED) for line in wrap(words, width - 2 * left, 19.0)[:2]]
    y = (height - sum(line_height(size) for _, size, _, _ in lines)) / 2
    for text, size, weight, colour in lines:
        place = left / width, 1 - y / height
        figure.text(*place, text, size=size, weight=weight, color=colour, va="top", family=FONT, parse_math=False)
        y += line_height(size)
    figure.add_artist(Rectangle((0, 0.97), 1, 0.03, facecolor=ACCENT, transform=figure.transFigure))
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()
