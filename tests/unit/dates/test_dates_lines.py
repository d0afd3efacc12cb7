"""Which lines may hold the page's own stamp, told before any is read."""

from __future__ import annotations

import numpy as np
import pytest

from bidi_news.batch import Batch, Document
from bidi_news.dates.lines import Line, find_lines
from bidi_news.marks import MARKS
from bidi_news.model import Label, Page

STAMP = "17.04.2016"
LONG = "words of a long line " * 9


def lines(text: str, labels: str, *, has_phrases: bool = False) -> list[Line]:
    """Return the lines of a page that may hold a stamp; ``labels`` names the label of each."""
    batch = Batch.of([Document(page=Page(text=text), text=text)])
    known = np.array([tuple(Label).index(Label(name)) for name in labels.split()], np.uint8)
    return find_lines(batch, known, [has_phrases]).of(0)


@pytest.mark.parametrize(
    ("text", "labels", "expected"),
    [
        (STAMP, "timestamp", True),
        (STAMP, "byline", True),
        (STAMP, "body", True),
        (STAMP, "chrome", False),
        (STAMP, "caption", False),
        (f"Updated {STAMP}", "chrome", True),
        (f"Updated {STAMP}", "headline", False),
        (f"Title\n{STAMP}", "headline chrome", True),
        (f"Title\nHome\nNews\n{STAMP}", "headline chrome chrome chrome", False),
        (f"Published\n{STAMP}", "chrome chrome", True),
        (f"Share\n{STAMP}", "chrome chrome", False),
        (LONG + STAMP, "body", False),
        (LONG + STAMP, "timestamp", True),
        (f"{LONG} Updated: {STAMP}", "body", True),
        (f"Updated: {LONG}{STAMP}", "body", False),
        ("פו\N{HEBREW POINT QUBUTS}רסם " + STAMP, "chrome", True),
    ],
)
def test_eligible_is_what_may_speak_for_the_page(text: str, labels: str, expected: bool) -> None:  # noqa: FBT001
    """The label decides, or the shape, or the headline beside it, or a phrase near the stamp."""
    story = "\nA paragraph." * 6
    found = lines(text + story, labels + " body" * 6)
    assert [line.is_eligible for line in found] == [expected]


def test_phrases_that_are_not_known_make_every_plain_line_eligible() -> None:
    """An outlet's own phrase may be any word."""
    text, labels = f"{STAMP}\n" * 3 + "A paragraph.\n" * 3, "chrome " * 3 + "body " * 3
    assert [line.is_eligible for line in lines(text, labels)] == [False] * 3
    assert [line.is_eligible for line in lines(text, labels, has_phrases=True)] == [True] * 3


@pytest.mark.parametrize(
    ("near", "expected"),
    [("21:05", True), ("9 pm", True), ("5 min read please", False), ("Home", False), ("21:05 " + LONG, False)],
)
def test_a_time_of_day_is_seen_from_the_day(near: str, expected: bool) -> None:  # noqa: FBT001
    """Only a short line with a number that can begin one may be a time of day alone."""
    [line] = lines(f"{STAMP}\nHome\n{near}", "timestamp chrome chrome")
    assert line.is_near_time == expected


@pytest.mark.parametrize(
    ("labels", "expected"),
    [("chrome chrome body chrome chrome chrome", [True, False]), ("chrome " * 6, [True, True])],
)
def test_what_the_markup_calls_a_date_is_not_below_the_body(labels: str, expected: list[bool]) -> None:
    """Furniture below the story dates other stories; a page without a body has no such end."""
    text = f"{STAMP}\nHome\nA paragraph.\n{STAMP}\nHome\nHome"
    marks = np.zeros((6, len(MARKS)), np.float32)
    marks[[0, 3], MARKS.index("class:date")] = 1
    batch = Batch.of([Document(page=Page(html="<p>"), text=text, tags=("p",) * 6, marks=marks)])
    known = np.array([tuple(Label).index(Label(name)) for name in labels.split()], np.uint8)
    assert [line.is_dated for line in find_lines(batch, known, [False]).of(0)] == expected


def test_neighbours_are_of_the_same_page() -> None:
    """What stands on the pages before and after changes nothing."""
    texts = ["Title\nPublished", f"{STAMP}\nbody\nbody\nbody\nbody\nbody", "21:05"]
    batch = Batch.of([Document(page=Page(text=text), text=text) for text in texts])
    names = ["headline", "chrome", "chrome", *["body"] * 5, "chrome"]
    labels = np.array([tuple(Label).index(Label(name)) for name in names], np.uint8)
    found = find_lines(batch, labels, [False] * 3)
    [line] = found.of(1)
    assert (line.is_beside_head, line.is_below_phrase, line.is_near_time, line.is_eligible) == (False,) * 4
    assert (found.of(0), found.of(2)) == ([], [])


def test_one_page_has_a_bounded_number_of_triggers() -> None:
    """Of a list of very many dates the first 500 are read, and no page takes from another."""
    texts = [f"{STAMP} " * 300 + f"\n{STAMP}" * 1000, f"\n{STAMP}" * 400]
    batch = Batch.of([Document(page=Page(text=text), text=text) for text in texts])
    found = find_lines(batch, None, [False] * 2)
    assert [sum(len(line.triggers) for line in found.of(page)) for page in (0, 1)] == [500, 400]
