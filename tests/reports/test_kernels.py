"""Forked kernels: they say what a kernel started from nothing says, and share nothing (test_runs.py kills them)."""

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import pytest

from auyl.reports.kernels import ForkServer, ServerError, server, stop_all
from auyl.reports.run import run_notebook

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux alone")

# What a library might decide while it is imported, and what a process inherits.
TELLING = """
import os, shutil, signal, sys, threading, warnings
import matplotlib
import numpy as np
import pandas as pd
import auyl
from auyl.display import charts
pd.DataFrame({f"column {n}": ["a rather long entry of this table"] for n in range(30)})
print(pd.DataFrame({f"column {n}": ["a rather long entry of this table"] for n in range(30)}))
print(pd.get_option("display.width"), pd.get_option("display.max_columns"), shutil.get_terminal_size())
print({"one", "two", "three", "four"}, hash("auyl"), np.geterr(), sorted(map(str, warnings.filters)))
print(matplotlib.get_backend(), sorted(matplotlib.rcParams["font.family"]), matplotlib.rcParams["figure.dpi"])
print(sys.path, len(sys.argv), __name__, os.getcwd(), sys.stdin, sorted(os.environ))
print([signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)])
print(threading.active_count())
import matplotlib.pyplot as plt
plt.plot([1, 2]);
statement = auyl.Statement("In 2024, 30 schools were built.", date="2025-01-01")
charts.bars(auyl.figures(statement), "value", label="quote", headline="Figures", subtitle="x", source=statement)
os.popen("echo a child process").read()
1 / 0
"""


def run(folder: Path, *cells: str, timeout: int = 60) -> nbformat.NotebookNode:
    """The notebook of these cells, executed."""
    folder.mkdir(exist_ok=True)
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbformat.write(made, folder / "00_cells.ipynb")
    return run_notebook(folder / "00_cells.ipynb", {}, timeout)


def printed(notebook: nbformat.NotebookNode) -> str:
    return "".join(output.get("text", "") for cell in notebook.cells for output in cell.outputs)


def test_what_a_forked_kernel_says_is_what_a_started_one_says(tmp_path, monkeypatch):
    cells = TELLING.strip().splitlines()
    forked = run(tmp_path, "\n".join(cells[:6]), *cells[6:])
    monkeypatch.setenv("AUYL_KERNELS", "plain")
    started = run(tmp_path, "\n".join(cells[:6]), *cells[6:])
    assert "AUYL_KERNELS" in printed(started)  # the one difference, made by this test
    plain = nbformat.writes(started).replace("'AUYL_KERNELS', ", "")
    assert nbformat.writes(forked).splitlines() == plain.splitlines()
    assert "ZeroDivisionError" in plain and "image/png" in plain and "a child process" in plain


def test_kernels_share_no_random_numbers_and_no_names(tmp_path):
    numbers = "import random, numpy\nprint(random.random(), numpy.random.rand(), 'left' in globals())\nleft = 1"
    first, second = printed(run(tmp_path, numbers)).split(), printed(run(tmp_path, numbers)).split()
    assert first[0] != second[0] and first[1] != second[1]
    assert second[2] == "False"


def test_the_server_forks_without_sockets_of_zmq_and_their_threads(tmp_path):
    threads = "import os\nof = f'/proc/{os.getppid()}/task'\n\
print([open(f'{of}/{one}/comm').read().strip() for one in os.listdir(of)])"
    first, second = printed(run(tmp_path, threads)), printed(run(tmp_path, threads))
    assert first == second and "python" in first and "ZMQ" not in first


def test_neither_server_nor_kernel_keeps_open_what_belonged_to_the_kernel_before(tmp_path):
    count = "import os\nprint(len(os.listdir(f'/proc/{os.getppid()}/fd')), os.listdir('/proc/self/fd'))"
    if not Path("/proc/self/fd").exists():
        pytest.skip("needs /proc")
    first, second = (printed(run(tmp_path, count)).split(maxsplit=1) for _ in range(2))
    assert first == second


def test_a_server_that_was_killed_is_started_anew(tmp_path):
    before = server()
    before.process.kill()
    before.process.wait()
    assert printed(run(tmp_path, "print('runs')")) == "runs\n"
    assert server() is not before
    before.close()
    assert not before.folder.exists()


ASK_AND_DIE = """
import os, sys, threading, time
from pathlib import Path
from auyl.reports.kernels import ForkServer
server = ForkServer(Path(sys.argv[1]))
threading.Thread(target=server.start, args=([], {}, "/"), daemon=True).start()
time.sleep(0.3)  # it is asked while it imports, which takes seconds
os.kill(os.getpid(), 9)
"""


def test_a_process_that_is_killed_before_its_kernel_is_there_leaves_no_folder():
    with tempfile.TemporaryDirectory(prefix="t") as folder:
        assert subprocess.run([sys.executable, "-c", ASK_AND_DIE, folder]).returncode == -signal.SIGKILL
        end = time.monotonic() + 60
        while any(Path(folder).iterdir()):
            assert time.monotonic() < end, "the folder is still there"
            time.sleep(0.05)


LISTENING = """import os
paths = [f'/proc/self/fd/{fd}' for fd in os.listdir('/proc/self/fd')]
ours = {os.readlink(path) for path in paths if os.path.exists(path)}
lines = [line.split() for kind in ('tcp', 'tcp6') for line in open(f'/proc/net/{kind}')][1:]
print([line[1] for line in lines if line[3] == '0A' and f'socket:[{line[9]}]' in ours], len(ours) > 9)"""


@pytest.mark.parametrize("longer", [0, 100])
def test_a_kernel_listens_on_no_port(tmp_path, monkeypatch, longer):
    """Nor where the folder for temporary files has too long a path for a socket in it."""
    folder = tmp_path / ("x" * longer)
    folder.mkdir(exist_ok=True)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    stop_all()
    assert printed(run(tmp_path, LISTENING)) == "[] True\n"
    stop_all()


@pytest.mark.parametrize(
    "error",
    [ServerError("no memory"), RuntimeError("Kernel died before replying to kernel_info")],
    ids=["server", "kernel"],
)
def test_a_kernel_that_cannot_start_is_told_in_the_first_cell(tmp_path, monkeypatch, error):
    def start(*_):
        raise error

    monkeypatch.setattr(ForkServer, "start", start)
    told = run(tmp_path, "print('never')").cells[0].outputs
    assert [output.evalue for output in told] == [
        "Python could not be started for this cell; there may be no memory left."]  # fmt: skip
