"""Figures of sites that a network was not trained on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bidi_news.errors import OptionError
from bidi_news.segment.features import FEATURES
from bidi_news.segment.held_out import deal, held_out
from bidi_news.segment.network import OUTPUTS
from bidi_news.segment.recipe import Recipe
from bidi_news.segment.samples import Sample

RECIPE = Recipe(epochs=60, blinding=0, column_dropout=0, teachers=0)


def sample(site: str, *, body_is_dark: bool) -> Sample:
    """Return a page of twelve lines whose body differs from the rest in one feature, one way or the other."""
    features = np.zeros((12, len(FEATURES)), np.float32)
    features[:6, 0] = 200
    labels = np.zeros((12, len(OUTPUTS)), np.float32)
    labels[:6, 0] = body_is_dark
    labels[6:, 0] = not body_is_dark
    known = np.eye(1, len(OUTPUTS), dtype=np.float32)[0]
    return Sample(
        features=features,
        labels=labels,
        known=known,
        words=np.ones(12, np.float32),
        sites=frozenset({site}),
        whole=True,
    )


def test_a_site_is_scored_by_a_network_that_did_not_see_it() -> None:
    """A site that is the other way round than all others is scored as they are, and so all wrong."""
    samples = [sample("odd", body_is_dark=False)] + [sample(f"s{i}", body_is_dark=True) for i in range(5)]
    epochs: list[None] = []
    found = held_out(samples, RECIPE, 6, progress=lambda: epochs.append(None))
    body, headline, *_ = found.labels
    assert (found.sites, found.pages) == (6, 6)
    assert found.body_f1 == pytest.approx(5 / 6)
    assert (body.right, body.found, body.support) == (30, 36, 36)
    assert (headline.found, headline.support) == (0, 0)
    assert len(epochs) == 6 * RECIPE.epochs


def test_only_pages_as_given_are_scored() -> None:
    """Pages made of another are trained on and not counted."""
    samples = [sample(name, body_is_dark=True) for name in "ab"]
    samples += [replace(samples[0], whole=False)]
    assert held_out(samples, Recipe(epochs=1, teachers=0), 2, progress=lambda: None).pages == 2


def test_sites_are_dealt_evenly_and_whole() -> None:
    """Every site is in one fold, folds differ little in pages, and the order of the pages is nothing to it."""
    sites = ["big"] * 5 + ["mid"] * 3 + ["a", "b", "c"]
    assert deal(sites, 2) == deal(reversed(sites), 2)
    pages = [sum(fold == deal(sites, 2)[site] for site in sites) for fold in range(2)]
    assert sorted(pages) == [5, 6]


def test_fewer_sites_than_folds_are_refused() -> None:
    """A fold without a site cannot be scored: the message counts the sites."""
    samples = [sample(name, body_is_dark=True) for name in "ab"]
    with pytest.raises(OptionError, match="2 sites"):
        held_out(samples, Recipe(epochs=1), 3, progress=lambda: None)
