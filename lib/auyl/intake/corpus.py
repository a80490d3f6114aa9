"""Many texts to figures, side by side: batches of texts go to processes, columns of figures come back in order.

A process holds one batch and knows neither pandas nor pyarrow, so a corpus of any size takes the same small memory.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from auyl.errors import AuylError, ParameterError
from auyl.intake.texts import Given, Skipped, Text, gather, read_file
from auyl.reading.document import read_figures
from auyl.reading.mending import corrected
from auyl.statement import Statement

LETTERS = 100_000  # of text in a batch: half a second of work, so that a run stops soon
TEXTS = 1_000  # in a batch at most
ANSWER = 10  # seconds that a scheduler may take to answer
AHEAD = 3  # batches waiting or done for each process: none idles, and no more is held

Item = Path | Text | Skipped


class Result(NamedTuple):
    """What became of a batch: figures as columns, by name; how many texts and letters were read; what was not."""

    columns: dict[str, list[Any]]
    texts: int
    letters: int
    skipped: list[Skipped]


def read_corpus(files: Iterable[Path], given: Given, jobs: int = 1, dask: str | None = None) -> Iterator[Result]:
    """The figures of all texts of the files, batch by batch, in their order.

    Parameters
    ----------
    files
        As `auyl.intake.texts.find_files` finds them.
    given
        Language, day and text column for texts that do not say.
    jobs
        Processes side by side; 1 reads in this one. A single batch is always read in this one.
    dask
        The address of a scheduler of dask.distributed, whose workers read instead; they need auyl, not the files.
    """
    items: Iterable[Item] = gather(files, given)
    if dask is not None:
        items = (read_file(item, given) if isinstance(item, Path) else item for item in items)
    parts = batches(items)
    first = list(islice(parts, 2))
    parts = chain(first, parts)
    read = partial(read_batch, given=given)
    if dask is not None:
        with cluster(dask) as (executor, workers):
            yield from in_order(read, parts, executor, AHEAD * workers)
    elif jobs == 1 or len(first) < 2:
        yield from map(read, parts)
    else:
        # "spawn", since a process forked from this one would carry all that is loaded here
        context = multiprocessing.get_context("spawn")
        executor = ProcessPoolExecutor(jobs, mp_context=context, initializer=leave_with_parent)
        try:
            yield from in_order(read, parts, executor, AHEAD * jobs)
        except BrokenProcessPool:
            raise AuylError("a process died, perhaps for lack of memory; try again with fewer --jobs") from None
        finally:
            executor.shutdown(cancel_futures=True)


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items in runs of about LETTERS letters, at most TEXTS texts."""
    batch: list[Item] = []
    letters = 0
    for item in items:
        batch.append(item)
        letters += size(item)
        if letters >= LETTERS or len(batch) >= TEXTS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


def size(item: Item) -> int:
    if isinstance(item, Path):
        return item.stat().st_size if item.exists() else 0
    return len(item.text) if isinstance(item, Text) else 0


def in_order(
    read: Callable[[list[Item]], Result], parts: Iterable[list[Item]], executor: Executor, ahead: int
) -> Iterator[Result]:
    """The batches' results in the order of the batches, no more than `ahead` of them under way."""
    waiting: deque = deque()
    for part in parts:
        waiting.append(executor.submit(read, part))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def read_batch(batch: list[Item], given: Given) -> Result:
    """The figures of a batch, text after text. No text stops it: one that cannot be read is skipped."""
    columns: dict[str, list[Any]] = {}
    skipped: list[Skipped] = []
    texts = letters = 0
    for item in batch:
        read = read_file(item, given) if isinstance(item, Path) else item
        if isinstance(read, Text):
            try:
                rows = rows_of(read)
            except AuylError as error:
                read = Skipped(read.id, str(error))
            except Exception as error:  # one text in a hundred thousand is no reason to lose the rest
                read = Skipped(read.id, f"reading it failed: {type(error).__name__}: {error}")
        if isinstance(read, Skipped):
            skipped.append(read)
            continue
        texts += 1
        letters += len(read.text)
        width = max(2, len(str(len(rows))))  # as in `auyl.figures`
        for number, row in enumerate(rows, start=1):
            for name, entry in (("source_id", read.id), ("figure_id", f"{read.id}#{number:0{width}}"), *row.items()):
                columns.setdefault(name, []).append(entry)
    return Result(columns, texts, letters, skipped)


def rows_of(read: Text) -> list[dict[str, Any]]:
    """The figures of a text as plain rows, its corrections made."""
    if not read.corrections:
        return read_figures(read.text, read.date, read.language)[0]
    statement = Statement(read.text, read.date, read.language, read.id, corrections=read.corrections)
    return [figure._asdict() for figure in corrected(statement)]


def leave_with_parent() -> None:
    """Let this process end when the one that started it is killed, rather than wait for work for ever.

    An interrupt is for the other to handle: it stops this one.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def wait() -> None:
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


@contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """The workers of a dask scheduler as an executor, and how many there are."""
    try:
        from distributed import Client
        from distributed.scheduler import KilledWorker
    except ImportError:
        raise ParameterError(
            "--dask: the package distributed is not installed; install it: pip install distributed."
        ) from None
    try:
        client = Client(address, timeout=ANSWER)
    except (OSError, ValueError) as error:
        raise ParameterError(f"--dask {address}: no scheduler answers there: {error}") from None
    with client:
        try:
            yield client.get_executor(pure=False, retries=2), max(1, sum(client.nthreads().values()))
        except (KilledWorker, CancelledError):
            raise AuylError(f"--dask {address}: the workers died or left; look at their logs and try again") from None
