"""Work side by side: on processes of this machine, or on the workers of a cluster of dask.distributed."""

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

from auyl.errors import AuylError, ParameterError

ANSWER = 10  # seconds that a scheduler may take to answer, and a cluster to get a worker where it has none
TRIES = 2  # processes that a part of the work may cost


def in_order(submit: Callable[[Any], Future], parts: Iterable[Any], ahead: int) -> Iterator[Any]:
    """The results in the order of the parts, no more than `ahead` of them under way."""
    waiting: deque[Future] = deque()
    for part in parts:
        waiting.append(submit(part))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@contextmanager
def processes(jobs: int, work: Callable[[Any], Any]) -> Iterator[Callable[[Any], Future]]:
    """A function that gives a part of the work to one of so many processes; if that dies, another gets it.

    Each process has a pipe of its own. In a pipe for all, as in Python's own pools, the half of an answer that a killed
    process has left keeps everybody waiting for the rest.
    """
    context = multiprocessing.get_context("spawn")  # forked from this one it would carry all that is loaded here
    mine, started, ended = threading.local(), list[Any](), threading.Event()

    def start() -> None:
        mine.pipe, theirs = context.Pipe()
        started.append(context.Process(target=_serve, args=(theirs, work), daemon=True))
        started[-1].start()
        theirs.close()

    def ask(part: Any) -> Any:
        for _ in range(TRIES):
            try:
                mine.pipe.send(part)
                return mine.pipe.recv()
            except (EOFError, OSError):  # it has died
                if ended.is_set():
                    break
                start()
        raise AuylError("a process died, and so did another over the same texts, perhaps for lack of memory; try again "
                        "with fewer --jobs")  # fmt: skip

    threads = ThreadPoolExecutor(jobs, initializer=start)  # each waits for a process of its own
    try:
        yield lambda part: threads.submit(ask, part)
    finally:
        ended.set()
        for process in started:
            process.kill()
        threads.shutdown(cancel_futures=True)
        for process in started:
            process.kill()
            process.join()


def _serve(pipe: Any, work: Callable[[Any], Any]) -> None:
    """The life of such a process: it ends with the one that started it, and an interrupt is for that one to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def leave_with_parent() -> None:
        if parent := multiprocessing.parent_process():
            parent.join()
        os._exit(1)

    threading.Thread(target=leave_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        while True:
            pipe.send(work(pipe.recv()))


@contextmanager
def workers_of(address: str) -> Iterator[tuple[Executor, int]]:
    """An executor over a cluster, and how many tasks it does at a time; a task whose worker dies goes to another."""
    from distributed import Client
    from distributed.scheduler import KilledWorker

    try:
        client = Client(address, timeout=ANSWER)
    except (OSError, ValueError) as error:
        raise ParameterError(f"--dask {address}: no scheduler answers there: {error}") from None
    ended = threading.Event()
    with client:
        threading.Thread(target=_leave_when_deserted, args=(client, ended), daemon=True).start()
        try:
            yield client.get_executor(pure=False, retries=2), max(1, sum(client.nthreads().values()))
        except (KilledWorker, CancelledError):
            raise AuylError(f"--dask {address}: the workers died or left; look at their logs and try again") from None
        finally:
            ended.set()


def _leave_when_deserted(client: Any, ended: threading.Event) -> None:
    """Closes the client once the cluster has been without a worker for a while: its tasks are cancelled then."""
    last = time.monotonic()
    while not ended.wait(1):
        if client.scheduler_info()["workers"]:
            last = time.monotonic()
        elif time.monotonic() - last > ANSWER:
            client.close()
            return
