r"""Habits of an outlet's dates: the order of its numeric dates, and what its article numbers say about the day.

Both are learned from the pages whose date other evidence decides, and are what the profile then says of the rest. An
order is kept if nearly all self-evident dates have it; article numbers if they rise with the days, and the days of
nearly all articles lie where the numbers put them. What is learned tells how many articles it is counted on.

Example:
    >>> from bidi_news.habits import Dated, learn_order
    >>> learn_order([Dated(None, None, "dmy")] * 7, least=3)
    LearnedOrder(order='dmy', agreed=7, articles=7)
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from bidi_news.profile import ArticleIds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bidi_news.dates import Publication
    from bidi_news.model import Order, Timestamp

__all__ = ["Dated", "LearnedIds", "LearnedOrder", "dated", "learn_article_ids", "learn_order"]

_SELF_EVIDENT: Final = frozenset({"field_above_12", "hebrew_date", "weekday"})
_HABIT: Final = frozenset({"option", "outlet", "language", "url_month", "guess", "weekday_conflict"})
"""Evidence that is itself a habit, or weak: nothing is learned from it."""
_AGREED: Final = 0.98  # share of articles that must agree: a page in fifty may show another date than its own
_LEAST_NUMBERED: Final = 10  # articles that tell whether numbers rise with the days
_SPREAD: Final = 3  # days that they must be of, at the least
_MOST_ANCHORS: Final = 12
_DAY: Final = timedelta(days=1)
_MARK: Final = (
    r"(?:(?<![A-Za-z])(?:[A-Za-z]{1,8}=|[A-Za-z]{1,3}))?[/?&=,._-]+"  # what stands before an article's number
)
_NUMBER: Final = re.compile(rf"({_MARK})(\d{{5,12}})(?!\d)")


class Dated(NamedTuple):
    """What one page tells about its outlet's dates."""

    address: str | None
    """Its address."""
    day: date | None
    """Day of its publication, where evidence of its own decides it."""
    order: Order | None
    """Order of its own numeric stamps, where these can have one only."""


class LearnedOrder(NamedTuple):
    """The order of an outlet's numeric dates."""

    order: Order
    """The order."""
    agreed: int
    """Articles whose own date has it."""
    articles: int
    """Articles whose own date tells an order."""


class LearnedIds(NamedTuple):
    """Article numbers that rise with time."""

    ids: ArticleIds
    """Where the number stands, and the day of some."""
    within: int
    """Articles whose day lies where their number puts it, one day of grace."""
    articles: int
    """Articles that were counted."""


def dated(address: str | None, publication: Publication) -> Dated:
    """Return what a page tells, given what was found on it without a profile.

    Args:
        address: of the page.
        publication: its publication and update.
    """
    published, modified, _ = publication
    orders = {stamp.order for stamp in (published, modified) if stamp is not None and _is_self_evident(stamp)}
    day = None
    if published is not None and published.iso and _HABIT.isdisjoint(published.evidence):
        day = date.fromisoformat(published.iso[:10])
    return Dated(address, day, orders.pop() if len(orders) == 1 else None)


def _is_self_evident(stamp: Timestamp) -> bool:
    return stamp.start is not None and stamp.order in {"dmy", "mdy"} and not _SELF_EVIDENT.isdisjoint(stamp.evidence)


def learn_order(pages: Iterable[Dated], *, least: int) -> LearnedOrder | None:
    """Return the order that an outlet keeps, or None where it keeps none or too few articles tell it.

    Args:
        pages: one of each article.
        least: articles that must tell it.
    """
    orders = Counter(page.order for page in pages if page.order)
    if not orders:
        return None
    [(order, count)] = orders.most_common(1)
    return LearnedOrder(order, count, orders.total()) if count >= max(least, _AGREED * orders.total()) else None


def learn_article_ids(pages: Sequence[Dated]) -> LearnedIds | None:
    r"""Return what an outlet's article numbers say about the day, or None where they say nothing.

    Args:
        pages: one of each article.

    Example:
        >>> pages = [Dated(f"https://m.example/a-{90_000 + n}", date(2015, 1, 1) + n * _DAY, None) for n in range(30)]
        >>> learned = learn_article_ids(pages)
        >>> learned.ids.pattern.pattern, learned.within, learned.articles
        ('(?<![A-Za-z])a\\-(\\d{5})(?!\\d)', 30, 30)
        >>> [str(day) for day in learned.ids.bounds("https://m.example/a-90007")]
        ['2015-01-07', '2015-01-10']
    """
    known = [(page.address, page.day) for page in pages if page.address and page.day]
    marks = Counter(mark for address, _ in known for mark in dict(_numbers(address)))
    for mark, count in sorted(marks.items(), key=lambda found: (-found[1], found[0])):
        if count < max(_LEAST_NUMBERED, len(known) / 2):
            return None
        learned = _rising(mark, known)
        if learned is not None:
            return learned
    return None


def _numbers(address: str) -> Iterator[tuple[str, str]]:
    """Give what stands before each number of an address that may be an article's, and the number."""
    parts = urlsplit(address)
    for found in _NUMBER.finditer(f"{parts.path}?{parts.query}"):
        yield found[1], found[2]


def _rising(mark: str, known: Sequence[tuple[str, date]]) -> LearnedIds | None:
    """Return what the numbers behind a mark say, if they rise with the days."""
    sizes = [len(numbers[mark]) for address, _ in known if mark in (numbers := dict(_numbers(address)))]
    low, high = min(sizes), max(sizes)
    size = f"{low}" if low == high else f"{low},{high}"
    before = "(?<![A-Za-z])" if mark[0].isalpha() else ""
    pattern = re.compile(rf"{before}{re.escape(mark)}(\d{{{size}}})(?!\d)")
    points = sorted((int(found[1]), day) for address, day in known if (found := pattern.search(address)))
    line = _longest_rise(points)
    if len(line) < _LEAST_NUMBERED or (line[-1][1] - line[0][1]).days < _SPREAD:
        return None
    step = max(1, -(-(len(line) - 1) // (_MOST_ANCHORS - 1)))
    anchors = dict((*line[::step], line[-1]))
    ids = ArticleIds(pattern, tuple(sorted(anchors.items())))
    bounds = [(ids.bounds(address), day) for address, day in known if pattern.search(address)]
    within = sum(found is None or found[0] - _DAY <= day <= found[1] + _DAY for found, day in bounds)
    return LearnedIds(ids, within, len(bounds)) if within >= _AGREED * len(bounds) else None


def _longest_rise(points: Sequence[tuple[int, date]]) -> list[tuple[int, date]]:
    """Return the most points, sorted by number, whose days never fall: those of a few articles are off."""
    ends: list[date] = []  # last day of the best rise of each length
    last: list[int] = []  # point that it ends with
    before: list[int] = []  # for each point the one before it
    for place, (_, day) in enumerate(points):
        length = bisect_right(ends, day)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [day]
        last[length : length + 1] = [place]
    rise = []
    place = last[-1] if last else -1
    while place >= 0:
        rise.append(points[place])
        place = before[place]
    return rise[::-1]
