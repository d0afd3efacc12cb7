"""Character classes against the Unicode Character Database that Python carries."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidi_news.unicode.classes import CharClass, class_table, classify_utf8

BREAKS = "\n\v\f\r\x85\u2028\u2029"
BMP = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]


def class_of(char: str) -> CharClass:
    """Return the class of one character, through the bytes."""
    return CharClass(classify_utf8(np.frombuffer(char.encode(), np.uint8))[0])


def known_here() -> list[str]:
    """Return the characters of the BMP that this Python's Unicode knows; the table may know fewer or more."""
    return [char for char in BMP if unicodedata.category(char) != "Cn"]


def test_white_space_is_what_python_calls_space() -> None:
    """Line breaks and spaces are together exactly ``str.isspace``: "non-blank" means one thing everywhere."""
    blank = {char for char in BMP if class_table()[ord(char)] in {CharClass.NEWLINE, CharClass.SPACE}}
    assert blank == {char for char in BMP if char.isspace()}


def test_line_breaks_are_the_mandatory_ones() -> None:
    """Only the mandatory breaks of UAX 14 end a line."""
    assert {char for char in BMP if class_table()[ord(char)] == CharClass.NEWLINE} == set(BREAKS)


@pytest.mark.parametrize(
    ("group", "categories"),
    [
        ({CharClass.UPPER}, {"Lu", "Lt"}),
        ({CharClass.DIGIT}, {"Nd"}),
        ({CharClass.MARK}, {"Mn", "Mc", "Me", "Cf"}),
        ({CharClass.DASH}, {"Pd", "Pc"}),
    ],
)
def test_classes_hold_only_their_categories(group: set[CharClass], categories: set[str]) -> None:
    """A class that is named for general categories holds no character of another."""
    strays = [c for c in known_here() if class_table()[ord(c)] in group and unicodedata.category(c) not in categories]
    assert strays == []


@pytest.mark.parametrize(
    ("script", "kind"), [("HEBREW LETTER ", CharClass.HEBREW), ("ARABIC LETTER ", CharClass.ARABIC)]
)
def test_letters_of_the_two_scripts(script: str, kind: CharClass) -> None:
    """Every Hebrew and every Arabic letter that Unicode names so has the class of its script."""
    letters = [
        c for c in known_here() if unicodedata.name(c, "").startswith(script) and unicodedata.category(c) == "Lo"
    ]
    assert letters
    assert [c for c in letters if class_table()[ord(c)] != kind] == []


def test_bidi_controls_are_exactly_unicodes() -> None:
    """The class holds the characters with the property Bidi_Control, and no other."""
    controls = {"\u061c", "\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
    assert {char for char in BMP if class_table()[ord(char)] == CharClass.BIDI} == controls


@pytest.mark.parametrize(
    ("char", "kind"),
    [
        ("a", CharClass.LOWER),
        ("ß", CharClass.LOWER),
        ("中", CharClass.WIDE),
        ("\U00020000", CharClass.WIDE),
        ("\U0001f9c5", CharClass.SYMBOL),
        ("״", CharClass.QUOTE),
        ("־", CharClass.DASH),
        ("؟", CharClass.STOP),
        ("٣", CharClass.DIGIT),
        ("\N{HEBREW POINT QAMATS}", CharClass.MARK),
    ],
)
def test_single_characters(char: str, kind: CharClass) -> None:
    """Some characters that decide things, beyond the BMP too."""
    assert class_of(char) is kind


@given(st.text())
def test_bytes_agree_with_the_table(text: str) -> None:
    """Classes stand at the first byte of each character, CONTINUATION at the others, and agree with the table."""
    classes = classify_utf8(np.frombuffer(text.encode(), np.uint8))
    heads = classes[classes != CharClass.CONTINUATION]
    assert len(heads) == len(text)
    assert len(classes) == len(text.encode())
    assert [int(head) for head, char in zip(heads, text, strict=True) if char <= "\uffff"] == [
        int(class_table()[ord(char)]) for char in text if char <= "\uffff"
    ]
