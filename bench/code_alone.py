"""Run by report_times.py: seconds that a notebook’s code takes with the libraries imported, without kernel or page.

    python bench/code_alone.py ROUNDS NOTEBOOK …

Each notebook runs in a fork of its own, as many side by side as there are cores. Prints seconds a notebook.
"""

import os
import sys
import time

import nbformat

from auyl.reports.fork_server import preload


def run(notebook: nbformat.NotebookNode) -> None:
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell.instance()
    with capture_output():
        for cell in notebook.cells:
            if cell.cell_type == "code":
                shell.run_cell(cell.source).raise_error()


rounds, *paths = sys.argv[1:]
notebooks = [nbformat.read(path, as_version=4) for path in paths]
preload()
cores = os.cpu_count() or 1
start = time.perf_counter()
running = 0
for notebook in notebooks * int(rounds):
    if running == cores:
        os.wait()
        running -= 1
    if os.fork() == 0:
        run(notebook)
        os._exit(0)
    running += 1
for _ in range(running):
    os.wait()
print((time.perf_counter() - start) / len(notebooks) / int(rounds))
