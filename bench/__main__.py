"""One scoreboard: how well and how fast statements are read, and how long the reports take.

    python bench                    everything, a few minutes
    python bench accuracy speed     these parts alone

Parts: accuracy, words, speed, growth, hostile, quantulum3, reports.
"""

import sys
from pathlib import Path

import number_words
import quantulum
import report_times
import speed
from scoring import MEASURES, READINGS, read_cases, score

from auyl.reading.document import read_figures
from auyl.reading.lexicon import LANGUAGES
from auyl.reading.quantities import read_quantities
from auyl.statement import Statement

CASES = Path(__file__).parents[1] / "tests" / "cases"
STATEMENTS = {language: read_cases(CASES / f"statements_{language}.jsonl") for language in LANGUAGES
              if (CASES / f"statements_{language}.jsonl").exists()}  # fmt: skip


def show(title: str, header: list[str], rows: list[list], note: str = "") -> None:
    """Print a table: text to the left, numbers to the right."""
    cells = [header, *[[number(cell) for cell in row] for row in rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    print(f"\n{title}")
    for row in cells:
        print(
            "  "
            + "  ".join(
                cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
            )
        )
    if note:
        print(f"  {note}")
    sys.stdout.flush()


def number(cell: object) -> str:
    if cell is None or cell != cell:
        return "–"
    if not isinstance(cell, float):
        return str(cell)
    return f"{cell:,.0f}" if abs(cell) >= 1000 else f"{cell:.1f}" if abs(cell) >= 10 else f"{cell:.2f}"


def sentences(case: dict) -> list[tuple[int, int]]:
    return Statement(case["text"], date=case["date"], language=case["lang"]).sentences


def accuracy() -> None:
    scores = {
        language: score((c["figures"], read_figures(c["text"], c["date"], language)[0]) for c in cases)
        for language, cases in STATEMENTS.items()
    }
    show(
        "Figures found, per cent (precision, recall, F1)",
        ["language", "figures", *[f"{m} {part}" for m in MEASURES for part in ("P", "R", "F1")]],
        [
            [language, s["figures"], *[s[m + part] for m in MEASURES for part in (" precision", " recall", "")]]
            for language, s in scores.items()
        ],
    )
    show(
        "Of the figures found, per cent read right",
        ["language", *READINGS],
        [[language, *[s[name] for name in READINGS]] for language, s in scores.items()],
    )


def words() -> None:
    try:
        rows = number_words.score()
    except number_words.NotAvailable as error:
        print(f"\nNumbers in words are left out: {error}")
        return
    show("Numbers that num2words writes, read back", ["language", "written", "numbers", "right of 100"], rows)


def speeds() -> None:
    rows = []
    for language, cases in STATEMENTS.items():
        texts = [case["text"] for case in cases]
        split = [case["text"][start:end] for case in cases for start, end in sentences(case)]
        per_text = len(split) / len(texts)
        letters = sum(map(len, texts)) / len(texts)
        whole = speed.rate(lambda text, language=language: read_figures(text, "2025-08-28", language), texts)
        bare = speed.rate(lambda text, language=language: read_quantities(text, language), split)
        rows.append([language, bare, whole * per_text, whole * letters])
    show(
        "Speed, on one core",
        ["language", "sentences/s, quantities", "sentences/s, figures", "characters/s, figures"],
        rows,
        "quantities: read_quantities, sentence by sentence; figures: read_figures, whole statements",
    )
    show("Cold start", ["", "seconds"], [["import to first result, median of 5 fresh processes", speed.cold_start()]])


def growth() -> None:
    text = "\n\n".join(case["text"] for case in STATEMENTS["en"]) + "\n\n"
    show(
        "Growth: the English statements over and over, each size in a process of its own",
        ["characters", "seconds", "seconds/million", "MB at most"],
        speed.growth(text, [10_000, 100_000, 1_000_000, 10_000_000]),
    )


def hostile() -> None:
    sizes = (50_000, 400_000)
    show(
        "Growth: texts made to be slow, seconds a million characters",
        ["kind", *[f"at {size:,}" for size in sizes], "ratio (1 is linear)"],
        speed.growth_of_hostile(sizes),
    )


def beside_quantulum3() -> None:
    cases = STATEMENTS["en"]
    spans = [sentences(case) for case in cases]
    texts = [case["text"][start:end] for case, parts in zip(cases, spans, strict=True) for start, end in parts]
    try:
        theirs = quantulum.run(cases, spans)
    except quantulum.NotAvailable as error:
        print(f"\nquantulum3 is left out: {error}")
        return
    # Sentence by sentence for both, since that is how it is used.
    ours = score(
        (case["figures"], [placed(q, start) for start, end in parts for q in read_quantities(case["text"][start:end])])
        for case, parts in zip(cases, spans, strict=True)
    )
    ours |= {"sentences a second": speed.rate(read_quantities, texts), "cold start": speed.cold_start()}
    columns = ["value", "value+unit", "sentences a second", "cold start"]
    show(
        "Beside quantulum3: the English statements, sentence by sentence (F1 in per cent, cold start in seconds)",
        ["", *columns],
        [["auyl", *[ours[c] for c in columns]], ["quantulum3", *[theirs[c] for c in columns]]],
        "quantulum3 without its classifier; its units under our names; it knows no counted things",
    )


def placed(quantity, start: int) -> dict:
    """A quantity of a sentence at its place in the statement, its numbers as the scorer wants them."""
    row = quantity._asdict()
    numbers = {name: None if row[name] is None else float(row[name]) for name in ("value", "low", "high")}
    return row | numbers | {"start": quantity.start + start, "end": quantity.end + start}


def reporting() -> None:
    result = report_times.compare()
    ways = {
        f"papermill and nbconvert, {report_times.CORES} at a time": "plain",
        f"python -m auyl report --matrix, {result['runs']:.0f} reports": "ours",
        "the same again with --resume, nothing changed": "again",
        "the notebooks' code alone: no kernel, no page": "alone",
    }
    show(
        f"Reports: every notebook, on {report_times.CORES} cores, starting included",
        ["", "seconds a report", "times faster", "times the code alone"],
        [[way, result[k], result["plain"] / result[k], result[k] / result["alone"]] for way, k in ways.items()],
    )


PARTS = {
    "accuracy": accuracy,
    "words": words,
    "speed": speeds,
    "growth": growth,
    "hostile": hostile,
    "quantulum3": beside_quantulum3,
    "reports": reporting,
}

if __name__ == "__main__":
    unknown = set(sys.argv[1:]) - PARTS.keys()
    if unknown:
        sys.exit(f"there is no part {', '.join(sorted(unknown))}: the parts are {', '.join(PARTS)}")
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
