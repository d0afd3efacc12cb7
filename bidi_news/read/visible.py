"""What of the tags and texts of HTML a reader sees: nothing of the head, of scripts, templates and vector pictures.

Example:
    >>> from bidi_news.read.eights import padded
    >>> from bidi_news.read.tags import find_closers, find_tags
    >>> page = b"<html><p>a<svg><path></path></svg>b</p></html>"
    >>> tags = find_tags(padded([page]), np.array([0, len(page)]))
    >>> seen = find_visible(tags, find_closers(tags))
    >>> seen.tags.starts.tolist(), seen.owner.tolist()
    ([0, 6, 35, 39], [1, 1])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bidi_news.read.tags import HIDDEN, Tags

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bidi_news.read.eights import Ints

__all__ = ["Visible", "find_visible", "inside"]


class Visible(NamedTuple):
    """The tags of all pages less those in hidden elements, and the stretches of text between them."""

    tags: Tags
    closers: Ints  # of each opening tag the one that closes it
    starts: Ints  # first byte of each stretch of text that is not empty
    sizes: Ints  # bytes of each
    owner: Ints  # index of the last tag before it


def inside(tags: Tags, closers: Ints, openers: Ints) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell for each tag, and for the text after each, whether some elements hold it.

    Args:
        tags: the tags of all pages.
        closers: :func:`~bidi_news.read.tags.find_closers` of them.
        openers: the tags that begin the elements; a void one holds itself.
    """
    ends = closers.take(openers)  # those after the last tag of each element
    ends += np.append(tags.sign, 0).take(ends) < 0
    ends[tags.sign.take(openers) == 0] = openers[tags.sign.take(openers) == 0] + 1
    opened = np.bincount(openers, minlength=len(closers) + 1)
    closed = np.bincount(ends, minlength=len(closers) + 1)
    closed_before = np.bincount(ends - 1, minlength=len(closers) + 1)
    opened = opened.cumsum()
    return opened[:-1] > closed.cumsum()[:-1], opened[:-1] > closed_before.cumsum()[:-1]


def find_visible(tags: Tags, closers: Ints) -> Visible:
    """Return what is seen of some pages."""
    hidden, text_hidden = inside(tags, closers, ((tags.flags & HIDDEN > 0) & (tags.sign >= 0)).nonzero()[0])
    sizes = np.append(tags.starts[1:], tags.ends[-1:]) - tags.ends
    text = ((sizes > 0) & ~text_hidden).nonzero()[0]
    kept = (~hidden).nonzero()[0]
    place = np.zeros(len(closers) + 1, np.int64)  # visible tags before each tag
    place[kept + 1] = 1
    place = place.cumsum()
    starts, ends, sign, kind, flags, first, depth = tags
    columns = (column.take(kept) for column in (starts, ends, sign, kind, flags))
    return Visible(
        tags=Tags(*columns, place.take(first), depth.take(kept)),
        closers=place.take(closers.take(kept)),
        starts=ends.take(text),
        sizes=sizes.take(text),
        owner=place.take(text + 1) - 1,
    )
