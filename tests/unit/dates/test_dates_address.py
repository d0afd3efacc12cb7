"""Dates in addresses."""

from __future__ import annotations

import pytest

from bidi_news.dates.address import find_url_date


@pytest.mark.parametrize(
    ("url", "fields"),
    [
        ("https://example.org/2015/06/23/title", ("2015", "06", "23")),
        ("https://example.org/2015-06-23-title", ("2015", "06", "23")),
        ("https://example.org/20150623/title", ("2015", "06", "23")),
        ("https://example.org/2015/6/3/title", ("2015", "6", "3")),
        ("https://example.org/news/2015/jun/23/title", ("2015", "6", "23")),
        ("https://example.org/2015/June/3", ("2015", "6", "3")),
        ("https://example.org/2015/06/title", ("2015", "06", None)),
    ],
)
def test_the_day_or_month_of_an_address_is_found(url: str, fields: tuple[str, str, str | None]) -> None:
    """The year comes first; a month may be its name, and in folders one figure."""
    found = find_url_date(url)
    assert found is not None
    assert (found.year, found.month, found.day) == fields


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/201506",
        "https://example.org/2015/news/23/title",
        "https://example.org/2015/6/12-reasons",
        "https://example.org/2015/13/23/",
        "https://example.org/120150623",
    ],
)
def test_other_numbers_of_an_address_are_no_date(url: str) -> None:
    """A folder that is no month, a number that goes on, and six figures in a row say nothing."""
    assert find_url_date(url) is None
