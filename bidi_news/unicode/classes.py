"""Character classes: a small, script-aware partition of Unicode that every step counts with.

The table is ``data/unicode/classes.tsv``, made from the Unicode Character Database by ``tools/make_classes.py``.

Example:
    >>> from bidi_news.unicode.classes import CharClass, class_table
    >>> CharClass(class_table()[ord("ש")]).name
    'HEBREW'
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from bidi_news.resources import read_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["CharClass", "class_table", "classify_utf8"]

_ASTRAL_CJK = 0x20000


class CharClass(IntEnum):
    """Class of a character; of a byte, the class of the character that begins there.

    Compare arrays with a member's ``value``: NumPy takes the member itself for a wide integer and widens every byte.
    Up to SPACE a class is blank; the classes from LOWER to DIGIT make words.
    """

    CONTINUATION = 0
    """A byte that continues a character (UTF-8 only)."""
    NEWLINE = 1
    """Ends a line: LF, CR, VT, FF, NEL, LINE and PARAGRAPH SEPARATOR."""
    SPACE = 2
    """Any other white space, NBSP included."""
    LOWER = 3
    """Lower-case letter of a cased script, or one without case in it."""
    UPPER = 4
    """Upper-case or title-case letter."""
    HEBREW = 5
    """Hebrew letter."""
    ARABIC = 6
    """Arabic letter."""
    WIDE = 7
    """Letter of a script written without spaces between words."""
    OTHER = 8
    """Letter of any other script."""
    MARK = 9
    """Combining mark (niqqud, harakat) or joiner: part of a word."""
    DIGIT = 10
    """Decimal digit of any script."""
    STOP = 11
    """Ends a sentence."""
    COMMA = 12
    """Comma, colon, semicolon."""
    QUOTE = 13
    """Quotation mark, apostrophe, geresh, gershayim."""
    DASH = 14
    """Hyphen, dash, maqaf, underscore."""
    PUNCT = 15
    """Other punctuation."""
    SYMBOL = 16
    """Everything else."""
    BIDI = 17
    """Bidi control."""


@cache
def class_table() -> NDArray[np.uint8]:
    """Return the class of every code point below U+10000 (shape 65536)."""
    codes = {item.name.lower(): item.value for item in CharClass}
    rows = [line.split("\t") for line in read_text("unicode/classes.tsv").splitlines()[3:]]
    last = [int(row[1], 16) for row in rows]  # each range begins where the one before it ends
    table = np.repeat(np.array([codes[row[2]] for row in rows], np.uint8), np.diff(last, prepend=-1))
    table.setflags(write=False)
    return table


@cache
def _byte_table() -> bytes:
    """Return the class of every byte that is a whole character; bytes of longer ones are CONTINUATION for now."""
    return class_table()[:128].tobytes().ljust(256, bytes([CharClass.CONTINUATION]))


def classify_utf8(data: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the class of the character that begins at each byte of valid UTF-8, CONTINUATION elsewhere.

    Args:
        data: bytes, shape (n,); whole characters only.

    Returns:
        Classes, shape (n,).

    Example:
        >>> classify_utf8(np.frombuffer("aש".encode(), np.uint8)).tolist()
        [3, 5, 0]
    """
    classes = np.frombuffer(bytearray(data).translate(_byte_table()), np.uint8)
    leads = np.flatnonzero(data >= 0xC0)
    if leads.size:
        padded = np.concatenate((data, np.zeros(3, np.uint8)))
        lead = data[leads].astype(np.int32)
        second = padded[leads + 1].astype(np.int32) & 0x3F
        third = padded[leads + 2].astype(np.int32) & 0x3F
        code = (lead & 0x1F) << 6 | second
        code = np.where(lead >= 0xE0, (lead & 0x0F) << 12 | second << 6 | third, code)
        found = class_table()[code & 0xFFFF]
        if (lead >= 0xF0).any():
            wide = (lead == 0xF0) & (second >= (_ASTRAL_CJK >> 12))
            found = np.where(lead >= 0xF0, np.where(wide, np.uint8(CharClass.WIDE), np.uint8(CharClass.SYMBOL)), found)
        classes[leads] = found
    return classes
