"""Results keep the order of batches, pauses are never waited through, and what is lost with a worker is done again."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from functools import partial
from threading import Timer
from typing import TYPE_CHECKING

import pytest

from bidi_news.engine import worker
from bidi_news.engine.local import results
from bidi_news.engine.plan import Plan, Rescue, Tally
from bidi_news.errors import BidiNewsError, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bidi_news.engine.plan import Loss

Said = list[int | str]


def given_up(item: int, loss: Loss) -> Said:
    """Say what became of an item."""
    return [f"{loss} {item}"]


def unchanged(batch: list[int]) -> Said:
    """Give a batch back."""
    return [*batch]


def flat(parts: Iterator[Said]) -> Said:
    """Return what all items gave."""
    return [item for part in parts for item in part]


def killed(batch: list[int], *, mark: Path | None = None) -> Said:
    """End the process at item 9, as a crash in native code would; with a mark only once."""
    if 9 in batch and (mark is None or not mark.exists()):
        if mark is not None:
            mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return [*batch]


def first_is_slow(batch: list[int]) -> Said:
    """Take longest for the first batch."""
    time.sleep(0.3 if batch == [0] else 0)
    return [*batch]


@pytest.mark.parametrize("ordered", [True, False])
def test_order(*, ordered: bool) -> None:
    """However long each batch takes, results come in the order of the batches; or as they are ready, none lost."""
    batches = [[number] for number in range(40)]
    got = flat(results(first_is_slow, batches, Plan(3, ordered=ordered), Rescue(given_up)))
    assert sorted(got, key=int) == list(range(40))
    assert (got[0] == 0) == ordered


@pytest.mark.parametrize("jobs", [1, 2])
def test_pause_hands_on_what_is_ready(jobs: int) -> None:
    """When the source pauses, every batch before the pause has been answered."""
    answered: Said = []

    def source() -> Iterator[list[int] | None]:
        for number in range(12):
            yield [number]
            yield None
            assert answered == list(range(number + 1))

    for part in results(unchanged, source(), Plan(jobs), Rescue(given_up)):
        answered += part
    assert len(answered) == 12


@pytest.mark.parametrize(("batches", "jobs"), [([[1], [2], [3], [4]], 8), ([[number] for number in range(50)], 1)])
def test_no_process_without_need(batches: list[list[int]], jobs: int) -> None:
    """A small input, and with one job any input, is worked on in this process."""
    assert set(flat(results(process_id, batches, Plan(jobs), Rescue(given_up)))) == {os.getpid()}


@pytest.mark.parametrize("place", [0, 1, 7, 19])
def test_an_item_that_kills_is_given_up_and_named(place: int) -> None:
    """Wherever it stands, the one item that workers die of is given up; the others have results, in order."""
    items = [100, 101, 102, 103, 104]
    items.insert(place % 6, 9)
    batches = [[number + 200] if number != place else items for number in range(20)]
    expected = ["died 9" if item == 9 else item for batch in batches for item in batch]
    tally = Tally()
    assert flat(results(killed, batches, Plan(2), Rescue(given_up), tally)) == expected
    assert 2 <= tally.lost["died"] <= 5  # six items are halved three times at most


@pytest.mark.parametrize("batch", [[9], [7, 8, 9, 10]])
def test_a_worker_that_is_killed_once_loses_nothing(batch: list[int], tmp_path: Path) -> None:
    """A worker that is killed from outside is replaced and its piece done again: no item is lost or doubled."""
    batches = [[number] for number in range(20, 40)]
    batches.insert(11, batch)
    tally = Tally()
    work = partial(killed, mark=tmp_path / "mark")
    assert flat(results(work, batches, Plan(2), Rescue(given_up), tally)) == [x for b in batches for x in b]
    assert tally.lost == {"died": 1}


def half_an_answer(batch: list[int], *, mark: Path) -> Said:
    """Be slow with the first batch, slower with one more item, and killed once while its large answer is not taken."""
    time.sleep(0.1 if 0 in batch else 0)
    if 9 in batch and not mark.exists():
        mark.touch()
        Timer(0.8, os.kill, (os.getpid(), signal.SIGKILL)).start()
        time.sleep(0.3)
        return ["x" * 10_000_000]
    return [*batch]


def test_a_worker_that_dies_while_it_answers(tmp_path: Path) -> None:
    """Of an answer that breaks off nothing is taken, nothing more is waited for, and its piece is done again."""
    tally = Tally()
    got: Said = []
    work = partial(half_an_answer, mark=tmp_path / "mark")
    for part in results(work, [[0], [8, 9]], Plan(2, apart=True), Rescue(given_up), tally):
        if not got:
            time.sleep(1.5)  # meanwhile the other worker has filled the pipe and is killed
        got += part
    assert got == [0, 8, 9]
    assert tally.lost == {"died": 1}


def stops(batch: list[int], *, mark: Path) -> Said:
    """Be stopped once, while the large answer to the next batch waits to be taken."""
    if batch and not mark.exists():
        mark.touch()
        Timer(0.3, os.kill, (os.getpid(), signal.SIGSTOP)).start()
    return [*batch]


def test_a_worker_that_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is stopped in the midst of an answer is not waited for: another one does what it was given."""
    monkeypatch.setattr(worker, "_STARTING", 0)
    tally = Tally()
    got: Said = []
    batches = [[1], list(range(500_000))]  # more than a pipe holds
    for part in results(
        partial(stops, mark=tmp_path / "mark"), iter(batches), Plan(1, apart=True), Rescue(given_up, 2), tally
    ):
        time.sleep(1 if not got else 0)
        got += part
    assert got == [1, *range(500_000)]
    assert tally.lost == {"died": 1}


def hangs(batch: list[int]) -> Said:
    """Never come back from one item, and die of another."""
    if 9 in batch:
        time.sleep(3600)
    if 50 in batch:
        os._exit(9)
    return [*batch]


@pytest.mark.parametrize("jobs", [1, 3])
def test_items_that_hang_are_given_up(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that takes too long is ended, and only what it hung on is given up; all others have their results."""
    monkeypatch.setattr(worker, "_STARTING", 0)
    batches = [[number] if number != 9 else [7, 8, 9, 10, 50, 11] for number in range(20)]
    tally = Tally()
    got = flat(results(hangs, batches, Plan(jobs, apart=True), Rescue(given_up, 1), tally))
    assert got == [*range(9), 7, 8, "slow 9", 10, "died 50", 11, *range(10, 20)]
    assert tally.lost == {"slow": 2, "died": 2}


def slowly(batch: list[int]) -> Said:
    """Take a second for each item."""
    time.sleep(0.9 * len(batch))
    return [*batch]


def test_items_that_are_slow_together_are_all_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch whose items take too long only together loses none of them."""
    monkeypatch.setattr(worker, "_STARTING", 0)
    assert flat(results(slowly, [[1, 2, 3]], Plan(1, apart=True), Rescue(given_up, 2))) == [1, 2, 3]


def test_who_takes_results_late_loses_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Results that wait to be taken, longer than the time limit, are no reason to end the workers that gave them."""
    monkeypatch.setattr(worker, "_STARTING", 0)
    tally = Tally()
    got: Said = []
    for part in results(unchanged, [[number] for number in range(6)], Plan(2, apart=True), Rescue(given_up, 1), tally):
        time.sleep(1.2 if not got else 0)
        got += part
    assert got == list(range(6))
    assert not tally.lost


def inverted(batch: list[int]) -> Said:
    """Divide by each item."""
    return [1 // x for x in batch]


def test_an_error_of_the_work_is_raised_here() -> None:
    """What the work raises in a worker is raised here with its type; it is no death, and nothing is done again."""
    tally = Tally()
    with pytest.raises(ZeroDivisionError):
        list(results(inverted, [[1], [0]], Plan(2, apart=True), Rescue(given_up), tally))
    assert not tally.lost


def test_an_error_that_cannot_travel_keeps_its_message() -> None:
    """An error that cannot be copied to another process comes as the root of our errors, with its message."""

    def work(batch: list[int]) -> Said:
        if batch:
            raise SourceError("is no page", source="a.html", line=batch[0])
        return []

    with pytest.raises(BidiNewsError, match=r"a\.html, line 3: is no page"):
        list(results(work, [[3]], Plan(2, apart=True), Rescue(given_up)))


def process_id(_: list[int]) -> Said:
    """Say which process it is."""
    return [os.getpid()]


def test_workers_end_with_the_run() -> None:
    """A run that is closed early leaves no process behind."""
    parts = results(process_id, [[1]] * 9, Plan(2, apart=True), Rescue(given_up))
    pid = next(parts)[0]
    parts.close()
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)
    assert multiprocessing.active_children() == []


def test_spawned_processes_do_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where processes are not forked but start anew, the results are the same."""
    monkeypatch.setattr(worker, "_METHOD", "spawn")
    assert list(results(sum, [[1, 2], [3]], Plan(2, apart=True), Rescue(lambda *_: 0))) == [3, 3]
