"""The table of names of one root, and what it says of two names."""

from __future__ import annotations

import pytest

from bidi_news.resources import parse_tsv, read_text
from bidi_news.variants.alphabet import fold_names
from bidi_news.variants.apart import APART, COLUMNS
from bidi_news.variants.names import match_names


def test_the_names_of_the_table_are_folded_and_of_one_row() -> None:
    """A name that folding would change could not be found, and one of two rows would be told from itself."""
    names = [name for _, row in parse_tsv(read_text(APART), COLUMNS, path=APART) for name in row["names"].split(";")]
    assert [name for name, folded in zip(names, fold_names(names), strict=True) if name != folded] == []
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("a", "b"), [("Rashad", "Rasheed"), ("Salah", "صالح"), ("Jamil", "جمال"), ("Majid", "Majd")])
def test_two_names_of_one_root_are_others(a: str, b: str) -> None:
    """They sound alike, and a score above 0.5 would join two persons."""
    match = match_names(a, b)
    assert (match.same, match.rule) == (False, "apart")


@pytest.mark.parametrize(
    ("a", "b"), [("Salim", "Saleem"), ("Saleh", "صالح"), ("Rashad", "رشاد"), ("Raschad", "Rashad")]
)
def test_spellings_of_one_name_stay_the_same(a: str, b: str) -> None:
    """Neither two spellings of one row nor a spelling that the table does not have is told apart."""
    assert match_names(a, b).same
