r"""Indexes of WARC archives into pages: only the records that an index names are read, each from its own place.

A line of an index says in which file a record is, from which byte on, and how many bytes it has there. So a few pages
are taken from a large archive without reading the rest, and the lines of an index can be dealt to several processes.
The files are looked for beside the index, under the path that a line gives, else under its last part alone, and nowhere
else, whatever a line says.

Formats: CDXJ as Common Crawl and pywb write it, a key, a time and a JSON object with ``filename``, ``offset`` and
``length``; and CDX with the 11 fields ``N b a m s k r M S V g``. Source: The CDX File Format (2015),
https://iipc.github.io/warc-specifications/specifications/cdx-format/cdx-2015/.

Example:
    >>> parse_entry(b'il,example)/a 20200102030405 {"filename": "a.warc.gz", "offset": "7", "length": "90"}')
    Entry(filename='a.warc.gz', offset=7, length=90, url=None)
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import orjson

from bidi_news.errors import LimitError, SourceError
from bidi_news.model import Failure, Page
from bidi_news.read.jsonl import too_large
from bidi_news.read.packed import unpacked
from bidi_news.read.warc import warc_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bidi_news.options import Limits

__all__ = ["Entry", "indexed_pages", "parse_entry"]

_HEADER = b" CDX "
_FIELDS = 11
_URL, _LENGTH, _OFFSET, _FILENAME = 2, 8, 9, 10


class Entry(NamedTuple):
    """Where the record of a page is."""

    filename: str
    """Of the archive."""
    offset: int
    """Its first byte there, from 0."""
    length: int
    """Its bytes there, packed as they are."""
    url: str | None
    """The address of the page, if the index says it."""


def parse_entry(line: bytes) -> Entry:
    """Read a line of an index.

    Raises:
        ValueError: if it does not say where a record is.
    """
    _, brace, fields = line.partition(b" {")
    if brace:
        value = orjson.loads(brace[1:] + fields)
        where = [value.get(name) for name in ("filename", "offset", "length", "url")]
    else:
        parts = line.decode("utf-8", "replace").split()
        if len(parts) != _FIELDS:
            raise ValueError(f"has {len(parts)} fields, not {_FIELDS}")
        where = [parts[number] for number in (_FILENAME, _OFFSET, _LENGTH, _URL)]
    filename, offset, length, url = where
    if not (isinstance(filename, str) and str(offset).isdecimal() and str(length).isdecimal()):
        raise ValueError("names no file, offset and length")
    return Entry(filename, int(str(offset)), int(str(length)), url if isinstance(url, str) else None)


def indexed_pages(lines: Iterable[bytes | None], name: str, folder: Path, limits: Limits) -> Iterator[Page | None]:
    """Give the page of each line of an index, in their order, and None where its source pauses.

    A line whose record is no page gives none, as in an archive that is read as a whole; a line that cannot be read, and
    one whose record cannot, is a page with a failure.

    Args:
        lines: of the index.
        name: of the index, for messages.
        folder: where the archives are.
        limits: how much of a record is read.

    Raises:
        MissingExtraError: if fastwarc is not installed.
    """
    number = 0
    for line in lines:
        number += line is not None
        if line is None:
            yield None
        elif line.strip() and not line.startswith(_HEADER):
            yield from _entry_pages(line, f"{name}, line {number}", folder, limits)


def _entry_pages(line: bytes, place: str, folder: Path, limits: Limits) -> Iterator[Page]:
    """Give the page of a line, if there is one."""
    try:
        entry = parse_entry(line)
    except ValueError as error:
        yield Page(failure=Failure(code="invalid_row", message=f"{place}: is no line of a CDX index ({error})"))
        return
    if entry.length > limits.page_bytes:
        yield Page(url=entry.url, failure=too_large(place, limits.page_bytes))
        return
    try:
        yield from _record_pages(entry, folder, limits)
    except (SourceError, OSError, ValueError) as error:  # ValueError: a NUL in the path
        code = "limit_exceeded" if isinstance(error, LimitError) else "unreadable_record"
        yield Page(url=entry.url, failure=Failure(code=code, message=f"{place}: {error}"))


def _record_pages(entry: Entry, folder: Path, limits: Limits) -> Iterator[Page]:
    """Give the page of a record, if it is one.

    Raises:
        SourceError: if it is cut or damaged.
        OSError: if its file cannot be read.
    """
    path = Path(entry.filename)
    inside = not path.is_absolute() and ".." not in path.parts and (folder / path).is_file()
    with (folder / path if inside else folder / path.name).open("rb") as file:
        file.seek(entry.offset)
        data = file.read(entry.length)
    name = f"{entry.filename} from byte {entry.offset:,}"
    stream, _ = unpacked(io.BufferedReader(io.BytesIO(data)), name, limits)
    found = False
    try:
        for page in warc_pages(stream, name, limits):
            found = True
            yield page
    except SourceError:
        if not found:
            raise  # else only the end mark of the record is missing
