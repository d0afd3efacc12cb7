"""What the elements around a line hold besides it: an article's paragraphs have a container of their own.

The container of a line is the smallest element that holds another line too; the next one up holds more. Prose is long
lines that are mostly no links.

Example:
    >>> import numpy as np
    >>> from bidi_news.read.eights import padded
    >>> from bidi_news.read.tags import find_tags
    >>> page = padded([b"<html><div><p>a<p>b</div><p>c</html>"])
    >>> tags = find_tags(page, np.array([0, 36]))
    >>> tags.depth.tolist()
    [1, 2, 3, 4, 3, 4, 3]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from bidi_news.marks import LEVELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bidi_news.read.eights import Ints
    from bidi_news.read.tags import Tags

__all__ = ["Contents", "container_marks"]

_PROSE: Final = 80  # bytes of a line that can be running text
_MAIN: Final = (0.6, 0.9)  # shares of a page's prose that make an element its main one


class Contents(NamedTuple):
    """The lines of all pages, by what they hold."""

    first: Ints
    """Tag before the first text of each line."""
    ink: Ints
    """Bytes of each line that are no white space."""
    linked: NDArray[np.float32]
    """Share of them that is inside links."""


def container_marks(tags: Tags, closers: Ints, contents: Contents) -> tuple[list[NDArray[np.floating]], list[Ints]]:
    """Return the marks of the lines that their containers make: shares, then counts.

    Args:
        tags: the tags of all pages.
        closers: :func:`~bidi_news.read.tags.find_closers` of them.
        contents: the lines.
    """
    first, ink, linked = contents
    lines = len(first)
    at = np.zeros(len(tags.starts) + 1, np.int64)  # lines before each tag
    at[first + 1] = 1
    at = at.cumsum()
    prose = np.where((ink >= _PROSE) & (linked < 0.5), ink, 0)
    links = (linked * ink).astype(np.int64)
    total_ink, total_links, total_prose = (np.append(0, column.cumsum()) for column in (ink, links, prose))
    page_lines = at.take(tags.first)
    page_prose = np.maximum(np.diff(total_prose.take(page_lines)), 1)
    page = np.repeat(np.arange(len(page_prose)), np.diff(page_lines))
    of_page = page_prose.take(page)
    opening = (tags.sign > 0).nonzero()[0]
    shares: list[NDArray[np.floating]] = []
    counts: list[Ints] = []
    # the depth of the smallest element around each line and the next, 0 at the end of a page
    between = np.zeros(lines + 1, np.int64)
    if lines:
        lowest = np.minimum.reduceat(tags.depth, first)
        between[1:-1] = np.minimum(lowest[:-1], tags.depth.take(first[1:]))
    width = len(tags.starts) + 1
    keys = tags.depth.take(opening) * np.int64(width) + opening
    keys.sort()
    low, high = np.arange(lines), np.arange(1, lines + 1)
    for _ in range(LEVELS):
        depth = np.maximum(np.maximum(between.take(low), between.take(high)), 1)
        opener = keys.take(keys.searchsorted(depth * width + first, side="right") - 1) - depth * width
        low, high = at.take(opener), at.take(closers.take(opener))
        held = total_ink.take(high) - total_ink.take(low)
        shares += [
            (total_prose.take(high) - total_prose.take(low)) / of_page,
            (total_links.take(high) - total_links.take(low)) / np.maximum(held, 1),
        ]
        counts += [high - low, held // np.maximum(high - low, 1)]
    held_prose = total_prose.take(at.take(closers.take(opening))) - total_prose.take(at.take(opening))
    opening_page = np.repeat(np.arange(len(page_prose)), np.diff(opening.searchsorted(tags.first)))
    for least in _MAIN:
        # such elements hold one another, so the last to open is the smallest
        enough = (held_prose >= least * page_prose.take(opening_page)).nonzero()[0]
        main = np.zeros(len(page_prose), np.int64)
        np.maximum.at(main, opening_page.take(enough), opening.take(enough))
        main = main.take(page)
        inside = (first >= main) & (first < closers.take(main)) & (main > tags.first[:-1].take(page))
        shares.append(inside.astype(np.float32))
        counts.append(np.where(inside, tags.depth.take(first) - tags.depth.take(main), 0))
    return shares, counts
