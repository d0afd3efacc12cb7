"""How much letters in a row look like Hebrew, and in which direction, by the pairs of letters that they make.

The counts are ``data/encodings/hebrew-pairs.tsv``. Direction is the likelihood of a text against that of the same text
read backwards, which the pairs of a Markov chain give at once; likeness is its likelihood against letters drawn at
random. Both are sums of natural logarithms: 5 is odds of 150 to 1.

Example:
    >>> weigh_pairs("ראש הממשלה נחת").forward > 5, weigh_pairs("תחנ הלשממה שאר").forward < -5
    (True, True)
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bidi_news.resources import parse_tsv, read_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["PairWeights", "weigh_pairs"]

_FIRST, _LETTERS = 0x05D0, 27  # alef to tav, final letters included
_EDGE = _LETTERS
_SIZE = _LETTERS + 1
_NAME = "encodings/hebrew-pairs.tsv"
_POINTS = dict.fromkeys((*range(1425, 1470), 1471, 1473, 1474, 1476, 1477, 1479))


class PairWeights(NamedTuple):
    """What the pairs of a text say."""

    letters: int
    """Hebrew letters."""
    forward: float
    """Log odds that the letters stand in reading order, and not backwards."""
    likeness: float
    """Log odds that they are Hebrew, and not letters at random, in the better of the two directions."""


def weigh_pairs(text: str) -> PairWeights:
    """Return what the pairs of letters in a text say; points are left out, all else is the edge of a word.

    Cost is linear in the text.

    Example:
        >>> weigh_pairs("no Hebrew")
        PairWeights(letters=0, forward=0.0, likeness=0.0)
    """
    codes = np.frombuffer(text.translate(_POINTS).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    codes -= _FIRST
    codes[(codes < 0) | (codes >= _LETTERS)] = _EDGE
    codes = np.concatenate(([_EDGE], codes, [_EDGE]))
    pairs = codes[:-1] * _SIZE + codes[1:]
    forward, likely = (float(table.take(pairs).sum()) for table in _tables())
    return PairWeights(int(np.count_nonzero(codes != _EDGE)), forward, likely - min(forward, 0.0))


@cache
def _tables() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the log odds of each pair: against the same pair backwards, and against a letter at random."""
    counts = np.full((_SIZE, _SIZE), 0.5)  # no pair is impossible
    for _, row in parse_tsv(read_text(_NAME), ("first", "second", "count"), path=_NAME):
        counts[_index(row["first"]), _index(row["second"])] += int(row["count"])
    forward = np.log(counts / counts.T)
    likely = np.log(counts / counts.sum(axis=1, keepdims=True) * _SIZE)
    for table in (forward, likely):
        table[_EDGE, _EDGE] = 0  # between words
        table.setflags(write=False)
    return forward, likely


def _index(letter: str) -> int:
    """Return the row of a letter, or of the edge of a word."""
    return _EDGE if letter == "-" else ord(letter) - _FIRST
