"""The label of every line: the network's scores, refined by what an article's frame looks like.

The network says how much each line is body, headline or deck. Around its body the frame is read in a fixed order: page
furniture known by its words, stamps, credits and captions, bylines, the headline, the deck, crossheads. Words and
phrases are data (``data/chrome``).

Example:
    >>> from bidi_news.batch import Batch, Document
    >>> from bidi_news.model import Page
    >>> page = Page(text="פרסום ראשון: 06.23.15, 21:05")
    >>> segments = label_lines(Batch.of([Document(page=page, text=page.text)]), [None])
    >>> segments.blocks[0].label.value
    'timestamp'
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from bidi_news.hashes import HashIndex
from bidi_news.marks import MARKS
from bidi_news.model import Blocks, ChromeKind, Label
from bidi_news.resources import parse_tsv, read_text
from bidi_news.segment.cues import Cues, Said
from bidi_news.segment.features import line_features, mark_features
from bidi_news.segment.frame import read_frame
from bidi_news.segment.lexical import WordCounts, count_words, hash_phrases, language_names
from bidi_news.segment.main_part import in_main_part
from bidi_news.segment.network import LONG, MODELS, OUTPUTS, SCALE, load_network
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from bidi_news.batch import Batch
    from bidi_news.outlets import Outlet
    from bidi_news.segment.network import ModelName

__all__ = ["LABELS", "Segments", "label_lines", "models_of"]

LABELS: Final = tuple(Label)
"""Labels by the numbers of :attr:`Blocks.labels <bidi_news.blocks.Blocks.labels>`."""
KINDS: Final = tuple(ChromeKind)
"""Kinds by their numbers, likewise."""

_BODY, _CHROME = LABELS.index(Label.BODY), LABELS.index(Label.CHROME)
_NUMBERS: Final = {label: number for number, label in enumerate(LABELS)}
_PHRASES: Final = ("chrome/phrases.tsv", "chrome/players.tsv")
# Confidence of a logit in 1/SCALE, in hundredths; a table, so that no machine's exp decides a digit.
_PERCENT: Final = np.round(100 / (1 + np.exp(-np.arange(-8 * SCALE, 8 * SCALE + 1) / SCALE))).astype(np.int64)
_REACH: Final = 3  # lines from one paragraph to the next that may hold weaker ones between them
_LEAST_BETWEEN: Final = 4 * SCALE  # below nothing of a score a line of text between two paragraphs is theirs
_FLASH: Final = 12  # most lines of a page that may be a flash and little else
_FIGURES: Final = 6  # digits of a line that can be a date
_LEAST_FLASH: Final = 10 * SCALE  # below nothing of a score its only sentence is its body
_LEAST_OF_MARKUP: Final = 3 * SCALE // 2  # likewise in HTML, where furniture scores lower still
_NEAR_BEST: Final = SCALE // 2  # of the best line of such a page, those that are as good
_SENTENCE: Final = 60  # characters of a line that can carry an article alone
_FRONT_PAGE: Final = 6000  # characters of a page of which an article is
_LEAST_SHARE: Final = 20  # at least one part in so many
_LEAST_SHARE_OF_MARKUP: Final = 50  # likewise in HTML, whose pages hold menus and lists that text lacks
_RULE_PERCENT: Final = 90  # of a label that a rule gave
# Scores above are body, chosen on labelled pages.
_THRESHOLDS: Final[Mapping[ModelName, int]] = {"text": SCALE // 4, "long-text": SCALE // 4, "html": -SCALE // 4}
_INSIDE, _OUTSIDE = SCALE // 2, -3 * SCALE  # what a line of HTML scores more for being in the main part, or outside
_SHARED_DEPTH: Final = MARKS.index("shared_depth")


class Segments(NamedTuple):
    """What the lines of a batch are."""

    blocks: Blocks
    """Every line of every page, in order, without tags; offsets are code points of the line's page."""
    page_languages: list[str]
    """BCP 47 tag of each page's body (of the whole page where it has none), ``und`` where undecided."""


def label_lines(batch: Batch, outlets: Sequence[Outlet | None]) -> Segments:
    """Return the labels of every line of a batch.

    Args:
        batch: the pages.
        outlets: profile of each page, or None; its chrome phrases are taken for what they are.
    """
    known = count_words(batch)
    scores = _scores(batch, known)
    hashes = batch.line_sums(batch.word_hashes)
    kinds = _furniture(batch, hashes, outlets)
    flags = _body(batch, scores[:, 0], kinds)
    labels = np.where(flags, np.uint8(_BODY), np.uint8(_CHROME))
    cues = Cues.of(batch, Said(known.categories, hashes), scores, kinds, flags)
    body = np.flatnonzero(flags)
    cuts = np.searchsorted(body, batch.page_lines).tolist()
    for page, bounds in enumerate(pairwise(batch.page_lines.tolist())):
        if bounds[0] < bounds[1]:
            own = body[cuts[page] : cuts[page + 1]].tolist()
            for line, label in read_frame(cues, page, bounds, own).items():
                labels[line] = _NUMBERS[label]
    kinds[labels != _CHROME] = -1
    languages, page_languages = _languages(batch, known.votes, labels)
    blocks = Blocks(
        starts=batch.line_offsets[0],
        ends=batch.line_offsets[1],
        labels=labels,
        kinds=kinds,
        languages=languages.astype(np.int8),
        names=language_names(),
        percents=_percents(scores[:, 0], labels).astype(np.uint8),
    )
    return Segments(blocks=blocks, page_languages=page_languages)


def _scores(batch: Batch, known: WordCounts) -> NDArray[np.int64]:
    """Return the network's scores of each line, the body's less its threshold."""
    features = line_features(batch, known)
    scores = np.full((len(features), len(OUTPUTS)), -8 * SCALE)  # of an output that a model has not: surely not
    models = models_of(batch)
    for number, name in enumerate(MODELS):
        rows = np.flatnonzero(models == number)
        if rows.size:
            columns = features if len(rows) == len(features) else features.T.take(rows, axis=1).T
            if name == "html":
                columns = np.concatenate((columns.T, mark_features(batch).T)).T
            network = load_network(name)
            outputs = np.array([OUTPUTS.index(Label(output)) for output in network.outputs])
            scores[rows[:, None], outputs] = network.scores(columns, batch.line_pages[rows])
            scores[rows, 0] -= _THRESHOLDS[name]
            if name == "html":
                scores[rows, 0] += _of_place(batch, rows, scores[rows, 0] > 0)
    return scores


def models_of(batch: Batch) -> NDArray[np.int64]:
    """Return which network reads each line of a batch: its number in MODELS, by what its page is; shape (lines,).

    Example:
        >>> from bidi_news.batch import Batch, Document
        >>> from bidi_news.model import Page
        >>> text = "A line." * 1000
        >>> MODELS[models_of(Batch.of([Document(page=Page(text=text), text=text)]))[0]]
        'long-text'
    """
    is_html = np.array([document.marks is not None for document in batch.documents], bool)
    characters = np.bincount(batch.line_pages, batch.line_classes.sum(axis=1), len(batch.documents))
    short, long, html = map(MODELS.index, ("text", "long-text", "html"))
    return np.where(is_html, html, np.where(characters < LONG, short, long))[batch.line_pages]


def _of_place(batch: Batch, rows: NDArray[np.int64], body: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return what lines of HTML score more for being in the main part of their page, less for being outside."""
    marks = [document.marks[:, _SHARED_DEPTH] for document in batch.documents if document.marks is not None]
    begins, ends = batch.line_offsets
    sizes = (ends - begins)[rows] * body
    inside = in_main_part(np.concatenate(marks).astype(np.int64), batch.line_pages[rows], sizes)
    return np.where(inside, _INSIDE, _OUTSIDE)


def _body(batch: Batch, scores: NDArray[np.int64], kinds: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Return which lines are body by their scores and their neighbours'.

    A line between two of the body, at most two lines from one to the other, is let in at a lower score: dialogue and
    lists are made of short lines. So is a long line beside the body. In plain text a single line with the body right
    above and below it is let in at a much lower score, and so is a long one under the body that ends its page. A page
    without a sentence in its body gives its best long lines a chance, the better one if it is HTML, or a few lines with
    a date: a flash. If none takes it, the page has no body. Nor has a long page of which hardly anything would be body:
    a front page.
    """
    possible = (scores > -SCALE) & (kinds < 0)
    body = possible & (scores > 0)
    index = np.arange(len(scores))
    last = np.maximum.accumulate(np.where(body, index, -_REACH))
    following = np.minimum.accumulate(np.where(body, index, len(scores) + _REACH)[::-1])[::-1]
    near = (following - last <= _REACH) & (last >= 0)
    pages = batch.line_pages
    near[near] = pages[last[near]] == pages[following[near]]
    body |= possible & near
    characters = batch.line_classes.sum(axis=1)
    long = characters >= _SENTENCE
    beside = np.flatnonzero((pages[1:] == pages[:-1]) & (body[1:] != body[:-1]))
    beside = np.concatenate((beside, beside + 1))
    body[beside] |= (possible & long)[beside]
    between = np.flatnonzero(body[:-2] & body[2:] & (pages[:-2] == pages[2:])) + 1
    ends = (
        np.flatnonzero(body[:-1] & long[1:] & (pages[:-1] == pages[1:]) & (np.append(pages[2:], -1) != pages[1:])) + 1
    )
    between = np.concatenate((between, ends))
    marked = np.array([document.marks is not None for document in batch.documents], bool)
    body[between] |= ((scores > -_LEAST_BETWEEN) & (kinds < 0) & ~marked[pages])[between]
    has_sentence = np.bincount(pages[body & long], minlength=len(batch.documents)) > 0
    dated = (batch.line_classes[:, CharClass.DIGIT] >= _FIGURES) & ~long
    flash = (np.diff(batch.page_lines) <= _FLASH) & (np.bincount(pages[dated], minlength=len(batch.documents)) > 0)
    floor = np.where(flash, -_LEAST_FLASH, np.where(marked, -_LEAST_OF_MARKUP, -SCALE))
    candidates = np.flatnonzero((kinds < 0) & long & ~has_sentence[pages] & (scores > floor[pages]))
    best = floor.copy()
    np.maximum.at(best, pages[candidates], scores[candidates])
    body[candidates[scores[candidates] >= best[pages[candidates]] - _NEAR_BEST]] = True
    has_sentence |= best > floor
    total, found = (np.bincount(pages, part, len(batch.documents)) for part in (characters, characters * body))
    least = np.where(marked, _LEAST_SHARE_OF_MARKUP, _LEAST_SHARE)
    is_article = has_sentence & ((total < _FRONT_PAGE) | (least * found >= total))
    return body & is_article[pages]


def _percents(scores: NDArray[np.int64], labels: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return the confidence in each label: the network's where it had the word, a fixed one where a rule had it."""
    limit = len(_PERCENT) // 2
    body = _PERCENT.take(np.clip(scores, -limit, limit) + limit)
    return np.where(labels == _BODY, body, np.where(labels == _CHROME, np.maximum(100 - body, 50), _RULE_PERCENT))


@cache
def _phrases() -> tuple[HashIndex, NDArray[np.int8]]:
    """Return the known lines of page furniture by the sum of their words' hashes, and the kind of each."""
    rows = [row for path in _PHRASES for _, row in parse_tsv(read_text(path), ("phrase", "kind"), path=path)]
    kinds = [KINDS.index(ChromeKind(row["kind"])) for row in rows]
    return HashIndex.of(hash_phrases([row["phrase"] for row in rows])), np.array(kinds, np.int8)


def _furniture(batch: Batch, hashes: NDArray[np.uint64], outlets: Sequence[Outlet | None]) -> NDArray[np.int8]:
    """Return the kind of each line that is a known phrase of page furniture, -1 for the others.

    A figure in a line does not count: "12 comments" is "comments".
    """
    phrases, phrase_kinds = _phrases()
    figures = batch.classes[batch.word_starts] == CharClass.DIGIT.value
    worded = batch.line_sums(np.where(figures, np.uint64(0), batch.word_hashes))
    worded[batch.line_sums(figures.astype(np.int64)) > 1] = 0  # a date, a score
    kinds = np.full(len(worded), -1, np.int8)
    lines, rows = phrases.find(worded)
    kinds[lines] = phrase_kinds.take(rows)
    for page, outlet in enumerate(outlets):
        if outlet is not None and outlet.chrome:
            own = _outlet_phrases(outlet.chrome)
            low, high = batch.page_lines[page : page + 2].tolist()
            said = zip(hashes[low:high].tolist(), worded[low:high].tolist(), strict=True)
            for line, (exact, unfigured) in enumerate(said, low):
                if (exact in own or unfigured in own) and kinds[line] < 0:
                    kinds[line] = KINDS.index(ChromeKind.NAV)
    return kinds


@lru_cache(maxsize=256)
def _outlet_phrases(phrases: tuple[str, ...]) -> frozenset[int]:
    """Return the sums of the hashes of an outlet's phrases; one without a word says nothing."""
    return frozenset(hash_phrases(phrases).tolist()) - {0}


def _languages(
    batch: Batch, votes: NDArray[np.int64], labels: NDArray[np.uint8]
) -> tuple[NDArray[np.int64], list[str]]:
    """Return the language of each line, and the tag of each page's body."""
    names = language_names()
    columns = votes.T  # language by language, as they are kept
    best = columns.max(axis=0, initial=0)
    ahead = (columns == best).view(np.uint8)
    languages = np.where((best > 0) & (ahead.sum(axis=0, dtype=np.uint8) == 1), ahead.argmax(axis=0), -1)
    total = _page_sums(columns, np.flatnonzero(labels == _BODY), batch)
    silent = np.flatnonzero(~total.any(axis=0))
    if silent.size:
        total[:, silent] = _page_sums(columns, np.arange(len(labels)), batch)[:, silent]
    main = np.where(total.any(axis=0), total.argmax(axis=0), -1)
    # a short line in Latin letters speaks the page's language of that script unless its words say otherwise
    own = np.where((main == names.index("he")) | (main == names.index("ar")), -1, main)[batch.line_pages]
    plain = (languages < 0) & (batch.line_classes[:, CharClass.LOWER] > 0)
    languages[plain] = own[plain]
    hints = [document.evidence.language or document.page.language or "und" for document in batch.documents]
    return languages, [names[i] if i >= 0 else hint for i, hint in zip(main.tolist(), hints, strict=True)]


def _page_sums(columns: NDArray[np.int64], lines: NDArray[np.int64], batch: Batch) -> NDArray[np.int64]:
    """Return the sums of each column over some lines of each page, shape (columns, pages)."""
    total = np.zeros((len(columns), len(lines) + 1), np.int64)
    np.cumsum(columns.take(lines, axis=1), axis=1, out=total[:, 1:])
    return np.diff(total[:, lines.searchsorted(batch.page_lines)])
