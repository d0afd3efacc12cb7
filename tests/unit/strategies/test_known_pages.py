"""The drawn pages: their known answers are true of their own text, and wrong arguments are refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import find, given

from bidi_news.errors import OptionError
from bidi_news.model import Label
from bidi_news.strategies import KnownPage, pages, texts


@given(pages())
def test_known_blocks_are_the_lines_of_the_text(known: KnownPage) -> None:
    """The known blocks are the page's non-blank lines without outer white space, in order."""
    text = known.page.text or ""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    assert [span.of(text) for span, _ in known.expected.blocks] == lines


@given(pages())
def test_the_headline_is_one_block(known: KnownPage) -> None:
    """There is one headline, and it is the known one."""
    text = known.page.text or ""
    found = [span.of(text) for span, label in known.expected.blocks if label is Label.HEADLINE]
    assert found == [known.expected.headline]


@given(pages())
def test_known_stamps_stand_in_the_text(known: KnownPage) -> None:
    """A stamp is known exactly where a timestamp block holds one; it is decided or has two readings."""
    expected = known.expected
    stamps = [span for span, label in expected.blocks if label is Label.TIMESTAMP]
    if expected.stamp is None:
        assert (stamps, expected.candidates, expected.published) == ([], (), None)
    else:
        assert stamps[0].start <= expected.stamp.start
        assert stamps[0].end == expected.stamp.end
        assert len(set(expected.candidates)) == (2 if expected.published is None else 1)


@given(pages())
def test_known_edits_change_a_spelling_in_the_body(known: KnownPage) -> None:
    """Every known edit lies inside a body block and changes what stands there."""
    text = known.page.text or ""
    body = [span for span, label in known.expected.blocks if label is Label.BODY]
    for span, canonical in known.expected.edits:
        assert any(block.start <= span.start and span.end <= block.end for block in body)
        assert span.of(text) != canonical
        assert re.fullmatch(r"\w+", canonical)


@given(pages(language="he", min_paragraphs=2, max_paragraphs=3))
def test_arguments_bound_the_page(known: KnownPage) -> None:
    """The number of paragraphs and the language are those asked for."""
    text = known.page.text or ""
    body = [span.of(text) for span, label in known.expected.blocks if label is Label.BODY]
    assert 2 <= len(body) <= 3
    assert not re.search("[A-Za-z]", "".join(body))


@pytest.mark.parametrize(
    "arguments",
    [{"language": "tlh"}, {"min_paragraphs": 0}, {"min_paragraphs": 3, "max_paragraphs": 2}],
)
def test_pages_refuses_arguments_that_mean_nothing(arguments: dict[str, Any]) -> None:
    """A language without word lists and an empty range are refused when the strategy is made, not when it draws."""
    with pytest.raises(OptionError):
        pages(**arguments)


def test_texts_refuses_a_negative_count() -> None:
    """A negative number of pieces is refused."""
    with pytest.raises(OptionError, match="negative"):
        texts(max_pieces=-1)


@pytest.mark.parametrize("hard", ["\ud800", "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{LINE SEPARATOR}", "\x00", "<!--"])
def test_texts_reach_what_hurts(hard: str) -> None:
    """Surrogates, bidi controls, rare line breaks, NUL and half-open markup are all drawn."""
    assert hard in find(texts(), lambda text: hard in text)
