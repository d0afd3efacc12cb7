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
from typing import TYPE_CHECKING, Final

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

_KINDS: Final = (*ChromeKind, None)  # the last answers index -1
_RIGHT_TO_LEFT: Final = frozenset({"he", "ar", "fa", "ur", "yi"})
_HUNDREDTHS: Final = tuple(percent / 100 for percent in range(101))


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
    rows = batch.page_lines.tolist()
    untidy = _untidy(batch).tolist()
    return [
        replace(
            _article(document, _blocks(segments, low, high, document), untidy[low:high], found, edited),
            outlet=outlet.id if outlet is not None else None,
            language=language,
            direction="rtl" if language in _RIGHT_TO_LEFT else "ltr",
        )
        for document, outlet, low, high, language, found, edited in zip(
            batch.documents, outlets, rows[:-1], rows[1:], segments.page_languages, stamps, edits, strict=True
        )
    ]


def _blocks(segments: Segments, low: int, high: int, document: Document) -> Blocks:
    """Return the blocks of the lines of one page."""
    names = (*language_names(), "und")
    return Blocks(
        starts=tuple(segments.starts[low:high]),
        ends=tuple(segments.ends[low:high]),
        labels=tuple([LABELS[i] for i in segments.labels[low:high].tolist()]),
        kinds=tuple([_KINDS[i] for i in segments.kinds[low:high].tolist()]),
        languages=tuple([names[i] for i in segments.languages[low:high].tolist()]),
        scores=tuple([_HUNDREDTHS[i] for i in segments.percents[low:high].tolist()]),
        tags=document.tags if document.tags is not None else (None,) * (high - low),
    )


def _untidy(batch: Batch) -> NDArray[np.bool_]:
    """Return which lines hold white space that is no single space: most paragraphs need no tidying."""
    spaces = np.flatnonzero(batch.classes == CharClass.SPACE.value)
    odd = (batch.data[spaces] != ord(" ")) | (batch.classes[spaces + 1] == CharClass.SPACE.value)
    lines = np.zeros(len(batch.line_starts) + 1, bool)  # the last takes what stands before the first line
    lines[batch.line_of(spaces[odd])] = True
    return lines[:-1]


def _article(
    document: Document, blocks: Blocks, untidy: list[bool], stamps: tuple[Timestamp, ...], edits: tuple[Edit, ...]
) -> Article:
    """Return the record of one page, but for its outlet and language."""
    page, text = document.page, document.text
    at: dict[Label, list[int]] = {label: [] for label in Label}
    for index, label in enumerate(blocks.labels):
        if label is not Label.CHROME:
            at[label].append(index)
    lines = {
        label: [_tidy(text[blocks.starts[i] : blocks.ends[i]]) for i in at[label]]
        for label in (Label.HEADLINE, Label.DECK, Label.BYLINE)
    }
    paragraphs = sorted(at[Label.BODY] + at[Label.CROSSHEAD])
    raw = [text[blocks.starts[i] : blocks.ends[i]] for i in paragraphs]
    body = [_tidy(line) if untidy[i] else line for i, line in zip(paragraphs, raw, strict=True)]
    published, modified = dates.choose_published(stamps)
    spoken = tuple(name for line in lines[Label.BYLINE] for name in author_names(line))
    said = tuple(name for name in document.evidence.authors if "://" not in name)
    return Article(
        id=page.id,
        status="ok",
        url=page.url or document.evidence.canonical,
        headline=next(iter(lines[Label.HEADLINE]), None),
        deck=" ".join(lines[Label.DECK]) or None,
        authors=tuple(dict.fromkeys(spoken or said)),
        published=published,
        modified=modified,
        body="\n\n".join(body),
        normalized="\n\n".join(_rewritten(text, blocks, paragraphs, body, edits)),
        edits=edits,
        images=_images(text, blocks, sorted(at[Label.CAPTION] + at[Label.CREDIT])),
        blocks=blocks,
        timestamps=stamps,
        issues=document.issues,
        text=text,
        extra=page.extra,
        versions=_versions(),
    )


def _tidy(text: str) -> str:
    """Return a text with each run of white space as one space."""
    return " ".join(text.split())


def _rewritten(text: str, blocks: Blocks, paragraphs: list[int], body: list[str], edits: tuple[Edit, ...]) -> list[str]:
    """Return the tidied paragraphs after the replace-edits."""
    result = list(body)
    starts = [blocks.starts[i] for i in paragraphs]
    own: dict[int, list[Edit]] = {}
    for edit in edits:
        row = bisect_right(starts, edit.start) - 1
        if edit.action == "replace" and row >= 0 and edit.end <= blocks.ends[paragraphs[row]]:
            own.setdefault(row, []).append(replace(edit, start=edit.start - starts[row], end=edit.end - starts[row]))
    for row, inside in own.items():
        result[row] = _tidy(variants.apply_edits(text[starts[row] : blocks.ends[paragraphs[row]]], tuple(inside)))
    return result


def _images(text: str, blocks: Blocks, pictures: list[int]) -> tuple[Image, ...]:
    """Return the captions with their credits, a doubled caption once.

    A credit on a line of its own belongs to the caption right before or after it.
    """
    images: list[Image] = []
    seen: set[str] = set()
    loose: Image | None = None  # a credit that may yet find its caption
    last = -2
    for index in pictures:
        start, end = blocks.starts[index], blocks.ends[index]
        line = _tidy(text[start:end])
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
