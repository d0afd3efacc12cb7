"""Offsets of local times around the changes of the clock."""

from __future__ import annotations

from datetime import date

import pytest

from bidi_news.dates.zone import Clock, localize, zone_info
from bidi_news.errors import OptionError

ISRAEL = "Asia/Jerusalem"


@pytest.mark.parametrize(
    ("day", "clock", "iso", "code"),
    [
        # Friday 02:00 becomes 03:00
        (date(2023, 3, 24), Clock(1, 59), "2023-03-24T01:59:00+02:00", ()),
        (date(2023, 3, 24), Clock(2, 30), "2023-03-24T02:30:00+02:00", ("gap",)),
        (date(2023, 3, 24), Clock(3, 0), "2023-03-24T03:00:00+03:00", ()),
        # Sunday 02:00 becomes 01:00
        (date(2022, 10, 30), Clock(0, 59), "2022-10-30T00:59:00+03:00", ()),
        (date(2022, 10, 30), Clock(1, 30), "2022-10-30T01:30:00+03:00", ("fold",)),
        (date(2022, 10, 30), Clock(2, 0), "2022-10-30T02:00:00+02:00", ()),
        # until 2012 summer time ended in September
        (date(2012, 9, 24), Clock(12, 0), "2012-09-24T12:00:00+02:00", ()),
        (date(2013, 9, 24), Clock(12, 0), "2013-09-24T12:00:00+03:00", ()),
    ],
)
def test_the_offset_is_that_of_the_day(day: date, clock: Clock, iso: str, code: tuple[str, ...]) -> None:
    """A gap keeps the offset before it, a fold its first pass, and both say so."""
    instant = localize(day, clock, ISRAEL)
    assert (instant.iso, instant.evidence) == (iso, code)


def test_a_stated_offset_stays() -> None:
    """An offset on the page is kept and named, whatever the zone of the outlet."""
    instant = localize(date(2015, 6, 23), Clock(9, 0, 5, "-04:00"), ISRAEL)
    assert (instant.iso, instant.zone, instant.precision) == ("2015-06-23T09:00:05-04:00", "-04:00", "second")


def test_a_day_stays_a_day() -> None:
    """No time of day is made up."""
    assert localize(date(2015, 6, 23), None, ISRAEL).iso == "2015-06-23"


def test_an_unknown_zone_is_named() -> None:
    """The message names the zone."""
    with pytest.raises(OptionError, match="Mars/Olympus"):
        zone_info("Mars/Olympus")
