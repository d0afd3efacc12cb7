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


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Hiz\u00adbul\u00adlah", "Hezbollah"),
        ("a mili\u00adtia of Shi'\u200fites", "a mili\u00adtia of Shiites"),
        ("בחיז\u200fבללה", "בחיזבאללה"),
        ("Hez\u00adbollah", "Hez\u00adbollah"),
        ("#Hiz\u00adbullah", "#Hiz\u00adbullah"),
        ("\u200fHizbullah\u200f", "\u200fHezbollah\u200f"),
        ("Hiz\u202abul\u202clah", "Hiz\u202abul\u202clah"),
    ],
)
def test_keep_finds_hidden_spellings(text: str, clean: str) -> None:
    """A spelling is seen through soft hyphens and marks inside it; nothing is dropped but with what is replaced."""
    changed, edits = normalize_variants(text)
    assert changed == clean
    assert apply_edits(changed, invert_edits(text, edits)) == text
    assert normalize_variants(changed) == (changed, ())


def test_surface_is_what_stands_there() -> None:
    """The surface of an edit holds the characters that were passed over, and its place is that of the whole text."""
    (edit,) = normalize(Page(text="By Hiz\u200bbullah"), STRIP).edits
    assert (edit.start, edit.end, edit.surface, edit.rule) == (3, 13, "Hiz\u200bbullah", "safe")


def test_dropping_says_so() -> None:
    """A run of unseen characters is one edit of a rule of its own, with nothing in its place."""
    (edit,) = normalize_variants("a \u200f\u200e b", STRIP)[1]
    assert (edit.start, edit.end, edit.canonical, edit.rule) == (2, 4, "", "unseen")
