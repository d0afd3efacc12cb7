"""The lines of one page as the rules of its frame see them, and the labels that these have given.

Lines are indexes into the batch; what a line has is read from the :class:`~bidi_news.segment.cues.Cues`.

Example:
    >>> from bidi_news.segment.page_lines import between
    >>> between([2, 5, 9], 3, 9)
    [5]
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from bidi_news.segment.cues import CROSSHEAD
from bidi_news.segment.shapes import stamp_shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bidi_news.model import Label
    from bidi_news.segment.cues import Cues
    from bidi_news.segment.shapes import Shape

__all__ = ["ABOVE", "PageLines", "between"]

ABOVE: Final = 25
"""Lines over the body that can belong to the article."""
_BELOW: Final = 6  # lines under it
# White space, and the format characters that scrapes leave at the ends of lines: bidi controls, joiners, BOM.
_INVISIBLE: Final = (
    " \t\N{NO-BREAK SPACE}\N{ARABIC LETTER MARK}\N{ZERO WIDTH NO-BREAK SPACE}\N{SOFT HYPHEN}"
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
)


class PageLines:
    """The lines of one page: which of them the network takes for body, and what the rules have made of them so far."""

    __slots__ = ("_lost", "_shapes", "body", "bottom", "cues", "document", "high", "labels", "low", "top")

    def __init__(self, cues: Cues, page: int, bounds: tuple[int, int], body: list[int]) -> None:
        """Begin with a page whose lines no rule has labelled.

        Args:
            cues: cues to the lines of the batch.
            page: index of the page.
            bounds: its first line, and the one after its last.
            body: its lines that the network takes for body, in order.
        """
        self.cues = cues
        self.document = cues.batch.documents[page]
        self.low, self.high = bounds
        self.body = body
        self.labels: dict[int, Label] = {}
        self.top = max(self.low, body[0] - ABOVE) if body else self.low
        self.bottom = min(self.high, body[-1] + 1 + _BELOW) if body else self.high
        self._lost: list[int] = []  # lines of the body that a rule has labelled: no paragraphs any more
        self._shapes: dict[int, Shape | None] = {}  # as far as they were asked for

    def line(self, index: int) -> str:
        """Return the text of a line without invisible characters around it."""
        text = self.document.text[self.cues.starts[index] : self.cues.ends[index]]
        return text if text.isascii() else text.strip(_INVISIBLE)

    def tag(self, index: int) -> str | None:
        """Return the element that made a line, None in plain text."""
        tags = self.document.tags
        return None if tags is None else tags[index - self.low]

    def made_by(self, elements: frozenset[str], low: int, high: int) -> list[int]:
        """Return the lines of a range of the page that one of some elements made; none of plain text."""
        tags = self.document.tags or ()
        return [i for i, tag in enumerate(tags[low - self.low : high - self.low], low) if tag in elements]

    def shape(self, index: int) -> Shape | None:
        """Return how a line states a time."""
        if index not in self._shapes:
            self._shapes[index] = stamp_shape(self.line(index))
        return self._shapes[index]

    def those(self, lines: list[int], low: int, high: int) -> list[int]:
        """Return the lines of a range, out of some in rising order, that no rule has labelled yet."""
        return [i for i in between(lines, low, high) if self.is_free(i)]

    def is_free(self, index: int) -> bool:
        """Return whether a line of the page has no label from a rule yet."""
        return self.low <= index < self.high and index not in self.labels and not self.cues.furniture[index]

    def set(self, index: int, label: Label) -> None:
        """Label a line, which is then no paragraph."""
        if self.is_paragraph(index):
            self._lost.append(index)
        self.labels[index] = label

    def is_paragraph(self, index: int) -> bool:
        """Return whether a line is one of the page's and of the body, and has no label from a rule."""
        return self.low <= index < self.high and self.cues.body[index] == 1 and index not in self.labels

    def is_only(self, index: int) -> bool:
        """Return whether a line is the only paragraph."""
        return len(self._lost) + 1 == len(self.body) and self.is_paragraph(index)

    def has_body(self) -> bool:
        """Return whether there is a paragraph."""
        return len(self._lost) < len(self.body)

    def paragraphs(self, after: int = -1) -> Iterator[int]:
        """Give the paragraphs after a line, in order."""
        body, labels = self.body, self.labels
        return (i for i in body[bisect_right(body, after) :] if i not in labels)

    def first_paragraph(self) -> int:
        """Return the first line of the body that is a paragraph by its length, else its first; the end without one."""
        words = self.cues.words
        long = next((i for i in self.paragraphs() if words[i] > CROSSHEAD), None)
        return next(self.paragraphs(), self.high) if long is None else long

    def body_words(self, low: int, high: int) -> int:
        """Count the words of the paragraphs in a range."""
        total, words = self.cues.body_words, self.cues.words
        return total[high] - total[low] - sum(words[i] for i in self._lost if low <= i < high)

    def is_hebrew(self, index: int) -> bool:
        """Return whether a line has more Hebrew letters than Latin ones in lower case."""
        return self.cues.hebrew[index] == 1


def between(lines: list[int], low: int, high: int) -> list[int]:
    """Return the lines of a range, out of some in rising order."""
    return lines[bisect_left(lines, low) : bisect_left(lines, high)]
