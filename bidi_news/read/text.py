"""A file that is one page: plain text or HTML, in any encoding.

Example:
    >>> text_page(b"one page", "page.txt").form
    'text'
"""

from __future__ import annotations

from bidi_news.model import Page

__all__ = ["html_page", "text_page"]


def text_page(data: bytes, name: str | None) -> Page:
    """Return the page of a plain-text file.

    Args:
        data: the whole file.
        name: its path as given, which becomes the id; None for a stream.
    """
    return Page(id=name, data=data, form="text")


def html_page(data: bytes, name: str | None) -> Page:
    """Return the page of an HTML file; arguments as for :func:`text_page`.

    Example:
        >>> html_page(b"<p>text", "page.html").form
        'html'
    """
    return Page(id=name, data=data, form="html")
