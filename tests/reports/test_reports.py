"""The reports as files: nothing fetched, nothing unescaped, every chart described, failures kept, the same bytes twice.

Most tests read one build of small notebooks over a statement whose passport holds what an attacker would try.
"""

import base64
import html
import itertools
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pandas as pd
import pytest
import yaml

from auyl.display import charts, front, tables
from auyl.display.canvas import Picture
from auyl.project import home
from auyl.reports.article import Article, ArticleBuilder, empty_sections
from auyl.reports.manifest import Run
from auyl.reports.markup import Prose, chart
from auyl.reports.matrix import build_reports
from auyl.reports.pages import index_page, report_page
from auyl.reports.plan import report_notebooks
from auyl.reports.table_markup import dressed

STATEMENT = "2026-01-02_hostile"
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    '"><svg onload=alert(3)>',
    "[click](javascript:alert(4))",
    "{{ 7 * 7 }}",
]
PASSPORT = {
    "title": f"Title {HOSTILE[0]} {HOSTILE[4]}",
    "publisher": f"Publisher {HOSTILE[1]}",
    "published": "2026-01-02",
    "language": "en",
    "place": f"Place {HOSTILE[2]}",
    "url": "javascript:alert(5)",
    "rights": f"Rights {HOSTILE[3]}",
}
SVG = """<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 width="72pt" height="36pt" viewBox="0 0 72 36"><metadata>made by</metadata><defs><style>*{color: red}</style>
 <clipPath id="clip"><rect width="9" height="9"/></clipPath></defs><script>alert(6)</script>
 <rect onload="alert(7)" clip-path="url(#clip)" style="fill: #0072B2" width="9" height="9"/>
 <use xlink:href="#clip"/><image xlink:href="http://example.org/x.png"/>
 <text style="fill: #222222">116.8</text></svg>"""


def notebook(*cells: tuple[str, ...]) -> nbformat.NotebookNode:
    """Cells as (source, tag, …); a source that begins with `#` is prose."""
    made = []
    for source, *tags in cells:
        new = nbformat.v4.new_markdown_cell if source.startswith(("# ", "##")) else None
        made.append((new or nbformat.v4.new_code_cell)(source, metadata={"tags": tags}))
    built = nbformat.v4.new_notebook(cells=made)
    # A kernel nobody has: the reports run in this very interpreter all the same.
    built.metadata.kernelspec = {"name": "no-such-kernel", "display_name": "none", "language": "python"}
    return built


NOTEBOOKS = {
    "00_start": notebook(
        (
            "# The start\n\nOn to [the chart](01_chart.ipynb#how), [widgets](explore.ipynb) or [the web](https://a.org).",
        ),
        ('statement: str = "x"  # which statement\nprice_year: int = 2024  # tenge of which year', "parameters"),
        ("from IPython.display import HTML, Markdown\nimport auyl\nhostile = auyl.read_statement(statement)",),
        ("Markdown(f'Answer {hostile.rights} {hostile.title}')", "headline", "remove-input"),
        ("## Words",),
        ("#### A step too deep",),
        ("import pandas as pd\npd.DataFrame({'quote': [hostile.place]})",),
        ("print(hostile.publisher)",),
        ("{price_year, statement}",),
        ("HTML('<a href=\"00_start.ipynb#mark-07\">07</a>')",),
    ),
    "01_chart": notebook(
        ("# A chart",),
        ('statement: str = "x"', "parameters"),
        (f"svg = '''{SVG}'''\nalt = 'Bar chart: \"116.8\" <mn> a project'",),
        (
            "from IPython.display import display\n"
            "display({'image/svg+xml': svg, 'text/plain': alt}, raw=True)\n"
            "display({'image/svg+xml': svg, 'text/plain': alt}, raw=True)",
            "chart",
            "remove-input",
        ),
        ("## How",),
        ("## How",),
    ),
    "02_fails": notebook(
        ("# What fails",),
        ("print('this ran')",),
        (
            "from auyl import MissingFigureError\nraise MissingFigureError('No money in this statement.')",
            "remove-input",
        ),
        ("print('never')",),
    ),
    "03_dies": notebook(("# What dies",), ("import os, time\nos._exit(1)\ntime.sleep(9)",)),
    "04_loops": notebook(("# What loops",), ("while True: pass",)),
    "explore": notebook(("# No report",)),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    (folder / "data").symlink_to(home() / "data")
    for name in ("notebooks", "seeds"):
        (folder / name).mkdir()
    for name, content in NOTEBOOKS.items():
        nbformat.write(content, folder / "notebooks" / f"{name}.ipynb")
    (folder / "seeds" / f"{STATEMENT}.txt").write_text("In 2025, 30 schools and 45 clubs were built.", encoding="utf-8")
    (folder / "seeds" / f"{STATEMENT}.yml").write_text(yaml.safe_dump(PASSPORT), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def reports(project: Path) -> tuple[Path, list]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUYL_HOME", str(project))
        patch.setenv("JUPYTER_PATH", "/no/kernels/here")
        runs = [Run(path, {"statement": STATEMENT} if path.stem < "02" else {}) for path in report_notebooks().values()]
        return project / "out", build_reports(runs, [], STATEMENT, project / "out", jobs=2, timeout=3)


@pytest.fixture(scope="module")
def pages(reports: tuple[Path, list]) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in reports[0].glob("*.html")}


class Tags(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_a_page_for_each_numbered_notebook_and_the_index(pages):
    assert sorted(pages) == ["00_start", "01_chart", "02_fails", "03_dies", "04_loops", "index"]


def test_nothing_is_fetched(pages):
    for name, page in pages.items():
        for tag, attributes in Tags(page).found:
            assert tag not in {"link", "iframe", "object", "embed", "base"}, name
            for key in ("src", "href", "xlink:href", "action", "srcset", "data", "poster"):
                address = attributes.get(key)
                allowed = r"#|https://|[\w-]+\.html" if tag == "a" else r"#|data:image/"
                if tag == "a" and "download" in attributes:  # what can be taken away lies in the page itself
                    allowed = r"data:(text/csv;charset=utf-8|image/svg\+xml);base64,"
                assert address is None or re.match(allowed, address), (name, tag, address)
        assert "@import" not in page
        assert not re.search(r"url\((?!#)", page)
        assert "default-src 'none'" in html.unescape(page)


def test_what_a_statement_holds_is_shown_as_text(pages):
    for name, page in pages.items():
        tags = Tags(page).found
        assert sum(tag == "script" for tag, _ in tags) == 1, f"{name}: only the page's own script"
        assert not [a for _, a in tags if any(key.startswith("on") for key in a)], name
        assert not [a for tag, a in tags if "javascript" in a.get("href", "")], name
        assert "&lt;script&gt;alert(1)" in page, name  # the title, in the box or as the heading
        assert "{{ 7 * 7 }}" in page, name
    start = pages["00_start"]
    headline = start[start.index('class="headline"') : start.index('class="passport"')]
    assert "&lt;script&gt;" in headline and "click" in headline


def test_every_chart_has_its_name_and_no_more_than_the_drawing(pages):
    drawings = [a for tag, a in Tags(pages["01_chart"]).found if tag == "svg"]
    assert [a["aria-label"] for a in drawings] == ['Bar chart: "116.8" <mn> a project'] * 2
    assert all(a["role"] == "img" for a in drawings)
    page = "".join(re.findall(r"<svg.*?</svg>", pages["01_chart"], re.DOTALL))
    assert "alert(" not in page
    assert "color: red" not in page and "made by" not in page and "example.org" not in page
    assert "fill: var(--chart-accent)" in page and "fill: var(--chart-ink)" in page  # they follow light and dark


def test_ids_are_unique_and_links_within_a_page_lead_somewhere(pages):
    for name, page in pages.items():
        tags = Tags(page).found
        ids = [a["id"] for _, a in tags if "id" in a]
        assert len(ids) == len(set(ids)), name
        inner = {a["href"][1:] for _, a in tags if a.get("href", "").startswith("#")}
        assert inner <= set(ids), name
    assert 'id="how"' in pages["01_chart"] and 'id="how--2"' in pages["01_chart"]


def test_one_title_no_level_skipped_tables_with_scope_language_set(pages):
    for name, page in pages.items():
        tags = Tags(page).found
        levels = [int(tag[1]) for tag, _ in tags if re.fullmatch("h[1-6]", tag)]
        assert levels.count(1) == 1 and levels[0] == 1, name
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), name
        assert all(a.get("scope") in {"col", "row"} for tag, a in tags if tag == "th"), name
        assert ("html", {"lang": "en"}) in tags
        assert len(page.encode()) < 500_000


def test_notebook_links_lead_to_reports_and_to_nothing_that_is_not_there(pages):
    start = pages["00_start"]
    assert '<a href="01_chart.html#how">the chart</a>' in start
    assert "explore.ipynb" not in start and "widgets" in start
    assert '<a href="00_start.html#mark-07">' in start
    assert 'rel="next" href="01_chart.html"' in start and 'rel="prev"' not in start
    assert 'rel="prev" href="03_dies.html"' in pages["04_loops"]


def test_the_box_names_statement_and_parameters(pages):
    box = pages["00_start"].partition('class="passport"')[2].partition("</section>")[0]
    assert STATEMENT in box  # the value of the run, not the notebook's default
    assert "tenge of which year" in box and "2024" in box
    assert "2 January 2026" in box


def test_a_failure_is_kept_told_and_stops_no_other(reports, pages):
    failures = {article.name: article.failure for article in reports[1]}
    assert failures["00_start"] == failures["01_chart"] == ""
    assert failures["02_fails"] == "No money in this statement."
    assert failures["03_dies"].startswith("Python itself died while running this cell")
    assert failures["04_loops"].startswith("This cell ran longer than 3 seconds")
    assert "<pre>this ran" in pages["02_fails"] and "<pre>never" not in pages["02_fails"]
    assert pages["index"].count("<strong>Failed.</strong>") == 3
    for name in ("02_fails", "03_dies", "04_loops"):
        assert "This report failed." in pages[name] and "This cell failed." in pages[name]


def test_the_index_stands_alone(pages):
    index = pages["index"]
    for title in ("The start", "A chart", "What fails", "What dies", "What loops"):
        assert title in index
    assert "Answer Rights" in index  # the first report's headline
    assert index.count("<svg") == 1  # the first chart of the one report that has one
    # "In 2025, 30 schools and 45 clubs": two figures, of no programme, and a year
    foot = index.partition('class="passport"')[2]
    assert "2 figures, none of them matched to a programme or policy" in foot and "; 1 number left unread" in foot
    assert index.index("<svg") < index.index("<h2") < index.index('class="passport"')  # what was found comes first


def test_no_path_time_or_random_name_is_in_a_report(reports, pages, project):
    copies = [path.read_text(encoding="utf-8") for path in (reports[0] / "notebooks").iterdir()]
    for text in [*pages.values(), *copies]:
        for leak in (str(project), str(Path.home()) + "/", sys.prefix, "ipykernel_", "start_time", "duration"):
            assert leak not in text
    assert not list(reports[0].rglob(".*"))  # no file that is half there


def test_another_process_with_kernels_started_from_nothing_writes_the_same_bytes(reports, project, tmp_path):
    command = [
        sys.executable,
        "-m",
        "auyl",
        "report",
        "--out",
        str(tmp_path / "again"),
        "--timeout",
        "3",
        "--jobs",
        "1",
    ]
    environment = os.environ | {"AUYL_HOME": str(project), "PYTHONHASHSEED": "7", "AUYL_KERNELS": "plain"}
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1  # three of the five fail
    assert "Traceback" not in done.stderr and "destroyed" not in done.stderr
    assert "failed: 04_loops: This cell ran longer than 3 seconds" in done.stderr
    told = f"2 of 5 reports of “{PASSPORT['title']}” ({STATEMENT})"
    assert done.stdout == f"{told}: {tmp_path / 'again' / 'index.html'}\n"
    first = {path.relative_to(reports[0]): path.read_bytes() for path in reports[0].rglob("*.*") if path.is_file()}
    again = tmp_path / "again"
    second = {path.relative_to(again): path.read_bytes() for path in again.rglob("*.*") if path.is_file()}
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_one_notebook_run_again_keeps_the_others_in_the_index(reports, project, monkeypatch):
    monkeypatch.setenv("AUYL_HOME", str(project))
    before = (reports[0] / "00_start.html").read_bytes()
    run = Run(project / "notebooks" / "01_chart.ipynb", {"statement": STATEMENT})
    articles = build_reports([run], ["00_start"], STATEMENT, reports[0])
    assert [article.name for article in articles] == ["00_start", "01_chart"]
    assert (reports[0] / "00_start.html").read_bytes() == before


@pytest.mark.parametrize("text", HOSTILE)
def test_computed_markdown_shows_html_and_leads_nowhere_strange(text):
    shown = Prose().computed(f"Before {text} after")
    assert not re.search(r"<(script|img|svg|a)\b", shown)


def test_a_picture_on_the_web_becomes_its_words():
    assert "<img" not in Prose().computed("![a picture](http://example.org/x.png)")


def test_a_chart_that_is_no_svg_gives_way_to_its_words():
    assert chart("<svg", "the words", "chart-1") is None


def test_header_cells_of_pandas_tables_get_their_scope():
    head = "<thead><tr><th></th><th>a</th></tr></thead>"
    shown, _ = dressed(f'<table border="1">{head}<tbody><tr><th>KZ-10</th><td>7</td></tr></tbody>', [])
    assert '<tr><td></td><th scope="col" class="right">a</th></tr>' in shown
    assert '<th scope="row">KZ-10</th>' in shown and '<td class="right" data-label="a">7</td>' in shown


# ---- What notebooks hand to the first page


def article(name: str, *cells: nbformat.NotebookNode) -> Article:
    return ArticleBuilder(name, nbformat.v4.new_notebook(cells=cells), [name]).build()


def cell(shown: object, *tags: str, source: str = "shown") -> nbformat.NotebookNode:
    """A cell that displayed this."""
    bundle = shown._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data=bundle)
    return nbformat.v4.new_code_cell(source, outputs=[output], metadata={"tags": list(tags)})


def bars(headline: str) -> Picture:
    rows = pd.DataFrame({"who": ["a", "b"], "n": [1, 2]})
    return charts.bars(rows, "n", label="who", headline=headline, subtitle="number", source="them")


ABOUT = {"title": "Of <villages>", "publisher": "P", "place": "", "language": "en", "date": "2026-01-02",
         "date_in_words": "2 January 2026", "url": "", "url_in_short": "",
         "sha256": "0" * 64, "rights": ""}  # fmt: skip
BUILT = {"auyl": "1", "pandas": "3", "contents": "abc", "problem": "none"}


def index(*articles: Article) -> str:
    return index_page(list(articles), ABOUT, BUILT)


def test_the_index_takes_headline_numbers_chart_claims_and_definitions_from_the_reports():
    start = article("00_start", cell(tables.Shown("<p>15 figures.</p>", ""), "headline"), cell(bars("Topics"), "chart"))
    adds = article(
        "05_adds_up",
        nbformat.v4.new_markdown_cell("# Does it add up?"),
        cell(front.front(f"Money adds up {HOSTILE[0]}", "Projects do not."), "front"),
        cell(tables.Shown("<p>It does.</p>", ""), "headline"),
        cell(bars("Projects"), "chart"),
        cell(front.key_numbers([(HOSTILE[1], "a project", "up to 6,000")]), "numbers"),
        cell(tables.show(pd.DataFrame({"claim": ["701"], "verdict": ["confirmed"]}), "Two claims"), "claims"),
        cell(front.definitions([("Tenge", "Money.", "A bank", "javascript:alert(1)")]), "definitions"),
    )
    page = index(start, adds)
    assert page.count("<h1>") == 1 and f"<h1>Money adds up {html.escape(HOSTILE[0])}</h1>" in page
    assert page.count("<svg") == 1 and 'aria-label="Bar chart. Number. b: 2; a: 1. Projects."' in page
    in_order = [
        "<h1>",
        "Projects do not.",
        "<svg",
        "a project",
        "Two claims",
        "The reports",
        "Tenge",
        'class="passport"',
    ]
    body = page.partition("<body")[2]
    assert sorted(in_order, key=body.index) == in_order
    assert 'class="verdict good"' in page and "javascript" not in page and "<img" not in page
    assert html.unescape(re.search('property="og:title" content="(.*?)"', page)[1]) == f"Money adds up {HOSTILE[0]}"
    # The front stands on the index alone; the rest in its report too.
    own = report_page(adds, {"05_adds_up": adds.title}, ABOUT)
    assert "Projects do not." not in own and own.count("Tenge") == 1 and own.count("Two claims") >= 1


def test_without_a_front_the_index_has_the_statement_s_title_and_the_first_answer_with_a_chart():
    start = article("00_start", cell(tables.Shown("<p>15 figures.</p>", ""), "headline"), cell(bars("Topics"), "chart"))
    costs = article(
        "01_costs",
        cell(tables.Shown("<p>At least 116.8.</p><p>And more.</p>", ""), "headline"),
        cell(bars("Costs"), "chart"),
    )
    page = index(start, costs)
    header = page.partition("<header>")[2].partition("</header>")[0]
    assert "Of &lt;villages&gt;" in header and "At least 116.8." in header and "15 figures" not in header
    assert "Costs." in page and "Topics" not in page
    assert "And more." not in page.partition("<h2")[2]  # one paragraph of each report
    assert "There is no report yet." in index()


def test_a_statement_that_says_nothing_of_the_kind_leaves_no_empty_place_on_the_index():
    nothing = tables.Shown("", "")
    tagged = [cell(nothing, tag) for tag in ("front", "numbers", "claims", "definitions", "headline")]
    page = index(article("01_costs", *tagged, cell(bars("Costs"), "chart")))
    assert "Of &lt;villages&gt;</h1>" in page  # its own title
    assert not re.search('<(div|section) class="(numbers|claims|definitions|headline|front)"', page)


def test_the_numbers_of_several_reports_stand_in_one_row():
    made = [
        article(name, cell(front.key_numbers([(name, "tenge", "words")]), "numbers"))
        for name in ("01_a", "02_b", "03_c")
    ]
    page = index(*made)
    row = page.partition('<div class="numbers">')[2].partition("</div>\n")[0]
    assert page.count('<div class="numbers">') == 1 and re.findall("<dt>(.*?)</dt>", row) == ["01_a", "02_b", "03_c"]


def test_a_report_begins_with_answer_and_chart_and_ends_with_its_source():
    made = article(
        "01_costs",
        nbformat.v4.new_markdown_cell("# What did it cost?\n\nWhy one would ask."),
        nbformat.v4.new_code_cell("1 + 1"),
        cell(tables.Shown("<p>At least 116.8.</p>", ""), "headline", "remove-input"),
        cell(bars("Costs"), "chart", "remove-input"),
    )
    page = report_page(made, {"01_costs": made.title}, ABOUT)
    in_order = [
        "<h1>",
        "At least 116.8.",
        "<svg",
        'class="contents"',
        "Why one would ask",
        'class="passport"',
        "@misc{",
    ]
    body = page.partition("<body")[2]
    assert sorted(in_order, key=body.index) == in_order
    assert "[object" not in page and "title  = {What did it cost?}" in page


def test_numbers_and_chart_can_be_taken_away_and_lead_to_their_code():
    frame = pd.DataFrame({"бағдарлама": ["Ауыл", "=1+1"], "n": [1, 2]})
    made = article("01_costs", nbformat.v4.new_code_cell("1 + 1"), cell(bars("Costs")), cell(tables.show(frame, "T")))
    page = report_page(made, {"01_costs": made.title}, ABOUT)
    files = {
        name: base64.b64decode(data).decode("utf-8-sig")
        for name, data in re.findall(r'download="([^"]+)" href="data:[^"]*?base64,([^"]*)"', page)
    }
    assert list(files) == ["01_costs-chart-1.csv", "01_costs-chart-1.svg", "01_costs-table-1.csv"]
    assert files["01_costs-chart-1.csv"].splitlines()[1] == "b,2,2,2,exact,False"
    assert files["01_costs-chart-1.svg"].startswith("<svg") and "<title>Costs</title>" in files["01_costs-chart-1.svg"]
    # What a spreadsheet would run stays words.
    assert files["01_costs-table-1.csv"] == "бағдарлама,n\nАуыл,1\n'=1+1,2\n"
    codes = re.findall(r'href="01_costs.html#(code-\d)">How this was computed', page)
    assert codes and all(f'<div id="{code}">' in page for code in codes)


def test_a_section_that_computed_nothing_leaves_the_page_with_its_method():
    told = nbformat.v4.new_output("execute_result", data={"text/plain": "116.8"})
    silent = nbformat.v4.new_output("execute_result", data={"text/plain": "", "text/html": ""})
    markdown, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    cells = [
        *(markdown("# Title"), code("1")),
        *(markdown("## The method of nothing"), code("None"), code("x", outputs=[silent])),
        *(markdown("## A result"), code("116.8", outputs=[told]), markdown("More of it.")),
        markdown("## Only text"),
    ]
    assert empty_sections(cells) == {2}
