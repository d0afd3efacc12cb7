"""What the words of a line say: running text and its language, or user interface, credit, byline, date.

The list is ``data/chrome/words.tsv``. All words of a batch are looked up at once in a table addressed by their hashes.

Example:
    >>> from bidi_news.batch import Batch, Document
    >>> from bidi_news.model import Page
    >>> page = Page(text="the end of it")
    >>> batch = Batch.of([Document(page=page, text=page.text)])
    >>> category_counts(batch).tolist()
    [[3, 0, 0, 0, 0]]
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from bidi_news.batch import hash_words
from bidi_news.resources import parse_tsv, read_text
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bidi_news.batch import Batch

__all__ = ["CATEGORIES", "category_counts", "language_names", "language_votes"]

CATEGORIES: Final = ("stop", "ui", "credit", "byline", "date")
"""Categories of words, in the order of the columns of :func:`category_counts`."""

_PATH: Final = "chrome/words.tsv"
_SLOTS: Final = 1 << 16
# Scripts that are as good as a language here; a stop word of another language of the script still outvotes it.
_SCRIPT_LANGUAGES: Final = {"he": CharClass.HEBREW, "ar": CharClass.ARABIC}


class _Words(NamedTuple):
    """The word list as a table addressed by the low bits of a hash."""

    hashes: NDArray[np.uint64]  # (slots,): hash of the word in a slot, 0 where it is free
    categories: NDArray[np.uint8]  # (slots,): bit set of its categories
    languages: NDArray[np.uint32]  # (slots,): bit set of the languages whose stop word it is
    names: tuple[str, ...]  # language of each bit


@cache
def _words() -> _Words:
    """Load the word list."""
    rows = [row for _, row in parse_tsv(read_text(_PATH), ("word", "category", "language"), path=_PATH)]
    names = tuple(dict.fromkeys(row["language"] for row in rows if row["category"] == "stop"))
    table = _Words(np.zeros(_SLOTS, np.uint64), np.zeros(_SLOTS, np.uint8), np.zeros(_SLOTS, np.uint32), names)
    hashes = hash_words([row["word"] for row in rows])
    slots = (hashes & np.uint64(_SLOTS - 1)).tolist()
    for row, value, slot in zip(rows, hashes, slots, strict=True):
        # two words in one slot: the first keeps it, and the other is simply not known
        if table.hashes[slot] in (0, value):
            table.hashes[slot] = value
            table.categories[slot] |= np.uint8(1 << CATEGORIES.index(row["category"]))
            if row["category"] == "stop":
                table.languages[slot] |= np.uint32(1 << names.index(row["language"]))
    return table


def _lookup(batch: Batch) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the known words of a batch: their line and their slot."""
    table = _words()
    slots = (batch.word_hashes & np.uint64(_SLOTS - 1)).astype(np.int64)
    known = np.flatnonzero(table.hashes.take(slots) == batch.word_hashes)
    return batch.line_of(batch.word_starts[known]), slots[known]


def _tally(lines: NDArray[np.int64], bits: NDArray[np.integer], columns: int, rows: int) -> NDArray[np.int64]:
    """Count for each row and bit the words that have it."""
    counts = np.empty((rows, columns), np.int64)
    for column in range(columns):
        counts[:, column] = np.bincount(lines[(bits >> column) & 1 == 1], minlength=rows)
    return counts


def category_counts(batch: Batch) -> NDArray[np.int64]:
    """Return how many words of each category each line has, shape (lines, len(CATEGORIES))."""
    lines, slots = _lookup(batch)
    return _tally(lines, _words().categories[slots], len(CATEGORIES), len(batch.line_starts))


def language_names() -> tuple[str, ...]:
    """Return the BCP 47 tags that :func:`language_votes` votes on, in the order of its columns."""
    return _words().names


def language_votes(batch: Batch) -> NDArray[np.int64]:
    """Return the evidence for each language on each line, shape (lines, len(language_names())).

    One vote for each stop word; in Hebrew and Arabic script also one for each five letters, which is a word.
    """
    lines, slots = _lookup(batch)
    names = language_names()
    votes = _tally(lines, _words().languages[slots], len(names), len(batch.line_starts))
    for name, script in _SCRIPT_LANGUAGES.items():
        votes[:, names.index(name)] += (batch.line_classes[:, script] + 4) // 5
    return votes
