"""Labels and tables of encodings are those of the Encoding Standard, also where Python has others."""

from __future__ import annotations

import pytest

from bidi_news.unicode.charsets import decode_as, encode_as, find_encoding, is_single_byte


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("ISO-8859-8-I", "iso-8859-8-i"),
        ("logical", "iso-8859-8-i"),
        ("visual", "iso-8859-8"),
        ("\tISO-8859-1 ", "windows-1252"),
        ("x-mac-hebrew", "x-mac-hebrew"),
        ("cp862", "ibm862"),
        ("gb2312", "gbk"),
        ("unicode-1-1-utf-8", "utf-8"),
        ("replacement", None),
        ("utf-7", None),
        ("", None),
        (None, None),
    ],
)
def test_labels(label: str | None, name: str | None) -> None:
    """A label means what browsers make of it; unknown and dangerous ones mean nothing."""
    assert find_encoding(label) == name


@pytest.mark.parametrize("name", ["windows-1252", "windows-1255", "windows-1251", "ibm862", "ibm437", "latin-1"])
def test_single_bytes_round_trip(name: str) -> None:
    """Bytes that mean something come back from the characters that they mean."""
    text, _ = decode_as(bytes(range(256)), name)
    known = "".join(char for char in text if char != "\N{REPLACEMENT CHARACTER}")
    data = encode_as(known, name)
    assert data is not None
    assert decode_as(data, name) == (known, 0)


def test_bytes_that_python_leaves_out() -> None:
    """Windows encodings read the bytes that Python's tables lack as the standard says."""
    assert decode_as(b"\x90\xca", "windows-1255") == ("\x90\u05ba", 0)
    assert decode_as(b"\x81", "windows-1252") == ("\x81", 0)
    assert decode_as(b"\xd9", "windows-1255") == ("\N{REPLACEMENT CHARACTER}", 1)


def test_mac_hebrew() -> None:
    """Marks and digits of right-to-left text are marks and digits; a point has its own byte."""
    assert decode_as(b"\xf9\xc6\xac\xa0\xb2\xb1\xa6", "x-mac-hebrew") == ("ש\u05bc, 21₪", 0)


def test_single_byte_or_not() -> None:
    """Only encodings in which any byte is a character are single-byte."""
    assert is_single_byte("x-mac-hebrew")
    assert not is_single_byte("gb18030")
