"""Features: whole numbers, the same alone and in a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bidi_news.batch import Batch, Document
from bidi_news.model import Page
from bidi_news.segment.features import FEATURES, line_features
from bidi_news.segment.lexical import count_words, language_names

if TYPE_CHECKING:
    from numpy.typing import NDArray

texts = st.text(alphabet="abC .\n\u05d0\u05d1\u0628,:1\u200f|\t\u4e00", max_size=120)


def batch(*pages: str) -> Batch:
    """Return a batch of plain texts."""
    return Batch.of([Document(page=Page(text=text), text=text) for text in pages])


def features(*pages: str) -> NDArray[np.float32]:
    """Return the features of a batch of plain texts."""
    whole = batch(*pages)
    return line_features(whole, count_words(whole))


@given(st.lists(texts, min_size=1, max_size=5))
def test_features_are_whole_and_do_not_hang_on_the_batch(pages: list[str]) -> None:
    """Every feature is a whole number from 0 to 255, and a page has the same ones alone."""
    together = features(*pages)
    assert together.shape[1] == len(FEATURES)
    assert bool(((together >= 0) & (together <= 255) & (together == np.floor(together))).all())
    alone = [features(page) for page in pages]
    assert np.array_equal(np.concatenate(alone), together)


def test_words_of_a_line_are_counted_by_category() -> None:
    """Stop words, interface, credit, byline and date words are counted; unknown words are not."""
    counts = count_words(batch("the end\nShare\nPhoto\nמאת\nJanuary\nxyzzy")).categories
    assert counts.tolist() == [*np.eye(5, dtype=int).tolist(), [0] * 5]


def test_languages_get_the_votes_of_their_words() -> None:
    """Stop words and scripts vote for their language."""
    names = language_names()
    votes = count_words(batch("the end of it\nשל הגשר ושל העיר\nللمدينة القديمة\nder Hund und die Katze")).votes
    assert [names[i] for i in votes.argmax(axis=1)] == ["en", "he", "ar", "de"]
