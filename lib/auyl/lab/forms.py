"""What the widgets of the notebooks share: how they are shown, how wide they are, a chart on white."""

from html import escape
from typing import Any

import ipywidgets as widgets

from auyl.display.canvas import Picture

LABELS, WIDE = {"description_width": "11em"}, widgets.Layout(width="31.5em")  # two beside each other at 1280
FULL = widgets.Layout(width="99%")


class Shows:
    """Shows its `view` where widgets can be shown, and elsewhere, on GitHub for example, says how to see it."""

    view: widgets.Widget

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        told = f"{type(self).__name__}: run this notebook in JupyterLab to use it."
        return {**self.view._repr_mimebundle_(include=include, exclude=exclude), "text/plain": told}


def dropdown(description: str, options: list[Any], chosen: str = "") -> widgets.Dropdown:
    found = widgets.Dropdown(options=options, description=description, layout=WIDE, style=LABELS)
    if chosen in options:
        found.value = chosen
    return found


def slider(kind: Any, description: str, **ends: Any) -> Any:
    ends |= {"readout_format": ",.1f" if kind is widgets.FloatSlider else ",d"}
    return kind(description=description, layout=WIDE, style=LABELS, **ends)


def close(inner: str) -> str:
    """Lines as close as those of the text around the widgets."""
    return f'<div style="line-height: 1.45">{inner}</div>'


def picture(chart: Picture) -> str:
    """The chart on white, so that its ink is legible in a dark JupyterLab too, with its words for screen readers."""
    style = "background: white; padding: 8px; max-width: 560px"
    return f'<div role="img" aria-label="{escape(chart.alt)}" style="{style}">{chart.svg}</div>'


def offer(choice: Any, options: list[Any]) -> None:
    """Gives a list its options and chooses the first, which a list that was empty does not do by itself."""
    choice.options = options
    choice.index = 0 if options else None
