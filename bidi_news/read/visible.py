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
    from collections.abc import Iterator

    from bidi_news.read.eights import Ints

__all__ = ["Visible", "extents", "find_visible"]


class Visible(NamedTuple):
    """The tags of all pages less those in hidden elements, and the stretches of text between them."""

    tags: Tags
    closers: Ints  # of each opening tag the one that closes it
    starts: Ints  # first byte of each stretch of text that is not empty
    sizes: Ints  # bytes of each
    owner: Ints  # index of the last tag before it


def extents(tags: Tags, closers: Ints, openers: Ints) -> Iterator[slice]:
    """Give the tags of each of some elements, those inside another one left out.

    Args:
        tags: the tags of all pages.
        closers: :func:`~bidi_news.read.tags.find_closers` of them.
        openers: the tags that begin the elements, in order; a void one is all of its element.
    """
    ends = np.where(tags.sign.take(openers) > 0, closers.take(openers), openers)
    # an element left open ends before the first tag of the next page
    ends += np.append(tags.sign, 1).take(ends) <= 0
    done = 0
    for opener, end in zip(openers.tolist(), ends.tolist(), strict=True):
        if opener >= done:
            yield slice(opener, end)
            done = end


def find_visible(tags: Tags, closers: Ints) -> Visible:
    """Return what is seen of some pages."""
    sizes = np.append(tags.starts[1:], tags.ends[-1:]) - tags.ends
    seen = np.ones(len(closers), bool)
    for hidden in extents(tags, closers, ((tags.flags & HIDDEN > 0) & (tags.sign >= 0)).nonzero()[0]):
        seen[hidden] = False
        sizes[hidden.start : hidden.stop - 1] = 0  # the text after the last tag is seen
    text, kept = sizes.nonzero()[0], seen.nonzero()[0]
    place = np.zeros(len(closers) + 1, np.int64)  # visible tags before each tag
    seen.cumsum(out=place[1:])
    return Visible(
        tags=Tags(
            starts=tags.starts.take(kept),
            ends=tags.ends.take(kept),
            sign=tags.sign.take(kept),
            kind=tags.kind.take(kept),
            flags=tags.flags.take(kept),
            first=place.take(tags.first),
            depth=tags.depth.take(kept),
        ),
        closers=place.take(closers.take(kept)),
        starts=tags.ends.take(text),
        sizes=sizes.take(text),
        owner=place.take(text + 1) - 1,
    )
