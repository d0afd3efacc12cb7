"""The best alignment of two names."""

from __future__ import annotations

import itertools

import numpy as np

from bidi_news.variants.alignment import BOTH, LEFT, RIGHT, align, trace
from bidi_news.variants.alphabet import spell
from bidi_news.variants.vectors import Weights, encode, load_weights

NAMES = ["sharon", "שרון", "qaddafi", "القذافي", "li", "ben gurion", "בן גוריון", "schwarzenegger"]


def best_worth(left: int, right: int, weights: Weights) -> int:
    """Return the worth of the best alignment of two of NAMES, by the plain recurrence, cell by cell."""
    names = encode(spell(NAMES), weights)
    starts = names.starts.tolist()
    rows, columns = range(*starts[left : left + 2]), range(*starts[right : right + 2])
    best = {(0, 0): 0}
    for i, j in itertools.product(range(len(rows) + 1), range(len(columns) + 1)):
        ways = []
        if i and j:
            x, y = rows[i - 1], columns[j - 1]
            fit = int((names.vectors[x] * weights.signs * names.vectors[y]).sum())
            ways.append(best[i - 1, j - 1] + fit + int(weights.letter_pairs[names.codes[x], names.codes[y]]))
        if i:
            ways.append(best[i - 1, j] + int(names.alone[rows[i - 1]]))
        if j:
            ways.append(best[i, j - 1] + int(names.alone[columns[j - 1]]))
        best[i, j] = max(ways, default=0)
    return best[len(rows), len(columns)]


def test_alignments_are_the_best() -> None:
    """All pairs aligned in one batch are worth what the plain recurrence says of each, and hold every letter."""
    weights = load_weights()
    pairs = np.array(list(itertools.product(range(len(NAMES)), repeat=2)))
    grid = align(encode(spell(NAMES), weights), pairs[:, 0], pairs[:, 1], weights)
    ways = trace(grid, np.arange(len(pairs)))
    lengths = np.diff(spell(NAMES).starts)
    for column, (left, right) in enumerate(pairs.tolist()):
        moves = ways.moves[:, column]
        assert ways.worths[:, column].sum() == grid.worths[column] == best_worth(left, right, weights)
        assert np.isin(moves, (BOTH, LEFT)).sum() == lengths[left]
        assert np.isin(moves, (BOTH, RIGHT)).sum() == lengths[right]


def test_some_pairs_of_a_grid_are_traced_as_all_are() -> None:
    """Which other pairs are traced, and how long these are, does not change a way."""
    weights = load_weights()
    grid = align(encode(spell(NAMES), weights), np.array([0, 7, 4]), np.array([1, 6, 2]), weights)
    ways, own = trace(grid, np.arange(3)), trace(grid, np.array([2]))
    steps = len(own.moves)
    assert (own.moves[:, 0] == ways.moves[:steps, 2]).all()
    assert not ways.moves[steps:, 2].any()
    assert not ways.worths[steps:, 2].any()
