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

import nbformat
import pytest

from auyl.project import home, notebooks

TOKEN = "of-this-test"  # noqa: S105 - of a server that nobody else can reach
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


def test_make_labs_workspace_opens_the_start_notebook_with_its_contents(page, lab: str):
    page.goto(f"{lab}/lab/workspaces/auyl?token={TOKEN}")
    page.locator(".jp-Notebook h1", has_text="What does the statement say?").first.wait_for()
    page.locator(".jp-TableOfContents", has_text="What follows from the figures").first.wait_for()


def test_a_notebook_runs_and_its_answer_is_there(page, lab: str):
    run_all(page, lab, "01_funding_per_project.ipynb")
    answer = page.locator(".jp-OutputArea-output", has_text="at least 116.8 million tenge for each project").first
    answer.wait_for()
    page.locator(".jp-RenderedSVG").first.wait_for()


def test_a_choice_changes_the_sentence(page, lab: str):
    run_all(page, lab, "explore.ipynb")
    page.locator(".widget-html", has_text="at least 116.8 million tenge").first.wait_for()
    year = page.locator(".widget-dropdown", has_text="Tenge of").locator("select")
    year.select_option("2024")
    page.locator(".widget-html", has_text="by 12% in tenge of 2024").first.wait_for()
