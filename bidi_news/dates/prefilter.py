"""Which lines of a batch may hold a stamp: a vectorized look at digits and word hashes, before any Python.

Most lines hold no date. A line is a candidate if it has

- three numbers in a row, with the digits and the separators of a numeric date; or
- the name of a month with numbers near it that can be a day and a year; or
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
_ASCII_GAP = 5  # the same where all is ASCII
_BITS = 16
_MONTH, _HEBREW, _RELATIVE = 1, 2, 4  # bits: Spanish August is "ago"
_SEPARATORS = np.zeros(256, bool)
_SEPARATORS[list(b"./- ")] = True
_SEPARATORS[0x80:] = True  # maqaf, dashes, full-width forms, bidi marks
_BEFORE, _AFTER = 3, 7  # words around a month: the year may stand behind the time of day and its zone
_LETTERS = (CharClass.LOWER, CharClass.UPPER)


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
        >>> page = Page(text="23 people of 1,200\n06.23.15\n5 ביוני 2015\n404.943.0800\nJune (31)")
        >>> batch = Batch.of([Document(page=page, text=page.text)])
        >>> sorted(set(batch.line_of(find_triggers(batch)).tolist()))
        [1, 2]
    """
    starts = batch.word_starts
    if not starts.size:
        return starts
    digit = batch.classes[starts] == CharClass.DIGIT
    number = digit | (batch.classes[batch.word_ends - 1] == CharClass.DIGIT)  # "Levi23.06.15": text lost its space
    triggers = (_numeric(batch, digit, number), _worded(batch, number), _marked(batch, np.flatnonzero(digit)))
    return np.unique(np.concatenate(triggers))


def _numeric(batch: Batch, digit: NDArray[np.bool_], number: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the starts of the first of three neighbouring numbers that may be a date.

    ASCII is held to the digits and separators that the grammar asks for; what it reads in a cleaned copy is not.
    """
    row = np.flatnonzero(number[:-2] & digit[1:-1] & digit[2:])
    starts, ends, data = batch.word_starts, batch.word_ends, batch.data
    row = row[_SEPARATORS[data[ends[row]]] & _SEPARATORS[data[ends[row + 1]]]]
    sizes = [ends[row + step] - starts[row + step] for step in range(3)]
    gaps = [starts[row + step + 1] - ends[row + step] for step in range(2)]
    last = starts[row + 2]
    beyond = np.minimum(last + 5, len(data))  # past a year of four digits
    loose = batch.points[beyond] - batch.points[starts[row]] != beyond - starts[row]
    loose &= (sizes[0] <= 12) & (sizes[1] <= 6) & (sizes[2] >= 2) & (gaps[0] <= _GAP) & (gaps[1] <= _GAP)
    separator = _after_spaces(batch, ends[row])
    year = batch.classes[np.minimum(last[:, None] + np.arange(5), len(data) - 1)] == CharClass.DIGIT
    strict = (separator == _after_spaces(batch, ends[row + 1])) & (separator != ord(" "))
    strict &= ((sizes[0] <= 4) | ~digit[row]) & (sizes[1] <= 2) & (gaps[0] <= _ASCII_GAP) & (gaps[1] <= _ASCII_GAP)
    strict &= year[:, 1] & (~year[:, 2] | (year[:, 3] & ~year[:, 4]))
    found: NDArray[np.int64] = starts[row[loose | strict]]
    return found


def _after_spaces(batch: Batch, positions: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Return the byte at each position, or after the one or two spaces there."""
    for _ in range(2):
        positions = positions + (batch.data[positions] == ord(" "))
    return batch.data[positions]


def _worded(batch: Batch, number: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the starts of months with the rest of a date near them, and of relative words in short lines."""
    coarse, hashes, kinds = _tables()
    low = batch.word_hashes.astype(np.uint16)  # wraps: the low bits
    hits = np.flatnonzero(coarse[low])
    if not hits.size:
        return hits
    place = np.minimum(np.searchsorted(hashes, batch.word_hashes[hits]), len(hashes) - 1)
    exact = hashes[place] == batch.word_hashes[hits]
    hits, kind = hits[exact], kinds[place[exact]]
    lines = batch.line_of(batch.word_starts[hits])
    near = np.clip(hits[:, None] + np.arange(-_BEFORE, _AFTER + 1), 0, len(number) - 1)
    begins = batch.word_starts[near]
    beside = (begins >= batch.line_starts[lines, None]) & (begins < batch.line_ends[lines, None])
    beside[:, _BEFORE] = False  # the word itself
    good = (kind & _MONTH > 0) & _with_numbers(batch, begins, batch.word_ends[near], beside & number[near])
    good |= (kind & _HEBREW > 0) & _with_hebrew_year(batch, begins, beside)
    relative = np.flatnonzero(kind & _RELATIVE)
    if relative.size:
        crawled = np.fromiter((d.page.crawled_at is not None for d in batch.documents), bool, len(batch.documents))
        lines = lines[relative]
        short = batch.line_ends[lines] - batch.line_starts[lines] <= _SHORT
        good[relative] |= short & crawled[batch.line_pages[lines]]
    starts: NDArray[np.int64] = batch.word_starts[hits[good]]
    return starts


def _with_numbers(
    batch: Batch, begins: NDArray[np.int64], ends: NDArray[np.int64], number: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Say for each month whether of the words near it (columns) two are numbers that can be its day and year.

    A year has four digits, or two and an apostrophe before them, or two and the day on the other side of the month.
    """
    third = batch.classes[np.minimum(begins + 2, len(batch.data) - 1)]
    long = number & (batch.points[ends] - batch.points[begins] >= 4) & ~np.isin(third, _LETTERS)  # "23rd" is not
    short = number & ~long
    before = batch.data[begins - 1]  # at the very first byte: the line feed at the end
    year = long | (short & ((before == ord("'")) | (before >= 0x80)))
    ahead = short[:, :_BEFORE].any(axis=1)
    behind = short[:, _BEFORE : 2 * _BEFORE + 1].any(axis=1)
    found: NDArray[np.bool_] = (ahead & behind) | ((ahead | behind) & year.any(axis=1) & (number.sum(axis=1) > 1))
    return found


def _with_hebrew_year(batch: Batch, begins: NDArray[np.int64], beside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say for each month whether one of the next three words begins with ת or ה, as Hebrew years do."""
    following = slice(_BEFORE + 1, 2 * _BEFORE + 1)
    start = begins[:, following]
    second = batch.data[start + 1]
    year = (batch.data[start] == 0xD7) & ((second == 0xAA) | (second == 0x94))
    found: NDArray[np.bool_] = (year & beside[:, following]).any(axis=1)
    return found


def _marked(batch: Batch, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the first number of each short line that holds a bidi control."""
    lines = np.flatnonzero(batch.line_classes[:, CharClass.BIDI])
    starts = batch.word_starts[numbers]
    if not lines.size or not starts.size:
        return np.empty(0, np.int64)
    lines = lines[batch.line_ends[lines] - batch.line_starts[lines] <= _SHORT]
    first = np.minimum(np.searchsorted(starts, batch.line_starts[lines]), len(starts) - 1)
    inside = (starts[first] >= batch.line_starts[lines]) & (starts[first] < batch.line_ends[lines])
    found: NDArray[np.int64] = starts[first[inside]]
    return found
