"""What an attacker would put into a statement, in a real browser: nothing of it runs, and nothing is asked for."""

from pathlib import Path

import nbformat
import pytest
import yaml

from auyl.reports.manifest import Run
from auyl.reports.matrix import build_reports

SCRIPTS = (
    "<script>{act}</script>",
    "<img src=x onerror={act}>",
    "<svg onload={act}>",
    "<svg><script>{act}</script></svg>",
    "<svg><a xlink:href='javascript:{act}'><text>x</text></a></svg>",
    "<body onload={act}>",
    "<details open ontoggle={act}>",
    "<iframe srcdoc='<script>parent.{act}</script>'></iframe>",
    "<iframe src='javascript:parent.{act}'></iframe>",
    "<a href='javascript:{act}'>x</a>",
    "<a href=' java&#10;script:{act}'>x</a>",
    "[x](javascript:{act})",
    "![x](https://evil.example/md.png)",
    "</script><script>{act}</script>",
    "</style><script>{act}</script>",
    "</title><script>{act}</script>",
    "--><script>{act}</script>",
    "]]><script>{act}</script>",
    '"><script>{act}</script>',
    "'><img src=x onerror={act}>",
    "<object data='https://evil.example/o'></object>",
    "<embed src='https://evil.example/e'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/m'>",
    "<form action='https://evil.example/f'><input autofocus onfocus={act}></form>",
    "<base href='https://evil.example/'>",
    "<link rel=stylesheet href='https://evil.example/c'>",
    "<style>@import 'https://evil.example/s';</style>",
    "<div style='background:url(https://evil.example/b)'>x</div>",
    "<video src='https://evil.example/v' onerror={act}></video>",
    "<math><mtext><mglyph><style><img src=x onerror={act}></style></mglyph></mtext></math>",
)
ACT = "document.documentElement.dataset.ran=1"
WORDS = [script.format(act=ACT) for script in SCRIPTS]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page that shows the words of a statement in every way there is: headline, table, print, HTML, chart, error."""
    project = tmp_path_factory.mktemp("injections")
    for name in ("notebooks", "seeds", "data"):
        (project / name).mkdir()
    evil = " ".join(WORDS)
    cells = [
        ("# A page", []),
        ('statement: str = "x"', ["parameters"]),
        ("from IPython.display import Markdown, display\nimport auyl, pandas as pd", []),
        ("it = auyl.read_statement(statement)", []),
        ("Markdown(it.title)", ["headline"]),
        ("pd.DataFrame({'words': it.text.split('\\n')})", []),
        ("print(it.text)", []),
        ("from IPython.display import HTML\nHTML(it.text)", []),
        ("display({'image/svg+xml': '<svg xmlns=\"http://www.w3.org/2000/svg\"><text>' + it.text.replace('&', '&amp;')"
         ".replace('<', '&lt;') + '</text></svg>', 'text/plain': it.text}, raw=True)", ["chart"]),
        ("raise ValueError(it.text)", []),
    ]  # fmt: skip
    made = [
        nbformat.v4.new_markdown_cell(source)
        if source.startswith("#")
        else nbformat.v4.new_code_cell(source, metadata={"tags": tags})
        for source, tags in cells
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=made), project / "notebooks" / "01_words.ipynb")
    text = "In 2024, 12 schools were built.\n" + "\n".join(WORDS)
    (project / "seeds" / "evil.txt").write_text(text, encoding="utf-8")
    passport = {"title": evil, "publisher": evil, "published": "2025-01-01", "language": "en", "place": evil}
    (project / "seeds" / "evil.yml").write_text(yaml.safe_dump(passport), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUYL_HOME", str(project))
        run = Run(project / "notebooks" / "01_words.ipynb", {"statement": "evil"})
        build_reports([run], [], "evil", project / "out")
    return project / "out"


@pytest.mark.parametrize("name", ["01_words", "index"])
def test_no_injection_runs_or_asks_for_anything(reports, browser, name):
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.on("dialog", lambda dialog: asked.append("a dialog"))
    address = (reports / f"{name}.html").as_uri()
    page.goto(address)
    for link in page.query_selector_all("main a[href]"):  # no link on the page is a script
        assert "script:" not in (link.get_attribute("href") or "").lower()
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.dataset.ran") is None
    assert page.url == address and [url for url in asked if not url.startswith("file:")] == []
    assert "onerror=" in page.inner_text("body")  # the words are there, as words
    context.close()
