"""The forms of charts: what they say, how bounds are drawn; no word over another or out of the picture."""

import itertools
import re
from collections.abc import Callable
from xml.etree import ElementTree

import pandas as pd
import pytest

import auyl
from auyl.bounded import as_bounded
from auyl.display import canvas, charts

STATEMENT = auyl.Statement("", date="2025-08-28", publisher="The Europe Today")
LONG = "The Programme for the Comprehensive Renewal of Social and Engineering Infrastructure in Supporting Villages"
NAMES = {
    "short": "Roads",
    "long": LONG,
    "Kazakh": "Ауыл – Ел бесігі: әлеуметтік және инженерлік инфрақұрылым",
    "one word": "W" * 120,  # no space to break it at
}
BOUNDS = ["exact", "about", "at_least", "at_most", "range"]
TOLD = ["100", "about 110", "at least 120", "at most 130", "135–145"]  # the first five of `table`
SAID = {"headline": "Roads cost at least 120", "subtitle": "Million tenge per project", "source": STATEMENT}
REGIONS = ["Abai", "Akmola", "Aktobe", "Almaty", "Almaty region", "Astana", "Atyrau", "East Kazakhstan", "Karaganda",
           "Kostanay", "Kyzylorda", "Mangystau", "North Kazakhstan", "Pavlodar", "Shymkent", "Turkistan", "Ulytau",
           "West Kazakhstan", "Zhambyl", "Zhetisu"]  # fmt: skip


def table(count: int, name: str = "Roads") -> pd.DataFrame:
    """Exact, about, at least, at most, a range, and again; every other row a plan; a year and an aim's year each."""
    value = [100.0 + 10 * n for n in range(count)]
    spans = [n % 5 == 4 for n in range(count)]
    return pd.DataFrame(
        {
            "name": [f"{name} {n}" for n in range(count)],
            "cost": as_bounded(
                value,
                low=[v - 5 if span else None for v, span in zip(value, spans, strict=True)],
                high=[v + 5 if span else None for v, span in zip(value, spans, strict=True)],
                bound=[BOUNDS[n % 5] for n in range(count)],
            ),
            "aim": as_bounded([v + 30 for v in value]),
            "status": ["planned" if n % 2 else "actual" for n in range(count)],
            "own": [n == 0 for n in range(count)],
            "year": pd.array([2015 + n for n in range(count)], dtype="Int64"),
            "by": pd.array([2030 + n for n in range(count)], dtype="Int64"),
            "region": [REGIONS[n % 20] for n in range(count)],
        }
    )


def _slope(rows: pd.DataFrame, **said) -> canvas.Picture:
    others = pd.DataFrame({"label": rows["name"], "year": rows["year"] + 3.5, "level": 118, "who": "The ministry",
                           "breaks": True})  # fmt: skip
    rows = rows.assign(words="+2 points a year")
    return charts.slope(rows, "cost", "aim", level_year="year", aim_year="by", label="name", path="words",
                        others=others, **said)  # fmt: skip


FORMS: dict[str, Callable] = {
    "bars": lambda rows, **said: charts.bars(rows, "cost", label="name", plan="status", own="own", **said),
    "steps": lambda rows, **said: charts.steps(rows, "cost", label="name", totals=rows, plan="status", **said),
    "slope": _slope,
    "series": lambda rows, **said: charts.series(rows, "cost", year="year", label="name", plan="status", **said),
    "one series": lambda rows, **said: charts.series(
        rows.assign(all="Roads", br=rows["year"] % 4 == 0), "cost", year="year", label="all", breaks="br", **said
    ),
    "strips": lambda rows, **said: charts.strips(rows, "cost", label="name", **said),
    "dots": lambda rows, **said: charts.dots(rows, "cost", label="name", plan="status", own="own", **said),
    "tiles": lambda rows, **said: charts.tiles(rows, "cost", region="region", **said),
}
KINDS = {"bars": "Bar chart", "steps": "Steps", "slope": "Slope chart", "series": "Line chart",
         "one series": "Line chart", "strips": "Strip plot", "dots": "Dot chart",
         "tiles": "Tile map of the 20 regions"}  # fmt: skip


def lines(picture: canvas.Picture, gid: str) -> list:
    return [line for line in picture.axes.lines if line.get_gid() == gid]


def words_of(picture: canvas.Picture) -> list[str]:
    return [text.get_text() for text in (*picture.axes.get_figure().texts, *picture.axes.texts)]


def assert_readable(picture: canvas.Picture) -> None:
    figure = picture.axes.get_figure()
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    texts = [text for text in (*figure.texts, *picture.axes.texts) if text.get_text().strip()]
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts]
    width, height = figure.canvas.get_width_height()
    for text, box in boxes:
        assert box.x0 >= -1 and box.x1 <= width + 1 and box.y0 >= -1 and box.y1 <= height + 1, text
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        down = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across <= 1 or down <= 1, (one, other)


@pytest.mark.parametrize(("count", "name"), [(1, "short"), (20, "long"), (20, "short"), (2, "Kazakh"), (2, "one word")])
@pytest.mark.parametrize("form", FORMS)
def test_no_words_overlap_or_leave_the_picture(form, name, count):
    assert_readable(FORMS[form](table(count, NAMES[name]), **SAID))


@pytest.mark.parametrize("form", FORMS)
def test_headline_measure_source_and_what_hollow_means_are_written(form):
    picture = FORMS[form](table(5), **SAID, note="* Derived here: money divided by projects")
    texts = picture.axes.get_figure().texts
    assert [text.get_text() for text in texts if text.get_weight() == "bold"] == [SAID["headline"]]
    [left] = {text.get_position()[0] for text in texts}
    assert left < 0.01  # at the figure's left edge, whatever stands beside the bars
    words = " ".join(text.get_text() for text in texts)
    assert "Million tenge per project" in words and "Source: The Europe Today, 28 August 2025." in words
    assert "* Derived here: money divided by projects." in words
    assert ("Blue: the statement’s own" in words) == (form in ("bars", "dots", "slope"))  # both colours occur there
    hollow = "Hollow: planned, aimed at or expected."
    assert (hollow in words) == (form not in ("tiles", "one series", "strips"))  # there is none there


@pytest.mark.parametrize("form", FORMS)
def test_the_alt_text_states_every_number_with_its_bound(form):
    picture = FORMS[form](table(5), **SAID)
    alt = repr(picture)
    assert alt.startswith(KINDS[form] + ". ") and alt.endswith(SAID["headline"] + ".")
    assert [told for told in TOLD if not re.search(rf"(?<![\w–]){told}(?![\w–])", alt)] == []
    svg = ElementTree.fromstring(picture.svg)  # noqa: S314 - our own
    told = {element.tag.split("}")[1]: element.text for element in svg}
    assert told["title"] == SAID["headline"] and told["desc"] == alt
    bundle = picture._repr_mimebundle_()
    assert bundle["text/plain"] == alt and bundle["image/svg+xml"] == picture.svg


@pytest.mark.parametrize("form", FORMS)
def test_the_numbers_can_be_taken_away_with_their_ends(form):
    taken = pd.read_csv(pd.io.common.StringIO(FORMS[form](table(5), **SAID).data))
    first = taken[taken["bound"] == "range"].iloc[0]
    assert (first["value"], first["low"], first["high"]) == (140, 135, 145)
    assert pd.isna(taken.loc[taken["bound"] == "at_least", "high"]).all()


@pytest.mark.parametrize("form", ["bars", "dots", "steps", "series", "tiles", "slope"])
def test_what_is_not_stated_is_left_out_and_named(form):
    rows = table(4)
    rows.loc[2, "cost"] = pd.NA
    picture = FORMS[form](rows, **SAID)
    alt = picture.alt
    if form == "tiles":
        assert re.search(r"no data: .*\bAktobe\b", alt)
    else:
        foot = " ".join(words_of(picture))
        assert "Not stated, so not drawn: Roads 2" in foot and "Not stated: Roads 2" in alt
    assert "120" not in alt.removesuffix(SAID["headline"] + ".") and "nan" not in alt.lower() and "NA" not in alt
    assert_readable(picture)


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_table_says_that_there_is_nothing_to_draw(form):
    picture = FORMS[form](table(0), **SAID)
    assert picture.alt == "No chart: no value is stated. Roads cost at least 120."
    assert_readable(picture)


def test_a_column_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(KeyError, match=r"no column 'price'.*it has name, cost"):
        charts.bars(table(1), "price", label="name", **SAID)


def test_bars_show_bounds_as_what_they_are():
    # By value: the range (to 145), at most 130, at least 120, about 110, 100.
    picture = charts.bars(table(5), "cost", label="name", **SAID)
    parts = [bar for bar in picture.axes.patches if bar.get_gid() == "part"]
    assert [(bar.get_x(), bar.get_width()) for bar in parts[:3]] == [(0, 135), (0, 130), (0, 120)]
    [span] = [bar for bar in picture.axes.patches if bar.get_gid() == "range"]
    assert (span.get_x(), span.get_width()) == (135, 10) and span.get_alpha() < 1
    assert [line.get_xdata()[0] for line in lines(picture, "cap")] == [145, 130]
    [arrow] = lines(picture, "open end")
    assert arrow.get_xdata()[0] == 120 and arrow.get_xdata()[1] > 120
    fading = [bar.get_alpha() for bar in picture.axes.patches if bar.get_gid() == "about"]
    assert fading and all(alpha < 0.5 for alpha in fading)
    assert [line.get_xdata()[0] for line in lines(picture, "zero")] == [0]
    assert [word for word in words_of(picture) if word in TOLD] == TOLD[::-1]


def test_bars_of_plans_are_hollow_and_open_where_the_quantity_is():
    picture = charts.bars(table(5).assign(status="planned"), "cost", label="name", plan="status", **SAID)
    assert {bar.get_facecolor()[3] for bar in picture.axes.patches} == {0}
    outlines = {line.get_xdata()[0] for line in picture.axes.lines if len(line.get_xdata()) == 4}
    assert 120 in outlines and len(outlines) == 2  # "at least" and "about" have no right edge; the rest are boxes


def test_bars_are_sorted_unless_the_table_has_an_order_and_the_statement_has_its_colour():
    rows = table(3)
    names = [[word for word in words_of(charts.bars(rows, "cost", label="name", own="own", ordered=ordered, **SAID))
              if word in set(rows["name"])] for ordered in (False, True)]  # fmt: skip
    assert names == [["Roads 2", "Roads 1", "Roads 0"], ["Roads 0", "Roads 1", "Roads 2"]]
    picture = charts.bars(rows, "cost", label="name", own="own", **SAID)
    colours = [canvas.matplotlib.colors.to_hex(bar.get_facecolor()) for bar in picture.axes.patches]
    assert colours[0] == canvas.SECOND.lower() and colours[-1] == canvas.ACCENT.lower()


def test_a_negative_quantity_is_no_bar():
    with pytest.raises(ValueError, match="negative"):
        charts.bars(pd.DataFrame({"name": ["a"], "cost": [-1]}), "cost", label="name", **SAID)


def test_steps_begin_where_the_one_before_ends_and_totals_at_zero():
    parts = pd.DataFrame({"name": ["2019–22", "2023", "2024"], "cost": [326, 198, 177]})
    total = pd.DataFrame({"name": ["The statement", "A newspaper"], "cost": as_bounded([701, 690])})
    picture = charts.steps(parts, "cost", label="name", totals=total, **SAID)
    drawn = [(bar.get_x(), bar.get_width()) for bar in picture.axes.patches]
    assert drawn == [(0, 326), (326, 198), (524, 177), (0, 701), (0, 701), (0, 690)]  # the parts, their sum, totals
    assert "together: 701; total, The statement: 701" in picture.alt
    assert {line.get_xdata()[0] for line in lines(picture, "sum")} == {701}
    # Where a part is not stated, nothing leads from the last one to the totals: the sum is not known.
    parts["cost"] = as_bounded([326, None, 177])
    assert lines(charts.steps(parts, "cost", label="name", totals=total, **SAID), "sum") == []


def test_a_slope_leads_from_the_level_to_the_hollow_aim_and_marks_a_break():
    picture = _slope(table(1), **SAID)
    [path], [level], [aim], [other] = (lines(picture, gid) for gid in ("path", "level", "aim", "other"))
    assert list(path.get_xdata()) == [level.get_xdata()[0], aim.get_xdata()[0]] and path.get_linestyle() == "--"
    assert level.get_markerfacecolor() == canvas.ACCENT and aim.get_markerfacecolor() == canvas.PAPER
    assert level.get_ydata()[0] > other.get_ydata()[0] > aim.get_ydata()[0]  # 100, 118, 130: the axes count downwards
    assert len(lines(picture, "break")) == 1 and "something else was counted" in " ".join(words_of(picture))
    said = words_of(picture)
    assert {"100%", "130%", "+2 points a year", "118%, The ministry", "2015", "2030"} <= set(said)


def test_slopes_beside_each_other_are_as_steep_as_they_are():
    rows = pd.DataFrame({"name": ["a", "b"], "cost": [64, 10], "aim": [70, 40], "year": [2025, 2025],
                         "by": [2028, 2028]})  # fmt: skip
    rises = [path.get_ydata()[0] - path.get_ydata()[1] for path in lines(_slope_only(rows), "path")]
    assert rises[1] / rises[0] == pytest.approx(30 / 6)


def _slope_only(rows: pd.DataFrame) -> canvas.Picture:
    return charts.slope(rows, "cost", "aim", level_year="year", aim_year="by", label="name", **SAID)


def test_a_series_stops_at_a_break_and_aims_are_dashed_and_hollow():
    rows = pd.DataFrame({"name": "SMEs", "year": [2014, 2015, 2017, 2018, 2030], "cost": [25, 26, 31, 33, 40],
                         "status": [*["actual"] * 4, "target"], "br": [False, False, True, False, False]})  # fmt: skip
    picture = charts.series(rows, "cost", year="year", label="name", plan="status", breaks="br", **SAID)
    assert [len(lines(picture, gid)) for gid in ("line", "break", "path", "aim")] == [2, 1, 1, 1]
    assert "40 by 2030" in picture.alt and "31 in 2017 (after a break)" in picture.alt
    assert "0" in words_of(picture)  # the scale begins at zero
    above = charts.series(rows, "cost", year="year", label="name", zero=False, **SAID)
    assert "0" not in words_of(above)


def test_dots_show_their_bounds_on_a_scale_from_zero():
    picture = charts.dots(table(5).assign(name="Roads"), "cost", label="name", **SAID)
    assert len(lines(picture, "dot")) == 5 and len(lines(picture, "track")) == 1
    assert [len(lines(picture, gid)) for gid in ("open end", "cap", "range")] == [1, 1, 1]
    assert "0" in words_of(picture)


def test_every_region_of_the_register_has_its_own_tile_and_no_other():
    from auyl.display.charts.tiles import regions
    from auyl.project import home

    register = pd.read_csv(home() / "data" / "regions.csv").query("kind in ['region', 'city'] and valid_to.isna()")
    today = register[register["code"].str.fullmatch(r"KZ-\d\d")].set_index("code")["name_en"].to_dict()
    assert {code: name for code, (name, _, _) in regions().items()} == today and len(today) == 20
    assert len({tile[1:] for tile in regions().values()}) == 20


def test_tiles_are_darker_the_more_and_hatched_where_there_is_no_data():
    rows = pd.DataFrame({"region": ["KZ-10", "Akmola", "KZ-71", "KZ-VOS"], "cost": as_bounded([10, 55, 100, 7])})
    picture = charts.tiles(rows, "cost", region="region", unit="%", **SAID)
    shades = [canvas.matplotlib.colors.to_hex(tile.get_facecolor()) for tile in picture.axes.patches
              if tile.get_gid() == "tile"]  # fmt: skip
    # The grid runs from north to south: Akmola, Astana, Abai.
    assert shades == [canvas.SHADES[2], canvas.SHADES[3], canvas.SHADES[0]]
    empty = [tile for tile in picture.axes.patches if tile.get_gid() == "no data"]
    assert len(empty) == 17 + 1 and all(tile.get_hatch() for tile in empty)  # and one in the legend
    assert {"10", "100%", "no data"} <= set(words_of(picture))
    assert "No tile for KZ-VOS: 7" in " ".join(words_of(picture))  # a region of yesterday is not spread over two


@pytest.mark.parametrize("form", FORMS)
def test_the_same_chart_twice_is_the_same_bytes_without_date_or_script(form):
    one, two = (FORMS[form](table(6), **SAID).svg for _ in range(2))
    assert one == two
    assert not re.search(r"<script|<metadata|<!DOCTYPE|<style|href=\"(?!#)|\bon\w+=|20\d\d-\d\d-\d\d", one)


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script> & <b>", "$\\frac{1}{2}$ $\\alpha$", "]]> --> {x}"])
@pytest.mark.parametrize("form", ["bars", "slope", "dots"])
def test_hostile_words_are_drawn_as_words(form, hostile):
    said = SAID | {"headline": hostile, "source": hostile}
    picture = FORMS[form](table(2, hostile), **said)
    tree = ElementTree.fromstring(picture.svg)  # noqa: S314 - our own
    words = " ".join(" ".join(element.itertext()) for element in tree.iter() if element.tag.endswith("}text"))
    assert re.sub(r"\s+", " ", words).count(hostile) >= 3
    assert "<script" not in picture.svg and hostile in picture.alt
    assert_readable(picture)


def test_an_aim_of_others_is_hollow_and_called_one():
    gaps = pd.DataFrame({"of": ["Provision"], "now": [64], "then": [70], "year": [2025], "by": [2028]})
    others = pd.DataFrame(
        {"label": "Provision", "year": [2024, 2028], "level": [66.1, 69.2], "who": ["An institute", "The ministry"],
         "breaks": [True, False], "plan": [False, True]}
    )  # fmt: skip
    picture = charts.slope(
        gaps, "now", "then", level_year="year", aim_year="by", label="of", others=others, headline="64 to 70",
        subtitle="percent", source="a test",
    )  # fmt: skip
    assert "66.1% in 2024 by An institute (after a break), 69.2% by 2028, by The ministry" in str(picture)
    faces = [line.get_markerfacecolor() for line in picture.axes.lines if line.get_gid() == "other"]
    assert faces[0] != faces[1] == canvas.PAPER
