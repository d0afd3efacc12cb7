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
from bidi_news.read.eights import sorted_places

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


class _Sums(NamedTuple):
    """What the lines before some point hold in all; each array has one number more than there are tags or lines."""

    lines: Ints  # by tag
    ink: Ints  # by line, and so on
    links: Ints
    prose: Ints


class _Pages(NamedTuple):
    """The pages of the lines."""

    page: Ints  # index of the page of each line
    prose: Ints  # bytes of prose of each page, at least one


def container_marks(tags: Tags, closers: Ints, contents: Contents) -> tuple[list[NDArray[np.floating]], list[Ints]]:
    """Return the marks of the lines that their containers make: shares, then counts.

    Args:
        tags: the tags of all pages.
        closers: :func:`~bidi_news.read.tags.find_closers` of them.
        contents: the lines.
    """
    sums = _sums(contents, len(closers))
    bounds = sums.lines.take(tags.first)
    prose = np.maximum(np.diff(sums.prose.take(bounds)), 1)
    pages = _Pages(np.repeat(np.arange(len(prose)), np.diff(bounds)), prose)
    depth, around = _common_elements(tags, contents.first, pages.page)
    shares, counts = _level_marks(tags, closers, (depth, around), sums, pages)
    main_shares, main_counts = _main_marks(tags, closers, contents.first, sums, pages)
    return shares + main_shares, [*counts, *main_counts, depth[:-1]]


def _sums(contents: Contents, tags: int) -> _Sums:
    """Return the sums of the lines."""
    first, ink, linked = contents
    lines = np.zeros(tags + 1, np.int64)
    lines[first + 1] = 1
    links = (linked * ink).astype(np.int64)
    prose = np.where((ink >= _PROSE) & (linked < 0.5), ink, 0)
    return _Sums(lines.cumsum(), *(np.append(0, column.cumsum()) for column in (ink, links, prose)))


def _level_marks(
    tags: Tags, closers: Ints, common: tuple[Ints, Ints], sums: _Sums, pages: _Pages
) -> tuple[list[NDArray[np.floating]], list[Ints]]:
    """Return what each level of containers holds: shares of prose and of links, then lines and their mean length."""
    depth, around = common
    root, of_page = tags.first.take(pages.page), pages.prose.take(pages.page)
    shares: list[NDArray[np.floating]] = []
    counts: list[Ints] = []
    low, high = np.arange(len(depth) - 1), np.arange(1, len(depth))
    for _ in range(LEVELS):
        opener = around.take(np.where(depth.take(low) > depth.take(high), low, high))
        opener = np.maximum(opener, root)
        low, high = sums.lines.take(opener), sums.lines.take(closers.take(opener))
        held = sums.ink.take(high) - sums.ink.take(low)
        links = sums.links.take(high) - sums.links.take(low)
        shares += [(sums.prose.take(high) - sums.prose.take(low)) / of_page, links / np.maximum(held, 1)]
        counts += [high - low, held // np.maximum(high - low, 1)]
    return shares, counts


def _common_elements(tags: Tags, first: Ints, page: Ints) -> tuple[Ints, Ints]:
    """Return depth and tag of the smallest element around each line and the one before it; 0 and -1 between pages.

    The last of each is for what comes after the last line.
    """
    depth, around = np.zeros(len(first) + 1, np.int64), np.full(len(first) + 1, -1)
    if len(first) > 1:
        lowest = np.minimum.reduceat(tags.depth, first)
        depth[1:-1] = np.minimum(lowest[:-1], tags.depth.take(first[1:]))
        depth[1:-1] *= page[1:] == page[:-1]  # a page may leave elements open
    within = (depth > 0).nonzero()[0]
    # of the elements at a depth the last to begin before a line is the one around it
    width = len(tags.starts) + 1
    opening = (tags.sign > 0).nonzero()[0]
    opening = opening.take(sorted_places(tags.depth.take(opening)))
    keys = tags.depth.take(opening) * np.int64(width) + opening
    base = depth.take(within) * width
    around[within] = keys.take(keys.searchsorted(base + first.take(within), side="right") - 1) - base
    return depth, around


def _main_marks(
    tags: Tags, closers: Ints, first: Ints, sums: _Sums, pages: _Pages
) -> tuple[list[NDArray[np.floating]], list[Ints]]:
    """Return for each share of _MAIN whether each line is in the main element of its page, and how deep in it."""
    opening = (tags.sign > 0).nonzero()[0]
    held = sums.prose.take(sums.lines.take(closers.take(opening))) - sums.prose.take(sums.lines.take(opening))
    opening_page = np.repeat(np.arange(len(pages.prose)), np.diff(opening.searchsorted(tags.first)))
    of_page = pages.prose.take(opening_page)
    root = tags.first.take(pages.page)
    shares: list[NDArray[np.floating]] = []
    counts: list[Ints] = []
    for least in _MAIN:
        # such elements hold one another, so the last to open is the smallest
        enough = (held >= least * of_page).nonzero()[0]
        main = tags.first[:-1].copy()
        np.maximum.at(main, opening_page.take(enough), opening.take(enough))
        main = main.take(pages.page)
        inside = (main > root) & (first >= main) & (first < closers.take(main))
        shares.append(inside.astype(np.float32))
        counts.append(np.where(inside, tags.depth.take(first) - tags.depth.take(main), 0))
    return shares, counts
