"""Sources are unpacked where they are packed, and damage is never taken for the end."""

from __future__ import annotations

import gzip
import os
import sys
from typing import TYPE_CHECKING

import pytest

from bidi_news.errors import SourceError
from bidi_news.read.streams import open_source, read_lines

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "שורה של טקסט\n".encode() * 50_000


def read(path: Path) -> bytes:
    """Return everything in a source."""
    with open_source(str(path)) as stream:
        return stream.read()


def test_plain_file(tmp_path: Path) -> None:
    """A file that is not packed comes as it is."""
    path = tmp_path / "a"
    path.write_bytes(TEXT)
    assert read(path) == TEXT


def test_gzip_is_known_by_its_content(tmp_path: Path) -> None:
    """A packed file is unpacked whatever its name, several members and padding included."""
    path = tmp_path / "a"
    path.write_bytes(gzip.compress(TEXT) + gzip.compress(b"more") + bytes(512))
    assert read(path) == TEXT + b"more"


@pytest.mark.parametrize("cut", [4, 10, 100, -8, -1])
def test_cut_gzip_is_an_error(tmp_path: Path, cut: int) -> None:
    """A packed file that ends too early is reported, wherever it was cut."""
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(TEXT)[:cut])
    with pytest.raises(SourceError, match="ends before its end mark"):
        read(path)


def test_damaged_gzip_is_an_error(tmp_path: Path) -> None:
    """A wrong check sum is reported."""
    data = bytearray(gzip.compress(TEXT))
    data[-6] ^= 1
    path = tmp_path / "a.gz"
    path.write_bytes(data)
    with pytest.raises(SourceError, match="damaged"):
        read(path)


def test_gzip_bomb_is_refused(tmp_path: Path) -> None:
    """A small file that unpacks to very much is refused before it fills the memory."""
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(bytes(100_000_000), 9))
    with pytest.raises(SourceError, match="refused"):
        read(path)


def test_lines_of_a_file(tmp_path: Path) -> None:
    """Lines end at line feeds only, and the last one needs none."""
    path = tmp_path / "a"
    path.write_bytes(b"a\r\n\x0b\x0c\xc2\x85\n\nlast")
    with open_source(str(path)) as stream:
        assert list(read_lines(stream)) == [b"a\r\n", b"\x0b\x0c\xc2\x85\n", b"\n", b"last"]


def test_lines_of_a_live_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe gives each line as it comes in, says when it pauses, and joins a line that comes in pieces."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "r") as stdin, os.fdopen(writing, "wb", buffering=0) as pipe:
        monkeypatch.setattr(sys, "stdin", stdin)
        pipe.write(b"one\ntw")  # opening looks at the first bytes and would wait for them
        with open_source("-") as stream:
            lines = read_lines(stream)
            assert [next(lines), next(lines)] == [b"one", None]
            pipe.write(b"o\n\nlast")
            pipe.close()
            assert [line for line in lines if line is not None] == [b"two", b"", b"last"]
