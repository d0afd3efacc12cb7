# ruff: noqa: RUF001 (Hebrew and Arabic letters, and the marks that look like ASCII, are the subject)
"""A copy of a passage that the grammar can read, and the way back to the page's own offsets.

Bidi controls, niqqud and other invisible marks go; spaces, dashes, geresh, gershayim, digits and full-width forms
become ASCII; Arabic hamza carriers become plain alef, as news sites write them either way; capitals become small. The
map is the Unicode Character Database's for digits and full-width forms, and the Unicode names' for the rest.

Example:
    >>> from bidi_news.dates.clean import clean
    >>> passage = clean("יום ג׳ ٢٣/٠٦/٢٠١٥")
    >>> passage.text
    "יום ג' 23/06/2015"
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

__all__ = ["Passage", "clean", "fold_word"]

_ONE_TO_ONE = {
    " ": "\t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\N{FIGURE SPACE}\N{THIN SPACE}"
    "\N{EN SPACE}\N{EM SPACE}\N{THREE-PER-EM SPACE}\N{FOUR-PER-EM SPACE}\N{SIX-PER-EM SPACE}\N{PUNCTUATION SPACE}"
    "\N{HAIR SPACE}\N{EN QUAD}\N{EM QUAD}",
    "'": "\N{HEBREW PUNCTUATION GERESH}’‘‛`´′ʼ",
    '"': "\N{HEBREW PUNCTUATION GERSHAYIM}“”„‟″",
    "-": "־‐‑‒–—―−",
    ",": "\N{ARABIC COMMA}",
    "ا": "أإآٱ",
    "е": "ё",
    "|": "¦│┃",
}
_DIGITS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
_TABLE = (
    {char: ascii_char for ascii_char, chars in _ONE_TO_ONE.items() for char in chars}
    | {char: str(unicodedata.digit(char)) for char in _DIGITS}
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full-width forms of ASCII
)
_TURNED = re.compile(f"[{re.escape(''.join(_TABLE))}]")
# Runs that leave nothing: bidi controls, joiners, zero-width space, byte order mark, soft hyphen, niqqud and te'amim,
# harakat, tatweel; and entities that a scraper left unread.
_DROP = re.compile(
    "(?:&(?:(?P<space>nbsp|#160|#xa0)|(?P<double>quot|#34|#x22)|(?P<single>apos|#39|#x27)"
    "|rlm|lrm|zwj|zwnj|shy|#8206|#8207|#x200[ef]);"
    "|[\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\u061c\\ufeff\\u00ad\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7"
    "\\u0640\\u064b-\\u0652\\u0670]+)",
    re.IGNORECASE,
)

_ENTITIES = {"space": " ", "double": '"', "single": "'"}


class Passage(NamedTuple):
    """A cleaned piece of a page."""

    text: str
    """What the grammar reads."""
    offset: int
    """Code point of the page where the piece begins."""
    cuts: tuple[tuple[int, int], ...]
    """For each place where something was dropped: position in ``text``, code points dropped up to there."""

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Turn a range of ``text`` (not empty) into code points of the page, without dropped marks at its edges."""
        if not self.cuts:
            return self.offset + start, self.offset + end
        return self._original(start), self._original(end - 1) + 1

    def _original(self, position: int) -> int:
        dropped = 0
        for cut, total in self.cuts:
            if cut > position:
                break
            dropped = total
        return self.offset + position + dropped


def clean(text: str, offset: int = 0) -> Passage:
    """Clean a piece of a page that begins at code point ``offset``.

    Args:
        text: at most a few hundred code points; the work is linear in them.
        offset: where the piece begins in its page, in code points.

    Returns:
        The cleaned piece; ``locate`` leads back to the page.

    Example:
        >>> passage = clean("06\N{RIGHT-TO-LEFT MARK}.23", 100)
        >>> passage.text, passage.locate(2, 5)
        ('06.23', (103, 106))
    """
    if text.isascii() and "&" not in text and "\t" not in text:
        return Passage(text.lower(), offset, ())
    parts: list[str] = []
    cuts: list[tuple[int, int]] = []
    position = kept = dropped = 0
    for found in _DROP.finditer(text):
        parts.append(text[position : found.start()])
        kept += found.start() - position
        position = found.end()
        dropped += len(found.group())
        if found.lastgroup is not None:
            parts.append(_ENTITIES[found.lastgroup])
            kept += 1
            dropped -= 1
        cuts.append((kept, dropped))
    parts.append(text[position:])
    # the dotted capital I is the one character whose lower case is two characters
    plain = "".join(parts).replace("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "i").lower()
    return Passage(_TURNED.sub(lambda found: _TABLE[found[0]], plain), offset, tuple(cuts))


def fold_word(word: str) -> str:
    """Return the form under which the tables hold a word.

    Example:
        >>> fold_word("דצמ׳") == fold_word("דצמ'")
        True
    """
    return clean(word).text
