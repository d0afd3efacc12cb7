"""The gematria reader, against pyluach's own writer, and the civil days of Hebrew dates."""

from __future__ import annotations

from datetime import date

import pytest
from pyluach.dates import HebrewDate

from bidi_news.dates.hebrew_calendar import civil_dates, read_day, read_gematria, read_year


@pytest.mark.parametrize("day", range(1, 31))
def test_days_read_as_pyluach_writes_them(day: int) -> None:
    """Every day of a month is read back from its letters."""
    assert read_day(HebrewDate(5775, 7, day).hebrew_day().replace("״", '"').replace("׳", "'")) == day


@pytest.mark.parametrize("year", range(5701, 5850, 7))
@pytest.mark.parametrize("prefix", ["", "ה", "ה'"])
def test_years_read_with_and_without_thousands(year: int, prefix: str) -> None:
    """A leading he means the fifth thousand; it adds nothing to a year that leaves it out."""
    letters = HebrewDate(year, 7, 1).hebrew_year().replace("״", '"').replace("׳", "'")
    assert read_year(prefix + letters) == year
    assert read_year(prefix + letters.replace('"', "")) == year


@pytest.mark.parametrize("word", ["שלום", "אא", "", "abc", "אב"])
def test_other_words_are_no_numbers(word: str) -> None:
    """Letters that do not fall in value write no number."""
    assert read_gematria(word) is None


def test_bare_adar_of_a_leap_year_may_be_either() -> None:
    """5776 has two Adars, 5775 one."""
    assert civil_dates(5776, (12, 13), 11) == (date(2016, 2, 20), date(2016, 3, 21))
    assert civil_dates(5775, (12, 13), 11) == (date(2015, 3, 2),)
