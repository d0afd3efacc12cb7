"""What must not change."""

from __future__ import annotations

import pytest

from bidi_news.variants.guard import Line, is_machine_text


def guarded(text: str, word: str = "Hizbullah") -> bool:
    """Return whether the word is machine text where it stands."""
    start = text.index(word)
    return is_machine_text(text, start, start + len(word))


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/x?y=Hizbullah&z=1",
        "www.Hizbullah.example",
        "@Hizbullah",
        "#Hizbullah2",
        "x.Hizbullah@mail.example",
        "/srv/data/Hizbullah",
        "C:\\Hizbullah",
        "Hizbullah.txt",
        "Hizbullah_list",
        "HQ-Hizbullah-2011-04",
        "`Hizbullah`",
        'group = "Hizbullah"',
        'print("Hizbullah")',
        '{"a": "Hizbullah"}',
        '["x"], "name": "Hizbullah"',
        "<img alt='A Hizbullah leader'>",
    ],
)
def test_machine_text_is_known(text: str) -> None:
    """Addresses, handles, tags, paths, file names, identifiers, code, JSON and markup are machine text."""
    assert guarded(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hizbullah.",
        "Hizbullah.The next",
        "Hamas/Hizbullah talks",
        "(Hizbullah)",
        "“Hizbullah” said",
        '"Hizbullah": so it began',
        "Hizbullah > x",
        "non-Hizbullah",
        "Hizbullah’s",
        "in 2006, Hizbullah",
    ],
)
def test_prose_is_not_machine_text(text: str) -> None:
    """Ordinary punctuation around a name makes no machine text of it."""
    assert not guarded(text)


def test_line_of_capitals() -> None:
    """A line shouts when it has no small letter."""
    assert Line("HIZBULLAH SAYS", 0).shouts
    assert not Line("HIZBULLAH says", 0).shouts


def test_titles_of_works() -> None:
    """A quotation whose longer words all have capitals is a title; speech is none."""
    line = Line('He said "the men are here." in "A Road to Rakka"', 10)
    assert line.titles == ((41, 58),)


def test_words_of_a_line_are_folded() -> None:
    """Words are compared without case, marks and kinds of apostrophes."""
    assert Line("The Ḥamās’s Jets", 0).words == {"the", "hamas's", "jets"}
