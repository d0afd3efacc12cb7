"""Arrow batches as a Parquet file or an Arrow stream.

Example:
    >>> import io
    >>> from bidi_news.model import Article, Versions
    >>> file = io.BytesIO()
    >>> with open_table(file, "parquet") as table:
    ...     size = table.write(table_part([Article(id=1, status="ok", versions=Versions(bidi_news="0", data="0"))]))
    >>> pq.read_table(io.BytesIO(file.getvalue())).num_rows
    1
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from bidi_news.errors import MissingExtraError
from bidi_news.write.arrow import RECORDS, article_batch

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError:
    raise MissingExtraError("parquet", "writing Arrow and Parquet") from None

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bidi_news.model import Article

__all__ = ["TableFormat", "TableWriter", "open_table", "part_batch", "table_part"]

TableFormat = Literal["parquet", "arrow"]
"""A Parquet file, or a stream of Arrow's interprocess format."""

_GROUP_BYTES = 64 << 20
"""Of a row group before it is packed: what readers take at a time, and what is held in memory."""


def table_part(articles: Sequence[Article]) -> bytes:
    """Return articles as bytes that :meth:`TableWriter.write` takes, from whatever process."""
    data: bytes = article_batch(articles).serialize().to_pybytes()
    return data


def part_batch(part: bytes) -> pa.RecordBatch:
    """Return what :func:`table_part` gives as a batch again."""
    return pa.ipc.read_record_batch(pa.py_buffer(part), RECORDS)


@contextmanager
def open_table(stream: BinaryIO, form: TableFormat) -> Iterator[TableWriter]:
    """Write a table to a stream, which need not be able to go back; it is complete when this is left without an error.

    Args:
        stream: where to; it stays open.
        form: the format.

    Yields:
        What takes the parts of the table.
    """
    table = TableWriter(stream, form)
    yield table
    table.finish()


class TableWriter:
    """A table that is being written: row groups of about 64 MB in Parquet, a batch for each part in Arrow."""

    def __init__(self, stream: BinaryIO, form: TableFormat) -> None:
        """Begin a table on a stream."""
        self._stream, self._form = stream, form
        self._waiting: list[pa.RecordBatch] = []
        self._bytes = 0
        target: Any = stream
        if form == "parquet":
            self._writer = pq.ParquetWriter(target, RECORDS, compression="zstd")
        else:
            self._writer = pa.ipc.new_stream(target, RECORDS)

    def write(self, part: bytes) -> int:
        """Take what :func:`table_part` gives, and return its length."""
        batch = part_batch(part)
        self._waiting.append(batch)
        self._bytes += batch.nbytes
        if self._form == "arrow" or self._bytes >= _GROUP_BYTES:
            self._hand_on()
        return len(part)

    def flush(self) -> None:
        """Hand on what is written."""
        self._stream.flush()

    def finish(self) -> None:
        """Write what a reader needs at the end."""
        self._hand_on()
        self._writer.close()

    def _hand_on(self) -> None:
        """Write what waits, in Parquet as one row group."""
        if self._waiting:
            self._writer.write_table(pa.Table.from_batches(self._waiting))
        self._waiting, self._bytes = [], 0
