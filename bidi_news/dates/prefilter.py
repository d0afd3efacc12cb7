"""Which lines of a batch may hold a stamp: a vectorized look at digits and word hashes, before any Python.

Most lines hold no date. A line is a candidate if it has

- three numbers in a row, as numeric dates have, with a separator between the first two; or
- the name of a month with two numbers near it, a day and a year; or
- a month of the Hebrew calendar with a word near it that may be a year; or
- a word of a relative time, if the line is short and the page says when it was crawled; or
- a bidi control and a digit, if the line is short: the control may split a number or a word.

Hash hits are few and may be chance: the grammar verifies them by reading the line.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from bidi_news.batch import hash_words
from bidi_news.dates.vocabulary import spellings, vocabulary
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bidi_news.batch import Batch

__all__ = ["find_triggers"]

_SHORT = 160  # bytes of a line that may be a relative time
_GAP = 8  # bytes between two numbers of a date: a separator, spaces, a bidi mark on either side
_BITS = 16
_MONTH, _HEBREW, _RELATIVE = 1, 2, 4  # bits: Spanish August is "ago"
_SEPARATORS = np.zeros(256, bool)
_SEPARATORS[list(b"./- ")] = True
_SEPARATORS[0x80:] = True  # maqaf, dashes, full-width forms, bidi marks


@cache
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint64], NDArray[np.uint8]]:
    """Return a table over the low bits of a hash (0: no trigger), and all trigger hashes, sorted, with their kinds."""
    words = vocabulary()
    kinds: dict[str, int] = {}
    for kind, forms in (
        (_RELATIVE, (*words.relative["past"], *words.relative["day"])),
        (_HEBREW, words.words["hebrew_month"]),
        (_MONTH, words.words["month"]),
    ):
        for form in forms:
            for spelling in _as_written(form.split()[0].rstrip("'")):
                kinds[spelling] = kinds.get(spelling, 0) | kind
    hashes = hash_words(list(kinds))
    order = np.argsort(hashes)
    coarse = np.zeros(1 << _BITS, np.uint8)
    coarse[(hashes & np.uint64((1 << _BITS) - 1)).astype(np.int64)] = 1
    return coarse, hashes[order], np.fromiter(kinds.values(), np.uint8, len(kinds))[order]


def _as_written(word: str) -> list[str]:
    """Return a folded word as pages write it: with proclitics, in capitals, with hamza on its alef."""
    if word[0] == "ا":
        return [carrier + word[1:] for carrier in "اأإآ"]
    return [*spellings(word), word.capitalize(), word.upper()]  # the hash folds the case of ASCII only


def find_triggers(batch: Batch) -> NDArray[np.int64]:
    r"""Return the first bytes of the words that may belong to a stamp, sorted.

    Args:
        batch: pages; relative words count only on pages with ``crawled_at``.

    Returns:
        Byte positions, shape (k,).

    Example:
        >>> from bidi_news.batch import Batch, Document
        >>> from bidi_news.model import Page
        >>> page = Page(text="23 people of 1,200\n06.23.15\n5 ביוני 2015")
        >>> batch = Batch.of([Document(page=page, text=page.text)])
        >>> sorted(set(batch.line_of(find_triggers(batch)).tolist()))
        [1, 2]
    """
    starts = batch.word_starts
    if not starts.size:
        return starts
    digit = batch.classes[starts] == CharClass.DIGIT
    numbers = np.flatnonzero(digit)
    triggers = (_numeric(batch, numbers), _named(batch, digit), _marked(batch, numbers))
    return np.unique(np.concatenate(triggers))


def _numeric(batch: Batch, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the starts of the first of three neighbouring numbers that may be a date."""
    if len(numbers) < 3:
        return np.empty(0, np.int64)
    starts, ends = batch.word_starts[numbers], batch.word_ends[numbers]
    row = np.flatnonzero(numbers[2:] - numbers[:-2] == 2)
    gap = starts[row + 1] - ends[row]
    good = (gap <= _GAP) & (starts[row + 2] - ends[row + 1] <= _GAP) & (ends[row + 1] - starts[row + 1] <= 6)
    good &= (
        (ends[row] - starts[row] <= 12) & (ends[row + 2] - starts[row + 2] >= 2) & _SEPARATORS[batch.data[ends[row]]]
    )
    found: NDArray[np.int64] = starts[row[good]]
    return found


def _named(batch: Batch, digit: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the starts of months with a number or year near them, and of relative words in short lines."""
    coarse, hashes, kinds = _tables()
    low = batch.word_hashes.astype(np.uint16)  # wraps: the low bits
    hits = np.flatnonzero(coarse[low])
    if not hits.size:
        return hits
    place = np.minimum(np.searchsorted(hashes, batch.word_hashes[hits]), len(hashes) - 1)
    exact = hashes[place] == batch.word_hashes[hits]
    hits, kind = hits[exact], kinds[place[exact]]
    last = len(digit) - 1
    near = np.zeros(len(hits), np.int8)
    for step in (-3, -2, -1, 1, 2, 3):
        near += digit[np.clip(hits + step, 0, last)]
    good = (kind & _MONTH > 0) & (near >= 2)
    hebrew = kind & _HEBREW > 0
    if hebrew.any():
        good |= hebrew & _before_year(batch, hits)
    relative = np.flatnonzero(kind & _RELATIVE)
    if relative.size:
        crawled = np.fromiter((d.page.crawled_at is not None for d in batch.documents), bool, len(batch.documents))
        lines = batch.line_of(batch.word_starts[hits[relative]])
        short = batch.line_ends[lines] - batch.line_starts[lines] <= _SHORT
        good[relative] |= short & crawled[batch.line_pages[lines]]
    starts: NDArray[np.int64] = batch.word_starts[hits[good]]
    return starts


def _marked(batch: Batch, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the first number of each short line that holds a bidi control."""
    marks = np.flatnonzero(batch.classes == CharClass.BIDI)
    starts = batch.word_starts[numbers]
    if not marks.size or not starts.size:
        return np.empty(0, np.int64)
    lines = np.unique(np.maximum(batch.line_of(marks), 0))
    lines = lines[batch.line_ends[lines] - batch.line_starts[lines] <= _SHORT]
    first = np.minimum(np.searchsorted(starts, batch.line_starts[lines]), len(starts) - 1)
    inside = (starts[first] >= batch.line_starts[lines]) & (starts[first] < batch.line_ends[lines])
    found: NDArray[np.int64] = starts[first[inside]]
    return found


def _before_year(batch: Batch, hits: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say which words have one of the next three begin with ת or ה, as Hebrew years do."""
    last = len(batch.word_starts) - 1
    found = np.zeros(len(hits), bool)
    for step in (1, 2, 3):
        start = batch.word_starts[np.minimum(hits + step, last)]
        second = batch.data[np.minimum(start + 1, len(batch.data) - 1)]
        found |= (batch.data[start] == 0xD7) & ((second == 0xAA) | (second == 0x94))
    return found
