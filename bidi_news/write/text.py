r"""An article as plain text, for reading and for tools that want only words: no bidi control is ever added.

Example:
    >>> from bidi_news.model import Article, Versions
    >>> versions = Versions(bidi_news="0", data="0")
    >>> article_text(Article(id=1, status="ok", headline="Talks resume", normalized="One.", versions=versions))
    'Talks resume\n\nOne.\n'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bidi_news.model import Article

__all__ = ["article_text"]


def article_text(article: Article) -> str:
    """Return headline, deck, authors, publication date and normalized body, a blank line between them.

    An ambiguous date is left out; an error record is one line that says why.
    """
    if article.error is not None:
        return f"[{article.error.code}] {article.error.message}\n"
    published = article.published.iso if article.published else None
    parts = (article.headline, article.deck, ", ".join(article.authors), published, article.normalized)
    return "\n\n".join(part for part in parts if part) + "\n"
