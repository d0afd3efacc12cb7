"""Names as arrays of letters."""

from __future__ import annotations

import pytest

from bidi_news.variants.alphabet import ALPHABET, LONGEST, fold_names, spell


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Al-Qaʿida", "qaida"),
        ("ash-Shams", "shams"),
        ("Abd ar-Rahman", "abd al rahman"),
        ("Ali Liwa", "ali liwa"),
        ("al", "al"),
        ("ג\N{HEBREW PUNCTUATION GERESH}מאל", "ג'מאל"),
        ("חָמָאס", "חמאס"),
        ("אל-אסד", "אסד"),
        ("الـقُدس", "القدس"),
        ("Łódź; Straße", "lodz strasse"),
        ("\N{LATIN SMALL LIGATURE FI}n", "fin"),
        ("O’Neil\N{RIGHT-TO-LEFT MARK}s", "oneils"),
        ("two\nlines", "two lines"),
        ("5%", ""),
    ],
)
def test_folding(name: str, folded: str) -> None:
    """Case, marks, apostrophes, articles, controls and everything that is no letter do not count."""
    assert fold_names([name]) == [folded]


def test_names_are_folded_apart() -> None:
    """What a name begins or ends with does nothing to its neighbours."""
    names = ["al", "-Qaida", "", "\N{COMBINING ACUTE ACCENT}", "'", "ג", "'a"]
    assert fold_names(names) == [fold_names([name])[0] for name in names]


def test_letters_of_each_name() -> None:
    """Letters stand name by name, without those between words, and with the script of most of them."""
    spelled = spell(["ab c", "", "אx'ב"])
    letters = [
        "".join(ALPHABET[code] for code in spelled.codes[spelled.letters[start:end]])
        for start, end in zip(spelled.starts[:-1], spelled.starts[1:], strict=True)
    ]
    assert letters == ["abc", "", "אx'ב"]
    assert spelled.scripts.tolist() == [0, 0, 1]


def test_letters_after_the_longest_do_not_count() -> None:
    """A name has at most LONGEST letters, wherever they stand."""
    assert spell(["a " * 200, "b"]).starts.tolist() == [0, LONGEST, LONGEST + 1]
