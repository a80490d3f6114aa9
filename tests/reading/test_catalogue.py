"""The catalogue's rows: those of the project are sound, and a row that could not work is refused in one line."""

import pytest

import auyl
from auyl.reading.lexicon import FOLDER
from auyl.reading.subjects import read_rows

GOOD = '[roads]\nname = "Roads"\nkind = "topic"\nspelled = ["road{,s}"]\n'


def test_the_projects_own_rows_are_sound():
    assert "auyl_el_besigi" in read_rows(FOLDER / "catalogue.toml")


@pytest.mark.parametrize("units", ["money", "project", "km2", "percentage_point", "bridge", "KZT", "akim"])
def test_a_unit_is_what_a_figure_may_have(tmp_path, units):
    file = tmp_path / "catalogue.toml"
    file.write_text(f'{GOOD}[roads.indicators]\nlength = {{ units = ["{units}"] }}\n', encoding="utf-8")
    assert read_rows(file)["roads"]["indicators"]["length"]["units"] == [units]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[roads\n", "cannot be read"),
        ("[Roads]\n", "[Roads]: an id is lower-case letters"),
        ('roads = "Roads"\n', "roads is no subject: begin one with a line [roads]"),
        ('[roads]\nname = "Roads"\n', "[roads] lacks kind, spelled"),
        (GOOD.replace("name", "title"), "[roads] has an entry 'title': there are name, kind, spelled, indicators"),
        (GOOD.replace("topic", "policy"), "[roads]: kind 'policy' must be one of programme, topic"),
        (GOOD.replace('"Roads"', "3"), "[roads]: name 3 must be a text"),
        (GOOD.replace('["road{,s}"]', '"road"'), "[roads]: spelled 'road' must be a list of words or phrases"),
        (GOOD.replace('["road{,s}"]', "[]"), "[roads]: spelled [] must be a list of words or phrases"),
        (GOOD.replace("{,s}", "{,s"), "must be a list of words or phrases"),
        (GOOD.replace('"road{,s}"', '"*"'), "must be a list of words or phrases"),
        (GOOD + "indicators = 3\n", "[roads]: indicators 3 must be a table of indicators"),
        (GOOD + 'indicators = { a = ["km"] }\n', "[roads] indicator a is no table"),
        (GOOD + 'indicators = { a = { near = ["x"] } }\n', "[roads] indicator a lacks units"),
        (GOOD + 'indicators = { a = { units = ["km"], nearby = ["x"] } }\n', "indicator a has an entry 'nearby'"),
        (GOOD + 'indicators = { a = { units = ["km"], alone = 1 } }\n', "indicator a: alone 1 must be true or false"),
        (GOOD + 'indicators = { a = { units = "km" } }\n', "indicator a: units 'km' must be a list of units"),
        (
            GOOD + 'indicators = { a = { units = ["projects"] } }\n',
            "no figure has the unit 'projects': write 'project'",
        ),
        (GOOD + 'indicators = { a = { units = ["tenge"] } }\n', "no figure has the unit 'tenge': write 'KZT'"),
        (GOOD + 'indicators = { a = { units = ["%"] } }\n', "no figure has the unit '%': write 'percent'"),
    ],
)
def test_a_row_that_could_not_work_is_refused_in_one_line(tmp_path, text, says):
    file = tmp_path / "catalogue.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(auyl.AuylError) as stop:
        read_rows(file)
    assert says in str(stop.value) and str(file) in str(stop.value) and "\n" not in str(stop.value)
