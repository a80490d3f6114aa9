"""Charts: what they say and how bounds are drawn; no word over another or out of the picture, however long or many."""

import itertools
import re

import pandas as pd
import pytest

import auyl
from auyl import charts
from auyl.measures import allocation, funding, targets
from auyl.measures.pairing import table

STATEMENT = auyl.Statement("", date="2025-08-28", publisher="The Europe Today")
LONG = "The Programme for the Comprehensive Renewal of Social and Engineering Infrastructure in Supporting Villages"
BOUNDS = ["exact", "about", "at_least", "at_most", "range"]


def funding_rows(count: int, name: str = "Roads") -> pd.DataFrame:
    rows = []
    for n in range(count):
        bound = BOUNDS[n % 5]
        value = 100.0 + 10 * n
        low = value if bound in ("exact", "at_least") else value - 5 if bound == "range" else None
        high = value if bound in ("exact", "at_most") else value + 5 if bound == "range" else None
        rows.append(
            {"subject": f"s{n}", "programme": f"{name} {n}", "start_year": 2019, "end_year": 2024, "currency": "KZT",
             "status": "actual" if n % 2 == 0 else "planned", "money": value * 1e9, "counted": "project",
             "projects": 1000.0, "cost_mn": value, "cost_mn_low": low, "cost_mn_high": high, "bound": bound,
             "reading": "as stated", "money_id": f"x#{n:02}", "projects_id": f"x#{n + 30:02}"}
        )  # fmt: skip
    return table(rows, funding.COLUMNS)


def gap_rows(count: int, name: str = "Provision") -> pd.DataFrame:
    rows = []
    for n in range(count):
        current = None if n % 4 == 3 else 10.0 + 4 * n
        rows.append(
            {"subject": f"s{n}", "programme": f"{name} {n}", "indicator": "provision", "unit": "percent",
             "kind": "target" if n % 2 else "projected", "current": current, "current_year": 2025,
             "target": 95.0 - 3 * n,
             "target_year": 2030, "years": 5, "gap": None if current is None else 85.0 - 7 * n,
             "why_missing": "the statement gives no present level" if current is None else None}
        )  # fmt: skip
    return table(rows, targets.COLUMNS)


def village_rows(count: int, name: str = "Villages") -> pd.DataFrame:
    rows = [
        {"subject": f"s{n}", "programme": f"{name} {n}", "start_year": 2025, "end_year": 2025, "status": "planned",
         "villages": 500.0, "counted": "project", "currency": "KZT",
         "projects_per_village": 1.0 + n,
         "projects_per_village_bound": "about", "assumed_mn_per_village": 200.0 + n,
         "assumed_mn_per_village_bound": "about",
         "reading": "as stated"}
        for n in range(count)
    ]  # fmt: skip
    return table(rows, allocation.COLUMNS)


CHARTS = {
    "cost per project": (charts.cost_per_project, funding_rows),
    "targets": (charts.target_gaps, gap_rows),
    "projects per village": (charts.projects_per_village, village_rows),
    "money per village": (charts.money_per_village, village_rows),
}


def text_boxes(axes) -> list:
    figure = axes.get_figure()
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    texts = [*figure.texts, *axes.texts]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in texts if text.get_text().strip()]


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize("name", ["Roads", LONG, "Ауыл – Ел бесігі: әлеуметтік және инженерлік инфрақұрылым"])
@pytest.mark.parametrize("kind", CHARTS)
def test_no_words_overlap_or_leave_the_picture(kind, name, count):
    draw, rows = CHARTS[kind]
    axes = draw(rows(count, name), STATEMENT)
    boxes = text_boxes(axes)
    width, height = axes.get_figure().canvas.get_width_height()
    for text, box in boxes:
        assert box.x0 >= -1 and box.x1 <= width + 1 and box.y0 >= -1 and box.y1 <= height + 1, text
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        down = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across <= 1 or down <= 1, (one, other)


@pytest.mark.parametrize("kind", CHARTS)
def test_headline_unit_source_and_alt_text(kind):
    draw, rows = CHARTS[kind]
    axes = draw(rows(3), STATEMENT)
    words = " ".join(text for text, _ in text_boxes(axes))
    picture = charts.show(axes)
    assert "The Europe Today, 28 August 2025" in words and "Derived here" in words
    assert re.search(r"million tenge|per village|Percent", words)
    assert re.match(r"(Bar|Dot) chart, ", picture.alt)
    for row in rows(3).to_dict("records"):
        assert row["programme"] in picture.alt


@pytest.mark.parametrize("kind", CHARTS)
def test_an_empty_table_says_why_there_is_no_chart(kind):
    draw, rows = CHARTS[kind]
    assert charts.show(draw(rows(0), STATEMENT)).alt.startswith("No chart: ")


def test_bounds_are_drawn_as_what_they_are():
    # Rows 0 to 4 are exact, about, at least, at most, range; 0, 2, 4 are reported, 1 and 3 planned.
    axes = charts.cost_per_project(funding_rows(5), STATEMENT)
    drawn = [line.get_gid() for line in axes.lines]
    assert drawn.count("open end") == 1 and drawn.count("about") == 1 and drawn.count("cap") == 2
    bars = axes.patches
    assert all(bar.get_x() == 0 for bar in bars[:4])  # from zero
    assert bars[0].get_facecolor()[3] == 1 and bars[1].get_facecolor()[3] == 0  # reported is solid, planned hollow
    words = [text.get_text() for text in axes.texts]
    for told in ("100.0", "about 110.0", "at least 120.0", "at most 130.0", "135.0–145.0"):
        assert told in words


def test_the_same_chart_twice_is_the_same_bytes_without_date_or_script():
    one, two = (charts.show(charts.cost_per_project(funding_rows(3), STATEMENT)).svg for _ in range(2))
    assert one == two
    assert not re.search(r"<script|<metadata|<!DOCTYPE|href=\"(?!#)", one)


def test_hostile_words_are_drawn_as_words():
    hostile = "<script>alert(1)</script> $\\frac{1}{2}$ & <b>"
    svg = charts.show(charts.cost_per_project(funding_rows(1, hostile), STATEMENT)).svg
    assert "<script" not in svg and "&lt;script&gt;" in svg and "\\frac" in svg
