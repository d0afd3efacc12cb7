"""The letters of names as vectors."""

from __future__ import annotations

import numpy as np
import pytest

from bidi_news.errors import DataFileError
from bidi_news.resources import read_text
from bidi_news.variants import vectors
from bidi_news.variants.alphabet import LONGEST, spell
from bidi_news.variants.vectors import encode, join_words, load_weights

NAMES = ["ben gurion", "", "בן גוריון", "ab " * 40 + "שלום " * 20, "gurion"]


def test_names_joined_of_words_are_those_encoded_whole() -> None:
    """Names of words that are encoded once have the letters, vectors and scripts of names encoded by themselves."""
    weights = load_weights()
    names = [name.strip() for name in NAMES]
    flat = " ".join(names).split(" ")
    words = list(dict.fromkeys(flat))
    parts = np.array([words.index(word) for word in flat])
    counts = np.array([name.count(" ") + 1 for name in names])
    joined, whole = join_words(encode(spell(words), weights), parts, counts), encode(spell(names), weights)
    assert joined.starts.tolist() == whole.starts.tolist()
    assert joined.scripts.tolist() == whole.scripts.tolist()
    assert np.diff(joined.starts).max() == LONGEST
    assert (joined.codes[joined.letters] == whole.codes).all()
    assert (joined.vectors[joined.letters] == whole.vectors).all()
    assert (joined.alone[joined.letters] == whole.alone).all()


def test_sums_are_whole_numbers_that_float32_holds() -> None:
    """No sum of products in the network can leave the whole numbers of float32, whatever the name."""
    weights = load_weights()
    for array in (weights.context, weights.bias, weights.vectors, weights.gaps, weights.signs):
        assert (array == np.rint(array)).all()
    assert np.abs(weights.vectors).sum(0).max() * vectors.LEVELS < 2**24
    assert np.abs(weights.gaps).sum() * vectors.LEVELS < 2**24
    assert weights.vectors.shape[1] * 127**2 < 2**24


@pytest.mark.parametrize(("old", "new"), [("\na\tb\t", "\na\tbb\t"), ("\na\t-\t", "\na\t-\tx")])
def test_malformed_costs_are_refused(monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    """A wrong letter or worth in the table is an error with its line."""
    text = read_text(vectors.COSTS)
    assert old in text
    monkeypatch.setattr(vectors, "read_text", lambda _: text.replace(old, new))
    with pytest.raises(DataFileError) as caught:
        load_weights.__wrapped__()
    assert caught.value.line is not None
