r"""A table of labelled lines: one page, each row a label, a tab and a line.

A blank line has no label. Chrome may name its kind (``chrome:nav``). A character that nobody sees may be written as
``\u`` and four hexadecimal digits. Rows ``#url``, ``#headline``, ``#published``, ``#modified`` at the top say what is
known of the page; a date that is left out is one that the page does not say, or leaves open. ``#html`` names the file
beside the table whose rendered lines these are. The layout is the name of the file without its number
(``walla-flash-03.tsv``).

Example:
    >>> table = read_line_table("chrome:nav\tHome\n\t\nbody\tThe ferry is back.\n", "ferry-01.tsv")
    >>> table.page.layout, table.page.text.text, [block.label.value for block in table.page.blocks]
    ('ferry', 'Home\n\nThe ferry is back.', ['chrome', 'body'])
"""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import PurePath
from typing import Any, NamedTuple, get_args

from bidi_news.errors import SourceError
from bidi_news.gold import Fact, GoldBlock, GoldPage
from bidi_news.model import ChromeKind, Label, Page

__all__ = ["LineTable", "fact_of", "label_of", "read_line_table"]

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")
_NUMBER = re.compile(r"-\d+$")
_HEAD = ("url", "html", *get_args(Fact))


class LineTable(NamedTuple):
    """What a table holds."""

    page: GoldPage
    """The page as text: its lines, joined by line feeds."""
    html: str | None
    """Name of the file with its HTML, where the table names one."""
    first_row: int
    """Row of its first line, from 1."""


def read_line_table(table: str, source: str) -> LineTable:
    """Return the page of a table.

    Args:
        table: the table, decoded.
        source: its file.

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
    html = facts.pop("html", None)
    page = GoldPage(
        id=source,
        text=Page(id=source, text="\n".join(lines), url=facts.pop("url", None)),
        layout=_NUMBER.sub("", PurePath(source.removesuffix(".gz")).stem),
        blocks=tuple(blocks),
        facts=facts,
    )
    return LineTable(page, html, number - len(lines) + 1)


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
    return [GoldBlock(at, at + len(ink), *label_of(*name.split(":", 1)))]


def _head(name: str, value: str, *, first: bool) -> dict[str, str | None]:
    """Return what a row before the lines of a page says of it.

    Raises:
        ValueError: if it says nothing that is known, or stands among the lines.
    """
    if name not in _HEAD:
        raise ValueError(f"#{name} is none of {', '.join(f'#{known}' for known in _HEAD)}")
    if not first:
        raise ValueError(f"#{name} must stand above the lines")
    if name == "html" and PurePath(value).name != value:
        raise ValueError(f"#html {value!r} is not the name of a file beside the table")
    return {name: fact_of(name, value.strip() or None)}


def label_of(name: str, kind: str | None = None) -> tuple[Label, ChromeKind | None]:
    """Return a label, and the kind of chrome where one is named.

    Raises:
        ValueError: if there is no such label or kind, or another label than chrome has a kind.

    Example:
        >>> [part.value for part in label_of("chrome", "nav")]
        ['chrome', 'nav']
    """
    if name not in set(Label):
        raise ValueError(f"label {name!r} is none of {', '.join(Label)}")
    if kind is None:
        return Label(name), None
    if name != Label.CHROME or kind not in set(ChromeKind):
        raise ValueError(f"kind {kind!r} of {name} is none of chrome's {', '.join(ChromeKind)}")
    return Label(name), ChromeKind(kind)


def fact_of(name: str, value: Any) -> str | None:
    """Return what is stated of a record's field; dates are checked.

    Args:
        name: the field.
        value: a date is ISO 8601: a day, or a date-time with its UTC offset.

    Raises:
        ValueError: if it is no string, or no date that can be compared.

    Example:
        >>> fact_of("published", "2015-06-23T21:05+03:00")
        '2015-06-23T21:05:00+03:00'
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
