"""JupyterLab as a reader uses it: the notebooks run there, and the choices of explore.ipynb change the answer."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from auyl.project import home, notebooks

TOKEN = "of-this-test"  # noqa: S105 - of a server that nobody else can reach
ROOTS: list[Path] = []  # the folder that is served
PATIENCE = 90_000  # milliseconds; a busy machine starts a kernel slowly


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab on copies of the notebooks, without their outputs."""
    project = tmp_path_factory.mktemp("lab")
    for folder in ("seeds", "data"):
        (project / folder).symlink_to(home() / folder)
    (project / "notebooks").mkdir()
    shutil.copy(notebooks() / "start.jupyterlab-workspace", project / "notebooks")
    for path in notebooks().glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, project / "notebooks" / path.name)
    settings = {name: str(project / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTERLAB_WORKSPACES_DIR")}
    environment = os.environ | settings | {"AUYL_HOME": str(project)}
    jupyter = [sys.executable, "-m", "jupyter", "lab"]
    workspace = [*jupyter, "workspaces", "import", "notebooks/start.jupyterlab-workspace"]
    subprocess.run(workspace, cwd=project, env=environment, check=True, capture_output=True)
    # No question about news over the notebook, and no look at the network for a newer JupyterLab.
    quiet = project / "JUPYTER_CONFIG_DIR" / "lab/user-settings/@jupyterlab/apputils-extension"
    quiet.mkdir(parents=True)
    told = '{"checkForUpdates": false, "fetchNews": "false"}'
    (quiet / "notification.jupyterlab-settings").write_text(told, encoding="utf-8")
    port = free_port()
    options = ["--no-browser", "--allow-root", f"--port={port}", f"--IdentityProvider.token={TOKEN}"]
    with open(project / "log", "w") as log:
        server = subprocess.Popen([*jupyter, *options], cwd=project, env=environment, stdout=log, stderr=log)
    try:
        wait_for(f"http://localhost:{port}/api?token={TOKEN}")
        ROOTS.append(project)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(20)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("localhost", 0))
        return found.getsockname()[1]


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address)  # noqa: S310 - our own server
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise TimeoutError(address)


@pytest.fixture
def page(browser, lab) -> Iterator:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    yield opened
    context.close()


def run_all(page, lab: str, name: str) -> None:
    page.goto(f"{lab}/lab/tree/notebooks/{name}?token={TOKEN}&reset")
    page.wait_for_selector(".jp-Notebook")
    page.get_by_text(re.compile(r"\| Idle")).wait_for()  # the kernel is there
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Run All Cells$")).click()


def set_parameter(lab: str, name: str, line: str) -> None:
    """Puts another value into the first cell of the served notebook that gives this name one."""
    path = ROOTS[-1] / "notebooks" / name
    notebook = nbformat.read(path, as_version=4)
    start = line.partition(":")[0]
    for cell in notebook.cells:
        lines = cell.source.splitlines()
        cell.source = "\n".join(line if old.startswith(f"{start}:") else old for old in lines)
    nbformat.write(notebook, path)


def test_make_labs_workspace_opens_the_start_notebook_with_its_contents(page, lab: str):
    title, section = headings("00_start_here.ipynb")[:2]
    page.goto(f"{lab}/lab/workspaces/auyl?token={TOKEN}")
    page.locator(".jp-Notebook h1", has_text=title).first.wait_for()
    page.locator(".jp-TableOfContents", has_text=section).first.wait_for()


def headings(name: str) -> list[str]:
    cells = nbformat.read(notebooks() / name, as_version=4).cells
    lines = [line for cell in cells if cell.cell_type == "markdown" for line in cell.source.splitlines()]
    return [line.lstrip("# ") for line in lines if line.startswith("#")]


def test_a_notebook_runs_and_its_answer_is_there(page, lab: str):
    run_all(page, lab, "01_funding_per_project.ipynb")
    answer = page.locator(".jp-OutputArea-output", has_text="at least 116.8 million tenge a project").first
    answer.wait_for()
    page.locator(".jp-RenderedSVG").first.wait_for()


def test_a_slider_changes_the_sentence_and_the_chart(page, lab: str):
    run_all(page, lab, "explore.ipynb")
    page.locator(".widget-html", has_text="at least 116.8 million tenge a project, on average").first.wait_for()
    cost = page.locator(".widget-slider", has_text="Cost of one").locator(".widget-readout")
    cost.fill("150")
    cost.press("Enter")
    page.locator(".widget-html", has_text="at a cost of 150.0 million tenge a project, pays for 3,528").first.wait_for()
    page.locator("[role=img][aria-label*='Assumed: 150.0']").first.wait_for()
    page.locator(".lm-TabBar-tabLabel", has_text="A village").click()
    page.locator(".widget-html", has_text="is about 300 million tenge a village").first.wait_for()


def test_an_example_is_marked_and_its_table_can_be_gone_on_with(page, lab: str):
    run_all(page, lab, "explore.ipynb")
    button = page.get_by_role("button", name="Русский")
    button.click()
    page.locator(".widget-html mark", has_text="свыше 36 млрд тенге").wait_for()
    cell = page.locator(".jp-CodeCell", has_text="reader.figures[")
    cell.locator(".jp-InputArea-editor").click()
    page.keyboard.press("Control+Enter")
    cell.locator(".jp-OutputArea-output", has_text="Empty DataFrame").or_(
        cell.locator("table:not(:has(tbody tr))")
    ).first.wait_for()  # the Russian example has no percentages


def test_a_correction_made_by_clicking_changes_the_reading_and_is_written_where_it_was_told(page, lab: str, tmp_path):
    from playwright.sync_api import expect

    tried = tmp_path / "tried.csv"
    set_parameter(lab, "review.ipynb", f'file: str = "{tried}"')
    run_all(page, lab, "review.ipynb")
    doubts = page.locator(".widget-select select")
    doubts.locator("option", has_text="50 billion tenge: years 2025").wait_for(state="attached")
    before = doubts.locator("option").count()
    doubts.select_option(label=doubts.locator("option", has_text="50 billion tenge: years 2025").inner_text())
    page.locator(".widget-html mark", has_text="50 billion tenge").first.wait_for()
    value = page.locator(".widget-text", has_text="Value").locator("input")
    expect(value).to_have_value("2025", timeout=PATIENCE)
    value.fill("2026")
    page.locator(".widget-text", has_text="Because").locator("input").fill("the budget is that of 2026")
    page.get_by_role("button", name="Mend").click()
    page.locator(".widget-html", has_text="50 billion tenge: years 2026").first.wait_for()
    page.locator(".widget-html pre", has_text="50 billion tenge,years,2026,the budget is that of 2026").wait_for()
    assert doubts.locator("option").count() < before
    assert not tried.exists()
    page.get_by_role("button", name="Write the file").click()
    page.locator(".widget-html", has_text="tried.csv is written").first.wait_for()
    assert "50 billion tenge,years,2026,the budget is that of 2026" in tried.read_text(encoding="utf-8")
