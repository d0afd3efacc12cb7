"""The engine of one machine: batches of items into results, in this process or in a crew of workers.

None among the batches says that their source pauses: everything that is ready is then handed on before the next one is
waited for.

Example:
    >>> from bidi_news.groups import into_batches
    >>> batches = into_batches([1, 2, None, 3], weigh=int)
    >>> list(results(sum, batches, Plan(jobs=2), Rescue(bury=lambda item, loss: 0)))
    [3, 3]
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

__all__ = ["Loss", "Plan", "Rescue", "Tally", "results"]

T = TypeVar("T")
R = TypeVar("R")

_SMALL = 4
"""Batches that are read before a process is started: an input of no more is done here."""

Loss = Literal["died", "slow"]
"""What became of a worker: it died, or took too long and was ended."""


class Rescue(NamedTuple, Generic[T, R]):
    """What is done about items that workers are lost with."""

    bury: Callable[[T, Loss], R]
    """Gives the result of an item that no worker can do."""
    seconds: int | None = None
    """Time that an item may take; a piece of a batch that takes longer is done item by item."""


class Plan(NamedTuple):
    """How a run is to be worked on."""

    jobs: int = 1
    """Worker processes; with one, or for a small input, all is done in this process, with no protection."""
    ordered: bool = True
    """Whether results come in the order of their batches, or as they are ready."""
    apart: bool = False
    """Whether everything is done in worker processes, even so."""


@dataclass(slots=True)
class Tally:
    """What a run has met so far in its workers."""

    lost: Counter[Loss] = field(default_factory=Counter)
    """Workers that were lost, and how."""
    memory: int = 0
    """Most bytes of memory that one of them has held."""


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
