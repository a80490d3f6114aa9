"""Charts: what they say and how bounds are drawn; no word over another or out of the picture, however long or many."""

import itertools
import re
from typing import NamedTuple
from xml.etree import ElementTree

import pandas as pd
import pytest

import auyl
from auyl.display import canvas, charts, findings
from auyl.measures import funding, targets, villages
from auyl.measures.pairing import table
from auyl.one_notebook import questions

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
    return table(rows, villages.COLUMNS)


def subject_rows(count: int, name: str = "Programme") -> pd.DataFrame:
    rows = [{"subject": f"s{n}", "programme": f"{name} {n}", "figures": 1000 - n} for n in range(count)]
    return table(rows, {"subject": "string", "programme": "string", "figures": "Int64"})


def scenario_rows(count: int, name: str = "Roads") -> pd.DataFrame:
    return table(
        [{**row, "assumed_projects": 1000.0 + n} for n, row in enumerate(funding_rows(count, name).to_dict("records"))],
        funding.SCENARIO_COLUMNS,
    )


def pace_rows(count: int, name: str = "Villages") -> pd.DataFrame:
    rows = [
        {"programme": name, "assumed_villages_a_year": 1000.0 + n, "villages_total": 6000.0,
         "years_needed": 6000 / (1000 + n), "years_needed_low": 6000 / (1000 + n),
         "years_needed_high": 6000 / (1000 + n), "years_needed_bound": "exact"}
        for n in range(count)
    ]  # fmt: skip
    return table(rows, questions.PACE_COLUMNS)


class Chart(NamedTuple):
    """A chart, rows to draw, the function that gives its headline, its unit, and the column that names a row."""

    draw: object
    rows: object
    finding: object
    unit: str
    named_by: str = "programme"


CHARTS = {
    "cost per project": Chart(charts.cost_per_project, funding_rows, findings.funding_finding, "million tenge"),
    "cost scenarios": Chart(charts.cost_scenarios, scenario_rows, findings.scenarios_finding, "million tenge"),
    "targets": Chart(charts.target_gaps, gap_rows, findings.gaps_finding, "Percent"),
    "projects per village": Chart(
        charts.projects_per_village, village_rows, findings.villages_finding, "Projects per village"
    ),
    "money per village": Chart(charts.money_per_village, village_rows, findings.village_money_finding, "million tenge"),
    "years": Chart(charts.years_to_reach, pace_rows, findings.paces_finding, "Years", "assumed_villages_a_year"),
    "subjects": Chart(charts.figures_by_subject, subject_rows, findings.subjects_finding, "Figures"),
}


def text_boxes(axes) -> list:
    figure = axes.get_figure()
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    texts = [*figure.texts, *axes.texts]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in texts if text.get_text().strip()]


def assert_readable(axes) -> None:
    boxes = text_boxes(axes)
    width, height = axes.get_figure().canvas.get_width_height()
    for text, box in boxes:
        assert box.x0 >= -1 and box.x1 <= width + 1 and box.y0 >= -1 and box.y1 <= height + 1, text
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        down = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across <= 1 or down <= 1, (one, other)


NAMES = {
    "short": "Roads",
    "long": LONG,
    "Kazakh": "Ауыл – Ел бесігі: әлеуметтік және инженерлік инфрақұрылым",
    "one word": "W" * 120,  # no space to break it at
}


@pytest.mark.parametrize(("count", "name"), [(1, "short"), (20, "long"), (20, "short"), (2, "Kazakh"), (2, "one word")])
@pytest.mark.parametrize("kind", CHARTS)
def test_no_words_overlap_or_leave_the_picture(kind, name, count):
    assert_readable(CHARTS[kind].draw(CHARTS[kind].rows(count, NAMES[name]), STATEMENT))


@pytest.mark.parametrize("kind", CHARTS)
def test_headline_unit_source_and_alt_text(kind):
    chart = CHARTS[kind]
    rows = chart.rows(3)
    axes = chart.draw(rows, STATEMENT)
    texts = axes.get_figure().texts
    bold = " ".join(text.get_text() for text in texts if text.get_weight() == "bold")
    assert bold == chart.finding(rows)  # what the rows say, not what kind of chart it is
    assert {text.get_position()[0] for text in texts} == {texts[0].get_position()[0]}  # at the figure's left edge
    words = " ".join(text.get_text() for text in texts)
    assert chart.unit in words and "The Europe Today, 28 August 2025" in words
    assert ("* Derived here: " in words) == (kind != "subjects")  # only figures are counted there
    alt = charts.show(axes).alt
    assert re.match(r"(Bar|Dot) chart, ", alt) and alt.endswith(f"{bold}.")
    for row in rows.to_dict("records"):
        name = row[chart.named_by]
        assert (name if isinstance(name, str) else f"{name:,.0f}") in alt


def test_the_alt_text_holds_every_number_with_its_bound():
    alt = charts.show(charts.cost_per_project(funding_rows(5), STATEMENT)).alt
    told = re.findall(r"Roads \d, 2019–2024, per project: ([^;]+?)(?:;|\. )", alt)
    assert told == ["100.0", "about 110.0", "at least 120.0", "at most 130.0", "135.0–145.0"]


@pytest.mark.parametrize("kind", CHARTS)
def test_an_empty_table_says_why_there_is_no_chart(kind):
    axes = CHARTS[kind].draw(CHARTS[kind].rows(0), STATEMENT)
    assert charts.show(axes).alt == f"No chart: {CHARTS[kind].finding(CHARTS[kind].rows(0))}."
    assert_readable(axes)


@pytest.mark.parametrize("left", [0, 1, 4])
def test_what_is_not_stated_has_no_bar_and_says_so(left):
    rows = funding_rows(4)
    rows.loc[left:, ["cost_mn", "cost_mn_low", "cost_mn_high", "bound"]] = pd.NA
    axes = charts.cost_per_project(rows, STATEMENT)
    assert len(axes.patches) == left
    assert [text.get_text() for text in axes.texts].count("not stated") == 4 - left
    assert charts.show(axes).alt.count(": not stated") == 4 - left
    assert_readable(axes)


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


@pytest.mark.parametrize("kind", [kind for kind in CHARTS if kind != "targets"])
def test_bars_start_at_zero_on_one_scale(kind):
    axes = CHARTS[kind].draw(CHARTS[kind].rows(4), STATEMENT)
    assert axes.get_xlim()[0] == 0
    assert all(bar.get_x() == 0 for bar in axes.patches)  # none of the first four is a range
    assert max(bar.get_width() for bar in axes.patches) < axes.get_xlim()[1]


def test_a_range_is_drawn_to_both_its_ends():
    axes = charts.cost_per_project(funding_rows(5).tail(1), STATEMENT)  # 135 to 145
    assert [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in axes.patches] == [(0, 135), (135, 145)]


def test_a_target_is_hollow_today_solid_and_a_gap_needs_both():
    # Rows 0 to 3 have a target; row 3 has no present level.
    axes = charts.target_gaps(gap_rows(4), STATEMENT)
    drawn = {gid: [line for line in axes.lines if line.get_gid() == gid] for gid in ("today", "target", "gap")}
    assert [line.get_xdata()[0] for line in drawn["today"]] == [10, 14, 18]
    assert [line.get_xdata()[0] for line in drawn["target"]] == [95, 92, 89, 86]
    assert [list(line.get_xdata()) for line in drawn["gap"]] == [[10, 95], [14, 92], [18, 89]]
    assert {line.get_markerfacecolor() for line in drawn["target"]} == {canvas.PAPER}
    assert {line.get_markerfacecolor() for line in drawn["today"]} == {drawn["today"][0].get_color()}
    assert axes.get_xlim()[0] < 0 < 100 < axes.get_xlim()[1]  # the whole scale, however close the levels are
    alt = charts.show(axes).alt
    assert "present level not stated" in alt and "gap not stated" in alt
    # Rows 0 and 2 are projections, 1 and 3 targets: only the projections are called so.
    assert re.findall(r"by 2030(, projected)?", alt) == [", projected", "", ", projected", ""]


def test_levels_outside_nought_to_a_hundred_stay_in_the_picture():
    rows = gap_rows(2).assign(target=pd.array([140.0, -20.0], dtype="Float64"))  # growth can pass 100, or be negative
    axes = charts.target_gaps(rows, STATEMENT)
    low, high = axes.get_xlim()
    assert low < -20 and high > 140
    assert_readable(axes)


@pytest.mark.parametrize("kind", CHARTS)
def test_the_same_chart_twice_is_the_same_bytes_without_date_or_script(kind):
    one, two = (charts.show(CHARTS[kind].draw(CHARTS[kind].rows(3), STATEMENT)).svg for _ in range(2))
    assert one == two
    assert not re.search(r"<script|<metadata|<!DOCTYPE|<style|href=\"(?!#)|\bon\w+=|20\d\d-\d\d-\d\d", one)
    assert ElementTree.fromstring(one).tag.endswith("svg")  # noqa: S314 - our own; well formed, alone in its page


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script> & <b>", "$\\frac{1}{2}$ $\\alpha$", "100 % of $5 or $6", "]]> --> {x}"]
)
@pytest.mark.parametrize("kind", ["cost per project", "targets", "subjects"])
def test_hostile_words_are_drawn_as_words(kind, hostile):
    axes = CHARTS[kind].draw(CHARTS[kind].rows(1, hostile), STATEMENT)
    picture = charts.show(axes)
    tree = ElementTree.fromstring(picture.svg)  # noqa: S314 - our own
    words = " ".join(" ".join(element.itertext()) for element in tree.iter() if element.tag.endswith("}text"))
    assert re.sub(r"\s+", " ", words).count(hostile) >= 1
    assert "<script" not in picture.svg and hostile in picture.alt
    assert_readable(axes)
