"""Find the stamps of a batch: candidate lines, their stamps, what each says, and how each is decided.

A record needs two stamps of a page, its publication and its update, and most stamps can be neither. So there are two
ways to ask, over one way of reading and deciding: :func:`find_dates` reads all that a page has;
:func:`find_publication` reads the lines that may answer, and the rest only where these do not decide.

Example:
    >>> from bidi_news.batch import Batch, Document
    >>> from bidi_news.dates.find import find_dates, find_publication
    >>> from bidi_news.model import Page
    >>> from bidi_news.options import Options
    >>> page = Page(text="פורסם: 23.06.15 , 21:05")
    >>> batch = Batch.of([Document(page=page, text=page.text)])
    >>> [[stamp.iso for stamp in found.timestamps] for found in find_dates(batch, None, [None], Options())]
    [['2015-06-23T21:05:00+03:00']]
    >>> [found.published.iso for found in find_publication(batch, None, [None], Options())]
    ['2015-06-23T21:05:00+03:00']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bidi_news.dates.choose import choose_published
from bidi_news.dates.clean import fold_word
from bidi_news.dates.context import context_of
from bidi_news.dates.lines import find_lines
from bidi_news.dates.markup import read_address, read_markup
from bidi_news.dates.reader import PageReader
from bidi_news.dates.settle import Settled, settle, with_only_date
from bidi_news.dates.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from bidi_news.batch import Batch, MachineStamp
    from bidi_news.dates.lines import Line, Lines
    from bidi_news.dates.parts import Stamp
    from bidi_news.dates.settle import Candidate
    from bidi_news.model import Issue, Role, Timestamp
    from bidi_news.options import Options
    from bidi_news.outlets import Outlet

__all__ = ["Found", "Publication", "find_dates", "find_publication"]


class Publication(NamedTuple):
    """When a page was published and updated."""

    published: Timestamp | None
    """First publication, None where the page has none."""
    modified: Timestamp | None
    """Last update, None where the page has none."""
    issues: tuple[Issue, ...]
    """Why a stamp of the page has no value, or why there is none behind its phrase."""


class Found(NamedTuple):
    """The dates of a page."""

    timestamps: tuple[Timestamp, ...]
    """Its stamps: those of the markup and of the address, then those of the text in order."""
    publication: Publication
    """Those of them that are the page's own."""


def find_dates(
    batch: Batch,
    labels: NDArray[np.uint8] | None,
    outlets: Sequence[Outlet | None],
    options: Options,
    languages: Sequence[str] | None = None,
) -> list[Found]:
    """Find the timestamps of every page of a batch, and choose its publication and update among them.

    Args:
        batch: the pages.
        labels: for each line of the batch the index of its label in ``tuple(Label)``; None where lines have none.
        outlets: for each page its profile, or None.
        options: choices of the run.
        languages: for each page the tag of what its body is written in; None where that is not known.

    Returns:
        For each page its stamps, and its publication. Offsets are code points of the page's text, and
        ``text[start:end]`` is the raw stamp. Of a page at most 500 places are read.
    """
    return [page.dates() for page in _pages(batch, labels, outlets, options, languages)]


def find_publication(
    batch: Batch,
    labels: NDArray[np.uint8] | None,
    outlets: Sequence[Outlet | None],
    options: Options,
    languages: Sequence[str] | None = None,
) -> list[Publication]:
    """Find the publication and the last update of every page of a batch.

    They are what :func:`~bidi_news.dates.choose.choose_published` chooses among all stamps of the page, but most of
    these are not read for it.

    Args:
        batch: the pages.
        labels: for each line of the batch the index of its label in ``tuple(Label)``; None where lines have none.
        outlets: for each page its profile, or None.
        options: choices of the run.
        languages: for each page the tag of what its body is written in; None where that is not known.

    Returns:
        For each page publication and update, each None where the page has none, and why a stamp has no value.
    """
    return [page.publication() for page in _pages(batch, labels, outlets, options, languages)]


def _pages(
    batch: Batch,
    labels: NDArray[np.uint8] | None,
    outlets: Sequence[Outlet | None],
    options: Options,
    languages: Sequence[str] | None = None,
) -> list[_Page]:
    further = [_further(outlet) for outlet in outlets]
    lines = find_lines(batch, labels, [bool(phrases) for phrases in further])
    written = languages or ["und"] * len(outlets)
    return [
        _Page(batch, place, labels, lines, further[place], outlet, options, language)
        for place, (outlet, language) in enumerate(zip(outlets, written, strict=True))
    ]


def _further(outlet: Outlet | None) -> Mapping[str, Role]:
    """Return the phrases of an outlet that say something else than the shipped ones, folded."""
    if outlet is None:
        return {}
    shipped = vocabulary().labels
    folded = ((fold_word(phrase), role) for phrase, role in outlet.stamp_labels.items())
    return {phrase: role for phrase, role in folded if shipped.get(phrase) != role}


class _Page(NamedTuple):
    """One page, read as far as it is asked for."""

    batch: Batch
    place: int
    labels: NDArray[np.uint8] | None
    lines: Lines
    further: Mapping[str, Role]
    outlet: Outlet | None
    options: Options
    language: str

    def dates(self) -> Found:
        """Return all timestamps."""
        document = self.batch.documents[self.place]
        stamps, issues = self._settled(self._read(document.evidence.stamps, self.lines.of(self.place)))
        found = tuple(with_only_date(stamps) if document.tags is not None else stamps)
        return Found(found, self._chosen(found, issues))

    def publication(self) -> Publication:
        """Return the publication and the update."""
        document = self.batch.documents[self.place]
        stated = document.evidence.stamps
        eligible = [stamp for stamp in stated if stamp.role != "other"]
        stamps, issues = self._settled(self._read(eligible, self.lines.eligible(self.place)))
        # stamps of another role count only for want of any, and only where there is markup
        if (document.tags is None and not stated) or any(stamp.role != "other" for stamp in stamps):
            return self._chosen(stamps, issues)
        return self.dates().publication

    def _chosen(self, stamps: Sequence[Timestamp], issues: tuple[Issue, ...]) -> Publication:
        """Return the publication and the update among some stamps."""
        published, modified = choose_published(stamps)
        if published is None and modified is None and not issues:
            issues = self._reader().empty_phrases(self.lines.spoken[self.place])
        return Publication(published, modified, issues)

    def _read(self, stated: Sequence[MachineStamp], lines: list[Line]) -> list[Candidate]:
        """Return some stamps of the markup, that of the address, and those of some lines."""
        page = self.batch.documents[self.place]
        found = read_markup(stated) + read_address(page.page.url or page.evidence.canonical)
        return [*found, *self._reader().candidates(lines)] if lines else found

    def _settled(self, candidates: Sequence[Candidate]) -> Settled:
        """Decide some stamps."""
        if not candidates:
            return Settled([], ())
        context = context_of(self.batch, self.place, self.outlet, self.options, self.language)
        return settle(candidates, context, self._siblings)

    def _siblings(self, mark: str) -> Iterator[Stamp]:
        """Give the stamps of the page whose numbers a mark separates, and others."""
        for candidate in read_markup(self.batch.documents[self.place].evidence.stamps):
            yield candidate.stamp
        yield from self._reader().siblings(self.lines.of(self.place), mark)

    def _reader(self) -> PageReader:
        return PageReader(self.batch, self.place, self.labels, self.further)
