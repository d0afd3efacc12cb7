r"""Normalize a batch of Arrow: the one function that every engine calls.

Example:
    >>> import pyarrow as pa
    >>> pages = pa.record_batch({"id": ["a"], "text": ["Talks resume\n\nPublished: 23.06.2015, 21:05"]})
    >>> process(pages)["published"][0]["iso"].as_py()
    '2015-06-23T21:05:00+03:00'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bidi_news.options import Options
from bidi_news.pipeline import normalize_batch
from bidi_news.read.tables import batch_pages
from bidi_news.write.arrow import RECORDS, article_batch

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["RECORDS", "process"]

_DEFAULT = Options()


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
