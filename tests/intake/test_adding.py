"""Adding a statement: what a user saved is read whatever its encoding, and nothing wrong or half done is kept."""

import datetime
import hashlib
import html
import json
import os
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import auyl
from auyl.cli import main
from auyl.intake.new_statement import plain_letters
from auyl.project import home
from auyl.reading.language import language_of

RUSSIAN = "В сёлах построили школы\n\nВ 2024 году по программе «Ауыл – Ел бесігі» на это направили 12 млрд тенге.\n"
CYRILLIC = "Открыли школы\n\nВ 2024 году в селах открыли 12 новых школ, на что ушло до 3 млрд тенге.\n"
KAZAKH = "Ауылда мектеп ашылды\n\n2024 жылы ауылдарда 12 жаңа мектеп ашылды, оған 3 млрд теңгеге дейін бөлінді.\n"
ENGLISH = "Villages get schools\n\nIn 2024, 12 schools were opened in the villages for up to 3 billion tenge.\n"
PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title} | Сайт</title></head><body>
<nav><a href="/">Главная</a> <a href="/n">Новости 2025</a></nav><main><h1>{title}</h1><p>{first}</p>
<ul><li>30 школ в сёлах</li></ul></main><footer>© 1999 Сайт, телефон 8 800 100</footer></body></html>"""
GIVEN = ("--published", "2025-11-20", "--publisher", "The ministry")


@pytest.fixture
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The empty seeds folder of a project elsewhere, which `AUYL_HOME` names."""
    (tmp_path / "project" / "seeds").mkdir(parents=True)
    (tmp_path / "project" / "data").symlink_to(home() / "data")
    shutil.copy(home() / "seeds" / "2025-08-28_regional_development_concept.txt", tmp_path / "seed.txt")
    monkeypatch.setenv("AUYL_HOME", str(tmp_path / "project"))
    return tmp_path / "project" / "seeds"


def add(source: bytes, *options: str, name: str = "saved.txt", given: tuple[str, ...] = GIVEN):
    """What the command says to a file of these bytes, which lies in the folder above the project."""
    file = home().parent / name
    file.write_bytes(source)
    return CliRunner().invoke(main, ["add", str(file), *given, *options])


def added(source: bytes, *options: str, name: str = "saved.txt") -> auyl.Statement:
    result = add(source, *options, name=name)
    assert result.exit_code == 0, result.output
    return auyl.read_statement(auyl.statement_ids()[0])


def test_a_text_becomes_a_seed_with_its_passport(seeds):
    options = ("--place", "Kegen", "--url", "https://example.org/1?a=б", "--rights", "Text © the ministry")
    statement = added(ENGLISH.encode(), *options)
    assert statement.id == "2025-11-20_villages_get_schools"
    assert (statement.text, statement.title, statement.publisher) == (ENGLISH, "Villages get schools", "The ministry")
    assert (statement.language, statement.date) == ("en", datetime.date(2025, 11, 20))
    assert (statement.place, statement.url, statement.rights) == ("Kegen", options[3], "Text © the ministry")
    assert statement.original_file == "saved.txt"
    passport = yaml.safe_load((seeds / f"{statement.id}.yml").read_text(encoding="utf-8"))
    assert passport["sha256"] == hashlib.sha256((seeds / f"{statement.id}.txt").read_bytes()).hexdigest()
    assert sorted(path.suffix for path in seeds.iterdir()) == [".txt", ".yml"]  # nothing is left lying about


def test_what_was_read_is_printed_with_what_was_matched_and_what_was_not(seeds):
    text = RUSSIAN + "\nЕще 7 школ открыли в Риге.\n"
    lines = [" ".join(line.split()) for line in add(text.encode()).stdout.splitlines()]
    assert any(line.startswith("01 12 млрд тенге 12,000,000,000 exact KZT auyl_el_besigi allocation") for line in lines)
    assert any(line.startswith("02 7 школ 7 exact school not stated") for line in lines)
    assert "no figures, a year: 2024 году" in lines


def test_a_text_without_figures_is_added_and_told_as_such(seeds):
    result = add(b"Villages\n\nThe schools of the villages were praised by the minister.\n")
    assert result.exit_code == 0
    assert "No figures." in result.stdout.splitlines()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        (RUSSIAN, "utf-32"),
        (ENGLISH, "utf-16-le"),
        (KAZAKH, "utf-16-be"),
        (CYRILLIC, "cp1251"),
        (CYRILLIC, "koi8-r"),
        (CYRILLIC, "cp866"),
        (KAZAKH, "kz1048"),
        (ENGLISH.replace("In ", "“In” – £ "), "cp1252"),
    ],
)
def test_the_encoding_is_found_and_the_seed_is_utf_8(seeds, text, encoding):
    statement = added(text.encode(encoding))
    assert statement.text == text
    assert (seeds / f"{statement.id}.txt").read_bytes() == text.encode()
    assert auyl.figures(statement)["value"].isin([12, 12e9]).any()


def test_every_statement_of_the_cases_is_told_from_its_old_encoding_and_language():
    from auyl.intake.encodings import decode

    cases = [json.loads(line) for path in Path(__file__).parents[1].glob("cases/*statements_*.jsonl")
             for line in path.read_text(encoding="utf-8").splitlines()]  # fmt: skip
    for case in cases:
        told = language_of(case["text"])
        # in a single sentence there may be too few words to tell, but never the wrong ones
        assert told == case["lang"] or (told is None and len(case["text"]) < 150), case["text"]
        encoding = {"ru": "cp1251", "kk": "kz1048", "en": "cp1252"}[case["lang"]]
        for text in (case["text"], case["text"][:120]):
            raw = text.encode(encoding, "ignore")
            assert decode(raw, "it")[0] == raw.decode(encoding)


@pytest.mark.parametrize(
    "text",
    [
        "Жаңы айылдарды өнүктүрүү үчүн 5 млн сом бөлүндү жана бул программа боюнча 30 мектеп курулду.",
        "У 2024 році на розвиток сіл виділено 5 млрд гривень, це дозволило збудувати до 100 шкіл на кошти бюджету.",
        "През 2024 г. за развитието на селата са отделени 5 млрд. лева, което позволи да се построят училища.",
        "En 2024, le gouvernement a alloué 5 milliards de tenge au développement des villages de la région.",
        "64%",
    ],
    ids=["Kyrgyz", "Ukrainian", "Bulgarian", "French", "too short"],
)
def test_a_language_that_is_not_clear_is_asked_for(seeds, text):
    result = add(text.encode(), "--title", "It")
    assert "language: the text does not show which it is; give one of en, kk, ru." in result.stderr
    assert not list(seeds.iterdir())


@pytest.mark.parametrize(
    "text", [ENGLISH.replace("\n", "\r\n"), "Cafe\u0301 – й\u0306\n\n" + ENGLISH], ids=["CRLF", "NFD"]
)
def test_line_ends_and_accents_stay_as_they_were_given(seeds, text):
    assert added(text.encode()).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
@pytest.mark.parametrize("declared", [True, False])
def test_a_saved_page_gives_its_article_and_its_headline(seeds, encoding, declared):
    title, _, first = CYRILLIC.strip().partition("\n\n")
    page = PAGE.format(charset=encoding if declared else "", title=title, first=first)
    statement = added(page.encode(encoding), name="page.html")
    assert statement.title == title
    assert first in statement.text.split("\n\n")
    assert [(row.value, row.unit) for row in auyl.figures(statement).itertuples()] == [
        (12, "school"), (3e9, "KZT"), (30, "school")]  # fmt: skip
    assert "2025" not in statement.text and "1999" not in statement.text and "<" not in statement.text


def test_an_article_loses_no_figure_on_its_way_out_of_a_page(seeds):
    seed = (home().parent / "seed.txt").read_text(encoding="utf-8")
    headline, *paragraphs = seed.strip().split("\n\n")
    rest = "</p>\n<p>".join(html.escape(paragraph) for paragraph in paragraphs)
    page = PAGE.format(charset="utf-8", title=html.escape(headline), first=rest).replace("<li>30 школ в сёлах</li>", "")
    kept = ["quote", "value", "bound", "unit", "subject", "indicator", "status", "start_year", "end_year"]
    read = auyl.figures(added(page.encode(), name="page.html"))
    assert read[kept].equals(auyl.figures(auyl.Statement(seed, date="2025-11-20"))[kept])
    assert len(read) == 15


def test_standard_input_is_read_too(seeds):
    result = CliRunner().invoke(main, ["add", "-", *GIVEN, "--name", "mine"], input=ENGLISH.encode())
    assert result.exit_code == 0, result.output
    assert auyl.read_statement("mine").text == ENGLISH
    assert auyl.read_statement("mine").original_file is None


TOMORROW = str(datetime.date.today() + datetime.timedelta(days=2))


@pytest.mark.parametrize(
    ("source", "options", "says"),
    [
        (b"", (), "saved.txt is empty: there is no text in it"),
        (b" \n\t\n", (), "saved.txt is empty"),
        (b"\xef\xbb\xbf", (), "saved.txt is empty"),
        (b"%PDF-1.7\n1 0 obj", (), "saved.txt is a PDF: save the text itself as a .txt file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), (), "saved.txt is a picture"),
        (b"PK\x03\x04" + bytes(20), (), "saved.txt is a Word document or another archive"),
        (b"{\\rtf1 12 schools}", (), "saved.txt is an RTF document"),
        (bytes(range(256)) * 9, (), "saved.txt is no text in an encoding that is known"),
        (b"12 schools\0", (), "saved.txt is no text"),
        (RUSSIAN.encode()[:-40] + b"\xd0 " + RUSSIAN.encode()[-40:], (), "saved.txt is damaged: byte"),
        (RUSSIAN.encode("utf-16")[:-1], (), "saved.txt is damaged: byte"),
        (b"x" * 20_000_001, (), "saved.txt is too large: a statement has at most 20,000,000 bytes"),
        (b"<!doctype html><title>A</title><body><script>draw()</script>", (), "a web page without an article"),
        (b"<html><body>" + b"<a href=x>Next one</a><br>" * 40, (), "a web page without an article"),
        (ENGLISH.encode(), ("--published", TOMORROW), f"published: {TOMORROW} is in the future"),
        (ENGLISH.encode(), ("--published", "May 2025"), "the date 'May 2025' is no day: write it as 2025-08-28"),
        (ENGLISH.encode(), ("--published", ""), "published: the day is needed"),
        (ENGLISH.encode(), ("--publisher", " "), "publisher: none is given and the text shows none"),
        (ENGLISH.encode(), ("--language", "fr"), "language: 'fr' has no vocabulary; those that have one are en, kk"),
        (b"In 2024, 12 schools were opened.", ("--language", "en"), "title: none is given and the text shows none"),
        (ENGLISH.encode(), ("--url", "javascript:alert(1)"), "url: 'javascript:alert(1)' is no address on the web"),
        (ENGLISH.encode(), ("--url", "data:text/html,x"), "is no address on the web"),
        (ENGLISH.encode(), ("--url", "https://example.org/\u202ecod.x"), "is no address on the web"),
        (ENGLISH.encode(), ("--url", "https://example.org/\x1b[31m"), "is no address on the web"),
        (ENGLISH.encode(), ("--title", "村庄"), "holds no letter that a file's name could have"),
        (ENGLISH.encode(), ("--title", "\udcff"), "holds bytes that are no UTF-8"),
        *((ENGLISH.encode(), ("--name", name), "is no name for a file") for name in
          ("../outside", "..", "a/b", "a\\b", "/etc/passwd", "", ".hidden", "it.txt", "it\n", "it\0", "x" * 101)),
    ],
)  # fmt: skip
def test_what_cannot_be_added_is_one_line_and_nothing_is_written(seeds, source, options, says):
    result = add(source, *options)
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stderr.count("\n") == 1
    assert not list(seeds.iterdir())


@pytest.mark.parametrize("given", [GIVEN[2:], GIVEN[:2]], ids=["no day", "no publisher"])
def test_day_and_publisher_are_needed(seeds, given):
    result = add(ENGLISH.encode(), given=given)
    assert result.exit_code == 2 and result.stderr.count("\n") == 1
    assert not list(seeds.iterdir())


def test_a_seed_is_never_overwritten(seeds):
    added(ENGLISH.encode(), "--name", "it")
    result = add(RUSSIAN.encode(), "--name", "it")
    assert result.exit_code == 2
    assert "it.txt is there already: a seed is never overwritten; give another --name" in result.stderr
    assert auyl.read_statement("it").text == ENGLISH


def test_the_same_text_is_added_once(seeds):
    added(ENGLISH.encode(), "--name", "it")
    result = add(ENGLISH.encode(), "--name", "again")
    assert result.exit_code == 2 and "already, as it: its figures would count twice" in result.stderr
    assert sorted(path.name for path in seeds.iterdir()) == ["it.txt", "it.yml"]


def test_an_address_is_told_to_be_saved_first(seeds):
    result = CliRunner().invoke(main, ["add", "https://example.org/a", *GIVEN])
    assert result.exit_code == 2
    assert "https://example.org/a is an address: open it, save the page, and give the file" in result.stderr


def test_a_page_that_takes_too_long_to_read_is_one_line(seeds, monkeypatch):
    monkeypatch.setattr("auyl.intake.web_pages.LONGEST", 0.01)
    result = add(PAGE.format(charset="", title="T", first="A page.").encode(), name="page.html")
    assert result.exit_code == 2 and result.stderr.count("\n") == 1
    assert "page.html is a web page that takes more than 0.01 seconds to read: save its text" in result.stderr


def test_a_passport_that_waits_for_its_text_is_not_overwritten(seeds):
    (seeds / "it.yml").write_text("mine", encoding="utf-8")
    assert add(ENGLISH.encode(), "--name", "it").exit_code == 2
    assert [path.name for path in seeds.iterdir()] == ["it.yml"]


@pytest.mark.parametrize("kept", [0, 1, 2, 3])
def test_a_full_disk_leaves_neither_file(seeds, monkeypatch, kept):
    """The writes and the two renames fail in turn."""
    steps = iter([True] * kept + [False] * 9)

    def failing(real):
        def step(*arguments):
            if not next(steps):
                raise OSError(28, "No space left on device", "seeds")
            return real(*arguments)

        return step

    monkeypatch.setattr(os, "fsync", failing(os.fsync))
    monkeypatch.setattr(Path, "replace", failing(Path.replace))
    result = add(ENGLISH.encode())
    assert result.exit_code == 2
    assert "cannot be written: No space left on device" in result.stderr and result.stderr.count("\n") == 1
    assert not list(seeds.iterdir())


def test_a_project_that_is_not_there_is_not_made(seeds, monkeypatch, tmp_path):
    monkeypatch.setenv("AUYL_HOME", str(tmp_path / "mistyped"))
    (tmp_path / "saved.txt").write_text(ENGLISH, encoding="utf-8")
    result = CliRunner().invoke(main, ["add", str(tmp_path / "saved.txt"), *GIVEN])
    assert result.exit_code == 2 and "mistyped" in result.stderr
    assert not (tmp_path / "mistyped").exists()


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Kazakhstan Unveils «Concept» – until 2030!", "kazakhstan_unveils_concept_until_2030"),
        ("Щедрый объём: ёлки, юг", "shchedryy_obyom_yolki_yug"),
        ("Қазақстан өңірі үшін ұлы іс", "qazaqstan_ongiri_ushin_uly_is"),
        ("Café naïve", "cafe_naive"),
        ("word " * 30, "_".join(["word"] * 12)),
        ("x" * 200, "x" * 60),
        ("村庄 🙂", ""),
    ],
)
def test_a_headline_becomes_plain_letters(title, slug):
    assert plain_letters(title) == slug


@pytest.mark.parametrize("words", ["null", "true", "2024-01-01", "1e-3", "007", "~", "- a", "a: b", "# x", "'", '"{'])
def test_words_that_yaml_would_take_for_something_else_stay_words(seeds, words):
    statement = added(ENGLISH.encode(), "--title", words, "--place", words, "--rights", words, "--name", "it")
    assert statement.title == statement.place == statement.rights == words
