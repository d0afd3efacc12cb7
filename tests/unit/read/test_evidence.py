"""The evidence of the markup: what it says about the page for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bidi_news.model import Page
from bidi_news.read.html import read_html

if TYPE_CHECKING:
    from bidi_news.batch import Evidence


def evidence(head: str, body: str = "") -> Evidence:
    """Return the evidence of a page."""
    return read_html([Page(html=f"<html><head>{head}</head><body>{body}</body></html>")])[0].evidence


def test_titles_and_addresses_are_kept() -> None:
    """Title, og: tags, canonical link and the document's language are evidence."""
    found = evidence(
        "<title>A bridge | Daily</title><meta property='og:title' content='A bridge'>"
        "<meta property='og:site_name' content='Daily'><link rel=canonical href='https://daily.example/1'>"
        "<meta name=description content='Eighteen  years late.'>"
    )
    assert (found.title, found.headlines, found.site) == ("A bridge | Daily", ("A bridge",), "Daily")
    assert (found.canonical, found.descriptions) == ("https://daily.example/1", ("Eighteen years late.",))


def test_json_ld_of_the_article_is_read() -> None:
    """Headline, author names and dates come from the article's own object, in a graph too."""
    found = evidence(
        '<script type="application/ld+json">{"@graph": [{"@type": "Organization", "name": "No author"},'
        '{"@type": "NewsArticle", "headline": "H", "datePublished": "2019-07-04T12:00:00+03:00",'
        '"author": [{"@type": "Person", "name": "Dana Levi"}, "Omar"]}]}</script>'
    )
    assert found.headlines == ("H",)
    assert found.authors == ("Dana Levi", "Omar")
    assert [(s.role, s.value) for s in found.stamps] == [("published", "2019-07-04T12:00:00+03:00")]


@pytest.mark.parametrize("broken", ["{", "[1, 2]", '"text"', "null", '{"@type": ["NewsArticle"], "author": 7}'])
def test_broken_json_ld_says_nothing(broken: str) -> None:
    """Malformed or meaningless JSON-LD is no evidence and no failure."""
    assert evidence(f'<script type="application/ld+json">{broken}</script>').stamps == ()


def test_dates_of_meta_and_time_have_their_roles() -> None:
    """Meta tags and ``time`` elements give stamps; a bare ``time`` says nothing about the page."""
    found = evidence(
        "<meta property='article:modified_time' content='2020-01-02'>",
        "<time datetime='2020-01-01' itemprop=datePublished>1.1.</time><time datetime='1948-05-14'>then</time>",
    )
    assert [(s.role, s.value) for s in found.stamps] == [
        ("modified", "2020-01-02"),
        ("published", "2020-01-01"),
        ("other", "1948-05-14"),
    ]


def test_entities_of_values_are_resolved_once() -> None:
    """What a value or a title says is read as a browser reads it, markup in it too."""
    found = evidence(
        "<title>A &amp;amp; B &lt;i&gt;</title>"
        "<meta name=author content='Dana &amp;lt; &quot;Levi&quot; &gt; O&#39;Neil'>"
        "<meta name=description content='a > b'>"
    )
    assert (found.title, found.authors) == ("A &amp; B <i>", ('Dana &lt; "Levi" > O\'Neil',))
    assert found.descriptions == ("a > b",)


def test_json_ld_may_hold_markup() -> None:
    """Tags, comments and quotation marks inside of JSON are text of its strings."""
    text = "<p class='a'>One</p> <!-- <b> --> two"
    script = f'<script type="application/ld+json">{{"@type": "Article", "articleBody": "{text}"}}</script>'
    assert evidence("<script>var a = '<title>no</title>';</script>" + script + "<title>T</title>").body == text
    assert evidence(script, "<title>T</title>").title == "T"


@pytest.mark.parametrize("start", ["<!--", "<template>", "<script>", "<noscript>", "<iframe>"])
def test_what_is_no_part_of_the_page_says_nothing(start: str) -> None:
    """Neither comments nor templates nor raw text are evidence, whatever they look like."""
    end = {"<!--": "-->"}.get(start, start.replace("<", "</"))
    inner = "<title>no</title><meta property='og:title' content='no'><i data-date='2020-01-01'>x</i>"
    found = evidence("", f"{start}{inner}<link rel=canonical href=no>{end}")
    assert (found.title, found.headlines, found.canonical, found.stamps) == (None, (), None, ())


def test_dates_stand_on_any_element() -> None:
    """Data attributes and microdata state dates, in the order of the page; other attributes only look like them."""
    found = evidence(
        "",
        "<i data-date='2020-01-01'>a</i><b itemprop=dateModified content='2020-01-02'>b</b>"
        "<u data-mydate='2020-01-03' itemprop=name content='2020-01-04'>c</u><time>d</time> data-date=\"2020-01-05\"",
    )
    assert [(s.source, s.role, s.value) for s in found.stamps] == [
        ("i:datetime", "other", "2020-01-01"),
        ("b:dateModified", "modified", "2020-01-02"),
    ]


def test_the_language_is_that_of_the_root_element() -> None:
    """An element of the same name inside a picture does not count."""
    assert evidence("", "<svg><html lang=he></html></svg>").language is None
    assert read_html([Page(html="<!DOCTYPE html><html lang=ar><p>x")])[0].evidence.language == "ar"


def test_the_canonical_address_is_that_of_its_link() -> None:
    """Other links of the page are not; without one the og: tag says it."""
    links = "<link rel=alternate href=/a><link rel=canonical href='/b?x=1&amp;y=2'><link rel=canonical href=/c>"
    assert evidence(links).canonical == "/b?x=1&y=2"
    assert evidence("<link rel=canonicals href=/a><meta property=og:url content=/d>").canonical == "/d"
