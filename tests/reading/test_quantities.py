"""What is read from a phrase: examples are rows in tests/cases, one file a language; add a row, not code.

quantities_*.tsv: a phrase with one figure. no_figures_*.tsv: a phrase without any, and why its number is none.
several.tsv: a phrase with several figures that belong together, as "value unit; value unit".
known_gaps.tsv: either kind, misread today; these must fail, so that the day they are read is seen.
"""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from auyl.reading.document import read_figures
from auyl.reading.lexicon import LANGUAGES
from auyl.reading.quantities import read_quantities

CASES = Path(__file__).parents[1] / "cases"
SENTENCES = {"en": ("They spoke: ", " there."), "ru": ("Сообщили: ", " там."), "kk": ("Айтты: ", " сонда.")}


def table(name: str) -> list[dict]:
    with (CASES / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def rows(kind: str) -> list:
    """The rows of each language that has such a file: a language may be known before it has examples."""
    return [
        pytest.param(language, row, id=f"{language}: {row['phrase']}")
        for language in LANGUAGES
        if (CASES / f"{kind}_{language}.tsv").exists()
        for row in table(f"{kind}_{language}")
    ]


@pytest.mark.parametrize(("language", "row"), rows("quantities"))
def test_a_phrase_is_read_as_its_row_says(language: str, row: dict):
    found = read_quantities(row["phrase"], language)
    assert len(found) == 1, [row["phrase"][q.start : q.end] for q in found]
    quantity = found[0]
    assert float(quantity.value) == pytest.approx(float(row["value"]), rel=1e-9)
    assert (quantity.unit or "", quantity.hedge or "", quantity.bound) == (row["unit"], row["hedge"], row["bound"])
    if row["low"]:
        assert (quantity.low, quantity.high) == (Decimal(row["low"]), Decimal(row["high"]))


@pytest.mark.parametrize(("language", "row"), rows("quantities"))
def test_the_quote_is_the_same_in_a_sentence(language: str, row: dict):
    # A phrase is read alike at the start of a text and amid others, and its positions are those of the text.
    phrase = row["phrase"]
    before, after = SENTENCES.get(language, ("— ", "."))
    alone = read_quantities(phrase, language)[0]
    found = read_quantities(before + phrase + after, language)
    assert [(before + phrase + after)[q.start : q.end] for q in found] == [phrase[alone.start : alone.end]]


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{row['language']}: {row['phrase']}") for row in table("several")]
)
def test_several_figures_are_read_each_for_itself(row: dict):
    found = read_quantities(row["phrase"], row["language"])
    read = [f"{float(q.value):.10g} {q.unit or ''}".strip() for q in found]
    assert "; ".join(read) == row["figures"]


@pytest.mark.parametrize(("language", "row"), rows("no_figures"))
def test_what_is_no_figure_is_listed_with_its_reason(language: str, row: dict):
    figures, unread = read_figures(row["phrase"], "2025-06-01", language)
    assert [figure["quote"] for figure in figures] == []
    assert row["reason"] in [number.reason for number in unread]


@pytest.mark.xfail(strict=True, reason="misread today; when it is read, the row moves to its language's file")
@pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{row['language']}: {row['phrase']}") for row in table("known_gaps")]
)
def test_a_known_gap_is_read(row: dict):
    if row["reason"]:
        test_what_is_no_figure_is_listed_with_its_reason(row["language"], row)
    else:
        test_a_phrase_is_read_as_its_row_says(row["language"], row)


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.tsv")))
def test_every_row_has_all_its_columns_and_stands_there_once(name: str):
    found = table(name)
    assert all(None not in row and None not in row.values() for row in found), "a tab too many or too few"
    phrases = [(row.get("language"), row["phrase"]) for row in found]
    assert [phrase for phrase in phrases if phrases.count(phrase) > 1] == []


def test_exact_reaches_half_a_unit_of_the_last_printed_digit():
    # 701 billion is 700.5 to 701.5; 64% is 63.5 to 64.5; a count printed in full is itself.
    money, share, count = read_quantities("701 billion tenge, 64% and 500 villages")
    assert (money.low, money.high) == (Decimal("700.5e9"), Decimal("701.5e9"))
    assert (share.low, share.high) == (Decimal("63.5"), Decimal("64.5"))
    assert (count.low, count.high) == (500, 500)


def test_a_level_reached_is_no_ceiling():
    # "Up to" as a direction of change is not a bound.
    assert [q.bound for q in read_quantities("The share rose up to 70% this year.")] == ["exact"]
    assert [q.bound for q in read_quantities("Показатель намечено довести до 75%.", "ru")] == ["exact"]


def test_two_levels_of_a_change_are_two_figures():
    assert [float(q.value) for q in read_quantities("Coverage grew from 91% to 93%.")] == [91, 93]


def test_a_unit_printed_once_serves_the_whole_list():
    found = read_quantities("1,500, 2,000 and 3,000 projects")
    assert [(float(q.value), q.unit) for q in found] == [(1500, "project"), (2000, "project"), (3000, "project")]


BORROWED = [  # a text, its language, and (value, unit) of each of its figures
    ("The programme received 450 billion tenge, of which 3 were pilots.", "en", [(450e9, "KZT"), (3, None)]),
    ("There were 156,000, 33.8% up.", "en", [(156_000, None), (33.8, "percent")]),
    (
        "Of 2,709 bridges, 462 were widened and 155 replaced.",
        "en",
        [(2709, "bridge"), (462, "bridge"), (155, "bridge")],
    ),
    ("Output doubled from 3.4 trillion tenge to 6 trillion tenge.", "en", [(3.4e12, "KZT"), (6e12, "KZT")]),
    ("Exports were 5.1, 5.2 and 5.3 billion tenge.", "en", [(5.1e9, "KZT"), (5.2e9, "KZT"), (5.3e9, "KZT")]),
    ("Экспорт – 37,2 млрд долларов, импорт – 29,2.", "ru", [(37.2e9, "USD"), (29.2e9, "USD")]),
    ("Следили 269 наблюдателей (Арал – 127).", "ru", [(269, "observer"), (127, "observer")]),
    ("Выбрали в двух округах (Исатай – 15 883).", "ru", [(2, "district"), (15_883, None)]),
    ("Доля выросла с 64,1% до 69,2%.", "ru", [(64.1, "percent"), (69.2, "percent")]),
    ("148 мектеп берілді, қалған 69-ы аяқталады.", "kk", [(148, "school"), (69, "school")]),
    ("Азық-түлік 12,7, қызмет 11,4 пайызға қымбаттады.", "kk", [(12.7, "percent"), (11.4, "percent")]),
]


@pytest.mark.parametrize(("text", "language", "figures"), BORROWED, ids=[row[0] for row in BORROWED])
def test_a_bare_number_takes_a_unit_only_where_the_words_lend_it(text, language, figures):
    assert [(float(q.value), q.unit) for q in read_quantities(text, language)] == figures


def test_a_bare_dollar_is_that_of_the_country():
    assert [q.unit for q in read_quantities("It cost $5 million.")] == ["USD"]
    assert [q.unit for q in read_quantities("It cost $5 million.", country="AU")] == ["AUD"]
    assert [q.unit for q in read_quantities("It cost US$5 million.", country="AU")] == ["USD"]
    assert [q.unit for q in read_quantities("Islamabad released Rs575bn.")] == ["PKR"]
