"""Relative times count from the crawl."""

from __future__ import annotations

from datetime import datetime

import pytest

from bidi_news.dates import parse_timestamp
from bidi_news.errors import DateParseError

CRAWLED = datetime.fromisoformat("2016-04-17T01:30:00+03:00")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("לפני דקה", "2016-04-17T01:29:00+03:00"),
        ("לפני שתי דקות", "2016-04-17T01:28:00+03:00"),
        ("לפני שעה וחצי", "2016-04-17T00:00:00+03:00"),
        ("לפני כשעה", "2016-04-17T00:30:00+03:00"),
        ("לפני יומיים", "2016-04-15"),
        ("לפני חודש", "2016-03-17"),
        ("לפני חצי שנה", "2015-10-17"),
        ("שלשום", "2016-04-15"),
        ("half an hour ago", "2016-04-17T01:00:00+03:00"),
        ("5h ago", "2016-04-16T20:30:00+03:00"),
        ("a week ago", "2016-04-10"),
        ("Yesterday at 9:05 PM", "2016-04-16T21:05:00+03:00"),
        ("منذ ساعتين", "2016-04-16T23:30:00+03:00"),
        ("2 часа назад", "2016-04-16T23:30:00+03:00"),
        ("أمس 21:05", "2016-04-16T21:05:00+03:00"),
        ("أول أمس", "2016-04-15"),
        ("позавчера", "2016-04-15"),
    ],
)
def test_amounts_are_subtracted(text: str, iso: str) -> None:
    """Hours and minutes give an instant, days and longer a day."""
    assert parse_timestamp(text, crawled_at=CRAWLED).iso == iso


def test_elapsed_hours_do_not_follow_the_clock() -> None:
    """Three hours before 04:30 on the day that skips 02:00 is 00:30."""
    crawled = datetime.fromisoformat("2023-03-24T04:30:00+03:00")
    assert parse_timestamp("לפני 3 שעות", crawled_at=crawled).iso == "2023-03-24T00:30:00+02:00"


def test_without_a_crawl_there_is_no_value() -> None:
    """The clock of the machine is never the base."""
    with pytest.raises(DateParseError, match="crawled_at"):
        parse_timestamp("לפני שעתיים")


def test_a_date_beside_the_word_says_it_better() -> None:
    """Today with a date is that date."""
    assert parse_timestamp("היום, 03.01.2016", crawled_at=CRAWLED, language="he").iso == "2016-01-03"


@pytest.mark.parametrize("crawled", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+00:00"])
def test_a_crawl_at_the_end_of_the_calendar_is_no_error(crawled: str) -> None:
    """A nonsense crawl time decides nothing and breaks nothing."""
    moment = datetime.fromisoformat(crawled)
    with pytest.raises(DateParseError):
        parse_timestamp("1000 years ago", crawled_at=moment)
    assert parse_timestamp("17 April 2016", crawled_at=moment).candidates == ("2016-04-17",)
