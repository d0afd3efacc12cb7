"""Articles as JSON Lines: one record of schema 1 a line.

Offsets in a record are half-open and count Unicode code points of its ``text``. An error record has the same fields.

Example:
    >>> from bidi_news.model import Article, Versions
    >>> article = Article(id=1, status="ok", versions=Versions(bidi_news="0", data="0"))
    >>> article_line(article)[:50]
    b'{"schema":1,"id":1,"status":"ok","error":null,"url'
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson

from bidi_news.model import SCHEMA, ChromeKind, Label

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from numpy.typing import NDArray

    from bidi_news.model import Article, Blocks, Edit, Failure, Issue, Timestamp

__all__ = [
    "article_line",
    "article_lines",
    "edit_record",
    "failure_record",
    "issue_record",
    "json_line",
    "record",
    "timestamp_record",
    "write_jsonl",
]

_LABELS, _KINDS = tuple(Label), tuple(ChromeKind)
_NEXT = b'},{"start":'
_UNTAGGED = b',"tag":null' + _NEXT


def record(article: Article) -> dict[str, Any]:
    """Return the record of an article: the fields of schema 1, in order, as JSON types.

    ``extra`` stands in it only where the input row had unknown fields.

    Example:
        >>> from bidi_news.model import Article, Versions
        >>> list(record(Article(id=None, status="ok", versions=Versions(bidi_news="0", data="0"))))[:4]
        ['schema', 'id', 'status', 'error']
    """
    fields: dict[str, Any] = json.loads(article_line(article))
    return fields


def article_line(article: Article) -> bytes:
    """Return the record of an article as one line of JSON, with its line feed."""
    fields: dict[str, Any] = {
        "schema": SCHEMA,
        "id": article.id,
        "status": article.status,
        "error": article.error and failure_record(article.error),
        "url": article.url,
        "outlet": article.outlet,
        "language": article.language,
        "direction": article.direction,
        "headline": article.headline,
        "deck": article.deck,
        "authors": article.authors,
        "published": article.published and timestamp_record(article.published),
        "modified": article.modified and timestamp_record(article.modified),
        "body": article.body,
        "normalized": article.normalized,
        "edits": [edit_record(edit) for edit in article.edits],
        "images": [{"caption": x.caption, "credit": x.credit, "start": x.start, "end": x.end} for x in article.images],
        "blocks": _blocks(article.blocks),
        "issues": list(map(issue_record, article.issues)),
        "text": article.text,
    }
    if article.extra:
        fields["extra"] = dict(article.extra)
    fields["versions"] = {"bidi_news": article.versions.bidi_news, "data": article.versions.data}
    return json_line(fields)


def article_lines(articles: Iterable[Article]) -> bytes:
    """Return the records of articles as lines of JSON."""
    return b"".join(map(article_line, articles))


def timestamp_record(stamp: Timestamp) -> dict[str, Any]:
    """Return a timestamp as its record has it; its role is the name of the field that it stands in."""
    return {
        "iso": stamp.iso,
        "precision": stamp.precision,
        "ambiguous": stamp.ambiguous,
        "candidates": stamp.candidates,
        "raw": stamp.raw,
        "start": stamp.start,
        "end": stamp.end,
        "label": stamp.label,
        "order": stamp.order,
        "zone": stamp.zone,
        "evidence": stamp.evidence,
    }


def edit_record(edit: Edit) -> dict[str, Any]:
    """Return an edit as its record has it."""
    return {
        "start": edit.start,
        "end": edit.end,
        "surface": edit.surface,
        "canonical": edit.canonical,
        "lexeme": edit.lexeme,
        "family": edit.family,
        "action": edit.action,
        "rule": edit.rule,
        "score": edit.score,
    }


def issue_record(issue: Issue) -> dict[str, Any]:
    """Return an issue as JSON types."""
    return {"code": issue.code, "message": issue.message, "start": issue.start, "end": issue.end}


def failure_record(failure: Failure) -> dict[str, str]:
    """Return a failure as its record has it."""
    return {"code": failure.code, "message": failure.message}


def json_line(fields: dict[str, Any]) -> bytes:
    r"""Return a row as one line of JSON in UTF-8, with its line feed.

    What orjson refuses and an input row may hold (integers of more than 64 bits, lone surrogates) is written by the
    standard library; values nested too deeply for it are left out, and the row says so.

    Example:
        >>> json_line({"id": 2**70}), json_line({"id": "\ud800"})
        (b'{"id":1180591620717411303424}\n', b'{"id":"\\ud800"}\n')
    """
    try:
        return orjson.dumps(fields, option=orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:
        try:
            return json.dumps(fields, separators=(",", ":"), default=_plain).encode() + b"\n"
        except RecursionError:
            message = "the input's id or extra fields are nested too deeply to be written"
            return json_line({**fields, "id": None, "extra": {}, "status": "error", "error": _failure(message)})


def write_jsonl(articles: Iterable[Article], stream: BinaryIO) -> None:
    """Write articles to a stream of bytes, and flush it after each."""
    for article in articles:
        stream.write(article_line(article))
        stream.flush()


def _failure(message: str) -> dict[str, str]:
    """Return the failure of a record that cannot be written."""
    return {"code": "nested_too_deeply", "message": message}


def _plain(value: object) -> Any:
    """Return ready JSON as values, for the standard library."""
    if isinstance(value, orjson.Fragment):
        return json.loads(orjson.dumps(value))
    raise TypeError(f"{type(value).__name__} is no JSON")


def _blocks(blocks: Blocks) -> orjson.Fragment:
    """Return the JSON of all blocks, joined from ready pieces; only chrome of a known kind says its kind."""
    count = len(blocks)
    if not count:
        return orjson.Fragment(b"[]")
    said = blocks.labels.astype(np.intp)
    for column, numbers in ((blocks.kinds, len(_KINDS)), (blocks.languages, len(blocks.names))):
        said *= numbers + 1
        said += column
        said += 1  # none is -1
    scores = _ends().take(blocks.percents).tolist()
    pieces = [b',"end":'] * (5 * count)
    pieces[0::5] = _decimals(blocks.starts)
    pieces[2::5] = _decimals(blocks.ends)
    pieces[3::5] = _middles(blocks.names).take(said).tolist()
    pieces[4::5] = scores if blocks.tags is None else map(_tagged, scores, blocks.tags)
    pieces[-1] = pieces[-1][: -len(_NEXT)] + b"}]"
    return orjson.Fragment(b'[{"start":' + b"".join(pieces))


def _decimals(numbers: NDArray[np.int32]) -> list[bytes]:
    """Return whole numbers as JSON."""
    return orjson.dumps(numbers, option=orjson.OPT_SERIALIZE_NUMPY)[1:-1].split(b",")


@cache
def _middles(names: tuple[str, ...]) -> NDArray[np.object_]:
    """Return what a block says of its label, kind and language, by the number that :func:`_blocks` makes of them."""
    return np.array(
        [
            b"," + orjson.dumps({"label": label} | ({"kind": kind} if kind else {}) | {"language": name})[1:-1]
            for label in _LABELS
            for kind in (None, *_KINDS)
            for name in ("und", *names)
        ],
        object,
    )


@cache
def _ends() -> NDArray[np.object_]:
    """Return what follows the language of a block without a tag, by its score in hundredths."""
    return np.array([b',"score":' + orjson.dumps(percent / 100) + _UNTAGGED for percent in range(101)], object)


@lru_cache(maxsize=1 << 14)
def _tagged(score: bytes, tag: str) -> bytes:
    """Return what follows the language of a block with a tag, given the same without one."""
    return score[: -len(_UNTAGGED)] + b',"tag":' + orjson.dumps(tag) + _NEXT
