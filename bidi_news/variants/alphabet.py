"""Letters of names: many names at once become arrays of letter codes.

A name is folded to the letters of Latin, Hebrew and Arabic script: case, accents, niqqud, harakat and the kinds of
apostrophe and dash no longer count. An article that stands alone at the front is left out (``al-``, ``ar-`` before r,
``אל-``, ``ال``), one inside a name is written ``al``. Everything that is no letter parts words.

The article before a sun letter is written with that letter in many romanizations (Wehr, *A Dictionary of Modern Written
Arabic*, introduction); the sun letters are those of any Arabic grammar.

Example:
    >>> fold_names(["Abd ar-Rahmān", "el-Assad"])
    ['abd al rahman', 'assad']
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bidi_news.unicode.fold import APOSTROPHES
from bidi_news.unicode.folding import Folding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

__all__ = ["ALPHABET", "ARABIC", "HEBREW", "LATIN", "LONGEST", "MARGIN", "SCRIPTS", "Spelled", "fold_names",
           "main_scripts", "spell", "tidy_lines"]  # fmt: skip

LATIN, HEBREW, ARABIC = (
    "abcdefghijklmnopqrstuvwxyz",
    "אבגדהוזחטיךכלםמןנסעףפץצקרשת'",
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگڤ",
)
ALPHABET = " " + LATIN + HEBREW + ARABIC
"""Letters by code; 0 is what is no letter, and the apostrophe is the Hebrew geresh."""
SCRIPTS = ("Latn", "Hebr", "Arab")
"""Scripts (ISO 15924) by number."""
LONGEST = 64
"""Letters of a name that count; and of what is read of it, four times as many code points."""
MARGIN = 2
"""Codes of no letter between two words: as far as a letter sees its neighbours."""

_SCRIPT_OF_CODE = np.repeat(np.arange(-1, 3, dtype=np.int8), [1, len(LATIN), len(HEBREW), len(ARABIC)])
_CODES = np.zeros(0x700, np.uint8)
_CODES[[ord(letter) for letter in ALPHABET[1:]]] = np.arange(1, len(ALPHABET))
_OTHER = {
    "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "e", "ħ": "h",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i", "\N{HEBREW LIGATURE YIDDISH DOUBLE VAV}": "וו",
    "\N{HEBREW LIGATURE YIDDISH VAV YOD}": "ו\N{HEBREW LETTER YOD}",
    "\N{HEBREW LIGATURE YIDDISH DOUBLE YOD}": "\N{HEBREW LETTER YOD}" * 2, "ک": "ك", "ی": "ي",
    "\N{ARABIC LETTER HEH GOAL}": "ه", "\N{ARABIC LETTER HEH DOACHASHMEE}": "ه", "ڨ": "گ", "ٱ": "ا", "ے": "ي",
    "ـ": "", "&": " ",
}  # fmt: skip
# each begins with the character that it looks for, which is found many times faster than what stands around it
_STRAY = re.compile("'(?<![א-ת]')")
_SPACES = re.compile("  +")
_SUN = "sh|th|dh|s|t|d|r|z|n"
_LEADING = re.compile(rf"\n(?:[aeiu]l|[ae]({_SUN})(?= \1)|אל|א|ال) (?=[^\s'])")
_INNER = re.compile(rf" [aeu](?:l|({_SUN})(?= \1)) (?=\S)")


def _fold_character(character: str) -> str:
    """Fold one character."""
    return "".join(map(_letter, unicodedata.normalize("NFKC", character).lower()))


def _letter(character: str) -> str:
    """Fold one character of a compatibility form in lower case."""
    if character in APOSTROPHES:
        return "'"
    if character in ALPHABET or character == "\n":
        return character
    if character in _OTHER:
        return _OTHER[character]
    if unicodedata.category(character) in {"Mn", "Cf"}:
        return ""
    base = unicodedata.normalize("NFD", character)[0]
    return base if base in ALPHABET else " "


_FOLDING = Folding(_fold_character)


class Spelled(NamedTuple):
    """Names as letters."""

    codes: NDArray[np.uint8]
    """Codes of all letters, with MARGIN zeros between words and at both ends."""
    letters: NDArray[np.int64]
    """Index in ``codes`` of each letter that counts, name by name."""
    starts: NDArray[np.int64]
    """Index in ``letters`` of the first letter of each name, and at the end their number; shape (names + 1,)."""
    scripts: NDArray[np.int64]
    """Number of the script that each name is mostly written in; shape (names,)."""


def fold_names(names: Iterable[str]) -> list[str]:
    """Return the names in folded letters, words parted by one space; empty where there is no letter.

    Args:
        names: any strings; what stands after the first 256 code points of one does not count.

    Example:
        >>> fold_names(["Al-Qaʿida", "ג׳מאל", "5%"])
        ['qaida', "ג'מאל", '']
    """
    lines = "\n".join([name[: 4 * LONGEST].replace("\n", " ") for name in names])
    text = _FOLDING(unicodedata.normalize("NFC", lines))
    if "'" in text:
        text = _STRAY.sub("", text)
    if " " in text:
        text = _INNER.sub(" al ", _LEADING.sub("\n", f"\n{tidy_lines(text)}"))[1:]
    return text.split("\n")


def tidy_lines(text: str) -> str:
    r"""Return lines with one space between words, and none at their ends.

    Example:
        >>> tidy_lines(" ben  gurion \n\n sharon")
        'ben gurion\n\nsharon'
    """
    return _SPACES.sub(" ", f"\n{text}\n").replace("\n ", "\n").replace(" \n", "\n")[1:-1]


def spell(names: Sequence[str]) -> Spelled:
    """Return the letters of names that :func:`fold_names` has folded.

    Args:
        names: folded names; letters after the first LONGEST of one do not count.

    Example:
        >>> spell(["sharon", "שרון"]).scripts.tolist()
        [0, 1]
    """
    text = "\n".join(names).replace(" ", " " * MARGIN).replace("\n", "\n" * MARGIN)
    points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    codes = np.zeros(len(points) + 2 * MARGIN, np.uint8)
    codes[MARGIN:-MARGIN] = _CODES[points]
    letters = np.flatnonzero(codes)
    owners = (np.cumsum(points == ord("\n")) // MARGIN)[letters - MARGIN]
    firsts = np.searchsorted(owners, np.arange(len(names) + 1))
    kept = np.arange(len(letters)) - firsts[owners] < LONGEST
    letters, owners = letters[kept], owners[kept]
    starts = np.searchsorted(owners, np.arange(len(names) + 1))
    return Spelled(codes, letters, starts, main_scripts(codes[letters], owners, len(names)))


def main_scripts(codes: NDArray[np.integer], owners: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Return the number in SCRIPTS of the script that most letters of each name are of, shape (names,).

    Args:
        codes: codes of letters.
        owners: number of the name that each is of.
        count: number of names.
    """
    scripts = owners * len(SCRIPTS) + _SCRIPT_OF_CODE[codes]
    counts = np.bincount(scripts, minlength=count * len(SCRIPTS)).reshape(-1, len(SCRIPTS))
    main: NDArray[np.int64] = counts.argmax(1)
    return main
