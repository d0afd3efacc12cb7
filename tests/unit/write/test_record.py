"""A record has the fields of schema 1, in order, and every row of output is one line of valid JSON."""

from __future__ import annotations

import io
import json
from typing import Any

from bidi_news.model import (
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
from bidi_news.write.jsonl import article_line, json_line, record, write_jsonl

FIELDS = [
    "schema",
    "id",
    "status",
    "error",
    "url",
    "outlet",
    "language",
    "direction",
    "headline",
    "deck",
    "authors",
    "published",
    "modified",
    "body",
    "normalized",
    "edits",
    "images",
    "blocks",
    "issues",
    "text",
    "versions",
]
STAMP = Timestamp(
    iso="2015-06-23T21:05:00+03:00",
    precision="minute",
    ambiguous=False,
    candidates=("2015-06-23T21:05:00+03:00",),
    raw="06.23.15, 21:05",
    start=14,
    end=29,
    label="פרסום ראשון",
    role="published",
    order="mdy",
    zone="Asia/Jerusalem",
    evidence=("field_over_12",),
)
EDIT = Edit(
    start=0,
    end=7,
    surface="Shi'ite",
    canonical="Shiite",
    lexeme="shiite",
    family="shiite",
    action="replace",
    rule="lexicon",
    score=1.0,
)


def article(**fields: Any) -> Article:
    """Return an article with some fields set."""
    return Article(**{"id": 1, "status": "ok", "versions": Versions(bidi_news="0.1.0", data="1.0.0"), **fields})


def test_fields_and_their_order() -> None:
    """A record has exactly the fields of the schema, in its order, and an error record has the same."""
    failed = article(status="error", error=Failure(code="invalid_json", message="x, line 1: is not JSON"))
    assert list(record(article())) == FIELDS
    assert list(record(failed)) == FIELDS
    assert record(failed)["error"] == {"code": "invalid_json", "message": "x, line 1: is not JSON"}


def test_extra_only_where_there_is_some() -> None:
    """Unknown input fields come back under extra; a row without them has no such field."""
    assert record(article(extra={"page": 2}))["extra"] == {"page": 2}
    assert [name for name in record(article(extra={"page": 2})) if name != "extra"] == FIELDS


def test_nested_fields() -> None:
    """Timestamps, edits, images and issues have the fields of the schema, in its order."""
    got = json.loads(
        article_line(
            article(
                published=STAMP,
                edits=(EDIT,),
                images=(Image(caption="c", credit=None, start=1, end=2),),
                issues=(Issue(code="x", message="y"),),
                authors=("א",),
            )
        )
    )
    assert ",".join(got["published"]) == "iso,precision,ambiguous,candidates,raw,start,end,label,order,zone,evidence"
    assert got["published"]["evidence"] == ["field_over_12"]
    assert ",".join(got["edits"][0]) == "start,end,surface,canonical,lexeme,family,action,rule,score"
    assert got["images"] == [{"caption": "c", "credit": None, "start": 1, "end": 2}]
    assert got["issues"] == [{"code": "x", "message": "y", "start": None, "end": None}]
    assert got["authors"] == ["א"]


def test_blocks_tell_a_kind_only_where_known() -> None:
    """A block has six fields; chrome of a known kind has that too."""
    body = Block(start=0, end=3, label=Label.BODY, language="he", score=0.9)
    menu = Block(start=4, end=200_000, label=Label.CHROME, kind=ChromeKind.NAV, language="und", score=1.0)
    assert json.loads(article_line(article(blocks=Blocks.of([body, menu]))))["blocks"] == [
        {"start": 0, "end": 3, "label": "body", "language": "he", "score": 0.9, "tag": None},
        {"start": 4, "end": 200_000, "label": "chrome", "language": "und", "score": 1.0, "tag": None, "kind": "nav"},
    ]


def test_blocks_of_html_tell_their_element() -> None:
    """Each block of an HTML page has the name of its element."""
    blocks = Blocks.of([Block(start=0, end=3, label=Label.BODY, language="he", score=0.9, tag="p")])
    assert json.loads(article_line(article(blocks=blocks)))["blocks"][0]["tag"] == "p"


def test_id_comes_back_as_given() -> None:
    """Any JSON value is an id, also those that strict JSON writers refuse."""
    for given in (None, 0, "א", "\ud800", 10**40, 2**63, [1, {"a": None}], 1.5, True):
        assert json.loads(article_line(article(id=given)))["id"] == given


def test_value_nested_too_deeply_is_an_error_row() -> None:
    """A value that no writer can nest costs its row, not the run."""
    deep: list[Any] = []
    for _ in range(200_000):
        deep = [deep]
    got = json.loads(json_line({"id": deep, "text": "a"}))
    assert (got["id"], got["status"], got["error"]["code"]) == (None, "error", "nested_too_deeply")


def test_lines_are_lines() -> None:
    """Each article is one line, whatever line ends its text has."""
    stream = io.BytesIO()
    write_jsonl([article(text="a\n\u2028\x85b"), article(id=2)], stream)
    assert [json.loads(line)["id"] for line in stream.getvalue().decode().split("\n")[:-1]] == [1, 2]
