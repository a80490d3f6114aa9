"""A statement is no witness for itself, however its page and its publisher are written."""

import pandas as pd
import pytest

import auyl
from auyl.measures.claims import is_near, is_one_page, is_own_page, plain

OWN = pd.DataFrame(
    {name: [None] for name in ("subject", "indicator", "value", "bound", "status", "start_year", "end_year", "place")}
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.inform.kz/ru/odin_a4041277", "https://inform.kz/ru/odin_a4041277/"),
        ("https://kaz.inform.kz/kk/bir_a4041277", "https://www.inform.kz/ru/odin_a4041277"),
        ("https://tolqyn.kz/zanalyk/41814-auyl.html", "http://tolqyn.kz/41814"),
    ],
)
def test_a_page_is_known_again_by_its_path_or_number(one, other):
    assert is_one_page(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://tolqyn.kz/41814", "https://inform.kz/41814"),
        ("https://stat.gov.kz/41814", "https://egov.gov.kz/41814"),
        ("https://lsm.kz/20230228/a", "https://lsm.kz/20230228/b"),  # a day is no number of a page
    ],
)
def test_pages_of_two_sites_or_of_one_day_are_two(one, other):
    assert not is_one_page(one, other)


@pytest.mark.parametrize("name", ["Казинформ", "Kazinform (ru)", "ҚазИнформ", "Qazinform", "KAZINFORM.kz"])
def test_a_publisher_has_one_name_in_every_alphabet(name):
    assert plain(name) == "kazinform"


@pytest.mark.parametrize(
    ("publisher", "source", "address", "date", "same"),
    [
        ("Казинформ", "Kazinform (ru)", "https://www.inform.kz/a1", "2023-03", True),
        ("Толқын", "tolqyn.kz (Kyzylorda akimat)", "https://tolqyn.kz/1", "2023-02-28", True),
        ("inform.kz", "Kazinform (ru)", "https://www.inform.kz/a1", "2023-03", True),
        (
            "Казинформ",
            "Kazinform (ru)",
            "https://www.inform.kz/a1",
            "2023-08-01",
            False,
        ),  # the house, half a year later
        ("Толқын", "Kazinform (ru)", "https://www.inform.kz/a1", "2023-02-28", False),
    ],
)
def test_a_page_of_the_same_house_and_days_is_the_statement(publisher, source, address, date, same):
    others = OWN.assign(value=1.0, source=source, address=address, date=date)
    told = auyl.Statement("5 school.", date="2023-02-28", language="en", publisher=publisher)
    assert is_own_page(others, OWN, told).tolist() == [same]


def test_a_page_of_the_very_day_with_a_figure_of_the_statement_is_no_witness():
    others = OWN.assign(value=300.0, source="mgorod.kz", address="https://mgorod.kz/1", date=["2025-10-24"])
    told = auyl.Statement("300 schools.", date="2025-10-24", language="en")
    assert is_own_page(others, OWN.assign(value=300.0), told).tolist() == [True]
    assert is_own_page(others, OWN.assign(value=301.0), told).tolist() == [False]
    assert is_own_page(others.assign(date="2025-10-23"), OWN.assign(value=300.0), told).tolist() == [False]


def test_a_month_is_near_a_day_at_its_edge():
    assert is_near("2023-03", "2023-02-28")
    assert not is_near("2023-03", "2023-02-10")
    assert not is_near("2023", "2023-02-10")
    assert not is_near(None, "2023-02-10")
