"""Matching names across spellings and scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bidi_news.variants.names import match_names, score_pairs

if TYPE_CHECKING:
    from collections.abc import Callable

    Growth = Callable[[Callable[[int], object], int], float]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("יצחק", "Yitzchak"),
        ("בן גוריון", "Ben-Gurion"),
        ("שרון", "Sharon"),
        ("الحريري", "Hariri"),
        ("نتنياهو", "Netanyahu"),
        ("Lieberman", "Liberman"),
        ("Olmert", "אולמרט"),
        ("ערפאת", "عرفات"),
        ("Nasr Allah", "نصر الله"),
        ("القاسم", "قاسم"),
        ("Mikhail Gorbachev", "מיכאיל גורבצ'וב"),
    ],
)
def test_spellings_of_one_name_match(a: str, b: str) -> None:
    """Usual spellings of one name are the same, in either order."""
    assert match_names(a, b).same
    assert match_names(b, a).same


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Khamenei", "Khomeini"),
        ("Hassan", "Hussein"),
        ("Hamas", "Hama"),
        ("Olmert", "שרון"),
        ("الحريري", "Jumblatt"),
        ("Suleiman", "Soleimani"),
        ("Feldman", "הולצמן"),
        ("גולן", "غولدمان"),
    ],
)
def test_different_names_do_not_match(a: str, b: str) -> None:
    """Names that only look alike are not the same."""
    assert not match_names(a, b).same


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Yasser Arafat", "Arafat, Yasser"),
        ("Yasser Arafat", "עראפאת יאסר"),
        ("Y. Arafat", "ياسر عرفات"),
        ("George W. Bush", "George Bush"),
        ("J. Feldman", "Feldman, John"),
    ],
)
def test_words_in_any_order_and_initials_match(a: str, b: str) -> None:
    """The order of the words of a person's name does not decide, nor that one is an initial."""
    assert match_names(a, b).same


def test_other_initial_does_not_match() -> None:
    """An initial that the other name cannot have speaks against it."""
    assert not match_names("K. Feldman", "John Feldman").same


def test_initial_is_less_sure_than_the_word() -> None:
    """A name with an initial is less surely the same than the whole name."""
    assert match_names("J. Feldman", "John Feldman").score < match_names("Jon Feldman", "John Feldman").score


def test_designation_may_lack() -> None:
    """What a place is called does not make two places one, nor its lack one place two."""
    assert match_names("Khirbat Hattah", "Hatta").same
    assert not match_names("Khirbat Hattah", "Khirbat Mayya").same


def test_lexicon_decides_where_it_knows_both() -> None:
    """Names that sound apart are the same where the lexicon says so."""
    match = match_names("Nablus", "שכם")
    assert (match.same, match.rule) == (True, "lexicon")


def test_same_letters_are_the_same_name() -> None:
    """Names that differ in case, marks, article and apostrophes only are one, however short."""
    match = match_names("Al-Ḥaʿi", "hai")
    assert (match.score, match.rule) == (1, "letters")


def test_steps_spell_both_names() -> None:
    """The alignment holds every letter of both names in order."""
    match = match_names("Olmert", "אולמרט")
    assert "".join(step.left for step in match.steps) == "olmert"
    assert "".join(step.right for step in match.steps) == "אולמרט"


def test_strings_without_letters() -> None:
    """Strings without any letter of the three scripts are no name but themselves."""
    assert match_names("12", "Sharon").score == match_names("12", "13").score == 0
    assert match_names("12", "12").score == 1


def test_no_pairs() -> None:
    """No pairs have no scores."""
    assert score_pairs([], []).scores.tolist() == []


def test_letters_after_the_first_do_not_count() -> None:
    """Two names of a million letters that differ in the last are the same: only the first 64 are compared."""
    assert match_names("ab" * 500_000, "ab" * 500_000 + "c").same


def test_many_words_cost_no_square(growth: Growth) -> None:
    """Names of very many words are compared in the order in which they stand."""
    words = [f"{letter}n" for letter in "abcdefghklmnoprst"]
    assert growth(lambda times: match_names(" ".join(words * times), " ".join([*reversed(words)] * times)), 5) < 6


def test_a_name_of_the_lexicon_is_known_in_two_words() -> None:
    """Nasr Allah is the Nasrallah of the lexicon, and no name that the lexicon does not have."""
    match = match_names("Nasr Allah", "נסראללה")
    assert (match.same, match.rule) == (True, "lexicon")
