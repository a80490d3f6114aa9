"""What others said of each figure, what a later statement changed, what came of plans, how many people a year."""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from auyl.bounded import Bounded, exact, in_words
from auyl.display.cost_story import Words, adds_up, planned_of, sum_of
from auyl.display.findings import caution, contradicted, headed, pages_in_doubt, sentences, tally
from auyl.display.sentences import known, say
from auyl.display.tables import Shown, lacking, paragraphs
from auyl.display.words import (
    Row,
    amount,
    capital,
    currency,
    day,
    is_currency,
    listed,
    names_of,
    noun,
    period,
    printed,
    records,
    source,
    stated,
    years_of,
)

# ---- The claims, checked ------------------------------------------------------------------------------------------

VERDICTS = (
    *("contradicted", "perhaps contradicted", "revised since", "revises a plan"),
    *("other source doubtful", "confirmed", "cannot be checked"),
)


def checked(figures: pd.DataFrame, checks: pd.DataFrame, parts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Each figure of a statement with what others say of it, contradictions first, then in the order of the text; one
    that a title or a first paragraph repeats stands there once.

    Parameters
    ----------
    figures
        The statement's rows of `auyl.claims`.
    checks
        As `auyl.cross_checks` returns them.
    parts
        Figure id to its `auyl.parts_of`.

    Returns
    -------
    `figure_id`, `words` (what the statement says), `others` (what others say), `verdict` (category: VERDICTS); how many
    figures the statement gives stands in `attrs["figures"]`.
    """
    told = compared(checks)
    lines: dict[tuple[object, ...], tuple[str, ...]] = {}
    for figure in records(figures[~figures["figure_id"].isin(checks.attrs.get("repeated", []))]):
        figure_id, summed = figure["figure_id"], parts.get(figure["figure_id"], pd.DataFrame())
        own = told[told["figure_id"] == figure_id]
        others = [other_words(figure, rows) for figure, rows in own.groupby("other", sort=False)]
        if len(summed):
            planned = planned_of(summed, figure["unit"], "claims.parts_planned")
            others.append(say("claims.parts", made=stated(sum_of(summed), figure["unit"]), planned=planned))
        nothing = "nothing_alike" if (checks["figure_id"] == figure_id).any() else "nothing_known"
        names = names_of(figure, "programme", "indicator", "part", "place", years=years_of(figure))
        quote = say("claims.quote" if names else "claims.quote_alone", names=names, quote=figure["quote"])
        line = (figure_id, quote, "; ".join(others) or say(f"claims.{nothing}"), verdict(figure, own, summed))
        same = tuple(figure[name] for name in ("value", "bound", "unit", "programme", "indicator", "place", "part"))
        lines.setdefault((*same, *line[2:]), line)  # a first paragraph may say a figure of the body
    found = pd.DataFrame(lines.values(), columns=["figure_id", "words", "others", "verdict"], dtype="string")
    found["verdict"] = pd.Categorical(found["verdict"], VERDICTS, ordered=True)
    found = found.sort_values("verdict", kind="stable", ignore_index=True)
    found.attrs["figures"] = len(figures)
    return found


def compared(checks: pd.DataFrame) -> pd.DataFrame:
    """The checks that tell something, with `other` in words; what parts two figures of which it is not sure that both
    are of the same thing and year is "perhaps contradicted". The gravest verdict comes first."""
    apart = checks["why"].str.startswith("no value is both") & (checks["verdict"] == "cannot be checked")
    told = checks[apart | (checks["verdict"] != "cannot be checked")]
    verdicts = told["verdict"].astype("string").mask(apart, "perhaps contradicted")
    other = [stated(*row) for row in zip(told["published"], told["unit"], strict=True)]
    told = told.assign(other=other, verdict=pd.Categorical(verdicts, VERDICTS, ordered=True))
    return told.sort_values("verdict", kind="stable")


def other_words(figure: object, rows: pd.DataFrame) -> str:
    """ "524 billion tenge (KazFace.kz, doubtful)"; of several who say it the first two."""
    who = listed(rows["publisher"].drop_duplicates().head(2))
    return say("claims.by_doubtful" if rows["suspect"].fillna(False).all() else "claims.by", figure=figure, who=who)


def verdict(figure: Row, told: pd.DataFrame, parts: pd.DataFrame) -> str:
    """The gravest of its checks; parts that add up confirm a figure of which no other page is sure."""
    found = str(told["verdict"].iloc[0]) if len(told) else "cannot be checked"
    if found in ("other source doubtful", "cannot be checked") and adds_up(figure, parts):
        return "confirmed"
    if found == "other source doubtful" and (told["verdict"] == "confirmed").any():
        return "confirmed"
    return found


def against_others(figures: pd.DataFrame, checked: pd.DataFrame, checks: pd.DataFrame, answers: pd.DataFrame) -> Shown:
    """The statement's own sums in words, those that do not add up first, how many figures others confirm, and each
    contradiction: "“up to 6,000 projects”: KazFace.kz, 2025, has at least 6,600 projects, not at most 6,000 projects.";
    else why there is nothing. What speaks against the statement is of the class `against`.

    `figures` are the statement's rows of `auyl.claims`, `answers` those of `auyl.answers`, `checked` and `checks` as of
    `checked`.
    """
    once = compared(checks).query("verdict <= 'perhaps contradicted'").drop_duplicates(["figure_id", "other"])
    said_on, doubted = str(figures["date"].max()), pages_in_doubt(checks)
    sure, perhaps = [], []
    for row in records(once):
        if row["verdict"] == "contradicted":
            sure.append(say("others.quoted", quote=row["quote"], told=contradicted(row, said_on, doubted)))
        else:
            perhaps.append(say("others.perhaps", quote=row["quote"], who=source(row), figure=row["other"]))
    off = answers["value"].ne(0)
    wrong, right = (sentences(rows, figures, "sum_check") for rows in (answers[off], answers[~off]))
    told = paragraphs(wrong, "against") + paragraphs([*right, tally(checked)])
    told += paragraphs(sure, "against") + paragraphs(perhaps)
    return told if told.text else lacking([unmatched(figures)])


def unmatched(figures: pd.DataFrame) -> str:
    """Why none of a statement's figures could be held against what others published."""
    if figures.empty:
        return say("claims.nothing")
    if figures["subject"].notna().any():
        left = int(figures["subject"].isna().sum())
        return say("claims.nothing_matched", left, all=len(figures)) if left else say("claims.nothing_alike_at_all")
    return say("claims.not_on_record" if figures["programme"].notna().any() else "claims.no_programme")


def changes_told(changes: pd.DataFrame) -> Shown:
    """ "Beside the earlier statement: 1 contradicted, 2 repeated, 3 new."; then each contradiction."""
    told = [say("changes.all", counts=counted(changes["change"], "changes"))]
    for row in records(changes[changes["change"] == "contradicted"]):
        both = say("changes.both", earlier=row["earlier_quote"], later=row["later_quote"])
        told.append(headed({**row, "status": "actual"}, both))
    return paragraphs(told)


def counted(column: "pd.Series[str]", section: str = "") -> str:
    """ "1 contradicted, 2 repeated", in the order of the category; each in the words of a section."""
    counts = {str(name): number for name, number in column.value_counts(sort=False).items() if number}
    return ", ".join(f"{n} {say(f'{section}.{name}') if section else name}" for name, n in counts.items())


def chances_told(chances: pd.DataFrame) -> Shown:
    """ "Small and medium-sized enterprises, share of GDP: rising from 2014 to 2022, by 8 yearly levels (rank
    correlation 0.83–0.89). A model that knows these levels alone, no plan and no crisis, gives 40% by 2030 a chance
    of 78–81 in 100." of rows of `auyl.target_chances`."""
    told = [
        say(
            "chance.told",
            about=names_of(row, "programme", "indicator"),
            trend=say("chance.no_trend") if row["trend"] == "not sure" else row["trend"],
            **{name: row[name] for name in ("first_year", "last_year", "years", "aim_year")},
            rho=in_words(row["rho"], 2),
            aim=stated(row["aim"], "percent"),
            chance=in_words(row["chance"], 0),
        )
        for row in records(chances)
    ]
    return paragraphs(told or [say("chance.nothing")])


# ---- People and self-government -----------------------------------------------------------------------------------


def people_told(totals: pd.DataFrame, acts: pd.DataFrame, most: int = 3) -> Shown:
    """ "With a Diploma – to the Village!, allowances: at least 114,000 specialists from 2009 to August 2025, at least
    6,800 a year, on average."; then how many acts carry no number."""
    told = []
    for row in records(totals.head(most)):
        ends = {"start": row["start_year"], "until": until(row), "a_year": in_words(roughly(row["a_year"]), 0)}
        told.append(say("people.a_year", about=names_of(row, "programme", "indicator"), total=printed(row), **ends))
    without = (
        [say("people.acts", len(acts), counts=listed(counted(acts["stage"]).split(", ")))] if len(acts) > 1 else []
    )
    return paragraphs([*told, *without]) if told else lacking([say("people.nothing"), *without])


def people_headline(totals: pd.DataFrame) -> str:
    """ "At least 114,000 specialists since 2009, at least 6,800 a year" of the first total."""
    row = records(totals)[0]
    a_year = in_words(roughly(row["a_year"]), 0)
    return capital(say("people.headline", total=printed(row), start=row["start_year"], a_year=a_year))


def above_cap(loans: pd.DataFrame) -> Shown | None:
    """ "With a Diploma – to the Village!, 2023: by Kazinform a loan was 5.3 million tenge on average, above the most
    that one may get, 5.175 million tenge." of rows with `loan_mn`, `cap_mn` and `above`; None where none is above."""
    told = [
        say(
            "people.above_cap",
            about=names_of(row, "programme", "place", years=row["years"]),
            who=row["source"],
            loan=amount(row["loan_mn"] * 1e6, "KZT"),
            cap=stated(exact(row["cap_mn"] * 1e6), "KZT"),
        )
        for row in records(loans)
        if row["above"]
    ]
    return paragraphs(told) if told else None


def until(row: Row) -> str:
    """ "August 2025", when a total was told; of one told after its last year "the end of 2024"."""
    told_on, year = row["day"], row["end_year"]
    return f"{told_on:%B %Y}" if told_on.year == year else say("people.end_of", year=year)


def roughly(quantity: Bounded) -> Bounded:
    """To the hundred where it is hedged and above a thousand: a hedged total knows no more."""
    return round(quantity, -2) if quantity.bound != "exact" and quantity.value >= 1000 else quantity


# ---- What became of it? -------------------------------------------------------------------------------------------


def promises_told(
    own: pd.DataFrame,
    others: pd.DataFrame,
    stories: pd.DataFrame,
    as_of: str,
    left: int = 0,
    doubted: Collection[tuple[str, str]] = (),
    overdue: Sequence[str] = (),
    served: bool = True,
) -> Shown:
    """What came of the statement's `own` promises and of `others`' of the same subjects, rows of `auyl.promises`.

    The `stories` among them are told, each with a caution if it is of a page in `doubted`, as `pages_in_doubt` has
    them. `left` of the statement's plans and aims are of nothing that could be followed; `overdue` are the words of its
    acts whose day is over. A statement that is not `served` is of a country of which there is no record.
    """
    if len(own):
        counts = [counted(own["state"]), *([say("promise.left", left)] if left else [])]
        first = say("promise.own", day=day(as_of), counts=", ".join(counts))
    elif left and served:
        first = say("promise.nothing", left=say("promise.own_left", left))
    else:
        first = say("promise.not_of_the_record" if left else "promise.none")
    late = [say("promise.overdue", len(overdue), first=overdue[0])] if overdue else []
    told = [promise_sentence(row, doubted) for row in records(stories)]
    by_others = [say("promise.others", counts=counted(others["state"]))] if len(others) else []
    return (paragraphs if len(own) or told or late else lacking)([" ".join([first, *late]), *told, *by_others])


def promise_sentence(row: Row, doubted: Collection[tuple[str, str]] = ()) -> str:
    """ "Auyl Amanaty, loans, 2023: about 11,000 loans planned (Trend, 18 January 2023), then 17,000 loans (city04.kz,
    29 July 2023); 12,700 loans came (optimism.kz, 29 February 2024)."""
    told = say("promise.said", told=meant(row, "first"), who=said_by(row, "first"))
    if row["versions"] > 1:
        told += say("promise.then", figure=stated(row["last"], row["unit"]), who=said_by(row, "last"))
    if pd.notna(row["outcome"]):
        told += say("promise.came", figure=came(row), who=said_by(row, "outcome"))
    if pd.notna(row["so_far"]):
        so_far = {"years": row["so_far_years"], "figure": stated(row["so_far"], row["unit"])}
        told += say("promise.so_far", who=said_by(row, "so_far"), **so_far)
    if row["state"] == "told during the year":
        told += say("promise.meanwhile")
    if row["state"] == "due and unknown":
        told += say("promise.unknown_level" if row["unit"] == "percent" else "promise.unknown")
    if row["state"] == "cannot be told":
        one_sided = row["outcome"].bound in ("at_least", "at_most")
        told += say("promise.open" if one_sided else "promise.disputed")
    sides = ("first", "last", "outcome", "so_far")
    cautions = dict.fromkeys(caution(row, row[f"{side}_by"], doubted, f"{side}_at") for side in sides)
    return " ".join(filter(None, [say("promise.told", about=promised(row), told=told), *cautions]))


def meant(row: Row, name: str) -> str:
    kind = "promise.target" if row["status"] == "target" else "promise.planned"
    return say(kind, figure=stated(row[name], row["unit"]))


def came(row: Row) -> str:
    kind = f"promise.{row['outcome_of']}"
    return say(kind if known(kind) else "promise.outcome", figure=stated(row["outcome"], row["unit"]))


def promised(row: Row) -> str:
    """ "Auyl Amanaty, loans, Kostanay region, 2023"; an aim is "by 2028"."""
    aim = row["status"] == "target" and row["start_year"] in (row["end_year"], None)
    dated = row["end_year"] is not None
    years = say("words.by_year", year=row["end_year"]) if aim and dated else period(row["start_year"], row["end_year"])
    return names_of(row, "programme", "indicator", "place", "part", years=years)


def in_words_of(promises: pd.DataFrame) -> pd.DataFrame:
    """Promises as a reader's table: `about`, `first`, `last`, `came` (the outcome, else what is so far, with its
    years), `state`, `due` (the last day of its years); `…_said` who says each and when, `…_at` the page."""
    lines = []
    for row in records(promises):
        line = {"about": promised(row), "state": row["state"], "due": f"{row['end_year']}-12-31"}
        name: str = "outcome" if pd.notna(row["outcome"]) else "so_far"
        for side, of in (("first", "first"), ("last", "last"), ("came", name)):
            if pd.notna(row[of]):
                figure = stated(row[of], row["unit"])
                years = of == "so_far" and say("promise.in_years", figure=figure, years=row["so_far_years"])
                line |= {side: years or figure, f"{side}_said": said_by(row, of), f"{side}_at": row[f"{of}_at"]}
        lines.append(line)
    sides = [side + end for side in ("first", "last", "came") for end in ("", "_said", "_at")]
    return pd.DataFrame(lines, columns=["about", "state", "due", *sides], dtype="string")


def said_by(row: Row, name: str) -> str:
    who, on = row[f"{name}_by"], row[f"{name}_on"]
    return say("claims.definition", who=who, day=day(on)) if pd.notna(on) and on else str(who)


def promise_words(row: Row) -> Words:
    """Headline and subtitle of a chart of one promise; a finding where its outcome is known."""
    unit = row["unit"]
    size = say("promise.size_money", currency=currency(unit)) if is_currency(unit) else noun(unit)
    told = [meant(row, "last")]
    if row["versions"] > 1:
        told = [say("promise.first", told=meant(row, "first"))]
        if row["state"] == "cannot be told" or pd.isna(row["outcome"]) or not row["last"].same_as(row["outcome"]):
            told.append(say("promise.later", figure=stated(row["last"], unit)))
    if pd.notna(row["outcome"]) and row["state"] != "cannot be told":
        told.append(came(row))
    return {"headline": ", ".join(told), "subtitle": say("promise.told", about=promised(row), told=size).rstrip(".")}
