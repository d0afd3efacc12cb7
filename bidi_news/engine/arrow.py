r"""Normalize a batch of Arrow: the one function that every engine calls.

Example:
    >>> import pyarrow as pa
    >>> pages = pa.record_batch({"id": ["a"], "text": ["Talks resume\n\nPublished: 23.06.2015, 21:05"]})
    >>> process(pages)["published"][0]["iso"].as_py()
    '2015-06-23T21:05:00+03:00'
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from bidi_news.engine.pages import normalized
from bidi_news.options import Limits, Options
from bidi_news.pipeline import normalize_batch
from bidi_news.read.tables import batch_pages
from bidi_news.write.arrow import RECORDS, article_batch
from bidi_news.write.tables import part_batch, table_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

__all__ = ["RECORDS", "process", "process_apart"]

_DEFAULT = Options()
_PAGE_SECONDS = Limits().page_seconds


def process(batch: pa.RecordBatch, options: Options = _DEFAULT) -> pa.RecordBatch:
    """Return the record of each row, in order, as rows of the one schema :data:`RECORDS`.

    Args:
        batch: ``id``, one of ``text``, ``html`` and ``bytes`` (binary, or base64 in a string), and, where known,
            ``url``, ``crawled_at`` (a timestamp, or ISO 8601 in a string) and ``language``. Other columns come back
            under ``extra``.
        options: the choices for all rows.

    Returns:
        As many rows as came in; one that cannot be processed has the status ``error``. Offsets count Unicode code
        points of the row's ``text``.

    Raises:
        OptionError: if the options name an unknown style or outlet.
    """
    return article_batch(normalize_batch(batch_pages(batch, "batch"), options))


def process_apart(
    batches: Iterable[pa.RecordBatch], options: Options = _DEFAULT, *, page_seconds: int = _PAGE_SECONDS
) -> Iterator[pa.RecordBatch]:
    """Do the same in a process of its own: a page that kills it, or takes too long, is an error record like others.

    Args:
        batches: as above; the records of all of them come in order, in batches of any size.
        options: as above.
        page_seconds: time that a page may take.

    Example:
        >>> import pyarrow as pa
        >>> records, = process_apart([pa.record_batch({"id": ["a", "b"], "text": ["Talks resume", None]})])
        >>> records["status"].to_pylist()
        ['ok', 'error']
    """
    pages = chain.from_iterable(batch_pages(batch, "batch") for batch in batches)
    for result in normalized(pages, table_part, options, seconds=page_seconds):
        yield part_batch(result.data)
