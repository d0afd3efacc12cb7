r"""Labelled pages from files: tables of labelled lines, and JSON Lines with labelled blocks or the text of the body.

- ``.tsv``: one page a file, every line with its label (:mod:`bidi_news.read.line_tables`); of HTML, the lines that it
  is rendered to.
- JSON Lines with ``text`` and ``blocks`` (``start``, ``end``, ``label``, ``kind``; code points of the text); ``html``
  beside them must be rendered to that text.
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

from dataclasses import replace
from itertools import zip_longest
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, get_args

from bidi_news.errors import SourceError
from bidi_news.gold import Content, Fact, GoldBlock, GoldPage
from bidi_news.read.documents import read_pages
from bidi_news.read.encoding import decode
from bidi_news.read.jsonl import Row, row_page
from bidi_news.read.line_tables import fact_of, label_of, read_line_table
from bidi_news.read.sources import source_pages, source_rows
from bidi_news.read.streams import STDIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bidi_news.model import Page
    from bidi_news.read.line_tables import LineTable

__all__ = ["read_gold"]

_TABLE = ".tsv"
_SUFFIXES = (_TABLE, ".jsonl", ".ndjson", ".json")
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
            table = read_line_table(decode(page.data)[0], str(page.id))
            gold = table.page if table.html is None else _with_html(table, table.html, report)
        except SourceError as error:
            report(error)
        else:
            if gold is not None:
                yield gold


def _with_html(table: LineTable, name: str, report: Callable[[SourceError], None]) -> GoldPage | None:
    """Return the page of a table with its HTML; None where that cannot be read, which is reported.

    Args:
        table: the table.
        name: the file of its HTML, beside it.
        report: as for :func:`read_gold`.

    Raises:
        SourceError: at the first line of the table that the HTML does not have.
    """
    gold = table.page
    path = Path(str(gold.id)).with_name(name)
    html = next((page for page in source_pages([str(path)], "html", report=report) if page is not None), None)
    if html is None or gold.text is None or gold.text.text is None:
        return None
    other = _other_line(gold.text.text, html)
    if other is not None:
        number, message = other
        raise SourceError(f"{name} {message}", source=str(gold.id), line=table.first_row + number)
    return replace(gold, html=replace(html, id=gold.id, url=gold.text.url))


def _other_line(text: str, html: Page) -> tuple[int, str] | None:
    """Return the first line, from 0, in which HTML is not rendered to a text, and what it has there; None for none."""
    lines, rendered = text.split("\n"), read_pages([html])[0].text.split("\n")
    for number, (line, other) in enumerate(zip_longest(lines, rendered)):
        if line != other:
            return number, "has no such line" if other is None else f"has {other[:40]!r} as line {number + 1}"
    return None


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
    body = fact_of("gold_body", value.get("gold_body"))
    labelled = value.get("blocks") is not None
    if not (labelled or body or value.get("negative")):
        raise ValueError("has none of blocks, gold_body, negative")
    blocks = _blocks(value["blocks"], pages["text"].text if "text" in pages else None) if labelled else None
    if labelled and "html" in pages:
        _check_html(pages["text"].text or "", pages["html"])
    facts: dict[Fact, str | None] = {name: fact_of(name, value[name]) for name in get_args(Fact) if name in value}
    if value.get("title") is not None:
        facts.setdefault("headline", fact_of("title", value["title"]))
    return GoldPage(
        id=value.get("id", place),
        text=pages.get("text"),
        html=pages.get("html"),
        layout=fact_of("layout", value.get("layout")),
        blocks=blocks,
        body=body or "",
        deck=fact_of("deck", value.get("deck")),
        facts=facts,
    )


def _check_html(text: str, html: Page) -> None:
    """Refuse HTML that is not rendered to the text that blocks speak of.

    Raises:
        ValueError: at the first other line.
    """
    other = _other_line(text, html)
    if other is not None:
        number, message = other
        raise ValueError(f"line {number + 1} of text: html {message}")


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
    return GoldBlock(start, end, *label_of(str(given.get("label")), kind if kind is None else str(kind)))
