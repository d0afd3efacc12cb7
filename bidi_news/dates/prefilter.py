"""Where in a batch a stamp may stand: a vectorized look at figures and word hashes, before any Python.

Most lines hold no date. A place is a trigger if there stand

- three numbers in a row, with the digits and the separators of a numeric date; or
- the name of a month with numbers near it that can be a day and a year; or
- a month of the Hebrew calendar, in letters of either script, with a word near it that may be a year; or
- a word of a relative time, if the line is short and the page says when it was crawled; or
- a bidi control and a digit, if the line is short: the control may split a number or a word.

The same look tells where the phrase before a stamp ("last updated") may stand. Hash hits are few and may be chance: the
grammar verifies them by reading the line.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bidi_news.dates.vocabulary import spellings, vocabulary
from bidi_news.hashes import HashIndex, hash_words
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bidi_news.batch import Batch

__all__ = ["Places", "find_places"]

_SHORT = 160  # bytes of a line that may be a relative time
_GAP = 8  # bytes between two numbers of a date: a separator, spaces, a bidi mark on either side
_ASCII_GAP = 5  # the same where all is ASCII
_LEAST_DIGITS = 3  # of a line that holds a date with the month's name: "5 June 15"
_LEAST_WORD = 4  # bytes of a word that may be part of a phrase, if it is glued to a number: not "23rd", "5pm"
_MONTH, _HEBREW, _RELATIVE, _PHRASE = 1, 2, 4, 8  # bits: Spanish August is "ago"
_SEPARATORS = np.zeros(256, bool)
_SEPARATORS[list(b"./- ")] = True
_SEPARATORS[0x80:] = True  # maqaf, dashes, full-width forms, bidi marks
_BEFORE, _AFTER = 3, 7  # words around a month: the year may stand behind the time of day and its zone
_HEBREW_AFTER = 5  # words after a Hebrew month up to its year, entities that a scraper left among them
_DIGIT = CharClass.DIGIT.value
_LETTER = np.zeros(len(CharClass), bool)
_LETTER[CharClass.LOWER : _DIGIT] = True
_BREAKS = _LETTER.copy()  # what parts two numbers that are no neighbours
_BREAKS[CharClass.NEWLINE] = True
_SPACED, _PARTED, _NAMED, _HIDDEN = 1, 2, 3, 4
_CLOCK_MARKS = np.zeros(256, np.uint8)  # what a byte after a number says of a time of day
_CLOCK_MARKS[0x80:] = _CLOCK_MARKS[ord("&")] = _HIDDEN  # cleaning may make something else of it
_CLOCK_MARKS[0xD7] = 0  # a Hebrew letter
_CLOCK_MARKS[ord(" ")] = _SPACED
_CLOCK_MARKS[list(b":.")] = _PARTED
_CLOCK_MARKS[list(b"AaPpGgUu\xef")] = _NAMED  # am, pm, GMT, UTC, in full-width letters too
_MOST_RUNS = 8  # of one class each, from the first digits of a date to the last, as in "23 . 06 . 15"
_LETTERS = re.compile(r"[^\W\d_]+")


class Places(NamedTuple):
    """Where stamps and their phrases may stand: bytes of a batch, sorted."""

    triggers: NDArray[np.int64]
    """First bytes of words and numbers that may belong to a stamp, each once."""
    phrases: NDArray[np.int64]
    """First bytes of words that a phrase before a stamp has, and of numbers that a word may be glued to."""
    clocks: NDArray[np.int64]
    """First bytes of numbers that may begin a time of day."""


def find_places(batch: Batch) -> Places:
    r"""Find where stamps and their phrases may stand.

    Args:
        batch: pages; relative words count only on pages with ``crawled_at``.

    Example:
        >>> from bidi_news.batch import Batch, Document
        >>> from bidi_news.model import Page
        >>> page = Page(text="23 people of 1,200\nUpdated 06.23.15\n5 ביוני 2015\n404.943.0800\nJune (31)")
        >>> batch = Batch.of([Document(page=page, text=page.text)])
        >>> places = find_places(batch)
        >>> sorted(set(batch.line_of(places.triggers).tolist())), batch.line_of(places.phrases).tolist()
        ([1, 2], [1])
    """
    if not batch.line_starts.size:
        return Places(*[batch.line_starts] * 3)
    words, kinds = _known_words(batch)
    runs = np.flatnonzero(batch.run_classes == _DIGIT)
    triggers = (
        _numeric(batch, runs),
        _with_numbers(batch, words[kinds & _MONTH > 0]),
        _with_hebrew_year(batch, words[kinds & _HEBREW > 0]),
        _in_short_lines(batch, words[kinds & _RELATIVE > 0]),
        _marked(batch),
    )
    # sorted and each once; np.unique would load masked arrays, which cost a tenth of the start-up
    found = np.sort(np.concatenate(triggers))
    phrases = np.concatenate((batch.word_starts[words[kinds & _PHRASE > 0]], _glued(batch, runs)))
    found = found[np.flatnonzero(np.diff(found, prepend=-1))]
    return Places(found, np.sort(phrases, kind="stable"), _clocks(batch, runs))


@cache
def _known_hashes() -> tuple[HashIndex, NDArray[np.uint8]]:
    """Return the hashes of the known words, and the kinds of each."""
    words = vocabulary()
    kinds: dict[str, int] = {}
    for kind, forms in (
        (_RELATIVE, (*words.relative["past"], *words.relative["day"])),
        (_HEBREW, words.words["hebrew_month"]),
        (_MONTH, words.words["month"]),
        (_PHRASE, [max(_LETTERS.findall(phrase), key=len) for phrase in words.labels]),
    ):
        for form in forms:
            for spelling in _as_written(form.split()[0].rstrip("'")):
                kinds[spelling] = kinds.get(spelling, 0) | kind
    return HashIndex.of(hash_words(list(kinds))), np.fromiter(kinds.values(), np.uint8, len(kinds))


def _as_written(word: str) -> list[str]:
    """Return a folded word as pages write it: with proclitics, in capitals, with hamza on its alef."""
    if word[0] == "ا":
        return [carrier + word[1:] for carrier in "اأإآ"]
    return [*spellings(word), word.capitalize(), word.upper()]  # the hash folds the case of ASCII only


def _known_words(batch: Batch) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Return the words that are known, and what they are."""
    index, kinds = _known_hashes()
    words, rows = index.find(batch.word_hashes)
    return words, kinds.take(rows)


def _numeric(batch: Batch, runs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the starts of the first of three neighbouring runs of digits that may be a date.

    ASCII is held to the digits and separators that the grammar asks for; what it reads in a cleaned copy is not.
    """
    row = np.flatnonzero(runs[2:] - runs[:-2] <= _MOST_RUNS)
    numbers = runs[row[:, None] + np.arange(3)]  # few of all runs, so that little of the batch is looked up
    starts, ends = batch.run_starts[numbers], batch.run_starts[numbers + 1]
    gaps, sizes = starts[:, 1:] - ends[:, :2], ends - starts
    good = np.flatnonzero((gaps <= _GAP).all(axis=1) & _SEPARATORS[batch.data[ends[:, :2]]].all(axis=1))
    numbers, starts, ends, gaps, sizes = (column[good] for column in (numbers, starts, ends, gaps, sizes))
    first, after = starts[:, 0], ends[:, 2]
    loose = (batch.points[after] - batch.points[first] != after - first) | (batch.data[after] >= 0x80)
    loose &= (sizes[:, 0] <= 12) & (sizes[:, 1] <= 6) & (sizes[:, 2] >= 2)
    separators = _after_spaces(batch, ends[:, :2])
    strict = (separators[:, 0] == separators[:, 1]) & (separators[:, 0] != ord(" ")) & (gaps <= _ASCII_GAP).all(axis=1)
    strict &= (sizes[:, 0] <= 4) & (sizes[:, 1] <= 2) & ((sizes[:, 2] == 2) | (sizes[:, 2] == 4))
    between = numbers[:, :1] + np.arange(1, _MOST_RUNS)
    parted = _BREAKS.take(batch.run_classes.take(between, mode="clip")) & (between < numbers[:, 2:])
    found: NDArray[np.int64] = first[(loose | strict) & ~parted.any(axis=1)]
    return found


def _after_spaces(batch: Batch, positions: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Return the byte at each position, or after the one or two spaces there."""
    for _ in range(2):
        positions = positions + (batch.data[positions] == ord(" "))
    return batch.data[positions]


def _with_numbers(batch: Batch, months: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the months near which, on their line, two numbers stand that can be the day and the year.

    A year has four digits, or two and an apostrophe before them, or two and the day on the other side of the month.
    """
    # many are no months: "may", "out"
    months = months[batch.line_classes[batch.line_of(batch.word_starts[months]), _DIGIT] >= _LEAST_DIGITS]
    words, beside = _neighbours(batch, months)
    begins, ends = batch.word_starts[words], batch.word_ends[words]
    # the last digit counts too: "Levi23.06.15" lost its space
    near = beside & ((batch.classes[begins] == _DIGIT) | (batch.classes[ends - 1] == _DIGIT))
    third = batch.classes.take(begins + 2, mode="clip")
    ordinal = (third == CharClass.LOWER.value) | (third == CharClass.UPPER.value)  # "23rd"
    long = near & (batch.points[ends] - batch.points[begins] >= 4) & ~ordinal
    short = near & ~long
    mark = batch.data[begins - 1]  # of the very first byte: the line feed at the end
    year = long | (short & ((mark == ord("'")) | (mark >= 0x80)))
    ahead = short[:, :_BEFORE].any(axis=1)
    behind = short[:, _BEFORE : 2 * _BEFORE + 1].any(axis=1)
    good = (ahead & behind) | ((ahead | behind) & year.any(axis=1) & (near.sum(axis=1) > 1))
    found: NDArray[np.int64] = batch.word_starts[months[good]]
    return found


def _with_hebrew_year(batch: Batch, months: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the months with a Hebrew year among the next words on their line: it begins with ת, ה or 5."""
    if not months.size:
        return months
    words, beside = _neighbours(batch, months)
    start = batch.word_starts[words]
    second = batch.data[start + 1]
    year = beside & (
        ((batch.data[start] == 0xD7) & ((second == 0xAA) | (second == 0x94))) | (batch.data[start] == ord("5"))
    )
    found: NDArray[np.int64] = batch.word_starts[months[year[:, _BEFORE + 1 : _BEFORE + 1 + _HEBREW_AFTER].any(axis=1)]]
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
    starts = batch.word_starts[words]
    lines = batch.line_of(starts)
    short = batch.line_ends[lines] - batch.line_starts[lines] <= _SHORT
    found: NDArray[np.int64] = starts[short & crawled[batch.line_pages[lines]]]
    return found


def _marked(batch: Batch) -> NDArray[np.int64]:
    """Return the starts of the short lines that hold a bidi control and a digit."""
    lines = np.flatnonzero((batch.line_classes[:, CharClass.BIDI] > 0) & (batch.line_classes[:, _DIGIT] > 0))
    starts = batch.line_starts[lines]
    found: NDArray[np.int64] = starts[batch.line_ends[lines] - starts <= _SHORT]
    return found


def _clocks(batch: Batch, runs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the starts of the runs of digits that may begin a time of day: "21:05", "9 pm", "1951 GMT"."""
    ends = batch.run_starts.take(runs + 1)
    mark = _CLOCK_MARKS.take(batch.data.take(ends))
    spaced = np.flatnonzero(mark == _SPACED)
    mark[spaced] = _CLOCK_MARKS.take(_after_spaces(batch, ends[spaced])) >= _NAMED
    parted = np.flatnonzero(mark == _PARTED)
    after = ends[parted] + 1  # the last byte is a line feed, so that there is one
    mark[parted] = (batch.classes[after] == _DIGIT) | (_CLOCK_MARKS.take(batch.data[after]) == _HIDDEN)
    starts: NDArray[np.int64] = batch.run_starts[runs[mark > 0]]
    return starts


def _glued(batch: Batch, runs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the starts of the runs of digits beside which letters stand that may be a word: "2015Updated"."""
    bounds, classes = batch.run_starts, batch.run_classes
    before = runs[_LETTER.take(classes.take(runs - 1))]
    before = before[bounds[before] - bounds[before - 1] >= _LEAST_WORD]
    after = runs[_LETTER.take(classes.take(runs + 1))]
    end = after + 2 + _LETTER[classes[after + 2]]  # a capital is a run of its own
    after = after[bounds[end] - bounds[after + 1] >= _LEAST_WORD]
    starts: NDArray[np.int64] = bounds[np.concatenate((before, after))]
    return starts
