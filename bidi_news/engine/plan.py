"""What a run through worker processes is told, and what it tells.

Example:
    >>> Plan(jobs=2).ordered, Tally().lost.total()
    (True, 0)
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Loss", "Plan", "Rescue", "Tally"]

T = TypeVar("T")
R = TypeVar("R")

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
