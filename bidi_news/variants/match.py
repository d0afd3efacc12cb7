"""Find the spellings of the lexicon in a batch of pages.

The gate (:mod:`bidi_news.variants.gate`) names the few words that may belong to a spelling. Only for these is anything
done in Python: the forms around each are looked up (:mod:`hits`), judged (:mod:`guard`) and written in the case of the
page (:mod:`rewrite`). Of two that overlap the leftmost
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
import unicodedata
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bidi_news.hashes import HashIndex, hash_words
from bidi_news.model import Edit
from bidi_news.unicode.fold import fold, plain, strip_marks
from bidi_news.variants.gate import candidates, gate_of
from bidi_news.variants.guard import Setting, judge
from bidi_news.variants.hits import hits_in, windows_around
from bidi_news.variants.rewrite import in_style_of
from bidi_news.variants.surroundings import Line, Neighbours, PageText

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bidi_news.batch import Batch
    from bidi_news.options import InQuotes
    from bidi_news.variants.gate import Gate
    from bidi_news.variants.hits import Hit, Window
    from bidi_news.variants.lexicon import Form, Lexicon

__all__ = ["find_candidates", "find_edits"]

_RINGS = frozenset("\N{MODIFIER LETTER LEFT HALF RING}\N{MODIFIER LETTER RIGHT HALF RING}")
_ARTICLES = frozenset({"al", "el", "ul"})


class _Candidate(NamedTuple):
    """A hit with its article and half rings, its words and its line."""

    start: int
    end: int
    form: Form
    surface: str
    canonical: str
    window: Window
    first: int
    """Index of its first word in the window."""
    last: int
    """Index after its last word."""
    line: Line


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
    windows = windows_around(batch, words, pages)
    for page, group in itertools.groupby(zip(pages.tolist(), windows, strict=True), key=lambda pair: pair[0]):
        text = PageText(batch.documents[page].text, in_quotes, partial(_is_foreign, batch, page, lexicon))
        edits[page] = tuple(_page_edits(batch, text, [window for _, window in group], gate, lexicon))
    return edits


def _page_edits(
    batch: Batch, page: PageText, windows: Sequence[Window], gate: Gate, lexicon: Lexicon
) -> Iterator[Edit]:
    """Give the edits of one page, and what was held back: leftmost first, the longest of those that begin together."""
    lines: dict[int, Line] = {}
    found: list[_Candidate] = []
    for window in windows:
        for hit in hits_in(page.text, window, gate, lexicon):
            if window.line not in lines:
                start, end = batch.line_offsets[:, window.line].tolist()
                lines[window.line] = Line(page, page.text[start:end], start)
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
    english, index = _function_words(lexicon)
    first, last = batch.line_words[batch.page_lines[page : page + 2]].tolist()
    _, rows = index.find(batch.word_hashes[first:last])
    return len(rows) > 2 * int(np.count_nonzero(rows < english))


@lru_cache(maxsize=8)
def _function_words(lexicon: Lexicon) -> tuple[int, HashIndex]:
    """Return the function words of English alone and after them those of other languages alone; how many the first are.

    Those of both count for neither.
    """
    english, foreign = lexicon.words["english"].line, lexicon.words["foreign"].line
    return len(english - foreign), HashIndex.of(hash_words([*(english - foreign), *(foreign - english)]))


def _candidate(hit: Hit, window: Window, line: Line) -> _Candidate:
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
    if surface == canonical or plain(strip_marks(surface) if form.script != "Latn" else surface) == plain(canonical):
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


def _with_article(text: str, first: int, start: int, window: Window, line: Line) -> tuple[int, int]:
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


def _neighbour(text: str, window: Window, index: int, gap: int) -> str:
    """Return the word at ``index`` of the window if only a space or a hyphen parts it from the hit, else nothing."""
    if not (0 <= index < len(window.starts) and 0 < gap < len(window.starts)):
        return ""
    joint = text[window.ends[gap - 1] : window.starts[gap]]
    word = text[window.starts[index] : window.ends[index]]
    if joint in {" ", "-", "\N{NO-BREAK SPACE}"} or (joint == ". " and index < gap):
        return word
    return ""
