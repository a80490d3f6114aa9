"""Seeds and passports: what cannot be read stops in one sentence that says what to mend; positions hold."""

import datetime
import hashlib
import re
from pathlib import Path

import pytest

import auyl
from auyl import project

TEXT = "In 2024 the district opened 12 schools.\n\nThe budget is 3 billion tenge."
PASSPORT = "title: A review\npublisher: The district\npublished: 2024-05-06\nlanguage: en\n"


@pytest.fixture
def seeds(tmp_path, monkeypatch) -> Path:
    """An empty seeds folder in place of the project's, and beside it a file that nobody may reach."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    monkeypatch.setattr(project, "seeds", lambda: folder)
    put(tmp_path, "outside")
    return folder


def put(folder: Path, name: str, text: str | bytes = TEXT, passport: str | bytes | None = PASSPORT) -> str:
    (folder / f"{name}.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    if passport is not None:
        (folder / f"{name}.yml").write_bytes(passport if isinstance(passport, bytes) else passport.encode())
    return name


def test_a_statement_is_its_text_and_what_its_passport_says(seeds):
    extra = "place: Kegen\nurl: https://example.org/1\noriginal_file: a.html\nrights: theirs\nreader: ours\n"
    statement = auyl.read_statement(put(seeds, "review", passport=PASSPORT + extra))
    assert (statement.id, statement.text, statement.date) == ("review", TEXT, datetime.date(2024, 5, 6))
    assert (statement.title, statement.publisher, statement.language) == ("A review", "The district", "en")
    assert (statement.place, statement.url, statement.rights) == ("Kegen", "https://example.org/1", "theirs")
    assert statement.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


def test_a_path_is_read_wherever_it_lies(seeds, tmp_path):
    assert auyl.read_statement(tmp_path / "outside.txt").id == "outside"
    assert auyl.read_statement(str(tmp_path / "outside.txt")).text == TEXT


def test_what_a_passport_leaves_out_is_missing(seeds):
    statement = auyl.read_statement(put(seeds, "short"))
    assert statement.place is statement.url is statement.rights is None


@pytest.mark.parametrize(
    ("passport", "says"),
    [
        (None, "has no passport: write it.yml with title, publisher, published, language"),
        ("", "no list of `name: value` lines"),
        ("- a\n- b\n", "no list of `name: value` lines"),
        ("title: [1\n", "the passport it.yml cannot be read"),
        ("title: a: b\n", "the passport it.yml cannot be read"),
        (b"title: \xff\xfe\n", "the passport it.yml cannot be read"),
        ("title: A\n", "lacks publisher, published, language"),
        (PASSPORT.replace("2024-05-06", ""), "lacks published"),
        (PASSPORT.replace("2024-05-06", "May 2024"), "says published 'May 2024': write a day as 2025-08-28"),
        (PASSPORT.replace("2024-05-06", "2024"), "write a day as 2025-08-28"),
        (PASSPORT.replace("language: en", "language: fr"), "says language 'fr': known are en, kk, ru"),
        (PASSPORT + "sha256: 0000\n", "is not the text its passport describes: its checksum is"),
    ],
)
def test_a_passport_that_does_not_serve_is_named_with_what_is_wrong(seeds, passport, says):
    put(seeds, "it", passport=passport)
    with pytest.raises(auyl.StatementError) as stop:
        auyl.read_statement("it")
    assert says in str(stop.value)
    assert "\n" not in str(stop.value)


@pytest.mark.parametrize("day", ["2024-05-06", "'2024-05-06'", "2024-05-06 10:30:00", "2024-05-06T10:30:00Z"])
def test_the_date_may_be_written_any_way_yaml_knows(seeds, day):
    put(seeds, "it", passport=PASSPORT.replace("2024-05-06", day))
    assert auyl.read_statement("it").date == datetime.date(2024, 5, 6)


def test_the_right_checksum_passes_and_an_edited_text_does_not(seeds):
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    put(seeds, "it", passport=PASSPORT + f"sha256: {digest}\n")
    assert auyl.read_statement("it").sha256 == digest
    (seeds / "it.txt").write_text(TEXT.replace("12", "13"), encoding="utf-8")
    with pytest.raises(auyl.StatementError, match="put the published text back, or correct the passport"):
        auyl.read_statement("it")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "it.txt is empty: put the statement's text into it"),
        (" \r\n\t\n", "it.txt is empty"),
        (b"\xef\xbb\xbf", "it.txt is empty"),
        (b"12 schools \xff", "it.txt is not UTF-8 at byte 11: save it as UTF-8"),
        (TEXT.encode("utf-16"), "it.txt is not UTF-8 at byte 0"),
        ("Открыто 12 школ".encode("cp1251"), "it.txt is not UTF-8 at byte 0"),
    ],
)
def test_a_text_that_cannot_be_read_is_named_with_what_is_wrong(seeds, text, says):
    put(seeds, "it", text)
    with pytest.raises(auyl.StatementError) as stop:
        auyl.read_statement("it")
    assert says in str(stop.value)


@pytest.mark.parametrize(
    "id", ["../outside", "..", ".", "/etc/passwd", "a/b", "a\\b", "", " ", "it\n", "it\0", "~root", "it*", ".hidden"]
)
def test_an_id_never_leaves_the_folder(seeds, id):
    put(seeds, "it")
    with pytest.raises(auyl.StatementError, match="is no statement's id"):
        auyl.read_statement(id)


def test_an_unknown_id_lists_those_there_the_newest_first(seeds):
    with pytest.raises(
        auyl.StatementError, match=f"no statement 'review' in {re.escape(str(seeds))}: those there are none yet"
    ):
        auyl.read_statement("review")
    put(seeds, "older")
    put(seeds, "newer", passport=PASSPORT.replace("2024", "2025"))
    with pytest.raises(auyl.StatementError, match="those there are newer, older"):
        auyl.read_statement("review")
    assert auyl.statement_ids() == ["newer", "older"]


def test_a_broken_passport_does_not_hide_the_other_statements(seeds):
    put(seeds, "good")
    put(seeds, "bad", passport="title: [1\n")
    assert set(auyl.statement_ids()) == {"good", "bad"}


def test_a_path_that_is_none_says_so(seeds, tmp_path):
    for source in (tmp_path / "none.txt", "none.txt", tmp_path):
        with pytest.raises(auyl.StatementError, match="there is no statement at"):
            auyl.read_statement(source)


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace(" ", "\u00a0").encode(),
    ],
    ids=["byte order mark", "Windows", "both", "old Mac", "no-break spaces"],
)
def test_line_ends_are_kept_so_that_positions_hold(seeds, raw):
    put(seeds, "it", raw)
    statement = auyl.read_statement("it")
    assert statement.text == raw.decode("utf-8-sig")
    figures = auyl.figures(statement)
    assert [(row.value, row.unit) for row in figures.itertuples()] == [(12, "school"), (3e9, "KZT")]
    assert all(statement.text[row.start : row.end] == row.quote for row in figures.itertuples())
    assert [statement.text[start:end] for start, end in statement.sentences][-1].startswith("The")


def test_a_statement_made_in_place_is_checked_too():
    assert auyl.Statement("12 schools", date="2024-05-06").date == datetime.date(2024, 5, 6)
    with pytest.raises(auyl.StatementError, match="the date 'soon' is no day"):
        auyl.Statement("12 schools", date="soon")
    with pytest.raises(auyl.StatementError, match="the language 'xx' has no vocabulary"):
        auyl.Statement("12 schools", date="2024-05-06", language="xx")


@pytest.mark.parametrize("seed", [path.stem for path in project.seeds().glob("*.txt")])
def test_every_seed_of_the_project_is_the_text_its_passport_describes(seed):
    statement = auyl.read_statement(seed)
    assert statement.sha256 == hashlib.sha256((project.seeds() / f"{seed}.txt").read_bytes()).hexdigest()
    passport = (project.seeds() / f"{seed}.yml").read_text(encoding="utf-8")
    assert statement.sha256 in passport
    assert statement.rights and statement.original_file
