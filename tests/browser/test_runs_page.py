"""The index over many runs in a browser: axe finds nothing, it filters and sorts itself, and reads without script."""

from pathlib import Path

import pytest

from auyl.reports.pages import runs_page

ROWS = [
    {
        "page": f"folder-{year}/01.html",
        "title": "What did a project receive?",
        "values": {"statement": f"2025-0{year % 9 + 1}-01_a_rather_long_name_of_a_statement", "year": str(year)},
        "status": "failed" if year == 100 else "made",
        "error": "The kernel <script>alert(1)</script> ended." if year == 100 else "",
        "answer": "" if year == 100 else f"At least {year}.5 million tenge for each project, on average.",
        "has_page": year != 100,
    }
    for year in (9, 100, 30, 4)
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("runs") / "index.html"
    page = runs_page(ROWS, ["statement", "year"], ["", "index-2.html"])
    path.write_text(page, encoding="utf-8")
    return path


@pytest.fixture
def open_page(browser, file):
    """Opens the index with the network off; nothing is asked for but the file, and nothing complains."""
    contexts, asked, complaints = [], [], []

    def opened(**options):
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda sent: asked.append(sent.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(file.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith("file:")] == []
    assert complaints == []


def years(page) -> list[str]:
    return page.locator("tbody tr:visible td:nth-child(3)").all_inner_texts()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_and_the_page_does_not_scroll_sideways(open_page, colours):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(color_scheme=colours)
    page.locator("thead button").first.click()
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in found] == []
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_rows_are_sorted_by_a_heading_numbers_as_numbers_and_back(open_page):
    page = open_page()
    heading = page.get_by_role("button", name="year")
    heading.click()
    assert years(page) == ["4", "9", "30", "100"]
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("year")
    heading.press("Enter")
    assert years(page) == ["100", "30", "9", "4"]


def test_rows_are_filtered_by_all_words_and_counted(open_page):
    page = open_page()
    words = page.get_by_label("Show rows with these words")
    words.fill("MADE 30")
    assert years(page) == ["30"]
    assert page.locator("output").inner_text() == "1 of 4 rows"
    words.fill("")
    assert len(years(page)) == 4


def test_without_script_all_rows_are_there_and_no_button_that_does_nothing(open_page):
    page = open_page(java_script_enabled=False)
    assert years(page) == ["9", "100", "30", "4"]
    assert page.locator("button:visible, input:visible").count() == 0
    assert page.locator("tbody a").count() == 3
    assert "<script>alert(1)</script>" in page.locator("tbody tr").nth(1).inner_text()
