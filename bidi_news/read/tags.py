"""The tags of HTML as lexbor writes it: where they are, what they open and close, how deep.

Example:
    >>> page = padded([b"<html><p>a<br>b</p></html>"])
    >>> find_tags(page, np.array([0, 26])).sign.tolist()
    [1, 1, 0, -1, -1]
"""

from __future__ import annotations

from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bidi_news.marks import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["VOID", "Slots", "Tags", "eights", "find_closers", "find_tags", "gather", "padded", "runs"]

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Eights = NDArray[np.uint64]

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
_BREAKS, _VOID = 1, 2  # flags of an element
_LT, _GT, _SLASH, _A = b"<>/A"
_EIGHT: Final = np.dtype("<u8")
_ONE, _SEVEN, _BITS = np.uint64(1), np.uint64(7), np.uint64(64)
_ONES, _HIGHS, _SPACES, _ANGLES = (np.uint64(byte * 0x0101010101010101) for byte in b"\x01\x80 >")  # in all bytes
_MASKS: Final = np.array([(1 << (8 * n)) - 1 for n in range(8)], np.uint64)  # of the first bytes, by how many


class Slots(NamedTuple):
    """Some 64-bit keys, each in a slot of its own: finding one takes no search."""

    keys: Eights
    multiplier: np.uint64
    shift: np.uint64
    rows: Ints  # index of the key in each slot

    @classmethod
    def of(cls, keys: Eights) -> Slots:
        """Place some keys by the first multiplier that keeps them apart; of equal keys the last one counts."""
        bits = 2 * len(keys).bit_length() - 2  # so many slots that one multiplier in ten will do
        distinct = len(set(keys.tolist()))
        multipliers = count(0x9E3779B97F4A7C15, 2)
        while True:
            slots = cls(keys, np.uint64(next(multipliers)), np.uint64(64 - bits), np.zeros(1 << bits, np.int64))
            places = slots.places(keys)
            if len(set(places.tolist())) == distinct:
                slots.rows[places] = np.arange(len(keys))
                return slots

    def places(self, wanted: Eights) -> Ints:
        """Return the slot where each number would be."""
        return ((wanted * self.multiplier) >> self.shift).view(np.int64)

    def find(self, wanted: Eights) -> Ints:
        """Return which key each number is; their number for none."""
        row = self.rows.take(self.places(wanted))
        return np.where(self.keys.take(row) == wanted, row, len(self.keys))


class Tags(NamedTuple):
    """The tags of all bodies, in order."""

    starts: Ints  # byte of "<"
    ends: Ints  # byte after ">"
    sign: NDArray[np.int8]  # 1 opens, -1 closes, 0 is void
    kind: Ints  # index into KINDS, or a number beyond
    breaks: NDArray[np.bool_]  # ends the line
    first: Ints  # index of the first tag of each page, and the number of tags
    depth: NDArray[np.int32]  # elements of its page that are open after it


@cache
def _element_table() -> tuple[Slots, Bytes]:
    """Return the first eight bytes of the known names, those of KINDS first; and the flags of each.

    The last row is that of any other element.
    """
    names = [*KINDS, *sorted({*_BLOCKS, *VOID} - {*KINDS})]
    keys = np.array([int.from_bytes(name.encode()[:8], "little") for name in names], np.uint64)
    flags = [*(_BREAKS * (name in _BLOCKS) | _VOID * (name in VOID) for name in names), 0]
    return Slots.of(keys), np.array(flags, np.uint8)


def padded(pieces: Sequence[bytes]) -> Bytes:
    """Return some bytes one after another, then spaces: whole eights of bytes, and at least one eight of spaces."""
    return np.frombuffer(b"".join((*pieces, b" " * (16 + -sum(map(len, pieces)) % 8))), np.uint8)


def eights(data: Bytes, at: Ints) -> Eights:
    """Return the eight bytes that begin at each of some bytes, the first byte lowest.

    Args:
        data: whole eights of bytes.
        at: first bytes; none in the last eight.
    """
    # NumPy is faster at two aligned reads than at one that is not; its shift by all 64 bits gives zero
    words = data.view(_EIGHT)
    word = at >> 3
    bit = ((at & 7) << 3).view(np.uint64)
    low = words.take(word)
    low >>= bit
    word += 1
    high = words.take(word)
    high <<= _BITS - bit
    high |= low
    return high


def runs(values: NDArray[Any]) -> Ints:
    """Return the index of the first of each run of equal values, and their number."""
    begins = np.ones(len(values) + 1, bool)
    np.not_equal(values[1:], values[:-1], out=begins[1:-1])
    return begins.nonzero()[0]


def gather(data: Bytes, starts: Ints, sizes: Ints, filler: int) -> tuple[Bytes, Ints]:
    """Return some stretches of bytes one after another, each filled up to whole eights by one to eight bytes.

    Args:
        data: bytes, :func:`padded`.
        starts: first byte of each stretch.
        sizes: bytes of each.
        filler: the byte to fill with; three eights of it follow the last stretch.

    Returns:
        The bytes; and the index of the first eight of each stretch, and of the first after the last.
    """
    bounds = np.zeros(len(sizes) + 1, np.int64)
    ((sizes >> 3) + 1).cumsum(out=bounds[1:])
    # the place of each eight is a sum of steps: eight bytes, or from the last eight of a stretch to the next stretch
    steps = np.full(bounds[-1], 8)
    jumps = starts.copy()
    jumps[1:] -= (starts + (sizes & -8))[:-1]
    steps[bounds[:-1]] = jumps
    gathered = np.full(len(steps) + 3, _ONES * np.uint64(filler))
    gathered[:-3] = eights(data, steps.cumsum())
    last = bounds[1:] - 1
    mask = _MASKS.take(sizes & 7)
    gathered[last] = (gathered.take(last) & mask) | (gathered[-1] & ~mask)
    return gathered.view(np.uint8), bounds


def find_tags(data: Bytes, bounds: Ints) -> Tags:
    """Find the tags: from ``<`` to the next ``>``.

    Args:
        data: the pages, :func:`padded`.
        bounds: first byte of each page, and the byte after the last.
    """
    angles = data | 2  # "<" and ">" differ in this one bit
    brackets = np.equal(angles, _GT, out=angles.view(bool)).nonzero()[0]
    # a "<" inside a tag opens nothing, a ">" outside closes nothing
    turns = runs(data.take(brackets) == _LT)[:-1]
    if len(turns) < len(brackets):
        brackets = brackets.take(turns)
    starts, ends = brackets[0::2].copy(), brackets[1::2] + 1
    lead = data.take(starts + 1)
    closing = lead == _SLASH
    table, flags = _element_table()
    row = table.find(_element_names(eights(data, starts + 1 + closing)))
    flag = flags.take(row)
    sign = (lead >= _A).view(np.int8) - closing.view(np.int8)  # a doctype or a processing instruction opens nothing
    sign *= flag < _VOID
    first = starts.searchsorted(bounds)
    depth = sign.cumsum(dtype=np.int32)
    # a page begins with the one tag of the element around it
    depth -= np.repeat(depth.take(first[:-1]) - 1, first[1:] - first[:-1])
    return Tags(starts, ends, sign, row, (flag & _BREAKS).view(bool), first, depth)


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
    level[(tags.sign == 0).nonzero()[0]] = len(level)  # what neither opens nor closes, apart
    if len(level) < 1 << 15:
        level = level.astype(np.int16)  # NumPy sorts 16-bit integers by radix, many times faster
    order = level.argsort(kind="stable")
    level = level.take(order)
    pair = (level[1:] == level[:-1]).nonzero()[0]
    closers = np.repeat(tags.first[1:], tags.first[1:] - tags.first[:-1])
    opener, closer = order.take(pair), order.take(pair + 1)
    closers[opener] = np.minimum(closers.take(opener), closer)
    return closers
