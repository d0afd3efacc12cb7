"""Why a stamp has no value: days that no calendar has, times that no clock shows, values for "none", empty phrases."""

from __future__ import annotations

from datetime import datetime

import pytest

from bidi_news import Page, normalize, parse_timestamp
from bidi_news.errors import DateParseError
from bidi_news.pipeline import dates_batch

BODY = "\n\nThe council met in the old hall on the hill, and it talked about the bridge for most of the night.\n" * 3


@pytest.mark.parametrize(
    ("stamp", "code"),
    [
        ("31.02.15, 21:05", "impossible_date"),
        ("32/01/2023", "impossible_date"),
        ("30 February 2015", "impossible_date"),
        ("29.02.2015", "impossible_date"),
        ("29.02.2015, 25:61", "impossible_date"),
        ("0001-01-01T00:00:00", "sentinel_date"),
        ("1970-01-01T00:00:00Z", "sentinel_date"),
        ("1970-01-01 01:00:00+01:00", "sentinel_date"),
        ("1987-11-13T00:00:00", "sentinel_date"),
    ],
)
def test_a_date_that_is_none_gives_null_and_says_why(stamp: str, code: str) -> None:
    """The record has no publication, and the issue covers the stamp."""
    article = normalize(Page(text=f"Bridge opens\n\nPublished: {stamp}{BODY}"))
    assert article.published is None
    [issue] = article.issues
    assert issue.code == code
    assert issue.start is not None
    assert stamp.startswith(article.text[issue.start : issue.end])


@pytest.mark.parametrize("time", ["25:61", "21:75", "24:30:00"])
def test_a_time_that_no_clock_shows_leaves_no_date_and_is_reported(time: str) -> None:
    """What is wrong in one half is not trusted in the other, and the issue covers the stamp."""
    article = normalize(Page(text=f"Bridge opens\n\nPublished: 23.06.2015, {time}{BODY}"))
    assert article.published is None
    [issue] = article.issues
    assert issue.code == "impossible_time"
    assert article.text[issue.start : issue.end] == f"23.06.2015, {time}"


@pytest.mark.parametrize("phrase", ["פורסם:", "Last updated:", "תאריך פרסום:"])
def test_a_phrase_without_a_date_is_reported(phrase: str) -> None:
    """An empty field of the page's template is no date, and is said to be empty."""
    article = normalize(Page(text=f"Bridge opens\n\n{phrase}{BODY}"))
    assert article.published is None
    assert [issue.code for issue in article.issues] == ["empty_stamp"]
    assert article.text[article.issues[0].start : article.issues[0].end] == phrase.rstrip(":")


@pytest.mark.parametrize("line", ["פרסום ראשון", "Updated", "Published by the town"])
def test_words_without_a_colon_are_no_empty_phrase(line: str) -> None:
    """A phrase of the language is no field of a template."""
    assert normalize(Page(text=f"Bridge opens\n\n{line}{BODY}")).issues == ()


def test_markup_that_says_no_date_is_reported() -> None:
    """A sentinel in a meta element is no date; it has no place in the text."""
    html = '<meta property="article:published_time" content="0001-01-01T00:00:00"><h1>Bridge</h1><p>It opens.</p>'
    article = normalize(Page(html=html))
    assert article.published is None
    assert [(issue.code, issue.start) for issue in article.issues] == [("sentinel_date", None)]


def test_a_date_after_the_crawl_is_reported() -> None:
    """It is none of the page's dates, and the record says why it has none."""
    page = Page(text=f"Published: 23.06.2025{BODY}", crawled_at=datetime.fromisoformat("2015-06-24T00:00:00+03:00"))
    article = normalize(page)
    assert article.published is None
    assert [issue.code for issue in article.issues] == ["date_after_crawl"]


def test_the_dates_of_a_page_tell_their_issues_too() -> None:
    """The command for dates and the record say the same."""
    page = Page(text=f"Bridge opens\n\nPublished: 31.02.2015{BODY}")
    assert dates_batch([page])[0].issues == normalize(page).issues != ()


def test_a_string_with_an_impossible_date_says_so() -> None:
    """The error names the stamp and what is wrong with it."""
    with pytest.raises(DateParseError, match=r"'31\.02\.15' is no day of 1900 to 2100"):
        parse_timestamp("31.02.15")
