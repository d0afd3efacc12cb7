"""Many pages of HTML as lexbor writes it, with what their evidence and their rendering both read: tags and values.

Example:
    >>> len(Markup.of([b"<p>one</p>", b"<p>two</p>"]).tags.starts)
    8
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from bidi_news.read.attributes import Quoted, find_quoted
from bidi_news.read.eights import padded
from bidi_news.read.tags import Tags, find_closers, find_tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bidi_news.read.eights import Bytes, Ints

__all__ = ["Markup"]


class Markup(NamedTuple):
    """Some pages, one after another, each with an element around it."""

    html: bytes
    data: Bytes  # the same
    tags: Tags
    closers: Ints  # :func:`~bidi_news.read.tags.find_closers` of them
    quoted: Quoted

    @classmethod
    def of(cls, pages: Sequence[bytes]) -> Self:
        """Find the tags of some pages and the values of their attributes.

        Args:
            pages: UTF-8 of HTML as lexbor serializes it.
        """
        # an element around each page closes whatever a broken one leaves open, and ends its last line
        html = padded([piece for page in pages for piece in (b"<html>", page, b"</html>")])
        data = np.frombuffer(html, np.uint8)
        bounds = np.array([*accumulate((len(page) + 13 for page in pages), initial=0)])
        tags = find_tags(html, bounds)
        return cls(html, data, tags, find_closers(tags), find_quoted(data))
