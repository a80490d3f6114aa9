"""quantulum3 beside us: the same English sentences, the same scorer, in an environment of its own.

It does not know counted things, hedges or periods, so it is asked for the value and the unit alone. The name it gives
a unit is looked up in our vocabulary, so that "kilometre" counts as km.
"""

import json
import subprocess
import sys
import venv
from pathlib import Path

from scoring import score
from speed import cold_start

from auyl.reading.quantities import read_quantities

FOLDER = Path(__file__).parent
ENVIRONMENT = FOLDER / ".venv-quantulum3"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
FIRST = "from quantulum3 import parser; parser.parse('up to 6,000 projects')"


class NotAvailable(Exception):
    """quantulum3 could not be installed; the message is one line."""


def install() -> None:
    """Make the environment if there is none. Its classifier is an extra that we leave out, as most users do."""
    if (ENVIRONMENT / "ready").exists():
        return
    venv.EnvBuilder(clear=True, with_pip=True).create(ENVIRONMENT)
    command = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "quantulum3"]
    run = subprocess.run(command, capture_output=True, text=True)  # noqa: S603
    if run.returncode:
        lines = run.stderr.strip().splitlines() or ["pip said nothing"]
        raise NotAvailable(lines[-1])
    (ENVIRONMENT / "ready").touch()


def our_unit(found: dict) -> str | None:
    """Its unit under our name: the currency's code, else what our vocabulary calls a unit of that name."""
    if found["currency"]:
        return found["currency"]
    name = found["unit"]
    if name in ("", "dimensionless"):
        return None
    if name in ("percentage", "count"):  # what it calls "64%" and "3.5 times"
        return "percent" if name == "percentage" else "times"
    return next((q.unit for q in read_quantities(f"5 {name}") if q.unit), name)


def run(cases: list[dict], sentences: list[list[tuple[int, int]]]) -> dict[str, float]:
    """Its scores on the statements, its sentences a second and its cold start in seconds.

    Raises
    ------
    NotAvailable
        It cannot be installed or does not run here.
    """
    install()
    asked = [[case["text"][start:end] for start, end in spans] for case, spans in zip(cases, sentences, strict=True)]
    command = [PYTHON, FOLDER / "quantulum3_reader.py"]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise NotAvailable(done.stderr.strip().splitlines()[-1])
    answer = json.loads(done.stdout)
    pairs = []
    for case, spans, texts in zip(cases, sentences, answer["found"], strict=True):
        reads = [
            found | {"start": found["start"] + start, "end": found["end"] + start, "unit": our_unit(found)}
            for (start, _), text in zip(spans, texts, strict=True)
            for found in text
        ]
        pairs.append((case["figures"], reads))
    speed = {"sentences a second": answer["sentences a second"], "cold start": cold_start(str(PYTHON), FIRST)}
    return score(pairs) | speed
