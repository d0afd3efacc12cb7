"""The key of consonants that a name's spellings share."""

from __future__ import annotations

import pytest

from bidi_news.errors import DataFileError
from bidi_news.resources import read_text
from bidi_news.variants import keys
from bidi_news.variants.keys import variant_key


@pytest.mark.parametrize(
    "names",
    [
        ("Zawahiri", "al-Zawahiri", "el-Zawahiri", "الظواهري"),
        ("Qaddafi", "Qadafi", "Kaddafi", "קדאפי", "القذافي"),
        ("Hassan", "Hasan", "Ḥasan", "חסן", "حسن"),
        ("ar-Raqqa", "Raqqa", "الرقة"),
        ("Netanyahu", "נתניהו", "نتنياهو"),
        ("Wael", "וואל", "وائل"),
        ("Ben Gurion", "Ben-Gurion", "בן גוריון", "بن غوريون"),
    ],
)
def test_spellings_share_a_key(names: tuple[str, ...]) -> None:
    """Articles, doubled letters, marks, case, vowels and script are not in the key."""
    assert len({variant_key(name) for name in names}) == 1


@pytest.mark.parametrize(("a", "b"), [("Olmert", "Sharon"), ("Hamas", "Hama"), ("רבין", "רפול"), ("Iran", "Iraq")])
def test_other_consonants_make_another_key(a: str, b: str) -> None:
    """Names whose consonants are not of the same classes have different keys."""
    assert variant_key(a) != variant_key(b)


def test_name_without_letters_has_no_key() -> None:
    """Digits and other scripts have no sounds here."""
    assert variant_key("12 東京") == ""


def test_name_of_vowels_has_a_key() -> None:
    """A name always has a key if it has a letter."""
    assert variant_key("Eo") == variant_key("איו") == "A"


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("letters", "Latn\tstart", "Grek\tstart"),
        ("classes", "S\tsz", "S\tksz"),
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
