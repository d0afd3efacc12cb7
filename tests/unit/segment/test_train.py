"""Training: lines aligned with a body, and a network that learns what it is shown."""

from __future__ import annotations

from typing import Any

import numpy as np

from bidi_news.batch import Document
from bidi_news.model import Page
from bidi_news.segment.align import align
from bidi_news.segment.augment import Augmentation, augmented, transpose
from bidi_news.segment.train import Recipe, fit, read_samples

NONE = Augmentation(flashes=0, bare=0, chopped=0, transposed=0)
BODY = [
    "The council met on Tuesday to discuss the lamp, the stairs and the birds.",
    "It decided nothing.",
    "Another meeting was called for the day after the birds are expected to leave.",
]


def test_long_lines_anchor_and_short_ones_stand_between() -> None:
    """A short line is body only where the body has it, between its neighbours."""
    lines = ["It decided nothing.", "Menu", *BODY, "Share", "It decided nothing."]
    assert align(lines, " ".join(BODY)) == [False, False, True, True, True, False, False]


def test_nothing_aligns_with_an_empty_body() -> None:
    """A page without an article has no line of body."""
    assert align(BODY, "") == [False, False, False]


def document(*lines: str) -> Document:
    """Return a plain-text document."""
    page = Page(text="\n".join(lines))
    return Document(page=page, text=page.text or "")


def pages() -> list[tuple[Document, dict[str, Any]]]:
    """Return small pages: a menu, three paragraphs, a foot."""
    page = document("Home", "News", "Sport", *BODY, "Share", "Terms")
    return [(page, {"gold_body": "\n".join(BODY)}) for _ in range(8)]


def test_training_learns_and_is_reproducible() -> None:
    """A few passes tell paragraphs from menus, and the same seed gives the same numbers."""
    recipe = Recipe(epochs=200, augmentation=NONE, blinding=0, column_dropout=0)
    samples = list(read_samples(pages(), recipe))
    first, second = fit(samples, recipe), fit(samples, recipe)
    scores = first.scores(samples[0].features, np.zeros(len(samples[0].features), np.int64))[:, 0]
    assert (scores > 0).tolist() == [False] * 3 + [True] * 3 + [False] * 2
    for one, other in zip(first.layers, second.layers, strict=True):
        assert np.array_equal(one.weights, other.weights)


def test_labelled_blocks_train_too() -> None:
    """Rows with blocks give their labels by span; a crosshead counts as body."""
    spans = {"headline": (0, 5), "body": (6, 18)}
    row = {"blocks": [{"start": start, "end": end, "label": label} for label, (start, end) in spans.items()]}
    sample = next(read_samples([(document("Title", "A paragraph."), row)], Recipe(augmentation=NONE)))
    assert sample.labels.tolist() == [[0, 1, 0], [1, 0, 0]]


def test_each_kind_of_page_is_made() -> None:
    """Flashes, bare pages, chopped pages and pages in another script are made of one page, in that order."""
    lines = ["Home", "News", *BODY, "Share", "Terms"]
    labels = np.array([[0], [0], [1], [1], [1], [0], [0]], np.float32)
    every = Augmentation(flashes=1, bare=1, chopped=1, transposed=0)
    flash, bare, chopped = augmented(lines, labels, every, np.random.default_rng(0))
    assert [i for i, _ in flash if labels[i, 0]] in ([2], [2, 4])
    assert {2, 3, 4} <= {i for i, _ in bare}
    assert [line for i, line in chopped if i == 2] == [BODY[0]]
    script = Augmentation(flashes=0, bare=0, chopped=0, transposed=1)
    (other,) = augmented(lines, labels, script, np.random.default_rng(0))
    assert [i for i, _ in other] == list(range(7))
    assert [line for _, line in other] != lines


def test_a_word_becomes_the_same_word_everywhere() -> None:
    """Known words become known words of their kind, others keep their identity in the other script."""
    known: dict[str, str] = {}
    first, second = transpose("Share lamp", "he", known), transpose("lamp", "he", known)
    assert first.split()[1] == second
    assert not any(char.isascii() and char.isalpha() for char in first)
