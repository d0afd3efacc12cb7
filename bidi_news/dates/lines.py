"""The lines of a batch that may hold a stamp, each with what its reading asks of the lines around it.

Most stamps of a page stand in its furniture and are dates of other stories. Whether a stamp may be the page's own
(:func:`bidi_news.dates.roles.judge`) hangs on the label of its line, on the lines around, and on a phrase before it.
All of that is known before the line is read, so it is asked here, of a whole batch at once.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bidi_news.dates.prefilter import find_places
from bidi_news.dates.roles import PLAIN, TRUSTED
from bidi_news.marks import MARKS
from bidi_news.model import Label
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bidi_news.batch import Batch

__all__ = ["MOST_ALONE", "Line", "Lines", "find_lines"]

MOST_ALONE = 40
"""Code points of a line that is a phrase, or a time of day, alone."""

_LONG = 160  # code points; a longer line is read in windows around its triggers
_MOST_TRIGGERS = 500  # of one page: a page with more is a list, and its own stamp is not behind all of them
_PHRASE_BEFORE, _PHRASE_AFTER = 80, _LONG  # code points around a trigger in which the phrase of a stamp may stand
_MOST_PHRASES = 50  # lines of a page that are asked whether they are a phrase without a stamp
_FEW_LINES = 5
_OPENING = 2  # lines of the body that may begin with its dateline
_NEAR = 2  # lines from a stamp to the headline that it stands beside
_CALLED = np.array([MARKS.index(f"class:{group}") for group in ("date", "byline", "comment", "related")])
_DATED = 2  # of these columns; the others say that a line is of something else
_AROUND = np.array([-1, 1, 2, 3])  # where the phrase or the time of day of a stamp may stand alone
_LABELS = (*Label, None)
_NONE = _LABELS.index(None)
_BODY, _CHROME, _DECK = (_LABELS.index(label) for label in (Label.BODY, Label.CHROME, Label.DECK))
_NAMES = np.array(_LABELS, object)
_IS_HEAD = np.array([label in {Label.HEADLINE, Label.DECK, Label.BYLINE} for label in _LABELS])
_IS_TRUSTED = np.array([label in TRUSTED for label in _LABELS])
_IS_PLAIN = np.array([label in PLAIN for label in _LABELS])


class Line(NamedTuple):
    """A line that may hold stamps."""

    place: int
    """Its index in the batch."""
    start: int
    """First code point in its page."""
    end: int
    """Code point after the last."""
    label: Label | None
    """What the segmentation says about it, None where it is not asked."""
    is_whole: bool
    """Whether it is short enough to be read whole, not in windows around its triggers."""
    is_beside_head: bool
    """Whether the segmentation sees a headline, deck or byline within two lines."""
    opens_body: bool
    """Whether a stamp may open it, and it is one of the first lines of the body: the deck may be seen as its first."""
    is_dated: bool
    """Whether it is furniture, not below the body, and the markup calls it, or a part of it, a date or byline, but in
    no comment or related story."""
    has_phrase: bool
    """Whether a phrase that introduces a stamp may stand on it."""
    is_below_phrase: bool
    """Whether such a phrase may be all of the line above."""
    is_near_time: bool
    """Whether a time of day may stand alone on one of the next lines, or on the line before."""
    is_eligible: bool
    """Whether a stamp on it may be the page's publication or update."""
    triggers: list[int]
    """Code points of its triggers, in order."""


_ELIGIBLE = Line._fields.index("is_eligible")


class Lines(NamedTuple):
    """The lines of a batch that may hold stamps; a :class:`Line` is made when one is asked for."""

    pages: list[int]
    """Index of the first row of each page, and the number of rows."""
    rows: list[tuple[Any, ...]]
    """Fields of each line."""
    spoken: list[list[int]]
    """For each page the first lines that may be such a phrase and a colon alone, as indexes of the batch."""

    def of(self, page: int) -> list[Line]:
        """Return the lines of a page, in order."""
        return [Line._make(row) for row in self.rows[self.pages[page] : self.pages[page + 1]]]

    def eligible(self, page: int) -> list[Line]:
        """Return those of a page whose stamps may be its publication or update."""
        return [Line._make(row) for row in self.rows[self.pages[page] : self.pages[page + 1]] if row[_ELIGIBLE]]


def find_lines(batch: Batch, labels: NDArray[np.uint8] | None, has_phrases: Sequence[bool]) -> Lines:
    """Return the lines of a batch that may hold a stamp; those of one page hold at most 500 triggers.

    Args:
        batch: the pages.
        labels: for each line of the batch the index of its label in ``tuple(Label)``; None where lines have none.
        has_phrases: for each page whether its outlet has phrases of its own.
    """
    places = find_places(batch)
    triggers = places.triggers
    lines = batch.line_of(triggers)
    pages = batch.line_pages[lines]
    kept = np.flatnonzero(np.arange(len(lines)) - np.searchsorted(pages, pages) < _MOST_TRIGGERS)
    triggers, lines, pages = triggers[kept], lines[kept], pages[kept]
    alone = _alone(batch, places.phrases)
    if not len(lines):
        return Lines([0] * len(batch.page_lines), [], alone)
    firsts = np.flatnonzero(np.diff(lines, prepend=-1))
    near = np.logical_or.reduceat(_near_phrases(batch, triggers, lines, places.phrases), firsts)
    offsets = (batch.points[triggers] - batch.points[batch.page_starts[pages]]).tolist()
    spans = [offsets[first:past] for first, past in pairwise([*firsts.tolist(), len(offsets)])]
    lines = lines[firsts]
    above = np.maximum(lines - 1, 0)
    further = np.array(has_phrases, bool)[pages[firsts]]
    spoken = near | further | _is_marked(batch, lines)
    said = _any_between(places.phrases, batch.line_starts[above], batch.line_ends[above])
    said |= further | _is_marked(batch, above)
    early = batch.points[triggers[firsts]] - batch.points[batch.line_starts[lines]] <= _PHRASE_BEFORE
    timed = np.zeros(len(batch.line_starts), bool)
    timed[batch.line_of(places.clocks)] = True
    columns = _columns(batch, lines, _asked(batch, labels), timed, (spoken, said, early))
    rows = list(zip(*(column.tolist() for column in columns), spans, strict=True))
    return Lines(np.searchsorted(lines, batch.page_lines).tolist(), rows, alone)


def _alone(batch: Batch, phrases: NDArray[np.int64]) -> list[list[int]]:
    """Return for each page the first short lines with a colon that hold words of phrases, which begin at some bytes."""
    lines = np.flatnonzero(np.bincount(batch.line_of(phrases), minlength=1))
    if not len(batch.line_starts):
        return [[] for _ in batch.documents]
    starts, ends = batch.line_offsets[:, lines]
    lines = lines[(ends - starts <= MOST_ALONE) & (batch.line_classes[lines, CharClass.COMMA] > 0)]
    found, bounds = lines.tolist(), np.searchsorted(lines, batch.page_lines).tolist()
    return [found[low : min(low + _MOST_PHRASES, high)] for low, high in pairwise(bounds)]


def _columns(
    batch: Batch,
    lines: NDArray[np.int64],
    labels: NDArray[np.uint8],
    timed: NDArray[np.bool_],
    known: tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]],
) -> tuple[NDArray[Any], ...]:
    """Return the fields of :class:`Line` but the last as columns.

    Args:
        batch: the pages.
        lines: those that may hold a stamp.
        labels: of all lines of the batch.
        timed: which lines of the batch may hold a time of day.
        known: for each of ``lines`` whether it may hold a phrase, whether the line above may, and whether a stamp may
            stand near its head.
    """
    spoken, said, early = known
    pages, own = batch.line_pages[lines], labels[lines]
    starts, ends = batch.line_offsets[:, lines]
    whole = ends - starts <= _LONG
    first, past = batch.page_lines[pages], batch.page_lines[pages + 1]
    heads = np.flatnonzero(_IS_HEAD.take(labels))
    beside = _any_between(heads, np.maximum(lines - _NEAR, first), np.minimum(lines + _NEAR + 1, past))
    bodies = np.flatnonzero(labels == _BODY)
    opens = early & (own == _BODY) & (np.searchsorted(bodies, lines) - np.searchsorted(bodies, first) < _OPENING)
    around = lines[:, None] + _AROUND
    inside = (around >= first[:, None]) & (around < past[:, None])
    around[~inside] = 0
    inside &= batch.line_offsets[1, around] - batch.line_offsets[0, around] <= MOST_ALONE
    near_time = whole & (inside & timed[around]).any(axis=1)
    below = whole & said & inside[:, 0]
    # furniture below the story tells of others
    ended = (np.searchsorted(bodies, lines) == np.searchsorted(bodies, past)) & _any_between(bodies, first, past)
    asked = np.flatnonzero(whole & (own == _CHROME) & ~ended)
    dated = np.zeros(len(lines), bool)
    dated[asked] = _dated(batch, lines[asked], pages[asked])
    shaped = (whole & ((own != _CHROME) | beside | dated)) | (own == _DECK) | opens
    eligible = _IS_TRUSTED[own] | (_IS_PLAIN[own] & (spoken | below | shaped))
    return lines, starts, ends, _NAMES[own], whole, beside, opens, dated, spoken, below, near_time, eligible


def _dated(batch: Batch, lines: NDArray[np.int64], pages: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which lines, sorted, the markup calls a date or byline; ``pages`` are theirs."""
    bounds = np.searchsorted(pages, np.arange(len(batch.documents) + 1)).tolist()
    called = np.zeros((len(lines), len(_CALLED)), bool)
    for document, first, (low, high) in zip(batch.documents, batch.page_lines.tolist(), pairwise(bounds), strict=False):
        if document.marks is not None and low < high:
            called[low:high] = document.marks[lines[low:high, None] - first, _CALLED] > 0
    found: NDArray[np.bool_] = called[:, :_DATED].any(axis=1) & (called[:, _DATED:].sum(axis=1) == 0)
    return found


def _near_phrases(
    batch: Batch, triggers: NDArray[np.int64], lines: NDArray[np.int64], phrases: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return near which triggers, on their lines, a word of a phrase stands: not further off than they are read."""
    points = batch.points[triggers]
    starts = np.maximum(points - _PHRASE_BEFORE, batch.points[batch.line_starts[lines]])
    ends = np.minimum(points + _PHRASE_AFTER, batch.points[batch.line_ends[lines]])
    return _any_between(batch.points[phrases], starts, ends)


def _is_marked(batch: Batch, lines: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which lines hold marks that may stand inside a word of a phrase: niqqud, bidi controls."""
    marks = batch.line_classes[lines, CharClass.MARK] + batch.line_classes[lines, CharClass.BIDI]
    found: NDArray[np.bool_] = marks > 0
    return found


def _asked(batch: Batch, labels: NDArray[np.uint8] | None) -> NDArray[np.uint8]:
    """Return the labels of all lines, none for those of pages that are a few lines without a body.

    Such a page is a stamp and what stands beside it, which no segmentation can tell from furniture.
    """
    if labels is None:
        return np.full(len(batch.line_starts), _NONE, np.uint8)
    body = np.searchsorted(np.flatnonzero(labels == _BODY), batch.page_lines)
    known = (np.diff(batch.page_lines) > _FEW_LINES) | (np.diff(body) > 0)
    return labels if known.all() else np.where(known[batch.line_pages], labels, np.uint8(_NONE))


def _any_between(
    places: NDArray[np.signedinteger[Any]], starts: NDArray[np.signedinteger[Any]], ends: NDArray[np.signedinteger[Any]]
) -> NDArray[np.bool_]:
    """Return which of some ranges hold one of some sorted places."""
    found: NDArray[np.bool_] = np.searchsorted(places, starts) < np.searchsorted(places, ends)
    return found
