"""Edits as text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bidi_news.errors import SpanError
from bidi_news.model import Edit
from bidi_news.variants.rewrite import apply_edits, in_style_of, invert_edits

_EDIT = Edit(
    start=2,
    end=6,
    surface="jeha",
    canonical="jihad",
    lexeme="jihad",
    family="jihad",
    action="replace",
    rule="safe",
    score=1.0,
)


@pytest.mark.parametrize(
    ("surface", "canonical", "expected"),
    [
        ("KADAFI", "Gaddafi", "GADDAFI"),
        ("Al Qaida", "al-Qaeda", "Al-Qaeda"),
        ("al-Qaida", "al-Qaeda", "al-Qaeda"),
        ("el-Qaddafi", "Gaddafi", "Gaddafi"),
        ("Bar-Mitzva", "bar mitzvah", "Bar Mitzvah"),
        ("ʿAshoura", "Ashura", "Ashura"),
        ("shi'ite", "Shiite", "shiite"),
        ("Petach\nTikva", "Petah Tikva", "Petah\nTikva"),
        ("قذافى", "قذافي", "قذافي"),
    ],
)
def test_canonical_takes_case_and_space_of_the_surface(surface: str, canonical: str, expected: str) -> None:
    """Capitals and inner white space of the page are kept."""
    assert in_style_of(surface, canonical) == expected


def test_annotations_change_nothing() -> None:
    """An edit that only annotates is neither made nor inverted."""
    note = replace(_EDIT, action="annotate")
    assert apply_edits("a jehad", [note]) == "a jehad"
    assert invert_edits("a jehad", [note]) == ()


def test_edits_in_any_order() -> None:
    """Edits need not be sorted, and their inverses stand in the new text."""
    text = "a jeha b jeha"
    edits = [replace(_EDIT, start=9, end=13), _EDIT]
    new = apply_edits(text, edits)
    assert new == "a jihad b jihad"
    assert [new[edit.start : edit.end] for edit in invert_edits(text, edits)] == ["jihad", "jihad"]
    assert apply_edits(new, invert_edits(text, edits)) == text


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("a jehad", [_EDIT, replace(_EDIT, start=3, end=7, surface="ehad")]),
        ("a jihad", [_EDIT]),
        ("a je", [_EDIT]),
    ],
)
def test_edits_that_do_not_fit_are_refused(text: str, edits: list[Edit]) -> None:
    """Overlapping edits, another surface, or a span past the end raise."""
    with pytest.raises(SpanError):
        apply_edits(text, edits)
