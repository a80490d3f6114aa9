"""Whatever a statement leaves out, every sentence and table still comes out: what is missing is said, or not there."""

import re
from functools import cache
from typing import Any

import pandas as pd
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import auyl
from auyl.display import cost_story, findings, marked_text, outcomes, progress, tables, words
from auyl.record import read_definitions

SEED = "2025-08-28_regional_development_concept"
PACES = {"points_a_year": 2.0, "aim": 70.0, "level": 64.0}
# What a row may lack; not a total that runs from its first year its years, nor money that is divided its currency.
STATED = (
    "unit",
    "programme",
    "subject",
    "indicator",
    "place",
    "part",
    "start_year",
    "end_year",
    "status",
    "per",
    "date",
)

KEPT = {"totals": {"start_year", "end_year"}, "story": {"unit"}}


@cache
def read() -> dict[str, pd.DataFrame]:
    """The tables that sentences are made of, of a statement that has all of them."""
    statement = auyl.read_statement(SEED)
    claims = auyl.claims(statement)
    claims = claims[claims["subject"].isin(["auyl_el_besigi", "regional_standards"]) | claims["source"].eq("statement")]
    figures = claims[claims["source"] == "statement"]
    pairs = auyl.side_by_side(figures, ["allocation", "projects"])
    totals = figures[figures["unit"] == "specialist"]
    totals = tables.labelled(totals).assign(day=pd.Timestamp("2025-08-28"), a_year=tables.quantities(totals) / 16)
    story = pairs[pairs["said"]].head(1)
    parts = {name: auyl.parts_of(claims, story[f"{name}_id"].iloc[0]) for name in ("allocation", "projects")}
    gaps = auyl.target_gaps(figures).query("said")
    gaps = gaps.assign(figure_ids=gaps["current_id"] + "," + gaps["target_id"], aim=70, level=64, aim_year=2028)
    gaps[["level", "aim"]] = gaps[["level", "aim"]].apply(auyl.as_bounded)
    rivals = claims.query("unit == 'percent' and source != 'statement'").assign(year=2028)
    rivals = rivals.assign(**{name: auyl.as_bounded([number] * len(rivals)) for name, number in PACES.items()})
    return {
        "figures": figures,
        "claims": claims,
        "answers": auyl.answers(statement),
        "checks": auyl.cross_checks(claims),
        "costs": auyl.against_the_record(auyl.funding_per_project(figures), claims),
        "allocations": auyl.village_allocations(figures, 100.0, claims),
        "promises": auyl.promises(auyl.claims(statement, whole=True), "2026-03-31").head(30),
        "changes": auyl.compare(statement, statement).assign(change="contradicted"),
        "sums": auyl.sum_checks(figures),
        "acts": auyl.commitments(statement),
        "chances": auyl.target_chances(claims),
        **{"story": story, "totals": totals, "gaps": gaps, "rivals": rivals, **parts},
    }


def told(given: dict[str, pd.DataFrame]) -> list[Any]:
    """Every sentence and table of the notebooks."""
    figures, claims, answers, checks = (given[name] for name in ("figures", "claims", "answers", "checks"))
    story, costs, longest = given["story"], given["costs"], given["allocation"]
    beside = findings.against(answers, checks, "2025-08-28", costs)
    parts = dict.fromkeys(figures["figure_id"].head(3), longest)
    checked = outcomes.checked(figures, checks, parts)
    promises, rows = given["promises"], words.records(given["promises"])
    return [
        findings.in_short(answers, figures, beside=beside, most=99),
        findings.in_short(answers[~answers["said"]], figures, "gap", "cost_per_project"),
        tables.rows(findings.held_back(answers)),
        findings.statement_told(answers, checked),
        findings.key_numbers(answers, figures, costs),
        findings.definitions(read_definitions(), figures),
        findings.cautions(claims, claims),
        marked_text.marked_text(auyl.read_statement(SEED), figures),
        outcomes.against_others(figures, checked, checks, answers),
        outcomes.changes_told(given["changes"]),
        outcomes.chances_told(given["chances"]),
        outcomes.people_told(given["totals"], given["acts"]),
        outcomes.promises_told(promises, promises, promises, "2026-03-31", 2, findings.pages_in_doubt(claims)),
        tables.rows(outcomes.in_words_of(promises)),
        list(map(outcomes.promise_words, rows)),
        cost_story.cost_front(story, figures, costs, longest, longest),
        cost_story.parts_told(story, figures, (longest, longest), (given["projects"], given["projects"])),
        cost_story.total_words(figures.iloc[0], longest),
        cost_story.count_words(story, costs),
        cost_story.cost_words(story),
        cost_story.real_cost(story, 1.2, 2024, costs),
        cost_story.village_money(given["allocations"], claims, beside),
        progress.gap_headline(given["gaps"], figures),
        progress.aims_told(given["rivals"], "2025-08-28"),
        tables.figures(figures, "Figures", here=True),
        tables.labelled(claims)["label"].to_list(),
        tables.rows(tables.in_units(story, "allocation")),
        *(tables.rows(table) for table in given.values()),
        *(tables.show(table, name) for name, table in given.items()),
    ]


@settings(max_examples=12, phases=[Phase.explicit, Phase.generate])  # shrinking would take minutes
@given(st.sets(st.sampled_from(STATED), min_size=1), st.booleans())
def test_a_row_may_lack_anything(lacking, everywhere):
    blanked = {}
    for name, table in read().items():
        where = pd.Series([everywhere or n % 2 == 1 for n in range(len(table))], table.index)
        gone = lacking.intersection(table) - KEPT.get(name, set())
        blanked[name] = table.assign(**{column: table[column].mask(where) for column in gone})
        blanked[name].attrs = table.attrs
    for piece in told(blanked):
        if not isinstance(piece, pd.DataFrame | None):
            assert not re.search(r"<NA>|\bNone\b|\bnan\b", repr(piece))
