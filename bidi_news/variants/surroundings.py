"""What stands around a spelling: its line and its page, and what decisions need of them, computed once.

Nothing here depends on how far away something stands, so that an edit elsewhere cannot turn a decision.

Example:
    >>> from bidi_news.variants.surroundings import Line, PageText
    >>> text = 'He read "A Road to Rakka" and left'
    >>> Line(PageText(text), text, 0).titles
    [(8, 25)]
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from bidi_news.unicode.fold import fold
from bidi_news.variants.machine import first_guard, guard_at, guarded_spans
from bidi_news.variants.quotations import find_quotations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bidi_news.options import InQuotes
    from bidi_news.variants.machine import Spans

__all__ = ["Line", "Neighbours", "PageText"]

_OUTER = "\"'“”‘’„«»()[]{}<>,;:.!?…*–—"
_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_PARTS = re.compile(r"[^\W_]+")
_TITLE_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_RUN = re.compile(r"\S+")
_FOOTNOTE = re.compile(r"\[\w{1,3}\]")
_WORD_REACH = 32
_LONGEST_EDGE = 200
"""Code points of a head or tail that guards look at: their patterns hold at the spelling's edge."""
_PERSIAN = frozenset("پچژگکیےٹڈ")
_FOREIGN = re.compile(r"\b\w*[ığşçöüñãõøåæßłąęśżźćńőűřěů]\w*")
_TITLE_WORD = 4
_LONGEST_TITLE = 120


class Neighbours(NamedTuple):
    """The words directly before and after a hit; empty where something other than a space stands between."""

    left: str
    """Word before it, as written."""
    right: str
    """Word after it, as written."""
    beyond: str
    """Word before ``left``, as written."""


@dataclass(frozen=True)
class PageText:
    """A whole page, as far as decisions need all of it; computed once, and only if asked for."""

    text: str
    """The page."""
    in_quotes: InQuotes = "replace"
    """What becomes of spellings in its quotations that are replaced elsewhere."""
    asks_foreign: Callable[[], bool] = lambda: False
    """Tells :attr:`is_foreign`."""
    first_words: dict[int, str] = field(default_factory=dict)
    """By the first code point of a spelling: the first word of what it becomes."""
    last_words: dict[int, str] = field(default_factory=dict)
    """By the code point after a spelling: the last word of what it becomes."""

    @cached_property
    def is_foreign(self) -> bool:
        """Whether the function words of the page are rather those of another language than English."""
        return self.asks_foreign()

    @cached_property
    def machine(self) -> Spans:
        """Markup and code that may run over several lines."""
        return guarded_spans("page", self.text)

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """Bounds of the outermost quotations."""
        return _outermost(find_quotations(self.text))

    def is_quoted(self, start: int) -> bool:
        """Return whether a code point stands in a quotation."""
        before = bisect.bisect_right(self.quotations, (start, len(self.text))) - 1
        return before >= 0 and start < self.quotations[before][1]


def _outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return sorted spans without those that begin in another."""
    outer: list[tuple[int, int]] = []
    for start, end in spans:
        if not outer or start >= outer[-1][1]:
            outer.append((start, end))
    return outer


@dataclass
class Line:
    """One line of a page; what decisions need of it is computed once."""

    page: PageText
    """The page."""
    text: str
    """The line, without its outer white space."""
    start: int
    """Its first code point in the page."""
    _chunk: tuple[int, int] = (0, -1)
    _guards: dict[tuple[int, int], str | None] = field(default_factory=dict)

    @cached_property
    def words(self) -> set[str]:
        """Folded words, and those of what :meth:`expect` was told of."""
        return set(_WORDS.findall(fold(self.text)))

    def expect(self, start: int, end: int, canonical: str) -> None:
        """Note what a spelling becomes: all around it is judged as it will be judged when it stands there."""
        parts = _PARTS.findall(canonical)
        self.page.first_words.setdefault(start, parts[0])
        self.page.last_words.setdefault(end, parts[-1])
        self.words.update(_WORDS.findall(fold(canonical)))

    @cached_property
    def is_persian(self) -> bool:
        """Whether the line has letters of Persian, Kurdish or Urdu, which spell these names in their own way."""
        return not _PERSIAN.isdisjoint(self.text)

    @cached_property
    def foreign_letters(self) -> int:
        """Count the words in small letters with a letter of another language's Latin alphabet: größte, mañana."""
        return 0 if self.text.isascii() else sum(word.islower() for word in _FOREIGN.findall(self.text))

    @cached_property
    def shouts(self) -> bool:
        """Whether the line has no small letter, so that capitals say nothing."""
        return not any(c.islower() for c in self.text)

    @cached_property
    def machine(self) -> tuple[str | None, Spans]:
        """The guard that holds all of the line, or None; and what is held of it, in code points of the line."""
        return first_guard("line", self.text), guarded_spans("span", self.text)

    @cached_property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        """Bounds of the quotations of the line, in code points of the page."""
        return tuple((self.start + start, self.start + end) for start, end in find_quotations(self.text))

    @cached_property
    def outer_quotations(self) -> list[tuple[int, int]]:
        """Bounds of the outermost of them."""
        return _outermost(self.quotations)

    @cached_property
    def titles(self) -> list[tuple[int, int]]:
        """Bounds of quotations written like the title of a work, in code points of the page."""
        quotations = self.quotations
        return _outermost(span for span in quotations if self._is_titled(*span))

    def _is_titled(self, start: int, end: int) -> bool:
        """Return whether every longer word of a quotation has a capital, and it has several and ends no sentence."""
        if end - start > _LONGEST_TITLE:
            return False
        quotation = self.text[start - self.start + 1 : end - self.start - 1]
        words = _TITLE_WORDS.findall(quotation)
        return (
            len(words) > 1
            and not quotation.endswith((".", ",", "!", "?"))
            and all(word[0].isupper() for word in words if len(word) >= _TITLE_WORD)
            and words[0][0].isupper()
        )

    def machine_guard(self, start: int, end: int) -> str | None:
        """Return the guard that holds a span as part of machine text, or None.

        Args:
            start: first code point of the span in the page; the line holds all of it, or most.
            end: code point after it.
        """
        low, high = max(0, start - self.start), min(len(self.text), end - self.start)
        whole, spans = self.machine
        held = guard_at(self.page.machine, start) or whole or guard_at(spans, low)
        if held is not None:
            return held
        first, last = self.chunk(low, high)
        if first == low and last == high:
            return None
        head, tail = self.text[max(first, low - _LONGEST_EDGE) : low], self.text[high : min(last, high + _LONGEST_EDGE)]
        return self.chunk_guard((first, last)) or first_guard("head", head) or first_guard("tail", tail)

    def chunk(self, start: int, end: int) -> tuple[int, int]:
        """Return a span of the line widened to the next white space on both sides; all in code points of the line.

        Hits come in order: those of one long chunk look for its bounds once.
        """
        first, last = self._chunk
        if not first <= start <= end <= last:
            tail = _RUN.match(self.text, end)
            self._chunk = start - self._unbroken(start), tail.end() if tail else end
        return self._chunk

    def _unbroken(self, end: int) -> int:
        """Count the code points before a place up to the next white space."""
        size = _WORD_REACH
        while True:
            piece = self.text[max(0, end - size) : end]
            words = piece.split()
            count = len(words[-1]) if words and not piece[-1].isspace() else 0
            if count < size:
                return count
            size *= 2

    def chunk_guard(self, bounds: tuple[int, int]) -> str | None:
        """Return the guard that holds a chunk, or None."""
        if bounds not in self._guards:
            chunk = _FOOTNOTE.sub("", self.text[slice(*bounds)])
            self._guards[bounds] = first_guard("chunk", chunk.strip(_OUTER))
        return self._guards[bounds]
