"""The program: pages in, records out. Composition only; every rule lives in the room that it belongs to.

    bytes → Page → Document → Batch → labels → timestamps → edits → Article

Example:
    >>> from bidi_news import Page, normalize
    >>> page = Page(text="פרסום ראשון: 06.23.15, 21:05")
    >>> normalize(page).published.iso
    '2015-06-23T21:05:00+03:00'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bidi_news import dates, segment, variants
from bidi_news.assemble import assemble, failed
from bidi_news.batch import BATCH_BYTES, Batch, Document
from bidi_news.errors import AmbiguousDateError, BidiNewsError
from bidi_news.model import Article, Blocks, Edit, Failure, Page, Timestamp
from bidi_news.options import Options
from bidi_news.outlets import Outlet, find_outlet, get_outlet
from bidi_news.read import read_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "find_timestamps",
    "normalize",
    "normalize_batch",
    "normalize_variants",
    "parse_timestamp",
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
    articles: list[Article] = []
    for group in _groups(pages):
        articles += _isolated(group, options)
    return articles


def split_page(page: Page, options: Options = _DEFAULT) -> Blocks:
    r"""Return the labelled blocks of one page: every non-blank line, in order.

    Example:
        >>> len(split_page(Page(text="one\n\ntwo")))
        2
    """
    return normalize(page, options).blocks


def find_timestamps(page: Page, options: Options = _DEFAULT) -> tuple[Timestamp, ...]:
    """Return every stamp of one page, those of its markup included.

    Example:
        >>> [stamp.iso for stamp in find_timestamps(Page(text="פורסם: 23.06.15, 21:05"))]
        ['2015-06-23T21:05:00+03:00']
    """
    return normalize(page, options).timestamps


def normalize_variants(text: str, options: Options = _DEFAULT) -> tuple[str, tuple[Edit, ...]]:
    """Return a text in the style's spelling, and the edits that made it so.

    Args:
        text: any text; it is not split.
        options: only the style matters.

    Returns:
        The text after the replace-edits, and all edits, whose offsets are code points of the text given.

    Example:
        >>> normalize_variants("Shi'ite clerics")[0]
        'Shiite clerics'
    """
    return variants_batch([Page(text=text)], options)[0]


def variants_batch(pages: Iterable[Page], options: Options = _DEFAULT) -> list[tuple[str, tuple[Edit, ...]]]:
    """Return :func:`normalize_variants` of each page's text, in order; a failed page gives an empty text."""
    lexicon = variants.load_lexicon(options.style)
    results: list[tuple[str, tuple[Edit, ...]]] = []
    for group in _groups(pages):
        batch = Batch.of(read_pages(group))
        edits = variants.find_edits(batch, lexicon)
        results += [
            (variants.apply_edits(document.text, found), found)
            for document, found in zip(batch.documents, edits, strict=True)
        ]
    return results


def _groups(pages: Iterable[Page]) -> Iterator[list[Page]]:
    """Cut a stream of pages into groups of about a batch of text."""
    group: list[Page] = []
    size = 0
    for page in pages:
        group.append(page)
        # about a quarter of a page's markup is text
        size += len(page.html) // 4 if page.html is not None else len(page.text or page.data or "")
        if size >= BATCH_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _isolated(pages: Sequence[Page], options: Options) -> list[Article]:
    """Take a group through every step; a page that breaks one becomes an error record and harms no other.

    Errors of the caller's own making (options, data files) are raised.
    """
    try:
        return _normalize_group(pages, options)
    except BidiNewsError:
        raise
    except Exception as error:  # noqa: BLE001  (whatever it is, it is the page's)
        if len(pages) == 1:
            failure = Failure(code="internal_error", message=f"{type(error).__name__}: {error}")
            return [failed(pages[0], failure)]
        half = len(pages) // 2
        return _isolated(pages[:half], options) + _isolated(pages[half:], options)


def _normalize_group(pages: Sequence[Page], options: Options) -> list[Article]:
    """Take one group of pages through every step."""
    lexicon = variants.load_lexicon(options.style)
    documents = read_pages(pages)
    batch = Batch.of(documents)
    outlets = [_outlet(document, options) for document in documents]
    segments = segment.label_lines(batch, outlets)
    stamps = dates.find_timestamps(batch, segments.labels, outlets, options)
    edits = variants.find_edits(batch, lexicon)
    articles = assemble(batch, outlets, segments, stamps, edits)
    return [_checked(article, page, options) for article, page in zip(articles, pages, strict=True)]


def _outlet(document: Document, options: Options) -> Outlet | None:
    """Return the profile that a page is read with."""
    if options.outlet is not None:
        return get_outlet(options.outlet)
    return find_outlet(document.page.url or document.evidence.canonical)


def _checked(article: Article, page: Page, options: Options) -> Article:
    """Make an error record of a page that failed, or whose date the caller wants decided."""
    if page.failure is not None:
        return failed(page, page.failure)
    published = article.published
    if options.on_ambiguous == "error" and published is not None and published.ambiguous:
        error = AmbiguousDateError(f"publication date {published.raw!r} is ambiguous", candidates=published.candidates)
        return failed(page, Failure(code="ambiguous_date", message=str(error)), article)
    return article
