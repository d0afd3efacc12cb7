"""Folding: what is left of a spelling when case, marks, apostrophes and dashes no longer count.

Two spellings with the same :func:`fold` are the same spelling to the lexicon. :func:`plain` is weaker: it only evens
out the code points of apostrophes, dashes and white space, and tells whether a text already has the wanted spelling.

Sources: the apostrophes are those that stand for ayin, hamza, geresh or a plain apostrophe in news text (Unicode
general punctuation, modifier letters, Hebrew block); the Arabic equivalences are the orthographic habits of the press
(alif with or without hamza, alif maqsura for final ya, ha for ta marbuta).

Example:
    >>> from bidi_news.unicode.fold import fold, plain
    >>> fold("Qaʿida") == fold("qa’ida") == "qa'ida"
    True
    >>> plain("al–Qaeda")
    'al-Qaeda'
"""

from __future__ import annotations

import re
import unicodedata

import regex

__all__ = ["APOSTROPHES", "DASHES", "GERSHAYIM", "fold", "plain", "strip_marks"]

APOSTROPHES = frozenset(
    "'"
    "\N{LEFT SINGLE QUOTATION MARK}"
    "\N{RIGHT SINGLE QUOTATION MARK}"
    "\N{SINGLE HIGH-REVERSED-9 QUOTATION MARK}"
    "\N{MODIFIER LETTER APOSTROPHE}"
    "\N{MODIFIER LETTER TURNED COMMA}"
    "\N{MODIFIER LETTER REVERSED COMMA}"
    "\N{MODIFIER LETTER LEFT HALF RING}"
    "\N{MODIFIER LETTER RIGHT HALF RING}"
    "\N{MODIFIER LETTER PRIME}"
    "\N{PRIME}"
    "\N{HEBREW PUNCTUATION GERESH}"
    "`"
    "\N{ACUTE ACCENT}"
)
"""Code points that news text uses for one apostrophe."""

DASHES = frozenset("-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{HEBREW PUNCTUATION MAQAF}")
"""Code points that join the parts of a name."""

GERSHAYIM = frozenset('"\N{HEBREW PUNCTUATION GERSHAYIM}\N{RIGHT DOUBLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}')
"""Code points that mark a Hebrew acronym before its last letter."""

_PLAIN = {**dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys(DASHES, "-"), **dict.fromkeys(GERSHAYIM, '"')}
_MANY = re.compile(f"[{re.escape(''.join(sorted(_PLAIN.keys() - set(_PLAIN.values()))))}]")
"""What is evened out: a search for it takes a fraction of what ``str.translate`` does outside ASCII."""
_MARKS = regex.compile(r"\P{CCC=0}+")
"""Combining marks: code points with a combining class."""
_ARABIC = {"ى": "ي", "ة": "ه", "ـ": ""}


def plain(text: str) -> str:
    """Return ``text`` with one apostrophe, one dash, one double mark and single spaces; nothing else is changed.

    Example:
        >>> plain("Deir  ez–Zor")
        'Deir ez-Zor'
    """
    return " ".join(_evened(text).split())


def strip_marks(text: str) -> str:
    """Return ``text`` without combining marks (niqqud, harakat), in normal form C.

    Example:
        >>> strip_marks("חָמָאס")
        'חמאס'
    """
    return str(_MARKS.sub("", unicodedata.normalize("NFC", text)))


def fold(text: str) -> str:
    """Return the form of ``text`` that the lexicon is keyed by: lower case, no marks, plain apostrophes and dashes.

    Example:
        >>> fold("Ḥamās"), fold("القذافى") == fold("القذافي")
        ('hamas', True)
    """
    text = _evened(text)
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.lower())
    text = str(_MARKS.sub("", text))
    for letter, plain_letter in _ARABIC.items():
        text = text.replace(letter, plain_letter)
    return text


def _evened(text: str) -> str:
    """Return ``text`` with one apostrophe, one dash and one double mark."""
    return _MANY.sub(lambda found: _PLAIN[found[0]], text)
