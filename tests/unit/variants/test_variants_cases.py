"""The regression tables of the variants step."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bidi_news.batch import Batch, Document
from bidi_news.model import Page
from bidi_news.variants import apply_edits, find_edits, load_lexicon

_CASES = Path(__file__).resolve().parents[2] / "cases"
_TABLES = {path.stem: tomllib.loads(path.read_text("utf-8"))["case"] for path in sorted(_CASES.glob("variants_*.toml"))}


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=f"{name}: {case['label']}") for name, cases in _TABLES.items() for case in cases],
)
def test_text_becomes_what_the_table_says(case: dict[str, str]) -> None:
    """The house style changes a text as its row says, or not at all."""
    text = case["input"]
    [edits] = find_edits(Batch.of([Document(page=Page(text=text), text=text)]), load_lexicon("house"))
    assert apply_edits(text, edits) == case.get("expected", text)
