r"""Spellings found through unseen characters, and the edits that drop these where they are to go.

A soft hyphen or a control inside a name hides the name from the matcher. So spellings are looked for in the text
without such characters, and their places are those of the text with them: an edit replaces what it passes over.

Example:
    >>> from bidi_news.batch import Batch, Document
    >>> from bidi_news.model import Page
    >>> batch = Batch.of([Document(page=Page(text=""), text="a\u200eb \u200f")])
    >>> edits = find_through_unseen(batch, lambda batch: [()] * len(batch.documents), controls="strip")
    >>> [(edit.start, edit.end, edit.canonical) for edit in edits[0]]
    [(1, 2, ''), (4, 5, '')]
"""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from bidi_news.batch import Batch
from bidi_news.model import Edit
from bidi_news.unicode.controls import passable, strippable

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from bidi_news.options import BidiControls

__all__ = ["find_through_unseen"]


def find_through_unseen(
    batch: Batch, find: Callable[[Batch], list[tuple[Edit, ...]]], *, controls: BidiControls
) -> list[tuple[Edit, ...]]:
    """Return the edits of each page, found as if its unseen characters were not there.

    Args:
        batch: the pages.
        find: what finds the edits of spellings.
        controls: ``keep`` passes over the characters that only hide a word and leaves all of them where nothing is
            replaced; ``strip`` passes over all that can be dropped, and drops them.

    Returns:
        One tuple per page, in page order; replace-edits are disjoint. An edit that drops characters has the rule
        ``unseen`` and an empty canonical form.
    """
    edits = find(batch)
    strip = controls == "strip"
    pattern = strippable() if strip else passable()
    runs = _runs(batch, pattern)
    if not runs:
        return edits
    texts = {page: pattern.sub("", batch.documents[page].text) for page in runs}
    bare = Batch.of([replace(batch.documents[page], text=text) for page, text in texts.items()])
    for page, own in zip(runs, find(bare), strict=True):
        text = batch.documents[page].text
        placed, covered = _placed(text, runs[page], own)
        dropped = [_dropping(text, *run) for run, inside in zip(runs[page], covered, strict=True) if not inside]
        edits[page] = tuple(sorted((*placed, *dropped), key=attrgetter("start", "end"))) if strip else tuple(placed)
    return edits


def _runs(batch: Batch, pattern: re.Pattern[str]) -> dict[int, list[tuple[int, int]]]:
    """Return the runs of unseen characters that a pattern holds, by page; it is tried only where one stands."""
    runs: dict[int, list[tuple[int, int]]] = {}
    pages = batch.page_of(batch.unseen_starts)
    places = batch.offsets(batch.unseen_starts, pages)
    for page, place in zip(pages.tolist(), places.tolist(), strict=True):
        run = pattern.match(batch.documents[page].text, place)
        if run and not (page in runs and place < runs[page][-1][1]):
            runs.setdefault(page, []).append(run.span())
    return runs


def _placed(text: str, runs: list[tuple[int, int]], edits: tuple[Edit, ...]) -> tuple[list[Edit], list[bool]]:
    """Return edits of the text without some runs as edits of the whole text, and which runs are inside of them."""
    lengths = np.cumsum([0, *(end - start for start, end in runs)])
    starts = np.array([start for start, _ in runs])
    bare_starts = starts - lengths[:-1]

    def whole(place: int) -> int:
        return place + int(lengths[np.searchsorted(bare_starts, place, side="right")])

    placed = []
    covered = np.zeros(len(runs), bool)
    for edit in edits:
        start, end = whole(edit.start), whole(edit.end - 1) + 1
        placed.append(replace(edit, start=start, end=end, surface=text[start:end]))
        if edit.action == "replace":
            covered[slice(*np.searchsorted(starts, (start, end)))] = True
    return placed, covered.tolist()


def _dropping(text: str, start: int, end: int) -> Edit:
    """Return the edit that drops a run of unseen characters."""
    return Edit(
        start=start,
        end=end,
        surface=text[start:end],
        canonical="",
        lexeme="unseen",
        family="unseen",
        action="replace",
        rule="unseen",
        score=1.0,
    )
