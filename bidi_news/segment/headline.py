r"""The rule that finds an article's headline: by its markup, else by the network's score and by what stands below it.

Example:
    >>> from bidi_news import Page, normalize
    >>> story = "The harbour was opened to ships again on Monday, the mayor said, after the storm had passed."
    >>> normalize(Page(text=f"Harbour reopens after the storm\nBy Dana Levi\n\n{story}\n\n{story}")).headline
    'Harbour reopens after the storm'
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

import numpy as np

from bidi_news.model import Label
from bidi_news.segment.network import SCALE
from bidi_news.segment.page_lines import ABOVE
from bidi_news.segment.shapes import is_byline, words_in

if TYPE_CHECKING:
    from bidi_news.segment.page_lines import PageLines

__all__ = ["label_headline"]

_GAP: Final = SCALE // 4  # what each line between a headline and what should follow it costs
_TOP_HEADING: Final = frozenset({"h1"})
_LEAST_TITLE: Final = 3  # words of a title beside one in another language
_BILINGUAL: Final = 2  # paragraphs of each language on a page in two


def label_headline(page: PageLines) -> int | None:
    """Label the headline, wherever it is repeated too, and return its line nearest to the body."""
    cues = page.cues
    limit = min(page.high, page.first_paragraph() + 2)
    top = max(page.low, limit - ABOVE) if page.has_body() else page.low
    said = {i for i in page.those(cues.dated, top, limit) if page.shape(i)}
    said.update(i for i in page.those(cues.bylined, top, limit) if is_byline(page.line(i)))
    words, furniture, known = cues.words, cues.furniture, page.labels.keys() | said
    lines = [i for i in range(top, limit) if words[i] and i not in known and not furniture[i]]
    if not lines:
        return None
    headings = page.made_by(_TOP_HEADING, page.low, limit)
    best = _said_by_markup(page, lines, [i for i in headings if words[i] and page.is_free(i)])
    if best is None:
        best = _most_like_title(page, lines, said, limit - 2)
        if page.is_only(best) or (not page.has_body() and cues.headline[best] < -SCALE):
            return None
    title = page.line(best)
    same = np.flatnonzero(cues.hashes[page.low : limit] == cues.hashes[best])
    for i in (same + page.low).tolist():
        if page.is_free(i) and page.line(i) == title:
            page.set(i, Label.HEADLINE)
            best = max(best, i)
    return _twin(page, best) or best


def _said_by_markup(page: PageLines, lines: list[int], headings: list[int]) -> int | None:
    """Return the line that the markup gives as the headline: its title, else a top heading; the nearest to the body.

    Args:
        page: the page.
        lines: those near the body, in rising order.
        headings: top headings anywhere above it, likewise: contents may stand between a headline and its story.
    """
    evidence, words = page.document.evidence, page.cues.words
    titles = {_fold(title) for title in evidence.headlines}
    page_title = _fold(evidence.title or "")
    if titles or page_title:
        nearest = (*reversed(headings), *reversed(lines))
        folded = {i: _fold(page.line(i)) for i in nearest if words[i] >= 2 or i in headings}
        for i in sorted(folded, reverse=True):
            if folded[i] in titles:
                return i
        for i, line in folded.items():
            if (words[i] >= 4 or i in headings) and page_title.startswith(line):
                return i
    return next((i for i in reversed(headings) if words[i] >= _LEAST_TITLE), None)


def _most_like_title(page: PageLines, lines: list[int], said: set[int], first: int) -> int:
    """Return the line most like a headline: right over the lines that say who and when, or over the body.

    Args:
        page: the page.
        lines: those that can be it, in rising order, at least one.
        said: lines that say who and when.
        first: the first paragraph.
    """
    headline, words, marks = page.cues.headline, page.cues.words, sorted(said | {first})
    best, most = lines[-1], None
    for i in reversed(lines):
        if most is None or headline[i] + SCALE > most:  # what the lines below can add
            below = bisect_right(marks, i)
            gap = marks[below] - i if below < len(marks) else 0
            score = headline[i] - _GAP * max(gap - 2, 0) + SCALE * (i + 1 in said or i + 2 in said)
            if most is None or score > most:
                best, most = i, score
    # of two lines one above the other the longer one below is the deck
    above = best - 1
    if above in lines and 4 <= words[above] < words[best] and headline[above] > headline[best] - SCALE:
        return above
    return best


def _twin(page: PageLines, headline: int) -> int | None:
    """Label the title in the other language of a page in two, beside the headline; return the lower of both."""
    hebrew = page.is_hebrew(headline)
    for near in (headline - 1, headline + 1):
        if page.is_free(near) and page.cues.words[near] >= _LEAST_TITLE and page.is_hebrew(near) != hebrew:
            body = [page.is_hebrew(i) for i in page.paragraphs() if i != near]
            if min(body.count(True), body.count(False)) >= _BILINGUAL:
                page.set(near, Label.HEADLINE)
                return max(near, headline)
    return None


def _fold(text: str) -> str:
    """Return the words of a text, folded, for comparing titles."""
    return " ".join(words_in(text.casefold()))
