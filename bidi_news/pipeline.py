"""The program: pages in, records out. Composition only; every rule lives in the room that it belongs to.

    bytes → Page → Document → Batch → labels → timestamps → edits → Article

Example:
    >>> from bidi_news import Page, normalize
    >>> page = Page(text="פרסום ראשון: 06.23.15, 21:05")
    >>> normalize(page).published.iso
    '2015-06-23T21:05:00+03:00'
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from bidi_news import dates, segment, variants
from bidi_news.assemble import assemble, failed
from bidi_news.batch import Batch, Document
from bidi_news.errors import AmbiguousDateError
from bidi_news.groups import each_page
from bidi_news.model import Article, Blocks, Edit, Failure, Issue, Page, Timestamp
from bidi_news.options import Options
from bidi_news.outlets import Outlet, find_outlet, get_outlet, read_hosts
from bidi_news.read import read_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = [
    "Dates",
    "Labelled",
    "Variants",
    "dates_batch",
    "find_timestamps",
    "label_batches",
    "normalize",
    "normalize_batch",
    "normalize_variants",
    "parse_timestamp",
    "read_batches",
    "split_page",
    "variants_batch",
]

_DEFAULT = Options()
parse_timestamp = dates.parse_timestamp


def normalize(page: Page, options: Options = _DEFAULT) -> Article:
    """Return the complete record of one page.

    Args:
        page: text, HTML or bytes, with what is known about it.
        options: style, date order, outlet …

    Returns:
        The record; its offsets are code points of its ``text``. Whatever is wrong with the page stands in the record.

    Raises:
        OptionError: if the options name an unknown style or outlet.

    Example:
        >>> normalize(Page(text="Two Shi'ite groups met.")).edits[0].canonical
        'Shiite'
    """
    return normalize_batch([page], options)[0]


def normalize_batch(pages: Iterable[Page], options: Options = _DEFAULT) -> list[Article]:
    """Return the complete record of each page, in order: one page, one record.

    A page gives the same record alone and in any batch. Pages are worked on about 1 MB of text at a time.

    Args:
        pages: the pages; all of them and their records are held in memory.
        options: the choices for all of them.

    Raises:
        OptionError: if the options name an unknown style or outlet.

    Example:
        >>> [article.language for article in normalize_batch([Page(text=""), Page(text="")])]
        ['und', 'und']
    """
    return list(each_page(pages, partial(_normalize_group, options=options), failed))


def split_page(page: Page, options: Options = _DEFAULT) -> Blocks:
    r"""Return the labelled blocks of one page: every non-blank line, in order.

    Example:
        >>> len(split_page(Page(text="one\n\ntwo")))
        2
    """
    return normalize(page, options).blocks


class Labelled(NamedTuple):
    """Some pages as far as their labels."""

    batch: Batch
    """The pages."""
    outlets: list[Outlet | None]
    """The profile of each page."""
    segments: segment.Segments
    """What their lines are where no profile says which of them are chrome."""


def label_batches(pages: Iterable[Page], options: Options = _DEFAULT) -> Iterator[Labelled]:
    """Give pages as far as their labels, about 1 MB of text at a time; a page that breaks this step is left out.

    The labels are those that pages of unknown outlets get, for profiles to be learned from them: what a profile says
    already must not decide what is learned for it.

    Example:
        >>> [len(labelled.segments.blocks) for labelled in label_batches([Page(text="one"), Page(text="two")])]
        [2]
    """

    def work(part: Sequence[Page]) -> list[Labelled | None]:
        documents = read_pages(part, options.encoding)
        batch = Batch.of(documents)
        return [Labelled(batch, _outlets(documents, options), segment.label_lines(batch, [None] * len(documents)))]

    return filter(None, each_page(pages, work, lambda *_: None))


def read_batches(pages: Iterable[Page], options: Options = _DEFAULT) -> Iterator[Batch]:
    """Read pages, about 1 MB of text at a time, and do no more with them; a page that breaks this step is left out.

    Example:
        >>> [len(batch.documents) for batch in read_batches([Page(text="one"), Page(text="two")])]
        [2]
    """

    def work(part: Sequence[Page]) -> list[Batch | None]:
        return [Batch.of(read_pages(part, options.encoding))]

    return filter(None, each_page(pages, work, lambda *_: None))


def find_timestamps(page: Page, options: Options = _DEFAULT) -> tuple[Timestamp, ...]:
    """Return every stamp of one page, those of its markup included.

    Example:
        >>> [stamp.iso for stamp in find_timestamps(Page(text="פורסם: 23.06.15, 21:05"))]
        ['2015-06-23T21:05:00+03:00']
    """
    return dates_batch([page], options)[0].timestamps


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The dates of one page."""

    timestamps: tuple[Timestamp, ...] = ()
    """Every stamp found: those of the markup, then those of the text in order."""
    published: Timestamp | None = None
    """First publication."""
    modified: Timestamp | None = None
    """Last update."""
    issues: tuple[Issue, ...] = ()
    """Why a stamp that may be the page's own has no value."""
    error: Failure | None = None
    """Why the page could not be processed."""


def dates_batch(pages: Iterable[Page], options: Options = _DEFAULT) -> list[Dates]:
    """Return the dates of each page, in order: the publication and update of its record, and all its stamps.

    Example:
        >>> [dates.published for dates in dates_batch([Page(text="")])]
        [None]
    """
    return list(each_page(pages, partial(_date_group, options=options), lambda _, failure: Dates(error=failure)))


def normalize_variants(text: str, options: Options = _DEFAULT) -> tuple[str, tuple[Edit, ...]]:
    """Return a text in the style's spelling, and the edits that made it so.

    Args:
        text: any text; it is not split.
        options: only the style, the lexicon and what becomes of quotations and of bidi controls matter.

    Returns:
        The text after the replace-edits, and all edits, whose offsets are code points of the text given.

    Example:
        >>> normalize_variants("Shi'ite clerics")[0]
        'Shiite clerics'
    """
    [found] = _variants_group([Page(text=text)], options)
    return found.text, found.edits


@dataclass(frozen=True, slots=True, kw_only=True)
class Variants:
    """The spellings of one page."""

    text: str = ""
    """The text after the replace-edits."""
    edits: tuple[Edit, ...] = ()
    """What is replaced and annotated, in page order."""
    held: tuple[Edit, ...] = ()
    """What a guard held back without a word: edits with the action ``keep``, whose rule is the guard; in page order."""
    error: Failure | None = None
    """Why the page could not be processed."""


def variants_batch(pages: Iterable[Page], options: Options = _DEFAULT) -> list[Variants]:
    """Return the spellings of each page's text, in order; a page that breaks this step has an error and an empty text.

    Example:
        >>> [found] = variants_batch([Page(text="#Hizbullah")])
        >>> found.edits, found.held[0].rule
        ((), 'tag')
    """
    work = partial(_variants_group, options=options)
    return list(each_page(pages, work, lambda _, failure: Variants(error=failure)))


def _normalize_group(pages: Sequence[Page], options: Options) -> list[Article]:
    """Take one group of pages through every step."""
    lexicon = variants.load_lexicon(options.style, options.lexicon)
    documents = read_pages(pages, options.encoding)
    batch = Batch.of(documents)
    outlets = _outlets(documents, options)
    segments = segment.label_lines(batch, outlets)
    publications = dates.find_publication(batch, segments.blocks.labels, outlets, options, segments.page_languages)
    edits = _spellings(batch, variants.find_edits, lexicon, options)
    articles = assemble(batch, outlets, segments, publications, edits)
    return [_checked(article, page, options) for article, page in zip(articles, pages, strict=True)]


def _variants_group(pages: Sequence[Page], options: Options) -> list[Variants]:
    """Rewrite one group of pages."""
    lexicon = variants.load_lexicon(options.style, options.lexicon)
    batch = Batch.of(read_pages(pages, options.encoding))
    results = []
    for page, document, own in zip(
        pages, batch.documents, _spellings(batch, variants.find_candidates, lexicon, options), strict=True
    ):
        edits = tuple(edit for edit in own if edit.action != "keep")
        held = tuple(edit for edit in own if edit.action == "keep")
        text = variants.apply_edits(document.text, edits)
        results.append(Variants(text=text, edits=edits, held=held, error=page.failure))
    return results


def _spellings(
    batch: Batch, find: Callable[..., list[tuple[Edit, ...]]], lexicon: variants.Lexicon, options: Options
) -> list[tuple[Edit, ...]]:
    """Return what one of the matcher's functions finds on each page, and what drops unseen characters if they go."""
    own = partial(find, lexicon=lexicon, in_quotes=options.in_quotes)
    return variants.find_through_unseen(batch, own, controls=options.bidi_controls)


def _date_group(pages: Sequence[Page], options: Options) -> list[Dates]:
    """Take one group of pages as far as their dates."""
    documents = read_pages(pages, options.encoding)
    batch = Batch.of(documents)
    outlets = _outlets(documents, options)
    segments = segment.label_lines(batch, outlets)
    found = []
    for page, (stamps, (published, modified, issues)) in zip(
        pages,
        dates.find_dates(batch, segments.blocks.labels, outlets, options, segments.page_languages),
        strict=True,
    ):
        error = _failure(page, published, options)
        found.append(Dates(timestamps=stamps, published=published, modified=modified, issues=issues, error=error))
    return found


def _outlets(documents: Sequence[Document], options: Options) -> list[Outlet | None]:
    """Return the profile that each page is read with."""
    if options.outlet is not None:
        return [get_outlet(options.outlet)] * len(documents)
    own = read_hosts(options.outlets)
    return [find_outlet(document.page.url or document.evidence.canonical, own) for document in documents]


def _checked(article: Article, page: Page, options: Options) -> Article:
    """Make an error record of a page that failed, or whose date the caller wants decided."""
    failure = _failure(page, article.published, options)
    if failure is None:
        return article
    return failed(page, failure, article if page.failure is None else None)


def _failure(page: Page, published: Timestamp | None, options: Options) -> Failure | None:
    """Return why a page has failed: in its source, or because the caller wants its date decided."""
    if page.failure is None and options.on_ambiguous == "error" and published is not None and published.ambiguous:
        error = AmbiguousDateError(f"publication date {published.raw!r} is ambiguous", candidates=published.candidates)
        return Failure(code="ambiguous_date", message=str(error))
    return page.failure
