"""Attributes: what the class, id, itemprop and role of an element say that it is for, and whether it is hidden.

Example:
    >>> from bidi_news.marks import MARKS
    >>> from bidi_news.read.eights import padded
    >>> from bidi_news.read.tags import find_tags
    >>> page = padded([b'<html class="post-comments"></html>'])
    >>> data, tags = np.frombuffer(page, np.uint8), find_tags(page, np.array([0, 35]))
    >>> sorted(MARKS[column] for column in attribute_groups(data, find_quoted(data), tags, tags.sign > 0)[1])
    ['class:comment', 'class:content']
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from bidi_news.marks import GROUPS, KINDS
from bidi_news.read.eights import Slots, eights, gather
from bidi_news.resources import parse_tsv, read_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bidi_news.read.eights import Bytes, Eights, Ints
    from bidi_news.read.tags import Tags

__all__ = ["Quoted", "attribute_groups", "find_quoted", "named"]

_WATCHED: Final = (b' class="', b' id="', b'emprop="', b' role="')
_HIDING: Final = b'hidden="'  # hidden, whatever its value, and aria-hidden unless that is "false"
_STYLE: Final = b' style="'
_DISPLAY, _NONE, _FOUR = (np.uint64(int.from_bytes(part, "little")) for part in (b"display:", b"none", b"\xff" * 4))
_HIDDEN: Final = len(KINDS) + GROUPS.index("hidden")
_EQUALS, _QUOTE, _D, _F = b'="df'
_LOWER, _UPPER_A, _LOWER_A, _ZERO = np.frombuffer(b" Aa0", np.uint8)
_ONE, _BYTE, _ODD = np.uint64(1), np.uint64(8), np.uint64(0x9E3779B97F4A7C15)
_THREE: Final = np.uint64(0xFFFFFF)  # the first three bytes
_PLACE_BITS: Final = 13


class _Vocabulary(NamedTuple):
    """The attribute words."""

    slots: Slots  # their keys
    columns: Ints  # column of the marks of each
    beginnings: NDArray[np.bool_]  # for each of the _places, whether it is one of their first three letters


@cache
def _vocabulary() -> _Vocabulary:
    """Return the attribute words, which have 2 to 16 letters."""
    rows = [row for _, row in parse_tsv(read_text("html/words.tsv"), ("word", "group"), path="html/words.tsv")]
    words = b"".join(row["word"].encode().ljust(16, b"\0")[:16] for row in rows)
    heads, rests = np.frombuffer(words, "<u8").reshape(-1, 2).T
    beginnings = np.zeros(1 << _PLACE_BITS, bool)
    beginnings[_places(heads)] = True
    for third in range(256):  # whatever stands after a word of two letters
        beginnings[_places(heads[heads < 1 << 16] | np.uint64(third << 16))] = True
    columns = [len(KINDS) + GROUPS.index(row["group"]) for row in rows]
    return _Vocabulary(Slots.of(heads + rests * _ODD), np.array(columns, np.int64), beginnings)


def _places(heads: Eights) -> Ints:
    """Return a place for the first three of eight bytes; others may share it."""
    return (((heads & _THREE) * _ODD) >> np.uint64(64 - _PLACE_BITS)).view(np.int64)


class Quoted(NamedTuple):
    """What may be the values of attributes; text can look like them."""

    starts: Ints  # byte after the opening quotation mark
    ends: Ints  # byte of the next quotation mark
    before: Eights  # the eight bytes before each


def find_quoted(data: Bytes) -> Quoted:
    """Find all that stands between ``="`` and the next quotation mark."""
    quotes = (data == _QUOTE).nonzero()[0]
    opening = (data.take(quotes[:-1] - 1) == _EQUALS).nonzero()[0]
    starts = quotes.take(opening) + 1
    return Quoted(starts, quotes.take(opening + 1), eights(data, np.maximum(starts - 8, 0)))


def named(quoted: Quoted, tags: Tags, endings: Sequence[bytes]) -> tuple[Ints, Ints]:
    """Return (index, tag) of those values that are in a tag and whose names and ``="`` end in one of some bytes.

    Args:
        quoted: what may be values.
        tags: tags of the same pages; a value outside of them is none.
        endings: at most eight bytes each.
    """
    watched = np.zeros(len(quoted.starts), bool)
    for ending in endings:
        watched |= quoted.before >> np.uint64(64 - 8 * len(ending)) == int.from_bytes(ending, "little")
    found = watched.nonzero()[0]
    owner = tags.starts.searchsorted(quoted.starts.take(found)) - 1
    real = (quoted.ends.take(found) < tags.ends.take(owner)).nonzero()[0]
    return found.take(real), owner.take(real)


def attribute_groups(data: Bytes, quoted: Quoted, tags: Tags, wanted: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return (tag, column) for each known word in a class, id, itemprop or role attribute of a wanted tag.

    A tag that hides its element (``hidden``, ``aria-hidden``, ``display: none``) has the column of hidden ones too.
    """
    owner, values, bounds = _values(data, quoted, tags, wanted, _WATCHED)
    at, keys = _words(values)
    words = _vocabulary()
    row = words.slots.find(keys)
    known = (row < len(words.columns)).nonzero()[0]
    said = owner.take(_value_of(bounds, at.take(known)))
    hidden = _hidden(data, quoted, tags, wanted)
    columns = np.concatenate((words.columns.take(row.take(known)), np.full(len(hidden), _HIDDEN)))
    return np.concatenate((said, hidden)), columns


def _hidden(data: Bytes, quoted: Quoted, tags: Tags, wanted: NDArray[np.bool_]) -> Ints:
    """Return the wanted tags that hide their elements; one may come twice."""
    found, owner = named(quoted, tags, (_HIDING,))
    said = owner.take((wanted.take(owner) & (data.take(quoted.starts.take(found)) != _F)).nonzero()[0])
    owner, values, bounds = _values(data, quoted, tags, wanted, (_STYLE,))
    values |= _LOWER
    at = (values == _D).nonzero()[0]
    at = at.take((eights(values, at) == _DISPLAY).nonzero()[0])
    after = eights(values, at + 8)
    none = (after & _FOUR == _NONE) | ((after >> _BYTE) & _FOUR == _NONE)  # right behind the colon, or behind a space
    return np.concatenate((said, owner.take(_value_of(bounds, at.take(none.nonzero()[0])))))


def _values(
    data: Bytes, quoted: Quoted, tags: Tags, wanted: NDArray[np.bool_], endings: Sequence[bytes]
) -> tuple[Ints, Bytes, Ints]:
    """Return the wanted tags that have an attribute of some names; its values, and where each of them begins."""
    found, owner = named(quoted, tags, endings)
    real = wanted.take(owner).nonzero()[0]
    found = found.take(real)
    starts = quoted.starts.take(found)
    return owner.take(real), *gather(data, starts, quoted.ends.take(found) - starts, 0)


def _value_of(bounds: Ints, at: Ints) -> Ints:
    """Return the index of the value that each of some bytes is in."""
    value = np.zeros(bounds[-1] + 1, np.int64)
    value[bounds[1:]] = 1
    return value.cumsum().take(at >> 3)


def _words(values: Bytes) -> tuple[Ints, Eights]:
    """Return where each word of some values begins that may be known, and its key.

    The key is of the first 16 letters and digits in lower case. A capital after another letter or a digit begins a
    word.
    """
    lower = values | _LOWER
    upper = values - _UPPER_A < 26
    inside = (lower - _LOWER_A < 26) | (values - _ZERO < 10)
    edges = inside.copy()
    np.greater(inside[1:], inside[:-1], out=edges[1:])
    edges[1:] |= upper[1:] > upper[:-1]
    at = edges.nonzero()[0]
    edges[1:] |= inside[1:] < inside[:-1]  # from here on the ends too
    heads = eights(lower, at)
    # two words in three begin as none of the vocabulary does
    likely = _vocabulary().beginnings.take(_places(heads)).nonzero()[0]
    at, heads = at.take(likely), heads.take(likely)
    edge = edges.view(np.uint8)
    stops = eights(edge, at + 1)
    keys = heads & _until(stops)
    long = (stops == 0).nonzero()[0]
    rest = at.take(long) + 8
    keys[long] += (eights(lower, rest) & _until(eights(edge, rest + 1))) * _ODD
    return at, keys


def _until(stops: Eights) -> Eights:
    """Return masks of all bytes up to the first that is one, of eight that are zero or one, and of that one."""
    return ((stops & np.negative(stops)) << _BYTE) - _ONE
