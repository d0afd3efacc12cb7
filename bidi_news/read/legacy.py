"""Code pages of text that nothing declares, told by the places that letters have in them.

Example:
    >>> guess_code_page("שלום עולם".encode("cp862"))
    'ibm862'
"""

from __future__ import annotations

import re

__all__ = ["guess_code_page"]

_NOT_ASCII = bytes(range(128, 256))

# The letters of code pages: Hebrew stands at E0 to FA of windows-1255, ISO 8859-8 and Mac Hebrew, and at 80 to 9A of
# DOS; Cyrillic and Arabic of Windows and Western accents at C0 to FF.
_HEBREW_LETTERS = bytes(range(0xE0, 0xFB))
_LETTERS = bytes(range(0xC0, 0x100))
_SMALL = bytes(range(0xE0, 0x100))  # of Cyrillic; in Arabic two in five
_DOS_WORD = re.compile(rb"[\x80-\x9a]{2,}")
_LATIN_ACCENTS = re.compile(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff](?=[A-Za-z])")
_LEADING_POINT = re.compile(rb"(?<![\xc0-\xfa])[\xc0-\xcf]")  # Hebrew points follow a letter
_INNER_FINAL = re.compile(rb"(?<=[\xe0-\xfa])[\xea\xed\xef\xf3\xf5](?=[\xe0-\xfa])")  # in either order
# What Mac Hebrew has and windows-1255 has not: points at bytes that stand for nothing there, dashes and quotation marks
# at bytes that are points there, which follow a letter, digits of right-to-left text, a sheqel at a digit.
_MAC_ONLY = re.compile(
    rb"(?<=[\xc0-\xfa])[\xd9-\xdf]|(?<![\xc0-\xfa])[\xc9\xd0-\xd3]|[A-Za-z]\xd5|[\xb0-\xb9]{2}|[0-9] ?\xa6|\xa6 ?[0-9]"
)
_MAC_MARK = re.compile(rb"[\xe0-\xfa][\xa1-\xa3\xa7-\xaa\xac\xae\xba\xbf]")  # marks of right-to-left text
_WINDOWS_MARKS = b"\x85\x91\x92\x93\x94\x96\x97"  # its dashes and quotation marks, letters with accents on the Mac


def guess_code_page(sample: bytes) -> str:
    r"""Return the encoding of Hebrew, Arabic, Cyrillic or Western text, by its letters.

    Hebrew words are runs of E0 to FA, or of 80 to 9A in DOS; points and final letters have their places in them.
    Western accents stand among ASCII letters; what else is mostly letters is Cyrillic, whose small letters are E0 to
    FF, or Arabic, which takes as many from C0 to DF.

    Args:
        sample: bytes that are not UTF-8; some kilobytes are enough.

    Example:
        >>> guess_code_page("קפה".encode("cp1255")), guess_code_page("café".encode("cp1252"))
        ('windows-1255', 'windows-1252')
    """
    high, letters = _count(sample, _NOT_ASCII), _count(sample, _LETTERS)
    if 2 * sum(map(len, _DOS_WORD.findall(sample))) > high:
        return "ibm862"
    if 2 * letters <= high or 2 * len(_LATIN_ACCENTS.findall(sample)) > letters:
        return "windows-1252"
    if _is_hebrew(sample, letters):
        return "x-mac-hebrew" if _is_mac(sample, letters) else "windows-1255"
    return "windows-1251" if 5 * _count(sample, _SMALL) > 4 * letters else "windows-1256"


def _is_hebrew(sample: bytes, letters: int) -> bool:
    """Whether the letters of a code page have the places that Hebrew gives them."""
    hebrew = _count(sample, _HEBREW_LETTERS)
    inner = len(_INNER_FINAL.findall(sample))
    return 2 * hebrew > letters and 30 * inner < hebrew and 10 * len(_LEADING_POINT.findall(sample)) < hebrew


def _is_mac(sample: bytes, letters: int) -> bool:
    """Whether Hebrew letters, which have the same bytes in both, come from a Mac and not from Windows."""
    if 50 * len(_MAC_MARK.findall(sample)) > letters:
        return True
    return len(_MAC_ONLY.findall(sample)) > 2 * _count(sample, _WINDOWS_MARKS)


def _count(sample: bytes, wanted: bytes) -> int:
    """Count the bytes that are among some."""
    return len(sample) - len(sample.translate(None, wanted))
