"""Pages through a crew of workers: whatever a page does to the process that works on it, the page has a record.

Example:
    >>> from bidi_news.options import Options
    >>> def ids(articles):
    ...     return "".join(f"{article.id} {article.status}; " for article in articles).encode()
    >>> pages = [Page(id=1, text="Talks resume"), Page(id=2, failure=failure_of("died", 60))]
    >>> list(normalized(pages, ids, Options(), seconds=60))
    [Normalized(data=b'1 ok; 2 error; ', pages=2, errors=Counter({'worker_died': 1}))]
"""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from bidi_news.model import Failure, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bidi_news.engine.plan import Loss
    from bidi_news.model import Article
    from bidi_news.options import Options

__all__ = ["Normalized", "failed_page", "failure_of", "normalized"]


class Normalized(NamedTuple):
    """What a batch of pages gives."""

    data: bytes
    """The records, as they are to be written."""
    pages: int
    """How many they are."""
    errors: Counter[str]
    """The codes of those that are error records."""


def normalized(
    pages: Iterable[Page | None],
    write: Callable[[Sequence[Article]], bytes],
    options: Options,
    *,
    seconds: int,
    jobs: int = 1,
) -> Iterator[Normalized]:
    """Normalize pages in worker processes; a page that kills or hangs them gives an error record.

    Args:
        pages: the pages, and None where their source pauses.
        write: makes bytes of records.
        options: the choices for all pages.
        seconds: time that a page may take.
        jobs: worker processes.

    Yields:
        The results of batches of pages, in order.
    """
    from bidi_news.engine.local import results  # noqa: PLC0415  (heavy)
    from bidi_news.engine.plan import Plan, Rescue  # noqa: PLC0415
    from bidi_news.groups import into_batches, weigh_page  # noqa: PLC0415

    work = partial(_normalized, write=write, options=options)

    def bury(page: Page, loss: Loss) -> Normalized:
        return work([failed_page(page, failure_of(loss, seconds))])

    batches = into_batches(pages, weigh=weigh_page)
    with closing(results(work, batches, Plan(jobs, apart=True), Rescue(bury, seconds))) as found:
        yield from found


def failed_page(page: Page, failure: Failure) -> Page:
    """Return a page with a failure in the place of its content.

    Example:
        >>> failed_page(Page(id=7, text="a"), failure_of("slow", 60)).failure.message
        'takes longer than 60 seconds (limit page_seconds)'
    """
    return replace(page, text=None, html=None, data=None, failure=failure)


def failure_of(loss: Loss, seconds: int) -> Failure:
    """Return the failure of a page that workers were lost with; ``seconds`` is the time that it had."""
    if loss == "died":
        return Failure(code="worker_died", message="the worker process died of this page, twice; it was given up")
    return Failure(code="limit_exceeded", message=f"takes longer than {seconds} seconds (limit page_seconds)")


def _normalized(pages: list[Page], *, write: Callable[[Sequence[Article]], bytes], options: Options) -> Normalized:
    """Normalize a batch of pages."""
    from bidi_news.pipeline import normalize_batch  # noqa: PLC0415  (where the work is done)

    articles = normalize_batch(pages, options)
    errors = Counter(article.error.code for article in articles if article.error is not None)
    return Normalized(write(articles), len(articles), errors)
