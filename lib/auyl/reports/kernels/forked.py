"""The process that kernels are forked from (`server`, beside this) and its kernels, as the asking process sees them."""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from auyl.errors import AuylError
from auyl.files import own_folder


class ServerError(AuylError):
    """The server ended before it gave a kernel."""


class ForkedKernel:
    """A kernel the server forked, with what jupyter_client asks of a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, line: socket.socket):
        self.line = line
        self.returncode: int | None = None
        first = self._read()
        if first is None:
            raise ConnectionError
        self.pid = first

    def _read(self) -> int | None:
        """The next number the server tells: first the kernel's process id, then how the kernel ended."""
        number = b""
        while (byte := self.line.recv(1)) not in (b"", b"\n"):
            number += byte
        return int(number) if byte else None

    def poll(self) -> int | None:
        """Nothing while the kernel lives, afterwards its exit code; minus nine where the server died with it."""
        if self.returncode is None:
            self.line.setblocking(False)
            try:
                self.line.recv(1, socket.MSG_PEEK)
            except BlockingIOError:
                return None
            finally:
                self.line.setblocking(True)
            self.wait()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            ended = self._read()
            self.returncode = -signal.SIGKILL if ended is None else ended
            self.line.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class ForkServer:
    """The server as the asking process sees it; `folder`, below `parent`, is for its kernels' files and goes too."""

    def __init__(self, parent: Path, modules: Iterable[str] = ()):
        self.held = ExitStack()
        self.folder = self.held.enter_context(own_folder(parent))
        self.control, theirs = socket.socketpair()
        self.lock = threading.Lock()
        self.has_forked = False
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - this module, in this interpreter
                [sys.executable, "-m", "auyl.reports.kernels.server", str(theirs.fileno()), str(self.folder), *modules],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # what stops a kernel is told on the page
                start_new_session=True,  # Ctrl-C in a terminal is for the asking process alone
                env=os.environ | {"PYTHONHASHSEED": "0", "PYDEVD_DISABLE_FILE_VALIDATION": "1"},
            )
        atexit.register(self.close)

    def start(self, arguments: list[str], environment: dict[str, str], folder: str) -> ForkedKernel:
        """A new kernel, given the arguments of `ipykernel_launcher`; any thread may ask."""
        ours, theirs = socket.socketpair()
        try:
            with theirs, self.lock:
                socket.send_fds(self.control, [b"k"], [theirs.fileno()])
            ours.sendall(json.dumps([arguments, environment, folder]).encode())
            ours.shutdown(socket.SHUT_WR)
            kernel = ForkedKernel(ours)
        except OSError:
            ours.close()
            raise ServerError(
                "The process that kernels are forked from has ended; it may have run out of memory."
            ) from None
        self.has_forked = True
        return kernel

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def close(self) -> None:
        """Ends the server, its kernels with it, and waits until they are gone."""
        self.control.close()
        if not self.has_forked:
            self.process.kill()  # it may be importing still
        self.process.wait()
        self.held.close()  # the server has emptied the folder, unless it was killed
        atexit.unregister(self.close)
