"""The table of places, and what it says of two names."""

from __future__ import annotations

import pytest

from bidi_news.resources import parse_tsv, read_text
from bidi_news.variants.alphabet import fold_names
from bidi_news.variants.names import match_names
from bidi_news.variants.places import COLUMNS, PLACES, places_of


def test_the_names_of_the_table_are_folded() -> None:
    """A name that folding would change could never be found: the table has to be written anew."""
    names = [name for _, row in parse_tsv(read_text(PLACES), COLUMNS, path=PLACES) for name in row["names"].split(";")]
    assert [name for name, folded in zip(names, fold_names(names), strict=True) if name != folded] == []


@pytest.mark.parametrize(
    ("a", "b", "rule"),
    [
        ("Vienna", "Bécs", "place"),
        ("Safed", "Tzfat", "lexicon"),
        ("As-Samu", "Eshtemoa", "place"),
        ("Munich", "مونيخ", "sound"),
        ("Vienna", "Vienna", "letters"),
    ],
)
def test_names_of_one_place_are_the_same(a: str, b: str, rule: str) -> None:
    """Exonyms are told by the table; where the lexicon, the letters or the sound already say so, they keep the word."""
    match = match_names(a, b)
    assert (match.same, match.rule) == (True, rule)
    assert match_names(b, a).score == match.score


def test_names_of_two_places_say_nothing() -> None:
    """Remadi and Remada are two places of the table, and sound alike: that no place has both decides nothing."""
    assert places_of("remadi") & places_of("ramadi")
    assert places_of("remada") & places_of("ramadah")
    assert places_of("remadi").isdisjoint(places_of("remada"))
    assert match_names("Remadi", "Remada").rule == "sound"


def test_white_space_does_not_count() -> None:
    """A place written in one word is the place written in two."""
    assert places_of("tell rifat") & places_of("tallrifat")
