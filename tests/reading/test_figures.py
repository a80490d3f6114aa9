"""The tidy table: on the seed the fifteen figures of its worked example, elsewhere what a careful reader would find."""

import sys
import unicodedata
from pathlib import Path

import pandas as pd
import pytest

import auyl
from auyl.reading.document import read_figures
from auyl.reading.table import DTYPES, REASONS, schema

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parents[1] / "cases"
sys.path.insert(0, str(ROOT))

from bench import scoring  # noqa: E402  the scorer of `make bench`

SEED = "2025-08-28_regional_development_concept"
NAMES = ["quote", "start", "end", "value", "hedge", "bound", "unit", "subject", "programme", "indicator", "status"]
YEARS = ["start_year", "end_year"]
ABOUT = ["place", "part", "unit_from", "subject_from", "place_from", "years_from", "status_from"]


@pytest.fixture(scope="module")
def seed() -> auyl.Statement:
    return auyl.read_statement(SEED)


def read(text: str, seed: auyl.Statement) -> pd.DataFrame:
    return auyl.figures(auyl.Statement(text, date=seed.date))


def without_positions(figures: pd.DataFrame) -> list[tuple]:
    columns = ["value", "bound", "unit", "subject", "indicator", "status", *YEARS]
    return [tuple(None if pd.isna(x) else x for x in row) for row in figures[columns].itertuples(index=False)]


# ── the seed ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_seed_has_exactly_its_fifteen_figures(seed):
    # tests/cases/seed_figures.csv was written by hand from the article, before the parser.
    figures = auyl.figures(seed)
    expected = pd.read_csv(CASES / "seed_figures.csv").astype({n: DTYPES[n] for n in [*NAMES, *YEARS, *ABOUT]})
    text = {"subject": "string", "indicator": "string"}
    pd.testing.assert_frame_equal(figures[[*NAMES, *YEARS, *ABOUT]].astype(text), expected.astype(text))


def test_every_quote_is_the_text_at_its_position(seed):
    figures = auyl.figures(seed)
    assert [seed.text[start:end] for start, end in zip(figures["start"], figures["end"], strict=True)] == list(
        figures["quote"]
    )


def test_figures_are_numbered_in_the_order_of_the_text(seed):
    figures = auyl.figures(seed)
    assert list(figures["figure_id"]) == [f"{SEED}#{n:02}" for n in range(1, 16)]
    assert set(figures["source_id"]) == {SEED}
    assert figures["start"].is_monotonic_increasing
    places = seed.sentences
    for number, start, end in figures[["sentence", "start", "end"]].itertuples(index=False):
        assert places[number - 1][0] <= start < end <= places[number - 1][1]


def test_low_and_high_say_what_the_words_allow(seed):
    limits = auyl.figures(seed).set_index("quote")[["low", "high"]]
    # 701 billion is printed to the billion: half of one either way. 500 villages are 500.
    assert tuple(limits.loc["701 billion tenge"]) == (700.5e9, 701.5e9)
    assert tuple(limits.loc["64%"]) == (63.5, 64.5)
    assert tuple(limits.loc["500 villages"]) == (500, 500)
    assert pd.isna(limits.loc["up to 6,000 projects", "low"]) and limits.loc["up to 6,000 projects", "high"] == 6000
    assert limits.loc["more than 114,000 specialists", "low"] == 114000
    assert limits.loc["around 1,000 projects"].isna().all()


def test_the_data_folder_holds_the_table_of_today(seed):
    stored = pd.read_csv(ROOT / "data" / "figures.csv", dtype=DTYPES)
    pd.testing.assert_frame_equal(auyl.check(stored), auyl.figures(seed), check_categorical=False)


def test_another_number_in_the_text_is_another_number_in_the_table(seed):
    assert "701" in seed.text
    before, after = (
        without_positions(read(seed.text, seed)),
        without_positions(read(seed.text.replace("701", "702"), seed)),
    )
    expected = [(702e9, *row[1:]) if row[0] == 701e9 else row for row in before]
    assert after == expected


def test_the_order_of_paragraphs_is_the_order_of_figures(seed):
    paragraphs = seed.text.split("\n\n")
    rural = next(i for i, p in enumerate(paragraphs) if "701 billion" in p)
    diploma = next(i for i, p in enumerate(paragraphs) if "114,000" in p)
    paragraphs[rural], paragraphs[diploma] = paragraphs[diploma], paragraphs[rural]
    before, after = without_positions(read(seed.text, seed)), without_positions(read("\n\n".join(paragraphs), seed))
    # Rows 3 to 9 (money and projects) and 10 to 11 (specialists) change places; nothing is carried across.
    assert after == before[:3] + before[10:12] + before[3:10] + before[12:]


def test_a_programme_is_known_by_another_spelling(seed):
    assert "Ayul Amanaty" in seed.text
    for spelling in ("Auyl Amanaty", "Aul amanaty", "AUYL AMANATY"):
        text = seed.text.replace("Ayul Amanaty", spelling)
        assert without_positions(read(text, seed)) == without_positions(read(seed.text, seed))


CHANGES = {
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "line ends of old Macs": lambda text: text.replace("\n", "\r"),
    "spaces at line ends": lambda text: text.replace("\n", "  \n"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "two spaces": lambda text: text.replace(" ", "  "),
    "lines broken anywhere": lambda text: text.replace("billion tenge", "billion\ntenge").replace("up to", "up\nto"),
    "soft hyphens": lambda text: text.replace("tenge", "ten\u00adge").replace("projects", "pro\u00adjects"),
    "letters and their accents apart": lambda text: unicodedata.normalize("NFD", text),
    "straight quotes": lambda text: text.replace("“", '"').replace("”", '"').replace("’", "'"),
    "angle quotes": lambda text: text.replace("“", "«").replace("”", "»"),
    "hyphens for dashes": lambda text: text.replace("–", "-"),
    "a mark at the start": lambda text: "\ufeff" + text,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_figures_do_not_hang_on_spaces_quotes_and_line_ends(change, seed):
    text = change(seed.text)
    figures = read(text, seed)
    assert without_positions(figures) == without_positions(read(seed.text, seed))
    assert [text[start:end] for start, end in zip(figures["start"], figures["end"], strict=True)] == list(
        figures["quote"]
    )


def test_accents_written_apart_in_a_russian_and_a_kazakh_text():
    # й and ё fall into two characters each; the positions count them.
    for language, text, unit in [
        ("ru", "Выделено 12,5 млрд тенге и открыт 41 новый район.", "district"),
        ("kk", "Биыл 12,5 млрд теңге бөлінді, 41 жаңа үй салынды.", "house"),
    ]:
        apart = unicodedata.normalize("NFD", text)
        assert apart != text
        rows, _ = read_figures(apart, "2025-06-01", language)
        assert [(row["value"], row["unit"]) for row in rows] == [(12.5e9, "KZT"), (41, unit)]
        assert all(apart[row["start"] : row["end"]] == row["quote"] for row in rows)


def test_relative_periods_follow_the_date(seed):
    # Published a year later, "this year" is 2026, "over the next three years" 2027 to 2029, "since 2009" up to 2026.
    figures = auyl.figures(auyl.Statement(seed.text, date="2026-08-28")).set_index("quote")
    years = {quote: (row.start_year, row.end_year) for quote, row in figures.iterrows()}
    assert years["around 1,000 projects"] == (2026, 2026)
    assert years["nearly 450 billion tenge"] == (2027, 2029)
    assert years["more than 114,000 specialists"] == (2009, 2026)
    assert years["701 billion tenge"] == (2019, 2024)
    assert years["64%"] == (2026, 2026)


# ── the table's contract ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_text_without_figures_gives_an_empty_table_of_the_same_shape(seed):
    for text in ("", "   \n", "Nothing was counted."):
        figures, left = read(text, seed), auyl.unread(auyl.Statement(text, date=seed.date))
        assert len(figures) == len(left) == 0
        assert {name: str(dtype) for name, dtype in figures.dtypes.items()} == {
            name: str(dtype) for name, dtype in auyl.figures(seed).dtypes.items()
        }
        assert list(left.columns) == ["start", "end", "quote", "reason"]
        schema().validate(figures)


BREAKAGES = {
    "low is above the value": lambda t: t.assign(low=t["value"] + 1),
    "the value is above high": lambda t: t.assign(high=t["value"] - 1),
    "a period ends before it begins": lambda t: t.assign(start_year=2020, end_year=2019).astype(
        {"start_year": "Int64", "end_year": "Int64"}
    ),
    "out of order or overlap": lambda t: t.iloc[::-1],
    "text is empty": lambda t: t.assign(end=t["start"]),
    "value": lambda t: t.assign(value=t["value"].mask(t.index == 3)),
    "figure_id": lambda t: t.assign(figure_id="same").astype({"figure_id": "string"}),
    "bound": lambda t: t.assign(bound="certain"),
    "sentence": lambda t: t.astype({"sentence": "Float64"}),
    "unit": lambda t: t.drop(columns="unit"),
    "note": lambda t: t.assign(note="x"),
}


@pytest.mark.parametrize(("rule", "breakage"), BREAKAGES.items(), ids=BREAKAGES)
def test_a_broken_table_is_refused_and_the_rule_named(rule, breakage, seed):
    figures = auyl.figures(seed)
    pd.testing.assert_frame_equal(auyl.check(figures), figures)
    with pytest.raises(auyl.AuylError, match=rule):
        auyl.check(breakage(figures))


def test_a_table_read_back_from_a_file_is_the_same(seed, tmp_path):
    figures = auyl.figures(seed)
    figures.to_csv(tmp_path / "figures.csv", index=False)
    figures.to_parquet(tmp_path / "figures.parquet")
    for back in (pd.read_csv(tmp_path / "figures.csv"), pd.read_parquet(tmp_path / "figures.parquet")):
        pd.testing.assert_frame_equal(auyl.check(back), figures, check_categorical=False)


def test_a_file_that_rounds_its_numbers_is_still_a_table_of_figures(seed, tmp_path):
    figures = auyl.figures(auyl.Statement("In 2024, 7.1 and 0.3333333333333333 per cent of villages.", seed.date))
    for digits in ("%.6g", "%.12g"):
        figures.to_csv(tmp_path / "figures.csv", index=False, float_format=digits)
        assert len(auyl.check(pd.read_csv(tmp_path / "figures.csv"))) == len(figures) > 0


# ── what is left unread ──────────────────────────────────────────────────────────────────────────────────────────


def test_what_the_seed_leaves_unread_is_listed_with_its_reason(seed):
    left = auyl.unread(seed)
    assert all(seed.text[row.start : row.end] == row.quote for row in left.itertuples())
    reasons = list(zip(left["quote"], left["reason"], strict=True))
    assert any("2030" in quote and reason == "a year" for quote, reason in reasons)
    assert any("28" in quote and reason == "a date" for quote, reason in reasons)
    assert any("three years" in quote and reason == "a period" for quote, reason in reasons)


def test_no_digit_is_lost_between_figures_and_unread(seed):
    texts = [seed.text] + [s["text"] for s in scoring.read_cases(CASES / "statements_en.jsonl")]
    for text in texts:
        statement = auyl.Statement(text, date=seed.date)
        spans = [*read_figures(text, seed.date)[0]]
        covered = {i for row in spans for i in range(row["start"], row["end"])}
        covered |= {i for row in auyl.unread(statement).itertuples() for i in range(row.start, row.end)}
        lost = [text[max(0, i - 15) : i + 15] for i, c in enumerate(text) if c.isdigit() and i not in covered]
        # A digit inside a name's word ("m2") is part of it; every other is a figure or listed.
        assert lost == []


def test_reasons_are_a_closed_list():
    text = (
        "On 28 August 2025 at 15:30 School No. 24 opened for the first time; since 2019, in the 3rd year, "
        "call +7 701 123 45 67. One can see Article 5 over the next three years."
    )
    reasons = set(auyl.unread(auyl.Statement(text, date="2025-08-28"))["reason"])
    assert {"a date", "a time", "a label", "a year", "an ordinal", "a telephone number", "a period"} <= reasons
    assert reasons <= set(REASONS)


# ── the scoreboard ───────────────────────────────────────────────────────────────────────────────────────────────

# Fifteen statements with their figures worked out by hand. The floors are what the project promises.
FLOORS = {
    "value": 97,
    "value+unit": 94,
    "value+bound": 95,
    "status": 90,
    "years": 90,
    "subject": 90,
    "indicator": 90,
}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_whole_statements_are_read_as_a_careful_reader_would(language):
    cases = scoring.read_cases(CASES / f"statements_{language}.jsonl")
    scores = scoring.score((s["figures"], read_figures(s["text"], s["date"], language)[0]) for s in cases)
    assert scores["figures"] >= 25
    assert {name: round(scores[name], 1) for name, floor in FLOORS.items() if not scores[name] >= floor} == {}


def figure(start: int, end: int, value: float, **others) -> dict:
    return {
        "start": start,
        "end": end,
        "value": value,
        "low": None,
        "high": None,
        "bound": "exact",
        "unit": None,
    } | others


def test_the_scorer_counts_a_figure_once():
    one = [figure(0, 3, 5.0)]
    # Read twice: one is found, the other is spurious. F1 is 2·1 / (1 + 2).
    twice = scoring.score([(_with_readings(one), [figure(0, 3, 5.0), figure(0, 3, 5.0)])])
    assert twice["value"] == pytest.approx(200 / 3)
    # Elsewhere in the text, or with another value, it is not found.
    assert scoring.score([(_with_readings(one), [figure(3, 6, 5.0)])])["value"] == 0
    assert scoring.score([(_with_readings(one), [figure(0, 3, 5.1)])])["value"] == 0
    # A range is found by both its ends, not by its middle.
    span = _with_readings([figure(0, 9, 85.0, bound="range", low=80.0, high=90.0)])
    assert scoring.score([(span, [figure(0, 9, 85.0)])])["value"] == 0
    assert scoring.score([(span, [figure(0, 9, 85.0, low=80.0, high=90.0)])])["value"] == 100


def test_the_scorer_finds_the_largest_pairing():
    # The first figure could take either reading, the second only the first: both are found.
    figures = [figure(0, 10, 5.0), figure(0, 4, 5.0)]
    reads = [figure(0, 4, 5.0), figure(6, 10, 5.0)]
    assert len(scoring.pair(figures, reads, scoring.same_value)) == 2


def test_the_scorer_takes_one_noun_for_another_only_where_texts_do():
    people = _with_readings([figure(0, 3, 5.0, unit="people")])
    assert scoring.score([(people, [figure(0, 3, 5.0, unit="person")])])["value+unit"] == 100
    assert scoring.score([(people, [figure(0, 3, 5.0, unit="farmer")])])["value+unit"] == 0


def _with_readings(figures: list[dict]) -> list[dict]:
    blank = dict.fromkeys(["status", "subject", "indicator", "start_year", "end_year"])
    return [blank | item for item in figures]
