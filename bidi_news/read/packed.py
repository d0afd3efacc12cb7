"""Packed streams, gzip and Zstandard, unpacked as they are read: bounded, checked, and never silently short.

The packing is known by its first bytes, whatever a file is called. Everything that can be unpacked before a cut or a
damage comes out first; then SourceError says how far it was read.

Example:
    >>> import gzip, io
    >>> from bidi_news.options import Limits
    >>> stream, layers = unpacked(io.BufferedReader(io.BytesIO(gzip.compress(b"page"))), "page.gz", Limits())
    >>> stream.read(), layers
    (b'page', 1)
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Protocol

from bidi_news.errors import LimitError, MissingExtraError, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bidi_news.options import Limits

__all__ = ["Unpacked", "check_nesting", "packing_of", "unpacked"]

_CHUNK = 1 << 18
# Unpacked at a time, so that no step can fill the memory: a block of 4 bytes is 128 KiB in Zstandard at most (RFC 8878,
# section 3.1.1.2), and deflate packs 1032 : 1.
_STEP = 1 << 11
_UNCHECKED_BYTES = 1 << 26  # below it the ratio is nobody's harm
_WINDOW_BYTES = 1 << 27  # of Zstandard: what its own command takes without being asked


class _Bytes(Protocol):
    """Whatever gives bytes; asked for one piece, it gives what stands before a cut before it raises."""

    def read1(self, size: int, /) -> bytes: ...


class _Member(Protocol):
    """One member of a gzip file, or one frame of a Zstandard one."""

    def decompress(self, data: bytes, /) -> bytes: ...
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...


def unpacked(stream: io.BufferedReader, name: str, limits: Limits, *, layers: int = 0) -> tuple[io.BufferedReader, int]:
    """Return a stream without its packings, and how many layers that makes.

    Args:
        stream: bytes, packed or not.
        name: of their source, for messages.
        limits: how much may come out, and how many layers there may be.
        layers: those that the stream comes out of already.

    Returns:
        A stream and its layers. Reading raises SourceError where the packed data ends too early or is damaged, and
        LimitError where more comes out than may.

    Raises:
        LimitError: if there are too many layers.
        MissingExtraError: if unpacking needs a package that is not installed.
    """
    while (packing := packing_of(stream.peek(4)[:4])) is not None:
        layers += 1
        check_nesting(layers, name, limits)
        stream = io.BufferedReader(Unpacked(stream, name, packing, limits), _CHUNK)
    return stream, layers


def check_nesting(layers: int, name: str, limits: Limits) -> None:
    """Refuse a source that is packed in too many layers.

    Raises:
        LimitError: if it is.
    """
    if layers > limits.nesting:
        raise LimitError(f"is packed more than {limits.nesting} times", source=name, limit="nesting")


def packing_of(head: bytes) -> str | None:
    r"""Return the packing that begins with these 4 bytes, or None.

    Frames of Zstandard that carry no data begin in a way of their own (RFC 8878, 3.1.2).

    Example:
        >>> packing_of(b"\x1f\x8b\x08\0"), packing_of(b"page")
        ('gzip', None)
    """
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head == b"\x28\xb5\x2f\xfd" or (head[1:] == b"\x2a\x4d\x18" and 0x50 <= head[0] <= 0x5F):
        return "Zstandard"
    return None


class Unpacked(io.RawIOBase):
    """The unpacked bytes of a packed stream: ``gzip`` and ``Zstandard`` of all its members, ``deflate`` of one."""

    def __init__(self, packed: _Bytes, name: str, packing: str, limits: Limits) -> None:
        """Unpack what is read from ``packed``, whose source has a name for messages."""
        super().__init__()
        self._packed, self._name, self._packing, self._limits = packed, name, packing, limits
        self._new_member, self._error = _unpacker(packing)
        self._member: _Member = self._new_member()
        self._pending = b""
        self._ready = memoryview(b"")
        self._taken = self._given = 0
        self._broken: SourceError | None = None

    def readable(self) -> bool:
        """Say that this is a stream to read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # BufferedReader hands a memoryview
        """Fill a part of the buffer and return its length; 0 at the end."""
        if self._broken is not None:
            raise self._broken
        try:
            self._fill()
        except SourceError as error:
            self._broken = error
            raise
        length = min(len(buffer), len(self._ready))
        buffer[:length] = self._ready[:length]
        self._ready = self._ready[length:]
        return length

    def _fill(self) -> None:
        """Unpack until something is ready, or everything is read."""
        while not self._ready:
            if self._packing == "deflate" and self._member.eof:
                return
            if not self._pending:
                self._pending = self._packed.read1(_STEP)
                if not self._pending:
                    if self._member.eof:
                        return
                    raise self._failure("data ends before its end mark")
            if self._member.eof:
                self._member = self._new_member()
            self._unpack()

    @property
    def rest(self) -> bytes:
        """What was read from the packed stream and is not part of it: of ``deflate``, once all of it is read."""
        return self._pending

    def _unpack(self) -> None:
        """Unpack what is pending, as far as this member goes."""
        try:
            data = self._member.decompress(self._pending)
        except self._error as error:
            raise self._failure(f"data is damaged ({error})") from None
        rest = self._member.unused_data if self._member.eof else b""
        self._taken += len(self._pending) - len(rest)
        self._pending = rest if self._packing == "deflate" else rest.lstrip(b"\0")  # zeros after a member are padding
        self._given += len(data)
        self._ready = memoryview(data)
        self._check()

    def _check(self) -> None:
        """Refuse what unpacks to too much."""
        limits, given = self._limits, self._given
        if given > limits.unpacked_bytes:
            message, limit = f"unpacks to more than {limits.unpacked_bytes:,} bytes; refused", "unpacked_bytes"
        elif given > _UNCHECKED_BYTES and given > limits.unpacked_ratio * self._taken:
            message, limit = f"unpacks to more than {limits.unpacked_ratio} times its size; refused", "unpacked_ratio"
        else:
            return
        raise LimitError(f"the {self._packing} data {message}", source=self._name, limit=limit)

    def _failure(self, what: str) -> SourceError:
        """Return the error of data that cannot be read on, with how far it was read."""
        place = f"after {self._taken:,} bytes ({self._given:,} unpacked)"
        return SourceError(f"the {self._packing} {what}, {place}", source=self._name)


def _unpacker(packing: str) -> tuple[Callable[[], _Member], type[Exception]]:
    """Return what makes an unpacker of one member, and the error that it raises."""
    if packing != "Zstandard":
        import zlib  # noqa: PLC0415  (most sources are not packed)

        bits = -zlib.MAX_WBITS if packing == "deflate" else 16 + zlib.MAX_WBITS
        return lambda: zlib.decompressobj(bits), zlib.error
    try:
        import zstandard  # noqa: PLC0415  (an extra)
    except ImportError:
        raise MissingExtraError("zstd", "reading Zstandard data") from None
    unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW_BYTES)
    return unpacker.decompressobj, zstandard.ZstdError
