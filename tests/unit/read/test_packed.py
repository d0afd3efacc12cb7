"""Packed streams come out whole and checked; damage is never taken for the end, and a bomb is refused."""

from __future__ import annotations

import gzip
import io
import random
import sys
from typing import TYPE_CHECKING

import pytest

from bidi_news.errors import LimitError, MissingExtraError, SourceError
from bidi_news.options import Limits
from bidi_news.read.packed import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "".join(f"שורה {number} של טקסט\n" for number in range(20_000)).encode()


def zstd(data: bytes) -> bytes:
    """Pack as Zstandard."""
    zstandard = pytest.importorskip("zstandard", reason="the extra zstd is not installed")
    return bytes(zstandard.ZstdCompressor().compress(data))


def read(data: bytes, limits: Limits | None = None) -> bytes:
    """Return everything in a packed stream."""
    return unpacked(io.BufferedReader(io.BytesIO(data)), "a", limits or Limits())[0].read()


def copy(data: bytes, target: io.BytesIO) -> None:
    """Copy a packed stream piece by piece."""
    stream, _ = unpacked(io.BufferedReader(io.BytesIO(data)), "a", Limits())
    while chunk := stream.read1():
        target.write(chunk)


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_members_come_out_one_after_the_other(pack: Callable[[bytes], bytes]) -> None:
    """All members of a packed stream are read, padding and empty ones too."""
    assert read(pack(TEXT) + pack(b"") + pack(b"more") + bytes(512)) == TEXT + b"more"


def test_frames_without_data_are_skipped() -> None:
    """A Zstandard stream may begin with a frame that carries something else."""
    assert read(b"\x50\x2a\x4d\x18\x04\0\0\0note" + zstd(TEXT)) == TEXT


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_packed_twice(pack: Callable[[bytes], bytes]) -> None:
    """A stream that is packed in another packing is unpacked to its end."""
    stream, layers = unpacked(io.BufferedReader(io.BytesIO(gzip.compress(pack(TEXT)))), "a", Limits())
    assert (stream.read(), layers) == (TEXT, 2)


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_every_cut_is_an_error_after_all_that_is_whole(pack: Callable[[bytes], bytes]) -> None:
    """Wherever a stream is cut, what stands before the cut comes out, and then the cut is reported."""
    packed = pack(TEXT)
    for cut in random.Random(1).sample(range(4, len(packed)), 20):  # noqa: S311  (places, not secrets)
        got = io.BytesIO()
        with pytest.raises(SourceError, match="data ends before its end mark, after"):
            copy(packed[:cut], got)
        assert TEXT.startswith(got.getvalue())
        if pack is gzip.compress:
            assert len(got.getvalue()) >= len(TEXT) * (cut - 1000) // len(packed)


def test_damage_is_an_error() -> None:
    """A wrong check sum, and data that cannot be unpacked, are reported with their place."""
    data = bytearray(gzip.compress(TEXT))
    data[-6] ^= 1
    with pytest.raises(SourceError, match=r"a: the gzip data is damaged .*, after [\d,]+ bytes \([\d,]+ unpacked\)"):
        read(bytes(data))
    with pytest.raises(SourceError, match="the gzip data is damaged"):
        read(gzip.compress(TEXT) + b"junk")


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_a_bomb_is_refused(pack: Callable[[bytes], bytes]) -> None:
    """What unpacks to far more than pages do is refused before it fills the memory, and the limit is named."""
    with pytest.raises(LimitError, match="more than 200 times its size") as caught:
        read(pack(bytes(100_000_000)))
    assert caught.value.limit == "unpacked_ratio"


def test_the_total_is_limited() -> None:
    """No more comes out of one stream than the caller allows."""
    with pytest.raises(LimitError, match=r"more than 1,000 bytes; refused \(limit unpacked_bytes\)"):
        read(gzip.compress(TEXT), Limits(unpacked_bytes=1000))


def test_the_layers_are_limited() -> None:
    """A stream that is packed again and again is refused."""
    data = TEXT
    for _ in range(4):
        data = gzip.compress(data)
    assert read(data) == TEXT
    with pytest.raises(LimitError, match="packed more than 4 times") as caught:
        read(gzip.compress(data))
    assert caught.value.limit == "nesting"


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Zstandard data without its package is one clear error that says what to install."""
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(MissingExtraError, match=r"bidi_news\[zstd\]"):
        read(b"\x28\xb5\x2f\xfd....")
