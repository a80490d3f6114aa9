"""The record beside a statement: costs and allocations over the years, sharing by a rule, reach of a target.

Numbers in the comments are worked by hand from data/published.csv and data/context.csv.
"""

import pandas as pd
import pytest

import auyl
from auyl.bounds import Bounded, at_most, between, exact
from auyl.errors import ParameterError
from auyl.one_notebook import history, history_charts, history_words, questions, reach, reach_charts, regional

SEED = "2025-08-28_regional_development_concept"


@pytest.fixture(scope="module")
def statement():
    return auyl.read_statement(SEED)


@pytest.fixture(scope="module")
def figures(statement):
    return auyl.figures(statement)


@pytest.fixture(scope="module")
def record():
    return history.read_record()


@pytest.fixture(scope="module")
def nothing(record):
    return history.Record(*(table.iloc[:0] for table in record))


@pytest.fixture(scope="module")
def costs(figures, record):
    return history.costs_by_period(questions.ask_funding(figures)[0], record, 2024)


@pytest.fixture(scope="module")
def villages(figures):
    return questions.ask_villages(figures, 0, 6124)[0]


@pytest.fixture(scope="module")
def gaps(figures):
    return questions.ask_targets(figures)[0]


def of(spans: pd.DataFrame, start: int, end: int) -> dict:
    same = (spans["start_year"] == start) & (spans["end_year"] == end) & spans["region"].isna()
    return spans[same].to_dict("records")[0]


def test_a_project_by_period(costs):
    first = of(costs, 2019, 2020)  # 110 bn over 1,510 projects
    assert (round(first["amount"], 2), first["amount_bound"], first["planned"]) == (72.85, "exact", False)
    assert round(first["real"]) == 114
    whole = of(costs, 2019, 2024)  # 701 bn over up to 6,000, and over more than 6,600: no pair closes an end
    assert (round(whole["amount_low"], 1), round(whole["amount_high"], 1)) == (106.2, 116.8)
    assert whole["open_ends"] == "below and above"
    last = of(costs, 2025, 2025)  # 176.4 bn; no full-year prices of 2025
    assert round(last["amount"], 1) == 176.4 and pd.isna(last["real"]) and last["planned"]


def test_a_project_by_region(costs):
    regions = costs[costs["region"].notna()].set_index("region")["amount"].round()
    assert regions["Atyrau"] == 585 and regions["Abai"] == 85 and regions["Ulytau"] == 162


def test_money_per_project_rose_by_76_percent_and_by_12_in_real_terms(costs):
    rows, printed = history.growth(costs, "amount")  # 127.857 / 72.848 and 127.857 / 114.330
    assert list(rows["end_year"]) == [2020, 2024]
    assert round(printed.value, 1) == 75.5 and round(history.growth(costs, "real")[1].value, 1) == 11.8
    told = history_words.spans_finding(costs, "project", 2024)
    assert told.endswith(
        "from 2019–2020 to 2024 (planned) money per project rose by 76% as printed, by 12% in tenge of 2024"
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (exact(75.5), "rose by 76%"),
        (exact(-20.9), "fell by 21%"),
        (at_most(-20.9), "fell by at least 20%"),
        (between(-5, 12), "moved by −5–12%"),
    ],
)
def test_a_rise_in_words(change: Bounded, words: str):
    assert history_words.rise_words(change) == words


def test_the_estimate_per_village_is_tested_by_what_was_published(villages, record):
    spans = history.allocations_by_period(villages, record, 2024)
    assert of(spans, 2025, 2025)["amount"] == 352.8  # 176.4 bn over 500 villages
    # 2 × 116.83 = 233.67; 233.67 / 352.8 = 0.662
    assert "352.8 million tenge a village; the assumed about 233.7 million is 34% below it" in (
        history_words.estimate_tested(villages, spans)
    )
    other = villages.assign(start_year=1999, end_year=1999)
    assert history_words.estimate_tested(other, spans).startswith("The estimate cannot be tested")


def test_a_budget_is_shared_out_by_weight_and_in_whole_projects(villages, record):
    shares, budget = regional.shared_out(villages, record, "equal per rural inhabitant")
    known = shares[shares["share"].notna()]
    assert budget == 176.4e9  # what was published for 2025
    assert known["amount"].sum() == pytest.approx(budget) and known["projects"].sum() == 1000
    assert not known["region"].isin(["Astana", "Almaty", "Shymkent"]).any()  # cities have no villages
    assert shares.loc[shares["share"].isna(), ["amount", "projects", "per_person"]].isna().all(axis=None)
    assert regional.inequality(shares) == pytest.approx(0)  # the rule itself makes heads equal
    assert regional.shared_out(villages, record, "by provision gap", 100)[1] == 100e9
    compared = regional.rules_compared(shares, record)
    assert compared.set_index("rule")["known"].to_dict() == {
        "equal per village": 7,
        "equal per rural inhabitant": 7,
        "by provision gap": 4,
    }


@pytest.mark.parametrize(("rule", "budget"), [("by lot", 0), ("by provision gap", -1), ("by provision gap", "much")])
def test_a_rule_or_budget_that_cannot_be_is_refused(villages, record, rule, budget):
    with pytest.raises(ParameterError, match=r"by lot|-1|much"):
        regional.shared_out(villages, record, rule, budget)


def test_the_verdict_depends_on_the_base(gaps, record):
    series = reach.levels(gaps, record)
    verdicts = reach.verdicts(gaps, series)
    whole = verdicts[(verdicts["indicator"] == "provision") & verdicts["scope"].isna()].set_index("base_year")
    assert whole["eurostat_ratio"].round(2).to_dict() == {2019: 0.95, 2021: -0.03, 2024: -2.2}
    assert whole["eurostat_verdict"][2019] == "on track" and whole["eurostat_verdict"][2021] == "deterioration"
    assert whole["breaks"][2019] == "2024, 2025" and whole["base_derived"][2019]
    rural = verdicts[verdicts["scope"] == "rural"].set_index("base_year")
    assert round(rural["eurostat_ratio"][2022], 2) == 2.84  # 55.3 in 2022, 65.7 in 2024, 71 by 2030
    small = verdicts[verdicts["indicator"] == "share_of_gdp"].set_index("base_year")
    assert round(small["eurostat_ratio"][2015], 2) == 1.75 and small["breaks"][2010] == "2014"
    told = history_words.reach_finding(verdicts)
    assert "the verdict depends on the base: on track from base 2019 (R = 0.95); deterioration from base 2021" in told
    assert "begins anew in 2014: 4 bases here lie before that" in history_words.reach_warning(verdicts)


def test_the_statements_own_level_is_one_of_the_series(gaps, record):
    series = reach.levels(gaps, record)
    own = series[series["own"].astype(bool)]
    assert list(zip(own["year"], own["value"], strict=True)) == [(2025, 64), (2028, 70), (2030, 40)]
    assert own["series_break"].tolist() == [True, False, False]  # 64 is the first of the new list of services
    assert not series.duplicated(["subject", "indicator", "scope", "year", "value"]).any()


def test_charts_and_tables_of_the_record(costs, record, figures, gaps, statement):
    own = history.own_period(questions.ask_funding(figures)[0], "cost_mn", record, 2024)
    alt = history_charts.amounts_by_period(own, costs, "project", 2024, statement).get_figure().get_label()
    assert "The statement, 2019–2024: at least 116 as printed: at least 142;" in alt
    assert "2025, planned: about 176 as printed: prices not known" in alt
    table = history_charts.amounts_table(costs, record, "project", 2024)
    assert table.html.count("<tr>") == len(costs) + 1 and 'href="https://' in table.html
    alt = reach_charts.series_chart(reach.levels(gaps, record), statement).get_figure().get_label()
    assert "54.8 in 2019, 64.1 in 2021, 66.1 in 2024, after a break, 64 in 2025, after a break" in alt


def test_every_pair_is_a_dot(costs, statement):
    axes = history_charts.every_pair(costs, "project", 2024, statement)
    dots = sum(len(dots.get_offsets()) for dots in axes.collections)
    assert dots == 22  # 2 pairs in each of four periods, 14 of 2023; periods with one pair have nothing to compare
    alt = axes.get_figure().get_label()
    assert "2023: 14 pairs, 76–145" in alt and "differ by a factor of 1.9" in alt  # 144.8 / 76.0
    nothing = history_charts.every_pair(costs.iloc[:0], "project", 2024, statement)
    assert "No period has more than one pair" in nothing.get_figure().get_label()


def test_no_two_labels_of_the_series_chart_overlap(gaps, record, statement):
    axes = reach_charts.series_chart(reach.levels(gaps, record), statement)
    figure = axes.get_figure()
    renderer = figure.canvas.get_renderer()
    boxes = [text.get_window_extent(renderer) for text in axes.texts]
    overlaps = [
        (axes.texts[i].get_text(), axes.texts[j].get_text())
        for i, box in enumerate(boxes)
        for j in range(i)
        if box.overlaps(boxes[j])
    ]
    assert not overlaps
    assert all(box.x0 >= -1 and box.x1 <= figure.bbox.x1 + 1 for box in boxes)


def test_without_a_record_every_answer_is_a_sentence(figures, villages, gaps, nothing, statement):
    funding = questions.ask_funding(figures)[0]
    spans = history.costs_by_period(funding, nothing, 2024)
    assert spans.empty and "holds no published money per project" in history_words.spans_finding(spans, "project", 2024)
    own = history.own_period(funding, "cost_mn", nothing, 2024)
    history_charts.amounts_by_period(own, spans, "project", 2024, statement)
    shares, budget = regional.shared_out(villages, nothing, "equal per village")
    assert shares.empty and budget is None and regional.rules_compared(shares, nothing).empty
    assert history_words.sharing_words(shares, budget, "equal per village").startswith("No budget is shared out")
    series = reach.levels(gaps, nothing)
    assert list(series["value"]) == [64, 70, 40]  # the statement's own stay
    verdicts = reach.verdicts(gaps, series)
    assert verdicts.empty and "cannot be told" in history_words.reach_finding(verdicts)
    assert history_words.reach_warning(verdicts) == ""
