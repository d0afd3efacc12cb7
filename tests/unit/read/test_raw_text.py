"""The ends of comments and of raw text: where the parser that wrote them would see them."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from bidi_news.read.raw_text import find_extents


def extents(html: bytes) -> list[bytes]:
    """Return the comments and elements of raw text of one page."""
    starts = [place for place, byte in enumerate(html) if byte == ord("<")]
    found = find_extents(html, starts, [len(html)] * len(starts))
    return [html[starts[index] : end] for index, end in found]


@pytest.mark.parametrize(
    "raw",
    [
        "<!-- a <b> > -->",
        "<!---->",
        "<style>a > b { }</style>",
        "<noscript><p>x</p><!-- </noscript>",
        "<script>x = '<p>' + \"</scriptx>\"</script>",
        "<script><!--\nx = 1 < 2\n//--></script>",
        "<script><!-- never closed </script>",
        "<script><!--> <script> </script>",
        "<script><!-- <script src=x></script> --></script>",
        "<script><!-- <SCRIPT>a</SCRIPT> <script>b</script> </script>",
        "<script>--><!-- <script> --> </script>",
    ],
)
def test_raw_text_ends_where_the_parser_ended_it(raw: str) -> None:
    """What lexbor reads as one comment or element, and writes again, is found whole, and what follows is not."""
    html = LexborHTMLParser(f"<div><p>one</p>{raw}<p>two</p></div>", scripting=True).html
    assert html is not None
    assert raw in html
    assert extents(html.encode()) == [raw.encode()]


def test_a_script_without_an_end_takes_the_rest_of_its_page() -> None:
    """What the parser read to the end of the page is one script: only end tags come after it."""
    html = LexborHTMLParser("<p>a<script><!-- <script> x </script> y <p>z", scripting=True).html
    assert html is not None
    assert extents(html.encode()) == [b"<script><!-- <script> x </script> y <p>z</script>"]


def test_what_has_no_end_is_nothing_and_ends_with_its_page() -> None:
    """Openings without an end, which only ``plaintext`` has, are none, nor is anything after them on the page."""
    assert extents(b"<!-- a <!-- b") == []
    assert extents(b"<style>a <!-- b -->") == []
    assert find_extents(b"<!-- a <!-- b -->", [0, 7], [6, 17]) == [(1, 17)]
    assert extents(b"<!DOCTYPE html><p>") == []
