"""Train the network: plain NumPy, reproducible from its seed.

Each network is fitted by Adam on a logistic loss per output, then rounded to whole numbers; the one that is kept learns
from several others. With one thread of linear
algebra (``OPENBLAS_NUM_THREADS=1``, which the commands set) the same samples give the same bytes.

Example:
    >>> from bidi_news.segment.recipe import Recipe
    >>> from bidi_news.segment.samples import Sample
    >>> sample = Sample(
    ...     features=np.zeros((2, len(FEATURES)), np.float32),
    ...     labels=np.zeros((2, len(OUTPUTS)), np.float32),
    ...     known=np.ones(len(OUTPUTS), np.float32),
    ...     words=np.ones(2, np.float32),
    ... )
    >>> fit([sample], Recipe(epochs=1)).outputs
    ('body', 'headline', 'deck', 'byline', 'caption', 'crosshead')
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from bidi_news.segment.features import FEATURES, MARK_FEATURES
from bidi_news.segment.network import LEVELS, OUTPUTS, SCALE, Layer, Network, save_network

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from bidi_news.segment.recipe import Recipe
    from bidi_news.segment.samples import Sample

__all__ = ["fit", "page_f1_slope", "save_model"]

_PLACES: Final = ("position", "from_top", "from_bottom", "page_lines", "page_words")
_CEILING: Final = 6.0  # hidden units are clipped here
_HEARSAY: Final = 0.5  # weight of an output that only the teachers speak of
_EXACT: Final = float(1 << 24)


class _State:
    """The network while it is trained: float weights, Adam's moments."""

    def __init__(self, inputs: int, outputs: int, recipe: Recipe) -> None:
        random = np.random.default_rng(recipe.seed)
        self.offsets = [*(offsets for offsets, _ in recipe.hidden), (0,)]
        sizes = [inputs, *(units for _, units in recipe.hidden), outputs]
        self.weights = [
            (random.standard_normal((len(o), n, m)) * np.sqrt(2 / (n * len(o)))).astype(np.float32)
            for o, n, m in zip(self.offsets, sizes, sizes[1:], strict=False)
        ]
        self.biases = [np.zeros(m, np.float32) for m in sizes[1:]]
        self.decay = recipe.decay
        self.moments = [(np.zeros_like(p), np.zeros_like(p)) for p in (*self.weights, *self.biases)]
        self.steps = 0

    def forward(self, rows: NDArray[np.float32], line: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """Return the input of each layer, and the logits last."""
        values = [rows]
        for layer, (offsets, weights, biases) in enumerate(zip(self.offsets, self.weights, self.biases, strict=True)):
            total = np.zeros((len(rows), len(biases)), np.float32) + biases
            for offset, matrix in zip(offsets, weights, strict=True):
                here, there = _shifted(len(rows), offset)
                total[here] += values[-1][there] @ matrix
            values.append(total if layer == len(self.weights) - 1 else np.clip(total, 0, _CEILING) * line)
        return values

    def step(
        self,
        rows: NDArray[np.float32],
        line: NDArray[np.float32],
        slope: Callable[[NDArray[np.float32]], NDArray[np.float32]],
        rate: float,
    ) -> None:
        """Make one step of Adam; ``slope`` gives the loss's derivative by the logits."""
        values = self.forward(rows, line)
        back = slope(values[-1])
        gradients: list[NDArray[np.float32]] = [*self.weights, *self.biases]
        depth = len(self.weights)
        for layer in reversed(range(depth)):
            below = np.zeros_like(values[layer])
            gradient = np.empty_like(self.weights[layer])
            for i, offset in enumerate(self.offsets[layer]):
                here, there = _shifted(len(rows), offset)
                gradient[i] = values[layer][there].T @ back[here]
                below[there] += back[here] @ self.weights[layer][i].T
            gradients[layer], gradients[depth + layer] = gradient, back.sum(axis=0)
            back = below * line * ((values[layer] > 0) & (values[layer] < _CEILING))
        self.steps += 1
        for parameter, gradient, (first, second) in zip(
            (*self.weights, *self.biases), gradients, self.moments, strict=True
        ):
            gradient = gradient + self.decay * parameter  # noqa: PLW2901  (with weight decay)
            first += 0.1 * (gradient - first)  # noqa: PLW2901  (in place: these are the moments)
            second += 0.001 * (gradient**2 - second)  # noqa: PLW2901
            bias = np.sqrt(1 - 0.999**self.steps) / (1 - 0.9**self.steps)
            parameter -= (rate * bias * first / (np.sqrt(second) + 1e-8)).astype(np.float32)  # noqa: PLW2901


def _shifted(rows: int, offset: int) -> tuple[slice, slice]:
    """Return the rows that have a neighbour at an offset, and those neighbours."""
    if offset >= 0:
        return slice(0, rows - offset), slice(offset, rows)
    return slice(-offset, rows), slice(0, rows + offset)


def _silent() -> None:
    """Tell nobody."""


def fit(samples: Sequence[Sample], recipe: Recipe, *, progress: Callable[[], None] = _silent) -> Network:
    """Return the network trained on some samples, and on what its teachers say of them.

    Args:
        samples: one or more.
        recipe: how to train.
        progress: called after each epoch of each network.
    """
    # an output that no page speaks of is left out
    spoken = np.flatnonzero(np.max([sample.known for sample in samples], axis=0))
    outputs = tuple(OUTPUTS[place].value for place in spoken)
    samples = [replace(x, labels=x.labels[:, spoken], known=x.known[spoken]) for x in samples]
    teachers = [
        _fit(samples, outputs, replace(recipe, seed=recipe.seed + 1 + number), progress)
        for number in range(recipe.teachers)
    ]
    if teachers:
        samples = [_softened(sample, teachers, recipe.softness) for sample in samples]
    return _fit(samples, outputs, recipe, progress)


def _softened(sample: Sample, teachers: Sequence[Network], softness: float) -> Sample:
    """Return a sample whose labels are in part what the teachers say; of outputs that it is silent on, wholly."""
    pages = np.zeros(len(sample.features), np.int64)
    logits = np.mean([teacher.scores(sample.features, pages) for teacher in teachers], axis=0) / SCALE
    said = 1 / (1 + np.exp(-logits))
    labels = np.where(sample.known > 0, (1 - softness) * sample.labels + softness * said, said)
    known = np.maximum(sample.known, np.float32(_HEARSAY))
    return replace(sample, labels=labels.astype(np.float32), known=known)


def _fit(samples: Sequence[Sample], outputs: tuple[str, ...], recipe: Recipe, progress: Callable[[], None]) -> Network:
    """Return one network trained on some samples."""
    everything = np.concatenate([sample.features for sample in samples])
    mean, spread = everything.mean(axis=0), everything.std(axis=0) + 0.1
    del everything
    state = _State(len(mean), len(outputs), recipe)
    random = np.random.default_rng(recipe.seed + 1)
    steps = recipe.epochs * -(-len(samples) // recipe.pages)
    order = np.arange(len(samples))
    for _ in range(recipe.epochs):
        random.shuffle(order)
        for start in range(0, len(order), recipe.pages):
            group = [samples[i] for i in order[start : start + recipe.pages]]
            rows = _pack(group, (mean, spread), recipe, random)
            rate = recipe.rate * min(1.0, (state.steps + 1) / 100) * (1 - state.steps / steps)
            state.step(rows.inputs, rows.line, partial(_slope, rows, recipe.page_f1), rate)
        progress()
    return Network(layers=_quantized(state, mean, spread), inputs=_names(len(mean)), outputs=outputs)


class _Rows(NamedTuple):
    """Some pages one after another, with empty rows between."""

    inputs: NDArray[np.float32]  # (rows, features)
    labels: NDArray[np.float32]  # (rows, outputs)
    weights: NDArray[np.float32]  # (rows, outputs): of each decision
    words: NDArray[np.float32]  # (rows, 1): of each line
    line: NDArray[np.float32]  # (rows, 1): 1 where there is a line, else 0
    starts: NDArray[np.int64]  # (pages,): first row of each page
    shares: NDArray[np.float32]  # (rows,): weight of the body of its page


def _slope(rows: _Rows, page_f1: float, logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the derivative of the loss by the logits: the logistic one of lines, and what each page lacks of F1."""
    said = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    slope = (said - rows.labels) * rows.weights
    gain = page_f1_slope(said[:, 0], rows.labels[:, 0], rows.words[:, 0], rows.starts)
    slope[:, 0] -= page_f1 * rows.shares * gain
    return np.asarray(slope, np.float32)


def page_f1_slope(
    chance: NDArray[np.floating],
    body: NDArray[np.float32],
    words: NDArray[np.float32],
    starts: NDArray[np.int64],
) -> NDArray[np.floating]:
    """Return what the F1 of a page's words gains with the logit of each line, shape (rows,).

    With chances for decisions it is 2 Σ wcy / Σ w(c + y), for lines of w words that are body with a chance of c, and
    are (y = 1) or are not (y = 0). A page without a body has none to gain.

    Args:
        chance: what the network says of each row, 0 to 1.
        body: 1 where a row is body, else 0, or between.
        words: of each row.
        starts: first row of each page, pages one after another.
    """
    page = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(body)))
    wanted, found, both = (np.add.reduceat(words * part, starts) for part in (body, chance, body * chance))
    total = np.maximum(wanted + found, 1e-6)
    share = 2 * (wanted > 0) / total**2
    gain: NDArray[np.floating] = share[page] * words * (body * total[page] - both[page]) * chance * (1 - chance)
    return gain


def _pack(
    group: list[Sample],
    scale: tuple[NDArray[np.float32], NDArray[np.float32]],
    recipe: Recipe,
    random: np.random.Generator,
) -> _Rows:
    """Return some pages as they are learned from: scaled, some of them without some of their features."""
    mean, spread = scale
    gap = max(abs(offset) for offsets, _ in recipe.hidden for offset in offsets)
    parts: list[list[NDArray[np.float32]]] = [[], [], [], [], []]
    blindable = _blindable(len(mean))
    for sample in group:
        rows = (sample.features - mean) / spread
        for columns in blindable:
            if random.random() < recipe.blinding:
                rows[:, columns] = (-mean / spread)[columns]
        if random.random() < recipe.blinding:
            rows[:, [FEATURES.index(name) for name in _PLACES]] = 0  # an average place
        share = np.sqrt(sample.words + 1)
        share = share / share.sum() * sample.weight / len(group)
        line = np.ones((len(rows), 1), np.float32)
        values = (rows, sample.labels, share[:, None] * sample.known, sample.words[:, None], line)
        for part, value in zip(parts, values, strict=True):
            part += [value.astype(np.float32), np.zeros((gap, value.shape[1]), np.float32)]
    inputs, labels, weights, words, line = (np.concatenate(part) for part in parts)
    inputs *= random.random(inputs.shape[1]) >= recipe.column_dropout
    lengths = [len(sample.words) + gap for sample in group]
    body = np.array([sample.weight * sample.known[0] / len(group) for sample in group], np.float32)
    return _Rows(
        inputs=inputs,
        labels=labels,
        weights=weights,
        words=words,
        line=line,
        starts=np.cumsum([0, *lengths[:-1]]),
        shares=np.repeat(body, lengths),
    )


@cache
def _blindable(columns: int) -> tuple[list[int], ...]:
    """Return the columns of letter case, of known words and of blank lines."""
    names = _names(columns)
    white = {"breaks_before", "breaks_after", "indent"}
    # the class STOP and the category stop share a name; the category comes second
    stop_words = len(names) - 1 - names[::-1].index("share_stop")
    words = ("count_", "stops_", "interface_", "share_ui", "share_credit", "share_byline", "share_date")
    return (
        [i for i, name in enumerate(names) if "upper" in name],
        [stop_words, *(i for i, name in enumerate(names) if name.startswith(words) and i < len(FEATURES))],
        [i for i, name in enumerate(names) if name in white],
    )


def _quantized(state: _State, mean: NDArray[np.float32], spread: NDArray[np.float32]) -> tuple[Layer, ...]:
    """Return the layers of a trained network in whole numbers, its inputs' mean and spread folded into the first."""
    layers = []
    for index, (weight, bias, seen) in enumerate(zip(state.weights, state.biases, state.offsets, strict=True)):
        matrix, shift = weight.astype(np.float64), bias.astype(np.float64)
        if index == 0:
            matrix = matrix / spread[:, None]
            shift = shift - np.einsum("i,kij->j", mean.astype(np.float64), matrix)
            unit = 1.0
        else:
            unit = _CEILING / LEVELS
        matrix = matrix * unit
        # as fine as sums below 2**24 allow; half of it is kept for the rounding of the weights
        largest = np.abs(matrix).sum(axis=(0, 1)) * LEVELS + np.abs(shift)
        fine = np.minimum(_EXACT / 2 / np.maximum(largest, 1e-9), 1e6)
        level = SCALE if index == len(state.weights) - 1 else LEVELS / _CEILING
        layers.append(
            Layer(
                offsets=tuple(seen),
                weights=np.round(matrix * fine).astype(np.float32),
                biases=np.round(shift * fine).astype(np.float32),
                scales=(level / fine).astype(np.float32),
            )
        )
    return tuple(layers)


def _names(columns: int) -> tuple[str, ...]:
    """Return the names of the inputs: those of plain text, then those that HTML adds."""
    return (*FEATURES, *MARK_FEATURES)[:columns]


def save_model(network: Network, note: Mapping[str, Any]) -> bytes:
    """Return a network as :func:`~bidi_news.segment.network.save_network` does, with a note of how it was made.

    Args:
        network: the network.
        note: any JSON value; it becomes ``training.json`` in the archive, which no reader of the weights needs.
    """
    archive = io.BytesIO(save_network(network))
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr(zipfile.ZipInfo("training.json"), json.dumps(note, indent=1) + "\n")
    return archive.getvalue()
