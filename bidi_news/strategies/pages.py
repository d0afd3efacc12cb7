"""Strategies of whole pages: plausible ones with their known answer, and hostile ones without.

What the pages tell is drawn by :mod:`bidi_news.strategies.stories`.

Example:
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3, database=None)
    ... @given(pages(language="he"))
    ... def headline_stands_in_the_page(known):
    ...     assert known.expected.headline in known.page.text
    >>> headline_stands_in_the_page()
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from bidi_news.errors import OptionError
from bidi_news.model import Page
from bidi_news.strategies.stories import Expected, Language, Story, placed, stories, words

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

__all__ = ["KnownPage", "pages", "texts"]

_BREAKS = ("\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029", "\n \t\n")
_CONTROLS = (
    *"\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff",
    *"\x00\x1b\x1c\x7f",
    *"\ud800\udfff",
)
_TRAPS = (
    *(
        "פרסום ראשון: 06.23.15, 21:05",
        "פורסם: 99.99.99",
        "31/02/2015",
        "12:60",
        "6 ביוני",
        'תשע"ה',
        "לפני יום",
        "yesterday",
    ),
    *("Shi'ite", "shi\u2019ites'", "חיזבאללה", "שָׁלוֹם", 'ארה"ב', "https://example.org/Shi'ite", "@Hizbullah"),
    *("&nbsp;", "<p>", "<!--", "</script>", "\U0001f9c5", "\u05b0\u05b0\u05b0", "٠٨ ديسمبر, ٢٠٢٥"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """A page and its right answer."""

    page: Page
    """A plain-text page without address or crawl time: all evidence stands in its text."""
    expected: Expected
    """What it was made of."""


def pages(
    *, language: Language | None = None, min_paragraphs: int = 1, max_paragraphs: int = 5
) -> SearchStrategy[KnownPage]:
    """Draw plain-text news pages: an article in one language, chrome in either, and the right answer.

    A page has a headline and paragraphs, and may have a deck, a byline, doubled captions, credits, a publication stamp
    (decided by its own numbers or words, or left open by them) and spellings that the house style replaces.

    Args:
        language: language of the article; None draws it.
        min_paragraphs: fewest body paragraphs, at least one.
        max_paragraphs: most body paragraphs.

    Raises:
        OptionError: if an argument has a value that it cannot have.

    Example:
        >>> from hypothesis import given, settings
        >>> @settings(max_examples=3, database=None)
        ... @given(pages(min_paragraphs=2))
        ... def spellings_stand_where_they_should(known):
        ...     for span, canonical in known.expected.edits:
        ...         assert span.of(known.page.text) != canonical
        >>> spellings_stand_where_they_should()
    """
    return _pages(stories(language=language, min_paragraphs=min_paragraphs, max_paragraphs=max_paragraphs))


def texts(*, max_pieces: int = 30) -> SearchStrategy[str]:
    """Draw hostile texts: any Unicode, bidi controls, lone surrogates, every line break, half-made dates and tags.

    Args:
        max_pieces: most pieces that a text is joined from.

    Raises:
        OptionError: if ``max_pieces`` is negative.

    Example:
        >>> from hypothesis import given, settings
        >>> from bidi_news import normalize
        >>> @settings(max_examples=3, database=None)
        ... @given(texts())
        ... def any_text_has_a_record(text):
        ...     assert normalize(Page(text=text)).status == "ok"
        >>> any_text_has_a_record()
    """
    if max_pieces < 0:
        raise OptionError(f"max_pieces is {max_pieces}; it cannot be negative")
    pieces = st.one_of(
        st.text(max_size=20),
        st.sampled_from(_BREAKS),
        st.sampled_from(_CONTROLS),
        st.sampled_from(_TRAPS),
        st.sampled_from(words()),
    )
    return st.lists(pieces, max_size=max_pieces).map("".join)


@st.composite
def _pages(draw: DrawFn, told: SearchStrategy[Story]) -> KnownPage:
    """Draw a story and the white space between its lines."""
    story = draw(told)
    count = len(story.lines)
    gaps = draw(st.lists(st.sampled_from(["\n", "\n\n", "\n\n\n", " \n\n  "]), min_size=count, max_size=count))
    text, expected = placed(story, gaps, () if story.stamp is None else story.stamp.readings)
    return KnownPage(page=Page(text=text), expected=expected)
