r"""What JSON-LD states of the body: some pages say their article's whole text a second time, for programs.

Example:
    >>> from bidi_news.batch import Batch, Document, Evidence
    >>> from bidi_news.model import Page
    >>> text = "Menu of the day\nA first paragraph."
    >>> evidence = Evidence(body="A first paragraph. And a second.")
    >>> document = Document(page=Page(text=text), text=text, evidence=evidence)
    >>> stated_shares(Batch.of([document])).tolist()
    [0.0, 1.0]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from bidi_news.batch import Batch, Document
from bidi_news.hashes import HashIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["stated_shares"]

_NEXT: Final = np.uint64(0x9E3779B97F4A7C15)  # odd: what a word's hash is multiplied by, so that order counts
_PAGE: Final = np.uint64(0xC2B2AE3D27D4EB4F)


def stated_shares(batch: Batch) -> NDArray[np.float64]:
    """Return the share of each line's words that stand in a body stated for its page, beside the same neighbour.

    A line of a page that states no body, and one without a word, has 0.
    """
    shares = np.zeros(len(batch.line_starts))
    stating = [page for page, document in enumerate(batch.documents) if document.evidence.body]
    if not stating:
        return shares
    bodies = Batch.of(
        [Document(page=batch.documents[i].page, text=batch.documents[i].evidence.body or "") for i in stating]
    )
    _, known = _pairs(bodies, np.array(stating, np.uint64), np.arange(len(bodies.word_hashes)))
    if not known.size:
        return shares
    states = np.zeros(len(batch.documents), bool)
    states[stating] = True
    words = np.flatnonzero(np.repeat(states, _page_words(batch)))
    first, own = _pairs(batch, np.arange(len(batch.documents), dtype=np.uint64), words)
    said = first[HashIndex.of(known).find(own)[0]]
    stated = np.zeros(len(batch.word_hashes), np.int64)
    stated[said] = 1
    stated[said + 1] = 1
    return batch.line_sums(stated) / np.maximum(np.diff(batch.line_words), 1)


def _pairs(
    batch: Batch, names: NDArray[np.uint64], words: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Return those of some words (all of their pages) that another follows, and a hash of both and the page's name."""
    pages = np.repeat(names, _page_words(batch))[words]
    followed = np.flatnonzero(pages[1:] == pages[:-1])
    first = words[followed]
    hashes = batch.word_hashes
    return first, (hashes[first] * _NEXT + hashes[first + 1]) ^ (pages[followed] * _PAGE)


def _page_words(batch: Batch) -> NDArray[np.int64]:
    """Return how many words each page has."""
    counts: NDArray[np.int64] = np.diff(batch.line_words[batch.page_lines])
    return counts
