"""What a reader sees of serialized HTML: the same as if the hidden elements were taken out of the tree."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from bidi_news.read.markup import Markup
from bidi_news.read.visible import Visible, find_visible

_HIDDEN = ["script", "style", "template", "noscript", "iframe", "noembed", "noframes", "svg", "object"]
_PIECES = (
    *("<div>", "</div>", "<p>", "<b>", "</b>", "a", " < ", " > ", "&amp;", "<br>", "<table><td>", "</table>", "<li>"),
    *("<svg>", "</svg>", "<path/>", "<template>", "</template>", "<object>", "</object>", "<template-card>"),
    *(
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<noscript>",
        "</noscript>",
        "<iframe>",
        "</iframe>",
        "<!DOCTYPE>",
    ),
)


def seen_of(html: str) -> tuple[Markup, Visible]:
    """Return the markup of some HTML as it is, and what is seen of it."""
    markup = Markup.of([html.encode()])
    return markup, find_visible(markup.tags, markup.closers)


def shown(html: str) -> tuple[list[bytes], bytes, list[int]]:
    """Return the tags that are seen, the text between them, and the tag that closes each."""
    markup, seen = seen_of(html)
    tags = [markup.html[start:end] for start, end in zip(seen.tags.starts, seen.tags.ends, strict=True)]
    ends = seen.starts + seen.sizes
    text = b"".join(markup.html[start:end] for start, end in zip(seen.starts, ends, strict=True))
    return tags, text, seen.closers[seen.tags.sign > 0].tolist()


@given(st.lists(st.sampled_from(_PIECES), max_size=25))
def test_what_is_seen_is_what_a_tree_without_the_hidden_elements_shows(pieces: list[str]) -> None:
    """The parser itself says what is left when head and hidden elements are taken out of its tree."""
    tree = LexborHTMLParser("".join(pieces), scripting=True)
    whole = shown(tree.html or "")
    if tree.head is not None:
        tree.head.decompose(recursive=False)
    tree.strip_tags(_HIDDEN)
    assert whole == shown(tree.html or "")


def test_text_belongs_to_the_last_tag_that_is_seen_before_it() -> None:
    """Text on both sides of a picture or a comment follows the same tag."""
    _, seen = seen_of("<p>a<svg><path></path></svg>b<!-- <i> -->c</p>")
    assert seen.owner.tolist() == [1, 1, 1]
    assert seen.sizes.tolist() == [1, 1, 1]


@pytest.mark.parametrize("name", ["svg", "object", "template", "head"])
def test_a_hidden_element_left_open_hides_no_other_page(name: str) -> None:
    """What is open at the end of its page is closed there."""
    markup = Markup.of([f"<{name}><p>one".encode(), b"<p>two</p>"])
    seen = find_visible(markup.tags, markup.closers)
    assert np.diff(seen.tags.first)[1] == 4
    assert bytes(markup.html[seen.starts[-1] :][: seen.sizes[-1]]) == b"two"


def test_many_hidden_elements_in_each_other_count_once() -> None:
    """Nested hidden elements are left out with the outermost one."""
    tags, text, _ = shown("<svg>" * 300 + "x" + "</svg>" * 300 + "<p>y</p>")
    assert re.findall(rb"\w+", b" ".join(tags)) == [b"html", b"p", b"p", b"html"]
    assert text == b"y"
