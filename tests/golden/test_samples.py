"""The samples against their gold labels, and against the records that were accepted by eye.

``data/gold/samples.jsonl`` is the truth: what each line is, the headline, the dates. ``records/`` is what the program
says at present, so that a change shows as a diff; ``pytest --update-golden`` rewrites it.
"""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from bidi_news import Label, Page, normalize
from bidi_news.resources import read_text
from bidi_news.write.jsonl import record

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from _pytest.mark import ParameterSet

GOLD: list[dict[str, Any]] = [json.loads(line) for line in read_text("gold/samples.jsonl").splitlines()]
# What the program does not get right yet. Each is expected to fail, so that its coming right is noticed.
NOT_YET_LABELS = {"bilingual", "flash", "hebrew", "hebrew-in-english-chrome", "spellings"}
NOT_YET_FIELDS = {"bilingual", "flash"}


def parameters(rows: list[dict[str, Any]], not_yet: AbstractSet[str] = frozenset()) -> list[ParameterSet]:
    """Return test parameters of gold rows, those that are not right yet marked."""
    failing = pytest.mark.xfail(raises=AssertionError, strict=True)
    return [pytest.param(row, id=row["id"], marks=[failing] if row["id"] in not_yet else []) for row in rows]


LABELLED = [row for row in GOLD if row["blocks"]]


def page_of(row: dict[str, Any]) -> Page:
    """Return the page that a gold row speaks of."""
    source = read_text(row["path"])
    if row["path"].endswith(".txt"):
        return Page(text=source)
    if row["path"].endswith(".html"):
        return Page(html=source)
    fields = next(found for found in map(json.loads, source.splitlines()) if found["id"] == row["id"])
    crawled = fields.get("crawled_at")
    return Page(
        id=fields["id"],
        text=fields.get("text"),
        html=fields.get("html"),
        data=base64.b64decode(fields["bytes"]) if "bytes" in fields else None,
        url=fields.get("url"),
        crawled_at=datetime.fromisoformat(crawled) if crawled else None,
        language=fields.get("language"),
    )


@pytest.mark.parametrize("row", parameters(LABELLED))
def test_gold_blocks_are_the_lines_of_the_page(row: dict[str, Any]) -> None:
    """Gold blocks are in order, without outer white space, have a known label, and cover every non-blank character."""
    text, done = read_text(row["path"]), 0
    for block in row["blocks"]:
        line = text[block["start"] : block["end"]]
        assert not text[done : block["start"]].strip()
        assert line == line.strip() != ""
        assert "\n" not in line
        assert block["label"] in set(Label)
        done = block["end"]
    assert not text[done:].strip()


@pytest.mark.parametrize("row", parameters(LABELLED, NOT_YET_LABELS))
def test_labels_are_the_gold_labels(row: dict[str, Any]) -> None:
    """Every line of a sample has its gold label."""
    text = read_text(row["path"])
    found = [(block.label.value, text[block.start : block.end]) for block in normalize(page_of(row)).blocks]
    assert found == [(block["label"], text[block["start"] : block["end"]]) for block in row["blocks"]]


@pytest.mark.parametrize("row", parameters(GOLD, NOT_YET_FIELDS))
def test_headline_and_dates_are_the_gold_ones(row: dict[str, Any]) -> None:
    """A sample's headline, publication and update are the gold ones; an open date has its candidates."""
    article = normalize(page_of(row))
    published, modified = article.published, article.modified
    assert article.headline == row["headline"]
    assert (published and published.iso, modified and modified.iso) == (row["published"], row["modified"])
    if row["candidates"]:
        assert published is not None
        assert sorted(published.candidates) == row["candidates"]


@pytest.mark.parametrize("row", parameters(GOLD))
def test_records_are_the_accepted_ones(row: dict[str, Any], request: pytest.FixtureRequest, project: Path) -> None:
    """A sample's record is the one that was accepted: blocks by their text, confidences and versions left out."""
    path = project / "tests" / "golden" / "records" / f"{row['id']}.json"
    found = json.loads(json.dumps(record(normalize(page_of(row)))))
    text, _ = found.pop("text"), found.pop("versions")
    found["edits"] = [{name: value for name, value in edit.items() if name != "score"} for edit in found["edits"]]
    found["blocks"] = [
        f"{' '.join(block[name] for name in ('label', 'kind', 'language') if name in block)}: "
        f"{text[block['start'] : block['end']]}"
        for block in found["blocks"]
    ]
    rendered = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(rendered, "utf-8")
    assert rendered == path.read_text("utf-8")
