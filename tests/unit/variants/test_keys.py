"""Matching names across spellings and scripts."""

from __future__ import annotations

import pytest

from bidi_news.errors import DataFileError
from bidi_news.resources import read_text
from bidi_news.variants import keys
from bidi_news.variants.keys import match_names, variant_key


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Zawahiri", "al-Zawahiri"),
        ("Qaddafi", "Qadafi"),
        ("Hassan", "Hasan"),
        ("ar-Raqqa", "Raqqa"),
        ("Ḥasan", "hasan"),
        ("القاسم", "قاسم"),
    ],
)
def test_spellings_share_a_key(a: str, b: str) -> None:
    """Articles, doubled letters, marks and case are not in the key."""
    assert variant_key(a) == variant_key(b)


def test_vowels_stay_in_the_key() -> None:
    """Names that differ in their vowels only keep different keys."""
    assert variant_key("Khamenei") != variant_key("Khomeini")


def test_name_without_letters_has_no_key() -> None:
    """Digits and other scripts have no sounds here."""
    assert variant_key("12 東京") == ""


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
    ],
)
def test_different_names_do_not_match(a: str, b: str) -> None:
    """Names that only look alike are not the same."""
    assert not match_names(a, b).same


def test_lexicon_decides_where_it_knows_both() -> None:
    """Names that sound apart are the same where the lexicon says so."""
    match = match_names("Nablus", "שכם")
    assert (match.same, match.rule) == (True, "lexicon")


def test_steps_spell_both_keys() -> None:
    """The alignment holds every sound of both names in order."""
    match = match_names("Olmert", "אולמרט")
    assert "".join(step.left for step in match.steps) == variant_key("Olmert")
    assert "".join(step.right for step in match.steps) == variant_key("אולמרט")


def test_strings_without_letters() -> None:
    """Strings without any letter of the three scripts are not the same as a name."""
    assert not match_names("12", "Sharon").same


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("letters", "Latn\tstart", "Grek\tstart"),
        ("costs", "Hebr-Latn\t-\ta\t", "Hebr-Latn\t-\ta\tx"),
    ],
)
def test_malformed_table_is_refused(monkeypatch: pytest.MonkeyPatch, table: str, old: str, new: str) -> None:
    """A wrong value in a table is an error with its line."""
    text = read_text(f"keys/{table}.tsv")
    assert old in text
    monkeypatch.setattr(keys, "read_text", lambda _: text.replace(old, new))
    read = getattr(keys, f"_{table}").__wrapped__  # past the cache
    with pytest.raises(DataFileError) as caught:
        read()
    assert caught.value.line is not None
