"""A folding of many characters at once: what each becomes is worked out when it is first met.

Example:
    >>> from bidi_news.unicode.fold import fold
    >>> Folding(fold)("Ḥamās – ﬁre")
    'hamas - fire'
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Folding"]

_UNMET = 0
_NOTHING, _SEVERAL = 0xFFFFFFFF, 0xFFFFFFFE


class Folding:
    """What each character of a text becomes; the table holds code points, more by one."""

    def __init__(self, of: Callable[[str], str]) -> None:
        """Take what folds a character; it must leave alone what it makes of one."""
        self._of = of
        self._table = np.zeros(sys.maxunicode + 1, np.uint32)

    def __call__(self, text: str) -> str:
        """Return a text with each of its characters folded, in time linear in its length."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        folded = self._table[points]
        if unmet := np.unique(points[folded == _UNMET]).tolist():
            self._table[unmet] = [self._entry(chr(point)) for point in unmet]
            folded = self._table[points]
        if several := np.unique(points[folded == _SEVERAL]).tolist():
            for character in map(chr, several):
                text = text.replace(character, self._of(character))
            return self(text)
        kept: bytes = (folded[folded != _NOTHING] - 1).tobytes()
        return kept.decode("utf-32-le", "surrogatepass")

    def _entry(self, character: str) -> int:
        """Return what the table says of a character."""
        folded = self._of(character)
        return ord(folded) + 1 if len(folded) == 1 else _SEVERAL if folded else _NOTHING
