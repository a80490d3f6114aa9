"""What may be said of a statement, each answer in a sentence, with what others say against it in the same breath.

Only rows of `auyl.answers` with `said` true become sentences; what is held back is listed with its reason by
`held_back`. The words stand in sentences.toml; here is decided which of them are true.
"""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

import pandas as pd

from auyl.bounded import exact
from auyl.display import front
from auyl.display.sentences import known, say, templates
from auyl.display.tables import Shown, lacking, paragraphs, rows  # noqa: F401 - notebooks take `rows` from here as well
from auyl.display.words import (
    MEANT,
    NOT_STATED,
    Row,
    about,
    amount,
    an,
    capital,
    day,
    is_currency,
    listed,
    names_of,
    noun,
    plain,
    printed,
    records,
    row_of,
    size_of,
    source,
    spelled,
    stated,
    value_of,
)

CHECKS = ("sum_check", "share_check", "change_check", "lead_check")  # of numbers that are printed: no new ones
KINDS_OF_MONEY = ("loans", "housing_loans", "allowances")  # told, so that a loan is not taken for a grant
MOST_WORDS = 8  # of a sentence that stands in for a name
MOST_PARTS = 5  # of a sum, named one by one
MOST_AIMS = 3  # named where no share is to be reached
SAME = 1e-9  # a share by which two numbers differ that are one, but for the computer's own rounding

# ---- A sentence for each measure ----------------------------------------------------------------------------------


def in_short(
    answers: pd.DataFrame, figures: pd.DataFrame, *measures: str, beside: Mapping[str, str] | None = None, most: int = 3
) -> Shown:
    """The answer first: a paragraph for each answer of these measures that may be said, with what others say of it.

    Parameters
    ----------
    answers, figures
        As `auyl.answers` and `auyl.figures` return them.
    measures
        Which, in this order; without any, all.
    beside
        As `against` gives it.
    most
        How many paragraphs; how many answers are left is said.
    """
    lines = sentences(answers, figures, *measures, beside=beside)
    if not lines:
        why = [why_nothing(answers, measure) for measure in measures] or [say("lacking.all")]
        aims = aims_in_numbers(figures) if "gap" in measures else ""
        return lacking([*why[:-1], f"{why[-1]} {aims}".strip()])
    if more := max(len(lines) - most, 0):
        lines = [*lines[:most], say("answer.more", more)]
    return paragraphs(lines)


def sentences(
    answers: pd.DataFrame, figures: pd.DataFrame, *measures: str, beside: Mapping[str, str] | None = None
) -> list[str]:
    """What may be said, a line an answer, in the order of `measures`."""
    told = answers[answers["said"].fillna(False)]
    return [
        f"{SENTENCES[measure](row, figures)} {(beside or {}).get(row['figure_ids'], '')}".strip()
        for measure in measures or tuple(SENTENCES)
        for row in records(told[told["measure"] == measure])
    ]


def headed(row: Row, told: str) -> str:
    """The sentence after what it is about; alone where nothing is named."""
    subject = about(row)
    return say("answer.headed", about=subject, told=told) if subject else say("answer.alone", told=capital(told))


def named(row: Row, figures: pd.DataFrame) -> list[Row]:
    """The figures of an answer, in its order."""
    return [row_of(figures, figure_id) for figure_id in row["figure_ids"].split(",")]


def cost_sentence(row: Row, figures: pd.DataFrame) -> str:
    """ "Auyl – Yel besigi, 2019–2024: 701 billion tenge allocated for at most 6,000 projects is at least 116.8 million
    tenge a project, on average."""
    given, counted = named(row, figures)
    per = "village" if row["measure"].endswith("per_village") else row["per"]
    result = amount(value_of(row), row["unit"])
    told = say("answer.each", given=done(given), counted=printed(counted), result=result, an=an(per))
    return say("answer.headed", about=about(with_kind(row, counted), whole=True), told=told)


def with_kind(row: Row, counted: Row) -> Row:
    """The row of a cost, its part the kind of money, housing loans or allowances, where no part and only the indicator
    of what is counted tells it."""
    kind = counted["indicator"]
    tells: bool = pd.isna(row["part"]) and kind in KINDS_OF_MONEY and noun(counted["unit"]) != kind
    return {**row, "part": plain(kind)} if tells else row


def done(figure: Row) -> str:
    """ "701 billion tenge allocated", as the amount was read; nothing is added to a plan, which says so before it."""
    told = f"answer.{figure['indicator']}"
    actual = figure["status"] == "actual" and is_currency(figure["unit"])
    return say(told, money=printed(figure)) if actual and known(told) else printed(figure)


def gap_sentence(row: Row, figures: pd.DataFrame) -> str:
    """ "System of Regional Standards, provision: 64% in 2025, 70% to be reached by 2028: 6 points to rise, 2 points a
    year."""
    level, aim = named(row, figures)
    points, first, last = value_of(row), row["start_year"], row["end_year"]
    kind = "projected" if row["status"] == "projected" else "target"
    told = say(
        "answer.gap",
        level=amount(value_of(level), "percent"),
        when=say("answer.now") if pd.isna(level["end_year"]) else say("answer.in_year", year=level["end_year"]),
        aim=say(f"answer.{kind}", level=amount(value_of(aim), "percent"), due=due_by(aim["end_year"])),
        points=amount(size_of(points), row["unit"]),
        way=say("answer.rise" if points.value >= 0 else "answer.fall"),
    )
    dated: bool = pd.notna(first) and pd.notna(last) and last > first
    pace: str = pace_words(size_of(points) / float(last - first)) if dated else ""
    return say("answer.headed", about=gap_name(row, figures), told=", ".join(filter(None, [told, pace])))


def due_by(year: Any) -> str:
    return say("answer.due", year=year) if pd.notna(year) else ""


def pace_words(points: Any) -> str:
    """ "2 points a year"; nothing for less than one rounding would show."""
    shown = pd.notna(points) and abs(points.value) >= 0.1
    return say("words.a_year", amount=amount(points, "percentage_point")) if shown else ""


def gap_name(row: Row, figures: pd.DataFrame) -> str:
    """ "System of Regional Standards, provision"; where no indicator is known, with words of the sentence."""
    aim = row_of(figures, row["figure_ids"].split(",")[-1])
    if pd.notna(aim["indicator"]):
        return names_of({**row, "indicator": aim["indicator"]}, "programme", "indicator", "part", "place")
    names = names_of(row, "programme") or say("words.a_share")
    quoted = say("words.share_of", names=names, words=words_around(aim, figures))
    return ", ".join(filter(None, [quoted, names_of(row, "part", "place")]))


def words_around(figure: Row, figures: pd.DataFrame) -> str:
    """At most so many words of the sentence that a figure stands in, the figure among them."""
    text = figures.attrs.get("texts", {}).get(figure["source_id"], ("",))[0]
    before = re.split(r"[.!?] |\n", text[: figure["start"]])[-1].split()
    after = re.split(r"[.!?](?: |$)|\n", text[figure["end"] :])[0].split()
    words = [*before, *figure["quote"].split(), *after]
    start = max(0, min(len(before) - MOST_WORDS // 2, len(words) - MOST_WORDS))
    kept = " ".join(words[start : start + MOST_WORDS])
    return f"{'… ' if start else ''}{kept}{' …' if start + MOST_WORDS < len(words) else ''}"


def sum_sentence(row: Row, figures: pd.DataFrame) -> str:
    """ "The parts 326 billion tenge and 375 billion tenge add up to 701 billion tenge."""
    total, *parts = named(row, figures)
    off = amount(exact(abs(row["value"])), row["unit"])
    kind = "sum" if row["value"] == 0 else "sum_more" if row["value"] > 0 else "sum_less"
    made = sum(part["value"] for part in parts)
    if kind == "sum" and abs(made - total["value"]) > SAME * abs(total["value"]):
        kind = "sum_rounded" if total["bound"] == "exact" else "sum_within"
    told = say("answer.parts", listed=listed(map(printed, parts)))
    if len(parts) > MOST_PARTS:
        least, *_, most = map(printed, sorted(parts, key=lambda part: part["value"]))
        told = say("answer.many_parts", len(parts), least=least, most=most)
    made_of = {"parts": told, "made": stated(exact(made), total["unit"])}
    return headed(row, say(f"answer.{kind}", off=off, total=printed(total), **made_of))


SENTENCES: dict[str, Callable[[Row, pd.DataFrame], str]] = {
    "cost_per_project": cost_sentence,
    "projects_per_village": cost_sentence,
    "money_per_village": cost_sentence,
    "gap": gap_sentence,
    "sum_check": sum_sentence,
}


# ---- What lacks, and what is held back ----------------------------------------------------------------------------


def why_nothing(answers: pd.DataFrame, measure: str) -> str:
    """What lacks where nothing of a measure may be said."""
    reasons = answers.loc[answers["measure"] == measure, "why_not"].dropna()
    if reasons.empty:
        return say(f"lacking.{measure}")
    return say("lacking.held", question=say(f"question.{measure}"), why=spelled(reasons.iloc[0]))


def aims_in_numbers(figures: pd.DataFrame) -> str:
    """ "In numbers it aims at 3,500 villages by 2027."; nothing where there is no such aim."""
    aims = figures[figures["status"].isin(["target", "projected"]) & figures["end_year"].notna()]
    aims = aims[aims["unit"].notna() & ~aims["unit"].isin(["percent", "percentage_point"])].head(MOST_AIMS)
    told = [say("lacking.aim", figure=printed(row), year=row["end_year"]) for row in records(aims)]
    return say("lacking.aims", aims=listed(dict.fromkeys(told))) if told else ""


def held_back(answers: pd.DataFrame) -> pd.DataFrame:
    """The answers that may not be said: `about`, `question`, and `why_not` in a sentence."""
    held = answers[~answers["said"].fillna(False)]
    held = held.assign(why_not=held["why_not"].map(spelled, na_action="ignore"))
    names = [about(row) or NOT_STATED for row in records(held)]
    questions = held["measure"].map(templates()["question"])
    return held.assign(about=names, question=questions)[["about", "question", "why_not"]].astype("string")


def statement_told(answers: pd.DataFrame, checked: pd.DataFrame) -> Shown:
    """ "The statement gives 15 figures. 4 new numbers follow from them by the statement’s own words; 3 more are held
    back. Beside what others published: 2 contradicted, 10 confirmed, 3 cannot be checked."; `checked` as
    `outcomes.checked` returns it, which tells a figure once that is repeated."""
    told = [say("answer.given", checked.attrs["figures"])]
    derived = answers[~answers["measure"].isin(CHECKS)]
    if len(derived):
        said = int(derived["said"].sum())
        held = say("answer.held_too" if said else "answer.held", len(derived) - said)
        told.append(say("answer.following", follow=say("answer.follow", said), held=held))
    return paragraphs([" ".join([*told, tally(checked)]).strip()])


def tally(checked: pd.DataFrame) -> str:
    """ "Beside what others published: 2 contradicted, 10 confirmed, 3 cannot be checked."; nothing without others."""
    once = checked["verdict"]  # in the order of the verdicts
    if once.eq("cannot be checked").all():
        return ""
    counts = once.value_counts(sort=False).items()
    return say("claims.verdicts", counts=", ".join(f"{number} {name}" for name, number in counts if number))


# ---- What others say, in the same breath --------------------------------------------------------------------------


def against(
    answers: pd.DataFrame, checks: pd.DataFrame, said_on: object, costs: pd.DataFrame | None = None
) -> dict[str, str]:
    """What others say against the answers that may be said: an answer's `figure_ids` to its sentences.

    Parameters
    ----------
    answers, checks
        As `auyl.answers` and `auyl.cross_checks` return them.
    said_on
        The statement's date.
    costs
        As `auyl.against_the_record` returns them: of a cost it is told what it would be by the others' figures.
    """
    found = checks[checks["verdict"].isin(["contradicted", "revised since"])]
    found = found.assign(told=found["published"].astype(str)).drop_duplicates(["figure_id", "told"])
    told: dict[str, str] = {}
    doubted = pages_in_doubt(checks)
    for ids in answers.loc[answers["said"].fillna(False), "figure_ids"]:
        others = found[found["figure_id"].isin(ids.split(","))]
        told[ids] = " ".join(contradicted(row, str(said_on), doubted) for row in records(others))
    if costs is not None:
        for ids, others in costs[costs["excluded"]].groupby(costs["money_id"] + "," + costs["projects_id"]):
            told[str(ids)] = " ".join(cost_by_others(row, str(said_on)) for row in records(others))
    return told


def contradicted(row: Row, said_on: str, doubted: Collection[tuple[str, str]] = ()) -> str:
    """A row of `auyl.cross_checks`: "primeminister.kz, 28 November 2025, later gave 69.2% as the aim."; of a page that
    is in doubt it says so."""
    other, own = stated(row["published"], row["unit"]), stated(row["figure"], row["unit"])
    kind = "others.gave_aim" if row["unit"] == "percent" else "others.gave"
    if row["verdict"] == "contradicted":
        told = say("others.not_this", who=source(row), figure=other, own=own)
    else:
        told = say(kind, who=source(row), gave=gave(row, said_on), figure=other)
    return " ".join(filter(None, [told, caution(row, row["publisher"], doubted)]))


def pages_in_doubt(claims: pd.DataFrame) -> set[tuple[str, str]]:
    """The pages of which the record doubts a figure, address and subject; of claims, or of checks."""
    doubted = claims[claims["caution"].notna()]
    return set(zip(doubted["address"], doubted["subject"], strict=True))


def cautions(told: pd.DataFrame, claims: pd.DataFrame) -> str:
    """Of rows with `source`, `address` and `subject`, a caution for each page that is in doubt: the note of a chart."""
    pages = records(told.drop_duplicates("address"))
    return " ".join(filter(None, (caution(row, row["source"], pages_in_doubt(claims)) for row in pages)))


def caution(row: Row, who: object, doubted: Collection[tuple[str, str]], address: str = "address") -> str:
    """ "Another figure on the page of KazFace.kz is in doubt."; nothing of a page that is not."""
    return say("others.in_doubt", who=short_name(who)) if (row.get(address), row["subject"]) in doubted else ""


def cost_by_others(row: Row, said_on: str) -> str:
    """A row of `auyl.against_the_record` whose cost excludes the statement's."""
    plan = row["status"] in MEANT  # a plan that another replaced is no contradiction
    told = say(
        "others.plan_gave" if plan else "others.exclude",
        who=source(row),
        gave=gave(row, said_on),
        figure=other_figure(row),
        whose=by_whom(row),
        cost=other_cost(row),
    )
    return told if plan or pd.isna(row["doubt"]) else f"{told} {say('others.but', doubt=doubt(row['doubt']))}"


def gave(row: Row, said_on: str) -> str:
    return say("words.later_gave" if str(row["date"]) > said_on else "words.earlier_gave")


def other_figure(row: Row) -> str:
    return stated(row["published"], row["counted"] if row["replaced"] == "projects" else row["currency"])


def other_cost(row: Row) -> str:
    return amount(row["other_cost_mn"] * 1e6, row["currency"])


def by_whom(row: Row) -> str:
    """Whose money and whose count make a cost in `auyl.against_the_record`: neither source says it alone."""
    who = short_name(row["publisher"])
    return say("others.by_count" if row["replaced"] == "projects" else "others.by_money", who=who)


def short_name(publisher: object) -> str:
    """Without whose press service it passes on: "KazFace.kz"."""
    return re.sub(r" \(.*\)$", "", str(publisher))


def doubt(words: str) -> str:
    """What the record says against a source, as a clause: the first of its reasons, the table has them all."""
    first = re.match(r".*?: .*?(?=: |; |\. |$)", words)
    words = first[0] if first else words
    told = re.sub(r": ([A-Z])(?=[a-z]+ly\b)", lambda start: start[0].lower(), words.rstrip("."))
    return spelled(told)


# ---- The numbers of the first page --------------------------------------------------------------------------------


def key_numbers(answers: pd.DataFrame, figures: pd.DataFrame, costs: pd.DataFrame | None = None) -> Shown:
    """Answers as numbers of the story, each with the statement's words; nothing where there is none."""
    numbers: list[tuple[str, str, str]] = []
    for row in records(answers[answers["said"].fillna(False)]):
        others = other_numbers(row, costs)
        numbers += [number(row, figures, "number.by_statement" if others else "number.each"), *others]
    return front.key_numbers(numbers) if numbers else Shown("", "")


def number(row: Row, figures: pd.DataFrame, told: str) -> tuple[str, str, str]:
    """A number, what it is (`told` is the template of all but gaps), the words it comes from."""
    quote = " … ".join(figure["quote"] for figure in named(row, figures))
    result = amount(value_of(row), row["unit"])
    if row["measure"] == "gap":
        return result, gap_sentence(row, figures), quote
    counted = named(row, figures)[-1]
    return result, say(told, an=an(row["per"]), about=about(with_kind(row, counted), whole=True)), quote


def other_numbers(row: Row, costs: pd.DataFrame | None) -> list[tuple[str, str, str]]:
    """The first cost by others that excludes an answer's: that is never shown without it."""
    if costs is None or costs.empty:
        return []
    own = costs["excluded"] & (costs["money_id"] + "," + costs["projects_id"]).eq(row["figure_ids"])
    return [
        (
            other_cost(other),
            say(
                "number.by_plan"
                if other["status"] in MEANT
                else f"number.{'by_other' if pd.isna(other['doubt']) else 'by_doubtful'}",
                an=an(row["per"]),
                whose=by_whom(other),
            ),
            "",
        )
        for other in records(costs[own].head(1))
    ]


def definitions(known: pd.DataFrame, figures: pd.DataFrame) -> Shown:
    """What the words mean that the figures are about, with who says so; nothing where none is known."""
    meant = []
    for row in records(known[known["subject"].isin(figures["subject"])]):
        on: str = "" if pd.isna(row["date"]) else day(row["date"])
        who: str = say("claims.definition", who=row["publisher"], day=on) if on else row["publisher"]
        meant.append((row["word"], row["meaning"], who, row["address"]))
    return front.definitions(meant) if meant else Shown("", "")
