"""Words of attributes: what the class, id, itemprop and role of an element say that it is for.

Example:
    >>> from bidi_news.marks import MARKS
    >>> from bidi_news.read.tags import PADDING, find_tags
    >>> page = np.frombuffer(b'<html class="post-comments"></html>' + PADDING, np.uint8)
    >>> tags = find_tags(page, np.array([0, len(page)]))
    >>> sorted(MARKS[column] for column in attribute_groups(page, tags)[1])
    ['class:comment', 'class:content']
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from bidi_news.batch import hash_spans, hash_words
from bidi_news.marks import GROUPS, KINDS
from bidi_news.read.tags import Slots, eights, gather
from bidi_news.resources import parse_tsv, read_text

if TYPE_CHECKING:
    from bidi_news.read.tags import Bytes, Ints, Tags

__all__ = ["attribute_groups"]

# Bytes of attribute values: 1 for lower-case letters and digits, 2 for capitals, 0 between words.
_WORD_CLASS: Final = bytes(0 if not chr(b).isalnum() or b > 127 else 2 if chr(b).isupper() else 1 for b in range(256))
_WATCHED: Final = (b' class="', b' id="', b'emprop="', b' role="')  # ends of attribute names, at most eight bytes
_EQUALS, _QUOTE = b'="'


@cache
def _word_table() -> tuple[Slots, Ints]:
    """Return the hashes of the attribute words, and the column of the marks of each."""
    rows = [row for _, row in parse_tsv(read_text("html/words.tsv"), ("word", "group"), path="html/words.tsv")]
    columns = [len(KINDS) + GROUPS.index(row["group"]) for row in rows]
    return Slots.of(hash_words([row["word"] for row in rows])), np.array(columns, np.int64)


def attribute_groups(data: Bytes, tags: Tags) -> tuple[Ints, Ints]:
    """Return (tag, column) for each known word in a class, id, itemprop or role attribute of an opening tag."""
    starts, ends = _attribute_values(data)
    # the values one after another, each followed by the quotation mark that closes it
    values, base = gather(data, starts, ends - starts + 1)
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
    before = eights(data)[np.maximum(quotes - 7, 0)]
    watched = np.zeros(len(quotes), bool)
    for name in _WATCHED:
        watched |= before >> np.uint64(8 * (8 - len(name))) == int.from_bytes(name, "little")
    return quotes[watched] + 1, ends[watched]
