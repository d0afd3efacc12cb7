"""Items into batches, batches into results: in order, in this process or in several.

A batch is about as much text as the engine works on at a time. None in a stream of items says that their source
pauses: everything that is ready is then handed on before the next item is waited for. A worker that dies or takes too
long is replaced, and what it had is done once more; an item that does it alone gets a result that says so. What hangs
in compiled code can be stopped from another process only, on every system by ending the process that it hangs in.

Example:
    >>> list(in_order(sum, into_batches([1, 2, None, 3], weigh=int), jobs=1))
    [3, 3]
"""

from __future__ import annotations

import os
import time
from collections import deque
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeAlias, TypeVar

from bidi_news.batch import BATCH_BYTES
from bidi_news.errors import BidiNewsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future, ProcessPoolExecutor

__all__ = ["Loss", "Rescue", "in_order", "into_batches"]

T = TypeVar("T")
R = TypeVar("R")

_ALONE = 4
"""Batches that are worked on before other processes are started: a small input never pays for them."""

_AHEAD = 2
"""Batches in flight for each process."""

_STARTING = 10
"""Seconds that a process may take before its first work: it loads the program, on a machine that may be busy."""

Loss = Literal["died", "slow"]
"""What became of a worker: it died, or took too long and was ended."""


class Rescue(NamedTuple, Generic[T, R]):
    """What is done about items that workers are lost with."""

    bury: Callable[[T, Loss], R]
    """Gives the result of an item that no worker can do."""
    seconds: int | None = None
    """Time that an item may take; a batch that takes longer is done item by item."""

    @property
    def patience(self) -> int | None:
        """Seconds that are waited for a worker, which may have to start first."""
        return None if self.seconds is None else self.seconds + _STARTING


_Waiting: TypeAlias = "deque[tuple[list[T], Future[R] | None]]"


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
    rescue: Rescue[T, R] | None = None,
    apart: bool = False,
) -> Iterator[R]:
    """Give the result of each batch, in order; of one that a worker is lost with, the results of its parts.

    Args:
        work: the work on one batch; in other processes it must be picklable, and its results too.
        batches: the batches, and None for each pause.
        jobs: worker processes; with one, or for a small input, all is done here.
        rescue: what is done about a lost worker; without it, that ends the run.
        apart: whether everything is done in worker processes: the time of what is done here has no limit.

    Raises:
        BidiNewsError: if a worker process dies and there is no ``rescue``; what was given before is complete.
    """
    stream = iter(batches)
    if not apart:
        done = 0
        for batch in stream:
            if batch is not None:
                yield work(batch)
                done += 1
                if jobs > 1 and done == _ALONE:
                    break
        else:
            return
    yield from _in_processes(work, stream, jobs, rescue)


def _in_processes(
    work: Callable[[list[T]], R], batches: Iterator[list[T] | None], jobs: int, rescue: Rescue[T, R] | None
) -> Iterator[R]:
    """Spread batches over processes; so many are in flight that none waits, and no more."""
    waiting: _Waiting[T, R] = deque()
    patience = rescue.patience if rescue is not None else None
    pool = _pool(jobs)
    try:
        for batch in batches:
            if batch is not None:
                waiting.append((batch, _handed(pool, work, batch)))
            while waiting and (batch is None or len(waiting) > _AHEAD * jobs):
                loss = _loss(waiting[0][1], patience)
                if loss is None:
                    yield _result(waiting)
                else:
                    yield from _again(work, waiting, rescue, loss)
                    pool.shutdown()
                    pool = _pool(jobs)
        while waiting:
            loss = _loss(waiting[0][1], patience)
            yield from [_result(waiting)] if loss is None else _again(work, waiting, rescue, loss)
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


def _loss(future: Future[R] | None, patience: int | None) -> Loss | None:
    """Wait for a batch whose turn it is, and say how it was lost, if it was; no worker of a slow one is left.

    All batches before it are done, so it is worked on now.
    """
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    try:
        return "died" if future is None or isinstance(future.exception(patience), BrokenProcessPool) else None
    except TimeoutError:
        from multiprocessing import active_children  # noqa: PLC0415

        for worker in active_children():
            worker.kill()
        return "slow"


def _result(waiting: _Waiting[T, R]) -> R:
    """Take the first result, which is there."""
    _, future = waiting.popleft()
    if future is None:
        raise LookupError("a batch that was never handed on has no result")
    return future.result()


def _again(
    work: Callable[[list[T]], R], waiting: _Waiting[T, R], rescue: Rescue[T, R] | None, loss: Loss
) -> Iterator[R]:
    """Give the results of all batches in flight after a worker was lost: those that went with it are done once more.

    Which batch a worker died of is not known, so each is done in a process of its own; a slow one is the first.
    """
    if rescue is None:
        raise BidiNewsError(
            "a worker process died; the pages after the last record are not done; run again with --jobs 1"
        )
    if loss == "slow":
        batch, _ = waiting.popleft()
        yield from _one_by_one(work, batch, rescue)
    while waiting:
        batch, future = waiting[0]
        if _loss(future, None) is None:
            yield _result(waiting)
        else:
            waiting.popleft()
            yield from _alone(work, batch, rescue)


def _alone(work: Callable[[list[T]], R], batch: list[T], rescue: Rescue[T, R]) -> Iterator[R]:
    """Give the results of a batch of which a worker may have died: of all of it, else item by item."""
    if len(batch) > 1:
        with _pool(1) as pool:
            future = _handed(pool, work, batch)
            if future is not None and _loss(future, rescue.patience) is None:
                yield future.result()
                return
    yield from _one_by_one(work, batch, rescue)


def _one_by_one(work: Callable[[list[T]], R], batch: list[T], rescue: Rescue[T, R]) -> Iterator[R]:
    """Give the result of each item of a batch of which some may be too much for a worker.

    An item that a worker dies of is tried twice: what killed it may have come from outside.
    """
    items = deque(batch)
    deaths = 0
    while items:
        with _pool(1) as pool:
            loss: Loss | None = None
            while items and loss is None:
                future = _handed(pool, work, [items[0]])
                loss = _loss(future, rescue.patience)
                if future is not None and loss is None:
                    yield future.result()
                    items.popleft()
                    deaths = 0
        deaths += loss == "died"
        if loss == "slow" or deaths == 2:
            yield rescue.bury(items.popleft(), "died" if deaths == 2 else "slow")
            deaths = 0


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
