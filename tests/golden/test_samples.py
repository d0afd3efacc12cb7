"""The samples against their gold labels, and against the records that were accepted by eye.

``data/gold/samples.jsonl`` is the truth: what each line is, the headline, the dates. ``mistakes.txt`` is where the
program differs from it at present, ``records/`` is all that it says: every change shows as a diff, for the better or
the worse. ``pytest --update-golden`` rewrites both.
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
    from pathlib import Path

    from bidi_news import Article

GOLD: list[dict[str, Any]] = [json.loads(line) for line in read_text("gold/samples.jsonl").splitlines()]
EVERY = [pytest.param(row, id=row["id"]) for row in GOLD]
LABELLED = [pytest.param(row, id=row["id"]) for row in GOLD if row["blocks"]]


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


@pytest.mark.parametrize("row", LABELLED)
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


def wrong_lines(row: dict[str, Any], article: Article) -> list[str]:
    """Return the lines of a sample that have another label than gold."""
    return [
        f"{row['id']}: {block.label} for {gold['label']}: {article.text[block.start : block.end]}"
        for block, gold in zip(article.blocks, row["blocks"], strict=True)
        if block.label != gold["label"]
    ]


def wrong_fields(row: dict[str, Any], article: Article) -> list[str]:
    """Return the fields of a sample's record that gold has otherwise."""
    published, modified = article.published, article.modified
    said = {
        "headline": article.headline,
        "published": published and published.iso,
        "modified": modified and modified.iso,
        "candidates": sorted(published.candidates) if published and published.ambiguous else [],
    }
    return [f"{row['id']}: {name} {value} for {row[name]}" for name, value in said.items() if value != row[name]]


def test_mistakes_are_the_known_ones(request: pytest.FixtureRequest, project: Path) -> None:
    """Labels, headlines and dates of the samples are the gold ones, but for the mistakes that are written down.

    A mistake that is new fails the test, and so does one that is gone: run with --update-golden and read the diff.
    """
    path = project / "tests" / "golden" / "mistakes.txt"
    articles = [normalize(page_of(row)) for row in GOLD]
    lines = [
        found
        for row, article in zip(GOLD, articles, strict=True)
        if row["blocks"]
        for found in wrong_lines(row, article)
    ]
    fields = [found for row, article in zip(GOLD, articles, strict=True) for found in wrong_fields(row, article)]
    if request.config.getoption("--update-golden"):
        path.write_text("".join(f"{mistake}\n" for mistake in (*lines, *fields)), "utf-8")
    assert [*lines, *fields] == path.read_text("utf-8").splitlines()


def test_most_lines_have_their_gold_label() -> None:
    """At least nineteen in twenty lines of the samples are right, whatever is written down."""
    labelled = [row for row in GOLD if row["blocks"]]
    wrong = sum(len(wrong_lines(row, normalize(page_of(row)))) for row in labelled)
    assert wrong <= 0.05 * sum(len(row["blocks"]) for row in labelled)


@pytest.mark.parametrize("row", EVERY)
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
