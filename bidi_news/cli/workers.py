"""Items into batches, batches into results: in order, in this process or in several.

A batch is about as much text as the engine works on at a time. None in a stream of items says that their source
pauses: everything that is ready is then handed on before the next item is waited for. A worker that dies is replaced,
and what it had is done once more; an item that kills each worker that takes it gets a result that says so.

Example:
    >>> list(in_order(sum, into_batches([1, 2, None, 3], weigh=int), jobs=1))
    [3, 3]
"""

from __future__ import annotations

import os
import time
from collections import deque
from typing import TYPE_CHECKING, TypeVar

from bidi_news.batch import BATCH_BYTES
from bidi_news.errors import BidiNewsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future, ProcessPoolExecutor

__all__ = ["in_order", "into_batches"]

T = TypeVar("T")
R = TypeVar("R")

_ALONE = 4
"""Batches that are worked on before other processes are started: a small input never pays for them."""

_AHEAD = 2
"""Batches in flight for each process."""


def into_batches(items: Iterable[T | None], *, weigh: Callable[[T], int]) -> Iterator[list[T] | None]:
    """Group items by weight; a pause ends a batch and is handed on.

    Args:
        items: the items, and None for each pause.
        weigh: bytes of text that an item is worth.
    """
    batch: list[T] = []
    weight = 0
    for item in items:
        if item is not None:
            batch.append(item)
            weight += weigh(item)
        if batch and (item is None or weight >= BATCH_BYTES):
            yield batch
            batch, weight = [], 0
        if item is None:
            yield None
    if batch:
        yield batch


def in_order(
    work: Callable[[list[T]], R],
    batches: Iterable[list[T] | None],
    *,
    jobs: int,
    bury: Callable[[T], R] | None = None,
) -> Iterator[R]:
    """Give the result of each batch, in order; of one that kills its worker, the results of its parts.

    Args:
        work: the work on one batch; with several jobs it must be picklable, and its results too.
        batches: the batches, and None for each pause.
        jobs: worker processes; with one, or for a small input, all is done here.
        bury: gives the result of an item that kills every worker that takes it; without it, that ends the run.

    Raises:
        BidiNewsError: if a worker process dies and there is no ``bury``; what was given before is complete.
    """
    stream = iter(batches)
    done = 0
    for batch in stream:
        if batch is not None:
            yield work(batch)
            done += 1
            if jobs > 1 and done == _ALONE:
                break
    else:
        return
    yield from _in_processes(work, stream, jobs, bury)


def _in_processes(
    work: Callable[[list[T]], R], batches: Iterator[list[T] | None], jobs: int, bury: Callable[[T], R] | None
) -> Iterator[R]:
    """Spread batches over processes; so many are in flight that none waits, and no more."""
    waiting: deque[tuple[list[T], Future[R] | None]] = deque()
    pool = _pool(jobs)
    try:
        for batch in batches:
            if batch is not None:
                waiting.append((batch, _handed(pool, work, batch)))
            while waiting and (batch is None or len(waiting) > _AHEAD * jobs):
                if _is_broken(waiting[0][1]):
                    yield from _again(work, waiting, bury)
                    pool.shutdown()
                    pool = _pool(jobs)
                else:
                    yield _result(waiting)
        while waiting:
            if _is_broken(waiting[0][1]):
                yield from _again(work, waiting, bury)
            else:
                yield _result(waiting)
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Return worker processes that end with this one."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  (most runs need one process)

    return ProcessPoolExecutor(jobs, initializer=_follow, initargs=(os.getpid(),))


def _handed(pool: ProcessPoolExecutor, work: Callable[[list[T]], R], batch: list[T]) -> Future[R] | None:
    """Hand a batch to the workers; None if one of them has died, after which they take nothing."""
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    try:
        return pool.submit(work, batch)
    except BrokenProcessPool:
        return None


def _is_broken(future: Future[R] | None) -> bool:
    """Wait for a batch, and say whether it was lost with a worker."""
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    return future is None or isinstance(future.exception(), BrokenProcessPool)


def _result(waiting: deque[tuple[list[T], Future[R] | None]]) -> R:
    """Take the first result, which is there."""
    _, future = waiting.popleft()
    if future is None:
        raise LookupError("a batch that was never handed on has no result")
    return future.result()


def _again(
    work: Callable[[list[T]], R], waiting: deque[tuple[list[T], Future[R] | None]], bury: Callable[[T], R] | None
) -> Iterator[R]:
    """Give the results of all batches in flight after a worker has died: those that are lost are done once more.

    Which batch it died of is not known, so each is done in a process of its own.
    """
    if bury is None:
        raise BidiNewsError(
            "a worker process died; the pages after the last record are not done; run again with --jobs 1"
        )
    while waiting:
        batch, future = waiting[0]
        if future is not None and future.done() and not _is_broken(future):
            yield _result(waiting)
        else:
            waiting.popleft()
            yield from _alone(work, batch, bury)


def _alone(work: Callable[[list[T]], R], batch: list[T], bury: Callable[[T], R]) -> Iterator[R]:
    """Give the results of a batch of which a worker may have died: halves, down to the item that does it.

    A single item is tried twice: what killed its worker may have come from outside.
    """
    for _ in range(2 if len(batch) == 1 else 1):
        with _pool(1) as pool:
            future = _handed(pool, work, batch)
            if future is not None and not _is_broken(future):
                yield future.result()
                return
    if len(batch) == 1:
        yield bury(batch[0])
        return
    half = len(batch) // 2
    yield from _alone(work, batch[:half], bury)
    yield from _alone(work, batch[half:], bury)


def _follow(parent: int) -> None:
    """Make this worker end with its parent, and only with it: an interrupt from the keyboard is the parent's."""
    import signal  # noqa: PLC0415  (in a worker only)
    import threading  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """Leave when the parent is gone: killed, it tells nobody, and the queue would be waited on for ever."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
