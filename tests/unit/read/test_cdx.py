"""Indexes of WARC archives: what they name is read, from its own place, and nothing else is."""

from __future__ import annotations

import gzip
import json
import random
from typing import TYPE_CHECKING

import pytest

from bidi_news.options import Limits
from bidi_news.read.slices import slice_pages, source_slices
from bidi_news.read.sources import source_pages

if TYPE_CHECKING:
    from pathlib import Path

    from bidi_news.model import Page

pytest.importorskip("fastwarc.warc", reason="the extra warc is not installed")

COUNT = 60


def record(number: int) -> bytes:
    """Return one WARC record; every fifth is an image, which is no page."""
    media = "image/png" if number % 5 == 4 else "text/html"
    body = f"<h1>Page {number}</h1><p>" + f"Words of page {number}. " * number
    block = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n\r\n{body}".encode()
    header = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: https://news.example/{number}\r\nWARC-Record-ID: <urn:example:{number}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return header.encode() + block + b"\r\n\r\n"


@pytest.fixture(params=["pages.warc.gz", "pages.warc"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return an archive, with its index beside it."""
    path: Path = tmp_path / request.param
    places = []
    with path.open("wb") as file:
        for number in range(COUNT):
            data = gzip.compress(record(number)) if path.suffix == ".gz" else record(number)
            places.append((file.tell(), len(data)))
            file.write(data)
    lines = [
        f"example,news)/{number} 20200102030405 "
        + json.dumps(
            {"url": f"https://news.example/{number}", "offset": str(start), "length": str(size)}
            | {"filename": f"crawl/segment/{path.name}"}
        )
        for number, (start, size) in enumerate(places)
    ]
    (tmp_path / "index.cdxj").write_text("\n".join(lines) + "\n")
    rows = [
        f"example,news)/{number} 2020 https://news.example/{number} text/html 200 A - - {size} {start} {path.name}"
        for number, (start, size) in enumerate(places)
    ]
    (tmp_path / "index.cdx").write_text("\n".join([" CDX N b a m s k r M S V g", *rows]) + "\n")
    return path


def read(path: Path, **limits: int) -> tuple[list[Page], list[str]]:
    """Return the pages of a source, and what was reported."""
    problems: list[str] = []
    pages = source_pages([str(path)], limits=Limits(**limits), report=lambda error: problems.append(str(error)))
    return [page for page in pages if page is not None], problems


@pytest.mark.parametrize("index", ["index.cdxj", "index.cdx"])
def test_an_index_gives_what_its_archive_gives(archive: Path, index: str) -> None:
    """Each record that is a page comes out as it does when the archive is read as a whole."""
    assert read(archive.with_name(index)) == read(archive)
    assert len(read(archive)[0]) == COUNT * 4 // 5


def test_only_what_the_index_names_is_read(archive: Path) -> None:
    """Lines in any order and number give their pages, and damage elsewhere in the archive does not matter."""
    index = archive.with_name("index.cdxj")
    first, *lines = [line for number, line in enumerate(index.read_text().splitlines()) if number % 5 != 4]
    chosen = random.Random(1).sample(lines, 7)  # noqa: S311  (a test)
    index.write_text("\n".join(chosen))
    archive.write_bytes(bytes(int(fields(first)["length"])) + archive.read_bytes()[int(fields(first)["length"]) :])
    pages, problems = read(index)
    assert [page.url for page in pages] == [fields(line)["url"] for line in chosen]
    assert problems == []


def fields(line: str) -> dict[str, str]:
    """Return the object in a line of CDXJ."""
    found: dict[str, str] = json.loads(line[line.index("{") :])
    return found


@pytest.mark.parametrize("size", [64 * 300, 64 * 2000, 10**9])
@pytest.mark.parametrize("index", ["index.cdxj", "index.cdx"])
def test_slices_of_an_index(archive: Path, index: str, size: int) -> None:
    """However an index is cut, each of its lines is read once and in order."""
    path = str(archive.with_name(index))
    problems: list[object] = []
    slices = list(source_slices([path], size=size, report=problems.append))
    pages = [page for x in slices for page in slice_pages(x, limits=Limits(), report=problems.append)]
    assert problems == []
    assert [page.url for page in pages] == [page.url for page in read(archive)[0]]
    assert (len(slices) > 1) == (size < 10**9)


def test_lines_that_lead_nowhere_are_error_records(archive: Path) -> None:
    """A line that cannot be read, and one whose record cannot, is named, and the others come out."""
    index = archive.with_name("index.cdxj")
    good = index.read_text().splitlines()
    size = archive.stat().st_size
    bad = [
        "no line of an index",
        'a 2020 {"filename": 7, "offset": "0", "length": "9"}',
        'a 2020 {"filename": "gone.warc.gz", "offset": "0", "length": "9"}',
        f'a 2020 {{"filename": "{archive.name}", "offset": "{size - 20}", "length": "90"}}',
        f'a 2020 {{"filename": "{archive.name}", "offset": "{size + 20}", "length": "90"}}',
        'a 2020 {"filename": "a\\u0000b", "offset": "0", "length": "9"}',
        f'a 2020 {{"filename": "{archive.name}", "offset": "0", "length": "999999"}}',
        good[0],
    ]
    index.write_text("\n".join(bad))
    pages, problems = read(index, page_bytes=10**5)
    codes = ["invalid_row"] * 2 + ["unreadable_record"] * 4 + ["limit_exceeded"]
    assert [page.failure.code for page in pages if page.failure] == codes
    assert [page.failure.message.partition(": ")[0] for page in pages if page.failure] == [
        f"{index}, line {number}" for number in range(1, 8)
    ]
    assert pages[-1].url == "https://news.example/0"
    assert problems == []


def test_no_file_outside_the_folder_is_opened(archive: Path) -> None:
    """Whatever path a line gives, only files beside its index are read."""
    inner = archive.parent / "inner"
    inner.mkdir()
    for name in (f"../{archive.name}", str(archive)):
        (inner / "index.cdxj").write_text(f'a 2020 {{"filename": "{name}", "offset": "0", "length": "300"}}')
        (page,), _ = read(inner / "index.cdxj")
        assert page.failure is not None
        assert "No such file" in page.failure.message


def test_an_index_in_a_folder_is_not_read_again(archive: Path) -> None:
    """A folder that holds an archive and its index has each page once."""
    assert [page.url for page in read(archive.parent)[0]] == [page.url for page in read(archive)[0]]
