"""The rendering of HTML: what a reader sees, line by line, and where it stood."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidi_news.marks import GROUPS, KINDS, MARKS
from bidi_news.model import Page
from bidi_news.read.html import read_html
from bidi_news.read.markup import Markup
from bidi_news.read.render import render


def rendered(html: str) -> list[str]:
    """Return the lines of an HTML page."""
    return read_html([Page(html=html)])[0].text.split("\n")


def mark(html: str, line: int, name: str) -> float:
    """Return one mark of one line of an HTML page."""
    marks = read_html([Page(html=html)])[0].marks
    assert marks is not None
    return float(marks[line, MARKS.index(name)])


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>Two <b>Shi</b>ite towns</p>", ["Two Shiite towns"]),
        ("<p>one</p><p>two</p>", ["one", "two"]),
        ("<p>one<br>two</p>", ["one", "two"]),
        ("<p>\n  spaced \t  out \n</p>", ["spaced out"]),
        ("<ul><li>a<li>b</ul>c", ["a", "b", "c"]),
        ("<p>R&amp;D, 3 &lt; 4 &gt; 2, &quot;so&quot;</p>", ['R&D, 3 < 4 > 2, "so"']),
        ("<p>5&nbsp;km</p>", ["5\N{NO-BREAK SPACE}km"]),
        ("<p>before<!-- a comment with <b>tags</b> --> after</p>", ["before after"]),
        ("<p>seen</p><script>var x = '<p>not seen</p>';</script><style>p {}</style>", ["seen"]),
        ('<p title="a > b, <i>no</i>">text</p>', ["text"]),
        ("<p>שלום <i>עולם</i></p>", ["שלום עולם"]),
        ("<table><tr><td>one<td>two</table>", ["one", "two"]),
        ("<p>line\u2028separator</p>", ["line separator"]),
        ("<p>a <b> b</b> \n </p> c", ["a b", "c"]),
        ("<p>a<b> </b>b<i></i>c</p>", ["a bc"]),
        ("<p>of eight</p><p>x</p>", ["of eight", "x"]),
        ("<p> &nbsp; </p><p>&nbsp;x&nbsp;</p>", ["x"]),
        ("<p>a&amp;</p><p>&amp;lt;&amp;amp;</p>", ["a&", "&lt;&amp;"]),
        ("<p>unclosed <b>bold<p>next", ["unclosed bold", "next"]),
        ("<p>one</p><xmp>R&D, &lots</xmp>", ["one", "R&D, &lots"]),
        ("", [""]),
    ],
)
def test_lines_are_what_a_reader_sees(html: str, lines: list[str]) -> None:
    """Inline text merges, blocks break, white space collapses, entities are resolved, hidden text stays out."""
    assert rendered(html) == lines


def test_a_link_marks_its_share_of_the_line() -> None:
    """The mark of ``a`` is the share of the line's ink inside links."""
    assert mark("<p>abcd<a href=x>efgh</a></p>", 0, "a") == pytest.approx(0.5)


def test_elements_of_a_group_count_once_where_they_stand_in_each_other() -> None:
    """Of nested elements of one group the outermost counts, for its share of the first and of the last line."""
    html = '<p>abcd<span class="share">ef<i class="share">gh</i><br>ij<b id="share">k</b>l</span>mnop</p>'
    assert [mark(html, line, "class:share") for line in range(2)] == [0.5, 0.5]


def test_an_attribute_word_marks_everything_inside_its_element() -> None:
    """A word of ``class`` holds for the lines inside the element and for none after it."""
    html = '<div class="post-comments"><p>first</p><ul><li>second</ul></div><p>third</p>'
    assert [mark(html, line, "class:comment") for line in range(3)] == [1, 1, 0]


@pytest.mark.parametrize(
    "attribute", ['class="articleBody"', 'id="article"', 'itemprop="articleBody"', 'role="article"']
)
def test_attribute_words_are_read_from_four_attributes(attribute: str) -> None:
    """class, id, itemprop and role are read, in camel case too; an href is not."""
    assert mark(f"<div {attribute}><p>x</p></div>", 0, "class:content") == 1
    assert mark('<p><a href="article">x</a></p>', 0, "class:content") == 0


def test_an_element_with_many_words_is_still_one_element() -> None:
    """Hundreds of words of one group in one attribute count like one."""
    words = "article " * 200
    assert mark(f'<div class="{words}"><p>in</p></div><p>out</p>', 0, "class:content") == 1
    assert mark(f'<div class="{words}"><p>in</p></div><p>out</p>', 1, "class:content") == 0


@pytest.mark.parametrize("odd", ["<basefont>", "<?php echo 1 ?>", "<!-- note -->"])
def test_what_has_no_end_tag_opens_nothing(odd: str) -> None:
    """Obsolete void elements, processing instructions and comments leave the nesting as it is."""
    html = "<div id=comments><p>in</p>{}</div><p>out</p>"
    assert mark(html.format(odd), 1, "depth") == mark(html.format(""), 1, "depth")
    assert mark(html.format(odd), 1, "class:comment") == 0


def test_an_element_left_open_holds_to_the_end_of_its_page() -> None:
    """A tag that raw text shows and never closes marks what follows it."""
    assert mark('<plaintext>zero<div class="comments"><p>one', 1, "class:comment") == 1


def test_pages_of_a_batch_do_not_mix() -> None:
    """A page that leaves its elements open changes nothing on the page after it."""
    doctype = '<!DOCTYPE html><plaintext><div class="comments"><p>zero'
    after = "<!DOCTYPE html><div class=comments><p>one <b>two</div>three"
    pages = [Page(html=doctype), Page(html=after), Page(html="<p>four")]
    together = read_html(pages)
    for page, document in zip(pages, together, strict=True):
        alone = read_html([page])[0]
        assert document.text == alone.text
        assert document.tags == alone.tags
        assert document.marks is not None
        assert alone.marks is not None
        assert np.array_equal(document.marks, alone.marks)


def test_no_pages_have_no_lines() -> None:
    """An empty batch is rendered to nothing, an empty page to an empty one."""
    assert render(Markup.of([])) == []
    (empty,) = render(Markup.of([b""]))
    assert (empty.text, empty.tags, empty.marks.shape) == ("", (), (0, len(MARKS)))


@given(st.lists(st.sampled_from(["a", "bcdefgh", "\u05d0", "&", " ", "\n", "        ", "\t \t"]), max_size=12))
def test_white_space_is_collapsed_across_inline_elements(pieces: list[str]) -> None:
    """Each run of white space within a line is one space, wherever inline tags stand in it, and none at its ends."""
    html = "".join(f"<i>{piece.replace('&', '&amp;')}</i>" for piece in pieces)
    assert rendered(f"<p>{html}</p><p>end</p>") == [*filter(None, [" ".join("".join(pieces).split())]), "end"]


@given(st.text(alphabet="<>/&;!-\"'= abpdivcls\n\u05d0\u2028", max_size=80))
def test_any_markup_gives_one_row_of_marks_for_each_line(html: str) -> None:
    """Whatever the markup, each non-blank line has its marks, and every share is between 0 and 1."""
    document = read_html([Page(html=html)])[0]
    lines = [line for line in document.text.split("\n") if line.strip()]
    assert document.marks is not None
    assert document.tags is not None
    assert len(lines) == len(document.marks) == len(document.tags)
    shares = document.marks[:, : len(KINDS) + len(GROUPS)]
    assert bool(((shares >= 0) & (shares <= 1)).all())
