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
from bidi_news.model import Article, Blocks, Edit, Failure, Image, Page, Timestamp, Versions
from bidi_news.resources import data_version
from bidi_news.segment import LABELS
from bidi_news.segment.fields import author_names, split_caption
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bidi_news.batch import Batch, Document
    from bidi_news.outlets import Outlet
    from bidi_news.segment import Segments

__all__ = ["assemble", "failed"]

_HEADLINE, _DECK, _BYLINE, _, _BODY, _CROSSHEAD, _CAPTION, _CREDIT, _CHROME = range(len(LABELS))
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
    publications: Sequence[tuple[Timestamp | None, Timestamp | None]],
    edits: Sequence[tuple[Edit, ...]],
) -> list[Article]:
    """Return the record of each page of a batch.

    Args:
        batch: the pages.
        outlets: profile of each page, or None.
        segments: labels of all lines.
        publications: publication and update of each page, None where it has none.
        edits: every edit of each page.
    """
    blocks = segments.blocks
    lines = np.flatnonzero(blocks.labels != _CHROME)
    columns = [column[lines].tolist() for column in (blocks.starts, blocks.ends, blocks.labels)]
    columns += [lines.tolist(), _untidy(batch, lines)]
    cuts = np.searchsorted(lines, batch.page_lines).tolist()
    articles = []
    for page, (low, high) in enumerate(pairwise(batch.page_lines.tolist())):
        document, outlet = batch.documents[page], outlets[page]
        found = _Found(
            outlet=outlet.id if outlet is not None else None,
            language=segments.page_languages[page],
            blocks=blocks.part(low, high, document.tags),
            lines=_lines(document.text, [column[cuts[page] : cuts[page + 1]] for column in columns]),
            publication=publications[page],
            edits=edits[page],
        )
        articles.append(_article(document, found))
    return articles


class _Lines(NamedTuple):
    """The lines of a page that are no chrome, as columns."""

    indexes: list[int]  # in the batch
    starts: list[int]  # first code point in the page
    ends: list[int]
    labels: list[int]  # index into LABELS
    texts: list[str]  # with single spaces

    def those(self, *labels: int) -> list[int]:
        """Return the places of the lines with one of some labels."""
        return [place for place, label in enumerate(self.labels) if label in labels]

    def said(self, label: int) -> list[str]:
        """Return the texts of the lines with a label."""
        return [self.texts[place] for place in self.those(label)] if label in self.labels else []


class _Found(NamedTuple):
    """What the steps found on one page."""

    outlet: str | None
    language: str
    blocks: Blocks
    lines: _Lines
    publication: tuple[Timestamp | None, Timestamp | None]
    edits: tuple[Edit, ...]


def _lines(text: str, columns: list[list[int]]) -> _Lines:
    """Return the lines of a page that are no chrome, tidied where the last column says so."""
    starts, ends, labels, indexes, untidy = columns
    texts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    for place in compress(range(len(texts)), untidy):
        texts[place] = " ".join(texts[place].split())
    return _Lines(indexes, starts, ends, labels, texts)


def _untidy(batch: Batch, lines: NDArray[np.int64]) -> list[int]:
    """Return which of some lines hold white space that is no single space: most paragraphs need no tidying."""
    spaces = np.flatnonzero(batch.run_classes == CharClass.SPACE.value)
    starts = batch.run_starts[spaces]
    odd = starts[(batch.run_starts[spaces + 1] - starts > 1) | (batch.data[starts] != ord(" "))]
    before = np.searchsorted(odd, batch.line_starts[lines])
    found: list[int] = (np.searchsorted(odd, batch.line_ends[lines]) > before).tolist()
    return found


def _article(document: Document, found: _Found) -> Article:
    """Return the record of one page."""
    page, text = document.page, document.text
    lines = found.lines
    paragraphs = lines.those(_BODY, _CROSSHEAD)
    body = [lines.texts[place] for place in paragraphs]
    joined = "\n\n".join(body)
    published, modified = found.publication
    spoken = tuple([name for line in lines.said(_BYLINE) for name in author_names(line)])
    said = tuple([name for name in document.evidence.authors if "://" not in name])
    return Article(
        id=page.id,
        status="ok",
        url=page.url or document.evidence.canonical,
        outlet=found.outlet,
        language=found.language,
        direction="rtl" if found.language in _RIGHT_TO_LEFT else "ltr",
        headline=next(iter(lines.said(_HEADLINE)), None),
        deck=" ".join(lines.said(_DECK)) or None,
        authors=tuple(dict.fromkeys(spoken or said)),
        published=published,
        modified=modified,
        body=joined,
        normalized="\n\n".join(_rewritten(text, lines, paragraphs, found.edits)) if found.edits else joined,
        edits=found.edits,
        images=_images(lines),
        blocks=found.blocks,
        issues=document.issues,
        text=text,
        extra=page.extra,
        versions=_versions(),
    )


def _rewritten(text: str, lines: _Lines, paragraphs: list[int], edits: tuple[Edit, ...]) -> list[str]:
    """Return the tidied paragraphs after the replace-edits."""
    result = [lines.texts[place] for place in paragraphs]
    starts, ends = [lines.starts[place] for place in paragraphs], [lines.ends[place] for place in paragraphs]
    own: dict[int, list[Edit]] = {}
    for edit in edits:
        row = bisect_right(starts, edit.start) - 1
        if edit.action == "replace" and row >= 0 and edit.end <= ends[row]:
            own.setdefault(row, []).append(replace(edit, start=edit.start - starts[row], end=edit.end - starts[row]))
    for row, inside in own.items():
        changed = variants.apply_edits(text[starts[row] : ends[row]], tuple(inside))
        result[row] = " ".join(changed.split())
    return result


def _images(lines: _Lines) -> tuple[Image, ...]:
    """Return the captions with their credits, a doubled caption once.

    A credit on a line of its own belongs to the caption right before or after it.
    """
    images: list[Image] = []
    seen: set[str] = set()
    loose: Image | None = None  # a credit that may yet find its caption
    last = -2
    for place in lines.those(_CAPTION, _CREDIT):
        index, start, end, line = lines.indexes[place], lines.starts[place], lines.ends[place], lines.texts[place]
        caption, credit = split_caption(line)
        if lines.labels[place] == _CREDIT:
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
