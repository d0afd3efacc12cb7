"""The engine of one machine: batches of items into results, in this process or in a crew of workers.

None among the batches says that their source pauses: everything that is ready is then handed on before the next one is
waited for.

Example:
    >>> from bidi_news.engine.plan import Plan, Rescue
    >>> from bidi_news.groups import into_batches
    >>> batches = into_batches([1, 2, None, 3], weigh=int)
    >>> list(results(sum, batches, Plan(jobs=2), Rescue(bury=lambda item, loss: 0)))
    [3, 3]
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from bidi_news.engine.plan import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from bidi_news.engine.plan import Plan, Rescue

__all__ = ["results"]

T = TypeVar("T")
R = TypeVar("R")

_SMALL = 4
"""Batches that are read before a process is started: an input of no more is done here."""


def results(
    work: Callable[[list[T]], R],
    batches: Iterable[list[T] | None],
    plan: Plan,
    rescue: Rescue[T, R],
    tally: Tally | None = None,
) -> Generator[R, None, None]:
    """Give the result of each batch; of one that a worker is lost with, the results of its pieces.

    Close this to end the workers early.

    Args:
        work: the work on one batch, which may be empty; where processes are spawned it must be picklable, and
            everywhere its results.
        batches: the batches, and None for each pause.
        plan: how it is worked on.
        rescue: what is done about a lost worker.
        tally: is kept up to date.
    """
    left = batches if plan.apart else (yield from _here(work, iter(batches), plan.jobs))
    if left is not None:
        from bidi_news.engine.crew import Crew  # noqa: PLC0415  (most inputs need one process)

        with Crew(work, plan, rescue, tally or Tally()) as crew:
            yield from crew.results(left)


def _here(
    work: Callable[[list[T]], R], batches: Iterator[list[T] | None], jobs: int
) -> Generator[R, None, Iterator[list[T] | None] | None]:
    """Do a small input in this process, and with one job any input; return a larger one, or what is left of it."""
    waiting: list[list[T]] = []
    read = 0
    for batch in batches:
        if batch is not None:
            waiting.append(batch)
            read += 1
        if jobs > 1 and read > _SMALL:
            return chain(waiting, batches)
        if jobs == 1 or batch is None:
            yield from map(work, waiting)
            waiting = []
    yield from map(work, waiting)
    return None
