r"""Sources as streams of bytes: files and standard input, and their lines.

Example:
    >>> import io
    >>> list(read_lines(io.BufferedReader(io.BytesIO(b"a\nb")), longest=80))
    [b'a\n', b'b']
"""

from __future__ import annotations

import io
import select
import sys
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from bidi_news.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["STDIN", "Reading", "lines_between", "open_source", "read_lines"]

STDIN = "-"
"""Name of standard input."""

_CHUNK = 1 << 18  # bytes read at a time; with as few as Python reads, lines of HTML take three times as long


class Reading:
    """How far the sources of a run are read, in bytes as they stand on disk."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._whole: int | None = 0
        self._stream: io.BufferedReader | None = None

    @property
    def bytes(self) -> int | None:
        """What has been read; None where a source cannot tell, as a pipe."""
        if self._whole is None or self._stream is None:
            return self._whole
        return self._whole + self._stream.raw.tell() if self._stream.seekable() else None

    def begin(self, stream: io.BufferedReader) -> None:
        """Note that a source is read from now on."""
        self._stream = stream

    def end(self) -> None:
        """Note that it is read no more."""
        self._whole, self._stream = self.bytes, None


@contextmanager
def open_source(name: str, reading: Reading | None = None) -> Iterator[io.BufferedReader]:
    """Open a file, or standard input for ``-``.

    Args:
        name: a path, or ``-``.
        reading: notes how far it is read.

    Yields:
        A buffered stream of bytes.

    Raises:
        OSError: if the file cannot be opened or read.
    """
    reading = reading or Reading()
    with nullcontext(_standard_input()) if name == STDIN else _file(name) as stream:
        reading.begin(stream)
        try:
            yield stream
        finally:
            reading.end()


def read_lines(stream: io.BufferedReader, *, longest: int) -> Iterator[bytes | None]:
    """Give the lines of a stream as they come in; None says that the stream pauses and it is time to hand on results.

    Lines end at a line feed only. Of a line that is longer than ``longest`` bytes only one byte more is given, which
    shows it; so much is the memory that is needed.
    """
    yield from _live_lines(stream, longest) if _is_live(stream) else _file_lines(stream, longest)


def lines_between(stream: io.BufferedReader, start: int, stop: int, *, longest: int) -> Iterator[bytes]:
    r"""Give the lines of a file that begin in a range of its bytes, so that ranges side by side have each line once.

    Args:
        stream: the file, which can be read from any place.
        start: first byte of the range.
        stop: first byte after it.
        longest: as above.

    Example:
        >>> stream = io.BufferedReader(io.BytesIO(b"one\ntwo\nthree\n"))
        >>> list(lines_between(stream, 0, 5, longest=80)), list(lines_between(stream, 5, 14, longest=80))
        ([b'one\n', b'two\n'], [b'three\n'])
    """
    stream.seek(max(start - 1, 0))
    if start:
        _skip_rest(stream, stream.readline(longest + 1), longest)  # of a line that began before
    yield from _file_lines(stream, longest, stop)


def _file_lines(stream: io.BufferedReader, longest: int, stop: int | None = None) -> Iterator[bytes]:
    """Give the lines of a stream that never pauses; those of a file may end with the last that begins before a byte."""
    while (stop is None or stream.tell() < stop) and (line := stream.readline(longest + 1)):
        yield line
        _skip_rest(stream, line, longest)


def _skip_rest(stream: io.BufferedReader, line: bytes, longest: int) -> None:
    """Read on to the end of a line of which this much is read."""
    while len(line) > longest and not line.endswith(b"\n"):
        line = stream.readline(longest + 1)


def _live_lines(stream: io.BufferedReader, longest: int) -> Iterator[bytes | None]:
    """Give the lines of a stream as they come in, and None for each pause."""
    rest: list[bytes] = []
    room = longest + 1
    while chunk := stream.read1(_CHUNK):
        first, *more = chunk.split(b"\n")
        rest.append(first[:room])
        room -= len(rest[-1])
        if more:
            yield b"".join(rest)
            yield from (line[: longest + 1] for line in more[:-1])
            rest = [more[-1][: longest + 1]]
            room = longest + 1 - len(rest[0])
        if not _is_ready(stream):
            yield None
    if last := b"".join(rest):
        yield last


def _is_live(stream: io.BufferedReader) -> bool:
    """Whether a stream is standard input itself, which may come in slowly."""
    return sys.stdin is not None and stream is sys.stdin.buffer


def _file(name: str) -> io.BufferedReader:
    """Open a file."""
    return io.BufferedReader(io.FileIO(name), _CHUNK)


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
