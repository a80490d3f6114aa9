"""The reports as a reader's browser shows them: no request, no error, axe-core finds nothing, the contents follow."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from auyl.project import home, notebooks

REPORTS = sorted(path.stem for path in notebooks().glob("[0-9][0-9]_*.ipynb"))
PAGES = [*REPORTS, "98_forms", "99_fails", "index"]

# Every form of chart and of table that a page can hold, over the statement that the reports are of.
FORMS = """
import pandas as pd
from IPython.display import display
import auyl
from auyl.bounded import as_bounded
from auyl.display import charts, front, tables
said = {"headline": "A finding of one line", "subtitle": "number, 2024, Kazakhstan", "source": "The Europe Today"}
rows = pd.DataFrame({
    "who": ["The statement", "The ministry, in a release of last year", "A newspaper", "A span", "A guess", "Unknown"],
    "n": as_bounded([60, 66, 68, 56, 64, None], low=[None, None, None, 50, None, None],
                    high=[None, None, None, 62, None, None],
                    bound=["at_most", "at_least", "exact", "range", "about", "exact"]),
    "status": ["actual", "planned"] * 3, "own": [True, False] * 3, "year": range(2019, 2025), "aim": 70.0, "by": 2030,
    "region": ["Abai", "Akmola", "Aktobe", "Almaty", "Astana", "Atyrau"], "series": "Roads", "verdict": "contradicted",
})
common = {"plan": "status", **said}
display(charts.bars(rows, "n", label="who", own="own", **common))
display(charts.steps(rows[:3], "n", label="who", totals=rows[3:5], own="own", **common))
display(charts.slope(rows[:2], "n", "aim", level_year="year", aim_year="by", label="who", **said))
display(charts.series(rows, "n", year="year", label="series", **common))
display(charts.dots(rows, "n", label="who", **common))
display(charts.tiles(rows, "n", region="region", **said))
display(rows[["who", "n", "status", "verdict"]])
display(auyl.figures(auyl.read_statement(statement)))
front.definitions([("Tenge", "The money of Kazakhstan.", "National Bank", "https://nationalbank.kz")])
"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of the first statement, the page of one with every form, and of one that fails."""
    project = tmp_path_factory.mktemp("browser")
    for folder in ("seeds", "data"):
        (project / folder).symlink_to(home() / folder)
    shutil.copytree(notebooks(), project / "notebooks")
    forms = [
        nbformat.v4.new_markdown_cell("# Every form"),
        nbformat.v4.new_code_cell('statement: str = ""', metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(FORMS),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=forms), project / "notebooks" / "98_forms.ipynb")
    cells = [nbformat.v4.new_markdown_cell("# What fails"), nbformat.v4.new_code_cell("1 / 0")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), project / "notebooks" / "99_fails.ipynb")
    command = [sys.executable, "-m", "auyl", "report"]
    done = subprocess.run(command, env=os.environ | {"AUYL_HOME": str(project)}, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr  # the last notebook fails
    return project / "reports"


@pytest.fixture(params=["light", "dark"])
def open_page(request, browser, reports):
    """Opens a report with the network off; at the end, nothing was asked for but the file, and nothing complained."""
    context = browser.new_context(color_scheme=request.param, offline=True, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    asked, complaints = [], []
    page.on("request", lambda sent: asked.append(sent.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def opened(name: str):
        page.goto((reports / f"{name}.html").as_uri())
        return page

    yield opened
    context.close()
    assert [url for url in asked if not url.startswith("file:")] == []
    assert complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page, name):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(open_page(name)).response["violations"]
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_the_page_does_not_scroll_sideways(open_page, name, width):
    page = open_page(name)
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)])
@pytest.mark.parametrize("name", [name for name in PAGES if name[0] not in "9" and name != "00_start_here"])
def test_the_first_screen_has_the_answer_and_the_chart(open_page, name, size):
    page = open_page(name)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    place = page.locator(".lead svg").first.bounding_box()
    answer = page.locator(".headline, .front").first.bounding_box()
    assert answer and answer["y"] < size[1] / 2
    assert place and place["y"] + min(place["height"], 200) < size[1]  # its headline and the first of its rows


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_on_a_telephone(open_page, name):
    page = open_page(name)
    page.set_viewport_size({"width": 390, "height": 844})
    cut = page.evaluate("""() => [...document.querySelectorAll("main *")].filter((one) => {
        const box = one.getBoundingClientRect();
        const scrolls = one.closest(".table.wide, pre, .cards thead, svg");
        return box.width > 0 && box.right > innerWidth + 1 && !scrolls;
    }).map((one) => one.outerHTML.slice(0, 80))""")
    assert cut == []
    for table in page.locator(".table.wide").all():
        assert "Scrolls sideways" in table.inner_text()


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "00_start_here"])
def test_the_first_printed_page_has_the_chart(open_page, name):
    page = open_page(name)
    page.set_viewport_size({"width": 658, "height": 1000})  # an A4 page within its margins, in CSS pixels
    page.emulate_media(media="print")
    place = page.locator(".lead svg").first.bounding_box()
    assert place and place["y"] + place["height"] < 1000
    assert not page.locator(".contents").is_visible() and not page.locator(".take").first.is_visible()
    wide = "() => [...document.querySelectorAll('table')].filter((one) => one.scrollWidth > innerWidth + 1).length"
    assert page.evaluate(wide) == 0  # they wrap: a page of paper does not scroll


def test_a_report_reads_without_script(browser, reports):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((reports / "98_forms.html").as_uri())
    assert page.locator("svg").count() == 6 and page.locator("table").count() >= 2
    assert page.get_by_role("link", name="Data (CSV)").count() >= 6
    context.close()


def test_what_is_taken_away_is_a_file(open_page):
    page = open_page("98_forms")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Data (CSV)").first.click()
    assert saved.value.suggested_filename == "98_forms-chart-1.csv"
    assert "The statement" in Path(saved.value.path()).read_text(encoding="utf-8-sig")


def test_all_code_opens_and_closes_at_once(open_page):
    page = open_page("00_start_here")
    folded = page.locator("details.code")
    assert folded.count() > 0
    for pressed in (True, False):
        page.get_by_role("button", name="Show all code").click()
        assert folded.evaluate_all("all => all.map(one => one.open)") == [pressed] * folded.count()


def test_the_contents_follow_and_marks_and_rows_lead_to_each_other(open_page):
    from playwright.sync_api import expect

    page = open_page("00_start_here")
    page.emulate_media(reduced_motion="reduce")
    page.locator("a#mark-04").click()
    assert page.evaluate("location.hash") == "#figure-04"
    expect(page.locator("[aria-current]")).to_have_attribute("href", "#the-same-figures-as-a-table")
    page.locator("#figure-04 a").click()
    assert page.evaluate("location.hash") == "#mark-04"
    expect(page.locator("[aria-current]")).to_have_attribute("href", "#the-statement-with-its-figures-marked")


def test_a_number_in_another_report_leads_to_the_words_of_the_statement(open_page):
    page = open_page("index")
    page.locator("table a", has_text="04").first.click()
    page.wait_for_url("**/00_start_here.html#mark-04")
    assert page.locator("a#mark-04").inner_text() == "701 billion tenge"


def test_the_index_begins_with_the_matter_and_says_what_contradicts_it(open_page):
    page = open_page("index")
    header = page.locator("header")
    assert "tenge" in header.inner_text() and "figures read" not in header.inner_text()
    assert page.locator(".lead svg").count() == 1
    against = header.locator(".against, .front")
    assert "contradict" in page.locator("main").inner_text() and against.count() >= 1


def test_the_way_to_the_code_opens_it(open_page):
    page = open_page("98_forms")
    page.get_by_role("link", name="How this was computed").first.click()
    code = page.locator("details.code:has(#code-1)")
    assert code.evaluate("one => one.open")
