r"""Rendered lines of many HTML bodies at once, with the structure that each line stood in.

The input is HTML as lexbor serializes it: well nested, ``<`` and ``>`` only around tags. So the tags are the pairs of
these two bytes, their nesting is a running sum, and the text is what remains. Inline elements vanish and their text
merges (``<b>Shi</b>ite`` is one word); block elements and ``br`` end the line. White space is collapsed as a browser
does, entities are resolved.

Example:
    >>> from bidi_news.read.markup import Markup
    >>> render(Markup.of([b"<body><p>One <i>two</i></p><p>three &amp; four</p></body>"]))[0].text
    'One two\nthree & four'
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from bidi_news.marks import GROUPS, KINDS, MARKS
from bidi_news.read.attributes import attribute_groups
from bidi_news.read.containers import Contents, container_marks
from bidi_news.read.eights import eights, gather, runs, sorted_places
from bidi_news.read.tags import BREAKS
from bidi_news.read.visible import find_visible

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bidi_news.read.attributes import Quoted
    from bidi_news.read.eights import Bytes, Ints
    from bidi_news.read.markup import Markup
    from bidi_news.read.visible import Visible

__all__ = ["Rendered", "render"]

# The element that a line is said to be made by: the first of these that holds most of it.
_TAGS: Final = (
    *("figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "li", "time", "blockquote", "p", "button", "label", "table"),
    *("a", "nav", "footer", "header", "aside"),
)
_TAG_NAMES: Final = np.array((*_TAGS, "div"), object)
_TAG_ROWS: Final = [KINDS.index(tag) for tag in _TAGS]
_LINK: Final = KINDS.index("a")
_SHARES: Final = len(KINDS) + len(GROUPS)  # columns of the marks that are shares
_STEPS: Final = np.array([1, -1], np.int32)
_HALF: Final = 32  # bits of a number that has another above it
_ONES, _HIGHEST = np.uint64(0x0101010101010101), np.uint64(56)
_AMP, _SPACE, _LF = b"& \n"
_TAB: Final = np.uint8(9)
_NOTHING, _FEED = 0xFE, 0xFF  # bytes that UTF-8 never has: one to leave out, and the end of a line
_TO_SPACE: Final = bytes.maketrans(b"\t\n\v\f\r\xff", b" " * 5 + b"\n")
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


def render(markup: Markup) -> list[Rendered]:
    """Return the rendered lines of each page, in order."""
    seen = find_visible(markup.tags, markup.closers)
    text, lines = _text(markup.data, seen)
    columns = _marks(markup.data, markup.quoted, seen, lines)
    marks, names = columns.T, _names(columns)  # by column, as they are read
    feeds = (np.frombuffer(text, np.uint8) == _LF).nonzero()[0]
    cuts = lines.first.searchsorted(seen.tags.first).tolist()
    bounds = np.append(0, feeds + 1).take(cuts).tolist()
    return [
        _tidied(text[start:end].decode(), names[low:high], marks[low:high])
        for (start, end), (low, high) in zip(pairwise(bounds), pairwise(cuts), strict=True)
    ]


def _tidied(text: str, names: list[str], marks: NDArray[np.float32]) -> Rendered:
    """Return the lines of a page, each closed by a line feed, less outer white space and lines of nothing else."""
    # breaks of other scripts and ages are white space to HTML, and would cut a line in two here
    for char in "\x85\u2028\u2029":
        text = text.replace(char, " ")
    lines = list(map(str.strip, text.split("\n")[:-1]))
    if "" in lines:  # some ink is white space to Unicode
        marks = marks[np.fromiter(map(bool, lines), bool, len(lines))]
        names = list(compress(names, lines))
        lines = list(filter(None, lines))
    return Rendered(text="\n".join(lines), tags=tuple(names), marks=marks)


def _text(data: Bytes, seen: Visible) -> tuple[bytes, _Lines]:
    """Return the text, each run of white space as one space, each line closed by a line feed; and its lines."""
    sizes, owner = seen.sizes, seen.owner
    text, bounds = gather(data, seen.starts, sizes, _NOTHING)
    _resolve_entities(text)
    white = (text == _SPACE) | (text - _TAB < 5)
    # a product with this number adds up eight bytes
    inks = ((~white & (text < _NOTHING)).view(np.uint64) * _ONES) >> _HIGHEST
    inks = np.add.reduceat(inks, bounds)[:-1]
    inky = inks.nonzero()[0]
    begins = runs((seen.tags.flags & BREAKS).cumsum().take(owner.take(inky)))
    first, last = inky.take(begins[:-1]), inky.take(begins[1:] - 1)
    # of a run of white space the first byte stays, and none after the end of a line
    starts = 8 * bounds[:-1]
    ends_white = white.take(starts + sizes - 1)
    ends_white[last] = True
    more = white.copy()
    more[1:] &= white[:-1]
    more[starts[1:]] = white.take(starts[1:]) & ends_white[:-1]
    np.maximum(text, more.view(np.uint8) * np.uint8(_NOTHING), out=text)
    text[starts.take(last) + (sizes.take(last) | 7)] = _FEED
    ink = np.zeros(len(seen.closers) + 1, np.int64)
    np.add.at(ink, owner + 1, inks.view(np.int64))
    lines = _Lines(owner.take(first), owner.take(last), ink.cumsum())
    return text.tobytes().translate(_TO_SPACE, bytes([_NOTHING])), lines


def _resolve_entities(text: Bytes) -> None:
    """Replace the four entities that lexbor writes, in place."""
    at = (text == _AMP).nonzero()[0]
    heads = eights(text, at)
    for entity, char in _ENTITIES:
        beyond = np.uint64(64 - 8 * len(entity))  # bits of what follows
        found = heads << beyond == int.from_bytes(entity.rjust(8, b"\0"), "little")
        here = at.take(found.nonzero()[0])
        for offset, byte in enumerate(char):
            text[here + offset] = byte
        text[np.add.outer(here, range(len(char), len(entity)))] = _NOTHING


def _marks(data: Bytes, quoted: Quoted, seen: Visible, lines: _Lines) -> NDArray[np.float32]:
    """Return the marks of the lines, one row for each mark."""
    tags, closers = seen.tags, seen.closers
    links = ((tags.kind == _LINK) & (tags.sign > 0)).cumsum()
    marks = np.empty((len(MARKS), len(lines.first)), np.float32)
    _put_shares(marks[:_SHARES], _insides(data, quoted, seen, lines.ink), lines)
    starts = lines.ink.take(np.append(lines.first, len(tags.starts)))
    shares, counts = container_marks(tags, closers, Contents(lines.first, np.diff(starts), marks[_LINK]))
    marks[_SHARES:-3] = [*shares, *counts]
    marks[-3] = tags.depth.take(lines.first)
    marks[-2] = lines.last - lines.first
    marks[-1] = links.take(lines.last) - links.take(lines.first)
    return marks


def _put_shares(shares: NDArray[np.float32], insides: tuple[Ints, Ints, Ints], lines: _Lines) -> None:
    """Put into one row for each kind and group the share of the ink of each line that is inside an element of it.

    All ink is inside from the line where an element begins to the one before that where it ends; of the first its ink
    before the element is taken away, of the last that before the end is added.
    """
    column, opener, closer = insides
    width = len(lines.first) + 1  # the last one is for what comes after the last line
    starts = lines.ink.take(np.append(lines.first, len(lines.ink) - 1))
    total = (starts[1:] - starts[:-1]).astype(np.int32)
    row = np.zeros(len(lines.ink), np.int64)  # of each tag the line that ends after it
    row[lines.last + 1] = 1
    row = row.cumsum()
    at = np.concatenate((opener, closer))
    rows = row.take(at)
    cell = np.concatenate((column, column)) * width + rows
    step = np.repeat(_STEPS, len(column))
    inside = np.zeros((len(shares), width), np.int32)
    np.add.at(inside.reshape(-1), cell, step)
    inside.cumsum(axis=1, out=inside)
    inside[:, :-1] *= total
    part = starts.take(rows) - lines.ink.take(at)
    some = part.nonzero()[0]
    np.add.at(inside.reshape(-1), cell.take(some), part.take(some).astype(np.int32) * step.take(some))
    np.divide(inside[:, :-1], total, out=shares, dtype=np.float32)


def _insides(data: Bytes, quoted: Quoted, seen: Visible, ink: Ints) -> tuple[Ints, Ints, Ints]:
    """Return (column of the marks, opening tag, closing tag) of the outermost elements of each kind and group."""
    tags, closers = seen.tags, seen.closers
    holds = (tags.sign > 0) & (ink.take(closers) > ink[:-1])
    kinds = (holds & (tags.kind < len(KINDS))).nonzero()[0]
    owners, groups = attribute_groups(data, quoted, tags, holds)
    columns, openers = np.concatenate((tags.kind.take(kinds), groups)), np.concatenate((kinds, owners))
    places = sorted_places(columns)  # the openers of a column are in order
    columns, openers = columns.take(places), openers.take(places)
    ends = closers.take(openers)
    column = columns << _HALF
    reach = np.maximum.accumulate(column | ends)
    outermost = np.ones(len(openers), bool)
    np.greater_equal((column | openers)[1:], reach[:-1], out=outermost[1:])
    kept = outermost.nonzero()[0]
    return columns.take(kept), openers.take(kept), ends.take(kept)


def _names(marks: NDArray[np.float32]) -> list[str]:
    """Return the element that made each line."""
    most = np.ones((len(_TAGS) + 1, marks.shape[1]), bool)  # the last row is that of any other element
    np.greater(marks.take(_TAG_ROWS, axis=0), 0.5, out=most[:-1])
    names: list[str] = _TAG_NAMES.take(most.argmax(axis=0)).tolist()
    return names
