"""Labelled pages: labels of lines, forms, sites."""

from __future__ import annotations

import pytest

from bidi_news.gold import GoldBlock, GoldPage, host_of
from bidi_news.model import Label, Page

BLOCKS = (GoldBlock(2, 6, Label.HEADLINE), GoldBlock(8, 20, Label.BODY))


@pytest.mark.parametrize(
    ("span", "label"),
    [
        ((0, 2), Label.CHROME),
        ((0, 3), Label.HEADLINE),
        ((2, 6), Label.HEADLINE),
        ((5, 9), Label.HEADLINE),
        ((6, 8), Label.CHROME),
        ((10, 12), Label.BODY),
        ((20, 24), Label.CHROME),
    ],
)
def test_a_line_has_the_label_of_the_block_that_it_shares_a_character_with(span: tuple[int, int], label: Label) -> None:
    """A line that only touches blocks is chrome; one that meets several has the first one's label."""
    assert GoldPage(id=1, blocks=BLOCKS).labels([span]) == [label]


def test_a_page_is_given_in_the_form_that_is_wanted() -> None:
    """A page with both forms gives either, with labelled lines or without; one that has not got the form, none."""
    text, html = Page(text="a"), Page(html="<p>a")
    both = GoldPage(id=1, text=text, html=html, blocks=())
    assert (both.content("text"), both.content("html")) == (text, html)
    assert GoldPage(id=1, text=text).content("html") is None


def test_the_site_is_the_best_name_there_is() -> None:
    """The layout, else the host without www., else the id."""
    page = Page(text="a", url="https://www.example.org/a")
    assert GoldPage(id=1, text=page, layout="flash").site == "flash"
    assert GoldPage(id=1, text=page).site == "example.org"
    assert GoldPage(id=1, text=Page(text="a")).site == "1"


def test_an_address_that_cannot_be_read_has_no_host() -> None:
    """A malformed address is no error: pages have many."""
    assert host_of("http://[half/") is None
