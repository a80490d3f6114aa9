"""A process that has imported the libraries once, and forks a copy of itself for each kernel that is asked for.

A kernel started from nothing imports pandas, matplotlib and this library for two seconds before it runs a line. A fork
of this process has them already, and is as fresh as any other kernel in all else: a process of its own, an empty
namespace, random numbers of its own, the environment and folder it was asked for. What a library decides while it is
imported (pandas: how wide a table is printed) is decided here as it would be inside a kernel.

The server forks before any thread of Python's or socket of zmq exists. It waits on a socket whose other end only the
asking process holds: when that process ends, however it ends, the server kills its kernels, removes their folder and
ends too. For Linux: Windows has no os.fork, and macOS's frameworks do not survive one; there `kernels` starts them
from nothing.
"""

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
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from pkgutil import iter_modules
from types import SimpleNamespace

# What kernels and notebooks import only when they need it.
KERNEL = ("ipykernel.kernelapp", "ipykernel.debugger", "ipykernel.zmqshell", "IPython.core.completerlib")
LIBRARIES = ("numpy", "pandas", "pyarrow", "pandera.pandas", "matplotlib.pyplot", "matplotlib.backends.backend_svg")


def preload(between: Callable[[], object] = bool) -> dict[str, str]:
    """Imports as a kernel would, with a call of `between` before each; what ipykernel has put into the environment."""
    before = dict(os.environ)
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # ipykernel: the process without which a kernel ends
    for name in KERNEL:
        importlib.import_module(name)
    added = {name: value for name, value in os.environ.items() if before.get(name) != value}
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")  # as ipykernel sets it
    # pandas asks while it is imported whether it is in a notebook, and prints tables at another width if not.
    builtins.get_ipython = lambda: SimpleNamespace(kernel=None)  # type: ignore[attr-defined]
    steps: list[Callable[[], object]] = [*(partial(importlib.import_module, name) for name in LIBRARIES), rehearse]
    for step in steps:
        between()
        with suppress(Exception):  # the cell that needs it will say what is wrong
            step()
    del builtins.get_ipython  # type: ignore[attr-defined]
    return added


def rehearse() -> None:
    """Imports all that notebooks ask of the library, and reads one sentence from words to chart: vocabulary, schema,
    fonts and the record are there then in every kernel."""
    import auyl
    from auyl import display, record
    from auyl.display import charts, tables
    from auyl.errors import AuylError

    for name in [f"auyl.display.{module.name}" for module in iter_modules(display.__path__)]:
        importlib.import_module(name)
    for name in dir(auyl):
        getattr(auyl, name)
    statement = auyl.Statement("In 2024, 30 schools were built.", date="2025-01-01")
    figures = auyl.check(auyl.figures(statement))
    for form, label in ((charts.bars, "quote"), (charts.strips, "unit")):
        form(figures, "value", label=label, headline="Schools", subtitle="number", source=statement)._repr_mimebundle_()
    tables.figures(figures, "")
    auyl.answers(statement)
    with suppress(AuylError):  # a notebook that reads the record will say what is wrong with it
        auyl.claims(statement)
        for read in (record.read_context, record.read_regional, record.read_regions, record.read_definitions):
            read()


class Server:
    """The process's life: `kernels` are the sockets of those that run, by process; `folder` is for their files."""

    def __init__(self, control: socket.socket, folder: str):
        self.control, self.folder = control, folder
        self.kernels: dict[int, socket.socket] = {}

    def end_if_deserted(self) -> None:
        """While it imports; what the asking process may have asked already stays to be read."""
        with suppress(BlockingIOError):
            if not self.control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT):
                self.end()

    def serve(self) -> tuple[list[str], dict[str, str], str]:
        """Forks whenever it is asked. Returns in each forked child alone: a kernel's arguments, environment, folder."""
        awake, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # a child that ends wakes the select below
        waiting = selectors.DefaultSelector()
        for source in (self.control, awake):
            waiting.register(source, selectors.EVENT_READ)
        while True:
            for key, _ in waiting.select():
                if key.fileobj == awake:
                    os.read(awake, 4096)
                    self.tell_who_ended()
                    continue
                message, descriptors, _, _ = socket.recv_fds(self.control, 1, 1)
                if not message:
                    self.end()
                line = socket.socket(fileno=descriptors[0])
                with warnings.catch_warnings():
                    # Python warns of threads: those left are numpy's and pyarrow's own, which they renew in a fork.
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
                    for other in (self.control, *self.kernels.values()):
                        other.close()
                    with line, line.makefile("rb") as asked:
                        return json.load(asked)
                self.kernels[child] = line
                with suppress(OSError):  # who asked has ended since; that shows at the next turn
                    line.sendall(b"%d\n" % child)

    def tell_who_ended(self) -> None:
        """Tells the asking process, and kills what kernels left that have ended."""
        with suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                child, status = ended
                if child in self.kernels:
                    with self.kernels.pop(child) as line, suppress(OSError):  # nobody may wait for it any more
                        line.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
        for left in children() - self.kernels.keys():
            os.kill(left, signal.SIGKILL)

    def end(self) -> None:
        """Nobody can ask any more: the kernels, what they started and their files go with the server."""
        left = {*self.kernels}
        for _ in range(1000):  # whoever is killed leaves his children to this process
            for child in left:
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            if not (left := children()):
                break
            time.sleep(0.005)
        for _ in range(100):  # a thread of the asking process may write a last file as the folder is emptied
            shutil.rmtree(self.folder, ignore_errors=True)
            if not os.path.exists(self.folder):
                break
            time.sleep(0.05)
        os._exit(0)


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


def main() -> None:
    """The server; in each child, a kernel."""
    if sys.path[0] in ("", os.getcwd()):  # as ipykernel_launcher does: a notebook's folder hides no library
        del sys.path[0]
    server = Server(socket.socket(fileno=int(sys.argv[1])), sys.argv[2])
    adopt_orphans()
    added = preload(server.end_if_deserted)
    gc.collect()
    gc.freeze()  # collecting garbage in a child leaves the shared memory alone
    arguments, environment, working_folder = server.serve()

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
