"""The workers of a cluster of dask.distributed, as an executor like those of Python's own library."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager

from auyl.errors import AuylError, ParameterError

ANSWER = 10  # seconds that a scheduler may take to answer, and a cluster to get a worker where it has none


@contextmanager
def workers_of(address: str) -> Iterator[tuple[Executor, int]]:
    """An executor over the cluster, and how many tasks it does at a time; a task whose worker dies goes to another."""
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


def _leave_when_deserted(client, ended: threading.Event) -> None:
    """Closes the client once the cluster has been without a worker for a while: its tasks are cancelled then."""
    last = time.monotonic()
    while not ended.wait(1):
        if client.scheduler_info()["workers"]:
            last = time.monotonic()
        elif time.monotonic() - last > ANSWER:
            client.close()
            return
