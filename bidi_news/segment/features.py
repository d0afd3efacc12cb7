"""Features of the lines of a batch: script-neutral integers between 0 and 255.

Integers, so that the model's sums are exact and a page gives the same scores in every batch. Ratios are scaled to 255;
counts go through a logarithm of eight steps per doubling, taken from a table for the same reason.

Example:
    >>> from bidi_news.batch import Batch, Document
    >>> from bidi_news.model import Page
    >>> page = Page(text="Menu\\n\\nA sentence of running text, with a stop.")
    >>> line_features(Batch.of([Document(page=page, text=page.text)])).shape == (2, len(FEATURES))
    True
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from bidi_news.segment.lexical import CATEGORIES, category_counts
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bidi_news.batch import Batch

__all__ = ["FEATURES", "line_features", "mark_features", "page_bounds", "window_sums"]

Ints = NDArray[np.int64] if TYPE_CHECKING else None

_LETTERS: Final = (
    CharClass.LOWER,
    CharClass.UPPER,
    CharClass.HEBREW,
    CharClass.ARABIC,
    CharClass.WIDE,
    CharClass.OTHER,
)
_EDGE: Final = (CharClass.UPPER, CharClass.DIGIT, CharClass.STOP, CharClass.COMMA, CharClass.QUOTE, CharClass.DASH)
_SHARES: Final = (*_EDGE, CharClass.PUNCT, CharClass.SYMBOL)
_RADII: Final = (3, 12)
_LOG: Final = np.minimum(np.round(8 * np.log2(1 + np.arange(1 << 16))), 255).astype(np.int64)

FEATURES: Final = (
    *("characters", "words", "word_length", "letters"),
    *(f"share_{item.name.lower()}" for item in _SHARES),
    *(f"share_{name}" for name in CATEGORIES),
    *(f"count_{name}" for name in CATEGORIES),
    *(f"first_{item.name.lower()}" for item in (*_EDGE, CharClass.SYMBOL, CharClass.PUNCT)),
    *(f"last_{item.name.lower()}" for item in (*_EDGE, CharClass.SYMBOL, CharClass.PUNCT)),
    *("closed_quote", "sentences", "script_of_page", "position", "from_top", "from_bottom"),
    *("repeated", "same_start", "breaks_before", "breaks_after", "indent", "page_lines", "page_words"),
    *("of_longest", "longer_lines"),
    *(f"{name}_within_{radius}" for radius in _RADII for name in ("words", "stops", "ends", "interface", "long")),
    *("in_segment", "segment_distance", "segment_share"),
)
"""Names of the columns of :func:`line_features`."""


def line_features(batch: Batch) -> NDArray[np.float32]:
    """Return the features of every line, shape (lines, len(FEATURES)); whole numbers, 0 to 255."""
    lines = len(batch.line_starts)
    if not lines:
        return np.zeros((0, len(FEATURES)), np.float32)
    counts = batch.line_classes
    characters = counts.sum(axis=1)
    letters = counts[:, _LETTERS].sum(axis=1)
    runs = np.diff(np.searchsorted(batch.word_starts, np.append(batch.line_starts, len(batch.data))))
    words = runs + counts[:, CharClass.WIDE] // 2  # scripts without spaces: two characters are about a word
    categories = category_counts(batch)
    first, last, before_last = _edges(batch)
    ends = (last == CharClass.STOP) | ((last == CharClass.QUOTE) & (before_last == CharClass.STOP))
    low, high = page_bounds(batch)
    segment = _max_segment(batch, words, categories[:, 0], ends)
    nearby = [words, categories[:, 0], 8 * ends, categories[:, 1], 8 * (words >= 12)]
    columns = [
        *(_log(characters), _log(words), _ratio(letters, words, 16), _ratio(letters, characters)),
        *(_ratio(counts[:, item], characters) for item in _SHARES),
        *(_ratio(categories[:, column], words) for column in range(len(CATEGORIES))),
        *(_log(categories[:, column]) for column in range(len(CATEGORIES))),
        *(255 * (first == item) for item in (*_EDGE, CharClass.SYMBOL, CharClass.PUNCT)),
        *(255 * (last == item) for item in (*_EDGE, CharClass.SYMBOL, CharClass.PUNCT)),
        *(255 * (ends & (last == CharClass.QUOTE)), _log(counts[:, CharClass.STOP]), _script_of_page(batch)),
        *_positions(batch, low, high),
        *_repeats(batch, runs, low),
        *_white_space(batch),
        *(_log(high - low), _log(_page_total(words, low, high))),
        *_length_ranks(batch, characters),
        *(_log(column) for radius in _RADII for column in window_sums(nearby, low, high, radius)),
        *segment,
    ]
    features = np.empty((len(columns), lines), np.float32)  # by column, as they are made
    for row, column in zip(features, columns, strict=True):
        row[:] = column
    return np.clip(features, 0, 255, out=features).T


def mark_features(marks: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what the markup adds for HTML: the marks as whole numbers, 0 to 255, shape (lines, columns of ``marks``).

    Args:
        marks: shares, and in the last three columns counts, as :mod:`bidi_news.read.render` makes them.
    """
    whole = np.floor(marks * 255)
    whole[:, -3:] = _log(marks[:, -3:].astype(np.int64))
    return np.minimum(whole, 255)


def page_bounds(batch: Batch) -> tuple[Ints, Ints]:
    """Return for each line the first line of its page and the line after the last."""
    return batch.page_lines[batch.line_pages], batch.page_lines[batch.line_pages + 1]


def window_sums(columns: list[Ints], low: Ints, high: Ints, radius: int) -> list[Ints]:
    """Return for each line the sum of each column over the lines of its page within ``radius``, itself left out."""
    index = np.arange(len(low))
    begin, end = np.maximum(index - radius, low), np.minimum(index + radius + 1, high)
    sums = []
    for column in columns:
        total = np.concatenate((np.zeros(1, np.int64), np.cumsum(column)))
        sums.append(total[end] - total[begin] - column)
    return sums


def _log(counts: Ints) -> Ints:
    """Return eight times the binary logarithm of one more than each count."""
    return _LOG.take(np.clip(counts, 0, len(_LOG) - 1))


def _ratio(part: Ints, whole: Ints, scale: int = 255) -> Ints:
    """Return part / whole, scaled; 0 where there is no whole."""
    return scale * part // np.maximum(whole, 1)


def _edges(batch: Batch) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the class of the first character of each line, of the last, and of the one before it."""
    last = _lead(batch, batch.line_ends - 1)
    return batch.classes[batch.line_starts], batch.classes[last], batch.classes[_lead(batch, np.maximum(last - 1, 0))]


def _lead(batch: Batch, at: Ints) -> Ints:
    """Return the first byte of the character that each byte belongs to."""
    for _ in range(3):
        at = at - (batch.classes[at] == CharClass.CONTINUATION)
    return np.maximum(at, 0)


def _script_of_page(batch: Batch) -> Ints:
    """Return the share of a line's letters that are of the script with most letters in the page's long lines."""
    counts = batch.line_classes
    scripts = np.stack(
        [
            counts[:, CharClass.LOWER] + counts[:, CharClass.UPPER],
            *(counts[:, item] for item in (CharClass.HEBREW, CharClass.ARABIC, CharClass.WIDE, CharClass.OTHER)),
        ],
        axis=1,
    )
    weight = scripts * (scripts.sum(axis=1) >= 60)[:, None]
    total = np.concatenate((np.zeros((1, 5), np.int64), np.cumsum(weight, axis=0)))
    main = np.diff(total[batch.page_lines], axis=0).argmax(axis=1)[batch.line_pages]
    return _ratio(np.take_along_axis(scripts, main[:, None], axis=1)[:, 0], scripts.sum(axis=1))


def _positions(batch: Batch, low: Ints, high: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the relative position of each line, its distance from the top and from the bottom."""
    index = np.arange(len(low))
    return _ratio(index - low, high - low), _log(index - low), _log(high - 1 - index)


def _repeats(batch: Batch, runs: Ints, low: Ints) -> tuple[Ints, Ints]:
    """Return how often each line stands on its page, and how many lines there begin with the same word."""
    first_word = np.searchsorted(batch.word_starts, batch.line_starts)
    total = np.concatenate((np.zeros(1, np.uint64), np.cumsum(batch.word_hashes, dtype=np.uint64)))
    page = low.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    whole = total[first_word + runs] - total[first_word]
    start = np.append(batch.word_hashes, np.uint64(0))[np.where(runs > 0, first_word, len(batch.word_hashes))]
    return tuple(_log(_frequency(key ^ page) - 1) * (runs > 0) for key in (whole, start))  # type: ignore[return-value]


def _frequency(keys: NDArray[np.uint64]) -> Ints:
    """Return how often the key of each row occurs."""
    _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return counts[inverse]


def _white_space(batch: Batch) -> tuple[Ints, Ints, Ints]:
    """Return the line breaks before and after each line, and its indent, as far as its page goes."""
    breaks = np.zeros(len(batch.classes) + 1, np.int32)
    np.cumsum(batch.data == 10, dtype=np.int32, out=breaks[1:])
    starts, ends, pages = batch.line_starts, batch.line_ends, batch.line_pages
    begin = np.maximum(np.concatenate((np.zeros(1, np.int64), ends[:-1])), batch.page_starts[pages])
    after = np.minimum(np.append(starts[1:], len(batch.data)), batch.page_starts[pages + 1])
    newlines = np.flatnonzero(batch.data == 10)
    row = np.searchsorted(newlines, starts)
    previous = np.where(row > 0, newlines[np.maximum(row - 1, 0)] + 1, 0)
    indent = starts - np.maximum(previous, batch.page_starts[pages])
    return 32 * (breaks[starts] - breaks[begin]), 32 * (breaks[after] - breaks[ends]), 16 * indent


def _page_total(column: Ints, low: Ints, high: Ints) -> Ints:
    """Return the sum of a column over the page of each line."""
    total = np.concatenate((np.zeros(1, np.int64), np.cumsum(column)))
    return total[high] - total[low]


def _length_ranks(batch: Batch, characters: Ints) -> tuple[Ints, Ints]:
    """Return the length of each line against the longest of its page, and how many lines of the page are longer."""
    order = np.lexsort((-characters, batch.line_pages))  # page by page, the longest first
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - batch.page_lines[batch.line_pages]
    longest = characters[order][batch.page_lines[batch.line_pages]]
    return _ratio(characters, longest), _log(rank)


def _max_segment(batch: Batch, words: Ints, stops: Ints, ends: NDArray[np.bool_]) -> tuple[Ints, Ints, Ints]:
    """Return where each line lies to the page's run of lines with the largest sum of a plain score for running text.

    Returns:
        255 inside the run, 0 outside; the distance to it in lines; the share of the page's words that it holds.
    """
    score = np.where((words >= 8) & (stops * 8 >= words), words, np.where(ends & (words >= 4), words // 2, -6))
    total = np.concatenate((np.zeros(1, np.int64), np.cumsum(score)))
    word_total = np.concatenate((np.zeros(1, np.int64), np.cumsum(words)))
    begin, end, share = (np.zeros(len(batch.documents), np.int64) for _ in range(3))
    for page, (low, high) in enumerate(zip(batch.page_lines[:-1].tolist(), batch.page_lines[1:].tolist(), strict=True)):
        if low < high:
            sums = total[low : high + 1]
            gain = sums[1:] - np.minimum.accumulate(sums)[:-1]
            last = int(gain.argmax())
            first = int(sums[: last + 1].argmin())
            begin[page], end[page] = low + first, low + last + 1
            share[page] = _ratio(word_total[end[page]] - word_total[begin[page]], word_total[high] - word_total[low])
    index = np.arange(len(words))
    first, after = begin[batch.line_pages], end[batch.line_pages]
    distance = np.maximum(np.maximum(first - index, index - after + 1), 0)
    return 255 * (distance == 0), _log(distance), share[batch.line_pages]
