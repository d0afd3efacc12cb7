"""What the options and the caller may decide."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from bidi_news.dates import parse_timestamp
from bidi_news.errors import AmbiguousDateError, DateParseError, OptionError
from bidi_news.options import Options

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "04.03.14, 18:30"


def test_an_undecided_stamp_raises_with_its_readings() -> None:
    """The error carries every reading."""
    with pytest.raises(AmbiguousDateError) as caught:
        parse_timestamp(TEXT)
    assert set(caught.value.candidates) == {"2014-04-03T18:30:00+03:00", "2014-03-04T18:30:00+02:00"}


def test_a_guess_says_that_it_is_one() -> None:
    """Only on request, and the evidence names it."""
    stamp = parse_timestamp(TEXT, options=Options(on_ambiguous="guess"))
    assert stamp.iso == "2014-04-03T18:30:00+03:00"
    assert stamp.evidence[-1] == "guess"


@pytest.mark.parametrize(("order", "day"), [("dmy", "2014-03-04"), ("mdy", "2014-04-03"), ("ymd", "2004-03-14")])
def test_the_order_option_decides_what_the_fields_leave_open(order: str, day: str) -> None:
    """The user's order comes before the outlet's."""
    stamp = parse_timestamp(TEXT, outlet="ynetnews", options=Options(date_order=order))  # type: ignore[arg-type]
    assert stamp.iso is not None
    assert stamp.iso[:10] == day


def test_the_order_option_does_not_overrule_the_weekday() -> None:
    """A weekday in the stamp is stronger than any habit."""
    assert parse_timestamp("Tue, 04/03/2014", options=Options(date_order="mdy")).iso == "2014-03-04"


def test_the_zone_option_holds_without_an_outlet() -> None:
    """Local times are those of the zone given."""
    assert parse_timestamp("17.04.2016 08:30", options=Options(zone="Europe/London")).iso == "2016-04-17T08:30:00+01:00"


@pytest.mark.parametrize(("crawled", "year"), [("2016-01-01", "2016"), ("2014-01-01", "1916")])
def test_two_digits_turn_one_year_after_the_crawl(crawled: str, year: str) -> None:
    """A short year is at most one year later than the crawl."""
    now = datetime.fromisoformat(f"{crawled}T00:00:00+02:00")
    text = "17.04.16" if year == "1916" else "17.04.15"
    expected = {"2016": "2015-04-17", "1916": "1916-04-17"}[year]
    assert parse_timestamp(text, options=Options(now=now)).iso == expected


def test_no_stamp_raises() -> None:
    """A string without a stamp is an error that quotes it."""
    with pytest.raises(DateParseError, match="no date here"):
        parse_timestamp("no date here")


def test_an_unknown_outlet_names_the_choices() -> None:
    """The message helps to choose."""
    with pytest.raises(OptionError, match="ynetnews"):
        parse_timestamp(TEXT, outlet="nobody")


def test_the_outlet_of_the_options_decides() -> None:
    """It is the profile of every stamp, as it is of every page, unless the caller names one."""
    options = Options(outlet="ynetnews")
    assert parse_timestamp(TEXT, options=options).iso == "2014-04-03T18:30:00+03:00"
    assert parse_timestamp(TEXT, outlet="ynet", options=options).iso == "2014-03-04T18:30:00+02:00"


def test_profiles_of_the_options_are_found_by_address(tmp_path: Path) -> None:
    """A profile of the user's own comes before the shipped one of the same host."""
    profile = tmp_path / "mine.toml"
    profile.write_text(
        'id = "mine"\nname = "Mine"\nhosts = ["ynet.co.il"]\nlanguage = "he"\nzone = "Europe/London"\n'
        'date_order = "mdy"\nsources = ["seen"]\n',
        "utf-8",
    )
    url, options = "https://www.ynet.co.il/1", Options(outlets=(str(profile),))
    assert parse_timestamp(TEXT, url=url, options=options).iso == "2014-04-03T18:30:00+01:00"
    assert parse_timestamp(TEXT, url=url).iso == "2014-03-04T18:30:00+02:00"
