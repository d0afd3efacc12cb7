"""The regression tables: what a row of text says about its publication."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bidi_news.batch import Batch, Document
from bidi_news.dates import choose_published, find_dates, find_publication
from bidi_news.model import Page, Timestamp
from bidi_news.options import Options
from bidi_news.outlets import find_outlet

CASES = Path(__file__).parents[2] / "cases"
Case = dict[str, Any]


def load(name: str) -> list[Any]:
    """Return the cases of a table, named by their labels."""
    table = tomllib.loads((CASES / f"dates_{name}.toml").read_text("utf-8"))
    return [pytest.param(case, id=case["label"]) for case in table["case"]]


def read(case: Case) -> tuple[Timestamp | None, Timestamp | None]:
    """Return publication and update of a case, which are the same whether all stamps are read or only some."""
    crawled = datetime.fromisoformat(case["crawled_at"]) if "crawled_at" in case else None
    page = Page(text=case["text"], url=case.get("url"), crawled_at=crawled, language=case.get("language"))
    batch = Batch.of([Document(page=page, text=case["text"])])
    [(found, _)] = find_dates(batch, None, [find_outlet(page.url)], Options())
    for stamp in found:
        assert stamp.start is None or case["text"][stamp.start : stamp.end] == stamp.raw
    chosen = choose_published(found)
    [publication] = find_publication(batch, None, [find_outlet(page.url)], Options())
    assert publication[:2] == chosen
    return chosen


@pytest.mark.parametrize("case", [*load("formats"), *load("layouts"), *load("styles"), *load("order")])
def test_stamp_says_what_the_table_says(case: Case) -> None:
    """Publication, update, candidates and deciding evidence are those of the table."""
    published, modified = read(case)
    assert (published.iso if published else None) == case.get("published")
    assert (modified.iso if modified else None) == case.get("modified")
    if "candidates" in case:
        assert published is not None
        assert published.ambiguous
        assert set(published.candidates) == set(case["candidates"])
    if "evidence" in case:
        assert published is not None
        assert case["evidence"] in published.evidence


@pytest.mark.parametrize("case", load("negative"))
def test_text_without_stamp_gives_none(case: Case) -> None:
    """Text that states no publication date gives neither a value nor candidates."""
    assert read(case) == (None, None)
