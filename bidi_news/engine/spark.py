"""Spark: the pages of a data frame, or any other work in pieces, on the executors of a Spark cluster.

What a page does to the process that works on it stays in that process (:func:`bidi_news.engine.arrow.process_apart`),
so a worker of Spark is lost to the outside only. Spark then does its work again, as often as ``spark.task.maxFailures``
says. How to run it: docs/how-to/run-on-a-cluster.md.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bidi_news.engine.arrow import RECORDS, process_apart
from bidi_news.errors import EngineError, MissingExtraError
from bidi_news.options import Limits, Options

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyspark.sql import DataFrame

__all__ = ["for_each", "normalize_dataframe", "start"]

T = TypeVar("T")

_FAILURES = 4
"""Times that work may fail where Spark runs on this machine; on a cluster that is Spark's own default."""
_DEFAULT = Options()
_PAGE_SECONDS = Limits().page_seconds


def normalize_dataframe(
    pages: DataFrame, options: Options = _DEFAULT, *, page_seconds: int = _PAGE_SECONDS
) -> DataFrame:
    """Return the records of the pages of a Spark data frame: one row for each, with the columns of ``RECORDS``.

    Args:
        pages: columns as those of :func:`bidi_news.engine.arrow.process`. Its partitions are what is spread over the
            cluster.
        options: the choices for all pages.
        page_seconds: time that a page may take.
    """
    from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415  (an extra)

    work = partial(process_apart, options=options, page_seconds=page_seconds)
    return pages.mapInArrow(work, from_arrow_schema(RECORDS))


def start(*, jobs: int) -> None:
    """Connect to the cluster that ``MASTER`` or another setting of Spark names, else start processes on this machine.

    The workers run the Python of ``PYSPARK_PYTHON``, which is this one if it is not set.

    Args:
        jobs: processes, where they are started here.

    Raises:
        MissingExtraError: if Spark is not installed.
        EngineError: if it does not start, as without Java.
    """
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415  (an extra)
    except ImportError:
        raise MissingExtraError("spark", "running on Spark") from None
    os.environ.setdefault("MASTER", f"local[{jobs},{_FAILURES}]")  # the last place where Spark looks for one
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else whatever python3 is on the PATH of the workers
    try:
        SparkSession.builder.appName("bidi_news").config("spark.log.level", "ERROR").getOrCreate()
    except _errors() as error:
        raise EngineError(f"Spark does not start: {_reason(error)}") from None


def for_each(work: Callable[[T], None], items: Sequence[T], *, report: Callable[[EngineError], None]) -> None:
    """Do some work on each item, on what :func:`start` has found.

    Args:
        work: the work; it and the items are pickled.
        items: the items.
        report: called if Spark gives up, which it does when the work on one item has failed too often; what was done
            until then stays done.
    """
    from pyspark.sql import SparkSession  # noqa: PLC0415  (an extra)

    context = SparkSession.builder.getOrCreate().sparkContext
    try:
        context.parallelize(items, max(1, len(items))).foreach(work)
    except _errors() as error:
        report(EngineError(f"Spark gave up: {_reason(error)}"))


def _errors() -> tuple[type[Exception], ...]:
    """Return what Spark raises, on the side of Java and on that of Python."""
    from py4j.protocol import Py4JError  # noqa: PLC0415  (an extra)
    from pyspark.errors import PySparkException  # noqa: PLC0415

    return Py4JError, PySparkException


def _reason(error: Exception) -> str:
    """Return the line of an error of Spark that says what it was: of one in Python, the one after the trace."""
    lines = str(getattr(error, "java_exception", error)).strip().splitlines()
    return lines[-1 if "Traceback (most recent call last):" in lines else 0]
