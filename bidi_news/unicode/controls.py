r"""Characters that are not seen: bidi controls and others without a shape, by what they do.

The table is ``data/unicode/controls.tsv``. Kinds are those of UAX 9 for bidi controls: mark, embedding, override, pop,
isolate, pop-isolate; and joiner, invisible, filler and tag for the others.

Example:
    >>> kind_of("\u202e"), kind_of("\u200b"), kind_of("a")
    ('override', 'invisible', None)
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from bidi_news.resources import parse_tsv, read_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["kind_of", "shown", "strippable", "unseen_table"]

_NAME = "unicode/controls.tsv"


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
