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
from itertools import compress, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from bidi_news import variants
from bidi_news._version import __version__
from bidi_news.model import Article, Blocks, Edit, Failure, Image, Issue, Page, Versions
from bidi_news.resources import data_version
from bidi_news.segment import LABELS
from bidi_news.segment.fields import author_names, split_caption
from bidi_news.spoofing import find_unseen
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from bidi_news.batch import Batch, Document
    from bidi_news.dates import Publication
    from bidi_news.outlets import Outlet
    from bidi_news.segment import Segments

__all__ = ["assemble", "failed"]

_HEADLINE, _DECK, _BYLINE, _, _BODY, _CROSSHEAD, _CAPTION, _CREDIT, _CHROME = range(len(LABELS))
_OF_PICTURES: Final = frozenset({_CAPTION, _CREDIT})
_IS_RUNNING: Final = np.array([label in {_BODY, _CROSSHEAD} for label in range(len(LABELS))])
_IS_FRAME: Final = np.array([label not in {_BODY, _CROSSHEAD, _CHROME} for label in range(len(LABELS))])
_RIGHT_TO_LEFT: Final = frozenset({"he", "ar", "fa", "ur", "yi"})


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
    publications: Sequence[Publication],
    edits: Sequence[tuple[Edit, ...]],
) -> list[Article]:
    """Return the record of each page of a batch.

    Args:
        batch: the pages.
        outlets: profile of each page, or None.
        segments: labels of all lines.
        publications: publication and update of each page, None where it has none, and what is wrong with them.
        edits: every edit of each page.
    """
    blocks = segments.blocks
    unseen = find_unseen(batch)
    odd = _odd_spaces(batch)
    paragraphs = _paragraphs(batch, _IS_RUNNING.take(blocks.labels).nonzero()[0], odd)
    frames = _frames(batch, blocks.labels, odd)
    articles = []
    for page, (low, high) in enumerate(pairwise(batch.page_lines.tolist())):
        document, outlet = batch.documents[page], outlets[page]
        found = _Found(
            outlet=outlet.id if outlet is not None else None,
            language=segments.page_languages[page],
            blocks=blocks.part(low, high, document.tags),
            paragraphs=next(paragraphs),
            frame=next(frames),
            publication=publications[page],
            edits=edits[page],
            unseen=unseen[page],
        )
        articles.append(_article(document, found))
    return articles


class _Paragraphs(NamedTuple):
    """Some lines of a page, as columns."""

    starts: list[int]  # first code point in the page
    ends: list[int]
    texts: list[str]  # with single spaces


class _Line(NamedTuple):
    """A line of the frame of a page."""

    place: int  # in the batch
    start: int  # first code point in the page
    end: int
    label: int  # index into LABELS
    text: str  # with single spaces


class _Found(NamedTuple):
    """What the steps found on one page."""

    outlet: str | None
    language: str
    blocks: Blocks
    paragraphs: _Paragraphs  # and crossheads
    frame: list[_Line]  # all others that are no chrome
    publication: Publication
    edits: tuple[Edit, ...]
    unseen: tuple[Issue, ...]


def _paragraphs(batch: Batch, lines: NDArray[np.int64], odd: NDArray[np.int64]) -> Iterator[_Paragraphs]:
    """Give some lines of a batch page by page, tidied where there is white space that is no single space."""
    untidy = odd.searchsorted(batch.line_ends[lines]) > odd.searchsorted(batch.line_starts[lines])
    columns = [untidy.tolist(), *batch.line_offsets[:, lines].tolist()]
    cuts = lines.searchsorted(batch.page_lines).tolist()
    for document, (low, high) in zip(batch.documents, pairwise(cuts), strict=True):
        uneven, starts, ends = [column[low:high] for column in columns]
        text = document.text
        texts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
        for place in compress(range(high - low), uneven):
            texts[place] = " ".join(texts[place].split())
        yield _Paragraphs(starts, ends, texts)


def _frames(batch: Batch, labels: NDArray[np.uint8], odd: NDArray[np.int64]) -> Iterator[list[_Line]]:
    """Give the other lines that are no chrome, page by page."""
    lines = _IS_FRAME.take(labels).nonzero()[0]
    indexes, own = lines.tolist(), labels[lines].tolist()
    done = 0
    for starts, ends, texts in _paragraphs(batch, lines, odd):
        past = done + len(starts)
        yield list(map(_Line, indexes[done:past], starts, ends, own[done:past], texts))
        done = past


def _odd_spaces(batch: Batch) -> NDArray[np.int64]:
    """Return the bytes at which white space begins that is no single space: most paragraphs have none."""
    spaces = batch.classes == CharClass.SPACE.value
    odd = batch.data != ord(" ")
    odd[:-1] |= spaces[1:]
    odd &= spaces
    found: NDArray[np.int64] = odd.nonzero()[0]
    return found


def _article(document: Document, found: _Found) -> Article:
    """Return the record of one page."""
    page, text = document.page, document.text
    frame = found.frame
    body = "\n\n".join(found.paragraphs.texts)
    published, modified, doubts = found.publication
    spoken = tuple([name for line in frame if line.label == _BYLINE for name in author_names(line.text)])
    said = tuple([name for name in document.evidence.authors if "://" not in name])
    return Article(
        id=page.id,
        status="ok",
        url=page.url or document.evidence.canonical,
        outlet=found.outlet,
        language=found.language,
        direction="rtl" if found.language in _RIGHT_TO_LEFT else "ltr",
        headline=next((line.text for line in frame if line.label == _HEADLINE), None),
        deck=" ".join([line.text for line in frame if line.label == _DECK]) or None,
        authors=tuple(dict.fromkeys(spoken or said)),
        published=published,
        modified=modified,
        body=body,
        normalized="\n\n".join(_rewritten(text, found.paragraphs, found.edits)) if found.edits else body,
        edits=found.edits,
        images=_images([line for line in frame if line.label in _OF_PICTURES]),
        blocks=found.blocks,
        issues=(*document.issues, *doubts, *found.unseen),
        text=text,
        extra=page.extra,
        versions=_versions(),
    )


def _rewritten(text: str, paragraphs: _Paragraphs, edits: tuple[Edit, ...]) -> list[str]:
    """Return the tidied paragraphs after the replace-edits."""
    result, starts, ends = paragraphs.texts.copy(), paragraphs.starts, paragraphs.ends
    own: dict[int, list[Edit]] = {}
    for edit in edits:
        row = bisect_right(starts, edit.start) - 1
        if edit.action == "replace" and row >= 0 and edit.end <= ends[row]:
            own.setdefault(row, []).append(replace(edit, start=edit.start - starts[row], end=edit.end - starts[row]))
    for row, inside in own.items():
        changed = variants.apply_edits(text[starts[row] : ends[row]], tuple(inside))
        result[row] = " ".join(changed.split())
    return result


def _images(lines: Iterable[_Line]) -> tuple[Image, ...]:
    """Return the captions with their credits, a doubled caption once.

    A credit on a line of its own belongs to the caption right before or after it.
    """
    images: list[Image] = []
    seen: set[str] = set()
    loose: Image | None = None  # a credit that may yet find its caption
    last = -2
    for place, start, end, label, line in lines:
        caption, credit = split_caption(line)
        if label == _CREDIT:
            caption, credit = None, credit or line
        adjacent = place == last + 1
        last = place
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
