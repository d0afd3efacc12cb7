"""Items in groups of about a batch, and work on groups of pages that one page cannot spoil for the others.

Example:
    >>> list(into_batches([1, 2, None, 3], weigh=int))
    [[1, 2], None, [3]]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from bidi_news.batch import BATCH_BYTES
from bidi_news.errors import BidiNewsError
from bidi_news.model import Failure, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["each_page", "into_batches", "weigh_page"]

T = TypeVar("T")


def into_batches(items: Iterable[T | None], *, weigh: Callable[[T], int]) -> Iterator[list[T] | None]:
    """Group items by weight; a pause ends a batch and is handed on.

    Args:
        items: the items, and None for each pause of their source.
        weigh: bytes of text that an item is worth.
    """
    batch: list[T] = []
    weight = 0
    for item in items:
        if item is not None:
            batch.append(item)
            weight += weigh(item)
        if batch and (item is None or weight >= BATCH_BYTES):
            yield batch
            batch, weight = [], 0
        if item is None:
            yield None
    if batch:
        yield batch


def weigh_page(page: Page) -> int:
    """Return about how many bytes of text a page has: of HTML a quarter is text.

    Example:
        >>> weigh_page(Page(text="abcd")), weigh_page(Page(html="<p>a"))
        (4, 1)
    """
    if page.text is not None or page.form == "text":
        return len(page.text or page.data or "")
    return len(page.html or page.data or "") // 4


def each_page(
    pages: Iterable[Page], work: Callable[[list[Page]], list[T]], fail: Callable[[Page, Failure], T]
) -> Iterator[T]:
    """Give what some work on groups of pages makes of each page, in order.

    Args:
        pages: the pages.
        work: gives one result for each page of a group.
        fail: gives the result of a page that breaks the work, alone. Errors of the caller's own making (options,
            data files) are raised.

    Example:
        >>> pages = [Page(text="3"), Page(text="three")]
        >>> list(each_page(pages, lambda group: [int(page.text) for page in group], lambda page, failure: failure.code))
        [3, 'internal_error']
    """
    for group in filter(None, into_batches(pages, weigh=weigh_page)):
        yield from _isolated(group, work, fail)


def _isolated(pages: list[Page], work: Callable[[list[Page]], list[T]], fail: Callable[[Page, Failure], T]) -> list[T]:
    """Take a group through some work; if that breaks, in halves."""
    try:
        return work(pages)
    except BidiNewsError:
        raise
    except Exception as error:  # noqa: BLE001  (whatever it is, it is the page's)
        if len(pages) == 1:
            return [fail(pages[0], Failure(code="internal_error", message=f"{type(error).__name__}: {error}"))]
        half = len(pages) // 2
        return _isolated(pages[:half], work, fail) + _isolated(pages[half:], work, fail)
