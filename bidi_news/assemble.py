"""The record of a page out of what the steps found: fields only, no rule of its own.

Example:
    >>> from bidi_news import Page, normalize
    >>> normalize(Page(text="")).body
    ''
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from bidi_news import dates, variants
from bidi_news._version import __version__
from bidi_news.model import Article, Blocks, ChromeKind, Edit, Failure, Image, Label, Page, Timestamp, Versions
from bidi_news.resources import data_version
from bidi_news.segment import LABELS
from bidi_news.segment.fields import author_names, split_caption
from bidi_news.segment.lexical import language_names
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bidi_news.batch import Batch, Document
    from bidi_news.outlets import Outlet
    from bidi_news.segment import Segments

__all__ = ["assemble", "failed"]

_LABELS: Final = np.array(LABELS, object)
_CHROME: Final = LABELS.index(Label.CHROME)
_BODY: Final = frozenset({Label.BODY, Label.CROSSHEAD})
_PICTURE: Final = frozenset({Label.CAPTION, Label.CREDIT})
_KINDS: Final = np.array((*ChromeKind, None), object)  # the last answers index -1
_RIGHT_TO_LEFT: Final = frozenset({"he", "ar", "fa", "ur", "yi"})
_HUNDREDTHS: Final = np.array([percent / 100 for percent in range(101)], object)


@cache
def _versions() -> Versions:
    """Return what makes the records of this run."""
    return Versions(bidi_news=__version__, data=data_version())


def failed(page: Page, failure: Failure, article: Article | None = None) -> Article:
    """Return the error record of a page; an ``article`` that was made of it keeps all its fields."""
    if article is not None:
        return replace(article, status="error", error=failure)
    return Article(
        id=page.id,
        status="error",
        error=failure,
        url=page.url,
        issues=page.issues,
        extra=page.extra,
        versions=_versions(),
    )


def assemble(
    batch: Batch,
    outlets: Sequence[Outlet | None],
    segments: Segments,
    stamps: Sequence[tuple[Timestamp, ...]],
    edits: Sequence[tuple[Edit, ...]],
) -> list[Article]:
    """Return the record of each page of a batch.

    Args:
        batch: the pages.
        outlets: profile of each page, or None.
        segments: labels of all lines.
        stamps: every stamp of each page.
        edits: every edit of each page.
    """
    columns = _columns(segments)
    article = np.flatnonzero(segments.labels != _CHROME)
    cuts = np.searchsorted(article, batch.page_lines).tolist()
    untidy = _untidy(batch)
    articles = []
    for page, (low, high) in enumerate(pairwise(batch.page_lines.tolist())):
        document, outlet, language = batch.documents[page], outlets[page], segments.page_languages[page]
        tags = document.tags if document.tags is not None else (None,) * (high - low)
        parts: list[Any] = [*(column[low:high] for column in columns), tags]
        lines = article[cuts[page] : cuts[page + 1]]
        found = _Found(Blocks(*parts), (lines - low).tolist(), untidy[lines].tolist(), stamps[page], edits[page])
        articles.append(_article(document, outlet.id if outlet is not None else None, language, found))
    return articles


class _Found(NamedTuple):
    """What the steps found on one page."""

    blocks: Blocks
    lines: list[int]  # the blocks that are no chrome
    untidy: list[bool]  # whether each of these needs tidying
    stamps: tuple[Timestamp, ...]
    edits: tuple[Edit, ...]


def _columns(segments: Segments) -> tuple[tuple[Any, ...], ...]:
    """Return the columns of :class:`~bidi_news.model.Blocks` but the last, for all lines of the batch."""
    names = np.array((*language_names(), "und"), object)
    return (
        tuple(segments.starts),
        tuple(segments.ends),
        tuple(_LABELS.take(segments.labels).tolist()),
        tuple(_KINDS.take(segments.kinds, mode="wrap").tolist()),
        tuple(names.take(segments.languages, mode="wrap").tolist()),
        tuple(_HUNDREDTHS.take(segments.percents).tolist()),
    )


def _untidy(batch: Batch) -> NDArray[np.bool_]:
    """Return which lines hold white space that is no single space: most paragraphs need no tidying."""
    spaces = np.flatnonzero(batch.classes == CharClass.SPACE.value)
    odd = (batch.data[spaces] != ord(" ")) | (batch.classes[spaces + 1] == CharClass.SPACE.value)
    lines = np.zeros(len(batch.line_starts) + 1, bool)  # the last takes what stands before the first line
    lines[batch.line_of(spaces[odd])] = True
    return lines[:-1]


def _article(document: Document, outlet: str | None, language: str, found: _Found) -> Article:
    """Return the record of one page."""
    page, text, blocks = document.page, document.text, found.blocks
    lines: dict[Label, list[str]] = {label: [] for label in Label}
    paragraphs, body, pictures = [], [], []
    for index, untidy in zip(found.lines, found.untidy, strict=True):
        label = blocks.labels[index]
        line = text[blocks.starts[index] : blocks.ends[index]]
        if untidy:
            line = " ".join(line.split())
        if label in _BODY:
            paragraphs.append(index)
            body.append(line)
        elif label in _PICTURE:
            pictures.append((index, line))
        else:
            lines[label].append(line)
    published, modified = dates.choose_published(found.stamps)
    spoken = tuple(name for line in lines[Label.BYLINE] for name in author_names(line))
    said = tuple(name for name in document.evidence.authors if "://" not in name)
    return Article(
        id=page.id,
        status="ok",
        url=page.url or document.evidence.canonical,
        outlet=outlet,
        language=language,
        direction="rtl" if language in _RIGHT_TO_LEFT else "ltr",
        headline=next(iter(lines[Label.HEADLINE]), None),
        deck=" ".join(lines[Label.DECK]) or None,
        authors=tuple(dict.fromkeys(spoken or said)),
        published=published,
        modified=modified,
        body="\n\n".join(body),
        normalized="\n\n".join(_rewritten(text, blocks, paragraphs, body, found.edits)),
        edits=found.edits,
        images=_images(blocks, pictures),
        blocks=blocks,
        timestamps=found.stamps,
        issues=document.issues,
        text=text,
        extra=page.extra,
        versions=_versions(),
    )


def _rewritten(text: str, blocks: Blocks, paragraphs: list[int], body: list[str], edits: tuple[Edit, ...]) -> list[str]:
    """Return the tidied paragraphs after the replace-edits."""
    if not edits:
        return body
    result = list(body)
    starts = [blocks.starts[i] for i in paragraphs]
    own: dict[int, list[Edit]] = {}
    for edit in edits:
        row = bisect_right(starts, edit.start) - 1
        if edit.action == "replace" and row >= 0 and edit.end <= blocks.ends[paragraphs[row]]:
            own.setdefault(row, []).append(replace(edit, start=edit.start - starts[row], end=edit.end - starts[row]))
    for row, inside in own.items():
        changed = variants.apply_edits(text[starts[row] : blocks.ends[paragraphs[row]]], tuple(inside))
        result[row] = " ".join(changed.split())
    return result


def _images(blocks: Blocks, pictures: list[tuple[int, str]]) -> tuple[Image, ...]:
    """Return the captions with their credits, a doubled caption once.

    A credit on a line of its own belongs to the caption right before or after it.
    """
    images: list[Image] = []
    seen: set[str] = set()
    loose: Image | None = None  # a credit that may yet find its caption
    last = -2
    for index, line in pictures:
        start, end = blocks.starts[index], blocks.ends[index]
        caption, credit = split_caption(line)
        if blocks.labels[index] is Label.CREDIT:
            caption, credit = None, credit or line
        adjacent = index == last + 1
        last = index
        if caption is not None and line in seen:
            continue
        seen.add(line)
        before = images[-1] if images and adjacent else None
        if caption is None and before is not None and before.caption is not None and before.credit in {None, credit}:
            images[-1] = replace(images[-1], credit=credit)
        elif caption is not None and credit is None and loose is not None and adjacent:
            images[-1] = Image(caption=caption, credit=loose.credit, start=start, end=end)
        else:
            images.append(Image(caption=caption, credit=credit, start=start, end=end))
        loose = images[-1] if images[-1].caption is None else None
    return tuple(images)
