"""When acts without a number fall due, by the words of three languages, and which are overdue at a given day."""

import pytest

import auyl

SAID, AS_OF = "2025-08-28", "2026-03-31"
CASES = [
    ("en", "A fund for farmers will be established by 1 December.", "2025-12-01", "overdue"),
    ("en", "By 15 February, a fund for farmers will be established.", "2026-02-15", "overdue"),  # of next year
    ("en", "A law on irrigation will be adopted by the end of March 2026.", "2026-03-31", "not due yet"),  # that day
    ("en", "A law on irrigation will be adopted by the end of the year.", "2025-12-31", "overdue"),
    ("en", "A law on irrigation will be adopted next year.", "2026-12-31", "not due yet"),
    ("en", "By the end of 2026, a fund for farmers will be established.", "2026-12-31", "not due yet"),
    ("en", "A fund for farmers will be established by 01.12.2026.", "2026-12-01", "not due yet"),
    ("en", "The law of 2019 on irrigation will be amended.", None, "no day named"),  # 2019 is the law's year
    ("en", "A law on irrigation was adopted in 2024.", None, "done"),
    ("en", "The renewal of the canals has been under way since 2019.", None, "no day named"),
    ("en", "ASTANA, 28 August 2025 – The project is under way and is meant to raise incomes.", None, "no day named"),
    ("en", "The renewal of the canals is under way and will be completed by 1 December.", "2025-12-01", "overdue"),
    ("ru", "До конца 2026 года будет создан фонд для фермеров.", "2026-12-31", "not due yet"),
    ("ru", "К 1 декабря будет создан фонд для фермеров.", "2025-12-01", "overdue"),
    ("ru", "До конца года будет принят закон об орошении.", "2025-12-31", "overdue"),
    ("kk", "2026 жылдың соңына дейін фермерлер қоры құрылады.", "2026-12-31", "not due yet"),
    ("kk", "1 желтоқсанға дейін фермерлер қоры құрылады.", "2025-12-01", "overdue"),
    ("kk", "Жыл соңына дейін суару туралы заң қабылданады.", "2025-12-31", "overdue"),
]


@pytest.mark.parametrize(("language", "text", "due", "state"), CASES, ids=[case[1][:50] for case in CASES])
def test_the_day_of_an_act(language, text, due, state):
    act = auyl.deadlines(auyl.Statement(text, date=SAID, language=language), AS_OF).iloc[-1].to_dict()
    assert (act["due"] if due else None, act["state"]) == (due, state)


def test_a_day_that_is_none_stops_and_a_text_without_acts_has_none():
    statement = auyl.Statement("Some 12 schools.", date=SAID)
    with pytest.raises(auyl.ParameterError, match="as_of is 'soon'"):
        auyl.deadlines(statement, "soon")
    assert auyl.deadlines(statement, AS_OF).empty
