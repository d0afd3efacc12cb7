"""Find the stamps of a batch: candidate lines, their stamps, what each says, and how each is decided.

Example:
    >>> from bidi_news.batch import Batch, Document
    >>> from bidi_news.dates.find import find_timestamps
    >>> from bidi_news.model import Page
    >>> from bidi_news.options import Options
    >>> page = Page(text="פורסם: 23.06.15 , 21:05")
    >>> batch = Batch.of([Document(page=page, text=page.text)])
    >>> [[stamp.iso for stamp in found] for found in find_timestamps(batch, None, [None], Options())]
    [['2015-06-23T21:05:00+03:00']]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bidi_news.dates.prefilter import find_triggers
from bidi_news.dates.reader import Line, PageReader
from bidi_news.dates.settle import settle
from bidi_news.model import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bidi_news.batch import Batch
    from bidi_news.model import Timestamp
    from bidi_news.options import Options
    from bidi_news.outlets import Outlet

__all__ = ["find_timestamps"]

_FEW_LINES = 5
_BODY = tuple(Label).index(Label.BODY)


def find_timestamps(
    batch: Batch, labels: NDArray[np.uint8] | None, outlets: Sequence[Outlet | None], options: Options
) -> list[tuple[Timestamp, ...]]:
    """Find and decide the timestamps of every page of a batch.

    Args:
        batch: the pages.
        labels: for each line of the batch the index of its label in ``tuple(Label)``; None where lines have none.
        outlets: for each page its profile, or None.
        options: choices of the run.

    Returns:
        For each page its stamps: those of the markup, then those of the text in order. Offsets are code points of the
        page's text, and ``text[start:end]`` is the raw stamp. At most 500 passages of a page are read.
    """
    pages = _lines_with_triggers(batch)
    found: list[tuple[Timestamp, ...]] = []
    for page, (document, outlet) in enumerate(zip(batch.documents, outlets, strict=True)):
        if (
            not pages[page]
            and not document.evidence.stamps
            and not document.page.url
            and not document.evidence.canonical
        ):
            found.append(())
            continue
        known = labels if labels is not None and _has_context(batch, page, labels) else None
        reader = PageReader(batch, page, known, outlet.stamp_labels if outlet else {})
        found.append(settle(batch, page, reader.candidates(pages[page]), outlet, options))
    return found


def _lines_with_triggers(batch: Batch) -> list[list[Line]]:
    """Return the lines of each page that may hold a stamp."""
    pages: list[list[Line]] = [[] for _ in batch.documents]
    triggers = find_triggers(batch)
    if not triggers.size:
        return pages
    indexes, firsts = np.unique(batch.line_of(triggers), return_index=True)
    owners = batch.line_pages[indexes]
    points, _ = batch.spans(triggers, triggers, np.repeat(owners, np.diff(firsts, append=len(triggers))))
    starts, ends = batch.spans(batch.line_starts[indexes], batch.line_ends[indexes], owners)
    begins = [*firsts.tolist(), len(points)]
    for place, (page, index) in enumerate(zip(owners.tolist(), indexes.tolist(), strict=True)):
        pages[page].append(Line(index, starts[place], ends[place], points[begins[place] : begins[place + 1]]))
    return pages


def _has_context(batch: Batch, page: int, labels: NDArray[np.uint8]) -> bool:
    """Say whether a page is more than a few lines around a stamp, which no segmentation can tell from furniture."""
    lines = labels[batch.page_lines[page] : batch.page_lines[page + 1]]
    return len(lines) > _FEW_LINES or bool((lines == _BODY).any())
