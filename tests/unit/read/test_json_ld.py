"""What JSON-LD says about the page's article, also where it is broken."""

from __future__ import annotations

from bidi_news.read.json_ld import article_fields


def test_a_script_that_is_no_json_is_read_as_far_as_its_dates_go() -> None:
    """A line feed in a string and a comma before the bracket hide no date; the first of each kind is the article's."""
    script = (
        '{"@type": "NewsArticle", "headline": "Two\nlines", "datePublished": "2015-06-23", '
        '"dateModified" : "2015-06-24", "comment": {"datePublished": "2015-06-25"},}'
    )
    assert dict(article_fields([script])) == {"datePublished": "2015-06-23", "dateModified": "2015-06-24"}


def test_a_broken_script_about_something_else_says_nothing() -> None:
    """The date of an organization or an event is none of the article."""
    assert list(article_fields(['{"@type": "Event", "datePublished": "2015-06-23",}', "nothing"])) == []


def test_broken_scripts_of_any_size_cost_linear_time() -> None:
    """Many beginnings of a field without an end are passed over."""
    assert list(article_fields(['{"@type": "NewsArticle" ' + '"datePublished": "' * 100_000])) == []
