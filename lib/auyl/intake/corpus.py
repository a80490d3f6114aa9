"""Many texts to one table, side by side: batches of texts go to processes, columns of rows come back in order.

A process holds one batch, and for figures knows neither pandas nor pyarrow, so a corpus of any size takes the same
small memory.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain, islice
from pathlib import Path
from queue import SimpleQueue

from auyl.cluster import workers_of
from auyl.errors import AuylError
from auyl.intake.texts import Columns, Given, Item, Result, Skipped, gather, read_file
from auyl.reading.document import Figure
from auyl.statement import Statement

LETTERS = 100_000  # of text in a batch: half a second of work, so that a run stops soon
TEXTS = 1_000  # in a batch at most
AHEAD = 3  # batches waiting or done for each process: none idles, and no more is held
TRIES = 2  # processes that a batch may cost


def read_corpus(
    files: Iterable[Path], given: Given, table: str = "figures", jobs: int = 1, dask: str | None = None
) -> Iterator[Result]:
    """What a table says of all texts of the files, batch by batch, in their order.

    Parameters
    ----------
    files
        As `auyl.intake.texts.find_files` finds them.
    given
        Language, day and text column for texts that do not say.
    table
        One of TABLES.
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
    read = partial(read_batch, given=given, table=table)
    if dask is not None:
        with workers_of(dask) as (executor, count):
            yield from in_order(lambda part: executor.submit(read, part), parts, AHEAD * count)
    elif jobs == 1 or len(first) < 2:
        yield from map(read, parts)
    else:
        with processes(jobs, read) as submit:
            yield from in_order(submit, parts, AHEAD * jobs)


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items in runs of about LETTERS letters, at most TEXTS texts."""
    batch: list[Item] = []
    letters = 0
    for item in items:
        batch.append(item)
        if isinstance(item, Path):
            letters += item.stat().st_size if item.exists() else 0
        elif isinstance(item, Statement):
            letters += len(item.text)
        if letters >= LETTERS or len(batch) >= TEXTS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


def in_order(submit: Callable[[list[Item]], Future], parts: Iterable[list[Item]], ahead: int) -> Iterator[Result]:
    """The batches' results in the order of the batches, no more than `ahead` of them under way."""
    waiting: deque[Future] = deque()
    for part in parts:
        waiting.append(submit(part))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def read_batch(batch: list[Item], given: Given, table: str) -> Result:
    """A table's rows of a batch, text after text. No text stops it: one that cannot be read is skipped."""
    columns: Columns = {}
    skipped: list[Skipped] = []
    for item in batch:
        read = read_file(item, given) if isinstance(item, Path) else item
        if isinstance(read, Statement):
            try:
                for name, entries in TABLES[table](read).items():
                    columns.setdefault(name, []).extend(entries)
                continue
            except AuylError as error:
                read = Skipped(read.id, str(error))
            except Exception as error:  # one text in a hundred thousand is no reason to lose the rest
                read = Skipped(read.id, f"reading it failed: {type(error).__name__}: {error}")
        skipped.append(read)
    return Result(columns, len(batch) - len(skipped), skipped)


def figure_columns(statement: Statement) -> Columns:
    """As `auyl.figures`, without pandas; nothing where there is no figure."""
    rows = statement.document.figures
    width = max(2, len(str(len(rows))))
    ids = [f"{statement.id}#{number:0{width}}" for number in range(1, len(rows) + 1)]
    named: Columns = {"source_id": [statement.id] * len(rows), "figure_id": ids}
    return named | dict(zip(Figure._fields, map(list, zip(*rows, strict=True)), strict=True)) if rows else {}


def answer_columns(statement: Statement) -> Columns:
    """As `auyl.answers`."""
    from auyl.measures.answers import answers  # measures need pandas

    table = answers(statement)
    return {str(name): table[name].astype("object").where(table[name].notna(), None).tolist() for name in table}


TABLES: dict[str, Callable[[Statement], Columns]] = {"figures": figure_columns, "answers": answer_columns}


class Reader:
    """A process that reads batches, and a pipe to it of its own.

    In a pipe for all, as in Python's own pools, the half of an answer that a killed process has left keeps everybody
    waiting for the rest.
    """

    def __init__(self, read: Callable[[list[Item]], Result]):
        # "spawn", since a process forked from this one would carry all that is loaded here
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(theirs, read), daemon=True)
        self.process.start()
        theirs.close()

    def ask(self, batch: list[Item]) -> Result:
        """Raises EOFError or OSError where the process has died."""
        self.pipe.send(batch)
        return self.pipe.recv()

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


@contextmanager
def processes(jobs: int, read: Callable[[list[Item]], Result]) -> Iterator[Callable[[list[Item]], Future]]:
    """Processes side by side as a function that takes a batch; a batch whose process dies is given to another."""
    idle: SimpleQueue[Reader] = SimpleQueue()
    readers = [Reader(read) for _ in range(jobs)]
    for reader in readers:
        idle.put(reader)
    ended = threading.Event()

    def ask(batch: list[Item]) -> Result:
        for _ in range(TRIES):
            reader = idle.get()
            try:
                return reader.ask(batch)
            except (EOFError, OSError):
                if ended.is_set():
                    break
                reader.stop()
                reader = Reader(read)
                readers.append(reader)
            finally:
                idle.put(reader)
        raise AuylError("a process died, and so did another over the same texts, perhaps for lack of memory; try again "
                        "with fewer --jobs")  # fmt: skip

    threads = ThreadPoolExecutor(jobs)  # each waits for one process at a time
    try:
        yield lambda batch: threads.submit(ask, batch)
    finally:
        ended.set()
        for reader in readers:
            reader.process.kill()
        threads.shutdown(cancel_futures=True)
        for reader in readers:
            reader.stop()


def work(pipe, read: Callable[[list[Item]], Result]) -> None:
    """The life of such a process: it ends with the one that started it, and an interrupt is for that one to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def leave_with_parent() -> None:
        if parent := multiprocessing.parent_process():
            parent.join()
        os._exit(1)

    threading.Thread(target=leave_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        while True:
            pipe.send(read(pipe.recv()))
