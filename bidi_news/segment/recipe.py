"""How the networks are trained: every choice, in one value for each of them.

Example:
    >>> RECIPES["html"].seed
    0
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bidi_news.segment.augment import NO_AUGMENTATION, Augmentation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bidi_news.segment.network import ModelName

__all__ = ["RECIPES", "Recipe"]

_NEAR: Final = (((0,), 24), ((-3, -2, -1, 0, 1, 2, 3), 24), ((-6, -3, -1, 0, 1, 3, 6), 16))
_FAR: Final = (((0,), 24), *(((-distance, 0, distance), 24) for distance in (1, 3, 9, 27)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to train; the defaults are those for short pages of plain text."""

    hidden: tuple[tuple[tuple[int, ...], int], ...] = (
        ((0,), 64),
        ((-3, -2, -1, 0, 1, 2, 3), 64),
        ((-6, -3, -1, 0, 1, 3, 6), 42),
    )
    """Offsets and units of each hidden layer."""
    least_words: int = 0
    """Words of the shortest pages that are learned from."""
    most_words: int | None = 2000
    """Words of the longest pages that are learned from; None for any."""
    epochs: int = 20
    """Passes over the pages."""
    rate: float = 4e-3
    """Largest learning rate; it rises over 100 steps and falls to nothing."""
    pages: int = 16
    """Pages of one step."""
    page_f1: float = 4.0
    """Weight of what the F1 of each page's words lacks of 1, beside the logistic loss of its lines."""
    decay: float = 1e-5
    """Weight decay."""
    column_dropout: float = 0.1
    """Share of the features left out in each step."""
    blinding: float = 0.25
    """Share of the pages that lose, each apart, their letter case, their known words, their blank lines, their
    places: so that a script without case, a language without a word list, a page without paragraphs and one of a few
    lines are nothing new."""
    repeats: int = 4
    """Times that a page with labelled lines is learned from, each time with variations of its own: collections hold
    few, and they know more than where the body is."""
    grafts: int = 8
    """Pages made of each of these with another story and other furniture."""
    labelled: float = 1.0
    """Weight of each of these pages: they are many by now, and web pages are what most readers bring."""
    teachers: int = 4
    """Networks that are trained first; the one that is kept learns from what they say together (Hinton, Vinyals and
    Dean, "Distilling the Knowledge in a Neural Network", 2015)."""
    softness: float = 1.0
    """Share of the teachers in what it learns; the rest are the labels."""
    augmentation: Augmentation = field(default_factory=Augmentation)
    """Which pages are made of the ones given."""
    right_to_left: float = 4.0
    """Weight of a page that is mostly in Hebrew or Arabic script, of which collections hold few."""
    seed: int = 0
    """Of every random choice."""


RECIPES: Final[Mapping[ModelName, Recipe]] = {
    "text": Recipe(),
    # Comments, teasers and other stories below a story look like it from near by. The layers look ever farther, at the
    # price of few lines. Taught by others, such a network is worse than they are.
    "long-text": Recipe(hidden=_FAR, least_words=300, most_words=None, epochs=30, labelled=0.25, teachers=0),
    # What the markup says is strong, and few pages are there to learn it from: held to small weights, one network that
    # sees the pages as they are does better than one taught by others, and than one that sees pages made of them.
    "html": Recipe(
        hidden=_NEAR,
        most_words=None,
        epochs=40,
        page_f1=12,
        decay=1e-2,
        labelled=0.25,
        teachers=0,
        augmentation=NO_AUGMENTATION,
    ),
}
"""The recipes of the shipped models."""
