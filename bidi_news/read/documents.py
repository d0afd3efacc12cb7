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
from bidi_news.read.encoding import decode, looks_like_html, scrub

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bidi_news.model import Page

__all__ = ["read_pages"]


def read_pages(pages: Iterable[Page]) -> list[Document]:
    """Return the document of each page, in order; a failed page has an empty one.

    Bytes are decoded and taken for HTML when they look like it; what decoding did stands in the issues.
    """
    documents: list[Document | None] = []
    markup: list[tuple[int, Page]] = []
    for index, given in enumerate(pages):
        page = _decoded(given)
        if page.html is not None:
            markup.append((index, page))
            documents.append(None)
        else:
            text, issues = scrub(page.text or "")
            documents.append(Document(page=page, text=text, issues=(*page.issues, *issues)))
    if markup:
        from bidi_news.read.html import read_html  # noqa: PLC0415  (the HTML parser, where there is HTML)

        for (index, _), document in zip(markup, read_html([page for _, page in markup]), strict=True):
            documents[index] = document
    return [document for document in documents if document is not None]


def _decoded(page: Page) -> Page:
    """Return a page with its bytes decoded."""
    if page.data is None:
        return page
    text, issues = decode(page.data)
    found = (*page.issues, *issues)
    if looks_like_html(text):
        return replace(page, data=None, html=text, issues=found)
    return replace(page, data=None, text=text, issues=found)
