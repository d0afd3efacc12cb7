"""The days that a stamp's own numbers allow, before any other evidence is asked.

Example:
    >>> [reading.day.isoformat() for reading in readings_of(("06", "05", "15"), None, None, 2027, False)[0]]
    ['2015-05-06', '2015-06-05']
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bidi_news.dates.hebrew_calendar import civil_dates

if TYPE_CHECKING:
    from bidi_news.model import Order

__all__ = ["Reading", "readings_of"]

_YEARS = range(1900, 2101)


class Reading(NamedTuple):
    """One day that a stamp may mean."""

    order: Order | None
    """Order of the fields that gives it; None where no order is needed."""
    day: date
    """The civil day."""


@lru_cache(maxsize=4096)  # the days of a site's stories are few
def readings_of(  # noqa: PLR0911 (one return for each way to write a date)
    fields: tuple[str, str, str] | None,
    named: tuple[str, int, str] | None,
    hebrew: tuple[int, tuple[int, ...], int] | None,
    pivot: int,
    short_year_first: bool,  # noqa: FBT001 (keywords would make each look-up slower)
) -> tuple[tuple[Reading, ...], str]:
    """Return every day that a stamp's numbers allow, and the code for a single one.

    Args:
        fields: the three numbers of a numeric date, as written, or None.
        named: day, month and year of a date with the month's name, or None.
        hebrew: day, possible months and year of the Hebrew calendar, or None; asked where there are no fields.
        pivot: latest year that two digits may mean.
        short_year_first: whether a year of two digits may come first.
    """
    if named:
        day, month, year = named
        return _days((None, year, str(month), day), pivot=pivot), "month_name"
    if hebrew and not fields:
        day_number, months, year_number = hebrew
        return tuple(Reading(None, found) for found in civil_dates(year_number, months, day_number)), "hebrew_calendar"
    if not fields:
        return (), ""
    first, second, third = fields
    if len(first) == 4 or (len(first) == len(third) == 2 and short_year_first):
        return (_days(("ymd", first, second, third), pivot=pivot) if len(third) == 2 else ()), "year_first"
    if len(first) > 2:
        return (), ""
    readings = _days(("dmy", third, second, first), ("mdy", third, first, second), pivot=pivot)
    if len(readings) == 2 and readings[0].day == readings[1].day:
        return (Reading(None, readings[0].day),), "equal_fields"
    return readings, "field_above_12"


def _days(*fields: tuple[Order | None, str, str, str], pivot: int) -> tuple[Reading, ...]:
    """Return a reading for each order, year, month and day that makes a day of the calendar."""
    readings = []
    for order, year_text, month, day in fields:
        year = int(year_text)
        if len(year_text) == 2:
            year += 2000 if 2000 + year <= pivot else 1900
        if year in _YEARS:
            try:
                readings.append(Reading(order, date(year, int(month), int(day))))
            except ValueError:
                continue
    return tuple(readings)
