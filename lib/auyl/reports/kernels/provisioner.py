"""The kernels that reports run in: this interpreter, whatever kernels are registered on the machine, or none.

They are forked from a process that has imported the libraries (`server`, beside this). Where a process cannot be forked
safely, that is on Windows and macOS, or where AUYL_KERNELS=plain asks for it, they are started from nothing: slower,
and the same bytes.
"""

import asyncio
import os
import sys
import tempfile
import threading
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

from auyl.project import home
from auyl.reports.kernels.forked import ForkServer
from auyl.reports.kernels.server import imported_modules
from auyl.reports.manifest import shared_state
from auyl.reports.plan import report_notebooks

FORKED = "auyl-forked"
LONGEST = 90  # bytes of a folder for sockets; systems allow about 104 of the whole path
BELOW = 40  # bytes that the names of a server's folder and of a kernel's in it add
_servers: dict[tuple, ForkServer] = {}
_lock = threading.Lock()


def can_fork() -> bool:
    return sys.platform == "linux" and os.environ.get("AUYL_KERNELS") != "plain"


def server() -> ForkServer:
    """The process to fork from, started when it is first asked for; a new one where library or data have changed."""
    state = shared_state()
    with _lock:
        if state not in _servers or not _servers[state].is_alive():
            modules = (imported_modules(nbformat.read(path, as_version=4)) for path in report_notebooks())
            _servers[state] = ForkServer(socket_folder(), sorted(set().union(*modules)))
        return _servers[state]


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
        folder = str(options.get("cwd") or Path.cwd())
        arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
        kernel: Any = server().start(arguments, options["env"], folder)  # does what a Popen would be asked for here
        self.process, self.pid, self.pgid = kernel, kernel.pid, kernel.pid
        self.cwd = folder
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
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="Python 3 (ipykernel)",
            language="python",
            env={
                "IPYTHONDIR": str(Path(self.connection_file).parent),
                "PYTHONHASHSEED": "0",
                "AUYL_HOME": str(home()),
            },
            metadata=metadata,
        )


# A provisioner is found by its name; one that is for our kernels alone needs no entry point of the package.
KernelProvisionerFactory.instance().provisioners[FORKED] = EntryPoint(
    FORKED, "auyl.reports.kernels.provisioner:ForkedProvisioner", KernelProvisionerFactory.GROUP_NAME
)
