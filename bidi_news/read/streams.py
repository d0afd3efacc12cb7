r"""Sources as streams of bytes: files and standard input, unpacked where they are gzip'd, and their lines.

Example:
    >>> import io
    >>> list(read_lines(io.BufferedReader(io.BytesIO(b"a\nb"))))
    [b'a\n', b'b']
"""

from __future__ import annotations

import io
import select
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bidi_news.errors import SourceError

if TYPE_CHECKING:
    import zlib
    from collections.abc import Iterator
    from typing import BinaryIO

__all__ = ["STDIN", "open_source", "read_lines"]

STDIN = "-"
"""Name of standard input."""

_CHUNK = 1 << 18
_GZIP = b"\x1f\x8b"
# Deflate packs at most 1032 : 1 and real pages about 5 : 1; what unpacks to this much at this rate is an attack.
_BOMB_BYTES = 1 << 26
_BOMB_RATIO = 200


@contextmanager
def open_source(name: str) -> Iterator[io.BufferedReader]:
    """Open a file, or standard input for ``-``, and unpack it if it is gzip'd.

    Args:
        name: a path, or ``-``.

    Yields:
        A buffered stream of bytes. Reading a damaged or cut gzip file from it raises SourceError.

    Raises:
        OSError: if the file cannot be opened or read.
    """
    if name == STDIN:
        yield _unpacked(_standard_input(), name)
        return
    with open(name, "rb") as stream:  # noqa: PTH123  (a name that is no valid path is then an error of its own)
        yield _unpacked(stream, name)


def read_lines(stream: io.BufferedReader) -> Iterator[bytes | None]:
    """Give the lines of a stream as they come in; None says that the stream pauses and it is time to hand on results.

    Lines end at a line feed only; memory is that of the longest line.
    """
    if not _is_live(stream):
        yield from stream
        return
    rest: list[bytes] = []
    while chunk := stream.read1(_CHUNK):
        first, *more = chunk.split(b"\n")
        rest.append(first)
        if more:
            yield b"".join(rest)
            yield from more[:-1]
            rest = [more[-1]]
        if not _is_ready(stream):
            yield None
    if last := b"".join(rest):
        yield last


def _is_live(stream: io.BufferedReader) -> bool:
    """Whether a stream is standard input itself, which may come in slowly."""
    return sys.stdin is not None and stream is sys.stdin.buffer


def _standard_input() -> io.BufferedReader:
    """Return standard input as bytes."""
    stream = sys.stdin.buffer if sys.stdin is not None else None
    if not isinstance(stream, io.BufferedReader):
        raise SourceError("is not open", source="standard input")
    return stream


def _is_ready(stream: io.BufferedReader) -> bool:
    """Whether more can be read without waiting."""
    try:
        return bool(select.select([stream], [], [], 0)[0])
    except (OSError, ValueError):  # not every system can ask a pipe
        return False


def _unpacked(stream: io.BufferedReader, name: str) -> io.BufferedReader:
    """Return a stream, or the unpacked one if it is gzip'd."""
    if stream.peek(len(_GZIP)).startswith(_GZIP):
        return io.BufferedReader(_Inflated(stream, name), _CHUNK)
    return stream


class _Inflated(io.RawIOBase):
    """The unpacked bytes of a gzip stream of one or several members; its sums are checked and its growth is bounded."""

    def __init__(self, packed: BinaryIO, name: str) -> None:
        super().__init__()
        self._packed = packed
        self._name = name
        self._pending = b""
        self._taken = self._given = 0
        self._member = _new_member()

    def readable(self) -> bool:
        """Say that this is a stream to read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # BufferedReader hands a memoryview
        """Fill a part of the buffer and return its length; 0 at the end."""
        while True:
            if not self._pending:
                self._pending = self._packed.read(_CHUNK)
                self._taken += len(self._pending)
                if not self._pending:
                    if self._member.eof:
                        return 0
                    raise SourceError("the gzip data ends before its end mark", source=self._name)
            if self._member.eof:
                self._member = _new_member()
            data = self._inflate(len(buffer))
            if data:
                buffer[: len(data)] = data
                return len(data)

    def _inflate(self, limit: int) -> bytes:
        """Unpack at most ``limit`` bytes of what is pending."""
        import zlib  # noqa: PLC0415  (most sources are not packed)

        try:
            data = self._member.decompress(self._pending, limit)
        except zlib.error as error:
            raise SourceError(f"the gzip data is damaged ({error})", source=self._name) from None
        # zeros after a member are padding
        self._pending = self._member.unconsumed_tail or self._member.unused_data.lstrip(b"\0")
        self._given += len(data)
        if self._given > _BOMB_BYTES and self._given > _BOMB_RATIO * self._taken:
            message = f"the gzip data unpacks to more than {_BOMB_RATIO} times its size; refused"
            raise SourceError(message, source=self._name)
        return data


def _new_member() -> zlib._Decompress:
    """Return an unpacker of one gzip member that checks its sum."""
    import zlib  # noqa: PLC0415  (most sources are not packed)

    return zlib.decompressobj(16 + zlib.MAX_WBITS)
