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
from bidi_news.variants.alignment import BOTH, LEFT, RIGHT, align, trace
from bidi_news.variants.vectors import MODEL, UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from bidi_news.variants.alignment import Grid, Ways
    from bidi_news.variants.vectors import Encoded, Weights

__all__ = ["MEASURES", "SCRIPT_PAIRS", "Judge", "load_judge", "log_odds", "measure_pairs", "script_pairs", "thresholds"]

MEASURES = (
    "worth", "lost", "worst", "second", "worst_gap", "other_gap", "worst_run", "gaps", "first", "last", "letters",
    "difference", "density",
)  # fmt: skip
"""What is measured of an alignment, in order; see docs/explanation/variants.md."""
_UNITS = np.array([1 if name in {"gaps", "letters", "difference"} else UNIT for name in MEASURES])
"""What each is divided by: letters are counted, worths are in whole numbers."""
SCRIPT_PAIRS = ("Latn-Latn", "Hebr-Latn", "Arab-Latn", "Hebr-Hebr", "Arab-Hebr", "Arab-Arab")
"""Pairs of scripts by number."""
_PAIR_OF_SCRIPTS = np.array([[0, 1, 2], [1, 3, 4], [2, 4, 5]])
_THRESHOLDS = "keys/thresholds.toml"
_CELLS = 1 << 18
"""Cells of alignments that are filled at a time: enough to pay for the calls, few enough for the cache."""


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
        hidden = (self.bias + self.hidden[len(MEASURES) + pairs]).T.copy()
        product = np.empty_like(hidden)
        for weights, measure in zip(self.hidden, measured.T, strict=False):  # the rest is of the pairs of scripts
            hidden += np.multiply(
                weights[:, None], measure, out=product
            )  # one after another: a product of matrices may add in any order
        np.maximum(hidden, 0, out=hidden)
        odds = np.full(len(measured), self.output_bias)
        for weight, unit in zip(self.output, hidden, strict=True):
            odds += unit * weight
        return np.round(odds, 3)


def _measures(ways: Ways) -> NDArray[np.float64]:
    """Return what alignments show, shape (pairs, len(MEASURES)); worths in units of log odds, lengths in letters.

    The worth of all steps (``worth``), of those that speak against (``lost``), of the two worst steps, of the worst
    letter alone on either side, of the worst row of steps that speak against without a break; how many letters stand
    alone; the first step and the last; the letters of both names, how many more one has, and the worth of ten.
    """
    moves, worths = ways
    worst, second, run, worst_run, first = np.zeros((5, moves.shape[1]), np.int32)
    for move, worth in zip(moves, worths, strict=True):
        second = np.minimum(second, np.maximum(worth, worst))
        worst = np.minimum(worst, worth)
        run = (run + worth) * (worth < 0)
        worst_run = np.minimum(worst_run, run)
        first = np.where(move > 0, worth, first)  # the alignment is told from its end
    sides = [(moves == side).astype(np.int32) for side in (LEFT, RIGHT)]
    gaps = [np.minimum((worths * side).min(0), 0) for side in sides]
    left, right = (side.sum(0) for side in sides)
    letters = 2 * (moves == BOTH).sum(0) + left + right
    total = worths.sum(0)
    columns = (
        total, np.minimum(worths, 0).sum(0), worst, second, np.minimum(*gaps), np.maximum(*gaps), worst_run,
        left + right, first, worths[0], letters, abs(left - right), 10 * total / letters,
    )  # fmt: skip
    measured: NDArray[np.float64] = np.stack(columns, axis=1) / _UNITS
    return measured


def script_pairs(names: Encoded, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the number in SCRIPT_PAIRS of the scripts of pairs of names."""
    return _PAIR_OF_SCRIPTS[names.scripts[left], names.scripts[right]]


def measure_pairs(
    names: Encoded, left: NDArray[np.int64], right: NDArray[np.int64], weights: Weights
) -> NDArray[np.float64]:
    """Return the measures of pairs of names, in their order."""
    measured = np.empty((len(left), len(MEASURES)))
    for chunk, grid in _aligned(names, left, right, weights):
        measured[chunk] = _measures(trace(grid, np.arange(len(chunk))))
    return measured


def log_odds(
    names: Encoded,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    weights: Weights,
    *,
    least: float = -np.inf,
) -> NDArray[np.float64]:
    """Return the log odds that pairs of names are spellings of one; above 0 they rather are.

    Args:
        names: the names.
        left: number of the left name of each pair; each must have a letter.
        right: number of the right name of each pair. To have one answer for both orders of a pair, always give the
            same name first.
        weights: of the alignment.
        least: what an alignment must be worth to be judged, in units of log odds; the odds of others are minus
            infinity.
    """
    judge, scripts = load_judge(), script_pairs(names, left, right)
    odds = np.full(len(left), -np.inf)
    for chunk, grid in _aligned(names, left, right, weights):
        judged = np.flatnonzero(grid.worths >= least * UNIT)
        if len(judged):
            places = chunk[judged]
            odds[places] = judge.decide(_measures(trace(grid, judged)), scripts[places])
    return odds


def _aligned(
    names: Encoded, left: NDArray[np.int64], right: NDArray[np.int64], weights: Weights
) -> Iterator[tuple[NDArray[np.int64], Grid]]:
    """Give the places of some pairs and their alignments; pairs of about the same lengths are aligned together."""
    lengths = np.diff(names.starts).astype(np.uint8)
    for tile in _tiles(lengths[left], lengths[right]):
        yield tile, align(names, left[tile], right[tile], weights)


def _tiles(rows: NDArray[np.uint8], columns: NDArray[np.uint8]) -> Iterator[NDArray[np.int64]]:
    """Part pairs of names, by the lengths of both, into some that fit into the cache when padded to the longest."""
    waiting = [np.arange(len(rows))] if len(rows) else []
    while waiting:
        tile = waiting.pop()
        sides = [lengths[tile] for lengths in (rows, columns)]
        if len(tile) * int(sides[0].max()) * int(sides[1].max()) <= _CELLS:
            yield tile
        else:
            wider = max(sides, key=lambda lengths: lengths.max() / lengths.min())
            tile = tile[np.argsort(wider, kind="stable")]
            waiting += np.array_split(tile, 2)


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
