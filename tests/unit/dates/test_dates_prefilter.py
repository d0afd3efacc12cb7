"""The vectorized look finds every line that may hold a stamp, and few others."""

from __future__ import annotations

import pytest

from bidi_news.batch import Batch, Document
from bidi_news.dates.clean import clean
from bidi_news.dates.grammar import read_stamps
from bidi_news.dates.prefilter import find_places
from bidi_news.model import Page


def lines(text: str) -> list[int]:
    """Return the lines of a page that are candidates."""
    batch = Batch.of([Document(page=Page(text=text), text=text)])
    return sorted(set(batch.line_of(find_places(batch).triggers).tolist()))


@pytest.mark.parametrize(
    "line",
    [
        "23.06.15",
        "2015-06-23T21:05:00Z",
        "10 .12 .19",
        "23.06.15 21:05",
        "Dana Levi23.06.15, 21:05",
        "٢٣/٠٦/٢٠١٥",
        "２３．０６．２０１５",  # noqa: RUF001 (full-width on purpose)
        "23\N{RIGHT-TO-LEFT MARK}.06\N{RIGHT-TO-LEFT MARK}.15",
        "5 ביוני 2015",
        "5 June 15",
        "June 5 '15",
        "Dana Levi16. April 2013",
        "2015, June 5th",
        "Tue Jun 23 21:05:00 IDT 2015",
        "٢٣ يونيو ٢٠١٥",
        "ו' בתמוז תשע\"ה",
    ],
)
def test_a_line_with_a_stamp_is_a_candidate(line: str) -> None:
    """Nothing that the grammar reads is passed over, alone or between other lines."""
    assert lines(line) == [0]
    assert lines(f"First line\n{line}\nlast line") == [1]


@pytest.mark.parametrize(
    "text",
    [
        "Office: 404.943.0800",
        "$88.85 - $90.09",
        "$3,000-$5,000 a month",
        "19\t\t4.9\t\t9.3\t\t7.2",
        "January 2018\nFebruary (29)\nMarch (31)",
        "Tue, Apr 07, 10:30am - 11:00am",
        "May 5\n2015",
        "he may take 5",
        "4.5\n6.2015",
    ],
)
def test_other_numbers_are_no_candidates(text: str) -> None:
    """Phone numbers, prices, scores, archives, and dates without a year cost no reading."""
    assert lines(text) == []


def test_neighbours_in_the_batch_change_no_candidate() -> None:
    """A page ends where it ends: numbers of the next one complete no date."""
    texts = ["page 4.", "5.2015", "June", "5 2015", "1.2.150", "\N{RIGHT-TO-LEFT MARK}x"]
    batch = Batch.of([Document(page=Page(text=text), text=text) for text in texts])
    assert find_places(batch).triggers.tolist() == []


def test_the_years_of_other_lines_do_not_count() -> None:
    """A month is judged by the numbers of its own line."""
    assert lines("5\nJune\n2015\n5 June 2015") == [3]


@pytest.mark.parametrize(
    "line",
    ["Last updated 5", "2015Updated", "12UPDATED", "Published23.06.15", "עודכן: 5", "5עודכן", "آخر تحديث"],
)
def test_a_line_with_a_phrase_is_known(line: str) -> None:
    """A word of a phrase is seen whatever its case, and however it is glued to a number."""
    batch = Batch.of([Document(page=Page(text=line), text=line)])
    assert find_places(batch).phrases.size > 0


@pytest.mark.parametrize("line", ["June 23rd, 2015 at 5pm", "T21:05:00Z", "Home", "23.06.15, 21:05"])
def test_a_stamp_alone_is_no_phrase(line: str) -> None:
    """Endings of numbers and halves of the day are no words glued to a number."""
    batch = Batch.of([Document(page=Page(text=line), text=line)])
    assert find_places(batch).phrases.size == 0


@pytest.mark.parametrize(
    "line",
    [
        "21:05",
        "9 pm",
        "9:05\N{NO-BREAK SPACE}PM",
        "9&nbsp;a.m.",
        "9 &nbsp;pm",
        "1951 GMT",
        "21\N{RIGHT-TO-LEFT MARK}:05",
        "21:\N{RIGHT-TO-LEFT MARK}05",
        "٢١:٠٥",  # noqa: RUF001 (the digits of Arabic)
        "２１：０５",  # noqa: RUF001 (full-width on purpose)
        "at 21:05h",
        "21.05 GMT",
    ],
)
def test_a_line_with_a_time_of_day_may_hold_one(line: str) -> None:
    """The look sees every time that the grammar reads, so that no time near a day is missed."""
    assert any(stamp.clock for stamp in read_stamps(clean(line)))
    batch = Batch.of([Document(page=Page(text=line), text=line)])
    assert find_places(batch).clocks.size


@pytest.mark.parametrize("line", ["5 min read", "4 comments", "14:", "in 2015.", "12%", "לפני 5 דקות"])
def test_other_numbers_are_no_times(line: str) -> None:
    """Counts and the ends of sentences cost no reading."""
    batch = Batch.of([Document(page=Page(text=line), text=line)])
    assert not find_places(batch).clocks.size
