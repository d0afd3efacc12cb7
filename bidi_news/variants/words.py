"""Names of several words: what stands in front of them, the order of their words, and initials.

All names here are folded (:func:`bidi_news.variants.alphabet.fold_names`), their words parted by one space.

Example:
    >>> without_designations("khirbat hatta", "hatta")
    ('hatta', 'hatta')
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from bidi_news.errors import DataFileError
from bidi_news.resources import parse_tsv, read_text
from bidi_news.variants.keys import folded_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["MOST_WORDS", "Arrangement", "arrange", "has_designation", "without_designations"]

MOST_WORDS = 6
"""Names of more words are compared in the order in which they are written."""

_DESIGNATIONS = "keys/designations.tsv"
_COLUMNS = ("designation", "may_lack", "script", "words", "source", "licence")


class Arrangement(NamedTuple):
    """Two names with their words in the same order."""

    left: str
    """The left name, without its words that initials stand for."""
    right: str
    """The right name, its words in the order of the left one's."""
    initials: int
    """How many words are initials of the other name's words, or have no counterpart."""
    turned: bool
    """Whether the order of the words that are left has changed."""

    @property
    def changed(self) -> bool:
        """Whether there is anything new to compare."""
        return bool((self.turned or self.initials) and self.left and self.right)


def has_designation(name: str) -> bool:
    """Return whether a name begins with what it is called.

    Example:
        >>> has_designation("kafr qasim"), has_designation("kafr")
        (True, False)
    """
    first, _, rest = name.partition(" ")
    return rest != "" and first in _designations()


def without_designations(left: str, right: str) -> tuple[str, str]:
    """Return two names without what they both are called, or what only one is called and need not be.

    Example:
        >>> without_designations("kafr qasim", "kafr nasij"), without_designations("tel aviv", "aviv")
        (('qasim', 'nasij'), ('tel aviv', 'aviv'))
    """
    table = _designations()
    (first, _, left_rest), (second, _, right_rest) = left.partition(" "), right.partition(" ")
    what = table.get(first) if left_rest else None
    other = table.get(second) if right_rest else None
    if what == other:
        return (left_rest, right_rest) if what else (left, right)
    if what and not other and what.may_lack:
        return left_rest, right
    if other and not what and other.may_lack:
        return left, right_rest
    return left, right


class _Designation(NamedTuple):
    """What a name is called."""

    name: str
    may_lack: bool
    """Whether the same name is often written without it."""


@cache
def _designations() -> dict[str, _Designation]:
    """Read the designations by word."""
    found: dict[str, _Designation] = {}
    for line, row in parse_tsv(read_text(_DESIGNATIONS), _COLUMNS, path=_DESIGNATIONS):
        if row["may_lack"] not in {"yes", "no"}:
            raise DataFileError(f"{row['may_lack']!r} is neither yes nor no", path=_DESIGNATIONS, line=line)
        designation = _Designation(row["designation"], row["may_lack"] == "yes")
        for word in row["words"].split():
            if found.setdefault(word, designation) != designation:
                raise DataFileError(f"{word!r} has two designations", path=_DESIGNATIONS, line=line, column="words")
    return found


def arrange(left: Sequence[str], right: Sequence[str], alike: Mapping[tuple[int, int], float]) -> Arrangement:
    """Put the words of the right name into the order of the left one's.

    Words that are most alike are paired first. Then initials are paired with words that may begin with them, and
    neither counts any more; an initial without a counterpart does not count either.

    Args:
        left: words of the left name.
        right: words of the right name.
        alike: by their places, how alike a left and a right word are that are rather the same.

    Example:
        >>> arrange(["yasser", "arafat"], ["arafat", "y"], {(1, 0): 9.0})
        Arrangement(left='arafat', right='arafat', initials=1, turned=False)
    """
    partner: dict[int, int] = {}
    for _, i, j in sorted((-likeness, i, j) for (i, j), likeness in alike.items()):
        if i not in partner and j not in partner.values():
            partner[i] = j
    free_left = [i for i in range(len(left)) if i not in partner]
    free_right = [j for j in range(len(right)) if j not in partner.values()]
    initials = 0
    for one, free, other, others in ((left, free_left, right, free_right), (right, free_right, left, free_left)):
        for i in [i for i in free if len(one[i]) == 1]:
            begun = [j for j in others if _begins(other[j], one[i])]
            free.remove(i)
            others[:] = [j for j in others if j not in begun[:1]]
            initials += 1
    order = [*sorted(partner), *free_left]
    turned = [*(partner[i] for i in sorted(partner)), *free_right]
    return Arrangement(
        " ".join(left[i] for i in (sorted(order) if free_left else order)),
        " ".join(right[j] for j in turned),
        initials,
        turned=turned != sorted(turned),
    )


def _begins(word: str, initial: str) -> bool:
    """Say whether a word may begin with an initial, in whatever script."""
    return word[0] == initial or folded_key(word)[:1] == folded_key(initial)
