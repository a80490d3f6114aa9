"""Two statements side by side, worked by hand from the seed and the invented follow-up in tests/statements."""

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import auyl
from auyl.cli import main

SEED = "2025-08-28_regional_development_concept"
FOLLOW_UP = Path(__file__).parents[1] / "statements" / "2026-07-15_follow_up.txt"
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


def test_of_two_plans_the_later_one_is_named(changes):
    why = changes.set_index("later_quote")["why"]["69.2%"]
    assert why == "no value is both 69.2% and 70%; both are plans, and that of 2026-07-15 is the later one"


def test_claims_of_several_statements_are_one_table():
    seed, follow_up = auyl.read_statement(SEED), auyl.read_statement(FOLLOW_UP)
    both, alone = auyl.claims([seed, follow_up]), auyl.claims(seed)
    own = both[both["source"] == "statement"]
    assert own["source_id"].value_counts().to_dict() == {seed.id: 15, follow_up.id: 7}
    assert own.drop_duplicates("source_id")["date"].tolist() == ["2025-08-28", "2026-07-15"]
    assert both["figure_id"].is_unique and set(alone["figure_id"]) <= set(both["figure_id"])
    gaps = auyl.target_gaps(both)  # each by the words of its own text
    assert f"{SEED}#01" in set(gaps.loc[gaps["said"], "current_id"])
    with pytest.raises(auyl.ParameterError, match="two of the statements"):
        auyl.claims([seed, seed])


def run(*arguments: object):
    return CliRunner().invoke(main, ["compare", *map(str, arguments)])


def test_the_command_prints_a_line_a_figure_with_the_words_of_both():
    lines = run(SEED, FOLLOW_UP).stdout.splitlines()
    assert len(lines) == 17 and lines[0].split() == ["change", "programme", "of", "from", "to", "then", "now"]
    first = " ".join(lines[1].split())
    assert first == "contradicted Auyl – Yel besigi allocation 2019 2024 701 billion tenge 690 billion tenge"


def test_the_command_writes_all_columns(changes, tmp_path):
    out = tmp_path / "changes.csv"
    assert run(SEED, FOLLOW_UP, "--out", out).stdout == f"{out}: 16 figures\n"
    written = pd.read_csv(out)
    assert list(written) == list(auyl.plain(changes))
    assert written.loc[0, ["earlier", "later"]].tolist() == [701e9, 690e9]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([SEED, "no_such"], "there is no statement 'no_such'"),
        (["no/such/file.txt", SEED], "no/such/file.txt"),
        ([SEED, SEED, "--out", "changes.xlsx"], 'the ending ".xlsx" is not one of'),
    ],
)
def test_what_the_command_cannot_do_is_one_line(arguments, message):
    result = run(*arguments)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1) and message in result.stderr
