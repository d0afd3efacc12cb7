"""Rules for what stands at a picture: its credit and its caption.

Example:
    >>> from bidi_news import Page, split_page
    >>> [block.label.value for block in split_page(Page(text="Photo: Dana Levi"))]
    ['credit']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bidi_news.model import Label
from bidi_news.segment.shapes import credit_shape

if TYPE_CHECKING:
    from bidi_news.segment.page_lines import PageLines

__all__ = ["LONG_CREDIT", "label_captions", "label_credits", "label_more_captions"]

LONG_CREDIT: Final = 45
"""Words of a paragraph, whatever credit it ends in."""
_CAPTIONS: Final = frozenset({"figcaption"})
_LEAST_TITLE: Final = 3  # words of a headline over a caption
_LONG_CAPTION: Final = 40  # words of a caption beside its credit


def label_credits(page: PageLines) -> None:
    """Label credits, and captions that hold theirs."""
    for i in page.those(page.cues.credited, page.top, page.bottom):
        if not (page.cues.words[i] > LONG_CREDIT and page.is_paragraph(i)):
            label = credit_shape(page.line(i))
            if label is not None:
                page.set(i, label)


def label_captions(page: PageLines) -> None:
    """Label doubled lines, and lines beside a credit that are no sentence of the body."""
    first = page.first_paragraph()
    for i in page.those(page.cues.doubled, page.top, page.bottom - 1):
        # over the first paragraph a line that stands twice is the headline
        if i > first and page.is_free(i + 1) and page.line(i) == page.line(i + 1):
            page.set(i, Label.CAPTION)
            page.set(i + 1, Label.CAPTION)
    opening = next(page.paragraphs(), page.high)
    for i in [i for i, label in page.labels.items() if label is Label.CREDIT]:
        for near in (i - 1, i + 1):
            if _is_between(page, i, near):
                _label_caption(page, near, or_paragraph=True)
            elif near < i and (opening < i or _is_captioned(page, i)):
                _label_caption(page, near)


def label_more_captions(page: PageLines) -> None:
    """Label what the markup or the network takes for captions and no rule has labelled."""
    for i in page.those(page.cues.captions, page.top, page.bottom):
        if not page.is_paragraph(i):
            page.set(i, Label.CAPTION)
    for i in page.made_by(_CAPTIONS, page.top, page.bottom):
        if page.is_free(i) and not page.is_only(i):
            page.set(i, Label.CAPTION)


def _label_caption(page: PageLines, index: int, *, or_paragraph: bool = False) -> None:
    """Label a line at a picture, if it has the length of a caption; a paragraph only where that is asked for."""
    if (
        page.is_free(index)
        and (or_paragraph or not page.is_paragraph(index))
        and 2 <= page.cues.words[index] <= _LONG_CAPTION
    ):
        page.set(index, Label.CAPTION)


def _is_between(page: PageLines, credit: int, near: int) -> bool:
    """Return whether a line beside a credit has another credit on its other side."""
    beyond = near + near - credit
    return page.low <= beyond < page.high and page.labels.get(beyond) is Label.CREDIT


def _is_captioned(page: PageLines, credit: int) -> bool:
    """Return whether a credit over the body is one in brackets, below two lines: a headline, and what it is to."""
    above = (i for i in range(page.top, credit - 1) if page.is_free(i) and page.cues.words[i] >= _LEAST_TITLE)
    return page.line(credit)[:1] in "([" and any(above)
