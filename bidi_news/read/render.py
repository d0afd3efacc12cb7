r"""Rendered lines of many HTML bodies at once, with the structure that each line stood in.

The input is HTML as lexbor serializes it: well nested, ``<`` and ``>`` only around tags. So the tags are the pairs of
these two bytes, their nesting is a running sum, and the text is what remains. Inline elements vanish and their text
merges (``<b>Shi</b>ite`` is one word); block elements and ``br`` end the line. White space is collapsed as a browser
does, entities are resolved.

Example:
    >>> render(["<body><p>One <i>two</i></p><p>three &amp; four</p></body>"])[0].text
    'One two\nthree & four'
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
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
)
"""Elements without an end tag (WHATWG HTML, 13.1.2)."""
# The element that a line is said to be made by: the first of these that holds most of it.
_TAGS: Final = (
    *("figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "li", "time", "blockquote", "p", "button", "label", "table"),
    *("a", "nav", "footer", "header", "aside"),
)
_LT, _GT, _AMP, _SLASH, _BANG, _EQUALS, _QUOTE, _SPACE, _LF = b'<>&/!=" \n'
_DASHED: Final = np.zeros(256, bool)  # ASCII letters and digits: the words of attribute values
_DASHED[[*range(48, 58), *range(65, 91), *range(97, 123)]] = True
_UPPER: Final = np.zeros(256, bool)
_UPPER[65:91] = True
_TO_SPACE: Final = np.arange(256, dtype=np.uint8)
_TO_SPACE[[9, 10, 11, 12, 13]] = _SPACE
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


class _Tags(NamedTuple):
    """The tags of all bodies, in order."""

    starts: Ints  # byte of "<"
    ends: Ints  # byte after ">"
    sign: NDArray[np.int8]  # 1 opens, -1 closes, 0 is void
    kind: Ints  # index into KINDS, or -1
    breaks: NDArray[np.bool_]  # ends the line
    first: Ints  # index of the first tag of each page, and the number of tags


def render(bodies: Sequence[str]) -> list[Rendered]:
    """Return the rendered lines of each body, in order.

    Args:
        bodies: HTML as lexbor serializes it, comments and raw-text elements taken out.
    """
    # an element around each body closes whatever a broken one leaves open, and ends its last line
    encoded = [b"<html>" + body.encode() + b"</html>" for body in bodies]
    data = np.frombuffer(b"".join(encoded), np.uint8)
    bounds = np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)))
    tags = _find_tags(data, bounds)
    text, ink = _text(data, tags)
    gaps = np.flatnonzero(ink)  # the text between one tag and the next, where there is any
    line_of_tag = np.cumsum(tags.breaks)
    first = np.flatnonzero(np.diff(line_of_tag[gaps], prepend=-1))  # first gap of each line
    marks = _marks(data, tags, gaps, ink[gaps], first)
    names = _names(marks)
    lines = line_of_tag[gaps[first]].tolist()
    cuts = np.searchsorted(bounds, tags.starts[gaps[first]], side="right")
    pieces = text.split("\n")
    results = []
    for page in range(len(bodies)):
        low, high = np.searchsorted(cuts, (page, page + 1)).tolist()
        stripped = [pieces[line].strip() for line in lines[low:high]]
        kept = [row for row, piece in enumerate(stripped) if piece]
        results.append(
            Rendered(
                text="\n".join(stripped[row] for row in kept),
                tags=tuple(names[low + row] for row in kept),
                marks=marks[low:high][kept],
            )
        )
    return results


@cache
def _element_table() -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the known element names as sorted eight-byte keys; their index in KINDS; whether they break, are void."""
    names = sorted({*KINDS, *_BLOCKS, *VOID}, key=_key)
    kinds = [KINDS.index(name) if name in KINDS else -1 for name in names]
    keys = np.array([_key(name) for name in names], np.uint64)
    breaks = np.array([name in _BLOCKS for name in names])
    return keys, np.array(kinds, np.int64), breaks, np.array([name in VOID for name in names])


def _key(name: str) -> int:
    """Return the first eight bytes of a name as a number."""
    return int.from_bytes(name.encode()[:8], "little")


def _eights(data: Bytes) -> NDArray[np.uint64]:
    """Return a view of the eight bytes that begin at each byte, zeros past the end."""
    padded = np.concatenate((data, np.zeros(8, np.uint8)))
    return np.ndarray((len(data),), np.dtype("<u8"), padded, 0, (1,))


def _find_tags(data: Bytes, bounds: Ints) -> _Tags:
    """Find the tags: the pairs of ``<`` and the next ``>``; ``bounds`` are the ends of the pages."""
    starts = np.flatnonzero(data == _LT)
    closers = np.append(np.flatnonzero(data == _GT), len(data) - 1)
    ends = closers[np.minimum(np.searchsorted(closers, starts), len(closers) - 1)] + 1
    outside = np.concatenate((np.ones(1, bool), starts[1:] >= ends[:-1]))  # a "<" inside raw text opens nothing
    starts, ends = starts[outside], ends[outside]
    closing = data[starts + 1] == _SLASH
    head = _eights(data)[starts + 1 + closing]
    letters = head.view(np.uint8).reshape(-1, 8)
    stop = (letters == _SPACE) | (letters == _GT)
    length = np.where(stop.any(axis=1), stop.argmax(axis=1), 8)
    masks = np.array([(1 << (8 * n)) - 1 for n in range(9)], np.uint64)
    keys, kinds, breaks, void = _element_table()
    wanted = head & masks[length]
    row = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    known = keys[row] == wanted
    # a doctype opens nothing
    still = (known & void[row]) | (data[starts + 1] == _BANG)
    sign = np.where(still, 0, np.where(closing, -1, 1)).astype(np.int8)
    first = np.searchsorted(starts, np.concatenate((np.zeros(1, np.int64), bounds)))
    return _Tags(starts, ends, sign, np.where(known, kinds[row], -1), known & breaks[row], first)


def _text(data: Bytes, tags: _Tags) -> tuple[str, Ints]:
    """Return the text, one line feed for each breaking tag, and the bytes of ink after each tag."""
    text = _TO_SPACE.take(data)
    edge = np.zeros(len(data) + 1, np.int8)
    edge[tags.starts] += 1
    edge[tags.ends] -= 1
    keep = np.cumsum(edge[:-1], dtype=np.int8) == 0
    _resolve_entities(text, keep)
    inked = np.zeros(len(data) + 1, np.int32)
    np.cumsum(keep & (text != _SPACE), dtype=np.int32, out=inked[1:])
    ink = inked[np.append(tags.starts[1:], len(data))] - inked[tags.ends]
    broken = tags.starts[tags.breaks]
    text[broken] = _LF
    keep[broken] = True
    text = text[keep]
    blank = text == _SPACE
    blank[1:] &= blank[:-1] | (text[:-1] == _LF)
    blank[:1] = False
    decoded = text[~blank].tobytes().decode("utf-8", "replace")
    # breaks of other scripts and ages are white space to HTML, and would cut a line in two here
    for char in "\x85\u2028\u2029":
        decoded = decoded.replace(char, " ")
    return decoded, ink.astype(np.int64)


def _resolve_entities(text: Bytes, keep: NDArray[np.bool_]) -> None:
    """Replace the four entities that lexbor writes, in place: ``&amp;``, ``&lt;``, ``&gt;`` and ``&nbsp;``."""
    at = np.flatnonzero((text == _AMP) & keep)
    at = at[at + 6 <= len(text)]
    for name, char in ((b"amp;", b"&"), (b"lt;", b"<"), (b"gt;", b">"), (b"nbsp;", "\N{NO-BREAK SPACE}".encode())):
        here = at[text[at + 1] == name[0]]
        width = len(name) + 1
        for offset in range(width):
            if offset < len(char):
                text[here + offset] = char[offset]
            else:
                keep[here + offset] = False


def _marks(data: Bytes, tags: _Tags, gaps: Ints, ink: Ints, first: Ints) -> NDArray[np.float32]:
    """Return the marks of each line.

    Args:
        data: the HTML.
        tags: its tags.
        gaps: tags that text follows.
        ink: bytes of ink after each of them.
        first: index into ``gaps`` of the first gap of each line.
    """
    if not first.size:
        return np.zeros((0, len(MARKS)), np.float32)
    page = np.searchsorted(tags.first, gaps, side="right") - 1
    columns = np.empty((len(gaps), len(KINDS) + len(GROUPS)), np.float32)
    for kind in range(len(KINDS)):
        columns[:, kind] = _running(np.where(tags.kind == kind, tags.sign, 0), tags, gaps, page) > 0
    columns[:, len(KINDS) :] = _running(_changes(data, tags), tags, gaps, page) > 0
    columns *= ink[:, None]
    marks = np.empty((len(first), len(MARKS)), np.float32)
    marks[:, : columns.shape[1]] = np.add.reduceat(columns, first, axis=0) / np.add.reduceat(ink, first)[:, None]
    begin = gaps[first]
    links = np.cumsum((tags.kind == KINDS.index("a")) & (tags.sign == 1), dtype=np.int32)
    last = gaps[np.append(first[1:], len(gaps)) - 1]
    marks[:, -3] = _running(tags.sign, tags, begin, page[first])
    marks[:, -2] = last - begin
    marks[:, -1] = links[last] - links[begin]
    return marks


def _running(change: NDArray[np.integer], tags: _Tags, at: Ints, page: Ints) -> NDArray[np.int32]:
    """Return the sum of what changed from the beginning of its page to each tag asked for.

    Args:
        change: one row for each tag.
        tags: the tags.
        at: tags asked for.
        page: index of the page of each of them.
    """
    total = np.cumsum(change, axis=0, dtype=np.int32)
    before = np.zeros((len(tags.first) - 1, *change.shape[1:]), np.int32)
    before[1:] = total[tags.first[1:-1] - 1]
    return np.asarray(total[at] - before[page])


def _changes(data: Bytes, tags: _Tags) -> NDArray[np.int8]:
    """Return how many elements of each word group each tag opens (or, negative, closes), shape (tags, len(GROUPS))."""
    owners, groups = _attribute_groups(data, tags)
    opened = tags.sign[owners] == 1
    owners, groups = owners[opened], groups[opened]
    change = np.zeros((len(tags.starts) + 1, len(GROUPS)), np.int8)
    np.add.at(change, (owners, groups), 1)
    # an element that its page leaves open ends with the page
    page_end = tags.first[np.searchsorted(tags.first, owners, side="right")]
    np.add.at(change, (np.minimum(_closers(tags)[owners], page_end), groups), -1)
    return change[:-1]


def _closers(tags: _Tags) -> Ints:
    """Return for each opening tag the index of the tag that closes it; for the others the number of tags.

    Among the tags of one nesting level, opening and closing ones alternate: the closer is the next of the level.
    """
    depth = np.cumsum(tags.sign, dtype=np.int32)
    paired = np.flatnonzero(tags.sign)
    level = (depth + (tags.sign < 0))[paired]
    if level.size and level.max() < np.iinfo(np.int16).max:
        level = level.astype(np.int16)  # NumPy sorts 16-bit integers by radix, many times faster
    order = paired[np.argsort(level, kind="stable")]
    closers = np.full(len(tags.starts), len(tags.starts), np.int64)
    closers[order[:-1]] = order[1:]
    return closers


@cache
def _word_table() -> tuple[NDArray[np.uint64], Ints]:
    """Return the hashes of the attribute words, sorted, and the index in GROUPS of each."""
    rows = [row for _, row in parse_tsv(read_text("html/words.tsv"), ("word", "group"), path="html/words.tsv")]
    hashes = hash_words([row["word"] for row in rows])
    order = np.argsort(hashes)
    return hashes[order], np.array([GROUPS.index(row["group"]) for row in rows], np.int64)[order]


def _attribute_groups(data: Bytes, tags: _Tags) -> tuple[Ints, Ints]:
    """Return (tag, group) for each known word in a class, id, itemprop or role attribute."""
    quotes = np.flatnonzero(data == _QUOTE)
    at = quotes[quotes >= 8]
    at = at[data[at - 1] == _EQUALS]
    before = _eights(data)[at - 7]
    watched = np.zeros(len(at), bool)
    for name in _WATCHED:
        watched |= before >> np.uint64(8 * (8 - len(name))) == int.from_bytes(name, "little")
    starts = at[watched] + 1
    owners = np.searchsorted(tags.starts, starts) - 1
    ends = np.append(quotes, len(data))[np.searchsorted(quotes, starts)]
    inside = ends < tags.ends[owners]
    starts, ends, owners = starts[inside], ends[inside], owners[inside]
    # the values one after another, each followed by the quotation mark that closes it
    sizes = ends - starts + 1
    base = np.cumsum(sizes) - sizes
    if not sizes.size:
        return owners, owners
    values = data[np.arange(int(sizes.sum())) + np.repeat(starts - base, sizes)]
    word = _DASHED.take(values)
    cut = np.flatnonzero(np.diff(word, prepend=False) | (_UPPER.take(values) & ~np.roll(_UPPER.take(values), 1)))
    cut = cut[word[cut] | word[cut - 1]]
    begin = cut[word[cut]]
    end = np.append(cut, len(values))[np.searchsorted(cut, begin, side="right")]
    hashes = hash_spans(values | np.uint8(0x20), begin, end)
    keys, groups = _word_table()
    row = np.minimum(np.searchsorted(keys, hashes), len(keys) - 1)
    known = keys[row] == hashes
    owner = owners[np.searchsorted(base, begin[known], side="right") - 1]
    return owner, groups[row[known]]


def _names(marks: NDArray[np.float32]) -> list[str]:
    """Return the element that made each line."""
    share = marks[:, [KINDS.index(tag) for tag in _TAGS]] > 0.5
    index = np.where(share.any(axis=1), share.argmax(axis=1), len(_TAGS))
    return [(*_TAGS, "div")[i] for i in index.tolist()]
