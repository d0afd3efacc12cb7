r"""Zip archives front to back: the local headers say all that is needed, and the directory at the end nothing more.

Source: the zip format, APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.3.9, 4.4.4, 4.4.5 and 4.5.3.

Example:
    >>> import io
    >>> from bidi_news.options import Limits
    >>> list(ZipFiles(io.BufferedReader(io.BytesIO(b"PK\5\6" + bytes(18))), "empty.zip", Limits()).files())
    []
"""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from bidi_news.errors import SourceError
from bidi_news.read.packed import Unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bidi_news.options import Limits

__all__ = ["ZipFiles"]

_CHUNK = 1 << 18
_LOCAL, _DIRECTORY, _END, _DESCRIPTOR = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x07\x08"
_HEADER = struct.Struct("<5H3I2H")  # of a file, after its signature
_END_BYTES = (1 << 16) + 22  # the end record with the longest comment
_ENCRYPTED, _DESCRIBED, _UTF8 = 1 << 0, 1 << 3, 1 << 11
_STORED, _DEFLATED = 0, 8
_ZIP64 = 1  # id of the extra field with long sizes
_LONG = 0xFFFFFFFF  # a size that stands in that field


class _Entry(NamedTuple):
    """What stands before a file of a zip archive."""

    path: str
    flags: int
    method: int
    sum: int  # CRC-32, unless it stands behind the file
    packed: int | None  # bytes; None where they stand behind the file


class ZipFiles:
    """A zip archive, read from its beginning to its end."""

    def __init__(self, stream: io.BufferedReader, name: str, limits: Limits) -> None:
        """Read an archive with a name for messages."""
        self._source, self._name, self._limits = _Source(stream), name, limits

    def files(self) -> Iterator[tuple[str, io.BufferedReader]]:
        """Give the path and the bytes of each file; they can be read until the next one is asked for.

        Raises:
            SourceError: where the archive ends too early or is damaged.
        """
        while (mark := self._take(4)) == _LOCAL:
            entry = self._entry()
            packed = _Section(self._source, entry.packed)
            file = self._file(entry, packed)
            if not entry.path.endswith("/"):
                yield entry.path, io.BufferedReader(file)
            if entry.packed is None:
                while file.read(_CHUNK):  # its end shows only when it is unpacked
                    pass
                self._source.give_back(file.rest)
                self._skip_descriptor(file)
            else:
                packed.skip()
                if packed.left:
                    self._fail("is cut")
        if mark == _DIRECTORY:
            self._finish()
        elif mark != _END:
            self._fail("is damaged")

    def _entry(self) -> _Entry:
        """Read what stands before a file."""
        _, flags, method, _, _, crc, packed, size, name_length, extra_length = _HEADER.unpack(self._take(_HEADER.size))
        raw = self._take(name_length)
        extra = self._take(extra_length)
        path = raw.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
        if packed == _LONG:
            packed = _long_size(extra, second=size == _LONG)
        if flags & _DESCRIBED and not packed and not path.endswith("/"):
            if method != _DEFLATED or flags & _ENCRYPTED:
                self._fail(f"does not say how long {path} is")
            return _Entry(path, flags, method, crc, None)
        return _Entry(path, flags, method, crc, packed)

    def _file(self, entry: _Entry, packed: _Section) -> _File:
        """Return the bytes of a file."""
        name = f"{self._name}/{entry.path}"
        if entry.flags & _ENCRYPTED:
            return _File(_Refused("is encrypted", name), name)
        if entry.method not in {_STORED, _DEFLATED}:
            return _File(_Refused(f"is packed by method {entry.method}, which is not read here", name), name)
        data = packed if entry.method == _STORED else Unpacked(packed, name, "deflate", self._limits)
        return _File(data, name, None if entry.flags & _DESCRIBED else entry.sum)

    def _skip_descriptor(self, file: _File) -> None:
        """Read what stands behind a file whose header does not say its length: its sum, and sizes of 4 or 8 bytes."""
        crc = self._take(4)
        if crc == _DESCRIPTOR:
            crc = self._take(4)
        self._take(8)
        if int.from_bytes(crc, "little") != file.sum:
            self._fail("is damaged")
        mark = self._take(4)
        self._source.give_back(mark)
        if mark not in {_LOCAL, _DIRECTORY}:
            self._take(8)

    def _finish(self) -> None:
        """Read the directory, which says nothing new, as far as the end record."""
        tail = b""
        while chunk := self._source.read(_CHUNK):
            tail = (tail + chunk)[-_END_BYTES:]
        if _END not in tail:
            self._fail("is cut in its directory; all files were read")

    def _take(self, size: int) -> bytes:
        """Read so many bytes."""
        data = self._source.read(size)
        if len(data) < size:
            self._fail("is cut")
        return data

    def _fail(self, what: str) -> NoReturn:
        """Say where the archive cannot be read on."""
        raise SourceError(f"the zip archive {what}; read as far as byte {self._source.place:,}", source=self._name)


def _long_size(extra: bytes, *, second: bool) -> int:
    """Return a packed size that stands in an extra field, after the size unpacked if that is long too."""
    while len(extra) >= 4:
        number, length = struct.unpack_from("<2H", extra)
        if number == _ZIP64:
            field = extra[4 : 4 + length]
            return int.from_bytes(field[8:16] if second else field[:8], "little")
        extra = extra[4 + length :]
    return _LONG


class _Source:
    """A stream that takes back what was read too much."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream, self._back, self.place = stream, b"", 0

    def read(self, size: int) -> bytes:
        """Return so many bytes, or fewer at the end."""
        data, self._back = self._back[:size], self._back[size:]
        while len(data) < size:
            try:
                piece = self._stream.read1(size - len(data))
            except SourceError:
                if not data:
                    raise
                break  # it is raised again when nothing is left before it
            if not piece:
                break
            data += piece
        self.place += len(data)
        return data

    def give_back(self, data: bytes) -> None:
        """Take back what was read last."""
        self._back = data + self._back
        self.place -= len(data)


class _Section(io.RawIOBase):
    """The packed bytes of one file: so many, or, for None, as many as its packing says."""

    def __init__(self, source: _Source, length: int | None) -> None:
        super().__init__()
        self._source, self.left = source, length

    def readable(self) -> bool:
        """Say that this is a stream to read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes, or fewer at the end."""
        wanted = size if self.left is None else min(size, self.left) if size >= 0 else self.left
        data = self._source.read(wanted)
        if self.left is not None:
            self.left -= len(data)
        return data

    read1 = read

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # BufferedReader hands a memoryview
        """Fill a part of the buffer and return its length."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def skip(self) -> None:
        """Leave the rest of the file; what the source does not have is left over."""
        while self.read(_CHUNK):
            pass


class _Refused(io.RawIOBase):
    """A file that cannot be read, which is said when somebody tries to."""

    def __init__(self, why: str, name: str) -> None:
        super().__init__()
        self._why, self._name = why, name

    def readable(self) -> bool:
        """Say that this is a stream to read."""
        return True

    def readinto(self, _: memoryview) -> int:  # type: ignore[override]  # BufferedReader hands a memoryview
        """Say why not."""
        raise SourceError(self._why, source=self._name)


class _File(io.RawIOBase):
    """The bytes of one file, whose sum is checked at its end."""

    def __init__(self, data: io.RawIOBase, name: str, expected: int | None = None) -> None:
        super().__init__()
        self._data, self._name, self._expected, self.sum = data, name, expected, 0

    def readable(self) -> bool:
        """Say that this is a stream to read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # BufferedReader hands a memoryview
        """Fill a part of the buffer and return its length; 0 at the end."""
        length = self._data.readinto(buffer) or 0
        self.sum = zlib.crc32(buffer[:length], self.sum)
        if isinstance(self._data, _Section) and not length and self._data.left:
            raise SourceError("the archive is cut in it", source=self._name)
        if not length and self._expected not in {None, self.sum}:
            raise SourceError("its check sum is wrong", source=self._name)
        return length

    @property
    def rest(self) -> bytes:
        """What was read behind the file."""
        return self._data.rest if isinstance(self._data, Unpacked) else b""
