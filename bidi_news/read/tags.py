"""The tags of HTML as lexbor writes it: where they are, what they open and close, how deep.

Example:
    >>> page = np.frombuffer(b"<html><p>a<br>b</p></html>" + PADDING, np.uint8)
    >>> find_tags(page, np.array([0, len(page)])).sign.tolist()
    [1, 1, 0, -1, -1]
"""

from __future__ import annotations

from functools import cache
from itertools import count
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bidi_news.marks import KINDS

__all__ = ["PADDING", "VOID", "Slots", "Tags", "eights", "find_closers", "find_tags", "gather"]

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]

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
PADDING: Final = b" " * 8
"""Bytes after the last page, so that eight bytes can be read from every byte on."""
_LT, _GT, _SLASH, _A, _SPACE = b"<>/A "


class Slots(NamedTuple):
    """Some 64-bit keys, each in a slot of its own: finding one takes no search."""

    keys: NDArray[np.uint64]
    multiplier: np.uint64
    shift: np.uint64
    rows: NDArray[np.int16]  # index of the key in each slot

    @classmethod
    def of(cls, keys: NDArray[np.uint64]) -> Slots:
        """Place some keys by the first multiplier that keeps them apart; of equal keys the last one counts."""
        bits = 2 * len(keys).bit_length() - 2  # so many slots that one multiplier in ten will do
        distinct = len(set(keys.tolist()))
        multipliers = count(0x9E3779B97F4A7C15, 2)
        while True:
            slots = cls(keys, np.uint64(next(multipliers)), np.uint64(64 - bits), np.zeros(1 << bits, np.int16))
            places = slots.places(keys)
            if len(set(places.tolist())) == distinct:
                slots.rows[places] = np.arange(len(keys))
                return slots

    def places(self, wanted: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Return the slot where each number would be."""
        return np.asarray((wanted * self.multiplier) >> self.shift)

    def find(self, wanted: NDArray[np.uint64]) -> NDArray[np.int16]:
        """Return which key each number is, -1 for none."""
        row = self.rows[self.places(wanted)]
        row[self.keys[row] != wanted] = -1
        return row


class Tags(NamedTuple):
    """The tags of all bodies, in order."""

    starts: Ints  # byte of "<"
    ends: Ints  # byte after ">"
    sign: NDArray[np.int8]  # 1 opens, -1 closes, 0 is void
    kind: NDArray[np.int8]  # index into KINDS, or -1
    breaks: NDArray[np.bool_]  # ends the line
    pages: Ints  # index of its page
    first: Ints  # index of the first tag of each page, and the number of tags
    depth: NDArray[np.int32]  # elements of its page that are open after it


@cache
def _element_table() -> tuple[Slots, NDArray[np.int8], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the first eight bytes of the known names; their index in KINDS; whether they break, are void.

    The last row is that of any other element.
    """
    names = sorted({*KINDS, *_BLOCKS, *VOID})
    keys = np.array([int.from_bytes(name.encode()[:8], "little") for name in names], np.uint64)
    kinds = [*(KINDS.index(name) if name in KINDS else -1 for name in names), -1]
    breaks, void = ([*(name in group for name in names), False] for group in (_BLOCKS, VOID))
    return Slots.of(keys), np.array(kinds, np.int8), np.array(breaks), np.array(void)


def eights(data: Bytes) -> NDArray[np.uint64]:
    """Return a view of the eight bytes that begin at each byte, the padding's own left out."""
    return np.ndarray((max(0, len(data) - len(PADDING) + 1),), np.dtype("<u8"), data, 0, (1,))


def find_tags(data: Bytes, bounds: Ints) -> Tags:
    """Find the tags: from ``<`` to the next ``>``.

    Args:
        data: the pages, padded.
        bounds: first byte of each page, and the byte after the last.
    """
    brackets = np.flatnonzero((data | 2) == _GT)  # "<" and ">" differ in this one bit
    # a "<" inside a tag opens nothing, a ">" outside closes nothing
    turns = brackets[np.flatnonzero(np.diff(data[brackets] == _LT, prepend=False))]
    starts, ends = turns[0::2], turns[1::2] + 1
    lead = data[starts + 1]
    closing = lead == _SLASH
    slots, kinds, breaks, void = _element_table()
    row = slots.find(_element_names(eights(data)[starts + 1 + closing]))
    sign = (lead >= _A).astype(np.int8)  # a doctype or a processing instruction opens nothing
    sign -= closing
    sign[void[row]] = 0
    first = np.searchsorted(starts, bounds)
    sizes = np.diff(first)
    depth = np.cumsum(sign, dtype=np.int32)
    depth -= np.repeat(depth[first[:-1]] - 1, sizes)  # a page begins with the one tag of the element around it
    return Tags(starts, ends, sign, kinds[row], breaks[row], np.repeat(np.arange(len(sizes)), sizes), first, depth)


def _element_names(heads: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return of some eight bytes each those before the first space or ``>``.

    A byte is zero where subtracting one from it borrows; the lowest such byte is always told right (H. S. Warren,
    "Hacker's Delight", "Find first 0-byte").
    """
    ones = np.uint64(0x0101010101010101)
    stops = np.zeros_like(heads)
    for stop in (_SPACE, _GT):
        zero = heads ^ (ones * np.uint64(stop))
        stops |= (zero - ones) & ~zero
    stops &= ones << np.uint64(7)
    # the lowest bit that is set, moved to the first bit of its byte, less one, covers all bytes before; no bit, all
    return heads & (((stops & np.negative(stops)) >> np.uint64(7)) - np.uint64(1))


def gather(data: Bytes, starts: Ints, sizes: Ints) -> tuple[Bytes, Ints]:
    """Return some stretches of bytes one after another, and where each begins there."""
    base = np.cumsum(sizes) - sizes
    index = np.repeat(starts - base, sizes)
    index += np.arange(len(index))
    return data[index], base


def find_closers(tags: Tags) -> Ints:
    """Return for each opening tag the index of the tag that closes it, if its page does; else that of a later page.

    Among the tags of one nesting level, opening and closing ones alternate: the closer is the next of the level.
    """
    paired = np.flatnonzero(tags.sign)
    level = (tags.depth + (tags.sign < 0))[paired]
    if level.size and np.abs(level).max() <= np.iinfo(np.int16).max:
        level = level.astype(np.int16)  # NumPy sorts 16-bit integers by radix, many times faster
    order = np.argsort(level, kind="stable")
    pair = np.flatnonzero(level[order[1:]] == level[order[:-1]])
    closers = np.full(len(tags.starts), len(tags.starts), np.int64)
    closers[paired[order[pair]]] = paired[order[pair + 1]]
    return closers
