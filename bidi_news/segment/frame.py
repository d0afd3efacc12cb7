"""The frame of an article: headline, deck, byline, stamps, captions and credits around the body, in a fixed order.

Only lines near the body, and lines that carry a date, are looked at one by one; what a single line looks like is the
business of :mod:`bidi_news.segment.shapes`.

Example:
    >>> from bidi_news import Page, split_page
    >>> [block.label.value for block in split_page(Page(text="Published: 3 May 2012"))]
    ['timestamp']
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

import regex

from bidi_news.model import Label
from bidi_news.segment.cues import MIXED
from bidi_news.segment.headline import label_headline
from bidi_news.segment.network import SCALE
from bidi_news.segment.page_lines import PageLines, between
from bidi_news.segment.pictures import (
    LONG_CREDIT,
    label_captions,
    label_credits,
    label_more_captions,
)
from bidi_news.segment.shapes import (
    NUMERIC,
    has_dated_part,
    has_dateline,
    is_byline,
    is_missing,
    is_notice,
    no_names,
    words_in,
)
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from bidi_news.segment.cues import Cues

__all__ = ["read_frame"]

_HEAD: Final = 10  # lines from the headline that can say who and when
_TINY: Final = 5  # lines of a page that may be a stamp and nothing else
_FEW: Final = 2  # paragraphs of a page that may only say that its article is not there
_AFTER_COMMENTS: Final = 3  # the body's words against those that a comment form may take from its end
_AFTER_NOTICE: Final = 5  # likewise a notice of the site, which may as well be the article's own sentence
_CLOSING: Final = regex.compile(r"\(\s*\p{L}[\p{L}\s.,'’\"״׳־-]{2,50}\)\.?$")
_NO_NAME: Final = regex.compile(r"[\d+]|[?!:;.]$")
_HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})
_NO_TITLE_ENDS: Final = tuple(".!?…:;,\"”'’)*")
_NO_TITLE_OPENS: Final = tuple("-–•*·\"“”‘'")


class _Head(NamedTuple):
    """The head of an article: from its headline over the lines that say who and when."""

    headline: int | None
    lines: range


def read_frame(cues: Cues, page: int, bounds: tuple[int, int], body: list[int]) -> dict[int, Label]:
    """Return the labels of a page's lines that the frame decides, by index of the line in the batch.

    Args:
        cues: cues to the lines of the batch.
        page: index of the page.
        bounds: its first line, and the one after its last.
        body: its lines that the network takes for body, in order.
    """
    lines = PageLines(cues, page, bounds, body)
    if len(body) <= _FEW and is_missing(lines.document.text):
        return dict.fromkeys(body, Label.CHROME)
    label_credits(lines)
    label_captions(lines)
    headline = label_headline(lines)
    low, high = bounds
    reach = range(0) if headline is None else range(max(low, headline - 3), min(high, headline + _HEAD))
    head = _Head(headline, reach)
    _label_stamps(lines, head)
    if body or headline is not None:
        _label_bylines(lines, head)
        _label_deck(lines, head)
        label_more_captions(lines)
        _label_strays(lines, headline)
        _label_crossheads(lines)
    return lines.labels


def _label_stamps(page: PageLines, head: _Head) -> None:
    """Label the lines that say when: with a label anywhere near, without one in the article's own frame."""
    cues, body = page.cues, page.body
    tiny = not body and page.high - page.low <= _TINY
    low, high = (page.top - 3, page.bottom + 4) if body else (page.low, page.high)
    stamps: list[int] = []
    for i in page.those(cues.dated, max(low, page.low), min(high, page.high)):
        shape, near = page.shape(i), i in head.lines
        if shape is None and near and cues.words[i] <= MIXED and _says_who_and_when(page.line(i)):
            shape = "date"
        # under its last paragraph a bare time of day is another story's
        inside = bool(body) and body[0] < i <= body[-1] + (shape != "clock")
        near = near and not (body and shape == "clock" and i > body[-1])
        if shape == "labelled" or (shape and (tiny or inside or near)):
            page.set(i, Label.TIMESTAMP)
            stamps.append(i)
    if head.headline is not None:
        _leave_clock(page, head.headline, stamps)


def _leave_clock(page: PageLines, headline: int, stamps: list[int]) -> None:
    """Make chrome of bare stamps over the headline where the article's date stands under it: the page's own clock."""
    first = page.first_paragraph()
    if any(headline < i < first and page.shape(i) in {"date", "labelled"} for i in stamps):
        for i in stamps:
            if i < headline and page.shape(i) != "labelled":
                page.set(i, Label.CHROME)


def _says_who_and_when(line: str) -> bool:
    """Return whether a short line near the headline may say both: "By A Name 4:13 PM July 27, 2014"."""
    return is_byline(line) or bool(NUMERIC.search(line)) or has_dated_part(line)


def _label_bylines(page: PageLines, head: _Head) -> None:
    """Label who wrote it: by its words, as a name at the stamp, in brackets at the end, or by the network."""
    cues, body = page.cues, page.body
    start = page.low if head.headline is None else head.headline
    for i in page.those(cues.bylined, max(head.lines.start, start - 1), head.lines.stop):
        if is_byline(page.line(i)):
            page.set(i, Label.BYLINE)
    for i in [i for i in head.lines if page.labels.get(i) is Label.TIMESTAMP]:
        for near in (i - 1, i + 1):
            if near in head.lines and near > start and page.is_free(near) and _is_named(page, near):
                page.set(near, Label.BYLINE)
    below = start + 1
    if head.headline is not None and page.is_free(below) and page.is_paragraph(below + 1) and _is_named(page, below):
        page.set(below, Label.BYLINE)
    for i in (body[-1], body[-1] + 1) if body else ():
        if page.is_free(i) and cues.words[i] <= 8 and _CLOSING.match(page.line(i)):
            page.set(i, Label.BYLINE)
    for i in page.those(cues.bylines, page.top, page.bottom):
        page.set(i, Label.BYLINE)


def _is_named(page: PageLines, index: int) -> bool:
    """Return whether a line could be a name or two, and is no heading."""
    return page.tag(index) not in _HEADINGS and _is_name(page.line(index))


def _is_name(line: str) -> bool:
    """Return whether a line could be a name or two: a few words, none of the interface, no figures, no full stop."""
    words = words_in(line)
    small = sum(word[0].islower() for word in words)
    if not 1 < len(words) <= 5 or small > (len(words) > 2) or _NO_NAME.search(line) or max(map(len, words)) == 1:
        return False
    return no_names().isdisjoint(word.lower() for word in words)


def _label_deck(page: PageLines, head: _Head) -> None:
    """Label the standfirst: the line under the headline that its place or the network tells."""
    headline, cues = head.headline, page.cues
    if headline is None:
        return
    said = [i for i in head.lines if i > headline and page.labels.get(i) in {Label.BYLINE, Label.TIMESTAMP}]
    last = max([headline, *said])
    first = next(page.paragraphs(last), page.high)
    direct = True  # whether only labelled lines stand between the headline and this one
    for i in range(headline + 1, min(first + 1, page.high)):
        # the only paragraph of a flash is no standfirst
        if page.is_free(i) and cues.words[i] >= 4 and not page.is_only(i) and not has_dateline(page.line(i)):
            framed = (last > i or (not said and _opens(page, i))) and not cues.marked[i]
            if (direct and framed) or cues.deck[i] > (0 if direct else SCALE):
                page.set(i, Label.DECK)
                return
        direct = direct and i in page.labels


def _opens(page: PageLines, index: int) -> bool:
    """Return whether a line opens an article that is stamped at its foot: one sentence, before several paragraphs.

    Outlets that put the stamp under the body let the standfirst follow the headline directly.
    """
    cues, labels = page.cues, page.labels
    if cues.words[index] > LONG_CREDIT or cues.batch.line_classes[index, CharClass.STOP] > 1:
        return False
    last = max(index, next((i for i in reversed(page.body) if i not in labels), index))
    foot = any(label is Label.TIMESTAMP and i > last for i, label in labels.items())
    return foot and len(list(islice(page.paragraphs(index), 2))) == 2


def _label_strays(page: PageLines, headline: int | None) -> None:
    """Take lines out of the body that its frame leaves outside: over the headline, under comments and notices."""
    cues, total = page.cues, page.body_words(page.low, page.high)
    strays: list[int] = []
    if headline is not None and 4 * page.body_words(page.low, headline) < total:
        strays += [i for i in between(page.body, page.low, headline) if i not in page.labels]
    end = page.body[-1] + 1 if page.body else page.top
    comments = set(between(cues.comments, page.top, end))
    for mark in sorted((*comments, *between(cues.notices, page.top, end))):
        share = _AFTER_COMMENTS if mark in comments else _AFTER_NOTICE
        few = share * page.body_words(mark, page.high) < total
        if few and (mark in comments or is_notice(page.line(mark))):
            strays += page.paragraphs(mark - 1)
            break
    for i in strays:
        page.set(i, Label.CHROME)


def _label_crossheads(page: PageLines) -> None:
    """Label short lines without a full stop between paragraphs, and headings of the markup."""
    cues, labels = page.cues, page.labels
    begin = next(page.paragraphs(), page.high)
    for i in between(cues.short, begin, page.high):
        if i not in labels and (cues.crossheads[i] or (begin < i and _parts_paragraphs(page, i))):
            labels[i] = Label.CROSSHEAD
    for i in reversed(page.made_by(_HEADINGS, begin, page.high)):
        if page.is_paragraph(i):  # one with no paragraph below is that of something else
            labels[i] = Label.CHROME if next(page.paragraphs(i), None) is None else Label.CROSSHEAD


def _parts_paragraphs(page: PageLines, index: int) -> bool:
    """Return whether a short line that is not the first of the body stands over a long one like a title."""
    if not (index < page.high - 1 and page.is_paragraph(index + 1) and page.cues.words[index]):
        return False
    return (page.is_paragraph(index - 1) or index - 1 in page.labels) and not _is_closed(page.line(index))


def _is_closed(line: str) -> bool:
    """Return whether a line opens or ends as no title does."""
    return line.endswith(_NO_TITLE_ENDS) or line.startswith(_NO_TITLE_OPENS) or line[:1].isdecimal()
