"""A cost of one measure, purpose or province says so; two averages of one word are a riddle, and are not said."""

import pytest

import auyl


def said(text: str, language: str):
    found = auyl.answers(auyl.Statement(text, date="2024-06-01", language=language))
    costs = found[found["measure"] == "cost_per_project"]
    return costs[costs["said"]], costs[~costs["said"]]


@pytest.mark.parametrize(
    ("text", "language", "column", "words"),
    [
        (
            "In addition, €1.8 million goes to 40 projects under the Early Design Measure, which helps councils.",
            *("en", "part", ["Early Design Measure"]),
        ),
        (
            "In Nova Scotia up to $17 million will be spent to bring fast internet to 20,000 homes.",
            *("en", "place", ["Nova Scotia"]),
        ),
        (
            "The loans went out as follows: 1,300 recipients in sheep breeding were granted 800 million soms, and 200 "
            "recipients in fruit growing were granted 100 million soms.",
            *("en", "part", ["sheep breeding", "fruit growing"]),
        ),
        (
            "Предусмотрено:\n– на строительство 150 школ – 840 млн сомов,\n"
            "– на текущий ремонт 80 школ – 220 млн сомов.",
            *("ru", "part", ["строительство", "текущий ремонт"]),
        ),
    ],
)
def test_a_cost_names_what_its_words_name(text, language, column, words):
    told, _ = said(text, language)
    assert sorted(told[column]) == sorted(words)


def test_the_place_of_a_list_is_each_its_own():
    text = (
        "В Таласской области выдано 1500 кредитов на 460 миллионов сомов, в Нарынской – 1700 кредитов на 414 "
        "миллионов сомов."
    )
    told, _ = said(text, "ru")
    assert len(set(told["place"])) == len(told) == 2


def test_two_costs_of_one_word_are_said_only_where_money_and_count_stand_side_by_side():
    beside = (
        "The agency spent 80 million tenge on 10 schools this year. It said the work had gone well and on time. In "
        "another contract it spent 30 million tenge on 12 schools this year."
    )
    told, _ = said(beside, "en")
    assert told["value"].tolist() == [8e6, 2.5e6]
    text = (
        "The agency spent 80 million tenge this year, by its own account, on 10 schools. The work went well. "
        "In another contract it spent 30 million tenge this year, by its own account, on 12 schools."
    )
    told, held = said(text, "en")
    assert not len(told)
    assert held["why_not"].str.startswith("nothing tells").sum() == 2
