"""A file that is one page: plain text or HTML.

Example:
    >>> text_page("כותרת".encode("cp1255"), "page.txt").text
    'כותרת'
"""

from __future__ import annotations

from bidi_news.model import Page
from bidi_news.read.encoding import decode

__all__ = ["html_page", "text_page"]


def text_page(data: bytes, name: str | None) -> Page:
    """Return the page of a plain-text file.

    Args:
        data: the whole file.
        name: its path as given, which becomes the id; None for a stream.
    """
    text, issues = decode(data)
    return Page(id=name, text=text, issues=issues)


def html_page(data: bytes, name: str | None) -> Page:
    """Return the page of an HTML file; arguments as for :func:`text_page`.

    Example:
        >>> html_page(b"<p>text", "page.html").html
        '<p>text'
    """
    html, issues = decode(data)
    return Page(id=name, html=html, issues=issues)
