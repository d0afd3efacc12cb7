"""Unseen characters are dropped by edits, and spellings that they hid are found."""

from __future__ import annotations

import pytest

from bidi_news import Page, normalize, normalize_variants
from bidi_news.options import Options
from bidi_news.variants import apply_edits, invert_edits

STRIP = Options(bidi_controls="strip")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("\u200fשלום\u200e", "שלום"),
        ("Hiz\u200bbullah", "Hezbollah"),
        ("Shi'\u200fite and\u2060 Hizbullah\u200e", "Shiite and Hezbollah"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👩", "👩\u200d👩"),
        ("", ""),
    ],
)
def test_strip(text: str, clean: str) -> None:
    """What can be dropped is dropped, what makes a word or a picture stays, and a hidden spelling is replaced."""
    changed, edits = normalize_variants(text, STRIP)
    assert changed == clean
    assert apply_edits(changed, invert_edits(text, edits)) == text


def test_keep_is_the_default() -> None:
    """Without being asked for, nothing is dropped, and a spelling with a control inside is another word."""
    assert normalize_variants("\u200fHiz\u200bbullah") == ("\u200fHiz\u200bbullah", ())


def test_surface_is_what_stands_there() -> None:
    """The surface of an edit holds the characters that were passed over, and its place is that of the whole text."""
    (edit,) = normalize(Page(text="By Hiz\u200bbullah"), STRIP).edits
    assert (edit.start, edit.end, edit.surface, edit.rule) == (3, 13, "Hiz\u200bbullah", "safe")


def test_dropping_says_so() -> None:
    """A run of unseen characters is one edit of a rule of its own, with nothing in its place."""
    (edit,) = normalize_variants("a \u200f\u200e b", STRIP)[1]
    assert (edit.start, edit.end, edit.canonical, edit.rule) == (2, 4, "", "unseen")
