"""The README says nothing that the project does not do: its example prints what it says, its picture is today's."""

import doctest
import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def picture() -> str:
    """The chart in the README: the one that leads notebook 01, on white for viewers with a dark page."""
    notebook = json.loads((ROOT / "notebooks" / "01_funding_per_project.ipynb").read_text(encoding="utf-8"))
    cell = next(cell for cell in notebook["cells"] if "chart" in cell["metadata"].get("tags", []))
    svg = "".join(cell["outputs"][0]["data"]["image/svg+xml"])
    return re.sub(r'style="fill: none[^"]*"', 'style="fill: #ffffff"', svg, count=1)


def test_the_example_prints_what_the_readme_says():
    example = re.search(r"```pycon\n(.*?)```", README, flags=re.DOTALL)[1]
    test = doctest.DocTestParser().get_doctest(example, {}, "README", "README.md", 0)
    assert test.examples
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test)
    assert not result.failed


def test_the_picture_is_the_chart_of_today():
    # Refresh it with `.venv/bin/python tests/test_readme.py`.
    assert (ROOT / "docs" / "cost_per_project.svg").read_text(encoding="utf-8") == picture()


def refresh() -> None:
    (ROOT / "docs" / "cost_per_project.svg").write_text(picture(), encoding="utf-8")


def test_every_file_the_readme_links_to_is_there():
    links = re.findall(r"\]\((?!https?:|#)([^)\s]+)\)", README)
    missing = [link for link in links if not (ROOT / link).exists() and not link.startswith("reports/")]
    assert links and not missing


def test_every_make_target_of_the_readme_exists():
    targets = set(re.findall(r"make (reports|test|lab|bench|lock|clean|\w+)`", README))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert targets and all(re.search(rf"^{target}:", makefile, flags=re.MULTILINE) for target in targets)


if __name__ == "__main__":
    refresh()
