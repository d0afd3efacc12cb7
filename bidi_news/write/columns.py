r"""Text in terminal columns: how wide it is, where a line breaks, and what must never reach a terminal.

Example:
    >>> [line for line, columns in wrap([("one two ", "a"), ("three", "b")], 7)]
    [[('one two', 'a')], [('three', 'b')]]
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Piece", "columns_of", "visible", "wrap"]

Piece = tuple[str, str]
"""Some text and the name of its style."""

# Controls have pictures in Unicode (block Control Pictures); those above ASCII, and the bidi controls that reach over
# what follows them, are shown by name or number.
_PICTURES = {code: chr(0x2400 + code) for code in range(32)} | {127: "\N{SYMBOL FOR DELETE}", 9: " "}
_PICTURES |= {code: f"<{code:02X}>" for code in range(0x80, 0xA0)}
_PICTURES |= dict(zip(range(0x202A, 0x202F), ("<LRE>", "<RLE>", "<PDF>", "<LRO>", "<RLO>"), strict=True))
_PICTURES |= dict(zip(range(0x2066, 0x206A), ("<LRI>", "<RLI>", "<FSI>", "<PDI>"), strict=True))
_PICTURES |= {0x2028: " ", 0x2029: " "}
_PLAIN = ""
"""Style of a space between two styles."""
_WORD = re.compile(r"\s+|\S+")


def visible(text: str) -> str:
    r"""Return a text with a picture for everything that would steer a terminal.

    Example:
        >>> visible("\x1b[31mred\u202e")
        '␛[31mred<RLO>'
    """
    return text if text.isascii() and text.isprintable() else text.translate(_PICTURES)


def columns_of(text: str) -> int:
    r"""Return the columns that a text takes: marks none, wide East Asian characters two (UAX #11).

    Example:
        >>> columns_of("שָׁלוֹם"), columns_of("日本")
        (4, 4)
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def wrap(pieces: Iterable[Piece], width: int) -> Iterator[tuple[list[Piece], int]]:
    """Break text into lines at white space, which becomes one space; a word that is too wide is cut.

    Args:
        pieces: the text, in pieces of one style.
        width: columns of a line, 2 or more.

    Yields:
        The pieces of a line, and its columns.
    """
    line: list[Piece] = []
    used = 0
    for word in _words(pieces):
        for part in _cut(word, width):
            columns = sum(columns_of(text) for text, _ in part)
            if line and used + 1 + columns > width:
                yield line, used
                line, used = [], 0
            if line:
                _extend(line, [(" ", line[-1][1] if line[-1][1] == part[0][1] else _PLAIN)])
                used += 1
            _extend(line, part)
            used += columns
    if line:
        yield line, used


def _words(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Give the words of a text; one word may have several styles."""
    word: list[Piece] = []
    for text, style in pieces:
        for run in _WORD.findall(text):
            if not run.isspace():
                word.append((run, style))
            elif word:
                yield word
                word = []
    if word:
        yield word


def _cut(word: list[Piece], width: int) -> Iterator[list[Piece]]:
    """Cut a word that is wider than a line."""
    if sum(columns_of(text) for text, _ in word) <= width:
        yield word
        return
    for text, style in word:
        start = used = 0
        for place, character in enumerate(text):
            columns = _columns(character)
            if used + columns > width:
                yield [(text[start:place], style)]
                start, used = place, 0
            used += columns
        yield [(text[start:], style)]


def _extend(line: list[Piece], part: list[Piece]) -> None:
    """Add pieces to a line, joined where styles agree."""
    for text, style in part:
        if line and line[-1][1] == style:
            line[-1] = (line[-1][0] + text, style)
        else:
            line.append((text, style))


def _columns(character: str) -> int:
    """Return the columns of one character."""
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
