"""Folding."""

from __future__ import annotations

import pytest

from bidi_news.unicode.fold import APOSTROPHES, DASHES, fold, plain, strip_marks


@pytest.mark.parametrize("apostrophe", sorted(APOSTROPHES))
def test_every_apostrophe_is_one(apostrophe: str) -> None:
    """All code points that stand for an apostrophe fold to the plain one."""
    assert fold(f"Shi{apostrophe}ite") == "shi'ite"


@pytest.mark.parametrize("dash", sorted(DASHES))
def test_every_dash_is_one(dash: str) -> None:
    """All code points that join names fold to the hyphen."""
    assert plain(f"al{dash}Qaeda") == "al-Qaeda"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ḥizbullāh", "hizbullah"),
        ("Êzidî", "ezidi"),
        ("חָמָאס", "חמאס"),
        ("ג׳נין", "ג'נין"),
        ("القَذَّافى", "القذافي"),
        ("أسامة", "اسامه"),
        ("حـــماس", "حماس"),
        ("İzmir", "izmir"),
    ],
)
def test_marks_case_and_habits_fold_away(text: str, folded: str) -> None:
    """What the press does not tell apart folds to one form."""
    assert fold(text) == folded


def test_fold_twice_is_once() -> None:
    """Folding a folded text changes nothing."""
    for text in ("Ḥizbullāh’s", "القذافى", "דאע״ש", "Êzidî"):
        assert fold(fold(text)) == fold(text)


def test_plain_keeps_letters() -> None:
    """Evening out leaves case and marks as they are."""
    assert plain("Ḥizb\u00a0 Allāh’s") == "Ḥizb Allāh's"


def test_strip_marks_keeps_the_hamza() -> None:
    """Harakat go, a letter with its hamza stays one letter."""
    assert strip_marks("أُسَامَة") == "أسامة"
