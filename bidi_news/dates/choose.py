"""Which of a page's timestamps are its publication and its update.

Example:
    >>> from bidi_news.dates.choose import choose_published
    >>> choose_published(())
    (None, None)
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bidi_news.model import Timestamp

__all__ = ["choose_published"]

_DAY = timedelta(days=1)
_TIME_ELEMENT = "time:datetime"  # what the HTML reader calls a time element without a property


def choose_published(timestamps: Sequence[Timestamp]) -> tuple[Timestamp | None, Timestamp | None]:
    """Return the timestamp of publication and that of the last update, each None where the page has none.

    In this order, and of equals the first on the page:

    1. a stamp behind a phrase, best on a line that is known to be for stamps;
    2. the markup; where it is in UTC and its local day is one off by another statement, that statement; where it states
       several days, the one that a reader sees;
    3. a date in the address; where a stamp that a reader sees is at most one day off, that stamp;
    4. any stamp of a line that is known to be for stamps, then fields of the markup that may hold any date;
    5. a stamp that stands alone on its line; one later than the update is a clock or a comment's date, and passed over;
    6. stamps of page furniture behind a phrase, then those whose line the markup calls a date; at last the first
       ``time`` element of the markup.

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
        publications = [stamp for stamp in publications if _rank(stamp) < _ALONE or _first_day(stamp) <= limit]
    published = _best(publications)
    if published is None:
        first = next((stamp for stamp in timestamps if stamp.label == _TIME_ELEMENT and stamp.role == "other"), None)
        published = first if not updates else None
    if published and updates:
        since = _first_day(published) - _DAY
        updates = [stamp for stamp in updates if _last_day(stamp) >= since]
    return published, _best(updates)


def _best(stamps: Sequence[Timestamp]) -> Timestamp | None:
    if not stamps:
        return None
    best = _confirmed(min(stamps, key=_rank), stamps)
    local = [
        stamp for stamp in stamps if stamp.iso and not _is_utc(stamp) and _rank(stamp) < _LAST and stamp is not best
    ]
    days = _local_days(best) if local else ()
    if days:
        near = [stamp for stamp in local if _first_day(stamp) in days]
        if "url" in best.evidence:
            best = min(near, key=lambda stamp: (_first_day(stamp) != _first_day(best), _rank(stamp)), default=best)
        elif all(_first_day(stamp) != _first_day(best) for stamp in near):  # else the day is confirmed
            best = min((stamp for stamp in near if _rank(stamp) < _ALONE), key=_rank, default=best)
    if best.precision == "day" and best.iso:
        timed = [stamp for stamp in stamps if stamp.precision != "day" and stamp.iso and _may_time(stamp)]
        return next((stamp for stamp in timed if _first_day(stamp) == _first_day(best)), best)
    return best


def _may_time(stamp: Timestamp) -> bool:
    """Say whether a stamp is sure enough to give the time of a day that another one states."""
    return stamp.start is None or _rank(stamp) < _LOOSE


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


_STATED: Final = ("loose_field", "markup", "url", "timestamp_line")
"""Evidence of a stamp that is more than its place: the ranks of the last three begin at 2."""
_LOOSE, _ALONE, _LAST = 5, 6, 8


def _rank(stamp: Timestamp) -> int:
    """Return the place of a stamp among others: smaller is better."""
    evidence = stamp.evidence
    if "chrome_line" in evidence:
        return _ALONE if "head_line" in evidence else _LAST if "date_element" in evidence else _ALONE + 1
    if "label" in evidence:
        return 0 if "timestamp_line" in evidence else 1
    for place, code in enumerate(_STATED, 1):
        if code in evidence:
            return place if place > 1 else _LOOSE
    return _ALONE


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
