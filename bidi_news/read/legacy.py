"""Code pages of text that nothing declares, told by the places that letters have in them.

Example:
    >>> guess_code_page("שלום עולם".encode("cp862"))
    'ibm862'
"""

from __future__ import annotations

import re

from bidi_news.unicode.charsets import decode_as
from bidi_news.unicode.hebrew_pairs import weigh_pairs

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
_NOT_HEBREW = b"\xfb\xfc\xff"  # of Windows these are no letters; Russian has them in one word of three
_LIKELY = -2.0  # log odds, 1 to 7, from which letters can be Hebrew by their pairs; those of Russian are far below

# What Windows and the Mac have other characters for, near to each other; all else they agree on.
_APART = re.compile(rb"[\x80-\xdf\xfb-\xff]+(?:[\x00-\x7f\xe0-\xfa]{1,4}[\x80-\xdf\xfb-\xff]+)*")
_BESIDE = 2  # bytes that the patterns below look at on either side

# What no page is likely to hold, whichever encoding it is read in: nearly always it was another character. Apostrophes,
# dashes and bullets are found between Latin letters, and so are the accented letters that have their bytes on the Mac.
_ODD = re.compile(
    r"""
    [\x80-\x9f\ufffd]  # a byte without a character
    | (?<![A-Za-z\xc0-\xff]) (?![\xd7\xf7]) [\xc0-\xff] (?![A-Za-z\xc0-\xff])  # an accent beside no Latin letter
    | (?<=[a-z]) [\xc0-\xd6\xd8-\xde]  # a capital after a small letter
    | [A-Za-z][\u05d0-\u05f2] | [\u05d0-\u05f2][A-Za-z]  # two scripts in a word
    | (?<![\u05b0-\u05ea\ufb1f-\ufb4b]) [\u05b0-\u05c3\u05c7]  # a point without a letter
    | (?<![\u05e9\u05b0-\u05bc]) [\u05c1\u05c2]  # a point of shin without one
    | [\u05c0\u05c3] (?=\w)  # punctuation of the Bible within a word
    | (?<=[A-Za-z]) [\u201a\u201c-\u201e\u2039\u203a\u2122] (?=[A-Za-z])  # quotation marks and signs within a word
    | [A-Za-z][\u0192\u02c6\u02dc\u2020\u2021\u2030] | [\u0192\u02c6\u02dc\u2020\u2021\u2030][A-Za-z]  # signs at a word
    | [\xb0-\xb9]{2} | \d\s?\xa6 | \xa6\s?\d  # digits and sheqels of right-to-left text, as Windows would have them
    | [\u05d0-\u05ea][\xa1-\xa3\xa7\xa8\xac\xbf\xf7]  # punctuation of right-to-left text likewise
    """,
    re.VERBOSE,
)


def guess_code_page(sample: bytes) -> str:
    r"""Return the encoding of Hebrew, Arabic, Cyrillic or Western text, by its letters.

    Hebrew words are runs of E0 to FA, or of 80 to 9A in DOS; points follow a letter in them, and pairs of letters are
    those of Hebrew. Western accents stand among ASCII letters; what else is mostly letters is Cyrillic, whose small
    letters are E0 to FF, or Arabic, which takes as many from C0 to DF.

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
        return "x-mac-hebrew" if _is_mac(sample) else "windows-1255"
    return "windows-1251" if 5 * _count(sample, _SMALL) > 4 * letters else "windows-1256"


def _is_hebrew(sample: bytes, letters: int) -> bool:
    """Whether the letters of a code page have the places and the neighbours that Hebrew gives them."""
    hebrew = _count(sample, _HEBREW_LETTERS)
    misplaced = 10 * len(_LEADING_POINT.findall(sample)) >= hebrew or 30 * _count(sample, _NOT_HEBREW) >= hebrew
    if 2 * hebrew <= letters or misplaced:
        return False
    return weigh_pairs(decode_as(sample, "windows-1255")[0]).likeness > _LIKELY


def _is_mac(sample: bytes) -> bool:
    """Whether Hebrew letters, which have the same bytes in both, come from a Mac and not from Windows.

    The reading with less that is odd is taken; of two that are alike, the more frequent one, that of Windows.
    """
    places = (place.span() for place in _APART.finditer(sample))
    apart = b"\n".join(sample[max(start - _BESIDE, 0) : end + _BESIDE] for start, end in places)
    odd_on_windows, odd_on_mac = (
        len(_ODD.findall(decode_as(apart, name)[0])) for name in ("windows-1255", "x-mac-hebrew")
    )
    return odd_on_windows > odd_on_mac


def _count(sample: bytes, wanted: bytes) -> int:
    """Count the bytes that are among some."""
    return len(sample) - len(sample.translate(None, wanted))
