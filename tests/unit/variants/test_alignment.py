"""The best alignment of two names."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from bidi_news.errors import DataFileError
from bidi_news.resources import read_text
from bidi_news.variants import alignment
from bidi_news.variants.alignment import BOTH, LEFT, RIGHT, Weights, align, encode, load_weights
from bidi_news.variants.alphabet import spell

NAMES = ["sharon", "שרון", "qaddafi", "القذافي", "li", "ben gurion", "בן גוריון", "schwarzenegger"]


def best_worth(left: int, right: int, weights: Weights) -> int:
    """Return the worth of the best alignment of two of NAMES, by the plain recurrence, cell by cell."""
    names = encode(spell(NAMES), weights)
    starts = names.spelled.starts.tolist()
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
    ways = align(encode(spell(NAMES), weights), pairs[:, 0], pairs[:, 1], weights)
    lengths = np.diff(spell(NAMES).starts)
    for column, (left, right) in enumerate(pairs.tolist()):
        moves = ways.moves[:, column]
        assert ways.worths[:, column].sum() == best_worth(left, right, weights)
        assert np.isin(moves, (BOTH, LEFT)).sum() == lengths[left]
        assert np.isin(moves, (BOTH, RIGHT)).sum() == lengths[right]


def test_sums_are_whole_numbers_that_float32_holds() -> None:
    """No sum of products in the network can leave the whole numbers of float32, whatever the name."""
    weights = load_weights()
    for array in (weights.context, weights.bias, weights.vectors, weights.gaps, weights.signs):
        assert (array == np.rint(array)).all()
    assert np.abs(weights.vectors).sum(0).max() * alignment.LEVELS < 2**24
    assert np.abs(weights.gaps).sum() * alignment.LEVELS < 2**24
    assert weights.vectors.shape[1] * 127**2 < 2**24


@pytest.mark.parametrize(("old", "new"), [("\na\tb\t", "\na\tbb\t"), ("\na\t-\t", "\na\t-\tx")])
def test_malformed_costs_are_refused(monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    """A wrong letter or worth in the table is an error with its line."""
    text = read_text(alignment.COSTS)
    assert old in text
    monkeypatch.setattr(alignment, "read_text", lambda _: text.replace(old, new))
    with pytest.raises(DataFileError) as caught:
        load_weights.__wrapped__()
    assert caught.value.line is not None
