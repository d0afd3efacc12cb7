r"""Labelled pages: a page, and what people say that it holds. Training learns from them, evaluation counts by them.

Either every line of the page is labelled (:attr:`GoldPage.blocks`), or only the text of its body is known
(:attr:`GoldPage.body`). Read from files by :mod:`bidi_news.read.labelled`.

Example:
    >>> gold = GoldPage(id=1, text=Page(text="Home\nTalks resume"), blocks=(GoldBlock(5, 18, Label.HEADLINE),))
    >>> [label.value for label in gold.labels([(0, 4), (5, 18)])]
    ['chrome', 'headline']
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from bidi_news.model import ChromeKind, Label, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Content", "Fact", "GoldBlock", "GoldPage", "host_of"]

Content = Literal["text", "html"]
"""The two forms of a page; a labelled page may have both."""
Fact = Literal["headline", "published", "modified"]
"""Fields of a record that a labelled page may state."""


@dataclass(frozen=True, slots=True)
class GoldBlock:
    """One labelled piece of a page's text."""

    start: int
    """First code point in the text."""
    end: int
    """Code point after the last one."""
    label: Label
    """What it is."""
    kind: ChromeKind | None = None
    """For chrome: what it is for, where that is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPage:
    """One labelled page: ``text``, ``html`` or both, and ``blocks`` or ``body``.

    With ``blocks``, a page in both forms has the same lines in both: its HTML is rendered to its text.
    """

    id: Any
    """The row's own id; else its file, and its line where a file has many."""
    text: Page | None = None
    """The page as plain text."""
    html: Page | None = None
    """The page as HTML."""
    layout: str | None = None
    """Family of pages that are built alike, where that is said."""
    blocks: tuple[GoldBlock, ...] | None = None
    """The labelled lines of the text, in order and disjoint; what none covers is chrome. None where only the body is
    known."""
    body: str = ""
    """Text of the article's body where ``blocks`` is None; empty for a page without an article."""
    deck: str | None = None
    """The standfirst, where ``blocks`` is None and it is known."""
    facts: Mapping[Fact, str | None] = field(default_factory=dict)
    """What a record of the page must say; None for nothing. A field that does not stand here is not known. Dates are
    ISO 8601: a day, or a date-time with its UTC offset."""

    def content(self, wanted: Content) -> Page | None:
        """Return the page in one form, None where it has not got it."""
        return self.text if wanted == "text" else self.html

    @property
    def site(self) -> str:
        """The layout, else the host of the address, else the id: pages of one site tell little about other sites."""
        page = self.text or self.html
        return self.layout or host_of(page.url if page is not None else None) or str(self.id)

    def labels(self, spans: Iterable[tuple[int, int]]) -> list[Label]:
        """Return the label of each of some pieces of the text: that of the first block that it shares a character with.

        Args:
            spans: first code point of each piece, and the one after its last.
        """
        blocks = self.blocks or ()
        bounds = [block.end for block in blocks]
        found = [(bisect_right(bounds, start), end) for start, end in spans]
        return [
            blocks[index].label if index < len(blocks) and blocks[index].start < end else Label.CHROME
            for index, end in found
        ]


def host_of(url: str | None) -> str | None:
    """Return the host of an address, without ``www.``; None where there is none.

    Example:
        >>> host_of("https://www.example.org/a"), host_of("a/b"), host_of(None)
        ('example.org', None, None)
    """
    try:
        host = urlsplit(url or "").hostname
    except ValueError:  # a bracket that is no IPv6 address
        return None
    return host.removeprefix("www.") if host else None
