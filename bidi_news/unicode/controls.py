r"""Characters that are not seen: bidi controls and others without a shape, by what they do.

The table is ``data/unicode/controls.tsv``. Kinds are those of UAX 9 for bidi controls: mark, embedding, override, pop,
isolate, pop-isolate; and joiner, invisible, filler and tag for the others.

Example:
    >>> kind_of("\u202e"), kind_of("\u200b"), kind_of("a")
    ('override', 'invisible', None)
"""

from __future__ import annotations

import re
from functools import cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Final

import numpy as np

from bidi_news.resources import parse_tsv, read_text
from bidi_news.unicode.classes import CharClass
from bidi_news.unicode.fold import APOSTROPHES, DASHES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

__all__ = ["UNSEEN_CLASSES", "kind_of", "passable", "shown", "strippable", "unseen_starts", "unseen_table"]

UNSEEN_CLASSES: Final = tuple(np.array([CharClass.WIDE, CharClass.MARK, CharClass.SYMBOL, CharClass.BIDI], np.uint8))
"""Classes of the unseen characters."""

_NAME = "unicode/controls.tsv"
_ALONE = frozenset({"invisible", "mark"})
_FIRST_LEAD = 0xC0
_TAG_LEAD, _TAG_SECOND = 0xF3, 0xA0  # tags are U+E0000 to E007F; nothing else of that plane is in use


def kind_of(char: str) -> str | None:
    """Return what an unseen character does; None for a character that is seen.

    Example:
        >>> kind_of("\N{LEFT-TO-RIGHT ISOLATE}")
        'isolate'
    """
    return _kinds().get(char)


def shown(char: str) -> str:
    r"""Return an unseen character as people can read it.

    Example:
        >>> shown("\u200f")
        'U+200F RIGHT-TO-LEFT MARK'
    """
    return f"U+{ord(char):04X} {_names()[char]}".rstrip()


@cache
def strippable() -> re.Pattern[str]:
    r"""Return the pattern of a run of characters that can be dropped without changing a word.

    Joiners, fillers and tags are none: Persian words, Korean letters and flags are made with them.

    Example:
        >>> strippable().sub("", "\u200fשלום\u200e \u200b")
        'שלום '
    """
    found = "".join(chr(int(row["code"], 16)) for row in _rows() if row["strip"] == "yes")
    return re.compile(f"[{re.escape(found)}]+")


@cache
def passable() -> re.Pattern[str]:
    r"""Return the pattern of unseen characters that only hide a word: inside it, alone, and of no use to its reader.

    Soft hyphens, zero width spaces and direction marks are; embeddings, isolates and overrides are not, for each of
    them has a counterpart elsewhere.

    Example:
        >>> passable().sub("", "Hiz\u00adbul\u200flah and Ham\u00adas\u200f")
        'Hizbullah and Hamas\u200f'
    """
    found = "".join(chr(int(row["code"], 16)) for row in _rows() if row["strip"] == "yes" and row["kind"] in _ALONE)
    joined = rf"\w{re.escape(''.join(sorted(APOSTROPHES | DASHES)))}"
    return re.compile(rf"(?<=[{joined}])[{re.escape(found)}]+(?=[{joined}])")


def unseen_starts(data: NDArray[np.uint8], run_starts: NDArray[np.int64], run_classes: NDArray[np.uint8]) -> Ints:
    r"""Return the bytes at which unseen characters begin: all of them are of classes that few runs have.

    Args:
        data: UTF-8.
        run_starts: first byte of each longest run of characters of one class, and the length of ``data``.
        run_classes: class of each run.

    Example:
        >>> data = np.frombuffer("a\u200b".encode(), np.uint8)
        >>> unseen_starts(data, np.array([0, 1, 4]), np.array([CharClass.LOWER, CharClass.BIDI], np.uint8)).tolist()
        [1]
    """
    runs = np.flatnonzero(reduce(or_, [run_classes == kind for kind in UNSEEN_CLASSES]))
    starts = run_starts[runs]
    sizes = run_starts[runs + 1] - starts
    within = np.repeat(starts - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
    found: Ints = within[data[within] >= _FIRST_LEAD]
    if not found.size:
        return found
    first, second, third = [data.take(found + i, mode="clip").astype(np.int32) for i in range(3)]
    code = np.where(
        first < 0xE0, (first & 0x1F) << 6 | (second & 0x3F), (first & 0xF) << 12 | (second & 0x3F) << 6 | third & 0x3F
    )
    tags = (first == _TAG_LEAD) & (second == _TAG_SECOND)
    unseen: Ints = found[tags | ((first < 0xF0) & unseen_table()[code & 0xFFFF])]
    return unseen


@cache
def unseen_table() -> NDArray[np.bool_]:
    """Return whether each code point below U+10000 is unseen (shape 65536).

    Example:
        >>> bool(unseen_table()[0x200E]), bool(unseen_table()[0x2010])
        (True, False)
    """
    table = np.zeros(0x10000, bool)
    table[[ord(char) for char in _kinds() if ord(char) < len(table)]] = True
    table.setflags(write=False)
    return table


@cache
def _rows() -> tuple[dict[str, str], ...]:
    """Return the rows of the table."""
    return tuple(row for _, row in parse_tsv(read_text(_NAME), ("code", "kind", "strip", "name"), path=_NAME))


@cache
def _kinds() -> dict[str, str]:
    """Return the kind of each character."""
    return {chr(int(row["code"], 16)): row["kind"] for row in _rows()}


@cache
def _names() -> dict[str, str]:
    """Return the Unicode name of each character."""
    return {chr(int(row["code"], 16)): row["name"] for row in _rows()}
