"""Tags of serialized HTML: what they open and close, and what only looks like one."""

from __future__ import annotations

import numpy as np
import pytest

from bidi_news.marks import KINDS
from bidi_news.read.eights import padded
from bidi_news.read.tags import BREAKS, HIDDEN, Tags, find_closers, find_tags


def tags_of(*pages: bytes) -> Tags:
    """Return the tags of some pages."""
    return find_tags(padded(pages), np.cumsum([0, *map(len, pages)]))


def test_tags_are_told_by_name_and_sign() -> None:
    """Elements open and close, void ones and doctypes do neither; blocks break; a longer name is another element."""
    tags = tags_of(
        b"<html><!DOCTYPE html><p class=x>a<br><ab></ab></p><blockquote></blockquote><main-x></main-x></html>"
    )
    assert tags.sign.tolist() == [1, 0, 1, 0, 1, -1, -1, 1, -1, 1, -1, -1]
    assert (tags.flags & BREAKS).tolist() == [1, 0, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1]
    assert [KINDS[kind] for kind in tags.kind if kind < len(KINDS)] == ["p", "p", "blockquote", "blockquote"]
    assert tags.depth.tolist() == [1, 1, 2, 2, 3, 2, 1, 2, 1, 2, 1, 0]


def test_a_bracket_in_text_or_in_a_tag_is_no_tag() -> None:
    """What raw text shows between brackets is paired from ``<`` to the next ``>``."""
    tags = tags_of(b"<html>a > b <i < u>c</i></html>")
    assert tags.starts.tolist() == [0, 12, 20, 24]
    assert tags.ends.tolist() == [6, 19, 24, 31]


def test_closers_are_those_of_the_same_level() -> None:
    """An element ends at its own end tag, whatever stands inside it; one left open ends with its page."""
    tags = tags_of(b"<html><p><b></b><br><b></b></p></html>", b"<html><p></html>", b"<html></html>")
    closers = find_closers(tags)
    assert closers[tags.sign > 0].tolist() == [8, 7, 3, 6, 12, 11, 13]


def test_comments_and_raw_text_are_one_tag_each() -> None:
    """From its beginning to its end each is one void tag that is hidden, whatever looks like tags inside."""
    pieces = (
        b"<html>",
        b"<!-- <b>x</b> > -->",
        b"a",
        b"<script>if (a<b) '</div>'</script>",
        b"<i>",
        b"</i>",
        b"</html>",
    )
    tags = tags_of(b"".join(pieces))
    assert tags.sign.tolist() == [1, 0, 0, 1, -1, -1]
    assert (tags.ends - tags.starts).tolist() == [len(piece) for piece in pieces if piece != b"a"]
    assert (tags.flags & HIDDEN > 0).tolist() == [False, True, True, False, False, False]


@pytest.mark.parametrize("name", ["template", "noscript", "noframes"])
def test_a_longer_name_of_the_same_eight_letters_hides_nothing(name: str) -> None:
    """Elements of the page's own that are named after a hidden one are shown."""
    assert not (tags_of(f"<html><{name}-card>x</{name}-card></html>".encode()).flags & HIDDEN).any()
    assert (tags_of(f"<html><{name} class=a>x</{name}></html>".encode()).flags & HIDDEN).any()
