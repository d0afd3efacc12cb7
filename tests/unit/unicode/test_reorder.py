"""Lines are turned between the order of reading and the order of display by the rules of UAX 9."""

from __future__ import annotations

import pytest

from bidi_news.unicode.hebrew_pairs import weigh_pairs
from bidi_news.unicode.reorder import display_order, reading_order


@pytest.mark.parametrize(
    ("line", "right_to_left", "shown"),
    [
        ("שלום", True, "םולש"),
        ("שלום.", True, ".םולש"),
        ("שלום.", False, "םולש."),
        ("ב-21:05, 50% הנחה", True, "החנה 50% ,21:05-ב"),
        ("ערוץ ABC 2 פתח", True, "חתפ ABC 2 ץורע"),
        ("Call שלום now", False, "Call םולש now"),
        ("(בוקר) טוב", True, "בוט (רקוב)"),
        ("plain text", False, "plain text"),
        ("", True, ""),
    ],
)
def test_display_and_back(line: str, right_to_left: bool, shown: str) -> None:  # noqa: FBT001  (a column of the table)
    """A line is shown as the algorithm says, and comes back from there."""
    assert display_order(line, right_to_left=right_to_left) == shown
    assert reading_order(shown) == line or display_order(reading_order(shown) or "", right_to_left=True) == shown


def test_points_stay_with_their_letter() -> None:
    """A point follows its letter in display as the class of its letter says."""
    assert reading_order(display_order("שָׁלוֹם", right_to_left=True)) == "שָׁלוֹם"


def test_outer_space_stays() -> None:
    """White space around a line is no part of what is turned."""
    assert reading_order("  םולש ") == "  שלום "


def test_pairs_need_letters() -> None:
    """Nothing is said of a text without Hebrew; a palindrome has no direction."""
    assert weigh_pairs("abc 12") == (0, 0.0, 0.0)
    assert weigh_pairs("דד").forward == pytest.approx(0)
