"""How the networks are trained: every choice, in one value for plain text and one for HTML.

Example:
    >>> RECIPES["html"].seed
    0
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from bidi_news.segment.augment import NO_AUGMENTATION, Augmentation

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["RECIPES", "Recipe"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to train; the defaults are those for plain text."""

    hidden: tuple[tuple[tuple[int, ...], int], ...] = (
        ((0,), 24),
        ((-3, -2, -1, 0, 1, 2, 3), 24),
        ((-6, -3, -1, 0, 1, 3, 6), 16),
    )
    """Offsets and units of each hidden layer."""
    epochs: int = 30
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
    labelled: float = 0.25
    """Weight of each of these pages: they are many by now, and web pages are what most readers bring."""
    teachers: int = 4
    """Networks that are trained first; the one that is kept learns from what they say together (Hinton, Vinyals and
    Dean, "Distilling the Knowledge in a Neural Network", 2015)."""
    softness: float = 0.7
    """Share of the teachers in what it learns; the rest are the labels."""
    augmentation: Augmentation = field(default_factory=Augmentation)
    """Which pages are made of the ones given."""
    right_to_left: float = 4.0
    """Weight of a page that is mostly in Hebrew or Arabic script, of which collections hold few."""
    seed: int = 0
    """Of every random choice."""


RECIPES: Final[Mapping[Literal["text", "html"], Recipe]] = {
    "text": Recipe(),
    # What the markup says is strong, and few pages are there to learn it from: held to small weights, one network that
    # sees the pages as they are does better than one taught by others, and than one that sees pages made of them.
    "html": Recipe(epochs=40, page_f1=12, decay=1e-2, teachers=0, augmentation=NO_AUGMENTATION),
}
"""The recipes of the shipped models."""
