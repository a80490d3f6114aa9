"""How long reports take: the loop of papermill and nbconvert, `python -m auyl report --matrix`, and the code alone.

All three are measured in turn in one run, on all cores, for every notebook and copies of the first statement.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
STATEMENT = ROOT / "seeds" / "2025-08-28_regional_development_concept.txt"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
COPIES = 4  # of the statement, each its own run
CORES = os.cpu_count() or 1
PAPERMILL = [sys.executable, "-m", "papermill", "--no-progress-bar"]
NBCONVERT = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", "--no-input"]


def timed(*commands: list, home: Path = ROOT) -> float:
    environment = os.environ | {"AUYL_HOME": str(home)}
    start = time.perf_counter()
    for command in commands:
        subprocess.run([str(part) for part in command], env=environment, capture_output=True, check=True)  # noqa: S603
    return time.perf_counter() - start


def plain_loop(folder: Path) -> float:
    """Seconds a report of the two commands a reader would type, as many side by side as there are cores."""

    def both(notebook: Path) -> None:
        executed = folder / notebook.name
        timed([*PAPERMILL, notebook, executed], [*NBCONVERT, executed])

    start = time.perf_counter()
    with ThreadPoolExecutor(CORES) as pool:
        list(pool.map(both, NOTEBOOKS))
    return (time.perf_counter() - start) / len(NOTEBOOKS)


def project(folder: Path) -> Path:
    """A project with the notebooks, several copies of the statement, and a matrix of all of them."""
    for name in ("notebooks", "data"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "seeds").mkdir()
    for number in range(COPIES):
        for path in (STATEMENT, STATEMENT.with_suffix(".yml")):
            shutil.copy(path, folder / "seeds" / f"2025-08-28_copy_{number}{path.suffix}")
    (folder / "runs.yml").write_text('parameters:\n  statement: "*"\n')
    return folder


def compare() -> dict[str, float]:
    """Seconds a report of each way; of ours also for reports that are made already, and for the code alone."""
    with tempfile.TemporaryDirectory() as name:
        plain = plain_loop(Path(name))
        home = project(Path(tempfile.mkdtemp(dir=name)))
        ours = [sys.executable, "-m", "auyl", "report", "--matrix", home / "runs.yml", "--out", Path(name) / "out"]
        runs = COPIES * len(NOTEBOOKS)
        made, again = timed(ours, home=home) / runs, timed([*ours, "--resume"], home=home) / runs
        rounds = 3
        alone = [sys.executable, Path(__file__).with_name("code_alone.py"), rounds, *NOTEBOOKS]
        done = subprocess.run([str(part) for part in alone], capture_output=True, text=True, check=True)  # noqa: S603
    return {"plain": plain, "ours": made, "again": again, "alone": float(done.stdout), "runs": runs}
