"""The drawn HTML pages: their known answers are true of each other, and what is hard about HTML is drawn."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings

from bidi_news.errors import OptionError
from bidi_news.model import Label
from bidi_news.strategies import KnownHtml, html_pages


@given(html_pages())
def test_known_blocks_are_the_lines_of_the_text(known: KnownHtml) -> None:
    """The known blocks are the lines of the known text; the headline is the only one of its kind."""
    blocks = known.expected.blocks
    assert [span.of(known.text) for span, _ in blocks] == known.text.split("\n")
    assert [span.of(known.text) for span, label in blocks if label is Label.HEADLINE] == [known.expected.headline]


@given(html_pages())
def test_known_dates_are_stated(known: KnownHtml) -> None:
    """A stamp of the text stands in a timestamp line; a date without one stands in the markup as it is expected."""
    expected = known.expected
    if expected.stamp is not None:
        (line,) = [span for span, label in expected.blocks if label is Label.TIMESTAMP]
        assert line.start <= expected.stamp.start < expected.stamp.end == line.end
    elif expected.published is not None:
        assert expected.published in (known.page.html or "")
    assert (expected.published is None) == (len(expected.candidates) != 1)


@given(html_pages())
def test_hidden_words_are_in_the_markup_alone(known: KnownHtml) -> None:
    """What no reader sees stands in the HTML and not in the text."""
    for words in known.hidden:
        assert words in (known.page.html or "")
        assert words not in known.text


@given(html_pages(language="ar", min_paragraphs=2, max_paragraphs=3))
def test_arguments_bound_the_page(known: KnownHtml) -> None:
    """The number of paragraphs and the language are those asked for."""
    body = [span.of(known.text) for span, label in known.expected.blocks if label is Label.BODY]
    assert 2 <= len(body) <= 3
    assert not re.search("[A-Za-z\u05d0-\u05ea]", "".join(body))


@pytest.mark.parametrize(
    "arguments",
    [{"language": "tlh"}, {"min_paragraphs": 0}, {"min_paragraphs": 3, "max_paragraphs": 2}],
)
def test_arguments_that_mean_nothing_are_refused(arguments: dict[str, Any]) -> None:
    """A language without word lists and an empty range are refused when the strategy is made, not when it draws."""
    with pytest.raises(OptionError):
        html_pages(**arguments)


@pytest.mark.parametrize(
    "hard",
    [
        r"[a-z]<b>[a-z]",
        r"&#\d+;",
        r"&#x[0-9a-f]+;",
        r"<p>[^<]+\n<p>",
        r"<script>var",
        r"<!-- <p>",
        r"application/ld\+json",
        r"<time itemprop",
        r'rel="canonical"',
        r"<figcaption>",
        r"<td>",
        r"<body>(?!.*</body>)",
    ],
)
def test_what_is_hard_is_drawn(hard: str) -> None:
    """Cut words, references, open tags, hidden words, machine dates, figures, tables: there are pages with each."""
    pattern = re.compile(hard, re.DOTALL)
    found = find(
        html_pages(language="en").map(lambda known: known.page.html or ""),
        lambda html: pattern.search(html) is not None,
        settings=settings(max_examples=1000, phases=[Phase.generate], derandomize=True, database=None),
    )
    assert pattern.search(found)
