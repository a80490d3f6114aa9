"""Tables and the marked text as a reader meets them: every number aligned, in words and linked; every word escaped."""

import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple
from xml.etree import ElementTree

import pandas as pd
import pytest

import auyl
from auyl.bounded import about, as_bounded, at_least, at_most, between, exact
from auyl.display import marked_text, tables
from auyl.display import words as english
from auyl.reading.table import EVIDENCE

STATEMENTS = Path(__file__).parents[1] / "statements"
SEED = "2025-08-28_regional_development_concept"
HOSTILE = "<script>alert(1)</script> & \"a\" 'b' </td> <!--"


def parsed(shown: tables.Shown) -> ElementTree.Element:
    """The HTML as a tree; a tag left open or a bare ampersand fails here."""
    return ElementTree.fromstring(shown.html)  # noqa: S314 - our own markup


def words(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


def cells(shown: tables.Shown) -> list[list[str]]:
    return [[words(cell) for cell in row] for row in parsed(shown).iter("tr")][1:]


COSTS = pd.DataFrame(
    {
        "programme": pd.array(["Roads", "Wells", "Clinics"], dtype="string"),
        "start_year": pd.array([2019, 2025, None], dtype="Int64"),
        "end_year": pd.array([2024, 2025, None], dtype="Int64"),
        "base_year": pd.array([2024, 2024, None], dtype="Int64"),
        "projects": pd.array([25000, 1000, None], dtype="Float64"),
        "cost_mn": as_bounded([116.8333, 18.04, None], bound=["at_least", "at_most", None]),
        "status": pd.Categorical(["actual", "planned", None]),
        "money_id": pd.array(["a#04", "a#08,a#09", None], dtype="string"),
    }
)
COLUMNS = {
    "programme": "Programme",
    "years": "Years",
    "base_year": "Prices of",
    "projects": "Projects",
    "cost_mn": "Million tenge each",
    "status": "Status",
    "money_id": "Money",
}


def test_a_table_reads_as_its_words_with_bounds_thousands_and_what_is_missing():
    # 116.8333 is a floor, so 116.8; years are no thousands.
    missing = ["not stated"] * 5
    assert cells(tables.show(COSTS, "Costs", COLUMNS)) == [
        ["Roads", "2019–2024", "2024", "25,000", "at least 116.8", "actual", "04"],
        ["Wells", "2025", "2024", "1,000", "at most 18.04", "planned", "08, 09"],
        ["Clinics", *missing, "not stated"],
    ]


def test_a_missing_entry_is_never_nan_na_none_or_zero():
    shown = tables.show(COSTS.tail(1), "Costs", COLUMNS)
    assert not re.search(r"\bnan\b|<NA>|&lt;NA&gt;|None|\b0\b", shown.html + shown.text)


def test_a_table_has_its_caption_and_its_headings():
    table = parsed(tables.show(COSTS, "Money per project", COLUMNS))
    assert words(table[0]) == "Money per project" and table[0].tag == "caption"
    assert [words(cell) for cell in next(table.iter("tr"))] == list(COLUMNS.values())  # units stand in the headings


QUANTITIES = {  # what is printed for each: floors rounded down, ceilings up
    "120": exact(120),
    "about 120": about(120),
    "at least 120.09": at_least(120.09),
    "at most 120.01": at_most(120.01),
    "115–125": between(115, 125),
    "1,234": exact(1234),
    "1,100–1,200": between(1100, 1200),
    "−3": exact(-3),
    "0": exact(0),  # stated to be nothing is not the same as not stated
    "0.25": exact(0.25),
    "not stated": pd.NA,
}


@pytest.mark.parametrize("expected", QUANTITIES)
def test_every_bound_is_printed_in_words(expected):
    quantity = QUANTITIES[expected]
    gaps = pd.DataFrame({"gap": pd.Series([quantity], dtype="bounded")})
    assert cells(tables.show(gaps, "Gaps", {"gap": "Gap, points"})) == [[expected]]


def test_without_a_choice_all_columns_are_shown_under_their_names():
    shown = tables.show(pd.DataFrame({"share_of_gdp": [36.5], "is_plan": [True]}), "Shares")
    assert [words(cell) for cell in next(parsed(shown).iter("tr"))] == ["share of GDP", "is plan"]
    assert cells(shown) == [["36.5", "yes"]]


ADDRESSES = {
    "https://example.org/a?b=1&c=2": True,
    "http://example.org": True,
    "javascript:alert(1)": False,
    "data:text/html,<script>": False,
    "file:///etc/passwd": False,
    " https://example.org": False,
    "": False,
    None: False,
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_source_leads_to_its_page_and_a_hostile_address_nowhere(address):
    rows = pd.DataFrame({"publisher": [HOSTILE], "address": [address]})
    shown = tables.show(rows, "", {"publisher": "Source"}, links={"publisher": "address"})
    assert [link.get("href") for link in parsed(shown).iter("a")] == ([address] if ADDRESSES[address] else [])
    assert cells(shown) == [[HOSTILE]]


@pytest.mark.parametrize(("here", "page"), [(True, ""), (False, "00_start_here.ipynb")])
def test_a_figure_s_number_leads_to_its_words_in_the_text(here, page):
    table = pd.DataFrame({"figure_id": ["a#07"], "behind_ids": ["a#08,a#112"]})
    shown = tables.show(table, "", {"figure_id": "Figure", "behind_ids": "Behind"}, here=here)
    links = [(link.get("href"), words(link)) for link in parsed(shown).iter("a")]
    assert links == [(f"{page}#mark-{number}", number) for number in ("07", "08", "112")]
    assert [mark.get("id") for mark in parsed(shown).iter("span")] == (["figure-07"] if here else [])
    assert "07" in shown.text and "08, 112" in shown.text


def test_hostile_words_stay_words():
    table = pd.DataFrame({"quote": [HOSTILE], "money_id": ['a#"><script>x</script>']})
    shown = tables.show(table, HOSTILE, {"quote": HOSTILE, "money_id": "Money"})
    tree = parsed(shown)
    assert {element.tag for element in tree.iter()} == {"table", "caption", "thead", "tbody", "tr", "th", "td", "a"}
    assert words(tree[0]) == HOSTILE
    assert cells(shown)[0][0] == HOSTILE
    assert words(tree.find(".//thead/tr/th")) == HOSTILE


def test_the_text_of_a_table_holds_what_its_html_holds():
    shown = tables.show(COSTS, "Costs", COLUMNS)
    bundle = shown._repr_mimebundle_()
    assert bundle == {"text/html": shown.html, "text/plain": shown.text} and repr(shown) == shown.text
    lines = shown.text.splitlines()
    assert lines[0] == "Costs" and lines[1].split() == " ".join(COLUMNS.values()).split()
    for line, row in zip(lines[2:], cells(shown), strict=True):
        assert re.sub(" +", " ", line.strip()) == " ".join(row)


def test_an_empty_table_still_says_what_it_would_hold():
    shown = tables.show(COSTS.head(0), "Costs", COLUMNS)
    assert cells(shown) == [] and shown.text == "Costs\nnone"
    assert [words(cell) for cell in next(parsed(shown).iter("tr"))] == list(COLUMNS.values())


def test_a_table_is_the_same_every_time_and_brings_neither_style_nor_script():
    one, two = (tables.show(COSTS, "Costs", COLUMNS) for _ in range(2))
    assert one == two and not re.search(r"<(style|script)", one.html)


def test_the_figures_of_a_statement_as_a_table():
    # From the seed: "up to 6,000 projects" (05) and "nearly 450 billion tenge" (09) are ceilings, "3.5 times" (13) is
    # of no stated year.
    figures = auyl.figures(auyl.read_statement(SEED))
    rows = cells(tables.figures(figures, "Figures", here=True))
    besigi = "Auyl – Yel besigi"
    assert rows[4] == ["05", "up to 6,000 projects", "at most 6,000", "project", besigi, "projects", "actual",
                       "2019–2024"]  # fmt: skip
    assert rows[8][2] == "at most 450 billion" and rows[12][2] == "3.5" and rows[12][-1] == "not stated"


def test_figures_outside_the_catalogue_say_so():
    figures = auyl.figures(auyl.Statement("The plant made 12 tractors.", date="2025-01-01"))
    assert cells(tables.figures(figures, ""))[0][4:6] == ["none in the catalogue", "not stated"]


READABLE = {  # with all the digits that were stated, and no more
    "at most 2.00004 billion": at_most(2_000_040_000),
    "at least 1.999999999 billion": at_least(1_999_999_999),
    "7.466172 million": exact(7_466_172),
    "80–85": between(80, 85),
    "25,000": exact(25_000),
    "999,999": exact(999_999),
    "3.5": exact(3.5),
    "at most 450 billion": at_most(450e9),
    "at least 114,000": at_least(114_000),
    "about 1.5 million": about(1_500_000),
    "2 trillion": exact(2e12),
    "80–90": between(80, 90),
    "−0.5": exact(-0.5),
    "not stated": pd.NA,
}


@pytest.mark.parametrize("expected", READABLE)
def test_a_quantity_is_read_with_its_magnitude(expected):
    assert english.readable(READABLE[expected]) == expected


# ---- The statement's own text, marked


class Marks(HTMLParser):
    """The text of marked HTML without its line ends, and for every mark and italic where in that text it lies."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self.found, self._open = "", [], [], []
        self.feed(html.partition("\n<details>")[0])  # the readings, under the text
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag in ("a", "em"):
            assert not self._open, "a link inside a link"
            self._open.append((tag, dict(attrs), len(self.text)))

    def handle_endtag(self, tag):
        if tag in ("a", "em"):
            opened, attrs, start = self._open.pop()
            assert opened == tag
            self.found.append((tag, attrs, start, len(self.text)))

    def handle_data(self, data):
        self.text += re.sub(r"[\r\n]", "", data)


def without_line_ends(text: str, position: int | None = None) -> str:
    return re.sub(r"[\r\n]", "", text[:position])


def marked(statement: auyl.Statement) -> Marks:
    shown = marked_text.marked_text(statement, auyl.figures(statement), auyl.unread(statement))
    return Marks(shown.html)


TEXTS = {path.stem: path for path in sorted(STATEMENTS.glob("*.txt"))} | {SEED: SEED}


@pytest.mark.parametrize("name", TEXTS)
def test_every_figure_is_marked_in_its_place_and_every_number_left_in_italics(name):
    statement = auyl.read_statement(TEXTS[name])
    figures, unread = auyl.figures(statement), auyl.unread(statement)
    page = marked(statement)
    assert page.text == without_line_ends(statement.text)  # nothing is lost, nothing is added
    places = {"a": figures, "em": unread}
    for tag, table in places.items():
        expected = [tuple(len(without_line_ends(statement.text, at)) for at in (row.start, row.end))
                    for row in table.itertuples()]  # fmt: skip
        assert [(start, end) for found, _, start, end in page.found if found == tag] == expected
    titles = [attrs["title"] for tag, attrs, _, _ in page.found if tag == "em"]
    assert titles == [f"left unread: {reason}" for reason in unread["reason"]]


def test_mark_and_row_lead_to_each_other():
    statement = auyl.read_statement(SEED)
    figures = auyl.figures(statement)
    links = [attrs for tag, attrs, _, _ in marked(statement).found if tag == "a"]
    table = parsed(tables.figures(figures, "", here=True))
    assert [f"#{mark.get('id')}" for mark in table.iter("span")] == [link["href"] for link in links]
    assert [link.get("href") for link in table.iter("a")] == [f"#{link['id']}" for link in links]
    assert links[0]["id"] == "mark-01" and len(links) == 15  # the seed's figures


def test_a_mark_says_how_it_was_read_and_where_that_comes_from():
    statement = auyl.read_statement(SEED)
    told = {attrs["id"]: attrs["title"] for tag, attrs, _, _ in marked(statement).found if tag == "a"}
    # "Between 2019 and 2024, 701 billion tenge were allocated under …, enabling up to 6,000 projects."
    assert told["mark-05"] == (
        "at most 6,000 projects; programme or policy: Auyl – Yel besigi, projects; actual; years: 2019–2024 "
        "(unit and years from its own clause; programme and status from its sentence)"
    )
    assert "years: not stated" in told["mark-13"]  # "3.5 times in recent years"


def test_weak_evidence_is_dotted_and_a_correction_says_so():
    figures = auyl.figures(auyl.read_statement(SEED)).head(3)
    figures["subject_from"] = pd.Categorical(["clause", "paragraph", "clause"], categories=EVIDENCE)
    figures["years_from"] = pd.Categorical(["clause", "clause", "correction"], categories=EVIDENCE)
    figures = figures.assign(place=["Abai", None, None], part=["water supply", None, None])
    html = marked_text.marked_text(auyl.read_statement(SEED), figures).html
    opened = re.findall(r'title="([^"]*)"><mark([^>]*)>', html)
    assert [re.sub(r".*(solid|dotted).*", r"\1", look) for _, look in opened] == ["", "dotted", "solid"]
    assert "part: water supply; place: Abai; actual" in opened[0][0]
    assert "programme carried from the paragraph" in opened[1][0] and "years corrected by hand" in opened[2][0]


class Corrected(NamedTuple):
    """A statement whose third figure, "40%", a person corrected."""

    text: str
    language: str
    corrections: tuple
    mended: object


def test_a_corrected_mark_says_what_was_read_and_why_it_was_changed():
    statement = auyl.read_statement(SEED)
    figures = auyl.figures(statement).head(3)
    line = SimpleNamespace(column="status", value="target", why="The <Concept> calls it one.")
    made = [(line, SimpleNamespace(start=int(figures["start"][2])), "projected")]
    corrected = Corrected(statement.text, "en", (line,), SimpleNamespace(made=made))
    told = [attrs["title"] for tag, attrs, _, _ in Marks(marked_text.marked_text(corrected, figures).html).found]
    assert told[2].endswith("Corrected: status: target, read as projected: The <Concept> calls it one.")
    assert "Corrected" not in told[0] + told[1]


def test_what_a_statement_says_can_not_become_markup():
    text = "<script>alert(1)</script> & \"x\" 'y' <b>12 villages</b> &lt; <img src=x onerror=alert(1)> 7 km."
    page = marked(auyl.Statement(text, date="2025-01-01"))
    assert page.text == text
    assert set(page.tags) <= {"div", "p", "a", "mark", "em", "br"}


def spans(*found: tuple[int, int], reason: str | None = None) -> pd.DataFrame:
    """Spans as rows of a table of figures or, with a reason, of numbers left unread."""
    missing = dict.fromkeys(("low", "high", "unit", "subject", "indicator", "start_year", "end_year"), pd.NA)
    figure = {"value": 1.0, "bound": "exact", "status": "actual", **missing}
    rows = [
        {"start": start, "end": end, **({"reason": reason} if reason else {"figure_id": f"a#{n:02}", **figure})}
        for n, (start, end) in enumerate(found, start=1)
    ]
    return pd.DataFrame(rows, columns=None if rows else ["start", "end", "value", "subject"])


def test_spans_that_touch_are_both_marked_and_of_nested_ones_the_outer():
    statement = auyl.Statement("12km and 5 to 7 days", date="2025-01-01")
    page = Marks(
        marked_text.marked_text(statement, spans((0, 2), (2, 4), (9, 20)), spans((14, 15), reason="a label")).html
    )
    assert page.text == statement.text
    assert [(tag, start, end) for tag, _, start, end in page.found] == [("a", 0, 2), ("a", 2, 4), ("a", 9, 20)]


def test_hostile_words_inside_a_mark_or_its_title_stay_words():
    statement = auyl.Statement("<i>5</i> and <i>6</i>", date="2025-01-01")
    figures = spans((0, 8)).assign(unit=HOSTILE, figure_id='a#"><b>')
    page = Marks(marked_text.marked_text(statement, figures, spans((13, 21), reason=HOSTILE)).html)
    assert page.text == statement.text
    assert set(page.tags) == {"div", "p", "a", "mark", "em"}
    (_, link, *_), (_, left, *_) = page.found
    assert HOSTILE in link["title"] and link["id"] == 'mark-"><b>' and left["title"] == f"left unread: {HOSTILE}"


def test_paragraphs_and_lines_stay_apart():
    shown = marked_text.marked_text(auyl.Statement("One.\nTwo.\n\nThree.\n\n\nFour.\n", date="2025-01-01"), spans())
    assert re.findall(r"<p>(.*?)</p>", shown.html, re.DOTALL) == ["One.<br>\nTwo.", "Three.", "Four."]
    assert shown.text == "One.\nTwo.\n\nThree.\n\n\nFour.\n"


def test_a_text_with_windows_line_ends_is_marked_in_its_place():
    text = "First.\r\n\r\nIt has 12 villages.\r\nAnd 7 km.\r\n"
    statement = auyl.Statement(text, date="2025-01-01")
    page = marked(statement)
    assert page.text == without_line_ends(text)
    assert [page.text[start:end] for tag, _, start, end in page.found if tag == "a"] == ["12 villages", "7 km"]


def test_paragraphs_stay_apart_with_windows_line_ends_too():
    shown = marked_text.marked_text(auyl.Statement("One.\r\n\r\nTwo.\r\n", date="2025-01-01"), spans())
    assert shown.html.count("<p>") == 2


def test_the_language_of_the_text_is_told_to_screen_readers():
    statement = auyl.read_statement(TEXTS["2026-06-02_russian_review"])
    assert marked_text.marked_text(statement, auyl.figures(statement)).html.startswith('<div lang="ru">')
