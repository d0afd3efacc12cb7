"""JSON-LD says what the page says in the terms of schema.org, and nothing that is not decided."""

from __future__ import annotations

import json

import pytest

from bidi_news.model import Article, Failure, Image, Timestamp, Versions
from bidi_news.write.schema_org import news_article, news_article_line

VERSIONS = Versions(bidi_news="0", data="0")


def stamp(iso: str | None) -> Timestamp:
    """Return a stamp with a reading, or an undecided one."""
    candidates = (iso,) if iso else ("2015-06-07", "2015-07-06")
    return Timestamp(
        iso=iso,
        precision="day",
        ambiguous=iso is None,
        candidates=candidates,
        raw="06.07.2015",
        start=0,
        end=10,
        label=None,
        role="published",
        order=None,
        zone=None,
        evidence=(),
    )


def test_a_full_article() -> None:
    """Every field has its term, and the body is the normalized one."""
    article = Article(
        id="a",
        status="ok",
        url="https://news.example/a",
        language="he",
        headline="כותרת",
        deck="משנה",
        authors=("A. Person", "Agency"),
        published=stamp("2015-06-23T21:05:00+03:00"),
        modified=stamp("2015-06-24"),
        body="Shi'ite",
        normalized="Shiite",
        images=(Image(caption="On the bridge", credit="B. Person", start=0, end=1),),
        versions=VERSIONS,
    )
    assert news_article(article) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "identifier": "a",
        "url": "https://news.example/a",
        "headline": "כותרת",
        "alternativeHeadline": "משנה",
        "author": [{"name": "A. Person"}, {"name": "Agency"}],
        "datePublished": "2015-06-23T21:05:00+03:00",
        "dateModified": "2015-06-24",
        "articleBody": "Shiite",
        "inLanguage": "he",
        "image": [{"@type": "ImageObject", "caption": "On the bridge", "creditText": "B. Person"}],
    }


def test_what_is_not_decided_is_left_out() -> None:
    """An ambiguous date and an unknown language are no statements."""
    article = Article(id=None, status="ok", published=stamp(None), images=(), versions=VERSIONS)
    assert set(news_article(article)) == {"@context", "@type"}
    image = Image(caption=None, credit="B. Person", start=0, end=1)
    article = Article(id=None, status="ok", images=(image,), versions=VERSIONS)
    assert news_article(article)["image"] == [{"@type": "ImageObject", "creditText": "B. Person"}]


@pytest.mark.parametrize(("given", "identifier"), [(7, "7"), ({"a": [1]}, '{"a":[1]}'), (2**70, str(2**70))])
def test_identifiers_are_text(given: object, identifier: str) -> None:
    """An id that is no string is written as JSON."""
    assert news_article(Article(id=given, status="ok", versions=VERSIONS))["identifier"] == identifier


def test_an_error_record_is_a_line_too() -> None:
    """One page is one line, also when it failed."""
    article = Article(id="a", status="error", error=Failure(code="x", message="y"), versions=VERSIONS)
    line = news_article_line(article)
    assert line.endswith(b"}\n")
    assert json.loads(line)["identifier"] == "a"
