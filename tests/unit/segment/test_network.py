"""The network: exact arithmetic, no page sees another, models as files."""

from __future__ import annotations

import io

import numpy as np
import pytest

from bidi_news.errors import DataFileError
from bidi_news.segment.features import FEATURES, MARK_FEATURES
from bidi_news.segment.network import LEVELS, MODELS, ModelName, load_network, save_network


@pytest.mark.parametrize("name", MODELS)
def test_shipped_models_fit_the_features_of_this_version(name: ModelName) -> None:
    """A model was trained on the very features that are computed now."""
    assert load_network(name).inputs == ((*FEATURES, *MARK_FEATURES) if name == "html" else FEATURES)


@pytest.mark.parametrize("name", MODELS)
def test_no_sum_can_leave_the_whole_numbers_that_float32_holds(name: ModelName) -> None:
    """The largest possible sum of every unit stays below 2**24, so that the order of adding never shows."""
    for layer in load_network(name).layers:
        largest = np.abs(layer.weights.astype(np.float64)).sum(axis=(0, 1)) * LEVELS + np.abs(layer.biases)
        assert largest.max() < 2**24
        assert np.array_equal(layer.weights, np.round(layer.weights))


def test_a_page_scores_the_same_alone_and_among_others() -> None:
    """Lines see only lines of their own page, however many others there are."""
    random = np.random.default_rng(7)
    network = load_network("text")
    sizes = [1, 5, 40, 2, 17]
    features = np.floor(random.random((sum(sizes), len(network.inputs))) * (LEVELS + 1)).astype(np.float32)
    pages = np.repeat(np.arange(len(sizes)), sizes)
    together = network.scores(features, pages)
    for page in range(len(sizes)):
        rows = pages == page
        assert np.array_equal(network.scores(features[rows], pages[rows]), together[rows])


def test_no_lines_have_no_scores() -> None:
    """An empty batch is nothing special."""
    network = load_network("text")
    scores = network.scores(np.zeros((0, len(network.inputs)), np.float32), np.zeros(0, np.int64))
    assert scores.shape == (0, len(network.outputs))


def test_a_saved_model_is_the_same_again() -> None:
    """Saving keeps every number, in an archive that needs no pickle."""
    network = load_network("text")
    with np.load(io.BytesIO(save_network(network)), allow_pickle=False) as archive:
        for index, layer in enumerate(network.layers):
            assert np.array_equal(archive[f"weights_{index}"], layer.weights)
            assert np.array_equal(archive[f"biases_{index}"], layer.biases)


def test_a_model_that_is_not_there_is_named() -> None:
    """A missing model is a data file error that names the file."""
    with pytest.raises(DataFileError, match=r"model/nothing\.npz"):
        load_network("nothing")
