"""The frame around an article: shapes of single lines, and labels of whole small pages."""

from __future__ import annotations

import pytest

from bidi_news import Label, Page, split_page
from bidi_news.segment.fields import author_names, split_caption
from bidi_news.segment.shapes import credit_shape, is_byline, stamp_shape


@pytest.mark.parametrize(
    ("line", "shape"),
    [
        ("פורסם: 22.06.14 , 15:08", "labelled"),
        ("פורסם 22:47 22.07.15", "labelled"),
        ("Published: February 21, 2019 17:30", "labelled"),
        ("Last updated on 3 May 2012", "labelled"),
        ("Опубликовано: 20.05.16, 11:25", "labelled"),
        ("14:57 28.12.14 | 0 comments", "date"),
        ("January 8, 2020", "date"),
        ("23/06/15", "date"),
        ("7:30 am", "clock"),
        ("0:00 / 2:14", None),
        ("יום שני 12.12.2016 / ט״ז בכסלו תשע״ז", "date"),
        ("The vote on 23.06.15 was held in the old hall", None),
        ("Room 101", None),
        ("פרסום ראשון: הפועל חתמה עם שחקן מרומניה", None),
    ],
)
def test_a_line_states_a_time_only_when_it_holds_little_else(line: str, shape: str | None) -> None:
    """Labels, dates and clock times are told apart; sentences with a date in them are none."""
    assert stamp_shape(line) == shape


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Photo: Dana Levi", Label.CREDIT),
        ("צילום: דנה לוי", Label.CREDIT),
        ("(photo credit: COURTESY)", Label.CREDIT),
        ("The bridge at dawn (Photo: Dana Levi)", Label.CAPTION),
        ("הגשר עם שחר (צילום: דנה לוי)", Label.CAPTION),
        ("The bridge at dawn. | Photo by Dana Levi", Label.CAPTION),
        ("Photo: the first of the twelve lamps, which the council lit in person", Label.CAPTION),
        ("The bridge at dawn. Photo: Dana Levi", Label.CAPTION),
        ("The photo was taken by a neighbour, she said", None),
        ("Credit where it is due", None),
    ],
)
def test_credits_and_captions_are_told_apart(line: str, label: Label | None) -> None:
    """A credit alone is a credit; with what it shows it is a caption; a sentence about photos is neither."""
    assert credit_shape(line) == label


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Dana Levi", True),
        ("BY DANA LEVI", True),
        ("מאת דנה לוי", True),
        ("Reuters", True),
        ("סוכנויות הידיעות", True),
        ("By the time it was over", False),
        ("Standing by", False),
    ],
)
def test_a_byline_is_known_by_its_words(line: str, expected: bool) -> None:  # noqa: FBT001  (a table of cases)
    """Words such as "By" open a byline, agencies stand alone, other phrases with "by" are none."""
    assert is_byline(line) is expected


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Dana Levi and Omar Haddad", ("Dana Levi", "Omar Haddad")),
        ("מאת: דנה לוי, עומר חדאד", ("דנה לוי", "עומר חדאד")),
        ("(דנה לוי)", ("דנה לוי",)),
        ("By Dana Levi | 23.06.15", ("Dana Levi",)),
        ("Reuters", ("Reuters",)),
        ("", ()),
    ],
)
def test_author_names_lose_what_is_no_name(byline: str, names: tuple[str, ...]) -> None:
    """Introductions, brackets, conjunctions and dates are no part of a name."""
    assert author_names(byline) == names


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("The old bridge (Photo: Dana Levi)", ("The old bridge", "Dana Levi")),
        ("הגשר הישן (צילום: דנה לוי)", ("הגשר הישן", "דנה לוי")),
        ("The old bridge. | Photo by Dana Levi", ("The old bridge.", "Dana Levi")),
        ("The old bridge. Photo: Dana Levi", ("The old bridge.", "Dana Levi")),
        ("Photo: Dana Levi", (None, "Dana Levi")),
        ("The old bridge", ("The old bridge", None)),
    ],
)
def test_captions_and_credits_are_split(line: str, parts: tuple[str | None, str | None]) -> None:
    """A caption keeps its words, its credit the name."""
    assert split_caption(line) == parts


PAGE = """Photo: Dana Levi
The lamp room at dusk
Photo: Dana Levi

Lighthouse keeper retires after forty years of one lamp

The man who lit the harbour every night hands over the key on Friday; nobody has asked for it yet.

The keeper of the northern light said on Tuesday that he would leave at the end of the week, after forty years in
which the lamp went out twice, both times because of birds.

"I am not sad," he told reporters on the stairs. "The stairs are sad."

The lamp itself (Archive Photo: Dana Levi)
The lamp itself (Archive Photo: Dana Levi)

The port authority said that the lamp would be automatic from now on, and that the birds had been informed of the
change by the usual means.

"Birds do not read circulars," said the keeper, who will move to a flat in the town, on the second floor.

פרסום ראשון: 03.19.14, 06:30
 new comment
"""


def test_a_page_with_everything_has_every_label() -> None:
    """Credits, captions once doubled, headline, standfirst, paragraphs, stamp and comment form are told apart."""
    text = PAGE.replace("in\nwhich", "in which").replace("the\nchange", "the change")
    labels = [block.label.value for block in split_page(Page(text=text))]
    assert labels == [
        *("credit", "caption", "credit", "headline", "deck", "body", "body", "caption", "caption", "body", "body"),
        *("timestamp", "chrome"),
    ]
