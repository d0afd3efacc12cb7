"""Files, folders, archives and standard input into pages, in order; what cannot be read never stops the others.

Packed data is unpacked, archives and folders are walked, and what a source holds is told by its suffix, else by its
content. Errors go to the caller one by one, and reading goes on.

Example:
    >>> problems = []
    >>> list(source_pages(["missing.txt"], report=problems.append)), str(problems[0])
    ([], 'missing.txt: no such file or directory')
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from bidi_news.errors import LimitError, MissingExtraError, SourceError
from bidi_news.model import Failure, Page
from bidi_news.options import Limits
from bidi_news.read.formats import HEAD_BYTES, KNOWN_SUFFIXES, SourceFormat, archive_kind, kind_of, suffix_kind
from bidi_news.read.jsonl import parse_rows, row_page, too_large
from bidi_news.read.packed import check_nesting, unpacked
from bidi_news.read.repeats import with_repeats
from bidi_news.read.streams import STDIN, open_source, read_lines
from bidi_news.read.text import html_page, text_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from io import BufferedReader

    from bidi_news.read.jsonl import Row
    from bidi_news.read.streams import Reading

__all__ = ["SourceFormat", "read_each", "shown_name", "source_files", "source_pages", "source_rows", "stream_pages"]

_T = TypeVar("_T")
_ARCHIVES = ("zip", "tar")
_STDIN_SHOWN = "standard input"
_DEFAULT = Limits()


def source_pages(
    paths: Sequence[str],
    form: SourceFormat = "auto",
    *,
    limits: Limits = _DEFAULT,
    report: Callable[[SourceError], None],
    reading: Reading | None = None,
) -> Iterator[Page | None]:
    """Give every page of some sources, in order, and None where a stream pauses.

    A row of JSON Lines that cannot be read, and a page that goes past a limit, is a page with a failure; a page with an
    id that came before says so in its issues.

    Args:
        paths: files, folders and ``-`` for standard input.
        form: what they hold.
        limits: how much of them is read.
        report: called for each source that cannot be read, or not to its end, and for each empty file.
        reading: notes how far they are read.

    Yields:
        Pages; memory is that of one page, and twenty bytes or so for each id.
    """

    def pages(name: str, stream: BufferedReader) -> Iterator[Page | None]:
        return stream_pages(stream, name, form, limits=limits, report=report)

    return with_repeats(read_each(source_files(paths, report), report, pages, reading))


def stream_pages(
    stream: BufferedReader,
    name: str,
    form: SourceFormat = "auto",
    *,
    limits: Limits = _DEFAULT,
    report: Callable[[SourceError], None],
) -> Iterator[Page | None]:
    """Give the pages of one open source, and None where it pauses; arguments as above.

    Raises:
        SourceError: where it cannot be read on; what stands before has been given.
    """
    return _pages(_Source(shown_name(name), stream, 0), form, limits, report)


def source_rows(
    paths: Sequence[str],
    *,
    limits: Limits = _DEFAULT,
    report: Callable[[SourceError], None],
    reading: Reading | None = None,
) -> Iterator[Row | None]:
    """Give every row of some JSON Lines sources, in order, and None where a stream pauses; arguments as above."""

    def rows(name: str, packed: BufferedReader) -> Iterator[Row | None]:
        stream, _ = unpacked(packed, shown_name(name), limits)
        longest = limits.page_bytes
        return parse_rows(read_lines(stream, longest=longest), shown_name(name), longest=longest)

    return read_each(source_files(paths, report), report, rows, reading)


def read_each(
    names: Iterable[str],
    report: Callable[[SourceError], None],
    read: Callable[[str, BufferedReader], Iterator[_T]],
    reading: Reading | None = None,
) -> Iterator[_T]:
    """Open and read one file after the other, and report those that cannot be read, or not to their end."""
    for name in names:
        try:
            with open_source(name, reading) as stream:
                yield from read(name, stream)
        except SourceError as error:
            report(error)
        except MissingExtraError as error:
            report(SourceError(str(error), source=shown_name(name)))
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            report(_unreadable(name, error))


def source_files(paths: Iterable[str], report: Callable[[SourceError], None]) -> Iterator[str]:
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
            report(_without_pages("folder", shown_name(path)))


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
            todo += [x.path for x in found if x.is_dir(follow_symlinks=False) or (x.is_file() and suffix_kind(x.path))]


class _Source(NamedTuple):
    """One open source, perhaps inside others."""

    name: str
    """As messages have it."""
    stream: BufferedReader
    layers: int
    """Packings and archives around it."""


def _pages(
    packed: _Source, form: SourceFormat, limits: Limits, report: Callable[[SourceError], None]
) -> Iterator[Page | None]:
    """Give the pages of one open source; one that goes past a limit says so in a record, too."""
    try:
        source = _Source(packed.name, *unpacked(packed.stream, packed.name, limits, layers=packed.layers))
        yield from _held(source, form, limits, report)
    except LimitError as error:
        if error.source == packed.name:
            yield Page(id=packed.name, failure=Failure(code="limit_exceeded", message=str(error)))
        raise


def _held(
    source: _Source, form: SourceFormat, limits: Limits, report: Callable[[SourceError], None]
) -> Iterator[Page | None]:
    """Give the pages that an unpacked source holds."""
    name, stream, _ = source
    head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
    if not head:
        report(SourceError("is empty", source=name))
    kind = archive_kind(head) or (kind_of(name, head) if form == "auto" else form)
    if kind in _ARCHIVES:
        yield from _archived(source, kind, form, limits, report)
    elif kind in {"parquet", "arrow"}:
        from bidi_news.read.tables import table_pages  # noqa: PLC0415  (pyarrow, where there are tables)

        yield from table_pages(stream, name, limits)
    elif kind in {"warc", "wet"}:
        from bidi_news.read.warc import warc_pages  # noqa: PLC0415  (fastwarc, where there is WARC)

        yield from warc_pages(stream, name, limits)
    elif kind == "cdx":
        from bidi_news.read.cdx import indexed_pages  # noqa: PLC0415  (fastwarc, as above)

        lines = read_lines(stream, longest=limits.page_bytes)
        yield from indexed_pages(lines, name, Path(name).parent, limits)
    elif kind == "jsonl":
        for row in parse_rows(read_lines(stream, longest=limits.page_bytes), name, longest=limits.page_bytes):
            yield None if row is None else row_page(row, name)
    else:
        yield _page(source, kind, limits)


def _page(source: _Source, kind: str, limits: Limits) -> Page:
    """Return the page that a whole source is."""
    name = None if source.name == _STDIN_SHOWN else source.name
    data = source.stream.read(limits.page_bytes + 1)
    if len(data) > limits.page_bytes:
        return Page(id=name, failure=too_large(source.name, limits.page_bytes))
    return html_page(data, name) if kind == "html" else text_page(data, name)


def _archived(
    source: _Source, kind: str, form: SourceFormat, limits: Limits, report: Callable[[SourceError], None]
) -> Iterator[Page | None]:
    """Give the pages of the files of an archive that have a known suffix; one that cannot be read stops no other."""
    from bidi_news.read.archives import archive_files  # noqa: PLC0415  (most sources are no archives)

    layers = source.layers + 1
    check_nesting(layers, source.name, limits)
    empty = True
    for path, stream in archive_files(source.stream, source.name, kind, limits):
        if not suffix_kind(path):
            continue
        empty = False
        file = _Source(f"{source.name}/{path}", stream, layers)
        try:
            yield from _pages(file, form, limits, report)
        except SourceError as error:
            if error.source != file.name:
                raise  # it is the archive that cannot be read on
            report(error)
        except MissingExtraError as error:
            report(SourceError(str(error), source=file.name))
    if empty:
        report(_without_pages("archive", source.name))


def _without_pages(what: str, name: str) -> SourceError:
    """Return the report of a folder or an archive that has no pages."""
    known = " ".join(KNOWN_SUFFIXES)
    return SourceError(f"the {what} has no pages (files with one of {known}, .gz and .zst too)", source=name)


def shown_name(name: str) -> str:
    """Return a source's name as messages have it: in UTF-8 as it is on disk, whatever the locale made of it."""
    if name == STDIN:
        return _STDIN_SHOWN
    try:
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return name


def _unreadable(name: str, error: OSError | ValueError) -> SourceError:
    """Return the report of a source that the system does not give."""
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return SourceError((reason or "cannot be read").lower(), source=shown_name(name))
