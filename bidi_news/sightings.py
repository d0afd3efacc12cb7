r"""The lines of pages as learning from them needs them: what each line says, and whether it may be learned.

A line says what the sum of its words' hashes says, as everywhere; a lone figure in it can be left out of the sum, so
that "12 comments" and "7 comments" say the same.

Example:
    >>> from bidi_news.model import Page
    >>> from bidi_news.pipeline import label_batches
    >>> (labelled,) = label_batches([Page(text="12 comments\nShare"), Page(text="7 comments\nShare")])
    >>> first, second = see_pages(labelled)
    >>> (first.exact == second.exact).tolist(), (first.folded == second.folded).tolist()
    ([False, True], [True, True])
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from bidi_news.dates import find_publication
from bidi_news.habits import Dated, dated
from bidi_news.model import Label
from bidi_news.options import Options
from bidi_news.segment import LABELS
from bidi_news.segment.lexical import CATEGORIES, count_words
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from bidi_news.pipeline import Labelled

__all__ = ["LONGEST", "Sighting", "article_numbers", "see_pages"]

_UNDECIDED: Final = Options()
LONGEST: Final = 500
"""Code points of the longest line that is learned: longer ones are texts, and a profile is to be read by people."""

_LARGEST: Final = 200_000  # code points of a page; no page of an outlet is larger, and each is held in memory
_PARAGRAPH: Final = 60  # characters of a line that can tell one article from another
_PARAGRAPHS: Final = 3  # of them, the longest
_TITLE: Final = 4  # words, figures left out, of a line that may be another article's title
_INTERFACE, _DATE = CATEGORIES.index("ui"), CATEGORIES.index("date")
_BODY = LABELS.index(Label.BODY)
# What says who and when recurs too: an agency, a reporter, the day. It is never chrome.
_WHO_AND_WHEN: Final = [LABELS.index(label) for label in (Label.BYLINE, Label.TIMESTAMP, Label.CREDIT)]
_CHROME: Final = LABELS.index(Label.CHROME)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sighting:
    """One page, with the lines that have a word; each array has an entry for each of them, in order."""

    rank: int
    """A number that only the page's address and text decide: which pages are kept does not hang on their order."""
    address: str | None
    """Its address, without a fragment."""
    story: int
    """The same for pages with the same longest paragraphs; without a paragraph, for pages with the same words."""
    language: str
    """BCP 47 tag of its body."""
    crawled_at: datetime | None
    """When it was fetched."""
    dated: Dated
    """What it tells about its outlet's dates."""
    text: str
    """Its text."""
    starts: NDArray[np.int32]
    """First code point of each line."""
    ends: NDArray[np.int32]
    """Code point after the last one."""
    exact: NDArray[np.uint64]
    """Sum of the hashes of its words."""
    folded: NDArray[np.uint64]
    """The same without a figure that is the only one among other words; 0 where the line may be learned as it stands
    only: it has several figures, or says a date."""
    told: NDArray[np.bool_]
    """Whether it says who or when, is nothing but figures, or is longer than what is learned."""
    text_like: NDArray[np.bool_]
    """Whether the program took it for a part of an article."""
    title_like: NDArray[np.bool_]
    """Whether it may be the title of another article: several words, none of the interface, no full stop."""


def see_pages(labelled: Labelled) -> Iterator[Sighting | None]:
    """Give what is to be seen of each page of a batch, in order; None for a page without words, failed or too large."""
    batch, blocks = labelled.batch, labelled.segments.blocks
    labels = np.asarray(blocks.labels)
    categories = count_words(batch).categories
    figures = batch.classes[batch.word_starts] == CharClass.DIGIT.value
    words, numbers = np.diff(batch.line_words), batch.line_sums(figures.astype(np.int64))
    exact = batch.line_sums(batch.word_hashes)
    folded = batch.line_sums(np.where(figures, np.uint64(0), batch.word_hashes))
    folded[(numbers > 1) | ((numbers == 1) & (categories[:, _DATE] > 0))] = 0
    starts, ends = batch.line_offsets
    # what a profile says already must not decide what is learned for it
    publications = find_publication(batch, labels, [None] * len(batch.documents), _UNDECIDED)
    stopped = batch.data[batch.line_ends - 1] == ord(".")
    told = np.isin(labels, _WHO_AND_WHEN) | (numbers == words) | (ends - starts > LONGEST)
    title_like = (words - numbers >= _TITLE) & (categories[:, _INTERFACE] == 0) & ~stopped
    for index, (low, high) in enumerate(pairwise(batch.page_lines.tolist())):
        document = batch.documents[index]
        lines = low + np.flatnonzero(words[low:high])
        if document.page.failure is not None or not lines.size or len(document.text) > _LARGEST:
            yield None
            continue
        address = (document.page.url or document.evidence.canonical or "").partition("#")[0] or None
        yield Sighting(
            rank=_rank(address, document.text),
            address=address,
            story=_story(exact[lines], (ends - starts)[lines], labels[lines] == _BODY),
            language=labelled.segments.page_languages[index],
            crawled_at=document.page.crawled_at,
            dated=dated(address, publications[index]),
            text=document.text,
            starts=starts[lines],
            ends=ends[lines],
            exact=exact[lines],
            folded=folded[lines],
            told=told[lines],
            text_like=labels[lines] != _CHROME,
            title_like=title_like[lines],
        )


def article_numbers(pages: Sequence[Sighting]) -> list[int]:
    """Return a number for the article of each page: pages that share an address or a story share it.

    Example:
        >>> article_numbers([])
        []
    """
    parents = list(range(len(pages)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    first: dict[object, int] = {}
    for index, page in enumerate(pages):
        for mark in (page.address, page.story):
            if mark is not None:
                parents[root(index)] = root(first.setdefault(mark, index))
    roots = {number: place for place, number in enumerate(dict.fromkeys(map(root, parents)))}
    return [roots[root(index)] for index in parents]


def _rank(address: str | None, text: str) -> int:
    """Return the number by which pages are kept."""
    return int.from_bytes(blake2b(f"{address}\0{text}".encode(), digest_size=8).digest())


def _story(exact: NDArray[np.uint64], lengths: NDArray[np.int32], body: NDArray[np.bool_]) -> int:
    """Return what tells a page's article: its longest paragraphs, or all it says where it has none."""
    paragraphs = np.flatnonzero(body & (lengths >= _PARAGRAPH))
    if not paragraphs.size:
        return int(exact.sum())
    order = np.lexsort((exact[paragraphs], -lengths[paragraphs].astype(np.int64)))
    return int(exact[paragraphs[order[:_PARAGRAPHS]]].sum())
