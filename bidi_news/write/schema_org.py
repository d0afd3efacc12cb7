"""Articles as schema.org ``NewsArticle`` in JSON-LD, for search engines and knowledge graphs.

Only what the page says is stated: an undecided date, an unknown language and an empty field are left out, and an author
is a node without a type, since a byline does not tell a person from an agency. Terms: https://schema.org/NewsArticle,
version 29; https://schema.org/ImageObject for ``caption`` and ``creditText``.

Example:
    >>> from bidi_news.model import Article, Versions
    >>> versions = Versions(bidi_news="0", data="0")
    >>> article = Article(id="a", status="ok", language="he", headline="כותרת", versions=versions)
    >>> news_article(article)["inLanguage"]
    'he'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bidi_news.write.jsonl import json_line

if TYPE_CHECKING:
    from bidi_news.model import Article, Image, Timestamp

__all__ = ["news_article", "news_article_line"]


def news_article(article: Article) -> dict[str, Any]:
    """Return an article as a node of JSON-LD; an error record has nothing but its identifier and its address.

    ``articleBody`` is the normalized body. Dates have the precision of the page: a day, or a time with its UTC offset.

    Example:
        >>> from bidi_news import Page, normalize
        >>> news_article(normalize(Page(id=7, text="")))
        {'@context': 'https://schema.org', '@type': 'NewsArticle', 'identifier': '7'}
    """
    fields = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "identifier": _identifier(article.id),
        "url": article.url,
        "headline": article.headline,
        "alternativeHeadline": article.deck,
        "author": [{"name": name} for name in article.authors],
        "datePublished": _date(article.published),
        "dateModified": _date(article.modified),
        "articleBody": article.normalized,
        "inLanguage": None if article.language == "und" else article.language,
        "image": [_image(image) for image in article.images],
    }
    return {name: value for name, value in fields.items() if value}


def news_article_line(article: Article) -> bytes:
    """Return an article as one line of JSON-LD, with its line feed."""
    return json_line(news_article(article))


def _identifier(given: Any) -> str | None:
    """Return an id as text: a string as it is, another JSON value as JSON."""
    if given is None or isinstance(given, str):
        return given
    return json_line({"": given})[len(b'{"":') : -len(b"}\n")].decode()


def _date(stamp: Timestamp | None) -> str | None:
    """Return the date of a stamp, if it is decided."""
    return stamp.iso if stamp is not None else None


def _image(image: Image) -> dict[str, str]:
    """Return what the page says about a picture."""
    fields = {"@type": "ImageObject", "caption": image.caption, "creditText": image.credit}
    return {name: value for name, value in fields.items() if value}
