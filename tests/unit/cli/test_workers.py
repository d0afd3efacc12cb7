"""Batches keep their order, pauses are never waited through, and a dead worker is not overlooked."""

from __future__ import annotations

import os
import signal
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidi_news.batch import BATCH_BYTES
from bidi_news.cli import workers
from bidi_news.cli.workers import Rescue, in_order, into_batches
from bidi_news.errors import BidiNewsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bidi_news.cli.workers import Loss


@given(st.lists(st.none() | st.integers(1, BATCH_BYTES * 2)))
def test_batches_hold_every_item(items: list[int | None]) -> None:
    """Batches in order hold every item once, are closed as soon as they are full, and end at each pause."""
    batches = list(into_batches(items, weigh=int))
    assert [x for batch in batches if batch for x in batch] == [x for x in items if x is not None]
    assert batches.count(None) == items.count(None)
    assert all(batch is None or (batch and sum(batch[:-1]) < BATCH_BYTES) for batch in batches)


def test_results_are_in_order_with_many_processes() -> None:
    """However long each batch takes, results come in the order of the batches."""
    batches = [[number] for number in range(40)]
    assert list(in_order(sum, batches, jobs=3)) == list(range(40))


@pytest.mark.parametrize("jobs", [1, 2])
def test_pause_hands_on_what_is_ready(jobs: int) -> None:
    """When the source pauses, every batch before the pause has been answered."""
    answered: list[int] = []

    def source() -> Iterator[list[int] | None]:
        for number in range(12):
            yield [number]
            yield None
            assert answered == list(range(number + 1))

    for result in in_order(sum, source(), jobs=jobs):
        answered.append(result)  # noqa: PERF402  (the source looks at it meanwhile)
    assert len(answered) == 12


def _die_at_nine(batch: list[int]) -> int:
    """End the process at one batch, as a crash in native code would."""
    if batch == [9]:
        os._exit(9)
    return sum(batch)


def test_dead_worker_is_an_error() -> None:
    """A worker that dies ends the run with an error; no row is left out in silence."""
    got: list[int] = []
    with pytest.raises(BidiNewsError, match="a worker process died"):
        got.extend(in_order(_die_at_nine, ([number] for number in range(30)), jobs=2))
    assert got == list(range(len(got)))
    assert len(got) <= 9


def test_an_item_that_kills_is_given_up_and_named() -> None:
    """The batch of which a worker dies is done item by item: one is given up, the others have results in order."""
    batches = [[number] if number != 9 else [7, 8, 9, 10, 11] for number in range(20)]
    got = list(in_order(_die_of_nine, batches, jobs=2, rescue=Rescue(lambda item, _: [-item])))
    assert [item for part in got for item in part] == [*range(9), 7, 8, -9, 10, 11, *range(10, 20)]


def _die_of_nine(batch: list[int]) -> list[int]:
    """End the process at one item."""
    if 9 in batch:
        os._exit(9)
    return batch


def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    """A worker that is killed from outside is replaced, and its batches are done again: none lost, none doubled."""
    marks = [tmp_path / str(number) for number in (8, 15)]
    batches = [[number] for number in range(30)]
    got = list(in_order(partial(_die_once, marks=marks), batches, jobs=2, rescue=Rescue(lambda item, _: [-item])))
    assert [item for part in got for item in part] == list(range(30))
    assert all(mark.exists() for mark in marks)


def _die_once(batch: list[int], *, marks: list[Path]) -> list[int]:
    """Be killed at some batches, the first time only."""
    for mark in marks:
        if mark.name == str(batch[0]) and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return batch


def test_items_that_hang_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that takes too long is ended, and only what it hung on is given up; all others have their results."""
    monkeypatch.setattr(workers, "_STARTING", 1)
    batches = [[number] if number != 9 else [7, 8, 9, 10, 50, 11] for number in range(20)]
    started = time.monotonic()
    got = list(in_order(_hang, batches, jobs=2, rescue=Rescue(_given_up, 1), apart=True))
    assert [item for part in got for item in part] == [*range(9), 7, 8, "slow 9", 10, "died 50", 11, *range(10, 20)]
    assert time.monotonic() - started < 30


def _given_up(item: int, loss: Loss) -> list[int | str]:
    """Say what became of an item."""
    return [f"{loss} {item}"]


def _hang(batch: list[int]) -> list[int | str]:
    """Never come back from one item, and die of another."""
    if 9 in batch:
        time.sleep(3600)
    if 50 in batch:
        os._exit(9)
    return [*batch]


def test_items_that_are_slow_together_are_all_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch whose items take too long only together loses none of them."""
    monkeypatch.setattr(workers, "_STARTING", 0)
    got = list(in_order(_slowly, [[1, 2, 3]], jobs=1, rescue=Rescue(_given_up, 2), apart=True))
    assert [item for part in got for item in part] == [1, 2, 3]


def _slowly(batch: list[int]) -> list[int | str]:
    """Take a second for each item."""
    time.sleep(0.9 * len(batch))
    return [*batch]
