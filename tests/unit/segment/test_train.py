"""Training: lines aligned with a body, and a network that learns what it is shown."""

from __future__ import annotations

import numpy as np

from bidi_news.segment.train import Recipe, align, fit, read_samples

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


def pages() -> list[dict[str, str]]:
    """Return small pages: a menu, three paragraphs, a foot."""
    return [
        {"text": "\n".join(["Home", "News", "Sport", *BODY, "Share", "Terms"]), "gold_body": "\n".join(BODY)}
        for _ in range(8)
    ]


def test_training_learns_and_is_reproducible() -> None:
    """A few passes tell paragraphs from menus, and the same seed gives the same numbers."""
    recipe = Recipe(epochs=30, flashes=0, bare=0, chopped=0, blinding=0, column_dropout=0)
    samples = list(read_samples(pages(), recipe))
    first, second = fit(samples, recipe), fit(samples, recipe)
    scores = first.scores(samples[0].features, np.zeros(len(samples[0].features), np.int64))[:, 0]
    assert (scores > 0).tolist() == [False] * 3 + [True] * 3 + [False] * 2
    for one, other in zip(first.layers, second.layers, strict=True):
        assert np.array_equal(one.weights, other.weights)


def test_labelled_blocks_train_too() -> None:
    """Rows with blocks give their labels by span; a crosshead counts as body."""
    text = "Title\nA paragraph."
    row = {"text": text, "blocks": [{"start": 0, "end": 5, "label": "headline"}, {"start": 6, "end": 18, "label": "body"}]}
    sample = next(read_samples([row], Recipe(flashes=0, bare=0, chopped=0)))
    assert sample.labels.tolist() == [[0, 1, 0], [1, 0, 0]]
