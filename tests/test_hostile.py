"""What somebody might put into a statement to harm its reader: every word of it is shown, and none of it acts.

And what is simply broken: it is told in one line, and what can be read is read, in its place.
"""

import csv
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import auyl
from auyl.cli import main
from auyl.project import home
from auyl.reading.document import read_figures
from auyl.reports.markup import Prose
from auyl.reports.parameters import Parameter, read_value
from auyl.terminal import TURNING, visible

WORDS = {
    "HTML": "<script>alert(1)</script>",
    "an attribute": '" onmouseover="alert(2)" x=\'',
    "the end of a comment": "--> ]]> </title></style></textarea>",
    "a picture": "![x](https://evil.example/x.png) <img src=x onerror=alert(3)>",
    "a link": "[x](javascript:alert(4)) <a href='data:text/html,x'>y</a>",
    "Jinja": "{{ 7 * 7 }} {% include '/etc/passwd' %} {# gone #}",
    "YAML": "!!python/object/apply:os.system ['true']",
    "a spreadsheet's formula": "=cmd|' /C calc'!A0",
    "a terminal's colours": "\x1b[31mred\x1b[2J",
    "LaTeX": "$\\frac{1}{0}$ \\undefined $x",
    "a turn of direction": "\u202eegalliv\u2066 \u200f",
    "Markdown": "# h `x` **b** | a | b |",
}
EVIL = " ".join(WORDS.values())
GIVEN = ("--published", "2025-11-20", "--publisher", EVIL, "--place", EVIL, "--rights", EVIL)
TEXT = f"Villages {EVIL}\n\nIn 2024, 12 schools {EVIL} were built for the villages, and 3 roads of 7 km too.\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A project with the first notebook alone and the hostile statement, put there by `add`."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "notebooks").mkdir()
    shutil.copy(home() / "notebooks" / "00_start_here.ipynb", folder / "notebooks")
    (folder / "data").symlink_to(home() / "data")
    (folder / "saved.txt").write_text(TEXT, encoding="utf-8", newline="")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUYL_HOME", str(folder))
        file = str(folder / "saved.txt")
        result = CliRunner().invoke(main, ["add", file, *GIVEN, "--name", "hostile", "--title", EVIL])
        assert result.exit_code == 0, result.output
        (folder / "said.txt").write_text(result.output, encoding="utf-8")
        with (folder / "seeds" / "hostile.yml").open("a", encoding="utf-8") as passport:
            passport.write("url: data:text/html,<script>alert(5)</script>\n")  # `add` would refuse it
        built = CliRunner().invoke(main, ["report", "--statement", "hostile", "--out", str(folder / "reports")])
        assert built.exit_code == 0, built.output
    return folder


@pytest.fixture
def at_home(project, monkeypatch) -> Path:
    monkeypatch.setenv("AUYL_HOME", str(project))
    return project


class Tags(HTMLParser):
    """The tags of a page with their attributes, and its words."""

    def __init__(self, page: str):
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += data


@pytest.mark.parametrize("name", ["00_start_here.html", "index.html"])
def test_no_word_of_a_statement_acts_on_a_page(project, name):
    page = Tags((project / "reports" / name).read_text(encoding="utf-8"))
    assert [attributes for tag, attributes in page.tags if tag == "script"] == [{}]
    assert not {tag for tag, _ in page.tags} & {"iframe", "object", "embed", "form", "base", "textarea"}
    for tag, attributes in page.tags:
        assert not [key for key in attributes if key.startswith("on")], (tag, attributes)
        taken_away = "data:(text/csv;charset=utf-8|image/svg)" if "download" in attributes else "#"
        led = rf"#|\w+\.html|https://example\.org|$|{taken_away}"
        assert re.match(led, attributes.get("href") or ""), (tag, attributes)
        assert (attributes.get("src") or "data:image/").startswith("data:image/"), (tag, attributes)
    assert "{{ 7 * 7 }}" in page.words and "{# gone #}" in page.words and "root:" not in page.words
    # What turns the direction of reading is written out.
    assert "[U+202E]" in page.words and not set(TURNING) & set(page.words)
    assert "!!python/object" in page.words and "=cmd|" in page.words and "$\\frac{1}{0}$" in page.words


def test_the_passport_keeps_the_words_and_the_text_its_bytes(project, at_home):
    statement = auyl.read_statement("hostile")
    assert statement.text == TEXT
    assert statement.title == statement.publisher == statement.place == statement.rights == " ".join(EVIL.split())


def test_no_word_of_a_statement_acts_on_a_terminal(project, at_home):
    printed = CliRunner().invoke(main, ["figures", "hostile"])
    assert printed.exit_code == 0
    for said in (printed.output, (project / "said.txt").read_text(encoding="utf-8")):
        assert said.replace("\n", "").isprintable()
    assert "\\x1b[31mred" in (project / "said.txt").read_text(encoding="utf-8")
    refused = CliRunner().invoke(main, ["add", "-", *GIVEN, "--title", "x", "--url", EVIL], input=TEXT.encode())
    assert refused.exit_code == 2
    assert refused.stderr.count("\n") == 1 and refused.stderr.strip().isprintable()


def test_a_terminal_sees_ordinary_words_as_they_are():
    ordinary = "В 2024 году – «Ауыл – Ел бесігі»: 701\tмлрд ₸\n"
    assert visible(ordinary) == ordinary


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_figures_beside_hostile_words_keep_their_places(words):
    text = f"{words} 12 schools {words}\n\nUp to 3 billion tenge {words} went there in 2024.{words}"
    rows, unread = read_figures(text, "2025-01-01")
    assert {12, 3e9} <= {row["value"] for row in rows}
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in rows)
    assert all(text[item.start : item.end] == item.quote for item in unread)


@pytest.mark.parametrize(
    "mark", ["\u202e", "\u200f", "\u2067", "\u200b", "\ufeff", "\x00", "\x1b", "\x85", "\u2028", "\u0301"]
)
def test_invisible_marks_inside_words_and_numbers_move_no_position(mark):
    text = f"In 20{mark}24, 12{mark},000 scho{mark}ols were{mark} built. In 2024, 30 roads were built."
    rows, unread = read_figures(text, "2025-01-01")
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in rows)
    assert all(text[item.start : item.end] == item.quote for item in unread)
    assert (rows[-1]["value"], rows[-1]["quote"]) == (30, "30 roads")


def test_five_megabytes_are_read_to_the_end():
    text = ("x" * 999 + " ") * 5000 + "In 2024, 12 schools were built."
    rows, _ = read_figures(text, "2025-01-01")
    assert [(row["value"], row["start"]) for row in rows] == [(12, 5_000_009)]


@pytest.mark.parametrize(
    ("passport", "says"),
    [
        ("title: !!python/object/apply:os.system ['touch {gone}']\n", "the passport it.yml cannot be read"),
        ("title: !!python/name:os.system\n", "the passport it.yml cannot be read"),
        ("title: &a [x]\npublisher: *b\n", "the passport it.yml cannot be read"),
        ("title: \x1b[31m\n", "the passport it.yml cannot be read"),
        ("{{ 7 * 7 }}", "the passport it.yml"),
    ],
)
def test_a_passport_runs_nothing(tmp_path, passport, says):
    (tmp_path / "it.txt").write_text(TEXT, encoding="utf-8")
    rest = "publisher: B\npublished: 2025-01-01\nlanguage: en\n"
    (tmp_path / "it.yml").write_text(passport.replace("{gone}", str(tmp_path / "gone")) + rest, encoding="utf-8")
    result = CliRunner().invoke(main, ["figures", str(tmp_path / "it.txt"), "--out", str(tmp_path / "figures.csv")])
    assert result.exit_code == 2
    assert says in result.stderr and "Traceback" not in result.output
    assert result.stderr.replace("\n", "").isprintable()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["it.txt", "it.yml"]


@pytest.mark.parametrize(
    "name", ["=cmd|' C calc'!A0", "+1", "-1", "@x", "<b>x", "$x$", "{{ 7 }}", "x\x1b[31m", "a\u202eb", "a\nb"]
)
def test_the_name_of_a_file_acts_nowhere(tmp_path, name):
    """It becomes the id of a row: no cell of the table begins a formula, and a terminal sees no control."""
    (tmp_path / f"{name}.txt").write_text("In 2024, 12 schools were built.", encoding="utf-8")
    out = tmp_path / "figures.csv"
    given = ("--published", "2025-01-01", "--language", "en", "--out", str(out))
    result = CliRunner().invoke(main, ["figures", str(tmp_path / f"{name}.txt"), *given])
    assert result.output.replace("\n", "").isprintable()
    if name[0] in "=+-@" or not name.isprintable():
        assert result.exit_code == 2 and "its id is" in result.stderr and not out.exists()
    else:
        with out.open(encoding="utf-8", newline="") as file:
            assert [row["source_id"] for row in csv.DictReader(file)] == [name]


def test_no_chain_of_magnitudes_passes_every_number():
    text = "It cost 5 billion " + "million " * 60 + "tenge."
    assert [row["value"] for row in read_figures(text, "2025-01-01", "en")[0]] == [5e15]


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_a_computed_sentence_shows_hostile_words_as_words(words):
    page = Tags(Prose(pages=()).computed(f"The statement says: {words}"))
    assert not {tag for tag, _ in page.tags} - {"p", "code", "strong", "a", "h1", "h2"}
    assert all(re.match(r"https?://", attributes["href"]) for tag, attributes in page.tags if tag == "a")


@pytest.mark.parametrize("typed", ["1e-3", "true", "2024-01-01", "null", "~", "007", "[1]", "{a: 1}", "!!int 3", ""])
def test_a_parameter_of_words_stays_words(typed):
    assert read_value(Parameter("label", "str", "plain", ""), typed) == typed


@pytest.mark.parametrize("typed", ["1e-3", "true", "2024-01-01", "null", "~", "007", "[1]", "{a: 1}", "!!int 3"])
def test_a_passport_that_was_typed_stays_as_typed(tmp_path, typed):
    passport = {"title": typed, "publisher": typed, "published": "2025-01-01", "language": "en"}
    (tmp_path / "it.txt").write_text("12 schools", encoding="utf-8")
    (tmp_path / "it.yml").write_text(yaml.safe_dump(passport), encoding="utf-8")
    assert auyl.read_statement(tmp_path / "it.txt").title == typed
