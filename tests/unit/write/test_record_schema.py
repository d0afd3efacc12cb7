"""The published JSON Schema describes what is written: the same fields, in the same order, the same choices."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bidi_news.model import (
    SCHEMA,
    Article,
    Block,
    Blocks,
    ChromeKind,
    Edit,
    Failure,
    Image,
    Issue,
    Label,
    Timestamp,
    Versions,
)
from bidi_news.write.jsonl import record

FILE = Path(__file__).parents[3] / "docs" / "reference" / "record.schema.json"
STAMP = Timestamp(
    iso=None,
    precision="day",
    ambiguous=True,
    candidates=(),
    raw="",
    start=0,
    end=0,
    label=None,
    role="published",
    order=None,
    zone=None,
    evidence=(),
)
EDIT = Edit(start=0, end=0, surface="", canonical="", lexeme="", family="", action="replace", rule="", score=0.0)
FULL = Article(
    id=1,
    status="error",
    error=Failure(code="", message=""),
    published=STAMP,
    edits=(EDIT,),
    images=(Image(caption=None, credit=None, start=0, end=0),),
    blocks=Blocks.of([Block(start=0, end=0, label=Label.CHROME, kind=ChromeKind.NAV, language="und", score=0.0)]),
    issues=(Issue(code="", message=""),),
    extra={"a": 1},
    versions=Versions(bidi_news="", data=""),
)


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """Return the published schema."""
    loaded: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return loaded


def test_fields(schema: dict[str, Any]) -> None:
    """Every object of a full record has exactly the fields of the schema, in its order."""
    full = record(FULL)
    nested = schema["$defs"]
    assert list(full) == list(schema["properties"])
    assert list(full["published"]) == list(nested["timestamp"]["properties"])
    for many, one in (("edits", "edit"), ("images", "image"), ("blocks", "block"), ("issues", "issue")):
        assert list(full[many][0]) == list(nested[one]["properties"])
    for one in ("error", "versions"):
        assert list(full[one]) == list(schema["properties"][one]["properties"])


def test_required_are_all_but_the_optional(schema: dict[str, Any]) -> None:
    """Only ``extra`` of a record and ``kind`` of a block may be missing."""
    assert schema["required"] == [name for name in schema["properties"] if name != "extra"]
    for name, part in schema["$defs"].items():
        if name != "offset":
            assert part["required"] == [field for field in part["properties"] if field != "kind"]


def test_choices(schema: dict[str, Any]) -> None:
    """The schema's version, labels and kinds are those of the model."""
    block = schema["$defs"]["block"]["properties"]
    assert schema["properties"]["schema"]["const"] == SCHEMA
    assert block["label"]["enum"] == list(Label)
    assert block["kind"]["enum"] == list(ChromeKind)
