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
from functools import cache
from itertools import count, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bidi_news.batch import hash_spans, hash_words
from bidi_news.marks import GROUPS, KINDS, MARKS
from bidi_news.resources import parse_tsv, read_text

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["VOID", "Rendered", "render"]

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
# The element that a line is said to be made by: the first of these that holds most of it.
_TAGS: Final = (
    *("figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "li", "time", "blockquote", "p", "button", "label", "table"),
    *("a", "nav", "footer", "header", "aside"),
)
_LT, _GT, _AMP, _SLASH, _A, _EQUALS, _QUOTE, _SPACE, _LF = b'<>&/A=" \n'
_TO_SPACE: Final = bytes.maketrans(b"\t\n\v\f\r", b" " * 5)
# Bytes of attribute values: 1 for lower-case letters and digits, 2 for capitals, 0 between words.
_WORD_CLASS: Final = bytes(0 if not chr(b).isalnum() or b > 127 else 2 if chr(b).isupper() else 1 for b in range(256))
_ENTITIES: Final = ((b"&amp;", b"&"), (b"&lt;", b"<"), (b"&gt;", b">"), (b"&nbsp;", "\N{NO-BREAK SPACE}".encode()))
_PADDING: Final = b" " * 8  # so that eight bytes can be read from every byte on
_WATCHED: Final = (b' class="', b' id="', b'emprop="', b' role="')  # ends of attribute names, at most eight bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The lines of one HTML body."""

    text: str
    """Lines joined by line feeds."""
    tags: tuple[str, ...]
    """Element that made each non-blank line, ``div`` where none of the telling ones did."""
    marks: NDArray[np.float32]
    """What each non-blank line stood in, shape (lines, len(bidi_news.marks.MARKS))."""


class _Slots(NamedTuple):
    """Some 64-bit keys, each in a slot of its own: finding one takes no search."""

    keys: NDArray[np.uint64]
    multiplier: np.uint64
    shift: np.uint64
    rows: NDArray[np.int16]  # index of the key in each slot

    @classmethod
    def of(cls, keys: NDArray[np.uint64]) -> _Slots:
        """Place some keys by the first multiplier that keeps them apart; of equal keys the last one counts."""
        bits = 2 * len(keys).bit_length() - 2  # so many slots that one multiplier in ten will do
        distinct = len(np.unique(keys))
        multipliers = count(0x9E3779B97F4A7C15, 2)
        while True:
            slots = cls(keys, np.uint64(next(multipliers)), np.uint64(64 - bits), np.zeros(1 << bits, np.int16))
            places = slots.places(keys)
            if len(np.unique(places)) == distinct:
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


class _Tags(NamedTuple):
    """The tags of all bodies, in order."""

    starts: Ints  # byte of "<"
    ends: Ints  # byte after ">"
    sign: NDArray[np.int8]  # 1 opens, -1 closes, 0 is void
    kind: NDArray[np.int8]  # index into KINDS, or -1
    breaks: NDArray[np.bool_]  # ends the line
    pages: Ints  # index of its page
    first: Ints  # index of the first tag of each page, and the number of tags
    depth: NDArray[np.int32]  # elements of its page that are open after it


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
    data = np.frombuffer(b"".join((*encoded, _PADDING)), np.uint8)
    tags = _find_tags(data, np.cumsum([0, *map(len, encoded)]))
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


@cache
def _element_table() -> tuple[_Slots, NDArray[np.int8], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the first eight bytes of the known names; their index in KINDS; whether they break, are void.

    The last row is that of any other element.
    """
    names = sorted({*KINDS, *_BLOCKS, *VOID})
    keys = np.array([int.from_bytes(name.encode()[:8], "little") for name in names], np.uint64)
    kinds = [*(KINDS.index(name) if name in KINDS else -1 for name in names), -1]
    breaks, void = ([*(name in group for name in names), False] for group in (_BLOCKS, VOID))
    return _Slots.of(keys), np.array(kinds, np.int8), np.array(breaks), np.array(void)


def _eights(data: Bytes) -> NDArray[np.uint64]:
    """Return a view of the eight bytes that begin at each byte, the padding's own left out."""
    return np.ndarray((max(0, len(data) - len(_PADDING) + 1),), np.dtype("<u8"), data, 0, (1,))


def _find_tags(data: Bytes, bounds: Ints) -> _Tags:
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
    row = slots.find(_element_names(_eights(data)[starts + 1 + closing]))
    sign = (lead >= _A).astype(np.int8)  # a doctype or a processing instruction opens nothing
    sign -= closing
    sign[void[row]] = 0
    first = np.searchsorted(starts, bounds)
    sizes = np.diff(first)
    depth = np.cumsum(sign, dtype=np.int32)
    depth -= np.repeat(depth[first[:-1]] - 1, sizes)  # a page begins with the one tag of the element around it
    return _Tags(starts, ends, sign, kinds[row], breaks[row], np.repeat(np.arange(len(sizes)), sizes), first, depth)


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


def _gather(data: Bytes, starts: Ints, sizes: Ints) -> tuple[Bytes, Ints]:
    """Return some stretches of bytes one after another, and where each begins there."""
    base = np.cumsum(sizes) - sizes
    index = np.repeat(starts - base, sizes)
    index += np.arange(len(index))
    return data[index], base


def _text(data: Bytes, tags: _Tags) -> tuple[str, Ints]:
    """Return the text, lines parted by line feeds, and the bytes of ink after each tag."""
    starts = tags.ends - tags.breaks  # the last byte of a tag that breaks stands for the line feed
    gathered, base = _gather(data, starts, np.append(tags.starts[1:], len(data)) - starts)
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
    at = np.flatnonzero(text[: 1 - len(_PADDING)] == _AMP)
    heads = _eights(text)[at]
    for entity, char in _ENTITIES:
        size = len(entity)
        here = at[heads << np.uint64(64 - 8 * size) == int.from_bytes(entity, "little") << (64 - 8 * size)]
        for offset in range(size):
            if offset < len(char):
                text[here + offset] = char[offset]
            else:
                keep[here + offset] = False
    return keep


def _find_lines(tags: _Tags, ink: Ints) -> _Lines:
    """Find the lines that have ink, by the bytes of it after each tag."""
    inked = np.flatnonzero(ink)
    begins = np.diff(np.cumsum(tags.breaks)[inked], prepend=-1, append=-1) != 0
    return _Lines(inked[begins[:-1]], inked[begins[1:]], np.append(0, np.cumsum(ink)))


def _marks(data: Bytes, tags: _Tags, lines: _Lines) -> NDArray[np.float32]:
    """Return the marks of each line."""
    links = np.cumsum((tags.kind == KINDS.index("a")) & (tags.sign == 1))
    marks = np.empty((len(lines.first), len(MARKS)), np.float32)
    marks[:, :-3] = _shares(data, tags, lines)
    marks[:, -3] = tags.depth[lines.first]
    marks[:, -2] = lines.last - lines.first
    marks[:, -1] = links[lines.last] - links[lines.first]
    return marks


def _shares(data: Bytes, tags: _Tags, lines: _Lines) -> NDArray[np.float64]:
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


def _crossings(data: Bytes, tags: _Tags) -> tuple[Ints, Ints, Ints]:
    """Return (tag, column of the marks, 1 or -1) where the page enters the first or leaves the last of its kind."""
    kinds = np.flatnonzero((tags.kind >= 0) & (tags.sign != 0))
    owners, groups = _attribute_groups(data, tags)
    closers = _closers(tags)[owners]
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


def _closers(tags: _Tags) -> Ints:
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


@cache
def _word_table() -> tuple[_Slots, Ints]:
    """Return the hashes of the attribute words, and the column of the marks of each."""
    rows = [row for _, row in parse_tsv(read_text("html/words.tsv"), ("word", "group"), path="html/words.tsv")]
    columns = [len(KINDS) + GROUPS.index(row["group"]) for row in rows]
    return _Slots.of(hash_words([row["word"] for row in rows])), np.array(columns, np.int64)


def _attribute_groups(data: Bytes, tags: _Tags) -> tuple[Ints, Ints]:
    """Return (tag, column) for each known word in a class, id, itemprop or role attribute of an opening tag."""
    starts, ends = _attribute_values(data)
    # the values one after another, each followed by the quotation mark that closes it
    values, base = _gather(data, starts, ends - starts + 1)
    kind = np.frombuffer(bytearray(values).translate(_WORD_CLASS), np.uint8)
    begins = np.zeros(len(kind), bool)
    begins[:1] = kind[:1] > 0
    begins[1:] = kind[1:] > kind[:-1]
    edges = begins.copy()
    edges[1:] |= (kind[1:] == 0) & (kind[:-1] > 0)
    edge = np.flatnonzero(edges)
    begin = np.flatnonzero(begins[edge])
    begin, end = edge[begin], edge[begin + 1]
    slots, columns = _word_table()
    row = slots.find(hash_spans(values | np.uint8(0x20), begin, end))
    known = np.flatnonzero(row >= 0)
    value = np.searchsorted(base, begin[known], side="right") - 1
    owner = np.searchsorted(tags.starts, starts[value]) - 1
    real = (ends[value] < tags.ends[owner]) & (tags.sign[owner] == 1)
    return owner[real], columns[row[known[real]]]


def _attribute_values(data: Bytes) -> tuple[Ints, Ints]:
    """Return the bounds of what may be values of these attributes; text can look like them."""
    quotes = np.flatnonzero(data == _QUOTE)
    ends = np.append(quotes[1:], len(data) - 1)[: len(quotes)]
    opening = np.flatnonzero(data[quotes - 1] == _EQUALS)
    quotes, ends = quotes[opening], ends[opening]
    before = _eights(data)[np.maximum(quotes - 7, 0)]
    watched = np.zeros(len(quotes), bool)
    for name in _WATCHED:
        watched |= before >> np.uint64(8 * (8 - len(name))) == int.from_bytes(name, "little")
    return quotes[watched] + 1, ends[watched]


def _names(marks: NDArray[np.float32]) -> list[str]:
    """Return the element that made each line."""
    share = marks[:, [KINDS.index(tag) for tag in _TAGS]] > 0.5
    index = np.where(share.any(axis=1), share.argmax(axis=1), len(_TAGS))
    return list(np.array((*_TAGS, "div"), object)[index])
