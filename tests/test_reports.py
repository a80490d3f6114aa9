"""The reports as files: nothing fetched, nothing unescaped, every chart described, failures kept, the same bytes twice.

Most tests read one build of small notebooks over a statement whose passport holds what an attacker would try.
"""

import html
import itertools
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
import yaml

from auyl.project import home
from auyl.reports.folder import build_reports
from auyl.reports.markup import Prose, chart, table
from auyl.reports.plan import Run, report_notebooks

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
        runs = [Run(path, {"statement": STATEMENT} if path.stem < "02" else {}) for path in report_notebooks()]
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
    counts = re.findall(r"<dd>(\d+)</dd>", index.partition('class="counts"')[2].partition("</dl>")[0])
    assert counts == ["2", "0", "1"]


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
    assert "Traceback" not in done.stderr
    assert "failed: 04_loops: This cell ran longer than 3 seconds" in done.stderr
    assert done.stdout == f"2 of 5 reports: {tmp_path / 'again' / 'index.html'}\n"
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
    shown = table('<table border="1"><thead><tr><th></th><th>a</th></tr></thead><tbody><tr><th>0</th></tr></tbody>', [])
    assert '<tr><td></td><th scope="col">a</th></tr>' in shown
    assert '<th scope="row">0</th>' in shown
