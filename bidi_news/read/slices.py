r"""Sources in slices that can be read apart from each other, by several processes or machines.

A file of JSON Lines and an index of WARC archives are cut by bytes, a Parquet file by row groups; every other file,
packed ones among them, is one slice. Side by side, the slices of a file have each of its pages once.

Example:
    >>> import tempfile
    >>> from bidi_news.options import Limits
    >>> with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
    ...     size = file.write(b'{"text": "a"}\n{"text": "b"}\n{"text": "c"}\n')
    ...     file.flush()
    ...     slices = list(source_slices([file.name], size=20, report=print))
    ...     [[page.text for page in slice_pages(x, limits=Limits(), report=print)] for x in slices]
    [['a', 'b'], ['c'], []]
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from bidi_news.errors import SourceError
from bidi_news.read.formats import HEAD_BYTES, SourceFormat, archive_kind, kind_of
from bidi_news.read.jsonl import parse_rows, row_page
from bidi_news.read.packed import packing_of
from bidi_news.read.sources import read_each, shown_name, source_files, stream_pages
from bidi_news.read.streams import lines_between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from io import BufferedReader

    from bidi_news.model import Page
    from bidi_news.options import Limits

__all__ = ["Slice", "slice_pages", "source_slices"]

_INDEXED = 64  # bytes of an archive that a byte of an index stands for: a line of 300 for a packed page of 20 KB


class Slice(NamedTuple):
    """A part of a source."""

    path: str
    """The file."""
    size: int
    """Bytes that there are to read for it, as they are on disk; of what an index names, about so many."""
    unit: Literal["file", "byte", "row group"] = "file"
    """What it is cut by; ``file`` is a whole one."""
    start: int = 0
    """Number of its first byte or row group, from 0."""
    stop: int = 0
    """Number of the first one after it."""


def source_slices(
    paths: Sequence[str], form: SourceFormat = "auto", *, size: int, report: Callable[[SourceError], None]
) -> Iterator[Slice]:
    """Cut some sources into slices, in order.

    Args:
        paths: files and folders.
        form: what they hold.
        size: bytes of a slice; only files that are larger are cut.
        report: called for each source that cannot be read.
    """

    def slices(path: str, stream: BufferedReader) -> Iterator[Slice]:
        length = Path(path).stat().st_size
        kind = _kind(path, stream, form)
        weight = _INDEXED if kind == "cdx" else 1
        if length * weight <= size:
            yield Slice(path, length * weight)
        elif kind in {"jsonl", "cdx"}:
            step = max(1, size // weight)
            for start in range(0, length, step):
                stop = min(start + step, length)
                yield Slice(path, (stop - start) * weight, "byte", start, stop)
        elif kind == "parquet":
            yield from _group_slices(path, stream, size)
        else:
            yield Slice(path, length)

    return read_each(source_files(paths, report), report, slices)


def slice_pages(
    part: Slice, form: SourceFormat = "auto", *, limits: Limits, report: Callable[[SourceError], None]
) -> Iterator[Page]:
    """Give the pages of a slice, in order.

    A page has no mark that its id came before: the slices do not know of each other. Where a message counts lines or
    rows, it counts them from the start of the slice, and says so.

    Args:
        part: the slice.
        form: what its source holds, as it was when the source was cut.
        limits: how much of it is read.
        report: called if it cannot be read, or not to its end, and for an empty file.
    """

    def pages(path: str, stream: BufferedReader) -> Iterator[Page | None]:
        name = shown_name(path) + (f" from {part.unit} {part.start:,}" if part.start else "")
        if part.unit == "byte":
            kind = _kind(path, stream, form)
            lines = lines_between(stream, part.start, part.stop, longest=limits.page_bytes)
            if kind == "cdx":
                from bidi_news.read.cdx import indexed_pages  # noqa: PLC0415  (fastwarc, where there is WARC)

                return indexed_pages(lines, name, Path(path).parent, limits)
            rows = parse_rows(lines, name, longest=limits.page_bytes)
            return (row_page(row, name) for row in rows if row is not None)
        if part.unit == "row group":
            from bidi_news.read.tables import group_pages  # noqa: PLC0415  (pyarrow, where there are tables)

            return group_pages(stream, name, limits, range(part.start, part.stop))
        return stream_pages(stream, path, form, limits=limits, report=report)

    return (page for page in read_each([part.path], report, pages) if page is not None)


def _kind(path: str, stream: BufferedReader, form: SourceFormat) -> str | None:
    """Return what a file holds if it can be cut; None if it cannot."""
    head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
    if packing_of(head[:4]) or archive_kind(head):
        return None
    try:
        return kind_of(path, head) if form == "auto" else form
    except SourceError:
        return None  # reading it will say why


def _group_slices(path: str, stream: BufferedReader, size: int) -> Iterator[Slice]:
    """Cut a Parquet file into runs of row groups; one that is damaged stays whole, and reading it says so."""
    from bidi_news.read.tables import group_sizes  # noqa: PLC0415  (pyarrow, where there are tables)

    try:
        sizes = group_sizes(stream, path)
    except SourceError:
        yield Slice(path, Path(path).stat().st_size)
        return
    start = weight = 0
    for group, packed in enumerate(sizes):
        weight += packed
        if weight >= size:
            yield Slice(path, weight, "row group", start, group + 1)
            start, weight = group + 1, 0
    if start < len(sizes):
        yield Slice(path, weight, "row group", start, len(sizes))
