r"""Edits that drop unseen characters, and spellings found as if they had been dropped already.

A control inside a name hides the name from the matcher; dropped, it would be found the next time. So spellings are
looked for in the text without them, and their places are those of the text with them.

Example:
    >>> from bidi_news.batch import Batch, Document
    >>> from bidi_news.model import Page
    >>> batch = Batch.of([Document(page=Page(text=""), text="a\u200eb \u200f")])
    >>> [(edit.start, edit.end, edit.canonical) for edit in strip_unseen(batch, lambda batch: [()])[0]]
    [(1, 2, ''), (4, 5, '')]
"""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from bidi_news.batch import Batch
from bidi_news.model import Edit
from bidi_news.unicode.controls import strippable

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["strip_unseen"]


def strip_unseen(batch: Batch, find: Callable[[Batch], list[tuple[Edit, ...]]]) -> list[tuple[Edit, ...]]:
    """Return the edits of each page that make its spellings canonical and drop its unseen characters.

    Args:
        batch: the pages.
        find: what finds the edits of spellings.

    Returns:
        One tuple per page, in page order; replace-edits are disjoint. An edit that drops characters has the rule
        ``unseen`` and an empty canonical form.
    """
    edits = find(batch)
    runs = {
        page: found
        for page, document in enumerate(batch.documents)
        if not document.text.isascii() and (found := [run.span() for run in strippable().finditer(document.text)])
    }
    if not runs:
        return edits
    texts = {page: strippable().sub("", batch.documents[page].text) for page in runs}
    bare = Batch.of([replace(batch.documents[page], text=text) for page, text in texts.items()])
    for page, own in zip(runs, find(bare), strict=True):
        edits[page] = _placed(batch.documents[page].text, runs[page], own)
    return edits


def _placed(text: str, runs: list[tuple[int, int]], edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """Return edits of the text without some runs as edits of the whole text, and those that drop the runs."""
    lengths = np.cumsum([0, *(end - start for start, end in runs)])
    bare_starts = np.array([start for start, _ in runs]) - lengths[:-1]

    def whole(place: int) -> int:
        return place + int(lengths[np.searchsorted(bare_starts, place, side="right")])

    placed = []
    covered = np.zeros(len(runs), bool)
    starts = np.array([start for start, _ in runs])
    for edit in edits:
        start, end = whole(edit.start), whole(edit.end - 1) + 1
        placed.append(replace(edit, start=start, end=end, surface=text[start:end]))
        if edit.action == "replace":
            covered[slice(*np.searchsorted(starts, (start, end)))] = True
    dropped = [_dropping(text, *run) for run, inside in zip(runs, covered.tolist(), strict=True) if not inside]
    return tuple(sorted((*placed, *dropped), key=attrgetter("start", "end")))


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
