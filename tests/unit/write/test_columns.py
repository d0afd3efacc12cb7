"""Wrapped text fits its columns, loses nothing, and cannot steer a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidi_news.write.columns import columns_of, visible, wrap

pieces = st.lists(st.tuples(st.text("abא ב\u05b8日\u0301\t", max_size=40), st.sampled_from("xy")), max_size=6)


@pytest.mark.parametrize("character", [*map(chr, [*range(32), *range(127, 160)])])
def test_no_control_reaches_the_terminal(character: str) -> None:
    """Every control character is shown as a picture."""
    assert all(unicodedata.category(shown) != "Cc" for shown in visible(f"a{character}b"))


@pytest.mark.parametrize("control", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_no_open_embedding_reaches_the_terminal(control: str) -> None:
    """Embeddings, overrides and isolates of the page are shown by name, so that none reaches over our own text."""
    assert visible(control).startswith("<")
    assert visible(control).isascii()


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("שלום", 4), ("שָׁלוֹם", 4), ("日本", 4), ("a\u200fb", 2), ("", 0)]
)
def test_columns(text: str, columns: int) -> None:
    """Marks and invisible characters take no column, wide characters two."""
    assert columns_of(text) == columns


@given(pieces, st.integers(2, 30))
def test_lines_fit_and_keep_the_words(given_pieces: list[tuple[str, str]], width: int) -> None:
    """No line is wider than it may be, its width is told rightly, and no character but white space is lost."""
    lines = list(wrap(given_pieces, width))
    for line, columns in lines:
        assert columns == sum(columns_of(text) for text, _ in line) <= width
    got = "".join(text for line, _ in lines for text, _ in line)
    assert "".join(got.split()) == "".join("".join(text for text, _ in given_pieces).split())


def test_styles_stay_with_their_text() -> None:
    """A word of two styles is not broken between them, and a space between two styles has none."""
    assert [line for line, _ in wrap([("one t", "a"), ("wo three", "b")], 20)] == [[("one t", "a"), ("wo three", "b")]]
    assert [line for line, _ in wrap([("one ", "a"), ("two", "b")], 20)] == [[("one", "a"), (" ", ""), ("two", "b")]]
