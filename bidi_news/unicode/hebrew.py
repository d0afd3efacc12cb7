"""Hebrew words: proclitics, and the one door to hebrew-tokenizer.

The tokenizer prints the working folder when it is imported, adds it to ``sys.path``, splits acronyms at their
gershayim and is quadratic in the length of its input. :func:`hebrew_spans` guards the import, evens out geresh,
gershayim and maqaf first, hands over a short run only, and keeps offsets.

Source: the proclitics ו ה ב כ ל מ ש and their customary sequences are those of any Hebrew grammar.

Example:
    >>> from bidi_news.unicode.hebrew import split_proclitics
    >>> split_proclitics("ולכשחמאס")
    (0, 1, 2, 4)
"""

from __future__ import annotations

import contextlib
import io
import re
import sys
import warnings
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["MAX_RUN", "PROCLITICS", "hebrew_spans", "split_proclitics"]

PROCLITICS = ("", "ו", "ה", "ב", "כ", "ל", "מ", "ש", "וה", "וב", "וכ", "ול", "ומ", "וש", "מה", "שה", "שב", "של", "שמ",
              "כש", "כשה", "לכש", "מש", "בש", "ולכש", "וכש", "ושה", "שכ", "כב", "כמ", "כל", "ולה")  # fmt: skip
"""Sequences of one-letter words that Hebrew writes together with the next one; the empty one first."""

MAX_RUN = 120
"""Longest run, in code points, that the tokenizer is given."""

_PROCLITICS = frozenset(PROCLITICS)
_LONGEST = max(map(len, PROCLITICS))
_EVEN = str.maketrans(
    {
        "\N{HEBREW PUNCTUATION GERESH}": "'",
        "\N{HEBREW PUNCTUATION GERSHAYIM}": '"',
        "\N{HEBREW PUNCTUATION MAQAF}": "-",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    }
)
_ACRONYM = re.compile(r'(?<=[א-ת])["\'](?=[א-ת])')
_JOIN = "א"  # stands in for an inner geresh or gershayim, so that the tokenizer keeps the word whole


def split_proclitics(word: str) -> tuple[int, ...]:
    """Return the places where the proclitics of a word may end, shortest first; 0 is always one.

    Args:
        word: one Hebrew word without niqqud.

    Returns:
        Offsets in code points of ``word``.
    """
    return tuple(n for n in range(min(_LONGEST, len(word) - 1) + 1) if word[:n] in _PROCLITICS)


@cache
def _tokenizer() -> Callable[[str], Iterator[tuple[str, str, int, tuple[int, int]]]]:
    """Import the tokenizer once, with its printing and its changes to the search path undone."""
    path = list(sys.path)
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from hebrew_tokenizer import tokenize  # noqa: PLC0415  (slow, and needed by Hebrew pages only)
    sys.path[:] = path
    return tokenize  # type: ignore[no-any-return]


def hebrew_spans(run: str) -> tuple[tuple[int, int], ...]:
    """Return the bounds of the Hebrew words of a short run of text.

    A word with maqaf, geresh or gershayim inside is one word; addresses, numbers and words of other scripts are none.

    Args:
        run: text of at most :data:`MAX_RUN` code points; the rest is not looked at.

    Returns:
        Half-open bounds in code points of ``run``, in order.

    Example:
        >>> hebrew_spans('לוחמי דאע"ש נסוגו')
        ((0, 5), (6, 11), (12, 17))
    """
    even = _ACRONYM.sub(_JOIN, run[:MAX_RUN].translate(_EVEN))
    return tuple(bounds for kind, _, _, bounds in _tokenizer()(even) if kind == "HEBREW")
