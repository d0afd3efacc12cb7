"""Values of the markup and dates of addresses."""

from __future__ import annotations

import pytest

from bidi_news.dates.markup import read_address, read_value
from bidi_news.dates.parts import Stamp
from bidi_news.dates.zone import Clock

DAY = ("2016", "04", "17")


@pytest.mark.parametrize(
    ("value", "clock"),
    [
        ("2016-04-17", None),
        (" 2016-04-17T08:30Z ", Clock(8, 30, None, "+00:00")),
        ("2016-04-17t08:30:05.123z", Clock(8, 30, 5, "+00:00")),
        ("2016-04-17T08:30:05-00:00", Clock(8, 30, 5, "+00:00")),
        ("2016-04-17T08:30:05+0300", Clock(8, 30, 5, "+03:00")),
        ("2016-04-17T08:30-04:00", Clock(8, 30, None, "-04:00")),
        ("20160417T083005+0300", Clock(8, 30, 5, "+03:00")),
        ("20160417", None),
        ("2016-04-17 25:30", None),
        ("2016-04-17T08:30:05:123Z", Clock(8, 30, 5, "+00:00")),
        ("Published 2016-04-17 at 08:30", Clock(8, 30)),
        ("1460881805", Clock(8, 30, 5, "+00:00")),
        ("1460881805123", Clock(8, 30, 5, "+00:00")),
    ],
)
def test_iso_8601_is_read(value: str, clock: Clock | None) -> None:
    """The day, the time of day and its offset are those of the value, in the extended and in the basic format."""
    stamp = read_value(value)
    assert stamp is not None
    assert (stamp.fields, stamp.clock) == (DAY, clock)


@pytest.mark.parametrize("value", ["", "soon", "two hours ago", "08:30", "2016", "146088180", "14608818051"])
def test_values_without_a_day_are_none(value: str) -> None:
    """What states no day, or only one that hangs on the crawl, is no date of the markup."""
    assert read_value(value) is None


def test_an_address_states_a_day_or_nothing() -> None:
    """A month alone is no day, and a page may have no address."""
    [candidate] = read_address("https://www.example.org/2016/04/17/title")
    assert candidate.stamp == Stamp(fields=DAY, separator="/")
    assert read_address("https://www.example.org/2016/04/title") == read_address(None) == []
