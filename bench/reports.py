"""How long the reports take: the plain loop of papermill and nbconvert against `python -m auyl report`."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAPERMILL = [sys.executable, "-m", "papermill", "--no-progress-bar"]
NBCONVERT = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", "--no-input"]


def timed(*commands: list) -> float:
    start = time.perf_counter()
    for command in commands:
        subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, check=True)  # noqa: S603
    return time.perf_counter() - start


def plain_loop(notebooks: list[Path]) -> float:
    """Seconds of the two commands a reader would type, for each notebook in turn."""
    with tempfile.TemporaryDirectory() as folder:
        commands = []
        for notebook in notebooks:
            executed = Path(folder) / notebook.name
            commands += [[*PAPERMILL, notebook, executed], [*NBCONVERT, executed]]
        return timed(*commands)


def ours(notebooks: list[Path]) -> float:
    """Seconds of `python -m auyl report` for the same notebooks, written to an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        only = [part for notebook in notebooks for part in ("--only", notebook.stem)]
        return timed([sys.executable, "-m", "auyl", "report", "--out", folder, *only])


def compare() -> dict[str, float]:
    """Seconds of both for the first two notebooks, and how many times faster ours is."""
    notebooks = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))[:2]
    result = {"notebooks": len(notebooks), "plain": plain_loop(notebooks), "ours": ours(notebooks)}
    return result | {"ratio": result["plain"] / result["ours"]}
