"""Levels and aims in sentences: the way between them, what others say of it, and whether the pace is enough."""

from typing import Any

import pandas as pd

from auyl.display.findings import due_by, gap_name, gave, pace_words
from auyl.display.sentences import say
from auyl.display.tables import Shown, paragraphs
from auyl.display.words import Row, amount, listed, names_of, records, source, value_of

ENOUGH = {"eurostat": 0.95, "united_nations": 0.95, "linear": 1.0}  # by each method, a column of the tracks


def gap_headline(gaps: pd.DataFrame, figures: pd.DataFrame) -> str:
    """ "System of Regional Standards, provision: from 64% to 70% by 2028", of one gap; else the measure's name."""
    if len(gaps) != 1:
        return say("target.ways")
    row = records(gaps)[0]
    ends = {name: amount(row[name], "percent") for name in ("level", "aim")}
    return say("target.way", name=gap_name(row, figures), due=due_by(row["aim_year"]), **ends)


def aims_told(rivals: pd.DataFrame, said_on: object) -> Shown:
    """ "Qazinform, 28 November 2025, later gave 69.2% by 2028: 1.7 points a year from the statement’s level."""
    told = []
    for row in records(rivals):
        pace = row["points_a_year"]
        same_way: bool = pd.notna(pace) and (pace.value > 0) == (row["aim"].value > row["level"].value)
        told.append(
            say(
                "target.rival" if same_way else "target.other",
                who=source({**row, "publisher": row["source"]}),
                gave=gave(row, str(said_on)),
                level=amount(value_of(row), "percent"),
                year=row["year"],
                pace=pace_words(pace),
                own=amount(row["aim"], "percent"),
            )
        )
    return paragraphs(told)


def within_reach(
    gaps: pd.DataFrame, figures: pd.DataFrame, levels: pd.DataFrame, tracks: pd.DataFrame, shortest: int
) -> Shown:
    """For each aim on record whether the pace seen on one basis is enough, or why that cannot be told; tables of 03."""
    told = []
    on_record = gaps[gaps["subject"].notna() & gaps["indicator"].notna()]
    for gap in records(on_record):
        name, aim = gap_name(gap, figures), amount(gap["aim"], "percent") + due_by(gap["aim_year"])
        mine = tracks[tracks["aim_id"] == gap["aim_id"]]
        if (mine["years"] >= shortest).any():
            told.append(reach(name, aim, mine[mine["years"] >= shortest], shortest))
            continue
        same = levels[levels["subject"].eq(gap["subject"]) & levels["indicator"].eq(gap["indicator"])]
        why = say("target.close", years=shortest) if len(mine) else no_pace(gap, same)
        told.append(say("target.unknown", name=name, aim=aim, why=why))
    if rest := len(gaps) - len(on_record):
        told.append(say("target.no_record", rest))
    return paragraphs(told)


def no_pace(gap: Row, levels: pd.DataFrame) -> str:
    """Why there is no pace: nothing was published earlier, or what is counted changed since."""
    year: Any = levels["year"].max() if pd.isna(gap["level_year"]) else gap["level_year"]
    changed = levels.loc[levels["anew"] & levels["year"].le(year), "year"].unique()
    if levels["year"].ge(year).all() or not len(changed):
        return say("target.no_earlier")
    return say("target.changed", years=listed(map(str, sorted(changed))), year=year)


def reach(name: str, aim: str, tracks: pd.DataFrame, shortest: int) -> str:
    """ "36.5% in 2022. 8 levels of one basis, at least 3 years earlier …: from all 8 by each of three methods."""
    row = tracks.iloc[0]
    level = say(
        "target.level" if row["own"] else "target.level_published",
        value=f"{row['value']:g}",
        year=row["year"],
        who=row["source"],
    )
    many, first, last = len(tracks), tracks["year_then"].min(), tracks["year_then"].max()
    counts = {method: int((tracks[method] >= enough).sum()) for method, enough in ENOUGH.items()}
    told = {n: say("target.all" if n == many else "target.enough", n) for n in counts.values()}
    found = [say("target.enough_by", how=told[n], method=say(f"target.{method}")) for method, n in counts.items()]
    return say(
        "target.reach",
        name=name,
        level=level,
        earlier=say("target.earlier", many, years=shortest),
        span=say("target.span", first=first, last=last) if first < last else first,
        aim=aim,
        found=say("target.enough_by_each", how=told[counts["linear"]]) if len(told) == 1 else listed(found),
        year=row["year"],
    )


def series_headline(series: pd.DataFrame) -> str:
    """ "Small and medium-sized enterprises, share of GDP: 25.9% in 2014, 36.5% in 2022" of one series of outcomes."""
    names = {names_of(row, "programme", "indicator") for row in records(series)}
    if len(names) != 1:
        return say("target.series_many")
    done = series[series["status"] == "actual"].sort_values("year", kind="stable")
    first, last = done.iloc[0], done.iloc[-1]
    ends = {"first": f"{first['value']:g}%", "start": first["year"], "last": f"{last['value']:g}%", "end": last["year"]}
    return say("target.series", name=names.pop(), **ends)
