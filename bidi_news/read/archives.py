"""Zip and tar archives as the files in them, in the order in which they stand there, from any stream.

An archive is read once from its beginning to its end, never by the directory at the end of a zip file: so it may come
through a pipe, and of one that was cut all whole files come out. Then SourceError says how far it was read.

Example:
    >>> import io, zipfile
    >>> from bidi_news.options import Limits
    >>> file = io.BytesIO()
    >>> with zipfile.ZipFile(file, "w") as archive:
    ...     archive.writestr("a/page.txt", "page")
    >>> stream = io.BufferedReader(io.BytesIO(file.getvalue()))
    >>> [(name, data.read()) for name, data in archive_files(stream, "a.zip", "zip", Limits())]
    [('a/page.txt', b'page')]
"""

from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING, Any

from bidi_news.errors import SourceError
from bidi_news.read.zip_files import ZipFiles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bidi_news.options import Limits

__all__ = ["archive_files"]

_CHUNK = 1 << 18
_LONG_HEADERS = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
_LONGEST = 1 << 20


def archive_files(
    stream: io.BufferedReader, name: str, kind: str, limits: Limits
) -> Iterator[tuple[str, io.BufferedReader]]:
    """Give the path and the bytes of each file of an archive; folders, links and devices are left out.

    The bytes of a file can be read until the next one is asked for.

    Args:
        stream: the archive.
        name: its name, for messages.
        kind: ``zip`` or ``tar``.
        limits: how much a file of a zip archive may unpack to.

    Raises:
        SourceError: where the archive ends too early or is damaged. Reading a file raises it, with the file's name,
            where only that file is.
    """
    return ZipFiles(stream, name, limits).files() if kind == "zip" else _tar_files(stream, name)


def _tar_files(stream: io.BufferedReader, name: str) -> Iterator[tuple[str, io.BufferedReader]]:
    """Give the files of a tar archive."""
    pieces: Any = _Pieces(stream)  # the library needs no more of a stream than this
    try:
        with tarfile.open(name, "r|", pieces, bufsize=_CHUNK, tarinfo=_TarHeader) as archive:
            for member in archive:
                archive.members = []  # type: ignore[attr-defined]  # else it keeps all headers
                if member.isfile():
                    yield member.name, io.BufferedReader(_TarFile(archive, member, name))
    except tarfile.TarError as error:
        raise _tar_failure(error, name) from None


class _Pieces:
    """A stream that gives what it has at once: asked for a certain length, it would lose what stands before a cut."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self.read = stream.read1


def _tar_failure(error: Exception, name: str) -> SourceError:
    """Return the error of a tar archive that cannot be read on."""
    return SourceError(f"the tar archive is damaged or cut ({error})", source=name)


class _TarFile(io.RawIOBase):
    """The bytes of one file of a tar archive; where they are cut, the archive is."""

    def __init__(self, archive: tarfile.TarFile, member: tarfile.TarInfo, name: str) -> None:
        super().__init__()
        self._data, self._name = archive.extractfile(member), name

    def readable(self) -> bool:
        """Say that this is a stream to read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # BufferedReader hands a memoryview
        """Fill a part of the buffer and return its length; 0 at the end."""
        try:
            data = self._data.read(len(buffer)) if self._data else b""
        except tarfile.TarError as error:
            raise _tar_failure(error, self._name) from None
        buffer[: len(data)] = data
        return len(data)


class _TarHeader(tarfile.TarInfo):
    """A header that is never taken for the end of its archive: the library ends quietly at a damaged or missing one."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _TarHeader:
        """Read a block; a name or a record of attributes that is longer than any real one would fill the memory.

        Raises:
            HeaderError: if it is.
        """
        header = super().frombuf(buf, encoding, errors)
        if header.type in _LONG_HEADERS and header.size > _LONGEST:
            raise tarfile.HeaderError(f"a name or attributes of {header.size:,} bytes")
        return header

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> _TarHeader:
        """Read the next header.

        Raises:
            ReadError: if there is none and no end mark either.
        """
        try:
            return super().fromtarfile(archive)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]  # two blocks of zeros: the end mark
            raise
        except tarfile.HeaderError as error:
            reason = str(error) or "no end mark"
        except (ValueError, ArithmeticError, LookupError, RecursionError):  # what the library lets out of such headers
            reason = "impossible attributes"
        raise tarfile.ReadError(f"{reason}; read as far as byte {archive.offset:,}")
