"""Parquet and Arrow rows become pages like rows of JSON Lines; a cut table is never taken for a whole one."""

from __future__ import annotations

import gzip
import io
import random
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from bidi_news.options import Limits
from bidi_news.read.sources import source_pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bidi_news.errors import SourceError
    from bidi_news.model import Page

pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
pq = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")

TEXTS = [f"כותרת {number}\n\nפסקה" for number in range(500)]


def table() -> Any:
    """Return a table of pages."""
    return pa.table({"id": list(range(len(TEXTS))), "text": TEXTS})


def parquet() -> bytes:
    """Return the pages as a Parquet file."""
    file = io.BytesIO()
    pq.write_table(table(), file, row_group_size=50)
    return file.getvalue()


def stream() -> bytes:
    """Return the pages as a stream of Arrow."""
    file = io.BytesIO()
    with pa.ipc.new_stream(file, table().schema) as writer:
        writer.write_table(table(), max_chunksize=50)
    return file.getvalue()


def arrow_file() -> bytes:
    """Return the pages as a file of Arrow."""
    file = io.BytesIO()
    with pa.ipc.new_file(file, table().schema) as writer:
        writer.write_table(table(), max_chunksize=50)
    return file.getvalue()


def read(path: Path, limits: Limits | None = None) -> tuple[list[Page], list[str]]:
    """Return the pages of a source and the messages of what could not be read."""
    problems: list[SourceError] = []
    pages = [x for x in source_pages([str(path)], limits=limits or Limits(), report=problems.append) if x is not None]
    return pages, [str(problem) for problem in problems]


@pytest.mark.parametrize("make", [parquet, stream, arrow_file])
def test_known_by_content(make: Callable[[], bytes], tmp_path: Path) -> None:
    """A table is read whatever its name, and also when it is packed."""
    (tmp_path / "a").write_bytes(make())
    (tmp_path / "b").write_bytes(gzip.compress(make()))
    for name in ("a", "b"):
        pages, problems = read(tmp_path / name)
        assert problems == []
        assert [page.text for page in pages] == TEXTS
        assert [page.id for page in pages] == list(range(len(TEXTS)))


def test_columns_are_the_fields_of_a_row() -> None:
    """Times may be timestamps, and bytes binary; unknown columns come back as JSON values."""
    from bidi_news.read.tables import batch_pages  # noqa: PLC0415  (after the extra was looked for)

    batch = pa.record_batch(
        {
            "id": ["a"],
            "bytes": [b"<p>x"],
            "crawled_at": pa.array([1_600_000_000_123_456_789], pa.timestamp("ns", "UTC")),
            "day": [date(2020, 1, 2)],
            "price": [Decimal("1.50")],
            "digest": [b"\0\1"],
            "tags": [[{"name": "x", "seen": datetime(2020, 1, 2, tzinfo=UTC)}]],
            "nothing": pa.nulls(1),
        }
    )
    (page,) = batch_pages(batch, "t")
    assert (page.data, page.issues) == (b"<p>x", ())
    assert page.crawled_at == datetime(2020, 9, 13, 12, 26, 40, 123456, tzinfo=UTC)
    assert page.extra == {
        "day": "2020-01-02",
        "price": "1.50",
        "digest": "AAE=",
        "tags": [{"name": "x", "seen": "2020-01-02T00:00:00+00:00"}],
        "nothing": None,
    }


def test_bad_rows_are_failed_pages(tmp_path: Path) -> None:
    """A row without content, or one that is too large, is an error record that names its row."""
    pq.write_table(pa.table({"id": [1, 2, 3], "text": [None, "x" * 200, "ok"]}), tmp_path / "a.parquet")
    pages, _ = read(tmp_path / "a.parquet", Limits(page_bytes=100))
    assert [page.failure and page.failure.message.removeprefix(f"{tmp_path}/") for page in pages] == [
        "a.parquet, row 1: has none of text, html, bytes",
        "a.parquet, row 2: is larger than 100 bytes (limit page_bytes)",
        None,
    ]


@pytest.mark.parametrize("make", [parquet, stream, arrow_file])
def test_a_cut_table_is_said(make: Callable[[], bytes], tmp_path: Path) -> None:
    """Wherever a table is cut, the rows that come out are right, and the cut is reported."""
    data = make()
    for cut in (len(data) - 1, len(data) - 8, len(data) // 2, len(data) // 3, 300):
        (tmp_path / "a").write_bytes(data[:cut])
        pages, (problem,) = read(tmp_path / "a")
        assert [page.text for page in pages] == TEXTS[: len(pages)]
        assert problem.startswith(f"{tmp_path}/a: the ")
        if make is stream and cut > len(data) // 2:
            assert len(pages) >= len(TEXTS) - 50


@pytest.mark.parametrize("make", [parquet, stream, arrow_file])
def test_damage_anywhere_is_no_crash(make: Callable[[], bytes], tmp_path: Path) -> None:
    """Bytes that are changed anywhere are at most an error that is reported: no length or place is trusted."""
    draw = random.Random(6)  # noqa: S311  (places, not secrets)
    for _ in range(150):
        data = bytearray(make())
        for place in draw.sample(range(8, len(data)), 5):
            data[place] = draw.randrange(256)
        (tmp_path / "a").write_bytes(data)
        pages, _ = read(tmp_path / "a")
        assert len(pages) <= len(TEXTS)


def test_times_that_python_has_none_for(tmp_path: Path) -> None:
    """A time beyond the year 9999 is said to be no time and stops no other row; in other columns it stays a number."""
    times = pa.array([0, 10**12], pa.timestamp("s", "UTC"))
    rows = pa.table({"text": ["a", "b"], "crawled_at": times, "seen": times})
    pq.write_table(rows, tmp_path / "a.parquet")
    (early, late), problems = read(tmp_path / "a.parquet")
    assert problems == []
    assert (early.crawled_at, early.extra) == (datetime(1970, 1, 1, tzinfo=UTC), {"seen": "1970-01-01T00:00:00+00:00"})
    assert (late.text, late.crawled_at, late.extra) == ("b", None, {"seen": 10**18})
    assert [issue.code for issue in late.issues] == ["ignored_field"]


def test_a_damaged_row_group_ends_the_reading(tmp_path: Path) -> None:
    """Of a Parquet file that is damaged in its middle, the row groups before come out, and the damage is reported."""
    data = bytearray(parquet())
    place = len(data) // 2
    data[place : place + 400] = bytes(400)
    (tmp_path / "a").write_bytes(data)
    pages, (problem,) = read(tmp_path / "a")
    assert len(pages) >= 100
    assert [page.text for page in pages] == TEXTS[: len(pages)]
    assert f"the table is cut or damaged after row {len(pages)} (" in problem


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    """A row group that unpacks to far more than pages do is refused, and the limit is named."""
    rows = pa.table({"text": pa.array([" " * 2_000_000 + str(number) for number in range(50)])})
    pq.write_table(rows, tmp_path / "a.parquet", compression="zstd", use_dictionary=False)
    (page,), (problem,) = read(tmp_path / "a.parquet")
    assert page.failure is not None
    assert problem.endswith("(limit unpacked_ratio)")


def test_without_the_package_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow, a table is one clear message that says what to install."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "bidi_news.read.tables", raising=False)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    message = "reading Parquet and Arrow needs an extra: pip install 'bidi_news[parquet]'"
    assert read(tmp_path / "a.parquet") == ([], [f"{tmp_path}/a.parquet: {message}"])
