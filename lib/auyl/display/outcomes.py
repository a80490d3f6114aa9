"""Sentences of what others said of the same, what a later statement changed, and what came of plans."""

from collections.abc import Iterable

import pandas as pd

from auyl.bounded import Bounded, in_words
from auyl.display.findings import about, beside_total, compared, contradicted, headed, paragraphs, tally
from auyl.display.tables import Shown, period, plain
from auyl.display.words import Row, currency, day, is_currency, listed, noun, place_name, printed, source, stated

# ---- People and self-government -----------------------------------------------------------------------------------


def people_told(totals: pd.DataFrame, acts: pd.DataFrame, most: int = 3) -> Shown:
    """ "With a Diploma – to the Village!, allowances: at least 114,000 specialists from 2009 to August 2025, at least
    6,800 a year, on average."; then how many acts carry no number."""
    told = [
        f"{row['programme']}, {plain(row['indicator'])}: {printed(row)} from {row['start_year']} to {until(row)}, "
        f"{in_words(roughly(row['a_year']), 0)} a year, on average."
        for row in totals.head(most).to_dict("records")
    ]
    nothing = "The statement gives no total of people that runs over several years, so none can be taken a year."
    stages = acts["stage"].value_counts(sort=False)
    counts = listed(f"{number} {stage}" for stage, number in stages.items() if number) if len(acts) else ""
    without = f"Of {len(acts)} acts it gives no number: {counts}." if len(acts) > 1 else ""
    return paragraphs([*(told or [nothing]), without])


def until(row: Row) -> str:
    """ "August 2025", the month in which it was told; the last year where it was told later."""
    return f"{row['day']:%B %Y}" if row["day"].year == row["end_year"] else f"the end of {row['end_year']}"


def roughly(quantity: Bounded) -> Bounded:
    """To the hundred where it is hedged and above a thousand: a hedged total knows no more."""
    return round(quantity, -2) if quantity.bound != "exact" and quantity.value >= 1000 else quantity


# ---- Does it add up? ----------------------------------------------------------------------------------------------

CHANGED_TO = {
    "contradicted": "contradicted",
    "revised": "revised",
    "outcome of a plan": "planned then and told as done now",
    "leaves room": "within a bound of the other",
    "repeated": "repeated",
    "new": "new",
    "dropped": "told no more",
    "cannot be told": "without anything that they could be held against",
}


def against_others(checked: pd.DataFrame, checks: pd.DataFrame, said_on: object, sums: Iterable[str] = ()) -> Shown:
    """The statement's own `sums` in words, how many figures others confirm, and each contradiction: "“up to 6,000
    projects”: KazFace.kz, 2025, has at least 6,600 projects, not at most 6,000 projects."""
    once = compared(checks).query("verdict <= 'perhaps contradicted'").drop_duplicates(["figure_id", "other"])
    told = [f"“{row['quote']}”: {apart(row, str(said_on))}" for row in once.to_dict("records")]
    nothing = "Nothing was published that this statement could be held against."
    return paragraphs([*sums, *(tally(checked) or [nothing]), *told])


def apart(row: Row, said_on: str) -> str:
    if row["verdict"] == "contradicted":
        return contradicted(row, said_on)
    unsure = "if the statement means the same thing and years, which its sentence does not say"
    return f"{source(row)} has {row['other']}: both cannot be right {unsure}."


def total_words(total: Row, parts: pd.DataFrame) -> dict[str, str]:
    """Headline and subtitle of a chart of the parts of a total."""
    made, unit = parts["quantity"].sum(), total["unit"]
    size = f"billion {currency(unit)}" if is_currency(unit) else f"number of {noun(unit)}"
    headline = f"The published parts make {stated(made, unit)}, {beside_total(made, total)}"
    return {"headline": headline, "subtitle": f"{about({'measure': 'sum', **total})}, {size}"}


def changes_told(changes: pd.DataFrame) -> Shown:
    """ "Beside the earlier statement: 1 contradicted, 2 repeated, 3 new."; then each contradiction."""
    counts = changes["change"].value_counts(sort=False)
    told = [f"Beside the earlier statement: {', '.join(f'{n} {CHANGED_TO[c]}' for c, n in counts.items() if n)}."]
    for row in changes[changes["change"] == "contradicted"].to_dict("records"):
        both = f"“{row['earlier_quote']}” then, “{row['later_quote']}” now"
        told.append(headed(row | {"status": "actual"}, both))
    return paragraphs(told)


# ---- What became of it? -------------------------------------------------------------------------------------------


DONE = {"allocation": "allocated", "loan_amount": "lent"}


def promises_told(promises: pd.DataFrame, as_of: str, most: int = 3) -> Shown:
    """How many promises came, and the sentences of those with most to tell."""
    if promises.empty:
        return paragraphs(["Nothing that this statement plans or aims at could be followed in what was published."])
    counts = promises["state"].value_counts(sort=False)
    told = ", ".join(f"{number} {state}" for state, number in counts.items() if number)
    first = f"Plans and aims of the same subjects, by {day(as_of)}: {told}."
    return paragraphs([first, *(promise_sentence(row) for row in promises.head(most).to_dict("records"))])


def promise_sentence(row: Row) -> str:
    """ "Auyl Amanaty, loans, 2023: about 11,000 loans planned (Trend, 18 January 2023), then 17,000 loans (city04.kz,
    29 July 2023); 12,700 loans came (optimism.kz, 29 February 2024)."""
    unit = row["unit"]
    meant = "aimed at" if row["status"] == "target" else "planned"
    told = f"{stated(row['first'], unit)} {meant} ({said_by(row, 'first')})"
    if row["versions"] > 1:
        told += f", then {stated(row['last'], unit)} ({said_by(row, 'last')})"
    if pd.notna(row["outcome"]):
        told += f"; {stated(row['outcome'], unit)} {DONE.get(row['outcome_of'], 'came')} ({said_by(row, 'outcome')})"
    if pd.notna(row["so_far"]):
        told += f"; {row['so_far_years']}: {stated(row['so_far'], unit)} ({said_by(row, 'so_far')})"
    if row["state"] == "due and unknown":
        told += (
            "; no outcome of all of it was published" if unit != "percent" else "; no level of that year was published"
        )
    if row["state"] == "cannot be told":
        one_sided = row["outcome"].bound in ("at_least", "at_most")
        told += ", which may be as planned or not" if one_sided else "; other pages have another number"
    return f"{promised(row)}: {told}."


def promised(row: Row) -> str:
    """ "Auyl Amanaty, loans, Kostanay region, 2023"; an aim is "by 2028"."""
    names = [plain(row["programme"]), plain(row["indicator"])]
    names += [place_name(row["place"])] if pd.notna(row["place"]) else []
    names += [plain(row["part"])] if pd.notna(row["part"]) else []
    aim = row["status"] == "target" and row["start_year"] in (row["end_year"], None)
    return ", ".join([*names, f"by {row['end_year']}" if aim else period(row["start_year"], row["end_year"])])


def in_words_of(promises: pd.DataFrame) -> pd.DataFrame:
    """Promises as a reader's table: `about`, `first`, `last`, `came` (the outcome, else what is so far, with its
    years), `state`, `due` (the last day of its years); `…_said` who says each and when, `…_at` the page."""
    lines = []
    for row in promises.to_dict("records"):
        name = "outcome" if pd.notna(row["outcome"]) else "so_far"
        came = pd.notna(row[name])
        years = f" in {row['so_far_years']}" if came and name == "so_far" else ""
        line = {"about": promised(row), "state": row["state"], "due": f"{row['end_year']}-12-31"}
        line |= {side: stated(row[side], row["unit"]) for side in ("first", "last")}
        line |= {f"{side}_said": said_by(row, side) for side in ("first", "last")}
        line |= {"came": stated(row[name], row["unit"]) + years if came else pd.NA}
        line |= {"came_said": said_by(row, name) if came else pd.NA, "came_at": row[f"{name}_at"]}
        lines.append(line | {f"{side}_at": row[f"{side}_at"] for side in ("first", "last")})
    sides = [side + end for side in ("first", "last", "came") for end in ("", "_said", "_at")]
    return pd.DataFrame(lines, columns=["about", "state", "due", *sides], dtype="string")


def said_by(row: Row, name: str) -> str:
    on = row[f"{name}_on"]
    return f"{row[f'{name}_by']}, {day(on)}" if pd.notna(on) and on else str(row[f"{name}_by"])


def promise_words(row: Row) -> dict[str, str]:
    """Headline and subtitle of a chart of one promise; a finding where its outcome is known."""
    unit = row["unit"]
    size = f"billion {currency(unit)}" if is_currency(unit) else "percent" if unit == "percent" else noun(unit)
    meant = "aimed at" if row["status"] == "target" else "planned"
    told = [f"{stated(row['last'], unit)} {meant}"]
    if row["versions"] > 1:
        told = [f"{stated(row['first'], unit)} {meant} first", f"{stated(row['last'], unit)} later"]
    if pd.notna(row["outcome"]) and row["state"] != "cannot be told":
        told = told[:1] if row["versions"] > 1 and row["last"].same_as(row["outcome"]) else told
        told.append(f"{stated(row['outcome'], unit)} {DONE.get(row['outcome_of'], 'came')}")
    headline = ", ".join(told)
    return {"headline": headline, "subtitle": f"{promised(row)}: {size}"}


def chances_told(chances: pd.DataFrame) -> Shown:
    """ "Small and medium-sized enterprises, share of GDP: rising from 2014 to 2022, by 8 yearly levels (rank
    correlation 0.83–0.89). If it went on at that pace, and as unevenly, it would reach 40% by 2030 with a chance of
    78–81 in 100." """
    told = []
    for row in chances.to_dict("records"):
        trend = row["trend"] if row["trend"] != "not sure" else "no sure trend"
        told.append(
            f"{row['programme']}, {plain(row['indicator'])}: {trend} from {row['first_year']} to {row['last_year']}, "
            f"by {row['years']} yearly levels (rank correlation {in_words(row['rho'], 2)}). If it went on at that "
            f"pace, and as unevenly, it would reach {stated(row['aim'], 'percent')} by {row['aim_year']} with a "
            f"chance of {in_words(row['chance'], 0)} in 100."
        )
    nothing = "No aim has levels of four years, counted in one way, that reach back as far as it lies ahead."
    return paragraphs(told or [nothing])
