"""The best alignment of two names, letter by letter, many pairs at once.

Each step of an alignment is worth something: two letters beside each other as much as ``data/keys/costs.tsv`` says of
the two, and more or less by what stands around them; a letter that the other name lacks as much as the table says of
it, and again by what stands around it. The second parts come of a small network (``data/model/names.npz``), which
makes of each letter and its two neighbours on both sides a vector: what stands around two letters is worth the product
of their vectors. Both were learned by ``tools/train_names.py``; docs/explanation/variants.md says how. The best
alignment is the one whose steps are worth most.

All is in whole numbers, 1/256 of a unit of log odds, that float32 holds exactly: a pair is worth the same alone and in
any batch, on every machine. The cost of a pair is the product of the two lengths, which LONGEST bounds.

Example:
    >>> from bidi_news.variants.alphabet import spell
    >>> encoded = encode(spell(["sharon", "שרון"]), load_weights())
    >>> ways = align(encoded, np.array([1]), np.array([0]), load_weights())
    >>> ways.moves[:, 0].tolist()  # from the end: a and one letter of sh stand alone
    [1, 1, 1, 3, 3, 1]
"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bidi_news.errors import DataFileError
from bidi_news.resources import parse_tsv, read_bytes, read_text
from bidi_news.variants.alphabet import ALPHABET, MARGIN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bidi_news.variants.alphabet import Spelled

__all__ = [
    "BOTH", "COSTS", "FORMAT", "LEFT", "MODEL", "RIGHT", "UNIT", "UNUSUAL", "Encoded", "Ways", "Weights", "align",
    "encode", "load_weights",
]  # fmt: skip

COSTS = "keys/costs.tsv"
MODEL = "model/names.npz"
UNIT = 256
"""Values are in 1/UNIT of a unit of log odds."""
FORMAT = 1
"""Of the model file."""
UNUSUAL = -2 * UNIT
"""Worth of letters that the table does not list."""
LEVELS = 255
"""Largest value of a hidden unit."""
BOTH, LEFT, RIGHT = 1, 2, 3
"""Moves: a letter of each name, of the left one, of the right one; 0 where the alignment has ended."""
_LARGEST = 127
"""Largest part of a vector: the sum of its squares stays a whole number in float32."""
_AT_A_TIME = 4096
"""Letters of which vectors are made at a time: their hidden units fit into the cache."""
_GAP = "-"


class Weights(NamedTuple):
    """What was learned; all whole numbers."""

    context: NDArray[np.float32]
    """What each letter in each place of the window adds to each hidden unit, shape (2 MARGIN + 1, letters, units)."""
    bias: NDArray[np.float32]
    """What each hidden unit begins with, shape (units,)."""
    vectors: NDArray[np.float32]
    """From hidden units to the parts of a vector, shape (units, parts)."""
    vector_scale: float
    """What one unit of that product is worth in the vector."""
    signs: NDArray[np.float32]
    """Whether a part speaks for or against likeness, 1 or -1; shape (parts,)."""
    gaps: NDArray[np.float32]
    """From hidden units to the worth of a letter alone, shape (units,)."""
    gap_scale: float
    """What one unit of that product is worth."""
    letter_pairs: NDArray[np.int32]
    """Worth of two letters, by their codes, of ``data/keys/costs.tsv``; shape (letters, letters)."""
    letters: NDArray[np.int32]
    """Worth of a letter alone, of the same table; shape (letters,)."""


class Encoded(NamedTuple):
    """Names as the aligner sees them."""

    spelled: Spelled
    """Their letters."""
    codes: NDArray[np.int64]
    """Code of each letter that counts."""
    vectors: NDArray[np.float32]
    """Vector of each such letter."""
    alone: NDArray[np.int32]
    """Worth of each such letter alone."""


class Ways(NamedTuple):
    """The best alignments of some pairs, from the last step to the first."""

    moves: NDArray[np.int8]
    """BOTH, LEFT or RIGHT, then 0; shape (steps, pairs)."""
    worths: NDArray[np.int32]
    """What each step is worth; shape (steps, pairs)."""


def encode(spelled: Spelled, weights: Weights) -> Encoded:
    """Return the vectors of the letters of names."""
    codes = spelled.codes[spelled.letters].astype(np.int64)
    vectors = np.empty((len(codes), len(weights.signs)), np.float32)
    alone = np.empty(len(codes), np.float32)
    for start in range(0, len(codes), _AT_A_TIME):
        some = slice(start, start + _AT_A_TIME)
        around = spelled.letters[some]
        hidden = weights.context[0][spelled.codes[around - MARGIN]]
        for place in range(1, 2 * MARGIN + 1):
            hidden += weights.context[place][spelled.codes[around + place - MARGIN]]
        hidden += weights.bias
        np.clip(hidden, 0, LEVELS, out=hidden)
        vectors[some] = np.rint(hidden @ weights.vectors * np.float32(weights.vector_scale))
        alone[some] = np.rint(hidden @ weights.gaps * np.float32(weights.gap_scale))
    np.clip(vectors, -_LARGEST, _LARGEST, out=vectors)
    return Encoded(spelled, codes, vectors, alone.astype(np.int32) + weights.letters[codes])


def align(names: Encoded, left: NDArray[np.int64], right: NDArray[np.int64], weights: Weights) -> Ways:
    """Return the best alignment of pairs of names; where steps are worth the same, two letters beside each other win.

    Args:
        names: the names.
        left: number of the left name of each pair; each must have a letter.
        right: number of the right name of each pair.
        weights: what was learned.
    """
    rows, row_counts = _padded(names.spelled, left)
    columns, column_counts = _padded(names.spelled, right)
    pairs = weights.letter_pairs[names.codes[rows][:, None, :], names.codes[columns][None, :, :]]
    fitting = (names.vectors[rows.T] * weights.signs) @ names.vectors[columns.T].transpose(0, 2, 1)
    pairs += fitting.astype(np.int32).transpose(1, 2, 0)
    above, beside = names.alone[rows], names.alone[columns]
    best = _best(pairs, above, beside)
    return _trace(best, pairs, above, row_counts, column_counts)


def _padded(spelled: Spelled, names: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the letters of names, shape (longest, names), each name's last one repeated to the end; and how many."""
    counts = spelled.starts[names + 1] - spelled.starts[names]
    within = np.minimum(np.arange(counts.max())[:, None], counts - 1)
    return spelled.starts[names] + within, counts


def _best(pairs: NDArray[np.int32], above: NDArray[np.int32], beside: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the worth of the best alignment of all beginnings of both names, shape (rows + 1, columns + 1, pairs)."""
    rows, columns, count = pairs.shape
    best = np.zeros((rows + 1, columns + 1, count), np.int32)
    np.cumsum(above, axis=0, out=best[1:, 0])
    np.cumsum(beside, axis=0, out=best[0, 1:])
    other = np.empty(count, np.int32)
    for i in range(rows):
        for j in range(columns):
            cell = best[i + 1, j + 1]
            np.add(best[i, j], pairs[i, j], out=cell)
            np.maximum(cell, np.add(best[i, j + 1], above[i], out=other), out=cell)
            np.maximum(cell, np.add(best[i + 1, j], beside[j], out=other), out=cell)
    return best


def _trace(
    best: NDArray[np.int32],
    pairs: NDArray[np.int32],
    above: NDArray[np.int32],
    row_counts: NDArray[np.int64],
    column_counts: NDArray[np.int64],
) -> Ways:
    """Follow the best alignments back from their ends."""
    every = np.arange(len(row_counts))
    i, j = row_counts, column_counts
    worth = best[i, j, every]
    moves, worths = [], []
    while (going := (i > 0) | (j > 0)).any():
        up, back = np.maximum(i - 1, 0), np.maximum(j - 1, 0)
        both = (i > 0) & (j > 0) & (worth == best[up, back, every] + pairs[up, back, every])
        only_left = ~both & (i > 0) & ((j == 0) | (worth == best[up, j, every] + above[up, every]))
        i, j = np.where(both | only_left, up, i), np.where(only_left, j, back)
        before = best[i, j, every]
        moves.append(np.where(going, np.where(both, BOTH, np.where(only_left, LEFT, RIGHT)), 0).astype(np.int8))
        worths.append(worth - before)
        worth = before
    return Ways(np.array(moves), np.array(worths))


@cache
def load_weights() -> Weights:
    """Return the shipped weights.

    Raises:
        DataFileError: if a file is missing, malformed or of another format.
    """
    with np.load(io.BytesIO(read_bytes(MODEL)), allow_pickle=False) as archive:
        if int(archive["format"]) != FORMAT or str(archive["alphabet"]) != ALPHABET:
            raise DataFileError("is of another format or alphabet than this version reads", path=MODEL)
        letter_pairs, letters = _costs()
        return Weights(
            context=archive["context"].astype(np.float32),
            bias=archive["bias"].astype(np.float32),
            vectors=archive["vectors"].astype(np.float32),
            vector_scale=float(archive["vector_scale"]),
            signs=archive["signs"].astype(np.float32),
            gaps=archive["gaps"].astype(np.float32),
            gap_scale=float(archive["gap_scale"]),
            letter_pairs=letter_pairs,
            letters=letters,
        )


def _costs() -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Read the table of costs: of two letters, and of a letter alone."""
    pairs = np.full((len(ALPHABET), len(ALPHABET)), UNUSUAL, np.int32)
    alone = np.full(len(ALPHABET), UNUSUAL, np.int32)
    for line, row in parse_tsv(read_text(COSTS), ("left", "right", "worth"), path=COSTS):
        try:
            left, worth = ALPHABET.index(row["left"]), int(row["worth"])
            right = None if row["right"] == _GAP else ALPHABET.index(row["right"])
        except ValueError as error:
            raise DataFileError(f"{' '.join(row.values())!r} is no worth of letters", path=COSTS, line=line) from error
        if right is None:
            alone[left] = worth
        else:
            pairs[left, right] = pairs[right, left] = worth
    return pairs, alone
