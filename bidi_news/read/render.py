r"""Rendered lines of many HTML bodies at once, with the structure that each line stood in.

The input is HTML as lexbor serializes it: well nested, ``<`` and ``>`` only around tags. So the tags are the pairs of
these two bytes, their nesting is a running sum, and the text is what remains. Inline elements vanish and their text
merges (``<b>Shi</b>ite`` is one word); block elements and ``br`` end the line. White space is collapsed as a browser
does, entities are resolved.

Example:
    >>> render([b"<body><p>One <i>two</i></p><p>three &amp; four</p></body>"])[0].text
    'One two\nthree & four'
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bidi_news.marks import GROUPS, KINDS, MARKS
from bidi_news.read.attributes import attribute_groups
from bidi_news.read.tags import PADDING, eights, find_closers, find_tags, gather

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bidi_news.read.tags import Tags

__all__ = ["Rendered", "render"]

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]

# The element that a line is said to be made by: the first of these that holds most of it.
_TAGS: Final = (
    *("figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "li", "time", "blockquote", "p", "button", "label", "table"),
    *("a", "nav", "footer", "header", "aside"),
)
_AMP, _SPACE, _LF = b"& \n"
_TO_SPACE: Final = bytes.maketrans(b"\t\n\v\f\r", b" " * 5)
_ENTITIES: Final = ((b"&amp;", b"&"), (b"&lt;", b"<"), (b"&gt;", b">"), (b"&nbsp;", "\N{NO-BREAK SPACE}".encode()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The lines of one HTML body."""

    text: str
    """Lines joined by line feeds."""
    tags: tuple[str, ...]
    """Element that made each non-blank line, ``div`` where none of the telling ones did."""
    marks: NDArray[np.float32]
    """What each non-blank line stood in, shape (lines, len(bidi_news.marks.MARKS))."""


class _Lines(NamedTuple):
    """The lines that have ink; text stands after the tags, and a line begins after one that breaks."""

    first: Ints  # tag before the first text of each line
    last: Ints  # tag before its last text
    ink: Ints  # bytes of all ink before each tag, and in all; shape (tags + 1,)


def render(bodies: Sequence[bytes]) -> list[Rendered]:
    """Return the rendered lines of each body, in order.

    Args:
        bodies: UTF-8 of HTML as lexbor serializes it, comments and raw-text elements taken out.
    """
    # an element around each body closes whatever a broken one leaves open, and ends its last line
    encoded = [b"<html>%b</html>" % body for body in bodies]
    data = np.frombuffer(b"".join((*encoded, PADDING)), np.uint8)
    tags = find_tags(data, np.cumsum([0, *map(len, encoded)]))
    text, ink = _text(data, tags)
    lines = _find_lines(tags, ink)
    marks = _marks(data, tags, lines)
    pages = tags.pages[lines.first]
    pieces = list(map(str.strip, filter(None, text.split("\n"))))
    kept = np.fromiter(map(len, pieces), np.int64, len(pieces)) > 0  # some ink is white space to Unicode
    pieces, marks, pages = list(filter(None, pieces)), marks[kept], pages[kept]
    names = _names(marks)
    cuts = np.searchsorted(pages, np.arange(len(bodies) + 1)).tolist()
    return [
        Rendered(text="\n".join(pieces[low:high]), tags=tuple(names[low:high]), marks=marks[low:high])
        for low, high in pairwise(cuts)
    ]


def _text(data: Bytes, tags: Tags) -> tuple[str, Ints]:
    """Return the text, lines parted by line feeds, and the bytes of ink after each tag."""
    starts = tags.ends - tags.breaks  # the last byte of a tag that breaks stands for the line feed
    gathered, base = gather(data, starts, np.append(tags.starts[1:], len(data)) - starts)
    text = np.frombuffer(bytearray(gathered).translate(_TO_SPACE), np.uint8)
    text[base[tags.breaks]] = _LF
    keep = _resolve_entities(text)
    blank, feed = text == _SPACE, text == _LF
    white = blank | feed
    ink = np.zeros(len(text) + 1, np.int32)
    np.cumsum(keep & ~white, dtype=np.int32, out=ink[1:])
    keep[1:] &= ~(white[1:] & (feed[:-1] | (blank[1:] & blank[:-1])))
    decoded = text[keep].tobytes().decode()
    # breaks of other scripts and ages are white space to HTML, and would cut a line in two here
    for char in "\x85\u2028\u2029":
        decoded = decoded.replace(char, " ")
    return decoded, np.diff(ink[base], append=ink[-1]).astype(np.int64)


def _resolve_entities(text: Bytes) -> NDArray[np.bool_]:
    """Replace the four entities that lexbor writes, in place, and return which bytes remain."""
    keep = np.ones(len(text), bool)
    at = np.flatnonzero(text[: 1 - len(PADDING)] == _AMP)
    heads = eights(text)[at]
    for entity, char in _ENTITIES:
        size = len(entity)
        here = at[heads << np.uint64(64 - 8 * size) == int.from_bytes(entity, "little") << (64 - 8 * size)]
        for offset in range(size):
            if offset < len(char):
                text[here + offset] = char[offset]
            else:
                keep[here + offset] = False
    return keep


def _find_lines(tags: Tags, ink: Ints) -> _Lines:
    """Find the lines that have ink, by the bytes of it after each tag."""
    inked = np.flatnonzero(ink)
    begins = np.diff(np.cumsum(tags.breaks)[inked], prepend=-1, append=-1) != 0
    return _Lines(inked[begins[:-1]], inked[begins[1:]], np.append(0, np.cumsum(ink)))


def _marks(data: Bytes, tags: Tags, lines: _Lines) -> NDArray[np.float32]:
    """Return the marks of each line."""
    links = np.cumsum((tags.kind == KINDS.index("a")) & (tags.sign == 1))
    marks = np.empty((len(lines.first), len(MARKS)), np.float32)
    marks[:, :-3] = _shares(data, tags, lines)
    marks[:, -3] = tags.depth[lines.first]
    marks[:, -2] = lines.last - lines.first
    marks[:, -1] = links[lines.last] - links[lines.first]
    return marks


def _shares(data: Bytes, tags: Tags, lines: _Lines) -> NDArray[np.float64]:
    """Return the share of the ink of each line that is inside an element of each kind and group.

    Of a line, all ink is inside if the line before ended inside; then each tag that enters adds the ink from there to
    the end of the line, and each that leaves takes it away.
    """
    at, column, step = _crossings(data, tags)
    rows = len(lines.first) + 1  # the last one is for tags after the last line
    ends = np.append(lines.ink[lines.last + 1], lines.ink[-1])
    total = ends - np.append(lines.ink[lines.first], lines.ink[-1])
    row = np.zeros(len(tags.starts) + 1, np.int64)  # of each tag the line that ends after it
    row[lines.last + 1] = 1
    row = np.cumsum(row)[at]
    cell = column * rows + row
    size = rows * (len(KINDS) + len(GROUPS))
    steps = np.bincount(cell, step, size).astype(np.int32)
    # 1 where the line before ended inside; with the last row of a column all is closed
    before = np.cumsum(steps, dtype=np.int32) - steps
    inside = before * np.tile(total, size // rows) + np.bincount(cell, step * (ends[row] - lines.ink[at]), size)
    return np.asarray((inside.reshape(-1, rows)[:, :-1] / total[:-1]).T)


def _crossings(data: Bytes, tags: Tags) -> tuple[Ints, Ints, Ints]:
    """Return (tag, column of the marks, 1 or -1) where the page enters the first or leaves the last of its kind."""
    kinds = np.flatnonzero((tags.kind >= 0) & (tags.sign != 0))
    owners, groups = attribute_groups(data, tags)
    closers = find_closers(tags)[owners]
    closed = np.flatnonzero(closers < tags.first[tags.pages[owners] + 1])
    at = np.concatenate((kinds, owners, closers[closed]))
    column: Ints = np.concatenate((tags.kind[kinds], groups, groups[closed]))
    column, at = np.divmod(np.sort(column * len(tags.starts) + at), len(tags.starts))
    page, sign = tags.pages[at], tags.sign[at]
    begins = np.diff(page, prepend=-1) != 0
    begins[1:] |= column[1:] != column[:-1]
    begin = np.flatnonzero(begins)
    total = np.cumsum(sign, dtype=np.int64)
    total -= np.repeat(total[begin] - sign[begin], np.diff(begin, append=len(at)))
    inside = (total > 0).astype(np.int8)
    step = np.diff(inside, prepend=np.int8(0))
    step[begin] = inside[begin]
    # what its page leaves open ends with the page
    end = np.append(begin[1:], len(at))[: len(begin)] - 1
    end = end[inside[end] > 0]
    crossed = np.flatnonzero(step)
    return (
        np.concatenate((at[crossed], tags.first[page[end] + 1])),
        np.concatenate((column[crossed], column[end])),
        np.concatenate((step[crossed], np.full(len(end), -1))),
    )


def _names(marks: NDArray[np.float32]) -> list[str]:
    """Return the element that made each line."""
    share = marks[:, [KINDS.index(tag) for tag in _TAGS]] > 0.5
    index = np.where(share.any(axis=1), share.argmax(axis=1), len(_TAGS))
    return list(np.array((*_TAGS, "div"), object)[index])
