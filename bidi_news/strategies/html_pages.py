"""Strategy of news pages as HTML, with their known answer.

A page is a story in the dress of a site: elements and classes for each kind of line, containers around the article and
its chrome, inline markup that may begin in the middle of a word, character references, tags that HTML lets one leave
open (WHATWG HTML, 13.1.2.4), and scripts, styles and comments that no reader sees.

Example:
    >>> from hypothesis import given, settings
    >>> from bidi_news import normalize
    >>> @settings(max_examples=3, database=None)
    ... @given(html_pages(language="ar"))
    ... def lines_are_those_that_a_reader_sees(known):
    ...     assert normalize(known.page).text == known.text
    >>> lines_are_those_that_a_reader_sees()
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

from bidi_news.model import Label, Page
from bidi_news.strategies.stories import Expected, Language, Story, placed, stamps, stories

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    from bidi_news.strategies.stories import Line

__all__ = ["KnownHtml", "html_pages"]

# What a site writes a line of each kind as; {} is where its text stands.
_ELEMENTS = {
    Label.HEADLINE: (
        "<h1>{}</h1>",
        '<h1 class="entry-title" itemprop="headline">{}</h1>',
        '<div class="headline"><b>{}</b></div>',
        '<font size="5"><center>{}</center></font>',
    ),
    Label.DECK: ('<h2 class="subtitle">{}</h2>', '<p class="deck">{}', '<div class="standfirst"><i>{}</i></div>'),
    Label.BYLINE: ('<p class="byline">{}</p>', '<div class="author vcard">{}</div>', "<address>{}</address>"),
    Label.TIMESTAMP: ('<div class="date">{}</div>', '<p class="entry-meta"><span>{}</span></p>', "<div>{}<br></div>"),
    Label.BODY: (
        "<p>{}</p>",
        "<p>{}",
        '<div class="paragraph">{}</div>',
        "<div>{}<br><br></div>",
        "<ul><li>{}</ul>",
        "<blockquote><p>{}</blockquote>",
    ),
    Label.CAPTION: (
        '<figure><img src="a.jpg" alt=""><figcaption>{}</figcaption></figure>',
        '<div class="wp-caption"><img src="a.jpg" alt=""><p class="wp-caption-text">{}</div>',
        '<table><tr><td><img src="a.jpg" alt=""><tr><td><font size="1">{}</font></table>',
    ),
    Label.CREDIT: ('<div class="credit"><small>{}</small></div>', '<p class="photo-credit">{}</p>'),
}
# What stands before a run of chrome, a line of it, and what stands after it.
_CHROME = (
    ("<header><nav><ul>", '<li><a href="/">{}</a>', "</ul></nav></header>"),
    ('<div id="menu" class="site-nav">', '<div><a href="/">{}</a></div>', "</div>"),
    ("<footer>", "<p>{}</p>", "</footer>"),
    ('<table width="760"><tr>', '<td><font size="2">{}</font>', "</table>"),
    ('<form action="/">', '<div><button type="button">{}</button></div>', "</form>"),
)
_FRAMES = (
    ("", ""),
    ("<article>", "</article>"),
    ('<main><div class="post hentry">', "</div></main>"),
    ('<table width="600"><tr><td>', "</table>"),
    ('<div itemscope itemtype="https://schema.org/NewsArticle"><div class="content">', "</div></div>"),
)
_SHELLS = (
    '<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">{head}</head>\n<body>{body}</body></html>\n',
    "<!DOCTYPE html>\n{head}\n<body>{body}",
    '<HTML><HEAD>{head}<BODY bgcolor="#ffffff">{body}',
)
_INLINE = (
    "{}",
    "<b>{}</b>",
    '<em class="name"><span>{}</span></em>',
    '<font color="red"><i>{}</i></font>',
    "{}<!-- /4 -->",
    "{}<wbr>",
)
_LINK = '<a href="/tags/4"><strong>{}</strong></a>'
_UNSEEN = (
    '<script>var slot = "<p>{}</p>";</script>',
    '<script type="application/json">{{"name": "{}"}}</script>',
    '<style>.ad:after {{ content: "{}"; }}</style>',
    "<!-- <p>{}</p> -->",
    "<noscript><p>{}</p></noscript>",
    "<template><p>{}</p></template>",
    '<svg><title>{}</title><path d="M0 0"></path></svg>',
    '<img src="pixel.gif" alt="{}">',
    '<input type="hidden" value="{}">',
)
_UNSEEN_WORDS = ("pageview 7741", "slot-leaderboard", "consent_v2")
_SPACES = (" ", "  ", "\n    ", "\t\r\n")
_WAYS = ("json-ld", "meta", "itemprop")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHtml:
    """A page of HTML and its right answer."""

    page: Page
    """The page, without address or crawl time: all evidence stands in its markup."""
    text: str
    """The lines that a reader sees, joined by line feeds: one for each block element that has text."""
    hidden: tuple[str, ...]
    """Words of the markup that no reader sees."""
    canonical: str | None
    """The address that the page states."""
    expected: Expected
    """What it was made of. Offsets are code points of ``text``; the date is the one that the markup states, else that
    of the stamp."""


class _Hand(NamedTuple):
    """How a site writes its text."""

    references: str
    """Format of a character that is not ASCII, from its code point."""
    space: str
    """White space between words."""


_HANDS = st.builds(_Hand, st.sampled_from(["{:c}", "&#{};", "&#x{:x};"]), st.sampled_from(_SPACES))


def html_pages(
    *, language: Language | None = None, min_paragraphs: int = 1, max_paragraphs: int = 5
) -> SearchStrategy[KnownHtml]:
    """Draw HTML news pages: an article in one language, chrome in any, and the right answer.

    The lines are those of :func:`bidi_news.strategies.pages`. The publication date may stand in JSON-LD, in a meta
    element, in an ``itemprop``, in the text, in several of them or nowhere; where the text leaves the date open, the
    markup decides it.

    Args:
        language: language of the article, ``en``, ``he`` or ``ar``; None draws it.
        min_paragraphs: fewest body paragraphs, at least one.
        max_paragraphs: most body paragraphs.

    Raises:
        OptionError: if an argument has a value that it cannot have.

    Example:
        >>> from hypothesis import find
        >>> known = find(html_pages(language="en"), lambda known: known.canonical is not None)
        >>> known.canonical in known.page.html
        True
    """
    return _html_pages(stories(language=language, min_paragraphs=min_paragraphs, max_paragraphs=max_paragraphs))


@st.composite
def _html_pages(draw: DrawFn, told: SearchStrategy[Story]) -> KnownHtml:
    """Draw a story and its dress."""
    story = draw(told)
    ways = draw(st.lists(st.sampled_from(_WAYS), unique=True))
    readings = (story.stamp or draw(stamps(story.language))).readings if story.stamp or ways else ()
    stated = draw(st.sampled_from(readings)) if ways else None
    canonical = draw(st.none() | st.integers(1, 999).map("https://www.example.org/news/{}".format))
    body, hidden = draw(_bodies(story, stated if "itemprop" in ways else None))
    head = _head(story, canonical, {way: stated for way in ways if stated is not None}, draw(st.booleans()))
    html = draw(st.sampled_from(_SHELLS)).format(language=story.language, head=head, body=body)
    gaps = [*("\n" for _ in story.lines[1:]), ""]
    text, expected = placed(story, gaps, readings if stated is None else (stated,))
    return KnownHtml(page=Page(html=html), text=text, hidden=hidden, canonical=canonical, expected=expected)


def _head(story: Story, canonical: str | None, stated: dict[str, str], named: bool) -> str:  # noqa: FBT001  (drawn)
    """Return the elements of the head.

    Args:
        story: what the page tells.
        canonical: its address.
        stated: the publication date, by the way in which it is stated.
        named: whether the markup names the headline.
    """
    headline = escape(story.article[0].text)
    elements = [f"<title>{headline} | Example</title>"]
    if canonical is not None:
        elements.append(f'<link rel="canonical" href="{canonical}">')
    if named:
        elements.append(f'<meta property="og:title" content="{headline}">')
    if "meta" in stated:
        elements.append(f'<meta property="article:published_time" content="{stated["meta"]}">')
    if "json-ld" in stated:
        fields = {"@context": "https://schema.org", "@type": "NewsArticle", "datePublished": stated["json-ld"]}
        if named:
            fields["headline"] = story.article[0].text
        elements.append(f'<script type="application/ld+json">{json.dumps(fields)}</script>')
    return "\n".join(elements)


@st.composite
def _bodies(draw: DrawFn, story: Story, stated: str | None) -> tuple[str, tuple[str, ...]]:
    """Draw the markup of a story's lines, a date in an ``itemprop`` of it; and the words in it that no reader sees."""
    elements = {label: draw(st.sampled_from(choices)) for label, choices in _ELEMENTS.items()}
    hand = draw(_HANDS)
    opening, closing = draw(st.sampled_from(_FRAMES))
    pieces = [opening]
    if stated is not None and story.stamp is None:
        pieces.append(f'<meta itemprop="datePublished" content="{stated}">')
    for line in story.article:
        written = draw(_inline(line, hand, (*_INLINE, _LINK)))
        if stated is not None and line.label is Label.TIMESTAMP:
            written = f'<time itemprop="datePublished" datetime="{stated}">{written}</time>'
        pieces.append(elements[line.label].format(written))
    pieces = [draw(_chrome(story.above, hand)), *pieces, closing, draw(_chrome(story.below, hand))]
    hidden = draw(st.lists(st.sampled_from(_UNSEEN_WORDS), max_size=3))
    for words in hidden:
        pieces.insert(draw(st.integers(0, len(pieces))), draw(st.sampled_from(_UNSEEN)).format(words))
    return "\n".join(pieces), tuple(dict.fromkeys(hidden))


@st.composite
def _chrome(draw: DrawFn, lines: Sequence[Line], hand: _Hand) -> str:
    """Draw the markup of a run of chrome."""
    before, element, after = draw(st.sampled_from(_CHROME))
    return before + "".join(element.format(draw(_inline(line, hand, _INLINE))) for line in lines) + after


@st.composite
def _inline(draw: DrawFn, line: Line, hand: _Hand, wrappers: Sequence[str]) -> str:
    """Draw a line's text with inline elements around some pieces of it, cut anywhere."""
    cuts = draw(st.lists(st.integers(1, len(line.text) - 1), max_size=3, unique=True).map(sorted))
    bounds = [0, *cuts, len(line.text)]
    return "".join(
        draw(st.sampled_from(wrappers)).format(_written(line.text[start:end], hand)) for start, end in pairwise(bounds)
    )


def _written(text: str, hand: _Hand) -> str:
    """Return some text as HTML."""
    references = "".join(char if char.isascii() else hand.references.format(ord(char)) for char in escape(text))
    return references.replace(" ", hand.space)
