"""Which of a page's timestamps are its publication and its update.

Example:
    >>> from bidi_news.dates.choose import choose_published
    >>> choose_published(())
    (None, None)
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bidi_news.model import Timestamp

__all__ = ["choose_published"]

_DAY = timedelta(days=1)
_MOST_DAYS = 2  # that elements name which do not say what they are: the article's, and its update's
_ELEMENT = ":datetime"  # how the HTML reader calls the date of an element that does not say what it is


def choose_published(timestamps: Sequence[Timestamp]) -> tuple[Timestamp | None, Timestamp | None]:
    """Return the timestamp of publication and that of the last update, each None where the page has none.

    In this order, and of equals the first on the page:

    1. a stamp behind a phrase, best on a line that is known to be for stamps;
    2. the markup; where it is in UTC and its local day is one off by another statement, that statement; where it states
       several days, the one that a reader sees; where a reader sees the day of the markup's own update, and the other
       nowhere, that one;
    3. a date in the address; where a stamp that a reader sees is at most one day off, that stamp;
    4. any stamp of a line that is known to be for stamps, best beside the headline, then fields of the markup that may
       hold any date; where such lines name several days behind the update, they are a list and none of them counts;
    5. a stamp that stands alone on its line; one later than the update is a clock or a comment's date, and passed over;
    6. stamps of page furniture behind a phrase, then those whose line the markup calls a date, if they name one day; at
       last the first ``time`` element of the markup, or the first element that holds a date for a script, if they name
       one day or two.

    An update is never earlier than the publication. Where a day is chosen, and the markup or a line for stamps gives
    the time of that day, their stamp is returned.

    Args:
        timestamps: all stamps of one page: those of the markup, then those of the text in order.

    Returns:
        Publication and update; an ambiguous one has no ``iso``.
    """
    publications = [stamp for stamp in timestamps if stamp.role == "published"]
    updates = [stamp for stamp in timestamps if stamp.role == "modified"]
    if updates:
        limit = max(map(_last_day, updates)) + _DAY
        publications = [stamp for stamp in publications if _rank(stamp) < _Rank.ALONE or _first_day(stamp) <= limit]
    publications = _without_list(publications, updates)
    published = _best(publications)
    if published is not None:
        published = _timed(_shown(published, publications, updates), publications)
    else:
        elements = [stamp for stamp in timestamps if stamp.role == "other" and (stamp.label or "").endswith(_ELEMENT)]
        # a time element before the data of a script
        elements.sort(key=lambda stamp: stamp.label != "time" + _ELEMENT)
        is_list = len({_first_day(stamp) for stamp in elements}) > _MOST_DAYS
        published = elements[0] if elements and not updates and not is_list else None
    if published and updates:
        since = _first_day(published) - _DAY
        updates = [stamp for stamp in updates if _last_day(stamp) >= since]
    return published, _best(updates)


def _without_list(publications: list[Timestamp], updates: Sequence[Timestamp]) -> list[Timestamp]:
    """Leave out stamps that name several days, where nothing better is there: they are of what the page lists.

    These are lines for stamps behind the update, for the page itself has said only when it was updated; and what the
    markup alone calls a date.
    """
    if len(publications) < 2:
        return publications
    best = min(map(_rank, publications))
    if best == _Rank.DATE_ELEMENT:
        listed = publications
    elif best == _Rank.STAMP_LINE and updates:
        since = min(stamp.start or 0 for stamp in updates)
        listed = [stamp for stamp in publications if _rank(stamp) >= best and (stamp.start or 0) > since]
    else:
        return publications
    is_list = len({_first_day(stamp) for stamp in listed}) > 1
    return [stamp for stamp in publications if stamp not in listed] if is_list else publications


def _best(stamps: Sequence[Timestamp]) -> Timestamp | None:
    if len(stamps) < 2:
        return next(iter(stamps), None)
    best = _confirmed(min(stamps, key=_rank), stamps)
    local = [
        stamp
        for stamp in stamps
        if stamp.iso and not _is_utc(stamp) and _rank(stamp) < _Rank.DATE_ELEMENT and stamp is not best
    ]
    days = _local_days(best) if local else ()
    if days:
        near = [stamp for stamp in local if _first_day(stamp) in days]
        if "url" in best.evidence:
            best = min(near, key=lambda stamp: (_first_day(stamp) != _first_day(best), _rank(stamp)), default=best)
        else:
            sure = [stamp for stamp in near if _rank(stamp) < _Rank.ALONE]  # others may be the page's clock
            if all(_first_day(stamp) != _first_day(best) for stamp in sure):  # else the day is confirmed
                best = min(sure, key=_rank, default=best)
    return _timed(best, stamps)


def _timed(best: Timestamp, stamps: Sequence[Timestamp]) -> Timestamp:
    """Return a stamp of the same day that tells the time of day too, where there is one that is sure enough."""
    if best.precision != "day" or not best.iso:
        return best
    timed = [stamp for stamp in stamps if stamp.precision != "day" and stamp.iso and _may_time(stamp)]
    return next((stamp for stamp in timed if _first_day(stamp) == _first_day(best)), best)


def _may_time(stamp: Timestamp) -> bool:
    """Say whether a stamp is sure enough to give the time of a day that another one states."""
    return stamp.start is None or _rank(stamp) < _Rank.LOOSE_FIELD


def _confirmed(best: Timestamp, stamps: Sequence[Timestamp]) -> Timestamp:
    """Return the first statement of the markup whose day a reader sees, where the markup states several days."""
    if "markup" not in best.evidence:
        return best
    stated = [stamp for stamp in stamps if "markup" in stamp.evidence]
    if len({_first_day(stamp) for stamp in stated}) == 1:
        return best
    seen = {_first_day(stamp) for stamp in stamps if stamp.iso and _is_seen(stamp)}
    return next((stamp for stamp in sorted(stated, key=_rank) if _first_day(stamp) in seen), best)


def _is_seen(stamp: Timestamp) -> bool:
    return stamp.start is not None and "timestamp_line" in stamp.evidence


def _shown(best: Timestamp, stamps: Sequence[Timestamp], updates: Sequence[Timestamp]) -> Timestamp:
    """Return the stamp that a reader sees, best beside the headline, where it overrules the markup's.

    It does where the markup knows its day too, as that of an update, and the reader sees the markup's nowhere: the
    outlet has dated the article anew.
    """
    known = {_first_day(stamp) for stamp in updates if "markup" in stamp.evidence}
    if "markup" not in best.evidence or not known:
        return best
    seen = [stamp for stamp in stamps if stamp.iso and stamp.start is not None]
    if any(_first_day(stamp) == _first_day(best) for stamp in seen):
        return best
    first = min(filter(_is_seen, seen), key=_rank, default=best)
    return first if _first_day(first) in known else best


class _Rank(IntEnum):
    """The place of a stamp among others: smaller is better."""

    LABELLED_LINE = 0
    LABELLED = 1
    MARKUP = 2
    ADDRESS = 3
    BESIDE_HEAD = 4
    STAMP_LINE = 5
    LOOSE_FIELD = 6
    ALONE = 7
    FURNITURE = 8
    DATE_ELEMENT = 9


_STATED: Final = (
    ("loose_field", _Rank.LOOSE_FIELD),
    ("markup", _Rank.MARKUP),
    ("url", _Rank.ADDRESS),
    ("beside_head", _Rank.BESIDE_HEAD),
    ("timestamp_line", _Rank.STAMP_LINE),
)
"""Evidence of a stamp that is more than its place, the first that it has counts."""


def _rank(stamp: Timestamp) -> _Rank:
    return _rank_of(stamp.evidence)


@lru_cache(maxsize=1024)
def _rank_of(evidence: tuple[str, ...]) -> _Rank:
    if "chrome_line" in evidence:
        if "head_line" in evidence:
            return _Rank.ALONE
        return _Rank.DATE_ELEMENT if "date_element" in evidence else _Rank.FURNITURE
    if "label" in evidence:
        return _Rank.LABELLED_LINE if "timestamp_line" in evidence else _Rank.LABELLED
    return next((rank for code, rank in _STATED if code in evidence), _Rank.ALONE)


def _is_utc(stamp: Timestamp) -> bool:
    return "markup" in stamp.evidence and bool(stamp.iso and stamp.iso.endswith("+00:00"))


def _local_days(stamp: Timestamp) -> tuple[date, ...]:
    """Return the days that a reader may see where the markup states UTC, or the address a day; else none.

    Zones lie between 12 hours behind UTC and 14 hours before it.
    """
    if "url" in stamp.evidence:
        day = _first_day(stamp)
        return day - _DAY, day, day + _DAY
    if not stamp.iso or not _is_utc(stamp):
        return ()
    moment = datetime.fromisoformat(stamp.iso)
    return moment.date(), (moment - timedelta(hours=12)).date(), (moment + timedelta(hours=14)).date()


# ISO dates of one form sort as the days do


def _first_day(stamp: Timestamp) -> date:
    return date.fromisoformat(min(stamp.candidates)[:10])


def _last_day(stamp: Timestamp) -> date:
    return date.fromisoformat(max(stamp.candidates)[:10])
