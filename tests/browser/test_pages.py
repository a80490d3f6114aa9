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
PAGES = [*REPORTS, "99_fails", "index"]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of the first statement, and the page of a notebook that fails."""
    project = tmp_path_factory.mktemp("browser")
    for folder in ("seeds", "data"):
        (project / folder).symlink_to(home() / folder)
    shutil.copytree(notebooks(), project / "notebooks")
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
    page.locator("tr#figure-04 a").click()
    assert page.evaluate("location.hash") == "#mark-04"
    expect(page.locator("[aria-current]")).to_have_attribute("href", "#the-statement-with-its-figures-marked")


def test_a_number_in_another_report_leads_to_the_words_of_the_statement(open_page):
    page = open_page("01_funding_per_project")
    page.locator("table a", has_text="04").first.click()
    page.wait_for_url("**/00_start_here.html#mark-04")
    assert page.locator("a#mark-04").inner_text() == "701 billion tenge"


def test_the_index_says_beside_the_counts_how_much_is_contradicted(open_page):
    against = open_page("index").locator("header .against")
    assert "5 are contradicted by at least one source" in against.inner_text()
    against.get_by_role("link").click()
    against.page.wait_for_url("**/05_does_it_add_up.html")
