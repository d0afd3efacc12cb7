"""One row of JSON Lines is one page, whatever is wrong with the row."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import orjson
import pytest

from bidi_news.read.jsonl import parse_rows, row_page

if TYPE_CHECKING:
    from bidi_news.model import Page


def pages(*lines: bytes) -> list[Page]:
    """Return the pages of some lines."""
    return [row_page(row, "in.jsonl") for row in parse_rows(lines, "in.jsonl", longest=1 << 20) if row is not None]


def page(line: bytes) -> Page:
    """Return the page of one line."""
    (only,) = pages(line)
    return only


def test_fields_of_a_row() -> None:
    """Each known field has its place, and each unknown one is kept as extra."""
    row = {"id": [1], "html": "<p>a", "url": "https://x.example/", "language": "he", "page_type": "live", "n": 2}
    got = page(orjson.dumps(row))
    assert (got.id, got.html, got.url, got.language) == ([1], "<p>a", "https://x.example/", "he")
    assert got.extra == {"page_type": "live", "n": 2}
    assert got.issues == ()


def test_bytes_are_base64() -> None:
    """Bytes come in as base64, line breaks in it allowed."""
    data = bytes(range(256))
    assert page(orjson.dumps({"bytes": base64.encodebytes(data).decode()})).data == data


@pytest.mark.parametrize(
    ("given", "offset"), [("2015-06-23T21:05:00", 0), ("2015-06-23T21:05:00+03:00", 3), ("2015-06-23T21:05:00Z", 0)]
)
def test_crawl_time(given: str, offset: int) -> None:
    """The crawl time keeps its offset, and is in UTC where it names none."""
    got = page(orjson.dumps({"text": "a", "crawled_at": given})).crawled_at
    assert got == datetime(2015, 6, 23, 21, 5, tzinfo=UTC) - timedelta(hours=offset)
    assert got is not None
    assert got.utcoffset() == timedelta(hours=offset)


@pytest.mark.parametrize(
    "row", [{"crawled_at": "yesterday"}, {"crawled_at": 7}, {"url": {"x": 1}}, {"language": ["he"]}]
)
def test_bad_context_is_ignored_and_said(row: dict[str, object]) -> None:
    """An optional field of the wrong kind never costs the page: it is ignored, and an issue says so."""
    got = page(orjson.dumps({"id": 1, "text": "a", **row}))
    assert got.text == "a"
    assert (got.url, got.language, got.crawled_at) == (None, None, None)
    assert [issue.code for issue in got.issues] == ["ignored_field"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'{"id": 1, "text"', "invalid_json"),
        (b"nothing", "invalid_json"),
        (b'{"text":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "invalid_json"),
        (b"[1, 2]", "invalid_row"),
        (b"null", "invalid_row"),
        (b'{"id": 1}', "missing_content"),
        (b'{"id": 1, "text": null}', "missing_content"),
        (b'{"id": 1, "text": 5}', "wrong_type"),
        (b'{"id": 1, "html": ["<p>"]}', "wrong_type"),
        (b'{"id": 1, "text": "a", "html": "<p>a"}', "several_contents"),
        (b'{"id": 1, "bytes": "a!"}', "invalid_base64"),
        ('{"id": 1, "bytes": "שלום"}'.encode(), "invalid_base64"),
    ],
)
def test_bad_row_is_a_failed_page(line: bytes, code: str) -> None:
    """A row without readable content becomes a page that fails by source and line, and the next row goes on."""
    first, failed, last = pages(b'{"text": "a"}', line, b'{"text": "b"}')
    assert (first.text, last.text) == ("a", "b")
    assert failed.failure is not None
    assert failed.failure.code == code
    assert failed.failure.message.startswith("in.jsonl, line 2: ")


def test_failed_row_keeps_its_id() -> None:
    """What can be read of a failed row stays with it."""
    got = page(b'{"id": "x7", "text": 5, "url": "https://x.example/", "more": 1}')
    assert (got.id, got.url, got.extra) == ("x7", "https://x.example/", {"more": 1})


def test_blank_lines_are_skipped_but_counted() -> None:
    """Blank lines are no rows, and line numbers still count them."""
    (got,) = pages(b"\n", b"  \r\n", b"{\n")
    assert got.failure is not None
    assert "line 3:" in got.failure.message


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (b'{"text": "a", "value": NaN}', "a"),
        (b'{"text": "a\\ud800"}', "a\ud800"),
        (b'{"text": "a\tb"}', "a\tb"),
        ('{"text": "שלום לכולם"}'.encode("cp1255"), "שלום לכולם"),
        (b'\xef\xbb\xbf{"text": "a"}', "a"),
    ],
)
def test_row_that_strict_json_refuses(line: bytes, text: str) -> None:
    """NaN, lone surrogates, raw control characters, a byte order mark and old encodings do not cost a row."""
    assert page(line).text == text


@pytest.mark.parametrize("number", [2**63, 2**64, 10**40])
def test_long_id_is_exact(number: int) -> None:
    """An integer of more than 64 bits is not rounded."""
    assert page(b'{"id": %d, "text": "a"}' % number).id == number


def test_endless_integer_is_a_string() -> None:
    """An integer that Python refuses to read stays as its digits."""
    assert page(b'{"id": ' + b"9" * 5000 + b', "text": "a"}').id == "9" * 5000


def test_pause_is_handed_on() -> None:
    """A pause of the source is a pause of the rows and no line."""
    rows = list(parse_rows([None, b"{}", None], "x", longest=80))
    assert [row and row.number for row in rows] == [None, 1, None]


@pytest.mark.parametrize("field", ["encoding", "charset"])
def test_declared_encoding_of_bytes(field: str) -> None:
    """A row may say how its bytes are encoded; the field comes out again, and one of the wrong type is no label."""
    data = base64.b64encode("שלום".encode("cp1255")).decode()
    declared = page(orjson.dumps({"bytes": data, field: "windows-1255"}))
    assert (declared.encoding, declared.extra) == ("windows-1255", {field: "windows-1255"})
    assert page(orjson.dumps({"bytes": data, field: 7})).encoding is None
