"""Names of what the markup can say about a line: the columns of :attr:`bidi_news.batch.Document.marks`.

Reading makes them, segmenting learns from them.

Example:
    >>> MARKS[0], MARKS[-1]
    ('a', 'links')
"""

from __future__ import annotations

from typing import Final

__all__ = ["COUNTS", "GROUPS", "KINDS", "LEVELS", "MARKS"]

KINDS: Final = (
    *("a", "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "nav", "footer", "header", "aside", "article", "main"),
    *("figure", "figcaption", "time", "table", "form", "button", "blockquote", "label", "strong", "em"),
)
"""Elements whose presence around a line is one of its marks."""
GROUPS: Final = (
    *("content", "comment", "share", "related", "nav", "footer", "ad", "media", "byline", "date", "headline", "deck"),
    *("aside", "form", "topic", "hidden"),
)
"""Groups of attribute words (``data/html/words.tsv``); a line has those of every element around it. What an element
hides, until the reader opens it or for good, is rendered all the same: articles stand there, too."""
LEVELS: Final = 3
"""Containers of a line whose contents are marks: the smallest element that holds another line too, and the next ones
that hold more."""
_CONTAINERS: Final = tuple(f"container_{level}_{name}" for level in range(LEVELS) for name in ("prose", "links"))
COUNTS: Final = (
    *(f"container_{level}_{name}" for level in range(LEVELS) for name in ("lines", "mean")),
    *("main_60_depth", "main_90_depth", "shared_depth", "depth", "tags", "links"),
)
"""Those of the marks that are whole numbers."""
MARKS: Final = (
    *KINDS,
    *(f"class:{group}" for group in GROUPS),
    *_CONTAINERS,
    *("main_60", "main_90"),
    *COUNTS,
)
"""For each element and group the share of the line's ink inside one (0 to 1); for each container its share of the
page's prose, and of links in it; whether the line is in the smallest element with so much of the page's prose; then
counts: lines of each container and their mean length, depth inside these elements, depth of the smallest element around
the line and the one before it, nesting depth, tags and links."""
