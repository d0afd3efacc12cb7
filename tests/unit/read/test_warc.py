"""WARC and WET records become pages with what the crawler knew; a cut or damaged archive is never taken for a whole."""

from __future__ import annotations

import gzip
import io
import random
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bidi_news.errors import SourceError
from bidi_news.options import Limits
from bidi_news.read import read_pages
from bidi_news.read.packed import unpacked
from bidi_news.read.sources import source_pages

if TYPE_CHECKING:
    from pathlib import Path

    from bidi_news.model import Page

warc = pytest.importorskip("fastwarc.warc", reason="the extra warc is not installed")

HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; Charset=%s\r\n\r\n"


def record(number: int, block: bytes, kind: str = "conversion", **fields: str) -> bytes:
    """Return one WARC record."""
    content_type = "application/http; msgtype=response" if kind == "response" else "text/plain"
    header = {
        "WARC-Type": kind,
        "WARC-Target-URI": f"https://news.example/{number}",
        "WARC-Date": "2020-01-02T03:04:05Z",
        "WARC-Record-ID": f"<urn:example:{number}>",
        "Content-Type": content_type,
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in header.items())
    return b"WARC/1.0\r\n" + lines.encode() + b"\r\n" + block + b"\r\n\r\n"


def text(number: int) -> bytes:
    """Return the text of a page."""
    return f"כותרת {number}\n\n".encode() * (1 + number % 7)


def into(data: bytes, pages: list[Page], limits: Limits | None = None) -> list[Page]:
    """Read an archive."""
    from bidi_news.read.warc import warc_pages  # noqa: PLC0415  (after the extra was looked for)

    limits = limits or Limits()
    stream, _ = unpacked(io.BufferedReader(io.BytesIO(data)), "a.warc", limits)
    for page in warc_pages(stream, "a.warc", limits):
        pages.append(page)  # noqa: PERF402  (what came before an error is wanted)
    return pages


def read(data: bytes, limits: Limits | None = None) -> list[Page]:
    """Return the pages of a whole archive."""
    return into(data, [], limits)


def test_text_that_a_crawler_made() -> None:
    """A WET record keeps its id, its address, and its time as the time of the crawl."""
    (page,) = read(record(0, b"WARC-Format: x", "warcinfo") + record(1, text(1)))
    assert (page.data, page.form) == (text(1), "text")
    assert (page.id, page.url) == ("urn:example:1", "https://news.example/1")
    assert page.crawled_at == datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert page.issues == ()


def test_response_in_its_own_encoding() -> None:
    """The charset of the HTTP header decides how a response is decoded."""
    block = HTML % b'"windows-1255"' + "<p>שלום".encode("cp1255")
    (page,) = read(record(1, block, "response"))
    assert (page.encoding, page.issues) == ("windows-1255", ())
    assert read_pages([page])[0].text == "שלום"


def test_what_is_no_page_is_left_out() -> None:
    """Requests, redirects, errors, images, revisits and metadata are no pages; a resource that is text is one."""
    image = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"
    moved = b"HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n\r\n<p>moved"
    data = record(1, b"GET / HTTP/1.1\r\n\r\n", "request", Content_Type="application/http; msgtype=request")
    data += record(2, moved, "response") + record(3, image, "response") + record(4, b"a: b", "metadata")
    data += record(5, HTML % b"utf-8", "revisit") + record(6, b"x", "resource", Content_Type="text/dns")
    data += record(7, b"<p>x", "resource", Content_Type="text/html")
    assert [(page.data, page.form) for page in read(data)] == [(b"<p>x", "html")]


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        (b"Content-Encoding: gzip", gzip.compress(b"<p>page")),
        (b"Content-Encoding: gzip", b"<p>page"),
        (b"Content-Encoding: deflate", zlib.compress(b"<p>page")),
        (b"Content-Encoding: deflate", zlib.compress(b"<p>page")[2:-4]),
        (b"Transfer-Encoding: chunked", b"3\r\n<p>\r\n4;x=y\r\npage\r\n0\r\n\r\n"),
        (b"Transfer-Encoding: chunked", b"<p>page"),
        (b"Content-Encoding: identity", b"<p>page"),
    ],
)
def test_packed_responses(fields: bytes, body: bytes) -> None:
    """A response is unpacked, be it that the archive holds it as it was sent or already without its packing."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + fields + b"\r\n\r\n" + body
    (page,) = read(record(1, block, "response"))
    assert page.data == b"<p>page"


def test_a_damaged_response_is_an_error_record() -> None:
    """A response that cannot be unpacked fails alone."""
    block = b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nnot brotli"
    bad, good = read(record(1, block, "response") + record(2, text(2)))
    assert bad.failure is not None
    assert bad.failure.code == "damaged_content"
    assert "a.warc, record at byte 0: its br data is damaged" in bad.failure.message
    assert bad.url == "https://news.example/1"
    assert good.data == text(2)


def test_limits_hold_for_blocks_and_for_what_is_unpacked() -> None:
    """A record that is too large, packed or unpacked, is an error record that names the limit; the next one is read."""
    block = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(5_000))
    data = record(1, b"x" * 2000) + record(2, block, "response") + record(3, b"small")
    large, bomb, small = read(data, Limits(page_bytes=1000))
    assert large.failure is not None
    assert large.failure == bomb.failure or "limit page_bytes" in str(bomb.failure)
    assert large.failure.message == "a.warc, record at byte 0: is larger than 1,000 bytes (limit page_bytes)"
    assert small.data == b"small"


def test_a_truncated_capture_says_so() -> None:
    """What the crawler cut is a page, and an issue says that it was cut."""
    (page,) = read(record(1, b"half a pa", WARC_Truncated="length"))
    assert [issue.code for issue in page.issues] == ["truncated_capture"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_every_cut_is_an_error_after_all_whole_records(pack: type[bytes]) -> None:
    """Wherever an archive is cut, every whole record before the cut comes out, and the cut is reported.

    A record that only lacks the empty lines behind it is whole.
    """
    parts = [pack(record(number, text(number))) for number in range(30)]
    data = b"".join(parts)
    ends = [sum(map(len, parts[: number + 1])) for number in range(30)]
    inside = [header for number in range(5) for header in range(ends[number], ends[number] + 240, 7)]
    cuts = random.Random(3).sample(range(1, len(data)), 50) + inside  # noqa: S311  (places, not secrets)
    for cut in set(cuts) - set(ends):
        got: list[Page] = []
        with pytest.raises(SourceError, match=r"a\.warc: the (WARC data is cut|gzip data ends)"):
            into(data[:cut], got)
        whole = sum(end <= cut for end in ends)
        assert [page.data for page in got][:whole] == [text(number) for number in range(whole)]
        assert len(got) <= whole + (text(whole) == (got[-1].data if got else None))


def test_damage_is_said_with_its_place() -> None:
    """Bytes between two records that are none end the reading, and that is said."""
    got: list[Page] = []
    first = record(1, text(1))
    with pytest.raises(SourceError, match="the WARC data is cut or damaged after the record at byte 0 "):
        into(first + b"junk\r\n" + record(2, text(2)), got)
    assert [page.data for page in got] == [text(1)]


def test_archives_are_known_by_their_content(tmp_path: Path) -> None:
    """A WARC archive is read whatever its name, packed by record or as a whole, alone or in a folder."""
    parts = [record(number, text(number)) for number in range(3)]
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.warc.wet.gz").write_bytes(b"".join(map(gzip.compress, parts)))
    (tmp_path / "a" / "2.warc").write_bytes(b"".join(parts))
    (tmp_path / "b").write_bytes(gzip.compress(b"".join(parts)))
    problems: list[SourceError] = []
    paths = [str(tmp_path / "a"), str(tmp_path / "b")]
    pages = [page for page in source_pages(paths, report=problems.append) if page is not None]
    assert [page.data for page in pages] == [text(number) for number in (0, 1, 2)] * 3
    assert problems == []


def test_without_the_package_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without fastwarc, an archive is one clear message that says what to install, and other sources are read."""
    monkeypatch.setitem(__import__("sys").modules, "fastwarc.warc", None)
    (tmp_path / "a.warc").write_bytes(record(1, text(1)))
    (tmp_path / "b.txt").write_bytes(b"page")
    problems: list[SourceError] = []
    assert [page.id for page in source_pages([str(tmp_path)], report=problems.append) if page] == [f"{tmp_path}/b.txt"]
    assert [str(problem) for problem in problems] == [
        f"{tmp_path}/a.warc: reading WARC and WET archives needs an extra: pip install 'bidi_news[warc]'"
    ]
