"""How well the network alone does on sites that it was not trained on.

Sites are dealt out into folds; each fold is scored by a network trained on the others. A line is counted as body,
headline or deck where its score is above 0: the rules that refine labels have no part in it.

Example:
    >>> deal(["a", "b", "a", "c"], 2)
    {'a': 0, 'b': 1, 'c': 1}
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bidi_news.errors import OptionError
from bidi_news.figures import LabelFigures, f1_of
from bidi_news.model import Label
from bidi_news.segment.network import OUTPUTS
from bidi_news.segment.train import fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from bidi_news.segment.network import Network
    from bidi_news.segment.recipe import Recipe
    from bidi_news.segment.samples import Sample

__all__ = ["HeldOut", "deal", "held_out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOut:
    """Figures of the pages as given, each scored by a network that saw none of its site."""

    sites: int
    """Sites dealt out."""
    pages: int
    """Pages scored."""
    body_f1: float
    """Mean over the pages of the F1 of their body lines."""
    labels: tuple[LabelFigures, ...]
    """Of each output, over the lines of all pages that speak of it."""


def held_out(samples: Sequence[Sample], recipe: Recipe, folds: int, *, progress: Callable[[], None]) -> HeldOut:
    """Train once for each fold and score its pages.

    Args:
        samples: of all pages.
        recipe: how to train.
        folds: how many, 2 or more.
        progress: called after each epoch.

    Raises:
        OptionError: if there are fewer than two folds, or fewer sites than folds.
    """
    fold_of = deal((site for sample in samples if sample.whole for site in sample.sites), folds)
    if not 2 <= folds <= len(fold_of):
        raise OptionError(
            f"the pages are of {len(fold_of)} sites, which cannot be dealt into {folds} folds (2 or more)"
        )
    counts = np.zeros((3, len(OUTPUTS)), np.int64)
    body: list[float] = []
    for fold in range(folds):
        seen = [sample for sample in samples if all(fold_of[site] != fold for site in sample.sites)]
        network = fit(seen, recipe, progress=progress)
        for sample in samples:
            if sample.whole and any(fold_of[site] == fold for site in sample.sites):
                page = _counts(network, sample)
                counts += page
                body.append(f1_of(*page[:, 0].tolist()))
    labels = tuple(
        LabelFigures(label=Label(output), right=right, found=found, support=support)
        for output, (right, found, support) in zip(OUTPUTS, counts.T.tolist(), strict=True)
    )
    return HeldOut(sites=len(fold_of), pages=len(body), body_f1=sum(body) / len(body), labels=labels)


def deal(sites: Iterable[str], folds: int) -> dict[str, int]:
    """Return the fold of each site: the largest first, each to the fold that has the fewest pages yet.

    Args:
        sites: the site of each page.
        folds: how many.
    """
    pages = [0] * folds
    fold_of = {}
    for site, count in sorted(Counter(sites).items(), key=lambda item: (-item[1], item[0])):
        fold_of[site] = pages.index(min(pages))
        pages[fold_of[site]] += count
    return fold_of


def _counts(network: Network, sample: Sample) -> NDArray[np.int64]:
    """Return how many lines are rightly found, found and wanted, for each output that the page speaks of."""
    found = np.zeros(sample.labels.shape, bool)
    columns = [OUTPUTS.index(Label(name)) for name in network.outputs]
    found[:, columns] = network.scores(sample.features, np.zeros(len(sample.features), np.int64)) > 0
    wanted = sample.labels > 0
    return np.stack([part.sum(axis=0) for part in (found & wanted, found, wanted)]) * sample.known.astype(np.int64)
