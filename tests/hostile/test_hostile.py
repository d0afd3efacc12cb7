"""Hostile pages: one record each, with what must be said of them."""

from __future__ import annotations

import base64
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bidi_news import normalize
from bidi_news.read.jsonl import parse_rows, row_page
from bidi_news.strategies import assert_lossless, assert_offsets, assert_reversible
from bidi_news.write.jsonl import article_line

PAGES = tomllib.loads(Path(__file__).with_name("hostile.toml").read_text("utf-8"))["page"]


def line(page: dict[str, Any]) -> bytes:
    """Return the row of a hostile page."""
    row: dict[str, Any] = {"id": page["label"], **page.get("row", {})}
    for name in ("text", "html"):
        if name in page:
            row[name] = page.get("before", "") + page[name] * page.get("repeat", 1) + page.get("after", "")
    if "bytes" in page:
        row["bytes"] = base64.b64encode(base64.b64decode(page["bytes"]) * page.get("repeat", 1)).decode()
    return json.dumps(row).encode()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["label"])
def test_hostile_page(page: dict[str, Any]) -> None:
    """A hostile page gives the record, the issues or the error that the table says, and keeps the laws."""
    (row,) = parse_rows([line(page)], "hostile.toml", longest=1 << 30)
    assert row is not None
    article = normalize(row_page(row, "hostile.toml"))
    assert json.loads(article_line(article))["id"] == page["label"]
    assert (article.error.code if article.error else None) == page.get("error")
    assert set(page.get("issues", ())) <= {issue.code for issue in article.issues}
    if "expected_text" in page:
        assert article.text == page["expected_text"]
    for law in (assert_lossless, assert_offsets, assert_reversible):
        law(article)
