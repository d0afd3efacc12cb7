"""What the words of a line say: running text and its language, or user interface, credit, byline, date.

The list is ``data/chrome/words.tsv``. All words of a batch are looked up at once in a table addressed by their hashes.

Example:
    >>> from bidi_news.batch import Batch, Document
    >>> from bidi_news.model import Page
    >>> page = Page(text="the end of it")
    >>> batch = Batch.of([Document(page=page, text=page.text)])
    >>> count_words(batch).categories.tolist()
    [[3, 0, 0, 0, 0]]
"""

from __future__ import annotations

import re
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from bidi_news.hashes import hash_words
from bidi_news.resources import parse_tsv, read_text
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bidi_news.batch import Batch

__all__ = ["CATEGORIES", "WordCounts", "count_words", "hash_phrases", "language_names", "listed_words", "words_of"]

CATEGORIES: Final = ("stop", "ui", "credit", "byline", "date")
"""Categories of words, in the order of the columns of :attr:`WordCounts.categories`."""

_WORD: Final = re.compile(r"[^\W_]+")  # the words of a batch, for text without combining marks
_PATH: Final = "chrome/words.tsv"
_SLOTS: Final = 1 << 16
# Scripts that are as good as a language here; a stop word of another language of the script still outvotes it.
_SCRIPT_LANGUAGES: Final = {"he": CharClass.HEBREW, "ar": CharClass.ARABIC}


class WordCounts(NamedTuple):
    """What the known words of each line of a batch say."""

    categories: NDArray[np.int64]
    """Words of each category, shape (lines, len(CATEGORIES))."""
    votes: NDArray[np.int64]
    """Evidence for each language, shape (lines, len(language_names())): one vote for each stop word; in Hebrew and
    Arabic script also one for each five letters, which is a word."""


class _Words(NamedTuple):
    """The word list. A word's hash leads by its low bits to a row, and the row to the columns that it counts in."""

    rows: NDArray[np.uint16]  # (slots,): row of the word in a slot, 0 where it is free
    hashes: NDArray[np.uint64]  # (rows,): hash of each word, 0 in row 0
    columns: NDArray[np.int64]  # (most, rows): those of each word, categories before languages, then -1
    names: tuple[str, ...]  # the languages


@cache
def listed_words() -> tuple[dict[str, str], ...]:
    """Return the rows of the word list: ``word``, ``category``, ``language``."""
    return tuple(row for _, row in parse_tsv(read_text(_PATH), ("word", "category", "language"), path=_PATH))


@cache
def words_of(category: str) -> frozenset[str]:
    """Return the words of a category.

    Example:
        >>> "january" in words_of("date")
        True
    """
    return frozenset(row["word"] for row in listed_words() if row["category"] == category)


@cache
def _words() -> _Words:
    """Load the word list."""
    listed = listed_words()
    # hashes fold the case of ASCII letters only
    cased = [row for row in listed if not row["word"].isascii() and row["word"] != row["word"].upper()]
    listed += tuple({**row, "word": change(row["word"])} for change in (str.capitalize, str.upper) for row in cased)
    names = tuple(dict.fromkeys(row["language"] for row in listed if row["category"] == "stop"))
    hashes = hash_words([row["word"] for row in listed]).tolist()
    slots: dict[int, int] = {}
    columns: dict[int, set[int]] = {}
    for row, value in zip(listed, hashes, strict=True):
        # two words in one slot: the first keeps it, and the other is simply not known
        if slots.setdefault(value % _SLOTS, value) == value:
            own = columns.setdefault(value, set())
            own.add(CATEGORIES.index(row["category"]))
            if row["category"] == "stop":
                own.add(len(CATEGORIES) + names.index(row["language"]))
    rows = np.zeros(_SLOTS, np.uint16)
    rows[list(slots)] = np.arange(1, len(slots) + 1)
    return _Words(
        rows=rows,
        hashes=np.array([0, *columns], np.uint64),
        columns=np.array(list(zip_longest((), *map(sorted, columns.values()), fillvalue=-1))),
        names=names,
    )


def count_words(batch: Batch) -> WordCounts:
    """Look up every word of a batch, once, and count the known ones of each line."""
    table = _words()
    lines, columns = len(batch.line_starts), len(CATEGORIES) + len(table.names)
    rows = table.rows.take(batch.word_hashes.astype(np.uint16))  # wraps: the low bits
    known = np.flatnonzero(table.hashes.take(rows) == batch.word_hashes)
    rows = rows[known]
    line = np.repeat(np.arange(lines), np.diff(batch.line_words))[known]
    cells = []
    for own in table.columns:
        column = own.take(rows)
        some = np.flatnonzero(column >= 0)  # fewer with each turn
        rows, line = rows[some], line[some]
        cells.append(column[some] * lines + line)
    counts = np.bincount(np.concatenate(cells), minlength=columns * lines).reshape(columns, lines)
    for name, script in _SCRIPT_LANGUAGES.items():
        counts[len(CATEGORIES) + table.names.index(name)] += (batch.line_classes[:, script] + 4) // 5
    return WordCounts(categories=counts[: len(CATEGORIES)].T, votes=counts[len(CATEGORIES) :].T)


def hash_phrases(phrases: Sequence[str]) -> NDArray[np.uint64]:
    """Return the sum of the hashes of the words of each phrase, as the lines of a batch have it.

    Example:
        >>> bool(hash_phrases(["Share this!"])[0] == hash_phrases(["share this"])[0])
        True
    """
    words = [_WORD.findall(phrase) for phrase in phrases]
    hashes = hash_words([word for phrase in words for word in phrase])
    total = np.concatenate((np.zeros(1, np.uint64), np.cumsum(hashes, dtype=np.uint64)))
    ends = np.cumsum([0, *map(len, words)])
    sums: NDArray[np.uint64] = np.diff(total[ends])
    return sums


def language_names() -> tuple[str, ...]:
    """Return the BCP 47 tags of the columns of :attr:`WordCounts.votes`, in order."""
    return _words().names
