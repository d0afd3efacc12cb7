r"""WARC and WET archives into pages: web captures with their address, their time and their declared encoding.

A page is the response of a server, or a resource, that is HTML or plain text and was a success; or the plain text that
a crawler made of one (WET). Requests, redirects, errors, images and metadata are no pages. The archive is parsed by
fastwarc (extra ``warc``), which takes the end of its input for the end of the archive; whether that is so is checked
here. Source: ISO 28500:2017, sections 5 and 6; the HTTP fields, RFC 9110, section 8.

Example:
    >>> import io
    >>> from bidi_news.options import Limits
    >>> record = b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 4\r\n\r\npage\r\n\r\n"
    >>> [page.data for page in warc_pages(io.BufferedReader(io.BytesIO(record)), "a.wet", Limits())]
    [b'page']
"""

from __future__ import annotations

import io
import re
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from bidi_news.errors import MissingExtraError, SourceError
from bidi_news.model import Failure, Issue, Page
from bidi_news.read.jsonl import too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bidi_news.model import Form
    from bidi_news.options import Limits

__all__ = ["warc_pages"]

_CHUNK = 1 << 18
_HTML = ("text/html", "application/xhtml+xml")
_TEXT = "text/plain"
_END = b"\r\n\r\n"  # of every record
_PAGES = frozenset(("response", "resource", "conversion"))
_CHUNK_MARK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")


def warc_pages(stream: io.BufferedReader, name: str, limits: Limits) -> Iterator[Page]:
    """Give the pages of a WARC or WET archive, in order.

    The id of a page is its WARC-Record-ID without brackets, ``crawled_at`` its WARC-Date.

    Args:
        stream: the archive, unpacked.
        name: of its source, for messages.
        limits: a record with a longer block, or one that unpacks to more, is a page with a failure.

    Raises:
        SourceError: where the archive ends too early or is damaged; all whole records before have been given.
        MissingExtraError: if fastwarc is not installed.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415  (an extra)
    except ImportError:
        raise MissingExtraError("warc", "reading WARC and WET archives") from None
    source: Any = _Source(stream)  # it needs no more of a stream than this
    records = ArchiveIterator(source, record_types=WarcRecordType.any_type, parse_http=False, stream_detect=False)
    place = 0
    held: Page | None = None  # until it is known to be whole
    problem: SourceError | None = None
    try:
        for record in records:
            if held is not None:
                yield held
            held = None
            place = record.stream_pos
            held = _page(record, name, limits)
    except OSError as error:
        problem = SourceError(
            f"the WARC data is cut or damaged after the record at byte {place:,} ({error})", source=name
        )
    except _CutError:
        source.last = b""
    whole = source.last == _END
    if held is not None and (whole or held.data or held.failure):
        yield held  # a page of no bytes may be one whose length is cut off
    if source.error is not None:
        raise source.error
    if problem is not None:
        raise problem
    if not whole:
        raise SourceError(f"the WARC data is cut in the record at byte {place:,}", source=name)


class _CutError(Exception):
    """A record is shorter than it says."""


class _PackedError(Exception):
    """The content of a record cannot be unpacked."""


class _Source:
    """A stream for fastwarc: an error is its end for now, so that what stands before it comes out."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._place = 0
        self.last = b""  # bytes read
        self.error: SourceError | None = None

    def read(self, size: int = _CHUNK) -> bytes:
        """Return some bytes; none at the end."""
        try:
            data = self._stream.read1(size)
        except SourceError as error:
            self.error = error
            return b""
        self._place += len(data)
        self.last = (self.last + data[-len(_END) :])[-len(_END) :] if data else self.last
        return data

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._place


class _Content(NamedTuple):
    """What a record holds, if that is a page."""

    data: bytes
    html: bool
    charset: str | None


def _page(record: Any, name: str, limits: Limits) -> Page | None:
    """Return the page of a record; None if it is none.

    Raises:
        _CutError: if the record is cut.
    """
    fields = record.headers
    if "Content-Length" not in fields:
        raise _CutError
    length, kind = record.content_length, fields.get("WARC-Type")
    wanted = kind in _PAGES
    fits = length <= limits.page_bytes
    block = record.reader.read() if wanted and fits else b""
    if (len(block) if wanted and fits else record.consume()) < length:
        raise _CutError
    if not wanted:
        return None
    place = f"{name}, record at byte {record.stream_pos:,}"
    known: dict[str, Any] = {
        "id": (record.record_id or "").strip("<>") or None,
        "url": fields.get("WARC-Target-URI"),
        "crawled_at": _time(fields.get("WARC-Date")),
    }
    if not fits:
        return Page(failure=too_large(place, limits.page_bytes), **known)
    try:
        content = _http_content(block, limits) if record.is_http else _content(block, fields.get("Content-Type"), kind)
    except _PackedError as error:
        return Page(failure=Failure(code="damaged_content", message=f"{place}: {error}"), **known)
    if content is not None and len(content.data) > limits.page_bytes:
        return Page(failure=too_large(place, limits.page_bytes), **known)
    return content and _captured(content, fields.get("WARC-Truncated"), known)


def _time(given: str | None) -> datetime | None:
    """Return a WARC-Date, which is in UTC; None where there is none that can be read."""
    try:
        time = datetime.fromisoformat(given or "")
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _captured(content: _Content, truncated: str | None, known: dict[str, Any]) -> Page:
    """Return the page of some content, in the bytes that the archive holds."""
    message = f"the crawler kept only a part of the page ({truncated})"
    issues = () if truncated is None else (Issue(code="truncated_capture", message=message),)
    form: Form = "html" if content.html else "text"
    return Page(data=content.data, form=form, encoding=content.charset, issues=issues, **known)


def _content(block: bytes, content_type: str | None, kind: str) -> _Content | None:
    """Return what a record without HTTP holds; None if that is no page. Text that a crawler made is UTF-8."""
    media, charset = _media_type(content_type or _TEXT)
    if media not in (*_HTML, _TEXT):
        return None
    return _Content(block, media in _HTML, charset or ("utf-8" if kind == "conversion" else None))


def _http_content(block: bytes, limits: Limits) -> _Content | None:
    """Return what an HTTP response holds, without header and packings; None if that is no page."""
    from fastwarc.warc import HeaderMap  # noqa: PLC0415  (an extra)

    http = HeaderMap()
    data = block[http.parse(io.BytesIO(block)) :]
    media, charset = _media_type(http.get("Content-Type") or _HTML[0])
    if not 200 <= (http.status_code or 0) < 300 or media not in (*_HTML, _TEXT):
        return None
    if "chunked" in (http.get("Transfer-Encoding") or "").lower():
        data = _joined(data)
    for packing in reversed((http.get("Content-Encoding") or "").lower().split(",")):
        data = _unpacked(data, packing.strip(), limits.page_bytes)
    return _Content(data, media in _HTML, charset)


def _media_type(field: str) -> tuple[str, str | None]:
    """Return the media type of a Content-Type field, and its charset."""
    media, *parameters = field.split(";")
    charset = next((x.partition("=")[2] for x in parameters if x.strip().lower().startswith("charset=")), "")
    return media.strip().lower(), charset.strip(" \t\"'") or None


def _joined(data: bytes) -> bytes:
    """Return a body without its chunk marks (RFC 9112, section 7.1); many archives hold it without them already."""
    parts: list[bytes] = []
    place = 0
    while (mark := _CHUNK_MARK.match(data, place)) is not None:
        length = int(mark[1], 16)
        if not length:
            return b"".join(parts)
        parts.append(data[mark.end() : mark.end() + length])
        place = mark.end() + length + len(b"\r\n")
    return b"".join((*parts, data[place:]))


def _unpacked(data: bytes, packing: str, limit: int) -> bytes:
    """Return a body without a content coding, one byte more than the limit at most.

    Many archives hold it without its coding already. What stands before a cut is given.

    Raises:
        _PackedError: if it cannot be unpacked.
    """
    try:
        if packing in {"gzip", "x-gzip", "deflate"}:
            return _inflated(data, packing, limit)
        if packing in {"br", "zstd"}:
            from fastwarc.stream_io import BrotliReader, ZstdReader  # noqa: PLC0415  (an extra)

            reader = BrotliReader if packing == "br" else ZstdReader
            return bytes(reader(io.BytesIO(data)).read(limit + 1))
    except (OSError, zlib.error) as error:
        raise _PackedError(f"its {packing} data is damaged ({error})") from None
    if packing in {"", "identity", "none"}:
        return data
    raise _PackedError(f"its content coding {packing!r} is not read here")


def _inflated(data: bytes, packing: str, limit: int) -> bytes:
    """Return a body without gzip or deflate; servers send the latter with and without the header of zlib."""
    if packing != "deflate":
        packed = data.startswith(b"\x1f\x8b")
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(data, limit + 1) if packed else data
    try:
        return zlib.decompressobj().decompress(data, limit + 1)
    except zlib.error:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, limit + 1)
