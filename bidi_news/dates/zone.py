"""Local times to instants: the zone's offset, hours that the clock skips or repeats, and offsets that a page states.

The rules are the tz database's, read through zoneinfo (the machine's copy, else the tzdata package). An hour that the
clock skips keeps the offset before the gap and says ``gap``; one that it repeats is taken in its first pass and says
``fold``.

Example:
    >>> from datetime import date
    >>> from bidi_news.dates.zone import Clock, localize
    >>> localize(date(2015, 6, 23), Clock(21, 5), "Asia/Jerusalem").iso
    '2015-06-23T21:05:00+03:00'
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from bidi_news.errors import OptionError

if TYPE_CHECKING:
    from bidi_news.model import Precision

__all__ = ["Clock", "Instant", "localize", "zone_info"]


class Clock(NamedTuple):
    """A time of day as a page states it."""

    hour: int
    """0 to 23."""
    minute: int
    """0 to 59."""
    second: int | None = None
    """0 to 59, or None where the page does not state it."""
    zone: str | None = None
    """Offset (``+03:00``) or IANA zone that the page states; None for local time."""


class Instant(NamedTuple):
    """One reading of a stamp, written out."""

    iso: str
    """ISO 8601: a date, or a date-time with its offset."""
    precision: Precision
    """Finest part that the page states."""
    zone: str | None
    """Zone or offset used; None for a day."""
    evidence: tuple[str, ...]
    """``offset_stated``, ``gap``, ``fold``, as far as they apply."""


@cache
def zone_info(name: str) -> tzinfo:
    """Return the zone of an IANA name or of an offset such as ``+03:00``.

    Raises:
        OptionError: if there is no such zone.
    """
    if name[:1] in {"+", "-"}:
        hours, minutes = int(name[1:3]), int(name[4:6])
        shift = timedelta(hours=hours, minutes=minutes)
        return timezone(shift if name[0] == "+" else -shift)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise OptionError(f"no time zone is called {name!r}; use an IANA name such as Asia/Jerusalem") from error


@lru_cache(maxsize=4096)  # a page states one instant in several places
def localize(day: date, clock: Clock | None, zone: str) -> Instant:
    """Write a day and a time of day as ISO 8601.

    Args:
        day: the civil day.
        clock: the time of day; None leaves a date of precision ``day``.
        zone: IANA zone of local times.

    Example:
        >>> localize(date(2012, 3, 30), Clock(2, 30), "Asia/Jerusalem")
        Instant(iso='2012-03-30T02:30:00+02:00', precision='minute', zone='Asia/Jerusalem', evidence=('gap',))
    """
    if clock is None:
        return Instant(day.isoformat(), "day", None, ())
    precision: Precision = "minute" if clock.second is None else "second"
    if clock.zone and clock.zone[0] in "+-":  # nothing to look up
        iso = f"{day.isoformat()}T{clock.hour:02}:{clock.minute:02}:{clock.second or 0:02}{clock.zone}"
        return Instant(iso, precision, clock.zone, ("offset_stated",))
    name = clock.zone or zone
    where = zone_info(name)
    local = datetime(day.year, day.month, day.day, clock.hour, clock.minute, clock.second or 0, tzinfo=where)
    evidence: tuple[str, ...] = ("offset_stated",) if clock.zone else ()
    # Both passes have one offset except around a change: the earlier is the smaller one in a gap.
    first, second = local.utcoffset(), local.replace(fold=1).utcoffset()
    if first is not None and second is not None and first != second:
        evidence += ("gap",) if first < second else ("fold",)
    return Instant(local.isoformat(timespec="seconds"), precision, name, evidence)
