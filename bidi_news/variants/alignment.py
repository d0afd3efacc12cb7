"""The best alignment of two names, letter by letter, many pairs at once.

Each step of an alignment is worth something: two letters beside each other as much as ``data/keys/costs.tsv`` says of
the two, and more or less by what stands around them, the product of their vectors (:mod:`vectors`); a letter that the
other name lacks as much as the table says of it, and again by what stands around it. All of it was learned by
``tools/train_names.py``; docs/explanation/variants.md says how. The best alignment is the one whose steps are worth
most.

All is in whole numbers, 1/256 of a unit of log odds: a pair is worth the same alone and in any batch, on every
machine. The cost of a pair is the product of the two lengths, which LONGEST bounds.

Example:
    >>> from bidi_news.variants.alphabet import spell
    >>> from bidi_news.variants.vectors import encode, load_weights
    >>> encoded = encode(spell(["sharon", "שרון"]), load_weights())
    >>> grid = align(encoded, np.array([1]), np.array([0]), load_weights())
    >>> trace(grid, np.array([0])).moves[:, 0].tolist()  # from the end: a and one letter of sh stand alone
    [3, 3, 3, 2, 2, 3]
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bidi_news.variants.alphabet import ALPHABET

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bidi_news.variants.vectors import Encoded, Weights

__all__ = ["BOTH", "LEFT", "RIGHT", "Grid", "Ways", "align", "trace"]

LEFT, RIGHT = 1, 2
"""Moves: a letter of the left name, of the right one; 0 where the alignment has ended."""
BOTH = LEFT + RIGHT
"""A letter of each name."""
_NEVER = np.iinfo(np.int32).min // 2
"""Gain of two letters of which one is before the first."""


class Grid(NamedTuple):
    """What the beginnings of some pairs of names are worth, more than with each letter alone.

    A pair of beginnings stands in the row of the last letter of the left one and the column of that of the right one.
    Row and column 0 are those of no letter. What every letter is worth alone is left out of it: so a beginning is never
    worth less than a shorter one, and the best way to it is the best of three numbers.
    """

    best: NDArray[np.int32]
    """Most that beginnings gain, after a row of -1; shape (rows + 2, columns + 1, pairs)."""
    gains: NDArray[np.int32]
    """What two letters gain by standing beside each other, shape (rows + 1, columns + 1, pairs)."""
    left: NDArray[np.int32]
    """Worth alone of the letters of the left names, shape (rows, pairs)."""
    right: NDArray[np.int32]
    """Worth alone of the letters of the right names, shape (columns, pairs)."""
    row_counts: NDArray[np.int64]
    """Letters of the left names, shape (pairs,)."""
    column_counts: NDArray[np.int64]
    """Letters of the right names, shape (pairs,)."""

    @property
    def worths(self) -> NDArray[np.int32]:
        """What the best alignment of each pair is worth, shape (pairs,)."""
        every = np.arange(len(self.row_counts))
        left, right = np.cumsum(self.left, axis=0), np.cumsum(self.right, axis=0)
        gained = self.best[self.row_counts + 1, self.column_counts, every]
        return gained + left[self.row_counts - 1, every] + right[self.column_counts - 1, every]


class Ways(NamedTuple):
    """The best alignments of some pairs, from the last step to the first."""

    moves: NDArray[np.int8]
    """BOTH, LEFT or RIGHT, then 0; shape (steps, pairs)."""
    worths: NDArray[np.int32]
    """What each step is worth; shape (steps, pairs)."""


def align(names: Encoded, left: NDArray[np.int64], right: NDArray[np.int64], weights: Weights) -> Grid:
    """Align pairs of names.

    Args:
        names: the names.
        left: number of the left name of each pair; each must have a letter.
        right: number of the right name of each pair.
        weights: what was learned.
    """
    rows, row_counts = _padded(names, left)
    columns, column_counts = _padded(names, right)
    above, beside = names.alone[rows], names.alone[columns]
    codes, other_codes = names.codes[rows] * len(ALPHABET), names.codes[columns]
    fitting = names.signed.take(rows.T, axis=0) @ names.vectors.take(columns.T, axis=0).transpose(0, 2, 1)
    gains = np.full((len(rows) + 1, len(columns) + 1, len(left)), _NEVER, np.int32)
    best = np.zeros((len(rows) + 2, *gains.shape[1:]), np.int32)
    best[0] = -1
    for i in range(len(rows)):  # row by row: what is worked on stays in the cache
        gain = gains[i + 1, 1:]
        gain[:] = fitting[:, i].T
        gain += weights.letter_pairs.take(codes[i] + other_codes)
        gain -= above[i] + beside
        _fill(best[i + 1], gain, best[i + 2])
    return Grid(best, gains, above, beside, row_counts, column_counts)


def _padded(names: Encoded, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the letters of names, shape (longest, names), each name's last one repeated to the end; and how many."""
    starts = names.starts[numbers]
    counts = names.starts[numbers + 1] - starts
    within = np.minimum(np.arange(counts.max())[:, None], counts - 1)
    return names.letters[starts + within], counts


def _fill(above: NDArray[np.int32], gains: NDArray[np.int32], row: NDArray[np.int32]) -> None:
    """Fill a row with the most that beginnings gain, from the row above it."""
    np.add(above[:-1], gains, out=row[1:])
    np.maximum(row, above, out=row)
    for before, cell in pairwise(row):
        np.maximum(cell, before, out=cell)


def trace(grid: Grid, pairs: NDArray[np.int64]) -> Ways:
    """Follow the best alignments of some pairs of a grid back from their ends.

    Where steps are worth the same, two letters beside each other win, then a letter of the left name.
    """
    _, width, count = grid.best.shape
    best, gains = grid.best.ravel(), grid.gains.ravel()
    row = width * count
    i, j = grid.row_counts[pairs], grid.column_counts[pairs]
    place = (i + 1) * row + j * count + pairs
    now = best.take(place)
    moves, worths = [], []
    while (going := place >= row + count).any():
        gain = gains.take(place - row)
        before = now - gain
        both = before == best.take(place - row - count, mode="wrap")
        takes_left = both | (now == best.take(place - row))
        takes_right = going & (both | ~takes_left)
        moves.append(takes_left * LEFT + takes_right * RIGHT)
        worths.append(gain * both + grid.left[i - 1, pairs] * takes_left + grid.right[j - 1, pairs] * takes_right)
        now = np.where(both, before, now)
        i, j = i - takes_left, j - takes_right
        place -= takes_left * row + takes_right * count
    return Ways(np.array(moves, np.int8), np.array(worths))
