"""The worth of all alignments of two names at once, and its gradient; see tools/train_names.py.

A soft maximum of three ways into each cell takes the place of the best one, so that every alignment has its share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


def soft_alignment(pairs: Floats, rows: Floats, columns: Floats, counts: Any, softness: float) -> tuple[Floats, Floats]:
    """Return the worth of all alignments of each pair, and the share of each of the three steps into each cell."""
    pairs, rows, columns = (np.ascontiguousarray(np.moveaxis(x, 0, -1)) for x in (pairs, rows, columns))
    height, width, count = pairs.shape
    best = np.zeros((height + 1, width + 1, count), np.float32)
    steps = np.zeros((height + 1, width + 1, 3, count), np.float32)
    best[1:, 0], best[0, 1:] = np.cumsum(rows, 0), np.cumsum(columns, 0)
    steps[1:, 0, 1] = steps[0, 1:, 2] = 1
    ways = np.empty((3, count), np.float32)
    for i in range(1, height + 1):
        for j in range(1, width + 1):
            ways[0] = best[i - 1, j - 1] + pairs[i - 1, j - 1]
            ways[1] = best[i - 1, j] + rows[i - 1]
            ways[2] = best[i, j - 1] + columns[j - 1]
            most = ways.max(0)
            if softness:
                shares = np.exp((ways - most) / softness)
                total = shares.sum(0)
                best[i, j], steps[i, j] = most + softness * np.log(total), shares / total
            else:
                best[i, j], steps[i, j] = most, ways.argmax(0) == np.arange(3)[:, None]
    return best[counts[0], counts[1], np.arange(count)], steps


def soft_gradient(wrong: Floats, steps: Floats, counts: Any) -> tuple[Floats, Floats, Floats]:
    """Return the gradients of the worths of two letters and of letters alone, pair by pair."""
    height, width, _, count = steps.shape
    flow = np.zeros((height, width, count), np.float32)
    flow[counts[0], counts[1], np.arange(count)] = wrong
    pairs = np.zeros((height - 1, width - 1, count), np.float32)
    rows, columns = np.zeros((height - 1, count), np.float32), np.zeros((width - 1, count), np.float32)
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            both, left, right = flow[i, j] * steps[i, j]
            if i and j:
                flow[i - 1, j - 1] += both
                pairs[i - 1, j - 1] = both
            if i:
                flow[i - 1, j] += left
                rows[i - 1] += left
            if j:
                flow[i, j - 1] += right
                columns[j - 1] += right
    return (
        np.ascontiguousarray(np.moveaxis(pairs, -1, 0)), np.ascontiguousarray(rows.T), np.ascontiguousarray(columns.T)
    )  # fmt: skip
