"""The letters of names as vectors of what stands around them.

What a letter is worth beside another hangs on its two neighbours on both sides: a small network
(``data/model/names.npz``, learned by ``tools/train_names.py``) makes of the five a vector, and of it what the letter is
worth alone. A window ends with the word, so that each word is encoded once, whatever the names that it stands in.

All is in whole numbers, which float32 holds exactly: a word has the same vectors alone and in any batch, on every
machine.

Example:
    >>> from bidi_news.variants.alphabet import spell
    >>> words = encode(spell(["ben", "gurion"]), load_weights())
    >>> names = join_words(words, np.array([0, 1, 1]), np.array([2, 1]))
    >>> np.diff(names.starts).tolist()
    [9, 6]
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bidi_news.errors import DataFileError
from bidi_news.resources import parse_tsv, read_bytes, read_text
from bidi_news.variants.alphabet import ALPHABET, LONGEST, MARGIN, main_scripts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bidi_news.variants.alphabet import Spelled

__all__ = ["COSTS", "FORMAT", "LEVELS", "MODEL", "UNIT", "UNUSUAL", "Encoded", "Weights", "encode", "join_words",
           "load_weights"]  # fmt: skip

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
_LARGEST = 127
"""Largest part of a vector: the sum of its squares stays a whole number in float32."""
_AT_A_TIME = 2048
"""Letters of which vectors are made at a time: their hidden units fit into the cache."""
_GAP = "-"


@dataclass(frozen=True, kw_only=True, eq=False)
class Weights:
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

    @cached_property
    def before(self) -> NDArray[np.float32]:
        """What the two letters before a letter add to each hidden unit, shape (letters * letters, units)."""
        return _of_two(self.context[0], self.context[1])

    @cached_property
    def after(self) -> NDArray[np.float32]:
        """What the two letters after a letter add to each hidden unit, shape (letters * letters, units)."""
        return _of_two(self.context[MARGIN + 1], self.context[MARGIN + 2])


class Encoded(NamedTuple):
    """Names as the aligner sees them."""

    codes: NDArray[np.int64]
    """Code of each letter of the words that the names are of."""
    vectors: NDArray[np.float32]
    """Vector of each such letter."""
    signed: NDArray[np.float32]
    """The same, its parts that speak against likeness turned round."""
    alone: NDArray[np.int32]
    """Worth of each such letter alone."""
    letters: NDArray[np.int64]
    """Index in these of each letter that counts, name by name."""
    starts: NDArray[np.int64]
    """Index in ``letters`` of the first letter of each name, and at the end their number; shape (names + 1,)."""
    scripts: NDArray[np.int64]
    """Number of the script that each name is mostly written in; shape (names,)."""


def encode(spelled: Spelled, weights: Weights) -> Encoded:
    """Return names, or words of names, with the vectors of their letters."""
    codes = spelled.codes[spelled.letters].astype(np.int64)
    two = spelled.codes[:-1] * np.int64(len(ALPHABET)) + spelled.codes[1:]
    middle = weights.context[MARGIN] + weights.bias
    vectors = np.empty((len(codes), len(weights.signs)), np.float32)
    alone = np.empty(len(codes), np.float32)
    for start in range(0, len(codes), _AT_A_TIME):
        some = slice(start, start + _AT_A_TIME)
        at = spelled.letters[some]
        hidden = weights.before.take(two[at - MARGIN], axis=0)
        hidden += weights.after.take(two[at + 1], axis=0)
        hidden += middle.take(codes[some], axis=0)
        np.clip(hidden, 0, LEVELS, out=hidden)
        vectors[some] = np.rint(hidden @ weights.vectors * np.float32(weights.vector_scale))
        alone[some] = np.rint(hidden @ weights.gaps * np.float32(weights.gap_scale))
    np.clip(vectors, -_LARGEST, _LARGEST, out=vectors)
    return Encoded(
        codes=codes,
        vectors=vectors,
        signed=vectors * weights.signs,
        alone=alone.astype(np.int32) + weights.letters[codes],
        letters=np.arange(len(codes)),
        starts=spelled.starts,
        scripts=spelled.scripts,
    )


def _of_two(first: NDArray[np.float32], second: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what each two letters side by side add to the hidden units, shape (letters * letters, units)."""
    return (first[:, None] + second).reshape(-1, first.shape[1])


def join_words(words: Encoded, parts: NDArray[np.int64], counts: NDArray[np.int64]) -> Encoded:
    """Return names of several words each; letters after the first LONGEST of one do not count.

    Args:
        words: the words that names are made of.
        parts: number of each word of the names, name by name.
        counts: how many words each name has, shape (names,).
    """
    sizes = np.diff(words.starts)[parts]
    ends = np.cumsum(sizes)
    letters = words.letters[np.arange(sizes.sum()) + np.repeat(words.starts[parts] - ends + sizes, sizes)]
    owners = np.repeat(np.repeat(np.arange(len(counts)), counts), sizes)
    firsts = np.searchsorted(owners, np.arange(len(counts)))
    kept = np.arange(len(letters)) - firsts[owners] < LONGEST
    letters, owners = letters[kept], owners[kept]
    scripts = main_scripts(words.codes[letters], owners, len(counts))
    return words._replace(letters=letters, starts=np.searchsorted(owners, np.arange(len(counts) + 1)), scripts=scripts)


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
