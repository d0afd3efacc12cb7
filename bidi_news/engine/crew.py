"""A crew of worker processes: batches in, results out, and nothing lost with a worker that is.

Each worker has one piece of a batch at a time. If it dies, only that piece is done again, in halves, down to the one
item that kills; an item of which two workers died alone is given up. If it takes too long it is ended, for what hangs
in compiled code can be stopped in no other way, and its items are done one by one; one that takes too long alone is
given up.

Example:
    >>> from bidi_news.engine.plan import Plan, Rescue, Tally
    >>> with Crew(sum, Plan(), Rescue(bury=lambda item, loss: 0), Tally()) as crew:
    ...     list(crew.results([[1, 2], None, [3]]))
    [3, 3]
"""

from __future__ import annotations

import pickle
import time
from collections import deque
from heapq import heappop, heappush
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from bidi_news.engine.worker import LostWorkerError, Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType
    from typing import Self

    from bidi_news.engine.plan import Loss, Plan, Rescue, Tally

__all__ = ["Crew"]

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 4
"""Pieces for each process that may be done before it is their turn to be handed on."""


class _Piece(NamedTuple):
    """Some items of one batch, in a row."""

    start: int
    """Number of the first one among all items."""
    length: int
    message: bytes
    """All of them, pickled."""
    deaths: int = 0
    """Workers that died of it, if it is one item."""


class Crew(Generic[T, R]):
    """Workers, and what they are at; they end when it is left."""

    def __init__(self, work: Callable[[list[T]], R], plan: Plan, rescue: Rescue[T, R], tally: Tally) -> None:
        """Plan a run, as :func:`bidi_news.engine.local.results` says; no process is started before it is needed."""
        self._work, self._plan, self._rescue, self._tally = work, plan, rescue, tally
        self._busy: dict[Worker[R], _Piece] = {}
        self._idle: list[Worker[R]] = []
        self._todo: deque[_Piece] = deque()
        self._ready: list[tuple[int, int, R]] = []  # a heap: number of the first item, of all items, what they gave
        self._queued = self._given = 0  # items

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the workers."""
        for worker in (*self._busy, *self._idle):
            worker.end()

    def results(self, batches: Iterable[list[T] | None]) -> Iterator[R]:
        """Give the result of each batch, or the results of its pieces; None is a pause."""
        for batch in batches:
            if batch is not None:
                self._queue(batch)
                yield from self._done(patient=False)
            while self._is_full() or (batch is None and self._has_work()):
                yield from self._done(patient=True)
        while self._has_work():
            yield from self._done(patient=True)

    def _queue(self, batch: list[T]) -> None:
        """Put a batch where the next idle worker finds it."""
        self._todo.append(_piece(self._queued, batch))
        self._queued += len(batch)
        self._hand_out()

    def _is_full(self) -> bool:
        """Whether what is there has to be worked on before more is read."""
        return len(self._todo) >= self._plan.jobs or len(self._ready) >= _AHEAD * self._plan.jobs

    def _has_work(self) -> bool:
        """Whether there is anything that is not done."""
        return bool(self._todo or self._busy)

    def _done(self, *, patient: bool) -> Iterator[R]:
        """Take what workers have done, hand them more, and give the results whose turn it is.

        Args:
            patient: whether to wait until a worker has done something, or has taken too long.
        """
        signs = {sign: worker for worker in self._busy for sign in (worker.pipe, worker.process.sentinel)}
        told = wait(signs, self._patience() if patient else 0)
        for worker in {signs[sign] for sign in told}:
            self._take(worker)
        for worker in [worker for worker in self._busy if worker.is_late()]:
            self._lose(worker, "slow")
        self._hand_out()
        while self._ready and (not self._plan.ordered or self._ready[0][0] == self._given):
            start, length, result = heappop(self._ready)
            self._given = start + length
            yield result

    def _patience(self) -> float | None:
        """Return the seconds until the first worker is late; None if none will be."""
        deadlines = [worker.deadline for worker in self._busy if worker.deadline is not None]
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def _hand_out(self) -> None:
        """Give each idle worker a piece, as far as there are any."""
        while self._todo and len(self._busy) < self._plan.jobs:
            worker = self._idle.pop() if self._idle else self._hire()
            self._busy[worker] = self._todo.popleft()
            try:
                worker.give(self._busy[worker].message)
            except LostWorkerError:
                self._lose(worker, "died")

    def _hire(self) -> Worker[R]:
        """Start a worker; what the work imports is loaded here first, once, and shared by processes that are forked."""
        self._work([])
        return Worker(self._work, self._rescue.seconds)

    def _take(self, worker: Worker[R]) -> None:
        """Take the answer of a worker that has one, or has died."""
        try:
            answer = worker.take()
        except LostWorkerError:
            self._lose(worker, "died")
            return
        self._tally.memory = max(self._tally.memory, answer.memory)
        piece = self._busy.pop(worker)
        self._idle.append(worker)
        if isinstance(answer.value, Exception):
            raise answer.value
        heappush(self._ready, (piece.start, piece.length, answer.value))

    def _lose(self, worker: Worker[R], loss: Loss) -> None:
        """End a worker and have its piece done again; an item alone is given up if it was slow or has killed twice."""
        piece = self._busy.pop(worker)
        worker.end()
        self._tally.lost[loss] += 1
        items: list[T] = pickle.loads(piece.message)  # noqa: S301  (written above)
        if piece.length == 1 and (loss == "slow" or piece.deaths):
            heappush(self._ready, (piece.start, 1, self._rescue.bury(items[0], loss)))
        elif piece.length == 1:
            self._todo.appendleft(piece._replace(deaths=1))
        else:
            size = 1 if loss == "slow" else (piece.length + 1) // 2
            parts = [_piece(piece.start + at, items[at : at + size]) for at in range(0, piece.length, size)]
            self._todo.extendleft(reversed(parts))


def _piece(start: int, items: list[T]) -> _Piece:
    """Return some items as what a worker is given."""
    return _Piece(start, len(items), pickle.dumps(items, pickle.HIGHEST_PROTOCOL))
