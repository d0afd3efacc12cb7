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


@cache
def _tables() -> tuple[NDArray[np.bool_], NDArray[np.uint64], NDArray[np.uint8]]:
    """Return a table over the low bits of a hash (no: no trigger), and all trigger hashes, sorted, with their kinds."""
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
    coarse = np.zeros(1 << _BITS, bool)
    coarse[(hashes & np.uint64((1 << _BITS) - 1)).astype(np.int64)] = True
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
    digit = batch.classes[starts] == CharClass.DIGIT.value
    # "Levi23.06.15": text lost its space
    number = digit | (batch.classes[batch.word_ends - 1] == CharClass.DIGIT.value)
    triggers = (_numeric(batch, digit, number), _worded(batch, number), _marked(batch, np.flatnonzero(digit)))
    # sorted and each once; np.unique would load masked arrays, which cost a tenth of the start-up
    found = np.sort(np.concatenate(triggers))
    return found[np.flatnonzero(np.diff(found, prepend=-1))]


def _numeric(batch: Batch, digit: NDArray[np.bool_], number: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the starts of the first of three neighbouring numbers that may be a date.

    ASCII is held to the digits and separators that the grammar asks for; what it reads in a cleaned copy is not.
    """
    row = np.flatnonzero(number[:-2] & digit[1:-1] & digit[2:])
    starts, ends, data = batch.word_starts, batch.word_ends, batch.data
    row = row[_SEPARATORS[data[ends[row]]] & _SEPARATORS[data[ends[row + 1]]]]
    row = row[starts[row + 2] < batch.line_ends[batch.line_of(starts[row])]]
    sizes = [ends[row + step] - starts[row + step] for step in range(3)]
    gaps = [starts[row + step + 1] - ends[row + step] for step in range(2)]
    last = starts[row + 2]
    after = ends[row + 2]
    loose = (batch.points[after] - batch.points[starts[row]] != after - starts[row]) | (data[after] >= 0x80)
    loose &= (sizes[0] <= 12) & (sizes[1] <= 6) & (sizes[2] >= 2) & (gaps[0] <= _GAP) & (gaps[1] <= _GAP)
    separator = _after_spaces(batch, ends[row])
    year = batch.classes[np.minimum(last[:, None] + np.arange(5), len(data) - 1)] == CharClass.DIGIT.value
    tail = batch.classes[ends[row][:, None] - np.arange(1, 6)] == CharClass.DIGIT.value
    strict = (separator == _after_spaces(batch, ends[row + 1])) & (separator != ord(" "))
    strict &= (
        ((sizes[0] <= 4) | ~tail.all(axis=1)) & (sizes[1] <= 2) & (gaps[0] <= _ASCII_GAP) & (gaps[1] <= _ASCII_GAP)
    )
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
    hits = np.flatnonzero(coarse.take(batch.word_hashes.astype(np.uint16)))  # wraps: the low bits
    place = np.minimum(np.searchsorted(hashes, batch.word_hashes[hits]), len(hashes) - 1)
    exact = hashes[place] == batch.word_hashes[hits]
    hits, kind = hits[exact], kinds[place[exact]]
    found = [
        _with_numbers(batch, hits[kind & _MONTH > 0], number),
        _with_hebrew_year(batch, hits[kind & _HEBREW > 0]),
        _in_short_lines(batch, hits[kind & _RELATIVE > 0]),
    ]
    starts: NDArray[np.int64] = batch.word_starts[np.concatenate(found)]
    return starts


def _with_numbers(batch: Batch, months: NDArray[np.int64], number: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the months near which, on their line, two numbers stand that can be the day and the year.

    A year has four digits, or two and an apostrophe before them, or two and the day on the other side of the month.
    """
    numbers = np.flatnonzero(number)
    if not numbers.size:
        return numbers
    # most months have no number near, and many are no months: "may"
    place = np.searchsorted(numbers, months)
    following, preceding = numbers.take(place, mode="clip"), numbers.take(place - 1, mode="clip")
    months = months[(np.abs(following - months) <= _BEFORE) | (np.abs(months - preceding) <= _BEFORE)]
    words, beside = _neighbours(batch, months)
    begins, ends = batch.word_starts[words], batch.word_ends[words]
    near = beside & number[words]
    third = batch.classes.take(begins + 2, mode="clip")
    ordinal = (third == CharClass.LOWER.value) | (third == CharClass.UPPER.value)  # "23rd"
    long = near & (batch.points[ends] - batch.points[begins] >= 4) & ~ordinal
    short = near & ~long
    mark = batch.data[begins - 1]  # of the very first byte: the line feed at the end
    year = long | (short & ((mark == ord("'")) | (mark >= 0x80)))
    ahead = short[:, :_BEFORE].any(axis=1)
    behind = short[:, _BEFORE : 2 * _BEFORE + 1].any(axis=1)
    good = (ahead & behind) | ((ahead | behind) & year.any(axis=1) & (near.sum(axis=1) > 1))
    found: NDArray[np.int64] = months[good]
    return found


def _with_hebrew_year(batch: Batch, months: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the months with one of the next three words on their line beginning with ת or ה, as Hebrew years do."""
    if not months.size:
        return months
    words, beside = _neighbours(batch, months)
    start = batch.word_starts[words]
    second = batch.data[start + 1]
    year = beside & (batch.data[start] == 0xD7) & ((second == 0xAA) | (second == 0x94))
    found: NDArray[np.int64] = months[year[:, _BEFORE + 1 : 2 * _BEFORE + 1].any(axis=1)]
    return found


def _neighbours(batch: Batch, words: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the words around each of some words (columns), and which of them are others on its line."""
    near = np.clip(words[:, None] + np.arange(-_BEFORE, _AFTER + 1), 0, len(batch.word_starts) - 1)
    lines = batch.line_of(batch.word_starts[words])
    begins = batch.word_starts[near]
    beside = (begins >= batch.line_starts[lines, None]) & (begins < batch.line_ends[lines, None])
    beside[:, _BEFORE] = False
    return near, beside


def _in_short_lines(batch: Batch, words: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the words that stand in short lines of pages whose crawl is known."""
    crawled = np.fromiter((d.page.crawled_at is not None for d in batch.documents), bool, len(batch.documents))
    if not crawled.any():
        return words[:0]
    lines = batch.line_of(batch.word_starts[words])
    short = batch.line_ends[lines] - batch.line_starts[lines] <= _SHORT
    found: NDArray[np.int64] = words[short & crawled[batch.line_pages[lines]]]
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
