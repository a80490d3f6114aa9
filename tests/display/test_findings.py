"""Computed sentences: each says one answer that may be said, with its bound and with what others say against it."""

import re
from pathlib import Path

import pandas as pd
import pytest

import auyl
from auyl.bounded import Bounded, about, at_least, at_most, between, exact
from auyl.display import cost_story, findings, outcomes, progress, tables
from auyl.display import words as english
from auyl.display.sentences import say, templates

SEED = "2025-08-28_regional_development_concept"


def told(text: str, language: str = "en", date: str = "2024-06-01") -> list[str]:
    statement = auyl.Statement(text, date=date, language=language)
    return findings.sentences(auyl.answers(statement), auyl.figures(statement))


# A text and the sentences that follow from it, worked out by hand.
SAID = [
    # 9 bn / 1,200 = 7.5 mn
    (
        "Under Auyl Amanaty, 9 billion tenge was allocated for 1,200 projects in 2023.",
        "en",
        [
            "Auyl Amanaty, 2023: 9 billion tenge allocated for 1,200 projects is 7.5 million tenge a project, on "
            "average."
        ],
    ),
    # a ceiling on the count is a floor of the cost: 701 / 6 = 116.83, rounded down
    (
        "Under Auyl Amanaty, 701 billion tenge was allocated for up to 6,000 projects in 2023.",
        "en",
        [
            "Auyl Amanaty, 2023: 701 billion tenge allocated for at most 6,000 projects is at least 116.8 million "
            "tenge a project, on average."
        ],
    ),
    # the same in Russian, told in English; a plan says so: 5 bn / 40 = 125 mn
    (
        "В 2025 году на «Ауыл аманаты» будет выделено 5 млрд тенге на 40 проектов.",
        "ru",
        [
            "Auyl Amanaty, planned for 2025: 5 billion tenge for 40 projects is 125.0 million tenge a project, on "
            "average."
        ],
    ),
    # another currency and no programme of the catalogue: 9.6 bn / 1,200 = 8 mn
    (
        "The Rural Access Fund spent KSh9.6 billion on 1,200 projects in 2023.",
        "en",
        [
            "Rural Access Fund, 2023: 9.6 billion Kenyan shillings for 1,200 projects is 8.0 million Kenyan shillings "
            "a project, on average."
        ],
    ),
    # a level and its aim: 70 - 64 = 6 points in 2028 - 2024 = 4 years
    (
        "Currently, settlement provision in the system of regional standards stands at 64%, the target is 70% by 2028.",
        "en",
        [
            "System of Regional Standards, provision: 64% in 2024, 70% to be reached by 2028: 6 points to rise, "
            "1.5 points a year."
        ],
    ),
    # a loan is not taken for a grant: 2.4 bn / 300 = 8 mn
    (
        "With a Diploma – to the Village!: in 2023, 2.4 billion tenge was allocated for housing loans to "
        "300 specialists.",
        "en",
        [
            "With a Diploma – to the Village!, housing loans, 2023: 2.4 billion tenge allocated for 300 specialists is "
            "8.0 million tenge a specialist, on average."
        ],
    ),
    # a total with a floor: 60 + 41 = 101
    (
        "In 2023 more than 100 schools were built: 60 in the north and 41 in the south.",
        "en",
        ["2023: the parts 60 schools and 41 schools make 101 schools, which fits a total of at least 100 schools."],
    ),
    ("Officials praised the people of the villages.", "en", []),
    # approvals are no projects
    ("Under Auyl Amanaty, 9 billion tenge was allocated in 2023; 1,200 applications arrived.", "en", []),
]


@pytest.mark.parametrize(("text", "language", "expected"), SAID)
def test_a_sentence_says_its_answer_in_english(text, language, expected):
    assert told(text, language) == expected


def test_only_what_may_be_said_is_said_and_the_rest_is_listed_with_its_reason():
    statement = auyl.read_statement(SEED)
    answers = auyl.answers(statement)
    lines = findings.sentences(answers, auyl.figures(statement))
    held = findings.held_back(answers)
    assert len(lines) == answers["said"].sum() and len(held) == (~answers["said"]).sum()
    assert held["why_not"].notna().all()
    assert not any("1,402" in line or "2.0 million" in line for line in lines)  # 701 bn / 500 villages, 50 bn / 25,000


def test_a_share_of_nothing_known_is_told_with_its_sentence():
    line = told("The share of homes with gas is 70% now and is to reach 80% by 2030. Nothing else is known.")[0]
    assert line.startswith("A share of the statement (“… now and is to reach 80% by 2030”): 70%")


# ---- Words


@pytest.mark.parametrize(
    ("quantity", "unit", "words"),
    [
        (at_least(116_833_333.3), "KZT", "at least 116.8 million tenge"),  # a floor is rounded down
        (at_most(106_212_121.2), "KZT", "at most 106.3 million tenge"),  # a ceiling up
        (exact(600_000), "EUR", "600,000 euros"),
        (exact(2.5e12), "KZT", "2.5 trillion tenge"),
        (exact(5e6), "XOF", "5.0 million XOF"),  # a currency without a name here keeps its code
        (about(2), "project", "about 2 projects"),
        (exact(1), "project", "1 project"),
        (exact(2), "person", "2 people"),
        (exact(3), "city", "3 cities"),
        (exact(3.5), "times", "3.5 times"),
        (exact(12), "km", "12 km"),
        (exact(69.2), "percent", "69.2%"),
        (exact(1), "percentage_point", "1 point"),
        (between(2, 2.5), "loan", "2.0–2.5 loans"),
        (pd.NA, "KZT", "not stated"),
        (exact(243_678.2), "KGS", "244,000 Kyrgyz soms"),  # of 21.2 million for 87
        (exact(1.025), "project", "about 1 project"),  # 41 projects for 40 villages
        (exact(260), "medical post", "260 medical posts"),
        (exact(655), pd.NA, "655"),
    ],
)
def test_an_amount_has_one_rounding_and_its_unit(quantity, unit, words):
    assert english.amount(quantity, unit) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Auyl Amanaty, 2019–2024"),
        ({"place": "KZ-39"}, "Auyl Amanaty, Kostanay region, 2019–2024"),
        ({"place": "IE"}, "Auyl Amanaty, Ireland, 2019–2024"),
        ({"place": "IE"}, "Auyl Amanaty, Ireland, 2019–2024"),
        ({"place": "Kitui County"}, "Auyl Amanaty, Kitui County, 2019–2024"),
        ({"status": "planned"}, "Auyl Amanaty, planned for 2019–2024"),
        ({"programme": pd.NA, "status": "planned"}, "Planned for 2019–2024"),
        ({"start_year": pd.NA, "end_year": pd.NA}, "Auyl Amanaty"),
        ({"measure": "gap"}, "Auyl Amanaty, by 2024"),
    ],
)
def test_a_row_says_what_it_is_about(changes, words):
    row = {"measure": "cost_per_project", "programme": "Auyl Amanaty", "place": pd.NA, "part": pd.NA}
    row |= {"start_year": 2019, "end_year": 2024, "status": "actual"}
    assert english.about(row | changes) == words


# ---- What others say


def seed() -> tuple[pd.DataFrame, ...]:
    statement = auyl.read_statement(SEED)
    claims = auyl.claims(statement)
    figures = claims[claims["source"] == "statement"]
    costs = auyl.against_the_record(auyl.funding_per_project(figures), claims)
    return auyl.answers(statement), claims, figures, costs


def test_a_cost_that_others_exclude_is_never_said_without_theirs():
    answers, claims, figures, costs = seed()
    beside = findings.against(answers, auyl.cross_checks(claims), "2025-08-28", costs)
    lines = findings.sentences(answers, figures, "cost_per_project", beside=beside)
    assert "at least 116.8" in lines[0] and "at most 106.3 million tenge each: both cannot be right" in lines[0]
    assert "wrong label" in lines[0]  # with what speaks against that source
    numbers = repr(findings.key_numbers(answers[answers["measure"] == "cost_per_project"], figures, costs))
    first, second = numbers.splitlines()[:2]
    assert first.startswith("at least 116.8 million tenge: a project") and "Both cannot be right" in second
    assert second.startswith("at most 106.3 million tenge: a project")


def test_an_aim_that_was_changed_later_is_said_with_the_later_one():
    answers, claims, figures, _ = seed()
    beside = findings.against(answers, auyl.cross_checks(claims), "2025-08-28")
    (line,) = findings.sentences(answers, figures, "gap", beside=beside)
    assert line.endswith("primeminister.kz, 28 November 2025, later gave 69.2% as the aim.")


CONTRADICTED = [
    "In 2019–2024, 701 billion tenge was allocated under Auyl – Yel besigi for up to 6,000 projects.",
    "Under Auyl – Yel besigi, 701 billion tenge was allocated in 2019–2024 for 5,000 projects.",
    "By 2028 the provision under the system of regional standards is to rise from 64% now to 75%.",
    "В 2019–2024 годах по проекту «Ауыл – Ел бесігі» выделен 701 млрд тенге, реализовано до 6 000 проектов.",
]
OTHERS = sorted((Path(__file__).parents[1] / "statements").glob("*.txt"))


@pytest.mark.parametrize("source", [SEED, *OTHERS, *CONTRADICTED], ids=lambda source: str(source)[-24:])
def test_no_number_of_a_headline_stands_without_what_contradicts_it(source):
    """Of every said answer one of whose figures the record contradicts, the same paragraph names who does."""
    known = source == SEED or isinstance(source, Path)
    statement = auyl.read_statement(source) if known else auyl.Statement(source, date="2025-08-28")
    answers, claims = auyl.answers(statement), auyl.claims(statement)
    figures, checks = claims[claims["source"] == "statement"], auyl.cross_checks(claims)
    costs = auyl.against_the_record(auyl.funding_per_project(figures), claims) if has_a_cost(answers) else None
    beside = findings.against(answers, checks, statement.date, costs)
    against = checks[checks["verdict"].isin(["contradicted", "revised since"])]
    derived = answers[answers["said"] & answers["measure"].isin(["cost_per_project", "money_per_village", "gap"])]
    for answer in derived.to_dict("records"):
        others = against[against["figure_id"].isin(answer["figure_ids"].split(","))]
        told = beside.get(answer["figure_ids"], "")
        assert others.empty or any(str(name).split(" (")[0] in told for name in others["publisher"]), answer


def test_the_statements_that_are_contradicted_are_said_to_be():
    """The test above would pass over texts that nothing contradicts: these are."""
    for text in CONTRADICTED[:2]:
        statement = auyl.Statement(text, date="2025-08-28")
        assert "contradicted" in set(auyl.cross_checks(auyl.claims(statement))["verdict"]), text


def has_a_cost(answers: pd.DataFrame) -> bool:
    return bool((answers["measure"] == "cost_per_project").any())


def parts(*values: float, unit: str = "KZT", statuses: tuple[str, ...] = ()) -> pd.DataFrame:
    rows = pd.DataFrame({"value": values, "status": [*statuses, *["actual"] * (len(values) - len(statuses))]})
    return rows.assign(quantity=pd.Series([exact(value) for value in values], dtype="bounded"), unit=unit)


TOTAL = {
    "value": 701e9,
    "low": 700.5e9,
    "high": 701.5e9,
    "bound": "exact",
    "unit": "KZT",
    "start_year": 2019,
    "end_year": 2024,
}


def test_parts_are_told_with_their_plans_and_with_the_other_way_of_adding():
    longest, shortest = parts(179e9, 326e9, 198e9, statuses=("planned",)), parts(179e9, 110e9, 106e9, 128e9, 198e9)
    assert cost_story.parts_sentence(TOTAL, longest, shortest) == (
        "The figures published for parts of 2019–2024 make 703 billion tenge, 0.3% more than the statement’s 701 "
        "billion tenge; 179 billion tenge of that planned. Shorter periods make 721 billion tenge."
    )
    exactly = parts(326e9, 198e9, 177.4e9)  # 701.4, printed as 701
    assert cost_story.adds_up(TOTAL, exactly) and not cost_story.adds_up(TOTAL, shortest)
    assert not cost_story.adds_up(TOTAL, longest)  # 703 is not 701
    assert not cost_story.adds_up(TOTAL, parts(177e9, 326e9, 198e9, statuses=("planned",)))  # a plan makes nothing sure
    assert cost_story.parts_sentence(TOTAL, parts(), parts()) == ""


STORY = {
    **{"programme": "Roads", "place": pd.NA, "part": pd.NA, "start_year": 2019, "end_year": 2024, "status": "actual"},
    **{"allocation": exact(701e9), "projects": at_most(6000), "unit": "KZT", "projects_unit": "project"},
}
HEADLINES = [
    # what the others' figures exclude, and whether the money adds up
    ({"projects": at_least(6600)}, parts(701e9), "the 701 billion tenge adds up, the 6,000 projects do not"),
    (
        {"projects": at_least(6600)},
        parts(524e9),
        "another source counts at least 6,600 projects, not at most 6,000 projects",
    ),
    (
        {"money": exact(524e9)},
        parts(703e9),
        "another source has 524 billion tenge, not 701 billion tenge",
    ),
    ({}, parts(703e9), "at least 116.8 million tenge a project, allocated"),
]


def headline(excluded: dict[str, Bounded], made: pd.DataFrame, status: str = "actual") -> str:
    total = TOTAL | {"indicator": "allocation", "status": "actual"}
    rivals = pd.DataFrame(
        {
            "replaced": list(excluded),
            "status": [status] * len(excluded),
            "published": pd.Series(list(excluded.values()), dtype="bounded"),
            "counted": "project",
            "publisher": "Gazette",
            "currency": "KZT",
        }
    )
    return cost_story.cost_headline(
        STORY,
        total,
        {**TOTAL, "value": 6000.0, "low": pd.NA, "high": 6000.0, "bound": "at_most", "unit": "project"},
        made,
        rivals,
    )


@pytest.mark.parametrize(("excluded", "made", "told"), HEADLINES)
def test_the_headline_names_programme_and_years_and_is_no_more_than_the_rules_allow(excluded, made, told):
    assert headline(excluded, made) == f"Roads, 2019–2024: {told}"


def test_a_plan_that_was_replaced_makes_no_contradiction_of_the_headline():
    assert headline({"projects": exact(1400)}, parts(), "planned").endswith("116.8 million tenge a project, allocated")


def test_each_claim_has_one_verdict_contradictions_first():
    _, claims, figures, _ = seed()
    sums = {figure_id: auyl.parts_of(claims, figure_id) for figure_id in figures["figure_id"]}
    checked = outcomes.checked(figures, auyl.cross_checks(claims), sums)
    by_figure = checked.set_index(checked["figure_id"].str[-2:])
    assert len(by_figure) == 15 and by_figure.index.is_unique
    assert by_figure.loc["05", "verdict"] == "contradicted"  # up to 6,000 projects
    assert "contradicted" in by_figure.loc["14", "verdict"]  # 46 districts, 42 by the Central Election Commission
    assert "42 districts" in by_figure.loc["14", "others"]
    assert by_figure.loc[["02", "03", "04"], "verdict"].tolist() == [
        "revised since",
        "cannot be checked",
        "other source doubtful",
    ]
    assert by_figure.loc["08", "verdict"] == "cannot be checked"
    assert checked["verdict"].iloc[0] == "contradicted" and checked["verdict"].iloc[-1] == "cannot be checked"


def test_costs_of_two_years_are_compared_only_within_one_family():
    costs = pd.DataFrame(
        {
            "family": ["A", "A", "B"], "status": "planned", "length": 1, "start_year": [2024, 2025, 2025],
            "end_year": [2024, 2025, 2025], "unit": "KZT", "projects_unit": "project",
            "cost_mn": pd.Series([exact(127.9), at_least(176.4), exact(90)], dtype="bounded"),
        }
    )  # fmt: skip
    line = repr(cost_story.dearer(costs, 2025))  # 176.4 / 127.9 = 1.379
    assert line == (
        "From 2024 to 2025 the planned cost of a project rose from 127.9 million tenge to at least 176.4 million "
        "tenge, by at least 37% (A)."
    )
    real = costs.assign(real_mn=pd.Series([exact(142.4), at_least(176.4), exact(90)], dtype="bounded"))
    assert "by at least 37%; at the prices of 2025 it rose by at least 23% (A)" in repr(
        cost_story.dearer(real, 2025)
    )  # 176.4 / 142.4 = 1.2388
    assert repr(cost_story.dearer(costs.tail(1), 2025)) == ""


def test_nothing_said_leaves_no_headline_and_no_number():
    statement = auyl.read_statement(SEED)
    answers, figures = auyl.answers(statement), auyl.figures(statement)
    none = answers.iloc[:0]
    assert repr(findings.key_numbers(none, figures)) == ""
    assert repr(findings.in_short(none, figures, "gap")) == say("lacking.gap")
    assert repr(findings.in_short(none, figures)) == say("lacking.all")
    held = answers[~answers["said"] & (answers["measure"] == "gap")]
    assert repr(findings.in_short(held, figures, "gap")).startswith("Nothing can be said of the distance to a target: ")


def test_what_has_no_share_to_be_reached_names_its_aims_in_numbers():
    text = "Under Auyl Amanaty, 250 villages are to be connected by 2028. By 2027, 300 schools are to be built."
    statement = auyl.Statement(text, date="2025-01-01", language="en")
    figures = auyl.figures(statement).assign(status="target")
    told = repr(findings.in_short(auyl.answers(statement), figures, "gap"))
    assert told == f"{say('lacking.gap')} In numbers it aims at 250 villages by 2028 and 300 schools by 2027."


def test_a_cost_says_which_programme_and_years_are_missing():
    assert told("In 2023, 9 billion tenge was allocated for 1,200 projects.")[0].startswith(
        "2023, programme not stated: "
    )
    assert told("9 billion tenge was allocated for 1,200 projects.")[0].startswith("Programme and years not stated: ")


def test_a_sum_says_what_its_parts_make_and_many_parts_are_not_named_one_by_one():
    parts = [
        {"value": value, "low": pd.NA, "high": pd.NA, "bound": "exact", "unit": "GBP"}
        for value in (672e6, 821e6, 594e6)
    ]
    total = {"value": 2.1e9, "low": pd.NA, "high": pd.NA, "bound": "exact", "unit": "GBP"}
    row = {"value": 0.0, "unit": "GBP", "status": "actual", "start_year": pd.NA, "end_year": pd.NA}
    row |= dict.fromkeys(["programme", "place", "part"], pd.NA)

    def line(parts: list[dict]) -> str:
        figures = pd.DataFrame([total, *parts]).assign(figure_id=[str(n) for n in range(len(parts) + 1)])
        return findings.sum_sentence(row | {"figure_ids": ",".join(figures["figure_id"])}, figures)

    assert line(parts).endswith("make 2.087 billion pounds, which is 2.1 billion pounds within rounding.")
    assert line(parts * 2).startswith("The 6 parts, from 594 million pounds to 821 million pounds, make")


# ---- Published parts


def test_parts_follow_on_one_another_without_a_gap_or_an_overlap():
    _, claims, _, _ = seed()
    money = auyl.parts_of(claims, f"{SEED}#04")
    # by hand from data/published.csv: 326 (2019–2022) + 198 (2023) + 179 (2024, planned) = 703
    assert money[["start_year", "end_year"]].to_numpy().tolist() == [[2019, 2022], [2023, 2023], [2024, 2024]]
    assert money["quantity"].sum() == 703e9
    # 110 (2019–2020) + 106 (2021) + 128 (2022) + 198 + 179 = 721; 29 of the 110 are of 2019, which leaves 81
    yearly = auyl.parts_of(claims, f"{SEED}#04", longest=False)
    assert yearly["value"].tolist() == [29e9, 81e9, 106e9, 128e9, 198e9, 179e9]
    assert yearly["start_year"].tolist() == yearly["end_year"].tolist() == [2019, 2020, 2021, 2022, 2023, 2024]
    assert yearly["figure_id"][1] == "p013 less p009" and yearly["quantity"].sum() == 721e9
    # 3,600 (2019–2022) + 1,800 (2023) + 1,400 (2024, planned) = 6,800
    assert auyl.parts_of(claims, f"{SEED}#05")["quantity"].sum() == 6800
    # a single year, a share, a figure that is not there have no parts
    for figure in ("06", "01", "99"):
        assert auyl.parts_of(claims, f"{SEED}#{figure}").empty


@pytest.mark.parametrize("unit", ["village", "percent"])
def test_what_may_be_the_same_in_two_years_is_not_added_up(unit):
    _, claims, _, _ = seed()
    money = (claims["subject"] == "auyl_el_besigi") & (claims["indicator"] == "allocation")
    counted = claims.assign(unit=claims["unit"].mask(money.fillna(False), unit))
    assert auyl.parts_of(counted, f"{SEED}#04").empty and len(auyl.parts_of(claims, f"{SEED}#04"))


def test_parts_that_leave_a_year_out_make_no_sum():
    _, claims, _, _ = seed()
    without = claims[~((claims["start_year"] == 2023) & (claims["end_year"] == 2023)).fillna(False)]
    assert auyl.parts_of(without, f"{SEED}#04").empty


def test_a_parameter_that_names_nothing_is_told_what_it_may_name():
    assert auyl.errors.one_of("programme", "", ["A"]) == ""
    assert auyl.errors.one_of("programme", "A", ["A", pd.NA]) == "A"
    with pytest.raises(auyl.ParameterError, match=r"programme is 'C': the statement names A, B"):
        auyl.errors.one_of("programme", "C", ["B", "A", "A"])


def test_money_that_others_published_is_told_before_any_assumption():
    text = "Under Auyl – Yel besigi, this year around 1,000 projects are planned in 500 villages."
    statement = auyl.Statement(text, date="2025-08-28", language="en")
    claims = auyl.claims(statement)
    figures = claims[claims["source"] == "statement"]
    alone, known = (auyl.village_allocations(figures, 100, published) for published in (None, claims))
    (line,) = cost_story.village_money(known, claims, {}).values()
    assert "has 176.4 billion tenge" in line and "352.8 million tenge a village." in line  # 176.4 bn / 500
    assert line.endswith("Another figure on the page of KazFace.kz is in doubt.")
    (line,) = cost_story.village_money(alone, claims, {}).values()
    assert "which is an assumption" in line and line.endswith("about 200.0 million a village.")  # 2 projects of 100 mn


def tracks(*ratios: float, own: bool = True) -> pd.DataFrame:
    rows = [{"aim_id": "a", "year_then": 2014 + n, "year": 2022, "value": 36.5, "years": 8 - n, "source": "Gazette"}
            for n in range(len(ratios))]  # fmt: skip
    return pd.DataFrame(rows).assign(own=own, eurostat=ratios, united_nations=ratios, linear=ratios)


@pytest.mark.parametrize(
    ("ratios", "own", "expected"),
    [
        ((1.2, 1.0), True, "from all 2 by each of three methods"),
        ((1.2, 0.2), True, "from 1 by each of three methods"),
        ((0.1, -0.2), True, "from none by each of three methods"),
        # 0.97 is enough for the two methods whose own bound is 0.95, not for points a year
        (
            (0.97, 1.1),
            True,
            "all 2 by Eurostat’s ratio, all 2 by the United Nations’ measure and 1 by the linear ratio",
        ),
        ((1.2, 1.0), False, "is the last level published (Gazette), the statement gives none"),
    ],
)
def test_a_verdict_counts_the_levels_it_rests_on(ratios, own, expected):
    told = progress.reach("SMEs", "40% by 2030", tracks(*ratios, own=own), 3)
    assert expected in told and "2014 to 2015" in told and "Nothing is on record of the years after 2022" in told


def test_no_verdict_across_a_break():
    gap = {"level_year": 2025}
    levels = pd.DataFrame({"year": [2021, 2024, 2025], "anew": [False, True, True]})
    assert progress.no_pace(gap, levels).startswith(
        "What is counted changed, or probably did, before the levels of 2024"
    )
    assert progress.no_pace(gap, levels.iloc[2:]) == "No earlier level is on record."


def test_a_cost_says_paid_only_of_what_was_paid():
    money = TOTAL | {"status": "actual", "indicator": "disbursement"}
    assert findings.done(money) == "701 billion tenge paid"
    assert (
        findings.done(money | {"indicator": pd.NA})
        == findings.done(money | {"status": "planned"})
        == "701 billion tenge"
    )


@pytest.mark.parametrize(("assumed", "bound"), [(True, "at least about 142.5"), (False, "at least 142.5")])
def test_a_price_that_rests_on_an_assumption_is_about_so_much_and_keeps_its_side(assumed, bound):
    costs = pd.DataFrame({"money_id": [], "projects_id": [], "excluded": pd.array([], dtype=bool)})
    story = pd.DataFrame([STORY | {"allocation_id": "a", "projects_id": "b"}])
    assert f"is {bound} million tenge in tenge of 2024" in str(cost_story.real_cost(story, 1.22, 2024, costs, assumed))


def test_every_template_is_used_and_every_sentence_has_one():
    """A translation of sentences.toml is whole if it has what this one has."""
    library = Path(auyl.__file__).parent / "display"
    code = "".join(path.read_text(encoding="utf-8") for path in library.rglob("*.py")).replace("'", '"')
    for section, entries in templates().items():
        if section in ("currency", "plural", "name", "question", "heading"):
            continue  # looked up by the words of a table
        for name in entries:
            ways = (f"{section}.{name}", f"{section}.{{", f'"{name}"', f'"{section}")')
            assert any(way in code for way in ways), f"nothing asks for {section}.{name}"
    for section, name in re.findall(r'say\(\s*"(\w+)\.(\w+)"', code):
        assert name in templates()[section]


def test_only_rows_become_a_table():
    assert tables.rows(pd.DataFrame({"a": []})) is None
    shown = tables.rows(pd.DataFrame({"place": ["KZ-39"], "why_not": [pd.NA], "sum_of": [4091800000.0]}))
    assert shown.to_dict("records") == [{"place": "Kostanay region", "sum of": "4,091,800,000"}]
