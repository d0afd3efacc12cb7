"""Files, folders and standard input into pages, in order; a source that cannot be read never stops the others.

What a source holds is told by its suffix, else by its content; folders are walked in sorted order for files with a
known suffix. Errors go to the caller one by one, and reading goes on.

Example:
    >>> problems = []
    >>> list(source_pages(["missing.txt"], report=problems.append)), str(problems[0])
    ([], 'missing.txt: no such file or directory')
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal, TypeVar

from bidi_news.errors import SourceError
from bidi_news.model import Issue
from bidi_news.read.encoding import looks_binary, looks_like_html
from bidi_news.read.jsonl import parse_rows, row_page
from bidi_news.read.streams import STDIN, open_source, read_lines
from bidi_news.read.text import html_page, text_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from io import BufferedReader

    from bidi_news.model import Page
    from bidi_news.read.jsonl import Row

__all__ = ["SourceFormat", "source_pages", "source_rows"]

SourceFormat = Literal["auto", "text", "html", "jsonl"]
"""What a source holds; ``auto`` asks its suffix, then its content."""

_T = TypeVar("_T")
_SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".parquet": "parquet",
    ".warc": "warc",
    ".wet": "wet",
}
_UNBUILT = {"parquet", "warc", "wet"}
_HEAD = 4096
# First bytes of files that are no pages: https://www.garykessler.net/library/file_sigs.html and the formats' own texts.
_MAGIC = (
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file (WebP, audio or video)"),
    (b"OggS", "an Ogg file"),
    (b"ID3", "an MP3 file"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"\0asm", "a program"),
)


def source_pages(
    paths: Sequence[str], form: SourceFormat = "auto", *, report: Callable[[SourceError], None]
) -> Iterator[Page | None]:
    """Give every page of some sources, in order, and None where a stream pauses.

    A row of JSON Lines that cannot be read is a page with a failure; a page with an id that came before says so in
    its issues.

    Args:
        paths: files, folders and ``-`` for standard input.
        form: what they hold.
        report: called for each source that cannot be read, or not to its end, and for each empty file.

    Yields:
        Pages; memory is that of one page, and eight bytes or so for each id.
    """

    def pages(name: str, stream: BufferedReader) -> Iterator[Page | None]:
        return _pages(name, stream, form, report)

    return _with_repeats(_each(paths, report, pages))


def source_rows(paths: Sequence[str], *, report: Callable[[SourceError], None]) -> Iterator[Row | None]:
    """Give every row of some JSON Lines sources, in order, and None where a stream pauses; arguments as above."""

    def rows(name: str, stream: BufferedReader) -> Iterator[Row | None]:
        return parse_rows(read_lines(stream), _shown(name))

    return _each(paths, report, rows)


def _each(
    paths: Sequence[str],
    report: Callable[[SourceError], None],
    read: Callable[[str, BufferedReader], Iterator[_T]],
) -> Iterator[_T]:
    """Read one source after the other, and report those that cannot be read."""
    for name in _files(paths, report):
        try:
            with open_source(name) as stream:
                yield from read(name, stream)
        except SourceError as error:
            report(error)
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            report(_unreadable(name, error))


def _files(paths: Iterable[str], report: Callable[[SourceError], None]) -> Iterator[str]:
    """Give the files of some paths: a folder gives its pages, sorted, and must have one."""
    for path in paths:
        if path == STDIN or not Path(path).is_dir():
            yield path
            continue
        empty = True
        for name in _walk(path, report):
            empty = False
            yield name
        if empty:
            known = " ".join(suffix for suffix, kind in _SUFFIXES.items() if kind not in _UNBUILT)
            report(SourceError(f"the folder has no pages (files with one of {known}, .gz too)", source=_shown(path)))


def _walk(folder: str, report: Callable[[SourceError], None]) -> Iterator[str]:
    """Give the files under a folder that have a known suffix, in the order of their paths; linked folders are left."""
    todo = [folder]
    while todo:
        path = todo.pop()
        try:
            with os.scandir(path) as entries:
                found = sorted(entries, key=lambda entry: entry.name, reverse=True)
        except NotADirectoryError:
            yield path
        except OSError as error:
            report(_unreadable(path, error))
        else:
            todo += [x.path for x in found if x.is_dir(follow_symlinks=False) or (x.is_file() and _suffix_kind(x.path))]


def _pages(
    name: str, stream: BufferedReader, form: SourceFormat, report: Callable[[SourceError], None]
) -> Iterator[Page | None]:
    """Give the pages of one open source."""
    head = stream.peek(_HEAD)
    if not head:
        report(SourceError("is empty", source=_shown(name)))
    kind = _kind(name, head[:_HEAD]) if form == "auto" else form
    if kind == "jsonl":
        for row in parse_rows(read_lines(stream), _shown(name)):
            yield None if row is None else row_page(row, _shown(name))
        return
    page_of = html_page if kind == "html" else text_page
    yield page_of(stream.read(), None if name == STDIN else _shown(name))


def _kind(name: str, head: bytes) -> str:
    """Return what a source holds, by its suffix, else by its first bytes.

    Raises:
        SourceError: if it is no page, or of a format that cannot be read yet.
    """
    magic = next((what for mark, what in _MAGIC if head.startswith(mark)), None)
    kind = _suffix_kind(name)
    for what in (kind, magic):
        if what in _UNBUILT:
            raise SourceError(f"reading {what} is not built yet", source=_shown(name))
    if magic:
        raise SourceError(f"is {magic}, not a page", source=_shown(name))
    if kind:
        return kind
    if looks_binary(head):
        raise SourceError("is a binary file, not a page", source=_shown(name))
    return _content_kind(head)


def _content_kind(head: bytes) -> str:
    """Tell what text holds by its first bytes; NULs are dropped to see the ASCII of UTF-16."""
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"{") and start[1:].lstrip().startswith((b'"', b"}")):
        return "jsonl"
    return "html" if looks_like_html(start.decode("latin-1")) else "text"


def _suffix_kind(name: str) -> str | None:
    """Return what a file's suffix says, ``.gz`` left out; None for an unknown one."""
    return _SUFFIXES.get(PurePath(name.lower().removesuffix(".gz")).suffix)


def _shown(name: str) -> str:
    """Return a source's name as messages have it: in UTF-8 as it is on disk, whatever the locale made of it."""
    if name == STDIN:
        return "standard input"
    try:
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return name


def _unreadable(name: str, error: OSError | ValueError) -> SourceError:
    """Return the report of a source that the system does not give."""
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return SourceError((reason or "cannot be read").lower(), source=_shown(name))


def _with_repeats(pages: Iterable[Page | None]) -> Iterator[Page | None]:
    """Hand pages through and mark those whose id came before."""
    seen: set[int] = set()  # hashes of ids: bounded per page, however long ids are
    for page in pages:
        if page is None or not isinstance(page.id, str | int | float):
            yield page
            continue
        key = hash((type(page.id), page.id))
        if key in seen:
            issue = Issue(code="repeated_id", message="an earlier page of this run has the same id")
            yield replace(page, issues=(*page.issues, issue))
        else:
            seen.add(key)
            yield page
