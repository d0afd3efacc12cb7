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
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["PairWeights", "weigh_each", "weigh_pairs"]

_FIRST, _LETTERS = 0x05D0, 27  # alef to tav, final letters included
_EDGE = _LETTERS
_SIZE = _LETTERS + 1
_NAME = "encodings/hebrew-pairs.tsv"
_POINTS = (*range(0x0591, 0x05BE), 0x05BF, 0x05C1, 0x05C2, 0x05C4, 0x05C5, 0x05C7)


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
    return weigh_each([text])[0]


def weigh_each(texts: Sequence[str]) -> list[PairWeights]:
    """Return :func:`weigh_pairs` of each of some texts; many short ones cost little more than one long one.

    Example:
        >>> [weights.letters for weights in weigh_each(["שלום", "", "עולם 2"])]
        [4, 0, 4]
    """
    if not texts:
        return []
    joined = "\n".join(("", *texts, ""))
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int32)
    starts = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
    points = (codes >= _POINTS[0]) & (codes <= _POINTS[-1])
    if points.any():
        points = np.isin(codes, _POINTS)
        starts -= np.cumsum(points)[starts]  # a text begins after an edge, which is no point
        codes = codes[~points]
    codes -= _FIRST
    codes[(codes < 0) | (codes >= _LETTERS)] = _EDGE
    pairs = codes[:-1] * _SIZE + codes[1:]
    letters = np.add.reduceat(codes[1:] != _EDGE, starts, dtype=np.int64)
    forward, likely = (np.add.reduceat(table.take(pairs), starts) for table in _tables())
    likely -= np.minimum(forward, 0)
    return list(map(PairWeights, letters.tolist(), forward.tolist(), likely.tolist()))


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
