"""The function that engines call, and its table in the hands of DuckDB, polars and pandas."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from bidi_news import Page, normalize_batch
from bidi_news.options import Options
from bidi_news.write.jsonl import record

if TYPE_CHECKING:
    from pathlib import Path

pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
pq = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")

HTML = (
    "<h1>הגשר החדש ייפתח ביום ראשון</h1><p>פורסם: 23.06.15, 21:05<p>Photo: A. Person<p>"
    + "העירייה הודיעה אתמול כי הגשר החדש ייפתח לתנועה בתחילת השבוע הבא, לאחר עיכוב של שלושה חודשים. " * 4
)
ROWS: list[dict[str, Any]] = [
    {"id": "a", "html": HTML, "text": None, "url": "https://www.ynet.co.il/articles/1.html", "section": "news"},
    {"id": "b", "html": None, "text": "Two Shi'ite groups met.\n\n06.07.2015", "url": None, "section": None},
    {"id": "c", "html": None, "text": None, "url": None, "section": "\N{SNOWMAN} שלום"},
    {"id": None, "html": None, "text": "", "url": None, "section": ""},
]


def expected() -> list[dict[str, Any]]:
    """Return the records of the rows, made without Arrow."""
    pages = []
    for row in ROWS:
        content = {name: row[name] for name in ("text", "html") if row[name] is not None}
        if content:
            pages.append(Page(id=row["id"], url=row["url"], extra={"section": row["section"]}, **content))
    records = [record(article) for article in normalize_batch(pages)]
    bad: dict[str, Any] = {"code": "missing_content", "message": "batch, row 3: has none of text, html, bytes"}
    failed = {**record(normalize_batch([Page(id="c", text="")])[0]), "status": "error", "error": bad}
    failed["extra"] = {"section": ROWS[2]["section"]}
    return [*records[:2], failed, records[2]]


def as_records(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows of a table as the records of JSON Lines: without what those leave out, and with extra as JSON."""
    return [
        {
            **{name: value for name, value in row.items() if name != "extra" or value is not None},
            **({"extra": json.loads(row["extra"])} if row["extra"] is not None else {}),
            "blocks": [
                {name: value for name, value in block.items() if name != "kind" or value is not None}
                for block in row["blocks"]
            ],
        }
        for row in rows
    ]


@pytest.fixture(scope="module")
def processed() -> Any:
    """Return the rows after the engines' function."""
    from bidi_news.engine.arrow import process  # noqa: PLC0415  (after the extra was looked for)

    return process(pa.RecordBatch.from_pylist(ROWS))


@pytest.fixture(scope="module")
def file(processed: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return them in a Parquet file."""
    path = tmp_path_factory.mktemp("tables") / "records.parquet"
    pq.write_table(pa.Table.from_batches([processed]), path)
    return path


def test_one_row_out_for_each_row_in(processed: Any) -> None:
    """Each row gives its record, in order; one that cannot be processed is an error record."""
    assert as_records(processed.to_pylist()) == expected()


def test_the_schema_never_changes() -> None:
    """The columns and their types hang on no data, so that batches of any engine fit together."""
    from bidi_news.engine.arrow import RECORDS, process  # noqa: PLC0415  (after the extra was looked for)

    empty = process(pa.RecordBatch.from_pylist([], schema=pa.schema({"id": pa.int64(), "text": pa.string()})))
    full = process(pa.RecordBatch.from_pylist(ROWS), Options(style="ap"))
    assert empty.schema.equals(RECORDS, check_metadata=True)
    assert full.schema.equals(RECORDS, check_metadata=True)
    assert empty.num_rows == 0
    assert RECORDS.metadata[b"bidi_news.schema"] == b"1"
    assert b"code points" in RECORDS.metadata[b"bidi_news.offsets"]


def test_ids_that_are_no_strings_stand_as_json() -> None:
    """A number or an object as id, and text that UTF-8 cannot hold, have a place in the table."""
    from bidi_news.write.arrow import article_batch  # noqa: PLC0415  (after the extra was looked for)

    pages = [Page(id=x, text="") for x in (7, {"a": [1]}, 2**70, "\ud800", True)]
    assert article_batch(normalize_batch(pages))["id"].to_pylist() == ["7", '{"a":[1]}', str(2**70), "?", "true"]


def test_parquet_keeps_everything(file: Path) -> None:
    """A file says its schema and the unit of its offsets, and gives the same records."""
    table = pq.read_table(file)
    assert table.schema.metadata[b"bidi_news.schema"] == b"1"
    assert as_records(table.to_pylist()) == expected()


DUCKDB = """
import json, sys, duckdb
with duckdb.connect() as connection:
    found = connection.execute(f"SELECT * FROM '{sys.argv[1]}'")
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row)) for row in found.fetchall()]
    cut = "substr(text, published.start + 1, published.end - published.start)"
    stamp = connection.execute(f"SELECT published.raw, {cut} FROM '{sys.argv[1]}'").fetchone()
print(json.dumps([rows, stamp]))
"""


def test_duckdb(file: Path) -> None:
    """DuckDB reads the same records, and its string functions agree with the offsets."""
    if find_spec("duckdb") is None:
        pytest.skip("DuckDB is not installed (extra engines)")
    # in a process of its own: at the end of one it talks of its own leaks
    done = subprocess.run([sys.executable, "-c", DUCKDB, file], capture_output=True, check=True, timeout=60)
    rows, (raw, cut) = json.loads(done.stdout)
    assert as_records(rows) == expected()
    assert raw == cut == "23.06.15, 21:05"


def test_polars(file: Path) -> None:
    """Polars reads the same records."""
    polars = pytest.importorskip("polars", reason="polars is not installed (extra engines)")
    assert as_records(polars.read_parquet(file).to_dicts()) == expected()


def test_pandas(file: Path) -> None:
    """Pandas reads the same records, with its Arrow types."""
    pandas = pytest.importorskip("pandas", reason="pandas is not installed (extra engines)")
    frame = pandas.read_parquet(file, dtype_backend="pyarrow")
    rows = [{name: frame[name].array[place] for name in frame.columns} for place in range(len(frame))]
    plain = [{name: None if value is pandas.NA else value for name, value in row.items()} for row in rows]
    assert as_records(plain) == expected()
