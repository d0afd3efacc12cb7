"""The dates that a page states beside its text: in its markup, for programs, and in its address.

Example:
    >>> from bidi_news.dates.markup import read_value
    >>> read_value("2015-06-23T18:05:00Z").clock
    Clock(hour=18, minute=5, second=0, zone='+00:00')
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from bidi_news.dates.address import find_url_date
from bidi_news.dates.clean import clean
from bidi_news.dates.grammar import read_stamps
from bidi_news.dates.parts import Stamp
from bidi_news.dates.settle import Candidate
from bidi_news.dates.vocabulary import vocabulary
from bidi_news.dates.zone import Clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bidi_news.batch import MachineStamp

__all__ = ["read_address", "read_markup", "read_value"]

_MOST_VALUE = 80  # characters of a value of the markup
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,:]\d+)?)?"
    r"(?:(Z|[+-]00:?00)|([+-](?:0\d|1[0-4])):?([0-5]\d))?)?",
    re.ASCII | re.IGNORECASE,
)
_EPOCH = re.compile(r"(\d{10})(?:\d{3}|\.\d+)?", re.ASCII)  # seconds since 1970 from 2001 on, or milliseconds
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:t?(\d\d)(\d\d)(\d\d)?)?(?!\d)")


def read_markup(stamps: Iterable[MachineStamp]) -> list[Candidate]:
    """Return the dates that some fields of the markup state."""
    found = []
    loose = vocabulary().loose
    for machine in stamps:
        stamp = read_value(machine.value)
        if stamp is not None:
            evidence = ("markup", "loose_field") if machine.source.partition(":")[2].lower() in loose else ("markup",)
            found.append(Candidate(stamp, machine.value, None, None, machine.source, machine.role, evidence))
    return found


def read_address(url: str | None) -> list[Candidate]:
    """Return the day that a page's address states, if it states one."""
    found = find_url_date(url) if url else None
    if found is None or found.day is None:
        return []
    stamp = Stamp(fields=(found.year, found.month, found.day), separator="/")
    return [Candidate(stamp, found.text, None, None, "url", "published", ("url",))]


@lru_cache(maxsize=1024)  # a page states one value in several fields
def read_value(value: str) -> Stamp | None:
    """Read a value of the markup; None for what states no day.

    It is ISO 8601 with or without separators, seconds or milliseconds since 1970, or any stamp of the grammar.
    """
    value = value.strip()[:_MOST_VALUE]
    iso = _ISO.fullmatch(value)
    if iso:
        year, month, day, hour, minute, second, utc, hours, minutes = iso.groups()
        zone = "+00:00" if utc else f"{hours}:{minutes}" if hours else None
        clock = Clock(int(hour), int(minute), int(second) if second else None, zone) if hour else None
        return Stamp(0, len(value), (year, month, day), "-", clock=clock)
    epoch = _EPOCH.fullmatch(value)
    if epoch:
        moment = datetime.fromtimestamp(int(epoch[1]), UTC)
        year, month, day = moment.strftime("%Y %m %d").split()
        clock = Clock(moment.hour, moment.minute, moment.second, "+00:00")
        return Stamp(0, len(value), (year, month, day), "-", clock=clock)
    value = clean(value).text
    compact = _COMPACT.match(value)
    if compact:
        year, month, day, hour, minute, second = compact.groups()
        value = (
            f"{year}-{month}-{day}" + (f" {hour}:{minute}:{second or '00'}" if hour else "") + value[compact.end() :]
        )
    stamps = [stamp for stamp in read_stamps(clean(value)) if stamp.has_date and not stamp.relative]
    return stamps[0] if stamps else None
