"""One outlet profile: what its text must hold, and what its article numbers say."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bidi_news.profile import ArticleIds, parse_outlet

GOOD = """
id = "mine"
name = "Mine"
hosts = ["mine.example"]
language = "he"
zone = "Asia/Jerusalem"
sources = ["seen"]
"""
IDS = "[article_ids]\npattern = '{}'\nanchors = {}\n"


def test_a_sound_profile_keeps_every_value() -> None:
    """What the file says stands in the profile: tuples for lists, phrases with their roles, numbers with their days."""
    more = (
        'date_order = "ymd"\nchrome = ["New comment"]\n[stamp_labels]\npublished = ["יצא לאור"]\nother = ["א", "ב"]\n'
    )
    outlet, problems = parse_outlet(GOOD + more + IDS.format(r"L-(\d+)", "[[1, 2015-01-01], [2, 2016-01-01]]"), "mine")
    assert problems == ()
    assert outlet is not None
    assert (outlet.id, outlet.hosts, outlet.date_order, outlet.chrome) == (
        "mine",
        ("mine.example",),
        "ymd",
        ("New comment",),
    )
    assert outlet.stamp_labels == {"יצא לאור": "published", "א": "other", "ב": "other"}
    assert outlet.article_ids is not None
    assert outlet.article_ids.anchors == ((1, date(2015, 1, 1)), (2, date(2016, 1, 1)))


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        (GOOD.replace('name = "Mine"\n', ""), "name", "missing or empty"),
        (GOOD.replace('sources = ["seen"]\n', ""), "sources", "missing or empty"),
        (GOOD.replace('["seen"]', "[]"), "sources", "missing or empty"),
        (GOOD.replace('["seen"]', '[" "]'), "sources", "none of them empty"),
        (GOOD.replace('"Mine"', "3"), "name", "must be a string"),
        (GOOD + 'colour = "blue"\n', "colour", "unknown key; choose among id, name"),
        (GOOD.replace('"mine"', '"my site.toml"'), "id", "small letters and digits"),
        (GOOD.replace('["mine.example"]', '"mine.example"'), "hosts", "must be a list"),
        (GOOD.replace("mine.example", "https://mine.example/"), "hosts", "no host name"),
        (GOOD.replace("mine.example", "Mine.example"), "hosts", "small letters"),
        (GOOD.replace("mine.example", "localhost"), "hosts", "no host name"),
        (GOOD.replace('"he"', '"hebrew"'), "language", "no BCP 47 tag"),
        (GOOD.replace('"he"', '"he_IL"'), "language", "no BCP 47 tag"),
        (GOOD.replace("Asia/Jerusalem", "Mars/Olympus"), "zone", "no IANA zone is called 'Mars/Olympus'"),
        (GOOD.replace("Asia/Jerusalem", "../Jerusalem"), "zone", "no IANA zone"),
        (GOOD + 'date_order = "myd"\n', "date_order", "'myd' is not one of dmy, mdy, ymd"),
        (GOOD + 'date_order = ""\n', "date_order", "not one of"),
        (GOOD + "chrome = [1]\n", "chrome", "list of strings"),
        (GOOD + 'stamp_labels = ["x"]\n', "stamp_labels", "table of published, modified, other"),
        (GOOD + '[stamp_labels]\nprinted = ["x"]\n', "stamp_labels.printed", "unknown key"),
        (GOOD + "[stamp_labels]\npublished = [1]\n", "stamp_labels.published", "list of strings"),
        (GOOD + '[stamp_labels]\npublished = ["x"]\nmodified = ["x"]\n', "stamp_labels.modified", "'x' stands twice"),
        (GOOD + IDS.format(r"L-(\d+)", "[[2, 2015-01-01], [1, 2016-01-01]]"), "article_ids", "rise together"),
        (GOOD + IDS.format(r"L-(\d+)", '[["2", 2015-01-01]]'), "article_ids", "a whole number and a date"),
        (GOOD + IDS.format(r"L-(\d+)", "[[2, 2015-01-01T00:00:00]]"), "article_ids", "a whole number and a date"),
        (GOOD + IDS.format(r"L-(\d+)", "[]"), "article_ids", "needs a pattern and anchors"),
        (GOOD + IDS.format(r"L-\d+", "[[2, 2015-01-01]]"), "article_ids", "must have a group"),
        (GOOD + IDS.format("(", "[[2, 2015-01-01]]"), "article_ids", "needs a pattern and anchors"),
        (GOOD + "article_ids = {}\n", "article_ids", "needs a pattern and anchors"),
        ("not toml", None, "line 1"),
    ],
)
def test_a_fault_is_told_with_its_file_and_key(text: str, column: str | None, words: str) -> None:
    """Each fault is one error that names the file and the key and says what would do."""
    outlet, problems = parse_outlet(text, "mine.toml")
    assert outlet is None
    assert [problem.column for problem in problems] == [column]
    assert str(problems[0]).startswith("mine.toml")
    assert words in str(problems[0])


def test_every_fault_is_told_at_once() -> None:
    """A file with three faults gives three errors, not the first only."""
    text = GOOD.replace('"he"', '"hebrew"').replace("Asia/Jerusalem", "Mars/Olympus") + 'colour = "blue"\n'
    assert [problem.column for problem in parse_outlet(text, "mine.toml")[1]] == ["colour", "language", "zone"]


@pytest.mark.parametrize("number", ["", "9" * 19, "x"])
def test_an_address_without_a_number_says_nothing(number: str) -> None:
    """What stands where the number should be is ignored when it is none: empty, too long, or letters."""
    ids = ArticleIds(re.compile("/(.*)$"), ((1, date(2015, 1, 1)), (2, date(2016, 1, 1))))
    assert ids.bounds(f"/{number}") is None
    assert ArticleIds(re.compile("a|(b)"), ids.anchors).bounds("a") is None
