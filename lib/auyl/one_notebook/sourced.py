"""The lines of a comparison, each figure leading to the page that published it: tables with links to their sources."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from markupsafe import Markup

from auyl.display import tables
from auyl.display.tables import link_to
from auyl.display.words import cited, sentence
from auyl.measures.checks import contradictions
from auyl.measures.comparison import PLANS, in_short
from auyl.one_notebook.comparing import AGREEING, about, plainly, theirs
from auyl.statement import Statement

BREAK = "the series breaks in between"
KINDS = {  # what the reasons of `cross_checks` say, in the order in which they are looked for
    "series breaks": BREAK,
    "a part of it": "a part instead of the whole",
    "a plan is not": "a plan beside an outcome",
    "was counted on": "other days",
    "one is in": "other units",
    " is of ": "other years",
}


def contradicted(checks: pd.DataFrame, statement: Statement) -> tables.Shown:
    """The figures of the statement that a published one excludes, with both sources and why."""
    columns = ("Figure", "About", "The statement", "Others", "Why")
    found = checks[checks["verdict"] == "contradicts"]
    keys = ["figure_id", "published_value", "published_bound"]
    lines = [
        (_mark(row), about(row), _own(row, statement), _others(group), sentence(plainly(row["why"])))
        for group in _groups(found, keys)
        for row in [group.iloc[0]]
    ]
    return linked("What contradicts the statement", columns, lines)


def agreeing(checks: pd.DataFrame) -> tables.Shown:
    """The figures of the statement that published ones confirm, or leave room for, with their sources."""
    lines = [
        (_mark(row), about(row), f"“{row['quote']}”", _others(group), _verdict(group))
        for group in _groups(
            checks[checks["verdict"].isin(AGREEING)].sort_values("figure_id", kind="stable"),
            ["figure_id", "published_value", "published_bound"],
        )
        for row in [group.iloc[0]]
    ]
    return linked("What agrees", ("Figure", "About", "The statement", "Others", "Verdict"), lines)


def incomparable(checks: pd.DataFrame) -> tables.Shown:
    """What cannot be held against the statement: each break of a series, else the nearest figure of each reason."""
    found = checks[checks["verdict"] == "not comparable"]
    kinds = [next((name for words, name in KINDS.items() if words in why), "other reasons") for why in found["why"]]
    each = [why if kind == BREAK else "" for why, kind in zip(found["why"], kinds, strict=True)]
    found = found.assign(kind=kinds, each=each).sort_values(["figure_id", "weight"], kind="stable")
    lines = [
        (_mark(row), about(row), row["kind"], len(group), Markup("{} ({})").format(plainly(row["why"]), _link(row)))
        for group in _groups(found, ["figure_id", "kind", "each"])
        for row in [group.iloc[0]]
    ]
    return linked("What cannot be compared", ("Figure", "About", "Why", "Published figures", "The nearest"), lines)


def among_others(
    figures: pd.DataFrame, checks: pd.DataFrame, record: pd.DataFrame, regions: pd.DataFrame, statement: Statement
) -> tables.Shown:
    """Where two published figures about the statement's subjects exclude each other, if not told of above."""
    rows = record.set_index("published_id")
    pairs = contradictions(record[(record["address"] != statement.url) & record["subject"].isin(figures["subject"])])
    told = checks[checks["verdict"] != "not comparable"].groupby("figure_id")["published_id"].agg(set)
    pairs = pairs.loc[[not any({a, b} <= set(ids) for ids in told) for a, b in _ids(pairs)]]
    areas = dict(zip(regions["code"], regions["name_en"], strict=True))
    lines = []
    keys = [(*_key(rows.loc[a], rows.loc[b]), id) for a, b in _ids(pairs) for id in (a, b)]
    for key in dict.fromkeys(key[:-1] for key in keys):
        group = rows.loc[list(dict.fromkeys(id for *own, id in keys if tuple(own) == key))].sort_values("date")
        first = group.iloc[0]
        place = "" if len(first["ref_area"]) == 2 else areas.get(first["ref_area"], first["ref_area"])
        scope = "" if pd.isna(first["scope"]) else first["scope"]
        sides = [
            Markup("{}: {}{}").format(
                plainly(in_short(row)), _link(row), "" if row["status"] == "actual" else ", planned"
            )
            for row in group.to_dict("records")
        ]
        doubts = [
            f"{plainly(in_short(row))}: {row['why_suspect'].rstrip('.')}"
            for row in group[group["suspect"].astype(bool)].to_dict("records")
        ]
        replaced = "One plan may have replaced the other." if group["status"].isin(PLANS).all() else "Not known."
        lines.append((about(first, scope, place), Markup("; ").join(sides), "; ".join(doubts) or replaced))
    return linked("Published figures that exclude each other", ("About", "Figures", "Doubtful, or why"), lines)


def doubtful(figures: pd.DataFrame, record: pd.DataFrame) -> tables.Shown:
    """The published figures about the statement's subjects that are marked as doubtful, and why."""
    found = record[record["suspect"].astype(bool) & record["subject"].isin(figures["subject"])]
    lines = [(about(r), plainly(in_short(r)), _link(r), r["why_suspect"]) for r in found.to_dict("records")]
    return linked("Doubtful figures", ("About", "As published", "Source", "Why doubtful"), lines)


def linked(caption: str, columns: Sequence[str], lines: Iterable[Sequence[object]]) -> tables.Shown:
    """A table whose cells are text, which is escaped, or Markup, which holds links."""
    return tables.show(pd.DataFrame(list(lines), columns=list(columns), dtype="object"), caption)


def together(shown: Sequence[tables.Shown]) -> tables.Shown:
    """Several tables under each other."""
    return tables.Shown("\n".join(table.html for table in shown), "\n".join(table.text for table in shown))


def _link(row: Mapping) -> Markup:
    date = "not dated" if pd.isna(row["date"]) else row["date"]
    return Markup("{}, {}").format(link_to(row["address"], row["publisher"]), date)


def _own(row: Mapping, statement: Statement) -> Markup:
    return Markup("“{}”: {}").format(row["quote"], link_to(statement.url, cited(statement)))


def _others(group: pd.DataFrame) -> Markup:
    rows = group.drop_duplicates("published_id").to_dict("records")
    return Markup("{}: {}").format(plainly(in_short(theirs(rows[0]))), Markup("; ").join(_link(row) for row in rows))


def _verdict(group: pd.DataFrame) -> str:
    doubtful = ", with a doubtful figure" if group["suspect"].any() else ""
    return f"{group['verdict'].iloc[0]}{doubtful}"


def _mark(row: Mapping) -> Markup:
    number = tables.figure_number(row["figure_id"])
    return Markup('<a href="{}#mark-{}">{}</a>').format(tables.START, number, number)


def _groups(rows: pd.DataFrame, keys: list[str]) -> list[pd.DataFrame]:
    return [group for _, group in rows.groupby(keys, sort=False, observed=True, dropna=False)]


def _ids(pairs: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(pairs["published_id_a"], pairs["published_id_b"], strict=True))


def _key(a: Mapping, b: Mapping) -> tuple:
    """What two published figures that exclude each other have in common; one of them may leave out the first year."""
    start = b["start_year"] if pd.isna(a["start_year"]) else a["start_year"]
    names = ("subject", "indicator", "scope", "ref_area", "end_year", "unit")
    return tuple(None if pd.isna(entry) else entry for entry in (start, *(a[name] for name in names)))
