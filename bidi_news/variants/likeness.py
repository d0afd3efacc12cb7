"""From the alignment of two names to the odds that they are spellings of one name.

The sum of the steps is not all: one consonant that has no counterpart weighs more in a long name that otherwise fits
than the sum can say. MEASURES names what else an alignment shows, and a small network (``data/model/names.npz``,
learned by ``tools/train_names.py``) makes of it the logarithm of the odds, for a pair that is as likely to be two
spellings of one name as two names that look alike.

Every operation is on one pair alone and in a fixed order: a pair has the same odds alone and in any batch.

Example:
    >>> judge = load_judge()
    >>> judge.hidden.shape[0] == len(MEASURES) + len(SCRIPT_PAIRS)
    True
"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bidi_news.resources import read_bytes, read_toml
from bidi_news.variants.alignment import BOTH, LEFT, MODEL, RIGHT, UNIT, align

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bidi_news.variants.alignment import Encoded, Ways, Weights

__all__ = ["MEASURES", "SCRIPT_PAIRS", "Judge", "load_judge", "log_odds", "measure_pairs", "script_pairs", "thresholds"]

MEASURES = (
    "worth", "lost", "worst", "second", "worst_gap", "other_gap", "worst_run", "gaps", "first", "last", "letters",
    "difference", "density",
)  # fmt: skip
"""What is measured of an alignment, in order; see docs/explanation/variants.md."""
SCRIPT_PAIRS = ("Latn-Latn", "Hebr-Latn", "Arab-Latn", "Hebr-Hebr", "Arab-Hebr", "Arab-Arab")
"""Pairs of scripts by number."""
_PAIR_OF_SCRIPTS = np.array([[0, 1, 2], [1, 3, 4], [2, 4, 5]])
_THRESHOLDS = "keys/thresholds.toml"
_CHUNK = 1024
"""Pairs that are aligned at a time: enough to pay for the calls, few enough for the cache."""


class Judge(NamedTuple):
    """The network from measures to log odds."""

    hidden: NDArray[np.float64]
    """Weights of the measures and of the pair of scripts, shape (measures + script pairs, units)."""
    bias: NDArray[np.float64]
    """What each unit begins with, shape (units,)."""
    output: NDArray[np.float64]
    """Weights of the units, shape (units,)."""
    output_bias: float
    """What the log odds begin with."""

    def decide(self, measured: NDArray[np.float64], pairs: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the log odds of pairs, to three decimals.

        Args:
            measured: measures, shape (pairs, len(MEASURES)).
            pairs: numbers of their pairs of scripts.
        """
        hidden = self.bias + self.hidden[len(MEASURES) + pairs]
        for index in range(len(MEASURES)):  # one after another: a product of matrices may add in any order
            hidden += measured[:, index, None] * self.hidden[index]
        np.maximum(hidden, 0, out=hidden)
        odds = np.full(len(measured), self.output_bias)
        for index in range(len(self.output)):
            odds += hidden[:, index] * self.output[index]
        return np.round(odds, 3)


def _measures(ways: Ways) -> NDArray[np.float64]:
    """Return what alignments show, shape (pairs, len(MEASURES)); worths in units of log odds, lengths in letters.

    The worth of all steps (``worth``), of those that speak against (``lost``), of the two worst steps, of the worst
    letter alone on either side, of the worst row of steps that speak against without a break; how many letters stand
    alone; the first step and the last; the letters of both names, how many more one has, and the worth of ten.
    """
    moves, worths = ways.moves, ways.worths / UNIT
    going = moves > 0
    count = np.zeros(moves.shape[1])
    worst, second, run, worst_run, first = (count.copy() for _ in range(5))
    for move, worth in zip(moves, worths, strict=True):
        second = np.minimum(second, np.maximum(worth, worst))
        worst = np.minimum(worst, worth)
        run = np.where(worth < 0, run + worth, 0)
        worst_run = np.minimum(worst_run, run)
        first = np.where(move > 0, worth, first)  # the alignment is told from its end
    gaps = [np.minimum(np.where(moves == side, worths, 0).min(0), 0) for side in (LEFT, RIGHT)]
    letters = [((moves == BOTH) | (moves == side)).sum(0) for side in (LEFT, RIGHT)]
    total = worths.sum(0)
    both = letters[0] + letters[1]
    columns = (
        total, np.minimum(worths, 0).sum(0), worst, second, np.minimum(*gaps), np.maximum(*gaps), worst_run,
        (going & (moves != BOTH)).sum(0), first, worths[0], both, abs(letters[0] - letters[1]), 10 * total / both,
    )  # fmt: skip
    return np.stack(columns, axis=1)


def script_pairs(names: Encoded, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the number in SCRIPT_PAIRS of the scripts of pairs of names."""
    return _PAIR_OF_SCRIPTS[names.spelled.scripts[left], names.spelled.scripts[right]]


def measure_pairs(
    names: Encoded, left: NDArray[np.int64], right: NDArray[np.int64], weights: Weights
) -> NDArray[np.float64]:
    """Return the measures of pairs of names, in their order; pairs of about the same lengths are aligned together."""
    measured = np.empty((len(left), len(MEASURES)))
    lengths = np.diff(names.spelled.starts)
    order = np.lexsort((lengths[right], lengths[left]))
    for start in range(0, len(order), _CHUNK):
        chunk = order[start : start + _CHUNK]
        measured[chunk] = _measures(align(names, left[chunk], right[chunk], weights))
    return measured


def log_odds(
    names: Encoded, left: NDArray[np.int64], right: NDArray[np.int64], weights: Weights
) -> NDArray[np.float64]:
    """Return the log odds that pairs of names are spellings of one; above 0 they rather are.

    Args:
        names: the names.
        left: number of the left name of each pair; each must have a letter.
        right: number of the right name of each pair. To have one answer for both orders of a pair, always give the
            same name first.
        weights: of the alignment.
    """
    measured = measure_pairs(names, left, right, weights)
    return load_judge().decide(measured, script_pairs(names, left, right))


@cache
def load_judge() -> Judge:
    """Return the shipped network.

    Raises:
        DataFileError: if the file is missing.
    """
    with np.load(io.BytesIO(read_bytes(MODEL)), allow_pickle=False) as archive:
        return Judge(
            archive["judge_hidden"].astype(np.float64),
            archive["judge_bias"].astype(np.float64),
            archive["judge_output"].astype(np.float64),
            float(archive["judge_output_bias"]),
        )


@cache
def thresholds() -> dict[str, dict[str, float]]:
    """Read what is asked besides even odds, in units of log odds."""
    return {
        name: {str(key): float(value) for key, value in table.items()} for name, table in read_toml(_THRESHOLDS).items()
    }
