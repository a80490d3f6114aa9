"""The kernels that reports run in: this interpreter, whatever kernels are registered on the machine, or none.

They are forked from a process that has imported the libraries (`fork_server`, beside this). Where a process cannot be
forked safely, that is on Windows and macOS, or where AUYL_KERNELS=plain asks for it, they are started from nothing:
slower, and the same bytes.
"""

import asyncio
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import ExitStack
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

from auyl.errors import AuylError
from auyl.files import own_folder
from auyl.project import home

FORKED = "auyl-forked"
NO_HISTORY = "--HistoryManager.enabled=False"  # a data base that each kernel would write for nobody
LONGEST = 90  # bytes of a folder for sockets; systems allow about 104 of the whole path
BELOW = 40  # bytes that the names of a server's folder and of a kernel's in it add


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
            try:
                self.line.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
            except BlockingIOError:
                return None
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

    def __init__(self, parent: Path):
        self.held = ExitStack()
        self.folder = self.held.enter_context(own_folder(parent))
        self.control, theirs = socket.socketpair()
        self.lock = threading.Lock()
        self.has_forked = False
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - a module of ours, in this interpreter
                [sys.executable, "-m", "auyl.reports.fork_server", str(theirs.fileno()), str(self.folder)],
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
            told = "The process that kernels are forked from has ended; it may have run out of memory."
            raise ServerError(told) from None
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


_servers: dict[Path, ForkServer] = {}
_lock = threading.Lock()


def can_fork() -> bool:
    return sys.platform == "linux" and os.environ.get("AUYL_KERNELS") != "plain"


def server() -> ForkServer:
    """The process to fork from, one a collection, started when it is first asked for."""
    with _lock:
        if (place := home()) not in _servers or not _servers[place].is_alive():
            _servers[place] = ForkServer(socket_folder())
        return _servers[place]


def stop_all() -> None:
    """Ends every kernel and what it started, at once."""
    with _lock:
        while _servers:
            _servers.popitem()[1].close()


def socket_folder() -> Path:
    """Where folders for sockets may lie: the system's for temporary files, or one with a shorter path."""
    known = tempfile.gettempdir(), os.environ.get("XDG_RUNTIME_DIR"), "/tmp"  # noqa: S108 - what we make is ours alone
    found = [Path(folder) for folder in known if folder]
    short = [folder for folder in found if len(os.fsencode(folder)) <= LONGEST - BELOW and os.access(folder, os.W_OK)]
    return (short or found)[0]


def kernel_folder() -> Path:
    """Where the kernels' own folders lie: in the server's, which goes when it ends."""
    return server().folder if can_fork() else socket_folder()


def connection(folder: Path) -> dict[str, str]:
    """Sockets of its own for each kernel: free of the port that two would both choose."""
    settings = {"connection_file": str(folder / "kernel.json")}
    if sys.platform != "win32" and len(os.fsencode(folder)) <= LONGEST:
        settings |= {"transport": "ipc", "ip": str(folder / "kernel")}
    return settings


class ForkedProvisioner(LocalProvisioner):
    """jupyter_client's local kernels, forked instead of started."""

    async def launch_kernel(self, cmd: list[str], **options: Any) -> KernelConnectionInfo:
        self.cwd = str(options.get("cwd") or Path.cwd())
        arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
        kernel: Any = server().start(arguments, options["env"], self.cwd)  # does what a Popen would be asked for here
        self.process, self.pid, self.pgid = kernel, kernel.pid, kernel.pid
        return self.connection_info

    async def wait(self) -> int | None:
        """As the parent's, which looks only ten times a second."""
        while self.process and self.process.poll() is None:
            await asyncio.sleep(0.005)
        ended, self.process = self.process, None
        return ended.returncode if ended else 0


class OwnKernelManager(AsyncKernelManager):
    """Starts a kernel of this very interpreter, with no profile of the user's and sets in one order."""

    @property
    def kernel_spec(self) -> KernelSpec:
        metadata = {"kernel_provisioner": {"provisioner_name": FORKED}} if can_fork() else {}
        profile = str(Path(self.connection_file).parent)
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", NO_HISTORY],
            display_name="Python 3 (ipykernel)",
            language="python",
            env={"IPYTHONDIR": profile, "PYTHONHASHSEED": "0", "AUYL_HOME": str(home())},
            metadata=metadata,
        )


# A provisioner is found by its name; one that is for our kernels alone needs no entry point of the package.
KernelProvisionerFactory.instance().provisioners[FORKED] = EntryPoint(
    FORKED, "auyl.reports.kernels:ForkedProvisioner", KernelProvisionerFactory.GROUP_NAME
)
