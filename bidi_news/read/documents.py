"""Pages of any kind into documents: the one door between sources and the batch.

Example:
    >>> from bidi_news.model import Page
    >>> [document.text for document in read_pages([Page(text="a"), Page(data=b"b"), Page(html="<p>c")])]
    ['a', 'b', 'c']
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bidi_news.batch import Document
from bidi_news.read.encoding import Order, identify, looks_like_html, scrub
from bidi_news.read.mojibake import repair

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bidi_news.model import Page

__all__ = ["read_pages"]


def read_pages(pages: Iterable[Page], encoding: str | None = None) -> list[Document]:
    """Return the document of each page, in order; a failed page has an empty one.

    Bytes are decoded and, unless their source says what they hold, taken for HTML when they look like it. Garbled lines
    are put right, and lines in visual order into reading order. What was done stands in the issues.

    Args:
        pages: the pages.
        encoding: label of the encoding of all bytes, as the user chose it; text in it is taken as it is.
    """
    documents: list[Document | None] = []
    markup: list[tuple[int, Page]] = []
    visual: list[int] = []
    for index, given in enumerate(pages):
        page, order = _decoded(given, encoding)
        if order == "visual":
            visual.append(index)
        if page.html is not None:
            markup.append((index, page))
            documents.append(None)
        else:
            documents.append(_plain(page, repairs=encoding is None))
    if markup:
        from bidi_news.read.html import read_html  # noqa: PLC0415  (the HTML parser, where there is HTML)

        read = read_html([page for _, page in markup], repairs=encoding is None)
        for (index, _), document in zip(markup, read, strict=True):
            documents[index] = document
    done = [document for document in documents if document is not None]
    for index in visual:
        from bidi_news.read.visual import in_reading_order  # noqa: PLC0415  (for old pages only)

        done[index] = in_reading_order(done[index])
    return done


def _plain(page: Page, *, repairs: bool) -> Document:
    """Return the document of a page of plain text, or of a failed page."""
    text, issues = scrub(page.text or "")
    if repairs:
        text, repaired = repair(text)
        issues += repaired
    return Document(page=page, text=text, issues=(*page.issues, *issues))


def _decoded(page: Page, chosen: str | None) -> tuple[Page, Order]:
    """Return a page with its bytes decoded, and the order of its Hebrew."""
    if page.data is None:
        return page, "logical"
    encoding = identify(page.data, page.encoding, chosen=chosen)
    text, issues = encoding.read(page.data)
    issues = (*page.issues, *issues)
    if page.form == "html" or (page.form is None and looks_like_html(text)):
        return replace(page, data=None, html=text, issues=issues), encoding.order
    return replace(page, data=None, text=text, issues=issues), encoding.order
