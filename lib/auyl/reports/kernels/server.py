"""A process that has imported the libraries once, and forks a copy of itself for each kernel that is asked for.

A kernel started from nothing imports pandas, matplotlib and this library for two seconds before it runs a line. A fork
of this process has them already, and is as fresh as any other kernel in all else: a process of its own, an empty
namespace, random numbers of its own, the environment and folder it was asked for. What a library decides while it is
imported (pandas: how wide a table is printed) is decided here as it would be inside a kernel.

The server forks before any thread of Python's or socket of zmq exists. It waits on a socket whose other end only the
asking process holds: when that process ends, however it ends, the server kills its kernels, removes their folder and
ends too. For Linux: Windows has no os.fork, and macOS's frameworks do not survive one; there
`provisioner` starts its kernels from nothing.
"""

import ast
import builtins
import ctypes
import gc
import importlib
import json
import os
import selectors
import shutil
import signal
import socket
import sys
import time
import warnings
from collections.abc import Iterable
from contextlib import suppress
from importlib.util import find_spec
from types import SimpleNamespace

from auyl.errors import AuylError

# What kernels and notebooks import only when they need it; what a notebook names is found in its cells.
KERNEL = ("ipykernel.kernelapp", "ipykernel.debugger", "ipykernel.zmqshell", "IPython.core.completerlib")
LIBRARIES = (
    "numpy",
    "pandas",
    "pyarrow",
    "pandera.pandas",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_svg",
    "seaborn",
)


def imported_modules(notebook: dict) -> set[str]:
    """The modules that a notebook's cells import; a cell that is not plain Python counts for nothing."""
    found: set[str] = set()
    for cell in notebook["cells"]:
        try:
            tree = ast.parse("".join(cell["source"]) if cell["cell_type"] == "code" else "")
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def preload(modules: Iterable[str], control: socket.socket | None = None, folder: str = "") -> dict[str, str]:
    """Imports as a kernel would, and reads and draws once, so that vocabulary, schema and fonts are there too.

    Returns what ipykernel has put into the environment. Ends with `folder` as soon as nobody is at the other
    end of `control`.
    """
    before = dict(os.environ)
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # ipykernel: the process without which a kernel ends
    for name in KERNEL:
        importlib.import_module(name)
    added = {name: value for name, value in os.environ.items() if before.get(name) != value}
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")  # as ipykernel sets it
    # pandas asks while it is imported whether it is in a notebook, and prints tables at another width if not.
    builtins.get_ipython = lambda: SimpleNamespace(kernel=None)  # type: ignore[attr-defined]
    try:
        for name in (*LIBRARIES, *modules):
            if control and is_deserted(control):
                end((), folder)
            try:
                importlib.import_module(name)
            except Exception:  # noqa: S112 - no module but a name inside one, or one that fails: the cell will say so
                continue
        read_and_draw()
    finally:
        del builtins.get_ipython  # type: ignore[attr-defined]
    return added


def is_deserted(control: socket.socket) -> bool:
    """Whether the asking process has gone; what it may have asked stays to be read."""
    try:
        return not control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False


def read_and_draw() -> None:
    """One sentence through the library, from its words to a chart; and the record, which is checked once a process."""
    import auyl
    from auyl.display import charts, tables
    from auyl.record import read_context, read_definitions, read_published, read_regions

    statement = auyl.Statement("In 2024, 30 schools were built.", date="2025-01-01")
    figures = auyl.check(auyl.figures(statement))
    _ = charts.bars(figures, "value", label="quote", headline="Schools", subtitle="number", source=statement).svg
    tables.figures(figures, "")
    auyl.answers(statement)
    for read in (read_published, read_context, read_regions, read_definitions):
        with suppress(AuylError):  # a notebook that reads it will say what is wrong
            read()


def serve(control: socket.socket, folder: str) -> list:
    """Forks whenever it is asked. Returns in each forked child alone, with what that kernel is to be."""
    kernels: dict[int, socket.socket] = {}
    awake, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)  # a child that ends wakes the select below
    waiting = selectors.DefaultSelector()
    for source in (control, awake):
        waiting.register(source, selectors.EVENT_READ)
    while True:
        for key, _ in waiting.select():
            if key.fileobj == awake:
                os.read(awake, 4096)
                tell_who_ended(kernels)
                continue
            message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
            if not message:
                end(kernels, folder)
            line = socket.socket(fileno=descriptors[0])
            with warnings.catch_warnings():
                # Python warns of threads: those left are of numpy's and pyarrow's own, which they renew in a fork.
                warnings.simplefilter("ignore", DeprecationWarning)
                child = os.fork()
            if child == 0:
                os.setsid()
                adopt_orphans()
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                waiting.close()
                for descriptor in (awake, wake):
                    os.close(descriptor)
                for other in (control, *kernels.values()):
                    other.close()
                with line, line.makefile("rb") as asked:
                    return json.load(asked)
            kernels[child] = line
            with suppress(OSError):  # who asked has ended since; that shows at the next turn
                line.sendall(b"%d\n" % child)


def adopt_orphans() -> None:
    """What is started below this process and loses its parent becomes this one's child, whatever session it is in.

    Kernels and server both do so: what a kernel started stays its own while it lives, and is the server's afterwards.
    """
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def children() -> set[int]:
    try:
        with open(f"/proc/self/task/{os.getpid()}/children") as listed:
            return {int(child) for child in listed.read().split()}
    except OSError:  # a system that does not list them
        return set()


def tell_who_ended(kernels: dict[int, socket.socket]) -> None:
    """Tells the asking process, and kills what kernels left that have ended."""
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            child, status = ended
            if child in kernels:
                with kernels.pop(child) as line, suppress(OSError):  # nobody may wait for it any more
                    line.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
    for left in children() - kernels.keys():
        os.kill(left, signal.SIGKILL)


def end(kernels: Iterable[int], folder: str) -> None:
    """Nobody can ask any more: the kernels, what they started and their files go with the server."""
    left = {*kernels}
    for _ in range(1000):  # whoever is killed leaves his children to this process
        for child in left:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        left = children()
        if not left:
            break
        time.sleep(0.005)
    remove(folder)
    os._exit(0)


def remove(folder: str) -> None:
    """Again while something is left: a thread of the asking process may write a last file as the folder is emptied."""
    for _ in range(100):
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.exists(folder):
            return
        time.sleep(0.05)


def main() -> None:
    """The server; in each child, a kernel."""
    if sys.path[0] in ("", os.getcwd()):  # as ipykernel_launcher does: a notebook's folder hides no library
        del sys.path[0]
    descriptor, folder, *modules = sys.argv[1:]
    control = socket.socket(fileno=int(descriptor))
    adopt_orphans()
    added = preload(modules, control, folder)
    gc.collect()
    gc.freeze()  # collecting garbage in a child leaves the shared memory alone
    arguments, environment, working_folder = serve(control, folder)

    os.environ.clear()
    os.environ.update(environment | added)
    os.chdir(working_folder)
    import numpy
    from ipykernel import kernelapp

    class QuietThread(kernelapp.IOPubThread):
        """Without the port on which ipykernel waits for what forked children print."""

        def __init__(self, socket, pipe=False, session=None):
            super().__init__(socket, pipe=False, session=session)

    kernelapp.IOPubThread = QuietThread  # type: ignore[misc]
    numpy.random.seed()  # the random module sees to itself when a process forks
    launcher = find_spec("ipykernel_launcher")
    sys.argv = [(launcher and launcher.origin) or "", *arguments]
    kernelapp.IPKernelApp.launch_instance(arguments)


if __name__ == "__main__":
    main()
