"""How fast texts are read, how soon the first one, in how much memory, and how all that grows with the text."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from texts import HOSTILE, hostile

FIRST = "from auyl.reading.quantities import read_quantities; read_quantities('up to 6,000 projects')"
# Run in a process of its own: seconds from before the import to after the first result.
COLD = "import time; start = time.perf_counter(); {first}; print(time.perf_counter() - start)"
# Reads one text and says how long it took and how much memory the whole process ever held.
ALONE = """
import json, sys, time
from auyl.reading.document import read_figures
text = sys.stdin.buffer.read().decode()
start = time.process_time()
rows, unread = read_figures(text, "2025-08-28", sys.argv[1])
seconds = time.process_time() - start
try:
    from resource import RUSAGE_SELF, getrusage
    memory = getrusage(RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
except ImportError:  # Windows
    memory = None
print(json.dumps({"seconds": seconds, "megabytes": memory, "figures": len(rows)}))
"""


def rate(read: Callable[[str], object], texts: list[str], repeats: int = 5) -> float:
    """Texts a second, the median of some repeats; a first round, not counted, warms up."""
    seconds = []
    for _ in range(repeats + 1):
        start = time.perf_counter()
        for text in texts:
            read(text)
        seconds.append(time.perf_counter() - start)
    return len(texts) / statistics.median(seconds[1:])


def cold_start(python: str = sys.executable, first: str = FIRST, repeats: int = 5) -> float:
    """Seconds from the import to the first result, in fresh processes; the median."""
    command = [python, "-c", COLD.format(first=first)]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(repeats)]  # noqa: S603
    return statistics.median(float(run.stdout) for run in runs)


def alone(text: str, language: str = "en") -> dict:
    """Seconds of processor, megabytes at the most and the number of figures, reading one text in a fresh process."""
    command = [sys.executable, "-c", ALONE, language]
    run = subprocess.run(command, input=text.encode(), capture_output=True, check=True)  # noqa: S603
    return json.loads(run.stdout)


def growth(text: str, sizes: list[int]) -> list[list]:
    """Seconds, megabytes and seconds a million characters, for the text repeated to each of some sizes."""
    table = []
    for size in sizes:
        result = alone((text * (size // len(text) + 1))[:size])
        table.append([f"{size:,}", result["seconds"], result["seconds"] / size * 1e6, result["megabytes"]])
    return table


def growth_of_hostile(sizes: tuple[int, int]) -> list[list]:
    """Seconds a million characters at two sizes, and how many times more work the larger was a character."""
    table = []
    for kind in HOSTILE:
        language = "ru" if kind in ("from-to", "letters") else "en"
        small, large = (alone(hostile(kind, size), language)["seconds"] / size * 1e6 for size in sizes)
        table.append([kind, small, large, large / small if small else float("nan")])
    return table
