"""Find forms of the lexicon around the words that the gate let pass, by looking up the words together.

A form is found where its words stand, in whatever case, with whatever marks, apostrophes, hyphens and white space, and
where it stands alone: its edges are those of whole words, but for Hebrew and Arabic proclitics before it.

Example:
    >>> from bidi_news.variants.gate import gate_of
    >>> from bidi_news.variants.lexicon import load_lexicon
    >>> text, lexicon = "Eid al-Fitr", load_lexicon("house")
    >>> [hit] = hits_in(text, Window([0, 4, 7], [3, 6, 11], at=2, line=0), gate_of(lexicon), lexicon)
    >>> hit.start, hit.end, hit.form.canonical
    (0, 11, 'Eid al-Fitr')
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bidi_news.unicode.fold import APOSTROPHES, DASHES, fold
from bidi_news.unicode.hebrew import MAX_RUN, hebrew_spans
from bidi_news.variants.gate import cuts_of
from bidi_news.variants.lexicon import Form, Lexicon, lexicon_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from bidi_news.batch import Batch
    from bidi_news.variants.gate import Gate

__all__ = ["Hit", "Window", "hits_in", "windows_around"]

_PARTED = re.compile(rf"\n[^\S\n]*\n|\s[{re.escape(''.join(sorted(DASHES)))}]\s")
"""What parts more than the words of a name: a blank line, a dash with space on both sides."""
_BEFORE, _AFTER = 7, 9
"""Words that are looked at on both sides of a candidate."""
_LONGEST = 60
"""Code points of the longest form."""
_TAILS = frozenset({"s", "d", "ll", "re", "ve"})


class Hit(NamedTuple):
    """A form found in a page."""

    start: int
    end: int
    form: Form
    first: int
    """Index of its first word among the words of the window."""
    last: int
    """Index after its last word."""


class Window(NamedTuple):
    """The words around one candidate, in code points of the page."""

    starts: list[int]
    ends: list[int]
    at: int
    """Index of the candidate in the window."""
    line: int
    """Index of its line in the batch."""


def windows_around(batch: Batch, words: NDArray[np.int64], pages: NDArray[np.int64]) -> list[Window]:
    """Return the words around each candidate, none of another page.

    Args:
        batch: the pages.
        words: candidates, by their indexes among the words of the batch.
        pages: the page of each.
    """
    bounds = np.searchsorted(batch.word_starts, batch.page_starts)
    first = np.maximum(words - _BEFORE, bounds[pages])
    last = np.minimum(words + _AFTER, bounds[pages + 1])
    lines = batch.line_of(batch.word_starts[words]).tolist()
    counts = last - first
    flat = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
    starts, ends = batch.spans(batch.word_starts[flat], batch.word_ends[flat], np.repeat(pages, counts))
    windows, begin = [], 0
    for count, at, line in zip(counts.tolist(), (words - first).tolist(), lines, strict=True):
        windows.append(Window(starts[begin : begin + count], ends[begin : begin + count], at, line))
        begin += count
    return windows


def hits_in(text: str, window: Window, gate: Gate, lexicon: Lexicon) -> Iterator[Hit]:
    """Give the forms that have the window's candidate as their anchor, if their edges hold.

    Args:
        text: the page.
        window: a candidate with the words around it.
        gate: of the lexicon.
        lexicon: the forms.
    """
    word = fold(text[window.starts[window.at] : window.ends[window.at]]).strip("'")
    for cut in cuts_of(word):
        for at, count in gate.shapes(word[cut:]):
            first, last = window.at - at, window.at - at + count
            if first < 0 or last > len(window.starts) or (cut and at):
                continue
            start, end = window.starts[first], window.ends[last - 1]
            key = word if count == 1 else _key(text, start, end, window.starts[last - 1])
            for skip in cuts_of(key) if at else (cut,):
                form = lexicon.forms.get(key[skip:])
                if form is None or (skip and form.script == "Latn"):
                    continue
                if _has_edges(text, start, end, form):
                    yield Hit(_after(text, start, end, skip + form.prefix), end, form, first, last)


def _key(text: str, start: int, end: int, last: int) -> str:
    """Return the key of some words, the last of which begins at ``last``; empty where they are not one name."""
    surface = text[start : min(end, start + _LONGEST + 1)]
    if len(surface) > _LONGEST or _PARTED.search(surface):
        return ""
    if unicodedata.combining(text[last]):  # a mark alone is no word of a name
        return ""
    return lexicon_key(surface)


def _after(text: str, start: int, end: int, letters: int) -> int:
    """Return the place after some letters and the marks on them, before ``end``: a ligature is several letters."""
    while letters and start < end - 1:
        start += 1
        letters -= not unicodedata.combining(text[start])
    return start


def _has_edges(text: str, start: int, end: int, form: Form) -> bool:
    """Return whether a form stands alone: its words are whole, but an apostrophe may join it to more."""
    if form.script == "Hebr":
        return _is_hebrew_word(text, start, end)
    if text[end : end + 1] in APOSTROPHES and text[end + 1 : end + 2].isalpha():
        tail = re.match(r"[^\W\d_]+", text[end + 1 : end + 5])
        if tail is None or tail[0].lower() not in _TAILS:
            return False
    return not (text[start - 1 : start] in APOSTROPHES and text[max(0, start - 2) : start - 1].isalnum())


def _is_hebrew_word(text: str, start: int, end: int) -> bool:
    """Return whether the span, proclitics included, is made of whole Hebrew words."""
    begin = max(0, start - (MAX_RUN - _LONGEST) // 2)
    spans = hebrew_spans(text[begin : end + (MAX_RUN - _LONGEST) // 2])
    end -= text[end - 1] in APOSTROPHES  # a final geresh is no part of the tokenizer's word
    return any(begin + a == start for a, _ in spans) and any(begin + b == end for _, b in spans)
