"""Pages whose id came before, marked as such in memory of twenty bytes or so for each id.

Example:
    >>> pages = with_repeats([Page(id=1, text="a"), Page(id=1, text="b")])
    >>> [[issue.code for issue in page.issues] for page in pages if page]
    [[], ['repeated_id']]
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import replace
from heapq import merge
from typing import TYPE_CHECKING

from bidi_news.model import Issue, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["with_repeats"]

_TOLD = (str, int, float)  # types of the ids that are compared
_RECENT = 1 << 18  # ids that are kept as they come, before they are sorted among the others


def with_repeats(pages: Iterable[Page | None]) -> Iterator[Page | None]:
    """Hand pages through, and None, and mark those pages whose id came before."""
    seen = _Seen()
    for page in pages:
        if page is not None and isinstance(page.id, _TOLD) and not seen.add(hash((type(page.id), page.id))):
            issue = Issue(code="repeated_id", message="an earlier page of this run has the same id")
            yield replace(page, issues=(*page.issues, issue))
        else:
            yield page


class _Seen:
    """Numbers of 64 bits that came before: 8 bytes for each, and for the last eighth of them what a set takes."""

    def __init__(self) -> None:
        self._recent: set[int] = set()
        self._sorted = array("q")

    def add(self, number: int) -> bool:
        """Add a number, and say whether it is new."""
        if number in self._recent:
            return False
        place = bisect_left(self._sorted, number)
        if place < len(self._sorted) and self._sorted[place] == number:
            return False
        self._recent.add(number)
        if len(self._recent) >= max(_RECENT, len(self._sorted) // 8):  # so rarely that all of it is linear
            self._sorted = array("q", merge(self._sorted, sorted(self._recent)))
            self._recent = set()
        return True
