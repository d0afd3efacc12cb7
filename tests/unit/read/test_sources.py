"""Files, folders and streams become pages, in order; what cannot be read is reported and stops nothing."""

from __future__ import annotations

import gzip
import os
from typing import TYPE_CHECKING

import pytest

from bidi_news.read.sources import SourceFormat, source_pages, source_rows

if TYPE_CHECKING:
    from pathlib import Path

    from bidi_news.errors import SourceError
    from bidi_news.model import Page


def read(*paths: Path | str, form: SourceFormat = "auto") -> tuple[list[Page], list[str]]:
    """Return the pages of some sources and the messages of what could not be read."""
    problems: list[SourceError] = []
    pages = [page for page in source_pages([str(p) for p in paths], form, report=problems.append) if page is not None]
    return pages, [str(problem) for problem in problems]


def write(path: Path, data: bytes) -> Path:
    """Write a file and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", b"<html><p>not parsed", "text"),
        ("a.html", b"no markup", "html"),
        ("a.HTM", b"x", "html"),
        ("a.jsonl", b'{"text": "a"}', "text"),
        ("a.ndjson.gz", gzip.compress(b'{"html": "a"}'), "html"),
        ("a.txt.gz", gzip.compress(b"x"), "text"),
        ("page", b"just words", "text"),
        ("page", b"\xef\xbb\xbf  <!DOCTYPE html><p>x", "html"),
        ("page", "<html><p>x".encode("utf-16"), "html"),
        ("page", b'\n{"html": "a"}\n', "html"),
        ("page.dump", b"{curly} text", "text"),
        ("page", b"<3 this page", "text"),
    ],
)
def test_kind_by_suffix_then_content(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    """A known suffix says what a file holds; any other file is judged by how it begins."""
    (page,), problems = read(write(tmp_path / name, data))
    assert problems == []
    assert page.form == kind or getattr(page, kind) is not None


def test_told_format_wins(tmp_path: Path) -> None:
    """A format that the user names is not second-guessed."""
    (page,), _ = read(write(tmp_path / "a.html", b"<p>x"), form="text")
    assert page.form == "text"


def test_id_is_the_path_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The id of a file that is one page is its path, written as the user wrote it."""
    write(tmp_path / "sub" / "a.txt", b"x")
    monkeypatch.chdir(tmp_path)
    assert [page.id for page in read("sub/a.txt", "sub")[0]] == ["sub/a.txt", "sub/a.txt"]


def test_folder_is_walked_in_order(tmp_path: Path) -> None:
    """A folder gives its pages in the order of their paths, and only files with a known suffix."""
    for name in ("b.txt", "a/z.txt", "a/b/c.html", "c.jsonl", "d.exe", "README", "a.txt"):
        write(tmp_path / name, b'{"id": "row", "text": "a"}')
    pages, problems = read(tmp_path)
    names = [str(page.id).removeprefix(f"{tmp_path}/") for page in pages]
    assert names == ["a/b/c.html", "a/z.txt", "a.txt", "b.txt", "row"]
    assert problems == []


def test_links_to_folders_do_not_loop(tmp_path: Path) -> None:
    """A folder that links to itself is walked once."""
    write(tmp_path / "a.txt", b"x")
    (tmp_path / "again").symlink_to(tmp_path)
    assert len(read(tmp_path)[0]) == 1


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("p.txt", b"\x89PNG\r\n\x1a\n\0\0", "is a PNG image, not a page"),
        ("p.html", b"%PDF-1.7\n", "is a PDF document, not a page"),
        ("p", bytes(range(256)) * 4, "is a binary file, not a page"),
        (
            "p.txt.gz",
            gzip.compress(b"x" * 1000)[:-4],
            "the gzip data ends before its end mark, after 25 bytes (1,000 unpacked)",
        ),
    ],
)
def test_bad_file_among_good_ones(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    """A file that is no page is reported by its name, and the files around it are read."""
    good = [write(tmp_path / "1.txt", b"one"), write(tmp_path / "2.txt", b"two")]
    bad = write(tmp_path / name, data)
    pages, problems = read(good[0], bad, good[1])
    assert [page.data for page in pages] == [b"one", b"two"]
    assert problems == [f"{bad}: {message}"]


def test_missing_file_and_empty_folder(tmp_path: Path) -> None:
    """A path that is not there, and a folder without pages, are one message each."""
    write(tmp_path / "folder" / "a.exe", b"x")
    pages, problems = read(tmp_path / "no.txt", tmp_path / "folder", "nul\0path")
    assert pages == []
    assert [problem.partition(": ")[2][:23] for problem in problems] == [
        "no such file or directo",
        "the folder has no pages",
        "embedded null byte",
    ]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may read everything")
def test_unreadable_file(tmp_path: Path) -> None:
    """A file without permission is reported."""
    write(tmp_path / "a.txt", b"x").chmod(0)
    assert read(tmp_path / "a.txt")[1] == [f"{tmp_path}/a.txt: permission denied"]


def test_empty_file_is_reported_and_is_a_page(tmp_path: Path) -> None:
    """An empty text file is an empty page; since that is seldom meant, it is reported too."""
    pages, problems = read(write(tmp_path / "a.txt", b""), write(tmp_path / "b.jsonl", b""))
    assert [page.data for page in pages] == [b""]
    assert problems == [f"{tmp_path}/a.txt: is empty", f"{tmp_path}/b.jsonl: is empty"]


def test_cut_json_lines_keep_their_whole_rows(tmp_path: Path) -> None:
    """Rows before the damage of a packed file are read, and then the damage is reported."""
    lines = b"".join(b'{"id": %d, "text": "%s"}\n' % (i, os.urandom(500).hex().encode()) for i in range(500))
    path = write(tmp_path / "a.jsonl.gz", gzip.compress(lines)[:-4000])
    pages, problems = read(path)
    assert [page.id for page in pages] == list(range(len(pages)))
    assert 400 < len(pages) < 500
    (problem,) = problems
    assert problem.startswith(f"{path}: the gzip data ends before its end mark, after ")


def test_repeated_id_is_kept_and_said(tmp_path: Path) -> None:
    """An id that comes again, in whatever file, keeps its page, which says so; null is no id."""
    one = write(tmp_path / "1.jsonl", b'{"id": 1, "text": "a"}\n{"id": null, "text": "b"}\n{"id": "1", "text": "c"}')
    two = write(tmp_path / "2.jsonl", b'{"id": null, "text": "d"}\n{"id": 1, "text": "e"}\n{"id": [1], "text": "f"}')
    pages, _ = read(one, two)
    assert [page.text for page in pages if page.issues] == ["e"]
    assert pages[4].issues[0].code == "repeated_id"


def test_repeated_ids_are_found_among_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many ids came before, one that comes again is found, and no other is taken for one."""
    monkeypatch.setattr("bidi_news.read.repeats._RECENT", 10)
    numbers = [*range(300), 299, 0, 150, 9, 10, 11, -1]
    path = write(tmp_path / "a.jsonl", b"".join(b'{"id": %d, "text": ""}\n' % number for number in numbers))
    pages, _ = read(path)
    assert [page.id for page in pages if page.issues] == [299, 0, 150, 9, 10, 11]


def test_rows_for_other_tables(tmp_path: Path) -> None:
    """Rows can be had without making pages of them."""
    path = write(tmp_path / "pairs", b'{"id": 1, "a": "x", "b": "y"}\n')
    rows = [row for row in source_rows([str(path)], report=print) if row is not None]
    assert [row.value for row in rows] == [{"id": 1, "a": "x", "b": "y"}]
