r"""Labelled pages from files: tables of labelled lines, and JSON Lines with labelled blocks or the text of the body.

- ``.tsv``: one page a file; a row is a label, a tab and a line of the page; a blank line has no label.
  Chrome may name its kind (``chrome:nav``). A character that nobody sees may be written as ``\u`` and four hexadecimal
  digits. Rows ``#url``, ``#headline``, ``#published``, ``#modified`` at the top say
  what is known of the page; a date that is left out is one that the page does not say, or leaves open. The layout is
  the name of the file without its number (``walla-flash-03.tsv``).
- JSON Lines with ``text`` and ``blocks`` (``start``, ``end``, ``label``, ``kind``; code points of the text).
- JSON Lines with ``text`` or ``html`` or both, and ``gold_body``, ``title``, ``deck``, or ``negative`` for a page
  without an article.

Rows may carry ``id``, ``url``, ``crawled_at``, ``language``, ``layout``, ``headline``, ``published`` and ``modified``;
other fields are left alone. A row that is wrong is reported with its place, and the rest goes on.

Example:
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = Path(folder, "ferry-01.tsv").write_text("chrome:nav\tHome\n\t\nbody\tThe ferry is back.\n")
    ...     (page,) = read_gold([folder], report=print)
    >>> page.layout, page.text.text, [block.label.value for block in page.blocks]
    ('ferry', 'Home\n\nThe ferry is back.', ['chrome', 'body'])
"""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, get_args

from bidi_news.errors import SourceError
from bidi_news.gold import Content, Fact, GoldBlock, GoldPage
from bidi_news.model import ChromeKind, Label, Page
from bidi_news.read.encoding import decode
from bidi_news.read.jsonl import Row, row_page
from bidi_news.read.sources import source_pages, source_rows
from bidi_news.read.streams import STDIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["read_gold"]

_TABLE = ".tsv"
_SUFFIXES = (_TABLE, ".jsonl", ".ndjson", ".json")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")
_NUMBER = re.compile(r"-\d+$")
_HEAD = ("url", *get_args(Fact))
_ABOUT = ("id", "url", "crawled_at", "language")


def read_gold(paths: Sequence[str], *, report: Callable[[SourceError], None]) -> Iterator[GoldPage]:
    """Give the labelled pages of some sources, in order.

    Args:
        paths: files (plain or gzip'd), folders, and ``-`` for JSON Lines on standard input.
        report: called for each source that cannot be read, and, with the number of the line, for each page that is
            malformed; that page is left out.

    Yields:
        Pages; memory is that of one.
    """
    for name in _files(paths, report):
        yield from (_tables if _suffix(name) == _TABLE else _rows)(name, report)


def _tables(name: str, report: Callable[[SourceError], None]) -> Iterator[GoldPage]:
    """Give the page of a table."""
    for page in source_pages([name], "text", report=report):
        if page is None or not page.data:
            continue
        try:
            gold = _table_page(decode(page.data)[0], str(page.id))
        except SourceError as error:
            report(error)
        else:
            yield gold


def _rows(name: str, report: Callable[[SourceError], None]) -> Iterator[GoldPage]:
    """Give the pages of JSON Lines."""
    source = "standard input" if name == STDIN else name
    for row in source_rows([name], report=report):
        if row is None:
            continue
        try:
            gold = _row_page(row, f"{source}, line {row.number}")
        except ValueError as error:
            report(SourceError(str(error), source=source, line=row.number))
        else:
            yield gold


def _files(paths: Sequence[str], report: Callable[[SourceError], None]) -> Iterator[str]:
    """Give the files of some paths: a folder gives its labelled pages, sorted, and must have one."""
    for path in paths:
        if path == STDIN or not Path(path).is_dir():
            yield path
            continue
        found = sorted(str(file) for file in Path(path).rglob("*") if _suffix(file.name) in _SUFFIXES)
        if not found:
            report(
                SourceError(f"the folder has no labelled pages (files with one of {' '.join(_SUFFIXES)})", source=path)
            )
        yield from found


def _suffix(name: str) -> str:
    """Return the suffix of a file, ``.gz`` left out."""
    return PurePath(name.lower().removesuffix(".gz")).suffix


def _table_page(table: str, source: str) -> GoldPage:
    """Return the page of a table of labelled lines.

    Raises:
        SourceError: at the first row that is malformed.
    """
    facts: dict[Any, str | None] = {"published": None, "modified": None}
    lines: list[str] = []
    blocks: list[GoldBlock] = []
    start = 0
    for number, row in enumerate(table.removesuffix("\n").split("\n"), 1):
        name, tab, line = _unescaped(row.removesuffix("\r")).partition("\t")
        try:
            if name.startswith("#"):
                facts |= _head(name.removeprefix("#"), line, first=not lines)
                continue
            blocks += _line(name, line if tab else None, start)
        except ValueError as error:
            raise SourceError(str(error), source=source, line=number) from None
        lines.append(line)
        start += len(line) + 1
    return GoldPage(
        id=source,
        text=Page(id=source, text="\n".join(lines), url=facts.pop("url", None)),
        layout=_NUMBER.sub("", PurePath(source.removesuffix(".gz")).stem),
        blocks=tuple(blocks),
        facts=facts,
    )


def _unescaped(row: str) -> str:
    """Return a row with its invisible characters in place of their escapes."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), row) if "\\u" in row else row


def _line(name: str, line: str | None, start: int) -> list[GoldBlock]:
    """Return the block of a line, none for a blank one.

    Args:
        name: the label.
        line: the line; None where no tab stands before it.
        start: its first code point in the text.

    Raises:
        ValueError: if the label is none, or one of line and label is missing.
    """
    ink = (line or "").strip()
    if name and line is None:
        raise ValueError("no tab between a label and its line")
    if bool(name) != bool(ink):
        raise ValueError("a blank line has a label" if name else "a line has no label")
    if line is None or not ink:
        return []
    at = start + line.index(ink)
    return [GoldBlock(at, at + len(ink), *_label(*name.split(":", 1)))]


def _head(name: str, value: str, *, first: bool) -> dict[str, str | None]:
    """Return what a row before the lines of a page says of it.

    Raises:
        ValueError: if it says nothing that is known, or stands among the lines.
    """
    if name not in _HEAD:
        raise ValueError(f"#{name} is none of {', '.join(f'#{known}' for known in _HEAD)}")
    if not first:
        raise ValueError(f"#{name} must stand above the lines")
    return {name: _fact(name, value.strip() or None)}


def _label(name: str, kind: str | None = None) -> tuple[Label, ChromeKind | None]:
    """Return a label, and the kind of chrome where one is named.

    Raises:
        ValueError: if there is no such label or kind, or another label than chrome has a kind.
    """
    if name not in set(Label):
        raise ValueError(f"label {name!r} is none of {', '.join(Label)}")
    if kind is None:
        return Label(name), None
    if name != Label.CHROME or kind not in set(ChromeKind):
        raise ValueError(f"kind {kind!r} of {name} is none of chrome's {', '.join(ChromeKind)}")
    return Label(name), ChromeKind(kind)


def _fact(name: str, value: Any) -> str | None:
    """Return what is stated of a record's field; dates are checked.

    Raises:
        ValueError: if it is no string, or no date that can be compared.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f"{name} is not a string")  # noqa: TRY004  (a value of the row: one kind of error for all)
    if name in {"published", "modified"}:
        try:
            known = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{name} {value[:40]!r} is not ISO 8601") from None
        if isinstance(known, datetime) and known.tzinfo is None:
            raise ValueError(f"{name} {value!r} has a time and no UTC offset")
        return known.isoformat()
    return value


def _row_page(row: Row, place: str) -> GoldPage:
    """Return the page of a row of JSON Lines.

    Raises:
        ValueError: if the row is no labelled page.
    """
    if row.failure is not None:
        raise ValueError(row.failure.message.removeprefix(f"{place}: "))
    value = row.value
    pages: dict[Content, Page] = {
        kind: _content(row, kind, place) for kind in get_args(Content) if value.get(kind) is not None
    }
    if not pages:
        raise ValueError("has none of text, html")
    body = _fact("gold_body", value.get("gold_body"))
    labelled = value.get("blocks") is not None
    if not (labelled or body or value.get("negative")):
        raise ValueError("has none of blocks, gold_body, negative")
    facts: dict[Fact, str | None] = {name: _fact(name, value[name]) for name in get_args(Fact) if name in value}
    if value.get("title") is not None:
        facts.setdefault("headline", _fact("title", value["title"]))
    return GoldPage(
        id=value.get("id", place),
        text=pages.get("text"),
        html=pages.get("html"),
        layout=_fact("layout", value.get("layout")),
        blocks=_blocks(value["blocks"], pages["text"].text if "text" in pages else None) if labelled else None,
        body=body or "",
        deck=_fact("deck", value.get("deck")),
        facts=facts,
    )


def _content(row: Row, kind: Content, place: str) -> Page:
    """Return the page of a row in one form.

    Raises:
        ValueError: if it is no string.
    """
    kept = {name: row.value[name] for name in (*_ABOUT, kind) if name in row.value}
    page = row_page(row._replace(value=kept), place)
    if page.failure is not None:
        raise ValueError(f"{kind} is not a string")
    return page


def _blocks(given: Any, text: str | None) -> tuple[GoldBlock, ...]:
    """Return the labelled blocks of a text.

    Raises:
        ValueError: if they do not lie in the text, in order and apart, or have no label.
    """
    if text is None or not isinstance(given, list):
        raise ValueError("blocks need text" if text is None else "blocks is not a list")
    blocks: list[GoldBlock] = []
    done = 0
    for number, block in enumerate(given, 1):
        try:
            blocks.append(_block(block, done, len(text)))
        except ValueError as error:
            raise ValueError(f"block {number}: {error}") from None
        done = blocks[-1].end
    return tuple(blocks)


def _block(given: Any, done: int, length: int) -> GoldBlock:
    """Return one block that begins at code point ``done`` or after, in a text of some length.

    Raises:
        ValueError: if it does not, or has no label.
    """
    if not isinstance(given, dict):
        raise ValueError("is not an object")  # noqa: TRY004  (a value of the row: one kind of error for all)
    start, end = given.get("start"), given.get("end")
    if not (isinstance(start, int) and isinstance(end, int) and done <= start < end <= length):
        raise ValueError(f"{start} to {end} is not after {done} and within {length} code points")
    kind = given.get("kind")
    return GoldBlock(start, end, *_label(str(given.get("label")), kind if kind is None else str(kind)))
