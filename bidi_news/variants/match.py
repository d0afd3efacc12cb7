"""Find the spellings of the lexicon in a batch of pages.

The gate (:mod:`bidi_news.variants.gate`) names the few words that may belong to a spelling. Only for these is anything
done in Python: the words around each are put together and looked up among the forms; what is found is checked at its
edges, judged by :mod:`bidi_news.variants.guard` and written in the case of the page. Of two that overlap the leftmost
stays, and of two that begin together the longest whose edges hold.

Example:
    >>> from bidi_news.batch import Batch, Document
    >>> from bidi_news.model import Page
    >>> from bidi_news.variants import find_edits, load_lexicon
    >>> page = Page(text="Two Shi'ite militias")
    >>> [[edit]] = find_edits(Batch.of([Document(page=page, text=page.text)]), load_lexicon("house"))
    >>> edit.start, edit.end, edit.canonical
    (4, 11, 'Shiite')
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bidi_news.hashes import HashIndex, hash_words
from bidi_news.model import Edit
from bidi_news.unicode.fold import APOSTROPHES, DASHES, fold, plain, strip_marks
from bidi_news.unicode.hebrew import MAX_RUN, hebrew_spans
from bidi_news.variants.gate import Gate, candidates, cuts_of, gate_of
from bidi_news.variants.guard import Setting, judge
from bidi_news.variants.lexicon import Form, Lexicon, lexicon_key
from bidi_news.variants.rewrite import in_style_of
from bidi_news.variants.surroundings import Line, Neighbours, PageText

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from bidi_news.batch import Batch
    from bidi_news.options import InQuotes

__all__ = ["find_candidates", "find_edits"]

_RINGS = frozenset("\N{MODIFIER LETTER LEFT HALF RING}\N{MODIFIER LETTER RIGHT HALF RING}")
_PARTED = re.compile(rf"\n[^\S\n]*\n|\s[{re.escape(''.join(sorted(DASHES)))}]\s")
"""What parts more than the words of a name: a blank line, a dash with space on both sides."""
_BEFORE, _AFTER = 7, 9
_LONGEST = 60
_TAILS = frozenset({"s", "d", "ll", "re", "ve"})
_ARTICLES = frozenset({"al", "el", "ul"})


class _Hit(NamedTuple):
    """A form found in a page."""

    start: int
    end: int
    form: Form
    first: int
    """Index of its first word among the words of the window."""
    last: int
    """Index after its last word."""


class _Candidate(NamedTuple):
    """A hit with its article and half rings, its words and its line."""

    start: int
    end: int
    form: Form
    surface: str
    canonical: str
    window: _Window
    first: int
    """Index of its first word in the window."""
    last: int
    """Index after its last word."""
    line: Line


class _Window(NamedTuple):
    """The words around one candidate, in code points of the page."""

    starts: list[int]
    ends: list[int]
    at: int
    """Index of the candidate in the window."""
    line: int
    """Index of its line in the batch."""


def find_edits(batch: Batch, lexicon: Lexicon, in_quotes: InQuotes = "replace") -> list[tuple[Edit, ...]]:
    """Find every spelling of the lexicon that the style writes otherwise.

    Args:
        batch: pages.
        lexicon: forms and style.
        in_quotes: what becomes of spellings in quotations that are replaced elsewhere.

    Returns:
        One tuple per page, in order: disjoint edits in page order, offsets in code points of the page's text. What
        is certain replaces; what is not, annotates.
    """
    found = find_candidates(batch, lexicon, in_quotes)
    return [tuple([edit for edit in edits if edit.action != "keep"]) if edits else () for edits in found]


def find_candidates(batch: Batch, lexicon: Lexicon, in_quotes: InQuotes = "replace") -> list[tuple[Edit, ...]]:
    """Find the edits of :func:`find_edits`, and among them, with the action ``keep``, what a guard held back.

    Those held back may overlap each other and the edits.
    """
    edits: list[tuple[Edit, ...]] = [()] * len(batch.documents)
    gate = gate_of(lexicon)
    words = candidates(batch, gate)
    if not words.size:
        return edits
    pages = batch.page_of(batch.word_starts[words])
    windows = _windows(batch, words, pages)
    for page, group in itertools.groupby(zip(pages.tolist(), windows, strict=True), key=lambda pair: pair[0]):
        text = PageText(batch.documents[page].text, in_quotes)
        edits[page] = tuple(_page_edits(batch, text, [window for _, window in group], gate, lexicon))
    return edits


def _windows(batch: Batch, words: NDArray[np.int64], pages: NDArray[np.int64]) -> list[_Window]:
    """Return the code points of the words around each candidate, none of another page."""
    bounds = np.searchsorted(batch.word_starts, batch.page_starts)
    first = np.maximum(words - _BEFORE, bounds[pages])
    last = np.minimum(words + _AFTER, bounds[pages + 1])
    lines = batch.line_of(batch.word_starts[words]).tolist()
    counts = last - first
    flat = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
    starts, ends = batch.spans(batch.word_starts[flat], batch.word_ends[flat], np.repeat(pages, counts))
    windows, begin = [], 0
    for count, at, line in zip(counts.tolist(), (words - first).tolist(), lines, strict=True):
        windows.append(_Window(starts[begin : begin + count], ends[begin : begin + count], at, line))
        begin += count
    return windows


def _page_edits(
    batch: Batch, page: PageText, windows: Sequence[_Window], gate: Gate, lexicon: Lexicon
) -> Iterator[Edit]:
    """Give the edits of one page, and what was held back: leftmost first, the longest of those that begin together."""
    lines: dict[int, Line] = {}
    is_foreign: bool | None = None
    found: list[_Candidate] = []
    for window in windows:
        for hit in _hits(page.text, window, gate, lexicon):
            if is_foreign is None:
                is_foreign = _is_foreign(batch, int(batch.line_pages[window.line]), lexicon)
            if window.line not in lines:
                one = slice(window.line, window.line + 1)
                [start], [end] = batch.spans(batch.line_starts[one], batch.line_ends[one], batch.line_pages[one])
                lines[window.line] = Line(page, page.text[start:end], start, is_foreign)
            found.append(_candidate(hit, window, lines[window.line]))
    found.sort(key=lambda candidate: (candidate.start, -candidate.end))
    decisions = _decisions(found, lexicon)
    done = 0
    for start, end, edit in dict.fromkeys(decisions):
        if start >= done:
            if edit is None or edit.action != "keep":
                done = end
            if edit is not None:
                yield edit


def _decisions(found: Sequence[_Candidate], lexicon: Lexicon) -> list[tuple[int, int, Edit | None]]:
    """Return the bounds and the edit of each candidate, None where it is spelled right.

    What is replaced may be the word that decides on another candidate of its line, or its neighbour: those are judged
    again, until nothing more is replaced. Else the normalized text would be edited again.
    """
    edits: list[Edit | None] = [None] * len(found)
    open_ = list(range(len(found)))
    while open_:
        changed, held = set(), []
        for index in open_:
            edit = edits[index] = _decided(found[index], lexicon)
            if edit is not None and edit.action == "replace":
                found[index].line.expect(edit.start, edit.end, edit.canonical)
                changed.add(found[index].line.start)
            elif edit is not None:
                held.append(index)
        open_ = [index for index in held if found[index].line.start in changed]
    return [(candidate.start, candidate.end, edit) for candidate, edit in zip(found, edits, strict=True)]


def _is_foreign(batch: Batch, page: int, lexicon: Lexicon) -> bool:
    """Return whether a page has more function words of other languages than of English."""
    english, foreign = (_function_words(lexicon, name) for name in ("english", "foreign"))
    first, last = np.searchsorted(batch.word_starts, batch.page_starts[page : page + 2])
    hashes = batch.word_hashes[first:last]
    return foreign.find(hashes)[0].size > english.find(hashes)[0].size


@lru_cache(maxsize=16)
def _function_words(lexicon: Lexicon, name: str) -> HashIndex:
    """Return a set of function words, to be found among those of a page."""
    return HashIndex.of(hash_words(sorted(lexicon.words[name].line)))


def _hits(text: str, window: _Window, gate: Gate, lexicon: Lexicon) -> Iterator[_Hit]:
    """Give the forms that have the window's candidate as their anchor, if their edges hold."""
    word = fold(text[window.starts[window.at] : window.ends[window.at]]).strip("'")
    for cut in cuts_of(word):
        for at, count in gate.shapes(word[cut:]):
            first, last = window.at - at, window.at - at + count
            if first < 0 or last > len(window.starts) or (cut and at):
                continue
            start, end = window.starts[first], window.ends[last - 1]
            surface = text[start : min(end, start + _LONGEST + 1)]
            if len(surface) > _LONGEST or _PARTED.search(surface):
                continue
            if unicodedata.combining(text[window.starts[last - 1]]):  # a mark alone is no word of a name
                continue
            key = lexicon_key(surface)
            for skip in cuts_of(key) if at else (cut,):
                form = lexicon.forms.get(key[skip:])
                if form is None or (skip and form.script == "Latn"):
                    continue
                if _has_edges(text, start, end, form):
                    yield _Hit(_after(text, start, end, skip + form.prefix), end, form, first, last)


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


def _candidate(hit: _Hit, window: _Window, line: Line) -> _Candidate:
    """Return a hit with all that belongs to it, and what it would become."""
    text, start, end, first = line.page.text, hit.start, hit.end, hit.first
    if hit.form.script == "Latn":
        start, end = _with_rings(text, start, end)
        if hit.form.lexeme.drops_article:
            first, start = _with_article(text, first, start, window, line)
            start, end = _with_rings(text, start, end)  # one before the article would stand before the name next
    surface = text[start:end]
    canonical = in_style_of(surface, hit.form.canonical)
    return _Candidate(start, end, hit.form, surface, canonical, window, first, hit.last, line)


def _decided(candidate: _Candidate, lexicon: Lexicon) -> Edit | None:
    """Return the edit of a candidate, or None where it is spelled right."""
    start, end, form, surface, canonical, window, first, last, line = candidate
    if plain(strip_marks(surface) if form.script != "Latn" else surface) == plain(canonical):
        return None
    text = line.page.text
    left = _neighbour(text, window, first - 1, first)
    right = _neighbour(text, window, last, last)
    around = Neighbours(
        left and line.page.last_words.get(window.ends[first - 1], left),
        right and line.page.first_words.get(window.starts[last], right),
        left and _neighbour(text, window, first - 2, first - 1),
    )
    near = Neighbours(*map(fold, around))
    setting = Setting(form=form, surface=surface, canonical=canonical, start=start, line=line, around=around, near=near)
    verdict = judge(setting, lexicon.words)
    return Edit(
        start=start,
        end=end,
        surface=surface,
        canonical=canonical,
        lexeme=form.lexeme.id,
        family=form.lexeme.family,
        action=verdict.action,
        rule=verdict.rule,
        score=verdict.score,
    )


def _with_article(text: str, first: int, start: int, window: _Window, line: Line) -> tuple[int, int]:
    """Take in the Arabic article before a form: any with a hyphen, only al and el with a space."""
    if first == 0 or window.starts[first - 1] < line.start:
        return first, start
    article, joint = fold(text[window.starts[first - 1] : window.ends[first - 1]]), text[window.ends[first - 1] : start]
    if not _is_article(article, fold(text[start : start + 2]), joint):
        return first, start
    before = text[window.starts[first - 2] : window.ends[first - 2]] if first > 1 else ""
    if fold(before) in _ARTICLES:  # an article before the article would be the next one to go
        return first, start
    return first - 1, window.starts[first - 1]


def _with_rings(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in a half ring for ayin or hamza at either end, which no quotation is made with, if nothing joins beyond."""
    if text[max(0, start - 1) : start] in _RINGS and _parts(text[max(0, start - 2) : start - 1]):
        start -= 1
    if text[end : end + 1] in _RINGS and _parts(text[end + 1 : end + 2]):
        end += 1
    return start, end


def _parts(character: str) -> bool:
    """Return whether a character, or the end of the text, parts words: punctuation, symbol or white space."""
    return character.isspace() or not character or unicodedata.category(character)[0] in "PS"


def _is_article(article: str, opening: str, joint: str) -> bool:
    """Return whether a word is the article of a name, assimilated to its first letter or not."""
    if plain(joint) == "-":
        return article in _ARTICLES or (article[:1] in "ae" and article[1:] in {opening[:1], opening})
    return article in {"al", "el"} and joint == " "


def _neighbour(text: str, window: _Window, index: int, gap: int) -> str:
    """Return the word at ``index`` of the window if only a space or a hyphen parts it from the hit, else nothing."""
    if not (0 <= index < len(window.starts) and 0 < gap < len(window.starts)):
        return ""
    joint = text[window.ends[gap - 1] : window.starts[gap]]
    word = text[window.starts[index] : window.ends[index]]
    if joint in {" ", "-", "\N{NO-BREAK SPACE}"} or (joint == ". " and index < gap):
        return word
    return ""
