"""The notebook that holds a statement against the record: counts, order, links, and what a statement may lack."""

from pathlib import Path

import pandas as pd
import pytest

import auyl
from auyl.display import charts
from auyl.errors import ParameterError
from auyl.measures.totals import rebuilt_totals
from auyl.one_notebook import adding_up, comparing, sourced
from auyl.record.published import read_published, read_regions

SEED = "2025-08-28_regional_development_concept"
OTHERS = sorted((Path(__file__).parent / "statements").glob("*.txt"))


class Notebook:
    """What the notebook's cells make of a statement and a record."""

    def __init__(self, source: str | Path | auyl.Statement, published: pd.DataFrame, show_suspect: bool = True) -> None:
        self.statement = source if isinstance(source, auyl.Statement) else auyl.read_statement(source)
        self.figures = auyl.figures(self.statement)
        self.record = comparing.record_of(published, "KZ", show_suspect)
        self.checks = comparing.compared(self.figures, self.record, self.statement)
        self.totals = rebuilt_totals(self.figures, self.record)
        self.answer = comparing.answer(self.figures, self.checks, self.record, self.totals)

    def chart(self) -> str:
        axes = adding_up.add_up_chart(self.figures, self.checks, self.totals, self.record, self.statement)
        return charts.show(axes).alt

    def tables(self) -> list:
        regions = read_regions()
        return [
            sourced.contradicted(self.checks, self.statement),
            adding_up.sums(self.figures, self.totals, self.record),
            sourced.agreeing(self.checks),
            sourced.among_others(self.figures, self.checks, self.record, regions, self.statement),
            sourced.incomparable(self.checks),
            sourced.doubtful(self.figures, self.record),
        ]


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    return read_published()


@pytest.fixture(scope="module")
def seed(published: pd.DataFrame) -> Notebook:
    return Notebook(SEED, published)


def test_weightiest_contradiction_is_one_of_facts_not_of_plans_or_doubtful_figures(seed: Notebook) -> None:
    # Difference over the larger figure: 524 bn against 701 bn is 25% but doubtful, 35% against 40% is 12.5% but two
    # plans, 6,600 against 6,000 is 9.1%, 42 against 46 is 8.7%.
    against = seed.checks[seed.checks["verdict"] == "contradicts"]
    assert list(dict.fromkeys(against["figure_id"].str[-2:])) == ["05", "14", "03", "02", "04"]
    assert "at most 6,000 in the statement, at least 6,600 in " in seed.answer


def test_every_figure_has_one_outcome_and_a_contradiction_outweighs_agreement(seed: Notebook) -> None:
    found = comparing.outcomes(seed.figures, seed.checks)
    # 701 billion is repeated by one page and contradicted by another; 50 billion for 2025 stands beside 2023-2029 only.
    assert found[f"{SEED}#04"] == "contradicted"
    assert found[f"{SEED}#08"] == "not comparable"
    assert found.value_counts().to_dict() == {"agrees": 9, "contradicted": 5, "not comparable": 1}
    assert seed.answer.startswith("14 of the statement's 15 figures can be held against what others published: 9 agree")


def test_chart_rebuilds_the_total_and_shows_what_the_rival_total_is_made_of(seed: Notebook) -> None:
    # 326 + 198 + 179 = 703; 326 + 198 = 524, printed by its source for 2019-2024.
    alt = seed.chart()
    assert "The statement: total of 2019–2024: 701 billion tenge" in alt
    assert (
        "326 billion tenge (2019–2022) + 198 billion tenge (2023) + 179 billion tenge (2024): 703 billion tenge" in alt
    )
    assert "doubtful: total of 2019–2024: 524 billion tenge" in alt
    assert "326 billion tenge (2019–2022) + 198 billion tenge (2023): 524 billion tenge" in alt


def test_sums_come_nearest_first_and_say_when_a_part_is_read_as_of_other_years(seed: Notebook) -> None:
    lines = adding_up.sums(seed.figures, seed.totals, seed.record).text.splitlines()[1:]
    assert [line.split(" | ")[3] for line in lines[:3]] == ["agrees", "agrees", "within bounds"]
    # 524 + 179 = 703 adds up only if the 524 billion, printed for 2019-2024, are those of 2019-2023.
    assert "524 billion tenge, printed for 2019–2024, is read as of 2019–2023" in lines[1]
    assert "printed for" not in lines[0]


def test_each_contradiction_links_both_its_sources(seed: Notebook) -> None:
    table = sourced.contradicted(seed.checks, seed.statement)
    lines = [line for line in table.html.splitlines() if line.startswith("<tr><th")]
    assert len(lines) == 5
    for line in lines:
        assert f'<a href="{seed.statement.url}">' in line
        assert line.count('<a href="https://') >= 2


def test_two_published_sources_that_exclude_each_other_share_a_line(seed: Notebook) -> None:
    text = sourced.among_others(seed.figures, seed.checks, seed.record, read_regions(), seed.statement).text
    line = next(line for line in text.splitlines() if line.startswith("Auyl Amanaty: allocation, 2023–2029"))
    assert "1 trillion tenge: " in line and "about 600 billion tenge: " in line
    # 524 against 701 billion is told among the statement's own contradictions, 70 indices are no number of tenge.
    assert "524" not in text and "148,400" not in text


def test_a_break_of_a_series_is_named_for_each_level_beyond_it(seed: Notebook) -> None:
    text = sourced.incomparable(seed.checks).text
    assert "64% is of 2025, 64.1% of 2021; the series breaks in 2024 and 2025" in text


def test_agreement_with_a_doubtful_figure_says_so(seed: Notebook) -> None:
    # 46 districts: the announcement repeated; the election commission counts 42.
    line = next(line for line in sourced.agreeing(seed.checks).text.splitlines() if "46 districts" in line)
    assert line.endswith("agrees, with a doubtful figure")


def test_doubtful_figures_can_be_left_out(published: pd.DataFrame) -> None:
    without = Notebook(SEED, published, show_suspect=False)
    assert "524" not in sourced.contradicted(without.checks, without.statement).text
    assert sourced.doubtful(without.figures, without.record).text.endswith("none")


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
@pytest.mark.parametrize("rows", [None, 0], ids=["record", "no record"])
def test_any_statement_gets_an_answer_a_chart_and_tables(path: Path, rows: int | None, published: pd.DataFrame) -> None:
    notebook = Notebook(path, published.iloc[:rows])
    assert notebook.answer.endswith(".")
    assert notebook.chart()
    assert len(notebook.tables()) == 6
    if rows == 0:
        assert "there is nothing to compare" in notebook.answer


def test_what_the_statement_says_is_escaped_and_only_web_addresses_become_links(published: pd.DataFrame) -> None:
    hostile = auyl.Statement(
        "Under the “Auyl – Yel besigi” project, 999 billion tenge was allocated from 2019 to 2024.",
        date="2025-08-28",
        publisher="<script>alert(1)</script>",
        url="javascript:alert(1)",
    )
    notebook = Notebook(hostile, published)
    html = sourced.contradicted(notebook.checks, hostile).html
    assert "999 billion tenge" in html
    assert "<script" not in html and "javascript:" not in html


def test_country_is_asked_for_by_its_two_letters(published: pd.DataFrame) -> None:
    assert comparing.record_of(published, "UZ").empty
    with pytest.raises(ParameterError, match="ref_area is 'Kazakhstan'"):
        comparing.record_of(published, "Kazakhstan")
