r"""Features of the lines of a batch: script-neutral integers between 0 and 255.

Integers, so that the model's sums are exact and a page gives the same scores in every batch. Ratios are scaled to 255;
counts go through a logarithm of eight steps per doubling, taken from a table for the same reason.

Example:
    >>> from bidi_news.batch import Batch, Document
    >>> from bidi_news.model import Page
    >>> from bidi_news.segment.lexical import count_words
    >>> page = Page(text="Menu\n\nA sentence of running text, with a stop.")
    >>> batch = Batch.of([Document(page=page, text=page.text)])
    >>> line_features(batch, count_words(batch)).shape == (2, len(FEATURES))
    True
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from bidi_news.marks import COUNTS, MARKS
from bidi_news.segment.lexical import CATEGORIES
from bidi_news.segment.stated import stated_shares
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bidi_news.batch import Batch
    from bidi_news.segment.lexical import WordCounts

    Ints = NDArray[np.int64]
    Counts = NDArray[np.int32] | Ints
    Floats = NDArray[np.float32]
    Ratios = NDArray[np.float64]

__all__ = ["FEATURES", "MARK_FEATURES", "line_features", "mark_features"]

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
_ENDS: Final = np.array([[item] for item in (*_EDGE, CharClass.SYMBOL, CharClass.PUNCT)], np.uint8)
_STOP, _QUOTE = CharClass.STOP.value, CharClass.QUOTE.value
_LONG: Final = 60  # letters of a line that tells the script of its page
_RADII: Final = (3, 12)
_LOG: Final = np.minimum(np.round(8 * np.log2(1 + np.arange(1 << 16))), 255).astype(np.float32)

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
MARK_FEATURES: Final = (*(f"mark_{name}" for name in MARKS), "stated", "states_body")
"""Names of the columns of :func:`mark_features`: the marks, and what JSON-LD states of the body."""


def line_features(batch: Batch, known: WordCounts) -> Floats:
    """Return the features of every line, shape (lines, len(FEATURES)); whole numbers, 0 to 255.

    Args:
        batch: the pages.
        known: :func:`~bidi_news.segment.lexical.count_words` of the batch.
    """
    if not len(batch.line_starts):
        return np.zeros((0, len(FEATURES)), np.float32)
    counts = batch.line_classes.T
    categories = known.categories.T
    characters = counts.sum(axis=0)
    letters = counts[[*_LETTERS]].sum(axis=0)
    runs = np.diff(batch.line_words)
    words = runs + counts[CharClass.WIDE] // 2  # scripts without spaces: two characters are about a word
    first, last, before_last = _edges(batch)
    ends = (last == _STOP) | ((last == _QUOTE) & (before_last == _STOP))
    low, high = batch.page_lines[batch.line_pages], batch.page_lines[batch.line_pages + 1]
    nearby = np.stack((words, categories[0], 8 * ends, categories[1], 8 * (words >= 12)))
    columns = [
        *(_log(characters), _log(words), np.minimum(_ratio(letters, words, 16), 255), _ratio(letters, characters)),
        *_ratio(counts[[*_SHARES]], characters),
        *_ratio(categories, words),
        *_log(categories),
        *_flag(first == _ENDS),
        *_flag(last == _ENDS),
        *(_flag(ends & (last == _QUOTE)), _log(counts[CharClass.STOP]), _script_of_page(batch, letters)),
        *_positions(low, high),
        *_repeats(batch, runs, low),
        *_white_space(batch),
        *(_log(high - low), _log(_page_total(words, low, high))),
        *_length_ranks(batch, characters, low),
        *_log(_window_sums(nearby, low, high)),
        *_max_segment(batch, words, categories[0], ends),
    ]
    return np.stack(columns, dtype=np.float32, casting="unsafe").T  # by column, as they are made


def mark_features(batch: Batch) -> Floats:
    """Return what the markup adds for HTML, shape (lines of HTML pages, len(MARK_FEATURES)); whole numbers, 0 to 255.

    Args:
        batch: pages, one of HTML at least.
    """
    marks = [document.marks for document in batch.documents if document.marks is not None]
    whole = np.concatenate([rows.T for rows in marks], axis=1)  # by column, as they are made and read
    counts = whole[-len(COUNTS) :].astype(np.int64)
    whole *= np.float32(255)
    np.floor(whole, out=whole)
    np.minimum(whole, 255, out=whole)
    whole[-len(COUNTS) :] = _log(counts)
    marked = np.array([document.marks is not None for document in batch.documents])[batch.line_pages]
    states = np.array([bool(document.evidence.body) for document in batch.documents])[batch.line_pages]
    stated = np.stack((np.floor(255 * stated_shares(batch)), _flag(states)))
    return np.concatenate((whole, stated[:, marked]), dtype=np.float32).T


def _window_sums(columns: Ints, low: Ints, high: Ints) -> Ints:
    """Return the sums of some columns over the lines of the page near each line, itself left out.

    Args:
        columns: numbers of each line, shape (columns, lines).
        low: first line of the page of each line.
        high: line after its last.

    Returns:
        Shape (radii * columns, lines): all columns at the first of the radii come first.
    """
    index = np.arange(len(low))
    total = _running(columns)
    return np.concatenate(
        [
            total.take(np.minimum(index + radius + 1, high), axis=1)
            - total.take(np.maximum(index - radius, low), axis=1)
            - columns
            for radius in _RADII
        ]
    )


def _running(columns: Ints) -> Ints:
    """Return the sum of all numbers before each place along the last axis, and of all of them."""
    total = np.zeros((*columns.shape[:-1], columns.shape[-1] + 1), columns.dtype)
    np.cumsum(columns, axis=-1, out=total[..., 1:])
    return total


def _log(counts: Ints) -> Floats:
    """Return eight times the binary logarithm of one more than each count."""
    return _LOG.take(counts, mode="clip")


def _ratio(part: Counts, whole: Ints, scale: int = 255) -> Ratios:
    """Return part / whole, scaled, rounded down; 0 where there is no whole.

    Exact: a quotient of whole numbers below 2**53 that is no whole number cannot round up to one. In floats at once,
    for the counts are of 32 bits.
    """
    return np.floor(float(scale) * part / np.maximum(whole, 1))


def _flag(holds: NDArray[np.bool_]) -> Floats:
    """Return 255 where something holds, else 0."""
    return holds * np.float32(255)


def _edges(batch: Batch) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the class of the first character of each line, of the last, and of the one before it."""
    last = _lead(batch, batch.line_ends - 1)
    return batch.classes[batch.line_starts], batch.classes[last], batch.classes[_lead(batch, np.maximum(last - 1, 0))]


def _lead(batch: Batch, at: Ints) -> Ints:
    """Return the first byte of the character that each byte belongs to."""
    for _ in range(3):
        at = at - (batch.classes[at] == CharClass.CONTINUATION.value)
    return np.maximum(at, 0)


def _script_of_page(batch: Batch, letters: Ints) -> Ratios:
    """Return the share of a line's letters that are of the script with most letters in the page's long lines."""
    counts = batch.line_classes.T
    others = counts[[CharClass.HEBREW, CharClass.ARABIC, CharClass.WIDE, CharClass.OTHER]]
    scripts = np.concatenate((counts[[CharClass.LOWER]] + counts[CharClass.UPPER], others))
    total = _running(scripts * (letters >= _LONG))
    main = np.diff(total[:, batch.page_lines]).argmax(axis=0)[batch.line_pages]
    return _ratio(scripts[main, np.arange(len(main))], letters)


def _positions(low: Ints, high: Ints) -> tuple[Ratios, Floats, Floats]:
    """Return the relative position of each line, its distance from the top and from the bottom."""
    index = np.arange(len(low))
    return _ratio(index - low, high - low), _log(index - low), _log(high - 1 - index)


def _repeats(batch: Batch, runs: Ints, low: Ints) -> tuple[Floats, Floats]:
    """Return how often each line stands on its page, and how many lines there begin with the same word."""
    total = _running(batch.word_hashes.view(np.int64))  # sums wrap alike, signed or not
    page = low * np.int64(-0x61C8864680B583EB)
    some = runs > 0
    first, after = batch.line_words[:-1], batch.line_words[1:]
    whole, start = total[after] - total[first], total[first + some] - total[first]
    return _log(_frequency(whole ^ page) - 1) * some, _log(_frequency(start ^ page) - 1) * some


def _frequency(keys: Ints) -> Ints:
    """Return how often the key of each row occurs."""
    order = _order(keys)
    ordered = keys[order]
    counts = np.diff(np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1], [True]))))
    frequency = np.empty(len(keys), np.int64)
    frequency[order] = np.repeat(counts, counts)
    return frequency


def _order(keys: Ints) -> Ints:
    """Return the places of keys in order, negative ones last; by four digits, since NumPy sorts short ones by radix."""
    return np.lexsort(keys.astype("<i8", copy=False).view("<u2").reshape(-1, 4).T)


def _white_space(batch: Batch) -> Ints:
    """Return the line breaks before and after each line, and its indent, as far as its page goes."""
    feeds = np.flatnonzero(batch.data == 10)  # no line holds one
    starts, pages = batch.line_starts, batch.line_pages
    before, bounds = np.searchsorted(feeds, starts), np.searchsorted(feeds, batch.page_starts)
    above = np.maximum(np.append(0, before[:-1]), bounds[pages])
    below = np.minimum(np.append(before[1:], len(feeds)), bounds[pages + 1])
    begin = np.append(0, feeds + 1)[before]
    indent = starts - np.maximum(begin, batch.page_starts[pages])
    return np.minimum((32 * (before - above), 32 * (below - before), 16 * indent), 255)


def _page_total(column: Ints, low: Ints, high: Ints) -> Ints:
    """Return the sum of a column over the page of each line."""
    total = _running(column)
    return total[high] - total[low]


def _length_ranks(batch: Batch, characters: Ints, low: Ints) -> tuple[Ratios, Floats]:
    """Return the length of each line against the longest of its page, and how many lines of the page are longer."""
    key = (batch.line_pages << 32) + (characters.max() - characters)
    order = _order(key)  # page by page, the longest first
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - low
    return _ratio(characters, characters[order[low]]), _log(rank)


def _max_segment(batch: Batch, words: Ints, stops: Ints, ends: NDArray[np.bool_]) -> tuple[Floats, Floats, Ratios]:
    """Return where each line lies to the page's run of lines with the largest sum of a plain score for running text.

    Returns:
        255 inside the run, 0 outside; the distance to it in lines; the share of the page's words that it holds.
    """
    score = np.where((words >= 8) & (stops * 8 >= words), words, np.where(ends & (words >= 4), words // 2, -6))
    # each page's sums stand below all of the page before, so that its running minimum is its own
    full = np.diff(batch.page_lines) > 0
    starts = batch.page_lines[:-1][full]
    page = (np.cumsum(full) - 1)[batch.line_pages]
    total = _running(score)
    drop = page * (np.ptp(total) + 1)
    before = total[:-1] - drop
    lowest = np.minimum.accumulate(before)
    gain = total[1:] - drop - lowest
    last = _first(gain == np.maximum.reduceat(gain, starts)[page], starts)
    first = _first(before == lowest[last][page], starts)
    word_total = _running(words)
    share = _ratio(
        word_total[last + 1] - word_total[first], word_total[batch.page_lines[1:][full]] - word_total[starts]
    )
    index = np.arange(len(words))
    distance = np.maximum(np.maximum(first[page] - index, index - last[page]), 0)
    return _flag(distance == 0), _log(distance), share[page]


def _first(holds: NDArray[np.bool_], starts: Ints) -> Ints:
    """Return the first line at or after each of some where something holds."""
    lines = np.flatnonzero(holds)
    return lines[np.searchsorted(lines, starts)]
