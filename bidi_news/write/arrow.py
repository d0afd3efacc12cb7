"""Articles as Arrow: the fields of schema 1 as columns, built from the articles without a record in between.

Nested fields are structs and lists of structs, nothing else, so that every engine reads them. Offsets are half-open and
count Unicode code points of the row's ``text``; the schema's metadata says so. An id that is no string, and ``extra``,
stand as JSON.

Example:
    >>> from bidi_news.model import Article, Versions
    >>> batch = article_batch([Article(id=7, status="ok", text="page", versions=Versions(bidi_news="0", data="0"))])
    >>> batch.num_rows, batch["id"][0].as_py(), batch.schema.metadata[b"bidi_news.offsets"].decode()
    (1, '7', 'half-open, Unicode code points of text')
"""

from __future__ import annotations

import json
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson

from bidi_news.errors import MissingExtraError
from bidi_news.model import SCHEMA, ChromeKind, Label

try:
    import pyarrow as pa
except ImportError:
    raise MissingExtraError("parquet", "writing Arrow and Parquet") from None

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bidi_news.model import Article, Blocks

__all__ = ["RECORDS", "article_batch"]

_TEXT, _TEXTS, _PLACE = pa.string(), pa.list_(pa.string()), pa.int32()
_FAILURE = pa.struct({"code": _TEXT, "message": _TEXT})
_STAMP = pa.struct(
    {
        "iso": _TEXT,
        "precision": _TEXT,
        "ambiguous": pa.bool_(),
        "candidates": _TEXTS,
        "raw": _TEXT,
        "start": _PLACE,
        "end": _PLACE,
        "label": _TEXT,
        "order": _TEXT,
        "zone": _TEXT,
        "evidence": _TEXTS,
    }
)
_EDIT = pa.struct(
    {
        "start": _PLACE,
        "end": _PLACE,
        "surface": _TEXT,
        "canonical": _TEXT,
        "lexeme": _TEXT,
        "family": _TEXT,
        "action": _TEXT,
        "rule": _TEXT,
        "score": pa.float64(),
    }
)
_IMAGE = pa.struct({"caption": _TEXT, "credit": _TEXT, "start": _PLACE, "end": _PLACE})
_BLOCK = pa.struct(
    {
        "start": _PLACE,
        "end": _PLACE,
        "label": _TEXT,
        "kind": _TEXT,
        "language": _TEXT,
        "score": pa.float64(),
        "tag": _TEXT,
    }
)
_ISSUE = pa.struct({"code": _TEXT, "message": _TEXT, "start": _PLACE, "end": _PLACE})
_VERSIONS = pa.struct({"bidi_news": _TEXT, "data": _TEXT})

RECORDS = pa.schema(
    {
        "schema": pa.int32(),
        "id": _TEXT,
        "status": _TEXT,
        "error": _FAILURE,
        "url": _TEXT,
        "outlet": _TEXT,
        "language": _TEXT,
        "direction": _TEXT,
        "headline": _TEXT,
        "deck": _TEXT,
        "authors": _TEXTS,
        "published": _STAMP,
        "modified": _STAMP,
        "body": _TEXT,
        "normalized": _TEXT,
        "edits": pa.list_(_EDIT),
        "images": pa.list_(_IMAGE),
        "blocks": pa.list_(_BLOCK),
        "issues": pa.list_(_ISSUE),
        "text": _TEXT,
        "extra": _TEXT,
        "versions": _VERSIONS,
    },
    metadata={
        "bidi_news.schema": str(SCHEMA),
        "bidi_news.offsets": "half-open, Unicode code points of text",
        "bidi_news.json": "extra, and each id that was no string",
    },
)
"""The columns of schema 1."""

_LABELS = pa.array([label.value for label in Label], _TEXT)
_KINDS = pa.array([kind.value for kind in ChromeKind], _TEXT)


def article_batch(articles: Sequence[Article]) -> pa.RecordBatch:
    """Return articles as rows of :data:`RECORDS`, in order."""
    columns = {
        "schema": pa.array([SCHEMA] * len(articles), pa.int32()),
        "id": _array([x.id if x.id is None or isinstance(x.id, str) else _json(x.id) for x in articles], _TEXT),
        "blocks": _blocks([article.blocks for article in articles]),
        "extra": _array([_json(dict(x.extra)) if x.extra else None for x in articles], _TEXT),
    }
    for field in RECORDS:
        if field.name not in columns:
            columns[field.name] = _array([getattr(article, field.name) for article in articles], field.type)
    return pa.RecordBatch.from_arrays([columns[field.name] for field in RECORDS], schema=RECORDS)


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """Return values, or objects with the fields of a struct as attributes, as an array."""
    if pa.types.is_struct(kind):
        missing = pa.array([value is None for value in values], pa.bool_())
        fields = [_array([value and getattr(value, x.name) for value in values], x.type) for x in kind]
        return pa.StructArray.from_arrays(fields, fields=list(kind), mask=missing)
    if pa.types.is_list(kind):
        offsets = pa.array([0, *accumulate(map(len, map(_items, values)))], pa.int32())
        items = _array([item for value in values for item in _items(value)], kind.value_type)
        return pa.ListArray.from_arrays(offsets, items, type=kind)
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:  # a lone surrogate in what came with the page
        return pa.array([value and value.encode("utf-8", "replace").decode() for value in values], kind)


def _items(value: Sequence[Any] | None) -> Sequence[Any]:
    """Return the items of a list; a struct that is missing has none."""
    return value or ()


def _blocks(pages: Sequence[Blocks]) -> pa.Array:
    """Return the blocks of each page, out of their arrays."""
    offsets = pa.array([0, *accumulate(map(len, pages))], pa.int32())
    kinds = _joined([blocks.kinds for blocks in pages], np.int8)
    starts: dict[tuple[str, ...], int] = {}  # of the languages of some pages among all; und is the first
    languages = ["und"]
    for blocks in pages:
        if blocks.names not in starts:
            starts[blocks.names] = len(languages)
            languages += blocks.names
    spoken = [np.where(x.languages < 0, 0, starts[x.names] + x.languages.astype(np.int32)) for x in pages]
    columns = {
        "start": pa.array(_joined([blocks.starts for blocks in pages], np.int32)),
        "end": pa.array(_joined([blocks.ends for blocks in pages], np.int32)),
        "label": _LABELS.take(pa.array(_joined([blocks.labels for blocks in pages], np.uint8))),
        "kind": _KINDS.take(pa.array(kinds, mask=kinds < 0)),
        "language": pa.array(languages, _TEXT).take(pa.array(_joined(spoken, np.int32))),
        "score": pa.array(_joined([blocks.percents for blocks in pages], np.uint8) / 100),
        "tag": pa.array([tag for x in pages for tag in x.tags or [None] * len(x)], _TEXT),
    }
    items = pa.StructArray.from_arrays([columns[field.name] for field in _BLOCK], fields=list(_BLOCK))
    return pa.ListArray.from_arrays(offsets, items, type=pa.list_(_BLOCK))


def _joined(arrays: list[Any], kind: type[np.generic]) -> Any:
    """Return arrays one after the other; none give an empty one."""
    return np.concatenate([np.empty(0, kind), *arrays]).astype(kind, copy=False)


def _json(value: Any) -> str | None:
    """Return a value as JSON; None for one that is nested too deeply to be written."""
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError:  # an integer of more than 64 bits, a lone surrogate
        try:
            return json.dumps(value, separators=(",", ":"))
        except RecursionError:
            return None
