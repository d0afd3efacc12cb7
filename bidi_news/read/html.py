r"""HTML in: parsed by lexbor, its evidence collected, its body rendered to lines.

Both :mod:`bidi_news.read.evidence` and :mod:`bidi_news.read.render` read the page as lexbor writes it out again: well
formed, ``<`` and ``>`` escaped everywhere but in tags. So they can be exact without a second parser, for many pages at
once.

Example:
    >>> from bidi_news.model import Page
    >>> read_html([Page(html="<title>T</title><h1>Head</h1><p>One <b>Shi</b>ite.")])[0].text
    'Head\nOne Shiite.'
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from bidi_news.batch import Document
from bidi_news.model import Issue
from bidi_news.read.encoding import scrub
from bidi_news.read.evidence import find_evidence
from bidi_news.read.json_ld import LD_JSON
from bidi_news.read.markup import Markup
from bidi_news.read.mojibake import repair
from bidi_news.read.render import render
from bidi_news.read.tags import VOID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborHTMLParser

    from bidi_news.model import Page

__all__ = ["read_html"]

_TAG: Final = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_UNREAD: Final = f'style, script:not([type="{LD_JSON}"])'
_MAX_DEPTH: Final = 512  # where the WebKit and Blink parsers stop nesting
_MANY_TAGS: Final = 20_000  # from which on the nesting is looked at; with fewer no depth takes long
# Elements that have no end tag, or close themselves at the next of their kind (WHATWG HTML, 13.1.2).
_SELF_CLOSED: Final = frozenset(
    name.encode()
    for name in (
        *VOID,
        *("p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup"),
        *("rb", "rt", "rtc", "rp"),
    )
)


class _Parsed(NamedTuple):
    """A page as lexbor writes it."""

    page: Page
    html: bytes
    issues: tuple[Issue, ...]


def read_html(pages: Sequence[Page], *, repairs: bool = True) -> list[Document]:
    """Return the document of each page, in order; every page has ``html``.

    Args:
        pages: pages with decoded HTML; lone surrogates become U+FFFD and are reported.
        repairs: whether garbled lines are put right.
    """
    from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser  # noqa: PLC0415  (15 ms that text need not pay)

    parsed: list[_Parsed] = []
    for page in pages:
        html, issues = _markup(page, repairs=repairs)
        # as in a browser that runs scripts: what noscript holds is text, and cannot end the head
        tree = LexborHTMLParser(html, options=LexborDocumentOptions.WO_EVENTS, scripting=True)
        parsed.append(_Parsed(page, _written(tree), issues))
    markup = Markup.of([page.html for page in parsed])
    return [
        Document(
            page=page,
            text=made.text,
            evidence=evidence,
            tags=made.tags,
            marks=made.marks,
            issues=(*page.issues, *issues),
        )
        for (page, _, issues), evidence, made in zip(parsed, find_evidence(markup), render(markup), strict=True)
    ]


def _written(tree: LexborHTMLParser) -> bytes:
    """Return a tree as lexbor writes it, less what nothing reads and pages are full of."""
    for element in tree.css(_UNREAD):
        element.decompose(recursive=False)
    return (tree.html or "").encode()


def _markup(page: Page, *, repairs: bool) -> tuple[bytes, tuple[Issue, ...]]:
    """Return the markup of a page as UTF-8, fit to be parsed; and what was done to it."""
    html, scrubbed = _encoded(page.html or "")
    text, repaired = repair(page.html or "", html) if repairs else ("", ())
    if repaired:
        html, _ = _encoded(text)
    html, flattened = _flattened(html)
    # what was scrubbed or put right stood in the markup: its offsets say nothing about the text
    nowhere = tuple(replace(issue, start=None, end=None) for issue in (*scrubbed, *repaired))
    return html, (*nowhere, *flattened)


def _encoded(html: str) -> tuple[bytes, tuple[Issue, ...]]:
    """Return markup as UTF-8, and an issue if it held lone surrogates."""
    try:
        return html.encode(), ()
    except UnicodeEncodeError:
        clean, issues = scrub(html)
        return clean.encode(), issues


def _flattened(html: bytes) -> tuple[bytes, tuple[Issue, ...]]:
    """Return markup without the tags that nest deeper than a browser would build, and an issue if there were any.

    A tree builder looks up the open elements at each tag: its time grows with the square of the depth.
    """
    if len(html) < 3 * _MANY_TAGS or np.count_nonzero(np.frombuffer(html, np.uint8) == ord("<")) < _MANY_TAGS:
        return html, ()
    pieces: list[bytes] = []
    depth = done = dropped = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() in _SELF_CLOSED or tag.start() < done:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _MAX_DEPTH - bool(tag[1]):
            end = html.find(b">", tag.end()) + 1
            if not end:
                break
            pieces.append(html[done : tag.start()])
            done = end
            dropped += 1
    if not dropped:
        return html, ()
    message = f"{dropped} tags nested deeper than {_MAX_DEPTH} were left out"
    return b"".join((*pieces, html[done:])), (Issue(code="markup_flattened", message=message),)
