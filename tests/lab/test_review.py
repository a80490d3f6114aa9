"""review.ipynb without a browser: a click makes a line of corrections, the reading follows, the file waits.

The statement is the seed. Its weakest readings are carried over from an earlier sentence: that "around 1,000 projects"
are those of Auyl – Yel besigi, for one.
"""

import csv
import shutil

import pytest

import auyl
from auyl.doubts import doubts
from auyl.lab.review import Review
from auyl.project import home
from auyl.reading.corrections import HEADER

SEED = "2025-08-28_regional_development_concept"


@pytest.fixture
def review(tmp_path) -> Review:
    return Review(SEED, tmp_path / "tried.csv")


def choose(review: Review, *words: str) -> None:
    """Chooses the first doubt with all of these words."""
    review.list.index = next(
        n for n, (about, _) in enumerate(review.list.options) if all(word in about for word in words)
    )


def press(review: Review, name: str, why: str = "the minister said so") -> None:
    review.why.value = why
    review.buttons[name].click()


def reading(review: Review, quote: str) -> dict:
    return review.figures.set_index("quote").loc[quote].to_dict()


def test_it_lists_what_auyl_check_lists_each_with_its_words_in_their_paragraph(review):
    assert list(review.doubts["about"]) == [doubt.about for doubt in doubts(review.printed)]
    choose(review, "around 1,000 projects", "earlier sentence")
    assert "This year, <mark>around 1,000 projects</mark> are planned across 500 villages." in review.context.value
    assert "The minister" not in review.context.value  # another paragraph
    assert (review.column.value, review.value.value) == ("subject", "auyl_el_besigi")


def test_confirming_signs_the_reading_as_it_is_and_takes_it_off_the_list(review):
    choose(review, "around 1,000 projects", "earlier sentence")
    about = review.doubts["about"].iloc[review.list.index]
    press(review, "confirm")
    figure = reading(review, "around 1,000 projects")
    assert (figure["subject"], figure["subject_from"]) == ("auyl_el_besigi", "correction")
    assert about not in list(review.doubts["about"])


@pytest.mark.parametrize(
    ("column", "value", "read"),
    [
        ("unit", "school", {"unit": "school", "unit_from": "correction"}),
        ("subject", "auyl_amanaty", {"subject": "auyl_amanaty", "programme": "Auyl Amanaty"}),
        ("place", "KZ-39", {"place": "KZ-39", "place_from": "correction"}),
        ("part", "roads", {"part": "roads", "place_from": "correction"}),
        ("years", "2025-2026", {"start_year": 2025, "end_year": 2026, "years_from": "correction"}),
        ("status", "actual", {"status": "actual", "status_from": "correction"}),
        ("value", "900 projects", {"value": 900.0, "bound": "exact"}),
    ],
)
def test_mending_changes_the_reading(review, column, value, read):
    choose(review, "around 1,000 projects", "earlier sentence")
    review.column.value = column
    review.value.value = value
    press(review, "mend")
    figure = reading(review, "around 1,000 projects")
    assert {name: figure[name] for name in read} == read
    assert f'"around 1,000 projects",{column},{value},the minister said so' in review.lines.value.replace("&quot;", '"')


def test_dropping_takes_the_figure_away(review):
    choose(review, "three such cities")
    press(review, "drop")
    assert "three such cities" not in set(review.figures["quote"])


def test_two_figures_that_a_person_puts_together_are_confirmed(review):
    choose(review, "701 billion tenge", "500 villages", "held back")
    assert [label for label, _ in review.figure.options] == ["701 billion tenge", "500 villages"]
    assert review.context.value.count("<mark>") == 2
    press(review, "confirm")
    money, villages = (reading(review, quote) for quote in ("701 billion tenge", "500 villages"))
    assert money["subject_from"] == villages["subject_from"] == "correction"
    assert review.figures.attrs["confirmed"] == [[f"{SEED}#04", f"{SEED}#07"]]


def test_a_correction_needs_a_reason_and_a_value_that_its_column_can_have(review):
    choose(review, "50 billion tenge", "years")
    press(review, "mend", why=" ")
    assert "Because" in review.said.value and "alert" in review.said.value
    review.value.value = "next year"
    press(review, "mend")
    assert "is no period: write 2025 or 2019-2024" in review.said.value
    assert review.added == [] and reading(review, "50 billion tenge")["start_year"] == 2025


def test_nothing_is_written_before_its_button_and_then_the_library_reads_it(review, monkeypatch, tmp_path):
    choose(review, "50 billion tenge", "years")
    review.value.value = "2026"
    press(review, "mend")
    assert not review.file.exists() and not review.file.with_name(f"{SEED}.corrections.csv").exists()
    press(review, "write")
    with review.file.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == HEADER
    (tmp_path / "seeds").mkdir()
    for ending in (".txt", ".yml"):
        shutil.copy(home() / "seeds" / f"{SEED}{ending}", tmp_path / "seeds")
    shutil.copy(review.file, tmp_path / "seeds" / f"{SEED}.corrections.csv")
    monkeypatch.setenv("AUYL_HOME", str(tmp_path))
    figures = auyl.figures(auyl.read_statement(SEED)).set_index("quote")
    assert figures.loc["50 billion tenge", "start_year"] == 2026


def test_what_stands_in_the_file_is_kept_as_it_is_and_can_be_added_to(review):
    before = 'start,quote,column,value,why\n,"500 villages",years,"2025","as planned, by the ministry"\n'
    review.file.write_text(before, encoding="utf-8")
    again = Review(SEED, review.file)
    assert reading(again, "500 villages")["years_from"] == "correction"
    choose(again, "50 billion tenge", "years")
    press(again, "confirm")
    press(again, "write")
    assert again.file.read_text(encoding="utf-8").startswith(before)
    assert len(again.file.read_text(encoding="utf-8").splitlines()) == 3


def test_a_file_that_changed_meanwhile_is_not_written_over(review):
    choose(review, "50 billion tenge", "years")
    press(review, "confirm")
    review.file.write_text("start,quote,column,value,why\n", encoding="utf-8")
    press(review, "write")
    assert "has changed since it was read" in review.said.value
    assert review.file.read_text(encoding="utf-8") == "start,quote,column,value,why\n"


def test_the_last_line_can_be_taken_back(review):
    before = list(review.doubts["about"])
    choose(review, "three such cities")
    press(review, "drop")
    press(review, "back")
    assert list(review.doubts["about"]) == before and "three such cities" in set(review.figures["quote"])


def test_a_statement_without_a_figure_has_nothing_to_review(monkeypatch, tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "quiet.txt").write_text("Officials praised the <b>villages</b>.", encoding="utf-8")
    passport = "title: T\npublisher: P\npublished: 2026-04-01\nlanguage: en\n"
    (tmp_path / "seeds" / "quiet.yml").write_text(passport, encoding="utf-8")
    monkeypatch.setenv("AUYL_HOME", str(tmp_path))
    review = Review()
    assert "Nothing is left" in review.context.value
    assert review.buttons["confirm"].disabled and review.buttons["mend"].disabled


def test_a_texts_own_markup_is_shown_as_text(monkeypatch, tmp_path):
    (tmp_path / "seeds").mkdir()
    text = "The fund gave 5 million tenge to a village <script>alert(1)</script>. It was for 12 more."
    (tmp_path / "seeds" / "hostile.txt").write_text(text, encoding="utf-8")
    passport = "title: T\npublisher: P\npublished: 2026-04-01\nlanguage: en\n"
    (tmp_path / "seeds" / "hostile.yml").write_text(passport, encoding="utf-8")
    monkeypatch.setenv("AUYL_HOME", str(tmp_path))
    review = Review()
    assert len(review.doubts) and "<mark>" in review.context.value
    assert "<script" not in review.context.value + review.lines.value
