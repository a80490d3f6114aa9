"""explore.ipynb without a browser: a choice that changes says and draws the answers anew, a pasted text is marked."""

import datetime
import re

import pytest

import auyl
from auyl.display import findings
from auyl.lab.explorer import Explorer
from auyl.lab.reader import EXAMPLES, Reader
from auyl.reading.lexicon import LANGUAGES

SEED = "2025-08-28_regional_development_concept"


@pytest.fixture(scope="module")
def explorer() -> Explorer:
    return Explorer(SEED)


@pytest.fixture(autouse=True)
def as_it_was(request):
    """Sets every choice back after a test."""
    if "explorer" not in request.fixturenames:
        yield
        return
    choices = request.getfixturevalue("explorer").choices
    before = {name: choice.value for name, choice in choices.items()}
    yield
    for name, value in before.items():
        choices[name].value = value


def told(explorer: Explorer, name: str) -> str:
    return "\n".join(explorer.told[name])


def test_it_opens_on_the_programme_with_the_most_money_and_on_what_was_stated(explorer):
    values = {name: choice.value for name, choice in explorer.choices.items()}
    assert values["programme"] == "Auyl – Yel besigi"  # 701 billion tenge, the largest sum of the statement
    assert values["cost"] == 116.8  # 701 billion over 6,000
    assert values["budget"] == 176.4  # p092 of data/published.csv: of 2025, the year of the 500 villages
    assert values["years"] == 3  # 2025 to 2028, the target's year


def test_each_tab_says_what_the_answers_allow_and_no_other_number_without_calling_it_assumed(explorer):
    answers = auyl.answers(explorer.source)
    allowed = findings.sentences(answers[answers["said"]], explorer.figures)
    for name in explorer.tabs:
        for line in explorer.told[name]:
            published = " has 176.4 billion tenge, which for 500 villages" in line
            assert line.startswith("Assumed: ") or published or any(line.startswith(start) for start in allowed), line


def test_a_cost_that_another_source_excludes_is_not_said_alone(explorer):
    assert "at least 116.8 million tenge a project, on average. KazFace.kz" in told(explorer, "project")
    assert "both cannot be right" in explorer.tabs["project"].value
    chart = re.search(r'aria-label="([^"]*)"', explorer.tabs["project"].value)
    assert chart and "at least 116.8" in chart[1] and "at most 106.3" in chart[1]


def test_the_cost_moves_what_the_budget_pays_for_and_what_a_village_gets(explorer):
    explorer.choices["cost"].value = 150.0
    assert "pays for 3,528 projects" in told(explorer, "project")  # 3 × 176.4 billion over 150 million
    assert "pays for 3,528 projects" in explorer.copy.value  # what is copied is what stands there now
    assert "about 300 million tenge a village" in told(explorer, "village")  # about 2 projects of 150 million
    assert "Assumed: 150.0" in explorer.tabs["project"].value  # its own bar
    explorer.choices["cost"].value = 0.0
    assert "No cost is assumed yet" in told(explorer, "project")


def test_villages_budget_and_years_move_what_each_village_gets(explorer):
    explorer.choices["villages"].value = 5000
    explorer.choices["budget"].value = 200.0
    explorer.choices["years"].value = 10
    assert "shared by 5,000 villages, is 400.0 million tenge a village" in told(explorer, "village")  # 2,000 bn / 5,000


def test_years_move_the_pace_to_the_target(explorer):
    assert "Assumed" not in told(explorer, "gap")  # the years of the target itself
    explorer.choices["years"].value = 5
    assert "Assumed: in 5 years from 2025 it is 1.2 points a year, until 2030." in told(explorer, "gap")  # 6 / 5
    assert "1.2 points a year" in explorer.tabs["gap"].value and "later gave 69.2%" in explorer.tabs["gap"].value


def test_what_is_held_back_is_listed_with_its_reason(explorer):
    assert "is of 2025, “701 billion tenge” of 2019–2024" in explorer.tabs["village"].value
    assert "gives no present level" in explorer.tabs["gap"].value
    explorer.choices["programme"].value = "Auyl Amanaty"
    assert explorer.choices["budget"].value == 50.0  # the statement's own of 2025, before what others published
    assert "“50 billion tenge” is of 2025" in explorer.tabs["project"].value
    assert "a cost of at most 18 million tenge an initiative" in told(explorer, "project")  # 450 billion over 25,000


def test_a_programme_without_what_is_asked_says_what_lacks(explorer):
    explorer.choices["programme"].value = "Local self-government"
    assert "gives no amount of money together with" in told(explorer, "project")
    assert "<svg" not in explorer.tabs["project"].value


@pytest.fixture
def other_statements(monkeypatch, tmp_path):
    """A collection of statements of other kinds; the last has no figure."""
    texts = {
        "2025-03-01_schools": "Kenya, 1 March 2025. The County School Fund gave Sh300 million for 20 schools in 2024.",
        "2025-02-01_village": "В 2024 году Фонд развития выделил 3 млрд тенге на 60 сёл.",
        "2025-01-15_unnamed": "Astana. In 2024, 12 billion tenge was spent on 60 projects. “Auyl Amanaty” goes on.",
        "2025-01-01_nothing": "Officials praised the people of the villages and promised to go on listening.",
    }
    (tmp_path / "seeds").mkdir()
    for id, text in texts.items():
        (tmp_path / "seeds" / f"{id}.txt").write_text(text, encoding="utf-8")
        language = "ru" if "млрд" in text else "en"
        passport = f"title: T\npublisher: P\npublished: {id[:10]}\nlanguage: {language}\n"
        (tmp_path / "seeds" / f"{id}.yml").write_text(passport, encoding="utf-8")
    monkeypatch.setenv("AUYL_HOME", str(tmp_path))
    return list(texts)


def test_every_statement_has_an_answer_or_a_reason(other_statements):
    explorer = Explorer()
    for id in other_statements:
        explorer.choices["statement"].value = id
        assert all(explorer.told[name] and explorer.told[name][0] for name in explorer.tabs), id
        assert explorer.choices["programme"].label, id
    assert list(explorer.figures["quote"]) == []


def test_a_statement_of_another_country_is_not_asked_about_the_villages_of_kazakhstan(other_statements):
    explorer = Explorer("2025-03-01_schools")
    assert explorer.choices["villages"].value != 6124
    assert "15.0 million" in told(explorer, "project")  # 300 million over 20


def test_what_is_said_of_no_named_programme_is_shown_first_where_it_is_all_there_is(other_statements):
    explorer = Explorer("2025-01-15_unnamed")
    assert explorer.choices["programme"].label == "no programme is named"
    assert "200.0 million tenge a project" in told(explorer, "project")  # 12 billion over 60


def test_an_example_of_each_language_is_a_click_away():
    reader = Reader()
    found = set()
    for name, button in reader.examples.items():
        button.click()
        found.add(auyl.Statement(EXAMPLES[name], date="2025-09-01").language)
        assert reader.text.value == EXAMPLES[name] and len(reader.figures) >= 3
        assert reader.answer.value.count("<mark") == len(reader.figures)
    assert found == set(LANGUAGES)


def test_a_pasted_text_is_marked_with_its_table():
    reader = Reader(
        "Nearly 12 billion tenge will go to 40 of the villages & towns in the north.", datetime.date(2026, 3, 12)
    )
    assert "<mark>Nearly 12 billion tenge</mark>" in reader.answer.value
    assert "at most 12 billion" in reader.answer.value and "villages &amp; towns" in reader.answer.value
    reader.text.value = "Выделено свыше 2,5 млрд тенге на ремонт дорог и для строительства школ в этом году."
    assert "<mark>свыше 2,5 млрд тенге</mark>" in reader.answer.value
    assert reader.figures["start_year"].to_list() == [2026]  # this year
    reader.day.value = datetime.date(2024, 3, 12)
    assert reader.figures["start_year"].to_list() == [2024]


def test_what_cannot_be_read_is_a_sentence():
    reader = Reader("12 34 56", datetime.date(2026, 3, 12))
    assert "the text does not show which it is" in reader.answer.value and "<mark>" not in reader.answer.value
    reader.language.value = "en"
    assert "<mark>" in reader.answer.value
    reader.text.value = " "
    assert reader.answer.value == "<p>A text and the day it was published are needed.</p>"


def test_elsewhere_than_in_jupyterlab_the_view_says_how_to_see_it(explorer):
    assert explorer._repr_mimebundle_()["text/plain"] == "Explorer: run this notebook in JupyterLab to use it."
