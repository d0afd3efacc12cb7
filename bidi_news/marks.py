"""Names of what the markup can say about a line: the columns of :attr:`bidi_news.batch.Document.marks`.

Reading makes them, segmenting learns from them.

Example:
    >>> MARKS[0], MARKS[-1]
    ('a', 'links')
"""

from __future__ import annotations

from typing import Final

__all__ = ["GROUPS", "KINDS", "MARKS"]

KINDS: Final = (
    *("a", "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "nav", "footer", "header", "aside", "article", "main"),
    *("figure", "figcaption", "time", "table", "form", "button", "blockquote", "label", "strong", "em"),
)
"""Elements whose presence around a line is one of its marks."""
GROUPS: Final = (
    *("content", "comment", "share", "related", "nav", "footer", "ad", "media", "byline", "date", "headline", "deck"),
    *("aside", "form", "topic"),
)
"""Groups of attribute words (``data/html/words.tsv``); a line has those of every element around it."""
MARKS: Final = (*KINDS, *(f"class:{group}" for group in GROUPS), "depth", "tags", "links")
"""For each element and group the share of the line's ink inside one (0 to 1); then
nesting depth, tags and links per line, as counts."""
