"""The main part of an HTML page: the smallest element that holds half of what the network takes for body, or more.

A site tells its other stories in the same sentences, but in other elements.

Example:
    >>> depths = np.array([0, 1, 3, 3, 1])  # a line of the menu, a title, three paragraphs, a teaser
    >>> in_main_part(depths, np.zeros(5, np.int64), np.array([0, 20, 30, 25, 12])).tolist()
    [False, True, True, True, False]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

__all__ = ["in_main_part"]


def in_main_part(depths: Ints, pages: Ints, sizes: Ints) -> NDArray[np.bool_]:
    """Return which lines are in the main part of their page; all of them where nothing is body.

    An element with half of the body holds the line in its middle. So it is one of those around this line, and each of
    them is the lines that share a certain depth with it.

    Args:
        depths: depth of the smallest element around each line and the one before it.
        pages: number of the page of each line, never falling.
        sizes: length of each line that is body, 0 of others.
    """
    if not len(depths):
        return np.zeros(0, bool)
    starts = np.flatnonzero(np.append(True, pages[1:] != pages[:-1]))
    page = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(pages)))
    total = np.add.reduceat(sizes, starts)
    before = np.cumsum(sizes) - sizes
    before -= before[starts][page]
    middle = starts + np.add.reduceat((2 * (before + sizes) < total[page]).astype(np.int64), starts)
    depths = depths.copy()
    depths[starts] = 0
    shared = _shared_depths(depths, page, middle)
    width = int(shared.max()) + 1
    held = np.bincount(page * width + shared, sizes, len(starts) * width).reshape(-1, width)
    held = held[:, ::-1].cumsum(axis=1)[:, ::-1]  # of the lines that share a depth or more
    depth = np.count_nonzero(2 * held >= total[:, None], axis=1) - 1
    inside: NDArray[np.bool_] = (shared >= depth[page]) | (total == 0)[page]
    return inside


def _shared_depths(depths: Ints, page: Ints, middle: Ints) -> Ints:
    """Return the depth of the smallest element around each line and the middle one of its page; of this, and another.

    Args:
        depths: of the smallest element around each line and the one before it; 0 for the first line of a page.
        page: index of the page of each line, with no gap.
        middle: line in the middle of each page.
    """
    below = np.append(depths[1:], 0)
    own = np.maximum(depths, below)[middle]
    # the running minimum of each page begins below all of the pages before it
    apart = int(depths.max()) + 1
    index = np.arange(len(depths))
    after = index >= middle[page]
    down, up = np.where(after, depths, apart), np.where(after, apart, below)
    down[middle] = apart
    down = np.minimum.accumulate(down - page * (apart + 1)) + page * (apart + 1)
    last = page[-1] - page
    up = (np.minimum.accumulate((up - last * (apart + 1))[::-1])[::-1]) + last * (apart + 1)
    shared = np.where(after, down, up)
    shared[middle] = own
    return shared
