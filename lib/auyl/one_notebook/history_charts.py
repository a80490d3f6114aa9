"""Charts and tables of amounts on record: by period as bars, every pair as a dot, with their sources."""

import pandas as pd
from markupsafe import Markup
from matplotlib.axes import Axes

from auyl.bounds import in_words
from auyl.display import tables
from auyl.display.canvas import (
    ACCENT,
    GRID,
    INK,
    LABEL,
    frame,
    line_height,
    scale_x,
    text_width,
)
from auyl.display.tables import link_to
from auyl.display.words import cited, counted
from auyl.one_notebook.history import Record
from auyl.one_notebook.history_words import pairs_finding, span_label, span_note, spans_finding
from auyl.one_notebook.measure_charts import BAR, ROW_GAP, Bar, bar_chart, empty_chart
from auyl.one_notebook.sourced import linked
from auyl.statement import Statement


def amounts_by_period(
    own: pd.DataFrame, spans: pd.DataFrame, counted_in: str, price_year: int, statement: Statement
) -> Axes:
    """The statement's amounts, and under them those published for the same programme, a bar a period.

    `own` as `history.own_period` and `spans` as `history.costs_by_period` give them; whole countries only.
    """
    subtitle = f"Million {'' if price_year else 'printed '}tenge per {counted_in}*"
    subtitle += f" of {price_year}" if price_year else ""
    source = (
        f"Source: {cited(statement)}; data/published.csv. * Derived here: money divided, prices by data/context.csv."
    )
    national = spans[spans["region"].isna()]
    same = own[own["subject"].isin(national["subject"])]
    bars = [
        Bar(
            ": ".join(part for part in (f"{name}{span_label(row)}", span_note(row, price_year)) if part),
            amount,
            in_words(amount, 0, missing="prices not known"),
            bool(row["planned"]),
        )
        for name, table in (("The statement, ", same), ("", national))
        for row in table.to_dict("records")
        for amount in [tables.quantity(row, "real" if price_year else "amount")]
    ]
    headline = spans_finding(spans, counted_in, price_year)
    return bar_chart(bars if len(national) else [], headline, f"{subtitle}; hollow: planned", source)


def every_pair(spans: pd.DataFrame, counted_in: str, price_year: int, statement: Statement) -> Axes:
    """Every pair of published figures as a dot, a line of dots a period, on one scale from zero.

    `spans` as `history.costs_by_period` gives them; whole countries, and periods with more than one known pair.
    """
    import seaborn as sns  # for this chart alone: it takes a while to import

    chosen = [row for row in spans.to_dict("records") if pd.isna(row["region"]) and len(row["pairs_real"]) > 1]
    money = f" of {price_year}" if price_year else ", as printed"
    subtitle = f"Million tenge per {counted_in}*{money}; a dot: one amount over one number"
    source = (
        f"Source: {cited(statement)}; data/published.csv. * Derived here: money divided, prices by data/context.csv."
    )
    headline = pairs_finding(chosen)
    if not chosen:
        return empty_chart(headline, subtitle, source)
    row_height = line_height() + BAR + ROW_GAP
    words = [
        f"{counted(len(row['pairs_real']), 'pair')}, {in_words(tables.quantity(row, 'real'), 0)}" for row in chosen
    ]
    alt = f"Dot chart, {subtitle}. " + "; ".join(
        f"{span_label(row)}: {told}" for row, told in zip(chosen, words, strict=True)
    )
    axes = frame(len(chosen) * row_height, headline, subtitle, source, f"{alt}. {headline}.")[1]
    scale_x(axes, [max(row["pairs_real"]) for row in chosen], [14 + text_width(told) for told in words])
    points: dict[str, list[float]] = {"amount": [], "at": []}
    for n, (row, told) in enumerate(zip(chosen, words, strict=True)):
        top, most = n * row_height, max(row["pairs_real"])
        at = top + line_height() + 2 + BAR / 2
        axes.text(0, top, span_label(row), va="top", color=INK, size=LABEL)
        axes.plot([0, most], [at, at], color=GRID, linewidth=1, zorder=1)
        axes.annotate(told, (most, at), (10, 0), textcoords="offset points", va="center", color=INK, size=LABEL)
        points["amount"] += row["pairs_real"]
        points["at"] += [at] * len(row["pairs_real"])
    limits = axes.get_xlim(), axes.get_ylim()
    sns.stripplot(
        data=points, x="amount", y="at", orient="h", native_scale=True, jitter=False,
        color=ACCENT, alpha=0.55, size=8, linewidth=0, clip_on=False, ax=axes,
    )  # fmt: skip
    axes.set(xlim=limits[0], ylim=limits[1], xlabel="", ylabel="", xticks=[], yticks=[])
    return axes


def amounts_table(spans: pd.DataFrame, record: Record, counted_in: str, price_year: int) -> tables.Shown:
    """Every period and area, with the pages whose figures were divided."""
    pages = record.published.set_index("published_id")[["address", "publisher"]].to_dict("index")
    lines = [
        (
            "the whole country" if pd.isna(row["region"]) else row["region"],
            span_label(row),
            tables.cell(spans, row, "amount"),
            tables.cell(spans, row, "real"),
            "closed" if pd.isna(row["open_ends"]) else row["open_ends"],
            tables.cell(spans, row, "pairs"),
            _pages([pages[id] for id in row["source_ids"].split(",")]),
        )
        for row in spans.to_dict("records")
    ]
    prices = f"In tenge of {price_year}" if price_year else "As printed too"
    caption = f"Million tenge per {counted_in} by period and area, from every pair of published figures"
    return linked(caption, ("Area", "Years", "As printed", prices, "Open", "Pairs", "Published by"), lines)


def _pages(sources: list[dict]) -> Markup:
    """Each page once, by publisher."""
    pages = sorted({(source["publisher"], source["address"]) for source in sources})
    return Markup("; ").join(link_to(address, publisher) for publisher, address in pages)
