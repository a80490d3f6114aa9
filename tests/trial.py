"""A standing trial, no part of `make test`: random texts, kills at random moments, hostile files, a real browser.

`make trial MINUTES=10` spends half of its minutes on texts and half on kills, then runs the hostile files and, where
there is a Chromium, the injections. Each part ends with a count and a verdict; a failure leaves what it takes to see it
again: the seed of the random numbers, the text.
"""

# ruff: noqa: S311 - these random numbers guard nothing

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pandas as pd

from auyl.files import PART, write_whole
from auyl.reading.document import read_figures
from auyl.reading.lexicon import LANGUAGES

TESTS = Path(__file__).parent
MARKS = "\u202e\u200f\u2067\u200b\ufeff\x00\x1b\x85\u2028\u0301\n\t\r \u00a0\u202f«»“”–—−…½²%₸№$€()[]{}<>&|=+@#*_`~^"
SLOW = 5  # seconds of a processor for one text
MEND = 10  # seconds after a kill until nothing of the killed may be left


def pieces() -> list[str]:
    """Words and sentences of the cases and the seeds, to make texts of."""
    found = [line for path in (TESTS / "cases").glob("*.tsv") for line in path.read_text("utf-8").splitlines()]
    for path in (TESTS / "cases").glob("*.jsonl"):
        rows = map(json.loads, path.read_text("utf-8").splitlines())
        found += [row["text"] for row in rows if "text" in row]  # a grid of rules has none
    found += [path.read_text("utf-8") for path in (TESTS.parent / "seeds").glob("*.txt")]
    return [part for line in found for part in line.replace("\t", "\n").split("\n") if part.strip()]


def random_text(found: list[str], dice: random.Random) -> str:
    """Some pieces, cut, repeated and strewn with marks and numbers."""
    parts = []
    for _ in range(dice.randint(1, 8)):
        piece = dice.choice(found)
        for _ in range(dice.randint(0, 4)):
            at = dice.randrange(len(piece) + 1)
            new = dice.choice(
                [dice.choice(MARKS), str(dice.randrange(10 ** dice.randint(1, 12))), piece[at : at + 9] * 3, ""]
            )
            piece = piece[:at] + new + piece[at + dice.randint(0, 3) :]
        parts.append(piece)
    return dice.choice([" ", "\n\n", ", ", ". "]).join(parts)


def texts(seconds: float) -> str:
    """Random texts through the parser: no exception, no span outside the text, no text that takes long."""
    found, dice, count, figures = pieces(), random.Random(), 0, 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        seed = dice.randrange(2**63)
        text = random_text(found, random.Random(seed))
        language = dice.choice(LANGUAGES)
        start = time.process_time()
        try:
            rows, unread = read_figures(text, "2025-08-28", language)
        except Exception as error:
            raise SystemExit(f"texts: FAILED: {language}, seed {seed}: {error!r}\n{text!r}") from error
        rows = [row if isinstance(row, dict) else row._asdict() for row in rows]
        spans = [(row["start"], row["end"], row["quote"]) for row in rows]
        spans += [(item.start, item.end, item.quote) for item in unread]
        if time.process_time() - start > SLOW or any(text[begin:stop] != quote for begin, stop, quote in spans):
            raise SystemExit(f"texts: FAILED: slow or a span is wrong: {language}, seed {seed}\n{text!r}")
        count, figures = count + 1, figures + len(rows)
    return f"texts: {count:,} random texts with {figures:,} figures: no exception, no span outside, none slow"


def many_texts(folder: Path) -> tuple[list[str], Callable[[], bool]]:
    """A long `figures`, and whether its output is whole."""
    text = "In 2024, 12 schools were built in the villages, and it is planned to build 30 schools more by 2027. " * 20
    rows = (json.dumps({"id": n, "text": text, "date": "2025-03-01", "language": "en"}) for n in range(400))
    (folder / "news.jsonl").write_text("\n".join(rows), encoding="utf-8")
    out = folder / "figures.parquet"
    out.write_bytes(b"earlier")
    command = ["figures", str(folder / "news.jsonl"), "--out", str(out), "--jobs", "2"]
    return command, lambda: out.read_bytes() == b"earlier" or len(pd.read_parquet(out)) == 400 * 40


def many_runs(folder: Path) -> tuple[list[str], Callable[[], bool]]:
    """A long `report`, and whether every page that the manifest calls made is whole."""
    for name in ("notebooks", "seeds"):
        (folder / name).mkdir()
    cells = [nbformat.v4.new_markdown_cell("# A year"), nbformat.v4.new_code_cell("import time\ntime.sleep(0.2)")]
    parameters = nbformat.v4.new_code_cell("year: int = 1", metadata={"tags": ["parameters"]})
    nbformat.write(nbformat.v4.new_notebook(cells=[parameters, *cells]), folder / "notebooks" / "01_year.ipynb")
    (folder / "seeds" / "a.txt").write_text("In 2024, 30 schools were built.", encoding="utf-8")
    passport = "title: t\npublisher: p\npublished: 2025-01-01\nlanguage: en\n"
    (folder / "seeds" / "a.yml").write_text(passport, encoding="utf-8")
    matrix = folder / "runs.yml"
    matrix.write_text(f"parameters: {{year: [{', '.join(map(str, range(40)))}]}}", encoding="utf-8")
    out = folder / "out"

    def is_whole() -> bool:
        manifest = out / "manifest.jsonl"
        lines = manifest.read_text("utf-8").splitlines() if manifest.exists() else []
        pages = [record["page"] for record in map(json.loads, lines) if record["output"]]  # a failed run may have none
        return all((out / page).read_text("utf-8").rstrip().endswith("</html>") for page in pages)

    return ["report", "--home", str(folder), "--matrix", str(matrix), "--out", str(out), "--resume"], is_whole


def descendants(parent: int) -> Iterator[int]:
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True).stdout
    below = {int(pid): int(above) for pid, above in (line.split() for line in listed.splitlines())}
    for pid, above in below.items():
        if above == parent:
            yield pid
            yield from descendants(pid)


def is_alive(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return bool(state) and not state.startswith("Z")


def kills(seconds: float) -> str:
    """Runs killed at random moments, they or one of their processes: nothing torn, nothing left, no waiting."""
    dice, count = random.Random(), 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with tempfile.TemporaryDirectory(prefix="t") as name:
            folder = Path(name)
            temporary = folder / "tmp"
            temporary.mkdir()
            command, is_whole = dice.choice([many_texts, many_runs])(folder)
            run = subprocess.Popen(
                [sys.executable, "-m", "auyl", *command],
                env=os.environ | {"TMPDIR": str(temporary)},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(dice.uniform(0.1, 5))
            below = list(descendants(run.pid))
            victim = dice.choice([run.pid, run.pid, *below])
            told = f"{command[0]}, killed {'itself' if victim == run.pid else 'a process below it'}"
            with_signal = dice.choice([signal.SIGKILL, signal.SIGTERM] if victim == run.pid else [signal.SIGKILL])
            if run.poll() is None and is_alive(victim):
                os.kill(victim, with_signal)
            try:
                run.wait(120)
            except subprocess.TimeoutExpired:
                for pid in (run.pid, *descendants(run.pid)):
                    os.kill(pid, signal.SIGKILL)
                raise SystemExit(f"kills: FAILED: {told}: it waits for ever") from None
            late = time.monotonic() + MEND
            while (any(map(is_alive, below)) or any(temporary.iterdir())) and time.monotonic() < late:
                time.sleep(0.1)
            write_whole(folder / "next.txt", "the next to write here sweeps what is left")
            if left := [pid for pid in below if is_alive(pid)]:
                raise SystemExit(f"kills: FAILED: {told}: {len(left)} processes stay")
            if left := [path.name for path in (*temporary.iterdir(), *folder.glob(f".*{PART}"))]:
                raise SystemExit(f"kills: FAILED: {told}: {left} stay")
            if not is_whole():
                raise SystemExit(f"kills: FAILED: {told}: a file is torn")
            count += 1
    return f"kills: {count} runs killed at random moments: no torn file, no file or process left, none that waits"


def pytest_part(name: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", *arguments], cwd=TESTS.parent, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"{name}: FAILED:\n{done.stdout[-3000:]}")
    return f"{name}: {done.stdout.strip().splitlines()[-1]}"


def main(minutes: float) -> None:
    print(texts(minutes * 30), flush=True)
    print(kills(minutes * 30), flush=True)
    files = ["tests/test_hostile.py", "tests/intake/test_corpus.py", "tests/test_files.py"]
    print(pytest_part("hostile files", *files), flush=True)
    if shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"):
        print(pytest_part("injections in a browser", "tests/browser/test_injections.py"), flush=True)
    else:
        print("injections in a browser: not tried: there is no Chromium here")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10)
