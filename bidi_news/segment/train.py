r"""Train the network from labelled pages: plain NumPy, reproducible from its seed.

A labelled page is a document and either ``blocks`` (spans with labels) or ``gold_body`` (the body's text),
with ``title`` and ``deck`` where known. Its lines are labelled from that; the network is fitted by Adam on a logistic
loss per output, then rounded to whole numbers.

Example:
    >>> from bidi_news.model import Page
    >>> page = Page(text="Menu\nA first paragraph, with a stop.")
    >>> pages = [(Document(page=page, text=page.text), {"gold_body": "A first paragraph, with a stop."})]
    >>> next(read_samples(pages, Recipe())).labels[:, 0].tolist()
    [0.0, 1.0]
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from bidi_news.batch import Batch, Document
from bidi_news.marks import MARKS
from bidi_news.segment.align import align, tokens
from bidi_news.segment.augment import Augmentation, Piece, augmented
from bidi_news.segment.features import FEATURES, line_features, mark_features
from bidi_news.segment.lexical import count_words
from bidi_news.segment.network import LEVELS, SCALE, Layer, Network
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

__all__ = ["OUTPUTS", "Recipe", "Sample", "fit", "quantize", "read_samples"]

OUTPUTS: Final = ("body", "headline", "deck")
"""What the network scores."""

_PLACES: Final = ("position", "from_top", "from_bottom", "page_lines", "page_words")
_CEILING: Final = 6.0  # hidden units are clipped here
_EXACT: Final = float(1 << 24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to train; the shipped models were made with the defaults."""

    hidden: tuple[tuple[tuple[int, ...], int], ...] = (
        ((0,), 24),
        ((-3, -2, -1, 0, 1, 2, 3), 24),
        ((-6, -3, -1, 0, 1, 3, 6), 16),
    )
    """Offsets and units of each hidden layer."""
    epochs: int = 40
    """Passes over the pages."""
    rate: float = 4e-3
    """Largest learning rate; it rises over 100 steps and falls to nothing."""
    pages: int = 16
    """Pages of one step."""
    decay: float = 1e-5
    """Weight decay."""
    column_dropout: float = 0.1
    """Share of the features left out in each step."""
    blinding: float = 0.25
    """Share of the pages that lose, each apart, their letter case, their known words, their blank lines, their
    places: so that a script without case, a language without a word list, a page without paragraphs and one of a few
    lines are nothing new."""
    augmentation: Augmentation = field(default_factory=Augmentation)
    """Which pages are made of the ones given."""
    right_to_left: float = 4.0
    """Weight of a page that is mostly in Hebrew or Arabic script, of which collections hold few."""
    seed: int = 0
    """Of every random choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One labelled page, ready to train on."""

    features: NDArray[np.float32]
    """Whole numbers, shape (lines, features)."""
    labels: NDArray[np.float32]
    """1 where the line is the output's, 0 where not, shape (lines, len(OUTPUTS))."""
    known: NDArray[np.float32]
    """1 for each output that the page's labels speak of, shape (len(OUTPUTS),)."""
    words: NDArray[np.float32]
    """Words of each line, shape (lines,)."""
    weight: float = 1.0
    """Of the whole page."""
    row: dict[str, Any] = field(default_factory=dict)
    """The labelled page as read."""


def read_samples(pages: Iterable[tuple[Document, dict[str, Any]]], recipe: Recipe) -> Iterator[Sample]:
    """Give the sample of each page and of the pages made from some of them.

    Args:
        pages: documents, each with its labels: ``blocks`` or ``gold_body``, ``title``, ``deck``.
        recipe: how to train.
    """
    random = np.random.default_rng(recipe.seed)
    for document, row in pages:
        sample = _sample(document, row, recipe)
        if sample is None:
            continue
        yield sample
        lines = [line.strip() for line in document.text.split("\n") if line.strip()]
        if len(lines) != len(sample.labels):
            continue  # a line end that is none to str.split: the page itself is enough
        for pieces in augmented(lines, sample.labels, recipe.augmentation, random):
            part = _part(document, sample, pieces)
            if part is not None:
                yield part


def _sample(document: Document, row: dict[str, Any], recipe: Recipe) -> Sample | None:
    """Return the sample of a document, None where it has no line."""
    batch = Batch.of([document])
    if not len(batch.line_starts):
        return None
    starts, ends = batch.spans(batch.line_starts, batch.line_ends, batch.line_pages)
    lines = [document.text[start:end] for start, end in zip(starts, ends, strict=True)]
    labels, known = _labels(lines, starts, ends, row)
    return Sample(
        features=_inputs(batch),
        labels=labels,
        known=known,
        words=np.array([len(tokens(line)) for line in lines], np.float32),
        weight=recipe.right_to_left if _is_right_to_left(batch) else 1.0,
        row=row,
    )


def _is_right_to_left(batch: Batch) -> bool:
    """Return whether most letters of a page's long lines are Hebrew or Arabic."""
    counts = batch.line_classes[batch.line_classes.sum(axis=1) >= 60].sum(axis=0)
    return bool(counts[[CharClass.HEBREW, CharClass.ARABIC]].sum() > counts[[CharClass.LOWER, CharClass.UPPER]].sum())


def _labels(
    lines: list[str], starts: list[int], ends: list[int], row: dict[str, Any]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the labels of a page's lines and which outputs they speak of."""
    labels = np.zeros((len(lines), len(OUTPUTS)), np.float32)
    if "blocks" in row:
        names = {(block["start"], block["end"]): block["label"] for block in row["blocks"]}
        for i, span in enumerate(zip(starts, ends, strict=True)):
            name = names.get(span)
            for column, output in enumerate(OUTPUTS):
                labels[i, column] = name == output or (output == "body" and name == "crosshead")
        return labels, np.ones(len(OUTPUTS), np.float32)
    labels[:, 0] = align(lines, row.get("gold_body") or "")
    folded = [" ".join(tokens(line)) for line in lines]
    body = np.flatnonzero(labels[:, 0])
    limit = int(body[0]) + 3 if body.size else len(lines)
    known = [1.0]
    for column, name in ((1, "title"), (2, "deck")):
        wanted = " ".join(tokens(row.get(name) or ""))
        for i, line in enumerate(folded[:limit] if wanted else ()):
            labels[i, column] = line == wanted
        known.append(float(labels[:, column].any()))
    return labels, np.array(known, np.float32)


def _part(document: Document, sample: Sample, pieces: list[Piece]) -> Sample | None:
    """Return the sample of a page made of some lines, or parts of lines, of another; None where it has none."""
    if not pieces:
        return None
    kept = [i for i, _ in pieces]
    gap = "\n\n" if "\n\n" in document.text else "\n"
    text = "".join(line + (gap if sample.labels[i, 0] else "\n") for i, line in pieces)
    marks = None if document.marks is None else document.marks[kept]
    batch = Batch.of([Document(page=document.page, text=text, marks=marks)])
    if len(batch.line_starts) != len(kept):
        return None
    words = np.array([len(tokens(line)) for _, line in pieces], np.float32)
    return Sample(
        features=_inputs(batch), labels=sample.labels[kept], known=sample.known, words=words, weight=sample.weight
    )


def _inputs(batch: Batch) -> NDArray[np.float32]:
    """Return what the network sees of the lines of a batch of one page."""
    features = line_features(batch, count_words(batch))
    marks = batch.documents[0].marks
    return features if marks is None else np.concatenate((features, mark_features(marks)), axis=1)


class _Fit:
    """The network while it is trained: float weights, Adam's moments."""

    def __init__(self, inputs: int, recipe: Recipe) -> None:
        random = np.random.default_rng(recipe.seed)
        self.offsets = [*(offsets for offsets, _ in recipe.hidden), (0,)]
        sizes = [inputs, *(units for _, units in recipe.hidden), len(OUTPUTS)]
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


def fit(samples: Sequence[Sample], recipe: Recipe) -> Network:
    """Return the network trained on some samples."""
    everything = np.concatenate([sample.features for sample in samples])
    mean, spread = everything.mean(axis=0), everything.std(axis=0) + 0.1
    state = _Fit(everything.shape[1], recipe)
    random = np.random.default_rng(recipe.seed + 1)
    steps = recipe.epochs * -(-len(samples) // recipe.pages)
    order = np.arange(len(samples))
    for _ in range(recipe.epochs):
        random.shuffle(order)
        for start in range(0, len(order), recipe.pages):
            group = [samples[i] for i in order[start : start + recipe.pages]]
            rows, labels, weights, line = _pack(group, (mean, spread), recipe, random)
            rate = recipe.rate * min(1.0, (state.steps + 1) / 100) * (1 - state.steps / steps)

            def slope(logits: NDArray[np.float32], labels: Any = labels, weights: Any = weights) -> NDArray[np.float32]:
                return np.asarray((1 / (1 + np.exp(-np.clip(logits, -30, 30))) - labels) * weights, np.float32)

            state.step(rows, line, slope, rate)
    return quantize(state.weights, state.biases, state.offsets, mean, spread)


def _pack(
    group: list[Sample],
    scale: tuple[NDArray[np.float32], NDArray[np.float32]],
    recipe: Recipe,
    random: np.random.Generator,
) -> tuple[NDArray[np.float32], ...]:
    """Return some pages one after another with empty rows between: inputs, labels, weights, which rows are lines."""
    mean, spread = scale
    gap = max(abs(offset) for offsets, _ in recipe.hidden for offset in offsets)
    parts: list[list[NDArray[np.float32]]] = [[], [], [], []]
    for sample in group:
        rows = (sample.features - mean) / spread
        for columns in _blindable(rows.shape[1]):
            if random.random() < recipe.blinding:
                rows[:, columns] = (-mean / spread)[columns]
        if random.random() < recipe.blinding:
            rows[:, [FEATURES.index(name) for name in _PLACES]] = 0  # an average place
        share = np.sqrt(sample.words + 1)
        share = share / share.sum() * sample.weight / len(group)
        values = (rows, sample.labels, share[:, None] * sample.known, np.ones((len(rows), 1), np.float32))
        for part, value in zip(parts, values, strict=True):
            part += [value.astype(np.float32), np.zeros((gap, value.shape[1]), np.float32)]
    inputs, labels, weights, line = (np.concatenate(part) for part in parts)
    inputs *= random.random(inputs.shape[1]) >= recipe.column_dropout
    return inputs, labels, weights, line


def _blindable(columns: int) -> Iterator[list[int]]:
    """Give the columns of letter case, of known words and of blank lines."""
    names = [*FEATURES, *MARKS][:columns]
    white = {"breaks_before", "breaks_after", "indent"}
    # the class STOP and the category stop share a name; the category comes second
    stop_words = len(names) - 1 - names[::-1].index("share_stop")
    words = ("count_", "stops_", "interface_", "share_ui", "share_credit", "share_byline", "share_date")
    yield [i for i, name in enumerate(names) if "upper" in name]
    yield [stop_words, *(i for i, name in enumerate(names) if name.startswith(words) and i < len(FEATURES))]
    yield [i for i, name in enumerate(names) if name in white]


def quantize(
    weights: Sequence[NDArray[np.float32]],
    biases: Sequence[NDArray[np.float32]],
    offsets: Sequence[tuple[int, ...]],
    mean: NDArray[np.float32],
    spread: NDArray[np.float32],
) -> Network:
    """Return a trained network in whole numbers, its inputs' mean and spread folded into the first layer."""
    layers = []
    for index, (weight, bias, seen) in enumerate(zip(weights, biases, offsets, strict=True)):
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
        level = SCALE if index == len(weights) - 1 else LEVELS / _CEILING
        layers.append(
            Layer(
                offsets=tuple(seen),
                weights=np.round(matrix * fine).astype(np.float32),
                biases=np.round(shift * fine).astype(np.float32),
                scales=(level / fine).astype(np.float32),
            )
        )
    names = (*FEATURES, *(f"mark_{name}" for name in MARKS))[: len(mean)]
    return Network(layers=tuple(layers), inputs=names, outputs=OUTPUTS)
