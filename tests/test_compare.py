"""Two statements side by side, worked by hand from the seed and the invented follow-up in tests/statements."""

from pathlib import Path

import pytest

import auyl

SEED = "2025-08-28_regional_development_concept"
FOLLOW_UP = Path(__file__).parent / "statements" / "2026-07-15_follow_up.txt"
SAID = "2025-08-28"


@pytest.fixture(scope="module")
def changes():
    return auyl.compare(auyl.read_statement(SEED), auyl.read_statement(FOLLOW_UP))


@pytest.mark.parametrize(
    ("change", "earlier", "later"),
    [
        ("contradicted", "701 billion tenge", "690 billion tenge"),  # given in the same years
        ("revised", "70%", "69.2%"),  # both are aims for 2028
        ("outcome of a plan", "around 1,000 projects", "980 projects"),  # other than planned is no contradiction
        ("outcome of a plan", "500 villages", "500 villages"),
        ("cannot be told", "nearly 450 billion tenge", "400 billion tenge"),  # a ceiling leaves too much open
        ("repeated", "25,000 rural entrepreneurship initiatives", "25,000 rural entrepreneurship initiatives"),
        ("new", None, "300 projects"),  # of 2027, no figure of the seed
        ("dropped", "up to 6,000 projects", None),
        ("dropped", "40%", None),
    ],
)
def test_what_became_of_a_figure(changes, change, earlier, later):
    found = changes.fillna({"earlier_quote": "", "later_quote": ""})
    row = found[(found["earlier_quote"] == (earlier or "")) & (found["later_quote"] == (later or ""))]
    assert row["change"].tolist() == [change]


def test_every_figure_of_both_stands_in_one_row(changes):
    assert changes["earlier_id"].dropna().is_unique and changes["later_id"].dropna().is_unique
    assert len(changes["earlier_id"].dropna()) == 15 and len(changes["later_id"].dropna()) == 7


def test_a_statement_beside_itself_is_repeated():
    seed = auyl.read_statement(SEED)
    assert set(auyl.compare(seed, seed)["change"]) == {"repeated"}


def test_what_no_words_name_is_never_new():
    words = "In Turkana County 450 boreholes were drilled."
    one, other = (auyl.Statement(words, date=date) for date in ("2024-05-02", "2025-05-02"))
    assert set(auyl.compare(one, other)["change"]) == {"cannot be told"}


def test_statements_without_figures_have_no_changes():
    empty = auyl.Statement("Officials met.", date=SAID)
    assert auyl.compare(empty, empty).empty
