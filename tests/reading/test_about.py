"""What a figure is about, sentence by sentence: programme, place, part, years and status, and whence each is known.

The rows of cases/about.csv were worked out by hand from the rules; `-` is not stated, `_` a space.
"""

import csv
from pathlib import Path

import pytest

import auyl
from auyl.reading import lexicon
from auyl.reading.document import Document
from auyl.reading.language import language_of

CASES = Path(__file__).parents[1] / "cases"
with (CASES / "about.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['quote']}: {row['about']}")
def test_a_figure_is_about_what_its_words_say(row):
    figures = Document(row["text"], row["date"], row["language"]).figures
    figure = next(figure for figure in figures if figure.quote == row["quote"])
    expected = dict(pair.split("=", 1) for pair in row["about"].split(" "))
    read = {name: getattr(figure, name) for name in expected}
    assert {name: "-" if found is None else str(found).replace(" ", "_") for name, found in read.items()} == expected


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["quote"])
def test_every_reading_says_whence_it_is_known_and_nothing_else_does(row):
    for figure in Document(row["text"], row["date"], row["language"]).figures:
        pairs = {
            "unit_from": figure.unit,
            "subject_from": figure.subject or figure.programme,
            "place_from": figure.place,
            "years_from": figure.end_year,
            "status_from": figure.status,
        }
        assert {name: getattr(figure, name) is None for name in pairs} == {n: v is None for n, v in pairs.items()}


@pytest.mark.parametrize(
    ("text", "language", "country"),
    [
        ("The ministry spent 5 billion tenge.", "en", "KZ"),
        ("Nigeria has 36 states, and Abuja paid $5 million.", "en", "NG"),
        ("На это направят 2,4 млрд рублей.", "ru", "RU"),
        ("Ауылда 5 мектеп салынды.", "kk", "KZ"),
        ("It cost $5 million.", "en", None),
    ],
)
def test_a_statement_is_of_the_country_that_its_places_and_money_show(text, language, country):
    assert Document(text, "2025-01-01", language).country == country
    assert Document(text, "2025-01-01", language, "PK").country == "PK"  # as the passport says


def test_a_statement_is_read_once(monkeypatch):
    statement = auyl.Statement("In 2024, 12 schools were built and a law was adopted.", date="2025-01-01")
    auyl.figures(statement)
    monkeypatch.setattr("auyl.reading.document.collect", None)  # a second reading would call it
    assert len(auyl.figures(statement)) == 1
    assert len(auyl.unread(statement)) == 1
    assert len(auyl.commitments(statement)) == 1


def test_a_long_text_is_read_part_by_part_and_gives_the_same():
    paragraph = "In 2024, Kisumu County built 12 schools for $3 million.\r\n\r\n"
    once = Document(paragraph, "2025-01-01").figures
    text = paragraph * 4_000  # 236,000 letters
    figures = Document(text, "2025-01-01").figures
    assert len(figures) == 4_000 * len(once)
    assert all(text[figure.start : figure.end] == figure.quote for figure in figures)
    assert [figure.sentence for figure in figures] == [n for n in range(1, 4_001) for _ in once]
    assert {figure[3:] for figure in figures} == {figure[3:] for figure in once}


def test_a_text_tells_its_language_or_the_reader_is_asked():
    assert auyl.Statement("Свыше 2,5 млрд тенге", date="2025-01-01").language == "ru"
    assert auyl.figures(auyl.Statement("Свыше 2,5 млрд тенге", date="2025-01-01"))["value"].tolist() == [2.5e9]
    assert auyl.Statement("Биыл 12 мектеп салынды", date="2025-01-01").language == "kk"
    with pytest.raises(auyl.StatementError, match="does not show its language: give language=, one of en, kk, ru"):
        auyl.Statement("64%", date="2025-01-01")


def test_a_language_is_found_with_its_file_alone(tmp_path, monkeypatch):
    for path in lexicon.FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "fr.toml").write_text('common = "le la les de des et en une dans pour"\n', encoding="utf-8")
    monkeypatch.setattr(lexicon, "FOLDER", tmp_path)
    monkeypatch.setattr("auyl.reading.language.LANGUAGES", (*lexicon.LANGUAGES, "fr"))
    assert language_of("En 2024, le gouvernement a construit 12 écoles dans les villages de la région.") == "fr"
    lexicon.lexicon.cache_clear()
