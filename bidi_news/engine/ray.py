"""Ray: the pages of a dataset, or any other work in pieces, on the machines of a Ray cluster.

What a page does to the process that works on it stays in that process (:func:`bidi_news.engine.arrow.process_apart`),
so a worker of Ray is lost to the outside only: a kill, a full memory, a machine that goes away. Ray then does its work
again on another one, a few times. How to run it: docs/how-to/run-on-a-cluster.md.
"""

from __future__ import annotations

import os
import warnings
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import pyarrow as pa

from bidi_news.engine.arrow import process_apart
from bidi_news.errors import EngineError, MissingExtraError
from bidi_news.options import Limits, Options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ray.data import Dataset

__all__ = ["for_each", "normalize_dataset", "start"]

T = TypeVar("T")

_RETRIES = 3
"""Times that work is done again after its worker was lost."""
_WAITING = 10_000
"""Pieces of work that Ray is given at a time: more than a cluster has cores, and few enough to be looked through."""
_DEFAULT = Options()
_PAGE_SECONDS = Limits().page_seconds


def normalize_dataset(pages: Dataset, options: Options = _DEFAULT, *, page_seconds: int = _PAGE_SECONDS) -> Dataset:
    """Return the records of the pages of a Ray dataset: one row for each, with the columns of ``RECORDS``.

    Args:
        pages: columns as those of :func:`bidi_news.engine.arrow.process`. Its blocks are what is spread over the
            cluster.
        options: the choices for all pages.
        page_seconds: time that a page may take.

    Raises:
        MissingExtraError: if Ray is not installed.
    """
    ray = _ray()
    work = partial(_table, options=options, page_seconds=page_seconds)
    with warnings.catch_warnings():
        # Without a number of retries a dataset retries for ever. From Ray 2.64 on there is to be no way to give one, so
        # the extra stops before that.
        warnings.simplefilter("ignore", ray.util.annotations.RayDeprecationWarning)
        return pages.map_batches(work, batch_size=None, batch_format="pyarrow", max_retries=_RETRIES)


def start(*, jobs: int) -> None:
    """Connect to the cluster that ``RAY_ADDRESS`` names, else start processes on this machine.

    Args:
        jobs: processes, where they are started here.

    Raises:
        MissingExtraError: if Ray is not installed.
        EngineError: if the cluster cannot be reached.
    """
    ray = _ray()
    quiet: dict[str, Any] = {"logging_level": "error", "log_to_driver": False}
    try:
        if address := os.environ.get("RAY_ADDRESS"):
            ray.init(address, **quiet)
        else:
            ray.init("local", num_cpus=jobs, include_dashboard=False, **quiet)
    except (ConnectionError, ValueError) as error:
        raise EngineError(f"Ray cannot be reached: {error}") from None


def for_each(work: Callable[[T], None], items: Iterable[T], *, report: Callable[[EngineError], None]) -> None:
    """Do some work on each item, on what :func:`start` has found.

    Args:
        work: the work; it and the items are pickled.
        items: the items.
        report: called for each item whose work failed, or lost its worker four times.
    """
    ray = _ray()

    def task(item: T) -> None:  # Ray takes functions, which a method or a partial is not
        work(item)

    submit = ray.remote(max_retries=_RETRIES)(task).remote
    rest = iter(items)
    waiting = [submit(item) for item in islice(rest, _WAITING)]
    while waiting:
        done, waiting = ray.wait(waiting)
        waiting += [submit(item) for item in islice(rest, len(done))]
        try:
            ray.get(done)
        except ray.exceptions.RayError as error:
            reason = str(getattr(error, "cause", None) or error).partition("\n")[0]
            report(EngineError(f"Ray gave a part up: {reason}"))


def _ray() -> Any:
    """Return the module of Ray, which takes seconds to load.

    Raises:
        MissingExtraError: if it is not installed.
    """
    try:
        import ray.data  # noqa: PLC0415  (an extra)
    except ImportError:
        raise MissingExtraError("ray", "running on Ray") from None
    return ray


def _table(pages: pa.Table, *, options: Options, page_seconds: int) -> Iterator[pa.Table]:
    """Normalize a block."""
    for batch in process_apart(pages.to_batches(), options, page_seconds=page_seconds):
        yield pa.Table.from_batches([batch])
