"""Computed sentences: a floor is never rounded up nor a ceiling down, a forecast is no target, what lacks is said."""

import re

import pandas as pd
import pytest

import auyl
from auyl.bounds import NOT_STATED, Bounded, about, at_least, at_most, between, columns, exact
from auyl.display import findings
from auyl.display import words as wording
from auyl.measures import funding, targets
from auyl.measures import villages as allocation
from auyl.measures.pairing import NOT_NAMED, table
from auyl.one_notebook import questions

AUYL = "Auyl – Yel besigi"


def costs(*quantities: Bounded, **row) -> pd.DataFrame:
    """`funding_per_project` with one row for each cost; what is not given is that of a reported Kazakh programme."""
    usual = {
        **{"subject": "auyl_el_besigi", "programme": AUYL, "start_year": 2019, "end_year": 2024, "currency": "KZT"},
        **{"status": "actual", "counted": "project", "reading": "as stated", "projects": 6000.0},
    }
    rows = [{**usual, **columns("cost_mn", quantity, bound_column="bound"), **row} for quantity in quantities]
    return table(rows, funding.COLUMNS)


def villages(
    each: Bounded = NOT_STATED, money: Bounded = NOT_STATED, assumed: Bounded = NOT_STATED, **row
) -> pd.DataFrame:
    """`village_allocations` with one row: projects, stated money and assumed money for each village."""
    usual = {
        **{"subject": "auyl_el_besigi", "programme": AUYL, "start_year": 2025, "end_year": 2025, "currency": "KZT"},
        **{"status": "planned", "counted": "project", "reading": "as stated"},
        **columns("villages", exact(500)),
    }
    quantities = {
        **columns("projects_per_village", each),
        **columns("mn_per_village", money),
        **columns("assumed_mn_per_village", assumed),
    }
    return table([{**usual, **quantities, **row}], allocation.COLUMNS)


def gaps(current: Bounded, target: Bounded, gap: Bounded, **row) -> pd.DataFrame:
    """`target_gaps` with one row, 2025 to 2028, with its yearly rise where there is a gap."""
    usual = {
        **{"subject": "regional_standards", "programme": "Standards", "indicator": "provision", "unit": "percent"},
        **{"kind": "target", "current_year": 2025, "target_year": 2028, "years": 3},
    }
    yearly = Bounded(*(None if x is None else x / 3 for x in (gap.value, gap.low, gap.high)), gap.bound)
    quantities = {
        **columns("current", current),
        **columns("target", target),
        **columns("gap", gap),
        **columns("required_pp_a_year", yearly),
        **columns("required_growth_percent", yearly),
    }
    return table([{**usual, **quantities, **row}], targets.COLUMNS)


def first(rows: pd.DataFrame) -> dict:
    return rows.to_dict("records")[0]


# A quantity, how it is printed to one decimal, and whole.
WORDS = [
    (exact(116.86), "116.9", "117"),
    (about(116.86), "about 116.9", "about 117"),
    (at_least(116.86), "at least 116.8", "at least 116"),  # 116.9 would claim more than the statement gives
    (at_most(18.04), "at most 18.1", "at most 19"),  # 18.0 would deny what it allows
    (between(80.04, 90.06), "80.0–90.1", "80–91"),  # a range's ends are a floor and a ceiling
]


# ---- Money per project


@pytest.mark.parametrize(("quantity", "printed", "whole"), WORDS)
def test_a_cost_is_told_with_its_bound_and_its_headline_without_decimals(quantity, printed, whole):
    rows = costs(quantity)
    told = f"{AUYL} allocated {printed} million tenge for each project of 2019–2024, on average."
    assert findings.funding_answer(rows) == told
    assert findings.funding_finding(rows) == f"{AUYL}: each project received {whole} million tenge, on average"


@pytest.mark.parametrize(
    ("status", "verb", "headline"),
    [
        ("actual", "allocated", "received"),
        ("planned", "plans", "is to receive"),
        ("target", "is to give", "is to receive"),
        ("projected", "is expected to give", "is to receive"),
    ],
)
def test_money_planned_or_expected_is_not_told_as_money_given(status, verb, headline):
    rows = costs(exact(5), status=status, counted="initiative")
    assert findings.funding_answer(rows).startswith(f"{AUYL} {verb} 5.0 million tenge for each initiative")
    assert f"each initiative {headline} 5 million" in findings.funding_finding(rows)


@pytest.mark.parametrize(
    ("currency", "unit"),
    [
        ("KZT", "million tenge"),
        ("USD", "million US dollars"),
        ("XOF", "million XOF"),  # a currency without a name here keeps its code
        (None, "million of an unstated currency"),
    ],
)
def test_money_is_told_in_its_own_currency(currency, unit):
    assert f"5.0 {unit} for each project" in findings.funding_answer(costs(exact(5), currency=currency))


def test_a_column_of_one_currency_names_it_and_of_several_says_so():
    mixed = pd.concat([costs(exact(5), currency="USD"), costs(exact(6))])
    assert wording.money_unit(costs(exact(5), exact(6))) == "million tenge"
    assert wording.money_unit(mixed) == "million, each in its own currency"
    assert wording.money_unit(costs()) == "million, each in its own currency"


def test_a_programme_nobody_named_is_not_given_a_name():
    rows = costs(exact(5), subject=None, programme=NOT_NAMED)
    for told in (findings.funding_answer(rows), findings.funding_finding(rows), findings.funding_label(first(rows))):
        assert told.startswith("A programme outside the catalogue") and NOT_NAMED not in told


def test_years_the_statement_does_not_give_are_not_made_up():
    rows = costs(exact(5), start_year=None, end_year=None)
    assert findings.funding_answer(rows) == f"{AUYL} allocated 5.0 million tenge for each project, on average."
    assert findings.funding_label(first(rows)) == f"{AUYL}, years not stated, per project"


def test_the_answer_names_two_programmes_at_most_each_once_in_its_plain_reading():
    pooled = costs(at_most(20), subject="auyl_amanaty", programme="Auyl Amanaty", reading="also counting 2025")
    plain = costs(at_most(18), subject="auyl_amanaty", programme="Auyl Amanaty")
    third = costs(exact(1), subject="alatau_city", programme="Alatau")
    told = findings.funding_answer(pd.concat([costs(at_least(116.83), exact(90)), pooled, plain, third]))
    assert re.findall(r"at (?:least|most) [\d.]+", told) == ["at least 116.8", "at most 18.0"]
    assert "Alatau" not in told and told.count(".") == 4  # two sentences, a decimal point in each
    # Where the other reading is the only one, it is told.
    assert "at most 20.0" in findings.funding_answer(pooled)
    assert findings.funding_label(first(pooled)).endswith("also counting 2025, per project")


@pytest.mark.parametrize("rows", [costs(), costs(NOT_STATED, counted=None, projects=None)], ids=["empty", "no count"])
def test_without_a_cost_the_sentence_that_says_what_lacks_stands_instead(rows):
    assert findings.funding_answer(rows, "No cost per project.") == "No cost per project."
    assert findings.funding_finding(rows) == "The statement gives no cost per project"


def test_a_cost_far_below_a_million_is_not_told_as_nothing():
    # 3 million tenge for 100 initiatives are 30,000 each; half a million is not "0 million tenge".
    assert "0.0 million" not in findings.funding_answer(costs(exact(0.03)))
    assert " 0 million" not in findings.funding_finding(costs(exact(0.5)))


def test_other_numbers_of_projects_are_told_as_an_assumption():
    rows = funding.funding_scenarios(
        costs(exact(1)).assign(money=701e9, money_bound="exact", projects_id="a#05", money_id="a#04"), [6000, 4000]
    )
    # 701 bn / 4,000 = 175.25 mn, the smallest number of projects and so the dearest
    assert findings.scenarios_finding(rows) == f"{AUYL}: with 4,000 projects, each would come to 175 million tenge"
    assert findings.scenario_label(first(rows)) == f"{AUYL}, 2019–2024, if there were 6,000 projects"
    assert findings.scenarios_finding(rows.head(0)) == "No other number of projects can be tried"


def test_prices_are_those_printed_or_of_the_year_and_what_is_not_known_is_named():
    real = costs(exact(1), exact(2)).assign(why_missing=pd.array([None, "no prices for 2028"], dtype="string"))
    assert findings.prices_note(real, 0).startswith("Money is as printed")
    told = findings.prices_note(real, 2024)
    assert told == f"Money is in the prices of 2024. Not known for {AUYL}, 2019–2024: no prices for 2028."
    assert findings.prices_note(real.head(1), 2024) == "Money is in the prices of 2024."


# ---- Villages


@pytest.mark.parametrize(("quantity", "printed", "whole"), WORDS)
def test_what_a_village_gets_is_told_with_its_bound(quantity, printed, whole):
    rows = villages(money=quantity)
    told = f"{AUYL} plans {printed} million tenge for each village in 2025, on average."
    assert findings.village_answer(rows) == told
    assert findings.village_money_finding(rows) == f"{AUYL}: {whole} million tenge a village"


@pytest.mark.parametrize(
    ("quantity", "printed"),
    [
        (about(2), "about 2"),
        (exact(3), "3"),
        (exact(2.5), "2.5"),  # a decimal where it says something
        (at_least(2.59), "at least 2.5"),
        (at_most(2.51), "at most 2.6"),
        (between(2, 2.5), "2.0–2.5"),
    ],
)
def test_how_many_projects_a_village_gets_is_told_with_their_bound(quantity, printed):
    rows = villages(each=quantity, money=exact(5))
    told = f"{AUYL} plans {printed} projects and 5.0 million tenge for each village in 2025, on average."
    assert findings.village_answer(rows) == told
    assert findings.villages_finding(rows) == f"{AUYL} is to bring {printed} projects to each village, on average"
    done = villages(each=quantity, status="actual", counted=None)
    assert findings.villages_finding(done) == f"{AUYL} brought {printed} projects to each village, on average"


@pytest.mark.parametrize(("quantity", "printed"), [(at_least(2.98), "at least 2.9"), (at_most(18.04), "at most 18.1")])
def test_a_bound_near_a_whole_number_stays_near_it(quantity, printed):
    # told today: "at least 2", "at most 19"
    assert findings.shortest(quantity) == printed


def test_an_assumed_sum_says_what_it_assumes():
    rows = villages(each=about(2), assumed=about(233.66, low=233.66), assumption="a project costs 116.8 million")
    told = findings.village_answer(rows)
    assert told.startswith(f"{AUYL} plans about 2 projects for each village in 2025, on average. Assuming that a ")
    assert "project costs 116.8 million, that is about 233.7 (at least 233.6) million tenge a village." in told
    assert findings.village_money_finding(rows).endswith("million tenge a village, at an assumed cost per project")


def test_villages_without_projects_or_money_are_said_to_be_so():
    rows = villages()
    told = f"{AUYL} names 500 villages in 2025, but neither projects nor money for them."
    assert findings.village_answer(rows) == told
    assert findings.villages_finding(rows) == "The statement gives no number of projects per village"
    assert findings.village_money_finding(rows) == "The statement gives no money per village, and no cost to assume"
    # A row that says more goes first.
    assert "3 projects" in findings.village_answer(pd.concat([rows, villages(each=exact(3))]))
    assert findings.village_answer(rows.head(0), "No allocation per village.") == "No allocation per village."


def test_how_long_all_villages_take_is_told_with_its_assumption():
    # 6,124 / 300 = 20.41; "more than 300 a year" makes the years a ceiling, which is rounded up
    years = {"villages_total": 6124.0, **columns("villages_a_year", exact(300))}
    told = findings.reach_answer(villages(**years, **columns("years_to_all_villages", exact(6124 / 300))))
    assert told == (
        "At a pace of 300 villages a year, 6,124 villages, an assumed number, would take 20.4 years if each had its "
        "turn once."
    )
    years |= columns("villages_a_year", at_least(300))
    told = findings.reach_answer(villages(**years, **columns("years_to_all_villages", at_most(6124 / 300))))
    assert "pace of at least 300 villages" in told and "take at most 20.5 years" in told
    assert findings.reach_answer(villages()) == "" == findings.reach_answer(villages().head(0))


def test_the_slowest_pace_is_the_headline():
    years = {"villages_total": 6000.0, **columns("villages_a_year", exact(500))}
    paces = questions.other_paces(villages(**years), [500, 250])
    assert findings.paces_finding(paces) == "At 250 villages a year, all would take 24.0 years"  # 6,000 / 250
    assert findings.paces_finding(paces.head(0)) == "No number of years can be given"


# ---- Targets


def test_a_target_is_told_with_its_gap_and_its_yearly_rise():
    # (70 − 64) / 3 = 2.0
    rows = gaps(exact(64), exact(70), exact(6), **columns("required_growth_percent", exact(3.03)))
    assert findings.gaps_answer(rows) == (
        "Standards (provision) is to reach 70% by 2028, from 64% in 2025: 6 points, 2.0 a year or 3.0% a year "
        "compounded."
    )
    assert findings.gaps_finding(rows) == "Standards (provision): 6 points to go, 2.0 a year"
    assert findings.level_words(first(rows), "target") == "70% by 2028"


@pytest.mark.parametrize("known", [True, False])
def test_a_forecast_is_never_called_a_target(known):
    level, gap = (exact(35), exact(5)) if known else (NOT_STATED, NOT_STATED)
    why = None if known else "the statement gives no present level to measure this projection from"
    rows = gaps(level, exact(40), gap, kind="projected", indicator="share_of_gdp", why_missing=why)
    row = first(rows)
    told = [
        *(findings.gaps_answer(rows), findings.gaps_finding(rows), findings.gap_words(row)),
        *(findings.level_words(row, "current"), findings.level_words(row, "target")),
    ]
    assert not any(re.search("target|aimed|to reach [^.]* is to", words) for words in told), told
    assert "projected" in told[0] and told[4] == "40% by 2028, projected"
    assert "(share of GDP)" in told[0]


def test_a_forecast_in_a_statement_is_never_called_a_target_either():
    text = "SMEs contributed 36% to the country's GDP in 2024. By 2030, SMEs are projected to contribute 40% to GDP."
    found, lacking = questions.ask_targets(auyl.figures(auyl.Statement(text, date="2025-08-28")))
    told = findings.gaps_answer(found, lacking)
    assert "is projected to reach 40% by 2030, from 36% in 2024: 4 points" in told and "target" not in told
    assert list(found["kind"]) == ["projected"]


@pytest.mark.parametrize(
    ("level", "gap", "told"),
    [
        (about(64), about(6), "from about 64% in 2025: about 6 points, about 2.0 a year"),
        (at_least(64), at_most(6), "from at least 64% in 2025: at most 6 points, at most 2.0 a year"),
        (at_most(63.9), at_least(6.1), "from at most 63.9% in 2025: at least 6.1 points, at least 2.0 a year"),
        (between(62, 64), between(6, 8), "from 62–64% in 2025: 6–8 points, 2.0–2.7 a year"),
    ],
)
def test_a_hedged_level_leaves_a_hedged_gap(level, gap, told):
    assert told in findings.gaps_answer(gaps(level, exact(70), gap))


def test_a_level_or_a_year_that_is_not_stated_is_said_to_be_missing():
    why = "the statement gives no present level to measure this target from"
    rows = gaps(NOT_STATED, exact(40), NOT_STATED, why_missing=why, current_year=None)
    row = first(rows)
    assert findings.gaps_answer(rows) == f"Standards (provision): 40% is aimed at by 2028, but {why}."
    assert findings.level_words(row, "current") == "present level not stated"
    assert findings.gap_words(row) == "gap not stated"
    # A level that is known, of a year that is not: no rise a year, and none is told.
    undated = gaps(exact(64), exact(70), exact(6), target_year=None, years=None,
                   **columns("required_pp_a_year", NOT_STATED))  # fmt: skip
    told = "Standards (provision) is to reach 70%, from 64% in 2025: 6 points."
    assert findings.gaps_answer(undated) == told
    assert findings.gaps_finding(undated) == "Standards (provision): 6 points"


def test_what_can_be_measured_comes_first_and_nothing_at_all_is_said():
    unknown = gaps(NOT_STATED, exact(40), NOT_STATED, why_missing="the statement gives no present level")
    known = gaps(exact(64), exact(70), exact(6), subject="alatau_city", programme="Alatau")
    assert findings.gaps_answer(pd.concat([unknown, known])).startswith("Alatau")
    assert findings.gaps_answer(known.head(0), "No distance to a target.") == "No distance to a target."
    assert findings.gaps_finding(known.head(0)) == "The statement gives no level to be reached"


def test_a_share_of_nothing_in_the_catalogue_has_no_name_made_up():
    rows = gaps(exact(64), exact(70), exact(6), subject=None, programme=NOT_NAMED, indicator=None)
    told = findings.gaps_answer(rows)
    assert told.startswith("A share outside the catalogue is to reach 70%") and NOT_NAMED not in told
    assert findings.indicator_name(first(gaps(exact(1), exact(2), exact(1), indicator=None))) == "Standards"


# ---- The statement itself


def told_of(text: str, **passport) -> str:
    statement = auyl.Statement(text, date="2025-08-28", **passport)
    return findings.figures_found(auyl.figures(statement), auyl.unread(statement), statement)


def test_how_many_figures_there_are():
    # A figure of the catalogue, one of none of it with a bound, and a year.
    text = "In 2024, 5 billion tenge was allocated to Auyl Amanaty.\n\nThe plant made up to 12 tractors."
    assert told_of(text, publisher="Test Gazette") == (
        "This statement (Test Gazette, 28 August 2025) gives 2 figures: 1 about a programme or policy of the "
        "catalogue, 1 with a bound such as “up to”. 1 other number in it, years among them, say no quantity."
    )


def test_a_statement_without_figures_or_publisher():
    assert told_of("Nothing is counted here.") == (
        "This statement (statement of 28 August 2025) gives 0 figures. 0 other numbers in it, years among them, say no "
        "quantity."
    )


def test_numbers_that_could_not_be_understood_are_owned_up_to():
    unread = pd.DataFrame({"reason": ["a year", "not understood"]})
    statement = auyl.Statement("x", date="2025-08-28")
    told = findings.figures_found(auyl.figures(statement), unread, statement)
    assert told.endswith("2 other numbers in it, years among them, say no quantity, and 1 of those could not be "
                         "understood.")  # fmt: skip


def test_the_subject_with_the_most_figures():
    figures = auyl.figures(auyl.read_statement("2025-08-28_regional_development_concept"))
    assert findings.subjects_finding(auyl.subjects(figures)) == f"4 figures about {AUYL}"  # the seed's 04 to 07
    assert findings.subjects_finding(auyl.subjects(figures).head(0)) == "The statement gives no figures"


# ---- The words themselves


@pytest.mark.parametrize(
    ("text", "expected"), [("auyl gives", "Auyl gives."), ("Done.", "Done."), ("Why?", "Why?"), ("ауыл", "Ауыл.")]
)
def test_a_sentence_has_a_capital_and_one_full_stop(text, expected):
    assert findings.sentence(text) == expected


@pytest.mark.parametrize(
    ("number", "noun", "expected"),
    [(1, "figure", "1 figure"), (0, "figure", "0 figures"), (25000, "initiative", "25,000 initiatives"),
     (2, "city", "2 cities")],
)  # fmt: skip
def test_things_are_counted_in_their_plural(number, noun, expected):
    assert findings.counted(number, noun) == expected


def test_hostile_words_in_a_sentence_stay_words():
    hostile = '<script>alert(1)</script> & "quoted"'
    short = findings.in_short(hostile, "", "Second.")
    assert short.text == f"{hostile} Second." and "<script" not in short.html and "&lt;script&gt;" in short.html
    overview = findings.overview({'x".ipynb': (f"Who {hostile}?", hostile)})
    assert "<script" not in overview.html and 'href="x&quot;.ipynb"' in overview.html
    assert overview.text == f"Who {hostile}? {hostile}"
