"""Quotations: where somebody else's words begin and end, in English, Hebrew and Arabic, nested, unbalanced or wrapped.

Marks that look alike on both sides are told by what stands beside them. Of marks inside a word those are none that are
an apostrophe or gershayim (Shi'ite, דאע"ש); after Hebrew or Arabic proclitics (ב"הארץ") they may open. A quotation may
run over line ends but not over a blank line. One that is never closed ends with its line, as a paragraph of a longer
quotation does; a single quote that is never closed was an apostrophe. The cost is linear in the text.

Source: the marks are those of the Unicode blocks of punctuation and of CLDR (en, he, ar), with the typewriter's doubled
ones.

Example:
    >>> from bidi_news.variants.quotations import find_quotations
    >>> text = 'He said: "We met ‘them’ there." The 5" gun'
    >>> [text[start:end] for start, end in find_quotations(text)]
    ['"We met ‘them’ there."', '‘them’']
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bidi_news.unicode.arabic import ARABIC_PROCLITICS
from bidi_news.unicode.hebrew import PROCLITICS

__all__ = ["find_quotations"]

Family = Literal["double", "single", "angle"]

_LOW, _TURNED = "\N{SINGLE LOW-9 QUOTATION MARK}", "\N{SINGLE HIGH-REVERSED-9 QUOTATION MARK}"
_LEFT, _RIGHT = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
_OPENERS = frozenset({"“", "„", "‟", "«", _LEFT, "‘", _LOW, _TURNED, ",,", "``"})
_CLOSERS = frozenset({"”", "»", _RIGHT, "’", "''"})
_MARKS = re.compile(rf"''|,,|``|[\"“”„‟״«»{_LEFT}{_RIGHT}‘’{_LOW}{_TURNED}']|\n[^\S\n]*(?=\n)")
_FAMILIES: dict[str, Family] = {
    **dict.fromkeys(("'", "‘", "’", _LOW, _TURNED), "single"),
    **dict.fromkeys(("«", "»", _LEFT, _RIGHT), "angle"),
}  # all others are double
_BEFORE_OPENING = frozenset("([{<-–—־/:;,.…") | _OPENERS | _CLOSERS | {'"', "'", "״"}
_PROCLITICS = frozenset((*PROCLITICS, *ARABIC_PROCLITICS)) - {""}
_LONGEST = max(map(len, _PROCLITICS))


class _Opened(NamedTuple):
    """A mark that has opened a quotation."""

    start: int
    doubtful: bool
    """Whether it opened none if nothing closes it."""


def find_quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Return the bounds of all quotations of a text, marks included, those inside others too.

    Args:
        text: a line or a page.

    Returns:
        Half-open bounds in code points, sorted by their first.
    """
    reader = _Reader(text)
    for match in _MARKS.finditer(text):
        mark, start, end = match[0], match.start(), match.end()
        if mark[0] == "\n":
            reader.give_up()
            continue
        opens, closes, doubtful = _sides(text, start, end)
        family = _FAMILIES.get(mark, "double")
        closes = closes and bool(reader.open[family])
        if opens and closes:
            opens, closes = mark in _OPENERS, mark not in _OPENERS
        if closes:
            reader.close(family, end)
        elif opens:
            reader.open[family].append(_Opened(start, doubtful or family == "single"))
    reader.give_up()
    return tuple(sorted(reader.found))


def _sides(text: str, start: int, end: int) -> tuple[bool, bool, bool]:
    """Return whether a mark may open, whether it may close, and whether its opening is in doubt."""
    mark, before, after = text[start:end], text[start - 1 : start], text[end : end + 1]
    if _in_word(before) and _in_word(after):
        glued = "״" in mark or '"' in mark or mark in _OPENERS
        return glued and _is_proclitic(text, start) and _in_word(text[end + 1 : end + 2]), False, True
    if _is_blank(before) and _is_blank(after):  # marks with spaces inside them, as French sets them
        return mark not in _CLOSERS, mark not in _OPENERS, True
    begins = _is_blank(before) or before in _BEFORE_OPENING
    opens = begins and (not _is_blank(after) or mark in _OPENERS)
    closes = not _in_word(after) and (not _is_blank(before) or mark in _CLOSERS)
    return opens, closes, False


def _in_word(character: str) -> bool:
    """Return whether a character belongs to a word: letter, digit or the mark on one."""
    return character.isalnum() or bool(character and unicodedata.combining(character))


def _is_blank(character: str) -> bool:
    """Return whether a character is white space, a bidi control, or the edge of the text."""
    return not character or character.isspace() or unicodedata.category(character) == "Cf"


def _is_proclitic(text: str, end: int) -> bool:
    """Return whether the word that a mark breaks off is made of Hebrew or Arabic proclitics."""
    start = end
    while start and end - start <= _LONGEST and text[start - 1].isalnum():
        start -= 1
    return text[start:end] in _PROCLITICS


@dataclass(slots=True)
class _Reader:
    """What is open at a place of a text, and what was closed before it."""

    text: str
    found: list[tuple[int, int]] = field(default_factory=list)
    open: dict[Family, list[_Opened]] = field(default_factory=lambda: {"double": [], "single": [], "angle": []})
    _line_end: int = 0

    def close(self, family: Family, end: int) -> None:
        """Close the innermost quotation of a family; what is open inside it was none."""
        start = self.open[family].pop().start
        self.found.append((start, end))
        for others in self.open.values():
            while others and others[-1].start > start:
                others.pop()

    def give_up(self) -> None:
        """End what is still open with its line, at the end of a paragraph."""
        unclosed = [opened.start for marks in self.open.values() for opened in marks if not opened.doubtful]
        for start in sorted(unclosed):
            if start >= self._line_end:
                end = self.text.find("\n", start)
                self._line_end = len(self.text) if end < 0 else end
            self.found.append((start, self._line_end))
        for marks in self.open.values():
            marks.clear()
