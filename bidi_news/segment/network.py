"""The learned model: a small network over a window of lines, in whole numbers.

Each layer sees the lines at some distances (``offsets``) from its own, multiplies, adds, and clips; the last gives one
score per output. Inputs, weights and sums are whole numbers that float32 holds exactly (below 2**24), so that the result
does not hang on the order in which a BLAS adds: the same page scores the same in every batch and on every machine.

Example:
    >>> load_network("text").outputs
    ('body', 'headline', 'deck')
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from bidi_news.errors import DataFileError
from bidi_news.resources import read_bytes

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["LEVELS", "SCALE", "Layer", "Network", "load_network", "save_network"]

LEVELS: Final = 255
"""Largest value of an input and of a hidden unit."""
SCALE: Final = 64
"""Scores are in 1/SCALE of a logit."""
_FORMAT: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer of the network."""

    offsets: tuple[int, ...]
    """Distances, in lines, of the lines that it sees."""
    weights: NDArray[np.float32]
    """Whole numbers, shape (len(offsets), inputs, units)."""
    biases: NDArray[np.float32]
    """Whole numbers, shape (units,)."""
    scales: NDArray[np.float32]
    """What one unit of the sum is worth in levels of the output, shape (units,)."""

    def apply(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the scaled sums of each row, shape (rows, units)."""
        inputs, units = self.weights.shape[1:]
        product = rows @ self.weights.transpose(1, 0, 2).reshape(inputs, -1)
        total = np.broadcast_to(self.biases, (len(rows), units)).copy()
        for index, offset in enumerate(self.offsets):
            part = product[:, index * units : (index + 1) * units]
            count = max(len(rows) - abs(offset), 0)  # rows that have a neighbour there
            total[max(-offset, 0) :][:count] += part[max(offset, 0) :][:count]
        return total * self.scales


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A model and the names of what goes in and out."""

    layers: tuple[Layer, ...]
    """From input to output."""
    inputs: tuple[str, ...]
    """Names of the features that it was trained on, in order."""
    outputs: tuple[str, ...]
    """Names of the scores."""

    def scores(self, features: NDArray[np.float32], pages: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the scores of lines.

        Args:
            features: whole numbers from 0 to LEVELS, shape (lines, len(inputs)); pages one after another.
            pages: number of the page of each line, shape (lines,), never falling.

        Returns:
            Scores in 1/SCALE of a logit, shape (lines, len(outputs)).
        """
        reach = max(abs(offset) for layer in self.layers for offset in layer.offsets)
        # empty rows between the pages: no line sees one of another page
        order = np.cumsum(np.diff(pages, prepend=pages[:1]) > 0)
        at = np.arange(len(features)) + order * reach
        size = int(at[-1]) + 1 if len(at) else 0
        rows = np.zeros((size, features.shape[1]), np.float32)
        rows[at] = features
        line = np.zeros((size, 1), np.float32)
        line[at] = 1
        for layer in self.layers[:-1]:
            rows = np.floor(np.clip(layer.apply(rows) + np.float32(0.5), 0, LEVELS)) * line
        return np.round(self.layers[-1].apply(rows)[at]).astype(np.int64)


def save_network(network: Network) -> bytes:
    """Return a network as the bytes of an ``.npz`` archive without pickles."""
    arrays = {"format": np.array(_FORMAT), "inputs": np.array(network.inputs), "outputs": np.array(network.outputs)}
    for index, layer in enumerate(network.layers):
        arrays[f"offsets_{index}"] = np.array(layer.offsets, np.int16)
        arrays[f"weights_{index}"] = layer.weights.astype(np.int32)
        arrays[f"biases_{index}"] = layer.biases.astype(np.int32)
        arrays[f"scales_{index}"] = layer.scales
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]  # the stub wants a bool for allow_pickle
    return buffer.getvalue()


@cache
def load_network(name: str) -> Network:
    """Return a shipped model: ``text`` or ``html``.

    Raises:
        DataFileError: if it is missing, of another format, or was trained on other features.
    """
    path = f"model/{name}.npz"
    with np.load(io.BytesIO(read_bytes(path)), allow_pickle=False) as archive:
        if int(archive["format"]) != _FORMAT:
            raise DataFileError(f"is of format {archive['format']}; this version reads {_FORMAT}", path=path)
        depth = sum(key.startswith("weights_") for key in archive)
        layers = tuple(
            Layer(
                offsets=tuple(archive[f"offsets_{i}"].tolist()),
                weights=archive[f"weights_{i}"].astype(np.float32),
                biases=archive[f"biases_{i}"].astype(np.float32),
                scales=archive[f"scales_{i}"],
            )
            for i in range(depth)
        )
        return Network(
            layers=layers,
            inputs=tuple(archive["inputs"].tolist()),
            outputs=tuple(archive["outputs"].tolist()),
        )
