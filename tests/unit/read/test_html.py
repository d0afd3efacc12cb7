"""The evidence of the markup: what it says about the page for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bidi_news.model import Page
from bidi_news.read import read_pages
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


def test_bytes_that_look_like_html_are_read_as_html() -> None:
    """Pages of bytes are decoded and then read as what they are."""
    html, text = read_pages([Page(data=b"<!DOCTYPE html><p>one"), Page(data="שורה".encode())])
    assert (html.text, html.tags) == ("one", ("p",))
    assert (text.text, text.tags) == ("שורה", None)


def test_bottomless_markup_is_flattened_and_reported() -> None:
    """Nesting beyond what browsers build is left out, the text and the structure after it are not."""
    document = read_html([Page(html="<div>" * 15_000 + "deep" + "</div>" * 15_000 + "<p>after</p>")])[0]
    assert document.text == "deep\nafter"
    assert [issue.code for issue in document.issues] == ["markup_flattened"]


def test_many_unclosed_paragraphs_are_not_deep() -> None:
    """Elements that close themselves do not count as nesting."""
    document = read_html([Page(html="<p>a<br><img>" * 8000)])[0]
    assert document.text.count("a") == 8000
    assert document.issues == ()


def test_comments_are_left_out_and_cost_no_more_than_their_length() -> None:
    """Comments vanish, tags and all; an opened one that nothing closes is text, and so are a hundred thousand."""
    html = "<p>a<!-- <p>x! --><!--y-->b<!----> c! <!d> <!-- never closed <p>z"
    assert read_html([Page(html=html)])[0].text == "ab c!"
    assert read_html([Page(html="<plaintext>a" + "<!--" * 100_000)])[0].text.startswith("a")


def test_what_noscript_holds_does_not_end_the_head() -> None:
    """As in a browser that runs scripts: the title after a tracking picture is no line of the page."""
    html = "<head><noscript><img src=x></noscript><title>Title</title></head><body><p>One</p><noscript>two</noscript>"
    document = read_html([Page(html=html)])[0]
    assert (document.text, document.evidence.title) == ("One", "Title")


def test_pages_are_the_same_in_batches_of_any_size() -> None:
    """More pages than are rendered at once give what each gives alone, in order."""
    pages = [Page(html=f"<div class=nav><p>page {number} {'words ' * 60_000}</p></div>") for number in range(7)]
    together = read_html(pages)
    assert [document.text[:6] for document in together] == [f"page {number}" for number in range(7)]
    assert [document.tags for document in together] == [read_html([page])[0].tags for page in pages]
