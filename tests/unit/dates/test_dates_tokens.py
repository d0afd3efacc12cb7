"""Pieces of a passage: where they stand and what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidi_news.dates.tokens import clock_of, digits_of, kind_of, tokenize


@given(st.text(alphabet="0123456789:./- '\"apmgtcu+_,באthsnrd\t\N{SUPERSCRIPT TWO}", max_size=40))
def test_tokens_cover_the_passage(text: str) -> None:
    """Each token stands at its position, and what no token covers is white space."""
    tokens, starts = tokenize(text)
    assert [text[start : start + len(token)] for token, start in zip(tokens, starts, strict=False)] == tokens
    assert "".join("".join(token.split()) for token in tokens) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("nightly-2025-11-24", ["word", "mark", "date"]),
        ("1.2.03.04", ["number", "mark", "number", "mark", "number", "mark", "number"]),
        ("21:05:33-02:00", ["time"]),
        ("21:05-02", ["time", "mark", "number"]),
        ("9 p.m. 21.05", ["time", "dotted"]),
        ("23rd 23rdx", ["number", "number", "word"]),
    ],
)
def test_kind_hangs_on_the_neighbours(text: str, kinds: list[str]) -> None:
    """A date, a time or an offset is cut only where the characters beside it allow one."""
    assert [kind_of(token) for token in tokenize(text)[0]] == kinds


def test_only_numbers_have_digits() -> None:
    """An ordinal ending is left aside, and other tokens give nothing."""
    assert [digits_of(token) for token in ("23rd", "5", "21:05", "th", ".")] == ["23", "5", "", "", ""]


def test_hour_of_no_clock_is_none() -> None:
    """An hour or minute beyond the clock is no time of day."""
    assert (clock_of("25:10"), clock_of("21:75")) == (None, None)
