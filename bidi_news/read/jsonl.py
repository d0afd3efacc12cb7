"""JSON Lines into rows and pages: one row in is one page out, whatever is wrong with it.

A row is an object with ``id``, one of ``text``, ``html`` and ``bytes`` (base64), and optional ``url``, ``crawled_at``
(ISO 8601, UTC where it names no offset) and ``language``; other fields are kept as extra. Blank lines are skipped.

Example:
    >>> row, = parse_rows([b'{"id": 7, "text": "a"}'], "pages.jsonl", longest=80)
    >>> row_page(row, "pages.jsonl").text
    'a'
"""

from __future__ import annotations

import base64
import codecs
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from bidi_news.model import Failure, Issue, Page
from bidi_news.read.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Row", "parse_rows", "row_page", "too_large"]

_CONTENTS = ("text", "html", "bytes")
_KNOWN = frozenset(("id", *_CONTENTS, "url", "crawled_at", "language"))
_CHARSETS = ("encoding", "charset")  # fields that name the encoding of bytes; handed through as well
_TYPES = {str: "a string", bool: "a boolean", int: "a number", float: "a number", list: "a list", dict: "an object"}
_LONGEST_INTEGER = 4300  # digits; Python refuses to read longer ones, whose cost is quadratic


class Row(NamedTuple):
    """One non-blank line of JSON Lines."""

    number: int
    """Line number, from 1."""
    value: dict[str, Any]
    """Its object; empty where there is none."""
    failure: Failure | None = None
    """Why there is none."""
    issues: tuple[Issue, ...] = ()
    """What reading the line had to guess."""


def parse_rows(lines: Iterable[bytes | None], source: str, *, longest: int) -> Iterator[Row | None]:
    """Give a row for each non-blank line, and None for each pause of the source.

    Strict JSON is read by orjson; what it refuses and can still be read (lone surrogates, NaN, raw control characters,
    another encoding) by the standard library.

    Args:
        lines: lines as bytes; None where the source pauses.
        source: its name, for messages.
        longest: bytes that a line may have; a longer one is not read.

    Example:
        >>> [row.failure.message for row in parse_rows([b'{"id": 1}', b"[1]"], "x", longest=80) if row.failure]
        ['x, line 2: is a list, not an object']
    """
    number = 0
    for line in lines:
        if line is None:
            yield None
            continue
        number += 1
        if len(line) > longest:
            failure = too_large(f"{source}, line {number}", longest)
            yield Row(number=number, value={}, failure=failure)
        elif line and not line.isspace():
            yield _row(line.removeprefix(codecs.BOM_UTF8) if number == 1 else line, number, source)


def row_page(row: Row, source: str, *, unit: str = "line") -> Page:
    """Return the page of a row; a row without readable content is a page with a failure.

    Args:
        row: the row.
        source: name of its source, for messages.
        unit: what its number counts.

    Example:
        >>> row_page(Row(number=3, value={"id": 1, "text": 5}), "x").failure.message
        'x, line 3: text is a number, not a string'
    """
    value = row.value
    url, url_issues = _string(value, "url")
    language, language_issues = _string(value, "language")
    crawled_at, time_issues = _time(value)
    label = next((value[name] for name in _CHARSETS if isinstance(value.get(name), str)), None)
    content: dict[str, Any] = _content(value, row.failure, f"{source}, {unit} {row.number}")
    return Page(
        id=value.get("id"),
        url=url,
        language=language,
        encoding=label,
        crawled_at=crawled_at,
        extra={name: field for name, field in value.items() if name not in _KNOWN},
        issues=(*row.issues, *url_issues, *language_issues, *time_issues),
        **content,
    )


def too_large(place: str, limit: int) -> Failure:
    """Return the failure of a page that is larger than a limit.

    Example:
        >>> too_large("a.html", 1000).message
        'a.html: is larger than 1,000 bytes (limit page_bytes)'
    """
    return Failure(code="limit_exceeded", message=f"{place}: is larger than {limit:,} bytes (limit page_bytes)")


def _row(line: bytes, number: int, source: str) -> Row:
    """Read one line."""
    issues: tuple[Issue, ...] = ()
    try:
        value = orjson.loads(line)
        if isinstance(value, dict) and isinstance(value.get("id"), float):
            value, issues = _patiently(line)  # orjson makes a float of an integer of more than 64 bits
    except orjson.JSONDecodeError:
        try:
            value, issues = _patiently(line)
        except json.JSONDecodeError as error:
            reason = f"is not JSON ({error.msg[0].lower()}{error.msg[1:]} at column {error.colno})"
            return _failed(number, "invalid_json", f"{source}, line {number}: {reason}")
        except RecursionError:
            return _failed(number, "invalid_json", f"{source}, line {number}: is nested too deeply")
    if not isinstance(value, dict):
        return _failed(number, "invalid_row", f"{source}, line {number}: is {_type(value)}, not an object")
    return Row(number=number, value=value, issues=issues)


def _patiently(line: bytes) -> tuple[Any, tuple[Issue, ...]]:
    """Read a line as the standard library does, in whatever encoding it is."""
    text, issues = decode(line, "utf-8")
    return json.loads(text, strict=False, parse_int=_integer, parse_constant=lambda _: None), issues


def _integer(digits: str) -> int | str:
    """Return an integer; one that is too long for Python stays a string of digits."""
    return int(digits) if len(digits) < _LONGEST_INTEGER else digits


def _failed(number: int, code: str, message: str) -> Row:
    """Return the row of a line that is no object."""
    return Row(number=number, value={}, failure=Failure(code=code, message=message))


def _content(value: dict[str, Any], failure: Failure | None, place: str) -> dict[str, Any]:
    """Return the one argument of Page that says what the page holds."""
    if failure is not None:
        return {"failure": failure}
    given = [name for name in _CONTENTS if value.get(name) is not None]
    if not given:
        return _failure("missing_content", f"{place}: has none of {', '.join(_CONTENTS)}")
    if len(given) > 1:
        return _failure("several_contents", f"{place}: has {' and '.join(given)}; only one of them may be given")
    name = given[0]
    content = value[name]
    if name == "bytes" and isinstance(content, bytes):
        return {"data": content}
    if not isinstance(content, str):
        return _failure("wrong_type", f"{place}: {name} is {_type(content)}, not a string")
    return _bytes(content, place) if name == "bytes" else {name: content}


def _bytes(content: str, place: str) -> dict[str, Any]:
    """Return the argument of Page for a page in base64."""
    try:
        return {"data": base64.b64decode("".join(content.split()), validate=True)}
    except ValueError:
        return _failure("invalid_base64", f"{place}: bytes is not base64")


def _failure(code: str, message: str) -> dict[str, Any]:
    """Return the argument of Page for a page that cannot be read."""
    return {"failure": Failure(code=code, message=message)}


def _string(value: dict[str, Any], name: str) -> tuple[str | None, tuple[Issue, ...]]:
    """Return an optional field that is a string, or say why it is ignored."""
    given = value.get(name)
    if given is None or isinstance(given, str):
        return given, ()
    return None, (_ignored(f"{name} is {_type(given)}, not a string; ignored"),)


def _time(value: dict[str, Any]) -> tuple[datetime | None, tuple[Issue, ...]]:
    """Return the crawl time with its offset, or say why it is ignored."""
    given, issues = _string(value, "crawled_at")
    if given is None:
        return None, issues
    try:
        time = datetime.fromisoformat(given)
    except ValueError:
        return None, (_ignored(f"crawled_at {given[:40]!r} is not ISO 8601; ignored"),)
    return (time if time.tzinfo else time.replace(tzinfo=UTC)), ()


def _ignored(message: str) -> Issue:
    """Say that a field is not used."""
    return Issue(code="ignored_field", message=message)


def _type(value: Any) -> str:
    """Return what a JSON value is, in words."""
    return _TYPES.get(type(value), "null")
