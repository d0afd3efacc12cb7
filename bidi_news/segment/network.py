"""The learned model: a small network over a window of lines, in whole numbers.

Each layer sees the lines at some distances (``offsets``) from its own, multiplies, adds, and clips; the last gives one
score per output. Inputs, weights and sums are whole numbers that float32 holds exactly (below 2**24), so that the
result does not hang on the order in which a BLAS adds: the same page scores the same in every batch and on every
machine.

Example:
    >>> load_network("text").outputs
    ('body', 'headline', 'deck', 'byline', 'caption', 'crosshead')
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np

from bidi_news.errors import DataFileError
from bidi_news.model import Label
from bidi_news.resources import read_bytes

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "LEVELS",
    "LONG",
    "MODELS",
    "OUTPUTS",
    "SCALE",
    "Layer",
    "ModelName",
    "Network",
    "load_network",
    "save_network",
]

ModelName = Literal["text", "long-text", "html"]
"""A shipped model: for short pages of plain text, for long ones, for HTML."""
MODELS: Final[tuple[ModelName, ...]] = get_args(ModelName)
LONG: Final = 5000
"""Characters of a long page of plain text: most web pages have more, most of what is cut out of one has less."""
OUTPUTS: Final = (Label.BODY, Label.HEADLINE, Label.DECK, Label.BYLINE, Label.CAPTION, Label.CROSSHEAD)
"""What a network may score, in this order; one that was trained on pages which are silent on some has fewer outputs."""
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

    def apply(self, values: NDArray[np.float32], pages: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the scaled sums of each line, shape (units, lines).

        Args:
            values: what the layer below says of each line, shape (inputs, lines).
            pages: number of the page of each line, never falling; a line sees none of another page.
        """
        inputs, units = self.weights.shape[1:]
        product = self.weights.transpose(0, 2, 1).reshape(-1, inputs) @ values
        total = np.repeat(self.biases[:, None], len(pages), axis=1)
        for offset, part in zip(self.offsets, product.reshape(len(self.offsets), units, len(pages)), strict=True):
            count = max(len(pages) - abs(offset), 0)  # lines that have a neighbour there
            here, there = max(-offset, 0), max(offset, 0)
            seen = part[:, there : there + count]
            seen[:, np.flatnonzero(pages[there : there + count] != pages[here : here + count])] = 0
            total[:, here : here + count] += seen
        total *= self.scales[:, None]
        return total


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A model and the names of what goes in and out."""

    layers: tuple[Layer, ...]
    """From input to output."""
    inputs: tuple[str, ...]
    """Names of the features that it was trained on, in order."""
    outputs: tuple[str, ...]
    """Names of the scores, some of OUTPUTS."""

    def scores(self, features: NDArray[np.float32], pages: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the scores of lines.

        Args:
            features: whole numbers from 0 to LEVELS, shape (lines, len(inputs)); pages one after another.
            pages: number of the page of each line, shape (lines,), never falling.

        Returns:
            Scores in 1/SCALE of a logit, shape (lines, len(outputs)).
        """
        values = features.T  # unit by unit: every step below runs along the lines
        for layer in self.layers[:-1]:
            values = layer.apply(values, pages)
            values += np.float32(0.5)
            np.clip(values, 0, LEVELS, out=values)
            np.floor(values, out=values)
        return np.round(self.layers[-1].apply(values, pages)).astype(np.int64).T


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
def load_network(name: ModelName) -> Network:
    """Return a shipped model.

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
