r"""What a source holds: told by its suffix, else by its first bytes.

Example:
    >>> kind_of("pages.jsonl.gz", b""), kind_of("page", b"<!DOCTYPE html>"), kind_of("page", b"PK\x03\x04")
    ('jsonl', 'html', 'zip')
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Literal

from bidi_news.errors import SourceError
from bidi_news.read.encoding import looks_binary, looks_like_html

__all__ = ["HEAD_BYTES", "KNOWN_SUFFIXES", "SourceFormat", "archive_kind", "kind_of", "suffix_kind"]

SourceFormat = Literal["auto", "text", "html", "jsonl", "parquet", "arrow", "warc", "wet", "cdx"]
"""What a source holds; ``auto`` asks its suffix, then its content. Folders, packings and archives of files are always
told by themselves."""

HEAD_BYTES = 4096
"""First bytes of a source that are enough to tell what it holds."""

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
    ".arrow": "arrow",
    ".arrows": "arrow",
    ".warc": "warc",
    ".wet": "warc",
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "tar",
}
KNOWN_SUFFIXES = tuple(_SUFFIXES)
"""Suffixes by which a folder's or an archive's files are taken for pages, or for sources of pages."""

_INDEXES = (".cdx", ".cdxj")  # in a folder they lie beside what they index, so there they are nothing to read
_PACKED = (".gz", ".zst")
# First bytes of what is read whatever its name is.
_READ = (
    (b"PAR1", "parquet"),
    (b"ARROW1\0\0", "arrow"),
    (b"\xff\xff\xff\xff", "arrow"),  # a stream of record batches
    (b"WARC/", "warc"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the second is an empty one
_TAR, _TAR_PLACE = b"ustar", 257  # POSIX.1-1988, ustar: the magic of a header block
# First bytes of files that are no pages: https://www.garykessler.net/library/file_sigs.html and the formats' own texts.
_REFUSED = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file (WebP, audio or video)"),
    (b"OggS", "an Ogg file"),
    (b"ID3", "an MP3 file"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"\0asm", "a program"),
)


def kind_of(name: str, head: bytes) -> str:
    """Return what a source holds: a :data:`SourceFormat` but ``auto`` and ``wet``, or ``zip`` or ``tar``.

    Content that says what it is wins over the suffix; where only text is left, the suffix decides.

    Args:
        name: its path; the suffixes ``.gz`` and ``.zst`` are left out.
        head: its first bytes, unpacked.

    Raises:
        SourceError: if it holds no pages.
    """
    read = archive_kind(head) or next((kind for mark, kind in _READ if head.startswith(mark)), None)
    if read is not None:
        return read
    refused = next((what for mark, what in _REFUSED if head.startswith(mark)), None)
    if refused is not None:
        raise SourceError(f"is {refused}, not a page", source=name)
    kind = "cdx" if _bare(name).suffix in _INDEXES else suffix_kind(name)
    if kind is not None:
        return kind
    if looks_binary(head):
        raise SourceError("is a binary file, not a page", source=name)
    return _content_kind(head)


def archive_kind(head: bytes) -> str | None:
    """Return ``zip`` or ``tar`` for the first bytes of such an archive.

    Example:
        >>> archive_kind(b"<html>") is None
        True
    """
    if head.startswith(_ZIP):
        return "zip"
    return "tar" if head[_TAR_PLACE : _TAR_PLACE + len(_TAR)] == _TAR else None


def suffix_kind(name: str) -> str | None:
    """Return what a file's suffix says, ``.gz`` and ``.zst`` left out; None for an unknown one.

    Example:
        >>> suffix_kind("a.HTM"), suffix_kind("a.warc.gz"), suffix_kind("a.doc")
        ('html', 'warc', None)
    """
    return _SUFFIXES.get(_bare(name).suffix)


def _bare(name: str) -> PurePath:
    """Return a name in lower case, without what it says of packings."""
    path = PurePath(name.lower())
    while path.suffix in _PACKED:
        path = path.with_suffix("")
    return path


def _content_kind(head: bytes) -> str:
    """Tell what text holds by its first bytes; NULs are dropped to see the ASCII of UTF-16."""
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"{") and start[1:].lstrip().startswith((b'"', b"}")):
        return "jsonl"
    return "html" if looks_like_html(start.decode("latin-1")) else "text"
