"""Sources are streams of bytes, and lines come as they are ready."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from bidi_news.read.streams import open_source, read_lines

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

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


def test_lines_of_a_file(tmp_path: Path) -> None:
    """Lines end at line feeds only, and the last one needs none."""
    path = tmp_path / "a"
    path.write_bytes(b"a\r\n\x0b\x0c\xc2\x85\n\nlast")
    with open_source(str(path)) as stream:
        assert list(read_lines(stream, longest=80)) == [b"a\r\n", b"\x0b\x0c\xc2\x85\n", b"\n", b"last"]


def test_lines_of_a_live_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe gives each line as it comes in, says when it pauses, and joins a line that comes in pieces."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "r") as stdin, os.fdopen(writing, "wb", buffering=0) as pipe:
        monkeypatch.setattr(sys, "stdin", stdin)
        pipe.write(b"one\ntw")  # opening looks at the first bytes and would wait for them
        with open_source("-") as stream:
            lines = read_lines(stream, longest=80)
            assert [next(lines), next(lines)] == [b"one", None]
            pipe.write(b"o\n\nlast")
            pipe.close()
            assert [line for line in lines if line is not None] == [b"two", b"", b"last"]


def test_a_long_line_shows_and_costs_no_memory(tmp_path: Path) -> None:
    """A line that is longer than allowed is cut one byte after that, and the next line is whole."""
    path = tmp_path / "a"
    path.write_bytes(b"x" * 80 + b"\n" + b"y" * 79 + b"\n" + b"z" * 1000 + b"\nlast")
    with open_source(str(path)) as stream:
        assert list(read_lines(stream, longest=80)) == [b"x" * 80 + b"\n", b"y" * 79 + b"\n", b"z" * 81, b"last"]


def test_a_long_line_of_a_live_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same holds for a line that comes through a pipe in pieces."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "r") as stdin, os.fdopen(writing, "wb", buffering=0) as pipe:
        monkeypatch.setattr(sys, "stdin", stdin)
        pipe.write(b"x" * 100)
        with open_source("-") as stream:
            lines = read_lines(stream, longest=80)
            assert next(lines) is None
            pipe.write(b"x" * 100 + b"\n" + b"y" * 90 + b"\nlast")
            pipe.close()
            assert [line for line in lines if line is not None] == [b"x" * 81, b"y" * 81, b"last"]
