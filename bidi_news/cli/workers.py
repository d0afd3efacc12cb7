"""Items into batches, batches into results: in order, in this process or in several.

A batch is about as much text as the engine works on at a time. None in a stream of items says that their source
pauses: everything that is ready is then handed on before the next item is waited for.

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
    from concurrent.futures import Future

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


def in_order(work: Callable[[list[T]], R], batches: Iterable[list[T] | None], *, jobs: int) -> Iterator[R]:
    """Give the result of each batch, in order.

    Args:
        work: the work on one batch; with several jobs it must be picklable, and its results too.
        batches: the batches, and None for each pause.
        jobs: worker processes; with one, or for a small input, all is done here.

    Raises:
        BidiNewsError: if a worker process dies; what was given before is complete.
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
    yield from _in_processes(work, stream, jobs)


def _in_processes(work: Callable[[list[T]], R], batches: Iterator[list[T] | None], jobs: int) -> Iterator[R]:
    """Spread batches over processes; so many are in flight that none waits, and no more."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  (most runs need one process)
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    pool = ProcessPoolExecutor(jobs, initializer=_follow, initargs=(os.getpid(),))
    waiting: deque[Future[R]] = deque()
    try:
        for batch in batches:
            if batch is not None:
                waiting.append(pool.submit(work, batch))
            while waiting and (batch is None or len(waiting) > _AHEAD * jobs):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise BidiNewsError(
            "a worker process died; the pages after the last record are not done; run again with --jobs 1"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


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
