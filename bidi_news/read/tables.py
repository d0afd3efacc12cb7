"""Parquet files and Arrow streams and files into pages: one row in is one page out.

The columns are the fields of a row of JSON Lines (:mod:`bidi_news.read.jsonl`); ``bytes`` may be binary and
``crawled_at`` a timestamp. Other columns are kept as extra, as JSON values.

Example:
    >>> batch = pa.record_batch({"id": [7], "text": ["page"], "section": ["news"]})
    >>> [(page.id, page.text, page.extra) for page in batch_pages(batch, "batch")]
    [(7, 'page', {'section': 'news'})]
"""

from __future__ import annotations

import base64
import io
import shutil
from contextlib import contextmanager
from datetime import date, datetime, time
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from bidi_news.errors import LimitError, MissingExtraError, SourceError
from bidi_news.model import Page
from bidi_news.read.jsonl import Row, row_page, too_large

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError:
    raise MissingExtraError("parquet", "reading Parquet and Arrow") from None

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

    from bidi_news.options import Limits

__all__ = ["batch_pages", "group_pages", "group_sizes", "table_pages"]

_ROWS = 64  # of a batch that is read from Parquet: pages may be large
_SCALARS = (str, int, float, bool, type(None))
_STREAM = b"\xff\xff\xff\xff"
_END = _STREAM + bytes(4)  # Arrow columnar format, "IPC Streaming Format"
_UNCHECKED_BYTES = 1 << 26
_CHUNK = 1 << 20
_DAMAGE = (pa.ArrowException, OSError, UnicodeDecodeError, KeyError)  # what pyarrow raises of damaged tables


def batch_pages(batch: pa.RecordBatch, source: str, *, first: int = 1) -> Iterator[Page]:
    """Give the page of each row of a batch; a row without readable content is a page with a failure.

    Args:
        batch: columns as above.
        source: its name, for messages.
        first: number of the first row.
    """
    names = batch.schema.names
    columns = [_column(*column) for column in zip(names, batch.columns, strict=True)]
    for number, values in enumerate(zip(*columns, strict=True), first):
        yield row_page(Row(number=number, value=dict(zip(names, values, strict=True))), source, unit="row")


def table_pages(stream: BufferedReader, name: str, limits: Limits) -> Iterator[Page]:
    """Give the pages of a Parquet file, or of a stream or file of Arrow, in order.

    Only a stream of Arrow can be read from a pipe as it comes; the others are put into a temporary file first.

    Args:
        stream: the bytes.
        name: of their source, for messages.
        limits: of a row, and of what a row group may unpack to.

    Raises:
        SourceError: where the data ends too early or is damaged; the rows before have been given.
    """
    streamed = stream.peek(4)[:4] == _STREAM
    batches = _stream_batches(stream, name) if streamed else _batches(stream, name, limits)
    yield from _checked_pages(batches, name, limits)


def group_sizes(stream: BufferedReader, name: str) -> list[int]:
    """Return about how many bytes of a Parquet file each of its row groups is: its share of what they unpack to.

    Raises:
        SourceError: if the file does not say.
    """
    try:
        unpacked = _unpacked_sizes(pq.ParquetFile(stream))
    except _DAMAGE as error:
        raise SourceError(f"the table is cut or damaged ({error})", source=name) from None
    length, whole = stream.seek(0, io.SEEK_END), max(sum(unpacked), 1)
    return [length * size // whole for size in unpacked]


def group_pages(stream: BufferedReader, name: str, limits: Limits, groups: range) -> Iterator[Page]:
    """Give the pages of some row groups of a Parquet file, counted from 0; arguments as above.

    Raises:
        SourceError: as above; rows are counted from the first group.
    """
    yield from _checked_pages(_group_batches(stream, name, limits, groups), name, limits)


def _checked_pages(batches: Iterator[pa.RecordBatch], name: str, limits: Limits) -> Iterator[Page]:
    """Give the pages of batches that damage may have made.

    Raises:
        SourceError: where that stops them.
    """
    number = 0
    try:
        for batch in batches:
            batch.validate(full=True)  # offsets that damage made would be followed anywhere
            for page in batch_pages(batch, name, first=number + 1):
                number += 1
                size = len(page.text or page.html or page.data or "")
                large = size > limits.page_bytes
                place = f"{name}, row {number}"
                yield Page(id=page.id, url=page.url, failure=too_large(place, limits.page_bytes)) if large else page
    except _DAMAGE as error:
        reason = " ".join(str(error).split())
        raise SourceError(f"the table is cut or damaged after row {number:,} ({reason})", source=name) from None


def _stream_batches(stream: BufferedReader, name: str) -> Iterator[pa.RecordBatch]:
    """Give the batches of a stream of Arrow, and miss its end mark where it has none."""
    source: Any = _Ended(stream)
    yield from pa.ipc.open_stream(source)
    if source.last != _END:
        raise SourceError("the Arrow stream ends before its end mark", source=name)


def _batches(stream: BufferedReader, name: str, limits: Limits) -> Iterator[pa.RecordBatch]:
    """Give the batches of a Parquet or Arrow file."""
    head = stream.peek(4)
    with _seekable(stream) as source:
        if head.startswith(b"ARRO"):
            reader = pa.ipc.open_file(source)
            for index in range(reader.num_record_batches):
                yield reader.get_batch(index)
            return
        yield from _group_batches(source, name, limits, None)


def _group_batches(source: Any, name: str, limits: Limits, groups: range | None) -> Iterator[pa.RecordBatch]:
    """Give the batches of some row groups of a Parquet file; None gives those of all."""
    file = pq.ParquetFile(source)
    unpacked = _unpacked_sizes(file)
    if sum(unpacked) > max(_UNCHECKED_BYTES, limits.unpacked_ratio * source.seek(0, io.SEEK_END)):
        message = f"the table unpacks to more than {limits.unpacked_ratio} times its size; refused"
        raise LimitError(message, source=name, limit="unpacked_ratio")
    for group in range(len(unpacked)) if groups is None else groups:
        yield from file.iter_batches(_ROWS, row_groups=[group])


def _unpacked_sizes(file: pq.ParquetFile) -> list[int]:
    """Return the bytes that each row group unpacks to.

    What it is packed to, its columns would say; but pyarrow ends the process when it is asked for a damaged one.
    """
    return [max(file.metadata.row_group(group).total_byte_size, 0) for group in range(file.num_row_groups)]


@contextmanager
def _seekable(stream: BufferedReader) -> Iterator[Any]:
    """Give a stream, or a copy of it that can be read from any place."""
    if stream.seekable():
        yield stream
        return
    with TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield copy


class _Ended:
    """A stream that knows its last bytes."""

    closed = False

    def __init__(self, stream: BufferedReader) -> None:
        self._stream = stream
        self.last = b""

    def read(self, size: int) -> bytes:
        """Return so many bytes, or fewer at the end; damage may ask for more than there is memory."""
        parts: list[bytes] = []
        while size and (part := self._stream.read(min(size, _CHUNK))):
            parts.append(part)
            size -= len(part)
        data = b"".join(parts)
        self.last = (self.last + data[-len(_END) :])[-len(_END) :]
        return data


def _column(name: str, column: pa.Array) -> list[Any]:
    """Return the values of a column as a row of JSON Lines has them; only ``bytes`` may stay bytes."""
    if pa.types.is_timestamp(column.type):  # Python has no nanoseconds
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    if name == "bytes" or pa.types.is_string(column.type) or pa.types.is_integer(column.type):
        texts_or_numbers: list[Any] = column.to_pylist()
        return texts_or_numbers
    return [_plain(_value(scalar)) for scalar in column]


def _value(scalar: pa.Scalar) -> Any:
    """Return a value of a table; a time that Python has none for, as it was stored: a number."""
    try:
        return scalar.as_py()
    except (OverflowError, ValueError, KeyError):  # beyond the year 9999, or in a zone that nobody knows
        return getattr(scalar, "value", None)


def _plain(value: Any) -> Any:
    """Return a value of a table as JSON has it."""
    if isinstance(value, _SCALARS):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return str(value)
