"""explore.ipynb without a browser: a choice that changes computes the answers anew, a pasted text is marked at once."""

import datetime

import pytest

from auyl.lab.explorer import Explorer, Reader

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


def test_the_first_answer_is_that_of_the_notebooks(explorer):
    assert "at least 116.8 million tenge for each project of 2019–2024" in explorer.told.text
    assert explorer.answers["answer"].value == explorer.told.html
    assert "<svg" in explorer.answers["chart"].value and "at least 116" in explorer.answers["chart"].value


def test_a_year_of_prices_changes_sentence_and_chart_together(explorer):
    before = explorer.answers["chart"].value
    explorer.choices["price_year"].value = 2024
    assert "by 12% in tenge of 2024" in explorer.told.text
    assert explorer.answers["chart"].value != before and "at least 142" in explorer.answers["chart"].value


def test_rule_and_budget_change_the_shares(explorer):
    explorer.choices["rule"].value = "by provision gap"
    explorer.choices["budget"].value = 200.0
    assert "200.0 billion tenge, an assumed budget, by the rule “by provision gap”" in explorer.told.text
    assert "Ulytau" in explorer.answers["shares"].value


def test_villages_change_the_years(explorer):
    explorer.choices["villages"].value = 5000
    assert "5,000 villages, an assumed number, would take 10.0 years" in explorer.told.text  # 5,000 / 500 a year


def test_a_programme_without_what_is_asked_says_so(explorer):
    explorer.choices["programme"].value = "local_self_government"
    assert explorer.told.text.startswith("No cost per project:")
    assert "No chart" in explorer.answers["chart"].value


def test_a_pasted_text_is_marked_with_its_table():
    reader = Reader(
        "Nearly 12 billion tenge will go to 40 of the villages & towns in the north.", datetime.date(2026, 3, 12)
    )
    assert "<mark>Nearly 12 billion tenge</mark>" in reader.answer.value
    assert "at most 12 billion" in reader.answer.value and "villages &amp; towns" in reader.answer.value
    reader.text.value = "Выделено свыше 2,5 млрд тенге на ремонт дорог и для строительства школ в этом году."
    assert "<mark>свыше 2,5 млрд тенге</mark>" in reader.answer.value


def test_what_cannot_be_read_is_a_sentence():
    reader = Reader("12 34 56", datetime.date(2026, 3, 12))
    assert "the text does not show which it is" in reader.answer.value and "<mark>" not in reader.answer.value
    reader.language.value = "en"
    assert "<mark>" in reader.answer.value
    reader.text.value = " "
    assert reader.answer.value == "<p>A text and the day it was published are needed.</p>"


def test_elsewhere_than_in_jupyterlab_the_view_says_how_to_see_it(explorer):
    assert explorer._repr_mimebundle_()["text/plain"] == "Explorer: run this notebook in JupyterLab to use it."
