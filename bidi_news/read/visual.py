r"""Pages whose Hebrew stands in visual order, put into reading order line by line.

Old pages hold each line as it was shown, from left to right, since the browsers of their time knew no other way. A line
is turned only with a proof (:mod:`bidi_news.unicode.reorder`); one without is left and counted.

Example:
    >>> from bidi_news.batch import Document
    >>> from bidi_news.model import Page
    >>> in_reading_order(Document(page=Page(text=""), text="םולש\n12:30 העשב")).text
    'שלום\nבשעה 12:30'
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bidi_news.model import Issue
from bidi_news.unicode.reorder import reading_order

if TYPE_CHECKING:
    from bidi_news.batch import Document, Evidence

__all__ = ["in_reading_order"]

_LINE = re.compile(r"[^\n\v\f\r\x85\u2028\u2029]+")
_HEBREW = re.compile("[\u05d0-\u05ea]")
_LONGEST = 2000  # code points; a line of display has a few hundred at most


def in_reading_order(document: Document) -> Document:
    """Return a document with its lines, and what its markup says, in reading order, and an issue that says so.

    Lines keep their length and their outer white space, so that what is known about them stays true.

    Args:
        document: text in visual order.
    """
    turned = left = 0

    def turn(line: re.Match[str]) -> str:
        nonlocal turned, left
        if not _HEBREW.search(line[0]):
            return line[0]
        found = reading_order(line[0]) if len(line[0]) <= _LONGEST else None
        turned, left = turned + (found is not None), left + (found is None)
        return line[0] if found is None else found

    text = _LINE.sub(turn, document.text)
    if not turned and not left:
        return document
    message = f"Hebrew stood in visual order; lines that were put into reading order: {turned}"
    issues = [Issue(code="visual_order", message=message)]
    if left:
        message = f"lines in visual order without a reading that could be proven, which were left: {left}"
        issues.append(Issue(code="visual_order_left", message=message))
    return replace(document, text=text, evidence=_evidence(document.evidence), issues=(*document.issues, *issues))


def _evidence(evidence: Evidence) -> Evidence:
    """Return what the markup says in words in reading order."""

    def turned(values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple([reading_order(value) or value for value in values])

    return replace(
        evidence,
        title=None if evidence.title is None else turned((evidence.title,))[0],
        headlines=turned(evidence.headlines),
        descriptions=turned(evidence.descriptions),
        authors=turned(evidence.authors),
        site=None if evidence.site is None else turned((evidence.site,))[0],
    )
