"""Tables as a page sets them: the library's and pandas' alike, readable on a telephone, safe, and to take away."""

import re
from xml.etree import ElementTree

import pandas as pd
import pytest

from auyl.bounded import as_bounded
from auyl.display import tables
from auyl.reports.table_markup import dressed

COUNTS = pd.DataFrame(
    {"who": ["The statement", "The ministry"], "projects": as_bounded([6000, 6600], bound=["at_most", "at_least"])}
)


def table(html: str, pages: list[str]) -> str:
    return dressed(html, pages)[0]


def page(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{table(html, ['00_start_here'])}</div>")  # noqa: S314 - our own markup


def words(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


def rows(html: str) -> list[list[str]]:
    return [[words(cell) for cell in row] for row in page(html).iter("tr")]


def test_a_dataframe_looks_like_the_library_s_own_table():
    by_pandas = page(COUNTS.to_html())
    by_us = page(tables.show(COUNTS, "", {"who": "who", "projects": "projects"}).html)
    for shown in (by_pandas, by_us):
        head, *body = shown.iter("tr")
        assert [(cell.tag, cell.get("scope"), cell.get("class")) for cell in head] == [
            ("th", "col", None),
            ("th", "col", "right"),
        ]
        assert [(cell.tag, cell.get("scope"), cell.get("class")) for cell in body[0]] == [
            ("th", "row", None),
            ("td", None, "right"),
        ]
        assert words(body[1][0]) == "The ministry"


def test_the_count_of_rows_goes_and_the_names_of_rows_stay():
    assert rows(COUNTS.to_html())[0] == ["who", "projects"]
    assert rows(COUNTS.set_index("who").to_html(index_names=False))[1] == ["The statement", "at most 6,000"]
    filtered = COUNTS.set_axis([3, 7], axis="index")  # rows of a larger table
    assert rows(filtered.to_html())[1] == ["The statement", "at most 6,000"]
    yearly = COUNTS.set_axis([2019, 2024], axis="index")
    assert rows(yearly.to_html())[1][0] == "2019"


@pytest.mark.parametrize(
    ("columns", "count", "kind"), [(3, 2, "narrow"), (5, 2, "cards"), (5, 60, "wide"), (9, 2, "wide")]
)
def test_few_columns_become_cards_and_many_say_that_they_scroll(columns, count, kind):
    frame = pd.DataFrame({f"column {n}": ["words"] * count for n in range(columns)})
    shown = page(frame.to_html())
    [group] = [element for element in shown if element.tag == "div"]
    assert group.get("class") == f"table {kind}" and group.get("tabindex") == "0"
    assert ("Scrolls sideways" in words(group)) == (kind == "wide")
    cells = [cell for cell in group.iter() if cell.tag in ("td", "th") and cell.get("scope") != "col"]
    assert [cell.get("data-label") for cell in cells[:columns]] == list(frame.columns)
    if kind == "cards":  # blocks to the eye, a table to a screen reader
        assert {element.get("role") for element in group.iter("tr")} == {"row"}
        assert {cell.get("role") for cell in cells} == {"cell", "rowheader"}


def test_what_is_missing_says_so_and_a_verdict_stands_out():
    frame = pd.DataFrame({"claim": ["a", "b"], "value": pd.array([1, None], dtype="Int64"),
                          "verdict": ["contradicted", "contradicted by a source"]})  # fmt: skip
    told = rows(frame.to_html())
    assert told[2][1] == "–" and "NA" not in str(told)  # only the library says what a statement leaves out
    looks = [span.get("class") for span in page(frame.to_html()).iter("span")]
    assert looks == ["verdict bad", "missing"]  # only a cell that is the verdict and nothing else


def test_headings_over_several_columns_stay_as_they_are():
    frame = pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", "x"), ("a", "y")]))
    shown = page(frame.to_html())
    spanning = [cell for cell in shown.iter("th") if cell.get("colspan") == "2"]
    assert len(spanning) == 1 and not any(cell.get("data-label") for cell in shown.iter("td"))


HOSTILE = [
    "<script>alert(1)</script>",
    "<style>body { display: none }</style>",
    "<meta http-equiv=refresh content='0;url=https://e.x'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=' java\nscript:alert(1)'>x</a>",
    "<iframe src=https://e.x></iframe>",
    "<base href=//e.x>",
    "<form action=//e.x><input></form>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<object data=x></object>",
    "<link rel=stylesheet href=//e.x>",
    "<p style='background:url(//e.x)'>x</p>",
    "<!--><script>alert(1)</script>-->",
]


@pytest.mark.parametrize("within", ["{}", "<table><tr><td>{}</td></tr></table>"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_could_run_or_fetch_does_not_pass_from_an_output(hostile, within):
    shown = table(f"<p>before</p>{within.format(hostile)}<p>after</p>", [])
    tags = set(re.findall(r"<(\w+)", shown))
    assert tags <= {"p", "a", "img", "div", "table", "thead", "tbody", "tr", "td", "th"}
    assert not re.search(r"javascript|java\s*script|//e\.x|\son\w+=|alert\(1\)</|http-equiv", shown)
    assert "before" in shown and "after" in shown


def test_hostile_words_stay_words_in_cells_labels_and_files():
    frame = pd.DataFrame({'<b>&"': ["<i>&lt;</i>"], "b": ["=1+1"], "c": [1], "d": [2]})
    shown, [read] = dressed(frame.to_html(), [])
    tree = ElementTree.fromstring(f"<div>{shown}</div>")  # noqa: S314 - our own markup
    assert {element.tag for element in tree.iter()} <= {"div", "table", "thead", "tbody", "tr", "th", "td"}
    assert [cell.get("data-label") for cell in tree.iter("th")][-1] == '<b>&"'
    assert read == [['<b>&"', "b", "c", "d"], ["<i>&lt;</i>", "=1+1", "1", "2"]]


def test_links_lead_to_reports_and_sources_and_nowhere_else():
    links = "".join(
        f'<a href="{to}">x</a>' for to in ("00_start_here.ipynb#mark-01", "https://a.org/?b=1&amp;c=2", "x.py")
    )
    shown = page(f"<table><tr><td>{links}</td></tr></table>")
    assert [link.get("href") for link in shown.iter("a")] == [
        "00_start_here.html#mark-01",
        "https://a.org/?b=1&c=2",
    ]
    assert words(shown).strip().endswith("xxx")  # what leads nowhere keeps its words


def test_a_table_that_is_never_closed_and_text_around_tables_are_kept():
    assert "words" in table("<p>before</p><table><tr><td>words", [])
    assert table("<p>a<br>b &amp; c &#8211;</p>", []) == "<p>a<br>b &amp; c –</p>"
