"""Cleaning keeps the way back to the page's offsets."""

from __future__ import annotations

import pytest

from bidi_news.dates.clean import clean, fold_word


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("23\N{NO-BREAK SPACE}ביוני", "23 ביוני"),
        ("תשע״ה", 'תשע"ה'),
        ("יום ג׳", "יום ג'"),
        ("ה־23", "ה-23"),
        ("٢٣/٠٦", "23/06"),
        ("２１：０５", "21:05"),  # noqa: RUF001 (full-width on purpose)
        ("\N{RIGHT-TO-LEFT MARK}06\N{RIGHT-TO-LEFT MARK}.23", "06.23"),
        ("&nbsp;06&rlm;.23", " 06.23"),
        ("י&#39; בכסלו תשע&quot;ד", "י' בכסלו תשע\"ד"),  # noqa: RUF001 (Hebrew on purpose)
        ("פוּרסם", "פורסם"),
        ("Published Ｊune", "published june"),  # noqa: RUF001 (full-width on purpose)
    ],
)
def test_forms_become_plain(raw: str, cleaned: str) -> None:
    """Each foreign form of a character becomes the one that the grammar reads."""
    assert clean(raw).text == cleaned


def test_offsets_lead_back_past_dropped_marks() -> None:
    """A range of the cleaned text is found in the page, marks at its edges left outside."""
    mark = "\N{RIGHT-TO-LEFT MARK}"
    raw = f"{mark}א&nbsp;\N{RIGHT-TO-LEFT EMBEDDING}06{mark}.23\N{POP DIRECTIONAL FORMATTING}!"
    passage = clean(raw, 100)
    place = passage.text.index("06.23")
    start, end = passage.locate(place, place + 5)
    assert raw[start - 100 : end - 100] == "06\N{RIGHT-TO-LEFT MARK}.23"


def test_a_capital_that_is_two_small_letters_keeps_the_offsets() -> None:
    """The dotted capital I of Turkish stays one character."""
    passage = clean("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}stanbul 06.23")
    assert passage.text == "istanbul 06.23"
    assert passage.locate(9, 14) == (9, 14)


def test_folding_ignores_case_and_geresh_form() -> None:
    """A word of a table is found however it is written."""
    assert fold_word("Sept") == fold_word("SEPT")
    assert fold_word("אוק׳") == fold_word("אוק'")
