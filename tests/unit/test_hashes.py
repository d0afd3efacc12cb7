"""Hashes of words, and how the known ones are found among others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidi_news.hashes import HashIndex, hash_words

NUMBERS = st.integers(0, 2**64 - 1) | st.integers(0, 3).map(lambda low: low << 46 | low)
"""Hashes, some of which have their lowest or their highest bits in common."""


@pytest.mark.parametrize(
    ("first", "second", "equal"),
    [
        ("SHIITE", "shiite", True),
        ("חמאס", "חמאס", True),
        ("Shiite", "Shiites", False),
        ("Basra", "Busra", False),
        ("internationally", "internationalls", False),
    ],
)
def test_hash_words_folds_ascii_case_only(first: str, second: str, equal: bool) -> None:  # noqa: FBT001
    """Equal words in another ASCII case have one hash; these near misses do not."""
    assert bool(hash_words([first])[0] == hash_words([second])[0]) is equal


def test_no_words_have_no_hashes() -> None:
    """A list without a word gives an array without an element."""
    assert hash_words([]).size == 0


@given(st.lists(NUMBERS, min_size=1, max_size=30), st.lists(NUMBERS, max_size=30))
def test_an_index_finds_what_a_search_one_by_one_finds(known: list[int], strangers: list[int]) -> None:
    """All known hashes are found, each as the first of its like, in order; nothing else is."""
    asked = [*strangers, *known, *strangers]
    at, rows = HashIndex.of(np.array(known, np.uint64)).find(np.array(asked, np.uint64))
    assert list(zip(at.tolist(), rows.tolist(), strict=True)) == [
        (place, known.index(number)) for place, number in enumerate(asked) if number in known
    ]
