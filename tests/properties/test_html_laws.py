"""HTML pages with known answers: the laws hold for them, and what their readers see is what is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidi_news import find_timestamps, normalize
from bidi_news.read import read_pages
from bidi_news.strategies import (
    KnownHtml,
    assert_batch_invariant,
    assert_idempotent,
    assert_lossless,
    assert_no_silent_guess,
    assert_offsets,
    assert_reversible,
    assert_total,
    html_pages,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from bidi_news import Article


@pytest.mark.parametrize("law", [assert_lossless, assert_offsets, assert_reversible, assert_no_silent_guess])
@given(known=html_pages())
def test_records_keep_the_laws(law: Callable[[Article], None], known: KnownHtml) -> None:
    """Laws 1, 2, 3 and 6 hold for the record of any drawn page."""
    law(normalize(known.page))


@given(html_pages())
def test_normalizing_again_makes_no_edit(known: KnownHtml) -> None:
    """Law 4 holds for any drawn page."""
    assert_idempotent(known.page)


@given(st.lists(html_pages(max_paragraphs=2), min_size=1, max_size=3))
def test_a_page_is_the_same_in_any_batch(drawn: list[KnownHtml]) -> None:
    """Law 5 holds for any drawn pages together."""
    assert_batch_invariant([known.page for known in drawn])


@given(html_pages(), st.integers(0, 5000))
def test_a_page_that_is_cut_off_has_a_record(known: KnownHtml, size: int) -> None:
    """Law 7 holds for a page cut at any byte, in a tag, a script or a character."""
    assert_total((known.page.html or "").encode()[:size])


@given(html_pages())
def test_the_text_is_what_a_reader_sees(known: KnownHtml) -> None:
    """Block elements make lines, inline ones split no word, scripts leave nothing; each line is a block."""
    article = normalize(known.page)
    assert article.text == known.text
    assert [(block.start, block.end) for block in article.blocks] == [
        (span.start, span.end) for span, _ in known.expected.blocks
    ]


@given(html_pages())
def test_the_stated_date_is_read(known: KnownHtml) -> None:
    """A record has the date that the markup states, else that of the stamp, which is found whole with all readings."""
    expected = known.expected
    published = normalize(known.page).published
    assert (published.iso if published is not None else None) == expected.published
    if expected.stamp is not None:
        found = {(stamp.start, stamp.end): stamp for stamp in find_timestamps(known.page)}
        assert set(expected.candidates) <= set(found[expected.stamp.start, expected.stamp.end].candidates)


@given(html_pages())
def test_the_canonical_address_is_read(known: KnownHtml) -> None:
    """The address that a page states is its evidence."""
    assert read_pages([known.page])[0].evidence.canonical == known.canonical


@given(html_pages(language="en"))
def test_drawn_spellings_are_replaced(known: KnownHtml) -> None:
    """Exactly the spellings that a page was given are replaced, inline markup in the middle of them or not."""
    edits = [edit for edit in normalize(known.page).edits if edit.action == "replace"]
    assert [((edit.start, edit.end), edit.canonical) for edit in edits] == [
        ((span.start, span.end), canonical) for span, canonical in known.expected.edits
    ]
