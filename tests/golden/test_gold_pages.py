"""The labelled pages of ``data/gold``: each is read, and nothing of it is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bidi_news.model import Label
from bidi_news.read.labelled import read_gold
from bidi_news.resources import list_files, read_text

if TYPE_CHECKING:
    from pathlib import Path

    from bidi_news.errors import SourceError

NAMES = (*list_files("gold/pages", ".tsv"), *list_files("gold/html", ".tsv"))


def test_there_are_pages() -> None:
    """The folder is not empty: the tests below have something to say."""
    assert NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_gold_page_is_whole(name: str, project: Path) -> None:
    """A page is read without complaint; its blocks are its non-blank lines, in order, and some are of an article.

    Joined again, labels and lines are the file.
    """
    problems: list[SourceError] = []
    (page,) = read_gold([str(project / "data" / name)], report=problems.append)
    assert problems == []
    assert page.text is not None
    assert page.blocks
    text, done = page.text.text or "", 0
    for block in page.blocks:
        line = text[block.start : block.end]
        assert not text[done : block.start].strip()
        assert line == line.strip() != ""
        assert "\n" not in line
        done = block.end
    assert not text[done:].strip()
    labels = iter(f"{block.label}:{block.kind}" if block.kind else str(block.label) for block in page.blocks)
    lines = [f"{next(labels) if line.strip() else ''}\t{line}" for line in text.split("\n")]
    table = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda found: chr(int(found[1], 16)), read_text(name))
    rows = [row for row in table.removesuffix("\n").split("\n") if not row.startswith("#")]
    assert [row if row.strip() else row.strip() for row in rows] == [line if line.strip() else "" for line in lines]
    assert {block.label for block in page.blocks} <= set(Label)
