"""Slices of sources, side by side, have what the sources have."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bidi_news.options import Limits
from bidi_news.read.slices import slice_pages, source_slices
from bidi_news.read.sources import source_pages

if TYPE_CHECKING:
    from pathlib import Path

    from bidi_news.model import Page

LIMITS = Limits(page_bytes=200)


def pages_in_slices(path: Path, size: int) -> tuple[list[Page], list[str], int]:
    """Return the pages of all slices of a source, what was reported, and how many slices there are."""
    problems: list[Any] = []
    slices = list(source_slices([str(path)], size=size, report=problems.append))
    pages = [page for x in slices for page in slice_pages(x, limits=LIMITS, report=problems.append)]
    return pages, list(map(str, problems)), len(slices)


def pages_at_once(path: Path) -> tuple[list[Page], list[str]]:
    """Return the pages of a source that is read as a whole, and what was reported."""
    problems: list[Any] = []
    pages = [page for page in source_pages([str(path)], limits=LIMITS, report=problems.append) if page is not None]
    return pages, list(map(str, problems))


def contents(pages: list[Page]) -> list[tuple[object, str | None, str | None]]:
    """Return what slices must not change; only messages say where a slice begins."""
    return [(page.id, page.text, page.failure.code if page.failure else None) for page in pages]


@settings(max_examples=150)
@given(
    lines=st.lists(
        st.one_of(
            st.integers(0, 250).map(lambda size: json.dumps({"text": "x" * size})),
            st.sampled_from(["", "  ", "no JSON", '{"text": "\N{HEBREW LETTER ALEF}"}']),
        ),
        max_size=12,
    ),
    end=st.sampled_from(["", "\n"]),
    size=st.integers(1, 400),
)
def test_json_lines(tmp_path_factory: pytest.TempPathFactory, lines: list[str], end: str, size: int) -> None:
    """However a file is cut by bytes, each line is read once and in order: short, blank, broken and too long ones."""
    path = tmp_path_factory.mktemp("lines") / "pages.jsonl"
    path.write_bytes(("\n".join(lines) + end).encode())
    pages, problems, _ = pages_in_slices(path, size)
    assert (contents(pages), problems) == (contents(pages_at_once(path)[0]), pages_at_once(path)[1])


@pytest.mark.parametrize(("size", "fewest", "most"), [(1, 15, 15), (3000, 2, 14), (10**6, 1, 1)])
def test_parquet(tmp_path: Path, size: int, fewest: int, most: int) -> None:
    """However a file is cut by row groups, each row is read once and in order."""
    pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    pq = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")
    table = pa.table({"id": list(range(100)), "text": [f"{number} " * 30 for number in range(100)]})
    pq.write_table(table, tmp_path / "pages.parquet", row_group_size=7, compression="none", use_dictionary=False)
    pages, problems, count = pages_in_slices(tmp_path / "pages.parquet", size)
    assert contents(pages) == contents(pages_at_once(tmp_path / "pages.parquet")[0])
    assert (len(pages), problems) == (100, [])
    assert fewest <= count <= most


def test_what_cannot_be_cut_is_one_slice(tmp_path: Path) -> None:
    """Packed files, pages that are files and damaged tables stay whole, and give what they give as a whole."""
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"text": "a"}\n' * 9))
    (tmp_path / "b.txt").write_text("Talks resume\n" * 9)
    (tmp_path / "c.parquet").write_bytes(b"PAR1" + b"damaged " * 9)
    pages, problems, count = pages_in_slices(tmp_path, 10)
    assert count == 3
    assert contents(pages) == contents(pages_at_once(tmp_path)[0])
    assert problems == pages_at_once(tmp_path)[1]
    assert len(problems) == 1


def test_messages_say_where_their_slice_begins(tmp_path: Path) -> None:
    """The line of a broken row is counted from the first byte of its slice, which the message names."""
    path = tmp_path / "pages.jsonl"
    path.write_text('{"text": "abc"}\n' * 2 + "broken\n")
    pages, _, _ = pages_in_slices(path, 30)
    assert [page.failure.message.partition(": ")[0] for page in pages if page.failure] == [
        f"{path} from byte 30, line 1"
    ]
