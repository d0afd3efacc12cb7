"""The tags of HTML as lexbor writes it: where they are, what they open and close, how deep.

Comments and elements of raw text (scripts, style sheets) count as one tag each, from their beginning to their end.

Example:
    >>> from bidi_news.read.eights import padded
    >>> find_tags(padded([b"<html><p>a<br>b</p></html>"]), np.array([0, 26])).sign.tolist()
    [1, 1, 0, -1, -1]
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bidi_news.marks import KINDS
from bidi_news.read.eights import Bytes, Eights, Ints, Slots, eights, runs, sorted_places
from bidi_news.read.raw_text import RAW_TEXT, find_extents

__all__ = ["BREAKS", "HIDDEN", "INERT", "TELLING", "VOID", "Tags", "find_closers", "find_tags"]

# Elements that a browser sets as blocks or table cells (WHATWG HTML, "Rendering", 15.3), and those that break a line.
_BLOCKS: Final = (
    *("address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "details"),
    *("dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3"),
    *("h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol"),
    *("optgroup", "option", "p", "pre", "search", "section", "select", "summary", "table", "tbody", "td", "textarea"),
    *("tfoot", "th", "thead", "tr", "ul", "video", "xmp"),
)
VOID: Final = (
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"),
    *("basefont", "bgsound", "frame", "keygen"),
)
"""Elements that are written without an end tag (WHATWG HTML, 13.3), the obsolete ones too."""
# Elements whose text a browser never shows on the page (WHATWG HTML, "Rendering", 15.3.1), and vector pictures.
_HIDDEN: Final = (*RAW_TEXT, "head", "template", "svg", "object")
# Elements that may say something for programs, whatever their attributes.
_TELLING: Final = ("html", "title", "script", "time")
BREAKS, _VOID, _RAW, HIDDEN, INERT, TELLING = (np.uint8(1 << bit) for bit in range(6))
"""Flags of elements: ends the line; is never shown; is no part of the page; says something for programs."""
_LT, _GT, _SLASH, _BANG, _A, _SPACE = b"<>/!A "
_ONE, _SEVEN, _LAST = np.uint64(1), np.uint64(7), np.uint64(56)
_ONES, _HIGHS, _SPACES, _ANGLES = (np.uint64(byte * 0x0101010101010101) for byte in b"\x01\x80 >")  # in all bytes


_Columns = tuple[Ints, Ints, NDArray[np.int8], Ints, Bytes]


class Tags(NamedTuple):
    """The tags of all pages, in order."""

    starts: Ints  # byte of "<"
    ends: Ints  # byte after ">"
    sign: NDArray[np.int8]  # 1 opens, -1 closes, 0 is void
    kind: Ints  # index into KINDS, or a number beyond
    flags: Bytes  # of the element
    first: Ints  # index of the first tag of each page, and the number of tags
    depth: NDArray[np.int32]  # elements of its page that are open after it


@cache
def _element_table() -> tuple[Slots, Bytes]:
    """Return the first eight bytes of the known names, those of KINDS first; and the flags of each.

    The last row is that of any other element.
    """
    sets = {BREAKS: _BLOCKS, _VOID: VOID, _RAW: RAW_TEXT, HIDDEN: _HIDDEN, INERT: ("template",), TELLING: _TELLING}
    names = [*KINDS, *sorted({name for members in sets.values() for name in members} - {*KINDS})]
    keys = np.array([int.from_bytes(name.encode()[:8], "little") for name in names], np.uint64)
    flags = [*(sum(int(flag) * (name in members) for flag, members in sets.items()) for name in names), 0]
    return Slots.of(keys), np.array(flags, np.uint8)


def find_tags(html: bytes, bounds: Ints) -> Tags:
    """Find the tags: from ``<`` to the next ``>``.

    Args:
        html: the pages, :func:`~bidi_news.read.eights.padded`.
        bounds: first byte of each page, and the byte after the last.
    """
    data = np.frombuffer(html, np.uint8)
    angles = data | 2  # "<" and ">" differ in this one bit
    brackets = np.equal(angles, _GT, out=angles.view(bool)).nonzero()[0]
    # a "<" inside a tag opens nothing, a ">" outside closes nothing
    turns = runs(data.take(brackets) == _LT)[:-1]
    if len(turns) < len(brackets):
        brackets = brackets.take(turns)
    starts, ends = brackets[0::2].copy(), brackets[1::2] + 1
    lead = data.take(starts + 1)
    closing = lead == _SLASH
    after = starts + 1 + closing
    table, flags_of = _element_table()
    names = _element_names(eights(data, after))
    kind = table.find(names)
    flags = flags_of.take(kind)
    _look_further(data, after, names, flags)
    sign = (lead >= _A).view(np.int8) - closing.view(np.int8)  # a doctype or a processing instruction opens nothing
    sign *= flags & _VOID == 0
    whole = (((flags & _RAW > 0) & (sign > 0)) | (lead == _BANG)).nonzero()[0]
    starts, ends, sign, kind, flags = _joined(html, bounds, whole, (starts, ends, sign, kind, flags))
    first = starts.searchsorted(bounds)
    depth = sign.cumsum(dtype=np.int32)
    # a page begins with the one tag of the element around it
    depth -= np.repeat(depth.take(first[:-1]) - 1, first[1:] - first[:-1])
    return Tags(starts, ends, sign, kind, flags, first, depth)


def _look_further(data: Bytes, at: Ints, names: Eights, flags: Bytes) -> None:
    """Take the flags of elements that hide something from those whose names only begin with the same eight letters."""
    full = ((flags & HIDDEN > 0) & (names >> _LAST > 0)).nonzero()[0]
    ninth = data.take(at.take(full) + 8)
    flags[full[(ninth != _SPACE) & (ninth != _GT)]] = 0


def _joined(html: bytes, bounds: Ints, candidates: Ints, columns: _Columns) -> _Columns:
    """Return tags with each comment and each element of raw text as one void tag, and none of what they hold."""
    starts, ends, sign, kind, flags = columns
    pages = bounds.searchsorted(starts.take(candidates), side="right")
    found = find_extents(html, starts.take(candidates).tolist(), bounds.take(pages).tolist())
    rows = candidates[[place for place, _ in found]]
    ends[rows] = [end for _, end in found]
    sign[rows] = 0
    flags[rows[flags.take(rows) == 0]] = HIDDEN | INERT  # comments
    kept = np.ones(len(starts), bool)
    for row, after in zip(rows.tolist(), starts.searchsorted(ends.take(rows)).tolist(), strict=True):
        kept[row + 1 : after] = False
    return columns if kept.all() else (starts[kept], ends[kept], sign[kept], kind[kept], flags[kept])


def _element_names(heads: Eights) -> Eights:
    """Return of some eight bytes each those before the first space or ``>``.

    A byte is zero where subtracting one from it borrows; the lowest such byte is always told right (H. S. Warren,
    "Hacker's Delight", "Find first 0-byte").
    """
    space, angle = heads ^ _SPACES, heads ^ _ANGLES
    stops: Eights = (((space - _ONES) & ~space) | ((angle - _ONES) & ~angle)) & _HIGHS
    # the lowest bit that is set, moved to the first bit of its byte, less one, covers all bytes before; no bit, all
    return heads & (((stops & np.negative(stops)) >> _SEVEN) - _ONE)


def find_closers(tags: Tags) -> Ints:
    """Return for each opening tag the index of the tag that closes it, or of the first tag of the next page.

    Among the tags of one nesting level, opening and closing ones alternate: the closer is the next of the level.
    """
    level = tags.depth + (tags.sign < 0)
    apart = level.max(initial=0) + 1
    level[(tags.sign == 0).nonzero()[0]] = apart  # what neither opens nor closes
    order = sorted_places(level)
    level = level.take(order)
    pair = (level[1:] == level[:-1]).nonzero()[0]
    closers = np.repeat(tags.first[1:], tags.first[1:] - tags.first[:-1])
    opener, closer = order.take(pair), order.take(pair + 1)
    closers[opener] = np.minimum(closers.take(opener), closer)
    return closers
