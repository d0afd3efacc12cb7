"""HTML into documents: markup of any kind, depth and length is read, page by page."""

from __future__ import annotations

from bidi_news.model import Page
from bidi_news.read import read_pages
from bidi_news.read.html import read_html


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
