"""What the containers of a line hold: their share of the page's prose, their links, their lines, the main element."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from bidi_news.marks import MARKS
from bidi_news.model import Page
from bidi_news.read import read_pages

if TYPE_CHECKING:
    from bidi_news.batch import Document

LONG = "a sentence of running text that goes on until it is long enough to be prose, and then a little further. "
PAGE = f"""
<body><nav><a>Home</a><br><a>Sport</a></nav>
<div><h1>Title</h1><div><p>{LONG}</p><p>{LONG}</p><p>short</p></div><ul><li><a>one</a><li><a>two</a></ul></div>
<footer>closing</footer></body>"""
LINES = ("Home", "Sport", "Title", LONG.strip(), LONG.strip(), "short", "one", "two", "closing")


def document(html: str) -> Document:
    """Read one page."""
    return read_pages([Page(html=html)])[0]


def mark(html: str, name: str) -> list[float]:
    """Return a mark of all lines."""
    marks = document(html).marks
    assert marks is not None
    return [round(float(value), 2) for value in marks[:, MARKS.index(name)]]


def test_the_lines_of_the_page_are_as_expected() -> None:
    """The other tests name lines by their places."""
    assert tuple(document(PAGE).text.split("\n")) == LINES


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("container_0_lines", [2, 2, 6, 3, 3, 3, 2, 2, 9]),
        ("container_1_lines", [9, 9, 9, 6, 6, 6, 6, 6, 9]),
        ("container_2_lines", [9] * 9),
        ("container_0_prose", [0, 0, 1, 1, 1, 1, 0, 0, 1]),
        ("main_90", [0, 0, 0, 1, 1, 1, 0, 0, 0]),
        ("main_90_depth", [0, 0, 0, 1, 1, 1, 0, 0, 0]),
        ("shared_depth", [0, 4, 3, 4, 5, 5, 4, 5, 3]),
    ],
)
def test_contents_of_containers(name: str, values: list[float]) -> None:
    """The container is the smallest element with another line in it; the next ones up hold more."""
    assert mark(PAGE, name) == values


def test_links_count_by_their_share_of_the_ink() -> None:
    """A list of links is all links, the story has none."""
    links = mark(PAGE, "container_0_links")
    assert (links[0], links[3], links[6]) == (1, 0, 1)


def test_prose_is_shared_out_among_containers() -> None:
    """Of two stories on a page each container has its part; nine tenths are only in what holds both."""
    html = f"<div><p>{LONG * 3}</p><p>end</p></div><div><p>{LONG}</p><p>end</p></div>"
    assert mark(html, "container_0_prose") == [0.75, 0.75, 0.25, 0.25]
    assert mark(html, "main_60") == [1, 0, 0, 0]
    assert mark(html, "main_90") == [1, 1, 1, 1]


def test_a_page_has_the_same_marks_alone_and_among_others() -> None:
    """No element reaches into another page, not even one that is left open."""
    pages = [PAGE, "<div><p>left open", "", f"<p>{LONG}", PAGE]
    together = read_pages([Page(html=html) for html in pages])
    for html, among in zip(pages, together, strict=True):
        alone = document(html)
        assert alone.marks is not None
        assert among.marks is not None
        assert np.array_equal(alone.marks, among.marks)
