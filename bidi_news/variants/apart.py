"""Names of one Arabic root that sound alike and are others: Rashad is not Rashed, nor Salah Saleh.

A vowel tells them apart, which romanizations write in many ways and no likeness of sounds can weigh. The table is
``data/keys/apart.tsv``, from names of persons in Wikidata (CC0), written by ``tools/make_apart.py``. It only ever says
no, and only of names that it has.

Example:
    >>> are_apart("rashad", "rasheed"), are_apart("rashad", "rashad"), are_apart("rashad", "salah")
    (True, False, False)
"""

from __future__ import annotations

from functools import cache

from bidi_news.resources import parse_tsv, read_text

__all__ = ["APART", "COLUMNS", "are_apart"]

APART = "keys/apart.tsv"
COLUMNS = ("root", "names", "source", "licence")


def are_apart(name: str, other: str) -> bool:
    """Return whether two names, folded (:func:`bidi_news.variants.alphabet.fold_names`), are two of one root."""
    table = _names()
    one, two = table.get(name), table.get(other)
    return one is not None and two is not None and one[0] == two[0] and one[1] != two[1]


@cache
def _names() -> dict[str, tuple[str, int]]:
    """Read the root of each spelling, and the line in the table of its name."""
    rows = parse_tsv(read_text(APART), COLUMNS, path=APART)
    return {name: (row["root"], line) for line, row in rows for name in row["names"].split(";")}
