"""Names of one Arabic root that sound alike and are others: Rashad is not Rashed, nor Salah Saleh.

A vowel tells them apart, which romanizations write in many ways and no likeness of sounds can weigh. The table is
``data/keys/apart.tsv``, from names of persons in Wikidata (CC0), written by ``tools/make_apart.py``. It only ever says
no, and only of names that it has.

Example:
    >>> are_apart(root_of("rashad"), root_of("rasheed")), are_apart(root_of("rashad"), root_of("salah"))
    (True, False)
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bidi_news.resources import parse_tsv, read_text

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

__all__ = ["APART", "COLUMNS", "all_roots", "are_apart", "root_of"]

APART = "keys/apart.tsv"
COLUMNS = ("root", "names", "source", "licence")


def all_roots() -> AbstractSet[str]:
    """Return the names that :func:`root_of` knows."""
    return _names().keys()


def root_of(name: str) -> tuple[str, ...]:
    """Return the root of a name and the line of the table that tells which name of it that is, or nothing.

    Args:
        name: folded name (:func:`bidi_news.variants.alphabet.fold_names`).
    """
    return _names().get(name, ())


def are_apart(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Return whether what :func:`root_of` says of two names is that they are two of one root."""
    return one != two and one[:1] == two[:1]


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Read the root of each spelling, and the line in the table of its name."""
    rows = parse_tsv(read_text(APART), COLUMNS, path=APART)
    return {name: (row["root"], str(line)) for line, row in rows for name in row["names"].split(";")}
